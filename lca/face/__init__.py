"""The public face: studies, their reports and comparisons; what joins the packages for people."""

from lca.face.comparison import Comparison, compare
from lca.face.study import Assessment, Report, Study, load, read

__all__ = ["Assessment", "Comparison", "Report", "Study", "compare", "load", "read"]

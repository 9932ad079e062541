"""The expected benefit set against the cost."""

import lca.subjects.benefit.codes  # noqa: F401  before any of them is used
from lca.descriptor.parts import Part
from lca.subjects.benefit.assess import assess
from lca.subjects.benefit.checks import checks
from lca.subjects.benefit.declared import Benefit
from lca.subjects.subject import Subject

SUBJECT = Subject("benefit", assess, (Part(Benefit, "benefit"),), checks=checks)

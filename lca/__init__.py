"""Life-cycle assessment reports for AI projects: `import lca` is the public face, documented in `docs/python.md`."""

from __future__ import annotations

import importlib
import sys
import types
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lca.assessment.all_formulas import formulas
    from lca.face import Assessment, Comparison, Study, compare, load, read
    from lca.files.reports import Report
    from lca.files.shipped import catalogue
    from lca.problems import Problem, ProblemsFound

__version__ = "0.1.0"

__all__ = [
    "Assessment",
    "Comparison",
    "Problem",
    "ProblemsFound",
    "Report",
    "Study",
    "__version__",
    "catalogue",
    "compare",
    "formulas",
    "load",
    "read",
]

#: Where the names of the face stand that are not in `lca.face`.
_ELSEWHERE = {
    "Problem": "lca.problems",
    "ProblemsFound": "lca.problems",
    "Report": "lca.files.reports",
    "catalogue": "lca.files.shipped",
    "formulas": "lca.assessment.all_formulas",
}


def __getattr__(name: str) -> Any:
    """Import a name of the face when it is first asked for, so that `import lca` alone imports nothing heavy."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_ELSEWHERE.get(name, "lca.face")), name)


def __dir__() -> list[str]:
    return __all__


class _Face(types.ModuleType):
    """This module, with `catalogue` a function of the face although a room has that name too."""

    @property
    def catalogue(self) -> Any:
        """The function that gives the factor catalogue."""
        return __getattr__("catalogue")

    @catalogue.setter
    def catalogue(self, room: types.ModuleType) -> None:
        """Take no notice of the room, which an import would put in the place of the function."""


sys.modules[__name__].__class__ = _Face

"""Life-cycle assessment reports for AI projects: `import lca` is the public face, documented in `docs/python.md`."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lca.face import (
        Assessment,
        Comparison,
        Report,
        Study,
        catalogue,
        compare,
        formulas,
        load,
        read,
    )
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

_OF_PROBLEMS = ("Problem", "ProblemsFound")


def __getattr__(name: str) -> Any:
    """Import a name of the face when it is first asked for, so that `import lca` alone imports nothing heavy."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module("lca.problems" if name in _OF_PROBLEMS else "lca.face"), name)


def __dir__() -> list[str]:
    return __all__

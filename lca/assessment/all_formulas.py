"""Every formula of the program."""

from __future__ import annotations

import lca.assessment.formulas
import lca.assessment.sweeps.kinds  # noqa: F401  a formula is registered when its module is imported
from lca.quantities.formula import FORMULAS, Formula


def formulas() -> dict[str, Formula]:
    """Return every formula by its name, in alphabetical order."""
    return dict(sorted(FORMULAS.items()))

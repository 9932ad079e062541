"""Every formula of the program."""

from __future__ import annotations

from lca.quantities.formula import FORMULAS, Formula


def formulas() -> dict[str, Formula]:
    """Return every formula by its name, in alphabetical order."""
    return dict(sorted(FORMULAS.items()))

"""The equations of a comparison."""

from __future__ import annotations

from lca.quantities.formula import formula
from lca.quantities.uncertainty import Array


@formula("amount", source="definition")
def difference(amount: Array, reference: Array) -> Array:
    """How much more one case causes than another; negative where it causes less.

    Args:
        amount [amount]: figure of the case.
        reference [amount]: the same figure of the case that it is compared with.
    """
    return amount - reference


@formula("1", source="definition")
def relative_difference(difference: Array, reference: Array) -> Array:
    """A difference over the figure that it is a difference to.

    Args:
        difference [amount]: how much more the case causes.
        reference [amount]: figure of the case that it is compared with.
    """
    return difference / reference

"""Guards of formulas: a name stands for one relation, wherever it is defined."""

from __future__ import annotations

import importlib

import pytest

import lca.quantities.difference as module
from lca.quantities.formula import FORMULAS, Formula, formula
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Sampler
from lca.quantities.uncertainty import Array


@formula("m", source="test")
def guarded_length(width: Array) -> Array:
    """A length.

    Args:
        width [m]: a width.
    """
    return width * 2


def test_a_second_formula_of_one_name_is_refused_and_the_first_stays() -> None:
    first = guarded_length

    def again() -> Formula:
        @formula("m", source="test")
        def guarded_length(width: Array) -> Array:
            """Another length.

            Args:
                width [m]: a width.
            """
            return width * 3

        return guarded_length

    with pytest.raises(TypeError, match=rf"^guarded_length: {__name__} already defines a formula of this name$"):
        again()
    assert FORMULAS["guarded_length"] is first
    assert first(width=Sampler(0, 0)(Stated("w", 1.5, "m"))).value == 3


def test_a_formula_of_the_program_cannot_be_replaced_from_elsewhere() -> None:
    with pytest.raises(TypeError, match=r"^difference: lca\.quantities\.difference already defines"):

        @formula("1", source="test")
        def difference(amount: Array) -> Array:
            """No difference.

            Args:
                amount [1]: an amount.
            """
            return amount


def test_a_module_may_be_imported_again_and_its_newer_formula_counts() -> None:
    before = module.difference
    assert before is FORMULAS["difference"]
    importlib.reload(module)
    try:
        assert module.difference is not before
        assert module.difference is FORMULAS["difference"]
    finally:
        module.difference = FORMULAS["difference"] = before  # others hold the first

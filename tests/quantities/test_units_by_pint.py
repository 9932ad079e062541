"""Every unit and every conversion between units, judged by pint."""

from __future__ import annotations

import itertools

import pytest
from pint_units import registry, unit

from lca.quantities.unit_definitions import DEFINITIONS
from lca.quantities.units import conversion, same_dimension

UNITS = [line.split(" = ")[0] for line in DEFINITIONS.strip().splitlines()]
#: Units as the catalogue, the schema and the formulas combine them.
COMBINED = [
    f"{above}/{below}"
    for above in ("1", "kgCO2e", "gCO2e", "kWh", "MJ", "L", "GB", "EUR", "kgSbe", "m3_world_eq", "W")
    for below in ("kWh", "MWh", "GB", "TB", "h", "d", "week", "month", "year", "tkm", "kg", "cm2", "TB/year")
]


@pytest.mark.parametrize("source", UNITS)
def test_a_unit_converts_as_pint_says(source: str) -> None:
    judge(source, UNITS)


@pytest.mark.parametrize("source", COMBINED)
def test_a_combined_unit_converts_as_pint_says(source: str) -> None:
    judge(source, COMBINED)


def judge(source: str, targets: list[str]) -> None:
    for target in targets:
        alike = unit(source).dimensionality == unit(target).dimensionality
        assert same_dimension(source, target) == alike, (source, target)
        if alike:
            expected = registry().convert(1.0, unit(source), unit(target))
            assert conversion(source, target) == pytest.approx(expected, rel=1e-15, abs=0), (source, target)
        else:
            with pytest.raises(ValueError, match="cannot become"):
                conversion(source, target)


def test_the_judge_reads_all_units() -> None:
    assert len(UNITS) == len(set(UNITS)) > 60
    assert all(unit(a).dimensionality is not None for a, _ in itertools.pairwise(UNITS))

"""The project's units read by pint: an independent judge of dimensions and conversions."""

from __future__ import annotations

import functools

import pint

from lca.quantities.unit_definitions import DEFINITIONS
from lca.quantities.units import parse_unit


@functools.cache
def registry() -> pint.UnitRegistry[float]:
    """Return a registry that knows the units of `DEFINITIONS` and no other."""
    units: pint.UnitRegistry[float] = pint.UnitRegistry(None, autoconvert_offset_to_baseunit=False)
    for line in DEFINITIONS.strip().splitlines():
        name, definition, *_ = (part.strip() for part in line.split("="))
        units.define(f"{name} = {definition}")
    return units


@functools.cache
def unit(text: str) -> pint.Unit:
    """Return the unit that one of our own spellings (`kWh/GB`, `1`) names."""
    parts: dict[str, int] = {}
    for index, side in enumerate(text.split("/")):
        for part in side.split("·"):
            if part != "1":
                name = parse_unit(part)[0]
                parts[name] = parts.get(name, 0) + (-1 if index else 1)
    return registry().Unit(pint.util.UnitsContainer({name: power for name, power in parts.items() if power}))

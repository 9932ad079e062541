"""What is wrong with a quantity of another kind than its key asks for: a total for a rate, an energy for a power."""

from __future__ import annotations

from lca.quantities.units import UnitError, currency_of, same_dimension

#: What a unit measures, in words.
_KINDS = (
    ("1", "a plain number"),
    ("h", "a duration"),
    ("kWh", "an energy"),
    ("W", "a power"),
    ("GB", "a volume of data"),
    ("kg", "a mass"),
    ("km", "a distance"),
    ("L", "a volume"),
    ("kgCO2e", "a climate impact"),
    ("kgCO2e/year", "a climate impact per time"),
    ("kgCO2e/kWh", "a climate impact per energy"),
    ("1/d", "a number per time"),
    ("GB/d", "a volume of data per time"),
    ("kg/d", "a mass per time"),
    ("kWh/year", "an energy per time"),
)


def wrong_dimension(text: str, unit: str, asked: str, example: str) -> UnitError:
    """Return what is wrong with a quantity `text` in `unit`, where a key asks for `asked`, as in its `example`."""
    if "/" in asked and same_dimension(f"{unit}/year", asked):
        message = f"`{text}` is a total, where an amount per time is asked"
        hint = f"divide it by the time that it covers, as in `{example}`"
    elif "/" in unit and same_dimension(unit, f"{asked}/year"):
        message = f"`{text}` is an amount per time, where a total is asked"
        hint = f"multiply it by the time that it lasts, as in `{example}`"
    else:
        message = f"`{text}` is {_kind(unit)}, where {_kind(asked)} is asked"
        hint = f"write it as in `{example}`" if asked == "1" else f"a unit such as in `{example}` is needed"
    return UnitError("LCA303", message, hint)


def _kind(unit: str) -> str:
    if currency_of(unit):
        return "an amount of money" if unit == currency_of(unit) else f"a price (in {unit})"
    return next((name for known, name in _KINDS if same_dimension(unit, known)), f"in {unit}")

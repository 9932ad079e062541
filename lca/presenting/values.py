"""Numbers, quantities and problems as plain data; numbers carry twelve significant digits."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import msgspec

from lca.problems import Problem
from lca.quantities.quantity import Quantity

Plain = dict[str, Any]


def problems(found: Iterable[Problem], as_typed: bool = False) -> list[Plain]:
    """Return problems as plain data; `as_typed`: each file with the folders that it was typed with, for who is to open it."""
    return [
        {
            "file": p.location.file if as_typed else p.location.name,
            "line": p.location.line,
            "column": p.location.column,
            "code": p.code,
            "severity": p.severity,
            "message": p.message,
            "hint": p.hint,
        }
        for p in found
    ]


def as_json(data: Plain | list[Plain]) -> str:
    """Return plain data as JSON, indented by one space.

    Written in one go and then indented, which is several times faster than the standard library's indented writing and the same
    text.

    Raises:
        ValueError: a number is not finite, which is a programmer's mistake: JSON has no such numbers.
    """
    # No step keeps the text of the one before, which may be long; an argument may be no UTF-8.
    written = json.dumps(data, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")
    return msgspec.json.format(written, indent=1).decode()


def number(value: float) -> float:
    """Return a number with twelve significant digits."""
    return float(f"{value:.12g}")


def value(quantity: Quantity | None) -> Plain | None:
    """Return a quantity with its unit, interval and median; None where there is none.

    What rests on something announced without a range has no bounds and no median.
    """
    if quantity is None:
        return None
    if quantity.is_open:
        return {"unit": quantity.unit, "value": number(quantity.value), "low95": None, "high95": None, "median": None}
    low, median, high = quantity.interval()
    numbers = {"value": quantity.value, "low95": low, "high95": high, "median": median}
    return {"unit": quantity.unit, **{name: number(amount) for name, amount in numbers.items()}}

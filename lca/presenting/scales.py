"""Scales of drawings: where a value stands between two ends, and which round values are written on an axis."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

#: Steps between ticks, in parts of a power of ten.
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
#: A range below has no steps that a float tells apart.
_SMALLEST = 1e-290
_MOST_TICKS = 8
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def nice_ticks(low: float, high: float, most: int) -> list[float]:
    """Return round values from `low` to `high`, both included where they are round."""
    reach = high - low
    if not (_SMALLEST < reach < math.inf and most > 1):
        return [low] if math.isfinite(low) else []
    power = 10.0 ** math.floor(math.log10(reach / most))
    for step in (power * part for part in (*_STEPS, 20.0, 50.0)):
        # A hair more on both sides: 0.3 / 0.1 is less than 3.
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first < most:
            # By way of the decimal text, so that 3 × 0.1 is 0.3.
            return [float(f"{index * step:.12g}") for index in range(first, last + 1)]
    return [low]


class Linear(Struct, frozen=True):
    """A linear scale from `low` at `start` to `high` at `end`, which may be left of or above it; nothing stands outside."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return where a value stands."""
        # By halves, so that the range of two large values is no infinity.
        reach = self.high / 2 - self.low / 2
        share = (value / 2 - self.low / 2) / reach if reach > 0 else 0.0
        return _between(share, self.start, self.end)

    def ticks(self, most: int) -> list[float]:
        """Return the round values that are written."""
        return nice_ticks(self.low, self.high, most)


class Log(Struct, frozen=True):
    """A logarithmic scale, likewise; `low` is above zero, and what is not stands at the start."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return where a value stands."""
        reach = math.log10(self.high) - math.log10(self.low)
        share = (math.log10(value) - math.log10(self.low)) / reach if value > 0 and reach > 0 else 0.0
        return _between(share, self.start, self.end)

    def ticks(self, most: int) -> list[float]:
        """Return powers of ten, with 2 and 5 or with 3 between them where there is room."""
        if not 0 < self.low <= self.high < math.inf:
            return []
        first, last = math.floor(math.log10(self.low)), math.ceil(math.log10(self.high))
        for parts in ((1, 2, 5), (1, 3), (1,)):
            found = [float(f"{part}e{power}") for power in range(first, last + 1) for part in parts]
            inside = [value for value in found if self.low * (1 - 1e-9) <= value <= self.high * (1 + 1e-9)]
            if len(inside) <= most:
                return inside
        apart = math.ceil(len(inside) / max(most, 1))
        return inside[::apart]


Scale = Linear | Log


def _between(share: float, start: float, end: float) -> float:
    """Return the point at a share of the way; a share that is no number stands at the start."""
    share = min(share, 1.0) if share > 0 else 0.0
    return start + share * (end - start)


def tick_texts(
    scale: Scale, write: Callable[[float], str], width: Callable[[str], float], apart: float = 14.0
) -> list[tuple[float, str]]:
    """Return the most ticks whose texts stand apart, each with its text."""
    for most in range(_MOST_TICKS, 0, -1):
        found = [(value, write(value)) for value in scale.ticks(most)]
        places = sorted((scale(value), width(text)) for value, text in found)
        if all(
            after - before >= (one + other) / 2 + apart for (before, one), (after, other) in itertools.pairwise(places)
        ):
            break
    return found


def tick_text(value: float, words: Mapping[str, Any]) -> str:
    """Write a tick with the language's decimal sign and group separator; far from one, as a part of a power of ten."""
    size = abs(value)
    if size and not 1e-4 <= size < 1e9:
        mantissa, _, exponent = f"{value:.5e}".partition("e")
        mantissa = mantissa.rstrip("0").rstrip(".")
        return f"{_signs(mantissa, words)} × 10{str(int(exponent)).translate(_SUPERSCRIPTS)}"
    return _signs(f"{value:,.0f}" if size >= 1e6 else f"{value:,.6g}", words)


def _signs(text: str, words: Mapping[str, Any]) -> str:
    swapped = text.replace(",", "\0").replace(".", words["decimal"])
    return swapped.replace("\0", words["group"]).replace("-", "−")

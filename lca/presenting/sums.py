"""Terms of a sum as they are printed: with a common last digit, so that a reader with a pencil finds the total."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct


class PrintedSum(Struct, frozen=True):
    """Terms and their total in steps of `step`; `decimals` are those that the step needs."""

    terms: tuple[float, ...]
    total: float
    step: float
    decimals: int


def printed_sum(terms: Sequence[float], digits: int = 3) -> PrintedSum:
    """Return the terms of a sum, rounded so that they add up to the rounded total.

    The largest of them keeps `digits` significant digits; the rounding goes where it changes least (largest remainders).
    """
    total = math.fsum(terms)
    largest = max((abs(value) for value in (*terms, total)), default=0.0)
    exponent = math.floor(math.log10(largest)) - digits + 1 if largest else 0
    step = 10.0**exponent
    whole = round(total / step)
    floors = [math.floor(value / step) for value in terms]
    by_remainder = sorted(range(len(terms)), key=lambda index: floors[index] - terms[index] / step)
    for index in by_remainder[: max(whole - sum(floors), 0)]:
        floors[index] += 1
    decimals = max(0, -exponent)
    return PrintedSum(tuple(_exact(n, exponent) for n in floors), _exact(whole, exponent), step, decimals)


def _exact(steps: int, exponent: int) -> float:
    """Return a number of steps without the noise of a multiplication by a power of ten."""
    return float(f"{steps}e{exponent}") + 0.0

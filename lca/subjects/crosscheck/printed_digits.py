"""The digits of a number as a person prints it."""

from __future__ import annotations

import re


def last_digit(text: str) -> float:
    """Return the value of the last printed digit of a number as a person wrote it: 0.01 for `24.69 t`, 1 for `11250`."""
    match = re.match(r"[-+]?[\d\s.,\u00a0\u202f\u2009]*\d", text.strip())
    if not match:
        return 0.0
    number = re.sub(r"[\s\u00a0\u202f\u2009]", "", match.group()).replace(",", ".")
    exponent = re.match(r"[eE]([-+]?\d+)", text.strip()[match.end() :])
    decimals = len(number.partition(".")[2])
    return float(10.0 ** (int(exponent[1]) if exponent else 0) * 10.0**-decimals)

"""What readers of a language are used to in numbers, plurals, dates and names of countries: Babel's data; its only user."""

from __future__ import annotations

import datetime
import functools
import math
from typing import Any


class Conventions:
    """Those of one locale, such as `en-GB`."""

    def __init__(self, locale: str) -> None:
        from babel import Locale

        self._locale: Any = Locale.parse(locale, sep="-")
        symbols = self._locale.number_symbols[self._locale.default_numbering_system]
        #: The signs are read once: formatting each number by Babel would take most of the time of a report.
        self.decimal, self.group = str(symbols["decimal"]), str(symbols["group"])

    def plural(self, count: float) -> str:
        """Return which form of a noun stands beside a number: `one`, `other`, or another name of Unicode's plural rules."""
        return str(self._locale.plural_form(count)) if math.isfinite(count) else "other"

    def date(self, date: datetime.date, pattern: str = "") -> str:
        """Write a date in its long form, or by a pattern of Unicode's."""
        from babel.dates import format_date

        return str(format_date(date, format=pattern or "long", locale=self._locale))

    def month(self, date: datetime.date) -> str:
        """Write the month of a date, and its year."""
        from babel.dates import format_skeleton

        return str(format_skeleton("yMMMM", date, locale=self._locale))

    def country(self, code: str) -> str:
        """Return what a country is called, by its code of two letters; empty where it is none."""
        return str(self._locale.territories.get(code, "")) if len(code) == 2 else ""


class Words(dict[str, Any]):
    """The fixed words of a language; the signs of its numbers, `decimal` and `group`, are read when they are asked for."""

    def __missing__(self, word: str) -> str:
        if word not in ("decimal", "group"):
            raise KeyError(word)
        return str(getattr(conventions_of(self["locale"]), word))


@functools.cache
def conventions_of(locale: str) -> Conventions:
    """Return the conventions of a locale, which are read once."""
    return Conventions(locale)

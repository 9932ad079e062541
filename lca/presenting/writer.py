"""How figures, units and dates are written for readers of a language, by its own texts and conventions."""

from __future__ import annotations

import datetime
import functools
import math
import re
from collections.abc import Mapping
from typing import Any

from lca.presenting.conventions import Conventions, conventions_of
from lca.presenting.typography import Typography
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.quantities.units import conversion

#: A probability is never printed as certainty.
PROBABILITY_CAP = 0.99

#: Units that a person reads, smallest first, by the unit that figures are computed in.
_READABLE = {
    "kgCO2e": ("mgCO2e", "gCO2e", "kgCO2e", "tCO2e"),
    "kgSbe": ("mgSbe", "gSbe", "kgSbe"),
    "MJ": ("MJ", "GJ"),
    "L": ("mL", "L", "m3"),
    "kWh": ("mWh", "Wh", "kWh", "MWh", "GWh"),
    "TB": ("MB", "GB", "TB"),
    "TB/d": ("MB/d", "GB/d", "TB/d"),
    "m3_world_eq": ("m3_world_eq",),
    "year": ("d", "month", "year"),
}
#: The number before a unit, as a descriptor writes it.
_NUMBER = re.compile(r"^[-+]?[\d.,\s]*\d(?:[eE][-+]?\d+)?\s*")
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Writer:
    """Writes numbers, quantities and dates as readers of one language do."""

    def __init__(self, language: str, words: Mapping[str, Any]) -> None:
        self.language, self.words = language, words
        self._typography = Typography(**words["typography"])
        self._counted = {forms["one"]: forms for forms in words["units"].values() if not isinstance(forms, str)}

    @functools.cached_property
    def _conventions(self) -> Conventions:
        """Those of the language, read with the first number: a command that writes none does without."""
        return conventions_of(self.words["locale"])

    def number(self, value: float, digits: int = 3) -> str:
        """Write a number with some significant digits."""
        if value == 0 or not math.isfinite(value):
            return "0" if value == 0 else "∞"
        # The magnitude is that of the rounded number: with two digits 9.96 is 10, not 10.0.
        magnitude = math.floor(math.log10(abs(float(f"{value:.{digits - 1}e}"))))
        decimals = max(0, digits - 1 - magnitude)
        if decimals > 6:
            mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
            return f"{self._signs(mantissa)} × 10{str(int(exponent)).translate(_SUPERSCRIPTS)}"
        rounded = round(value, decimals if decimals else digits - 1 - magnitude)
        return self._signs(f"{rounded:,.{decimals}f}")

    def _signs(self, text: str) -> str:
        swapped = text.replace(",", "\0").replace(".", self._conventions.decimal)
        return swapped.replace("\0", self._conventions.group).replace("-", "−")

    def unit(self, unit: str) -> str:
        """Write a unit as this language does."""
        parts = [self._one_unit(part) for part in unit.split("/")]
        return "/".join([parts[0] or "1", *parts[1:]]) if len(parts) > 1 else parts[0]

    def _one_unit(self, unit: str) -> str:
        """Write a unit that is no quotient; what the language has no own way to write stays as it is, a counted noun with it."""
        written = self.words["units"].get(unit, unit)
        return str(written if isinstance(written, str) else written["one"])

    def amount(self, quantity: Quantity | None, digits: int | None = None) -> str:
        """Write a quantity in a readable unit, with the digits that its interval supports."""
        if quantity is None:
            return str(self.words["not_assessed"])
        scale, unit = self.readable(quantity)
        if digits is None:
            low, _, high = quantity.interval()
            if low == high:
                return self.in_unit(float(f"{quantity.value * scale:.4g}"), unit)
            digits = supported_digits(quantity.value, low, high)
        return self._join(self.number(quantity.value * scale, digits), unit, quantity.value * scale)

    def interval(self, quantity: Quantity | None) -> str:
        """Write a quantity's 95 % interval in the unit of its best estimate."""
        if quantity is not None and quantity.is_open:
            return str(self.words["no_range"])
        if quantity is None or not quantity.is_drawn:
            return "–"
        scale, unit = self.readable(quantity)
        low, _, high = quantity.interval()
        if low == high:
            return "–"
        digits = supported_digits(quantity.value, low, high)
        text = self.words["interval_of"].format(
            low=self.number(low * scale, digits), high=self.number(high * scale, digits)
        )
        return self._join(text, unit, high * scale)

    def like(self, quantity: Quantity | None, value: float) -> str:
        """Write a number of a quantity's unit in the unit that a person reads that quantity in."""
        if quantity is None:
            return str(self.words["not_assessed"])
        scale, unit = self.readable(quantity)
        return self._join(self.number(value * scale, 3), unit, value * scale)

    def bounded(self, quantity: Quantity, value: float, low: float, high: float) -> tuple[str, str]:
        """Write a number of a quantity's unit and its interval, as that quantity is read, with the digits that it supports."""
        scale, unit = self.readable(quantity)
        digits = supported_digits(value, low, high)
        text = self.words["interval_of"].format(
            low=self.number(low * scale, digits), high=self.number(high * scale, digits)
        )
        amount = self._join(self.number(value * scale, digits), unit, value * scale)
        if quantity.is_open:
            return amount, str(self.words["no_range"])
        return amount, self._join(text, unit, high * scale)

    def median(self, quantity: Quantity) -> str:
        """Write a quantity's median draw."""
        if quantity.is_open:
            return "–"
        scale, unit = self.readable(quantity)
        low, median, high = quantity.interval()
        if low == high:
            return self.amount(quantity)
        return self._join(self.number(median * scale, supported_digits(median, low, high)), unit, median * scale)

    def readable(self, quantity: Quantity) -> tuple[float, str]:
        """Return the factor and the name of the unit in which a person reads a quantity."""
        return self.readable_in(quantity.unit, quantity.value)

    def readable_in(self, unit: str, value: float) -> tuple[float, str]:
        """Return the factor and the name of the unit in which a person reads a value of some unit."""
        if unit not in _READABLE:
            return 1.0, self.unit(unit)
        choices = [(conversion(unit, code), code) for code in _READABLE[unit]]
        fitting = [choice for choice in choices if abs(value) * choice[0] >= 1]
        scale, code = fitting[-1] if fitting else choices[0] if value else (1.0, unit)
        return scale, self._one_unit(code)

    def scales(self, unit: str) -> list[tuple[float, str]]:
        """Return the units that a person reads amounts of a unit in, smallest first, each with the factor that turns into it."""
        return [(conversion(unit, code), self._one_unit(code)) for code in _READABLE.get(unit, (unit,))]

    def time(self, years: float | None) -> str:
        """Write a time in days, months or years; never, where it is None."""
        if years is None:
            return str(self.words["never"])
        choices = [(conversion("year", code), code) for code in _READABLE["year"]]
        scale, code = next((c for c in reversed(choices) if years * c[0] >= 1), choices[0])
        return self._join(self.number(years * scale), self._one_unit(code), years * scale)

    def stated(self, stated: Stated | None) -> str:
        """Write a stated value in its own unit; of what is counted, in the descriptor's words, since units know no nouns."""
        if stated is None:
            return str(self.words["none_stated"])
        if stated.noun and stated.text:
            return self._join(self.trimmed(stated.value), _NUMBER.sub("", stated.text))
        return self.in_unit(stated.value, self.unit(stated.unit))

    def in_unit(self, value: float, unit: str) -> str:
        """Write a number without needless zeros and a unit that is already written as this language does."""
        return self._join(self.trimmed(value), unit, value)

    def trimmed(self, value: float) -> str:
        """Write a number without needless zeros."""
        if value and abs(value) < 1e-4:
            return self.number(value, 4)
        return self._signs(f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}")

    def all_digits(self, value: float) -> str:
        """Write a number with each of its digits, up to twelve."""
        if value and abs(value) < 1e-4:
            digits = len(f"{value:.11e}".partition("e")[0].rstrip("0").replace(".", "").lstrip("-"))
            return self.number(value, max(4, digits))
        return self._signs(f"{value:,.12g}" if abs(value) < 1e12 else f"{value:,.0f}")

    def fixed(self, value: float, decimals: int = 2) -> str:
        """Write a number with some decimals."""
        return self._signs(f"{value:,.{decimals}f}")

    def percent(self, share: float, digits: int = 0) -> str:
        """Write a share as a percentage."""
        return str(self.words["percent"].format(number=self.fixed(100 * share, digits)))

    def probability(self, share: float, brief: bool = False) -> str:
        """Write a share of draws, which is never printed as certainty; in words, or with a sign where it must be brief."""
        above, below = (">", "<") if brief else (self.words["more_than"], self.words["less_than"])
        if share > PROBABILITY_CAP:
            return f"{above} {self.percent(PROBABILITY_CAP)}"
        return f"{below} {self.percent(1 - PROBABILITY_CAP)}" if share < 1 - PROBABILITY_CAP else self.percent(share)

    def date(self, date: datetime.date) -> str:
        """Write a date."""
        return self._conventions.date(date, self.words["first_of_month"] if date.day == 1 else "")

    def country(self, code: str) -> str | None:
        """Return what a country is called, None where the code is none of a country."""
        return self._conventions.country(code) or None

    def when(self, text: str) -> str:
        """Write a date of the descriptor, a month or a day; anything else, such as a year, as it is."""
        for form, write in (("%Y-%m", self.month), ("%Y-%m-%d", self.date)):
            try:
                return write(datetime.datetime.strptime(str(text), form).date())
            except ValueError:
                continue
        return str(text)

    def month(self, date: datetime.date) -> str:
        """Write the month of a date."""
        return self._conventions.month(date)

    def phrase(self, text: str) -> str:
        """Write one of the program's own phrases (a flow's part, a gap's reason) in this language."""
        phrases = self.words["phrases"]
        if text in phrases:
            return str(phrases[text])
        head, separator, tail = text.rpartition(": ")
        if separator and tail in phrases:
            return f"{self.phrase(head)}{self.words['colon']} {phrases[tail]}"
        for start, translated in phrases.items():
            if start.endswith(" ") and text.startswith(start):
                rest = text.removeprefix(start)
                return f"{translated}{phrases.get(rest, rest)}"
        return text

    def _join(self, number: str, unit: str, value: float = 1.0) -> str:
        if unit in self._counted:
            unit = self._form(self._counted[unit], value)
        return f"{number}\u00a0{unit}" if unit else number

    def counted(self, number: float, forms: Mapping[str, str], written: str = "", **others: str) -> str:
        """Write a number with what it counts, by the forms of a text: `one`, `other`, and more where a language has more."""
        return self._form(forms, number).format(number=written or self.trimmed(number), **others)

    def counted_unit(self, unit: str, number: float) -> str:
        """Write a unit that is a word as it stands beside a number."""
        return self._form(self.words["units"][unit], number)

    def _form(self, forms: Mapping[str, str], number: float) -> str:
        return str(forms.get(self._conventions.plural(number), forms["other"]))

    def typeset(self, value: Any) -> Any:
        """Return a text with the spaces of this language, before high signs and inside quotation marks; else as it is."""
        return type(value)(self._typography(value)) if isinstance(value, str) else value

    @staticmethod
    def heading(text: str) -> str:
        """Write one of the program's own texts as it begins a line."""
        return text[:1].upper() + text[1:]

    @staticmethod
    def inside(text: str) -> str:
        """Write one of the program's own texts as it stands inside a line."""
        return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def supported_digits(value: float, low: float, high: float) -> int:
    """Return how many significant digits an interval supports: two where it is wider than a tenth of the value."""
    return 2 if value == 0 or abs(high - low) / abs(value) > 0.1 else 3

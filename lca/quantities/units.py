"""Units: which spellings a person may write, what they mean, and how one converts to another."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterable
from fractions import Fraction

from msgspec import Struct

from lca.problems import did_you_mean
from lca.quantities.processor_time import HOURS_OF, is_processor, names_a_model, split_processor_time, without_multiple
from lca.quantities.unit_definitions import DEFINITIONS

#: No unit of anything has as many parts; a product of hundreds would overflow.
MOST_PARTS = 8

_SPELLINGS: dict[str, str] = {}
for _line in DEFINITIONS.strip().splitlines():
    _name, _, *_others = (part.strip() for part in _line.split("="))
    _SPELLINGS.update({_name: _name, **dict.fromkeys(_others, _name)})

#: The currencies that a price may be in. None converts to another: a rate of exchange is no unit.
CURRENCIES = tuple(line.split(" = ")[0] for line in DEFINITIONS.splitlines() if "= [currency_" in line)

_CARBON = re.compile(r"\b(mg|g|kg|t|kt|Mt|lb)\s*(?:(?:eq|éq)\.?\s*)?CO[2₂]\s*(?:e|eq|éq|-eq|-e)?(?![A-Za-z0-9])")
_ANTIMONY = re.compile(r"\b(mg|g|kg)\s*Sb\s*-?(?:e|eq|éq)(?![A-Za-z0-9])")
#: How papers write the ratio of two figures: `57×`, `15 to 1`, `15:1`.
_RATIO = re.compile(r"[×x]|times|fois|(?:to|:|pour|à)\s*1")
_SPACES = "\u00a0\u2009\u202f "
_PLAIN = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?")
_GROUPED = re.compile(rf"[-+]?\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?:[.,]\d+)?")
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?")
_COMMA = re.compile(r"[-+]?\d+,\d+(?:[eE][-+]?\d+)?")
_HEAD = re.compile(rf"[-+]?[\d.,][\d.,]*(?:[{_SPACES}]\d{{3}}(?!\d)(?:[.,]\d+)?)*(?:[eE][-+]?\d+)?(?=$|[^\d.,])")


class UnitError(ValueError):
    """A text that is no quantity, or a unit that does not exist; `code` is the problem's code, `hint` what helps."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.hint = code, hint


class Measure(Struct, frozen=True):
    """A number with its unit; `noun` is what the unit counts (`image`), empty where it counts nothing.

    Of the time of processors the noun says whose it is: `12000 GPU h` is 12000 `h` of the noun `GPU`.
    """

    value: float
    unit: str
    noun: str = ""

    @property
    def time_of(self) -> str:
        """Whose time it is, one of `HOURS_OF`; empty where it is no time, or time on the clock."""
        return self.noun if self.noun in HOURS_OF and same_dimension(self.unit, "h") else ""


def spellings() -> tuple[str, ...]:
    """Return every unit spelling that is read."""
    return tuple(_SPELLINGS)


def is_unit(part: str) -> bool:
    """Say whether a part of a unit is one, or `1`."""
    return part == "1" or all(base in _SPELLINGS for base in part.split("·"))


def parse_measure(text: str, nouns: Iterable[str] = ()) -> Measure:
    """Read NUMBER UNIT, such as `130 h`, `1 000 kWh`, `0,5 Go` or `10000 image/day`.

    Raises:
        UnitError: the number or the unit cannot be read without doubt; the hint says the right spelling.
    """
    stripped = text.strip()
    head = _HEAD.match(stripped)
    if not head:
        raise UnitError(
            "LCA301", f"`{_short(text)}` does not begin with a number", "write a number and a unit, as in `130 h`"
        )
    value, rest = parse_number(head.group()), stripped[head.end() :].strip()
    if not math.isfinite(value):
        raise UnitError("LCA304", f"`{_short(text)}` is no finite number: larger than any that is computed with")
    unit, noun = ("1", "") if _RATIO.fullmatch(rest) else split_processor_time(rest) or parse_unit(rest, nouns)
    scale, unit = whole_money(unit)
    return Measure(value * scale, unit, noun)


def unit_written(text: str) -> str:
    """Return the unit of a quantity as it is written, `h` of `130 h`; empty where the text begins with no number."""
    stripped = text.strip()
    head = _HEAD.match(stripped)
    return stripped[head.end() :].strip() if head else ""


def parse_number(text: str) -> float:
    """Read a number with a decimal point or comma and spaces between thousands.

    Raises:
        UnitError: the spelling is ambiguous (`1,500`) or no number (`1..5`).
    """
    if _PLAIN.fullmatch(text):
        return float(text)
    if _GROUPED.fullmatch(text):
        return float(re.sub(rf"[{_SPACES}]", "", text).replace(",", "."))
    if _COMMA.fullmatch(text):
        whole, decimals = text.lstrip("+-").split(",")
        if len(decimals) == 3 and decimals.isdigit() and 1 <= len(whole) <= 3 and not whole.startswith("0"):
            hint = f"write `{whole}{decimals}` or `{whole}.{decimals}`"
            raise UnitError("LCA301", f"`{text}` may be read in two ways", hint)
        return float(text.replace(",", "."))
    digits = text.replace(",", "")
    right = f"`{digits}`" if _THOUSANDS.fullmatch(text) else "it as `1234.5` or `1.2e6`"
    raise UnitError("LCA301", f"`{_short(text)}` is not a number", f"write {right}")


def parse_unit(text: str, nouns: Iterable[str] = ()) -> tuple[str, str]:
    """Return the unit in its own spelling (`kgCO2e/kWh`, `1`) and the counted noun in it, if any.

    Raises:
        UnitError: a part of the unit is unknown.
    """
    if not text:
        return "1", ""
    counted, known = "", set(nouns)
    above: list[str] = []
    below: list[str] = []
    normal = _ANTIMONY.sub(r"\1Sbe", _CARBON.sub(r"\1CO2e", f" {text}")).replace(" per ", "/").replace(" par ", "/")
    for index, side in enumerate(normal.split("/")):
        parts = [part for part in re.split(r"[\s·*⋅×]+", side) if part]
        if not parts and not (index == 0 and "/" in normal):
            raise UnitError("LCA302", f"`{_short(text)}` is not a unit")
        for part in parts:
            if part in _SPELLINGS:  # before the nouns: a declared noun never takes a unit's place
                (below if index else above).append(_SPELLINGS[part])
            elif part in known or part.removesuffix("s") in known:
                counted = part if part in known else part.removesuffix("s")
            elif part != "1":
                raise _unknown_unit(part, text, known)
    if len(above) + len(below) > MOST_PARTS:
        raise UnitError("LCA302", f"`{_short(text)}` is no unit: it has more than {MOST_PARTS} parts")
    if not above and not below:
        return "1", counted
    return "/".join(["·".join(above) or "1", *below]), counted


def _unknown_unit(part: str, whole: str, nouns: set[str]) -> UnitError:
    """Return what is wrong with a part of a unit; time of processors has a spelling that is told whole."""
    if "/" not in whole and (multiple := without_multiple(whole)):
        hint = f"write the number out, as in `{multiple[0]:g} {multiple[2]} {multiple[1]}`".replace("e+0", "e")
        return UnitError("LCA302", f"`{_short(whole)}` holds a multiple", hint)
    if "/" not in whole and names_a_model(whole):
        hint = "write `GPU h`: the machine says which accelerator it is"
        return UnitError("LCA302", f"`{_short(whole)}` names a model, which is no unit", hint)
    if is_processor(part) and "/" in whole:
        hint = "give it for the whole machine: what is per accelerator, times the accelerators of one machine"
        return UnitError("LCA302", f"`{_short(part)}` is no unit", hint)
    if is_processor(part):
        hint = (
            "time of accelerators is written `12000 GPU h`, of cores `12000 core h`, of whole machines `12000 node h`"
        )
        return UnitError("LCA302", f"`{_short(part)}` alone is no unit", hint)
    if part[0].isdigit():
        return UnitError(
            "LCA301", f"a second number, `{_short(part)}`, stands after the first", "write one number and one unit"
        )
    hint = did_you_mean(part, [*(unit for unit in _SPELLINGS if not _has_other_prefix(part, unit)), *nouns])
    if re.fullmatch(r"[^\W\d_]{3,}", part) and not hint:
        declared = f"counted here: {', '.join(sorted(nouns))}; " if nouns else ""
        hint = f"{declared}another noun must stand in `goal.units`, as in `units: [{part}]`"
        if part.isupper():
            hint = f"the currencies are {', '.join(CURRENCIES)}; {hint}"
    if part in ("k", "K", "M", "Md", "ke", "Ke", "Me", "m€"):
        hint = "write the unit out, as in `300 k€`, `1.2 M€` or `350 MB`, or the number in digits"
    if re.fullmatch(r"(?:mill?i(?:on|ard)|billion|thousand)s?|mille", part, re.IGNORECASE):
        hint = "write the number in digits, as in `2000000` or `2e6`"
    hint = hint or "write one number and one unit, as in `3.5 year`"
    return UnitError("LCA302", f"`{_short(part)}` is neither a unit nor a counted noun", hint)


def _has_other_prefix(part: str, unit: str) -> bool:
    """Say whether a unit is another multiple of what a person wrote, so that a hint of it would be a thousandth off."""
    same_rest = part[1:].casefold() == unit[1:].casefold() and part[:1] != unit[:1]
    if part.casefold() == unit.casefold():  # `mwh` may be either, and both are asked about; `Mg` is no milligram
        other = unit[:1].swapcase() + unit[1:]
        return same_rest and unit[:1] in "mM" and other not in _SPELLINGS
    return same_rest or part[1:] == unit or unit[1:] == part


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "..."


class Meaning(Struct, frozen=True):
    """What a unit is: an exact multiple of base units, each with its exponent."""

    factor: Fraction
    dimensions: frozenset[tuple[str, int]]

    def times(self, other: Meaning, exponent: int = 1) -> Meaning:
        """Return the product with a power of another unit."""
        powers = dict(self.dimensions)
        for dimension, power in other.dimensions:
            powers[dimension] = powers.get(dimension, 0) + power * exponent
        return Meaning(self.factor * other.factor**exponent, frozenset((d, p) for d, p in powers.items() if p))


_ONE = Meaning(Fraction(1), frozenset())


@functools.cache
def _defined() -> dict[str, Meaning]:
    """Return what each unit of `DEFINITIONS` is; a definition uses only what stands above it."""
    known: dict[str, Meaning] = {}
    for line in DEFINITIONS.strip().splitlines():
        name, definition, *_ = (part.strip() for part in line.split(" = "))
        if definition.startswith("["):
            known[name] = Meaning(Fraction(1), frozenset({(definition, 1)} if definition != "[]" else ()))
            continue
        meaning = _ONE
        for part in definition.split(" * "):
            base, _, exponent = part.partition(" ** ")
            factor = known.get(base) or Meaning(Fraction(base), frozenset())
            meaning = meaning.times(factor, int(exponent or 1))
        known[name] = meaning
    return known


@functools.cache
def meaning_of(text: str) -> Meaning:
    """Return what one of our own spellings (`kWh/GB`, `1`) means; never parses what a person wrote."""
    meaning = _ONE
    for index, side in enumerate(text.split("/")):
        for part in side.split("·"):
            if part != "1":
                meaning = meaning.times(_defined()[_SPELLINGS[part]], -1 if index else 1)
    return meaning


@functools.cache
def conversion(source: str, target: str) -> float:
    """Return the factor that turns a number in `source` into one in `target`.

    Raises:
        ValueError: the two have different dimensions.
    """
    if source == target:
        return 1.0
    one, other = meaning_of(source), meaning_of(target)
    if one.dimensions != other.dimensions:
        raise ValueError(f"{source} cannot become {target}")
    factor = float(one.factor / other.factor)
    rounded = float(f"{factor:.15g}")
    return rounded if math.isclose(factor, rounded, rel_tol=4e-16) else factor


def same_dimension(source: str, target: str) -> bool:
    """Say whether two units measure the same thing."""
    return source == target or meaning_of(source).dimensions == meaning_of(target).dimensions


def currency_of(unit: str) -> str:
    """Return the currency in a unit (`USD` of `USD/kWh`), or an empty text where it has none."""
    return next((part for part in re.split("[/·]", unit) if part in CURRENCIES), "")


def whole_money(unit: str) -> tuple[float, str]:
    """Return a unit with whole currencies in place of their thousands and millions, and what a number is multiplied by."""
    whole = re.sub(r"[kM](?=(?:{})(?:[/·]|$))".format("|".join(CURRENCIES)), "", unit)
    return (conversion(unit, whole), whole) if whole != unit else (1.0, unit)


def in_currency(unit: str, currency: str) -> str:
    """Return a unit of money with another currency in it: `EUR/kWh` in `USD` is `USD/kWh`, without any conversion."""
    return "/".join(currency if part in CURRENCIES else part for part in unit.split("/"))


#: Nouns that may be counted without being declared in `goal.units`.
COMMON_NOUNS = ("request", "token", "run", "round", "client", "model", "FLOP")

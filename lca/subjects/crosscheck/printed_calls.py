"""A file of printed figures, case by case: each is a call of a formula or a figure of a descriptor, and is judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from lca.catalogue.book import FactorBook
from lca.descriptor.document import Document, Path
from lca.problems import Problem, ProblemsFound, did_you_mean
from lca.quantities.calling import calculate
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.quantities.units import COMMON_NOUNS, UnitError, conversion, parse_measure, same_dimension
from lca.subjects.crosscheck.declared import StatedResult
from lca.subjects.crosscheck.stated_results import Recomputed, judge_printed

#: How far a figure may be from the one that is expected, relatively.
EXPECTED_WITHIN = 1e-6

_OF_A_CASE = ("source", "descriptor", "note", "figures")
_OF_A_FIGURE = ("from", "descriptor", "figure", "stated", "printed", "misread", "expected")


class Known(Struct, frozen=True):
    """What a descriptor gives: its figures by path, and what it states itself, judged, by name."""

    figures: Mapping[str, Quantity]
    stated: Mapping[str, Recomputed]


#: Gives what the descriptor of a name holds; raises `ProblemsFound` where it cannot be read.
Assessed = Callable[[str], Known]


class PrintedFigure(Struct, frozen=True, eq=False):
    """A figure of a case, recomputed.

    `found` holds the verdict where a printed value, or one that a misreading gives, is set against it; `expected` what the file
    says that it should be, in the figure's unit; `descriptor` names the file that it was computed from, if not this one.
    """

    case: str
    name: str
    computed: Quantity
    unit: str
    expected: float | None
    found: Recomputed | None
    misread: bool
    descriptor: str

    @property
    def value(self) -> float:
        """The recomputed figure in the unit in which the file writes it."""
        return self.computed.value * conversion(self.computed.unit, self.unit)

    @property
    def is_expected(self) -> bool:
        """Whether it is what the file expects, where it expects something."""
        return self.expected is None or abs(self.value - self.expected) <= EXPECTED_WITHIN * abs(self.expected)


def printed_figures(document: Document, assessed: Assessed, book: FactorBook) -> Iterator[PrintedFigure]:
    """Yield every figure of every case of a file.

    Args:
        document: the file, in the form of `tests/cases/published.yaml`.
        assessed: gives what a descriptor holds.
        book: the factors that a likely cause is looked for in.

    Raises:
        ProblemsFound: a case has not the form, a call cannot be computed, or a descriptor has errors.
    """
    for case, fields in document.data.items():
        _known_keys(document, (case,), fields, _OF_A_CASE)
        figures = fields.get("figures")
        if not isinstance(figures, dict):
            raise _wrong(document, (case,), "LCA202", f"`figures` is missing in {case}", "list the printed figures")
        for name, entry in figures.items():
            _known_keys(document, (case, "figures", name), entry, _OF_A_FIGURE)
            try:
                yield _figure(document, (case, "figures", name), fields, entry, assessed, book)
            except UnitError as error:
                raise _wrong(document, (case, "figures", name), error.code, str(error), error.hint) from None


def _figure(
    document: Document, where: Path, fields: dict[str, Any], entry: dict[str, Any], assessed: Assessed, book: FactorBook
) -> PrintedFigure:
    descriptor = str(entry.get("descriptor", fields.get("descriptor", "")))
    texts = {key: _written(document, (*where, key), entry[key]) for key in ("printed", "misread") if key in entry}
    found: Recomputed | None = None
    if "from" in entry:
        descriptor = ""
        call = _written(document, (*where, "from"), entry["from"])
        computed = calculate(call, lambda part: document.at((*where, "from", *part)))
    else:
        known = _known(document, where, entry, descriptor, assessed)
        found = known.stated.get(str(entry.get("stated", "")))
        path = found.stated.figure if found is not None else str(entry.get("figure", ""))
        if path not in known.figures:
            hint = did_you_mean(path, known.figures)
            raise _wrong(document, where, "LCA401", f"`{path}` is no figure of `{descriptor}`", hint)
        computed = known.figures[path]
    for text in texts.values():
        printed = parse_measure(str(text), COMMON_NOUNS)
        place = document.at(where)
        value = Stated(".".join(where), printed.value, printed.unit, location=place, text=str(text))
        stated = StatedResult(value.path, where[-1], "", str(fields.get("source", "")), value)
        (found,) = judge_printed([(stated, computed)], {}, {}, book)
    expected = _measure_of(document, where, entry, found, computed)
    return PrintedFigure(where[0], where[-1], computed, *expected, found, "misread" in entry, descriptor)


def _measure_of(
    document: Document, where: Path, entry: dict[str, Any], found: Recomputed | None, computed: Quantity
) -> tuple[str, float | None]:
    """Return the unit in which a figure is written, and what it is expected to be."""
    if "expected" not in entry:
        stated = found.stated.value if found is not None else None
        fits = stated is not None and same_dimension(stated.unit, computed.unit)
        return (stated.unit if stated is not None and fits else computed.unit), None
    expected = parse_measure(str(_written(document, (*where, "expected"), entry["expected"])), COMMON_NOUNS)
    if not same_dimension(expected.unit, computed.unit):
        message = f"`expected` is in {expected.unit}, and the figure in {computed.unit}"
        raise _wrong(document, (*where, "expected"), "LCA303", message, "check the call")
    return expected.unit, expected.value


def _known(document: Document, where: Path, entry: dict[str, Any], descriptor: str, assessed: Assessed) -> Known:
    if not descriptor or not ("figure" in entry or "stated" in entry):
        hint = "give `from` with a call, or `descriptor` with the `figure` or `stated` result of it"
        raise _wrong(document, where, "LCA202", f"nothing says what {where[-1]} is computed from", hint)
    known = assessed(descriptor)
    name = entry.get("stated")
    if name is not None and str(name) not in known.stated:
        hint = did_you_mean(str(name), known.stated)
        raise _wrong(document, where, "LCA401", f"`{descriptor}` states no result `{name}`", hint)
    return known


def _written(document: Document, path: Path, data: Any) -> Any:
    """Return data with its numbers as texts that keep the digits that a person gave them."""
    if isinstance(data, dict):
        return {key: _written(document, (*path, key), value) for key, value in data.items()}
    if isinstance(data, list):
        return [_written(document, (*path, str(index)), value) for index, value in enumerate(data)]
    is_number = isinstance(data, int | float) and not isinstance(data, bool)
    return document.written(path, data) if is_number else data


def _known_keys(document: Document, path: Path, data: Any, known: tuple[str, ...]) -> None:
    if not isinstance(data, dict):
        raise _wrong(document, path, "LCA203", f"{'.'.join(path)} must be a map of keys", f"known: {', '.join(known)}")
    for key in data:
        if key not in known:
            hint = did_you_mean(key, known) or f"known keys: {', '.join(known)}"
            raise _wrong(document, (*path, key), "LCA201", f"the key `{key}` is unknown in {'.'.join(path)}", hint)


def _wrong(document: Document, path: Path, code: str, message: str, hint: str) -> ProblemsFound:
    return ProblemsFound([Problem(document.at(path), code, message, hint)])

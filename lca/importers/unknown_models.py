"""The power of a processor whose model a log leaves open: that of the catalogue's models which it may be, with their spread."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from typing import TYPE_CHECKING

from lca.importers.draft_text import quoted
from lca.importers.logged_machines import kind_named

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook

#: How the catalogue's identifiers of processors begin that are no accelerators.
_CPU = "cpu-"


def power_of_cores(cores: int, book: FactorBook) -> str:
    """Return the power of so many cores of a server whose processor nobody names, as a quantity with a range."""
    found = []
    for identifier in _identifiers(book):
        if identifier.startswith(_CPU) and kind_named(identifier.replace("-", " "), "") == "server":
            watts, of_one = _factor(identifier, "tdp", book), _factor(identifier, "cores", book)
            found += [watts / of_one] if watts and of_one else []
    what = "power of a core of the server processors of the catalogue, for the log names none"
    return _quantity([cores * watts for watts in found], what)


def power_of_accelerator(candidates: Iterable[str], book: FactorBook) -> str:
    """Return the power of one accelerator that may be one of some models, or any of the catalogue, as a quantity with a range."""
    named = list(candidates)
    models = named or [identifier for identifier in _identifiers(book) if not identifier.startswith(_CPU)]
    found = [watts for model in models if (watts := _factor(model, "tdp", book))]
    what = (
        f"power of the models that it may be: {', '.join(named)}"
        if named
        else "power of the accelerators of the catalogue, for the log names none"
    )
    return _quantity(found, what)


def _identifiers(book: FactorBook) -> Iterable[str]:
    return sorted(book.processors.names.identifiers)


def _factor(identifier: str, what: str, book: FactorBook) -> float:
    factor = book.find(f"processor/{identifier}/{what}")
    return factor.value if factor else 0.0


def _quantity(watts: list[float], what: str) -> str:
    """Return the median of powers, with the range that holds nineteen of twenty where there are many."""
    ordered = sorted(watts)
    low, high = ordered[int(0.025 * len(ordered))], ordered[-1 - int(0.025 * len(ordered))]
    middle = statistics.median(ordered)
    spread = f", range95: [{low:.4g} W, {high:.4g} W]" if low < middle < high else ""
    return f"{{value: {middle:.4g} W{spread}, evidence: estimated, source: {quoted(what)}}}"

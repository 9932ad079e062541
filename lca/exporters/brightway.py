"""The inventory as a database for Brightway: the study, its activities, what they use, and the impact of one unit of each.

Specification: the CSV of `bw2io` 0.9 (`CSVImporter`: sections Database, Activity and Exchanges) with the uncertainty columns and
the numbers of distributions of `stats_arrays` 4.0. Each indicator is a flow of the database's own, whose characterisation is one.
What one factor or one set of factors is behind is one activity, so that whoever draws it draws it once for all who use it.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lca.assessment.tables import harmless
from lca.exporters.escaping import one_line
from lca.exporters.exporter import Asked, Exported, Exporter
from lca.exporters.extent import limits_of, scope_lines
from lca.exporters.identity import identifier, slug
from lca.exporters.trained_models import sampler_of
from lca.presenting.item_names import item_name
from lca.quantities.provenance import Factor, Stated
from lca.quantities.quantity import Quantity
from lca.quantities.uncertainty import Z95, Lognormal, Normal, Triangular, Uniform, Within
from lca.quantities.units import conversion
from lca.subjects.footprint.flow import Flow, Leaf

LIMITS = (
    "fitted_spreads",
    "amounts_apart",
    "aggregated_flows",
    "quoted_cells",
    "trees",
    "gaps",
    "benefit",
    "money",
    "scenarios",
    "market_based",
)

#: Numbers of distributions in `stats_arrays`.
_UNKNOWN, _CERTAIN, _LOGNORMAL, _NORMAL, _UNIFORM, _TRIANGULAR = 0, 1, 2, 3, 4, 5

#: The columns of exchanges; those after the unit are of `stats_arrays`, but the last two, which are ours.
_COLUMNS = (
    "name",
    "amount",
    "unit",
    "type",
    "uncertainty type",
    "loc",
    "scale",
    "minimum",
    "maximum",
    "negative",
    "scope",
    "comment",
)

#: What the importer takes for something else than a text.
_READ_AS_OTHER = re.compile(
    r"[-+]?(\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(e[-+]?\d+)?|[-+]?(nan|inf|infinity)|true|false|\(unknown\)", re.IGNORECASE
)

Row = dict[str, Any]


def write(asked: Asked) -> Exported:
    """Return the database as CSV."""
    limits = limits_of(asked, LIMITS)
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(_Database(asked).lines(limits))
    return Exported(written.getvalue().encode(), limits)


class _Database:
    """The sections of one database."""

    def __init__(self, asked: Asked) -> None:
        self.asked, self.sample = asked, sampler_of(asked)
        self.book = asked.record.book
        used: dict[int, tuple[Flow, dict[str, Leaf]]] = {}
        for impact in asked.record.footprint.impacts:
            used.setdefault(id(impact.flow), (impact.flow, {}))[1][impact.indicator] = impact.leaf
        #: Each flow that has an impact, with the factors of it.
        self.flows = list(used.values())
        #: What is used, by its name there, with one of its flows and its factors.
        self.things: dict[str, tuple[Flow, dict[str, Leaf]]] = {}
        self._named: dict[tuple[object, ...], str] = {}
        self.names = [self._name_of(flow, factors) for flow, factors in self.flows]

    def _name_of(self, flow: Flow, factors: dict[str, Leaf]) -> str:
        """Return the name of what a flow uses: its key, and a number where things of one key have other factors."""
        same = (flow.key, flow.quantity.unit, *((name, leaf.record, leaf.value) for name, leaf in factors.items()))
        if same not in self._named:
            alike = sum(1 for other in self._named if other[0] == flow.key)
            name = f"{flow.key} ({alike + 1})" if alike else flow.key
            self._named[same] = name
            self.things[name] = (flow, factors)
        return self._named[same]

    def lines(self, limits: tuple[str, ...]) -> Iterator[list[Any]]:
        """Yield every line: the database, the study, its activities, what they use, and the indicators."""
        asked, about = self.asked, self.asked.record.study.about
        told = " ".join([*scope_lines(asked), *limits])
        yield ["Database", f"lca-{slug(about.name)}"]
        yield from (["title", _text(about.name)], ["comment", _text(told)], ["program", _text(asked.program)])
        yield ["identifier", identifier(asked, "brightway")]
        activities = list(dict.fromkeys(flow.activity for flow, _ in self.flows))
        rows = [_exchange(name, 1.0, "unit", "technosphere") for name in activities]
        yield from _activity("study", "unit", about.name, rows)
        for path in activities:
            yield from _activity(path, "unit", item_name(asked.record.study, path), self._uses(path))
        for name, (flow, factors) in self.things.items():
            label = next((leaf.names[0] for leaf in factors.values() if isinstance(leaf, Factor)), flow.part)
            yield from _activity(name, flow.quantity.unit, label, self._impacts(flow, factors))
        for indicator in dict.fromkeys(name for _, factors in self.flows for name in factors):
            known = self.book.indicators[indicator]
            yield from _activity(indicator, known.unit, known.name[asked.writer.language], None)

    def _uses(self, path: str) -> Iterator[Row]:
        for (flow, _), name in zip(self.flows, self.names, strict=True):
            if flow.activity == path:
                spread = _by_interval(flow.quantity, 1.0)
                row = _exchange(name, flow.quantity.value, flow.quantity.unit, "technosphere", spread)
                yield {**row, "scope": flow.scope, "comment": _text(flow.part)}

    def _impacts(self, flow: Flow, factors: Mapping[str, Leaf]) -> Iterator[Row]:
        for indicator, leaf in factors.items():
            unit = self.book.indicators[indicator].unit
            scale = conversion(leaf.unit, f"{unit}/{flow.quantity.unit}".removesuffix("/1"))
            row = _exchange(indicator, leaf.value * scale, unit, "biosphere", self._spread(leaf, scale))
            cited = leaf.source.citation if isinstance(leaf, Factor) else leaf.source
            yield {**row, "comment": _text(cited)}

    def _spread(self, leaf: Factor | Stated, scale: float) -> Row:
        """Return the distribution of a factor: its own where there is a number for it, else that of its 95 % interval."""
        quantity, value = self.sample(leaf), leaf.value * scale
        if isinstance(leaf, Factor) and leaf.terms:
            return _by_interval(quantity, scale)
        stated, within = leaf.uncertainty, dict[str, float]()
        if isinstance(stated, Within):
            within = {"minimum": stated.low * scale, "maximum": stated.high * scale}
        match stated.inner if isinstance(stated, Within) else stated:
            case Lognormal(variance) if value:
                own = {"negative": value < 0 or None, **within}
                return _spread_of(_LOGNORMAL, math.log(abs(value)), math.sqrt(variance)) | own
            case Normal(sd):
                cut = {"minimum": 0.0} if leaf.value >= Z95 * sd else {}
                return _spread_of(_NORMAL, value, sd * scale) | cut | within
            case Triangular(low, high):
                return _spread_of(_TRIANGULAR, value, minimum=low * scale, maximum=high * scale)
            case Uniform(low, high):
                return _spread_of(_UNIFORM, minimum=low * scale, maximum=high * scale)
        return _by_interval(quantity, scale)


def _by_interval(quantity: Quantity, scale: float) -> Row:
    """Return the lognormal, or where it reaches zero the normal, that has the 95 % interval of a quantity."""
    if quantity.is_open or not math.isfinite(quantity.value):
        return _spread_of(_UNKNOWN)
    low, _, high = (bound * scale for bound in quantity.interval())
    if not quantity.is_drawn or low == high:
        return _spread_of(_CERTAIN)
    if low > 0:
        return _spread_of(_LOGNORMAL, (math.log(low) + math.log(high)) / 2, math.log(high / low) / (2 * Z95))
    return _spread_of(_NORMAL, (low + high) / 2, (high - low) / (2 * Z95))


def _spread_of(
    number: int,
    loc: float | None = None,
    scale: float | None = None,
    minimum: float | None = None,
    maximum: float | None = None,
) -> Row:
    return {"uncertainty type": number, "loc": loc, "scale": scale, "minimum": minimum, "maximum": maximum}


def _exchange(name: str, amount: float, unit: str, kind: str, spread: Row | None = None) -> Row:
    return {"name": name, "amount": amount, "unit": _unit(unit), "type": kind, **(spread or _spread_of(_CERTAIN))}


def _activity(name: str, unit: str, label: str, exchanges: Iterable[Row] | None) -> Iterator[list[Any]]:
    """Yield the section of an activity, or of a flow to the environment where it has no exchanges."""
    kind = "emission" if exchanges is None else "process"
    yield from (
        [],
        ["Activity", name],
        ["code", name],
        ["unit", _unit(unit)],
        ["type", kind],
        ["comment", _text(label)],
    )
    if exchanges is None:
        return
    yield from (["Exchanges"], list(_COLUMNS))
    for row in (_exchange(name, 1.0, unit, "production"), *exchanges):
        yield [_cell(row.get(column)) for column in _COLUMNS]


def _unit(unit: str) -> str:
    """Return a unit as a text: what is counted without one is counted in units."""
    return "unit" if unit == "1" else unit


def _cell(value: Any) -> Any:
    return f"{value:.12g}" if isinstance(value, float) else "" if value is None else value


def _text(text: str) -> str:
    """Return a text of people's as the importer takes one: no number, no truth value, no tuple and nothing unknown to it."""
    line = re.sub(":(?=:)", ": ", one_line(text))
    return f"'{line}" if _READ_AS_OTHER.fullmatch(line) else str(harmless(line))


EXPORTER = Exporter(write, {"csv": ".csv"})

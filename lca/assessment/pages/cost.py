"""What the project costs: its activities by size, and what the boundary counts, excludes and leaves open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from lca.assessment.pages.columns import Column, column
from lca.assessment.pages.headline import cost_facts
from lca.assessment.pages.streams import FEWEST, Stream, streams
from lca.assessment.record import Record
from lca.presenting.item_names import item_name
from lca.presenting.svg import EMBODIED as EMBODIED_COLOUR
from lca.presenting.svg import OPERATIONAL as OPERATIONAL_COLOUR
from lca.presenting.writer import Writer
from lca.quantities.quantity import Quantity
from lca.subjects.benefit.declared import Benefit
from lca.subjects.footprint.boundary import StageStatus
from lca.subjects.footprint.flow import EMBODIED, OPERATIONAL
from lca.subjects.footprint.impacts import Breakdown
from lca.subjects.quality.section import pictures
from lca.subjects.subject import View

#: Rows of a table that a reader takes in; the rest is added up in one.
MOST_ROWS = 12
#: Pictures of quality against cost that a page has room for.
MOST_PICTURES = 3
#: The indicators beside climate change, in the order of the columns.
OTHERS = ("adpe", "water_consumption")


class ActivityRow(Struct, frozen=True):
    """One activity: its name, stage and sites, and a cell a column; `use` and `manufacture` are shares of the largest bar."""

    path: str
    name: str
    stage: str
    sites: str
    cells: tuple[str, ...]
    use: float
    manufacture: float


class BoundaryRow(Struct, frozen=True):
    """One stage: whether its use and its manufacture are counted, why not, and which other methods count it."""

    stage: str
    status: str
    note: str
    use: bool
    manufacture: bool
    methods: tuple[bool, ...]


def view(assessment: Record, writer: Writer) -> View:
    """Return what the page on cost needs."""
    names = _by_size(assessment)
    columns = _columns(assessment, names, writer)
    methods = list(dict.fromkeys(result.name for result in assessment.crosscheck.methods if result.counted))
    declared, drawn = assessment.study.get(Benefit), pictures(assessment, writer)
    return {
        "benefit_page": declared is not None and bool(declared.effects),
        "cost_columns": columns,
        "cost_rows": _rows(assessment, names, columns, writer),
        "streams": _streams(assessment, names, writer),
        "trade_offs": drawn[:MOST_PICTURES],
        "trade_offs_left": max(len(drawn) - MOST_PICTURES, 0),
        "cost_others": max(len(names) - MOST_ROWS, 0),
        "boundary_methods": [writer.words["method_names"][name] for name in methods],
        "boundary_rows": [
            _boundary_row(assessment, status, methods, writer) for status in assessment.footprint.boundary
        ],
    }


def _by_size(assessment: Record) -> list[str]:
    """Return the activities, the one with the largest climate impact first."""
    found = assessment.footprint.by_activity

    def size(name: str) -> float:
        return found[name]["gwp100"].value or 0.0 if "gwp100" in found[name] else 0.0

    return sorted(found, key=size, reverse=True)


def _columns(assessment: Record, names: Sequence[str], writer: Writer) -> list[Column]:
    """Return the columns: climate in all, by use and by manufacture, then other indicators and energy, each with its sum."""
    footprint, words = assessment.footprint, writer.words["dossier"]["cost"]

    def parts(indicator: str, part: str = "total") -> list[Quantity | None]:
        found = (footprint.by_activity[name].get(indicator) for name in names)
        return [getattr(one, part) if isinstance(one, Breakdown) else None for one in found]

    climate = footprint.totals["gwp100"]
    columns = [
        column(words["climate"], climate.total, parts("gwp100"), MOST_ROWS, writer, cost_facts(assessment).at_least),
        column(words["use"], climate.operational, parts("gwp100", OPERATIONAL), MOST_ROWS, writer, like=climate.total),
        column(
            words["manufacture"], climate.embodied, parts("gwp100", EMBODIED), MOST_ROWS, writer, like=climate.total
        ),
    ]
    for name in OTHERS:
        total = footprint.totals[name].total
        title = assessment.book.indicators[name].name[writer.language]
        columns.append(column(title, total, parts(name), MOST_ROWS, writer, footprint.is_partial(name)))
    energies = [footprint.energy_by_activity.get(name) for name in names]
    columns.append(column(words["energy"], footprint.energy, energies, MOST_ROWS, writer))
    return [one for one in columns if one.total]


def _rows(assessment: Record, names: Sequence[str], columns: Sequence[Column], writer: Writer) -> list[ActivityRow]:
    found = assessment.footprint.by_activity
    climate = [found[name].get("gwp100") for name in names]
    largest = max((one.value or 0.0 for one in climate if one is not None), default=0.0) or 1.0
    sites: dict[str, dict[str, None]] = {}
    for flow in assessment.footprint.flows:
        if flow.site:
            sites.setdefault(flow.activity, {})[item_name(assessment.study, f"sites.{flow.site}")] = None
    return [
        ActivityRow(
            name,
            item_name(assessment.study, name),
            str(writer.words[name.partition(".")[0]]),
            ", ".join(sites.get(name, ())),
            tuple(one.cells[index] for one in columns),
            _share(one.operational, largest) if one is not None else 0.0,
            _share(one.embodied, largest) if one is not None else 0.0,
        )
        for index, (name, one) in enumerate(zip(names[:MOST_ROWS], climate, strict=False))
    ]


def _streams(assessment: Record, names: Sequence[str], writer: Writer) -> str:
    """Return the picture of streams, empty where few activities make it say no more than the table."""
    if len(names) < FEWEST:
        return ""
    words = writer.words["dossier"]
    use, made = words["emissions"]["use"], words["emissions"]["manufacture"]
    others = writer.counted(len(names) - MOST_ROWS, words["cost"]["others"])
    found = []
    for index, name in enumerate(names):
        parts = assessment.footprint.by_activity[name].get("gwp100")
        shown = item_name(assessment.study, name) if index < MOST_ROWS else others
        stage = writer.heading(writer.words[name.partition(".")[0]])
        for kind, part in ((use, parts.operational if parts else None), (made, parts.embodied if parts else None)):
            if part is not None and part.value > 0:
                found.append(Stream(shown, stage, kind, part.value))
    return streams(found, {use: OPERATIONAL_COLOUR, made: EMBODIED_COLOUR}, words["cost"]["streams"]) if found else ""


def _share(part: Quantity | None, whole: float) -> float:
    return part.value / whole if part is not None else 0.0


def _boundary_row(assessment: Record, status: StageStatus, methods: Iterable[str], writer: Writer) -> BoundaryRow:
    stage, words = status.stage, writer.words["dossier"]["cost"]
    climate = assessment.footprint.by_stage.get(stage, {}).get("gwp100")
    counted = {
        result.name: {path.partition(".")[0] for path in result.counted} for result in assessment.crosscheck.methods
    }
    note = status.reason if status.status == "excluded" else ""
    if status.reason == "in-use":
        note = words["in_use"]
    elif status.unsaid:
        note = words["unsaid"].format(what=", ".join(words["unsaid_parts"][part] for part in status.unsaid))
    return BoundaryRow(
        writer.heading(writer.words[stage]),
        status.status,
        note,
        climate is not None and climate.operational is not None,
        climate is not None and climate.embodied is not None,
        tuple(stage in counted.get(name, ()) for name in methods),
    )

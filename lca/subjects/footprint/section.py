"""Goal and scope, the inventory, and the results: totals, coverage and their pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from lca.presenting.svg import Drawing
from lca.presenting.writer import Writer
from lca.quantities.quantity import Quantity
from lca.subjects.footprint import charts
from lca.subjects.footprint.assess import Footprint
from lca.subjects.footprint.coverage import LIFE_OR_DIRECT, MIX, coverages
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.flow import STAGES, Gap
from lca.subjects.footprint.impacts import Breakdown
from lca.subjects.footprint.machine import InstanceMachine
from lca.subjects.subject import Assessed, Section, View


def goal(assessed: Assessed, _: Writer) -> View:
    """Return what the section on goal and scope needs."""
    stated = assessed.study.goal
    return {
        "footprint": assessed.results[Footprint],
        "unestimated": sum(r.estimated_share is None for r in (*stated.excluded.values(), *stated.cut_offs.values())),
    }


def inventory(assessed: Assessed, writer: Writer) -> View:
    """Return what the section on the inventory needs."""
    names = {i: indicator.name[writer.language] for i, indicator in assessed.book.indicators.items()}
    machines = assessed.study[ProductSystem].machines.values()
    return {
        "footprint": assessed.results[Footprint],
        "gap_rows": _gap_rows(assessed.results[Footprint].gaps, names),
        "instances": [(m.name, m.kind) for m in machines if isinstance(m, InstanceMachine)],
    }


def results(assessed: Assessed, writer: Writer) -> View:
    """Return what the section of results needs."""
    footprint = assessed.results[Footprint]
    return {
        "footprint": footprint,
        "partial": partial(footprint),
        "by_site": {_site(assessed, name): parts for name, parts in footprint.by_site.items()},
        "line_stages": [s for s in STAGES if any(s in stages for stages in footprint.coverage.values())],
        "stage_shares": {
            name: _stage_shares(assessed, name)
            for name, part in footprint.totals.items()
            if part.total and part.total.value
        },
        "charts": _charts(assessed, writer),
    }


SECTIONS = (
    Section("goal", "footprint/goal.html.j2", goal),
    Section("inventory", "footprint/inventory.html.j2", inventory),
    Section("results", "footprint/results.html.j2", results),
)


def _site(assessed: Assessed, name: str) -> str:
    """Return the name of a site, with its owner where that is a partner or another organisation."""
    site = assessed.study[ProductSystem].sites.get(name)
    return f"{name} ({site.owner})" if site is not None and site.owner else name


class GapRow(NamedTuple):
    """What an activity leaves out for one reason: the lines, and the indicators by name, none where it is all of them."""

    activity: str
    parts: tuple[str, ...]
    indicators: tuple[str, ...]
    reason: str


def _gap_rows(gaps: Iterable[Gap], names: Mapping[str, str]) -> list[GapRow]:
    """Return gaps with the indicators of a line together, and the lines of an activity that lack the same."""
    lines: dict[tuple[str, str, str], dict[str, None]] = {}
    for gap in gaps:
        lines.setdefault((gap.activity, gap.part, gap.reason), {})[gap.indicator] = None
    rows: dict[tuple[str, tuple[str, ...], str], dict[str, None]] = {}
    for (activity, part, reason), lacking in lines.items():
        rows.setdefault((activity, () if "" in lacking else tuple(lacking), reason), {})[part] = None
    return [
        GapRow(activity, tuple(parts), tuple(names[name] for name in lacking), reason)
        for (activity, lacking, reason), parts in rows.items()
    ]


def partial(footprint: Footprint) -> dict[str, bool]:
    """Return for each indicator whether its total is a part of the whole."""
    return {name: footprint.is_partial(name) for name in footprint.totals}


def is_outside(climate: Quantity | None) -> bool:
    """Say whether a best estimate lies outside the interval of its draws."""
    return climate is not None and climate.is_drawn and not _inside(climate)


def coverage_lines(assessed: Assessed, writer: Writer) -> tuple[str, list[str]]:
    """Return a sentence on what the electricity factors cover, and one for each way in which that is mixed."""
    words = writer.words
    found = coverages(assessed.study, assessed.results[Footprint].flows)
    named = list(dict.fromkeys(words["coverage_names"][word] for word in sorted(found)))
    mixed = ((LIFE_OR_DIRECT, "mixed_life"), (MIX, "mixed_mix"))
    return (
        words["coverage_line"].format(words=", ".join(named)) if named else "",
        [words[sentence] for pair, sentence in mixed if pair <= found],
    )


def other_reading_lines(assessed: Assessed, writer: Writer) -> list[str]:
    """Return a sentence for each machine whose total would be another one if nobody else used it."""
    return [
        writer.words["other_reading"].format(
            machine=one.machine,
            share=writer.percent(one.share, 1),
            **{name: writer.amount(getattr(one, name)) for name in ("shared", "dedicated", "reserved")},
        )
        for one in assessed.results[Footprint].other_readings
    ]


def _inside(quantity: Quantity) -> bool:
    low, _, high = quantity.interval()
    return low <= quantity.value <= high


def _charts(assessed: Assessed, writer: Writer) -> dict[str, Drawing]:
    words, climate = writer.words, assessed.results[Footprint].totals["gwp100"].total
    if climate is None or climate.value == 0:
        return {}
    scale, unit = writer.readable(climate)

    def scaled(part: Quantity | None) -> float:
        return part.value * scale if part is not None else 0.0

    rows = [
        (words[stage], scaled(part.operational), scaled(part.embodied), writer.amount(part.total))
        for stage, parts in assessed.results[Footprint].by_stage.items()
        if (part := parts.get("gwp100")) is not None
    ]
    names = {i: indicator.name[writer.language] for i, indicator in assessed.book.indicators.items()}
    shares = [
        (names[i], _stage_shares(assessed, i))
        for i, part in assessed.results[Footprint].totals.items()
        if part.total and part.total.value
    ]
    drawn = {"scopes": charts.scopes_by_stage(rows, unit, words, words)}
    if len(assessed.results[Footprint].by_stage) > 1:
        drawn["indicators"] = charts.stages_by_indicator(shares, words, writer.percent)
    if climate.is_drawn:
        labels = (
            f"{words['best_estimate']} {writer.amount(climate)}",
            f"{words['interval']}{words['colon']} {writer.interval(climate)}",
        )
        drawn["distribution"] = charts.distribution(climate, scale, unit, labels, words)
    return drawn


def _stage_shares(assessed: Assessed, indicator: str) -> dict[str, float]:
    whole: Breakdown = assessed.results[Footprint].totals[indicator]
    assert whole.total is not None
    parts = ((stage, by.get(indicator)) for stage, by in assessed.results[Footprint].by_stage.items())
    return {
        stage: part.total.value / whole.total.value
        for stage, part in parts
        if part is not None and part.total is not None
    }

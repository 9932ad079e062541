"""The built-in sweeps that matter to a study, each with its table and its picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lca.assessment import charts
from lca.assessment.comparison import CaseRow, FigureTable
from lca.assessment.comparison_section import amount, apart, block, interval, largest, title_of
from lca.assessment.record import Record
from lca.assessment.scenario_section import dot, indicator_names
from lca.assessment.sweeps.places import coverage_at
from lca.assessment.sweeps.variation import Label, Sweep
from lca.presenting.input_names import zone_name
from lca.presenting.svg import Drawing
from lca.presenting.writer import Writer
from lca.quantities.provenance import Factor
from lca.quantities.quantity import Quantity

#: Figures that a kind of sweep prints; one that no case changes is left out.
FIGURES = {
    "volume": ("total.gwp100", "per-unit.gwp100"),
    "federated": ("total.gwp100", "energy"),
}
#: Kinds of sweep that vary where the electricity comes from.
PLACES = ("location", "generation")
FIRST = ("total.gwp100",)


def view(assessment: Record, writer: Writer) -> dict[str, Any]:
    """Return what the section on sweeps needs."""
    views, drawn = [], {}
    for sweep in assessment.sweeps:
        names = names_of(sweep, assessment, writer)
        shown = [t for t in sweep.tables if t.figure in FIGURES.get(sweep.kind, FIRST) and not t.unchanged]
        climate = sweep.table("total.gwp100")
        if not shown or climate is None:
            continue
        drawn[f"sweep-{sweep.kind}"] = _picture(sweep, climate, names, assessment, writer)
        titles = indicator_names(assessment, writer)
        views.append(
            {
                "kind": sweep.kind,
                "subject": _subject(sweep.subject, writer),
                "matrix": _matrix(sweep, climate, assessment, writer) if sweep.kind == "hosting" else None,
                "blocks": [block(table, title_of(table, titles, writer), names, writer) for table in shown],
                "factors": _factors(sweep, climate, names) if sweep.kind == "location" else [],
                "further": [
                    (names.get(name) or _word("host", name, assessment, writer), q) for name, q in sweep.further.items()
                ],
                "skipped": [(label_of(label, assessment, writer), reason) for label, reason in sweep.skipped],
                "alt": f"{writer.words['semicolon']} ".join(
                    f"{names[r.case.name]} {writer.amount(r.amount)}" for g in climate.groups for r in g.rows
                ),
            }
        )
        if sweep.kind == "generation" and sweep.further:
            drawn["sweep-costs"] = _costs(sweep, names, writer)
    return {"sweep_views": views, "charts": drawn}


def _subject(path: str, writer: Writer) -> str:
    """Return what is varied, in words: the kind of thing and its name."""
    kind, _, name = path.partition(".")
    return str(writer.words["sweep_subjects"][kind].format(name)) if name else path


def names_of(sweep: Sweep, assessment: Record, writer: Writer) -> dict[str, str]:
    """Return what the cases of a sweep are called in the report's language."""
    names = {name: label_of(label, assessment, writer) for name, label in sweep.labels.items()}
    if "" in names:
        own = str(writer.words["as_described"])
        names[""] = f"{own} ({names['']})" if names[""] else own
    return names


def label_of(label: Label, assessment: Record, writer: Writer) -> str:
    """Return what a variation is called in the report's language."""
    return ", ".join(_word(kind, word, assessment, writer) for kind, word in label)


def _word(kind: str, word: str, assessment: Record, writer: Writer) -> str:
    """Return one word of a label in the report's language."""
    words = writer.words
    if kind == "zone":
        return zone_name(word, writer, assessment.book)
    known: Mapping[str, str] = words["sweep_words"].get(kind, {})
    if known:
        return known.get(word, word)
    pattern: Any = words["sweep_patterns"].get(kind, "{}")
    if not isinstance(pattern, str):  # the forms of what is counted
        return writer.counted(float(word), pattern)
    return pattern.format(writer.trimmed(float(word)) if kind in ("times", "share") else word)


def _picture(sweep: Sweep, table: FigureTable, names: Mapping[str, str], assessment: Record, writer: Writer) -> Drawing:
    if sweep.kind == "hosting":
        return _by_host(sweep, table, assessment, writer)
    scale, unit = writer.readable(largest(table))
    dots = [
        dot(names[row.case.name], row.amount, scale, index, amount(row.amount, scale, writer))
        for index, group in enumerate(table.groups)
        for row in group.rows
    ]
    own = table.row("")
    reference = own.amount.value * scale if own is not None else None
    groups = (
        [_covered(sweep, group.rows[0], writer) for group in table.groups]
        if sweep.kind in PLACES and table.differs("coverage")
        else []
    )
    return charts.amounts(dots, groups, reference, unit, writer.words)


def _matrix(sweep: Sweep, table: FigureTable, assessment: Record, writer: Writer) -> dict[str, Any]:
    """Return amounts and intervals with a place a line and a host a column."""
    scale, unit = writer.readable(largest(table))
    hosts = list(dict.fromkeys(dict(label)["host"] for label in sweep.labels.values()))
    parts = []
    for group in table.groups:
        lines: dict[str, dict[str, tuple[str, str]]] = {}
        for row in group.rows:
            label = dict(sweep.labels[row.case.name])
            cell = amount(row.amount, scale, writer), interval(row.amount, scale, writer)
            lines.setdefault(_word("zone", label["zone"], assessment, writer), {})[label["host"]] = cell
        cells = [(zone, [by_host.get(host) for host in hosts]) for zone, by_host in lines.items()]
        parts.append((apart(table, group, writer), cells))
    return {"unit": unit, "hosts": [_word("host", host, assessment, writer) for host in hosts], "parts": parts}


def _covered(sweep: Sweep, row: CaseRow, writer: Writer) -> str:
    """Return what the electricity factors of the place that was varied cover, for a label or a legend."""
    words = coverage_at(row.case, sweep.subject.rpartition(".")[2])
    return ", ".join(writer.words["coverages"][word] for word in sorted(words))


def _by_host(sweep: Sweep, table: FigureTable, assessment: Record, writer: Writer) -> Drawing:
    scale, unit = writer.readable(largest(table))
    hosts = list(dict.fromkeys(dict(label)["host"] for label in sweep.labels.values()))
    rows: dict[str, list[charts.Dot]] = {}
    for row in (row for group in table.groups for row in group.rows):
        label = dict(sweep.labels[row.case.name])
        zone = f"{_word('zone', label['zone'], assessment, writer)} ({_covered(sweep, row, writer)})"
        rows.setdefault(zone, []).append(
            dot(zone, row.amount, scale, hosts.index(label["host"]), amount(row.amount, scale, writer))
        )
    choices = [_word("host", host, assessment, writer) for host in hosts]
    return charts.by_two_choices(list(rows.items()), choices, unit, writer.words)


def _costs(sweep: Sweep, names: Mapping[str, str], writer: Writer) -> Drawing:
    dots = [dot(names[name], cost, 1.0, 0, amount(cost, 1.0, writer)) for name, cost in sweep.further.items()]
    return charts.amounts(dots, [], None, "USD", writer.words)


def _factors(sweep: Sweep, table: FigureTable, names: Mapping[str, str]) -> list[tuple[str, Factor]]:
    """Return the electricity factor of each place; a factor that the descriptor states is printed among its values."""
    return [
        (names[row.case.name], factor)
        for group in table.groups
        for row in group.rows
        for site, factor in row.case.electricity
        if f"sites.{site}" == sweep.subject
    ]


def quantities(assessment: Record) -> list[Quantity]:
    """Return the figures of the sweeps that a report prints, for its bibliography."""
    found: list[Quantity] = []
    for sweep in assessment.sweeps:
        climate = sweep.table("total.gwp100")
        found += [row.amount for group in climate.groups for row in group.rows] if climate is not None else []
        found += sweep.further.values()
    return found

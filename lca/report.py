"""An assessment and the template texts become HTML."""

from __future__ import annotations

import base64
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lca import charts
from lca.activities.flow import STAGES
from lca.assessment import Assessment, sci_score
from lca.audit import explain, leaves
from lca.benefit import PROBABILITY_CAP
from lca.checklist import VERDICTS, counts
from lca.correlation import interval_with_shared_error
from lca.drivers import drivers, worth_measuring
from lca.impacts import Breakdown, Impact
from lca.methods import MethodResult, other_methods
from lca.provenance import Evidence, Factor, Source, Stated
from lca.quantity import Computed, Quantity, total
from lca.spread import spread
from lca.uncertainty import interval95
from lca.writing import Writer

#: Inputs below both do not drive anything that is printed.
NOTABLE_SHARE, NOTABLE_ELASTICITY = 0.002, 0.05


@dataclass(frozen=True, slots=True)
class Texts:
    """The shipped texts: templates by name, and each language's fixed words."""

    templates: Mapping[str, str]
    locales: Mapping[str, Mapping[str, Any]]
    references: Mapping[str, str]


def render(assessment: Assessment, language: str, texts: Texts) -> str:
    """Return the report as one HTML text without references to anything outside it."""
    from jinja2 import DictLoader, Environment, StrictUndefined

    words = texts.locales[language]
    writer = Writer(language, words)
    environment = Environment(loader=DictLoader(dict(texts.templates)), autoescape=True, undefined=StrictUndefined)
    environment.trim_blocks = environment.lstrip_blocks = True
    for name in ("amount", "interval", "median", "stated", "trimmed", "percent", "date", "phrase", "unit", "number"):
        environment.filters[name] = getattr(writer, name)
    climate = assessment.totals["gwp100"].total
    environment.filters["climate"] = lambda value: writer.like(climate, value)
    environment.filters["picture"] = lambda svg: "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
    view = _view(assessment, language, writer, texts)
    return environment.get_template("report.html.j2").render(t=words, language=language, a=assessment, **view)


def _view(assessment: Assessment, language: str, writer: Writer, texts: Texts) -> dict[str, Any]:
    words = writer.words
    climate = assessment.totals["gwp100"].total
    methods_seen = other_methods(assessment.project, assessment.book)
    ranked = drivers(climate) if climate is not None and len(climate.draws) > 1 else ()
    used = leaves([*(i.quantity for i in assessment.impacts), *_benefit_nodes(assessment)])
    defaults = [q for q in used if isinstance(q.origin, Factor)]
    sources = _distinct(q.origin.source for q in defaults if isinstance(q.origin, Factor) and q.origin.status != "own")
    rules = sorted(
        {q.origin.uncertainty_rule for q in defaults if isinstance(q.origin, Factor)} & assessment.book.classes.keys()
    )
    return {
        "project": assessment.project.project,
        "goal": assessment.project.goal,
        "climate": climate,
        "indicators": assessment.book.indicators,
        "stages": STAGES,
        "unestimated": sum(
            record.estimated_share is None
            for record in (*assessment.project.goal.excluded.values(), *assessment.project.goal.cut_offs.values())
        ),
        "largest": _largest(assessment),
        "missing": _missing(assessment, words, writer),
        "verdicts": VERDICTS,
        "counts": counts(assessment.findings),
        "acts": _by_act(assessment),
        "defaults": defaults,
        "stated": [q for q in used if isinstance(q.origin, Stated) and q.origin.location.file != "-"],
        "sources": sources,
        "rules": [assessment.book.classes[rule] for rule in rules],
        "methods": sorted(texts.references[name] for name in _formula_sources(assessment) if name in texts.references),
        "explanations": _explanations(assessment),
        "drivers": [d for d in ranked if d.variance_share > NOTABLE_SHARE or abs(d.elasticity) > NOTABLE_ELASTICITY][
            :10
        ],
        "worth_measuring": worth_measuring(climate, ranked) if climate is not None and ranked else (),
        "sampling": _sampling_error(climate) if climate is not None else None,
        "shared_error": interval_with_shared_error(climate, assessment.fingerprint.seed)
        if ranked and climate
        else None,
        "spread": spread(climate, assessment.book) if climate is not None else (),
        "methods_seen": methods_seen,
        "sci": sci_score(assessment),
        "mlca": _embodied_of(assessment, methods_seen),
        "paste": _to_paste(methods_seen, writer),
        "evidence_order": [evidence.word for evidence in reversed(Evidence)],
        "checklist_words": {
            group: {name: text.in_(language) for name, text in labels.items()}
            for group, labels in _words(assessment).items()
        },
        "outside": climate is not None and len(climate.draws) > 1 and not _inside(climate),
        "partial": {name: _is_partial(assessment, name) for name in assessment.totals},
        "cap": PROBABILITY_CAP,
        "charts": _charts(assessment, writer),
        "draws": writer.trimmed(assessment.fingerprint.draws),
    }


def _benefit_nodes(assessment: Assessment) -> list[Quantity]:
    benefit = assessment.benefit
    return [benefit.net_solution, benefit.net_project] if benefit else []


def _distinct(sources: Iterator[Source]) -> list[Source]:
    return sorted({source.id: source for source in sources}.values(), key=lambda s: s.citation.casefold())


def _inside(quantity: Quantity) -> bool:
    low, _, high = quantity.interval()
    return low <= quantity.value <= high


def _is_partial(assessment: Assessment, indicator: str) -> bool:
    return any(share < 1 for share in assessment.coverage[indicator].values()) or bool(assessment.gaps)


def _largest(assessment: Assessment, count: int = 3) -> list[tuple[Impact, float]]:
    """Return the flows that contribute most to climate change, with their shares."""
    climate = assessment.totals["gwp100"].total
    rows = sorted((i for i in assessment.impacts if i.indicator == "gwp100"), key=lambda i: -i.quantity.value)
    whole = climate.value if climate and climate.value else 1.0
    return [(impact, impact.quantity.value / whole) for impact in rows[:count]]


def _missing(assessment: Assessment, words: Mapping[str, Any], writer: Writer) -> list[str]:
    """Return, in words, what a reviewer should know to be missing."""
    colon = words["colon"]
    lines = [
        f"{words[s.stage]}{colon} {words['boundary_not-assessed']}"
        for s in assessment.boundary
        if s.status == "not-assessed"
    ]
    lines += [
        f"{gap.activity}, {writer.phrase(gap.part)}{colon} {writer.phrase(gap.reason)}" for gap in assessment.gaps
    ]
    for name, part in assessment.totals.items():
        if part.total is None:
            label = assessment.book.indicators[name].name[writer.language]
            lines.append(f"{label}{colon} {words['not_assessed']} ({words['no_factor']})")
    return lines


def _words(assessment: Assessment) -> Mapping[str, Mapping[str, Any]]:
    return assessment.checklist.words


def _by_act(assessment: Assessment) -> list[tuple[Any, list[Any]]]:
    """Return the findings by activity of the taxonomy, with the activity's name."""
    groups: dict[str, list[Any]] = {}
    for finding in assessment.findings:
        groups.setdefault(finding.criterion.activity, []).append(finding)
    return [(assessment.checklist.names[activity], rows) for activity, rows in groups.items()]


def _formula_sources(assessment: Assessment) -> set[str]:
    from lca.audit import walk

    seen: set[int] = set()
    roots = [*(i.quantity for i in assessment.impacts), *_benefit_nodes(assessment), *assessment.per_unit.values()]
    nodes = (node for root in roots for node in walk(root, seen))
    return {node.origin.formula.source for node in nodes if isinstance(node.origin, Computed)}


def _explanations(assessment: Assessment) -> list[tuple[str, list[Any]]]:
    return [(i.quantity.label, list(explain(i.quantity))) for i in assessment.impacts if i.indicator == "gwp100"]


def _charts(assessment: Assessment, writer: Writer) -> dict[str, str]:
    words, climate = writer.words, assessment.totals["gwp100"].total
    if climate is None or climate.value == 0:
        return {}
    scale, unit = writer.readable(climate)

    def scaled(part: Quantity | None) -> float:
        return part.value * scale if part is not None else 0.0

    rows = [
        (words[stage], scaled(parts["gwp100"].operational), scaled(parts["gwp100"].embodied))
        for stage, parts in assessment.by_stage.items()
        if "gwp100" in parts
    ]
    names = {i: indicator.name[writer.language] for i, indicator in assessment.book.indicators.items()}
    shares = [
        (names[i], _stage_shares(assessment, i))
        for i, part in assessment.totals.items()
        if part.total and part.total.value
    ]
    drawn = {
        "scopes": charts.scopes_by_stage(rows, unit, words, words),
        "indicators": charts.stages_by_indicator(shares, words, words),
    }
    if len(climate.draws) > 1:
        drawn["distribution"] = charts.distribution(climate, scale, unit, words, words)
        moved = [
            (_input_name(d.input), d.low * scale, d.high * scale) for d in drivers(climate)[:10] if d.low != d.high
        ]
        drawn["tornado"] = charts.tornado(moved, climate.value * scale, unit, words) if moved else ""
    benefit = assessment.benefit
    if benefit is not None:
        scale, unit = writer.readable(benefit.potential)
        order = ("potential", "realised", "attributed", "harms", "enabling", "cost", "net_solution", "net_project")
        bars = [(words[name], getattr(benefit, name), name in ("harms", "enabling", "cost")) for name in order]
        drawn["benefit"] = charts.benefit_against_cost(bars, scale, unit, words)
    return drawn


def _embodied_of(assessment: Assessment, results: Sequence[MethodResult]) -> Quantity | None:
    """Return the manufacture carried by the activities that other methods count; MLCA allocates it by the same rule."""
    counted = {activity for result in results for activity in result.counted}
    parts = [
        part
        for activity in assessment.by_activity
        if activity in counted and "gwp100" in assessment.by_activity[activity]
        if (part := assessment.by_activity[activity]["gwp100"].embodied) is not None
    ]
    return total("embodied by time of use", "kgCO2e", parts) if parts else None


def _to_paste(results: Sequence[MethodResult], writer: Writer) -> str:
    """Return one sentence with the newest Green Algorithms figure, as the calls that ask for it need it."""
    known = [r for r in results if r.name == "green-algorithms" and r.energy is not None and r.carbon is not None]
    if not known:
        return ""
    newest = known[-1]
    text: str = writer.words["paste"]
    return text.format(version=newest.version, energy=writer.amount(newest.energy), carbon=writer.amount(newest.carbon))


def _input_name(quantity: Quantity) -> str:
    name = quantity.origin.path if isinstance(quantity.origin, Stated) else quantity.label
    return name if len(name) <= 48 else name[:45] + "..."


def _sampling_error(quantity: Quantity) -> float | None:
    """Return the relative standard error of the wider bound of the 95 % interval, by ten batches of the draws."""
    batches = [interval95(batch) for batch in np.array_split(quantity.draws[1:], 10) if len(batch) > 10]
    low, _, high = quantity.interval()
    if len(batches) < 10 or low == 0:
        return None
    errors = (np.std([b[0] for b in batches]) / abs(low), np.std([b[2] for b in batches]) / abs(high))
    return float(max(errors)) / math.sqrt(10)


def _stage_shares(assessment: Assessment, indicator: str) -> dict[str, float]:
    whole: Breakdown = assessment.totals[indicator]
    assert whole.total is not None
    parts = ((stage, by.get(indicator)) for stage, by in assessment.by_stage.items())
    return {
        stage: part.total.value / whole.total.value
        for stage, part in parts
        if part is not None and part.total is not None
    }

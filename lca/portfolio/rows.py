"""What a row says of an assessed dossier, and of one that its errors keep from being assessed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from lca.assessment.pages.headline import cost_facts, gain_kind
from lca.call.profile import said_in
from lca.files.answering import judged
from lca.portfolio.row import ASSESSED, REFUSED, Figure, Gain, Row
from lca.portfolio.said import claims, sentences, stated_inputs
from lca.problems import Problem
from lca.quantities.evaluation import evaluate
from lca.quantities.quantity import Quantity
from lca.quantities.uncertainty import Array
from lca.quantities.units import conversion, same_dimension
from lca.subjects.benefit.declared import reference_file
from lca.subjects.checklist.rules import is_open
from lca.subjects.footprint.flow import EMBODIED

if TYPE_CHECKING:
    from lca.face import Assessment
    from lca.files.reading import Loaded

#: The figures that are totalled over all dossiers, and the unit in which they are added.
TOTALLED = {"total.gwp100": "kgCO2e", "energy": "kWh"}


def assessed_row(number: str, file: str, assessment: Assessment) -> Row:
    """Return the row of a dossier that was assessed."""
    loaded, footprint = assessment.source.readable, assessment.footprint
    printed = {f"total.{name}": part.total for name, part in footprint.totals.items() if part.total is not None}
    printed |= {name: assessment.figures[name] for name in TOTALLED if name in assessment.figures}
    verdict, problems = judged(loaded, assessment.problems, assessment.fingerprint.as_of)
    findings = [finding for finding in assessment.checklist.findings if finding.criterion.counts]
    verdicts = [finding.verdict for finding in findings]
    return Row(
        number=number,
        file=file,
        outcome=ASSESSED,
        **_about(loaded),
        verdict=verdict.verdict if verdict is not None else "",
        lacking=tuple(one.problem for one in verdict.lacking) if verdict is not None else (),
        problems=problems,
        stages={status.stage: status.status for status in footprint.boundary},
        gaps=sum(gap.leaves_open("gwp100") for gap in footprint.gaps),
        unanswered=sum(map(is_open, findings)),
        evidence={word: share for word, share in footprint.evidence["gwp100"].items() if share},
        draws=_settled(printed),
        figures={name: _figure(quantity) for name, quantity in printed.items()},
        at_least=cost_facts(assessment).at_least,
        partial=tuple(name for name in printed if _is_partial(name, assessment)),
        gain=_gain(assessment),
        verdicts={name: verdicts.count(name) for name in sorted(set(verdicts))},
        contradicted=sum(finding.contradiction for finding in findings),
        inputs=stated_inputs(assessment.roots),
        claims=claims(assessment.study),
        sentences=sentences(assessment.study),
        reference=reference_file(assessment.study),
    )


def refused_row(
    number: str, file: str, loaded: Loaded | None, problems: Iterable[Problem], as_of: datetime.date
) -> Row:
    """Return the row of a dossier with errors; nothing is `loaded` of one that cannot be read."""
    row = Row(number=number, file=file, outcome=REFUSED, problems=tuple(problems))
    if loaded is None:
        return row
    verdict, others = judged(loaded, row.problems, as_of)
    return Row(
        number=number,
        file=file,
        outcome=REFUSED,
        **_about(loaded),
        verdict=verdict.verdict if verdict is not None else "",
        lacking=tuple(one.problem for one in verdict.lacking) if verdict is not None else (),
        problems=others,
        claims=claims(loaded.descriptor),
        sentences=sentences(loaded.descriptor),
    )


def _is_partial(name: str, assessment: Assessment) -> bool:
    """Say whether a figure leaves something out: a stage, or what is described there and has no factor, or no electricity."""
    facts, footprint = cost_facts(assessment), assessment.footprint
    if facts.missing or facts.excluded:
        return True
    if name != "energy":
        return footprint.is_partial(name.removeprefix("total."))
    gaps = any(gap.leaves_open("") and gap.scope != EMBODIED for gap in footprint.gaps)
    return gaps or any(flow.is_stated and flow.scope != EMBODIED for flow in footprint.flows)


def _about(loaded: Loaded) -> dict[str, Any]:
    """Return who applies, and for which call."""
    about = loaded.descriptor.about
    named = said_in(loaded.call.profile.name, about.language) if loaded.call is not None else about.call
    return {
        "name": about.name,
        "applicant": about.applicant,
        "partners": about.partners,
        "language": about.language,
        "call": named,
    }


def _settled(printed: Mapping[str, Quantity]) -> dict[str, bytes]:
    """Take the intervals of all figures in one pass, and return the draws of those that are totalled."""
    names: dict[int, list[str]] = {}
    for name, quantity in printed.items():
        names.setdefault(id(quantity), []).append(name)
    draws = {name: _bytes_of(printed[name], np.array([printed[name].value])) for name in TOTALLED if name in printed}

    def take(quantity: Quantity, drawn: Array) -> None:
        quantity.settle(drawn)
        draws.update({name: _bytes_of(quantity, drawn) for name in names[id(quantity)] if name in TOTALLED})

    evaluate((quantity for quantity in printed.values() if quantity.is_drawn), take)
    return draws


def _bytes_of(quantity: Quantity, drawn: Array) -> bytes:
    """Return draws in the unit that totals are added in."""
    unit = next(unit for unit in TOTALLED.values() if same_dimension(unit, quantity.unit))
    return (drawn * conversion(quantity.unit, unit)).tobytes()


def _figure(quantity: Quantity) -> Figure:
    """Return a figure; without bounds where what it rests on is announced without a range."""
    if quantity.is_open:
        return Figure(quantity.value, quantity.unit)
    low, _, high = quantity.interval()
    return Figure(quantity.value, quantity.unit, low, high)


def _gain(assessment: Assessment) -> Gain:
    """Return what is announced of a benefit, and what keeps its net from being established."""
    kind, study = gain_kind(assessment), assessment.benefit.study
    codes = tuple(dict.fromkeys(question.code for question in assessment.benefit.open_questions))
    if study is None:
        return Gain(kind, open=codes)
    return Gain(kind, _figure(study.climate.potential), study.horizon, codes)

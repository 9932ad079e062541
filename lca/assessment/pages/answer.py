"""Page one: the answer in two sentences, emissions, the announced gain, the doubt, the checklist and what to ask."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from lca.assessment.pages import pictures
from lca.assessment.pages.emissions import emissions_figure
from lca.assessment.pages.gain import gain_figure
from lca.assessment.pages.headline import ANNOUNCED, gain_kind, headline
from lca.assessment.pages.questions import questions
from lca.assessment.public.cut import restricted_values
from lca.assessment.record import Record
from lca.descriptor.placeholders import placeholder_lines
from lca.presenting.svg import shortened
from lca.presenting.writer import Writer
from lca.quantities.provenance import Evidence
from lca.subjects.benefit.declared import Benefit
from lca.subjects.footprint.boundary import CUT_OFF_LIMIT
from lca.subjects.monitoring.result import MonitoringResult
from lca.subjects.subject import View

#: Questions on page one; the others stand on the last page.
MOST_QUESTIONS = 6


def view(assessment: Record, writer: Writer, widest: float = math.inf) -> View:
    """Return what page one needs; names that are wider than `widest`, in CSS pixels, are cut in its sentences."""
    asked = questions(assessment, writer)
    return {
        "status_line": [shortened(part, widest) for part in _status(assessment, writer)],
        "headline": headline(assessment, writer, widest),
        "placeholders": placeholder_lines(assessment.problems),
        "placeholder_lines": _few(sorted(set(placeholder_lines(assessment.problems)))),
        "cut_off": assessment.footprint.cut_off_share > CUT_OFF_LIMIT,
        "per_unit": _per_unit(assessment, writer, widest),
        "emissions": emissions_figure(assessment, writer),
        "gain": gain_figure(assessment, writer),
        "doubt": _doubt(assessment, writer),
        "strip": _strip(assessment, writer),
        "asked": asked[:MOST_QUESTIONS],
        "asked_more": max(len(asked) - MOST_QUESTIONS, 0),
    }


def _per_unit(assessment: Record, writer: Writer, widest: float) -> str:
    """Return the climate impact of a functional unit, empty where none is declared."""
    unit, rate = assessment.study.goal.functional_unit, assessment.footprint.per_unit.get("gwp100")
    if unit is None or rate is None:
        return ""
    name = shortened(writer.heading(unit.description), widest)
    return f"{name}{writer.words['colon']} {writer.amount(rate, 2)}"


def _few(lines: list[int], most: int = 12) -> str:
    return ", ".join([*map(str, lines[:most]), *(["…"] if len(lines) > most else [])])


def _status(assessment: Record, writer: Writer) -> list[str]:
    """Return what the dossier is: who says so, before or after the fact, how deep, reviewed or not, and which version."""
    words, goal = writer.words["dossier"]["status"], assessment.study.goal
    parts = [words["declared"]]
    if restricted := restricted_values(assessment):
        parts.insert(0, writer.counted(len(restricted), writer.words["public_copy"]["agency_status"]))
    benefit = assessment.study.get(Benefit)
    if assessment.results.get(MonitoringResult) is not None:
        parts.append(words["monitored"])
    elif benefit is not None and benefit.effects:
        after = all(effect.assessed == "ex-post" for effect in benefit.effects.values())
        parts.append(words["ex-post" if after else "ex-ante"])
    parts.append(words["screening" if goal.level == "screening" else "full"])
    review = goal.critical_review
    parts.append(words["reviewed"].format(by=review.by) if review else words["not_reviewed"])
    parts.append(words["no_ranking"])
    fingerprint = assessment.fingerprint
    parts.append(words["version"].format(hash=fingerprint.descriptor[:8], date=writer.date(fingerprint.as_of)))
    return [str(part) for part in parts]


def _doubt(assessment: Record, writer: Writer) -> View:
    """Return figure 3: below which share of the gain nothing remains, and what the footprint rests on."""
    words, shares = writer.words["dossier"]["doubt"], assessment.footprint.evidence.get("gwp100", {})
    classes = [one.word for one in sorted(Evidence, reverse=True)]
    found = [(name, shares.get(name, 0.0)) for name in classes]
    listed = [(index, _of_class(words, name, share, writer)) for index, (name, share) in enumerate(found) if share]
    strip = f"{words['evidence']}{writer.words['colon']} {', '.join(text for _, text in listed)}"
    return {
        **_threshold(assessment, writer),
        "evidence": listed,
        "strip": pictures.evidence_strip([share for _, share in found], strip) if listed else "",
    }


def _of_class(words: Mapping[str, Any], name: str, share: float, writer: Writer) -> str:
    """Return a class of evidence with its share; what rounds to nothing is there all the same."""
    if share < 0.005:
        return str(words["less_than"].format(share=writer.percent(0.01), name=words["evidence_classes"][name]))
    return f"{writer.percent(share)} {words['evidence_classes'][name]}"


def _threshold(assessment: Record, writer: Writer) -> View:
    """Return the share of the announced gain that suffices, and what the applicant's own least favourable bounds leave."""
    words, result = writer.words["dossier"]["doubt"], assessment.benefit
    study = result.study
    if study is None or gain_kind(assessment) not in (ANNOUNCED, "remains", "open_sign", "no_net"):
        return {"sentence": "", "bounds": [], "scale": ""}
    needed = next((item.value for item in result.break_evens if item.name == "benefit"), None)
    readings = {reading.name: reading for reading in result.adverse}
    bounds = [
        words[word].format(amount=writer.amount(readings[name].net, 2))
        for name, word in (("gain", "at_bounds"), ("all", "all_adverse"))
        if name in readings
    ]
    if needed is None or needed > 1:
        return {"sentence": words["never_net"], "bounds": bounds, "scale": ""}
    sentence = words["no_net_below"].format(share=writer.percent(needed))
    point = _share_at_bounds(assessment)
    return {
        "sentence": sentence,
        "bounds": bounds,
        "scale": pictures.share_scale(needed, point, words["share_axis"], sentence),
    }


def _share_at_bounds(assessment: Record) -> float | None:
    """Return the share of the announced gain that the applicant's own lower bounds leave; None where no range is stated."""
    study = assessment.benefit.study
    assert study is not None
    realised = study.climate.realised
    if realised.is_open or not realised.is_drawn or realised.value <= 0:
        return None
    return realised.interval()[0] / realised.value


def _strip(assessment: Record, writer: Writer) -> list[tuple[str, str]]:
    """Return strip 4: each verdict with how many rows have it, and of those that are not met the objectives."""
    words, objectives = writer.words["dossier"]["checklist"], writer.words["dossier"]["objectives"]
    found: dict[str, list[str]] = {}
    for finding in assessment.checklist.findings:
        verdict = finding.verdict
        kind = verdict if verdict in ("pass", "fail", "insufficient_evidence") else "out"
        found.setdefault(kind, []).append(finding.criterion.objective)
    lines = []
    for kind in ("fail", "insufficient_evidence", "pass", "out"):
        rows = found.get(kind, [])
        if rows:
            named = ", ".join(f"{objectives[name]} ({rows.count(name)})" for name in dict.fromkeys(rows))
            lines.append((kind, writer.counted(len(rows), words[kind], names=named)))
    return lines

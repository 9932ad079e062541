"""Emissions as a picture: a bar a stage, in one unit and with terms that add up to the total."""

from __future__ import annotations

from lca.assessment.pages import pictures
from lca.assessment.pages.columns import cell
from lca.assessment.pages.headline import cost_facts
from lca.assessment.record import Record
from lca.presenting.sums import printed_sum
from lca.presenting.writer import Writer
from lca.quantities.quantity import Quantity
from lca.subjects.footprint.boundary import StageStatus
from lca.subjects.subject import View


def emissions_figure(assessment: Record, writer: Writer) -> View:
    """Return figure 1; its title is the stage that leads, where one does."""
    words, footprint, facts = writer.words["dossier"]["emissions"], assessment.footprint, cost_facts(assessment)
    climate = footprint.climate
    scale, unit = writer.readable(climate) if climate is not None else (1.0, "")
    counted = _counted(assessment)
    sums = printed_sum([total.value * scale for total in counted.values()])
    texts = {
        stage: cell(term, total.value * scale, sums.decimals, sums.step, writer)
        for (stage, total), term in zip(counted.items(), sums.terms, strict=True)
    }
    bars = [_bar(assessment, status, texts.get(status.stage, ""), scale, writer) for status in footprint.boundary]
    at_least = f"{words['at_least']} " if facts.at_least else ""
    total = f"{at_least}{writer.fixed(sums.total, sums.decimals)}" if climate is not None else "–"
    title = words["title_unknown" if climate is None else "title_alone"]
    if facts.leading:
        stage = writer.heading(writer.words[facts.leading])
        title = words["title_led"].format(stage=stage, share=writer.percent(facts.share))
    interval = writer.interval(climate) if climate is not None else "–"
    shown = ", ".join(f"{bar.label} {bar.text or bar.word}" for bar in bars)
    return {
        "title": title,
        "unit": words["unit"].format(unit=unit),
        "drawing": pictures.emissions(bars, f"{title}{writer.words['colon']} {shown}"),
        "total": f"{total}\u00a0{unit}",
        "interval": "" if interval == "–" else interval,
    }


def _counted(assessment: Record) -> dict[str, Quantity]:
    """Return the climate impact of each stage of which anything is counted, in the order of the boundary."""
    by_stage = assessment.footprint.by_stage
    found = {
        s.stage: by_stage[s.stage]["gwp100"].total
        for s in assessment.footprint.boundary
        if "gwp100" in by_stage.get(s.stage, {})
    }
    return {stage: total for stage, total in found.items() if total is not None}


def _bar(assessment: Record, status: StageStatus, text: str, scale: float, writer: Writer) -> pictures.StageBar:
    words, stage = writer.words["dossier"]["emissions"], status.stage
    label = writer.heading(str(writer.words[stage]))
    total = _counted(assessment).get(stage)
    if total is None:
        if status.status == "excluded":
            return pictures.StageBar(label, "", word=words["excluded"])
        word = words["in_use"] if status.reason == "in-use" else words["not_assessed"]
        return pictures.StageBar(label, "", word=word, is_open=status.reason != "in-use")
    parts = assessment.footprint.by_stage[stage]["gwp100"]
    low, _, high = total.interval() if total.is_drawn and not total.is_open else (None, None, None)
    return pictures.StageBar(
        label,
        text,
        parts.operational.value * scale if parts.operational is not None else 0.0,
        parts.embodied.value * scale if parts.embodied is not None else 0.0,
        low * scale if low is not None else None,
        high * scale if high is not None else None,
        bound=writer.number(high * scale, 2) if high is not None else "",
    )

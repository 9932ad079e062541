"""The announced gain as a picture: what is announced, what comes off it, and what would remain for all actors."""

from __future__ import annotations

from msgspec import Struct

from lca.assessment.pages import pictures
from lca.assessment.pages.columns import cell
from lca.assessment.pages.headline import ANNOUNCED, NO_NET, PHYSICAL, SILENT, gain_kind
from lca.assessment.record import Record
from lca.presenting.sums import printed_sum
from lca.presenting.writer import Writer
from lca.quantities.quantity import Quantity
from lca.subjects.benefit.balance import Balance
from lca.subjects.benefit.declared import Benefit
from lca.subjects.subject import View


class Term(Struct, frozen=True, eq=False):
    """One term: its word, the amount as it counts (below zero where it comes off), and whether nothing supports it."""

    word: str
    value: float
    supposed: bool
    quantity: Quantity


def gain_figure(assessment: Record, writer: Writer) -> View:
    """Return figure 2, or the sentence that stands in its place."""
    words, kind = writer.words["dossier"]["gain"], gain_kind(assessment)
    declared, study = assessment.study.get(Benefit), assessment.benefit.study
    if study is None:
        lines = [
            (
                writer.heading(line.flow.description or line.flow.name),
                writer.amount(line.attributed, 2),
                writer.amount(line.remains, 2),
            )
            for line in assessment.benefit.physical
        ]
        none = (
            words["nothing_none"].format(reason=declared.none.rstrip(" ."))
            if declared is not None and declared.none
            else ""
        )
        sentence = words["nothing_silent"] if kind == SILENT else none
        return {
            "title": words["physical"] if kind == PHYSICAL else "",
            "sentence": sentence,
            "lines": lines,
            "drawing": "",
        }
    climate = study.climate
    scale, unit = writer.readable(climate.potential)
    found = terms(climate, declared)
    sums = printed_sum([term.value * scale for term in found])
    title = (
        words["title_announced"]
        if kind == ANNOUNCED
        else words["title_no_net" if kind == NO_NET else "title_established"]
    )
    bars = _bars(found, sums.terms, sums.total, (sums.decimals, sums.step), scale, climate, writer)
    shown = ", ".join(f"{bar.label} {bar.text}" for bar in bars)
    years = writer.counted(climate.horizon, writer.words["years"])
    share = climate.net_project.value / climate.net_solution.value if climate.net_solution.value else 0.0
    return {
        "title": title,
        "unit": words["unit"].format(unit=unit, years=years),
        "drawing": pictures.gain(bars, f"{title}{writer.words['colon']} {shown}"),
        "claimed": words["claimed"].format(amount=writer.amount(climate.net_project, 2), share=writer.percent(share)),
        "supposed": any(term.supposed for term in found),
        "sentence": "",
        "lines": [],
    }


def terms(climate: Balance, declared: Benefit | None) -> list[Term]:
    """Return the terms for all actors, whose sum is what would remain."""
    rebound = climate.realised.value - climate.potential.value
    burdens = climate.harms.value + climate.enabling.value
    announced = not _supported(declared)
    found = [Term("announced", climate.potential.value, announced, climate.potential)]
    if climate.anyway.value:
        found.append(
            Term("anyway", -climate.anyway.value, not _alternative_supported(climate, declared), climate.anyway)
        )
    if rebound:
        found.append(Term("rebound", rebound, True, climate.realised))
    if burdens:
        found.append(Term("burdens", -burdens, True, climate.harms))
    found.append(Term("footprint", -climate.cost.value, False, climate.cost))
    return found


def _supported(declared: Benefit | None) -> bool:
    """Say whether a document or a complete trial stands behind every effect."""
    effects = declared.counted_effects if declared is not None else ()
    return all(effect.file or (effect.trial is not None and not effect.trial.missing) for effect in effects)


def _alternative_supported(climate: Balance, declared: Benefit | None) -> bool:
    reference = declared.reference if declared is not None else None
    other = reference.alternatives.get(climate.reference) if reference is not None else None
    return other is not None and bool(other.file)


def _bars(
    found: list[Term],
    rounded: tuple[float, ...],
    total: float,
    digits: tuple[int, float],
    scale: float,
    climate: Balance,
    writer: Writer,
) -> list[pictures.GainBar]:
    words, (decimals, step) = writer.words["dossier"]["gain"], digits
    bars, running = [], 0.0
    for term, value in zip(found, rounded, strict=True):
        amount = term.value * scale
        begin = running if term.word != "announced" else 0.0
        running = begin + amount
        low, high = _bounds(term.quantity, scale) if term.word == "announced" else (None, None)
        kind = "gain" if term.word == "announced" else "against"
        label = f"{words[term.word]}{'*' if term.supposed else ''}"
        text = _signed(cell(value, amount, decimals, step, writer))
        bars.append(pictures.GainBar(label, text, begin, running, kind, term.supposed, low, high))
    low, high = _bounds(climate.net_solution, scale)
    text = _signed(writer.fixed(total, decimals))
    bars.append(pictures.GainBar(words["remains"], text, 0.0, running, "remains", False, low, high))
    return bars


def _signed(text: str) -> str:
    return text.replace("-", "−")


def _bounds(quantity: Quantity, scale: float) -> tuple[float | None, float | None]:
    if quantity.is_open or not quantity.is_drawn:
        return None, None
    low, _, high = quantity.interval()
    return low * scale, high * scale

"""What the project would bring: the project in a few lines, the reference in one, effects, time, and where nothing remains."""

from __future__ import annotations

from msgspec import Struct

from lca.assessment.record import Record
from lca.presenting.item_names import item_name
from lca.presenting.writer import Writer
from lca.quantities.provenance import Stated
from lca.subjects.benefit.charts import cumulative_net
from lca.subjects.benefit.declared import Benefit, Effect
from lca.subjects.benefit.payback import payback_bounds
from lca.subjects.benefit.section import BreakEvenRow, break_even_row, payback_text
from lca.subjects.benefit.shares import claims_beside
from lca.subjects.subject import View

#: Break-evens that a page has room for, in this order.
FIRST = ("benefit", "rebound", "attribution", "adoption", "volume", "lifetime")


class EffectRow(Struct, frozen=True):
    """One effect: what it is, how much is announced, and what lessens it, each as it is stated."""

    name: str
    announced: str
    adoption: str
    attribution: str
    rebound: str
    evidence: str


class PhysicalRow(Struct, frozen=True):
    """What an effect saves in its own unit: in all, the project's share, and beyond what would be saved anyway."""

    name: str
    potential: str
    attributed: str
    remains: str
    interval: str


def view(assessment: Record, writer: Writer) -> View:
    """Return what the page on the benefit needs."""
    declared, result = assessment.study.get(Benefit), assessment.benefit
    if declared is None or not declared.effects:
        return {"benefit_page": False, "charts": {}}
    study = result.study
    found: View = {
        "benefit_page": True,
        "reference_line": _reference(assessment, declared, writer),
        "effect_rows": [_effect(assessment, effect, writer) for effect in declared.counted_effects],
        "claimed_elsewhere": _claimed_elsewhere(declared, writer),
        "physical_rows": [
            PhysicalRow(
                writer.heading(line.flow.description or line.flow.name),
                writer.amount(line.potential, 2),
                writer.amount(line.attributed, 2),
                writer.amount(line.remains, 2),
                writer.interval(line.remains),
            )
            for line in result.physical
        ],
        "named_only": list(declared.qualitative.values()),
        "break_evens": [],
        "payback": "",
        "charts": {},
    }
    if study is None:
        return found
    climate = study.climate
    found["break_evens"] = _break_evens(assessment, writer)
    found["payback"] = payback_text(climate, payback_bounds(climate.payback), writer) if climate.is_established else ""
    if climate.is_established and not climate.net_project.is_open:
        scale, unit = writer.readable(climate.potential)
        times = [0.0, *(row.period.end for row in climate.periods if row.period)]
        drawn = cumulative_net(times, [row.cumulative for row in climate.periods], scale, unit, writer.words)
        found["charts"] = {"cumulative": drawn}
    return found


def _reference(assessment: Record, declared: Benefit, writer: Writer) -> str:
    """Return the reference in one line: in words, what it uses, and the alternative that leads."""
    reference, words = declared.reference, writer.words
    if reference is None:
        return str(words["no_reference"])
    parts = [reference.description]
    parts += [
        f"{writer.inside(flow.description or flow.name)} {_stated(flow.amount, writer)}"
        for flow in reference.flows.values()
    ]
    if reference.quantity is not None:
        parts.append(_stated(reference.quantity, writer))
    text = f"{words['semicolon']} ".join(parts)
    study = assessment.benefit.study
    if study is not None and study.climate.reference:
        other = reference.alternatives[study.climate.reference]
        text += f". {words['dossier']['benefit']['leads'].format(name=writer.inside(other.description))}"
    return text


def _stated(stated: Stated | None, writer: Writer) -> str:
    return writer.stated(stated) if stated is not None else str(writer.words["none_stated"])


def _attribution(assessment: Record, effect: Effect, writer: Writer) -> str:
    """Return the project's share, partner by partner where several claim one."""
    claims = (effect, *claims_beside(assessment.study[Benefit], effect))
    return " + ".join(_stated(claim.attribution, writer) for claim in claims)


def _claimed_elsewhere(declared: Benefit, writer: Writer) -> list[str]:
    """Return each other call in which a benefit is claimed, with the share that is claimed there."""
    others = (other for effect in declared.effects.values() for other in effect.also_claimed_in.values())
    return list(dict.fromkeys(f"{other.call}, {_stated(other.share, writer)}" for other in others))


def _effect(assessment: Record, effect: Effect, writer: Writer) -> EffectRow:
    words = writer.words
    announced = [effect.quantity, effect.per_use, *(flow.with_project for flow in effect.flows.values())]
    if effect.impacts is not None:
        announced += [effect.impacts.gwp100, effect.impacts.adpe, effect.impacts.water_consumption]
    shown = [writer.stated(one) for one in announced if one is not None]
    if effect.flows and shown:
        shown[-1] = words["dossier"]["benefit"]["instead"].format(amount=shown[-1])
    adoption = ", ".join(writer.stated(share) for share in effect.ramp_up)
    return EffectRow(
        writer.heading(effect.description) if effect.description else item_name(assessment.study, effect.path),
        ", ".join(shown) or "–",
        adoption or words["none_stated"],
        _attribution(assessment, effect, writer),
        writer.stated(effect.rebound)
        if effect.rebound is not None
        else (words["dossier"]["benefit"]["no_rebound"] if effect.no_rebound else words["none_stated"]),
        f"{words[f'evidence_{effect.evidence}']} ({words[f'assessed_{effect.assessed}']})",
    )


def _break_evens(assessment: Record, writer: Writer) -> list[BreakEvenRow]:
    found = sorted(
        (item for item in assessment.benefit.break_evens if item.name in FIRST and item.value is not None),
        key=lambda item: FIRST.index(item.name),
    )
    return [break_even_row(item, writer) for item in found[:5]]

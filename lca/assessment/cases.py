"""Cases of a comparison: the figures of a study or of an activity, and what two figures must have in common to be alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from lca.assessment.record import Record
from lca.quantities.provenance import Factor, Stated
from lca.quantities.quantity import Quantity, stated_input
from lca.quantities.trees import leaves
from lca.quantities.uncertainty import Uncertainty
from lca.subjects.footprint.completeness import NO_FACTOR
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.flow import EMBODIED, STAGES, Flow, Gap, concerns

#: The functional unit of a study that states none.
WHOLE = "the project as a whole"
#: What the coverage of an electricity factor may be, for the question whether two figures are alike.
COVERAGES = ("life-cycle", "direct")
#: Lines of the benefit that are compared.
BENEFIT = ("attributed", "harms", "enabling", "cost", "net_project")


class Basis(Struct, frozen=True):
    """What two figures must have in common to be ranked together.

    `coverage` is that of the electricity factors: one word without a place, or where they differ, a word for each place.
    `left_out` holds the kinds of lines that are not assessed, `unit` is the functional unit of a figure per functional unit,
    or the horizon of a benefit.
    """

    coverage: frozenset[tuple[str, str]] = frozenset()
    left_out: frozenset[str] = frozenset()
    unit: str = ""


class Case(Struct, frozen=True, eq=False):
    """One study of a comparison: its figures by name with their bases, and the electricity factors of its places.

    The name is empty for the descriptor that the others are scenarios of. `delivered` counts functional units (`unit`),
    `stages` are those that hold an activity. `on_a_word`: whether the benefit rests on an expert's word, so that no
    probability of it is told.
    """

    name: str
    figures: Mapping[str, Quantity]
    bases: Mapping[str, Basis]
    electricity: tuple[tuple[str, Factor], ...]
    delivered: float
    unit: str
    stages: frozenset[str]
    on_a_word: bool = False


def case_of(name: str, assessment: Record) -> Case:
    """Return a whole study as a case: totals, electricity, and impacts per functional unit."""
    goal = assessment.study.goal.functional_unit
    unit = " ".join(goal.description.casefold().split()) if goal is not None else WHOLE
    if goal is not None and goal.quantity is not None:
        unit = f"{unit} ({goal.quantity.value:g} {goal.quantity.noun or goal.quantity.unit})"
    figures = {f"total.{i}": part.total for i, part in assessment.footprint.totals.items()}
    figures["energy"] = assessment.footprint.energy
    bases = {
        f"total.{i}": _basis(assessment.footprint.flows, assessment.footprint.gaps, assessment, i)
        for i in assessment.footprint.totals
    }
    bases["energy"] = _basis(assessment.footprint.flows, assessment.footprint.gaps, assessment, "")
    for indicator, quantity in assessment.footprint.per_unit.items():
        whole = bases[f"total.{indicator}"]
        figures[f"per-unit.{indicator}"] = quantity
        bases[f"per-unit.{indicator}"] = Basis(whole.coverage, whole.left_out, unit)
    balance = assessment.benefit.climate
    if balance is not None:
        figures |= {f"benefit.{line}": getattr(balance, line) for line in BENEFIT}
        whole = bases["total.gwp100"]
        horizon = Basis(whole.coverage, whole.left_out, f"{balance.horizon:g} year")
        bases |= {f"benefit.{line}": horizon for line in BENEFIT}
    case = _case(name, figures, bases, assessment.footprint.flows, assessment.footprint.units.value, unit)
    without = ("expert", "not-established", "no-range")
    return replace(case, on_a_word=balance is not None and balance.probability_reason in without)


def case_of_activity(name: str, assessment: Record, activity: str) -> Case:
    """Return one activity of a study as a case."""
    flows = [flow for flow in assessment.footprint.flows if flow.activity == activity]
    gaps = [gap for gap in assessment.footprint.gaps if gap.activity == activity]
    parts = assessment.footprint.by_activity.get(activity, {})
    figures: dict[str, Quantity | None] = {f"total.{i}": part.total for i, part in parts.items()}
    figures["energy"] = assessment.footprint.energy_by_activity.get(activity)
    bases = {f"total.{i}": _basis(flows, gaps, assessment, i) for i in parts}
    bases["energy"] = _basis(flows, gaps, assessment, "")
    return _case(name, figures, bases, flows, 1.0, "")


def _case(
    name: str,
    figures: Mapping[str, Quantity | None],
    bases: Mapping[str, Basis],
    flows: Sequence[Flow],
    delivered: float,
    unit: str,
) -> Case:
    drawn = ((flow.site, flow.factors.get("gwp100")) for flow in flows if flow.is_electricity)
    electricity = dict.fromkeys((site, leaf) for site, leaf in drawn if isinstance(leaf, Factor))
    known = {figure: quantity for figure, quantity in figures.items() if quantity is not None}
    stages = frozenset(flow.stage for flow in flows)
    return Case(name, known, bases, tuple(electricity), delivered, unit, stages)


def _basis(flows: Iterable[Flow], gaps: Iterable[Gap], assessment: Record, indicator: str) -> Basis:
    """Return the basis of an indicator's total, or that of the electricity where no indicator is named."""
    if not indicator:
        open_ends = (gap.part for gap in gaps if gap.scope != EMBODIED and not gap.indicator)
        return Basis(left_out=frozenset(open_ends))
    coverage: set[tuple[str, str]] = set()
    left_out = {gap.part for gap in gaps if gap.reason != NO_FACTOR and gap.leaves_open(indicator)}
    for flow in flows:
        leaf = flow.factors.get(indicator)
        if leaf is None and concerns(assessment.book.indicators[indicator], flow):
            left_out.add("electricity" if flow.is_electricity else flow.part)
        elif leaf is not None and flow.is_electricity:
            site = assessment.study[ProductSystem].sites.get(flow.site)
            words = leaf.coverage if isinstance(leaf, Factor) else {site.electricity_coverage if site else ""}
            coverage.add((next((word for word in COVERAGES if word in words), "unstated"), flow.site))
    words_used = {word for word, _ in coverage}
    like = {(word, "") for word in words_used} if len(words_used) == 1 else coverage
    return Basis(frozenset(like), frozenset(left_out))


def remarks(case: Case, first: Case) -> list[tuple[str, tuple[str, ...]]]:
    """Return what a reader must know before comparing a case with the first: the kind of each remark, and its details.

    `unit`: another functional unit. `delivered`: how many functional units, and how many the first one. `more` and `less`: a
    stage that only one of the two has. `proxy`: an electricity factor of another year, and the year that it stands in for.
    """
    found: list[tuple[str, tuple[str, ...]]] = []
    if case.unit != first.unit:
        found.append(("unit", (case.unit,)))
    elif case.delivered != first.delivered:
        found.append(("delivered", (f"{case.delivered:.4g}", f"{first.delivered:.4g}")))
    found += [("more", (stage,)) for stage in STAGES if stage in case.stages - first.stages]
    found += [("less", (stage,)) for stage in STAGES if stage in first.stages - case.stages]
    proxies = dict.fromkeys(factor for _, factor in case.electricity if factor.proxy_for)
    return found + [("proxy", (f.key, f.proxy_for.rpartition("/")[2])) for f in proxies]


def cases_of(studies: Mapping[str, Record]) -> list[Case]:
    """Return studies with their scenarios as cases, each study before its scenarios; one alone goes without its name."""
    cases = []
    for name, study in studies.items():
        prefix = f"{name}: " if len(studies) > 1 else ""
        cases.append(case_of(name if len(studies) > 1 else "", study))
        cases += [case_of(f"{prefix}{scenario}", made) for scenario, made in study.scenarios.items()]
    return cases


def stated_inputs(assessment: Record) -> frozenset[tuple[str, float, str, Uncertainty]]:
    """Return what a study states, so that another one that states the same can share its draws."""
    ends = (quantity.origin for quantity in leaves(assessment.figures.values()))
    return frozenset(stated_input(end) for end in ends if isinstance(end, Stated))

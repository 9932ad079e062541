"""The benefit of a project: the study of its effects, break-evens, and what the net is in_money."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from lca.problems import Problem
from lca.quantities.quantity import Quantity
from lca.subjects.benefit.adverse import adverse_test
from lca.subjects.benefit.balance import LINES
from lca.subjects.benefit.break_even import BreakEven, break_evens
from lca.subjects.benefit.declared import Benefit, is_carbon_value, is_money
from lca.subjects.benefit.established import open_questions
from lca.subjects.benefit.physical import physical_benefits
from lca.subjects.benefit.reference_checks import coverage_problems, item_problems, reference_problems
from lca.subjects.benefit.result import BenefitResult
from lca.subjects.benefit.study import BenefitStudy, OnClimate, benefit_inputs, study_benefit, yearly_reference
from lca.subjects.benefit.value import per_tonne, value_of
from lca.subjects.footprint.assess import Footprint
from lca.subjects.footprint.boundary import boundary
from lca.subjects.footprint.impacts import breakdown, characterise
from lca.subjects.footprint.inventory import new_context, take_inventory
from lca.subjects.subject import Inputs, Results


def assess(inputs: Inputs, earlier: Results) -> BenefitResult:
    """Set the expected benefit of a project against its footprint."""
    descriptor, book, footprint = inputs.descriptor, inputs.book, earlier[Footprint]
    context = new_context(descriptor, book, inputs.sample)
    yearly, doubts = _reference(inputs)
    supplies = footprint.inventory.supplies
    item_problems(descriptor, context)
    context.problems.extend(coverage_problems(descriptor, context, supplies, bool(footprint.problems)))
    units = {name: indicator.unit for name, indicator in book.indicators.items()}
    known = benefit_inputs(descriptor, context, units, yearly)
    study = study_benefit(descriptor, known, footprint.impacts) if known is not None and footprint.climate else None
    physical = physical_benefits(known) if known is not None else ()
    own_units = dict(chain.from_iterable(line.figures for line in physical))
    remains = tuple(line.remains for line in physical)
    problems = (*context.problems, *doubts)
    questions = open_questions(descriptor, boundary(descriptor)) if known is not None else ()
    if study is None:
        return BenefitResult(
            physical=physical, open_questions=questions, figures=own_units, roots=remains, problems=problems
        )
    thresholds, in_money = break_evens(study, descriptor), _in_money(inputs, study)
    assert known is not None
    adverse = adverse_test(context, known.benefit, OnClimate(known, study.climate), footprint.other_readings)
    return BenefitResult(
        study=study,
        break_evens=thresholds,
        in_money=in_money,
        physical=physical,
        open_questions=questions,
        adverse=adverse,
        figures={
            **dict(_figures(study, thresholds, in_money)),
            **own_units,
            **{f"benefit.adverse.{reading.name}": reading.net for reading in adverse},
        },
        roots=(
            *(net for b in study.balances.values() for net in (b.net_solution, b.net_project)),
            *in_money.values(),
            *remains,
        ),
        problems=problems,
    )


def _figures(
    study: BenefitStudy, thresholds: tuple[BreakEven, ...], in_money: Mapping[str, Quantity]
) -> Iterator[tuple[str, Quantity]]:
    """Yield the figures of the benefit: its lines on climate change, on each other indicator, payback and break-evens."""
    yield from ((f"benefit.{line}", getattr(study.climate, line)) for line in LINES)
    yield "benefit.payback", study.climate.payback
    yield from ((f"benefit.{name}", quantity) for name, quantity in in_money.items())
    for indicator, balance in study.balances.items():
        if indicator != "gwp100":
            yield from ((f"benefit.{indicator}.{line}", getattr(balance, line)) for line in LINES)
    for item in thresholds:
        if item.tree is not None:
            yield ".".join(["benefit.break-even", item.name, *([item.subject] if item.subject else [])]), item.tree


def _reference(inputs: Inputs) -> tuple[dict[str, Quantity], list[Problem]]:
    """Return the impact per year of a reference that is a descriptor, by indicator, and what is wrong with it."""
    reference, book, sample = inputs.reference, inputs.book, inputs.sample
    if reference is None:
        return {}, []
    context = new_context(reference, book, sample)
    impacts = characterise(take_inventory(reference, context).flows, book.indicators, sample)
    problems = [*context.problems, *reference_problems(inputs.descriptor, reference)]
    duration = reference.about.duration
    if duration is None:
        return {}, problems
    wholes = {
        name: breakdown(f"reference.{name}", [i for i in impacts if i.indicator == name], indicator.unit).total
        for name, indicator in book.indicators.items()
    }
    return {
        name: yearly_reference(whole, duration, context, book.indicators[name].unit)
        for name, whole in wholes.items()
        if whole is not None
    }, problems


def _in_money(inputs: Inputs, study: BenefitStudy) -> dict[str, Quantity]:
    """Return the net in money, where money or a value of carbon is stated."""
    funding, benefit = inputs.descriptor.about.funding, inputs.descriptor.get(Benefit)
    carbon_value = benefit.carbon_value if benefit is not None else None
    found: dict[str, Quantity] = {}
    if funding is not None and is_money(funding):
        spent = per_tonne(study.climate, inputs.sample(funding))
        found |= {"money_per_net_tonne": spent} if spent is not None else {}
    if carbon_value is not None and is_carbon_value(carbon_value):
        worth = value_of(study.climate, inputs.sample(carbon_value))
        found |= {"net_at_carbon_value": worth} if worth is not None else {}
    return found

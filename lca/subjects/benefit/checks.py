"""What must hold between a benefit, its reference and the project; each breach is an error with its place."""

from __future__ import annotations

from collections.abc import Iterator

from lca.catalogue.items import names_an_item
from lca.descriptor.descriptor import Descriptor
from lca.descriptor.named_file import FileReference
from lca.problems import Problem, did_you_mean
from lca.quantities.provenance import Stated
from lca.quantities.units import CURRENCIES, conversion, same_dimension
from lca.subjects.benefit.declared import (
    Benefit,
    Effect,
    Enabling,
    Harm,
    Reference,
    ReferenceFlow,
    is_carbon_value,
    is_money,
)
from lca.subjects.benefit.periods import NEAR, years_of
from lca.subjects.benefit.places import problem_at
from lca.subjects.benefit.shares import claims_beside, share_checks
from lca.subjects.footprint.declared import ProductSystem

#: Nobody expects a benefit for less than a day, in years.
SHORTEST_HORIZON = 1 / 365.25


def checks(descriptor: Descriptor) -> Iterator[Problem]:
    """Yield what a benefit, and the money that it is set against, lack or contradict in the descriptor alone."""
    benefit = descriptor.get(Benefit)
    yield from _funding(descriptor)
    if benefit is None:
        return
    yield from _whole(descriptor, benefit)
    for effect in benefit.effects.values():
        yield from _effect(descriptor, benefit, effect)
        yield from _rebound(descriptor, effect)
    yield from share_checks(descriptor, benefit)
    yield from _names(descriptor, benefit)
    yield from _validity(descriptor, benefit)
    yield from _carbon_value(descriptor, benefit)


def named_files(descriptor: Descriptor) -> Iterator[FileReference]:
    """Yield the files that stand behind effects and alternatives."""
    benefit = descriptor.get(Benefit)
    if benefit is None:
        return
    alternatives = benefit.reference.alternatives.values() if benefit.reference is not None else ()
    yield from (
        FileReference(one.file, f"{one.path}.file") for one in (*alternatives, *benefit.effects.values()) if one.file
    )


def _whole(descriptor: Descriptor, benefit: Benefit) -> Iterator[Problem]:
    if benefit.none and benefit.effects:
        yield problem_at(
            descriptor,
            "benefit",
            "LCA402",
            "the benefit has effects and says that there is none",
            "keep one of the two",
        )
    if not benefit.none and not benefit.effects:
        yield problem_at(
            descriptor, "benefit", "LCA402", "the benefit names no effect", "add `effects`, or `none` with the reason"
        )
    if not benefit.effects:
        return
    if benefit.horizon is None and descriptor.about.duration is None:
        message = "nothing says over how many years the benefit counts"
        hint = "add `horizon: 5 year` to `benefit`, or `duration` to `project`"
        yield problem_at(descriptor, "benefit", "LCA402", message, hint)
    horizon = benefit.horizon or descriptor.about.duration
    if horizon is not None and years_of(horizon) < SHORTEST_HORIZON:
        message = f"a benefit counts over {horizon.text}, which is less than a day"
        path = "benefit.horizon" if benefit.horizon else "project.duration"
        yield problem_at(descriptor, path, "LCA405", message, "write how long it is expected, such as `5 year`")
    if benefit.reference is None and not benefit.none:
        message = "a benefit is claimed without a reference scenario"
        yield problem_at(
            descriptor, "benefit", "LCA402", message, "describe under `reference` what happens without the project"
        )
    unit = descriptor.goal.functional_unit
    own = unit.quantity if unit else None
    stated = benefit.reference.functional_unit if benefit.reference else None
    if stated is not None and (own is None or own.noun != stated.noun or own.value != stated.value):
        wanted = f"`{own.text}`" if own else "the project as a whole"
        message = f"the reference delivers `{stated.text}`, the functional unit of the project is {wanted}"
        yield problem_at(
            descriptor, "benefit.reference.functional_unit", "LCA404", message, "compare the same functional unit"
        )


def _effect(descriptor: Descriptor, benefit: Benefit, effect: Effect) -> Iterator[Problem]:
    reference, path = benefit.reference, effect.path
    ways = {
        "quantity": effect.quantity is not None,
        "impacts": effect.impacts is not None,
        "flows": bool(effect.flows),
        "whole_reference": effect.whole_reference,
        "per_use": effect.per_use is not None,
    }
    given = [name for name, there in ways.items() if there]
    if not given and not any(other.says_how_much for other in claims_beside(benefit, effect)):
        hint = "add `quantity: 100 tCO2e/year`, `flows`, `whole_reference: true`, or `per_use` with `service`"
        yield problem_at(descriptor, path, "LCA402", f"{path}: nothing says how much is avoided", hint)
    if reference and reference.quantity and effect.quantity:
        most = reference.quantity.value * conversion(reference.quantity.unit, effect.quantity.unit)
        if effect.quantity.value > most:
            message = (
                f"{path}: `{effect.quantity.text}` is more than the whole reference causes, `{reference.quantity.text}`"
            )
            yield problem_at(descriptor, f"{path}.quantity", "LCA607", message, "which of the two is wrong?")
    if len(given) > 1 and given != ["quantity", "impacts"]:
        said = " and ".join(f"`{name}`" for name in given)
        yield problem_at(descriptor, path, "LCA402", f"{path}: {said} both say how much is avoided", "keep one of them")
    if effect.quantity is not None and effect.impacts is not None and effect.impacts.gwp100 is not None:
        message = f"{path}: `quantity` and `impacts.gwp100` both say how much is avoided"
        yield problem_at(descriptor, f"{path}.impacts.gwp100", "LCA402", message, "keep one of the two")
    if effect.whole_reference and (reference is None or not (reference.descriptor or reference.quantity)):
        hint = "add `descriptor` or `quantity` to `benefit.reference`"
        yield problem_at(
            descriptor, f"{path}.whole_reference", "LCA402", f"{path}: the reference states no impact", hint
        )
    if effect.per_use is not None:
        service = descriptor[ProductSystem].inference.get(effect.service)
        if service is None:
            hint = (
                did_you_mean(effect.service, descriptor[ProductSystem].inference)
                or "add `service` with the name of an inference"
            )
            yield problem_at(
                descriptor, f"{path}.service", "LCA401", f"`{effect.service}` is not one of the services", hint
            )
        elif service.volume is not None and effect.per_use.noun != service.volume.noun:
            message = (
                f"{path}: counted by `{effect.per_use.noun or 'nothing'}`, the service counts `{service.volume.noun}`"
            )
            yield problem_at(descriptor, f"{path}.per_use", "LCA404", message, "count the same noun in both")
    for name, changed in effect.flows.items():
        flow = reference.flows.get(name) if reference else None
        if flow is None:
            known = reference.flows if reference else {}
            hint = did_you_mean(name, known) or "describe it under `benefit.reference.flows`"
            place = descriptor.document.key_at(tuple(changed.path.split(".")))
            yield Problem(place, "LCA401", f"`{name}` is not one of the flows of the reference", hint)
        elif flow.amount is not None and changed.with_project is not None:
            yield from _same_unit(descriptor, changed.path, flow.amount, changed.with_project, changed.count)


def _alternative_flows(descriptor: Descriptor, reference: Reference) -> Iterator[Problem]:
    """Yield what is wrong with the flows of other courses: names that the reference has not, and unlike units."""
    for other in reference.alternatives.values():
        for name, alike in other.flows.items():
            flow = reference.flows.get(name)
            if flow is None:
                hint = did_you_mean(name, reference.flows) or "describe it under `benefit.reference.flows`"
                place = descriptor.document.key_at(tuple(alike.path.split(".")))
                yield Problem(place, "LCA401", f"`{name}` is not one of the flows of the reference", hint)
            elif flow.amount and alike.remains and not same_dimension(flow.amount.unit, alike.remains.unit):
                message = f"`{alike.remains.text}` remains of `{flow.amount.text}`: their units differ"
                yield problem_at(descriptor, f"{alike.path}.remains", "LCA404", message, "state both per the same unit")


def _same_unit(
    descriptor: Descriptor, path: str, without: Stated, with_project: Stated, count: Stated | None
) -> Iterator[Problem]:
    if not same_dimension(without.unit, with_project.unit) or without.noun != with_project.noun:
        message = f"`{with_project.text}` with the project, `{without.text}` in the reference: their units differ"
        yield problem_at(descriptor, f"{path}.with_project", "LCA404", message, "state both per the same unit")
    elif without.noun and (count is None or count.noun != without.noun):
        message = f"{path}: an amount per `{without.noun}` needs the number of them"
        yield problem_at(descriptor, path, "LCA404", message, f"for example `count: 400 {without.noun}`")
    elif with_project.value > without.value and same_dimension(without.unit, with_project.unit):
        message = f"`{with_project.text}` with the project is more than `{without.text}` without it"
        yield problem_at(descriptor, f"{path}.with_project", "LCA607", message, "is that a harm?")


def _rebound(descriptor: Descriptor, effect: Effect) -> Iterator[Problem]:
    """Ask whether a rebound above the whole effect is meant: most are percentages without their sign."""
    for stated in (effect.rebound, effect.indirect_rebound):
        if stated is None or "%" in stated.text:
            continue
        share = stated.value * conversion(stated.unit, "1")
        if share > 1:
            message = f"{stated.path}: `{stated.text}` means {100 * share:g} % of the effect"
            hint = f"write `{stated.text} %` or `{share / 100:g}`; where more than the whole is lost, write `{100 * share:g} %`"
            yield problem_at(descriptor, stated.path, "LCA304", message, hint)


def _names(descriptor: Descriptor, benefit: Benefit) -> Iterator[Problem]:
    others: tuple[Harm | Enabling, ...] = (*benefit.harms.values(), *benefit.enabling.values())
    for record in others:
        if record.grows_with and record.grows_with not in benefit.effects:
            hint = did_you_mean(record.grows_with, benefit.effects) or f"known: {', '.join(benefit.effects)}"
            message = f"`{record.grows_with}` is not one of the effects"
            yield problem_at(descriptor, f"{record.path}.grows_with", "LCA401", message, hint)
        if record.quantity is None and record.impacts is None:
            yield problem_at(
                descriptor, record.path, "LCA402", f"{record.path}: nothing says how much it is", "add `quantity`"
            )
    flows = benefit.reference.flows.values() if benefit.reference else ()
    for flow in flows:
        yield from _flow(descriptor, flow)
    if benefit.reference is not None:
        yield from _alternative_flows(descriptor, benefit.reference)
    if benefit.reference and benefit.reference.descriptor and benefit.reference.quantity:
        message = "the reference is a descriptor and a stated quantity"
        yield problem_at(descriptor, "benefit.reference.quantity", "LCA402", message, "keep one of the two")


def _flow(descriptor: Descriptor, flow: ReferenceFlow) -> Iterator[Problem]:
    if flow.electricity and flow.factor:
        message = f"{flow.path}: `electricity` and `factor` both say what it causes"
        yield problem_at(descriptor, flow.path, "LCA402", message, "keep one of the two")
    elif not flow.electricity and not flow.factor:
        if not flow.unit:
            message = f"`{flow.amount.text if flow.amount else ''}` is no amount per time"
            yield problem_at(descriptor, f"{flow.path}.amount", "LCA303", message, "for example `6000 kg/year`")
    elif names_an_item(flow.factor):
        return  # the catalogue is not at hand here: reference_checks.py looks
    elif flow.factor and flow.factor not in descriptor[ProductSystem].factors:
        return  # the reading of the descriptor has said so
    elif flow.amount is not None:
        per = descriptor[ProductSystem].factors[flow.factor].per if flow.factor else "kWh"
        if not same_dimension(flow.amount.unit, f"{per}/year"):
            message = f"`{flow.amount.text}` is no amount of {per} per year"
            yield problem_at(descriptor, f"{flow.path}.amount", "LCA303", message, f"for example `1000 {per}/year`")


def _validity(descriptor: Descriptor, benefit: Benefit) -> Iterator[Problem]:
    """Yield an error for a benefit that is stated for years that its evidence does not support."""
    horizon = benefit.horizon or descriptor.about.duration
    lengths = [years_of(e.validity) for e in benefit.effects.values() if e.validity is not None]
    if horizon is not None and lengths and len(lengths) == len(benefit.effects):
        if years_of(horizon) > max(lengths) + NEAR:
            message = f"the horizon of {years_of(horizon):g} years runs past the {max(lengths):g} years that the evidence supports"
            path = "benefit.horizon" if benefit.horizon else "project.duration"
            yield problem_at(descriptor, path, "LCA405", message, "shorten the horizon, or show evidence for longer")
    for effect in benefit.effects.values():
        if effect.validity is None:
            continue
        last = max((i for i, stated in enumerate(effect.ramp_up) if stated.value > 0), default=0)
        if last >= years_of(effect.validity) - NEAR and last > 0:
            message = (
                f"{effect.path}: adoption is stated for year {last + 1}, past the validity of {effect.validity.text}"
            )
            yield problem_at(
                descriptor, f"{effect.path}.ramp_up.{last}", "LCA405", message, "end the ramp with the validity"
            )


def _funding(descriptor: Descriptor) -> Iterator[Problem]:
    funding = descriptor.about.funding
    if funding is not None and not is_money(funding):
        message = f"`{funding.text}` is no amount of money"
        yield problem_at(
            descriptor, "project.funding", "LCA303", message, f"one of {', '.join(CURRENCIES)}, as in `600000 EUR`"
        )


def _carbon_value(descriptor: Descriptor, benefit: Benefit) -> Iterator[Problem]:
    value = benefit.carbon_value
    if value is None:
        return
    if not is_carbon_value(value):
        message = f"`{value.text}` is no value of carbon"
        yield problem_at(
            descriptor, "benefit.carbon_value", "LCA303", message, "for example `{value: 250 EUR/tCO2e, source: ...}`"
        )
    elif not value.source:
        message = "the value of carbon names no source"
        yield problem_at(
            descriptor, "benefit.carbon_value", "LCA202", message, "say who publishes it, with year and table"
        )

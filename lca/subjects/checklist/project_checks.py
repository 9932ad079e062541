"""Pre-checks of the project itself: its results, its equipment, and its claim of avoided emissions."""

from __future__ import annotations

from collections.abc import Callable

from lca.quantities.quantity import Quantity
from lca.subjects.checklist.declared import EquipmentLine
from lca.subjects.checklist.facts import Facts, MachineFacts
from lca.subjects.checklist.host_checks import years
from lca.subjects.checklist.model import Limit
from lca.subjects.checklist.outcome import Amount, Said, Told, about, agrees, contradicts, each, missing, said
from lca.subjects.checklist.registry import precheck

#: Methods that Annex I, section 8.2, names for life-cycle and net emissions.
METHODS = ("2013/179/EU", "ETSI ES 203 199", "ISO 14067:2018", "ISO 14064-2:2019")
ROUTES = ("reuse", "refurbish", "recycling", "weee_treatment", "returned_to_lessor")

#: A declared lifetime is the one of the calculation within this share, which rounding explains.
_SAME_LIFETIME = 0.01
_NO_MACHINE = said("no_machine")


def _present(found: bool) -> Told:
    return agrees() if found else contradicts(said("not_assessed"))


@precheck("climate-result-present")
def _climate(facts: Facts, _limit: Limit) -> Told:
    return _present(facts.climate_result)


@precheck("water-result-present")
def _water(facts: Facts, _limit: Limit) -> Told:
    return _present(facts.water_result)


@precheck("mineral-result-present")
def _minerals(facts: Facts, _limit: Limit) -> Told:
    return _present(facts.mineral_result)


@precheck("boundary-wider-than-operation")
def _boundary(facts: Facts, _limit: Limit) -> Told:
    if facts.embodied_result:
        return agrees()
    return contradicts(said("no_manufacture"))


@precheck("placed-on-market-under-ecodesign")
def _placed(facts: Facts, limit: Limit) -> Told:
    """Judge each server and storage product; what a device is to these rules has to be said."""

    def check(line: MachineFacts) -> Told:
        kind = line.declared.kind if line.declared else ""
        if not kind and not line.server:
            return missing(about(line.name, said("no_kind")))
        date = line.declared.placed_on_market if line.declared else ""
        if not date:
            return missing(about(line.name, said("no_date")))
        found = about(line.name, date)
        return agrees(found) if date >= str(limit) else contradicts(found)

    def is_judged(line: MachineFacts) -> bool:
        return line.declared is None or line.declared.kind != "other"

    return each(filter(is_judged, facts.machines), check, _NO_MACHINE)


def _every_line(facts: Facts, found: Callable[[EquipmentLine], str], lacks: Said) -> Told:
    """Judge what each machine must have: no line at all is no data, lines that leave a machine out contradict."""
    if not any(line.declared for line in facts.machines):
        return missing(said("no_equipment_line"))

    def check(line: MachineFacts) -> Told:
        named = found(line.declared) if line.declared else ""
        return agrees(about(line.name, named)) if named else contradicts(about(line.name, lacks))

    return each(facts.machines, check, _NO_MACHINE)


@precheck("rohs-declaration-per-machine")
def _rohs(facts: Facts, _limit: Limit) -> Told:
    return _every_line(facts, lambda line: line.rohs_declaration, said("no_declaration"))


@precheck("end-of-life-route-per-machine")
def _end_of_life(facts: Facts, _limit: Limit) -> Told:
    def route(line: EquipmentLine) -> str:
        return line.end_of_life if line.end_of_life in ROUTES else ""

    return _every_line(facts, route, said("no_route_of_machine"))


@precheck("lifetime-as-in-the-assessment")
def _lifetime(facts: Facts, _limit: Limit) -> Told:
    def check(line: MachineFacts) -> Told:
        stated = line.declared.lifetime if line.declared else None
        if stated is None or line.lifetime is None:
            return missing(about(line.name, said("no_lifetime")))
        found = about(line.name, said("lifetimes", declared=Amount(years(stated)), used=Amount(line.lifetime)))
        same = abs(years(stated) - line.lifetime) <= _SAME_LIFETIME * line.lifetime
        return agrees(found) if same else contradicts(found)

    return each(facts.machines, check, _NO_MACHINE)


def _tonnes(quantity: Quantity) -> Amount:
    return Amount(quantity.best_in("tCO2e"), digits=2)


@precheck("net-saving-positive")
def _net(facts: Facts, _limit: Limit) -> Told:
    if facts.net is None:
        return missing(said("no_benefit"))
    found = said("net", net=_tonnes(facts.net))
    return agrees(found) if facts.net.value > 0 else contradicts(found)


@precheck("cost-below-gross-saving")
def _cost(facts: Facts, limit: Limit) -> Told:
    if facts.cost is None or facts.saving is None:
        return missing(said("no_benefit"))
    found = said("cost_against_saving", cost=_tonnes(facts.cost), saving=_tonnes(facts.saving))
    below = facts.cost.value < float(limit) * facts.saving.best_in(facts.cost.unit)
    return agrees(found) if below else contradicts(found)


@precheck("baseline-is-best-alternative")
def _baseline(facts: Facts, _limit: Limit) -> Told:
    baseline = facts.claim.baseline if facts.claim else ""
    if not baseline:
        return missing(said("no_baseline"))
    if baseline == "best_performing_alternative":
        return agrees()
    if baseline == "usual_practice":
        return contradicts(said("usual_practice"))
    return contradicts(said("against_nothing"))


@precheck("method-named-in-the-act")
def _method(facts: Facts, _limit: Limit) -> Told:
    method = facts.claim.method if facts.claim else ""
    if not method:
        return missing(said("no_method"))
    if method in METHODS:
        return agrees(method)
    return contradicts(said("another_method"))


@precheck("verifier-independent")
def _verifier(facts: Facts, _limit: Limit) -> Told:
    verification = facts.claim.verification if facts.claim else None
    if verification is None:
        return missing(said("no_verification"))
    if verification.independent:
        return agrees(verification.by)
    return contradicts(said("not_independent", by=verification.by))

"""Pre-checks of the project itself: its results, its equipment, and its claim of avoided emissions."""

from __future__ import annotations

from collections.abc import Callable

from lca.quantities.quantity import Quantity
from lca.subjects.checklist.declared import EquipmentLine
from lca.subjects.checklist.facts import Facts, MachineFacts
from lca.subjects.checklist.host_checks import years
from lca.subjects.checklist.model import Limit, Text
from lca.subjects.checklist.outcome import Outcome, about, agrees, contradicts, each, missing, written
from lca.subjects.checklist.registry import precheck

#: Methods that Annex I, section 8.2, names for life-cycle and net emissions.
METHODS = ("2013/179/EU", "ETSI ES 203 199", "ISO 14067:2018", "ISO 14064-2:2019")
ROUTES = ("reuse", "refurbish", "recycling", "weee_treatment", "returned_to_lessor")

#: A declared lifetime is the one of the calculation within this share, which rounding explains.
_SAME_LIFETIME = 0.01
_NO_MACHINE = Text("no machine is described", "aucune machine n’est décrite")


def _present(found: bool) -> Outcome:
    return agrees() if found else contradicts(Text("not assessed", "non évalué"))


@precheck("climate-result-present")
def _climate(facts: Facts, _limit: Limit) -> Outcome:
    return _present(facts.climate_result)


@precheck("water-result-present")
def _water(facts: Facts, _limit: Limit) -> Outcome:
    return _present(facts.water_result)


@precheck("mineral-result-present")
def _minerals(facts: Facts, _limit: Limit) -> Outcome:
    return _present(facts.mineral_result)


@precheck("boundary-wider-than-operation")
def _boundary(facts: Facts, _limit: Limit) -> Outcome:
    if facts.embodied_result:
        return agrees()
    return contradicts(Text("no manufacture is counted", "aucune fabrication n’est comptée"))


@precheck("placed-on-market-under-ecodesign")
def _placed(facts: Facts, limit: Limit) -> Outcome:
    """Judge each server and storage product; what a device is to these rules has to be said."""

    def check(line: MachineFacts) -> Outcome:
        kind = line.declared.kind if line.declared else ""
        if not kind and not line.server:
            return missing(about(line.name, "kind not stated", "nature non indiquée"))
        date = line.declared.placed_on_market if line.declared else ""
        if not date:
            return missing(about(line.name, "no date", "pas de date"))
        said = about(line.name, date, date)
        return agrees(said) if date >= str(limit) else contradicts(said)

    def is_judged(line: MachineFacts) -> bool:
        return line.declared is None or line.declared.kind != "other"

    return each(filter(is_judged, facts.machines), check, _NO_MACHINE)


def _every_line(facts: Facts, found: Callable[[EquipmentLine], str], lacks: Text) -> Outcome:
    """Judge what each machine must have: no line at all is no data, lines that leave a machine out contradict."""
    if not any(line.declared for line in facts.machines):
        return missing(Text("no equipment line", "aucune ligne d’équipement"))

    def check(line: MachineFacts) -> Outcome:
        named = found(line.declared) if line.declared else ""
        return agrees(about(line.name, named, named)) if named else contradicts(about(line.name, lacks.en, lacks.fr))

    return each(facts.machines, check, _NO_MACHINE)


@precheck("rohs-declaration-per-machine")
def _rohs(facts: Facts, _limit: Limit) -> Outcome:
    return _every_line(
        facts, lambda line: line.rohs_declaration, Text("no declaration named", "aucune déclaration citée")
    )


@precheck("end-of-life-route-per-machine")
def _end_of_life(facts: Facts, _limit: Limit) -> Outcome:
    def route(line: EquipmentLine) -> str:
        return line.end_of_life if line.end_of_life in ROUTES else ""

    return _every_line(facts, route, Text("no route stated", "aucune filière indiquée"))


@precheck("lifetime-as-in-the-assessment")
def _lifetime(facts: Facts, _limit: Limit) -> Outcome:
    def check(line: MachineFacts) -> Outcome:
        stated = line.declared.lifetime if line.declared else None
        if stated is None or line.lifetime is None:
            return missing(about(line.name, "not declared", "non déclarée"))
        declared, used = written(years(stated)), written(line.lifetime)
        said = about(
            line.name,
            f"{declared.en} years declared, {used.en} in the assessment",
            f"{declared.fr} ans déclarés, {used.fr} dans l’évaluation",
        )
        same = abs(years(stated) - line.lifetime) <= _SAME_LIFETIME * line.lifetime
        return agrees(said) if same else contradicts(said)

    return each(facts.machines, check, _NO_MACHINE)


def _tonnes(quantity: Quantity) -> Text:
    return written(quantity.best_in("tCO2e"), digits=2)


@precheck("net-saving-positive")
def _net(facts: Facts, _limit: Limit) -> Outcome:
    if facts.net is None:
        return missing(Text("no benefit is compared", "aucun bénéfice n’est comparé"))
    net = _tonnes(facts.net)
    said = Text(f"net of the solution {net.en} t CO₂e", f"net de la solution {net.fr} t CO₂e")
    return agrees(said) if facts.net.value > 0 else contradicts(said)


@precheck("cost-below-gross-saving")
def _cost(facts: Facts, limit: Limit) -> Outcome:
    if facts.cost is None or facts.saving is None:
        return missing(Text("no benefit is compared", "aucun bénéfice n’est comparé"))
    cost, saving = _tonnes(facts.cost), _tonnes(facts.saving)
    said = Text(f"{cost.en} t CO₂e against {saving.en}", f"{cost.fr} t CO₂e contre {saving.fr}")
    below = facts.cost.value < float(limit) * facts.saving.best_in(facts.cost.unit)
    return agrees(said) if below else contradicts(said)


@precheck("baseline-is-best-alternative")
def _baseline(facts: Facts, _limit: Limit) -> Outcome:
    baseline = facts.claim.baseline if facts.claim else ""
    if not baseline:
        return missing(Text("baseline not stated", "référence non indiquée"))
    if baseline == "best_performing_alternative":
        return agrees()
    if baseline == "usual_practice":
        return contradicts(Text("compared with usual practice", "comparé à la pratique usuelle"))
    return contradicts(Text("compared with nothing", "comparé à rien"))


@precheck("method-named-in-the-act")
def _method(facts: Facts, _limit: Limit) -> Outcome:
    method = facts.claim.method if facts.claim else ""
    if not method:
        return missing(Text("method not stated", "méthode non indiquée"))
    if method in METHODS:
        return agrees(Text(method, method))
    return contradicts(Text("another method", "une autre méthode"))


@precheck("verifier-independent")
def _verifier(facts: Facts, _limit: Limit) -> Outcome:
    verification = facts.claim.verification if facts.claim else None
    if verification is None:
        return missing(Text("no verification", "aucune vérification"))
    if verification.independent:
        return agrees(Text(verification.by, verification.by))
    return contradicts(Text(f"{verification.by}, not independent", f"{verification.by}, non indépendant"))

"""What in a project bears out a reason for "not applicable", and what contradicts it."""

from __future__ import annotations

from collections.abc import Callable

from lca.subjects.checklist.facts import Facts, HostFacts
from lca.subjects.checklist.host_checks import LEFT_OUT, NO_HOST, names
from lca.subjects.checklist.model import Text
from lca.subjects.checklist.outcome import Outcome, about, agrees, contradicts, each, missing

Reason = Callable[[Facts], Outcome]

#: What a project says of a reason, by the reason's id; a reason that is not here is tested by nothing but its justification.
REASONS: dict[str, Reason] = {}


def reason(name: str) -> Callable[[Reason], Reason]:
    """Register a check of a reason."""

    def register(check: Reason) -> Reason:
        REASONS[name] = check
        return check

    return register


def outcome_of_reason(name: str, facts: Facts) -> Outcome:
    """Say whether the project bears out a reason, contradicts it, or says nothing that would test it."""
    check = REASONS.get(name)
    return check(facts) if check else agrees()


def _each_host(facts: Facts, check: Callable[[HostFacts], Outcome]) -> Outcome:
    """Judge all hosts; a project that computes nowhere has none to judge."""
    return each(facts.hosts, check, NO_HOST) if facts.hosts or facts.computing else agrees()


@reason("no_equipment")
def _no_equipment(facts: Facts) -> Outcome:
    if facts.equipment:
        return contradicts(Text("the project uses equipment", "le projet utilise des équipements"))
    return agrees()


@reason("no_refrigerant")
def _no_refrigerant(facts: Facts) -> Outcome:
    def check(host: HostFacts) -> Outcome:
        stated = host.declared.refrigerants if host.declared else None
        if stated:
            fluids = names([refrigerant.fluid for refrigerant in stated.values()])
            return contradicts(about(host.name, fluids, fluids))
        if stated is None:
            return missing(about(host.name, "`refrigerants: {}` is not stated", "`refrigerants: {}` n’est pas indiqué"))
        return agrees()

    return _each_host(facts, check)


@reason("no_alternative_on_market")
def _no_alternative(facts: Facts) -> Outcome:
    if not facts.alternatives:
        return agrees()
    named = names(list(facts.alternatives))
    said = f"the reference names alternatives: {named}", f"la référence cite des alternatives\u00a0: {named}"
    return contradicts(Text(*said))


@reason("nothing_left_out")
def _nothing_left_out(facts: Facts) -> Outcome:
    def check(host: HostFacts) -> Outcome:
        if host.practices is None:
            return missing(about(host.name, "no practice table", "pas de tableau des pratiques"))
        out = [p.name for p in host.practices if p.expected and p.status in LEFT_OUT]
        return contradicts(about(host.name, names(out), names(out))) if out else agrees()

    return _each_host(facts, check)


@reason("no_material_risk")
def _no_material_risk(facts: Facts) -> Outcome:
    def check(host: HostFacts) -> Outcome:
        risk = host.declared.climate_risk if host.declared else None
        if risk is not None and risk.material:
            found = names(list(risk.material))
            return contradicts(about(host.name, found, found))
        if risk is None or not set(risk.not_material) >= set(facts.hazards):
            return missing(about(host.name, "not all hazards are screened", "tous les aléas ne sont pas examinés"))
        return agrees()

    return _each_host(facts, check)


def _in_service(facts: Facts, after_start: bool) -> Outcome:
    """Say whether hosts entered service after the project's start, or before it."""

    def check(host: HostFacts) -> Outcome:
        date = host.declared.in_service if host.declared else ""
        if not date:
            said = "`in_service` is not stated", "`in_service` n’est pas indiqué"
            return missing(about(host.name, *said))
        if len(facts.start) < 7:
            said = "the project’s start has no month", "le début du projet n’a pas de mois"
            return missing(about(host.name, *said))
        if (date > facts.start[:7]) == after_start:
            return contradicts(about(host.name, f"in service {date}", f"en service {date}"))
        return agrees()

    return _each_host(facts, check)


@reason("existing_assets_only")
def _existing_only(facts: Facts) -> Outcome:
    return _in_service(facts, after_start=True)


@reason("new_assets_only")
def _new_only(facts: Facts) -> Outcome:
    return _in_service(facts, after_start=False)


@reason("no_site")
def _no_site(facts: Facts) -> Outcome:
    return _in_service(facts, after_start=True)

"""What in a project bears out a reason for "not applicable", and what contradicts it."""

from __future__ import annotations

from collections.abc import Callable

from lca.subjects.checklist.facts import Facts, HostFacts
from lca.subjects.checklist.host_checks import LEFT_OUT, NO_HOST, names
from lca.subjects.checklist.model import Checklist
from lca.subjects.checklist.outcome import Outcome, Told, about, agrees, contradicts, each, missing, said

Reason = Callable[[Facts], Told]

#: What a project says of a reason, by the reason's id; a reason that is not here is tested by nothing but its justification.
REASONS: dict[str, Reason] = {}


def reason(name: str) -> Callable[[Reason], Reason]:
    """Register a check of a reason."""

    def register(check: Reason) -> Reason:
        REASONS[name] = check
        return check

    return register


def outcome_of_reason(name: str, facts: Facts, checklist: Checklist) -> Outcome:
    """Say whether the project bears out a reason, contradicts it, or says nothing that would test it."""
    check = REASONS.get(name)
    return (check(facts) if check else agrees()).in_words(checklist)


def _each_host(facts: Facts, check: Callable[[HostFacts], Told]) -> Told:
    """Judge all hosts; a project that computes nowhere has none to judge."""
    return each(facts.hosts, check, NO_HOST) if facts.hosts or facts.computing else agrees()


@reason("no_equipment")
def _no_equipment(facts: Facts) -> Told:
    if facts.equipment:
        return contradicts(said("uses_equipment"))
    return agrees()


@reason("no_refrigerant")
def _no_refrigerant(facts: Facts) -> Told:
    def check(host: HostFacts) -> Told:
        stated = host.declared.refrigerants if host.declared else None
        if stated:
            fluids = names([refrigerant.fluid for refrigerant in stated.values()])
            return contradicts(about(host.name, fluids))
        if stated is None:
            return missing(about(host.name, said("refrigerants_not_stated")))
        return agrees()

    return _each_host(facts, check)


@reason("no_alternative_on_market")
def _no_alternative(facts: Facts) -> Told:
    if not facts.alternatives:
        return agrees()
    return contradicts(said("names_alternatives", names=names(list(facts.alternatives))))


@reason("nothing_left_out")
def _nothing_left_out(facts: Facts) -> Told:
    def check(host: HostFacts) -> Told:
        if host.practices is None:
            return missing(about(host.name, said("no_table")))
        out = [p.name for p in host.practices if p.expected and p.status in LEFT_OUT]
        return contradicts(about(host.name, names(out))) if out else agrees()

    return _each_host(facts, check)


@reason("no_material_risk")
def _no_material_risk(facts: Facts) -> Told:
    def check(host: HostFacts) -> Told:
        risk = host.declared.climate_risk if host.declared else None
        if risk is not None and risk.material:
            return contradicts(about(host.name, names(list(risk.material))))
        if risk is None or not set(risk.not_material) >= set(facts.hazards):
            return missing(about(host.name, said("hazards_not_screened")))
        return agrees()

    return _each_host(facts, check)


def _in_service(facts: Facts, after_start: bool) -> Told:
    """Say whether hosts entered service after the project's start, or before it."""

    def check(host: HostFacts) -> Told:
        date = host.declared.in_service if host.declared else ""
        if not date:
            return missing(about(host.name, said("no_in_service")))
        if len(facts.start) < 7:
            return missing(about(host.name, said("start_without_month")))
        if (date > facts.start[:7]) == after_start:
            return contradicts(about(host.name, said("in_service", date=date)))
        return agrees()

    return _each_host(facts, check)


@reason("existing_assets_only")
def _existing_only(facts: Facts) -> Told:
    return _in_service(facts, after_start=True)


@reason("new_assets_only")
def _new_only(facts: Facts) -> Told:
    return _in_service(facts, after_start=False)


@reason("no_site")
def _no_site(facts: Facts) -> Told:
    return _in_service(facts, after_start=True)

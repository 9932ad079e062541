"""What in a project contradicts a reason for "not applicable"."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lca.subjects.checklist.facts import Facts, HostFacts
from lca.subjects.checklist.host_checks import LEFT_OUT, names
from lca.subjects.checklist.model import Text, joined
from lca.subjects.checklist.outcome import about

#: What contradicts a reason, by the reason's id; None where nothing in the project does.
REASONS: dict[str, Callable[[Facts], Text | None]] = {}


def reason(name: str) -> Callable[[Callable[[Facts], Text | None]], Callable[[Facts], Text | None]]:
    """Register a check of a reason."""

    def register(check: Callable[[Facts], Text | None]) -> Callable[[Facts], Text | None]:
        REASONS[name] = check
        return check

    return register


def contradiction_of(name: str, facts: Facts) -> Text | None:
    """Say what in the project contradicts a reason, None where nothing does."""
    check = REASONS.get(name)
    return check(facts) if check else None


def _any(found: Iterable[Text]) -> Text | None:
    texts = list(found)
    return joined(texts) if texts else None


@reason("no_equipment")
def _no_equipment(facts: Facts) -> Text | None:
    return Text("the project uses equipment", "le projet utilise des équipements") if facts.equipment else None


@reason("no_refrigerant")
def _no_refrigerant(facts: Facts) -> Text | None:
    return _any(about(host.name, fluid.name, fluid.name) for host in facts.hosts for fluid in host.fluids)


@reason("no_alternative_on_market")
def _no_alternative(facts: Facts) -> Text | None:
    if not facts.alternatives:
        return None
    named = names(list(facts.alternatives))
    return Text(f"the reference names alternatives: {named}", f"la référence cite des alternatives\u00a0: {named}")


@reason("nothing_left_out")
def _nothing_left_out(facts: Facts) -> Text | None:
    def left_out(host: HostFacts) -> list[str]:
        return [p.name for p in host.practices or () if p.expected and p.status in LEFT_OUT]

    return _any(about(host.name, names(out), names(out)) for host in facts.hosts if (out := left_out(host)))


@reason("no_material_risk")
def _no_material_risk(facts: Facts) -> Text | None:
    def material(host: HostFacts) -> list[str]:
        risk = host.declared.climate_risk if host.declared else None
        return list(risk.material) if risk else []

    return _any(about(host.name, names(found), names(found)) for host in facts.hosts if (found := material(host)))


def _in_service(facts: Facts, after_start: bool) -> Text | None:
    """Say which hosts entered service after the project's start, or before it."""
    if len(facts.start) < 7:
        return None
    dates = [(host.name, host.declared.in_service) for host in facts.hosts if host.declared]
    found = [(name, date) for name, date in dates if date and (date > facts.start[:7]) == after_start]
    return _any(about(name, f"in service {date}", f"en service {date}") for name, date in found)


@reason("existing_assets_only")
def _existing_only(facts: Facts) -> Text | None:
    return _in_service(facts, after_start=True)


@reason("new_assets_only")
def _new_only(facts: Facts) -> Text | None:
    return _in_service(facts, after_start=False)


@reason("no_site")
def _no_site(facts: Facts) -> Text | None:
    return _in_service(facts, after_start=True)

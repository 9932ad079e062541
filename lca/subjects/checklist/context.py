"""Checks that inform the reader: thresholds of other texts, set beside the project, without effect on any verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct

from lca.quantities.by_language import Text
from lca.quantities.provenance import Stated
from lca.quantities.units import conversion
from lca.subjects.checklist.facts import Facts, HostFacts, MachineFacts
from lca.subjects.checklist.host_checks import years
from lca.subjects.checklist.model import Checklist, ContextRule, Limit
from lca.subjects.checklist.outcome import Amount, Said, about, in_words, said, together

MET, NOT_MET, UNKNOWN = "met", "not_met", "unknown"

#: From 2030 the RGESN's criterion 8.6 asks for a lower intensity, gCO2e/kWh.
_GRID_FROM_2030 = 80.0


#: What a host says of its waste heat, by the form of words that says it.
_HEAT = {
    "": said("heat_not_stated"),
    "used": said("heat_used"),
    "not_feasible": said("heat_not_feasible"),
    "not_used": said("heat_not_used"),
}


class ContextFinding(Struct, frozen=True):
    """A context check, whether it is met, and what was found."""

    rule: ContextRule
    result: str
    detail: Text | None = None


Found = tuple[bool, Said]
ContextCheck = Callable[[Facts, Limit], Iterable[Found]]

#: Context checks by id: each yields, for each host or machine that it can judge, whether it is met and what was found.
CONTEXT: dict[str, ContextCheck] = {}


def context_check(name: str) -> Callable[[ContextCheck], ContextCheck]:
    """Register a context check."""

    def register(check: ContextCheck) -> ContextCheck:
        CONTEXT[name] = check
        return check

    return register


def run_context(facts: Facts, checklist: Checklist) -> tuple[ContextFinding, ...]:
    """Return what every context check finds; one that can judge nothing is unknown."""
    findings = []
    for rule in checklist.context.values():
        found = list(CONTEXT[rule.id](facts, rule.limit))
        result = UNKNOWN if not found else MET if all(met for met, _ in found) else NOT_MET
        findings.append(
            ContextFinding(rule, result, in_words(checklist, together(what for _, what in found)) if found else None)
        )
    return tuple(findings)


def _pue(facts: Facts, kind: str) -> Iterable[tuple[HostFacts, float]]:
    """Yield the PUE of the hosts that say how it is known: their own figure, else that of the calculation."""
    for host in facts.hosts:
        pue = host.declared.pue if host.declared else None
        if pue is None or pue.kind != kind:
            continue
        if pue.value is not None:
            yield host, pue.value.value
        elif host.pue is not None:
            yield host, host.pue.value


def _said(name: str, value: float, unit: str = "") -> Said:
    number = Amount(value, digits=4)
    return about(name, said("with_unit", number=number, unit=unit) if unit else number)


@context_check("pue-measured")
def _pue_measured(facts: Facts, limit: Limit) -> Iterable[Found]:
    for host, value in _pue(facts, "measured"):
        yield value < float(limit), _said(host.name, value)


@context_check("pue-design")
def _pue_design(facts: Facts, limit: Limit) -> Iterable[Found]:
    for host, value in _pue(facts, "design"):
        yield value <= float(limit), _said(host.name, value)


@context_check("wue")
def _wue(facts: Facts, limit: Limit) -> Iterable[Found]:
    for host in facts.hosts:
        wue = host.declared.wue if host.declared else None
        if wue is not None and wue.value is not None:
            value = _in(wue.value, "L/kWh")
            yield value <= float(limit), _said(host.name, value, "L/kWh")


def _in(stated: Stated, unit: str) -> float:
    return stated.value * conversion(stated.unit, unit)


@context_check("grid-intensity")
def _grid(facts: Facts, limit: Limit) -> Iterable[Found]:
    bound = _GRID_FROM_2030 if facts.start[:4] >= "2030" else float(limit)
    for host in facts.hosts:
        if host.grid is not None:
            yield host.grid < bound, _said(host.name, host.grid, "gCO₂e/kWh")


@context_check("renewable-share")
def _renewable(facts: Facts, limit: Limit) -> Iterable[Found]:
    for host in facts.hosts:
        share = host.declared.renewable_share if host.declared else None
        if share is not None:
            value = _in(share, "1")
            yield value > float(limit), _said(host.name, value)


@context_check("server-lifetime")
def _lifetime(facts: Facts, limit: Limit) -> Iterable[Found]:
    for line in facts.machines:
        value = _stated_lifetime(line)
        if value is not None:
            yield value > float(limit), about(line.name, said("years", years=Amount(value, digits=4)))


def _stated_lifetime(line: MachineFacts) -> float | None:
    """Return the lifetime of a server that somebody states; a default says nothing of this project."""
    kind = line.declared.kind if line.declared else ""
    if kind not in ("", "server") or (not kind and not line.server):
        return None
    if line.declared is not None and line.declared.lifetime is not None:
        return years(line.declared.lifetime)
    return line.lifetime if line.lifetime_stated else None


@context_check("data-per-day")
def _data(facts: Facts, limit: Limit) -> Iterable[Found]:
    if facts.data_per_day is not None:
        value = facts.data_per_day.best_in("TB/d")
        yield value < float(limit), said("data_per_day", terabytes=Amount(value, digits=4))


@context_check("green-algorithms")
def _green_algorithms(facts: Facts, _limit: Limit) -> Iterable[Found]:
    if facts.green_algorithms is not None:
        yield True, facts.green_algorithms


@context_check("pue-consistent")
def _pue_consistent(facts: Facts, limit: Limit) -> Iterable[Found]:
    for host in facts.hosts:
        pue = host.declared.pue if host.declared else None
        if pue is None or pue.value is None or host.pue is None:
            continue
        both = said("used_and_stated", used=Amount(host.pue.value), stated=Amount(pue.value.value))
        yield abs(host.pue.value - pue.value.value) <= float(limit) * pue.value.value, about(host.name, both)


@context_check("location-consistent")
def _location(facts: Facts, _limit: Limit) -> Iterable[Found]:
    for host in facts.hosts:
        place = host.declared.location if host.declared else ""
        if place and host.zone:
            same = host.zone == place or host.zone.startswith(f"{place}-") or place.startswith(f"{host.zone}-")
            yield same, about(host.name, said("used_and_stated", used=host.zone, stated=place))


@context_check("reporting-scope")
@context_check("code-encouraged")
def _scope(facts: Facts, limit: Limit) -> Iterable[Found]:
    for host in facts.hosts:
        power = host.declared.it_power if host.declared else None
        if power is not None:
            value = _in(power, "kW")
            yield value >= float(limit), _said(host.name, value, "kW")


@context_check("waste-heat")
def _waste_heat(facts: Facts, limit: Limit) -> Iterable[Found]:
    """Judge each host whose rated input is known to be above the limit, or known to be below."""
    for host in facts.hosts:
        power, at_least = _rated_power(host)
        if power is None or (at_least and power < float(limit)):
            continue
        rated = _said(host.name, power, "kW")
        if not at_least and power <= float(limit):
            yield True, said("both", first=rated, second=said("below_threshold"))
            continue
        use = host.declared.waste_heat if host.declared else ""
        yield use in ("used", "not_feasible"), said("both", first=rated, second=_HEAT[use])


def _rated_power(host: HostFacts) -> tuple[float | None, bool]:
    """Return the rated input of a host in kW, and whether it is only known to be that at least, from its IT power."""
    declared = host.declared
    if declared is None:
        return None, False
    if declared.rated_power is not None:
        return _in(declared.rated_power, "kW"), False
    return (None, False) if declared.it_power is None else (_in(declared.it_power, "kW"), True)


@context_check("cost-beside-benefit")
def _cost_beside_benefit(facts: Facts, _limit: Limit) -> Iterable[Found]:
    if facts.missing_beside_benefit is not None:
        lacks = facts.missing_beside_benefit
        yield not lacks, together(lacks) if lacks else said("all_four")

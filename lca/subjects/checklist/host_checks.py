"""Pre-checks of what the hosts of the servers declare: practices, audit, refrigerants, waste, water, climate risk."""

from __future__ import annotations

from collections.abc import Callable

from lca.quantities.provenance import Stated
from lca.quantities.units import conversion
from lca.subjects.checklist.code_of_conduct import counts_on, edition_year, is_other_document
from lca.subjects.checklist.declared import ClimateRisk, CodeOfConduct, HostPractice, Waste
from lca.subjects.checklist.facts import Facts, HostFacts
from lca.subjects.checklist.model import Limit
from lca.subjects.checklist.outcome import Amount, Told, about, agrees, contradicts, each, missing, said, together
from lca.subjects.checklist.reading import read_date
from lca.subjects.checklist.registry import precheck

_DONE = ("implemented", "replaced", "not_relevant_explained")
LEFT_OUT = ("replaced", "not_relevant_explained")
_SHOWN = 8
NO_HOST = said("no_host")


def code_of(host: HostFacts) -> CodeOfConduct | None:
    """Return what a host declares of the code of conduct."""
    return host.declared.code_of_conduct if host.declared else None


def years(stated: Stated) -> float:
    """Return a stated time in years."""
    return stated.value * conversion(stated.unit, "year")


def names(words: list[str]) -> str:
    """Return the first names of a list."""
    return ", ".join(words[:_SHOWN]) + (", …" if len(words) > _SHOWN else "")


@precheck("edition-of-the-code-stated")
@precheck("edition-of-the-code-latest")
def _edition(facts: Facts, limit: Limit) -> Told:
    def check(host: HostFacts) -> Told:
        code = code_of(host)
        if code is None:
            return missing(about(host.name, said("no_edition")))
        if is_other_document(code.edition):
            return agrees(about(host.name, code.edition))
        year = edition_year(code.edition)
        if year is None:
            return missing(about(host.name, said("edition_without_year", edition=code.edition)))
        found = about(host.name, said("edition_on", edition=code.edition, date=str(facts.as_of)))
        counts = counts_on(year, facts.as_of, int(limit))
        if counts is None:
            unless = said("edition_unless", edition=code.edition, year=facts.as_of.year)
            return missing(about(host.name, unless))
        return agrees(found) if counts else contradicts(found)

    return each(facts.hosts, check, NO_HOST)


def _table(facts: Facts, check: Callable[[str, tuple[HostPractice, ...]], Told]) -> Told:
    """Judge the practice tables of all hosts; a host without one has no data."""

    def of_host(host: HostFacts) -> Told:
        if host.practices is None:
            return missing(about(host.name, said("no_table")))
        return check(host.name, host.practices)

    return each(facts.hosts, of_host, NO_HOST)


def _done(name: str, rows: list[HostPractice], accepted: tuple[str, ...]) -> Told:
    if not rows:
        return missing(about(name, said("no_such_practice")))
    open_ = [practice.name for practice in rows if practice.status not in accepted]
    count, of = len(rows) - len(open_), len(rows)
    if not open_:
        return agrees(about(name, said("done", count=count, of=of)))
    return contradicts(about(name, said("done_but", count=count, of=of, names=names(open_))))


@precheck("expected-practices-counted")
def _counted(facts: Facts, limit: Limit) -> Told:
    def check(host: HostFacts) -> Told:
        code = code_of(host)
        if code is None or host.practices is None:
            return missing(about(host.name, said("no_table")))
        if is_other_document(code.edition):
            return missing(about(host.name, said("no_number_known")))
        count, least = sum(practice.expected for practice in host.practices), int(limit)
        too_few = said("too_few", count=count, least=least)
        return agrees() if count >= least else contradicts(about(host.name, too_few))

    return each(facts.hosts, check, NO_HOST)


@precheck("expected-practices-done")
def _expected(facts: Facts, _limit: Limit) -> Told:
    return _table(facts, lambda name, rows: _done(name, [p for p in rows if p.expected], _DONE))


@precheck("expected-practices-of-value-5")
def _value_5(facts: Facts, _limit: Limit) -> Told:
    def check(name: str, rows: tuple[HostPractice, ...]) -> Told:
        return _done(name, [p for p in rows if p.expected and p.value == 5], ("implemented",))

    return _table(facts, check)


@precheck("left-out-practices-explained")
def _explained(facts: Facts, _limit: Limit) -> Told:
    def check(name: str, rows: tuple[HostPractice, ...]) -> Told:
        silent = [p.name for p in rows if p.expected and p.status in LEFT_OUT and not p.justification.strip()]
        if not silent:
            return agrees()
        return contradicts(about(name, said("not_justified", names=names(silent))))

    return _table(facts, check)


@precheck("audit-age")
def _audit_age(facts: Facts, limit: Limit) -> Told:
    def check(host: HostFacts) -> Told:
        code = code_of(host)
        date = read_date(code.audit.date) if code and code.audit else None
        if date is None:
            return missing(about(host.name, said("no_audit")))
        days = (facts.as_of - date).days
        found = about(host.name, said("audited", date=str(date), days=Amount(days)))
        return agrees(found) if days <= float(limit) else contradicts(found)

    return each(facts.hosts, check, NO_HOST)


@precheck("auditor-independent")
def _auditor(facts: Facts, _limit: Limit) -> Told:
    def check(host: HostFacts) -> Told:
        code = code_of(host)
        if code is None or code.audit is None:
            return missing(about(host.name, said("no_audit")))
        if code.audit.independent:
            return agrees(about(host.name, code.audit.by))
        return contradicts(about(host.name, said("not_independent", by=code.audit.by)))

    return each(facts.hosts, check, NO_HOST)


@precheck("refrigerants-below-limit")
def _refrigerants(facts: Facts, limit: Limit) -> Told:
    def check(host: HostFacts) -> Told:
        if not host.fluids:
            return missing(about(host.name, said("no_refrigerant")))
        fluid = max(host.fluids, key=lambda f: f.warming)
        named = said("fluid", name=fluid.name, warming=Amount(fluid.warming), basis=fluid.basis)
        found = about(host.name, named)
        return agrees(found) if fluid.warming <= float(limit) else contradicts(found)

    return each(facts.hosts, check, NO_HOST)


def _waste(facts: Facts, check: Callable[[HostFacts, Waste], Told]) -> Told:
    def of_host(host: HostFacts) -> Told:
        waste = host.declared.waste if host.declared else None
        return check(host, waste) if waste else missing(about(host.name, said("nothing_stated")))

    return each(facts.hosts, of_host, NO_HOST)


@precheck("waste-plan-referenced")
def _waste_plan(facts: Facts, _limit: Limit) -> Told:
    def check(host: HostFacts, waste: Waste) -> Told:
        if waste.plan:
            return agrees(about(host.name, waste.plan))
        return contradicts(about(host.name, said("no_plan")))

    return _waste(facts, check)


@precheck("waste-route-secured")
def _waste_route(facts: Facts, _limit: Limit) -> Told:
    def check(host: HostFacts, waste: Waste) -> Told:
        if not waste.route:
            return missing(about(host.name, said("no_route")))
        if waste.route == "none":
            return contradicts(about(host.name, said("not_secured")))
        return agrees()

    return _waste(facts, check)


@precheck("basin-stress-stated")
def _basin(facts: Facts, _limit: Limit) -> Told:
    def check(host: HostFacts) -> Told:
        stated = host.declared is not None and host.declared.water is not None
        return agrees() if stated else missing(about(host.name, said("basin_not_stated")))

    return each(facts.hosts, check, NO_HOST)


@precheck("water-equals-wue-times-energy")
def _water(facts: Facts, limit: Limit) -> Told:
    def check(host: HostFacts) -> Told:
        expected, counted = host.expected_water, host.water
        if expected is None:
            return missing(about(host.name, said("no_wue")))
        there, here = expected.value, counted.best_in(expected.unit) if counted is not None else 0.0
        both = said("water", counted=Amount(float(here), digits=3), by_wue=Amount(there, digits=3))
        found = about(host.name, both)
        return agrees(found) if abs(here - there) <= float(limit) * there else contradicts(found)

    return each(facts.hosts, check, NO_HOST)


@precheck("distance-to-protected-area-stated")
def _distance(facts: Facts, _limit: Limit) -> Told:
    def check(host: HostFacts) -> Told:
        stated = host.declared is not None and host.declared.protected_area_distance is not None
        return agrees() if stated else missing(about(host.name, said("distance_not_stated")))

    return each(facts.hosts, check, NO_HOST)


def _risk(facts: Facts, check: Callable[[HostFacts, ClimateRisk], Told]) -> Told:
    def of_host(host: HostFacts) -> Told:
        risk = host.declared.climate_risk if host.declared else None
        return check(host, risk) if risk else missing(about(host.name, said("nothing_stated")))

    return each(facts.hosts, of_host, NO_HOST)


@precheck("hazards-screened")
def _hazards(facts: Facts, _limit: Limit) -> Told:
    def check(host: HostFacts, risk: ClimateRisk) -> Told:
        screened = {*risk.material, *risk.not_material}
        count, of = len(screened), len(facts.hazards)
        found = about(host.name, said("hazards", count=count, of=of))
        return agrees(found) if screened >= set(facts.hazards) else contradicts(found)

    return _risk(facts, check)


@precheck("scenario-named")
def _scenario(facts: Facts, _limit: Limit) -> Told:
    def check(host: HostFacts, risk: ClimateRisk) -> Told:
        if not risk.scenarios:
            return contradicts(about(host.name, said("no_scenario")))
        return agrees(together(about(host.name, name) for name in risk.scenarios))

    return _risk(facts, check)


@precheck("horizon-long-enough")
def _horizon(facts: Facts, limit: Limit) -> Told:
    def check(host: HostFacts, risk: ClimateRisk) -> Told:
        if risk.lifespan is None:
            return missing(about(host.name, said("no_lifespan")))
        if years(risk.lifespan) < float(limit):
            return agrees(said("short_lifespan"))
        if risk.horizon is None:
            return missing(about(host.name, said("no_horizon")))
        found = about(host.name, said("years", years=Amount(years(risk.horizon))))
        return agrees(found) if years(risk.horizon) >= float(limit) else contradicts(found)

    return _risk(facts, check)

"""Pre-checks of what the hosts of the servers declare: practices, audit, refrigerants, waste, water, climate risk."""

from __future__ import annotations

from collections.abc import Callable

from lca.quantities.provenance import Stated
from lca.quantities.units import conversion
from lca.subjects.checklist.code_of_conduct import counts_on, edition_year, is_other_document
from lca.subjects.checklist.declared import ClimateRisk, CodeOfConduct, HostPractice, Waste
from lca.subjects.checklist.facts import Facts, HostFacts
from lca.subjects.checklist.model import Limit, Text, joined
from lca.subjects.checklist.outcome import Outcome, about, agrees, contradicts, each, missing, written
from lca.subjects.checklist.reading import read_date
from lca.subjects.checklist.registry import precheck

_DONE = ("implemented", "replaced", "not_relevant_explained")
LEFT_OUT = ("replaced", "not_relevant_explained")
_SHOWN = 8
NO_HOST = Text("no data centre is described", "aucun centre de données n’est décrit")


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
def _edition(facts: Facts, limit: Limit) -> Outcome:
    def check(host: HostFacts) -> Outcome:
        code = code_of(host)
        if code is None:
            return missing(about(host.name, "no edition", "pas d’édition"))
        if is_other_document(code.edition):
            return agrees(about(host.name, code.edition, code.edition))
        year = edition_year(code.edition)
        if year is None:
            said = f"`{code.edition}` names no year", f"«\u00a0{code.edition}\u00a0» ne nomme pas d’année"
            return missing(about(host.name, *said))
        said = f"{code.edition}, on {facts.as_of}", f"{code.edition}, au {facts.as_of}"
        found = about(host.name, *said)
        counts = counts_on(year, facts.as_of, int(limit))
        if counts is None:
            english = f"{code.edition}, if there is no edition of {facts.as_of.year}"
            french = f"{code.edition}, s’il n’y a pas d’édition de {facts.as_of.year}"
            return missing(about(host.name, english, french))
        return agrees(found) if counts else contradicts(found)

    return each(facts.hosts, check, NO_HOST)


def _table(facts: Facts, check: Callable[[str, tuple[HostPractice, ...]], Outcome]) -> Outcome:
    """Judge the practice tables of all hosts; a host without one has no data."""

    def of_host(host: HostFacts) -> Outcome:
        if host.practices is None:
            return missing(about(host.name, "no practice table", "pas de tableau des pratiques"))
        return check(host.name, host.practices)

    return each(facts.hosts, of_host, NO_HOST)


def _done(name: str, rows: list[HostPractice], accepted: tuple[str, ...]) -> Outcome:
    if not rows:
        return missing(about(name, "no such practice in the table", "aucune pratique de ce type dans le tableau"))
    open_ = [practice.name for practice in rows if practice.status not in accepted]
    count, of = len(rows) - len(open_), len(rows)
    if not open_:
        return agrees(about(name, f"{count} of {of}", f"{count} sur {of}"))
    said = f"{count} of {of}, not {names(open_)}", f"{count} sur {of}, pas {names(open_)}"
    return contradicts(about(name, *said))


@precheck("expected-practices-counted")
def _counted(facts: Facts, limit: Limit) -> Outcome:
    def check(host: HostFacts) -> Outcome:
        code = code_of(host)
        if code is None or host.practices is None:
            return missing(about(host.name, "no practice table", "pas de tableau des pratiques"))
        if is_other_document(code.edition):
            said = "no number of practices is known for this document", "nombre de pratiques inconnu pour ce document"
            return missing(about(host.name, *said))
        count, least = sum(practice.expected for practice in host.practices), int(limit)
        said = f"{count}, not {least}", f"{count}, et non {least}"
        return agrees() if count >= least else contradicts(about(host.name, *said))

    return each(facts.hosts, check, NO_HOST)


@precheck("expected-practices-done")
def _expected(facts: Facts, _limit: Limit) -> Outcome:
    return _table(facts, lambda name, rows: _done(name, [p for p in rows if p.expected], _DONE))


@precheck("expected-practices-of-value-5")
def _value_5(facts: Facts, _limit: Limit) -> Outcome:
    def check(name: str, rows: tuple[HostPractice, ...]) -> Outcome:
        return _done(name, [p for p in rows if p.expected and p.value == 5], ("implemented",))

    return _table(facts, check)


@precheck("left-out-practices-explained")
def _explained(facts: Facts, _limit: Limit) -> Outcome:
    def check(name: str, rows: tuple[HostPractice, ...]) -> Outcome:
        silent = [p.name for p in rows if p.expected and p.status in LEFT_OUT and not p.justification.strip()]
        if not silent:
            return agrees()
        return contradicts(
            about(name, f"no justification of {names(silent)}", f"sans justification\u00a0: {names(silent)}")
        )

    return _table(facts, check)


@precheck("audit-age")
def _audit_age(facts: Facts, limit: Limit) -> Outcome:
    def check(host: HostFacts) -> Outcome:
        code = code_of(host)
        date = read_date(code.audit.date) if code and code.audit else None
        if date is None:
            return missing(about(host.name, "no audit", "pas d’audit"))
        days = (facts.as_of - date).days
        age = written(days)
        found = about(host.name, f"{date}, {age.en} days ago", f"{date}, il y a {age.fr} jours")
        return agrees(found) if days <= float(limit) else contradicts(found)

    return each(facts.hosts, check, NO_HOST)


@precheck("auditor-independent")
def _auditor(facts: Facts, _limit: Limit) -> Outcome:
    def check(host: HostFacts) -> Outcome:
        code = code_of(host)
        if code is None or code.audit is None:
            return missing(about(host.name, "no audit", "pas d’audit"))
        if code.audit.independent:
            return agrees(about(host.name, code.audit.by, code.audit.by))
        return contradicts(about(host.name, f"{code.audit.by}, not independent", f"{code.audit.by}, non indépendant"))

    return each(facts.hosts, check, NO_HOST)


@precheck("refrigerants-below-limit")
def _refrigerants(facts: Facts, limit: Limit) -> Outcome:
    def check(host: HostFacts) -> Outcome:
        if not host.fluids:
            return missing(about(host.name, "no refrigerant stated", "aucun fluide indiqué"))
        fluid = max(host.fluids, key=lambda f: f.warming)
        number = written(fluid.warming)
        said = about(
            host.name,
            f"{fluid.name} {number.en} ({fluid.basis.en})",
            f"{fluid.name} {number.fr} ({fluid.basis.fr})",
        )
        return agrees(said) if fluid.warming <= float(limit) else contradicts(said)

    return each(facts.hosts, check, NO_HOST)


def _waste(facts: Facts, check: Callable[[HostFacts, Waste], Outcome]) -> Outcome:
    def of_host(host: HostFacts) -> Outcome:
        waste = host.declared.waste if host.declared else None
        return check(host, waste) if waste else missing(about(host.name, "nothing stated", "rien d’indiqué"))

    return each(facts.hosts, of_host, NO_HOST)


@precheck("waste-plan-referenced")
def _waste_plan(facts: Facts, _limit: Limit) -> Outcome:
    def check(host: HostFacts, waste: Waste) -> Outcome:
        if waste.plan:
            return agrees(about(host.name, waste.plan, waste.plan))
        return contradicts(about(host.name, "no plan named", "aucun plan cité"))

    return _waste(facts, check)


@precheck("waste-route-secured")
def _waste_route(facts: Facts, _limit: Limit) -> Outcome:
    def check(host: HostFacts, waste: Waste) -> Outcome:
        if not waste.route:
            return missing(about(host.name, "no route stated", "aucune voie indiquée"))
        if waste.route == "none":
            return contradicts(about(host.name, "nothing secures it", "rien ne le garantit"))
        return agrees()

    return _waste(facts, check)


@precheck("basin-stress-stated")
def _basin(facts: Facts, _limit: Limit) -> Outcome:
    def check(host: HostFacts) -> Outcome:
        stated = host.declared is not None and host.declared.water is not None
        return agrees() if stated else missing(about(host.name, "not stated", "non indiqué"))

    return each(facts.hosts, check, NO_HOST)


@precheck("water-equals-wue-times-energy")
def _water(facts: Facts, limit: Limit) -> Outcome:
    def check(host: HostFacts) -> Outcome:
        expected, counted = host.expected_water, host.water
        if expected is None:
            return missing(about(host.name, "no WUE of the host", "pas de WUE de l’hébergeur"))
        there, here = expected.value, counted.best_in(expected.unit) if counted is not None else 0.0
        by_wue, in_study = written(there, digits=3), written(float(here), digits=3)
        said = about(
            host.name,
            f"{in_study.en} L counted, {by_wue.en} L by the host’s WUE",
            f"{in_study.fr} L comptés, {by_wue.fr} L d’après le WUE de l’hébergeur",
        )
        return agrees(said) if abs(here - there) <= float(limit) * there else contradicts(said)

    return each(facts.hosts, check, NO_HOST)


@precheck("distance-to-protected-area-stated")
def _distance(facts: Facts, _limit: Limit) -> Outcome:
    def check(host: HostFacts) -> Outcome:
        stated = host.declared is not None and host.declared.protected_area_distance is not None
        return agrees() if stated else missing(about(host.name, "not stated", "non indiquée"))

    return each(facts.hosts, check, NO_HOST)


def _risk(facts: Facts, check: Callable[[HostFacts, ClimateRisk], Outcome]) -> Outcome:
    def of_host(host: HostFacts) -> Outcome:
        risk = host.declared.climate_risk if host.declared else None
        return check(host, risk) if risk else missing(about(host.name, "nothing stated", "rien d’indiqué"))

    return each(facts.hosts, of_host, NO_HOST)


@precheck("hazards-screened")
def _hazards(facts: Facts, _limit: Limit) -> Outcome:
    def check(host: HostFacts, risk: ClimateRisk) -> Outcome:
        screened = {*risk.material, *risk.not_material}
        count, of = len(screened), len(facts.hazards)
        said = about(host.name, f"{count} of {of} hazards", f"{count} aléas sur {of}")
        return agrees(said) if screened >= set(facts.hazards) else contradicts(said)

    return _risk(facts, check)


@precheck("scenario-named")
def _scenario(facts: Facts, _limit: Limit) -> Outcome:
    def check(host: HostFacts, risk: ClimateRisk) -> Outcome:
        if not risk.scenarios:
            return contradicts(about(host.name, "no scenario", "aucun scénario"))
        return agrees(joined([about(host.name, name, name) for name in risk.scenarios]))

    return _risk(facts, check)


@precheck("horizon-long-enough")
def _horizon(facts: Facts, limit: Limit) -> Outcome:
    def check(host: HostFacts, risk: ClimateRisk) -> Outcome:
        if risk.lifespan is None:
            return missing(about(host.name, "lifespan not stated", "durée de vie non indiquée"))
        if years(risk.lifespan) < float(limit):
            return agrees(Text("lifespan below ten years", "durée de vie inférieure à dix ans"))
        if risk.horizon is None:
            return missing(about(host.name, "horizon not stated", "horizon non indiqué"))
        reach = written(years(risk.horizon))
        said = about(host.name, f"{reach.en} years", f"{reach.fr} ans")
        return agrees(said) if years(risk.horizon) >= float(limit) else contradicts(said)

    return _risk(facts, check)

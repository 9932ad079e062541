"""What of a study a reader may change: its places, PUE, lifetimes, volumes, and what is announced of its benefit."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from lca.assessment.record import Record
from lca.assessment.what_if.control import (
    ADOPTION,
    ATTRIBUTION,
    LIFETIME,
    REBOUND,
    VOLUME,
    Chosen,
    Control,
    Patch,
    inputs_of,
    unit_of,
)
from lca.assessment.what_if.places import place_controls
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Computed, Quantity
from lca.quantities.trees import walk
from lca.quantities.units import conversion
from lca.subjects.benefit.declared import Benefit, Effect, Enabling, Harm
from lca.subjects.benefit.shares import claims_beside
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.machine import Machine
from lca.subjects.footprint.requests import busy_time
from lca.subjects.footprint.stages.inference import Inference, counted_of

#: The longest and the shortest life of a machine, in years.
LIVES = (0.1, 50.0)
#: A volume is taken from a thousandth to a thousand times what is stated.
REACH = 1000.0
#: The largest rebound that is offered: above it the effect turns into harm.
WHOLE = 1.0


def controls(record: Record) -> Iterator[Control]:
    """Yield what may be changed; some of it may stand under no figure."""
    yield from place_controls(record)
    yield from _lifetimes(record)
    yield from _volumes(record)
    benefit = record.study.get(Benefit)
    if benefit is not None:
        yield from _adoption(benefit)
        yield from _attributions(benefit)
        yield from _rebounds(benefit)


def _lifetimes(record: Record) -> Iterator[Control]:
    """Yield the lifetime of each machine, found where its use wears it out: a default serves other machines too."""
    for name, machine in record.study[ProductSystem].machines.items():
        control = f"{machine.path}.lifetime"
        shares = [use.share for use in record.footprint.inventory.uses if use.machine == name]
        lives = {edge: part for edge, argument, part in inputs_of(shares) if argument == "lifetime"}
        yield Control(
            name=control,
            kind=LIFETIME,
            path=machine.path,
            edges=dict.fromkeys(lives, control),
            low=_shortest(record, machine, lives.values()),
            high=LIVES[1],
            unit="year",
            patch=((("machines", name, "lifetime"), Chosen("year")),),
        )


def _shortest(record: Record, machine: Machine, lives: Iterable[Quantity]) -> float:
    """Return the shortest life that is offered: of a machine kept for the project, one that lets its activities' time suffice."""
    duration = record.study.about.duration
    if not machine.dedicated or duration is None:
        return LIVES[0]
    kept = duration.value * conversion(duration.unit, "year")
    return max(LIVES[0], min([kept, *(life.best_in("year") for life in lives)]))


def _volumes(record: Record) -> Iterator[Control]:
    """Yield the volume of each service, found in its own flows: another descriptor may name a service alike."""
    study = record.benefit.study
    for name, service in record.study[ProductSystem].inference.items():
        counted = counted_of(service)
        if counted is None or service.metered is not None:
            continue
        high = _floor(_most(record, service) * counted.value)
        trees = [flow.quantity for flow in record.footprint.flows if flow.activity == service.path]
        trees += [uses for uses in (study.uses.get(name, ()) if study is not None else ()) if uses is not None]
        below = counted.path.removeprefix(f"{service.path}.").split(".")
        yield Control(
            name=counted.path,
            kind=VOLUME,
            path=service.path,
            edges={
                edge: counted.path
                for edge, _, part in inputs_of(trees)
                if not isinstance(part.origin, Computed) and part.origin.record == counted.record
            }
            if high > 0
            else {},
            low=counted.value / REACH,
            high=high,
            unit=counted.unit,
            written=unit_of(counted),
            patch=((("inference", name, *below), Chosen(unit_of(counted))),),
        )


def _most(record: Record, service: Inference) -> float:
    """Return how many times its volume a service's machines allow; 0 where the figures would not follow a change.

    What a machine that is kept for the service has no time for is refused. One that is kept for the project and has no time left
    would have some, with flows of its own.
    """
    system, uses = record.study[ProductSystem], record.footprint.inventory.uses
    own = [use for use in uses if use.activity == service.path]
    if service.reserved and service.time_per_request is not None:
        flows = (flow.quantity for flow in record.footprint.flows if flow.activity == service.path)
        busy = [q for q in walk(flows) if _is(q.origin, busy_time.name)]
        return min([REACH, *(own[0].time.best_in("h") / q.best_in("h") for q in busy[:1] if own)])
    machine = system.machines.get(service.on)
    if machine is None or not machine.dedicated or record.study.about.duration is None or not own:
        return REACH
    unused = [use.share.value for use in uses if use.activity == f"equipment.{machine.name}"]
    return min(REACH, 1 + unused[0] / sum(use.share.value for use in own)) if unused else 0.0


def _is(origin: object, formula: str) -> bool:
    return isinstance(origin, Computed) and origin.formula.name == formula


def _adoption(benefit: Benefit) -> Iterator[Control]:
    """Yield one factor for all adoptions: what is stated by year, and all of it where nothing is."""
    records: dict[str, str] = {}
    patch: Patch = ()
    highest = 0.0
    for kind, record in _growing(benefit):
        stated = [one.value * conversion(one.unit, "1") for one in record.ramp_up] or [1.0]
        records |= {one.record: "benefit.adoption" for one in record.ramp_up}
        records[f"stated/{record.path}.full-adoption"] = "benefit.adoption"
        patch += ((("benefit", kind, record.name, "ramp_up"), Chosen(times=tuple(stated))),)
        highest = max(highest, *stated)
    if highest > 0:
        high = max(1.0, _floor(1 / highest))
        yield Control(name="benefit.adoption", kind=ADOPTION, records=records, high=high, factor=True, patch=patch)


def _growing(benefit: Benefit) -> Iterator[tuple[str, Effect | Harm]]:
    """Yield what grows by an adoption of its own, with the key that it stands under."""
    yield from (("effects", effect) for effect in benefit.counted_effects)
    for harm in benefit.harms.values():
        if harm.ramp_up or harm.grows_with not in benefit.effects:
            yield "harms", harm


def _attributions(benefit: Benefit) -> Iterator[Control]:
    """Yield the project's share of each effect, harm and enabling cost; what partners have shared out stays as it is."""
    alone = [effect for effect in benefit.effects.values() if not claims_beside(benefit, effect)]
    groups: tuple[tuple[str, Iterable[Effect | Harm | Enabling]], ...] = (
        ("effects", alone),
        ("harms", benefit.harms.values()),
        ("enabling", benefit.enabling.values()),
    )
    for kind, group in groups:
        for record in group:
            path = f"{record.path}.attribution"
            patch = ((("benefit", kind, record.name, "attribution"), Chosen()),)
            yield Control(name=path, kind=ATTRIBUTION, path=record.path, records={_record(path): path}, patch=patch)


def _rebounds(benefit: Benefit) -> Iterator[Control]:
    """Yield the rebound of each effect; none is assumed where none is stated."""
    for effect in benefit.counted_effects:
        name, path = effect.name, f"{effect.path}.rebound"
        stated = effect.rebound.value * conversion(effect.rebound.unit, "1") if effect.rebound is not None else 0.0
        ruled_out: Patch = ((("benefit", "effects", name, "no_rebound"), None),) if effect.no_rebound else ()
        yield Control(
            name=path,
            kind=REBOUND,
            path=effect.path,
            records={_record(path): path},
            high=max(WHOLE, stated),
            patch=(*ruled_out, (("benefit", "effects", name, "rebound"), Chosen())),
        )


def _floor(most: float) -> float:
    """Return a bound with six digits that does not pass the bound itself, not even by the last one."""
    rounded = float(f"{most:.6g}")
    return rounded if rounded <= most else float(f"{most - 10 ** math.floor(math.log10(most) - 5):.6g}")


def _record(path: str) -> str:
    return Stated(path, 0.0, "1").record

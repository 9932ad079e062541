"""Bounds that an input of a real project does not leave; beyond them the report doubts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from lca.catalogue.book import FactorBook
from lca.descriptor.descriptor import Descriptor
from lca.problems import Location, Problem
from lca.quantities.formula import total
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity, Sampler
from lca.quantities.units import conversion
from lca.subjects.footprint.computation import is_amount
from lca.subjects.footprint.coverage import LIFE_OR_DIRECT, MIX, coverages
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.flow import Context, Flow, Use
from lca.subjects.footprint.impacts import implied_factor
from lca.subjects.footprint.inventory import Inventory, new_context
from lca.subjects.footprint.machine import Machine, active_power, host_power
from lca.subjects.footprint.machine_work import MachineWork, machine_work, repeated_time
from lca.subjects.footprint.processor import identify
from lca.subjects.footprint.supply import Supply

#: Climate impact of electricity, kgCO2e/kWh: below the cleanest grids and above any coal plant.
INTENSITY = (0.005, 1.5)
#: Published factors of one zone differ up to three times; beyond, it is another place, another unit or another thing.
FAR = 3.0
HIGHEST_PUE = 3.0
#: A machine may draw half as much again as the parts that are described, for those that are not.
ABOVE_PARTS = 1.5
#: Floating-point sums may exceed a bound by this much.
SLACK = 1 + 1e-9


class Limits(Struct, frozen=True, eq=False):
    """What a project's machines can do: for each activity its work, for each machine the most it draws and works.

    A machine whose number nobody states has no most of `hours`.
    """

    work: Mapping[str, MachineWork]
    power: Mapping[str, Quantity]
    hours: Mapping[str, float]


def limits_of(descriptor: Descriptor, book: FactorBook) -> Limits:
    """Return what the machines of a project can do, at the best estimates; machines without a period have no limit."""
    context = new_context(descriptor, book, Sampler(0, 0))
    work = {item.activity: item for item in machine_work(descriptor, context)}
    power = {name: highest_power(context, machine) for name, machine in descriptor[ProductSystem].machines.items()}
    period = descriptor.about.duration
    hours = {}
    if period is not None:
        span = period.value * conversion(period.unit, "h")
        fleets = {name: fleet_of(descriptor, m) for name, m in descriptor[ProductSystem].machines.items()}
        hours = {name: span * fleet for name, fleet in fleets.items() if fleet is not None}
    return Limits(work, {name: most for name, most in power.items() if most is not None}, hours)


def fleet_of(descriptor: Descriptor, machine: Machine) -> float | None:
    """Return how many machines of a kind there are; None where work is stated by amount, and on how many it ran is not.

    Hours of accelerators, and requests, are an amount of work: that it took one machine is nowhere said. A duration is that of
    one machine where no number is stated, for so it is computed.
    """
    if machine.count is not None:
        return machine.count.value
    system = descriptor[ProductSystem]
    works = (*system.training.values(), *system.experiments.values())
    by_hours = any(work.on == machine.name and work.machines is None and is_amount(work) for work in works)
    by_requests = any(s.on == machine.name and s.time_per_request is not None for s in system.inference.values())
    return None if by_hours or by_requests else 1.0


def highest_power(context: Context, machine: Machine) -> Quantity | None:
    """Return what one machine draws with its parts at full load and the host around them; None where no part is known."""
    if not machine.kinds and machine.cpu is None:
        return active_power(context, machine, None, None) if machine.power is not None else None
    full = Stated("load.full", 1.0, "1", text="1")
    parts = replace(machine, power=None)
    active, host = active_power(context, parts, full, full), host_power(context, parts)
    if active is None:
        return None
    return total(f"highest power of {machine.name}", "W", [active, *([host] if host is not None else [])])


def doubts(descriptor: Descriptor, book: FactorBook, inventory: Inventory, limits: Limits) -> Iterator[Problem]:
    """Yield a warning for each input that leaves its bounds."""
    yield from _sites(descriptor, book, inventory.supplies)
    yield from _processors(descriptor, book)
    yield from _powers(descriptor, limits)
    yield from _times(descriptor, limits)
    yield from _mixed_coverage(descriptor, inventory.flows)
    yield from _worn(descriptor, inventory.uses)
    yield from _reserved(descriptor)


def _at(descriptor: Descriptor, path: str) -> Location:
    return descriptor.document.at(tuple(path.split(".")))


def _sites(descriptor: Descriptor, book: FactorBook, supplies: Mapping[str, Supply]) -> Iterator[Problem]:
    low, high = INTENSITY
    for name, site in descriptor[ProductSystem].sites.items():
        place = _at(descriptor, f"{site.path}.electricity")
        if site.electricity is not None:
            intensity = site.electricity.value * conversion(site.electricity.unit, "kgCO2e/kWh")
            known = declared_factor(descriptor, book, supplies, name)
            if not low <= intensity <= high:
                message = f"an electricity factor of {intensity:g} kgCO2e/kWh lies outside {low:g} to {high:g}"
                yield Problem(place, "LCA607", message, "grams and kilograms?")
            elif known is not None and not known / FAR <= intensity <= known * FAR:
                message = (
                    f"an electricity factor of {intensity:g} kgCO2e/kWh is far from the {known:.3g} of {site.location}"
                )
                yield Problem(place, "LCA607", message, "another place, or one contract instead of the grid?")
        if site.pue is not None and site.pue.value > HIGHEST_PUE:
            message = f"a PUE of {site.pue.value:g} is higher than that of any data centre surveyed"
            hint = "total energy of the site over that of its IT?"
            yield Problem(_at(descriptor, f"{site.path}.pue"), "LCA607", message, hint)


def declared_factor(
    descriptor: Descriptor, book: FactorBook, supplies: Mapping[str, Supply], site: str
) -> float | None:
    """Return what the catalogue holds for a site's declared zone and year, in kgCO2e/kWh."""
    supply = supplies.get(site)
    year = descriptor[ProductSystem].sites[site].year or descriptor.year
    factor = book.for_year(f"electricity/{supply.zone}", "gwp100", year) if supply and supply.zone and year else None
    return factor.value * conversion(factor.unit, "kgCO2e/kWh") if factor is not None else None


def mean_power(energy: Quantity, time: Quantity) -> Quantity:
    """Return the power, in kWh/h, of an energy over a time."""
    return implied_factor.bound(impact="kWh", flow="h")(impact=energy, flow=time)


def too_much(power: float, unit: str, most: Quantity) -> bool:
    """Say whether a power is above what a machine draws, with room for parts that are not described."""
    return power * conversion(unit, most.unit) > most.value * ABOVE_PARTS * SLACK


def _processors(descriptor: Descriptor, book: FactorBook) -> Iterator[Problem]:
    """Yield a warning for each processor whose stated power is not near what the catalogue holds of its model."""
    context = new_context(descriptor, book, Sampler(0, 0))
    for machine in descriptor[ProductSystem].machines.values():
        for processor in (*machine.kinds, *([machine.cpu] if machine.cpu is not None else [])):
            name = identify(context, processor) if processor.power is not None else ""
            known = book.find(f"processor/{name}/tdp") if name else None
            if processor.power is None or known is None:
                continue
            power, full = (one.value * conversion(one.unit, "W") for one in (processor.power, known))
            if not full / FAR <= power <= full * ABOVE_PARTS * SLACK:
                message = f"the `power` of {processor.path} is {power:,.0f} W, far from the {full:,.0f} W of this model"
                hint = "watts and kilowatts, one of them and all of them?"
                yield Problem(_at(descriptor, f"{processor.path}.power"), "LCA607", message, hint)


def _powers(descriptor: Descriptor, limits: Limits) -> Iterator[Problem]:
    hint = "watts and kilowatts, one machine and all of them, hours and processor-hours?"
    for name, most in limits.power.items():
        machine = descriptor[ProductSystem].machines[name]
        for key, stated in (("power", machine.power), ("idle_power", machine.idle_power)):
            if stated is not None and too_much(stated.value, stated.unit, most):
                message = f"`{key}` of {name} is above the {most.value:,.0f} W of its parts at full load"
                yield Problem(_at(descriptor, f"{machine.path}.{key}"), "LCA607", message, hint)
    sample = Sampler(0, 0)
    for item in limits.work.values():
        stage, _, name = item.activity.partition(".")
        activity, most_here = descriptor[ProductSystem].stage(stage)[name], limits.power.get(item.machine.name)
        energy: Stated | None = getattr(activity, "energy", None)
        if energy is None or most_here is None:
            continue
        power = mean_power(sample(energy), item.time)
        pue = item.supply.pue.value if item.supply.pue is not None and activity.energy_includes_pue else 1.0
        if too_much(power.value / pue, power.unit, most_here):
            message = (
                f"the energy of {item.activity} means {power.value / pue:.3g} kW a machine, of {most_here.value:,.0f} W"
            )
            yield Problem(_at(descriptor, f"{item.activity}.energy"), "LCA607", message, hint)


def _times(descriptor: Descriptor, limits: Limits) -> Iterator[Problem]:
    period = descriptor.about.duration
    if period is None:
        return
    hours = period.value * conversion(period.unit, "h")
    for activity in (*descriptor[ProductSystem].training.values(), *descriptor[ProductSystem].experiments.values()):
        duration: Stated | None = activity.duration
        if duration is None or duration.is_processor_time:
            continue
        if duration.value * conversion(duration.unit, "h") > hours * SLACK:
            message = f"{activity.path} lasts longer than the project"
            place = _at(descriptor, f"{activity.path}.duration")
            yield Problem(place, "LCA607", message, "wall-clock time, or processor-hours?")
    for name, most in limits.hours.items():
        times = [repeated_time(time=w.time, repeats=w.repeats) for w in limits.work.values() if w.machine.name == name]
        worked = sum(time.value for time in times)
        if worked > most * SLACK:
            message = f"the activities work {worked:,.0f} h on `{name}`, which has {most:,.0f} h in the project's time"
            place = _at(descriptor, descriptor[ProductSystem].machines[name].path)
            yield Problem(place, "LCA607", message, "check `count`, durations and the project's `duration`")


def _mixed_coverage(descriptor: Descriptor, flows: Iterable[Flow]) -> Iterator[Problem]:
    """Yield a warning where a total adds electricity factors of unlike coverage."""
    covered = coverages(descriptor, flows)
    for pair, message in (
        (LIFE_OR_DIRECT, "the total adds direct and life-cycle electricity factors"),
        (MIX, "the total adds electricity factors of the production mix and of the consumption mix"),
    ):
        if pair <= covered:
            yield Problem(_at(descriptor, "sites"), "LCA602", message, "compare sites with like coverage only")


def _worn(descriptor: Descriptor, uses: Iterable[Use]) -> Iterator[Problem]:
    """Yield a warning for each kind of machine of which more is worn out than was made."""
    shares = list(uses)
    for name, machine in descriptor[ProductSystem].machines.items():
        worn = sum(use.share.value for use in shares if use.machine == name)
        count = fleet_of(descriptor, machine)
        if count is not None and worn > count * SLACK:
            message = f"the activities wear out {worn:.3g} of {count:g} machines `{name}`: more than were made"
            hint = "check durations, `count`, `lifetime` and `utilisation`"
            yield Problem(_at(descriptor, machine.path), "LCA607", message, hint)


def _reserved(descriptor: Descriptor) -> Iterator[Problem]:
    """Yield a warning for each service that reserves a machine on which another service runs too."""
    for service in descriptor[ProductSystem].inference.values():
        others = [
            other.path
            for other in descriptor[ProductSystem].inference.values()
            if other is not service and service.reserved and service.reserved in (other.on, other.reserved)
        ]
        if others:
            message = f"`{service.reserved}` is reserved for {service.path}, and {', '.join(others)} runs on it too"
            hint = (
                "its time is counted twice unless one follows the other; describe two machines, or share it with `on`"
            )
            yield Problem(_at(descriptor, f"{service.path}.reserved"), "LCA607", message, hint)

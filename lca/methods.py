"""The same machine work as other methods count it: their own rule, their own data where these may be shipped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lca.activities.compute import Experiments, Training, time_of_work
from lca.activities.flow import Context
from lca.activities.inference import busy_time, requests_of
from lca.activities.machine import Machine, active_power, count_of, full_power_of, host_power, identify, load_of
from lca.activities.site import Supplies, Supply
from lca.factors import FactorBook
from lca.impacts import characterised
from lca.inventory import new_context
from lca.project import Project
from lca.provenance import Stated
from lca.quantity import Quantity, Sampler, formula, total
from lca.uncertainty import Array

#: Data versions of the Green Algorithms calculator that the catalogue holds.
GREEN_ALGORITHMS_VERSIONS = ("1.0", "2.0", "2.2", "3.0")


@dataclass(frozen=True, slots=True, eq=False)
class MethodResult:
    """What a method gives for the activities that it can count; a figure is None where its data lack the place.

    `name` finds the method's words in the locales (`green-algorithms`, `patterson`, `ml-co2-impact`); `left_out` holds the
    paths of the activities that the method does not count at all.
    """

    name: str
    version: str
    energy: Quantity | None
    carbon: Quantity | None
    counted: tuple[str, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class MachineWork:
    """Machine time of one activity, with what the methods ask about the machine."""

    activity: str
    machine: Machine
    supply: Supply
    time: Quantity
    repeats: Quantity
    gpu_load: Stated | None
    cpu_load: Stated | None
    continuous: bool = False


@formula("kWh", source="lannelongue-2021")
def green_algorithms_energy(processors: Array, memory: Array, time: Array, pue: Array, repeats: Array) -> Array:
    """Energy by the rule of Green Algorithms: processors by their use, memory by what is available.

    Args:
        processors [kW]: power of the processors.
        memory [kW]: power of the memory available.
        time [h]: run time.
        pue [1]: power usage effectiveness.
        repeats [1]: the calculator's multiplicative factor.
    """
    return (processors + memory) * time * pue * repeats


@formula("kWh", source="patterson-2021")
def patterson_energy(time: Array, processors: Array, power: Array, pue: Array) -> Array:
    """Energy by Patterson et al.: hours, processors, mean power of one with its share of the server, PUE.

    Args:
        time [h]: hours to train, repeats included.
        processors [1]: processors of one machine.
        power [kW]: mean power per processor.
        pue [1]: power usage effectiveness.
    """
    return time * processors * power * pue


@formula("kW", source="patterson-2021")
def power_per_processor(machine: Array, processors: Array) -> Array:
    """Mean power of one processor with its share of the whole server.

    Args:
        machine [kW]: power of one machine.
        processors [1]: processors of one machine.
    """
    return machine / processors


@formula("kWh", source="lacoste-2019")
def ml_co2_energy(count: Array, design_power: Array, time: Array, repeats: Array) -> Array:
    """Energy by ML CO2 Impact: thermal design power times hours; no PUE, no memory, no host.

    Args:
        count [1]: accelerators of one machine.
        design_power [kW]: thermal design power of one.
        time [h]: run time.
        repeats [1]: runs of the same work.
    """
    return count * design_power * time * repeats


@formula("W", source="lannelongue-2021")
def available_memory_power(capacity: Array, count: Array, power: Array) -> Array:
    """Power of the memory available, by the calculator's rule.

    Args:
        capacity [GB]: memory of one device or host.
        count [1]: number of them.
        power [W/GB]: power per capacity.
    """
    return capacity * count * power


@formula("W", source="lannelongue-2021")
def used_power(count: Array, full_power: Array, usage: Array) -> Array:
    """Power of processors by their use.

    Args:
        count [1]: processors of one machine.
        full_power [W]: thermal design power of one.
        usage [1]: usage factor.
    """
    return count * full_power * usage


@formula("kgCO2e", source="sci-2024")
def software_carbon_intensity(operational: Array, embodied: Array, units: Array) -> Array:
    """Score of the SCI specification: operational and embodied emissions per functional unit.

    Args:
        operational [kgCO2e]: emissions of the energy used.
        embodied [kgCO2e]: share of the hardware's manufacture.
        units [1]: functional units delivered.
    """
    return (operational + embodied) / units


def other_methods(project: Project, book: FactorBook) -> tuple[MethodResult, ...]:
    """Return the project's machine work as each method counts it, at the best estimates."""
    context = new_context(project, book, Sampler(0, 0))
    work = list(_machine_work(project, context))
    stages = (project.stage(stage).values() for stage in ("training", "experiments", "inference"))
    paths = {activity.path for activities in stages for activity in activities}
    others = {a.path for s in ("collection", "transfer", "storage", "equipment") for a in project.stage(s).values()}
    counted = tuple(w.activity for w in work)
    left_out = tuple(sorted((paths | others) - set(counted)))
    results = [_green_algorithms(context, work, version, counted, left_out) for version in GREEN_ALGORITHMS_VERSIONS]
    results.append(
        _with_our_factors(context, "patterson", work, [_patterson(context, w) for w in work], counted, left_out)
    )
    results.append(
        _with_our_factors(context, "ml-co2-impact", work, [_ml_co2(context, w) for w in work], counted, left_out)
    )
    return tuple(results)


def _machine_work(project: Project, context: Context) -> Iterator[MachineWork]:
    supplies = Supplies(context, project.sites)
    one = context.sample(Stated("methods.once", 1.0, "1", text="1"), "once")

    def of(work: Training | Experiments, activity: str, repeats: Quantity) -> MachineWork | None:
        machine = project.machines.get(work.on)
        supply = supplies.of_site(work.site or machine.site) if machine else None
        time = time_of_work(context, machine, work) if machine else None
        if machine is None or supply is None or time is None or work.stated is not None:
            return None
        return MachineWork(activity, machine, supply, time, repeats, work.gpu_load, work.cpu_load)

    found: list[MachineWork | None] = [of(training, training.path, one) for training in project.training.values()]
    for experiments in project.experiments.values():
        if experiments.repeats:
            runs = count_of(context, experiments.runs, f"{experiments.path}.runs")
            relative = count_of(context, experiments.relative_duration, f"{experiments.path}.relative_duration")
            repeats = repeated_runs(runs=runs, relative_duration=relative)
            found.append(of(project.training[experiments.repeats.removeprefix("training.")], experiments.path, repeats))
        else:
            found.append(of(experiments, experiments.path, one))
    for service in project.inference.values():
        machine = project.machines.get(service.on or service.reserved)
        requests = requests_of(context, service)
        supply = supplies.of_site(machine.site) if machine else None
        if machine and requests and supply and service.time_per_request is not None:
            batch = count_of(context, service.batch, f"{service.path}.batch")
            time = busy_time(requests=requests, time=context.sample(service.time_per_request), batch=batch)
            found.append(
                MachineWork(
                    service.path, machine, supply, time, one, service.gpu_load, service.cpu_load, continuous=True
                )
            )
    yield from (w for w in found if w is not None and (w.machine.gpu or w.machine.cpu))


@formula("1", source="lannelongue-2021")
def repeated_runs(runs: Array, relative_duration: Array) -> Array:
    """The calculator's multiplicative factor of repeats.

    Args:
        runs [1]: number of repeats.
        relative_duration [1]: duration of one over that of the named run.
    """
    return runs * relative_duration


def _green_algorithms(
    context: Context, work: list[MachineWork], version: str, counted: tuple[str, ...], left_out: tuple[str, ...]
) -> MethodResult:
    """Apply the calculator's rule with one version of its data."""
    book, prefix = context.book, f"calculator/v{version}"
    energies: list[Quantity] = []
    carbons: list[Quantity] = []
    for item in work:
        machine, site = item.machine, item.supply.site
        memory_power = context.default(f"{prefix}/memory-power")
        known = book.find(f"{prefix}/pue/{site.provider.casefold()}") if site.provider else None
        pue = context.sample(site.pue or known or book.get(f"{prefix}/pue/unknown"))
        processors = [
            used_power(
                count=count_of(context, p.count, f"{p.path}.count"), full_power=full, usage=load_of(context, load)
            )
            for p, load in ((machine.gpu, item.gpu_load), (machine.cpu, item.cpu_load))
            if p is not None and (full := full_power_of(context, p)) is not None
        ]
        if not processors:
            continue
        energy = green_algorithms_energy(
            processors=total(f"processors of {machine.name}", "W", processors),
            memory=_memory(context, machine, memory_power),
            time=item.time,
            pue=pue,
            repeats=_calendar(context, item, version),
        ).named(f"{item.activity}: energy by Green Algorithms v{version}")
        energies.append(energy)
        intensity = book.find(f"{prefix}/carbon-intensity/{item.supply.zone}", "gwp100")
        if intensity is not None:
            bound = characterised.bound(flow="kWh", impact="gCO2e")
            carbons.append(bound(flow=energy, factor=context.sample(intensity)).named(item.activity))
    whole = total(f"energy by Green Algorithms v{version}", "kWh", energies) if energies else None
    complete = bool(carbons) and len(carbons) == len(energies)
    carbon = total(f"Green Algorithms v{version}", "kgCO2e", carbons) if complete else None
    return MethodResult("green-algorithms", version, whole, carbon, counted, left_out)


def _calendar(context: Context, item: MachineWork, version: str) -> Quantity:
    """Return the repeats of some work; version 3.0 counts twelve months of thirty days for a service that goes on."""
    if not item.continuous or version != "3.0":
        return item.repeats
    year_of_360_days = Stated("methods.green-algorithms-year", 360 / 365.25, "1", text="360 / 365.25")
    return context.sample(year_of_360_days, "a year of 360 days")


def _memory(context: Context, machine: Machine, power: Quantity) -> Quantity:
    """Return the power of the memory that the calculator asks for: the host's where stated, else the accelerators' own."""
    one = context.sample(Stated("methods.once", 1.0, "1", text="1"), "once")
    if machine.memory is not None:
        return available_memory_power(capacity=context.sample(machine.memory), count=one, power=power)
    name = identify(context, machine.gpu) if machine.gpu else None
    factor = context.book.find(f"processor/{name}/memory") if name else None
    if machine.gpu is None or factor is None:
        nothing = context.sample(Stated(f"{machine.path}.memory", 0.0, "GB", text="0 GB"), "memory not stated")
        return available_memory_power(capacity=nothing, count=one, power=power)
    count = count_of(context, machine.gpu.count, f"{machine.gpu.path}.count")
    return available_memory_power(capacity=context.sample(factor), count=count, power=power)


def _patterson(context: Context, item: MachineWork) -> Quantity | None:
    machine, processor = item.machine, item.machine.gpu or item.machine.cpu
    active, host = active_power(context, machine, item.gpu_load, item.cpu_load), host_power(context, machine)
    if active is None or processor is None:
        return None
    whole = total(f"power of {machine.name} with its host", "W", [active, *([host] if host else [])])
    count = count_of(context, processor.count, f"{processor.path}.count")
    none = context.sample(Stated("methods.no-pue", 1.0, "1", text="1"), "no data centre around it")
    time = repeated_time(time=item.time, repeats=item.repeats)
    power = power_per_processor(machine=whole, processors=count)
    return patterson_energy(time=time, processors=count, power=power, pue=item.supply.pue or none)


@formula("h", source="patterson-2021")
def repeated_time(time: Array, repeats: Array) -> Array:
    """Hours of all repeats.

    Args:
        time [h]: hours of one run.
        repeats [1]: repeats.
    """
    return time * repeats


def _ml_co2(context: Context, item: MachineWork) -> Quantity | None:
    gpu = item.machine.gpu
    full = full_power_of(context, gpu) if gpu else None
    if gpu is None or full is None:
        return None
    count = count_of(context, gpu.count, f"{gpu.path}.count")
    return ml_co2_energy(count=count, design_power=full, time=item.time, repeats=item.repeats)


def _with_our_factors(
    context: Context,
    name: str,
    work: list[MachineWork],
    energies: list[Quantity | None],
    counted: tuple[str, ...],
    left_out: tuple[str, ...],
) -> MethodResult:
    """Multiply a method's energies by this study's electricity factors, where the method ships none that may be used."""
    known = [(w, e) for w, e in zip(work, energies, strict=True) if e is not None]
    bound = characterised.bound(flow="kWh", impact="kgCO2e")
    carbons = [
        bound(flow=energy, factor=context.sample(item.supply.factors["gwp100"])).named(item.activity)
        for item, energy in known
        if "gwp100" in item.supply.factors
    ]
    energy = total(f"energy by {name}", "kWh", [e for _, e in known]) if known else None
    carbon = total(name, "kgCO2e", carbons) if carbons else None
    return MethodResult(name, "", energy, carbon, counted, left_out)

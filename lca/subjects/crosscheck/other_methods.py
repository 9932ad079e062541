"""The same machine work as other methods count it: their own rule, their own data where these may be shipped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from lca.catalogue.book import FactorBook
from lca.descriptor.descriptor import Descriptor
from lca.quantities.formula import total
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity, Sampler
from lca.subjects.crosscheck.formulas import (
    available_memory_power,
    green_algorithms_energy,
    ml_co2_energy,
    patterson_energy,
    power_per_processor,
    used_power,
)
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.flow import STAGES, Context
from lca.subjects.footprint.impacts import characterised, equivalent_amount
from lca.subjects.footprint.inventory import new_context
from lca.subjects.footprint.machine import (
    Machine,
    accelerators_in,
    active_power,
    host_power,
    node_share,
    of_the_node,
)
from lca.subjects.footprint.machine_work import MachineWork, machine_work, repeated_time
from lca.subjects.footprint.processor import count_of, full_power_of, identify, load_of, number_in
from lca.subjects.footprint.site import Site

#: Data versions of the Green Algorithms calculator that the catalogue holds.
GREEN_ALGORITHMS_VERSIONS = ("1.0", "2.0", "2.2", "3.0")
#: Days in a year of the calculator's version 3.0, by the unit in which a service states its use: twelve months of thirty days
#: or of four weeks.
DAYS_OF_YEAR_IN_V3 = {"d": 360, "week": 336}
#: What the calculator's page sets beside a carbon footprint.
CALCULATOR_EQUIVALENTS = ("tree-year", "car-eu-km", "flight-paris-london")

#: Energy and carbon of one activity; no carbon where the method's data lack the place.
MethodFigures = tuple[Quantity, Quantity | None]


class MethodResult(Struct, frozen=True, eq=False):
    """What a method gives for the activities that it can count; a figure is None where its data lack the place.

    `name` finds the method's words in the locales (`green-algorithms`, `patterson`, `ml-co2-impact`); `parts` holds the
    figures of each activity by its path, `left_out` the paths of the activities that the method does not count at all,
    `equivalents` what the method prints beside its carbon figure.
    """

    name: str
    version: str
    energy: Quantity | None
    carbon: Quantity | None
    parts: Mapping[str, MethodFigures]
    left_out: tuple[str, ...] = ()
    equivalents: Mapping[str, Quantity] = field(default_factory=dict)

    @property
    def counted(self) -> tuple[str, ...]:
        """The paths of the activities that the method counts."""
        return tuple(self.parts)

    @property
    def path(self) -> str:
        """The path under which the figures of the method are explained."""
        numbered = self.name == "green-algorithms"
        return f"methods.{self.name}{'-v' + self.version if numbered else ''}"


def other_methods(descriptor: Descriptor, book: FactorBook) -> tuple[MethodResult, ...]:
    """Return the project's machine work as each method counts it, at the best estimates."""
    context = new_context(descriptor, book, Sampler(0, 0))
    work = [w for w in machine_work(descriptor, context) if w.machine.kinds or w.machine.cpu]
    paths = {activity.path for stage in STAGES for activity in descriptor[ProductSystem].stage(stage).values()}
    results = [_green_algorithms(context, work, version) for version in GREEN_ALGORITHMS_VERSIONS]
    results.append(_with_our_factors(context, "patterson", work, [_patterson(context, w) for w in work]))
    results.append(_with_our_factors(context, "ml-co2-impact", work, [_ml_co2(context, w) for w in work]))
    results += _measured(descriptor, context)
    return tuple(replace(r, left_out=tuple(sorted(paths - r.parts.keys()))) for r in results)


def _measured(descriptor: Descriptor, context: Context) -> Iterator[MethodResult]:
    """Yield what each measuring tool prints itself, where its log was imported."""
    logged: dict[str, dict[str, MethodFigures]] = {}
    versions: dict[str, set[str]] = {}
    for activity in (*descriptor[ProductSystem].training.values(), *descriptor[ProductSystem].experiments.values()):
        by = activity.measured_by
        if by is not None and by.gwp100 is not None and activity.energy is not None:
            logged.setdefault(by.tool, {})[activity.path] = context.sample(activity.energy), context.sample(by.gwp100)
            versions.setdefault(by.tool, set()).add(by.version)
    for tool, parts in logged.items():
        yield _result(tool, ", ".join(sorted(versions[tool])), parts)


def figures_of_methods(results: Iterable[MethodResult]) -> dict[str, Quantity]:
    """Return every figure of the other methods by its path, such as `methods.patterson.training.final-model.energy`."""
    found: dict[str, Quantity] = {}
    for result in results:
        parts = {"": (result.energy, result.carbon), **{f".{path}": part for path, part in result.parts.items()}}
        for path, (energy, carbon) in parts.items():
            if energy is not None:
                found[f"{result.path}{path}.energy"] = energy
            if carbon is not None:
                found[f"{result.path}{path}.gwp100"] = carbon
        found |= {f"{result.path}.{name}": quantity for name, quantity in result.equivalents.items()}
    return found


def _result(name: str, version: str, parts: Mapping[str, MethodFigures]) -> MethodResult:
    """Add the parts of a method; a total that some part is missing from is no total."""
    title = f"{name} v{version}" if version else name
    carbons = [carbon for _, carbon in parts.values() if carbon is not None]
    energy = total(f"energy by {title}", "kWh", [e for e, _ in parts.values()]) if parts else None
    carbon = total(title, "kgCO2e", carbons) if carbons and len(carbons) == len(parts) else None
    return MethodResult(name, version, energy, carbon, parts)


def _green_algorithms(context: Context, work: list[MachineWork], version: str) -> MethodResult:
    """Apply the calculator's rule with one version of its data."""
    book, prefix = context.book, f"calculator/v{version}"
    parts: dict[str, MethodFigures] = {}
    for item in work:
        machine = item.machine
        processors = [
            used_power(count=number_in(context, kind), full_power=full, usage=load_of(context, item.gpu_load))
            for kind in machine.kinds
            if (full := full_power_of(context, kind)) is not None
        ]
        if machine.cpu is not None and (full := full_power_of(context, machine.cpu)) is not None:
            count, usage = number_in(context, machine.cpu), load_of(context, item.cpu_load)
            processors.append(of_the_node(context, machine, used_power(count=count, full_power=full, usage=usage)))
        if not processors:
            continue
        energy = green_algorithms_energy(
            processors=total(f"processors of {machine.name}", "W", processors),
            memory=_memory(context, machine, context.default(f"{prefix}/memory-power")),
            time=item.time,
            pue=_calculator_pue(context, item.supply.site, prefix),
            repeats=_calendar(context, item, version),
        ).named(f"{item.activity}: energy by Green Algorithms v{version}")
        intensity = book.find(f"{prefix}/carbon-intensity/{item.supply.zone}", "gwp100")
        bound = characterised.bound(flow="kWh", impact="gCO2e")
        carbon = bound(flow=energy, factor=context.sample(intensity)).named(item.activity) if intensity else None
        parts[item.activity] = energy, carbon
    result = _result("green-algorithms", version, parts)
    return replace(result, equivalents=_equivalents(context, result.carbon))


def _calculator_pue(context: Context, site: Site, prefix: str) -> Quantity:
    """Return the PUE by the calculator's rule: the stated one, its provider's, one for a computer that no data centre holds."""
    if site.pue is None and site.kind == "office":
        return context.sample(Stated("methods.no-pue", 1.0, "1", text="1"), "no data centre around it")
    known = context.book.find(f"{prefix}/pue/{site.provider.casefold()}") if site.provider else None
    return context.sample(site.pue or known or context.book.get(f"{prefix}/pue/unknown"))


def _calendar(context: Context, item: MachineWork, version: str) -> Quantity:
    """Return the repeats of some work; version 3.0 counts its own year for a service whose use is stated by day or week."""
    days = DAYS_OF_YEAR_IN_V3.get(item.per)
    if days is None or version != "3.0":
        return item.repeats
    stated = Stated(f"methods.green-algorithms-year-of-{days}-days", days / 365.25, "1", text=f"{days} / 365.25")
    return context.sample(stated, f"a year of {days} days")


def _equivalents(context: Context, carbon: Quantity | None) -> dict[str, Quantity]:
    """Return what the calculator's page sets beside a carbon footprint."""
    if carbon is None:
        return {}
    found: dict[str, Quantity] = {}
    for name in CALCULATOR_EQUIVALENTS:
        factor = context.book.get(f"equivalence/{name}", "gwp100")
        bound = equivalent_amount.bound(impact="kgCO2e", flow=factor.unit.partition("/")[2] or "1")
        found[name] = bound(impact=carbon, factor=context.sample(factor))
    return found


def _memory(context: Context, machine: Machine, power: Quantity) -> Quantity:
    """Return the power of the memory that the calculator asks for: the host's where stated, else the accelerators' own."""
    if machine.memory is not None:
        one = node_share(context, machine) or context.sample(Stated("methods.once", 1.0, "1", text="1"), "once")
        return available_memory_power(capacity=context.sample(machine.memory), count=one, power=power)
    own = [
        available_memory_power(capacity=context.sample(factor), count=number_in(context, kind), power=power)
        for kind in machine.kinds
        if (name := identify(context, kind)) and (factor := context.book.find(f"processor/{name}/memory")) is not None
    ]
    if not own:
        one = context.sample(Stated("methods.once", 1.0, "1", text="1"), "once")
        nothing = context.sample(Stated(f"{machine.path}.memory", 0.0, "GB", text="0 GB"), "memory not stated")
        return available_memory_power(capacity=nothing, count=one, power=power)
    return own[0] if len(own) == 1 else total(f"memory of the accelerators of {machine.name}", "W", own)


def _patterson(context: Context, item: MachineWork) -> Quantity | None:
    machine = item.machine
    active, host = active_power(context, machine, item.gpu_load, item.cpu_load), host_power(context, machine)
    if active is None:
        return None
    whole = total(f"power of {machine.name} with its host", "W", [active, *([host] if host else [])])
    if machine.kinds:
        count = accelerators_in(context, machine)
    else:
        count = count_of(context, machine.cpu.count if machine.cpu else None, f"{machine.path}.cpu.count")
    none = context.sample(Stated("methods.no-pue", 1.0, "1", text="1"), "no data centre around it")
    time = repeated_time(time=item.time, repeats=item.repeats)
    power = power_per_processor(machine=whole, processors=count)
    return patterson_energy(time=time, processors=count, power=power, pue=item.supply.pue or none)


def _ml_co2(context: Context, item: MachineWork) -> Quantity | None:
    kinds = item.machine.kinds
    full = full_power_of(context, kinds[0]) if len(kinds) == 1 else None  # the method knows one kind of accelerator
    if full is None:
        return None
    count = number_in(context, kinds[0])
    return ml_co2_energy(count=count, design_power=full, time=item.time, repeats=item.repeats)


def _with_our_factors(
    context: Context, name: str, work: list[MachineWork], energies: list[Quantity | None]
) -> MethodResult:
    """Multiply a method's energies by this study's electricity factors, where the method ships none that may be used."""
    bound = characterised.bound(flow="kWh", impact="kgCO2e")
    parts: dict[str, MethodFigures] = {}
    for item, energy in zip(work, energies, strict=True):
        if energy is not None:
            leaf = item.supply.factors.get("gwp100")
            carbon = bound(flow=energy, factor=context.sample(leaf)).named(item.activity) if leaf else None
            parts[item.activity] = energy, carbon
    return _result(name, "", parts)

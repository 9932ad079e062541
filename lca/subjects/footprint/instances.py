"""Machines that are described by their instance type: what the catalogue knows of it, beside what the descriptor states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import asdict, replace

from lca.catalogue.book import FactorBook
from lca.catalogue.instances import BY_GENERAL_KNOWLEDGE, InstanceType
from lca.catalogue.names import fold
from lca.descriptor.document import Document
from lca.problems import Location, Problem
from lca.quantities.provenance import Stated
from lca.quantities.units import conversion
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.flow import Leaf
from lca.subjects.footprint.machine import InstanceMachine, Machine
from lca.subjects.footprint.processor import Accelerator, Cpu, OfInstance, Processor

#: A stated figure is that of the type within one per cent; a memory may be written in GB or in GiB.
CLOSE = 0.01
GIB = 2**30 / 1e9
#: The accelerators or the processors of a machine.
Parts = TypeVar("Parts", bound=Processor)
#: Threads of a core that a provider sells as a vCPU each, where it names the processor.
THREADS = 2


class _Known(Struct, frozen=True):
    """One machine with its type, and what is needed to say what is wrong with the two."""

    book: FactorBook
    document: Document
    machine: Machine
    kind: InstanceType

    def problem(self, code: str, message: str, hint: str, *place: str) -> Problem:
        """Return a problem at a key of the machine, by default at `instance`."""
        path = ("machines", self.machine.name, *(place or ("instance",)))
        return Problem(self.document.at(path), code, message, hint)

    @property
    def processors(self) -> str:
        """What the type has of processors, in words."""
        kind = self.kind
        vcpu = f"{kind.vcpu:g} vCPU" if kind.vcpu else "its processor"
        if not kind.processor:
            return f"{vcpu} ({kind.platform})" if kind.platform else f"{vcpu} of a processor that is not named"
        known = ", from general knowledge" if kind.processor_source == BY_GENERAL_KNOWLEDGE else ""
        return f"{vcpu} of {kind.processor}{known}"

    @property
    def holds_host(self) -> bool:
        """Whether the default power of the host stands for processors and memory: of accelerators, unless `cpu` is stated."""
        return bool(self.kind.accelerator or self.machine.gpu) and self.machine.cpu is None


def with_instances(system: ProductSystem, document: Document, book: FactorBook) -> tuple[ProductSystem, list[Problem]]:
    """Return a product system in which each machine with an `instance` is as its type is, and what is wrong with these."""
    problems: list[Problem] = []
    described: dict[str, Machine] = {}
    for name, machine in system.machines.items():
        if not machine.instance:
            continue
        site = system.sites.get(machine.site)
        provider = book.regions.provider(site.provider) if site is not None else ""
        found = find_type(book, machine.instance, provider, document.at(("machines", name, "instance")))
        if isinstance(found, Problem):
            problems.append(found)
            continue
        known = _Known(book, document, machine, found)
        described[name] = _described(known)
        wrong = [*_elsewhere(known, system, provider), *_contradictions(known)]
        problems += wrong or _told(known)
    return (replace(system, machines={**system.machines, **described}) if described else system), problems


def find_type(book: FactorBook, name: str, provider: str, place: Location) -> InstanceType | Problem:
    """Return the type of a name, at a site of a provider if that is known, or what is wrong with it."""
    types = book.instances.find(name)
    here = [one for one in types if one.provider == provider]
    if len(types) == 1 or len(here) == 1:
        return (here or types)[0]
    if types:
        meant = " or ".join(f"{one.name} of {one.provider}" for one in types)
        return Problem(place, "LCA510", f"`{name}` may be {meant}", "state the `provider` of its site")
    near = book.instances.suggestion(name, provider if provider in book.instances.providers else "")
    describe = "describe it by `gpu`, `cpu` and `memory` in place of `instance`"
    hint = f"{near} or {describe}" if near else describe
    return Problem(place, "LCA511", f"the instance type `{name}` is unknown", hint)


def _described(known: _Known) -> InstanceMachine:
    """Return a machine with the parts of its type; what is stated of a part goes before it."""
    machine, kind = known.machine, known.kind
    share: Leaf | None = machine.host_share
    if share is None and kind.share and not (machine.gpu and not kind.accelerator):
        share = kind.factor("share of its host", kind.share, "1", "assumption")
    memory = machine.memory
    if memory is None and kind.memory:
        memory = kind.factor("memory", kind.memory * GIB, "GB")
    parts = {
        "gpu": _accelerators(known),
        "cpu": None if known.holds_host else _processors(known),
        "memory": None if known.holds_host else memory,
        "host_share": share,
        "kind": kind,
    }
    return InstanceMachine(**{**asdict(machine), **parts})


def _accelerators(known: _Known) -> Accelerator | None:
    machine, kind = known.machine, known.kind
    if not kind.accelerator:
        return machine.gpu
    count = kind.factor("accelerators", kind.accelerators, "1")
    return _of_type(
        machine.gpu,
        Accelerator(
            path=f"{machine.path}.instance",
            model=kind.accelerator,
            count=count,
            of_instance=OfInstance(
                f"`{kind.name}` has {kind.accelerators:.4g} × {kind.accelerator}",
                "state `gpu: {power: ...}` of one of them from the maker's data sheet",
            ),
        ),
    )


def _processors(known: _Known) -> Cpu:
    machine, kind, stated = known.machine, known.kind, known.machine.cpu
    if stated is not None and stated.model and not _is_model(known.book, stated.model, kind.processor):
        return stated
    share = f" ({kind.share:.3g} of those in its host)" if kind.share else ""
    count = _processors_of_vcpu(known)
    asked = "power: ..." if count is not None else "count: ..., power: ..."
    how_many = "" if count is not None else f", and how many of them the vCPU are{share}"
    return _of_type(
        stated,
        Cpu(
            path=f"{machine.path}.instance",
            model=kind.processor,
            count=count,
            of_instance=OfInstance(
                f"`{kind.name}` has {known.processors}",
                f"state `cpu: {{{asked}}}`: the maker's power of one processor{how_many}",
            ),
        ),
    )


def _processors_of_vcpu(known: _Known) -> Leaf | None:
    """Return how many processors the vCPU of a type are, where the catalogue holds the cores of the one that it names."""
    name = known.book.named_processor(known.kind.processor).identifier if known.kind.processor else ""
    cores = known.book.find(f"processor/{name}/cores") if name else None
    if cores is None or not known.kind.vcpu:
        return None
    number = known.kind.vcpu / (THREADS * cores.value)
    return known.kind.factor("processors", number, "1", "assumption")


def _of_type(stated: Parts | None, own: Parts) -> Parts:
    """Return the processors of a type with what the descriptor states of them."""
    if stated is None:
        return own
    count = own.count if stated.count is None else stated.count
    return replace(stated, model=own.model, count=count, of_instance=own.of_instance)


def _is_model(book: FactorBook, written: str, of_type: str) -> bool:
    """Say whether a name is that of a type's model, or may be."""
    asked, own = book.named_processor(written), book.named_processor(of_type)
    if own.identifier:
        return own.identifier == asked.identifier or own.identifier in asked.candidates
    return fold(written) == fold(of_type)


def _elsewhere(known: _Known, system: ProductSystem, provider: str) -> Iterator[Problem]:
    """Yield a problem where a machine stands at the site of another provider than that of its type."""
    kind, site = known.kind, known.machine.site
    if provider and provider != kind.provider:
        named = {*known.book.instances.providers, *(p for p, _ in known.book.regions.zones), *known.book.sites.by_id}
        message = f"`{kind.name}` is an instance type of {kind.provider}, and the site `{site}` is of {system.sites[site].provider}"
        hint = "name the instance type that you rent there, or the site where it runs"
        yield known.problem("LCA512" if provider in named else "LCA615", message, hint)


def _contradictions(known: _Known) -> Iterator[Problem]:
    """Yield a problem for each part that is stated and is not the type's."""
    machine, kind, gpu = known.machine, known.kind, known.machine.gpu
    has = f"`{kind.name}` has {kind.accelerators:.4g} × {kind.accelerator}"
    if machine.accelerators:
        message = f"`accelerators` are stated beside `instance`, and `{kind.name}` says what it has"
        yield known.problem("LCA512", message, "leave out one of the two", "accelerators")
    if gpu is not None and not kind.accelerator:
        if not known.book.instances.may_gain_accelerators(kind):
            message = f"`gpu` is stated, and `{kind.name}` has no accelerators"
            yield known.problem("LCA512", message, "name the instance type that you rent, or leave out `gpu`", "gpu")
    elif gpu is not None:
        if gpu.model and not _is_model(known.book, gpu.model, kind.accelerator):
            hint = "leave out `model`, or name the instance type that you rent"
            yield known.problem("LCA512", f"`{gpu.model}` is stated, and {has}", hint, "gpu", "model")
        if isinstance(gpu.count, Stated) and abs(gpu.count.value - kind.accelerators) > CLOSE * kind.accelerators:
            hint = "leave out `count`; how many such machines there are is the machine's own `count`"
            yield known.problem("LCA512", f"{gpu.count.value:g} are stated, and {has}", hint, "gpu", "count")
    memory = machine.memory
    if isinstance(memory, Stated) and kind.memory:
        gigabytes = memory.value * conversion(memory.unit, "GB")
        if not any(abs(gigabytes / own - 1) <= CLOSE for own in (kind.memory, kind.memory * GIB)):
            message = f"a memory of {memory.text} is stated, and `{kind.name}` has {kind.memory:g} GiB"
            hint = "leave out `memory`, or name the instance type that you rent"
            yield known.problem("LCA512", message, hint, "memory")


def _told(known: _Known) -> Iterator[Problem]:
    """Yield what a reader should know of how a type is counted, and what it leaves to be stated."""
    machine, kind, cpu = known.machine, known.kind, known.machine.cpu
    if known.holds_host and machine.power is None and machine.host_power is None:
        memory = f" and {kind.memory:g} GiB of memory" if kind.memory else " and memory"
        message = f"{known.processors}{memory} of `{kind.name}` are counted by the default power of its share of a host"
        yield known.problem("LCA608", message, "state `cpu` with its power to count them apart, or `host_power`")
    if cpu is None:
        return
    is_other = bool(cpu.model and kind.processor) and not _is_model(known.book, cpu.model, kind.processor)
    if is_other and kind.processor_source != BY_GENERAL_KNOWLEDGE:
        message = (
            f"`{cpu.model}` is stated, and `{kind.name}` is listed with {kind.processor}: what is stated is counted"
        )
        yield known.problem("LCA615", message, "leave out `model` if you did not see it on the machine", "cpu", "model")
    if cpu.count is None and (_processors_of_vcpu(known) is None or is_other or (cpu.model and not kind.processor)):
        message = f"`{kind.name}` has {known.processors}, and nothing says how many processors these are"
        yield known.problem("LCA202", message, "state `count` beside: vCPU over the threads of one processor", "cpu")

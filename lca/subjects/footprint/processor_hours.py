"""Time of processors, cores and nodes: how long the machines run that an allocation or a log counts so."""

from __future__ import annotations

from collections.abc import Callable

from lca.quantities.formula import formula
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.quantities.uncertainty import Array
from lca.subjects.footprint.flow import Context
from lca.subjects.footprint.machine import Machine, accelerators_in
from lca.subjects.footprint.processor import Cpu, cores_of, count_of


@formula("h", source="luccioni-2023")
def machine_time_of_processors(processor_time: Array, processors: Array) -> Array:
    """Time that machines are used, from the time of their accelerators.

    Args:
        processor_time [h]: accelerator-hours.
        processors [1]: accelerators in one machine.
    """
    return processor_time / processors


@formula("h", source="definition")
def machine_time_of_cores(core_time: Array, processors: Array, cores: Array) -> Array:
    """Time that machines are used, from the time of their cores.

    Args:
        core_time [h]: core-hours.
        processors [1]: processors in one machine.
        cores [1]: cores of one processor.
    """
    return core_time / (processors * cores)


@formula("h", source="definition")
def machine_time_of_nodes(node_time: Array) -> Array:
    """Time that machines are used, which is what node-hours are: added over the machines already.

    Args:
        node_time [h]: node-hours.
    """
    return node_time


def time_of_processors(context: Context, machine: Machine, stated: Stated, whose: str) -> Quantity | None:
    """Return the machine time of hours, one of `HOURS_OF`; None, with a problem, where the machine has no such part."""
    resolve = _RESOLVED.get(whose, _of_threads)
    found = resolve(context, machine, stated)
    if isinstance(found, Quantity):
        return found
    message, hint = found
    context.problem(stated.path, "LCA402", f"{stated.path}: `{stated.text}` {message}", hint)
    return None


#: What time cannot be resolved to: a message that goes on after the time, and a hint.
_Refused = tuple[str, str]


def _of_accelerators(context: Context, machine: Machine, stated: Stated) -> Quantity | _Refused:
    if not machine.kinds:
        hint = "add `gpu: {model: ..., count: 4}` to the machine, or write `node h` or `core h`"
        return f"is time of accelerators, and the machine `{machine.name}` names none", hint
    if any(kind.slice for kind in machine.kinds):
        return f"is time of whole accelerators or of slices, and `{machine.name}` has slices", (
            "write the time on the clock, or `node h` for hours of all its slices together"
        )
    processors = accelerators_in(context, machine)
    return machine_time_of_processors(processor_time=context.sample(stated), processors=processors)


def _of_processors(context: Context, machine: Machine, stated: Stated) -> Quantity | _Refused:
    cpu = _only_processors(machine, "processors")
    if not isinstance(cpu, Cpu):
        return cpu
    processors = count_of(context, cpu.count, f"{cpu.path}.count")
    cores = cores_of(context, cpu)
    if cores is None or cores.value > 1:
        read = f"is read as time of whole processors, {processors.value:g} in one `{machine.name}`"
        message = f"{stated.path}: `{stated.text}` {read}"
        context.problem(stated.path, "LCA621", message, "write `core h` where the cluster counts cores, as most do")
    return machine_time_of_processors(processor_time=context.sample(stated), processors=processors)


def _of_cores(context: Context, machine: Machine, stated: Stated) -> Quantity | _Refused:
    cpu = _only_processors(machine, "cores")
    if not isinstance(cpu, Cpu):
        return cpu
    cores = cores_of(context, cpu)
    if cores is None:
        return f"is time of cores, and nothing says how many one processor of `{machine.name}` has", (
            f"add `cores: 24` to {cpu.path}"
        )
    processors = count_of(context, cpu.count, f"{cpu.path}.count")
    return machine_time_of_cores(core_time=context.sample(stated), processors=processors, cores=cores)


def _only_processors(machine: Machine, what: str) -> Cpu | _Refused:
    """Return the processors of a machine without accelerators, else why time of its processors says nothing of it."""
    if machine.kinds:
        return f"is time of {what}, and the machine `{machine.name}` works with its accelerators", (
            "write `GPU h` or `node h`, or name a machine without `gpu`"
        )
    if machine.cpu is None:
        return f"is time of {what}, and the machine `{machine.name}` names no processors", (
            "add `cpu: {model: ..., count: 2}` to the machine, or write `node h`"
        )
    return machine.cpu


def _of_nodes(context: Context, _: Machine, stated: Stated) -> Quantity | _Refused:
    return machine_time_of_nodes(node_time=context.sample(stated))


def _of_threads(_: Context, machine: Machine, __: Stated) -> Quantity | _Refused:
    return f"is time of threads, of which the number in `{machine.name}` is not known", (
        "write the hours of its cores as `core h` (most often two threads a core), or those of the machine as `node h`"
    )


_RESOLVED: dict[str, Callable[[Context, Machine, Stated], Quantity | _Refused]] = {
    "GPU": _of_accelerators,
    "CPU": _of_processors,
    "core": _of_cores,
    "node": _of_nodes,
}

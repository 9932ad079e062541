"""The machine that a run names: its accelerators, processors and memory as models of the catalogue, or as comments to complete."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from lca.importers.codecarbon_log import LoggedRun
from lca.importers.draft_text import number, plain, quoted, short
from lca.importers.logged_machines import gpu_lines, host_line, kind_named, unknown_cpu
from lca.importers.logged_processors import LoggedProcessor, accelerators, identified
from lca.problems import Problem

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook

#: Watts that a machine may draw beside its known processors, and what an unknown accelerator and processor may draw.
_REST, _ACCELERATOR, _PROCESSOR = 1000.0, 1200.0, 1000.0


class LoggedMachine(Struct, frozen=True):
    """The lines of a machine, comments among them, what kind of computer it looks like, and the most watts it may draw."""

    lines: tuple[str, ...]
    kind: str
    most_watts: float

    @property
    def named(self) -> bool:
        """Whether the log names anything of it."""
        return bool(self.lines)


def machine_of(run: LoggedRun, book: FactorBook, notes: list[Problem]) -> LoggedMachine:
    """Return the machine of a run; without lines where the log names no part of one."""
    kind = kind_of(run)
    counted = run.numbers.get("gpu_count", Decimal(0))
    whole = int(counted) if counted == int(counted) and 0 <= counted < 100_000 else 0
    gpus = accelerators(run.text("gpu_model"), whole, book)
    lines = list(gpu_lines(gpus, run.place("gpu_model"), "gpu_model", notes))
    if gpus and whole and sum(gpu.count for gpu in gpus) != whole:
        message = f"gpu_count is {whole}, but gpu_model is `{short(run.text('gpu_model'))}`: state how many there are"
        notes.append(Problem(run.place("gpu_count"), "LCA607", message))
    if not gpus and whole:
        lines.append(f"# logged: {whole} accelerators without a name: add `gpu` with model and count")
    processor_lines, processor_watts = _cpu(run, book)
    lines += [*processor_lines, *_memory_lines(run)]
    if lines:
        lines.insert(0, host_line(kind, gpus))
    watts = _REST + processor_watts + sum(_watts(gpu, book) * gpu.count for gpu in gpus)
    return LoggedMachine(tuple(lines), kind, watts)


def kind_of(run: LoggedRun) -> str:
    """Return what kind of computer a run's names are of: `server`, `desktop` or `laptop`."""
    cpu, gpu = run.text("cpu_model"), run.text("gpu_model")
    if run.text("on_cloud").casefold() in ("y", "yes", "true", "1") or run.text("cloud_provider"):
        return "server"
    return kind_named(cpu, gpu)


def _cpu(run: LoggedRun, book: FactorBook) -> tuple[list[str], float]:
    """Return the lines of the processor, and the most watts that it draws."""
    name, threads = run.text("cpu_model"), run.numbers.get("cpu_count")
    seen = f"logged: {plain(name)}" + (
        f", cpu_count {run.text('cpu_count')} (of threads)" if threads is not None else ""
    )
    if not name:
        return (
            [f"# {seen.replace('logged: , ', 'logged: ')}: add `cpu` with its model"] if threads is not None else []
        ), _PROCESSOR
    cpu = identified(name, 1, book)
    if not cpu.model:
        return [unknown_cpu(cpu, seen)], _PROCESSOR
    cores = book.find(f"processor/{cpu.model}/cores")
    sockets = max(1, math.ceil(float(threads) / (2 * cores.value))) if threads and threads < 100_000 and cores else 1
    near = ", which names no one model: the nearest" if cpu.near else ""
    line = f"cpu: {{model: {quoted(cpu.model)}, count: {sockets}}}  # {seen}{near}; count the processors"
    return [line], sockets * _watts(cpu, book)


def _memory_lines(run: LoggedRun) -> Iterator[str]:
    memory = run.numbers.get("ram_total_size")
    if memory is not None and 0 < memory < 10**8:
        yield f"memory: {number(memory)} GB  # logged: ram_total_size {run.text('ram_total_size')}"
    elif memory is not None:
        yield f"# logged: ram_total_size {plain(run.text('ram_total_size'))}, which cannot be: state `memory`"


def _watts(processor: LoggedProcessor, book: FactorBook) -> float:
    """Return the power at full load of one processor, or what an unknown one may draw."""
    power = book.find(f"processor/{processor.model}/tdp") if processor.model else None
    return power.value if power else _ACCELERATOR

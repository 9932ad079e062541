"""The machine that a run names: its accelerators, processors and memory as models of the catalogue, or as comments to complete."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from lca.importers.codecarbon_log import LoggedRun
from lca.importers.draft_text import number, plain, quoted, short
from lca.importers.logged_processors import SLICES, LoggedProcessor, accelerators, identified
from lca.problems import Problem

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook

_SERVER = re.compile(r"epyc|xeon|opteron|graviton|neoverse|ampere altra|power\d", re.IGNORECASE)
_LAPTOP = re.compile(
    r"apple m\d|macbook|laptop|max-q|mobile|core\W+(?:\(tm\)\W*)?(?:ultra \d )?[im\d]?\d?-?\s?\d{3,5}(?:u|y|p|h|hq|hk|hx|g\d)\b"
    r"|core\(tm\) ultra \d \d{3}[uvh]|ryzen.*\b\d{4}(?:u|h|hs|hx)\b",
    re.IGNORECASE,
)
_DESKTOP = re.compile(
    r"core\W+(?:\(tm\)\W*)?(?:i\d|ultra)|ryzen|geforce|gtx|rtx \d{4}|titan|radeon rx|apple", re.IGNORECASE
)

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
    lines = list(_gpu_lines(run, gpus, notes))
    if gpus and whole and sum(gpu.count for gpu in gpus) != whole:
        message = f"gpu_count is {whole}, but gpu_model is `{short(run.text('gpu_model'))}`: state how many there are"
        notes.append(Problem(run.place("gpu_count"), "LCA607", message))
    if not gpus and whole:
        lines.append(f"# logged: {whole} accelerators without a name: add `gpu` with model and count")
    processor_lines, processor_watts = _cpu(run, book)
    lines += [*processor_lines, *_memory_lines(run)]
    if lines:
        lines.insert(0, _host_line(kind, gpus))
    watts = _REST + processor_watts + sum(_watts(gpu, book) * gpu.count for gpu in gpus)
    return LoggedMachine(tuple(lines), kind, watts)


def kind_of(run: LoggedRun) -> str:
    """Return what kind of computer a run's names are of: `server`, `desktop` or `laptop`."""
    cpu, gpu = run.text("cpu_model"), run.text("gpu_model")
    if (
        run.text("on_cloud").casefold() in ("y", "yes", "true", "1")
        or run.text("cloud_provider")
        or _SERVER.search(cpu)
    ):
        return "server"
    if _LAPTOP.search(cpu) or _LAPTOP.search(gpu):
        return "laptop"
    return "desktop" if _DESKTOP.search(cpu) or _DESKTOP.search(gpu) else "server"


def _host_line(kind: str, gpus: list[LoggedProcessor]) -> str:
    known = any(gpu.model for gpu in gpus)
    if kind == "server" and gpus:
        asked = "taken to be in a server for accelerators; choose: gpu-server, server, desktop, laptop"
        return f"host: gpu-server  # {asked}" if known else f"host: server  # {asked}"
    return f"host: {kind}  # guessed from the names; choose: server, compute-server, desktop, laptop"


def _gpu_lines(run: LoggedRun, gpus: list[LoggedProcessor], notes: list[Problem]) -> Iterator[str]:
    """Yield the accelerators: the first kind that the catalogue knows as a key, all others as comments."""
    place, written = run.place("gpu_model"), False
    for gpu in gpus:
        logged = f"logged: {gpu.count} x {plain(gpu.name)}"
        count = f"{gpu.count * gpu.slices / SLICES:.6g}" if gpu.slices else str(gpu.count)
        shown = f"gpu: {{model: {quoted(gpu.model or gpu.name)}, count: {count}"
        if gpu.slices:
            logged += f", {gpu.slices} of the {SLICES} slices of one"
            message = f"gpu_model: `{short(gpu.name)}` is a slice of an accelerator; its sensor may count the whole one"
            notes.append(Problem(place, "LCA607", message, "state `energy` and the share that is yours"))
        if not gpu.model:
            asked = (
                f"may be {', '.join(gpu.candidates)}: state which"
                if gpu.candidates
                else "not in the catalogue: state power"
            )
            yield f"# {shown}, power: ... W}}  # {logged}, {asked}"
            message = f"gpu_model: `{short(gpu.name)}` {asked}; until then its manufacture is not counted"
            notes.append(Problem(place, "LCA613", message))
        elif written:
            yield f"# {shown}}}  # {logged}, of another kind: describe it as a machine of its own"
            message = f"gpu_model: `{short(gpu.name)}` is of a second kind; its manufacture is not counted"
            notes.append(Problem(place, "LCA613", message, "describe it as a machine of its own"))
        else:
            written = True
            yield f"{shown}}}  # {logged}{', which names no one model: the nearest' if gpu.near else ''}"


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
        asked = (
            f"may be {', '.join(cpu.candidates)}: state which"
            if cpu.candidates
            else "not in the catalogue: state power"
        )
        return [f"# cpu: {{model: {quoted(name)}, power: ... W}}  # {seen}, {asked}"], _PROCESSOR
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

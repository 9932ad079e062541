"""Machines as logs name them: kind of computer, accelerators and processors as lines of a draft, what is unknown as comments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lca.importers.draft_text import plain, quoted, short
from lca.importers.logged_processors import SLICES, LoggedProcessor
from lca.problems import Location, Problem

_SERVER = re.compile(r"epyc|xeon|opteron|graviton|neoverse|ampere altra|power\d", re.IGNORECASE)
_LAPTOP = re.compile(
    r"apple m\d|macbook|laptop|max-q|mobile|core\W+(?:\(tm\)\W*)?(?:ultra \d )?[im\d]?\d?-?\s?\d{3,5}(?:u|y|p|h|hq|hk|hx|g\d)\b"
    r"|core\(tm\) ultra \d \d{3}[uvh]|ryzen.*\b\d{4}(?:u|h|hs|hx)\b",
    re.IGNORECASE,
)
_DESKTOP = re.compile(
    r"core\W+(?:\(tm\)\W*)?(?:i\d|ultra)|ryzen|geforce|gtx|rtx \d{4}|titan|radeon rx|apple", re.IGNORECASE
)


def kind_named(cpu: str, gpu: str) -> str:
    """Return what kind of computer processors and accelerators of some names stand in: `server`, `desktop` or `laptop`."""
    if _SERVER.search(cpu):
        return "server"
    if _LAPTOP.search(cpu) or _LAPTOP.search(gpu):
        return "laptop"
    return "desktop" if _DESKTOP.search(cpu) or _DESKTOP.search(gpu) else "server"


def host_line(kind: str, gpus: Sequence[LoggedProcessor]) -> str:
    """Return the line of the computer around the accelerators, to be chosen from."""
    known = any(gpu.model for gpu in gpus)
    if kind == "server" and gpus:
        asked = "taken to be in a server for accelerators; choose: gpu-server, server, desktop, laptop"
        return f"host: gpu-server  # {asked}" if known else f"host: server  # {asked}"
    return f"host: {kind}  # guessed from the names; choose: server, compute-server, desktop, laptop"


def gpu_lines(gpus: Sequence[LoggedProcessor], place: Location, column: str, notes: list[Problem]) -> Iterator[str]:
    """Yield the accelerators: the first kind that the catalogue knows as a key, all others as comments."""
    written = False
    for gpu in gpus:
        logged = f"logged: {gpu.count} x {plain(gpu.name)}"
        count = f"{gpu.count * gpu.slices / SLICES:.6g}" if gpu.slices else str(gpu.count)
        shown = f"gpu: {{model: {quoted(gpu.model or gpu.name)}, count: {count}"
        if gpu.slices:
            logged += f", {gpu.slices} of the {SLICES} slices of one"
            message = f"{column}: `{short(gpu.name)}` is a slice of an accelerator; its sensor may count the whole one"
            notes.append(Problem(place, "LCA607", message, "state `energy` and the share that is yours"))
        if not gpu.model:
            asked = _asked(gpu)
            yield f"# {shown}, power: ... W}}  # {logged}, {asked}"
            message = f"{column}: `{short(gpu.name)}` {asked}; until then its manufacture is not counted"
            notes.append(Problem(place, "LCA613", message))
        elif written:
            yield f"# {shown}}}  # {logged}, of another kind: describe it as a machine of its own"
            message = f"{column}: `{short(gpu.name)}` is of a second kind; its manufacture is not counted"
            notes.append(Problem(place, "LCA613", message, "describe it as a machine of its own"))
        else:
            written = True
            yield f"{shown}}}  # {logged}{', which names no one model: the nearest' if gpu.near else ''}"


def unknown_cpu(cpu: LoggedProcessor, seen: str) -> str:
    """Return the comment that asks which model a processor is, or what it draws."""
    return f"# cpu: {{model: {quoted(cpu.name)}, power: ... W}}  # {seen}, {_asked(cpu)}"


def _asked(processor: LoggedProcessor) -> str:
    return (
        f"may be {', '.join(processor.candidates)}: state which"
        if processor.candidates
        else "not in the catalogue: state power"
    )

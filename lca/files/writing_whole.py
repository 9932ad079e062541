"""Writes files whole or not at all, never over an input."""

from __future__ import annotations

import contextlib
import functools
import os
import re
import secrets
import shutil
import signal
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from lca.files.texts import shown
from lca.problems import Location, Problem, ProblemsFound

#: Writes the content of one file, piece by piece, into the open file that it is given.
WriteInto = Callable[[BinaryIO], None]


def _blocked(path: Path, inputs: Sequence[Path]) -> Problem | None:
    """Return a problem where a file must not take a path: that of an input, or of a folder, a device or a pipe."""
    if path.exists() and not path.is_file():
        message, hint = "a folder, a device or a pipe stands at its place", "name a file; nothing was written"
    elif path.exists() and any(path.samefile(read) for read in inputs):
        message, hint = "the descriptor rests on this file", "choose another name; nothing was overwritten"
    else:
        return None
    return Problem(Location(shown(path), 1, 1), "LCA701", message, hint)


def write_new(path: Path, content: bytes) -> None:
    """Write a file that does not exist yet.

    Raises:
        ProblemsFound: it exists, or cannot be written.
    """
    if path.exists():
        hint = "choose another name; nothing was overwritten"
        raise ProblemsFound([Problem(Location(shown(path), 1, 1), "LCA701", "the file exists already", hint)])
    write_whole({path: content})


def write_whole(files: Mapping[Path, bytes], inputs: Iterable[Path] = ()) -> None:
    """Write files whole or not at all: first beside their places, then moved there; never over one of the inputs.

    Raises:
        ProblemsFound: a folder or file cannot be written, or what stands at its place must not be replaced.
    """
    write_streamed({path: functools.partial(_write_all, content) for path, content in files.items()}, inputs)


def write_streamed(files: Mapping[Path, WriteInto], inputs: Iterable[Path] = ()) -> None:
    """Write files as `write_whole` does, each by what writes it piece by piece, so that none is ever held whole in memory.

    Raises:
        ProblemsFound: a folder or file cannot be written, or what stands at its place must not be replaced.
    """
    read = [path for path in inputs if path.exists()]
    blocked = [problem for path in files if (problem := _blocked(path, read)) is not None]
    if blocked:
        raise ProblemsFound(blocked)
    ready: list[tuple[Path, Path]] = []
    try:
        for path, write_into in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            ready.append((_beside(path), path))
            _write(ready[-1][0], write_into)
            if path.exists():  # what stood there keeps its mode
                ready[-1][0].chmod(stat.S_IMODE(path.stat().st_mode))
        with _signals_held():
            _put_in_place(ready)
            _WRITTEN.extend(files)
    except OSError as error:
        place = Location(shown(Path(error.filename2 or error.filename or next(iter(files)))), 1, 1)
        hint = "choose another folder with -o; nothing was written"
        raise ProblemsFound([Problem(place, "LCA701", f"the file cannot be written: {error.strerror}", hint)]) from None
    finally:
        for made, _ in ready:
            with contextlib.suppress(OSError):
                made.unlink(missing_ok=True)


def written() -> tuple[Path, ...]:
    """Return the files that this process has written, in their order."""
    return tuple(_WRITTEN)


#: Noted for whoever is stopped later and must say what stands there.
_WRITTEN: list[Path] = []


_LEFT_BEHIND = re.compile(r"\.lca-[0-9]+-[0-9a-f]{16}")


def _beside(path: Path) -> Path:
    """Return a name beside a file that nothing has."""
    return path.with_name(f".lca-{os.getpid()}-{secrets.token_hex(8)}")


def remove_left_behind(folder: Path) -> None:
    """Remove what programs that were killed while they wrote to a folder have left there; nobody else may write to it."""
    for path in folder.glob(".lca-*"):
        if _LEFT_BEHIND.fullmatch(path.name):
            path.unlink(missing_ok=True)


def _write(path: Path, write_into: WriteInto) -> None:
    """Write a new file with the mode that the user's mask gives."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as file:
        write_into(file)


def _write_all(content: bytes, file: BinaryIO) -> None:
    file.write(content)


def _put_in_place(ready: Sequence[tuple[Path, Path]]) -> None:
    """Move files to their places, all of them or none: what stood there comes back where one cannot be moved."""
    moved: list[tuple[Path, Path | None]] = []
    try:
        for made, path in ready:
            former = _beside(path) if path.exists() else None
            if former is not None:
                _keep(path, former)
            moved.append((path, former))
            made.replace(path)
    except OSError:
        for path, former in moved:
            if former is not None:
                former.replace(path)
            else:
                path.unlink(missing_ok=True)
        raise
    finally:
        for _, former in moved:
            if former is not None:
                former.unlink(missing_ok=True)


def _keep(path: Path, former: Path) -> None:
    """Keep what stands at a place under another name, where the file system has no second names as a copy."""
    try:
        os.link(path, former)
    except OSError:
        shutil.copy2(path, former)


@contextlib.contextmanager
def _signals_held() -> Iterator[None]:
    """Keep a request to stop waiting for the few moments in which some files are new and others old."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

"""Writes files whole or not at all, never over an input."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from lca.problems import Location, Problem, ProblemsFound


def _blocked(path: Path, inputs: Sequence[Path]) -> Problem | None:
    """Return a problem where a file must not take a path: that of an input, or of a folder, a device or a pipe."""
    if path.exists() and not path.is_file():
        message, hint = "a folder, a device or a pipe stands at its place", "name a file; nothing was written"
    elif path.exists() and any(path.samefile(read) for read in inputs):
        message, hint = "the descriptor rests on this file", "choose another name; nothing was overwritten"
    else:
        return None
    return Problem(Location(str(path), 1, 1), "LCA701", message, hint)


def write_new(path: Path, content: bytes) -> None:
    """Write a file that does not exist yet.

    Raises:
        ProblemsFound: it exists, or cannot be written.
    """
    if path.exists():
        hint = "choose another name; nothing was overwritten"
        raise ProblemsFound([Problem(Location(str(path), 1, 1), "LCA701", "the file exists already", hint)])
    write_whole({path: content})


def write_whole(files: Mapping[Path, bytes], inputs: Iterable[Path] = ()) -> None:
    """Write files whole or not at all: first beside their places, then moved there; never over one of the inputs.

    Raises:
        ProblemsFound: a folder or file cannot be written, or what stands at its place must not be replaced.
    """
    read = [path for path in inputs if path.exists()]
    blocked = [problem for path in files if (problem := _blocked(path, read)) is not None]
    if blocked:
        raise ProblemsFound(blocked)
    ready: list[tuple[str, Path]] = []
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".lca-")
            ready.append((name, path))
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        for name, path in ready:
            Path(name).replace(path)
    except OSError as error:
        for name, _ in ready:
            with contextlib.suppress(OSError):
                Path(name).unlink()
        place = Location(str(error.filename2 or error.filename or next(iter(files))), 1, 1)
        hint = "choose another folder with -o; nothing was written"
        raise ProblemsFound([Problem(place, "LCA701", f"the file cannot be written: {error.strerror}", hint)]) from None

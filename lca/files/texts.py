"""Reads the texts that a user gives."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from lca.descriptor.document import MAXIMUM_BYTES
from lca.problems import Location, Problem, ProblemsFound

#: How messages name what was read from standard input.
NAME_OF_STANDARD_INPUT = "<stdin>"


def shown(path: Path) -> str:
    """Return how messages and reports name a file: as UTF-8 reads its name, whatever the locale; a sign for what is none."""
    return os.fsencode(path).decode("utf-8", "replace")


def on_disk(name: str) -> str:
    """Return the name of a file in a text as this system's calls take it, whatever the locale."""
    return os.fsdecode(name.encode("utf-8", "surrogateescape"))


def standard_input_bytes(maximum: int, what: str) -> bytes:
    """Return what is on standard input.

    Raises:
        ProblemsFound: it is too large.
    """
    content = sys.stdin.buffer.read(maximum + 1)
    if len(content) > maximum:
        message = f"more than {maximum / 1e6:.0f} MB are given, {what} has at most so many"
        place = Location(NAME_OF_STANDARD_INPUT, 1, 1)
        raise ProblemsFound([Problem(place, "LCA102", message, "is it the right file?")])
    return content


def read_standard_input(maximum: int = MAXIMUM_BYTES, what: str = "a descriptor") -> str:
    """Return the text on standard input.

    Raises:
        ProblemsFound: it is too large, or it is not text.
    """
    try:
        return standard_input_bytes(maximum, what).decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"the text is not UTF-8 (byte {error.start})"
        place = Location(NAME_OF_STANDARD_INPUT, 1, 1)
        raise ProblemsFound([Problem(place, "LCA103", message, "save it as UTF-8; is it the right file?")]) from None


def read_bytes(path: Path, maximum: int, what: str) -> bytes:
    """Return the bytes of a file that a user gives.

    Raises:
        ProblemsFound: there is no such file, or it is too large.
    """
    place = Location(shown(path), 1, 1)
    try:
        status = path.stat()
        if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):  # reading could wait or go on for ever
            raise ProblemsFound([Problem(place, "LCA101", "it is a device or a pipe, not a file", "name a file")])
        if status.st_size > maximum:
            message = f"the file has {status.st_size / 1e6:.1f} MB, {what} at most {maximum / 1e6:.0f} MB"
            raise ProblemsFound([Problem(place, "LCA102", message, "is it the right file?")])
        return path.read_bytes()
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        raise ProblemsFound([Problem(place, "LCA101", message, "check the path")]) from None


def read_text(path: Path, maximum: int = MAXIMUM_BYTES, what: str = "a descriptor") -> str:
    """Return a descriptor's text, or that of another file that a user gives.

    Raises:
        ProblemsFound: there is no such file, it is too large, or it is not text.
    """
    try:
        return read_bytes(path, maximum, what).decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"the file is not UTF-8 text (byte {error.start})"
        place = Location(shown(path), 1, 1)
        raise ProblemsFound([Problem(place, "LCA103", message, "save it as UTF-8; is it the right file?")]) from None

"""How a command ends that cannot go on: a signal, an output that takes nothing more, a mistake in the program itself."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import TextIO

INTERNAL_ERROR = 70
#: Statuses by the shell's convention: 128 and the number of the signal.
INTERRUPTED, TERMINATED = 130, 143

#: The folder of this package, whose lines are named when the program is at fault.
_PACKAGE = Path(__file__).parent.parent


class Terminated(KeyboardInterrupt):
    """The command was asked to end, as by `kill`."""


@contextlib.contextmanager
def ended_by_signals() -> Iterator[None]:
    """Let a command that is asked to end clean up as one that is interrupted does; only the main thread can see to it."""

    def end(_number: int, _frame: FrameType | None) -> None:
        raise Terminated

    try:
        before = signal.signal(signal.SIGTERM, end)
    except ValueError:  # not the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def told_stopped(stop: KeyboardInterrupt) -> int:
    """Say that a command was stopped and what it had written; return the exit status."""
    written = _written()
    told = f"already written: {', '.join(written)}" if written else "nothing was written"
    with contextlib.suppress(OSError):
        print(f"stopped; {told}", file=sys.stderr)
    return TERMINATED if isinstance(stop, Terminated) else INTERRUPTED


def _written() -> list[str]:
    """Return the files that were written, without importing what writes them where nothing was."""
    module = sys.modules.get("lca.files.writing_whole")
    return [str(path) for path in module.written()] if module is not None else []


def told_full(error: OSError) -> int:
    """Say that the terminal, or what stands in its place, takes no more; return the exit status."""
    _give_up(sys.stdout)
    with contextlib.suppress(OSError):
        print(f"lca: the output cannot be written: {error.strerror}", file=sys.stderr)
        sys.stderr.flush()
    return 1


def told_internal(error: BaseException) -> int:
    """Say in one line where the program itself is at fault; return the exit status."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(_PACKAGE)] or list(frames)
    where = f"{_module_of(own[-1].filename)}:{own[-1].lineno}" if own else "lca"
    with contextlib.suppress(OSError):
        print(f"internal error, please report: {type(error).__name__} at {where}", file=sys.stderr)
    return INTERNAL_ERROR


def _module_of(file: str) -> str:
    path = Path(file)
    inside = path.relative_to(_PACKAGE.parent) if path.is_relative_to(_PACKAGE) else Path(path.name)
    return ".".join(inside.with_suffix("").parts)


def _give_up(stream: TextIO) -> None:
    """Send what a stream still holds nowhere, so that the interpreter does not try again when it ends."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)

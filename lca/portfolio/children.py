"""Child processes that work on dossiers: one that is held up past its time limit is ended alone, and none stops the others.

They are programs of their own and no children of `multiprocessing`, which a worker of a cluster may not have.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from typing import IO, Self

from lca.files.folders import PACKAGE
from lca.portfolio.row import ENDED, TIMED_OUT, Row, encoded
from lca.portfolio.setting import Setting, Task
from lca.problems import Location, Problem

#: What is done with a task; a function of a module, for it travels by its name.
Work = Callable[[Task, Setting], bytes]
#: What came of a task: its row as bytes, and whether it is the same at each attempt, so that it may be kept.
Done = tuple[Task, bytes, bool]

#: How many dossiers one process works on before another takes its place: what libraries remember is let go with it.
TASKS_OF_A_CHILD = 2_000

#: How long a process may take to start, in seconds, before its first dossier's time begins.
LONGEST_START = 300.0

_COMMAND = (sys.executable, "-P", "-c", "from lca.portfolio.child import serve; serve()")


class _Child:
    """One process, and the task that it is at."""

    def __init__(self, setting: Setting, work: Work) -> None:
        self.setting, self.work = setting, work
        self.task: Task | None = None
        self.ends_at = 0.0
        self._start()

    def _start(self) -> None:
        path = os.pathsep.join(filter(None, (str(PACKAGE.parent), os.environ.get("PYTHONPATH"))))
        self.process = subprocess.Popen(
            _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": path}
        )
        self.to = Connection(_end_of(self.process.stdin), readable=False)
        self.back = Connection(_end_of(self.process.stdout), writable=False)
        self.begun, self.is_ready = 0, False
        self._send((self.setting, self.work))

    def _send(self, what: object) -> None:
        with contextlib.suppress(OSError):  # where it has ended, `finish` finds it so
            self.to.send(what)

    def begin(self, task: Task) -> None:
        """Hand over a task."""
        if self.begun == TASKS_OF_A_CHILD:
            self._replace()
        self.task, self.begun = task, self.begun + 1
        self.ends_at = time.monotonic() + (self.setting.time_limit if self.is_ready else LONGEST_START)
        self._send(task)

    def is_done(self) -> bool:
        """Say whether what came back is the end of the task; a process that has just started says first that it is ready."""
        if self.is_ready:
            return True
        with contextlib.suppress(EOFError, OSError):
            self.back.recv_bytes()
            self.is_ready, self.ends_at = True, time.monotonic() + self.setting.time_limit
            return False
        return True

    def finish(self) -> Done:
        """Return what came of the task: its row, or one that says how the process ended; then it is replaced."""
        task, self.task = self.task, None
        assert task is not None
        if time.monotonic() >= self.ends_at and not self.back.poll():
            self._replace()
            message = f"the dossier takes longer than the time limit of {self.setting.time_limit:g} seconds"
            hint = "give more with `--time-limit`, or ask for a smaller dossier"
            return task, _unfinished(task, TIMED_OUT, "LCA964", message, hint), False
        try:
            return task, self.back.recv_bytes(), True
        except (EOFError, OSError):
            self._replace()
            return ended(task)

    def _replace(self) -> None:
        self.end()
        self._start()

    def end(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.wait()
        self.to.close()
        self.back.close()


class Children:
    """Processes that work on dossiers side by side, at most `workers`; they are ended with it, or with `end`."""

    def __init__(self, setting: Setting, workers: int, work: Work) -> None:
        self.setting, self.workers, self.work = setting, workers, work
        self._children: list[_Child] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """End all processes."""
        for child in self._children:
            child.end()
        self._children.clear()

    def results(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Yield what comes of each task, in the order in which they are done."""
        waiting = iter(tasks)
        idle, busy = [*self._children], list[_Child]()
        while True:
            while (idle or len(self._children) < self.workers) and (task := next(waiting, None)) is not None:
                if not idle:
                    self._children.append(_Child(self.setting, self.work))
                    idle.append(self._children[-1])
                busy.append(idle.pop())
                busy[-1].begin(task)
            if not busy:
                return
            for child in _ready(busy):
                busy.remove(child)
                yield child.finish()
                idle.append(child)


def _ready(busy: list[_Child]) -> list[_Child]:
    """Wait for children that are done or past their limit, and return them."""
    while True:
        left = min(child.ends_at for child in busy) - time.monotonic()
        done = wait([child.back for child in busy], max(left, 0.0))
        now = time.monotonic()
        ready = [child for child in busy if (child.is_done() if child.back in done else child.ends_at <= now)]
        if ready:
            return ready


def _end_of(pipe: IO[bytes] | None) -> int:
    """Return the end of a pipe as one that a connection owns."""
    assert pipe is not None
    with pipe:
        return os.dup(pipe.fileno())


def ended(task: Task) -> Done:
    """Return what comes of a task whose process ended before it was done."""
    message = "the process that worked on the dossier ended before it was done"
    hint = "is there memory enough? try it alone with `lca check`"
    return task, _unfinished(task, ENDED, "LCA965", message, hint), False


def _unfinished(task: Task, outcome: str, code: str, message: str, hint: str) -> bytes:
    problem = Problem(Location(task.file, 1, 1), code, message, hint)
    return encoded(Row(number=task.number, file=task.file, outcome=outcome, problems=(problem,)))

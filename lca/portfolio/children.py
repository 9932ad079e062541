"""Child processes that work on dossiers: one that is held up past its time limit is ended alone, and none stops the others."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from msgspec import Struct

from lca.portfolio.row import ENDED, TIMED_OUT, Row, encoded
from lca.portfolio.setting import Setting, Task
from lca.problems import Location, Problem

#: What is done with a task; a function of a module, for it travels by its name.
Work = Callable[[Task, Setting], bytes]
#: What came of a task: its row as bytes, and whether it is the same at each attempt, so that it may be kept.
Done = tuple[Task, bytes, bool]

#: How many dossiers one process works on before another takes its place: what libraries remember is let go with it.
TASKS_OF_A_CHILD = 2_000


class _Child:
    """One process, and the task that it is at."""

    def __init__(self, setting: Setting, work: Work) -> None:
        self.setting, self.work = setting, work
        self.task: Task | None = None
        self.ends_at = 0.0
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, other = context.Pipe()
        self.process: SpawnProcess = context.Process(target=_serve, args=(other, self.setting, self.work), daemon=True)
        self.process.start()
        other.close()
        self.begun = 0

    def begin(self, task: Task) -> None:
        """Hand over a task."""
        if self.begun == TASKS_OF_A_CHILD:
            self._replace()
        self.task, self.begun = task, self.begun + 1
        self.ends_at = time.monotonic() + self.setting.time_limit
        with contextlib.suppress(OSError):  # it has ended, as `finish` finds
            self.connection.send(task)

    def finish(self) -> Done:
        """Return what came of the task: its row, or one that says how the process ended; then it is replaced."""
        task, self.task = self.task, None
        assert task is not None
        if time.monotonic() >= self.ends_at and not self.connection.poll():
            self._replace()
            message = f"the dossier takes longer than the time limit of {self.setting.time_limit:g} seconds"
            hint = "give more with `--time-limit`, or ask for a smaller dossier"
            return task, _unfinished(task, TIMED_OUT, "LCA964", message, hint), False
        try:
            return task, self.connection.recv_bytes(), True
        except (EOFError, OSError):
            self._replace()
            message = "the process that worked on the dossier ended before it was done"
            hint = "is there memory enough? try it alone with `lca check`"
            return task, _unfinished(task, ENDED, "LCA965", message, hint), False

    def _replace(self) -> None:
        self.end()
        self._start()

    def end(self) -> None:
        """End the process."""
        self.connection.close()
        self.process.kill()
        self.process.join()


class Children(Struct, frozen=True):
    """Processes that work on dossiers side by side; `workers` is how many."""

    setting: Setting
    workers: int
    work: Work

    def results(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Yield what comes of each task, in the order in which they are done."""
        waiting = iter(tasks)
        children: list[_Child] = []
        idle: list[_Child] = []
        busy: dict[Connection, _Child] = {}
        try:
            while True:
                while (idle or len(children) < self.workers) and (task := next(waiting, None)) is not None:
                    if not idle:
                        children.append(_Child(self.setting, self.work))
                        idle.append(children[-1])
                    child = idle.pop()
                    child.begin(task)
                    busy[child.connection] = child
                if not busy:
                    return
                for child in _ready(busy):
                    del busy[child.connection]
                    yield child.finish()
                    idle.append(child)
        finally:
            for child in children:
                child.end()


def _ready(busy: dict[Connection, _Child]) -> list[_Child]:
    """Wait for children that are done or past their limit, and return them."""
    while True:
        left = min(child.ends_at for child in busy.values()) - time.monotonic()
        done = [busy[one] for one in wait([*busy], max(left, 0.0)) if isinstance(one, Connection)]
        now = time.monotonic()
        late = [child for child in busy.values() if child.ends_at <= now and child not in done]
        if done or late:
            return [*done, *late]


def _serve(connection: Connection, setting: Setting, work: Work) -> None:
    """Work on dossiers until the connection is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted, and ends its children
    gc.set_threshold(100_000, 20, 100)
    while True:
        try:
            task = connection.recv()
        except EOFError:
            return
        connection.send_bytes(work(task, setting))


def _unfinished(task: Task, outcome: str, code: str, message: str, hint: str) -> bytes:
    problem = Problem(Location(task.file, 1, 1), code, message, hint)
    return encoded(Row(number=task.number, file=task.file, outcome=outcome, problems=(problem,)))

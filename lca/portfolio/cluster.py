"""The same work on a Dask cluster: batches that survive a worker that is killed and a scheduler that starts again.

A worker holds the time limit of each dossier in a child process of its own, for a thread takes no signal. The factors and the
setting go to each worker once, by their hash.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import itertools
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any, Self

from distributed import Client, Future, KilledWorker, Worker, WorkerPlugin, wait
from msgspec import Struct
from msgspec.structs import replace

from lca.files.folders import data_folder
from lca.files.installation import program_hash
from lca.portfolio.children import Children, Done, Work, ended
from lca.portfolio.setting import Setting, Task
from lca.problems import Location, Problem, ProblemsFound

#: So many dossiers travel together: enough that the scheduler is not what is waited for.
BATCH = 20
#: So many batches wait at each thread of a worker: it is never idle, and little is held in memory.
AHEAD = 3
#: How long a cluster that cannot be reached, or has no worker, is waited for in seconds, and how long before the next look.
PATIENCE, PAUSE = 300.0, 2.0


class Handed(Struct, frozen=True):
    """What every worker gets once: how dossiers are assessed, and the factors as an archive."""

    setting: Setting
    work: Work
    factors: bytes

    @property
    def key(self) -> str:
        """The hash by which a worker knows it."""
        setting = self.setting
        own = (
            setting.key("", "", self.factors) + f" {setting.time_limit} {self.work.__module__}.{self.work.__qualname__}"
        )
        return hashlib.sha256(own.encode()).hexdigest()


class _OnWorker(WorkerPlugin):
    """Brings what is handed over to a worker, also to one that joins later."""

    def __init__(self, handed: Handed) -> None:
        self.handed, self.name = handed, f"lca-{handed.key}"

    def setup(self, worker: Worker) -> None:
        """Unpack the factors into the folder of the worker, which goes with it."""
        folder = Path(tempfile.mkdtemp(prefix="factors-", dir=worker.local_directory))
        with zipfile.ZipFile(io.BytesIO(self.handed.factors)) as archive:
            archive.extractall(folder)
        _SETTINGS[self.handed.key] = (replace(self.handed.setting, factors=str(folder)), self.handed.work)


#: What was handed to this worker, by its key; and the child process of each thread.
_SETTINGS: dict[str, tuple[Setting, Work]] = {}
_OF_THREAD = threading.local()


def _work_on(batch: list[Task], key: str, program: str) -> list[tuple[bytes, bool]] | str:
    """Return, on a worker, what comes of the dossiers of a batch in their order, or what is wrong with the worker."""
    if program_hash() != program:
        return "it runs another version of the program"
    setting, work = _SETTINGS[key]
    if getattr(_OF_THREAD, "key", "") != key:
        if hasattr(_OF_THREAD, "children"):
            _OF_THREAD.children.end()
        _OF_THREAD.children, _OF_THREAD.key = Children(setting, 1, work), key
    return [(row, may_be_kept) for _, row, may_be_kept in _OF_THREAD.children.results(batch)]


class Cluster:
    """The workers of a cluster, by the address of its scheduler; `together` dossiers travel in one batch."""

    def __init__(self, setting: Setting, address: str, work: Work, together: int = BATCH) -> None:
        self.address, self.together = address, together
        self.handed = Handed(setting, work, _factors())
        self._seen = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def results(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Yield what comes of each task once; a scheduler that goes away is waited for, and gets again what it has lost.

        Raises:
            ProblemsFound: there is no scheduler or no worker for long, or a worker cannot do the work.
        """
        left = _Left(tasks, self.together)
        connect: Any = Client  # which has no types
        while left.has_some:
            try:
                with connect(self.address, timeout=PAUSE * 5) as client:
                    yield from self._on(client, left)
            except ValueError as error:
                raise self._refused(f"it has no such address: {error}") from None
            except (OSError, CancelledError, TimeoutError) as error:
                if time.monotonic() - self._seen > PATIENCE:
                    raise self._refused(f"it cannot be reached: {error}") from None
                time.sleep(PAUSE)

    def _on(self, client: Client, left: _Left) -> Iterator[Done]:
        """Yield what comes of all that is left, as long as the client is connected."""
        client.wait_for_workers(1, timeout=PAUSE * 5)
        client.register_plugin(_OnWorker(self.handed))
        running: dict[Future[Any], list[Task]] = {}
        key, program = self.handed.key, self.handed.setting.program
        left.begin_again()
        threads: Any = client.nthreads  # which has no types
        while True:
            self._seen = time.monotonic()
            room = max(sum(threads().values()), 1) * AHEAD
            batches = [*itertools.islice(left, max(room - len(running), 0))]
            if not batches and not running:
                batches = left.one_suspect()
            for batch in batches:
                running[client.submit(_work_on, batch, key, program, pure=False)] = batch
            if not running:
                return
            for future in _done(client, running):
                batch = running.pop(future)
                yield from left.done(batch, self._result(future, batch, left))

    def _result(self, future: Future[Any], batch: list[Task], left: _Left) -> list[Done]:
        """Return what came of a batch; where its workers were killed again and again, it goes on dossier by dossier."""
        try:
            found = future.result()
        except KilledWorker:
            return left.killed(batch)
        if isinstance(found, str):
            raise self._refused(found)
        return [(task, row, may_be_kept) for task, (row, may_be_kept) in zip(batch, found, strict=True)]

    def _refused(self, why: str) -> ProblemsFound:
        hint = "is it running, with workers that have the same version of the program?"
        place = Location("--scheduler", 1, 1)
        return ProblemsFound([Problem(place, "LCA966", f"the cluster at `{self.address}` does no work: {why}", hint)])


class _Left:
    """The dossiers that are still to be done, in batches: what was never sent, and what was and has no result yet."""

    def __init__(self, tasks: Iterable[Task], together: int) -> None:
        self._source, self._together = iter(tasks), together
        self._open: dict[str, list[Task]] = {}
        self._again: list[list[Task]] = []
        #: Dossiers whose workers were killed while each was sent alone, by number: what waited at a worker that another one killed
        #: is under suspicion, too. Each is sent once more when nothing else is at work.
        self._suspects: dict[str, list[Task]] = {}
        self._unsent: list[list[Task]] = []
        self._is_over = False

    @property
    def has_some(self) -> bool:
        """Whether something may be left."""
        return bool(self._open) or not self._is_over

    def begin_again(self) -> None:
        """Count all that has no result as not sent."""
        self._again = [batch for number, batch in self._open.items() if number not in self._suspects]
        self._unsent = [*self._suspects.values()]

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> list[Task]:
        """Return a batch to send."""
        if self._again:
            return self._again.pop(0)
        batch = list(itertools.islice(self._source, self._together))
        if not batch:
            self._is_over = True
            raise StopIteration
        self._open[batch[0].number] = batch
        return batch

    def one_suspect(self) -> list[list[Task]]:
        """Return the next suspect, where there is one."""
        return [self._unsent.pop(0)] if self._unsent else []

    def killed(self, batch: list[Task]) -> list[Done]:
        """Return what comes of a batch whose workers were killed again and again: it is sent dossier by dossier, then apart."""
        first = batch[0]
        if first.number in self._suspects:
            return [ended(first)]
        if len(batch) == 1:
            self._suspects[first.number] = batch
            self._unsent.append(batch)
            return []
        del self._open[first.number]
        for task in batch:
            self._open[task.number] = [task]
            self._again.append([task])
        return []

    def done(self, batch: list[Task], found: list[Done]) -> list[Done]:
        """Note that a batch is done, and return what came of it."""
        if found:
            del self._open[batch[0].number]
            self._suspects.pop(batch[0].number, None)
        return found


def _done(client: Client, running: dict[Future[Any], list[Task]]) -> list[Future[Any]]:
    """Wait until some batch is done, and return those that are.

    Raises:
        CancelledError: the scheduler has lost a batch.
        ConnectionError: it is gone.
    """
    some: Any = wait  # which has no types
    with contextlib.suppress(TimeoutError):
        some([*running], timeout=PAUSE, return_when="FIRST_COMPLETED")
    if client.status != "running":
        raise ConnectionError("the scheduler is gone")
    done = [future for future in running if future.status != "pending"]
    if any(future.status in ("cancelled", "lost") for future in done):
        raise CancelledError
    return done


def _factors() -> bytes:
    """Return the catalogue as an archive, the same bytes for the same files."""
    written, folder = io.BytesIO(), data_folder("factors")
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            archive.writestr(zipfile.ZipInfo(path.relative_to(folder).as_posix()), path.read_bytes())
    return written.getvalue()

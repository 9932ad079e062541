"""A real Dask scheduler with two workers: the same bytes, whoever is killed or starts again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import stubborn_work
from conftest import AS_OF, ROOT
from dossiers import dossiers

from lca.files.installation import program_hash
from lca.files.shipped import load_catalogue
from lca.portfolio.children import Children
from lca.portfolio.cluster import Cluster, _Left
from lca.portfolio.examining import examined
from lca.portfolio.row import ASSESSED, ENDED, TIMED_OUT, decoded
from lca.portfolio.setting import Setting, Task
from lca.problems import ProblemsFound

pytestmark = pytest.mark.engine

NUMBER = 100
#: An address of this machine alone.
HOST = "127.0.0.1"


def setting(time_limit: float = 60.0) -> Setting:
    return Setting(
        draws=50,
        seed=1,
        as_of=AS_OF,
        program=program_hash(),
        catalogue=load_catalogue()[1],
        time_limit=time_limit,
    )


class Grid:
    """A scheduler and its workers, each started again by a supervisor here when it ends, as a cluster's does."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind((HOST, 0))
            self.port = free.getsockname()[1]
        self.folder, self.address = folder, f"tcp://{HOST}:{self.port}"
        self.scheduler = self.start("scheduler", "--host", HOST, "--port", str(self.port), "--no-dashboard")
        self.workers = [self.worker(), self.worker()]

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{arguments[0]}.log").open("ab") as log:
            program = [sys.executable, "-P", "-m", "dask", *arguments]
            path = os.pathsep.join(str(ROOT / name) for name in ("", "tests"))
            return subprocess.Popen(program, stdout=log, stderr=log, env={**os.environ, "PYTHONPATH": path})

    def worker(self) -> subprocess.Popen[bytes]:
        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--death-timeout", "60")
        return self.start("worker", self.address, *options, "--local-directory", str(self.folder))

    def again(self) -> None:
        """Start again what has ended."""
        if self.scheduler.poll() is not None:
            self.scheduler = self.start("scheduler", "--host", HOST, "--port", str(self.port), "--no-dashboard")
        self.workers = [one if one.poll() is None else self.worker() for one in self.workers]

    def end(self) -> None:
        for one in (*self.workers, self.scheduler):
            one.kill()
            one.wait()


@pytest.fixture
def grid(tmp_path: Path) -> Iterator[Grid]:
    made, stop = Grid(tmp_path), threading.Event()
    supervisor = threading.Thread(target=supervise, args=(made, stop))
    supervisor.start()
    yield made
    stop.set()
    supervisor.join()
    made.end()


def supervise(grid: Grid, stop: threading.Event) -> None:
    """Start again what ends, as a cluster's supervisor does."""
    while not stop.wait(0.5):
        grid.again()


def tasks(number: int = NUMBER) -> list[Task]:
    return [Task(Path(name).stem, name, text.encode(), name) for name, text in dossiers(number)]


def test_a_cluster_gives_the_same_bytes_also_when_it_is_killed_half_way(grid: Grid) -> None:
    with Children(setting(), 2, examined) as children:
        here = {task.number: row for task, row, _ in children.results(tasks())}
    there: dict[str, bytes] = {}
    with Cluster(setting(), grid.address, examined) as cluster:
        for place, (task, row, may_be_kept) in enumerate(cluster.results(tasks())):
            assert task.number not in there
            assert may_be_kept
            there[task.number] = row
            if place == 15:
                grid.workers[0].send_signal(signal.SIGKILL)
            if place == 55:
                grid.scheduler.send_signal(signal.SIGKILL)
    assert there == here


def test_a_dossier_that_takes_for_ever_and_one_that_is_poison_stop_no_worker(grid: Grid) -> None:
    odd = {"3": b"for ever", "5": b"poison"}
    some = [Task(str(number), f"{number}.yaml", odd.get(str(number), b""), "") for number in range(45)]
    workers = [one.pid for one in grid.workers]
    with Cluster(setting(3.0), grid.address, stubborn_work.work) as cluster:
        found = {task.number: decoded(row).outcome for task, row, _ in cluster.results(some)}
    assert len(found) == 45
    assert (found.pop("3"), found.pop("5")) == (TIMED_OUT, ENDED)
    assert set(found.values()) == {ASSESSED}
    assert [one.pid for one in grid.workers if one.poll() is None] == workers


def test_a_dossier_that_kills_its_workers_is_found_among_its_batch(grid: Grid) -> None:
    some = [Task(str(number), f"{number}.yaml", b"kills" if number == 7 else b"", "") for number in range(25)]
    found: dict[str, str] = {}
    with Cluster(setting(), grid.address, stubborn_work.work) as cluster:
        for task, row, _ in cluster.results(some):
            found[task.number] = decoded(row).outcome
    assert found.pop("7") == ENDED
    assert (len(found), set(found.values())) == (24, {ASSESSED})


def test_what_waited_at_a_killed_worker_is_sent_apart_before_it_is_told_as_ended() -> None:
    tasks = [Task(str(number), f"{number}.yaml", b"", "") for number in range(3)]
    left = _Left(tasks, 3)
    together = next(left)
    assert left.done(together, left.killed(together)) == []
    alone = list(left)
    assert alone == [[task] for task in tasks]
    assert left.one_suspect() == []
    for batch in alone[:2]:
        assert left.done(batch, left.killed(batch)) == []
    assert list(left) == []
    innocent, guilty = left.one_suspect()[0], left.one_suspect()[0]
    assert left.one_suspect() == []
    assert left.done(innocent, [(innocent[0], b"row", True)]) == [(innocent[0], b"row", True)]
    left.begin_again()  # as after a scheduler's restart: what has no result yet, the suspect apart again
    assert (list(left), left.one_suspect()) == ([alone[2]], [guilty])
    ((task, row, may_be_kept),) = left.done(guilty, left.killed(guilty))
    assert (task, decoded(row).outcome, may_be_kept) == (tasks[1], ENDED, False)


def test_workers_of_another_version_are_refused(grid: Grid) -> None:
    other = Setting(draws=0, seed=1, as_of=AS_OF, program="another", catalogue="c")
    with Cluster(other, grid.address, examined) as cluster, pytest.raises(ProblemsFound) as found:
        list(cluster.results(tasks(1)))
    (problem,) = found.value.problems
    assert (problem.code, "another version" in problem.message) == ("LCA966", True)


def test_a_cluster_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lca.portfolio.cluster.PATIENCE", 1.0)
    monkeypatch.setattr("lca.portfolio.cluster.PAUSE", 0.2)
    with Cluster(setting(), f"tcp://{HOST}:9", examined) as cluster, pytest.raises(ProblemsFound) as found:
        list(cluster.results(tasks(1)))
    assert found.value.problems[0].code == "LCA966"

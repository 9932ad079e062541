"""Child processes: one that hangs or dies is replaced, and none stops the others."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import stubborn_work
from conftest import AS_OF
from msgspec.structs import replace

from lca.portfolio.children import Children
from lca.portfolio.row import ASSESSED, ENDED, TIMED_OUT, Row, decoded
from lca.portfolio.setting import Setting, Task

SETTING = Setting(draws=0, seed=1, as_of=AS_OF, program="p", catalogue="c", time_limit=30.0)


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent.parent))


def task(number: str, content: bytes = b"") -> Task:
    return Task(number, f"{number}.yaml", content, f"{number}.yaml")


def rows(tasks: list[Task], workers: int = 2, setting: Setting = SETTING) -> dict[str, tuple[Row, bool]]:
    with Children(setting, workers, stubborn_work.work) as children:
        return {done.number: (decoded(row), kept) for done, row, kept in children.results(tasks)}


def test_each_dossier_is_done_once_by_at_most_so_many_processes() -> None:
    found = rows([task(str(number)) for number in range(40)])
    assert sorted(found, key=int) == [str(number) for number in range(40)]
    assert len({row.name for row, _ in found.values()}) <= 2
    assert all(kept for _, kept in found.values())


def test_no_more_processes_start_than_there_are_dossiers() -> None:
    children = Children(SETTING, 8, stubborn_work.work)
    with children:
        assert len(list(children.results([task("1")]))) == 1
        assert len(children._children) == 1
    assert children._children == []


def test_a_dossier_that_takes_for_ever_is_ended_alone_and_is_not_kept() -> None:
    begun = time.monotonic()
    tasks = [task("1"), task("2", b"for ever"), *(task(str(number)) for number in range(3, 20))]
    found = rows(tasks, setting=replace(SETTING, time_limit=2.0))
    assert time.monotonic() - begun < 60
    row, kept = found.pop("2")
    (problem,) = row.problems
    assert (row.outcome, kept, problem.code, problem.location.file) == (TIMED_OUT, False, "LCA964", "2.yaml")
    assert {row.outcome for row, _ in found.values()} == {ASSESSED}


def test_a_dossier_that_ends_its_process_is_told_and_the_others_are_done() -> None:
    found = rows([task("1", b"poison"), task("2"), task("3", b"poison"), task("4")], workers=1)
    assert [(number, row.outcome, kept) for number, (row, kept) in found.items()] == [
        ("1", ENDED, False),
        ("2", ASSESSED, True),
        ("3", ENDED, False),
        ("4", ASSESSED, True),
    ]
    assert found["1"][0].problems[0].code == "LCA965"


def test_what_a_library_prints_disturbs_nothing() -> None:
    assert rows([task("1", b"loud")], workers=1)["1"][0].outcome == ASSESSED


def test_tasks_are_asked_for_only_when_somebody_is_free() -> None:
    asked: list[str] = []

    def source() -> Iterator[Task]:
        for number in range(20):
            asked.append(str(number))
            yield task(str(number))

    with Children(SETTING, 2, stubborn_work.work) as children:
        for done, _ in enumerate(children.results(source()), 1):
            assert len(asked) <= done + 2

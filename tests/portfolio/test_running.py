"""A run over a portfolio: the figures are those of each dossier's own report, and nothing that is done is done again."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest
from conftest import AS_OF, ROOT
from msgspec.structs import replace

import lca
from lca.portfolio.across import REFERENCE
from lca.portfolio.children import Done, ended
from lca.portfolio.examining import examine, examined
from lca.portfolio.kept import NAME, Kept
from lca.portfolio.listing import listing
from lca.portfolio.row import ASSESSED, ENDED, REFUSED, Row
from lca.portfolio.running import Run, compared, side_by_side
from lca.portfolio.setting import Setting, Task
from lca.problems import ProblemsFound

SETTING = Setting(draws=200, seed=2026, as_of=AS_OF, program="p", catalogue="c")
SMALL = """\
descriptor: 1
project: {name: Small, applicant: A laboratory, start: 2025-03, duration: 3 year}
sites: {lab: {location: FR, pue: 1.3}}
machines: {node: {site: lab, power: 1 kW, host: none}}
training: {model: {on: node, duration: 100 h}}
"""


class Here:
    """An engine that works in this process and counts; some dossiers end it."""

    def __init__(self, setting: Setting = SETTING, *fatal: str) -> None:
        self.setting, self.fatal = setting, fatal
        self.numbers: list[str] = []

    def results(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Yield the rows in the order of the tasks."""
        for task in tasks:
            self.numbers.append(task.number)
            yield ended(task) if task.number in self.fatal else (task, examined(task, self.setting), True)


def nobody(*_: int) -> None:
    """Hear nothing."""


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return folder


def run_over(folder: Path, output: Path, engine: Here) -> tuple[list[Row], list[str]]:
    """Return the rows of a run, and the numbers of the dossiers that were worked on."""
    with Kept(output) as kept:
        run = Run(listing([folder], output), engine.setting, kept)
        run.assess(engine, nobody)
        rows = list(run.rows())
        run.finish()
    return rows, engine.numbers


@pytest.mark.parametrize("name", ["minimal", "bloom-176b", "vineyard", "transition-call"])
def test_best_estimates_are_those_of_the_dossiers_own_report(name: str) -> None:
    path = ROOT / "projects" / f"{name}.yaml"
    row = examine(Task(name, path.name, path.read_bytes(), str(path)), SETTING)
    own = lca.load(path).assess(draws=2_000, as_of=AS_OF)
    assert row.outcome == ASSESSED
    for figure, quantity in own.figures.items():
        if figure in row.figures:
            assert row.figures[figure].value == quantity.value
    climate = own.footprint.climate
    assert climate is not None
    assert row.figures["total.gwp100"].value == climate.value
    assert {problem.code for problem in row.problems} == {problem.code for problem in own.problems}
    assert {status.stage: status.status for status in own.footprint.boundary} == row.stages


def test_dossiers_share_the_error_of_their_factors_and_nothing_else() -> None:
    text = SMALL.replace("power: 1 kW", "power: {value: 1 kW, range95: [0.8 kW, 1.2 kW]}")
    pair = [examine(Task(number, "x.yaml", text.encode(), "x.yaml"), SETTING) for number in ("1", "2")]
    first, second = (row.drawn("total.gwp100") for row in pair)
    assert first is not None
    assert second is not None
    assert first[0] == second[0]
    assert not np.array_equal(first, second)  # each has its own power
    together = float(np.corrcoef(first[1:], second[1:])[0, 1])
    assert 0.2 < together < 0.99  # and both the electricity of France
    exact = [examine(Task(number, "x.yaml", SMALL.encode(), "x.yaml"), SETTING) for number in ("1", "2")]
    assert exact[0].draws == exact[1].draws


def test_the_scenarios_of_one_of_many_leave_no_more_than_their_problems() -> None:
    again, twice = "{training: {model: {note: the same again}}}", "{sites: {lab: {pue: 0.2}}}"
    text = f"{SMALL}scenarios: {{again: {again}, twice: {twice}}}\n"
    study = lca.read(text.replace("pue: 0.2", "pue: 1.5"))
    alone, one_of_many = study.assess(draws=50, as_of=AS_OF), study.assess(draws=50, as_of=AS_OF, among="1")
    assert "LCA905" in {problem.code for problem in alone.problems}
    assert one_of_many.problems == alone.problems
    assert [*alone.scenarios] == ["again", "twice"]
    assert one_of_many.scenarios == {}
    wrong = examine(Task("1", "x.yaml", text.encode(), "x.yaml"), SETTING)
    assert any("scenario `twice`" in problem.message for problem in wrong.errors)


def test_nothing_that_is_done_is_done_again(tmp_path: Path) -> None:
    folder = write(tmp_path / "call", a=SMALL, b=SMALL.replace("100 h", "50 h"))
    first, worked = run_over(folder, tmp_path / "out", Here())
    assert worked == ["a", "b"]
    again, worked = run_over(folder, tmp_path / "out", Here())
    assert worked == []
    assert again == first
    write(folder, b=SMALL.replace("100 h", "60 h"))
    _, worked = run_over(folder, tmp_path / "out", Here())
    assert worked == ["b"]


@pytest.mark.parametrize(
    "other",
    [
        {"draws": 100},
        {"seed": 1},
        {"as_of": AS_OF.replace(year=2027)},
        {"program": "q"},
        {"catalogue": "d"},
        {"factor_set": "x"},
    ],
)
def test_another_setting_is_another_result(other: dict[str, object]) -> None:
    key = SETTING.key("1", "1.yaml", b"text")
    assert replace(SETTING, **other).key("1", "1.yaml", b"text") != key
    assert replace(SETTING, time_limit=1.0, factors="/elsewhere").key("1", "1.yaml", b"text") == key
    assert len({key, SETTING.key("2", "1.yaml", b"text"), SETTING.key("1", "1.yaml", b"other")}) == 3


def test_a_file_that_a_dossier_names_is_part_of_it(tmp_path: Path) -> None:
    folder = tmp_path / "call"
    shutil.copytree(ROOT / "projects" / "consortium", folder)
    rows, worked = run_over(folder, tmp_path / "out", Here())
    (row,) = rows
    assert row.files
    assert all(row.files.values())
    assert run_over(folder, tmp_path / "out", Here())[1] == []
    part = folder / next(iter(row.files))
    part.write_text(part.read_text("utf-8") + "# later\n", "utf-8")
    assert run_over(folder, tmp_path / "out", Here())[1] == worked


def test_a_file_that_was_missing_is_looked_for_again(tmp_path: Path) -> None:
    folder = tmp_path / "call"
    shutil.copytree(ROOT / "projects" / "consortium", folder)
    part = folder / "ville.yaml"
    text = part.read_text("utf-8")
    part.unlink()
    (row,), _ = run_over(folder, tmp_path / "out", Here())
    assert (row.outcome, row.files["ville.yaml"]) == (REFUSED, "")
    assert str(tmp_path) not in str(row)  # where the folder lies is nobody else's business
    assert run_over(folder, tmp_path / "out", Here())[1] == []
    part.write_text(text, "utf-8")
    (row,), worked = run_over(folder, tmp_path / "out", Here())
    assert (row.outcome, worked) == (ASSESSED, [row.number])


def test_a_dossier_that_was_lost_is_listed_and_tried_again(tmp_path: Path) -> None:
    folder = write(tmp_path / "call", a=SMALL, b=SMALL)
    rows, _ = run_over(folder, tmp_path / "out", Here(SETTING, "a"))
    assert [(row.number, row.outcome) for row in rows] == [("a", ENDED), ("b", ASSESSED)]
    rows, worked = run_over(folder, tmp_path / "out", Here())
    assert worked == ["a"]
    assert {row.outcome for row in rows} == {ASSESSED}


def test_broken_dossiers_stop_nothing_and_keep_their_messages(tmp_path: Path) -> None:
    folder = write(tmp_path / "call", a="descriptor: [1\n", b=SMALL, c=SMALL.replace("1 kW", "1 kg"))
    (folder / "d.yaml").write_bytes(b"descriptor: 1\n\xff\n")
    rows, _ = run_over(folder, tmp_path / "out", Here())
    assert [(row.outcome, [(p.code, p.location.line) for p in row.errors][:1]) for row in rows] == [
        (REFUSED, [("LCA104", 2)]),
        (ASSESSED, []),
        (REFUSED, [("LCA303", 4)]),
        (REFUSED, [("LCA103", 1)]),
    ]


def test_the_program_at_fault_is_one_dossiers_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("lca.portfolio.examining.assessed_row", fail)
    row = examine(Task("1", "1.yaml", SMALL.encode(), "1.yaml"), SETTING)
    assert [(p.code, p.message) for p in row.problems] == [
        ("LCA963", "the program itself is at fault: ZeroDivisionError")
    ]


def test_rows_that_nobody_asks_for_any_more_are_let_go(tmp_path: Path) -> None:
    folder = write(tmp_path / "call", a=SMALL, b=SMALL)
    run_over(folder, tmp_path / "out", Here())
    (folder / "b.yaml").unlink()
    run_over(folder, tmp_path / "out", Here())
    write(folder, b=SMALL)
    assert run_over(folder, tmp_path / "out", Here())[1] == ["b"]


def test_one_run_at_a_time_writes_to_a_folder(tmp_path: Path) -> None:
    with Kept(tmp_path), pytest.raises(ProblemsFound) as found:
        Kept(tmp_path)
    (problem,) = found.value.problems
    assert (problem.code, problem.location.name) == ("LCA701", NAME)


def test_what_is_kept_and_can_no_longer_be_read_is_made_again(tmp_path: Path) -> None:
    with Kept(tmp_path) as kept:
        kept.keep("key", b"\x00 no row")
        kept.write()
        assert kept.row("key") is None
        assert kept.row("other") is None


def test_an_unfinished_run_is_known_by_its_date(tmp_path: Path) -> None:
    with Kept(tmp_path) as kept:
        assert kept.unfinished == ""
        kept.begin("2026-11-24")
    with Kept(tmp_path) as kept:
        assert kept.unfinished == "2026-11-24"
        kept.finish([])
        assert kept.unfinished == ""


def test_the_reference_of_another_dossier_is_known_as_such(tmp_path: Path) -> None:
    benefit = """\
benefit:
  horizon: 3 year
  reference: {description: As today, descriptor: today.yaml}
  effects: {less: {description: Less of it, evidence: expert, whole_reference: true}}
"""
    folder = write(tmp_path / "call", a=SMALL + benefit, today=SMALL)
    with Kept(tmp_path / "out") as kept:
        run = Run(listing([folder], tmp_path / "out"), SETTING, kept)
        run.assess(Here(), nobody)
        with compared(run) as across:
            found = {row.number: [one.kind for one in findings] for row, findings in side_by_side(run, across)}
            assert across.totals()["total.gwp100"].of == 1
    assert found == {"a": [], "today": [REFERENCE]}


def test_a_file_that_takes_no_more_is_told_in_a_sentence(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept._base.execute("pragma max_page_count = 8")
    kept.keep("key", bytes(1_000_000))
    with pytest.raises(ProblemsFound) as found:
        kept.write()
    assert [(p.code, "full" in p.message) for p in found.value.problems] == [("LCA701", True)]

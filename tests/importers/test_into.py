import hashlib
import importlib.util
from pathlib import Path

import pytest
from conftest import ROOT

import lca
from lca.cli.main import main
from lca.subjects.footprint.declared import ProductSystem

CASES = ROOT / "tests" / "cases"
LOG = CASES / "codecarbon" / "two-places.csv"
PROJECT = """\
# Ours, with comments.
descriptor: 1
project: {name: Floods, start: 2023-01}   # kept
sites:
    fr: {location: FR}   # the same as in the log
machines:
    # ours
    node:
        site: fr
        host: desktop
        memory: 16 GB
training:
    flood-maps-11111111:   # ours, by that name
        on: node
        duration: 3 h
# the end
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "project.lca.yaml"
    path.write_text(PROJECT)
    return path


def errors(path: Path) -> list[str]:
    return [str(problem) for problem in lca.load(path).problems if problem.severity == "error"]


def lines_of(path: Path) -> list[str]:
    return path.read_text().splitlines()


def test_what_a_log_holds_is_added_and_no_line_of_the_project_moves(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = errors(project)
    assert main(["import", "codecarbon", str(LOG), "--into", str(project)]) == 0
    said = capsys.readouterr()
    assert [line for line in lines_of(project) if line in PROJECT.splitlines()] == PROJECT.splitlines()
    assert set(errors(project)) <= set(before)
    system = lca.load(project).descriptor[ProductSystem]
    assert list(system.sites) == ["fr", "ca-qc", "aws-us-west-2"]  # the place that was there is used
    assert list(system.machines) == ["node", "node-4", "node-2", "node-3"]
    assert [(name, work.on) for name, work in system.training.items()] == [
        ("flood-maps-11111111", "node"),
        ("flood-maps-11111111-2", "node-4"),
        ("flood-maps-22222222", "node-2"),
        ("flood-maps-33333333", "node-3"),
    ]
    energy = system.training["flood-maps-11111111-2"].energy
    assert energy is not None
    assert energy.value == 1.8
    text = project.read_text()
    assert (
        "    node-4:\n      site: fr\n      host: gpu-server  # taken to be" in text
    )  # comments of the draft come along
    assert text.endswith("# the end\n")
    warning = f"{project}:13:5: LCA613 warning: `training.flood-maps-11111111` stands here already"
    assert warning in said.err
    assert "added" in said.out
    assert "training.flood-maps-11111111-2" in said.out


@pytest.mark.parametrize(
    "log",
    [
        "codecarbon/two-places.csv", "boamps/training.json", "slurm/jobs.txt", "llm-usage/usage.csv", "llm-usage/openai.json",
        *(str(path.relative_to(CASES))
          for folder in ("carbontracker", "eco2ai", "zeus", "nvidia-smi", "green-algorithms", "dcgm", "focus")
          for path in sorted((CASES / folder).glob("*.*")) if path.suffix != ".md"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("base", ["own", "vineyard", "CRLF"])
def test_the_same_log_imported_twice_changes_nothing(tmp_path: Path, log: str, base: str) -> None:
    project = tmp_path / "project.yaml"
    text = "descriptor: 1\nproject: {name: A, start: 2024-01}\n" if base != "vineyard" else ""
    text = text or (ROOT / "projects" / "vineyard.yaml").read_text()
    project.write_bytes(text.replace("\n", "\r\n" if base == "CRLF" else "\n").encode())
    status = main(["import", str(CASES / log), "--into", str(project)])
    if status != 0:
        pytest.skip("the file is no log that is imported alone")
    once = project.read_bytes()
    assert once != text.encode()
    assert once.count(b"\r\n") == (once.count(b"\n") if base == "CRLF" else 0)
    assert main(["import", str(CASES / log), "--into", str(project)]) == 0
    assert project.read_bytes() == once
    kept = [line for line in once.decode().splitlines() if line in set(text.splitlines())]
    assert [line for line in kept if line.strip()][:1] == text.splitlines()[:1]


def test_what_a_person_corrected_is_not_imported_again(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["import", str(LOG), "--into", str(project)])
    corrected = project.read_text().replace("flood-maps-22222222:", "the-second-run:").replace("ca-qc", "montreal")
    project.write_text(corrected)
    capsys.readouterr()
    assert main(["import", str(LOG), "--into", str(project)]) == 0
    assert project.read_text() == corrected
    assert capsys.readouterr().out.endswith("stay as they are: 3\n")


def test_a_log_that_has_grown_adds_what_is_new(project: Path, tmp_path: Path) -> None:
    head, *rows = LOG.read_text().splitlines(keepends=True)
    first = tmp_path / "two-places.csv"
    first.write_text(head + "".join(rows[:2]))
    main(["import", str(first), "--into", str(project)])
    once = lca.load(project).descriptor[ProductSystem]
    first.write_text(LOG.read_text())
    main(["import", str(first), "--into", str(project)])
    then = lca.load(project).descriptor[ProductSystem]
    assert len(once.training) == 2
    assert list(then.training)[:2] == list(once.training)
    assert len(then.training) == 4


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("descriptor: 1\nproject: {name: A\n", "3:1", "LCA104"),
        ("", "1:1", "LCA105"),
        ("descriptor: 1\na: &x 1\n", "2:4", "LCA106"),
        ("descriptor: 1\ntraining: none\n", "2:1", "LCA701"),
    ],
)
def test_a_project_that_cannot_be_added_to_is_left_as_it_is(
    tmp_path: Path, text: str, place: str, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    project = tmp_path / "project.yaml"
    project.write_text(text)
    assert main(["import", str(LOG), "--into", str(project)]) == 1
    assert f"{project}:{place}: {code}" in capsys.readouterr().err
    assert project.read_text() == text
    assert [path.name for path in tmp_path.iterdir()] == ["project.yaml"]


def test_a_bill_in_another_currency_is_refused_at_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bill = next(path for path in sorted((CASES / "focus").glob("*.csv")))
    project = tmp_path / "project.yaml"
    text = "descriptor: 1\nproject: {name: A, start: 2024-01}\nmoney:\n  currency: JPY\n"
    project.write_text(text)
    assert main(["import", str(bill), "--into", str(project)]) == 1
    assert f"{project}:4:13: LCA402 `money.currency` is `JPY`, and `" in capsys.readouterr().err
    assert project.read_text() == text


def test_braces_and_empty_maps_are_added_to(tmp_path: Path) -> None:
    project = tmp_path / "project.yaml"
    project.write_text(
        "descriptor: 1\nproject: {name: A, start: 2024-01}\nsites: {home: {location: DE}} # ours\ntraining:\n"
    )
    assert main(["import", str(LOG), "--into", str(project)]) == 0
    system = lca.load(project).descriptor[ProductSystem]
    assert list(system.sites) == ["home", "fr", "ca-qc", "aws-us-west-2"]
    assert len(system.training) == 3
    assert "# ours" in project.read_text()


def test_a_draft_and_a_project_are_not_written_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["import", str(LOG), "--into", str(tmp_path / "a.yaml"), "-o", str(tmp_path / "b.yaml")])
    assert "not allowed with" in capsys.readouterr().err


def test_the_source_of_what_was_added_names_the_log_by_its_hash(tmp_path: Path) -> None:
    log, project = CASES / "slurm" / "jobs.txt", tmp_path / "project.yaml"
    project.write_text("descriptor: 1\nproject: {name: A, start: 2024-01}\n")
    main(["import", str(log), "--into", str(project)])
    assert f"jobs.txt (sha256 {hashlib.sha256(log.read_bytes()).hexdigest()[:16]})" in project.read_text()


def test_without_the_package_that_edits_it_says_what_to_install(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name.startswith("ruamel") else found(name))
    assert main(["import", str(LOG), "--into", str(project)]) == 1
    assert "pip install 'lca-ai[edit]'" in capsys.readouterr().err
    assert project.read_text() == PROJECT

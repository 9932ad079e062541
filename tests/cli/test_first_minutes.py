"""The first minutes of a person who has no file yet: new, check, the walk of the French guide, report."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

import lca
from lca.cli.main import main
from lca.descriptor.document import read_document
from lca.descriptor.keys import place_at
from lca.descriptor.placeholders import CODE
from lca.files.folders import TEMPLATES
from lca.files.shipped import project_schema, words_of_keys
from lca.problems import Problem, ProblemsFound

GUIDE = (ROOT / "docs" / "guide-fr.md").read_text("utf-8")
#: Ten minutes for a person who changes a line in a quarter of a minute.
MOST_LINES = 40


def written(name: str, language: str) -> str:
    return (ROOT / "templates" / "descriptors" / language / f"{name}.yaml").read_text("utf-8")


def problems_of(text: str) -> tuple[Problem, ...]:
    return lca.read(text, name="my.yaml").problems


def lines_of_keys(text: str) -> int:
    return sum(bool(line.strip()) and not line.lstrip().startswith("#") for line in text.splitlines())


def keys(node: Any, path: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    if isinstance(node, dict):
        return {path}.union(*(keys(value, (*path, key)) for key, value in node.items()))
    return {path}


def walk_of(name: str) -> list[tuple[str, str]]:
    """Return what the guide says to write for each placeholder of a template, in the order of the file."""
    part = re.search(rf"^### `{name}`.*?(?=^##|\Z)", GUIDE, re.MULTILINE | re.DOTALL)
    assert part, name
    return re.findall(r"^\| `(<[^`]*>)` \| `([^`]*)` \|", part[0], re.MULTILINE)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_passes_but_for_its_placeholders(name: str, language: str) -> None:
    text = written(name, language)
    found = problems_of(text)
    assert {problem.code for problem in found} == {CODE}, [str(p) for p in found if p.code != CODE]
    assert len(found) == len(re.findall(r"<(?!\.\.\.)[^<>]+>", re.sub(r"#.*", "", text)))
    assert lines_of_keys(text) < 40
    assert f"language: {language}" in text
    for problem in found:  # each stands where the placeholder is
        assert text.splitlines()[problem.location.line - 1][problem.location.column - 1] in '<"'


@pytest.mark.parametrize("name", TEMPLATES)
def test_both_languages_have_the_same_keys_and_values(name: str) -> None:
    english, french = (read_document(written(name, language), "-").data for language in ("en", "fr"))
    assert keys(english) == keys(french)
    assert list(english) == list(french)


@pytest.mark.parametrize("name", TEMPLATES)
def test_who_reads_the_guide_alone_fills_a_template(name: str, tmp_path: Path) -> None:
    """Line by line: each takes one warning away and brings no other, and the last leaves none."""
    steps = walk_of(name)
    assert len({old for old, _ in steps}) <= MOST_LINES
    path = tmp_path / "mon-projet.yaml"
    assert main(["new", str(path), "--lang", "fr", "--template", name]) == 0
    text = path.read_text("utf-8")
    left = len(problems_of(text))
    for old, new in steps:
        assert old in text, f"{name}: the guide names {old}, which the template does not hold"
        taken = text.count(old)
        text = text.replace(old, new)
        found = problems_of(text)
        assert {problem.code for problem in found} <= {CODE}, (old, new, [str(p) for p in found if p.code != CODE])
        left -= taken
        assert len(found) == left, (old, new)
    assert left == 0, [str(problem) for problem in problems_of(text)]
    assert lca.read(text).assess(draws=0).footprint.climate is not None


def test_the_steps_are_named_as_they_were_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "a.yaml", tmp_path / "mon projet.yaml"
    monkeypatch.delenv("LCA_COMMAND", raising=False)
    assert main(["new", str(first)]) == 0
    assert f"next: `lca check {first}`, then `lca report {first}`" in capsys.readouterr().out
    monkeypatch.setenv("LCA_COMMAND", "./run")
    assert main(["new", str(second), "--lang", "fr"]) == 0
    said = capsys.readouterr().out
    assert f"ensuite\u00a0: `./run check '{second}'`, puis `./run report '{second}'`" in said
    assert main(["check", "--strict", str(first)]) == 1
    assert "`./run check --fill " in capsys.readouterr().err
    assert "export LCA_COMMAND" in (ROOT / "run").read_text("utf-8")


def test_a_name_that_is_not_given_and_the_names_of_what_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["new"]) == 0
    assert main(["new", "--lang", "fr"]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mon-projet.lca.yaml", "my-project.lca.yaml"]
    assert main(["new"]) == 1  # nothing is written over
    assert "my-project.lca.yaml" in capsys.readouterr().err
    assert main(["report", "my-project.lca.yaml", "--html", "--draws", "0", "-o", "."]) == 0
    assert (tmp_path / "my-project.html").is_file()


def test_strict_on_the_starter_is_one_line_on_the_checklist(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "my.yaml"
    assert main(["new", str(path)]) == 0
    assert main(["check", str(path)]) == 0
    capsys.readouterr()
    assert main(["check", "--strict", str(path)]) == 1
    told = [line for line in capsys.readouterr().err.splitlines() if CODE not in line]
    assert len(told) == 1
    assert "LCA413 18 rows of the checklist have no answer: art17-ccm, " in told[0]
    assert f"`lca check --fill {path}`" in told[0]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("applicant: TODO", CODE),
        ("applicant: à compléter", CODE),
        ("applicant: Organisation, person who answers for the figures", CODE),
        ("summary: Two sentences for a reviewer who knows nothing of the project.", CODE),
        ("call: Laboratory <name>, annex 3", CODE),
        ('summary: "???"', CODE),
        ("duration: <3 year>", CODE),
        ("duration: {value: <3 year>, source: log}", CODE),
        ("readiness_level: <4>", CODE),
        ("applicant: Jeanne Martin <jeanne@example.org>", ""),
        ("summary: p < 0.05 and n > 30", ""),
        ("summary: a<b and c>d", ""),
        ("call: Todolist for farmers", ""),
    ],
)
def test_placeholders_are_told_from_texts(line: str, code: str) -> None:
    text = (ROOT / "projects" / "minimal.yaml").read_text("utf-8")
    text = text.replace(
        "project: {name: Minimal example, start: 2024-03}",
        f"project:\n  name: Rust on vines\n  start: 2024-03\n  {line}",
    )
    told = [problem.code for problem in problems_of(text) if problem.location.line == 7]
    assert told == ([code] if code else [])


def test_a_placeholder_in_a_scenario_and_a_value_that_is_no_example() -> None:
    base = (ROOT / "projects" / "minimal.yaml").read_text("utf-8")
    found = problems_of(base + "scenarios:\n  longer: {training: {final-model: {duration: <100 h>}}}\n")
    assert [(p.code, p.location.line, p.location.column) for p in found if p.code == CODE] == [(CODE, 12, 47)]
    found = problems_of(base.replace("72 h", "<your hours>"))
    assert {("LCA301", 10), (CODE, 10)} <= {(p.code, p.location.line) for p in found}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Texts and values of the template that remain: 13"),
        ("fr", "Textes et valeurs du modèle encore à remplacer\u00a0: 13"),
    ],
)
def test_the_report_says_how_many_placeholders_remain(language: str, words: str) -> None:
    text = written("shortest", language)
    page = lca.read(text, name="my.yaml").assess(draws=20).report(language).page_one
    assert words in page
    assert re.search(r"(?:lines|lignes) 5, 6, 8, 11, 12, 13, 14, 15, 17, 19, 21, 23\)", page)
    filled = text
    for old, new in walk_of("shortest") if language == "fr" else ():
        filled = filled.replace(old, new)
    if language == "fr":
        assert "Brouillon" not in lca.read(filled).assess(draws=20).report("fr").page_one


def test_an_unknown_template_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["new", str(tmp_path / "a.yaml"), "--template", "trainig"])
    assert stopped.value.code == 2
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("text", "value"),
    # 480 k€ = 480 × 1000 €; 0,48 M€ = 0.48 × 1,000,000 €
    [("480 k€", 480_000), ("480k€", 480_000), ("0,48 M€", 480_000), ("480 keur", 480_000), ("0.48 MEUR", 480_000)],
)
def test_a_grant_in_thousands_and_millions(text: str, value: float) -> None:
    base = (ROOT / "projects" / "minimal.yaml").read_text("utf-8")
    funding = lca.read(base.replace("start: 2024-03", f'start: 2024-03, funding: "{text}"')).descriptor.about.funding
    assert funding is not None
    assert (funding.value, funding.unit, funding.text) == (value, "EUR", text)


def test_errors_of_a_broken_template_raise_and_name_their_lines() -> None:
    with pytest.raises(ProblemsFound) as found:
        lca.read(written("training", "en").replace("<72 h>", "72"), name="my.yaml").assess(draws=0)
    assert [str(p.location) for p in found.value.problems if p.severity == "error"] == ["my.yaml:33:34"]


def test_keys_in_french_name_keys_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    schema = project_schema()
    for path in words_of_keys("fr")["texts"]:
        if path.endswith(".NAME"):
            assert place_at(schema, path) is not None, path
            continue
        group, _, name = path.rpartition(".")
        place = place_at(schema, group)
        assert place is not None, path
        assert name in {key.name for key in place.keys}, path
    assert main(["keys", "inference", "--lang", "fr"]) == 0
    said = capsys.readouterr().out
    assert "Requêtes par durée." in said
    assert "volume: 10000 image/day" in said
    assert "nom pris dans machines" in said
    assert main(["keys", "project", "--lang", "fr"]) == 0
    assert "obligatoire" in capsys.readouterr().out


def test_each_key_at_the_top_has_a_french_text() -> None:
    place = place_at(project_schema(), "")
    assert place is not None
    assert {key.name for key in place.keys} <= words_of_keys("fr")["texts"].keys()

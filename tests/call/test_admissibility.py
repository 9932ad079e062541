"""A dossier is judged by the rules of its call alone: each thing that lacks at its place, with the rule and its source."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from lca.cli.main import main

CALL = """\
call: 1
name: Test call
deadline: {date: "2027-03-31", otherwise: not-admissible, source: {title: Specification, locator: article 2}}
language: {code: en}
catalogue: {version: "2026.2", factors: ember}
law: {acts: [wtr_4_1], date: "2026-01-01", answered: true, source: {title: Specification, locator: annex 1}}
stages: {required: [training, storage, inference]}
functional_unit: {quantities: [1 request, 1 image], nouns: [image]}
reference: {effects: true, in_figures: true, alternatives: 2, without_ai: true}
pages: {most: 8}
annex: {open: The form was not read.}
"""

#: A dossier that keeps to every rule.
GOOD = """\
descriptor: 1
catalogue: "2026.2"
project: {name: A good dossier, start: 2026-01}
goal:
  units: [image]
  functional_unit: {description: a thousand images, quantity: 1 image}
sites: {lab: {location: FR, pue: 1.2}}
training: {model: {energy: 10 kWh, site: lab}}
storage: {data: {volume: 1 TB, duration: 1 year, copies: 1, medium: hdd, site: lab}}
inference: {service: {volume: 100 request/day, duration: 1 year, energy_per_request: 1 Wh, site: lab}}
benefit:
  horizon: 1 year
  reference:
    description: by hand
    flows: {power: {amount: 1000 kWh/year, electricity: FR}}
    alternatives:
      timer: {description: a timer, without_ai: true, saving: 1 kgCO2e/year, credible: true}
      rule: {description: a rule, without_ai: true, saving: 1 kgCO2e/year, credible: true}
  effects:
    less: {description: less power, flows: {power: {with_project: 500 kWh/year}}, evidence: model, ramp_up: [1]}
checklist:
  answers:
    wtr41-dnsh-cca: {answer: unknown}
    wtr41-dnsh-ce: {answer: unknown}
    wtr41-dnsh-ppc-1: {answer: unknown}
    wtr41-dnsh-ppc-2: {answer: unknown}
"""

#: One that lacks much, each at a place of its own.
POOR = """\
descriptor: 1
project: {name: A poor dossier, language: fr, start: 2026-01}
goal:
  functional_unit: {description: an hour, quantity: 1 run}
  excluded:
    storage: {reason: small}
training: {model: {energy: 10 kWh, site: lab}}
sites: {lab: {location: FR, pue: 1.2}}
benefit:
  horizon: 1 year
  reference:
    description: by hand
    alternatives: {other: {description: another model}}
  effects: {less: {quantity: 1 kgCO2e/year, evidence: expert}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("call", CALL), ("good", GOOD), ("poor", POOR)):
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    return tmp_path


def check(folder: Path, *names: str, as_of: str = "2026-11-24", options: tuple[str, ...] = ()) -> int:
    files = [str(folder / f"{name}.yaml") for name in names]
    return main(["check", *files, "--call", str(folder / "call.yaml"), "--as-of", as_of, "--lang", "en", *options])


def judged(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, Any]]:
    return {Path(one["file"]).stem: one for one in json.loads(capsys.readouterr().out)["admissibility"]}


def test_a_dossier_that_keeps_to_every_rule_is_admissible(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(folder, "good", options=("--json",)) == 0
    found = judged(capsys)["good"]
    assert found["verdict"] == "admissible"
    assert found["lacking"] == []
    assert found["open"] == [{"rule": "annex", "because": "The form was not read."}]
    assert found["judged_elsewhere"] == ["pages"]


def test_each_missing_thing_has_its_line_its_rule_and_what_would_complete_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(folder, "poor", options=("--json",)) == 4
    found = judged(capsys)["poor"]
    assert found["verdict"] == "to-complete"
    lacking = found["lacking"]
    assert [(one["rule"], one["line"], one["column"]) for one in lacking] == [
        ("language", 2, 43),
        ("law", 1, 1),
        ("stages", 6, 5),
        ("stages", 1, 1),
        ("functional_unit", 4, 53),
        ("reference", 11, 3),
        ("reference", 13, 5),
        ("reference", 13, 5),
    ]
    assert all(one["hint"] for one in lacking)
    assert lacking[1]["source"] == {
        "title": "Specification",
        "address": "",
        "locator": "annex 1",
        "confidence": "verified",
    }
    assert lacking[2]["source"] is None
    assert lacking[6]["message"] == "alternatives that are described: 1, of 2 that the call asks for"


def test_after_the_deadline_a_dossier_is_not_admissible_for_the_call_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(folder, "good", as_of="2027-03-31") == 0
    capsys.readouterr()
    assert check(folder, "good", as_of="2027-04-01") == 5
    printed = capsys.readouterr().out
    assert "good.yaml: not admissible (“Test call”)" in printed
    assert (
        "good.yaml:1:1: not admissible: the study is assessed on 2027-04-01, after the deadline of 2027-03-31"
        in printed
    )
    assert "rule “deadline”: Specification, article 2" in printed


def test_other_factors_and_another_text_of_the_law_are_told_at_their_place(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = GOOD.replace('"2026.2"', '"2026.1"').replace(
        "checklist:\n", "checklist:\n  law: {date: 2025-06-01, source: x}\n"
    )
    (folder / "other.yaml").write_text(text, "utf-8")
    assert check(folder, "other", options=("--json",)) == 4
    lacking = judged(capsys)["other"]["lacking"]
    assert [(one["rule"], one["line"], one["column"]) for one in lacking] == [("catalogue", 2, 12), ("law", 22, 15)]
    assert main(["assess", str(folder / "other.yaml"), "--call", str(folder / "call.yaml"), "--draws", "0"]) == 1
    told = capsys.readouterr().err
    assert "other.yaml:2:12: LCA932 the descriptor is pinned to catalogue `2026.1`, the call asks for `2026.2`" in told
    assert "other.yaml:22:15: LCA932 the descriptor takes the law of 2025-06-01" in told


def test_a_dossier_with_errors_is_not_judged(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "wrong.yaml").write_text(GOOD.replace("site: lab}}\nstorage", "site: lob}}\nstorage"), "utf-8")
    (folder / "unread.yaml").write_text("descriptor: 1\n", "utf-8")
    assert check(folder, "wrong", "unread", "good", options=("--json",)) == 1
    found = judged(capsys)
    assert [one["verdict"] for one in found.values()] == ["not-judged", "not-judged", "admissible"]


def test_one_line_a_dossier_for_a_table(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(folder, "good", "poor", options=("--table",)) == 4
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(row["project"], row["call"], row["verdict"]) for row in rows] == [
        ("A good dossier", "Test call", "admissible"),
        ("A poor dossier", "Test call", "to-complete"),
    ]
    assert [row["to_complete"] for row in rows] == ["0", "8"]
    assert rows[1]["rules"] == "language law stages functional_unit reference"
    assert rows[1]["lines"] == "2 1 6 4 11 13"


def test_a_cell_that_a_spreadsheet_would_run_is_harmless(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "evil.yaml").write_text(GOOD.replace("A good dossier", '"=HYPERLINK(1)"'), "utf-8")
    assert check(folder, "evil", options=("--table",)) == 0
    assert next(csv.DictReader(io.StringIO(capsys.readouterr().out)))["project"] == "'=HYPERLINK(1)"


def test_the_verdict_is_said_in_french(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(folder, "poor", options=("--lang", "fr")) == 4
    printed = capsys.readouterr().out
    assert "poor.yaml : à compléter (« Test call »)" in printed
    assert "l’étape `storage` est exclue, et l’appel l’exige" in printed
    for english in (" the ", " and ", " call ", " is "):
        assert english not in printed.replace("Test call", "")


def test_a_broken_profile_is_told_once_for_all_dossiers(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "call.yaml").write_text("call: 1\nname: X\ndeadline: {date: soon}\n", "utf-8")
    assert check(folder, "good", "poor") == 1
    assert capsys.readouterr().err.count("LCA205") == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--call", "horizon-erope"], "did you mean `horizon-europe`?"),
        (["--table"], "name the profile of the call with `--call`"),
        (["--call", "horizon-europe", "--strict"], "`--strict` is another check"),
        (["--call", "horizon-europe", "--budget", "gwp100=1t"], "`--budget` is another check"),
    ],
)
def test_wrong_use_says_what_would_be_right(
    folder: Path, options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(folder / "good.yaml"), "--lang", "en", *options]) == 1
    assert said in capsys.readouterr().err

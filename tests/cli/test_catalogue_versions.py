"""What changed between two versions of the catalogue: rows by source, values with their ratio, and studies on both."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import ROOT

from lca.catalogue.book import FactorBook
from lca.catalogue.difference import ADDED, CHANGED, LEAD, REMOVED, Change, by_source, changes
from lca.cli.main import main
from lca.files.shipped import load_catalogue

OLD, NEW = load_catalogue("2026.1")[0], load_catalogue()[0]
CHANGES = changes(OLD, NEW)
ALEXNET = str(ROOT / "projects/alexnet-2012.yaml")
AS_OF = ["--as-of", "2026-11-24"]


def test_every_row_is_the_same_or_a_change() -> None:
    def rows(book: FactorBook) -> set[tuple[str, str, str]]:
        return {(k, i, row.source) for (k, i), found in book.rows.items() for row in found}

    def told(kind: str) -> set[tuple[str, str, str]]:
        return {(c.key, c.indicator, c.source) for c in CHANGES if c.kind == kind}

    assert told(ADDED) == rows(NEW) - rows(OLD)
    assert told(REMOVED) == rows(OLD) - rows(NEW)
    assert told(CHANGED) <= rows(OLD) & rows(NEW)
    assert changes(NEW, NEW) == ()
    assert {c.kind for c in changes(NEW, OLD)} == {c.kind for c in CHANGES}
    assert sum(sum(of.values()) for of in by_source(CHANGES).values()) == len(CHANGES)


def test_a_key_that_another_source_leads_is_told_with_both_values() -> None:
    (french,) = (c for c in CHANGES if c.kind == LEAD and c.key == "electricity/FR/2024")
    assert (french.old_source, french.source) == ("ember", "ademe-base-empreinte")
    assert (french.old, french.new) == (0.04048, 0.0519)
    assert french.ratio == pytest.approx(0.0519 / 0.04048)


def test_a_ratio_is_of_like_units() -> None:
    change = Change(CHANGED, "k", "gwp100", "s", "s", 50, 0.1, "gCO2e/kWh", "kgCO2e/kWh")
    assert change.ratio == pytest.approx(2)
    assert Change(CHANGED, "k", "", "s", "s", 1, 1, "h", "kWh").ratio is None
    assert Change(CHANGED, "k", "", "s", "s", 0, 1, "h", "h").ratio is None


def test_the_json_holds_the_changes_and_the_studies(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["factors", "diff", "2026.1", "2026.2", ALEXNET, "--json", *AS_OF]) == 0
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert err == ""
    assert (found["old"], found["new"], found["problems"]) == ("2026.1", "2026.2", [])
    assert len(found["changes"]) == len(CHANGES)
    assert set(found["changes"][0]) >= {"change", "key", "indicator", "source", "old", "new", "ratio"}
    (study,) = found["files"]
    climate = study["totals"]["gwp100"]
    # As the changelog has it: Ontario's direct 46 g get their upstream.
    assert (climate["old"], climate["new"]) == (pytest.approx(7.896, abs=5e-4), pytest.approx(10.24, abs=5e-3))
    assert climate["ratio"] == pytest.approx(climate["new"] / climate["old"])
    assert study["totals"]["electricity_primary_energy"]["old"] is None


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("added", "now leads", "Climate change")), ("fr", ("ajoutées", "en tête", "Changement climatique"))],
)
def test_the_terminal_counts_by_source_first(
    language: str, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["factors", "diff", "2026.1", "2026.2", ALEXNET, "--lang", language, *AS_OF]) == 0
    out = capsys.readouterr().out
    assert len(out.splitlines()) < 60
    assert all(word in out for word in words)
    assert "electricity/FR/2024" not in out
    assert main(["factors", "diff", "2026.1", "2026.2", "--rows", "electricity/FR/2024", "--lang", language]) == 0
    assert "ember → ademe-base-empreinte" in capsys.readouterr().out


@pytest.mark.parametrize("versions", [("2025.9", "2026.2"), ("2026.1", "latest")])
def test_an_unknown_version_is_answered_with_the_known_ones(
    versions: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = versions[0] if versions[0] != "2026.1" else versions[1]
    assert main(["factors", "diff", *versions]) == 1
    assert f"no version `{wrong}` of the catalogue; known: 2026.1, 2026.2" in capsys.readouterr().err
    assert main(["factors", "diff", *versions, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["problems"][0]["code"] == "LCA401"


def test_a_study_with_errors_is_told_and_the_others_are_assessed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("descriptor: 1\nproject: {name: x}\n", "utf-8")
    assert main(["factors", "diff", "2026.1", "2026.2", str(wrong), ALEXNET, "--json", *AS_OF]) == 1
    found = json.loads(capsys.readouterr().out)
    assert {p["file"] for p in found["problems"]} == {str(wrong)}
    assert [study["file"] for study in found["files"]] == [ALEXNET]

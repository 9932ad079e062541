"""`lca diff`: what changed between two versions of a dossier, each a descriptor or a report."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

import lca
from lca.cli.main import main

MINIMAL = (ROOT / "projects/minimal.yaml").read_text("utf-8")
OLD = MINIMAL.replace("start: 2024-03", "start: 2024-03, duration: 1 year") + (
    "benefit:\n  reference: {description: by hand, quantity: 3 tCO2e/year}\n"
    "  effects: {less: {quantity: 1 tCO2e/year, attribution: 0.5, rebound: 0.1, evidence: model}}\n"
    "checklist:\n  answers:\n    art17-ccm:\n      answer: yes\n      justification: It is computed over the life cycle.\n"
    "      evidence: [{type: measurement_log, title: T, issuer: H, date: '2024-06-01', strength: documented, file: a.txt}]\n"
)
NEW = OLD.replace("72 h", "96 h").replace("location: FR", "location: DE").replace("answer: yes", "answer: no")
PAGE = '<!doctype html><html lang="en"><head><meta name="generator" content="lca 0.1.0"></head>\n<body><main></main></body></html>'
FEW = ["--draws", "50", "--as-of", "2026-01-05"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("old.yaml", OLD), ("new.yaml", NEW)):
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "a.txt").write_text("a letter", "utf-8")
    return tmp_path


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lca.assessment.dossier.render", lambda *_, **__: PAGE)


def changes(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, Any]:
    assert main(["diff", *map(str, arguments), "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_what_changed_between_two_descriptors(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = changes(capsys, folder / "old.yaml", folder / "new.yaml", *FEW)
    assert found["made"] == []
    assert {one["path"]: (one["old"], one["new"]) for one in found["inputs"]} == {
        "sites.paris.location": ("FR", "DE"),
        "training.final-model.duration": ("72 h", "96 h"),
        "checklist.answers.art17-ccm.answer": ("yes", "no"),
    }
    factors = {(one["key"], one["indicator"]): one["change"] for one in found["factors"]}
    assert factors["electricity/FR/2024", "gwp100"] == "removed"
    assert factors["electricity/DE/2024", "gwp100"] == "added"
    results = {one["path"]: one for one in found["results"]}
    assert results["energy"]["new"]["value"] == pytest.approx(results["energy"]["old"]["value"] * 96 / 72, rel=1e-9)
    climate = results["total.gwp100"]
    assert climate["old"]["low95"] < climate["old"]["value"] < climate["old"]["high95"]
    assert results["benefit.net_project"]["new"]["value"] < results["benefit.net_project"]["old"]["value"]
    assert {one["path"] for one in found["verdicts"]} == {"art17-ccm"}
    assert found["verdicts"][0]["new"] == "fail"
    assert "attributed" not in {one["path"].partition(".")[2] for one in found["results"]}, "it did not change"


def test_the_lines_speak_the_language_of_the_new_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = folder / "new.yaml"
    new.write_text(NEW.replace("project: {", "project: {language: fr, "), "utf-8")
    assert main(["diff", str(folder / "old.yaml"), str(new), *FEW]) == 0
    text = capsys.readouterr().out
    assert "Données d’entrée (4) :" in text
    assert "training.final-model.duration       72 h → 96 h" in text
    assert main(["diff", str(folder / "old.yaml"), str(new), *FEW, "--lang", "en"]) == 0
    text = capsys.readouterr().out
    assert "Inputs (4):" in text
    assert "electricity/DE/2024 gwp100" in text
    assert "Verdicts of the checklist (1):\n  art17-ccm  insufficient evidence → fail" in text
    assert "Would remain, project’s share (no net)" in text or "Net" in text


@pytest.mark.usefixtures("page")
def test_reports_are_taken_as_they_stand(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = (lca.load(folder / name).assess(50, 7) for name in ("old.yaml", "new.yaml"))
    (folder / "old.pdf").write_bytes(old.report("fr").pdf())
    (folder / "new.html").write_text(new.report("fr").html, "utf-8")
    of_reports = changes(capsys, folder / "old.pdf", folder / "new.html")
    assert {one["path"] for one in of_reports["results"]} >= {"total.gwp100", "benefit.net_project", "energy"}
    # A descriptor beside a report is drawn as the report was, so that no interval differs for another seed.
    assert changes(capsys, folder / "old.pdf", folder / "new.yaml") == {**of_reports, "new": str(folder / "new.yaml")}
    same = changes(capsys, folder / "old.yaml", folder / "old.pdf")
    assert not any(group for name, group in same.items() if name not in ("old", "new"))
    assert main(["diff", str(folder / "old.pdf"), str(folder / "old.pdf"), "--lang", "en"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == ["nothing changed"]


def test_files_problems_and_what_it_was_made_with(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with_reference = OLD.replace("quantity: 3 tCO2e/year", "descriptor: r.yaml")
    (folder / "r.yaml").write_text(MINIMAL.replace("start: 2024-03", "start: 2024-03, duration: 1 year"), "utf-8")
    (folder / "old.yaml").write_text(with_reference, "utf-8")
    other = folder / "other"
    other.mkdir()
    (other / "a.txt").write_text("another letter", "utf-8")
    (other / "r.yaml").write_text((folder / "r.yaml").read_text("utf-8").replace("72 h", "80 h"), "utf-8")
    (other / "new.yaml").write_text(with_reference, "utf-8")
    found = changes(capsys, folder / "old.yaml", other / "new.yaml", *FEW)
    inputs = {one["path"]: one for one in found["inputs"]}
    assert set(inputs) == {"r.yaml: training.final-model.duration", "a.txt"}
    assert len(inputs["a.txt"]["new"]) == 64
    pinned = folder / "pinned.yaml"
    pinned.write_text(MINIMAL + 'catalogue: "2026.1"\n', "utf-8")
    found = changes(capsys, pinned, ROOT / "projects/minimal.yaml", *FEW)
    assert [(one["path"], one["new"]) for one in found["made"]] == [("catalogue_version", "2026.2")]
    assert {one["change"] for one in found["factors"]} == {"added", "removed", "changed"}
    assert main(["diff", str(folder / "old.yaml"), str(pinned), *FEW, "--lang", "en"]) == 0
    text = capsys.readouterr().out
    assert "Made otherwise:\n  catalogue  2026.2 → 2026.1" in text
    assert "a.txt" in text
    assert "Problems (" in text
    assert "gone" in text


@pytest.mark.usefixtures("page")
def test_a_hostile_report_is_one_sentence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = lca.load(folder / "old.yaml").assess(0).report("en").html
    name, _, rest = page.partition('download="results.json" href="data:application/json;base64,')
    content, _, after = rest.partition('"')
    results = json.loads(base64.b64decode(content))

    def write(spoil: dict[str, Any]) -> None:
        spoiled = base64.b64encode(json.dumps({**results, **spoil}).encode()).decode()
        link = f'download="results.json" href="data:application/json;base64,{spoiled}"'
        (folder / "old.html").write_text(f"{name}{link}{after}", "utf-8")

    spoils: list[dict[str, Any]] = [{"totals": 1}, {"benefit": {"net_project": {"value": "much"}}}, {"fingerprint": {}}]
    for spoil in spoils:
        write(spoil)
        assert main(["diff", str(folder / "old.html"), str(folder / "new.yaml"), "--lang", "en"]) == 1
        (line,) = capsys.readouterr().err.splitlines()
        assert "LCA922 its `results.json` cannot be read (" in line
    write({"project": {"name": "x", "language": "../../x"}})
    assert main(["diff", str(folder / "new.yaml"), str(folder / "old.html"), "--draws", "0"]) == 0
    capsys.readouterr()
    write({"problems": [{"code": "LCA1", "message": "\x1b[31mred\n\u202e", "file": "x", "line": 1}]})
    assert main(["diff", str(folder / "old.html"), str(folder / "new.yaml"), "--draws", "0", "--lang", "en"]) == 0
    assert not set(capsys.readouterr().out) & set("\x1b\u202e")
    (folder / "old.html").write_text("<html></html>", "utf-8")
    assert main(["diff", str(folder / "old.html"), str(folder / "new.yaml")]) == 1
    assert "LCA922" in capsys.readouterr().err
    os.mkfifo(folder / "pipe")
    assert main(["diff", str(folder / "pipe"), str(folder / "new.yaml")]) == 1
    assert "LCA101" in capsys.readouterr().err
    assert main(["diff", str(folder / "nothing.yaml"), str(folder / "new.yaml")]) == 1
    assert "LCA101" in capsys.readouterr().err

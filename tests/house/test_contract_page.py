"""The page on the contract: its commands work in their order, on the files of the worked example, and give what it says."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from conftest import ROOT

from lca.cli.main import main
from lca.descriptor.document import read_document

PAGE = (ROOT / "docs/contract.md").read_text("utf-8")
EXAMPLE = ROOT / "projects/contract"
BLOCKS = re.findall(r"```(sh|yaml)\n(.*?)```", PAGE, re.DOTALL)


def test_the_walk_of_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(EXAMPLE / "evidence", "evidence")
    for name in ("deposit.yaml", "midterm.yaml"):
        shutil.copy(EXAMPLE / name, name)
    said: dict[str, str] = {}
    for kind, block in BLOCKS:
        if kind == "yaml" and block.startswith("monitoring: {conditions"):  # the parties sign what they filled in
            only_filled_in(Path("conditions.yaml"), EXAMPLE / "conditions.yaml")
            shutil.copy(EXAMPLE / "conditions.yaml", "conditions.yaml")
            Path("deposit.yaml").write_text(Path("deposit.yaml").read_text("utf-8") + block, "utf-8")
        for line in block.splitlines() if kind == "sh" else ():
            words = shlex.split(line, comments=True)[1:]
            fast = ["--draws", "50"]
            assert main([*words, *fast]) == 0, capsys.readouterr().err
            said[words[0]] = capsys.readouterr().out
    assert {"conditions.docx", "conditions.yaml", "forecast.sealed.json"} <= {path.name for path in tmp_path.iterdir()}
    report = Path("reports/midterm.html").read_text("utf-8")
    assert "5 remplies, 5 ouvertes, 1 en retard en date du 30 septembre 2028" in report
    assert "Ce sont celles de la prévision scellée." in report
    # The deposit names the conditions too: as it stood, nothing of them would be met on that day.
    changed = re.search(r"Conditions du contrat \(5\).:\n((?:  .+\n)+)", said["diff"])
    assert changed is not None, said["diff"]
    assert re.search(r"checklist\.art17-bio +en retard → remplie", changed[1])
    assert re.search(r"own\.comite +en retard → remplie", changed[1])
    assert re.search(r"flows\.pompage\.with_project +ouverte → remplie", changed[1])


def only_filled_in(made: Path, filled: Path) -> None:
    """Hold the file of the example to what the command writes: owners and dates alone, and a condition of the parties' own."""
    own, theirs = (read_document(path.read_text("utf-8"), path.name).data for path in (made, filled))
    assert set(theirs["required"]) - set(own["required"]) == {"own.comite"}
    for name, condition in own["required"].items():
        kept = {key: value for key, value in condition.items() if key not in ("owner", "date")}
        assert {key: theirs["required"][name][key] for key in kept} == kept, (
            "make projects/contract/conditions.yaml again"
        )
    assert own["descriptor"] == theirs["descriptor"]


def test_what_the_page_shows_of_a_descriptor_stands_in_the_example() -> None:
    shown = next(block for kind, block in BLOCKS if kind == "yaml" and "forecast:" in block)
    example = read_document((EXAMPLE / "midterm.yaml").read_text("utf-8"), "midterm.yaml").data["monitoring"]
    found = read_document(shown, "page").data["monitoring"]
    assert found["measured"]["pompage"].items() <= example["measured"]["pompage"].items()
    assert found["evidence"]["comite"].items() <= example["evidence"]["comite"].items()
    assert (found["forecast"], found["conditions"]) == (example["forecast"], example["conditions"])

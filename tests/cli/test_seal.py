"""`lca seal`, walked from the contract to the review a year later."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from conftest import ROOT

from lca.cli.main import main

MEASURED = """monitoring:
  forecast: vineyard.sealed.json
  measured:
    hours: {input: training.final.duration, values: [{date: 2028-03, value: 3100 GPU h}]}
"""


@pytest.fixture
def descriptor(tmp_path: Path) -> Path:
    path = tmp_path / "vineyard.yaml"
    path.write_text((ROOT / "projects/vineyard.yaml").read_text("utf-8"), "utf-8")
    return path


def test_from_the_contract_to_the_review(descriptor: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["seal", str(descriptor), "--draws", "50", "--as-of", "2026-12-01"]) == 0
    sealed = descriptor.with_name("vineyard.sealed.json")
    assert f"{sealed} est écrit" in capsys.readouterr().out
    assert json.loads(sealed.read_text("utf-8"))["sealed_on"] == "2026-12-01"
    with descriptor.open("a", encoding="utf-8") as file:
        file.write(MEASURED)
    later = ["--draws", "50", "--as-of", "2028-06-01"]
    assert main(["assess", str(descriptor), "--json", *later]) == 0
    monitoring = json.loads(capsys.readouterr().out)["monitoring"]
    assert monitoring["moved"] == []
    assert monitoring["inputs"][0]["deviation"] == pytest.approx(3100 / 2400 - 1)
    assert main(["explain", str(descriptor), "monitoring.total.gwp100.change", *later]) == 0
    assert "vineyard.yaml:" in capsys.readouterr().out


def test_a_figure_whose_bound_is_infinite_is_sealed_without_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The example may never pay back: the upper bound of its threshold is no number that JSON could hold."""
    shutil.copytree(ROOT / "projects" / "call", tmp_path / "call")
    descriptor, options = tmp_path / "call" / "good.yaml", ["--draws", "200"]
    assert main(["seal", str(descriptor), *options, "--as-of", "2027-01-15"]) == 0
    sealed = json.loads(descriptor.with_name("good.sealed.json").read_text("utf-8"))["figures"]
    assert "high95" not in sealed["benefit.break-even.attribution"]
    assert 0 < sealed["benefit.break-even.attribution"]["low95"] < 1
    monitored = descriptor.with_name("monitored.yaml")
    later = (
        MEASURED.replace("vineyard", "good").replace("training.final", "training.modele").replace("3100 GPU h", "52 h")
    )
    monitored.write_text(descriptor.read_text("utf-8") + later, "utf-8")
    assert main(["check", str(monitored), "--as-of", "2028-04-01"]) == 0
    assert "LCA914" not in capsys.readouterr().err


def test_a_seal_is_never_written_over(descriptor: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = descriptor.with_name("contract.json")
    for status in (0, 1):
        assert main(["seal", str(descriptor), "--draws", "0", "-o", str(other)]) == status
    assert "LCA701" in capsys.readouterr().err


def test_what_has_errors_is_not_sealed(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("descriptor: 1\nproject: {name: Bad}\ntraining: {a: {duration: long}}\n", "utf-8")
    assert main(["seal", str(path)]) == 1
    assert not path.with_name("bad.sealed.json").exists()

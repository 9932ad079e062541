"""What is wrong with the words of `lca portfolio` is told in a sentence, before anything is assessed or written."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from conftest import ROOT

from lca.cli.main import main

MINIMAL = str(ROOT / "projects" / "minimal.yaml")


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["nothing"], 1, "LCA961 there is no file `nothing`"),
        ([MINIMAL, "--factors", "nobody"], 1, "LCA507 `nobody` is not a set"),
        ([MINIMAL, "--call", "nobody"], 1, "LCA401 there is no call `nobody`"),
        ([MINIMAL, "--scheduler", "nobody"], 1, "LCA966 the cluster at `nobody` does no work: it has no such address"),
        ([MINIMAL, "--workers", "x"], 2, "`x` is no number of processes"),
        ([MINIMAL, "--workers", "0"], 2, "`0` is no number of processes"),
        ([MINIMAL, "--time-limit", "x"], 2, "`x` is no time"),
        ([MINIMAL, "--time-limit", "nan"], 2, "`nan` is no time"),
        ([MINIMAL, "--reviews", "."], 1, "add `--jury`"),
        ([], 2, "FOLDER|LIST"),
    ],
)
def test_wrong_words_are_told(
    arguments: list[str], status: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        found = main(["portfolio", *arguments, "-o", str(tmp_path / "out")])
    except SystemExit as ended:
        found = int(str(ended.code))
    assert found == status
    assert said in capsys.readouterr().err
    assert not list(tmp_path.glob("out/portfolio.*"))


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_folder_that_cannot_be_made_is_told(place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    assert main(["portfolio", MINIMAL, "-o", str(tmp_path / place)]) == 1
    assert "LCA701 the results cannot be kept: " in capsys.readouterr().err
    assert (tmp_path / "file").read_text("utf-8") == "mine"


def test_without_dask_a_cluster_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "lca.portfolio.cluster", None)
    assert main(["portfolio", MINIMAL, "-o", str(tmp_path / "out"), "--scheduler", "tcp://127.0.0.1:9"]) == 1
    assert "LCA966 a cluster needs the package `distributed`" in capsys.readouterr().err

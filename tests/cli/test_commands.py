"""The commands as a person runs them."""

from __future__ import annotations

import argparse
import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from lca.cli.main import GROUPS, main
from lca.files.pdf import PangoMissing

ALEXNET = str(ROOT / "projects/alexnet-2012.yaml")


def lca(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "lca", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd or ROOT,
        timeout=120,
    )


def test_help_names_every_command_and_wrong_use_is_2() -> None:
    text = lca("--help").stdout
    for command in ("new", "check", "assess", "report", "explain", "factors"):
        assert command in text
    assert lca("frobnicate").returncode == 2
    assert lca("assess", ALEXNET, "--draws", "-1").returncode == 2


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_holds_the_commands_that_it_is_listed_with(group: str) -> None:
    found = []

    def command(name: str, *_: object) -> argparse.ArgumentParser:
        found.append(name)
        return argparse.ArgumentParser()

    importlib.import_module(f"lca.cli.{group}").register(command)
    assert tuple(found) == GROUPS[group]


def test_a_command_imports_no_other_group() -> None:
    code = (
        "import sys; from lca.cli.main import main; main(['schema', 'project']); print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert {f"lca.cli.{group}" for group in GROUPS} & set(done.stderr.split()) == {"lca.cli.schemas"}


def test_new_writes_a_starter_that_passes_check_and_never_overwrites(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", str(tmp_path / "my.yaml")]) == 0
    checked = lca("check", str(tmp_path / "my.yaml"))
    assert checked.returncode == 0, checked.stderr
    assert main(["new", str(tmp_path / "my.yaml")]) == 1
    assert "LCA701" in capsys.readouterr().err


def test_assess_json_is_the_same_twice(capsys: pytest.CaptureFixture[str]) -> None:
    printed = []
    for _ in range(2):
        assert main(["assess", ALEXNET, "--json", "--draws", "300", "--as-of", "2026-01-01"]) == 0
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]
    data = json.loads(printed[0])
    assert data["fingerprint"]["draws"] == 300
    assert data["totals"]["gwp100"]["low95"] < data["totals"]["gwp100"]["value"] < data["totals"]["gwp100"]["high95"]
    assert data["totals"]["primary_energy"]["value"] is None
    assert "not assessed" in data["totals"]["primary_energy"]["reason"]
    assert data["benefit"]["value"] is None


def test_explain_goes_down_to_a_line_and_a_source(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", ALEXNET, "training.final-model.gwp100", "--draws", "0"]) == 0
    text = capsys.readouterr().out
    assert "power × machine_time = 488 W × 130 h" in text
    assert "← alexnet-2012.yaml:" in text or "<- alexnet-2012.yaml:" in text
    assert "electricity/CA-ON/2015: Environment and Climate Change Canada" in text
    assert main(["explain", ALEXNET, "training.final-modle.gwp100"]) == 1
    assert "did you mean `training.final-model.gwp100`" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "first", "lines"),
    [
        (["van"], "freight/van-average/GB", 4),  # whole words before parts: none of Pennsylvania's rows
        (["p4d"], "instance p4d.24xlarge", 2),
        (["nothingness"], "nothing found", 1),
    ],
)
def test_a_search(words: list[str], first: str, lines: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["factors", "search", *words]) == (1 if lines == 1 else 0)
    found = capsys.readouterr().out.splitlines()
    assert found[0].startswith(first)
    assert len(found) == lines
    assert "|" not in "".join(found)


def test_factors(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["factors", "search", "gtx", "580"]) == 0
    assert "processor/nvidia-geforce-gtx-580/tdp" in capsys.readouterr().out
    assert main(["factors", "show", "electricity/FR/2020"]) == 0
    page = capsys.readouterr().out
    for word in ("0.05908", "life-cycle", "2020", "CC BY 4.0", "spread between", "±25 %"):
        assert word in page, word
    assert main(["factors", "show", "electrcity/FR/2020"]) == 1
    assert "did you mean" in capsys.readouterr().err


def test_report_writes_only_what_is_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", ALEXNET, "--html", "--lang", "fr", "--draws", "50", "-o", str(tmp_path)]) == 0
    assert [p.name for p in tmp_path.iterdir()] == ["alexnet-2012.html"]
    assert "À demander au porteur" in (tmp_path / "alexnet-2012.html").read_text("utf-8")
    assert "alexnet-2012.html est écrit" in capsys.readouterr().out


def test_without_pango_html_is_written_and_the_pdf_says_what_it_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(*_: object) -> bytes:
        raise PangoMissing("cannot load library libpangoft2-1.0-0")

    monkeypatch.setattr("lca.files.documents.render_pdf", missing)
    assert main(["report", ALEXNET, "--draws", "0", "-o", str(tmp_path)]) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["alexnet-2012.html"]
    assert "LCA702" in (error := capsys.readouterr().err)
    assert "apt-get install libpangoft2-1.0-0" in error


def test_sobol_indices_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", ALEXNET, "--json", "--sobol", "--draws", "400"]) == 0
    indices = json.loads(capsys.readouterr().out)["sobol_total_order"]
    assert max(indices, key=lambda record: indices[record]) == "factor/lca-defaults/upstream/nuclear/gwp100"
    assert main(["assess", ALEXNET, "--sobol", "--draws", "400"]) == 0
    assert "Total-order Sobol indices" in capsys.readouterr().out

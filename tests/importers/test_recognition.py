"""The tool of a log is recognised from the file, and what is no log of a known tool is told."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from conftest import ROOT

from lca.cli.main import main
from lca.importers import LOGS
from lca.importers.other_logs import IMPORTED

LOG = ROOT / "tests/cases/codecarbon/two-places.csv"


def test_every_tool_is_recognised_by_its_name() -> None:
    assert set(IMPORTED.values()) == set(LOGS)


def test_a_file_without_a_tool_becomes_the_same_draft(tmp_path: Path) -> None:
    one, other = tmp_path / "one.yaml", tmp_path / "other.yaml"
    assert main(["import", str(LOG), "-o", str(one)]) == 0
    assert main(["import", "codecarbon", str(LOG), "-o", str(other)]) == 0
    assert one.read_bytes() == other.read_bytes()


def test_a_mark_and_another_encoding_hide_no_tool(tmp_path: Path) -> None:
    for name, encoding in (("mark", "utf-8-sig"), ("wide", "utf-16")):
        path = tmp_path / f"{name}.csv"
        path.write_bytes(LOG.read_text("utf-8").encode(encoding))
        assert main(["import", str(path), "-o", str(tmp_path / f"{name}.yaml")]) == 0


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "1:1: LCA105 the file is empty"),
        ("a,b\n1,2\n", "1:1: LCA205 nothing in the file says which tool wrote it"),
        ('{"consumers": []}', "1:1: LCA205 this looks like a log of Scaphandre, which is not imported"),
    ],
)
def test_what_no_tool_wrote_is_told(
    content: str, expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "log.csv"
    path.write_text(content, "utf-8")
    assert main(["import", str(path)]) == 1
    assert f"{path}:{expected}" in capsys.readouterr().err


@pytest.mark.parametrize("column", ["energy_consumed", "emissions_rate"])
def test_a_column_that_is_lost_hides_no_tool(column: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "emissions.csv"
    path.write_text(LOG.read_text("utf-8").replace(column, "lost", 1), "utf-8")
    main(["import", str(path)])
    said = capsys.readouterr().err
    assert "nothing in the file says" not in said
    assert (f"{path}:1:1: LCA202 the column `energy_consumed` is missing" in said) == (column == "energy_consumed")


@pytest.mark.parametrize("words", [[], ["focus"]])
def test_a_compressed_file_is_to_be_unpacked(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bill.csv.gz"
    path.write_bytes(gzip.compress(b"BilledCost,BillingCurrency\n"))
    assert main(["import", *words, str(path)]) == 1
    assert f"{path}:1:1: LCA103 the file is compressed; unpack it first: `gunzip FILE`" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["codecarbon"], "no file is named after the tool `codecarbon`"),
        (["codecarbn", "emissions.csv"], "`codecarbn` is no tool whose logs are imported, and no file; did you mean `codecarbon`?"),
        (["watts", "emissions.csv"], "`watts` is no tool whose logs are imported, and no file; tools: codecarbon"),
    ],
)  # fmt: skip
def test_a_word_that_is_no_tool_is_told(words: list[str], expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", *words]) == 1
    assert expected in capsys.readouterr().err

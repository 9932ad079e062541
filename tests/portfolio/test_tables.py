"""The tables of a portfolio: values by hand, read back by other libraries, the same bytes each time, and no text that computes."""

from __future__ import annotations

import csv
import datetime
import errno
import io
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas
import pyarrow.parquet
import pytest
from conftest import AS_OF, ROOT
from openpyxl import load_workbook

from lca.cli.main import main
from lca.files.folders import languages
from lca.files.shipped import load_catalogue, words
from lca.files.writing_whole import write_streamed
from lca.portfolio import tables as module
from lca.portfolio.across import CLAIMED, COPIED
from lca.portfolio.columns import Dossier, columns_of
from lca.portfolio.examining import examine
from lca.portfolio.row import ASSESSED, REFUSED, TIMED_OUT, Claim, Figure, Gain, Row, Sentence
from lca.portfolio.running import Run, compared
from lca.portfolio.setting import Setting, Task
from lca.portfolio.tables import tables
from lca.presenting.writer import Writer
from lca.problems import Location, Problem, ProblemsFound

SETTING = Setting(draws=100, seed=2026, as_of=AS_OF, program="", catalogue="")
WRITER = Writer("en", words("en"))
COLUMNS = columns_of(load_catalogue()[0].indicators.values())
FORMULA = '=HYPERLINK("http://example.org")\n@x \x00' + "é" * 20_000
STAGE_SAID_NOWHERE = Problem(Location("7.yaml", 3, 1), "LCA606", "nothing is said about stage `inference`", "say it")
ROWS = (
    Row(
        number="7",
        file="7.yaml",
        outcome=ASSESSED,
        name=FORMULA,
        applicant="Town of Example",
        partners=("A", "B"),
        language="en",
        verdict="to-complete",
        lacking=(Problem(Location("7.yaml", 9, 5), "LCA936", "`goal.purpose` is missing", "say it"),),
        problems=(STAGE_SAID_NOWHERE,),
        stages={"training": "counted", "inference": "not-assessed"},
        gaps=2,
        unanswered=3,
        evidence={"stated": 0.75, "default": 0.25},
        figures={
            "total.gwp100": Figure(1234.5, "kgCO2e", 1000.0, 2000.0),
            "total.water_scarcity": Figure(1 / 3, "m3_world_eq"),
            "energy": Figure(7.2, "MJ", 3.6, 36.0),
        },
        partial=("total.gwp100",),
        at_least=True,
        gain=Gain("announced", Figure(3.0, "tCO2e"), 4.0, ("LCA606", "LCA823")),
        verdicts={"pass": 1, "fail": 2},
        contradicted=1,
        claims=(Claim("benefit.effects.heat", 30, "", "Heat saved", None),),
        sentences=(Sentence("checklist.answers.x", 20, tuple(range(16))),),
    ),
    Row(
        number="8",
        file="8.yaml",
        outcome=REFUSED,
        applicant="TOWN of Example",
        problems=(Problem(Location("8.yaml", 1, 2), "LCA104", "the text is not YAML", ""),),
        claims=(Claim("benefit.effects.heat", 31, "", "heat saved", None),),
        sentences=(Sentence("checklist.answers.y", 21, tuple(range(16))),),
    ),
    Row(
        number="10",
        file="10.yaml",
        outcome=TIMED_OUT,
        problems=(
            Problem(Location("10.yaml", 1, 1), "LCA964", "the dossier takes longer than the time limit of 9 seconds"),
        ),
    ),
)
NAMES = ("portfolio.csv", "portfolio.xlsx", "portfolio.parquet", "findings.parquet", "messages.parquet")


class Given(Run):
    """A run over rows that a test gives."""

    def __init__(self, given: tuple[Row, ...]) -> None:
        self.given, self.setting = given, SETTING

    def rows(self) -> Iterator[Row]:
        return iter(self.given)


def written(folder: Path, given: tuple[Row, ...] = ROWS, language: str = "en") -> list[str]:
    run = Given(given)
    with compared(run) as across:
        files = tables(run, across, Writer(language, words(language)), folder)
        write_streamed(files)
    return [path.name for path in files]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    assert written(folder) == list(NAMES)
    return folder


def of_csv(folder: Path) -> list[dict[str, str]]:
    with (folder / "portfolio.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_column_has_one_name_a_type_and_a_meaning_in_each_language() -> None:
    for table, columns in COLUMNS.items():
        names = [column.name for column in columns]
        assert len(names) == len(set(names)), table
        assert {column.type for column in columns} <= {"text", "integer", "number", "boolean"}
        meanings = {
            language: [column.meaning(Writer(language, words(language))) for column in columns]
            for language in languages()
        }
        assert all(all(said) for said in meanings.values())
        assert not {*meanings["en"]} & {*meanings["fr"]}


def test_no_column_is_a_mark_a_rank_a_sum_or_a_net_per_cost() -> None:
    parts = {part for columns in COLUMNS.values() for column in columns for part in column.name.split("_")}
    assert not parts & {"score", "rank", "mark", "note", "net", "per", "sum", "total", "place"}


def test_the_csv_holds_the_values_by_hand(out: Path) -> None:
    first, refused, late = of_csv(out)
    assert list(first) == [column.name for column in COLUMNS["portfolio"]]
    expected = {
        "number": "7",
        "partners": "A; B",
        "call": "",
        "call_verdict": "to-complete",
        "call_lacking": "1",
        "errors": "0",
        "is_reference": "FALSE",
        "stage_training": "counted",
        "stage_inference": "not-assessed",
        "stage_storage": "",
        "gaps": "2",
        "unanswered": "3",
        "footprint_kgco2e": "1234.5",
        "footprint_kgco2e_low95": "1000",
        "footprint_kgco2e_high95": "2000",
        "footprint_at_least": "TRUE",
        "water_scarcity_m3_world_eq": "0.333333333333",
        "water_scarcity_m3_world_eq_low95": "",
        "water_scarcity_at_least": "FALSE",
        "adpe_kgsbe": "",
        "adpe_at_least": "",
        "electricity_kwh": "2",  # 7.2 MJ
        "electricity_kwh_low95": "1",
        "electricity_kwh_high95": "10",
        "evidence_measured": "0",
        "evidence_stated": "0.75",
        "criteria_pass": "1",
        "criteria_fail": "2",
        "criteria_insufficient_evidence": "0",
        "criteria_contradicted": "1",
        "gain_kind": "announced",
        "gain_announced_kgco2e": "3000",  # 3 t
        "gain_announced_kgco2e_low95": "",
        "gain_years": "4",
        "gain_open": "LCA606; LCA823",
        "doubts": "5",  # one warning, one open question that no warning asks, one answer, and two beside dossier 8
        "doubts_lca606": "1",
        "doubts_lca823": "1",
        "doubts_contradicted": "1",
        "doubts_copied": "1",
        "doubts_claimed": "1",
        "doubts_far": "0",
    }
    assert {name: first[name] for name in expected} == expected
    unknown = (
        "call_lacking",
        "gaps",
        "unanswered",
        "footprint_kgco2e",
        "evidence_stated",
        "criteria_pass",
        "gain_kind",
    )
    assert {refused[name] for name in unknown} == {late[name] for name in unknown} == {""}
    assert (refused["errors"], refused["doubts"], refused["doubts_copied"]) == ("1", "2", "1")
    assert (late["outcome"], late["errors"], late["doubts"], late["doubts_copied"]) == ("timed-out", "1", "", "")


def test_no_text_becomes_a_formula_a_link_or_a_second_line(out: Path) -> None:
    said = '=HYPERLINK("http://example.org") @x ' + "é" * 20_000
    assert of_csv(out)[0]["name"] == f"'{said}"
    assert len((out / "portfolio.csv").read_text("utf-8").splitlines()) == 4
    for computed in (True, False):
        sheet = load_workbook(out / "portfolio.xlsx", data_only=computed)["Dossiers"]
        cell = sheet["D2"]
        assert (cell.data_type, cell.value, cell.hyperlink) == ("s", said[:16_000], None)
    assert pyarrow.parquet.read_table(out / "portfolio.parquet")["name"][0].as_py() == said


def test_the_workbook_holds_dossiers_columns_findings_and_messages(out: Path) -> None:
    book = load_workbook(out / "portfolio.xlsx")
    assert book.sheetnames == ["Dossiers", "Columns", "Findings", "Messages"]
    assert book.properties.created == datetime.datetime(AS_OF.year, AS_OF.month, AS_OF.day)
    head, *lines = book["Dossiers"].iter_rows(values_only=True)
    assert head == tuple(column.name for column in COLUMNS["portfolio"])
    first = dict(zip(head, lines[0], strict=True))
    assert (first["footprint_kgco2e"], first["footprint_at_least"], first["gaps"]) == (1234.5, True, 2)
    assert (first["number"], first["adpe_kgsbe"], first["water_scarcity_m3_world_eq"]) == ("7", None, 0.333333333333)
    documented = [(line[1], line[2]) for line in book["Columns"].iter_rows(min_row=2, values_only=True)]
    assert documented == [(column.name, column.type) for columns in COLUMNS.values() for column in columns]
    assert [cell.value for cell in book["Columns"][1]] == ["Table", "Column", "Type", "Unit", "Meaning", "Sens"]
    findings = list(book["Findings"].iter_rows(min_row=2, values_only=True))
    assert findings == [
        ("7", "7.yaml", 30, "benefit.effects.heat", CLAIMED, "Heat saved", "8", 0, None, None),
        ("7", "7.yaml", 20, "checklist.answers.x", COPIED, None, "8", 0, None, None),
        ("8", "8.yaml", 31, "benefit.effects.heat", CLAIMED, "heat saved", "7", 0, None, None),
        ("8", "8.yaml", 21, "checklist.answers.y", COPIED, None, "7", 0, None, None),
    ]
    messages = [line[:6] for line in book["Messages"].iter_rows(min_row=2, values_only=True)]
    assert messages == [
        ("7", "7.yaml", 3, 1, "warning", "LCA606"),
        ("7", "7.yaml", 9, 5, "error", "LCA936"),
        ("8", "8.yaml", 1, 2, "error", "LCA104"),
        ("10", "10.yaml", 1, 1, "error", "LCA964"),
    ]


def test_messages_and_sheets_are_in_the_language_of_the_run(tmp_path: Path) -> None:
    written(tmp_path, language="fr")
    book = load_workbook(tmp_path / "portfolio.xlsx")
    assert book.sheetnames == ["Dossiers", "Colonnes", "Constats", "Messages"]
    assert book["Messages"]["G5"].value == "le dossier prend plus que le temps limite de 9 secondes"
    messages = pandas.read_parquet(tmp_path / "messages.parquet")["message"]
    assert messages[3] == "le dossier prend plus que le temps limite de 9 secondes"


def test_parquet_is_typed_and_says_what_each_field_means(out: Path) -> None:
    schema = pyarrow.parquet.read_schema(out / "portfolio.parquet")
    assert {str(schema.field(name).type) for name in ("number", "gaps", "footprint_kgco2e", "footprint_at_least")} == {
        *("string", "int64", "double", "bool")
    }
    about = {key.decode(): value.decode() for key, value in schema.field("electricity_kwh_low95").metadata.items()}
    assert about.pop("unit") == "kWh"
    assert about["description_en"].startswith("Electricity of all sites: lower bound")
    assert about["description_fr"].startswith("Électricité de tous les sites")
    for table, columns in COLUMNS.items():
        found = pyarrow.parquet.read_schema(out / f"{table}.parquet")
        assert found.names == [column.name for column in columns]
        assert all(found.field(name).metadata for name in found.names)


def test_all_formats_hold_the_same_values(out: Path) -> None:
    frame = pandas.read_parquet(out / "portfolio.parquet")
    sheet = pandas.read_excel(out / "portfolio.xlsx", dtype={"number": str})
    lines = pandas.read_csv(out / "portfolio.csv", dtype={"number": str})
    assert frame.shape == sheet.shape == lines.shape == (3, len(COLUMNS["portfolio"]))
    for column in COLUMNS["portfolio"]:
        if column.name != "name":  # cut in a cell, and with a sign before it in CSV
            values: list[Any] = [None if pandas.isna(value) else value for value in frame[column.name]]
            for other in (sheet, lines):
                assert [None if pandas.isna(v) else v for v in other[column.name]] == values, column.name


def test_the_same_input_gives_the_same_bytes(out: Path, tmp_path: Path) -> None:
    written(tmp_path)
    for name in NAMES:
        assert (tmp_path / name).read_bytes() == (out / name).read_bytes(), name


@pytest.mark.parametrize("name", NAMES)
def test_a_full_disk_is_told_and_leaves_nothing(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.BytesIO):
        def write(self, _: Any) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    run, place = Given(ROWS), tmp_path / "out" / name
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with compared(run) as across:
        write_into = tables(run, across, WRITER, place.parent)[place]
        with pytest.raises(ProblemsFound, match="No space left on device"):
            write_streamed({place: lambda _: write_into(Full())})
    assert [*place.parent.iterdir()] == []
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_full_folder_for_what_is_made_in_between_is_told_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("zipfile.ZipFile.write", full)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(ProblemsFound, match="No space left on device"):
        written(tmp_path / "out")
    assert [path.name for path in tmp_path.rglob("*")] == ["out"]


def test_what_a_sheet_cannot_hold_goes_on_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LINES_OF_A_SHEET", 2)
    written(tmp_path, (*ROWS, Row(number="11", file="11.yaml", outcome=REFUSED)))
    book = load_workbook(tmp_path / "portfolio.xlsx")
    assert [name for name in book.sheetnames if name.startswith("Dossiers")] == ["Dossiers", "Dossiers 2"]
    assert [cell.value for cell in book["Dossiers"]["A"]] == ["number", "7", "8"]
    assert [cell.value for cell in book["Dossiers 2"]["A"]] == ["number", "10", "11"]


def test_a_table_without_lines_has_its_head(tmp_path: Path) -> None:
    written(tmp_path, (Row(number="1", file="1.yaml", outcome=ASSESSED),))
    assert load_workbook(tmp_path / "portfolio.xlsx")["Findings"].dimensions == "A1:J1"
    assert pyarrow.parquet.read_table(tmp_path / "findings.parquet").shape == (0, len(COLUMNS["findings"]))


def test_parquet_is_written_in_groups_of_a_thousand_lines(tmp_path: Path) -> None:
    many = tuple(Row(number=str(number), file="x.yaml", outcome=ASSESSED) for number in range(2_001))
    written(tmp_path, many)
    found = pyarrow.parquet.ParquetFile(tmp_path / "portfolio.parquet").metadata
    assert [found.row_group(group).num_rows for group in range(found.num_row_groups)] == [1_000, 1_000, 1]


@pytest.mark.parametrize(
    ("package", "left", "said", "extra"),
    [
        (
            "xlsxwriter",
            {"portfolio.csv", "portfolio.parquet", "findings.parquet", "messages.parquet"},
            "portfolio.xlsx: left out, for the package `XlsxWriter` is not installed",
            "xlsx",
        ),
        (
            "pyarrow",
            {"portfolio.csv", "portfolio.xlsx"},
            "portfolio.parquet, findings.parquet, messages.parquet: left out, for the package `pyarrow` is not installed",
            "parquet",
        ),
    ],
)
def test_without_a_package_its_files_are_left_out_and_one_line_says_so(
    package: str,
    left: set[str],
    said: str,
    extra: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    assert {*written(tmp_path)} == left == {path.name for path in tmp_path.iterdir()}
    mend = f"install it, or this program with its extra: `pip install 'lca-ai[{extra}]'`"
    assert capsys.readouterr().err == f"{said}; {mend}\n"


def cells_of(file: Path) -> dict[str, Any]:
    row = examine(Task("1", file.name, file.read_bytes(), str(file)), SETTING)
    return {column.name: column.cell(Dossier(row, False, None)) for column in COLUMNS["portfolio"]}


def test_a_published_case_stands_in_the_table_with_its_figures() -> None:
    cells = cells_of(ROOT / "projects" / "training-set-size.yaml")
    assert cells["electricity_kwh"] == cells["electricity_kwh_low95"] == 436.3
    assert cells["footprint_kgco2e"] == cells["footprint_kgco2e_high95"] == 43.63  # 436.3 kWh of 0.1 kg each
    assert (cells["footprint_at_least"], cells["stage_training"], cells["stage_storage"]) == (
        True,
        "counted",
        "excluded",
    )
    assert (cells["evidence_stated"], cells["evidence_default"]) == (1, 0)
    assert (cells["gain_kind"], cells["gain_announced_kgco2e"], cells["outcome"]) == ("none", None, "assessed")


def test_each_figure_says_on_its_own_whether_it_is_a_part() -> None:
    cells = cells_of(ROOT / "projects" / "stable-diffusion-service.yaml")
    whole = {name for name, value in cells.items() if name.endswith("_at_least") and value is False}
    assert whole == {"electricity_at_least", "electricity_primary_energy_at_least", "water_withdrawal_at_least"}
    assert cells["footprint_at_least"] is True
    assert cells["gaps"] == 1


def test_no_table_is_written_over_the_list_of_the_dossiers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "1.yaml").write_text("descriptor: 1\n", "utf-8")
    listed = tmp_path / "portfolio.csv"
    listed.write_text("1,1.yaml\n", "utf-8")
    assert main(["portfolio", str(listed), "-o", str(tmp_path), "--workers", "1", "--lang", "en"]) == 1
    assert f"{listed}:1:1: LCA701 the descriptor rests on this file" in capsys.readouterr().err
    assert listed.read_text("utf-8") == "1,1.yaml\n"
    assert not [path.name for path in tmp_path.iterdir() if path.suffix in (".xlsx", ".parquet", ".html")]


def test_the_page_s_python_reads_the_tables(out: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "portfolio.md").read_text("utf-8")
    (tmp_path / "out").symlink_to(out)
    monkeypatch.chdir(tmp_path)
    known: dict[str, Any] = {}
    for block in re.findall(r"```python\n(.+?)```", page, re.DOTALL):
        exec(block, known)
    assert list(known["frame"].number) == list(known["lines"].number) == ["7", "8", "10"]
    assert known["field"].metadata[b"unit"] == b"kgCO2e"

"""The workbook: read back by another library, its sums computed again from its cells, its texts texts.

LibreOffice computes the sums on demand: wherever its Calc is installed.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from export_cases import HOSTILE, NAMES, study
from openpyxl import load_workbook

from lca.exporters.xlsx import _letters
from lca.problems import ProblemsFound


def workbook(name: str, values: bool, language: str = "en") -> Any:
    return load_workbook(io.BytesIO(study(name).export("xlsx", language).content), data_only=values)


def computed(book: Any, sheet: Any, formula: str) -> float:
    """Compute the two kinds of formulas that the workbook holds, from its cells."""
    reaches = re.findall(r"'([^']+)'!\$(\w+)\$(\d+):\$\w+\$(\d+)", formula)
    columns = [[book[s][f"{c}{row}"].value for row in range(int(a), int(b) + 1)] for s, c, a, b in reaches]
    if formula.startswith("=SUM("):
        return float(sum(value for value in columns[0] if value is not None))
    wanted = sheet[formula.rpartition(",")[2].rstrip(")").replace("$", "")].value
    return float(sum(v for v, stage in zip(*columns, strict=True) if v is not None and stage == wanted))


@pytest.mark.parametrize("name", NAMES)
def test_live_sums_give_the_contract_s_totals(name: str) -> None:
    contract = json.loads(study(name).json())
    book, cached = workbook(name, values=False), workbook(name, values=True)
    rows = {row[0].value: row for row in book["Totals"].iter_rows(min_row=2)}
    for indicator, total in contract["totals"].items():
        cell = rows[f"total.{indicator}"][3]
        if total["value"] is None:
            assert cell.value == "not assessed"
            continue
        assert computed(book, book["Totals"], cell.value) == pytest.approx(total["value"], rel=1e-11)
        assert cached["Totals"][cell.coordinate].value == pytest.approx(total["value"], rel=1e-12)
        assert rows[f"total.{indicator}"][4].value == total["low95"]
        assert (rows[f"total.{indicator}"][7].value == "at least") == total["partial"]


@pytest.mark.parametrize("name", NAMES)
def test_stages_are_sums_too(name: str) -> None:
    contract, book = json.loads(study(name).json())["by_stage"], workbook(name, values=False)
    rows = list(book["Stages"].iter_rows(min_row=2, values_only=True))
    assert {row[0] for row in rows} == {stage for stage, figures in contract.items() if any(figures.values())}
    for stage, _, indicator, _, found, *_ in rows:
        if indicator == "energy":
            assert found == contract[stage]["energy"]["value"]
        else:
            expected = contract[stage][indicator]["total"]["value"]
            assert computed(book, book["Stages"], found) == pytest.approx(expected, rel=1e-10)


def computed_by_office(book: Any, folder: Path) -> Any:
    """Return a workbook as LibreOffice computes it; the values beside the formulas are gone before it does."""
    book.save(folder / "study.xlsx")
    assert load_workbook(folder / "study.xlsx", data_only=True)["Totals"]["D2"].value is None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(folder / "computed"),
        "study.xlsx",
    ]
    said = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert said.returncode == 0, said.stderr
    return load_workbook(folder / "computed" / "study.xlsx", data_only=True)


@pytest.mark.skipif(shutil.which("localc") is None, reason="LibreOffice Calc, installed on demand")
@pytest.mark.parametrize("name", NAMES)
def test_libreoffice_computes_the_contract_s_totals(name: str, tmp_path: Path) -> None:
    contract, found = json.loads(study(name).json()), computed_by_office(workbook(name, values=False), tmp_path)
    totals = {row[0]: row[3] for row in found["Totals"].iter_rows(min_row=2, values_only=True)}
    for indicator, total in contract["totals"].items():
        expected = "not assessed" if total["value"] is None else pytest.approx(total["value"], rel=1e-11)
        assert totals[f"total.{indicator}"] == expected
    for stage, _, indicator, _, value, *_ in found["Stages"].iter_rows(min_row=2, values_only=True):
        figure = contract["by_stage"][stage][indicator]
        expected = figure if indicator == "energy" else figure["total"]
        assert value == pytest.approx(expected["value"], rel=1e-10)


@pytest.mark.skipif(shutil.which("localc") is None, reason="LibreOffice Calc, installed on demand")
def test_a_changed_flow_changes_the_totals(tmp_path: Path) -> None:
    book = workbook("vineyard", values=False)
    columns = [cell.value for cell in book["Inventory"][1]]
    changed = book["Inventory"].cell(2, columns.index("gwp100 [kgCO2e]") + 1)
    changed.value += 1000
    found = {row[0]: row[3] for row in computed_by_office(book, tmp_path)["Totals"].iter_rows(values_only=True)}
    whole = json.loads(study("vineyard").json())["totals"]["gwp100"]["value"]
    assert found["total.gwp100"] == pytest.approx(whole + 1000, rel=1e-11)


def test_units_and_sources_are_there_in_both_languages() -> None:
    assert workbook("minimal", True).sheetnames[:4] == ["About", "Totals", "Stages", "Inventory"]
    french = workbook("minimal", True, "fr")
    assert french.sheetnames[:4] == ["À propos", "Totaux", "Étapes", "Inventaire"]
    assert {row[2].value for row in french["Totaux"].iter_rows(min_row=2)} >= {"kgCO2e", "kgSbe", "MJ", "L", "kWh"}
    assert french["Sources"].max_row > 2


def test_a_hostile_text_is_no_formula() -> None:
    book = workbook("hostile", values=False)
    (first,) = next(book["About"].iter_rows(max_row=1))
    assert (first.value, first.data_type) == (HOSTILE, "s")
    formulas = {c.value for s in book for row in s.iter_rows() for c in row if c.data_type == "f"}
    assert all(re.match(r"=SUM(IFS)?\('Inventory'!", formula) for formula in formulas)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(ProblemsFound, match="XlsxWriter"):
        study("minimal").export("xlsx")


def test_columns_have_letters() -> None:
    assert [_letters(n) for n in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]

"""What travels inside a report: distinct and safe names, cells that no spreadsheet runs, kinds that a reader can open."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from conftest import AS_OF, ROOT

import lca
from lca.assessment import tables
from lca.assessment.attachments import MADE, Manner, Sources, attached, attached_evidence, digest, safe_name
from lca.assessment.data_section import links, with_data, without_data
from lca.files.shipped import read_texts

MINIMAL = (ROOT / "projects/minimal.yaml").read_text("utf-8")


@pytest.fixture(scope="module")
def assessment() -> lca.Assessment:
    return lca.read(MINIMAL, name="étude.yaml").assess(draws=0, as_of=AS_OF)


def test_no_companion_takes_the_place_of_another_attachment(assessment: lca.Assessment) -> None:
    companions = {
        "etude.yaml": "table",
        "results.json": "table",
        "Inventory.csv": "table",
        "sweeps.json": "table",
        "a/b.csv": "one",
        "a-b.csv": "two",
    }
    found = attached(assessment, Sources("étude.yaml", MINIMAL, companions, {}), Manner("fr"))
    assert [name for name, one in found.items() if one.content == "table"] == [
        "named-01-etude.yaml",
        "named-02-results.json",
        "named-03-Inventory.csv",
        "named-04-sweeps.json",
    ]
    assert found["etude.yaml"][0] == MINIMAL
    assert str(found["results.json"][0]).startswith("{")
    assert (found["a-b.csv"][0], found["named-06-a-b.csv"][0]) == ("one", "two")
    assert found["a-b.csv"][1] == "A file that the descriptor names: a/b.csv"
    assert len({name.casefold() for name in found}) == len(found)
    how = json.loads(str(found["report.json"].content))
    assert {file["name"]: file["attachment"] for file in how["companions"]}["a-b.csv"] == "named-06-a-b.csv"
    assert (how["descriptor"]["name"], how["descriptor"]["attachment"]) == ("étude.yaml", "etude.yaml")
    assert how["sha256"] == {name: digest(one.content) for name, one in found.items() if name != "report.json"}


def test_the_factors_that_travel_are_those_of_the_inputs(assessment: lca.Assessment) -> None:
    found = attached(assessment, Sources("x.yaml", MINIMAL, {}, {}), Manner("en"))
    assert set(MADE) <= set(found)
    rows = {
        (row["key"], row["indicator"]): row for row in csv.DictReader(str(found["factors.csv"].content).splitlines())
    }
    for leaf in json.loads(str(found["results.json"].content))["inputs"]:
        if "indicator" in leaf:
            row = rows[leaf["path"], leaf["indicator"]]
            assert float(row["value"]) == pytest.approx(leaf["value"], rel=1e-9)
            assert (row["unit"], row["source"], row["locator"]) == (leaf["unit"], leaf["source"], leaf["locator"])


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_data_section_comes_off_as_it_was_put_on(language: str, assessment: lca.Assessment) -> None:
    page = '<body><main><nav class="contents"><ol><li>One</li></ol></nav><p>…</p></main></body>'
    found = attached(assessment, Sources("x.yaml", MINIMAL, {'a"<b>.csv': "1"}, {}), Manner(language))
    whole = with_data(page, found, language, read_texts())
    assert [name for name, _ in links(whole)] == list(found)
    assert '<li><a href="#data">' in whole
    assert without_data(whole) == page


def test_safe_names() -> None:
    assert safe_name("étude d’impact.pdf") == "etude-d-impact.pdf"
    assert safe_name("../x;rm.pdf") == "x-rm.pdf"
    assert safe_name("影響") == "file"
    assert list(attached_evidence({"a/é.pdf": b""})) == ["evidence-01-e.pdf"]


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert tables.harmless(cell) == f"'{cell}"
    assert tables.harmless("-2.5e3") == "-2.5e3"
    assert tables.harmless(-2.5) == -2.5
    text = tables.csv_text([{"name": "=1+1", "value": -2.5, "none": None}])
    assert text == "name,value,none\n'=1+1,-2.5,\n"


@pytest.mark.parametrize(("name", "is_refused"), [("x.exe", True), ("x", True), ("x.PDF", False), ("x.js", True)])
def test_kinds_of_evidence(name: str, is_refused: bool, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"content")
    answer = (
        "checklist:\n  answers:\n    art17-ccm:\n      answer: yes\n      justification: It is computed over the life cycle.\n"
        "      evidence: [{type: measurement_log, title: T, issuer: H, date: '2024-06-01', strength: documented, "
        f"file: {name}}}]\n"
    )
    problems = lca.read(MINIMAL + answer, folder=tmp_path).problems
    assert ("LCA416" in [p.code for p in problems]) == is_refused

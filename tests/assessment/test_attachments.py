"""What travels inside the PDF: distinct and safe names, cells that no spreadsheet runs, kinds that a reader can open."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import AS_OF, ROOT

import lca
from lca.assessment import tables
from lca.assessment.attachments import attached, attached_evidence, safe_name

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
    found = attached(assessment, MINIMAL, companions, "étude")
    assert [name for name, (content, _) in found.items() if content == "table"] == [
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


def test_safe_names() -> None:
    assert safe_name("étude d’impact.pdf") == "etude-d-impact.pdf"
    assert safe_name("../x;rm.pdf") == "x-rm.pdf"
    assert safe_name("影響") == "file"
    assert list(attached_evidence({"a/é.pdf": b""})) == ["evidence-01-e.pdf"]


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    import pandas

    assert tables.harmless(cell) == f"'{cell}"
    assert tables.harmless("-2.5e3") == "-2.5e3"
    assert tables.harmless(-2.5) == -2.5
    text = tables.csv(pandas.DataFrame([{"name": "=1+1", "value": -2.5, "none": None}]))
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

"""What is not stated may never help: a key that is left out turns no verdict to pass; and files that are one, or nobody's."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import ROOT

import lca
from lca.descriptor.document import read_document
from lca.presenting.values import as_json
from lca.problems import ProblemsFound

AS_OF = datetime.date(2026, 11, 24)
TABLE = "number,expected,value,status\n" + "".join(f"{n},true,5,implemented\n" for n in range(1, 107))
FILES: dict[str, str | bytes] = {"e/ok.pdf": b"%PDF-1.7 a letter", "e/table.csv": TABLE}
LONG = "The host shows it in the document that is named here, for the whole cluster."


def study(rows: dict[str, Any], **checklist: Any) -> dict[str, Any]:
    """Return a descriptor that answers some rows."""
    return {
        "descriptor": 1,
        "project": {"name": "n", "start": "2025-01", "applicant": "Labo"},
        "sites": {"paris": {"location": "FR", "wue": "0.5 L/kWh"}},
        "machines": {
            "node": {"site": "paris", "gpu": {"model": "NVIDIA A100 SXM4 80 GB", "count": 8}, "lifetime": "5 year"}
        },
        "training": {"final": {"on": "node", "duration": "72 h"}},
        "checklist": {"acts": ["cca_8_1", "ccm_8_1", "appendix_d"], "answers": rows, **checklist},
    }


def document(kind: str, **changes: Any) -> dict[str, Any]:
    base = {"type": kind, "title": "T", "issuer": "Host", "date": "2026-05-01", "strength": "documented"}
    return {**base, "file": "e/ok.pdf", **changes}


def yes(kind: str, **changes: Any) -> dict[str, Any]:
    return {"answer": "yes", "justification": LONG, "evidence": [document(kind, **changes)]}


def verdicts(data: dict[str, Any], files: dict[str, str | bytes]) -> dict[str, str]:
    """Return the verdict on each row, empty where the descriptor has an error."""
    try:
        found = lca.read(as_json(data), files=files).assess(draws=0, as_of=AS_OF).checklist
    except ProblemsFound:
        return {}
    return {finding.criterion.id: finding.verdict for finding in found.findings}


def every_key(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the paths of all keys of plain data."""
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        if isinstance(node, dict):
            yield (*path, key)
        yield from every_key(value, (*path, key))


def without(data: dict[str, Any], path: tuple[Any, ...]) -> dict[str, Any]:
    left = copy.deepcopy(data)
    node: Any = left
    for key in path[:-1]:
        node = node[key]
    del node[path[-1]]
    return left


DOUBTFUL = study(
    {
        "art17-ccm": yes("measurement_log", date="2015-06-01"),
        "art17-ppc": yes("lca_report", date="2015-06-01"),
        "art17-bio": yes("supplier_letter", date="2024-12-31"),
        "art17-ce": yes("lca_report", issuer="Labo"),
        "cca81-dnsh-ccm-1": yes("coc_practice_table", file="e/table.csv", date="2026-05-01"),
        "cca81-dnsh-ccm-2": yes("coc_practice_table", file="e/table.csv", date="2026-05-01"),
        "cca81-dnsh-ce-1": yes("ecodesign_declaration"),
        "cca81-dnsh-ce-2": yes("rohs_declaration", file="study.yaml"),
        "cca81-dnsh-ce-3": yes("supplier_letter", date="2023-05-12", valid_until="2025-05-12"),
        "cca81-dnsh-ce-4": yes("weee_treatment_certificate"),
        "ccm81-sc-2": yes("third_party_audit_report", strength="third_party", date="2021-01-01"),
        "ccm81-sc-3": {"answer": "not_applicable", "not_applicable_reason": "nothing_left_out", "justification": LONG},
        "ccm81-sc-4": yes("refrigerant_inventory", date="2025-12-01", valid_until="2026-01-01"),
        "appA-4": yes("climate_risk_assessment"),
        "appA-6": {"answer": "not_applicable", "not_applicable_reason": "new_assets_only", "justification": LONG},
        "appB-1": yes("water_plan_or_permit"),
        "appD-3": yes("eia_or_screening_decision"),
    },
    hosting={
        "paris": {
            "in_service": "2020-05",
            "code_of_conduct": {
                "edition": "2015",
                "file": "e/table.csv",
                "audit": {"date": "2021-01-01", "by": "A", "independent": False},
            },
            "refrigerants": {"a": {"fluid": "R-410A"}},
            "waste": {"route": "none"},
            "wue": {"value": "1.8 L/kWh"},
            "water": {"basin_stress": "low"},
            "climate_risk": {"material": ["flood"], "horizon": "5 year", "lifespan": "15 year"},
        }
    },
    equipment={
        "node": {"kind": "server", "placed_on_market": "2019-03", "lifetime": "9 year", "end_of_life": "unknown"}
    },
)


DOUBTFUL_FILES: dict[str, str | bytes] = {**FILES, "study.yaml": as_json(DOUBTFUL)}


def passed(data: dict[str, Any], files: dict[str, str | bytes]) -> set[str]:
    return {name for name, found in verdicts(data, files).items() if found == "pass"}


def test_none_of_the_doubtful_answers_passes() -> None:
    assert len(verdicts(DOUBTFUL, DOUBTFUL_FILES)) > 40
    assert passed(DOUBTFUL, DOUBTFUL_FILES) == set()


@pytest.mark.parametrize("path", list(every_key(DOUBTFUL)), ids=lambda path: ".".join(map(str, path)))
def test_leaving_a_key_out_turns_no_verdict_to_pass(path: tuple[Any, ...]) -> None:
    assert passed(without(DOUBTFUL, path), DOUBTFUL_FILES) == set()


#: What of the shipped example bears on its verdicts and may be left out.
OPTIONAL = ("hosting", "equipment", "claim", "valid_until", "date")


def test_the_same_for_the_shipped_example() -> None:
    data = read_document((ROOT / "projects/transition-call.yaml").read_text("utf-8"), "x.yaml").data
    files: dict[str, str | bytes] = {
        f"evidence/{p.name}": p.read_bytes() for p in (ROOT / "projects/evidence").iterdir()
    }
    rows = {"cca81-dnsh-ce-2", "ccm82-dnsh-ce-2", "ms-1"}
    assert passed(data, files) == rows
    for path in every_key(data["checklist"]):
        if path[-1] in OPTIONAL or path[0] in OPTIONAL[:3]:
            assert passed(without(data, ("checklist", *path)), files) <= rows, path


def standing(files: dict[str, str | bytes], name: str, text: str = "") -> tuple[str, str]:
    """Return the verdict on a row and what its document is to it."""
    data = study({"cca81-dnsh-ce-2": yes("rohs_declaration", file=name)}, equipment={"node": {"rohs_declaration": "D"}})
    found = lca.read(text or as_json(data), files=files).assess(draws=0, as_of=AS_OF).checklist.findings
    finding = next(f for f in found if f.criterion.id == "cca81-dnsh-ce-2")
    return finding.verdict, finding.standings[0]


@pytest.mark.parametrize("name", ["e/ok.pdf", "e//ok.pdf", "e/./ok.pdf", "./e/ok.pdf"])
def test_a_file_has_one_name(name: str) -> None:
    assert standing(FILES, name) == ("pass", "accepted")
    data = study({"cca81-dnsh-ce-2": yes("rohs_declaration", file=name), "appD-3": yes("supplier_letter")})
    files = lca.read(as_json(data), files=FILES).assess(draws=0, as_of=AS_OF).study.files
    assert set(files) == {"e/ok.pdf"}


def test_a_descriptor_is_the_applicants_own_word() -> None:
    data = study({"cca81-dnsh-ce-2": yes("rohs_declaration", file="copy.txt")})
    data["checklist"]["equipment"] = {"node": {"rohs_declaration": "D"}}
    text = as_json(data)
    for content in (
        text,
        text.replace("\n", "\r\n"),
        "\ufeff" + text + "\n\n",
        "# another\nproject: {}\ndescriptor: 1\n",
    ):
        assert standing({"copy.txt": content}, "copy.txt", text) == ("insufficient_evidence", "own_word")
    assert standing({"copy.txt": "a letter on the descriptor"}, "copy.txt", text) == ("pass", "accepted")


def test_a_reference_scenario_is_the_applicants_own_word_too() -> None:
    project = {"name": "r", "start": "2026-01", "duration": "3 year"}
    reference = as_json({**{k: v for k, v in study({}).items() if k != "checklist"}, "project": project})
    data = study({"cca81-dnsh-ce-2": yes("rohs_declaration", file="copy.pdf")})
    data["checklist"]["equipment"] = {"node": {"rohs_declaration": "D"}}
    data["benefit"] = {
        "reference": {"description": "as before", "descriptor": "reference.yaml"},
        "none": "no benefit is claimed",
    }
    files: dict[str, str | bytes] = {"reference.yaml": reference, "copy.pdf": reference}
    assert standing(files, "copy.pdf", as_json(data)) == ("insufficient_evidence", "own_word")


def test_a_table_of_the_host_is_evidence_of_its_own_kind_only() -> None:
    data = study({"cca81-dnsh-ce-2": yes("rohs_declaration", file="e//table.csv")})
    data["checklist"]["equipment"] = {"node": {"rohs_declaration": "D"}}
    data["checklist"]["hosting"] = {"paris": {"code_of_conduct": {"edition": "2026", "file": "e/table.csv"}}}
    assert standing(FILES, "e/table.csv", as_json(data)) == ("insufficient_evidence", "own_word")


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n"])
def test_an_empty_file_is_an_error(content: bytes) -> None:
    with pytest.raises(ProblemsFound) as found:
        standing({"e/ok.pdf": content}, "e/ok.pdf")
    (problem,) = (p for p in found.value.problems if p.severity == "error")
    assert problem.code == "LCA415"
    assert "`e/ok.pdf`: the file is empty" in problem.message

"""The law of the call's date, what is pending, what would differ today; and the depth that a study intends."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from conftest import AS_OF, Assess, section_of

from lca.cli.main import main
from lca.files.shipped import load_checklist
from lca.subjects.checklist.contract import summary

CHECKLIST = load_checklist()

BASE = """descriptor: 1
project: {name: n, start: 2024-03, duration: 1 year, call: a call}
sites: {paris: {location: FR}}
machines: {node: {site: paris, gpu: {model: NVIDIA A100 SXM4 80 GB, count: 8}}}
training: {final: {on: node, duration: 72 h}}
checklist:
  acts: [cca_8_1, appendix_c, cca_8_4]
  answers:
    appC-c: {answer: unknown}
    appC-g: {answer: no, justification: Substances of this class are in the equipment that is used.}
"""
LAW = '  law: {date: "2025-06-01", source: "specification, section 4"}\n'


def test_an_act_has_the_text_of_the_date() -> None:
    """Appendix C was rewritten from 1 January 2026; the text before has a paragraph more."""
    before = CHECKLIST.on(datetime.date(2025, 12, 31)).acts["appendix_c"]
    after = CHECKLIST.on(datetime.date(2026, 1, 1)).acts["appendix_c"]
    assert (before.applies_from.isoformat(), after.applies_from.isoformat()) == ("2024-01-01", "2026-01-01")
    assert before.criteria.keys() - after.criteria.keys() == {"appC-g"}
    assert all(row.confidence == "unverified" for row in before.criteria.values())
    assert CHECKLIST.on(datetime.date(2020, 1, 1)).acts["appendix_c"] == before
    assert CHECKLIST.on(AS_OF).acts == CHECKLIST.acts


def test_the_date_that_the_call_names_leads(assess_text: Assess) -> None:
    found = assess_text(BASE + LAW)
    assert "LCA616" not in {problem.code for problem in found.problems}
    plain = summary(found)
    assert plain["law"] == {"date": "2025-06-01", "named_by_the_call": True, "source": "specification, section 4"}
    assert plain["by_later_text"]["acts"] == {"appendix_c": {"from": "2024-01-01", "to": "2026-01-01"}}
    assert plain["by_later_text"]["rows"] == {"appC-g": {"from": "fail", "to": "", "reason": ""}}
    rows = {finding.criterion.id: finding.verdict for finding in found.checklist.findings}
    assert rows["appC-g"] == "fail"
    page = section_of(found, "checklist", "en")
    assert "specification, section 4" in page
    assert "What would differ on 24 November 2026" in page


def test_else_it_is_asked(assess_text: Assess) -> None:
    found = assess_text(BASE)
    (problem,) = (problem for problem in found.problems if problem.code == "LCA616")
    assert (problem.severity, problem.location.line) == ("warning", 6)
    assert "appC-g" not in {finding.criterion.id for finding in found.checklist.findings}
    assert "the call’s own text is not stated" in section_of(found, "checklist", "en")
    no_call = assess_text(BASE.replace(", call: a call", ""))
    assert "LCA616" not in {problem.code for problem in no_call.problems}


def test_an_act_that_came_later_is_told(assess_text: Assess) -> None:
    page = section_of(assess_text(BASE + LAW.replace("2025-06-01", "2023-06-01")), "checklist", "en")
    assert "cca_8_4, appendix_c: not in force on that date" in page


@pytest.mark.parametrize(("language", "word"), [("en", "Pending"), ("fr", "En préparation")])
def test_what_is_pending_is_printed_and_changes_nothing(language: str, word: str, assess_text: Assess) -> None:
    found = assess_text(BASE)
    page = section_of(found, "checklist", language)
    assert page.count(word) == 1
    assert page.count("2023/1791") >= 1
    pending = summary(found)["acts"]["cca_8_1"]["pending"]
    assert [text["date"] for text in pending] == ["2026-04-14", "2026-03-26"]
    assert {text["confidence"] for text in pending} == {"unverified"}


def test_the_command_shows_what_would_differ_today(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A letter of 1 June 2023 counts for 1096 days: to 1 June 2026, so on 1 June 2025 and no longer on 24 November 2026."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime.datetime(2026, 11, 24, tzinfo=datetime.UTC).timestamp())))
    answer = """
    cca81-dnsh-ce-3:
      answer: yes
      justification: The host hands all its equipment to a recycler under a contract.
      evidence: [{type: supplier_letter, title: T, issuer: H, date: "2023-06-01", strength: documented, url: "https://x.org"}]
  hosting: {paris: {waste: {plan: P, route: contract}}}
"""
    text = BASE.split("  answers:")[0] + "  answers:" + answer
    path = tmp_path / "x.yaml"
    path.write_text(text, "utf-8")
    assert main(["dnsh", str(path), "--as-of", "2025-06-01", "--json"]) == 0
    today = json.loads(capsys.readouterr().out)["today"]
    assert today["date"] == "2026-11-24"
    assert today["acts"] == {"appendix_c": {"from": "2024-01-01", "to": "2026-01-01"}}
    assert (today["rows"]["cca81-dnsh-ce-3"]["from"], today["rows"]["cca81-dnsh-ce-3"]["to"]) == (
        "pass",
        "insufficient_evidence",
    )
    assert main(["dnsh", str(path), "--as-of", "2025-06-01"]) == 0
    assert "What would differ on 24 November 2026:" in capsys.readouterr().out
    assert main(["dnsh", str(path), "--as-of", "2026-11-24", "--json"]) == 0
    assert "today" not in json.loads(capsys.readouterr().out)


DEPTH = """  depth:
    empreinte_projet: {level: 3, lacks: [no critical review]}
    l1480: {level: 3}
    specificity: sector
    gates: {climate_action: {answer: unknown}}
"""


def test_the_depth_that_is_intended_claims_no_conformity(assess_text: Assess) -> None:
    """The study has climate, minerals and manufacture, and no reference scenario: that alone is not met."""
    found = assess_text(BASE + DEPTH)
    levels = summary(found)["depth"]["levels"]
    assert levels["empreinte_projet"] == {
        "level": 3,
        "unmet": ["no reference scenario, that is, what would happen without the project"],
        "lacks": ["no critical review"],
    }
    assert levels["l1480"] == {"level": 3, "unmet": [], "lacks": []}
    page = section_of(found, "checklist", "fr")
    assert "aucune conformité n’est revendiquée".casefold() in page.casefold()
    assert "non destiné à la publication" in page
    assert "porte 1" in page
    assert "Ce que cette étude n’est pas" not in section_of(assess_text(BASE), "checklist", "fr")


@pytest.mark.parametrize(
    ("keys", "result", "says"),
    [
        ("it_power: 999 kW", "unknown", ""),
        ("it_power: 1 MW", "not_met", "paris: 1,000 kW, waste heat not stated"),
        ("it_power: 2 MW, waste_heat: used", "met", "paris: 2,000 kW, waste heat used"),
        ("rated_power: 1 MW", "met", "paris: 1,000 kW, below the threshold"),
        ("rated_power: 1.1 MW, waste_heat: not_used", "not_met", "paris: 1,100 kW, waste heat not used"),
        ("rated_power: 1.1 MW, waste_heat: not_feasible", "met", "paris: 1,100 kW, shown not feasible"),
        ("pue: {kind: design}", "unknown", ""),
    ],
)
def test_waste_heat_from_one_megawatt(keys: str, result: str, says: str, assess_text: Assess) -> None:
    found = summary(assess_text(BASE + f"  hosting: {{paris: {{{keys}}}}}\n"))["context"]["waste-heat"]
    assert (found["result"], found["detail"]) == (result, says)
    assert found["origin"] == "Directive (EU) 2023/1791, Article 26(6)"


def test_safeguards_beyond_human_rights_do_not_count() -> None:
    rows = CHECKLIST.acts["minimum_safeguards"].criteria
    assert {name: row.counts for name, row in rows.items()} == {
        "ms-1": True,
        "ms-2": True,
        "ms-3": False,
        "ms-4": False,
        "ms-5": False,
        "ms-6": False,
    }
    assert ["bribery" in rows["ms-4"].question.en, "tax" in rows["ms-5"].question.en] == [True, True]
    assert "competition" in rows["ms-6"].question.en

"""The checklist in the terminal and in the report, in both languages; and the strict check."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path

import pytest
from conftest import ROOT, assess_file, report_html

from lca.cli.main import main
from lca.files.shipped import date_of_assessment, load_checklist
from lca.subjects.checklist.assess import LEGAL_TEXT_MAXIMUM_AGE
from lca.subjects.checklist.model import Checklist

CALL = ROOT / "projects/transition-call.yaml"
AS_OF = ["--as-of", "2026-11-24"]
BASE = (ROOT / "projects/minimal.yaml").read_text("utf-8")
LONG = "The host recycles all equipment under a contract that is annexed."


def words_of(page: str) -> str:
    text = re.sub(r"<[^>]+>", " ", page.split('id="checklist"')[1].split("<section")[0])
    return " ".join(text.replace("&#39;", "'").split())


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "fr",
            [
                "cca81-dnsh-ccm-2  Non satisfait  R08",
                "1 sur 2, pas EX-2",
                "Documenté comme satisfait (auto-évaluation)",
                "Ce qui le changerait\u00a0: ",
                "texte du 1er janvier 2026",
                "périmée",
                "Garanties minimales",
            ],
        ),
        (
            "en",
            [
                "cca81-dnsh-ccm-2  Not met  R08",
                "1 of 2, not EX-2",
                "Documented as met (self-assessment)",
                "What would change it: ",
                "text of 1 January 2026",
                "expired",
                "Minimum safeguards",
            ],
        ),
    ],
)
def test_the_terminal_says_verdict_rule_why_and_remedy(
    language: str, expected: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["dnsh", str(CALL), "--lang", language, *AS_OF]) == 0
    out = capsys.readouterr().out
    for text in expected:
        assert text in out
    assert max(map(len, out.splitlines())) <= 100


def test_the_json_of_the_command_is_that_of_assess(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dnsh", str(CALL), "--json", *AS_OF]) == 0
    found = json.loads(capsys.readouterr().out)
    assert main(["assess", str(CALL), "--json", "--draws", "0", *AS_OF]) == 0
    results = json.loads(capsys.readouterr().out)
    assert found.pop("checklist") == results["checklist"]
    assert found.pop("today")["date"] == date_of_assessment().isoformat()
    told = found.pop("problems")
    assert told == [p for p in results["problems"] if p["code"] in ("LCA604", "LCA611", "LCA616", "LCA617")]
    assert found == results["checklist_summary"]
    row = results["checklist"]["cca81-dnsh-ccm-2"]
    assert (row["verdict"], row["rule"], row["contradiction"]) == ("fail", "R08", True)
    assert row["prechecks"]["expected-practices-of-value-5"]["severity"] == "hard"
    assert results["checklist_summary"]["counts"]["substantial_contribution"]["fail"] == 2


def test_warnings_stand_in_the_json_alone(capsys: pytest.CaptureFixture[str]) -> None:
    late = ["--as-of", "2099-01-01"]  # all sources and acts are past their review
    assert main(["dnsh", str(CALL), "--json", *late]) == 0
    out, err = capsys.readouterr()
    assert {p["code"] for p in json.loads(out)["problems"]} >= {"LCA604"}
    assert err == ""
    assert main(["dnsh", str(CALL), *late]) == 0
    assert "LCA604" in capsys.readouterr().err


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_report_groups_by_objective_beside_its_own_figures(language: str) -> None:
    page = words_of(report_html(CALL, language))
    headings = {
        "en": [
            "1. Climate change mitigation",
            "6. The protection and restoration of biodiversity",
            "7. Minimum safeguards",
        ],
        "fr": ["1. L’atténuation du changement climatique", "6. La protection et la restauration", "7. Les garanties"],
    }[language]
    places = [page.index(heading) for heading in headings]
    assert places == sorted(places)
    bio = page[places[1] : places[2]]
    assert {"en": "bear on it: not assessed", "fr": "rapportent\u00a0: non évalués"}[language] in bio.replace(
        " :", "\u00a0:"
    )
    assert re.search(r"2[.,]7\s*t CO₂e", page[places[0] : places[0] + 400])
    for forbidden in ("aligned", "compliant", "aligné sur"):
        assert forbidden not in page.replace("taxonomy alignment", "")


def test_every_row_of_the_report_names_its_act() -> None:
    page = words_of(report_html(CALL, "en"))
    for finding in assess_file(CALL).checklist.findings:
        assert f"{finding.criterion.reference.en} · {finding.criterion.id}" in page


def test_software_only_is_said_not_to_be_enough(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(f"{BASE}checklist: {{acts: [software_only]}}\n", "utf-8")
    assert main(["dnsh", str(path)]) == 0
    out = capsys.readouterr().out
    assert "does not mean “no harm”: the Article 17 screening is" in out
    assert "art17-ccm" in out
    assert "Not shown, because the descriptor chooses its acts: cca_8_1" in out


def answers(tmp_path: Path, text: str) -> str:
    path = tmp_path / "x.yaml"
    path.write_text(f"{BASE}checklist:\n  acts: []\n  answers:\n{text}", "utf-8")
    return str(path)


def test_a_justification_of_three_words_is_a_finding_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = answers(tmp_path, '    art17-ccm: {answer: yes, justification: "It is so."}\n    art17-bio: {answer: no}\n')
    line = len(BASE.splitlines()) + 4
    assert main(["check", path]) == 0
    err = capsys.readouterr().err
    assert f"{path}:{line}:45: LCA611 warning: the justification of art17-ccm has 9 characters" in err
    assert f"{path}:{line + 1}:25: LCA611 warning: the justification of art17-bio has 0 characters" in err
    assert main(["check", "--strict", path]) == 1


def test_a_strict_check_wants_every_row_answered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [f"art17-{objective}" for objective in ("ccm", "cca", "wtr", "ce", "ppc", "bio")]
    text = "".join(f'    {row}: {{answer: no, justification: "{LONG}"}}\n' for row in rows)
    text += "goal: {excluded: {experiments: {reason: none}, inference: {reason: none}}}\n"
    assert main(["check", "--strict", answers(tmp_path, text)]) == 0
    capsys.readouterr()
    path = answers(tmp_path, text.replace("art17-bio: {answer: no", "art17-bio: {answer: unknown"))
    assert main(["check", path]) == 0
    assert "LCA413" not in capsys.readouterr().err
    assert main(["check", "--strict", path]) == 1
    captured = capsys.readouterr()
    errors = [line for line in captured.err.splitlines() if "LCA413" in line]
    assert len(errors) == 1
    assert f":{len(BASE.splitlines()) + 9}:5: LCA413 the row art17-bio has no answer: Is it shown" in errors[0]
    assert captured.out.startswith("1 error, ")


def test_a_strict_check_refuses_doubtful_claims(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    effect = "less: {quantity: 1 tCO2e/year, evidence: model}"
    benefit = f"benefit:\n  horizon: 1 year\n  reference: {{description: as before}}\n  effects:\n    {effect}\n"
    path = tmp_path / "x.yaml"
    path.write_text(BASE + benefit, "utf-8")
    assert main(["check", str(path)]) == 0
    assert "LCA822" in capsys.readouterr().err
    assert main(["check", "--strict", str(path)]) == 1


def test_old_legal_texts_are_said_to_be_old(capsys: pytest.CaptureFixture[str]) -> None:
    checklist: Checklist = load_checklist()
    last = checklist.written + LEGAL_TEXT_MAXIMUM_AGE
    for date, old in ((last, False), (last + datetime.timedelta(days=1), True)):
        assert main(["dnsh", str(ROOT / "projects/minimal.yaml"), "--as-of", date.isoformat()]) == 0
        lines = [line for line in capsys.readouterr().err.splitlines() if "LCA604" in line]
        assert any("the source " not in line for line in lines) == old

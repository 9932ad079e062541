"""The three conditions of frugality, the practices declared, and the word that is printed only with evidence for all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Assess, section_of

from lca.assessment.contract import results
from lca.cli.main import main
from lca.files.shipped import read_texts

BASE = """\
descriptor: 1
project: {name: Leak finder, summary: A frugal AI for water., start: 2024-01}
sites: {paris: {location: FR}}
machines: {node: {site: paris, gpu: {model: NVIDIA A100 SXM4 80 GB, count: 8}}}
training: {final: {on: node, duration: 72 h}}
"""
JUSTIFIED = "Fixed thresholds were tried for a year and found half of"
YES = f"""
    answer: yes
    justification: {JUSTIFIED} the leaks that the model finds.
    evidence: [{{type: needs_analysis, title: Trial of thresholds, url: "https://example.org/trial", strength: documented}}]
"""
ALL = f"""frugal_ai:
  edition: 2024-06
  need:{YES}  practices:{YES}  limits:{YES}
  declared:
    1: {{status: adopted, by: [producer, provider, client]}}
    13: {{status: adopted, by: [producer]}}
    23: {{status: planned}}
    31: {{status: not_applicable}}
"""
EXPIRED = "valid_until: '2026-01-01', strength: documented"
TEXTS = read_texts()


def panel(assess_text: Assess, text: str, language: str = "en") -> str:
    section = section_of(assess_text(BASE + text), "frugal-ai", language)
    return " ".join(re.sub(r"<[^>]+>", " ", section).split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["open", "open", "open"]),
        (ALL, ["documented", "documented", "documented"]),
        (ALL.replace("answer: yes", "answer: partial", 1), ["not-met", "documented", "documented"]),
        (ALL.replace("answer: yes", "answer: unknown", 1), ["open", "documented", "documented"]),
        (ALL.replace(', url: "https://example.org/trial"', "", 1), ["no-evidence", "documented", "documented"]),
        (ALL.replace(JUSTIFIED, "Yes,", 1), ["no-evidence", "documented", "documented"]),
        (ALL.replace("strength: documented", EXPIRED, 1), ["no-evidence", "documented", "documented"]),
        (ALL.replace("producer, provider, client", "producer, provider"), ["documented", "no-evidence", "documented"]),
    ],
)  # fmt: skip
def test_a_condition_is_what_its_answer_and_evidence_make_it(
    assess_text: Assess, text: str, expected: list[str]
) -> None:
    assessment = assess_text(BASE + text)
    found = results(assessment)["frugal_ai"]
    assert list(found["conditions"].values()) == expected
    whole = expected == ["documented"] * 3
    assert found["documented"] == whole
    assert ("LCA811" in {claim.rule.code for claim in assessment.claims.claims}) != whole


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_word_is_printed_only_with_evidence_for_all_three(assess_text: Assess, language: str) -> None:
    assert re.search(r"\bfrugal\b", panel(assess_text, ALL, language))
    weaker = ALL.replace("answer: yes", "answer: partial", 1)
    for text in ("", weaker):
        assert not re.search(r"\bfrugale?\b", panel(assess_text, text, language))


def test_practices_are_counted_by_number_and_party(assess_text: Assess) -> None:
    counted = results(assess_text(BASE + ALL))["frugal_ai"]["practices"]
    assert counted == {
        "of": 31, "adopted": 2, "planned": 1, "not_adopted": 0, "not_applicable": 1, "open": 27,
        "adopted_by": {"producer": 2, "provider": 1, "client": 1},
    }  # fmt: skip
    shown = panel(assess_text, ALL)
    assert "2 of 31; planned 1, not adopted 0, not applicable 1, open 27" in shown
    assert "producer: 2, provider: 1, client: 1." in shown


def test_a_number_beyond_the_specification_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(BASE + ALL.replace("    31:", "    32:"), "utf-8")
    assert main(["check", str(path)]) == 1
    assert re.search(r"x\.yaml:\d+:\d+: LCA205 .*32", capsys.readouterr().err)


def test_its_evidence_files_must_exist_and_its_dates_be_past(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.yaml"
    text = ALL.replace("strength: documented", "file: needs.pdf, date: '2031-01-01', strength: documented", 1)
    path.write_text(BASE + text, "utf-8")
    assert main(["check", str(path)]) == 1
    errors = capsys.readouterr().err
    assert re.search(r":11:\d+: LCA406 `needs.pdf`", errors)
    assert re.search(r":11:\d+: LCA405 `2031-01-01` lies in the future", errors)

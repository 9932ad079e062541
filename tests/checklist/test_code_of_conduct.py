"""Editions of the code of conduct as hosts write them, judged by the date of assessment."""

from __future__ import annotations

import datetime

import pytest
from conftest import ROOT, assess_file

import lca
from lca.subjects.checklist.code_of_conduct import counts_on, edition_year


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2025", 2025),
        ("2025 (16th)", 2025),
        ("16th edition", 2025),
        ("version 15.1.0", 2024),
        ("v13", 2022),
        ("12e édition", 2021),
        ("Best Practice Guidelines 2026", 2026),
        ("2026-03", 2026),
        ("2015", 2015),
        ("2022 and 2026", None),
        ("the newest", None),
        ("CLC TR 50600-99-1:2019", None),
    ],
)
def test_the_year_of_an_edition(text: str, year: int | None) -> None:
    """The 12th is of 2021, the 13th of 2022, the 15th of 2024: the number and 2009."""
    assert edition_year(text) == year


@pytest.mark.parametrize(
    ("year", "date", "counts"),
    [
        (2026, "2026-11-24", True),
        (2026, "2026-01-01", True),
        (2025, "2026-06-30", True),
        (2025, "2026-07-01", None),
        (2024, "2026-01-02", False),
        (2015, "2026-11-24", False),
        (2022, "2026-11-24", False),
        (2022, "2022-11-24", True),
        (2027, "2026-11-24", False),
    ],
)
def test_the_latest_or_the_former_within_six_months(year: int, date: str, counts: bool | None) -> None:
    assert counts_on(year, datetime.date.fromisoformat(date), 6) is counts


DESCRIPTOR = """descriptor: 1
project: {{name: n, start: 2026-01}}
sites: {{paris: {{location: FR}}}}
machines: {{node: {{site: paris, gpu: {{model: NVIDIA A100 SXM4 80 GB, count: 8}}}}}}
training: {{final: {{on: node, duration: 72 h}}}}
checklist:
  hosting: {{paris: {{code_of_conduct: {{edition: "{edition}", file: table.csv}}}}}}
  answers:
    cca81-dnsh-ccm-1: &a
      answer: yes
      justification: The host's table shows every practice with what has been done about it.
      evidence: [{{type: coc_practice_table, title: T, issuer: H, date: "2026-06-01", strength: documented, file: table.csv}}]
    cca81-dnsh-ccm-2:
      answer: yes
      justification: The host's table shows every practice with what has been done about it.
      evidence: [{{type: coc_practice_table, title: T, issuer: H, date: "2026-06-01", strength: documented, file: table.csv}}]
""".replace(" &a", "")


def verdicts(edition: str, practices: int) -> list[tuple[str, str]]:
    rows = "".join(f"{number},true,5,implemented\n" for number in range(1, practices + 1))
    files = {"table.csv": f"number,expected,value,status\n{rows}"}
    study = lca.read(DESCRIPTOR.format(edition=edition), files=files)
    found = {f.criterion.id: f for f in study.assess(draws=0, as_of=datetime.date(2026, 11, 24)).checklist.findings}
    return [(found[f"cca81-dnsh-ccm-{n}"].rule, found[f"cca81-dnsh-ccm-{n}"].verdict) for n in (1, 2)]


@pytest.mark.parametrize(
    ("edition", "practices", "expected"),
    [
        ("2015", 1, [("R10", "insufficient_evidence"), ("R08", "fail")]),
        ("2015", 106, [("R10", "insufficient_evidence"), ("R08", "fail")]),
        ("2024", 106, [("R10", "insufficient_evidence"), ("R08", "fail")]),
        ("2025", 106, [("R09", "insufficient_evidence"), ("R09", "insufficient_evidence")]),
        ("2026", 105, [("R10", "insufficient_evidence"), ("R10", "insufficient_evidence")]),
        ("2026", 106, [("R13", "pass"), ("R13", "pass")]),
        ("17th edition", 120, [("R13", "pass"), ("R13", "pass")]),
        ("newest", 106, [("R09", "insufficient_evidence"), ("R09", "insufficient_evidence")]),
        ("CLC TR 50600-99-1", 106, [("R09", "insufficient_evidence"), ("R09", "insufficient_evidence")]),
    ],
)
def test_an_edition_and_its_practices(edition: str, practices: int, expected: list[tuple[str, str]]) -> None:
    assert verdicts(edition, practices) == expected


def test_the_shipped_example_does_not_pass_with_an_edition_of_2022() -> None:
    found = {f.criterion.id: f for f in assess_file(ROOT / "projects/transition-call.yaml").checklist.findings}
    first, second = found["cca81-dnsh-ccm-1"], found["cca81-dnsh-ccm-2"]
    assert (first.rule, first.verdict) == ("R10", "insufficient_evidence")
    assert (second.rule, second.verdict) == ("R08", "fail")
    assert "hebergeur: 5, not 106" in first.reason.en
    assert "hebergeur\u00a0: 2022, au 2026-11-24" in first.reason["fr"]

"""The ordered verdict rules, without gaps, and the data that they read."""

from __future__ import annotations

import dataclasses
import datetime
import itertools

import pytest
from conftest import ROOT, assess_file

from lca.checklist import (
    AGREES,
    CONTRADICTS,
    MISSING,
    PRECHECKS,
    VERDICTS,
    Answer,
    Criterion,
    Evidence,
    Facts,
    assess_checklist,
    counts,
    judge,
    rule_of,
)
from lca.load import load_checklist

AS_OF = datetime.date(2026, 11, 24)
CHECKLIST = load_checklist()
LONG = "The host recycles all equipment under a contract that is annexed."
NOTHING = Facts(False, False, False, False, False)
ALL = Facts(True, True, True, True, True, "2025", ("implemented",))
HARD, SOFT = "expected-practices-of-value-5", "edition-of-the-code-stated"


def row(**changes: object) -> Criterion:
    base = next(c for c in CHECKLIST.criteria["cca_8_1"] if c.id == "cca81-dnsh-ce-3")
    return dataclasses.replace(base, prechecks=(HARD, SOFT), **changes)  # type: ignore[arg-type]


GOOD = Evidence("supplier_letter", "Letter", strength="documented")
EXPIRED = dataclasses.replace(GOOD, valid_until=datetime.date(2026, 1, 1))
WEAK = dataclasses.replace(GOOD, strength="declared")
WRONG = dataclasses.replace(GOOD, type="lca_report")
EVIDENCE = {"none": (), "good": (GOOD,), "expired": (EXPIRED,), "weak": (WEAK,), "wrong": (WRONG,)}


def expected(answer: str, justified: bool, evidence: str, reason: str, hard: str, soft: str, equipment: bool) -> str:
    """The rules again, written as a table of their conditions and not as a sequence."""
    if answer in ("silence", "unknown"):
        return "R02"
    if answer == "not_applicable":
        if reason == "no_equipment":
            return "R03" if equipment else "R04" if justified else "R05"
        return "R05"
    if answer == "no":
        return "R06"
    if answer == "partial":
        return "R07"
    by_hard = {CONTRADICTS: "R08", MISSING: "R09"}
    if hard in by_hard:
        return by_hard[hard]
    if soft == CONTRADICTS:
        return "R10"
    if not justified:
        return "R11"
    return {"good": "R13", "expired": "R12"}.get(evidence, "R11")


def test_every_combination_has_its_rule() -> None:
    seen = set()
    combinations = itertools.product(
        ("silence", "unknown", "yes", "no", "partial", "not_applicable"),
        (True, False),
        EVIDENCE,
        ("", "no_equipment", "no_site"),
        (AGREES, CONTRADICTS, MISSING),
        (AGREES, CONTRADICTS, MISSING),
        (True, False),
    )
    for answer, justified, evidence, reason, hard, soft, equipment in combinations:
        given = (
            None if answer == "silence" else Answer(answer, LONG if justified else "short", EVIDENCE[evidence], reason)
        )
        rule = rule_of(row(), given, {HARD: hard, SOFT: soft}, equipment, AS_OF)
        assert rule == expected(answer, justified, evidence, reason, hard, soft, equipment)
        seen.add(rule)
    assert seen == {f"R{n:02}" for n in range(2, 14)}


@pytest.mark.parametrize(
    ("rule", "verdict"),
    [
        ("R06", "fail"),
        ("R08", "fail"),
        ("R13", "pass"),
        ("R04", "not_applicable_justified"),
        ("R02", "insufficient_evidence"),
    ],
)
def test_rules_give_verdicts(rule: str, verdict: str) -> None:
    answers = {
        "R06": Answer("no"),
        "R08": Answer("yes", LONG, (GOOD,)),
        "R13": Answer("yes", LONG, (GOOD,)),
        "R04": Answer("not_applicable", LONG, (), "no_equipment"),
        "R02": None,
    }
    facts = dataclasses.replace(
        ALL, uses_equipment=False, practices_of_value_5=("planned",) if rule == "R08" else ("implemented",)
    )
    finding = judge(CHECKLIST, row(), answers[rule], facts, AS_OF)
    assert (finding.rule, finding.verdict) == (rule, verdict)
    assert finding.contradiction == (rule == "R08")
    assert finding.reason.en
    assert finding.remedy.fr


def test_partial_follows_the_row() -> None:
    for policy in ("fail", "insufficient_evidence"):
        finding = judge(CHECKLIST, row(partial_policy=policy), Answer("partial", LONG), ALL, AS_OF)
        assert finding.verdict == policy


@pytest.mark.parametrize("facts", [NOTHING, ALL])
def test_silence_is_never_a_pass(facts: Facts) -> None:
    findings = assess_checklist(CHECKLIST, CHECKLIST.criteria, {}, facts, AS_OF)
    assert {f.verdict for f in findings} == {"insufficient_evidence", "no_criterion_in_act"}
    assert [f.criterion.id for f in findings if f.verdict == "no_criterion_in_act"] == [
        "cca81-dnsh-ppc",
        "cca81-dnsh-bio",
    ]
    assert sum(counts(findings).values()) == len(findings) == 15
    assert tuple(counts(findings)) == VERDICTS


def test_the_article_17_screening_is_always_there() -> None:
    findings = assess_checklist(CHECKLIST, (), {}, ALL, AS_OF)
    assert [f.criterion.id for f in findings] == [f"art17-{o}" for o in ("ccm", "cca", "wtr", "ce", "ppc", "bio")]


def test_the_own_report_is_no_evidence() -> None:
    criterion = next(c for c in CHECKLIST.criteria["art17_screening"] if c.id == "art17-ccm")
    own = Evidence("lca_report", "This report", strength="documented")
    assert judge(CHECKLIST, criterion, Answer("yes", LONG, (own,)), ALL, AS_OF).rule == "R11"
    reviewed = dataclasses.replace(own, strength="third_party")
    assert judge(CHECKLIST, criterion, Answer("yes", LONG, (reviewed,)), ALL, AS_OF).rule == "R13"


def test_the_data_are_whole() -> None:
    rows = [c for criteria in CHECKLIST.criteria.values() for c in criteria]
    assert len({c.id for c in rows}) == len(rows)
    for criterion in rows:
        for text in (criterion.text, criterion.question):
            assert text.en.strip()
            assert text.fr.strip()
        assert criterion.legal_ref["act"]
        assert criterion.text_kind == "quote"
        assert set(criterion.prechecks) <= PRECHECKS.keys()
        assert set(criterion.evidence_accepted) <= CHECKLIST.words["evidence_types"].keys()
        assert set(criterion.not_applicable_reasons) <= CHECKLIST.words["not_applicable_reasons"].keys()
        assert criterion.partial_policy in VERDICTS
    for labels in CHECKLIST.words.values():
        for text in labels.values():
            for forbidden in ("aligned", "compliant", "aligné", "conforme à la taxinomie"):
                assert forbidden not in text.en + text.fr


def test_the_call_dossier_misses_answers() -> None:
    findings = {f.criterion.id: f for f in assess_file(ROOT / "projects/transition-call.yaml").findings}
    assert findings["cca81-dnsh-ce-3"].verdict == "pass"
    assert findings["cca81-dnsh-ccm-2"].rule == "R09"
    assert findings["art17-ccm"].rule == "R10"
    assert findings["cca81-dnsh-ce-4"].verdict == "insufficient_evidence"

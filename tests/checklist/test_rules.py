"""The ordered verdict rules, without gaps; which acts are shown; and that silence is never a pass."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Mapping

import pytest
from conftest import ROOT, assess_file
from msgspec.structs import replace

from lca.descriptor.named_file import EvidenceItem, NamedFile
from lca.files.shipped import load_checklist
from lca.quantities.by_language import Text
from lca.subjects.checklist.declared import Answer, Declarations
from lca.subjects.checklist.examination import Examination, examine
from lca.subjects.checklist.facts import Facts
from lca.subjects.checklist.model import ROLES, VERDICTS, Checklist, Criterion
from lca.subjects.checklist.outcome import AGREES, CONTRADICTS, MISSING, Outcome
from lca.subjects.checklist.rules import (
    Finding,
    aggregate,
    counts,
    judge_row,
    of_sub_questions,
    rule_of,
    verdict_of,
)
from lca.subjects.checklist.standings import (
    ACCEPTED,
    BEFORE_PROJECT,
    EXPIRED,
    NO_INDICATOR,
    NO_START,
    OWN,
    OWN_WORD,
    TOO_WEAK,
    UNDATED,
    UNLOCATED,
    WRONG_TYPE,
    Documents,
)

AS_OF = datetime.date(2026, 11, 24)
CHECKLIST = load_checklist()
LONG = "The host recycles all equipment under a contract that is annexed."
NINE = ("art17_screening", "ccm_8_1", "ccm_8_2", "ccm_9_1", "cca_8_1", "cca_8_2", "cca_8_4", "ce_4_1", "wtr_4_1")
NOBODY = Documents({}, frozenset())
HARD, SOFT = "expected-practices-of-value-5", "waste-route-secured"


def row(name: str = "cca81-dnsh-ce-3", **changes: object) -> Criterion:
    base = next(c for c in CHECKLIST.criteria() if c.id == name)
    return replace(base, **changes)


def answered(word: str, justification: str = LONG, reason: str = "", evidence: Iterable[EvidenceItem] = ()) -> Answer:
    return Answer("checklist.answers.x", word, justification, reason, tuple(evidence))


LETTER = EvidenceItem(
    "", "supplier_letter", "Letter", file="letter.pdf", issuer="Host", date="2026-05-01", strength="documented"
)


def expected(
    answer: str, justified: bool, standings: frozenset[str], reason: str, hard: str, soft: str, borne_out: str
) -> str:
    """The rules again, written as a table of their conditions and not as a sequence."""
    if answer in ("silence", "unknown"):
        return "R02"
    if answer == "not_applicable":
        if borne_out == CONTRADICTS:
            return "R03"
        return "R04" if reason == "no_equipment" and justified and borne_out == AGREES else "R05"
    if answer != "yes":
        return {"no": "R06", "partial": "R07"}[answer]
    decided = {CONTRADICTS: "R08", MISSING: "R09"}.get(hard)
    if decided:
        return decided
    if soft != AGREES:
        return "R10" if soft == CONTRADICTS else "R09"
    if justified and ACCEPTED in standings:
        return "R13"
    return "R12" if justified and EXPIRED in standings else "R11"


STANDINGS = (ACCEPTED, EXPIRED, TOO_WEAK, WRONG_TYPE, OWN)
EVERY_SET = [frozenset(s) for n in range(len(STANDINGS) + 1) for s in itertools.combinations(STANDINGS, n)]


def test_every_combination_has_its_rule() -> None:
    """6 answers x 2 x 32 sets of documents x 3 reasons x 3 hard x 3 soft x 3 = 31,104 combinations, none undefined."""
    seen: set[str] = set()
    combinations = itertools.product(
        ("silence", "unknown", "yes", "no", "partial", "not_applicable"),
        (True, False),
        EVERY_SET,
        ("", "no_equipment", "no_site"),
        (AGREES, CONTRADICTS, MISSING),
        (AGREES, CONTRADICTS, MISSING),
        (AGREES, CONTRADICTS, MISSING),
    )
    criterion = row()
    for answer, justified, standings, reason, hard, soft, borne_out in combinations:
        given = None if answer == "silence" else answered(answer, LONG if justified else "It is so.", reason)
        rule = rule_of(criterion, given, standings, [hard], [soft], borne_out)
        assert rule == expected(answer, justified, standings, reason, hard, soft, borne_out)
        assert verdict_of(rule, criterion) in VERDICTS
        seen.add(rule)
        without = replace(criterion, no_criterion=True)
        assert rule_of(without, given, standings, [hard], [soft], borne_out) == "R01"
    assert seen == {f"R{n:02}" for n in range(2, 14)}


@pytest.mark.parametrize(
    ("rule", "verdict"),
    [
        ("R01", "no_criterion_in_act"),
        ("R02", "insufficient_evidence"),
        ("R03", "insufficient_evidence"),
        ("R04", "not_applicable_justified"),
        ("R05", "insufficient_evidence"),
        ("R06", "fail"),
        ("R08", "fail"),
        ("R09", "insufficient_evidence"),
        ("R10", "insufficient_evidence"),
        ("R11", "insufficient_evidence"),
        ("R12", "insufficient_evidence"),
        ("R13", "pass"),
    ],
)
def test_rules_give_verdicts(rule: str, verdict: str) -> None:
    assert verdict_of(rule, row()) == verdict


def test_partial_follows_the_row() -> None:
    assert verdict_of("R07", row("cca81-dnsh-ccm-2")) == "fail"
    assert verdict_of("R07", row("cca81-dnsh-ce-4")) == "insufficient_evidence"


HOST_FILES = {"letter.pdf": NamedFile("letter.pdf", 1, "0"), "report.pdf": NamedFile("report.pdf", 1, "1", own=True)}
HOST_FILES |= {"study.yaml": NamedFile("study.yaml", 1, "2", own_word=True)}
DOSSIER = Documents(HOST_FILES, frozenset({"labo sa"}), frozenset({"practices.csv"}), "2024-03")


@pytest.mark.parametrize(
    ("changes", "standing"),
    [
        ({}, ACCEPTED),
        ({"strength": "declared"}, TOO_WEAK),
        ({"strength": "third_party"}, ACCEPTED),
        ({"type": "needs_analysis"}, WRONG_TYPE),
        ({"valid_until": "2026-11-23"}, EXPIRED),
        ({"valid_until": "2026-11-24"}, ACCEPTED),
        ({"strength": "declared", "valid_until": "2020-01-01"}, TOO_WEAK),
        # Neither a file nor an address, in whatever words: the applicant's own.
        ({"file": ""}, UNLOCATED),
        ({"file": "", "url": "https://example.org/letter"}, ACCEPTED),
        ({"file": "study.yaml"}, OWN_WORD),
        ({"file": "./study.yaml"}, OWN_WORD),
        ({"file": "practices.csv"}, OWN_WORD),
        ({"file": "report.pdf"}, OWN),
        # What changes counts for three years without an end of validity: 24 November 2023 is 1096 days before.
        ({"date": "2023-11-24"}, ACCEPTED),
        ({"date": "2023-11-23"}, EXPIRED),
        ({"date": "2023-11-23", "valid_until": "2027-01-01"}, ACCEPTED),
        ({"date": ""}, UNDATED),
        ({"date": "", "valid_until": "2027-01-01"}, ACCEPTED),
    ],
)
def test_what_a_document_is_to_a_row(changes: dict[str, str], standing: str) -> None:
    assert DOSSIER.standing(row(), replace(LETTER, **changes), AS_OF) == standing


@pytest.mark.parametrize(
    ("name", "changes", "start", "standing"),
    [
        # Pollution and biodiversity: the indicators decide, and the year of the project.
        ("art17-ppc", {}, "2024-03", NO_INDICATOR),
        ("art17-bio", {}, "2024-03", NO_INDICATOR),
        ("art17-ppc", {"indicators": ("climate_change", "water_use")}, "2024-03", NO_INDICATOR),
        ("art17-ppc", {"indicators": ("toxicity",)}, "2024-03", ACCEPTED),
        ("art17-ppc", {"indicators": ("particulate_matter",)}, "2024-03", ACCEPTED),
        ("art17-bio", {"indicators": ("land_use", "climate_change")}, "2024-03", ACCEPTED),
        ("art17-ccm", {}, "2024-03", ACCEPTED),
        ("art17-ccm", {"date": "2015-06-01"}, "2024-03", BEFORE_PROJECT),
        ("art17-ppc", {"date": "2015-06-01", "indicators": ("toxicity",)}, "2024-03", BEFORE_PROJECT),
        ("art17-ce", {"date": "2024-02-29"}, "2024-03", BEFORE_PROJECT),
        ("art17-ce", {"date": "2024-03-01"}, "2024-03", ACCEPTED),
        ("art17-ce", {"date": "2024-03-14"}, "2024-03-15", BEFORE_PROJECT),
        ("art17-ce", {"date": "2024-01-01"}, "2024", ACCEPTED),
        ("art17-ce", {"date": "2023-12-31"}, "2024", BEFORE_PROJECT),
        ("art17-ce", {"date": ""}, "2024-03", UNDATED),
        ("art17-ce", {}, "", NO_START),
        # Rows of an act are not of the project alone: an analysis may be older.
        ("ccm82-sc-1", {"date": "2015-06-01"}, "2024-03", ACCEPTED),
    ],
)
def test_a_report_counts_for_what_it_declares_and_when(
    name: str, changes: dict[str, object], start: str, standing: str
) -> None:
    report = replace(LETTER, type="lca_report", issuer="Bureau d’études", **changes)
    assert replace(DOSSIER, start=start).standing(row(name), report, AS_OF) == standing


@pytest.mark.parametrize(("date", "standing"), [("2023-11-24", ACCEPTED), ("2023-11-23", EXPIRED), ("", UNDATED)])
def test_an_audit_report_expires_after_three_years(date: str, standing: str) -> None:
    """1096 days before 24 November 2026 is 24 November 2023 (2024 is a leap year)."""
    report = replace(LETTER, type="third_party_audit_report", strength="third_party", date=date)
    assert DOSSIER.standing(row("ccm81-sc-2"), report, AS_OF) == standing


@pytest.mark.parametrize(
    ("item", "own"),
    [
        (replace(LETTER, type="lca_report", issuer=""), True),
        (replace(LETTER, type="lca_report", issuer="Labo SA "), True),
        (replace(LETTER, type="lca_report", issuer="Bureau d’études"), False),
        (replace(LETTER, issuer="Labo SA"), False),
    ],
)
def test_the_projects_own_assessment_is_no_evidence(item: EvidenceItem, own: bool) -> None:
    assert (DOSSIER.standing(row(), item, AS_OF) == OWN) == own


def test_why_names_what_contradicts_and_what_is_lacking() -> None:
    outcomes = {
        HARD: Outcome(CONTRADICTS, Text({"en": "paris: 1 of 2, not 3.2.1", "fr": "paris : 1 sur 2, pas 3.2.1"}))
    }
    criterion = row("cca81-dnsh-ccm-2")
    finding = judge_row(CHECKLIST, criterion, answered("yes", evidence=[LETTER]), outcomes, (WRONG_TYPE,))
    assert (finding.rule, finding.verdict, finding.contradiction) == ("R08", "fail", True)
    assert "value 5 is implemented: no (paris: 1 of 2, not 3.2.1)" in finding.reason.en
    assert "pas 3.2.1" in finding.reason["fr"]
    weak = judge_row(CHECKLIST, row(), answered("yes", "It is so.", evidence=[LETTER]), {}, (TOO_WEAK,))
    assert (weak.rule, weak.contradiction) == ("R11", False)
    assert "40 characters" in weak.reason.en
    assert "strong enough" in weak.reason.en
    bare = judge_row(CHECKLIST, row(), answered("not_applicable", "It is so."), {})
    assert bare.rule == "R05"
    assert "No equipment is bought" in bare.remedy.en


def finding_of(verdict: str, role: str = "dnsh", counted: bool = True) -> Finding:
    criterion = row(role=role, counts=counted)
    return Finding(criterion, verdict, "R02", Text({}), Text({}), False)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_several_rows_are_as_good_as_the_worst_of_them(size: int) -> None:
    worst_first = ("fail", "insufficient_evidence", "pass", "not_applicable_justified", "no_criterion_in_act")
    for verdicts in itertools.product(VERDICTS, repeat=size):
        together = aggregate([finding_of(verdict) for verdict in verdicts])
        assert together == min(verdicts, key=worst_first.index)
        assert together != "pass" or "pass" in verdicts


def test_a_question_of_our_own_enters_no_verdict() -> None:
    findings = [finding_of("pass"), finding_of("fail", counted=False)]
    assert aggregate(findings) == "pass"
    assert counts(findings)["dnsh"] == {**dict.fromkeys(VERDICTS, 0), "pass": 1}


@pytest.mark.parametrize(
    ("verdicts", "result"),
    [
        (("pass", "not_applicable_justified"), AGREES),
        (("pass", "insufficient_evidence"), MISSING),
        (("insufficient_evidence", "fail"), CONTRADICTS),
    ],
)
def test_sub_questions_test_their_row(verdicts: tuple[str, ...], result: str) -> None:
    assert of_sub_questions([finding_of(verdict) for verdict in verdicts]).result == result


NOTHING = Facts(as_of=AS_OF)
ALL = Facts(
    as_of=AS_OF,
    climate_result=True,
    embodied_result=True,
    water_result=True,
    mineral_result=True,
    computing=True,
    equipment=True,
    avoided=True,
)


def examined(
    facts: Facts = ALL,
    acts: tuple[str, ...] | None = None,
    answers: Mapping[str, Answer] | None = None,
    checklist: Checklist = CHECKLIST,
) -> Examination:
    return examine(checklist, Declarations(acts=acts, answers=answers or {}), facts, NOBODY)


def without_prechecks(act: str) -> Checklist:
    """Return the checklist with one act whose rows test nothing of the project."""
    found = CHECKLIST.acts[act]
    rows = {name: replace(criterion, prechecks=()) for name, criterion in found.criteria.items()}
    return replace(CHECKLIST, acts={**CHECKLIST.acts, act: replace(found, criteria=rows)})


@pytest.mark.parametrize("facts", [NOTHING, ALL], ids=["nothing", "all"])
@pytest.mark.parametrize("act", NINE)
def test_silence_is_never_a_pass(act: str, facts: Facts) -> None:
    examination = examined(facts, (act,))
    assert {f.verdict for f in examination.findings} <= {"insufficient_evidence", "no_criterion_in_act"}
    shown = next(shown for shown in examination.shown if shown.act.id == act)
    empty = act in ("cca_8_2", "cca_8_4")
    assert set(shown.verdicts.values()) == {"no_criterion_in_act" if empty else "insufficient_evidence"}
    assert tuple(counts(examination.findings)) == ROLES
    counted = sum(n for found in counts(examination.findings).values() for n in found.values())
    assert counted == len(examination.findings)


def test_software_only_brings_the_screening_along() -> None:
    examination = examined(acts=("software_only",))
    assert [shown.act.id for shown in examination.shown] == ["art17_screening", "cca_8_2"]
    assert [act.id for act, _ in examination.not_chosen] == ["cca_8_1", "ccm_8_2", "minimum_safeguards"]


def test_the_project_decides_where_the_descriptor_does_not() -> None:
    assert [shown.act.id for shown in examined(NOTHING).shown] == ["art17_screening"]
    computing = replace(NOTHING, computing=True)
    shown = {s.act.id: s.why.en for s in examined(computing).shown}
    assert list(shown) == ["art17_screening", "cca_8_1", "minimum_safeguards", "appendix_b"]
    assert shown["cca_8_1"] == "the project uses data-centre equipment"
    assert [s.act.id for s in examined(ALL).shown] == [
        "art17_screening",
        "cca_8_1",
        "ccm_8_2",
        "minimum_safeguards",
        "appendix_a",
        "appendix_b",
    ]


def test_a_row_with_an_appendix_needs_its_questions() -> None:
    plain = without_prechecks("appendix_b")
    permit = replace(LETTER, type="water_plan_or_permit", title="Permit", issuer="Authority")
    yes = answered("yes", evidence=[permit])

    def found(**others: Answer) -> dict[str, Finding]:
        given = {"cca81-dnsh-wtr": yes, **{name.replace("_", "-"): answer for name, answer in others.items()}}
        return {f.criterion.id: f for f in examined(ALL, ("cca_8_1",), given, plain).findings}

    parent = found()["cca81-dnsh-wtr"]
    assert (parent.rule, parent.verdict) == ("R09", "insufficient_evidence")
    assert "appB-1, appB-2, appB-3" in parent.reason.en
    no_eia = answered("not_applicable", reason="no_eia")
    inland = answered("not_applicable", reason="no_marine_water")
    whole = found(appB_1=yes, appB_2=no_eia, appB_3=inland)
    assert whole["cca81-dnsh-wtr"].verdict == "pass"
    assert whole["appB-2"].verdict == "not_applicable_justified"
    failing = found(appB_1=yes, appB_2=no_eia, appB_3=answered("no"))["cca81-dnsh-wtr"]
    assert (failing.rule, failing.verdict) == ("R08", "fail")


def test_an_appendix_that_fails_fails_its_act_even_where_its_row_is_silent() -> None:
    shown = examined(acts=("cca_8_1",), answers={"appB-1": answered("no")}).shown
    assert {s.act.id: s.verdicts for s in shown}["cca_8_1"] == {"dnsh": "fail"}


def test_the_call_dossier_shows_a_realistic_mix() -> None:
    assessment = assess_file(ROOT / "projects/transition-call.yaml")
    found = {f.criterion.id: (f.rule, f.verdict) for f in assessment.checklist.findings}
    assert found["cca81-dnsh-ccm-2"] == ("R08", "fail")
    assert found["cca81-dnsh-wtr"] == ("R02", "insufficient_evidence")
    assert found["cca81-dnsh-ce-1"] == ("R11", "insufficient_evidence")
    assert found["cca81-dnsh-ce-2"] == ("R13", "pass")
    assert found["cca81-dnsh-ce-3"] == ("R12", "insufficient_evidence")
    assert found["appB-3"] == ("R04", "not_applicable_justified")
    assert found["art17-ccm"] == ("R10", "insufficient_evidence")
    verdicts = {shown.act.id: shown.verdicts for shown in assessment.checklist.examination.shown}
    assert verdicts["ccm_8_2"] == {"substantial_contribution": "fail", "dnsh": "insufficient_evidence"}
    assert counts(assessment.checklist.findings)["dnsh"]["fail"] == 1

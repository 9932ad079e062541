"""The criteria as data: whole, in both languages, known to the code; and files from outside the package."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from jsonschema import Draft202012Validator

from lca.cli.main import main
from lca.descriptor.document import read_document
from lca.files.shipped import load_checklist, project_schema, read_schema
from lca.quantities.by_language import Text
from lca.subjects.checklist import standings
from lca.subjects.checklist.context import CONTEXT
from lca.subjects.checklist.model import OBJECTIVES, ROLES, STRENGTHS, VERDICTS
from lca.subjects.checklist.practices import STATUSES
from lca.subjects.checklist.prechecks import SUB_QUESTIONS
from lca.subjects.checklist.project_checks import METHODS, ROUTES
from lca.subjects.checklist.reasons import REASONS
from lca.subjects.checklist.registry import PRECHECKS

FOLDER = ROOT / "lca/subjects/checklist/acts"
SCHEMA = read_schema("checklist")
FILES = {p.name: read_document(p.read_text("utf-8"), p.name).data for p in sorted(FOLDER.glob("*.yaml"))}
ACTS = {name: data for name, data in FILES.items() if "criteria" in data}
CHECKLIST = load_checklist()
ROWS = list(CHECKLIST.criteria())


def test_the_schema_is_valid_and_every_key_is_documented() -> None:
    Draft202012Validator.check_schema(SCHEMA)

    def keys(node: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for name, child in node.get("properties", {}).items():
            yield name, child
            yield from keys(child)
        for part in ("additionalProperties", "items"):
            if isinstance(node.get(part), dict):
                yield from keys(node[part])

    found = list(keys(SCHEMA))
    assert len(found) > 40
    for name, node in found:
        assert node.get("title"), name
        assert node.get("description"), name
        assert node.get("examples"), name
        assert not [e.message for x in node["examples"] for e in Draft202012Validator(node).iter_errors(x)], name


@pytest.mark.parametrize("name", ACTS)
def test_a_shipped_act_fits_the_schema(name: str) -> None:
    assert not [e.message for e in Draft202012Validator(SCHEMA).iter_errors(ACTS[name])]
    assert Path(name).stem.removesuffix("_2024") == ACTS[name]["act"]


def test_all_acts_are_there() -> None:
    """Nine activities, four appendices and the safeguards; 71 rows of the acts and 21 for which an act says N/A.

    Of one appendix there are two texts, by date.
    """
    assert len(ACTS) == len(CHECKLIST.acts) + 1 == 15
    assert len(ROWS) == len({row.id for row in ROWS}) == 92
    assert sum(row.no_criterion for row in ROWS) == 21
    assert sum(row.role == "appendix_question" for row in ROWS) == 20
    assert sum(row.role == "substantial_contribution" for row in ROWS) == 8


def test_every_row_is_whole() -> None:
    known = {row.id: row for row in ROWS}
    for row in ROWS:
        for text in (row.text, row.question, row.reference, *row.notes):
            assert text.en.strip()
            assert text["fr"].strip()
        assert row.objective in OBJECTIVES
        assert row.role in ROLES
        assert row.text_kind in ("quote", "paraphrase")
        assert row.confidence in ("verified", "unverified")
        assert set(row.evidence_accepted) <= CHECKLIST.words["evidence_types"].keys()
        assert set(row.not_applicable_reasons) <= CHECKLIST.words["not_applicable_reasons"].keys()
        assert row.partial_policy in VERDICTS
        assert row.min_strength in STRENGTHS
        assert set(row.prechecks) <= PRECHECKS.keys()
        assert bool(row.evidence_accepted) != row.no_criterion
        assert row.no_criterion == (row.text == {"en": "N/A", "fr": "Néant"})
        for name in row.sub_questions:
            assert known[name].role == "appendix_question"
            assert known[name].objective == row.objective
            assert not known[name].sub_questions
    assert {row.id for row in ROWS if row.text_kind == "paraphrase"} == {
        "ms-3",
        "ms-4",
        "ms-5",
        "ms-6",
        "wtr41-dnsh-ce",
        "wtr41-dnsh-ppc-1",
        "wtr41-dnsh-ppc-2",
    }


@pytest.mark.parametrize(
    ("row", "english", "french"),
    [
        ("ccm81-sc-4", "does not exceed 675", "ne dépasse pas 675"),
        ("cca81-dnsh-ccm-2", "assigned the maximum value of 5", "la valeur maximale de 5"),
        ("ccm81-dnsh-ce-2", "Directive 2011/65/EU of the", "directive 2011/65/EU du Parlement"),
        ("ccm82-sc-3", "ETSI ES 203 199, ISO 14067:2018 or ISO 14064-2:2019", "normes ETSI ES 203 199, ISO 14067:2018"),
        ("art17-ppc", "as compared with the situation before", "situation antérieure au lancement"),
    ],
)
def test_quotes_are_the_official_wording(row: str, english: str, french: str) -> None:
    found = next(r for r in ROWS if r.id == row)
    assert english in found.text.en
    assert french in found.text["fr"]


def test_the_reference_names_annex_section_and_paragraph() -> None:
    found = {row.id: row.reference for row in ROWS}
    expected = "Delegated Regulation (EU) 2021/2139, Annex II, section 8.1, DNSH (1), second half"
    assert found["cca81-dnsh-ccm-2"].en == expected
    assert found["appB-1"]["fr"] == "Règlement délégué (UE) 2021/2139, annexe I, appendice B, premier paragraphe"
    assert found["art17-wtr"]["fr"] == "Règlement (UE) 2020/852, article 17, paragraphe 1, point c)"
    assert {act.legal_text_of for act in CHECKLIST.acts.values()} == {
        datetime.date(2020, 6, 18),
        datetime.date(2026, 1, 1),
    }


def test_the_code_knows_what_the_data_name() -> None:
    assert PRECHECKS.keys() | {SUB_QUESTIONS} == CHECKLIST.prechecks.keys()
    assert {check.severity for check in CHECKLIST.prechecks.values()} == {"hard", "soft"}
    assert CONTEXT.keys() == CHECKLIST.context.keys()
    assert len(CONTEXT) == 14
    words = CHECKLIST.words
    assert words["rules"].keys() == words["remedies"].keys() == {f"R{n:02}" for n in range(1, 14)}
    assert tuple(words["verdicts"]) == VERDICTS
    assert tuple(words["roles"]) == ROLES
    assert tuple(words["objectives"]) == OBJECTIVES
    assert tuple(words["strengths"]) == STRENGTHS
    assert words["standings"].keys() == {
        value
        for value in vars(standings).values()
        if isinstance(value, str) and value.isidentifier() and value.islower()
    }
    assert words["not_applicable_reasons"].keys() >= REASONS.keys()
    used = {reason for row in ROWS for reason in row.not_applicable_reasons}
    assert used == words["not_applicable_reasons"].keys()
    assert {e for row in ROWS for e in row.evidence_accepted} == words["evidence_types"].keys()
    assert len(CHECKLIST.hazards) == 28


def test_the_schemas_list_what_the_data_hold() -> None:
    """Editors complete from these lists; an enum that lags would refuse a right answer."""
    descriptor = project_schema()
    part = descriptor["properties"]["checklist"]["properties"]
    assert set(part["answers"]["propertyNames"]["anyOf"][0]["enum"]) == {row.id for row in ROWS}
    names = {name for act in CHECKLIST.acts.values() for name in (act.id, act.alias) if name}
    assert set(part["acts"]["items"]["anyOf"][0]["enum"]) == names
    answer = descriptor["$defs"]["answer"]["properties"]
    assert set(answer["answer"]["enum"]) == CHECKLIST.words["answers"].keys()
    assert set(answer["not_applicable_reason"]["enum"]) == CHECKLIST.words["not_applicable_reasons"].keys()
    item = descriptor["$defs"]["evidence"]["items"]["properties"]
    assert set(item["type"]["enum"]) == CHECKLIST.words["evidence_types"].keys()
    host = part["hosting"]["additionalProperties"]["properties"]
    for key in ("material", "not_material"):
        assert host["climate_risk"]["properties"][key]["items"]["enum"] == list(CHECKLIST.hazards)
    code = host["code_of_conduct"]["properties"]["practices"]["additionalProperties"]["properties"]
    assert code["status"]["enum"] == list(STATUSES)
    basis = host["refrigerants"]["additionalProperties"]["properties"]["basis"]
    assert set(basis["enum"]) == CHECKLIST.fluids.warming.keys() == CHECKLIST.words["bases"].keys() - {"by-mass"}
    line = part["equipment"]["additionalProperties"]["properties"]
    assert line["end_of_life"]["enum"] == [*ROUTES, "unknown"]
    assert part["claim"]["properties"]["method"]["enum"] == [*METHODS, "other"]
    row = SCHEMA["properties"]["criteria"]["additionalProperties"]["properties"]
    assert set(row["prechecks"]["items"]["enum"]) == PRECHECKS.keys()
    assert set(row["evidence_accepted"]["items"]["enum"]) == CHECKLIST.words["evidence_types"].keys()
    assert row["objective"]["enum"] == list(OBJECTIVES)
    assert row["role"]["enum"] == list(ROLES)


def texts() -> Iterator[Text]:
    """Yield every text of our own."""
    for labels in CHECKLIST.words.values():
        yield from labels.values()
    yield from (rule.label for rule in CHECKLIST.prechecks.values())
    for context in CHECKLIST.context.values():
        yield from (context.label, context.origin, *filter(None, [context.note]))
    for act in CHECKLIST.acts.values():
        yield from (act.when, *act.notes, *filter(None, [act.substantial_contribution]))
    for row in ROWS:
        yield from (row.question, *row.notes, *([row.text] if row.text_kind == "paraphrase" else []))


def test_our_own_french_has_its_typography() -> None:
    for text in texts():
        assert not re.search(r" [;:?!%»]", text["fr"]), text["fr"]
        assert "« " not in text["fr"], text["fr"]
        assert "'" not in text["fr"], text["fr"]


def test_no_word_of_ours_promises_what_the_checklist_cannot() -> None:
    for text in texts():
        for forbidden in ("aligned", "compliant", "aligné", "conforme à la taxinomie", "no impact", "sans impact"):
            assert forbidden not in text.en + text["fr"], text


# Files from outside the package

CALL = """act: my_call
name: {en: My call, fr: Mon appel, text_kind: paraphrase}
legal_ref: {act: {en: Guide of my call, fr: Guide de mon appel}, section: "3"}
legal_text_of: "2026-05-01"
written: "2026-06-01"
when: {en: For my call., fr: Pour mon appel.}
criteria:
  call-1:
    objective: ce
    role: dnsh
    criterion: {en: Is reused., fr: Est réemployé., text_kind: paraphrase}
    question: {en: Is it reused?, fr: Est-il réemployé ?}
    evidence_accepted: [supplier_letter]
    min_strength: declared
    partial_policy: fail
    sub_questions: [appB-1]
    prechecks: [waste-plan-referenced]
    confidence: unverified
"""


def dossier(
    tmp_path: Path, checklist: str = "{acts: [my_call], answers: {call-1: {answer: no, justification: x}}}"
) -> str:
    path = tmp_path / "dossier.yaml"
    text = (ROOT / "projects/minimal.yaml").read_text("utf-8")
    path.write_text(f"{text}checklist: {checklist}\n", "utf-8")
    return str(path)


def write(tmp_path: Path, text: str = CALL) -> str:
    path = tmp_path / "call.yaml"
    path.write_text(text, "utf-8")
    return str(path)


def test_a_call_brings_its_own_criteria(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dnsh", dossier(tmp_path), "--checklist", write(tmp_path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["checklist"]["call-1"]["verdict"] == "fail"
    assert found["checklist"]["call-1"]["reference"] == "Guide of my call, section 3"
    assert list(found["acts"]) == ["art17_screening", "appendix_b", "my_call"]
    assert main(["check", dossier(tmp_path), "--checklist", write(tmp_path)]) == 0
    assert main(["check", dossier(tmp_path)]) == 1
    assert "`my_call` is not an act of the checklist" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (("act: my_call", "act: cca_8_1"), "1:6: LCA409"),
        (("act: my_call", "act: software_only"), "1:6: LCA409"),
        (("call-1:", "art17-ccm:"), "8:3: LCA409"),
        (("[waste-plan-referenced]", "[waste-plan-referencd]"), "17:17: LCA204"),
        (("[supplier_letter]", "[suplier_letter]"), "13:25: LCA204"),
        (("[appB-1]", "[appB-7]"), "16:21: LCA401"),
        (("[appB-1]", "[ccm81-dnsh-cca]"), "16:21: LCA402"),
        (("objective: ce", "objective: air"), "9:16: LCA204"),
        (("    role: dnsh\n", ""), "8:3: LCA202"),
        (("    confidence: unverified\n", "    confidence: unverified\n    weight: 3\n"), "19:5: LCA201"),
        ((", fr: Est réemployé.", ""), "11:5: LCA202"),
        (('"2026-06-01"', '"2026-06-31"'), "5:10: LCA405"),
    ],
)
def test_a_wrong_file_is_told_where(
    change: tuple[str, str], place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert change[0] in CALL
    path = write(tmp_path, CALL.replace(*change))
    assert main(["check", dossier(tmp_path), "--checklist", path]) == 1
    errors = [line for line in capsys.readouterr().err.splitlines() if line.startswith(path)]
    assert [line.removeprefix(f"{path}:")[: len(place)] for line in errors] == [place]


def test_suggestions_name_the_right_word(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, CALL.replace("[waste-plan-referenced]", "[waste-plan-referencd]"))
    main(["check", dossier(tmp_path), "--checklist", path])
    assert "did you mean `waste-plan-referenced`" in capsys.readouterr().err
    path = write(tmp_path, CALL.replace("[appB-1]", "[apB-1]"))
    main(["check", dossier(tmp_path), "--checklist", path])
    assert "did you mean `appB-1`" in capsys.readouterr().err


def test_a_missing_or_empty_file_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", dossier(tmp_path), "--checklist", str(tmp_path / "none.yaml")]) == 1
    assert "none.yaml:1:1: LCA101" in capsys.readouterr().err
    assert main(["check", dossier(tmp_path), "--checklist", write(tmp_path, "# nothing\n")]) == 1
    assert "begin with `act: my_call`" in capsys.readouterr().err


def test_the_data_say_what_is_not_verified() -> None:
    unverified = [name for name, rule in CHECKLIST.context.items() if rule.confidence != "verified"]
    assert unverified == ["pue-consistent", "location-consistent", "waste-heat"]

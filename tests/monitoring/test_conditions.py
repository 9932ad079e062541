"""Conditions of a contract: what a study leaves to be shown, by hand; owner and date are never invented."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from msgspec.structs import replace

import lca
from lca import Assessment
from lca.cli.main import main
from lca.descriptor.document import read_document
from lca.files.shipped import read_schema, words
from lca.presenting.typography import plain
from lca.presenting.writer import Writer
from lca.subjects.claims.rules import ClaimRules
from lca.subjects.monitoring.agreed import AgreedCondition, read_agreed
from lca.subjects.monitoring.conditions import conditions_of
from lca.subjects.monitoring.forms.wording import required

#: Cost: 20 MWh × 0.1 kg/kWh = 2 t. Gain: 2000 kg a year of spray, of 10 kg each, for 4 years at a share of a half: 40 t.
STUDY = """\
descriptor: 1
project: {name: Field, start: 2025-01, duration: 4 year, language: en}
goal:
  excluded:
    experiments: {reason: none, estimated_share: 0}
    equipment: {reason: none, estimated_share: 0}
sites: {paris: {location: FR, pue: 1, electricity: 0.1 kgCO2e/kWh}}
training: {model: {energy: 20 MWh, site: paris}}
factors: {spray: {per: kg, gwp100: 10 kgCO2e, source: made up}}
benefit:
  reference:
    description: as today
    flows: {spray: {amount: 6000 kg/year, factor: spray, path: [1, 1, 1, 1]}}
  effects:
    less:
      flows: {spray: {with_project: {value: 4000 kg/year, range95: [3000 kg/year, 5000 kg/year]}}}
      ramp_up: [1]
      attribution: 0.5
      rebound: {value: 0, range95: [0, 0.2]}
      evidence: model
  no_harms: none
  monitoring:
    less: {indicator: spray bought, review: 2027-10, responsible: the growers}
checklist:
  acts: [art17_screening]
  answers:
    art17-bio: {answer: no, justification: the field lies in a protected area and nothing can be done about that}
"""
GAIN = "adverse.benefit.effects.less.flows.spray.with_project"


def listed(
    text: str = STUDY, language: str = "en", call: str = "", name: str = "study.yaml", **files: str
) -> dict[str, AgreedCondition]:
    study = lca.read(text, name=name, files={file.replace("_", "."): held for file, held in files.items()}, call=call)
    return in_words(study.assess(draws=0, as_of=datetime.date(2026, 1, 31)), language)


def in_words(assessment: Assessment, language: str = "en") -> dict[str, AgreedCondition]:
    rules, writer = assessment.rules[ClaimRules], Writer(language, words(language))
    found = conditions_of(assessment.study, assessment.results, assessment.rules, assessment.fingerprint.as_of)
    return {one.name: one for one in required(found, rules, assessment, writer)}


def plain_words(one: AgreedCondition) -> AgreedCondition:
    return replace(one, asks=plain(one.asks), because=plain(one.because), evidence=plain(one.evidence))


def test_each_thing_that_is_open_is_a_condition() -> None:
    found = listed()
    rows = [f"checklist.art17-{row}" for row in ("ccm", "cca", "wtr", "ce", "ppc", "bio")]
    assert list(found) == [
        *rows,
        "benefit.LCA822.reference",
        "benefit.LCA823.inference",
        "benefit.LCA835.enabling",
        GAIN,
        "adverse.benefit.effects.less.rebound",
        "adverse.benefit.reference.alternatives.undeclared.saving",
    ]
    assert found["checklist.art17-ccm"].state == "open"
    assert found["checklist.art17-bio"].state == "unmet"  # answered no
    assert found[GAIN].state == "insufficient"  # a range is stated, and its bound is taken


def test_a_condition_says_where_it_comes_from_and_its_row_which_evidence_meets_it() -> None:
    bio = listed()["checklist.art17-bio"]
    assert bio.where is not None
    assert (bio.where.key, bio.where.line) == ("checklist.answers.art17-bio", 27)
    assert "Accepted: EIA report or screening decision; " in bio.evidence
    other = listed()["adverse.benefit.reference.alternatives.undeclared.saving"]
    assert "`benefit.reference.alternatives.NAME.saving`" in other.evidence


def test_an_adverse_reading_is_told_as_the_report_prints_it() -> None:
    # At the bound 5000 kg: 1000 kg × 4 years × 0.5 × 10 kg = 20 t, less the 2 t of the training.
    assert "5,000 kg/year, and leaves 18 t CO₂e" in plain(listed()[GAIN].because)
    assert "5 000 kg/an, et laisse 18 t CO₂e" in plain(listed(language="fr")[GAIN].because)


def test_owner_and_date_are_those_that_the_descriptor_plans() -> None:
    found = listed()
    assert (found[GAIN].owner, found[GAIN].date) == ("the growers", "2027-10")
    assert (found["checklist.art17-bio"].owner, found["checklist.art17-bio"].date) == ("", "")
    assert (found["benefit.LCA822.reference"].owner, found["benefit.LCA822.reference"].date) == ("", "")


def test_a_plan_under_another_name_is_of_no_effect_where_there_are_several() -> None:
    second = "      evidence: model\n    more: {impacts: {gwp100: 1 tCO2e/year}, ramp_up: [1], attribution: 1, evidence: model}\n"
    text = STUDY.replace("      evidence: model\n", second).replace("    less: {indicator", "    other: {indicator")
    assert listed(text)[GAIN].owner == ""
    one = STUDY.replace("    less: {indicator", "    other: {indicator")
    assert listed(one)[GAIN].owner == "the growers"  # the only plan, of the only effect


def test_what_a_partner_keeps_is_the_partners_to_show() -> None:
    head, answers = STUDY.split("checklist:\n")
    text = f"{head}include: {{host: {{owner: The host, file: host.yaml}}}}\n"
    found = listed(text.replace("attribution: 0.5", "attribution: 0.5"), host_yaml=f"checklist:\n{answers}")
    assert found["checklist.art17-bio"].owner == "The host"
    assert found["checklist.art17-bio"].where is not None
    assert found["checklist.art17-bio"].where.file == "host.yaml"
    assert found["benefit.LCA835.enabling"].owner == ""


def test_the_name_of_a_condition_stays_when_something_else_is_added() -> None:
    more = STUDY.replace("  no_harms: none\n", "  no_harms: none\n  no_enabling: none\n").replace(
        "start: 2025-01", "start: 2025-02"
    )
    assert set(listed()) - set(listed(more)) == {"benefit.LCA835.enabling"}
    assert set(listed(more)) <= set(listed())


CALL = """\
call: 1
name: A call
deadline: {date: "2026-06-30"}
stages: {required: [training, storage, transfer], source: {title: Specification, locator: article 4}}
pages: {most: 4}
"""


def test_a_rule_of_the_call_that_is_not_kept_is_a_condition_with_the_calls_day(tmp_path: Path) -> None:
    (tmp_path / "call.yaml").write_text(CALL, "utf-8")
    found = listed(call=str(tmp_path / "call.yaml"))
    rule = found["call.stages"]
    assert "`storage` is not described" in rule.asks
    assert "`transfer` is not described" in rule.asks
    assert "Specification, article 4" in rule.because
    assert rule.date == "2026-06-30"
    assert not {name for name in found if name.startswith("call.")} - {
        "call.stages"
    }  # a deadline is nothing to be shown


def test_a_day_that_is_past_is_none_to_agree_on(tmp_path: Path) -> None:
    (tmp_path / "call.yaml").write_text(CALL.replace("2026-06-30", "2026-01-31"), "utf-8")
    assert listed(call=str(tmp_path / "call.yaml"))["call.stages"].date == ""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "field.yaml").write_text(STUDY, "utf-8")
    return tmp_path


def conditions(*options: str) -> int:
    return main(["conditions", "field.yaml", "--draws", "0", "--as-of", "2026-01-31", *options])


def test_the_file_is_read_as_it_was_written(folder: Path) -> None:
    assert conditions("-o", "field.conditions.yaml") == 0
    text = (folder / "field.conditions.yaml").read_text("utf-8")
    agreed, problems = read_agreed(read_document(text, "field.conditions.yaml"), read_schema("conditions"))
    assert problems == []
    assert agreed is not None
    assert dict(agreed.required) == {one.name: plain_words(one) for one in listed(name="field.yaml").values()}
    study = lca.load("field.yaml").assess(draws=0)
    assert agreed.descriptor.sha256 == study.fingerprint.descriptor
    assert (agreed.descriptor.file, agreed.made, agreed.seal) == ("field.yaml", "2026-01-31", "")


def test_what_the_parties_filled_in_is_never_written_over(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "field.conditions.yaml").write_text("mine", "utf-8")
    assert conditions("-o", "field.conditions.yaml") == 1
    assert "LCA701" in capsys.readouterr().err
    assert (folder / "field.conditions.yaml").read_text("utf-8") == "mine"


def test_the_same_input_gives_the_same_bytes(folder: Path) -> None:
    for name in ("a.docx", "b.docx", "a.txt", "b.txt", "a.yaml", "b.yaml"):
        assert conditions("-o", name) == 0
    for ending in ("docx", "txt", "yaml"):
        assert (folder / f"a.{ending}").read_bytes() == (folder / f"b.{ending}").read_bytes()


@pytest.mark.usefixtures("folder")
def test_a_document_holds_each_condition_with_what_is_open_said(folder: Path) -> None:
    import docx

    assert conditions("-o", "field.docx", "--lang", "fr") == 0
    document = docx.Document(str(folder / "field.docx"))
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    heads = [row for row in cells if row[0] == "Condition"]
    assert len(document.tables) == len(heads) == 3  # the checklist, the benefit, the adverse test
    rows = [row for row in cells if row[0] != "Condition"]
    assert len(rows) == 12
    gain = next(row for row in rows if GAIN in row[0])
    assert gain[4:] == ["the growers", "octobre 2027"]
    row = next(row for row in rows if "[checklist.art17-ccm]" in row[0])
    assert row[4:] == ["à nommer", "à convenir"]
    assert "field.yaml, ligne 27" in row[3]


@pytest.mark.usefixtures("folder")
def test_the_conditions_go_with_the_seal_of_this_very_descriptor(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["seal", "field.yaml", "--draws", "0", "--as-of", "2026-01-31"]) == 0
    capsys.readouterr()
    assert conditions("--seal", "field.sealed.json", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["seal"] == json.loads(Path("field.sealed.json").read_text("utf-8"))["seal"]
    Path("field.yaml").write_text(STUDY.replace("20 MWh", "21 MWh"), "utf-8")
    assert conditions("--seal", "field.sealed.json") == 1
    assert "field.sealed.json:1:1: LCA914 the forecast was sealed of version" in capsys.readouterr().err
    Path("field.sealed.json").write_text("{}", "utf-8")
    assert conditions("--seal", "field.sealed.json") == 1
    assert "LCA914" in capsys.readouterr().err


def test_a_question_of_an_expert_is_a_condition_whose_name_is_of_its_words(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = lca.load("field.yaml").assess(draws=0).fingerprint.descriptor
    review = f"review: 1\ndossier: {{file: field.yaml, sha256: {own}}}\nexpert: E1\ninterests: none\nquestions: [Who pays?]\n"
    (folder / "E1.yaml").write_text(review, "utf-8")
    assert conditions("--review", "E1.yaml", "--json") == 0
    first = json.loads(capsys.readouterr().out)["required"]
    (folder / "E1.yaml").write_text(review.replace("[Who", "[Since when?, Who"), "utf-8")
    assert conditions("--review", "E1.yaml", "--json") == 0
    second = json.loads(capsys.readouterr().out)["required"]
    (name,) = (name for name in first if name.startswith("review.E1."))
    assert first[name]["asks"] == second[name]["asks"] == "Who pays?"
    assert first[name]["evidence"] is None  # what would answer is for the parties to agree on
    assert first[name]["where"] == {"key": "questions.0", "file": "E1.yaml", "line": 5}
    assert sum(name.startswith("review.") for name in second) == 2


@pytest.mark.usefixtures("folder")
def test_a_form_that_nobody_knows_is_refused_before_anything_is_computed(capsys: pytest.CaptureFixture[str]) -> None:
    assert conditions("-o", "field.pdf") == 1
    assert "`field.pdf` has an ending that says nothing of its form" in capsys.readouterr().err
    assert conditions("-o", "field.yaml") == 1  # the descriptor itself
    assert Path("field.yaml").read_text("utf-8") == STUDY


def test_where_nothing_is_claimed_there_is_nothing_to_show_of_a_benefit() -> None:
    found = listed(
        STUDY.split("benefit:")[0] + "benefit: {none: basic research}\nchecklist: {acts: [art17_screening]}\n"
    )
    assert {name.partition(".")[0] for name in found} == {"checklist"}

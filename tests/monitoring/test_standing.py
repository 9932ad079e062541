"""How agreed conditions stand: met by what is there, open, overdue; never met by what has gone."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from conftest import ROOT, section_of

import lca
from lca import Assessment
from lca.problems import ProblemsFound
from lca.subjects.monitoring.result import MonitoringResult

HASH = "0" * 64
STUDY = """\
descriptor: 1
project: {name: Field, start: 2025-01, duration: 4 year, language: en}
sites: {paris: {location: FR, pue: 1, electricity: 0.1 kgCO2e/kWh}}
machines: {box: {site: paris, count: 1, power: 100 W}}
training: {model: {energy: 20 MWh, site: paris}}
inference: {service: {volume: 1000 request/year, energy_per_request: 1 kWh, duration: 4 year, site: paris}}
factors: {spray: {per: kg, gwp100: 10 kgCO2e, source: made up}}
benefit:
  horizon: 4 year
  reference:
    description: as today
    flows: {spray: {amount: 6000 kg/year, factor: spray, path: [1, 1, 1, 1]}}
    alternatives:
      by-hand: {description: by hand, without_ai: true, credible: false, why_not: nobody is there}
  effects:
    less:
      flows: {spray: {with_project: {value: 4000 kg/year, range95: [3000 kg/year, 5000 kg/year]}}}
      ramp_up: [1]
      attribution: 0.5
      rebound: {value: 0.1, range95: [0, 0.2], source: survey, evidence: measured}
      evidence: model
  no_harms: none
checklist:
  acts: [art17_screening]
  answers:
    art17-bio:
      answer: yes
      justification: nothing is built, and the host writes that its hall lies in no protected area
      evidence:
        - {type: supplier_letter, title: Letter, file: letter.txt, issuer: The host, date: "2026-02-01", strength: documented}
    art17-ccm: {answer: unknown}
"""
GAIN = "adverse.benefit.effects.less.flows.spray.with_project"
MEASURED = """\
    meter:
      input: benefit.effects.less.flows.spray.with_project
      values:
        - {date: 2026-10, value: 4500 kg/year, counterfactual: 5600 kg/year, adjustment: same weather}
"""
AS_OF = datetime.date(2026, 12, 31)


def agreed(*names: str, date: str = "", state: str = "open") -> str:
    """Return a file of conditions of some names, all due on a date."""
    lines = [
        "conditions: 1",
        f'descriptor: {{file: study.yaml, sha256: "{HASH}"}}',
        'made: "2026-01-31"',
        "required:",
    ]
    due = f', date: "{date}"' if date else ""
    return "\n".join([*lines, *(f"  {name}: {{asks: show it, state: {state}{due}}}" for name in names)]) + "\n"


def study(conditions: str, monitoring: str = "", text: str = STUDY, call: str = "", **files: str) -> Assessment:
    whole = f"{text}monitoring:\n  conditions: c.yaml\n{monitoring}"
    named = {"c.yaml": conditions, "letter.txt": "We write so."}
    named |= {name.replace("_", "."): held for name, held in files.items()}
    named = {name: held for name, held in named.items() if name != "letter.txt" or name in whole}
    return lca.read(whole, files=named, call=call).assess(draws=0, as_of=AS_OF)


def standing(assessment: Assessment) -> dict[str, tuple[str, str]]:
    found = assessment.results[MonitoringResult].conditions
    return {one.agreed.name: (one.standing, one.because.form) for one in found}


def of(name: str, monitoring: str = "", text: str = STUDY, state: str = "open") -> tuple[str, str]:
    return standing(study(agreed(name, state=state), monitoring, text))[name]


def test_a_row_that_passes_meets_its_condition_with_its_document() -> None:
    found = study(agreed("checklist.art17-bio", "checklist.art17-ccm"))
    assert standing(found) == {
        "checklist.art17-bio": ("met", "row_passes"),
        "checklist.art17-ccm": ("open", "row_open"),
    }
    (document,) = found.results[MonitoringResult].conditions[0].documents
    assert document.title == "Letter"
    assert document.sha256 == found.study.files["letter.txt"].sha256


def test_a_row_that_is_no_longer_asked_is_not_met_by_that() -> None:
    assert of("checklist.cca81-dnsh-ccm-1") == ("open", "row_gone")
    without = STUDY.split("checklist:")[0] + "checklist: {acts: [art17_screening]}\n"
    assert of("checklist.art17-bio", text=without) == ("open", "row_open")


def test_a_row_that_is_said_not_to_apply_is_for_the_parties_to_judge() -> None:
    name = "checklist.cca81-dnsh-ce-1"
    said = "{answer: not_applicable, not_applicable_reason: outside_product_scope, justification: %s}"
    answer = said % "no server of the project is in the scope of that regulation"
    text = STUDY.replace("acts: [art17_screening]", "acts: [art17_screening, cca_8_1]")
    text = text.replace("art17-ccm: {answer: unknown}", f"cca81-dnsh-ce-1: {answer}")
    assert of(name, text=text) == ("open", "row_not_applicable")


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2026-12-31", "open"),
        ("2026-12-30", "overdue"),
        ("2026-12", "open"),
        ("2026-11", "overdue"),
        ("2026", "open"),
        ("", "open"),
    ],
)
def test_a_condition_is_overdue_when_its_day_month_or_year_is_past(date: str, expected: str) -> None:
    found = study(agreed("checklist.art17-ccm", "checklist.art17-bio", date=date))
    assert standing(found)["checklist.art17-ccm"][0] == expected
    assert standing(found)["checklist.art17-bio"][0] == "met"


def test_a_measured_effect_meets_its_condition_and_an_unadjusted_one_does_not() -> None:
    assert of(GAIN) == ("open", "not_measured")
    assert of(GAIN, f"  measured:\n{MEASURED}") == ("met", "measured")
    lacking = MEASURED.replace(", adjustment: same weather", "")
    assert of(GAIN, f"  measured:\n{lacking}") == ("open", "unadjusted")


def test_what_was_measured_before_the_conditions_were_made_meets_none() -> None:
    early = MEASURED.replace("2026-10", "2025-12")
    assert of(GAIN, f"  measured:\n{early}") == ("open", "measured_before")
    same = MEASURED.replace("2026-10", "2026-01")  # within the month
    assert of(GAIN, f"  measured:\n{same}") == ("met", "measured")


def test_removing_the_benefit_meets_nothing() -> None:
    names = (GAIN, "adverse.benefit.effects.less.rebound", "benefit.LCA822.reference", "benefit.LCA827.effects.less")
    text = STUDY.split("benefit:")[0] + "benefit: {none: given up}\n" + STUDY[STUDY.index("checklist:") :]
    found = standing(study(agreed(*names, state="insufficient"), text=text))
    assert {held[0] for held in found.values()} == {"open"}


def test_leaving_a_range_out_meets_nothing() -> None:
    name = "adverse.benefit.effects.less.rebound"
    assert of(name, state="insufficient") == ("met", "stated")  # measured, with its source
    for held in ("0.1", "{value: 0.1, source: survey}", "{value: 0.1, range95: [0, 0.2], source: survey}"):
        text = STUDY.replace("{value: 0.1, range95: [0, 0.2], source: survey, evidence: measured}", held)
        assert of(name, text=text, state="insufficient")[0] == "open", held
    assert of(name, text=text.replace(", source: survey", "")) == ("open", "without_source")
    assert of(name, text=text) == ("met", "stated")  # where nothing was declared, a value with its source


def test_an_alternative_that_is_declared_now_answers_for_one_that_was_not() -> None:
    name = "adverse.benefit.reference.alternatives.undeclared.saving"
    assert of(name) == ("open", "not_stated")
    held = "why_not: nobody is there, saving: {value: 1 tCO2e/year, source: trial}}"
    assert of(name, text=STUDY.replace("why_not: nobody is there}", held)) == ("met", "stated")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("benefit.LCA822.reference", ("met", "stated")),
        ("benefit.LCA823.inference", ("met", "stated")),
        ("benefit.LCA823.experiments", ("open", "question_open")),
        ("benefit.LCA825.horizon", ("met", "stated")),
        ("benefit.LCA827.effects.less", ("met", "stated")),
        ("benefit.LCA827.effects.other", ("open", "question_gone")),
        ("benefit.LCA835.harms", ("met", "stated")),
        ("benefit.LCA835.enabling", ("open", "question_open")),
        ("benefit.LCA836.reference.alternatives.gone", ("open", "question_gone")),
        ("benefit.LCA999.reference", ("open", "question_gone")),
    ],
)
def test_a_question_is_settled_by_what_now_stands_there(name: str, expected: tuple[str, str]) -> None:
    assert of(name) == expected


def test_a_stage_that_is_excluded_without_its_share_is_not_settled() -> None:
    name = "benefit.LCA823.experiments"
    excluded = "goal: {excluded: {experiments: {reason: none%s}}}\nsites:"
    assert of(name, text=STUDY.replace("sites:", excluded % "", 1))[0] == "open"
    assert of(name, text=STUDY.replace("sites:", excluded % ", estimated_share: 0.01", 1)) == ("met", "stated")


def test_a_rule_of_the_call_is_met_when_it_is_kept_and_not_when_it_is_gone(tmp_path: Path) -> None:
    names = ("call.stages", "call.reference", "call.deadline")
    (tmp_path / "call.yaml").write_text(
        "call: 1\nname: A call\ndeadline: {date: '2026-01-01'}\nstages: {required: [training]}\nreference: {alternatives: 2}\n",
        "utf-8",
    )
    found = standing(study(agreed(*names), call=str(tmp_path / "call.yaml")))
    assert found["call.stages"] == ("met", "rule_kept")
    assert found["call.reference"] == ("open", "rule_open")
    assert found["call.deadline"] == ("open", "rule_gone")
    assert set(standing(study(agreed(*names))).values()) == {("open", "rule_gone")}


def test_what_no_rule_judges_is_met_by_a_document_that_is_there_and_not_by_the_projects_own_word() -> None:
    brought = "  evidence: {it: {condition: own.board, file: board.txt}}\n"
    assert of("own.board") == ("open", "no_document")
    found = study(agreed("own.board"), brought, board_txt="minutes")
    assert standing(found)["own.board"] == ("met", "document")
    (document,) = found.results[MonitoringResult].conditions[0].documents
    assert (document.title, document.sha256) == ("board.txt", found.study.files["board.txt"].sha256)
    whole = f"{STUDY}monitoring:\n  conditions: c.yaml\n{brought}"
    assert standing(study(agreed("own.board"), brought, board_txt=whole))["own.board"] == ("open", "own_document")


def test_a_document_meets_no_condition_that_a_rule_judges() -> None:
    brought = "  evidence: {it: {condition: checklist.art17-ccm, file: board.txt}}\n"
    found = study(agreed("checklist.art17-ccm"), brought, board_txt="minutes")
    assert standing(found)["checklist.art17-ccm"] == ("open", "row_open")
    assert [one.title for one in found.results[MonitoringResult].conditions[0].documents] == ["board.txt"]


def test_what_was_not_agreed_on_is_told_apart() -> None:
    found = study(agreed("checklist.art17-ccm")).results[MonitoringResult]
    assert GAIN in found.further
    assert "checklist.art17-ccm" not in found.further


def test_the_conditions_are_held_by_the_seal_or_by_their_hash_in_it() -> None:
    conditions = agreed("checklist.art17-ccm")
    signed = f"{STUDY}monitoring:\n  conditions: c.yaml\n"
    files = {"c.yaml": conditions, "letter.txt": "We write so."}
    seal = lca.read(signed, files=files).assess(draws=0, as_of=datetime.date(2026, 2, 1)).sealed()
    named = "  forecast: seal.json\n"
    assert study(conditions, named, seal_json=seal).results[MonitoringResult].is_held is True
    fewer = study(conditions.replace("show it", "do it"), named, seal_json=seal)
    assert fewer.results[MonitoringResult].is_held is False
    (told,) = (problem for problem in fewer.problems if problem.code == "LCA918")
    assert str(told.location) == "study.yaml:33:15"
    other = conditions.replace("made:", f'seal: "{HASH}"\nmade:')
    assert study(other, named, seal_json=seal).results[MonitoringResult].is_held is False
    assert study(conditions).results[MonitoringResult].is_held is None
    elsewhere = {**files, "d.yaml": conditions.replace("show it", "do it"), "seal.json": seal}
    under_another_name = lca.read(f"{signed.replace('c.yaml', 'd.yaml')}{named}", files=elsewhere).assess(
        draws=0, as_of=AS_OF
    )
    assert under_another_name.results[MonitoringResult].is_held is False


BROKEN = f"""\
conditions: 1
descriptor: {{file: study.yaml, sha256: "{HASH}"}}
made: "2026-02-30"
required:
  own.one: {{asks: show it, owner: 3, date: 2027-13}}
  own.two: {{ask: show it}}
  own.three: {{asks: show it, state: fine}}
"""


def told(conditions: str, monitoring: str = "") -> list[str]:
    with pytest.raises(ProblemsFound) as found:
        study(conditions, monitoring)
    return [f"{one.location} {one.code}" for one in found.value.problems if one.severity == "error"]


def test_every_mistake_in_the_conditions_is_told_at_its_place_all_at_once() -> None:
    assert told(BROKEN) == [
        "c.yaml:5:35 LCA203",
        "c.yaml:5:44 LCA205",
        "c.yaml:6:3 LCA202",
        "c.yaml:6:13 LCA201",
        "c.yaml:7:37 LCA204",
    ]
    sound = BROKEN.split("  own.one")[0] + "  own.one: {asks: show it, date: '2027-02-29'}\n"
    assert told(sound) == ["c.yaml:3:7 LCA405", "c.yaml:5:34 LCA405"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("required: [", "c.yaml:2:1 LCA104"),
        ("- 1", "c.yaml:1:1 LCA105"),
        ("a: &x 1\nb: *x\n", "c.yaml:1:4 LCA106"),
        ("a: 1\na: 2\n", "c.yaml:2:1 LCA108"),
        ("[" * 5000, "c.yaml:1:42 LCA107"),
        ("a: \u202e1\n", "c.yaml:1:4 LCA110"),
        (agreed("own.one").replace("conditions: 1", "conditions: 2"), "c.yaml:1:13 LCA204"),
    ],
)
def test_a_hostile_file_is_refused_at_its_line(text: str, expected: str) -> None:
    assert told(text)[0] == expected


def test_a_document_for_a_condition_that_nobody_agreed_on_is_refused_with_what_was_meant() -> None:
    brought = "  evidence: {it: {condition: own.bord, file: board.txt}}\n"
    with pytest.raises(ProblemsFound) as found:
        study(agreed("own.board"), brought, board_txt="minutes")
    (problem,) = (one for one in found.value.problems if one.severity == "error")
    assert problem.code == "LCA917"
    assert "did you mean `own.board`" in problem.hint
    assert problem.location.line == 34


def test_documents_without_conditions_are_refused() -> None:
    text = f"{STUDY}monitoring:\n  evidence: {{it: {{condition: own.board, file: letter.txt}}}}\n"
    problems = lca.read(text, files={"letter.txt": "We write so."}).problems
    assert [one.code for one in problems if one.severity == "error"] == ["LCA402"]


def test_conditions_may_not_lie_outside_the_folder() -> None:
    text = f"{STUDY}monitoring:\n  conditions: ../c.yaml\n"
    problems = lca.read(text, files={"letter.txt": "We write so."}).problems
    assert [one.code for one in problems if one.severity == "error"] == ["LCA407"]


def test_markup_in_an_agreed_text_is_shown_as_text() -> None:
    hostile = agreed("own.one").replace("show it", '"<script>alert(1)</script>"')
    assert "&lt;script&gt;alert(1)" in section_of(study(hostile), "monitoring", "en")


@pytest.mark.parametrize(
    ("language", "counted"), [("en", "5 met, 5 open, 1 overdue"), ("fr", "5 remplies, 5 ouvertes, 1 en retard")]
)
def test_the_worked_example_at_mid_term(language: str, counted: str) -> None:
    found = lca.load(ROOT / "projects/contract/midterm.yaml").assess(draws=50, as_of=datetime.date(2028, 9, 30))
    held = standing(found)
    assert held["checklist.art17-bio"] == ("met", "row_passes")
    assert held["checklist.art17-ce"] == ("overdue", "row_open")  # due in June 2028, and nobody has answered
    assert held["adverse.benefit.effects.moins-de-pompage.flows.pompage.with_project"] == ("met", "measured")
    assert held["adverse.benefit.effects.moins-de-pompage.rebound"] == ("open", "not_stated")
    assert held["own.comite"] == ("met", "document")
    assert found.results[MonitoringResult].is_held is True
    # 910 − 810 = 100 MWh a year are saved in place of 120, in half of the first year and three more: at a half each.
    assert found.figures["monitoring.benefit.physical.moins-de-pompage.pompage.attributed"].value == pytest.approx(175)
    section = section_of(found, "monitoring", language)
    assert counted in section
    assert "service juridique de la coopérative" in section

"""Experts' reviews: what their values would change, worked out by hand; mistakes with their places; the dossier untouched."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

import lca
from lca.cli.main import main
from lca.files.reviews import read_reviews
from lca.problems import ProblemsFound

#: Emissions: 10 kWh × 1.2 × 0.1 kg/kWh = 1.2 kg. Benefit: one effect of 100 t a year for one year.
STUDY = """\
descriptor: 1
project: {name: A study, start: 2026-01}
sites:
  lab:
    location: FR
    pue: 1.2
    electricity: 0.1 kgCO2e/kWh
training: {model: {energy: 10 kWh, site: lab}}
benefit:
  horizon: 1 year
  reference: {description: by hand}
  effects:
    less: {impacts: {gwp100: 100 tCO2e/year}, evidence: model, ramp_up: [1]}
"""
HASH = hashlib.sha256(STUDY.encode()).hexdigest()

FIRST = f"""\
review: 1
dossier: {{file: study.yaml, sha256: "{HASH}"}}
expert: E1
interests: none
judgements:
  sites.lab.pue: {{verdict: agree}}
  benefit.reference: {{verdict: doubt, reason: no figures}}
  goal.excluded: {{verdict: agree}}
values:
  training.model.energy: {{value: 20 kWh, reason: as the invoice says}}
  benefit.effects.less.impacts.gwp100: {{value: 40 tCO2e/year, reason: three trials}}
marks:
  Impact: {{mark: 3, out_of: 5, reason: modest}}
questions: [Who measures?]
"""
SECOND = f"""\
review: 1
dossier: {{file: study.yaml, sha256: "{HASH}"}}
expert: E2
interests: once a colleague of the applicant
judgements:
  sites.lab.pue: {{verdict: agree}}
  benefit.reference: {{verdict: disagree, reason: nobody measured}}
  goal.excluded: {{verdict: doubt, reason: use is missing}}
values:
  sites.lab.pue: {{value: 1.5, reason: an old hall}}
marks:
  Impact: {{mark: B}}
"""
#: An expert who agrees says so where no other value is given.
SECOND = SECOND.replace("  sites.lab.pue: {verdict: agree}\n", "")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("study", STUDY), ("first", FIRST), ("second", SECOND)):
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    return tmp_path


def merged(folder: Path, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    files = [str(folder / f"{name}.yaml") for name in ("study", "first", "second")]
    assert main(["review", "merge", *files, "--draws", "0", *options]) == 0
    return capsys.readouterr().out


def wrong(folder: Path, text: str, name: str = "wrong.yaml") -> list[str]:
    (folder / name).write_text(text, "utf-8")
    assessment = lca.load(folder / "study.yaml").assess(draws=0)
    with pytest.raises(ProblemsFound) as found:
        read_reviews([folder / name], assessment)
    return [f"{p.location.name}:{p.location.line}:{p.location.column} {p.code}" for p in found.value.problems]


def test_each_value_changes_what_it_changes_by_hand(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(merged(folder, capsys, "--json"))
    assert found["applicant"]["total.gwp100"]["value"] == pytest.approx(1.2)
    assert found["applicant"]["benefit.net_project"]["value"] == pytest.approx(100_000 - 1.2)

    def alone(path: str, expert: str, figure: str) -> tuple[float, float]:
        one = found["paths"][path]["experts"][expert]["alone"][figure]
        return one["value"], one["difference"]["value"]

    assert alone("training.model.energy", "E1", "total.gwp100") == pytest.approx((2.4, 1.2))
    assert alone("training.model.energy", "E1", "benefit.net_project") == pytest.approx((100_000 - 2.4, -1.2))
    gain = "benefit.effects.less.impacts.gwp100"
    assert alone(gain, "E1", "total.gwp100") == pytest.approx((1.2, 0))
    assert alone(gain, "E1", "benefit.net_project") == pytest.approx((40_000 - 1.2, -60_000))
    assert alone("sites.lab.pue", "E2", "total.gwp100") == pytest.approx((1.5, 0.3))
    together = {expert: one["all_values"] for expert, one in found["experts"].items()}
    assert together["E1"]["total.gwp100"]["value"] == pytest.approx(2.4)
    assert together["E1"]["benefit.net_project"]["value"] == pytest.approx(40_000 - 2.4)
    assert together["E1"]["benefit.net_project"]["difference"]["value"] == pytest.approx(-60_001.2)
    assert together["E2"]["total.gwp100"]["value"] == pytest.approx(1.5)  # nothing of E1


def test_experts_agree_differ_and_object(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = merged(folder, capsys)
    assert "All agree with the applicant: none\n" in text
    assert "All doubt, disagree or state another value: benefit.reference\n" in text
    assert "To be discussed: the experts differ: goal.excluded, sites.lab.pue\n" in text
    assert "Only one expert has spoken: training.model.energy, benefit.effects.less.impacts.gwp100\n" in text
    standings = {path: row["standing"] for path, row in json.loads(merged(folder, capsys, "--json"))["paths"].items()}
    assert standings["sites.lab.pue"] == "apart"
    (folder / "second.yaml").write_text(re.sub(r"doubt, reason: use is missing", "agree", SECOND), "utf-8")
    assert "All agree with the applicant: goal.excluded\n" in merged(folder, capsys)


def test_marks_stand_side_by_side_and_are_not_added_up(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = merged(folder, capsys)
    assert "  Impact\n    E1: 3 / 5. modest\n    E2: B\n" in text
    assert "E1: Who measures?" in text
    assert "E2: once a colleague of the applicant" in text


def test_a_difference_shares_the_draws_of_the_applicant(folder: Path) -> None:
    ranged = STUDY.replace("energy: 10 kWh", "energy: 10 kWh").replace(
        "pue: 1.2", "pue: {value: 1.2, range95: [1.1, 1.4]}"
    )
    (folder / "study.yaml").write_text(ranged, "utf-8")
    from lca.call.review.effects import TOTAL
    from lca.call.review.side_by_side import side_by_side

    assessment = lca.load(folder / "study.yaml").assess(draws=2_000)
    reviews, _ = read_reviews([folder / "first.yaml"], assessment)
    changed = side_by_side(reviews, assessment, None).reviews["E1"].alone["training.model.energy"][TOTAL]
    assert changed.difference is not None
    # Twice the energy on the same draws adds just what the applicant has: the bounds are those of the total.
    assert changed.difference.interval() == pytest.approx(assessment.figures[TOTAL].interval())


def test_a_value_replaces_the_range_and_source_of_the_applicant(folder: Path) -> None:
    from lca.call.review.effects import TOTAL
    from lca.call.review.side_by_side import side_by_side

    stated = "energy: {value: 10 kWh, range95: [5 kWh, 20 kWh], source: the applicant}"
    (folder / "study.yaml").write_text(STUDY.replace("energy: 10 kWh", stated), "utf-8")
    own = FIRST.replace("value: 20 kWh", "value: {value: 20 kWh}")
    (folder / "first.yaml").write_text(own, "utf-8")
    assessment = lca.load(folder / "study.yaml").assess(draws=500)
    reviews, _ = read_reviews([folder / "first.yaml"], assessment)
    amount = side_by_side(reviews, assessment, None).reviews["E1"].alone["training.model.energy"][TOTAL].amount
    assert amount.interval() == pytest.approx((2.4, 2.4, 2.4))


def test_what_is_wrong_is_told_at_once_each_with_its_place(folder: Path) -> None:
    text = f"""\
review: 1
dossier: {{file: study.yaml, sha256: "{HASH}"}}
expert: E1
interests: none
judgements:
  benefit.efects: {{verdict: agree}}
  sites.lab.pue: {{verdict: agree}}
values:
  training.model.energy: {{value: 20 kg, reason: wrong unit}}
  training.modle.energy: {{value: 20 kWh, reason: unknown path}}
  training.model: {{value: 20 kWh, reason: no value}}
  training.model.site: {{value: labo, reason: no such site}}
  benefit.effects.less.attribution: {{value: 1.5, reason: out of range}}
  benefit.effects.less.ramp_up.0: {{value: 0.5, reason: an entry of a list}}
  sites.lab.pue: {{value: 1.5, reason: after agreeing}}
  project.name: {{value: x, reason: a text}}
"""
    assert wrong(folder, text) == [
        "wrong.yaml:6:3 LCA951",
        "wrong.yaml:7:28 LCA953",
        "wrong.yaml:9:34 LCA303",
        "wrong.yaml:10:3 LCA951",
        "wrong.yaml:11:3 LCA951",
        "wrong.yaml:12:32 LCA401",
        "wrong.yaml:13:45 LCA304",
        "wrong.yaml:14:3 LCA951",
        "wrong.yaml:16:3 LCA951",
    ]


def test_the_declaration_of_interests_and_a_reason_are_required(folder: Path) -> None:
    assert wrong(folder, FIRST.replace("interests: none\n", "")) == ["wrong.yaml:1:1 LCA202"]
    assert wrong(folder, FIRST.replace(", reason: no figures", "")) == ["wrong.yaml:7:3 LCA202"]


def test_a_value_that_breaks_the_dossier_elsewhere_is_told_in_the_review(folder: Path) -> None:
    text = FIRST.replace("value: 40 tCO2e/year", "value: 40 kgCO2e")
    assert wrong(folder, text) == ["wrong.yaml:11:48 LCA303"]


def test_two_reviews_of_one_expert_are_refused(folder: Path) -> None:
    (folder / "again.yaml").write_text(SECOND.replace("E2", "E1"), "utf-8")
    assessment = lca.load(folder / "study.yaml").assess(draws=0)
    with pytest.raises(ProblemsFound) as found:
        read_reviews([folder / "first.yaml", folder / "again.yaml"], assessment)
    (problem,) = found.value.problems
    assert (problem.code, problem.location.name, problem.location.line, problem.location.column) == (
        "LCA953",
        "again.yaml",
        3,
        9,
    )


def test_another_version_is_told_and_computed_all_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "study.yaml").write_text(f"{STUDY}# a word more\n", "utf-8")
    assert main(["review", "show", str(folder / "study.yaml"), str(folder / "first.yaml"), "--draws", "0"]) == 0
    told = capsys.readouterr()
    assert f"first.yaml:2:37: LCA952 warning: the review is of version {HASH[:8]} of `study.yaml`" in told.err
    assert "E1         2.40 kg CO₂e; +1.20 kg CO₂e" in told.out


def test_the_file_of_the_applicant_is_never_touched(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = lca.load(folder / "study.yaml").assess(draws=0).json()
    merged(folder, capsys, "-o", str(folder / "page.html"))
    status = main(
        ["review", "merge", *(str(folder / f"{n}.yaml") for n in ("study", "first")), "-o", str(folder / "study.yaml")]
    )
    assert status == 1
    assert "LCA701" in capsys.readouterr().err
    assert main(["review", "new", str(folder / "study.yaml"), "-o", str(folder / "study.yaml")]) == 1
    assert "LCA701" in capsys.readouterr().err
    assert (folder / "study.yaml").read_text("utf-8") == STUDY
    assert (folder / "first.yaml").read_text("utf-8") == FIRST
    assert lca.load(folder / "study.yaml").assess(draws=0).json() == before


def test_the_page_keeps_what_an_expert_writes_as_text(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "second.yaml").write_text(SECOND.replace("use is missing", "'<script>alert(1)</script>'"), "utf-8")
    merged(folder, capsys, "-o", str(folder / "page.html"), "--lang", "fr")
    page = (folder / "page.html").read_text("utf-8")
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "E1\u00a0: écart" in page
    assert "À discuter\u00a0: les experts divergent" in page
    again = folder / "again.html"
    merged(folder, capsys, "-o", str(again), "--lang", "fr")
    assert again.read_bytes() == (folder / "page.html").read_bytes()


@pytest.mark.parametrize(("language", "interests"), [("en", "none"), ("fr", "aucun")])
def test_the_template_is_a_review_once_it_is_uncovered(folder: Path, language: str, interests: str) -> None:
    new = folder / "new.yaml"
    assert (
        main(["review", "new", str(folder / "study.yaml"), "--expert", "E3", "-o", str(new), "--lang", language]) == 0
    )
    text = new.read_text("utf-8")
    assert f'sha256: "{HASH}"' in text
    assert '#   training.model.energy: {value: "10 kWh"' in text
    assert '#   benefit.effects.less.impacts.gwp100: {value: "100 tCO2e/year"' in text
    assert "#   benefit.reference: {verdict: doubt" in text
    assert wrong(folder, text, "new.yaml") == ["new.yaml:2:1 LCA202"]  # the declaration of interests alone is missing
    uncovered = re.sub(r"(?m)^# (interests|judgements|values|marks|questions):", r"\1:", text)
    uncovered = re.sub(r"(?m)^#   ", "  ", uncovered).replace("interests:", f"interests: {interests}")
    new.write_text(uncovered.replace("…", "because"), "utf-8")
    reviews, problems = read_reviews([new], lca.load(folder / "study.yaml").assess(draws=0))
    assert problems == []
    assert reviews[0][0].expert == "E3"
    assert len(reviews[0][0].values) >= 3


CALL = """\
call: 1
name: Test call
marks: {criteria: [Impact, Feasibility], most: 5, mean: true}
"""


def test_a_call_names_the_criteria_and_declares_a_mean(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "call.yaml").write_text(CALL, "utf-8")
    call = str(folder / "call.yaml")
    (folder / "second.yaml").write_text(
        SECOND.replace("{mark: B}", "{mark: 4}") + "  Feasibility: {mark: 5}\n", "utf-8"
    )
    text = merged(folder, capsys, "--call", call)
    assert "    E2: 4\n    mean, as the call declares: 3.5\n" in text
    assert text.count("mean, as the call declares") == 1  # E1 gave no mark for the other criterion
    assert json.loads(merged(folder, capsys, "--json", "--call", call))["means"] == {"Impact": 3.5}
    assert "mean, as" not in merged(folder, capsys)  # no profile, no mean
    assert main(["review", "new", str(folder / "study.yaml"), "--draws", "0", "--call", call]) == 0
    assert '#   "Feasibility": {mark: 0, out_of: 5, reason: "why"}' in capsys.readouterr().out


def test_a_mark_beyond_the_best_and_an_unknown_criterion_are_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "call.yaml").write_text(CALL, "utf-8")
    (folder / "second.yaml").write_text(SECOND.replace("{mark: B}", "{mark: 6}") + "  Imapct: {mark: 2}\n", "utf-8")
    files = [str(folder / f"{name}.yaml") for name in ("study", "second")]
    assert main(["review", "show", *files, "--draws", "0", "--call", str(folder / "call.yaml")]) == 1
    told = capsys.readouterr().err
    assert "second.yaml:11:18: LCA205 `6` is no mark from 0 to 5" in told
    assert "second.yaml:12:3: LCA951 there is no criterion `Imapct` in the call; did you mean `Impact`?" in told


def test_a_mean_without_a_best_mark_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "call.yaml").write_text("call: 1\nname: X\nmarks: {mean: true}\n", "utf-8")
    assert main(["check", str(folder / "study.yaml"), "--call", str(folder / "call.yaml")]) == 1
    assert "call.yaml:3:9: LCA931 a mean is asked for, and no best mark is named" in capsys.readouterr().err

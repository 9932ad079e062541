"""A study that answers a call: found by name or file, hashed, computed and printed as the call asks, and made again."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from pathlib import Path

import pytest

import lca
from lca.cli.main import main
from lca.problems import ProblemsFound

AS_OF = datetime.date(2026, 11, 24)

CALL = """\
call: 1
name: {en: Test call, fr: Appel d’essai}
language: {code: fr}
catalogue: {version: "2026.2", factors: ember}
law: {acts: [wtr_4_1], date: "2026-01-01", source: {title: {en: Terms, fr: Règlement}, locator: annexe 1}}
adverse:
  rebound: 0.25
  attribution: 0.5
  source: {title: Règlement, locator: annexe 3}
annex: {order: [checklist, goal]}
page_one: {lines: [Le jury ne lit que cette page.], left_out: [experts]}
sections: {left_out: [money, changes]}
"""

#: One effect of 100 t a year for one year, fully adopted, with neither rebound nor attribution.
STUDY = """\
descriptor: 1
project: {name: A study, start: 2026-01, call_profile: call.yaml}
sites: {lab: {location: FR, pue: 1.2}}
training: {model: {energy: 10 kWh, site: lab}}
benefit:
  horizon: 1 year
  reference: {description: by hand}
  effects:
    less: {impacts: {gwp100: 100 tCO2e/year}, evidence: model, ramp_up: [1]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "call.yaml").write_text(CALL, "utf-8")
    (tmp_path / "study.yaml").write_text(STUDY, "utf-8")
    return tmp_path


def study(folder: Path, draws: int = 0) -> lca.Assessment:
    return lca.load(folder / "study.yaml").assess(draws=draws, as_of=AS_OF)


def test_the_profile_is_hashed_into_the_fingerprint(folder: Path) -> None:
    digest = hashlib.sha256(CALL.encode()).hexdigest()
    assert study(folder).fingerprint.files == {"call:call.yaml": digest}
    (folder / "call.yaml").write_text(f"{CALL}# one more word\n", "utf-8")
    assert study(folder).fingerprint.files["call:call.yaml"] != digest


def test_the_call_prescribes_language_factors_and_law(folder: Path) -> None:
    found = study(folder)
    assert found.study.about.language == "fr"
    assert found.fingerprint.catalogue_version == "2026.2, set ember"
    assert found.checklist.law_of == datetime.date(2026, 1, 1)
    assert {shown.act.id for shown in found.checklist.examination.shown} >= {"wtr_4_1", "art17_screening", "cca_8_1"}
    html = found.report(layout="full").html
    assert "Appel d’essai, Règlement, annexe 1" in html


def test_an_earlier_catalogue_that_the_call_names_is_computed_on(folder: Path) -> None:
    (folder / "call.yaml").write_text('call: 1\nname: X\ncatalogue: {version: "2026.1"}\n', "utf-8")
    assert study(folder).fingerprint.catalogue_version == "2026.1"


def test_the_adverse_test_takes_the_values_of_the_call(folder: Path) -> None:
    """By hand, best estimates: of 100 t, 0.75 remain after a rebound of 25 %; half of 100 t is the project's own."""
    found = {reading.name: reading for reading in study(folder).benefit.adverse}
    own = study(folder).footprint.totals["gwp100"].total
    assert own is not None
    cost = own.value
    assert found["rebound"].net.value == pytest.approx(75_000 - cost, rel=1e-9)
    assert found["attribution"].net.value == pytest.approx(50_000 - cost, rel=1e-9)
    assert [(one.value, one.by_call, one.by_catalogue) for one in found["rebound"].taken] == [(0.25, True, False)]
    assert [(one.by_call, one.by_catalogue) for one in found["gain"].taken] == [(False, True)]
    html = study(folder).report(layout="full").html
    assert re.search(r"effects\.less\.rebound\W+0,250†", html)
    assert "Appel d’essai, Règlement" in html.replace("\u00a0", " ")


def test_without_a_call_the_catalogues_own_values_are_taken(folder: Path) -> None:
    (folder / "study.yaml").write_text(STUDY.replace(", call_profile: call.yaml", ""), "utf-8")
    found = {reading.name: reading for reading in study(folder).benefit.adverse}
    assert [(one.value, one.by_call, one.by_catalogue) for one in found["rebound"].taken] == [(0.5, False, True)]
    assert '"by_call"' not in study(folder).json()


def test_the_report_says_what_the_call_leaves_out(folder: Path) -> None:
    page = study(folder).report().page_one
    assert "Le jury ne lit que cette page." in page
    left_out = "Non imprimé, selon le profil de l’appel « Appel d’essai »"
    assert left_out in page.replace("\u00a0", " ")
    assert "E1 ……" not in page
    whole = study(folder).report().html
    assert '<section id="checklist">' in whole
    assert '<section id="money">' not in whole
    assert (
        whole.index('<section id="checklist">')
        < whole.index('<section id="goal">')
        < whole.index('<section id="results">')
    )


def test_a_report_without_a_call_has_none_of_it(folder: Path) -> None:
    (folder / "study.yaml").write_text(STUDY.replace(", call_profile: call.yaml", ""), "utf-8")
    page = study(folder).report().page_one
    assert "E1 ……" in page
    assert 'class="note call"' not in page
    assert "call" not in json.loads(_carried(study(folder).report().html, "report.json"))


def _carried(page: str, name: str) -> str:
    import base64

    found = re.search(rf'download="{re.escape(name)}"[^>]*href="data:[^;]*;base64,([^"]+)"', page) or re.search(
        rf'href="data:[^;]*;base64,([^"]+)"[^>]*download="{re.escape(name)}"', page
    )
    assert found is not None
    return base64.b64decode(found[1]).decode()


def test_where_experts_do_not_score_it_page_one_has_no_strip(folder: Path) -> None:
    (folder / "call.yaml").write_text("call: 1\nname: X\ndnsh: {scored: false}\n", "utf-8")
    page = study(folder).report("en").page_one
    assert '<div class="strip">' not in page
    assert "the checklist on page one" in page
    assert '<section class="sheet" id="checklist-page">' in study(folder).report("en").html or "checklist" in page


def test_a_report_for_a_call_is_made_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--draws", "50", "--as-of", "2026-11-24", "-o", str(folder / "out")]
    assert main(["report", str(folder / "study.yaml"), "--html", *arguments]) == 0
    report = folder / "out" / "study.html"
    capsys.readouterr()
    assert main(["reproduce", str(report), "--lang", "en"]) == 0
    assert "agrees" in capsys.readouterr().out
    text = report.read_text("utf-8")
    import base64

    held = base64.b64encode(CALL.encode()).decode()
    assert held in text
    edited = base64.b64encode(CALL.replace("0.25", "0.15").encode()).decode()
    report.write_text(text.replace(held, edited), "utf-8")
    assert main(["reproduce", str(report), "--lang", "en"]) == 1
    assert "the profile of the call edited (call.yaml)" in capsys.readouterr().out


def test_another_profile_is_a_difference_between_versions(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--draws", "0", "--as-of", "2026-11-24", "--json"]
    (folder / "other.yaml").write_text(STUDY.replace("call.yaml", "new.yaml"), "utf-8")
    (folder / "new.yaml").write_text(CALL.replace("0.25", "0.3"), "utf-8")
    assert main(["diff", str(folder / "study.yaml"), str(folder / "other.yaml"), *arguments]) == 0
    paths = [change["path"] for change in json.loads(capsys.readouterr().out)["inputs"]]
    assert paths == ["project.call_profile", "call:new.yaml", "call:call.yaml"]


@pytest.mark.parametrize(
    ("named", "code", "said"),
    [
        ("nothing.yaml", "LCA101", "cannot be read"),
        ("horizon-erope", "LCA401", "did you mean `horizon-europe`?"),
        ("'../call.yaml'", "LCA101", "is no file beside the descriptor"),
        ("study.yaml", "LCA101", "is no file beside the descriptor"),
    ],
)
def test_a_profile_that_cannot_be_found_is_told_at_its_key(folder: Path, named: str, code: str, said: str) -> None:
    (folder / "study.yaml").write_text(STUDY.replace("call.yaml", named), "utf-8")
    problems = lca.load(folder / "study.yaml").problems_on(AS_OF)
    found = [problem for problem in problems if problem.code == code]
    assert found, problems
    assert said in f"{found[0].message} {found[0].hint}"
    if named != "nothing.yaml":  # which is told at its own place
        assert (found[0].location.line, found[0].location.column) == (2, 56)


def test_a_link_to_a_profile_is_not_followed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "call.yaml"
    elsewhere.write_text(CALL, "utf-8")
    (folder / "link.yaml").symlink_to(elsewhere)
    (folder / "study.yaml").write_text(STUDY.replace("call.yaml", "link.yaml"), "utf-8")
    (problem,) = lca.load(folder / "study.yaml").problems
    assert (problem.location.line, problem.code) == (2, "LCA101")


def test_a_profile_of_many_megabytes_is_not_read(folder: Path) -> None:
    (folder / "call.yaml").write_text(CALL + "# x\n" * 100_000, "utf-8")
    (problem,) = lca.load(folder / "study.yaml").problems
    assert (problem.location.line, problem.location.column, problem.code) == (2, 56, "LCA102")


def test_a_command_may_take_another_profile_and_says_so(folder: Path) -> None:
    problems = lca.load(folder / "study.yaml", call="horizon-europe").problems_on(AS_OF)
    (told,) = (problem for problem in problems if problem.code == "LCA933")
    assert (told.location.line, told.location.column) == (2, 56)
    assert told.message == "the descriptor names the call `call.yaml`, and `horizon-europe.yaml` is taken"


def test_a_text_without_a_disk_may_be_given_its_profile() -> None:
    found = lca.read(STUDY, files={"call.yaml": CALL}).assess(draws=0, as_of=AS_OF)
    assert found.study.about.language == "fr"
    with pytest.raises(ProblemsFound, match="LCA406"):
        lca.read(STUDY).assess(draws=0)


@pytest.mark.parametrize(
    ("otherwise", "code", "status"), [("", "LCA934", 0), (", otherwise: not-admissible", "LCA935", 1)]
)
def test_a_report_that_is_too_long_is_told(
    folder: Path, otherwise: str, code: str, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "call.yaml").write_text(f"call: 1\nname: X\npages: {{most: 2{otherwise}}}\n", "utf-8")
    arguments = ["--pdf", "--draws", "50", "--as-of", "2026-11-24", "--lang", "en", "-o", str(folder / "out")]
    assert main(["report", str(folder / "study.yaml"), *arguments]) == status
    told = capsys.readouterr().err
    assert re.search(rf"study\.pdf:1:1: {code} (warning: )?the report has [3-9] pages, the call allows 2;", told)

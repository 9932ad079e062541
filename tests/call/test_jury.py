"""The sheet for a jury: one page whatever a dossier holds, the questions by their rule, and what experts say, by hand."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pypdfium2
import pytest
from conftest import AS_OF, PAGE_DRAWS, ROOT, assess_file

import lca
from lca.assessment.dossier import render
from lca.assessment.opinions import NO_OPINIONS, Opinions
from lca.assessment.pages.jury import Asked, chosen
from lca.cli.main import main
from lca.files.answering import arrangement_of
from lca.files.documents import as_pdf
from lca.files.reports import Report
from lca.files.reviews import opinions_of
from lca.files.shipped import read_texts
from lca.presenting.typography import plain
from lca.presenting.writer import Writer
from lca.problems import ProblemsFound

PROJECTS = [
    *sorted((ROOT / "projects").glob("*.yaml")),
    *sorted((ROOT / "projects" / "measured").glob("*.yaml")),
    ROOT / "projects" / "consortium" / "chauffage.yaml",
]
DECISION = {"en": "Decision", "fr": "Décision"}
BOTH = pytest.mark.parametrize("language", ["en", "fr"])

#: Emissions: 10 kWh × 1.2 × 0.1 kg/kWh = 1.2 kg. Benefit: one effect of 100 t a year for one year, so 99,998.8 kg remain.
STUDY = """\
descriptor: 1
project: {name: A study, start: 2026-01, language: en}
sites: {lab: {location: FR, pue: 1.2, electricity: 0.1 kgCO2e/kWh}}
training: {model: {energy: 10 kWh, site: lab}}
benefit:
  horizon: 1 year
  reference: {description: by hand}
  effects: {less: {impacts: {gwp100: 100 tCO2e/year}, evidence: model, ramp_up: [1]}}
"""
CALL = """\
call: 1
name: A call
marks: {criteria: [{en: Science, fr: Recherche}, Impact], most: 5, mean: true}
"""


def review(expert: str, study: str = STUDY, more: str = "") -> str:
    sha256 = hashlib.sha256(study.encode()).hexdigest()
    return f'review: 1\ndossier: {{file: study.yaml, sha256: "{sha256}"}}\nexpert: {expert}\ninterests: none\n{more}'


#: Twice the energy, 2.4 kg, and 40 t: 39,997.6 kg remain.
FIRST = """\
judgements:
  sites.lab.location: {verdict: agree}
  benefit.reference: {verdict: doubt, reason: no figures}
  goal.excluded: {verdict: doubt, reason: use is missing}
values:
  training.model.energy: {value: 20 kWh, reason: as the invoice says}
  benefit.effects.less.impacts.gwp100: {value: 40 tCO2e/year, reason: three trials}
questions: [Who measures?, Who pays?]
"""
SECOND = (
    "judgements: {benefit.reference: {verdict: disagree, reason: nobody measured}}\nquestions: [who  measures?, Why?]\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    texts = {"study": STUDY, "first": review("E1", more=FIRST), "second": review("E2", more=SECOND), "call": CALL}
    for name, text in texts.items():
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    return tmp_path


def sheet(folder: Path, *reviews: str, language: str = "en", call: str = "") -> Report:
    assessment = lca.load(folder / "study.yaml", call=str(folder / call) if call else "").assess(0, 2026, AS_OF)
    report = assessment.report(language, "jury")
    return report.with_reviews([folder / f"{name}.yaml" for name in reviews]) if reviews else report


def rows(html: str) -> list[list[str]]:
    """Return the cells of the table of opinions, as text."""
    table = re.search('<table[^>]*class="opinions">.*?</table>', html, re.S)
    assert table is not None
    found = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in table[0].split("<tr")[1:]]
    return [[plain(re.sub("<[^>]*>", "", cell)) for cell in row] for row in found]


def asked(html: str) -> list[str]:
    block = re.search('<div class="asked">.*?</div>', html, re.S)
    assert block is not None
    return [plain(re.sub("<[^>]*>", "", line)) for line in re.findall("<li>(.*?)</li>", block[0])]


def printed(report: Report) -> str:
    """Return what is printed of a report on the one page that it has."""
    texts, loaded, record = read_texts(), report.loaded, report.assessment
    writer = Writer(report.language, texts.locales[report.language])
    arranged = arrangement_of(loaded, report.language)
    page = render(record, report.language, texts, "jury", arranged, opinions_of(loaded, record, writer))
    (paper,) = pypdfium2.PdfDocument(as_pdf(page, {}, record, texts))
    return plain(paper.get_textpage().get_text_range().replace("\r", ""))


def problems(folder: Path, *reviews: str, layout: str = "jury", call: str = "") -> list[str]:
    assessment = lca.load(folder / "study.yaml", call=str(folder / call) if call else "").assess(0, 2026, AS_OF)
    with pytest.raises(ProblemsFound) as found:
        assessment.report("en", layout).with_reviews([folder / f"{name}.yaml" for name in reviews])
    return [f"{p.location.name}:{p.location.line}:{p.location.column} {p.code}" for p in found.value.problems]


def test_the_table_says_what_the_experts_say_with_figures_by_hand(folder: Path) -> None:
    assert rows(sheet(folder, "first", "second").html) == [
        ["", "Applicant", "E1", "E2"],
        ["Declared interests", "", "none", "none"],
        ["Judgements", "", "1 agree, 2 doubt, 0 disagree", "0 agree, 0 doubt, 1 disagree"],
        ["Emissions of the project", "1.20 kg CO₂e", "2.40 kg CO₂e", "no value of their own"],
        [
            "Would remain, project’s share (no net)",
            "100 t CO₂e (no range stated)",
            "40.0 t CO₂e (no range stated)",
            "no value of their own",
        ],
    ]


def test_questions_are_taken_by_the_rule_and_say_who_asks(folder: Path) -> None:
    # E1's first question is E2's first too, written otherwise: it stands once, and the program's gravest follow.
    html = sheet(folder, "first", "second").html
    assert asked(html)[0] == "E1, E2: Who measures?"
    assert [line.partition(":")[0] for line in asked(html)] == ["E1, E2", "program", "program"]
    assert "Further questions: E1 1, E2 1, program " in plain(re.sub("<[^>]*>", "", html))
    assert [line.partition(":")[0] for line in asked(sheet(folder).html)] == ["program"] * 3


def test_the_rule_of_questions() -> None:
    opinions = Opinions(("E1", "E2"), questions={"E1": ("a", "b"), "E2": ("c", "P  one", "a")})
    assert chosen(["p one", "p two"], opinions) == [
        Asked("a", ("E1", "E2"), by_program=False),
        Asked("c", ("E2",), by_program=False),
        Asked("p one", ("E2",), by_program=True),
        Asked("p two", (), by_program=True),
        Asked("b", ("E1",), by_program=False),
    ]
    assert chosen([], NO_OPINIONS) == []
    assert [one.text for one in chosen([], opinions)] == ["a", "c", "b", "P  one"]


def test_marks_are_those_of_the_calls_criteria_and_a_mean_only_where_the_call_declares_it(folder: Path) -> None:
    for name, marks in (
        ("first", "Science: {mark: 3}, Impact: {mark: 4, out_of: 5}"),
        ("second", "Science: {mark: 4}"),
    ):
        text = (folder / f"{name}.yaml").read_text("utf-8")
        (folder / f"{name}.yaml").write_text(f"{text}marks: {{{marks}}}\n", "utf-8")
    found = rows(sheet(folder, "first", "second", call="call.yaml").html)[-2:]
    assert found == [["Science", "mean: 3.5", "3", "4"], ["Impact", "", "4 / 5", "–"]]
    assert rows(sheet(folder, "first", "second", language="fr", call="call.yaml").html)[-2][0] == "Recherche"
    (folder / "call.yaml").write_text(CALL.replace(", mean: true", ""), "utf-8")
    assert rows(sheet(folder, "first", "second", call="call.yaml").html)[-2] == ["Science", "", "3", "4"]
    # Where no call names criteria, marks are counted and not set side by side.
    assert rows(sheet(folder, "first", "second").html)[-1] == [
        *("Marks (the call names no criteria)", "", "2 marks", "1 mark"),
    ]


def test_without_reviews_there_is_room_to_write_by_hand(folder: Path) -> None:
    html = sheet(folder).html
    assert '<div class="by-hand"><p>E1</p><p>E2</p><p>Decision</p></div>' in html
    assert 'opinions">' not in html
    assert '<div class="by-hand"><p>Decision</p></div>' in sheet(folder, "first").html


def test_nothing_that_an_expert_writes_acts(folder: Path) -> None:
    text = review("'<b>E1</b>'", more="questions: ['<script>alert(1)</script>']\n").replace("none", "'<i>x</i>'")
    (folder / "first.yaml").write_text(text, "utf-8")
    html = sheet(folder, "first").html
    assert "&lt;script&gt;" in html
    assert not re.search("<script>|<i>x|<b>E1", html)


def test_a_review_of_another_version_is_refused_with_its_place(folder: Path) -> None:
    (folder / "second.yaml").write_text(review("E2", STUDY + "# later\n"), "utf-8")
    assert problems(folder, "first", "second") == ["second.yaml:2:37 LCA954"]
    (folder / "first.yaml").write_text(
        review("E2", more="values: {training.model.enregy: {value: 1 kWh, reason: x}}\n")
    )
    assert problems(folder, "first", "second", "missing") == [
        *("first.yaml:5:10 LCA951", "missing.yaml:1:1 LCA101", "second.yaml:2:37 LCA954", "second.yaml:3:9 LCA953"),
    ]


@pytest.mark.parametrize("layout", ["dossier", "full", "page"])
def test_reviews_stand_on_no_report_of_the_applicant(folder: Path, layout: str) -> None:
    assert problems(folder, "first", layout=layout) == ["--review:1:1 LCA402"]


def test_more_reviews_than_the_sheet_has_room_for_are_refused(folder: Path) -> None:
    assert problems(folder, "first", "second", "first", "second") == ["--review:1:1 LCA402"]


def test_the_call_arranges_the_sheet(folder: Path) -> None:
    left_out = "call: 1\nname: A call\npage_one: {lines: [Room 12], left_out: [gain, questions, experts]}\n"
    (folder / "call.yaml").write_text(left_out, "utf-8")
    html = sheet(folder, call="call.yaml").html
    assert "Room 12" in html
    assert "the experts’ line on page one" in html
    for part in ('class="by-hand"', 'class="asked"', "<b>2 "):
        assert part not in html
    assert problems(folder, "first", call="call.yaml") == ["--review:1:1 LCA402"]
    (folder / "call.yaml").write_text(left_out.replace(", questions, experts", ""), "utf-8")
    told = [row[0] for row in rows(sheet(folder, "first", call="call.yaml").html)]
    assert told == ["", "Declared interests", "Judgements", "Emissions of the project"]


def test_the_command_writes_the_sheet_beside_the_report_and_it_is_reproduced(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = folder / "out"
    command = ["report", str(folder / "study.yaml"), "--layout", "jury", "--draws", "50", "--as-of", "2026-11-24"]
    given = ["--review", str(folder / "first.yaml"), "--review", str(folder / "second.yaml"), "--png", "-o", str(out)]
    assert main([*command, *given]) == 0
    assert sorted(path.name for path in out.iterdir()) == [f"study-jury.{ending}" for ending in ("html", "pdf", "png")]
    for ending in ("html", "pdf"):
        assert main(["reproduce", str(out / f"study-jury.{ending}")]) == 0
    page = (out / "study-jury.html").read_bytes()
    (out / "study-jury.html").write_bytes(page.replace(b"1 agree, 2 doubt", b"3 agree, 0 doubt"))
    capsys.readouterr()
    assert main(["reproduce", str(out / "study-jury.html")]) == 1
    assert "printed text edited" in capsys.readouterr().out
    assert main([*command, *given[:2], "-o", str(out), "--lang", "fr", "--layout", "page"]) == 1
    assert capsys.readouterr().err == (
        "--review:1:1: LCA402 les revues sont imprimées sur la seule fiche de jury\u202f; ajoutez `--layout jury`, ou laissez "
        "les revues de côté\n"
    )


@BOTH
@pytest.mark.parametrize("path", PROJECTS, ids=lambda path: path.stem)
def test_every_example_is_one_page(path: Path, language: str) -> None:
    text = printed(assess_file(path, PAGE_DRAWS).report(language, "jury"))
    for part in ("\n1 ", "\n2 ", "\n3 ", "\n4 ", "\n5 ", f"\nE1 E2 {DECISION[language]}"):
        assert part in text, part


def wide(most: int, word: str = "Wärmerückgewinnung 熱回収 ") -> str:
    """Return a long text of wide letters."""
    return (word * most)[: most - 1] + "x"


FLOWS = "".join(f"\n      flow-{n}: {{amount: 1000 kg/year, description: '{wide(4000)}'}}" for n in range(9))
SAVED = "".join(f"\n        flow-{n}: {{with_project: 500 kg/year}}" for n in range(9))
#: Everything as long as a descriptor may have it; a benefit on climate change, in units of its own, and none.
HOSTILE = f"""\
descriptor: 1
project:
  name: '{wide(200)}'
  applicant: '{wide(300, "W")}'
  partners: ['{wide(200)}', '{wide(199)}']
  call: '{wide(300)}'
  start: 2026-01
  summary: TODO
goal:
  excluded: {{storage: {{reason: TODO, estimated_share: 0.4}}}}
  units: [thing]
  functional_unit: {{description: '{wide(500)}', quantity: 1 thing}}
  critical_review: {{by: '{wide(180)}', date: 2026-03-01}}
sites: {{lab: {{location: FR, pue: {{value: 1.2, range95: [1.1, 3]}}}}}}
training:
  {"x" * 60}: {{energy: 1 GWh, site: lab}}
  model: {{duration: 10 h, on: lab-machine}}
machines: {{lab-machine: {{site: lab, gpu: {{model: NVIDIA A100 PCIe 40GB, count: 1}}, label: '{wide(60)}'}}}}
inference: {{service: {{on: lab-machine, time_per_request: 6 s, volume: 10 thing/day, duration: 3 year}}}}
"""
BENEFITS = {
    "climate": f"""\
benefit:
  horizon: 5 year
  reference: {{description: '{wide(4000)}'}}
  effects:
    less:
      description: '{wide(4000)}'
      quantity: {{value: 1000 tCO2e/year, range95: [1 tCO2e/year, 9000 tCO2e/year]}}
      ramp_up: [0.2, 1.0]
      rebound: {{value: 0.2, range95: [0.05, 0.4]}}
      attribution: 0.4
      evidence: model
  harms: {{more: {{quantity: 5 tCO2e/year, description: '{wide(4000)}', evidence: model}}}}
""",
    "own-unit": f"""\
benefit:
  horizon: 5 year
  reference:
    description: by hand
    flows:{FLOWS}
  effects:
    less:
      description: less
      ramp_up: [1.0]
      evidence: model
      flows:{SAVED}
""",
    "none": f"benefit: {{none: '{wide(4000)}'}}\n",
}
HOSTILE_CALL = f"""\
call: 1
name: '{wide(2000)}'
page_one: {{lines: [{", ".join(f"'{n}{wide(1990)}'" for n in range(5))}]}}
sections: {{left_out: [quality, money, frugality, frugal-ai, methods, scenarios, changes]}}
"""


@pytest.mark.parametrize(
    ("criteria", "name", "language"),
    [
        *((12, "climate", "fr"), (2, "climate", "fr"), (12, "climate", "en")),
        *((12, "own-unit", "fr"), (0, "own-unit", "en"), (2, "none", "fr")),
    ],
)
def test_the_longest_names_and_reviews_are_one_page(criteria: int, name: str, language: str, tmp_path: Path) -> None:
    study = HOSTILE + BENEFITS[name]
    names = [f"'{n} {wide(190)}'" for n in range(criteria)]
    rule = f"marks: {{criteria: [{', '.join(names)}], most: 5, mean: true}}\n" if names else ""
    (tmp_path / "study.yaml").write_text(study, "utf-8")
    (tmp_path / "call.yaml").write_text(HOSTILE_CALL + rule, "utf-8")
    marks = "".join(f"\n  {name}: {{mark: {n % 5}, out_of: 5}}" for n, name in enumerate(names or ["Free"]))
    more = f"marks:{marks}\nvalues: {{sites.lab.pue: {{value: 1.9, reason: x}}}}\nquestions: ['{wide(2000)}', '{wide(1990)}']\n"
    for number in (1, 2, 3):
        text = review(f"'{wide(58, 'W')}{number}'", study, more).replace(
            "interests: none", f"interests: '{wide(4000)}'"
        )
        (tmp_path / f"{number}.yaml").write_text(text, "utf-8")
    report = sheet(tmp_path, "1", "2", "3", language=language, call="call.yaml")
    text = printed(report)
    assert f"\n{DECISION[language]}" in text
    more = {"en": "6 further criteria", "fr": "6 autres critères"}[language]
    assert (more in text) == (criteria == 12)
    assert f"\nE1 E2 {DECISION[language]}" in printed(sheet(tmp_path, language=language, call="call.yaml"))

"""The dashboard of a portfolio: what it says of each dossier and of all, and what it never says."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from typing import Any

import pytest
from conftest import ROOT
from portfolio_by_hand import COUNTED, Portfolio, drawn, many, row, warning, writer_in

from lca.files.shipped import words
from lca.portfolio.across import KINDS, REFERENCE
from lca.portfolio.dashboard import SORTABLE
from lca.portfolio.kinds import CONTRADICTED, completeness, doubts, missing
from lca.portfolio.row import ASSESSED, ENDED, OUTCOMES, REFUSED, TIMED_OUT, Claim, Figure, Gain, Row, Sentence
from lca.portfolio.written import MOST_MESSAGES, MOST_OF_A_CODE, written
from lca.problems import CODES, Location, Problem

LANGUAGES = ("en", "fr")


def shown(page: str) -> str:
    """Return what a reader sees of a page, spaces as they are typed."""
    body = re.sub(r"(?s)<(style|script).*?</\1>", " ", page.partition("</head>")[2])
    return re.sub(r"[\s\u00a0\u202f]+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body)))


def line_of(page: str, place: int) -> str:
    """Return what a reader sees of one dossier."""
    return shown("</head>" + page.partition(f'<tbody id="r{place}"')[2].partition("</tbody>")[0].partition(">")[2])


def test_totals_are_those_worked_out_by_hand() -> None:
    """Both rest on the same draws: 1,000 ± 19 and 2,000 ± 38 are 3,000 ± 57, not ± 42 as for errors that cancel out."""
    refused = Row(number="3", file="3.yaml", outcome=REFUSED)
    portfolio = Portfolio(
        [row("1", **drawn(1000, 1)), row("2", at_least=True, **drawn(2000, 2)), refused, row("4", **drawn(9000, 1))],
        named={"4": "2"},
    )
    page = shown(portfolio.page())
    assert "Emissions at least 3.00 t CO₂e 2.94 to 3.06 t CO₂e 2 dossiers; 1 of them leaves something out" in page
    assert "3 assessed 1 not assessed, for its errors 1 that is the reference of another dossier" in page
    assert "In no total: 1 not assessed, for its errors, 1 that is the reference of another dossier." in page


def test_a_total_over_something_without_a_range_has_no_interval() -> None:
    bare = drawn(1000, 1) | {"figures": {"total.gwp100": Figure(1000, "kgCO2e")}}
    page = shown(Portfolio([row("1", **bare), row("2", **drawn(500, 1))]).page("fr"))
    assert (
        "Émissions 1,5 t CO₂e – 2 dossiers ; pas d’intervalle : 1 d’entre eux repose sur une donnée sans plage" in page
    )


def test_without_a_dossier_that_was_assessed_nothing_is_totalled() -> None:
    page = Portfolio([Row(number="1", file="1.yaml", outcome=TIMED_OUT)]).page()
    assert "No dossier was assessed, so nothing is totalled." in page
    assert "1 not assessed within its time limit" in page


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (Figure(28.2, "kgCO2e", 18.9, 45.3), ("28 kg CO₂e", "19 to 45")),
        (Figure(0.0282, "kgCO2e", 0.0189, 0.0453), ("28 g CO₂e", "19 to 45")),
        (Figure(28.2, "kgCO2e"), ("28.2 kg CO₂e", "")),
        (Figure(2500.0, "kWh", 2500.0, 2500.0), ("2.5 MWh", "")),
        (Figure(0.0, "kgCO2e", 0.0, 0.0), ("0 kg CO₂e", "")),
    ],
)
def test_a_figure_is_written_with_its_interval(figure: Figure, said: tuple[str, str]) -> None:
    amount, interval, _ = written(figure, writer_in("en"))
    assert (amount.replace("\u00a0", " "), interval) == said


def test_a_dossier_says_what_it_holds_and_what_it_lacks() -> None:
    stages = {**COUNTED, "transfer": "excluded", "storage": "excluded", "equipment": "not-assessed"}
    gain = Gain("announced", Figure(9000.0, "kgCO2e", 6000.0, 12000.0), 3.0, ("LCA821", "LCA822"))
    one = row(
        "1",
        applicant="Agency",
        stages=stages,
        gaps=1,
        unanswered=18,
        at_least=True,
        gain=gain,
        verdicts={"fail": 2, "insufficient_evidence": 33},
        contradicted=1,
        problems=(warning("LCA606"), warning("LCA821"), warning("LCA606")),
        **drawn(28.0, 0.4),
    )
    line = line_of(Portfolio([one]).page(), 0)
    assert "1 Project 1 Agency 1.yaml 4 of 7 stages counted, 2 excluded, 1 not described: equipment" in line
    assert "1 part without figure, 18 rows of the checklist unanswered" in line
    assert "at least 28 kg CO₂e (20 to 36)" in line
    assert (
        "9.0 t CO₂e (6.0 to 12) over 3 years announced; the net is not established: the reference has no figures"
        in line
    )
    assert "2 not met, 33 without sufficient evidence, 1 contradicted by figures 5 " in line
    assert doubts(one, ()) == {"LCA606": 2, "LCA821": 1, "LCA822": 1, CONTRADICTED: 1}
    assert missing(one) == ["stage.equipment", "at-least", "gaps", "unanswered"]


@pytest.mark.parametrize("kind", ["remains", "no_net", "open_sign"])
def test_of_a_net_nothing_stands_beside_those_of_others(kind: str) -> None:
    one = row("1", gain=Gain(kind, Figure(9000.0, "kgCO2e", 6000.0, 12000.0), 1.0))
    line = line_of(Portfolio([one]).page(), 0)
    assert "9.0 t CO₂e (6.0 to 12) over 1 year announced; its net is computed in its own report" in line


def test_a_dossier_that_was_not_assessed_is_listed_with_its_messages() -> None:
    error = Problem(
        Location("sub/2.yaml", 24, 3), "LCA201", "the key `budget` is unknown in goal", "known keys: purpose"
    )
    part = Problem(Location("sub/parts/site.yaml", 3, 1), "LCA201", "the key `x` is unknown in sites", "")
    rows = [row("1"), Row(number="2", file="sub/2.yaml", outcome=REFUSED, problems=(error, part))]
    rows.append(Row(number="3", file="3.yaml", outcome=ENDED))
    english, french = (Portfolio(rows).page(language) for language in LANGUAGES)
    assert "not assessed, for its errors – – – 0 Errors (2)" in line_of(english, 1)
    assert "line 24 : the key `budget` is unknown in goal; known keys: purpose LCA201 site.yaml:3 :" in line_of(
        english, 1
    )
    assert "ligne 24 : la clé `budget` est inconnue dans goal" in line_of(french, 1)
    assert "not assessed, its process ended early" in line_of(english, 2)
    assert "<details" not in english.partition('<tbody id="r2"')[2]


def test_the_verdict_of_the_call_stands_with_what_is_lacking() -> None:
    lacking = Problem(Location("1.yaml", 5, 1), "LCA936", "the stage training is not counted", "")
    rows = [row("1", verdict="to-complete", lacking=(lacking,), call="Transition"), row("2", verdict="admissible")]
    page = Portfolio(rows).page()
    assert "to be completed" in line_of(page, 0)
    assert "Lacking by the call’s rules (1) Lacking by the call’s rules line 5 : the stage training" in line_of(page, 0)
    assert '<option value="verdict.admissible">Admissible (1)</option>' in page
    assert "Dossiers side by side: Transition" in shown(page)
    assert "filter-verdict" not in Portfolio([row("1")]).page()


def test_what_shows_beside_others_leads_to_them() -> None:
    marks = tuple(range(16))
    first = row("1", applicant="Agency", sentences=(Sentence("checklist.answers.a", 9, marks),))
    claims = tuple(Claim("benefit.effects.heat", 12, "town-heating", "less heating", share) for share in (0.7,))
    second = row("2", sentences=(Sentence("checklist.answers.b", 8, marks),), claims=claims)
    third = row("3", claims=claims)
    page = Portfolio([first, second, third, row("4")], named={"4": "1"}).page()
    copied = 'checklist.answers.a: the justification stands in <a href="#r1">2</a> too, in the same words or nearly'
    assert copied in page
    assert "line 12 : benefit `town-heating`: what is claimed of it adds up to 140 %, with 3" in line_of(page, 1)
    assert "this is the reference of 1 ; it is in no total" in line_of(page, 3)
    assert 'data-d="2" data-k="overclaimed copied"' in page
    assert 'id="r3" data-c="10000000" data-d="0"' in page


def test_rows_stand_by_number_and_are_sorted_by_four_columns_alone() -> None:
    page = Portfolio(row(str(number)) for number in range(1, 13)).page()
    assert re.findall(r'<th scope="row"><bdi>(\d+)</bdi>', page) == [str(number) for number in range(1, 13)]
    assert tuple(re.findall(r'data-sort="(\w+)"', page)) == SORTABLE == ("number", "name", "completeness", "doubts")


def test_completeness_looks_at_stages_then_parts_then_answers() -> None:
    def lacking(stages: int, gaps: int, unanswered: int) -> Row:
        statuses = {stage: "not-assessed" if place < stages else "excluded" for place, stage in enumerate(COUNTED)}
        return row("1", stages=statuses, gaps=gaps, unanswered=unanswered)

    ordered = [
        lacking(0, 0, 0),
        lacking(0, 0, 9),
        lacking(0, 1, 0),
        lacking(0, 5000, 5000),
        lacking(1, 0, 0),
        lacking(7, 9, 9),
    ]
    ordered.append(Row(number="1", file="1.yaml", outcome=REFUSED))
    found = [completeness(one) for one in ordered]
    assert found == sorted(set(found), reverse=True)


#: What would rank, in both languages; that it does not is said once.
RANKING = re.compile(
    r"(?i)\b(?:rank\w*|score\w*|best|better|worse|worst|winner|top|leader|probability|per net|cheapest|lowest|highest"
    r"|class(?:e|é|er|ement)|note|meilleure?s?|pires?|premiers?|gagnants?|probabilités?|par tonne nette)\b"
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_ranks(language: str) -> None:
    said = words(language)["portfolio"]
    rows = [
        row(str(n), gain=Gain("remains", Figure(1000.0 * n, "kgCO2e", 900.0, 1100.0), 3.0), **drawn(n, 0.1))
        for n in (1, 2)
    ]
    portfolio = Portfolio(rows)
    for text in (shown(portfolio.page(language)), shown(portfolio.paper(language))):
        without = text.replace(shown("</head>" + said["does_not_rank"]).strip(), "")
        assert len(without) < len(text)
        assert RANKING.findall(without) == []
        assert "3.0 t" not in text  # the sum of what both announce
        assert "3,0 t" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_on_processing_by_a_program_names_its_articles(language: str) -> None:
    for text in (Portfolio([row("1")]).page(language), Portfolio([row("1")]).paper(language)):
        assert all(article in text for article in ("L311-3-1", "R311-3-1-1", "R311-3-1-2"))


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> {{ 7*7 }} <!-- rows --> </details>\u202e"


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_texts_stay_texts(language: str) -> None:
    problem = Problem(Location(HOSTILE, 3, 1), "LCA606", HOSTILE, HOSTILE)
    marks = tuple(range(16))
    one = Row(
        number=HOSTILE,
        file=HOSTILE,
        outcome=ASSESSED,
        name=HOSTILE,
        applicant=HOSTILE,
        call=HOSTILE,
        problems=(problem,),
        lacking=(problem,),
        stages=COUNTED,
        claims=(Claim(HOSTILE, 3, HOSTILE, HOSTILE, 0.9),),
        sentences=(Sentence(HOSTILE, 4, marks),),
    )
    other = row("2", sentences=(Sentence("a", 4, marks),), claims=(Claim("b", 3, HOSTILE, "c", 0.9),))
    portfolio = Portfolio([one, other], others=(HOSTILE,))
    page = portfolio.page(language)
    assert page.count("<script") == 2
    assert page.count("</details>") == page.count("<details")
    assert "<img" not in page + portfolio.paper(language)
    assert "49" not in shown(page)
    assert "<script" not in portfolio.paper(language)
    assert page.count("<tbody id=") == 2
    assert shown(page).count("alert(1)") >= 10


def test_the_policy_lets_only_the_page_s_own_script_run() -> None:
    page = Portfolio([row("1")]).page()
    script = re.findall(r"(?s)<script>(.*?)</script>", page)
    assert len(script) == 1
    digest = base64.b64encode(hashlib.sha256(script[0].encode()).digest()).decode()
    assert f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; base-uri 'none'" in page
    assert script[0].strip() == (ROOT / "templates/portfolio/dashboard.js").read_text("utf-8").strip()
    assert not re.findall(r"(?:src|href)=\"(?!#)", page)


def test_messages_are_few_and_the_others_are_counted() -> None:
    alike = tuple(warning("LCA608", line) for line in range(1, 31))
    page = Portfolio([row("1", problems=(*alike, warning("LCA606")))]).page()
    assert page.count("<small>LCA608</small>") == MOST_OF_A_CODE == 3
    assert page.count("<small>LCA606</small>") == 1
    assert "27 more messages; `lca check` tells all of them" in page
    assert "substitute factor (30) · stage neither described nor excluded" in page
    errors = tuple(
        Problem(Location("1.yaml", line, 1), "LCA201", "the key `x` is unknown", "") for line in range(1, 101)
    )
    page = Portfolio([Row(number="1", file="1.yaml", outcome=REFUSED, problems=errors)]).page()
    assert page.count("<small>LCA201</small>") == MOST_MESSAGES == 12
    assert "88 more messages" in page


def test_findings_are_few_and_the_others_are_counted() -> None:
    sentences = tuple(Sentence(f"checklist.answers.a{n}", n, tuple(range(20 * n, 20 * n + 16))) for n in range(15))
    page = Portfolio([row("1", sentences=sentences), row("2", sentences=sentences[:1])]).page()
    assert "3 more; the tables" not in page
    page = Portfolio([row("1", sentences=sentences), row("2", sentences=sentences)]).page()
    assert page.count("3 more; the tables have all of them") == 2
    assert page.count("the justification stands in") == 2 * MOST_MESSAGES


def test_filters_hold_what_some_dossier_lacks_with_the_number_of_dossiers() -> None:
    rows = [row("1", gaps=2), row("2", gaps=1, problems=(warning("LCA607"), warning("LCA607"))), row("3")]
    page = Portfolio(rows).page()
    assert re.findall(r'<option value="([^"]+)">([^<]+)<', page) == [
        ("gaps", "A described part without figure (2)"),
        ("LCA607", "Implausible input (1)"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_may_be_said_has_its_words(language: str) -> None:
    said: dict[str, Any] = dict(words(language)["portfolio"])
    of_the_run = {"LCA967"}  # told on the terminal, of no dossier
    warnings = {code for code, (severity, _) in CODES.items() if severity == "warning"} - of_the_run
    assert warnings | {*KINDS} - {REFERENCE} <= {*said["kinds"]}
    assert {*said["outcomes"]} == {*OUTCOMES, "references"}
    assert {*said["unassessed"]} == {*OUTCOMES} - {ASSESSED}
    assert {*said["findings"]} == {*KINDS}


def test_other_files_and_calls_are_named_up_to_a_number() -> None:
    rows = [row(str(number), call=f"Call {number}") for number in range(1, 9)]
    page = shown(Portfolio(rows, others=tuple(f"part-{number:02}.yaml" for number in range(25))).page())
    assert "Calls: Call 1 · Call 2 · Call 3 · Call 4 · Call 5 and 3 more." in page
    assert "25 files of the folders are no dossiers (no key `descriptor`): part-00.yaml , " in page
    assert "part-19.yaml and 5 more." in page


def test_a_dossier_leads_to_its_own_reports_where_they_are() -> None:
    there = {"1": ("dossiers/1.html", "dossiers/1.pdf")}
    page = Portfolio([row("1"), row("2")]).page(reports=lambda number: there.get(number, ()))
    assert '<a href="dossiers/1.html">report</a> <a href="dossiers/1.pdf">PDF</a>' in page
    assert "1.yaml" not in line_of(page, 0)
    assert "2.yaml" in line_of(page, 1)


def test_the_page_is_made_a_dossier_at_a_time_and_the_same_each_time() -> None:
    portfolio = Portfolio(many(30))
    found = list(portfolio.pieces("fr"))
    assert len(found) == 32
    assert all(piece.count("<tbody") == 1 for piece in found[1:-1])
    assert "".join(found) == portfolio.page("fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_thousand_dossiers_with_faults_are_below_three_megabytes(language: str) -> None:
    assert sum(len(piece.encode()) for piece in Portfolio(many(1000)).pieces(language)) < 3_000_000

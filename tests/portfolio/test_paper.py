"""The short paper for a jury: its length, and what it asks of each dossier first."""

from __future__ import annotations

import datetime
import html
import io
import re

import pytest
from portfolio_by_hand import COUNTED, Portfolio, many, row, warning
from pypdf import PdfReader

from lca.files.pdf import render_pdf
from lca.files.shipped import read_texts
from lca.portfolio.paper import MOST_LISTED
from lca.portfolio.row import REFUSED, Claim, Gain, Row, Sentence
from lca.problems import Location, Problem

ERROR = Problem(Location("1.yaml", 24, 3), "LCA201", "the key `budget` is unknown in goal", "known keys: purpose")
LACKING = Problem(Location("1.yaml", 5, 1), "LCA936", "the stage training is not counted", "")


def cells(page: str) -> list[list[str]]:
    """Return the cells of each dossier's line, spaces as they are typed."""
    table = page.partition('id="all"')[2]
    lines = re.findall(r"<tr><th scope=\"row\">.*?</tr>", table)
    return [
        [html.unescape(re.sub(r"<[^>]+>|[\u00a0\u202f]", "", cell)) for cell in re.split("</t[hd]>", line)[:-1]]
        for line in lines
    ]


def asked(one: Row, *others: Row) -> str:
    """Return what is asked of a dossier first."""
    return cells(Portfolio([one, *others]).paper())[0][-1]


SILENT = {**COUNTED, "storage": "not-assessed", "equipment": "not-assessed"}
CLAIM = Claim("benefit.effects.heat", 12, "town-heating", "less heating", 0.7)
COPY = Sentence("checklist.answers.a", 9, tuple(range(16)))
OPEN = Gain("announced", open=("LCA823", "LCA821"))


def test_what_is_asked_first_is_what_stops_a_dossier_and_then_what_its_call_asks() -> None:
    assert (
        asked(Row(number="1", file="1.yaml", outcome=REFUSED, problems=(ERROR,)))
        == "line 24: the key `budget` is unknown in goal"
    )
    everything = {"gain": OPEN, "stages": SILENT, "unanswered": 3, "problems": (warning("LCA607"), warning("LCA608"))}
    other = row("2", claims=(CLAIM,), sentences=(COPY,))
    first = row("1", lacking=(LACKING,), claims=(CLAIM,), sentences=(COPY,), **everything)
    assert asked(first, other) == "line 5: the stage training is not counted"
    assert asked(row("1", claims=(CLAIM,), sentences=(COPY,), **everything), other).startswith(
        "benefit `town-heating`: what is"
    )
    assert asked(row("1", sentences=(COPY,), **everything), other).startswith(
        "checklist.answers.a: the justification stands in 2 too"
    )


def test_then_what_is_implausible_then_the_net_then_stages_then_answers() -> None:
    warnings = (warning("LCA608"), warning("LCA826"), warning("LCA834", 9))
    assert asked(row("1", gain=OPEN, stages=SILENT, problems=warnings)) == "line 9: range narrower than its evidence"
    assert asked(row("1", gain=OPEN, stages=SILENT, problems=warnings[:2])) == "What is the reference, in figures?"
    assert (
        asked(row("1", stages=SILENT, problems=warnings[:2]))
        == "What do the stages hold that are not described: storage, equipment?"
    )
    assert asked(row("1", unanswered=3, problems=warnings[:2])) == "line 7: benefit known less well than the cost"
    assert asked(row("1", unanswered=3, problems=warnings[:1])) == "3 rows of the checklist unanswered"
    assert asked(row("1", problems=warnings[:1])) == "line 7: substitute factor"
    assert asked(row("1")) == "nothing that the program sees"


def test_a_line_says_how_complete_a_dossier_is_and_how_many_doubts_are_open() -> None:
    one = row("7", file="1.yaml", verdict="to-complete", gaps=2, problems=(warning("LCA607"), warning("LCA607")))
    assert cells(Portfolio([one]).paper()) == [
        [
            "7",
            "to be completed: Project 7",
            "7 of 7 stages counted, 2 parts without figure",
            "2",
            "line 7: implausible input",
        ]
    ]


def test_of_very_many_dossiers_it_says_where_they_are_listed() -> None:
    rows = [row(str(number)) for number in range(MOST_LISTED + 1)]
    assert len(cells(Portfolio(rows[:-1]).paper())) == MOST_LISTED == 400
    page = Portfolio(rows).paper("fr")
    assert cells(page) == []
    assert "La liste des 401 dossiers est dans portfolio.html" in page


@pytest.mark.parametrize("language", ["en", "fr"])
def test_forty_dossiers_take_four_pages_at_most(language: str) -> None:
    page, sheet = Portfolio(many(40), others=("part.yaml",)).paper(language), read_texts().templates["print.css"]
    date = datetime.datetime(2026, 11, 24, tzinfo=datetime.UTC)
    content = render_pdf(page, {}, date, "Dossiers", "lca", sheet)
    pages = PdfReader(io.BytesIO(content)).pages
    assert len(pages) <= 4
    text = "".join(one.extract_text() for one in pages)
    assert all(f"{number:05}" in text for number in range(1, 41))

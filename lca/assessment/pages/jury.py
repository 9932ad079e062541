"""The sheet for a jury: page one's figures, three questions and what the experts say, on one page whatever the dossier holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, zip_longest
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from lca.assessment.arrangement import Arrangement
from lca.assessment.opinions import Opinions
from lca.assessment.pages import answer
from lca.assessment.pages.questions import questions
from lca.assessment.record import Record
from lca.presenting.svg import shortened
from lca.presenting.writer import Writer
from lca.subjects.subject import View

#: Questions on the sheet, lines of a table of savings, and criteria that are marked; of further ones the number is told.
MOST_QUESTIONS, MOST_FLOWS, MOST_MARKS = 3, 4, 6
#: How wide a name may be within a sentence, in a cell of a table, and before a question, in CSS pixels.
IN_SENTENCE, IN_CELL, BEFORE = 300.0, 170.0, 130.0
#: How the sheet begins, and the classes that set it smaller, in turn, where it is more than one page.
_BEGINS, _SMALLER = '<section class="answer jury"', ("small", "smallest")
#: How it ends, and its name, which a page with several sheets has no room for.
_ENDS, _NAMED = "</section>", ' id="result"'


class Asked(Struct, frozen=True):
    """A question to the applicant, and the experts who ask it; `by_program` where the program asks it too."""

    text: str
    experts: tuple[str, ...]
    by_program: bool


def view(assessment: Record, writer: Writer, arranged: Arrangement, opinions: Opinions) -> View:
    """Return what the sheet needs."""
    words, page = writer.words["dossier"]["jury"], answer.view(assessment, writer, IN_SENTENCE)
    asked = chosen(questions(assessment, writer), opinions)
    rows = [row for row in opinions.rows if not (row.of_gain and "gain" in arranged.hidden)]
    marks = opinions.marks[:MOST_MARKS]
    lines = " · ".join(arranged.lines)
    brief = replace(arranged, call=shortened(arranged.call, IN_SENTENCE), lines=(lines,) if lines else ())
    return {
        **page,
        "gain": {**page["gain"], "lines": _few_lines(page["gain"]["lines"], writer)},
        "call": brief.view(writer),
        "asked": [(_askers(one, words), one.text) for one in asked[:MOST_QUESTIONS]],
        "asked_more": _of_whom(asked[MOST_QUESTIONS:], opinions.experts, words),
        "experts": opinions.experts,
        "rows": rows,
        "marks": marks,
        "marks_more": len(opinions.marks) - len(marks),
    }


def set_smaller(page: str) -> Iterator[str]:
    """Yield a page that holds the sheet with it set smaller and smaller; nothing where it holds another."""
    for size in _SMALLER if _BEGINS in page else ():
        yield page.replace(_BEGINS, f'{_BEGINS[:-1]} {size}"', 1)


def section_of(page: str) -> str:
    """Return the sheet out of its page; what a user wrote is escaped, and begins none."""
    begins = page.index(_BEGINS)
    return page[begins : page.rindex(_ENDS) + len(_ENDS)].replace(_NAMED, "", 1)


def chosen(of_program: Iterable[str], opinions: Opinions) -> list[Asked]:
    """Return all questions in the order in which the sheet takes them: the first of each expert, those of the program with the
    gravest first, then what the experts ask besides. One that several ask stands once.
    """
    of_program = list(of_program)
    turns = list(zip_longest(*opinions.questions.values()))
    first, others = chain(*turns[:1]), chain(*turns[1:])
    ordered: dict[str, str] = {}
    for text in filter(None, chain(first, of_program, others)):
        ordered.setdefault(_plain(text), text)
    return [
        Asked(
            text,
            tuple(expert for expert, own in opinions.questions.items() if key in map(_plain, own)),
            key in map(_plain, of_program),
        )
        for key, text in ordered.items()
    ]


def _plain(text: str) -> str:
    """Return a question without what a hand changes that copies it: capitals and kinds of spaces."""
    return " ".join(text.split()).casefold()


def _askers(asked: Asked, words: Any) -> str:
    """Return who asks a question."""
    experts = [shortened(expert, BEFORE) for expert in asked.experts]
    return ", ".join([*experts, *([str(words["program"])] if asked.by_program else [])])


def _of_whom(asked: Iterable[Asked], experts: Iterable[str], words: Any) -> str:
    """Return how many further questions each has; one that several ask counts for each of them."""
    asked = list(asked)
    numbers = [(shortened(expert, BEFORE), sum(expert in one.experts for one in asked)) for expert in experts]
    numbers.append((str(words["program"]), sum(one.by_program for one in asked)))
    return ", ".join(f"{name} {number}" for name, number in numbers if number)


def _few_lines(lines: list[tuple[str, str, str]], writer: Writer) -> list[tuple[str, str, str]]:
    """Return the first lines of a table of savings with names of a width that fits, and one that counts the others."""
    found = [(shortened(name, IN_CELL), own, remains) for name, own, remains in lines[:MOST_FLOWS]]
    more = len(lines) - len(found)
    return [*found, *([(writer.counted(more, writer.words["dossier"]["jury"]["flows_more"]), "", "")] if more else [])]

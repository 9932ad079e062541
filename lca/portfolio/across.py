"""What only shows when dossiers are seen side by side: totals, benefits claimed twice, copied reasons, numbers far from the others.

Nothing here ranks: each finding is a question to the applicants, with its places. The tables lie in a file of their own, so that
memory does not grow with the number of dossiers.
"""

from __future__ import annotations

import itertools
import math
import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from operator import itemgetter
from typing import Self

import numpy as np
from msgspec import Struct, msgpack

from lca.portfolio.row import ASSESSED, Figure, Row
from lca.portfolio.rows import TOTALLED
from lca.portfolio.said import MARKS
from lca.quantities.uncertainty import Array, interval95
from lca.subjects.benefit.shares import NEAR

#: The kinds of findings: a justification that stands in another dossier too, a benefit that others claim too, shares of one that
#: add up to more than it, a number far from those of the others, and a descriptor that is the reference of another dossier.
COPIED, CLAIMED, OVERCLAIMED, FAR, REFERENCE = KINDS = ("copied", "claimed", "overclaimed", "far", "reference")

#: Numbers of fewer dossiers have no usual range.
FEWEST_DOSSIERS = 20
#: A number is far where its logarithm lies so many robust deviations from the median.
#: Source: Iglewicz and Hoaglin, "How to Detect and Handle Outliers", 1993, which proposes 3.5 for 0.6745 |x - median| / MAD.
FAR_FROM_MEDIAN, OF_A_DEVIATION = 3.5, 0.6745
#: What most state alike has hardly a deviation: a number must also be so many times the median, or so small a part of it.
TIMES_THE_MEDIAN = 3.0
#: Two justifications are alike when they have so many of their pieces in common.
ALIKE = 0.6
#: So many others are named; the rest are counted.
MOST_NAMED = 5

_TABLES = """
create table inputs (key text, number integer, path text, line integer, value real, text text);
create table claims (benefit text, number integer, path text, line integer, effect text, share real,
                     marks blob, has_id integer);
create table texts (id integer primary key, marks blob unique);
create table marks (mark integer, text integer);
create table alike (text integer, first integer);
create table sentences (id integer primary key, number integer, path text, line integer, text integer);
create table found (number integer, finding blob);
"""
_CLAIMS_ON = """
select number, path, line, effect, share, marks, has_id from claims where benefit = ? order by number, line
"""
#: Each text beside the first texts that have one of its marks.
_NEAR = """
select text.id, text.marks, near.id, near.marks
from (select distinct marks.text as text, first.text as first from marks
      join (select mark, min(text) as text from marks group by mark) as first on first.mark = marks.mark
      where first.text < marks.text) as pair
join texts as text on text.id = pair.text join texts as near on near.id = pair.first
"""
#: What is copied to the letter is like itself, where it is like no earlier text.
_TO_THE_LETTER = """
insert into alike select text, text from sentences where text not in (select text from alike)
group by text having count(*) > 1
"""
_COPIES = """
select first.id, first.number, first.path, first.line, copy.number, copy.path, copy.line
from alike join (select text, min(id) as id from sentences group by text) as earliest on earliest.text = alike.first
join sentences as first on first.id = earliest.id join sentences as copy on copy.text = alike.text
where first.id < copy.id and first.number != copy.number order by first.id, copy.id
"""


class Finding(Struct, frozen=True):
    """Something that shows beside other dossiers: where, what stands there, and the numbers of the others.

    `more` counts others that are not named; `ratio` is that to the median of `of` dossiers, or what shares add up to.
    """

    kind: str
    path: str = ""
    line: int = 0
    text: str = ""
    others: tuple[str, ...] = ()
    more: int = 0
    ratio: float = 0.0
    of: int = 0


class Total(Struct, frozen=True):
    """The sum of a figure over `of` dossiers; without bounds where `open` of them rest on something without a range.

    `at_least` counts those that leave something out.
    """

    figure: Figure
    of: int
    at_least: int
    open: int


#: A claim of a table, without the benefit: its dossier, path, line, effect, share, marks, and whether it is by an `id`.
_Told = tuple[int, str, int, str, float | None, bytes, int]


class Across:
    """Dossiers seen side by side: each is added once, in the order of the numbers; then `compare` finds what shows."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None)  # a file without a name, gone with the program
        self._base.execute("pragma cache_size = -64000")
        self._base.executescript(_TABLES)
        self._base.execute("begin")
        self._numbers: list[str] = []
        self._sums: dict[str, Array] = {name: np.zeros(1) for name in TOTALLED}
        self._counts: dict[str, list[int]] = {name: [0, 0, 0] for name in TOTALLED}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()

    def add(self, row: Row, named_by: str = "") -> None:
        """Add a dossier; one that is the reference of another one, `named_by`, is compared with none and counts in no total."""
        place = len(self._numbers)
        self._numbers.append(row.number)
        if named_by:
            self._found(place, Finding(REFERENCE, others=(named_by,)))
            return
        if row.outcome == ASSESSED:
            self._add_up(row)
        self._base.executemany(
            "insert into inputs values (?, ?, ?, ?, ?, ?)",
            ((one.key, place, one.path, one.line, one.value, one.text) for one in row.inputs if one.value > 0),
        )
        self._base.executemany("insert into claims values (?, ?, ?, ?, ?, ?, ?, ?)", _claimed(row, place))
        self._base.executemany(
            "insert into sentences values (null, ?, ?, ?, ?)",
            ((place, one.path, one.line, self._text(one.marks)) for one in row.sentences),
        )

    def _text(self, marks: tuple[int, ...]) -> int:
        """Return the number of a text by its marks: what is copied to the letter is held once."""
        content = msgpack.encode(marks)
        for (there,) in self._base.execute("select id from texts where marks = ?", (content,)):
            return int(there)
        added = self._base.execute("insert into texts values (null, ?)", (content,)).lastrowid
        self._base.executemany("insert into marks values (?, ?)", ((mark, added) for mark in marks))
        assert added is not None
        return added

    def _add_up(self, row: Row) -> None:
        for name, counts in self._counts.items():
            drawn = row.drawn(name)
            if drawn is not None:
                self._sums[name] = self._sums[name] + drawn
                counts[0] += 1
                counts[1] += row.at_least
                counts[2] += row.figures[name].low is None

    def totals(self) -> dict[str, Total]:
        """Return the sum of each figure that some dossier has."""
        found = {}
        for name, (of, at_least, without_range) in self._counts.items():
            drawn = self._sums[name]
            low, _, high = interval95(drawn) if len(drawn) > 1 else (drawn[0],) * 3
            bounds = (None, None) if without_range else (float(low), float(high))
            if of:
                found[name] = Total(Figure(float(drawn[0]), TOTALLED[name], *bounds), of, at_least, without_range)
        return found

    def compare(self) -> None:
        """Find what shows side by side."""
        self._base.execute("create index of_mark on marks (mark, text)")
        self._base.execute("create index of_benefit on claims (benefit)")
        self._base.execute("create index of_key on inputs (key)")
        self._far()
        self._claims()
        self._copies()
        self._base.execute("create index of_number on found (number)")

    def of(self, place: int) -> tuple[Finding, ...]:
        """Return what was found of the dossier that was added at a place, from 0 on."""
        rows = self._base.execute("select finding from found where number = ? order by rowid", (place,))
        return tuple(msgpack.decode(finding, type=Finding) for (finding,) in rows)

    def _found(self, place: int, finding: Finding) -> None:
        self._base.execute("insert into found values (?, ?)", (place, msgpack.encode(finding)))

    def _far(self) -> None:
        """Find numbers that lie far from those that the other dossiers state under the same key."""
        asked = "select key, count(distinct number) as n from inputs group by key having n >= ? order by key"
        for key, of in self._base.execute(asked, (FEWEST_DOSSIERS,)).fetchall():
            rows = "select number, path, line, text, value from inputs where key = ? order by number, line, path"
            stated = self._base.execute(rows, (key,)).fetchall()
            values = np.array([value for *_, value in stated])
            if values.max() <= 1:  # shares, of which none lies outside
                continue
            logarithms = np.log(values)
            middle = float(np.median(logarithms))
            off = np.abs(logarithms - middle)
            deviation, median = float(np.median(off)), math.exp(middle)
            far = (OF_A_DEVIATION * off > FAR_FROM_MEDIAN * deviation) & (off > math.log(TIMES_THE_MEDIAN))
            for index in np.flatnonzero(far) if deviation else ():
                place, path, line, text, value = stated[index]
                self._found(place, Finding(FAR, path, line, text, ratio=value / median, of=of))

    def _claims(self) -> None:
        """Find benefits that several dossiers claim: by their `id`, or by an organisation and what the effect is."""
        asked = "select benefit from claims group by benefit having count(distinct number) > 1 order by has_id desc, benefit"
        told: set[tuple[int, str]] = set()
        for (benefit,) in self._base.execute(asked).fetchall():
            found = self._base.execute(_CLAIMS_ON, (benefit,)).fetchall()
            by_id, whole = bool(found[0][-1]), sum(1.0 if share is None else share for *_, share, _, _ in found)
            found = found if by_id else _alike(found)
            if by_id and whole <= 1 + NEAR:
                told |= {(place, path) for place, path, *_ in found}  # who shares one benefit so has said all
                continue
            places = list(dict.fromkeys(place for place, *_ in found))
            for place, path, line, effect, *_ in found:
                if (place, path) not in told:
                    told.add((place, path))
                    others, more = self._named(places, place)
                    kind = OVERCLAIMED if by_id else CLAIMED
                    text = benefit if by_id else effect
                    self._found(place, Finding(kind, path, line, text, others, more, whole if by_id else 0.0))

    def _copies(self) -> None:
        """Find justifications that are alike in several dossiers; which was first nobody knows, so each is told of the others."""
        self._base.executemany("insert into alike values (?, ?)", self._alike())
        self._base.execute(_TO_THE_LETTER)
        found = self._base.execute(_COPIES).fetchall()
        for _, group in itertools.groupby(found, key=itemgetter(0)):
            pairs = list(group)
            members = [pairs[0][1:4], *(pair[4:] for pair in pairs)]
            places = list(dict.fromkeys(place for place, *_ in members))
            for place, path, line in members:
                others, more = self._named(places, place)
                self._found(place, Finding(COPIED, path, line, others=others, more=more))

    def _alike(self) -> Iterator[tuple[int, int]]:
        """Yield each text with an earlier one that it is like."""
        for text, own, first, marks in self._base.execute(_NEAR):
            if resemblance(msgpack.decode(own), msgpack.decode(marks)) >= ALIKE:
                yield text, first

    def _named(self, places: list[int], but: int) -> tuple[tuple[str, ...], int]:
        """Return the numbers of some dossiers but one, and how many more there are than are named."""
        others = [self._numbers[place] for place in places if place != but]
        return tuple(others[:MOST_NAMED]), max(len(others) - MOST_NAMED, 0)


def resemblance(first: list[int], second: list[int]) -> float:
    """Return the share of pieces that two texts have in common, as their least hashes tell it."""
    least = sorted({*first, *second})[:MARKS]
    return len({*first} & {*second} & {*least}) / len(least)


def _alike(claims: list[_Told]) -> list[_Told]:
    """Return the claims that are described as one of another dossier is, or that somebody does not describe."""
    marks = [msgpack.decode(claim[-2]) for claim in claims]

    def is_told_again(one: int) -> bool:
        others = (other for other, claim in enumerate(claims) if claim[0] != claims[one][0])
        return any(not (marks[one] and marks[o]) or resemblance(marks[one], marks[o]) >= ALIKE / 2 for o in others)

    return [claim for place, claim in enumerate(claims) if is_told_again(place)]


def _claimed(row: Row, place: int) -> Iterator[tuple[str, int, str, int, str, float | None, bytes, bool]]:
    """Yield each claim by the `id` of its benefit, and by each organisation and what the effect is."""
    organisations = {_plain(name) for name in (row.applicant, *row.partners) if _plain(name)}
    for claim in row.claims:
        told = (place, claim.path, claim.line, claim.effect, claim.share, msgpack.encode(claim.marks))
        if claim.id:
            yield claim.id, *told, True
        for name in sorted(organisations):
            yield f"{name}\n{_plain(claim.effect)}", *told, False


def _plain(text: str) -> str:
    """Return a name without case, accents and signs, as two people may write it."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"\w+", "".join(sign for sign in bare if not unicodedata.combining(sign))))

"""What a user's mistake is: a place, a code, a sentence and a hint; mistakes are values, never exceptions."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping

from msgspec import Struct


class Location(Struct, frozen=True, order=True):
    """A place in a text that a user wrote; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    @property
    def name(self) -> str:
        """The file's name without the folders that it was typed with, which are nobody else's business."""
        return re.split(r"[/\\]", self.file)[-1]

    @property
    def in_report(self) -> str:
        """The place as a report prints it, which travels; empty where no user wrote it."""
        return f"{self.name}:{self.line}:{self.column}" if self.file != "-" else ""


#: Every code that a problem may carry: severity and what it means; subjects add their own, see `register`.
CODES: dict[str, tuple[str, str]] = {
    "LCA101": ("error", "the file cannot be read"),
    "LCA102": ("error", "the file is larger than a descriptor may be"),
    "LCA103": ("error", "the file is not UTF-8 text"),
    "LCA104": ("error", "the text is not YAML"),
    "LCA105": ("error", "the file is empty or not a map of keys"),
    "LCA106": ("error", "an alias or an anchor is used"),
    "LCA107": ("error", "the text is nested too deeply"),
    "LCA108": ("error", "a key stands twice in one map"),
    "LCA109": ("error", "a key is not a plain text"),
    "LCA110": ("error", "a text holds an invisible control character"),
    "LCA201": ("error", "a key is unknown"),
    "LCA202": ("error", "a required key is missing"),
    "LCA203": ("error", "a value has the wrong type"),
    "LCA204": ("error", "a value is not one of those allowed"),
    "LCA205": ("error", "a value does not fit the form that its key asks for"),
    "LCA301": ("error", "a quantity cannot be read"),
    "LCA302": ("error", "a unit or counted noun is unknown"),
    "LCA303": ("error", "a quantity has the wrong dimension"),
    "LCA304": ("error", "a quantity lies outside its allowed range"),
    "LCA305": ("error", "an uncertainty is not well formed"),
    "LCA401": ("error", "a name refers to nothing"),
    "LCA402": ("error", "keys that exclude or need each other are combined wrongly"),
    "LCA404": ("error", "two counted nouns do not match"),
    "LCA405": ("error", "a period or a date is impossible"),
    "LCA406": ("error", "a file that the descriptor names cannot be read"),
    "LCA407": ("error", "a file that the descriptor names lies outside its folder, or is no plain file"),
    "LCA408": ("error", "a file that the descriptor names is too large"),
    "LCA415": ("error", "a file that the descriptor names is empty"),
    "LCA416": ("error", "a file that the descriptor names is of no kind that a report can carry"),
    "LCA417": ("error", "a theme holds what a report cannot take"),
    "LCA418": ("error", "a plug-in cannot be found, loaded or used"),
    "LCA424": ("error", "a part changes what another file of the descriptor states"),
    "LCA425": ("error", "a partner's file changed after its hash was written"),
    "LCA427": ("error", "a restricted value was taken out of the descriptor, which is that of a public copy"),
    "LCA428": ("error", "what is asked for would publish restricted values"),
    "LCA619": ("warning", "a restricted value is written elsewhere in the descriptor too"),
    "LCA505": ("error", "an own factor is not well formed"),
    "LCA506": ("error", "the pinned catalogue is not the one installed"),
    "LCA507": ("error", "a set of factors is unknown"),
    "LCA604": ("warning", "a factor or a legal text is past its review date"),
    "LCA607": ("warning", "a figure is not plausible"),
    "LCA612": ("warning", "something is described and nothing uses it"),
    "LCA613": ("warning", "something in a log was left out, or read with an assumption"),
    "LCA614": ("warning", "a text or a value of the template still stands where the project's own belongs"),
    "LCA701": ("error", "an output cannot be written"),
    "LCA702": ("error", "the PDF renderer lacks a system library"),
    "LCA703": ("error", "more would be drawn than a computer has time and memory for"),
    "LCA901": ("error", "a scenario changes what all scenarios share"),
    "LCA902": ("error", "a scenario changes nothing"),
    "LCA903": ("error", "a scenario names something that the descriptor does not have"),
    "LCA904": ("error", "something hypothetical stands outside a scenario"),
    "LCA905": ("warning", "a scenario changes no figure"),
    "LCA906": ("error", "there is nothing that a sweep could vary"),
    "LCA921": ("error", "a report cannot be checked: it is no PDF or HTML page that can be read"),
    "LCA922": (
        "error",
        "a report cannot be checked: it is not of this program, or does not carry what it was made from",
    ),
    "LCA923": ("error", "a report cannot be checked: what it carries is larger than a report may be"),
    "LCA931": ("error", "the profile of a call contradicts itself"),
    "LCA932": ("error", "a study takes other factors, or another text of the law, than its call prescribes"),
    "LCA933": ("warning", "another profile of a call is taken than the one that the descriptor names"),
    "LCA934": ("warning", "a report is longer than its call allows"),
    "LCA935": ("error", "a report is longer than its call admits"),
    "LCA936": ("error", "a dossier does not keep to a rule of its call (only with `lca check --call`)"),
    "LCA951": ("error", "an expert's review names what the dossier does not have, or what is no value"),
    "LCA952": ("warning", "an expert's review is of another version of the dossier"),
    "LCA953": ("error", "an expert's review contradicts itself, or two go by one name"),
    "LCA961": ("error", "a list of dossiers is not well formed, or names none"),
    "LCA962": ("error", "two dossiers of a portfolio have one number"),
    "LCA963": ("error", "the program itself failed on a dossier of a portfolio"),
    "LCA964": ("error", "a dossier of a portfolio took longer than its time limit"),
    "LCA965": ("error", "the process that worked on a dossier of a portfolio ended early"),
    "LCA966": ("error", "the cluster that is to assess a portfolio does no work"),
    "LCA967": ("error", "a review is of no dossier of the portfolio"),
    "LCA954": ("error", "a sheet for a jury is asked for with the review of another version of the dossier"),
}

#: What is longer is no slip of the pen; comparing it with every known word would take long.
LONGEST_WORD = 200

#: Nobody reads more at once; hints on further problems are not looked for.
MOST_PROBLEMS = 100

#: Warnings that fail a strict check: what is not the project's yet, and claims and answers that a reviewer would refuse.
STRICT = {"LCA614"}


def register(codes: Mapping[str, tuple[str, str]], strict: Iterable[str] = ()) -> None:
    """Add the codes of a subject, with the severity and the meaning of each; those of `strict` fail a strict check.

    Raises:
        ValueError: a code has another meaning already.
    """
    for code, meaning in codes.items():
        if CODES.setdefault(code, meaning) != meaning:
            raise ValueError(f"the code {code} is taken")
    STRICT.update(strict)


#: What would break the line that a problem is printed on, and a quoted text that is longer than a reader needs.
_BREAKS, _LONG = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029]"), re.compile("`([^`]{60})[^`]{20,}`")


class Problem(Struct, frozen=True):
    """One thing that is wrong or doubtful in what a user wrote.

    `code` is one of `CODES`, which also gives the severity.
    """

    location: Location
    code: str
    message: str
    hint: str = ""

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"unknown problem code {self.code}")

    @property
    def severity(self) -> str:
        """`error` or `warning`."""
        return CODES[self.code][0]

    def __str__(self) -> str:
        return self.on_one_line()

    def on_one_line(self, of_a_warning: str = "warning: ", before_hint: str = "; ") -> str:
        """Return it as one line, with what marks a warning and what sets the hint apart in the language that it is in."""
        hint = f"{before_hint}{self.hint}" if self.hint else ""
        mark = "" if self.severity == "error" else of_a_warning
        message = _LONG.sub(r"`\1...`", self.message)
        return _BREAKS.sub(" ", f"{self.location}: {self.code} {mark}{message}{hint}")


class ProblemsFound(Exception):
    """Carries all the errors of an input from the place that found them to the shell, which prints them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=lambda p: (p.location, p.code, p.message)))
        told, more = first_of(self.problems)
        super().__init__("\n".join([*map(str, told), *([f"and {more} more"] if more else [])]))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint that names the known words closest to `word`, or an empty text when none is close.

    A word that is suggested has the digits of `word`, and differs by slips of the pen only: none in three letters, one in six,
    two in nine (see `_slips`). A word with a number may lack parts: `RTX 4090` is found in `NVIDIA GeForce RTX 4090`.
    """
    if len(word) > LONGEST_WORD:
        return ""
    folded = _folded(word)
    number, parts = _number(folded), set(folded.split())
    near: dict[int, list[str]] = {}
    for other, original in _index(tuple(known)).get(number, {}).items():
        allowed = _slips(max(len(folded), len(other)))
        found = distance(folded, other, allowed) if abs(len(folded) - len(other)) <= allowed else None
        if found is None and len(folded) >= _SHORTEST_PART and number and parts <= set(other.split()):
            found = _IN_PARTS
        if found is not None:
            near.setdefault(found, []).append(original)
    if not near:
        return ""
    return f"did you mean {' or '.join(f'`{original}`' for original in near[min(near)][:3])}?"


#: Shorter words are parts of too many others; a word that lacks parts comes after every slip of the pen.
_SHORTEST_PART, _IN_PARTS = 4, 10


def _slips(length: int) -> int:
    """Return how many slips of the pen a word of some length may hold before it is another word."""
    return 0 if length < 4 else 1 if length < 8 else 2 if length < 12 else 3


#: A number, with the one letter before it that tells models apart: `A100` is no `B100`.
_NUMBER = re.compile(r"(?:(?<![^\W\d_])[^\W\d_])?\d+")


def _number(folded: str) -> str:
    return "".join(_NUMBER.findall(folded))


def _folded(word: str) -> str:
    """Return a word without capitals and accents, its parts set apart by one space."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return re.sub(r"[\s_-]+", " ", "".join(c for c in plain if not unicodedata.combining(c))).strip()


@functools.lru_cache(maxsize=32)
def _index(known: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """Return known words by the numbers in them, each as it is written by how it is folded."""
    found: dict[str, dict[str, str]] = {}
    for word in known:
        folded = _folded(word)
        found.setdefault(_number(folded), {}).setdefault(folded, word)
    return found


def distance(one: str, other: str, most: int) -> int | None:
    """Return how many slips turn one word into another, None where there are more than `most`.

    A slip is a letter too many, too few, or two neighbours that changed places; another letter in the place of one is a slip
    in words of five letters and more (`Nice` is not `Niue`).
    """
    if one == other:
        return 0
    if abs(len(one) - len(other)) > most or len(set(one) ^ set(other)) > 2 * most:
        return None
    replaced = 1 if min(len(one), len(other)) > 4 else 2
    earlier: list[int] = []
    before = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, opposite in enumerate(other, start=1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (0 if letter == opposite else replaced))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == opposite:
                least = min(least, earlier[j - 2] + 1)
            row.append(least)
        if min(row) > most:
            return None
        earlier, before = before, row
    return before[-1] if before[-1] <= most else None


def listed(known: Iterable[str], where: str = "", most: int = 12) -> str:
    """Return known words as one text: all of them, or the first with the number of the others and where these are listed."""
    words = list(known)
    if len(words) <= most + 1:  # "and 1 more" would take the place of the one
        return ", ".join(words)
    return f"{', '.join(words[:most])} and {len(words) - most} more{f': `{where}`' if where else ''}"


def first_of(problems: Iterable[Problem], most: int = MOST_PROBLEMS) -> tuple[list[Problem], int]:
    """Return the problems that are told, in their order, and how many more there are; errors before warnings."""
    found = list(problems)
    if len(found) <= most:
        return found, 0
    kept = sorted(range(len(found)), key=lambda index: (found[index].severity != "error", index))[:most]
    return [found[index] for index in sorted(kept)], len(found) - most

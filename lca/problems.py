"""What a user's mistake is: a place, a code, a sentence and a hint; mistakes are values, never exceptions."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping

from msgspec import Struct


class Location(Struct, frozen=True, order=True):
    """A place in a text that a user wrote; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


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
    "LCA505": ("error", "an own factor is not well formed"),
    "LCA506": ("error", "the pinned catalogue is not the one installed"),
    "LCA507": ("error", "a set of factors is unknown"),
    "LCA604": ("warning", "a factor or a legal text is past its review date"),
    "LCA607": ("warning", "a figure is not plausible"),
    "LCA612": ("warning", "something is described and nothing uses it"),
    "LCA701": ("error", "an output cannot be written"),
    "LCA702": ("error", "the PDF renderer lacks a system library"),
    "LCA703": ("error", "more would be drawn than a computer has time and memory for"),
    "LCA901": ("error", "a scenario changes what all scenarios share"),
    "LCA902": ("error", "a scenario changes nothing"),
    "LCA903": ("error", "a scenario names something that the descriptor does not have"),
    "LCA904": ("error", "something hypothetical stands outside a scenario"),
    "LCA905": ("warning", "a scenario changes no figure"),
    "LCA906": ("error", "there is nothing that a sweep could vary"),
}

#: What is longer is no slip of the pen; comparing it with every known word would take long.
LONGEST_WORD = 200

#: Warnings that fail a strict check: claims and answers that a reviewer would refuse.
STRICT: set[str] = set()


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
        hint = f"; {self.hint}" if self.hint else ""
        mark = "" if self.severity == "error" else "warning: "
        message = _LONG.sub(r"`\1...`", self.message)
        return _BREAKS.sub(" ", f"{self.location}: {self.code} {mark}{message}{hint}")


class ProblemsFound(Exception):
    """Carries all the errors of an input from the place that found them to the shell, which prints them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=lambda p: (p.location, p.code, p.message)))
        super().__init__("\n".join(map(str, self.problems)))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint that names the known words closest to `word`, or an empty text when none is close."""
    if len(word) > LONGEST_WORD:
        return ""
    originals = {k.casefold(): k for k in known}
    close = difflib.get_close_matches(word.casefold(), originals, n=3, cutoff=0.6)
    return f"did you mean {' or '.join(f'`{originals[c]}`' for c in close)}?" if close else ""

"""What the program says of a user's mistakes, in the reader's language: sentences matched against templates, holes carried over."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from lca.problems import Problem

#: A hole of a template, such as `{path}`.
_HOLE = re.compile(r"\{(\w+)\}")

#: A number with the signs of English, alone or with a unit.
_NUMBER = re.compile(r"([-−]?\d[\d,]*(?:\.\d+)?)(%?)((?:[ \u00a0]\S+){0,2})")

#: A number in a text that English sets apart: no version, date or place in a file.
_SET_APART = re.compile(r"(?<![\w.,:/-])\d+(?:,\d{3})*(?:\.\d+)?(?=[ \u00a0)%]|$)")

#: A hole whose name begins so holds a sentence, or a part of one, that must be known too, else the template does not fit.
_SENTENCE, _PART = "sentence", "part"

#: A hole whose name begins so is carried over as it is, though it may look like a number.
_VERSION = "version"

#: Sentences in holes of sentences are looked for so far down: a scenario's, with a path, of two parts, with a list.
_DEEPEST = 5

#: So many sentences are remembered with what they are in the language: dossiers of one call have most of theirs in common.
REMEMBERED = 10_000

#: What stands on both sides of a user's own words, in no language.
_QUOTES = {"`": "`", '"': '"', "“": "”"}


class Template(Struct, frozen=True):
    """A sentence with holes: the texts around them, one more than there are holes, and the sentence to fill in its place."""

    texts: tuple[str, ...]
    holes: tuple[str, ...]
    own: str

    def found_in(self, said: str) -> tuple[str, ...] | None:
        """Return what stands in the holes, None where another sentence is said.

        A hole ends where the next text first stands: that takes one pass over what is said, however long it is.
        """
        first, last = self.texts[0], self.texts[-1]
        place, end = len(first), len(said) - len(last)
        if place > end or not said.startswith(first) or not said.endswith(last):
            return None
        held: list[str] = []
        for text in self.texts[1:-1]:
            found = said.find(text, place, end)
            if found < 0:
                return None
            held.append(said[place:found])
            place = found + len(text)
        return (*held, said[place:end])

    def is_quoted(self, hole: int) -> bool:
        """Say whether the words in a hole are a user's own."""
        before, after = self.texts[hole][-1:], self.texts[hole + 1][:1]
        return before in _QUOTES and _QUOTES[before] == after


class _Known:
    """Sentences, or parts of sentences, by their English templates."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.whole: dict[str, str] = {}
        templates: list[Template] = []
        for english, own in pairs:
            texts = _HOLE.split(english)
            if len(texts) == 1:
                self.whole[english] = own
            else:
                templates.append(Template(tuple(texts[::2]), tuple(texts[1::2]), own))
        starts = {template.texts[0][:1] for template in templates}
        self._likely = {start: [t for t in templates if t.texts[0][:1] in ("", start)] for start in starts | {""}}

    def that_may_fit(self, said: str) -> list[Template]:
        """Return the templates that begin with the same letter, or with a hole."""
        return self._likely.get(said[:1], self._likely[""])


class Messages:
    """The sentences of a language; what none of its templates fits is said as it is."""

    def __init__(
        self,
        sentences: Mapping[str, str],
        parts: Mapping[str, str],
        labels: Mapping[str, str],
        typeset: Callable[[str], str],
        signs: Mapping[str, str],
    ) -> None:
        """Take the sentences by their English templates.

        Args:
            sentences: each template of the language by the English one.
            parts: the same of what stands only in the holes of others, such as a list.
            labels: the same of what figures are called, and of where they come from.
            typeset: gives a text the spaces of the language.
            signs: what sets thousands apart in a number, `group`, and what its decimals, `decimal`; read with the first number.
        """
        self._typeset = typeset
        self._given = signs
        self._remembered = functools.lru_cache(REMEMBERED)(self._found)
        self._sentences = _Known((english, typeset(own)) for english, own in sentences.items())
        self._parts = _Known((english, typeset(own)) for english, own in parts.items())
        self._labels = _Known((english, typeset(own)) for english, own in labels.items())

    @functools.cached_property
    def _signs(self) -> dict[int, str]:
        """The signs of English by those of the language."""
        return str.maketrans({",": self._given["group"], ".": self._given["decimal"]})

    def told(self, said: str) -> str:
        """Return a sentence in the language, as it is where no template fits."""
        found = self.find(said)
        return said if found is None else found

    def find(self, said: str) -> str | None:
        """Return a sentence in the language, None where no template fits."""
        return self._remembered(said)

    def _found(self, said: str) -> str | None:
        found = self._find(said, self._sentences)
        return None if found is None else found[1]

    def label(self, said: str) -> str:
        """Return what a figure is called, or where it comes from, in the language; its numbers where it is not known."""
        found = self._find(said, self._labels)
        return self._numbers(said) if found is None else found[1]

    def of(self, problem: Problem) -> Problem:
        """Return a problem with its sentence and its hint in the language."""
        return replace(problem, message=self.told(problem.message), hint=self.told(problem.hint))

    def _find(self, said: str, known: _Known, depth: int = 0) -> tuple[int, str] | None:
        """Return what is said in the language with the number of letters that its templates give, the most of all that fit."""
        if said in known.whole:
            return len(said), known.whole[said]
        if depth > _DEEPEST:
            return None
        fitting = ((one, held) for one in known.that_may_fit(said) if (held := one.found_in(said)) is not None)
        found = [filled for one, held in fitting if (filled := self._filled(one, held, known, depth)) is not None]
        return max(found, key=lambda filled: filled[0], default=None)

    def _known_in(self, hole: str, known: _Known) -> _Known:
        """Return what is looked for in a hole: labels in labels, else a sentence where its name says so, or a part of one."""
        if known is self._labels:
            return known
        return self._sentences if hole.startswith(_SENTENCE) else self._parts

    def _filled(self, template: Template, held: tuple[str, ...], known: _Known, depth: int) -> tuple[int, str] | None:
        """Return a template with its holes filled, None where one of them must be known and is not."""
        letters, own = sum(map(len, template.texts)), dict[str, str]()
        for index, (hole, inner) in enumerate(zip(template.holes, held, strict=True)):
            if template.is_quoted(index) or hole.startswith(_VERSION):
                own[hole] = inner
                continue
            found = self._find(inner, self._known_in(hole, known), depth + 1)
            if found is None and hole.startswith((_SENTENCE, _PART)):
                return None
            more, own[hole] = found or (0, self._number(inner))
            letters += more
        return letters, _HOLE.sub(lambda match: own.get(match[1], match[0]), template.own)

    def _numbers(self, said: str) -> str:
        """Return a text with each number in it that has decimals or thousands as the language writes it."""
        return _SET_APART.sub(lambda match: match[0].translate(self._signs), said)

    def _number(self, said: str) -> str:
        """Return a number with the signs of the language; any other text as it is."""
        match = _NUMBER.fullmatch(said)
        if match is None:
            return said
        number, percent, unit = match.groups()
        return self._typeset(f"{number.translate(self._signs)}{percent and f' {percent}'}{unit}")

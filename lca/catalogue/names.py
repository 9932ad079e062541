"""Names of processors as machines print them and people write them: what a name is matched by, and which model it names.

A name is folded to a core (`a100`, `epyc7763`, `rtx3050ti`), a form (`sxm4`, `pcie`, `nvl`), a memory in gigabytes and whether it
is of a laptop. The cores must be equal, letter by letter and digit by digit; what else both names state must agree. Several models
that agree are asked about, never chosen from.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from lca.problems import did_you_mean, distance

#: How a name relates to a model: it is the model's, that of a near one, that of several, or of none.
Kind = Literal["exact", "proxy", "ambiguous", "none"]


class NameMatch(Struct, frozen=True):
    """What a name was found to be.

    `identifier` is that of the model, empty unless the match is exact or a proxy; `candidates` those of the models that an
    ambiguous name may mean; `note` what is known of the name.
    """

    kind: Kind
    identifier: str = ""
    candidates: tuple[str, ...] = ()
    note: str = ""


class PrintedName(Struct, frozen=True):
    """A name that was seen in print: the model that it names, with its label, and what is to be known of it."""

    name: str
    kind: Kind
    identifier: str
    label: str
    note: str = ""


class Folded(Struct, frozen=True):
    """What a name is matched by; `memory` is in gigabytes, 0 where the name states none."""

    core: str
    form: str = ""
    memory: int = 0
    laptop: bool = False


_COUNT = re.compile(r"^\s*\d+\s*x\s+")
_MARKS = re.compile(r"\((?:r|tm|c)\)|[®™©]|advanced micro devices,?")
_TAIL = re.compile(r"\s*(?:@.*|\(?\b(?:\d+|dual|quad|six|eight) cores?\b.*|\bwith radeon\b.*|\bw radeon\b.*)$")
_GENERATION = re.compile(r"^\s*\d+th gen\b")
_MEMORY = re.compile(r"(?<![a-z0-9.])(\d{1,3}) ?g(?:i?b)?(?![a-z0-9])")
_FORM = re.compile(r"\b(sxm\d?|pcie?|pci e|nvl\d*|oam|mezzanine)\b")
_LAPTOP = re.compile(r"\b(?:laptop|mobile|notebook)(?: gpu)?\b")
#: The letter O beside a digit, which is a nought: `A10O`, `RTX 4O90`.
_NOUGHT = re.compile(r"(?<=\d)o+|o+(?=\d)", re.IGNORECASE)
#: Shorter words are too like each other for one to be a slip of the pen of another.
_SHORTEST_MISSPELLED = 4
#: Words that no two models are told apart by.
_IDLE = frozenset(
    {
        *("nvidia", "amd", "ati", "intel", "google", "corporation", "corp", "inc", "the"),
        *("gpu", "cpu", "processor", "graphics", "generation", "series", "accelerator", "card"),
    }
)
#: Names of lines that people leave out or add; `quadro` may be left out, but who adds it means another model.
_LINES = frozenset({"geforce", "tesla", "radeon", "instinct"})


def fold(name: str) -> Folded:
    """Return what a name is matched by: marks, counts, clock rates, vendor words, case, spaces and hyphens make no difference."""
    text = re.sub(r"[-_/,:\s]+", " ", _MARKS.sub(" ", _COUNT.sub("", name.casefold())))
    text = _GENERATION.sub("", _TAIL.sub("", text))
    laptop = bool(_LAPTOP.search(text))
    text = _LAPTOP.sub(" ", text)
    memory = _MEMORY.search(text)
    text = _MEMORY.sub(" ", text, count=1)
    form = _FORM.search(text)
    text = _FORM.sub(" ", text, count=1)
    words = [word for word in re.findall(r"[^\W_]+\+?", text) if word not in _IDLE]
    return Folded(
        core="".join(words),
        form=_form(form[1]) if form else "",
        memory=int(memory[1]) if memory else 0,
        laptop=laptop,
    )


def _form(text: str) -> str:
    return {"pci": "pcie", "pci e": "pcie", "mezzanine": "oam"}.get(text, text)


def _without(name: str, words: Collection[str]) -> str:
    return " ".join(word for word in re.split(r"[\s_-]+", name) if word.casefold() not in words)


def _literal(name: str) -> str:
    return _COUNT.sub("", name.casefold()).strip()


class _Model:
    """What is known of a model by all of its names."""

    def __init__(self, identifier: str, names: Sequence[str], memory: float) -> None:
        self.identifier = identifier
        spellings = (
            spelling
            for name in names
            for spelling in (name, _without(name, _LINES), _without(name, {*_LINES, "quadro"}))
        )
        self.names = {fold(spelling) for spelling in spellings}
        self.forms = {name.form for name in self.names} - {""}
        self.memories = {name.memory for name in self.names} | {round(memory)} - {0}

    def agreement(self, asked: Folded) -> int | None:
        """Return how much of a name is the model's own, None where it has another core or anything contradicts it."""
        if not any(name.core == asked.core and name.laptop == asked.laptop for name in self.names):
            return None
        own = int(asked in self.names)
        if asked.form and self.forms:
            if not any(form.startswith(asked.form) or asked.form.startswith(form) for form in self.forms):
                return None
            own += 1
        if asked.memory and self.memories - {0}:
            if not any(memory and abs(asked.memory - memory) <= memory // 10 for memory in self.memories):
                return None
            own += 1
        return own


class NameIndex:
    """Finds the model of a name among the catalogue's own names and those that were seen in print."""

    def __init__(
        self, names: Mapping[str, Sequence[str]], printed: Iterable[PrintedName], memory: Mapping[str, float]
    ) -> None:
        """Take the names of each model by its identifier, names seen in print, and the memory of models in gigabytes."""
        self._names: dict[str, list[str]] = {identifier: list(own) for identifier, own in names.items()}
        self._memory = memory
        self._literal: dict[str, PrintedName] = {}
        for seen in printed:
            self._literal.setdefault(_literal(seen.name), seen)
            if seen.identifier:
                own = self._names.setdefault(seen.identifier, [seen.label])
                own += [seen.name] if seen.kind == "exact" else []
        self._squeezed = [(squeezed(name), one) for one, own in self._names.items() for name in own]
        self._models: dict[str, _Model] = {}

    def find(self, name: str) -> NameMatch:
        """Return what a name is."""
        if seen := self._literal.get(_literal(name)):
            return self._of_printed([seen])
        folded = fold(name)
        if not folded.core:
            return NameMatch("none")
        if alike := self._printed.get(folded):
            return self._of_printed(alike)
        found: dict[str, int] = {}
        for spelling in dict.fromkeys((folded, fold(_without(name, _LINES)))):
            for model in self._like(spelling):
                own = model.agreement(spelling)
                if own is not None:
                    found[model.identifier] = max(own, found.get(model.identifier, 0))
        best = [identifier for identifier, own in found.items() if own == max(found.values())]
        if len(best) == 1:
            return NameMatch("exact", best[0])
        return NameMatch("ambiguous" if best else "none", candidates=tuple(sorted(best)))

    def suggestion(self, name: str) -> str:
        """Return a hint with what a name may be a misspelling of: never a model with other digits.

        That is the name with its words spelled as the catalogue spells them, where this names a model; else models that are alike.
        """
        spelled = self._spelled(name)
        if spelled != name and self.find(spelled).kind != "none":
            return f"did you mean `{spelled}`?"
        digits = re.findall(r"\d+", fold(name).core)
        like = {one for text, one in self._squeezed if all(run in text for run in digits)} if digits else set()
        labels = [self.label(one) for one in sorted(like)]
        return did_you_mean(name, [label for label in labels if re.findall(r"\d+", fold(label).core) == digits])

    def _spelled(self, name: str) -> str:
        """Return a name with a nought for each letter O beside a digit, and each misspelled word as the catalogue spells it."""
        words = re.split(r"([^\W\d_]+)", _NOUGHT.sub(lambda found: "0" * len(found[0]), name))
        return "".join(_nearest(word, self._words) if word.isalpha() else word for word in words)

    @functools.cached_property
    def _words(self) -> Mapping[str, str]:
        """The words of the names without numbers, as they are written first, by their small letters."""
        found: dict[str, str] = {}
        for name in (name for own in self._names.values() for name in own):
            for word in re.findall(r"[^\W\d_]{4,}", name):
                found.setdefault(word.casefold(), word)
        return found

    @property
    def identifiers(self) -> Collection[str]:
        """The identifiers of all models."""
        return self._names.keys()

    def label(self, identifier: str) -> str:
        """Return how a model is called."""
        return self._names[identifier][0]

    @functools.cached_property
    def _printed(self) -> Mapping[Folded, Sequence[PrintedName]]:
        """The names that were seen in print, those together that fold alike."""
        found: dict[Folded, list[PrintedName]] = {}
        for seen in self._literal.values():
            found.setdefault(fold(seen.name), []).append(seen)
        return found

    def _like(self, folded: Folded) -> Iterator[_Model]:
        """Yield the models of which a name has the longest run of letters and digits that a core has."""
        run = max(re.findall(r"[a-z]*\d+[a-z]*|[a-z]+", folded.core), key=len, default=folded.core)
        for identifier in dict.fromkeys(one for name, one in self._squeezed if run in name):
            if identifier not in self._models:
                own, memory = self._names[identifier], self._memory.get(identifier, 0.0)
                self._models[identifier] = _Model(identifier, own, memory)
            yield self._models[identifier]

    def _of_printed(self, alike: Sequence[PrintedName]) -> NameMatch:
        """Return what names are that fold alike: one model, or what is to be asked about."""
        kinds, identifiers = {seen.kind for seen in alike}, {seen.identifier for seen in alike}
        first = alike[0]
        note = first.note if {seen.note for seen in alike} == {first.note} else ""
        if len(identifiers) == 1 and kinds <= {"exact", "proxy"}:
            return NameMatch("proxy" if "proxy" in kinds else "exact", first.identifier, note=note)
        if kinds == {"none"}:
            return NameMatch("none", note=note)
        folded = fold(first.name)
        meant = (identifiers - {""}) | {m.identifier for m in self._like(folded) if m.agreement(folded) is not None}
        return NameMatch("ambiguous", candidates=tuple(sorted(meant)), note=note)


def _nearest(word: str, known: Mapping[str, str]) -> str:
    """Return a known word that another one is by a single slip of the pen, or the word itself where none or several are."""
    folded = word.casefold()
    if folded in known or len(folded) < _SHORTEST_MISSPELLED:
        return word
    near = [other for other in known if distance(folded, other, 1) is not None]
    return known[near[0]] if len(near) == 1 else word


def squeezed(name: str) -> str:
    """Return a name without anything but letters and digits, in small letters."""
    return "".join(filter(str.isalnum, name.casefold()))

"""Names of language models as interfaces print them, and the model of the catalogue that each of them means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from lca.catalogue.names import NameMatch
from lca.problems import did_you_mean

#: A date at the end of a name: a release of one model, not another model.
_DATE = re.compile(r"[-@_.](?:20\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])|20\d\d-(?:0[1-9]|1[0-2])-(?:[0-2]\d|3[01]))$")
#: Four digits at the end: a release where the rest is itself a name (`gpt-4-0613`), else a part of the name (`mistral-large-2407`).
_RELEASE = re.compile(r"-\d{4}$")
#: What hosts add behind a name: the version of their own interface, or that it is free.
_TAIL = re.compile(r"(?:-v\d+:\d+|:free|-maas)$")
#: What Amazon's catalogue writes in front: a region, and the provider.
_HEAD = re.compile(
    r"^(?:(?:us|eu|apac|global)\.)?(?:anthropic|meta|amazon|mistral|cohere|deepseek|ai21|openai|qwen|google|nvidia)\."
)
_FINE_TUNED = re.compile(r"^ft:([^:]+):.*$")
#: Words of one family of weights, which have its size.
_IDLE = frozenset({"instruct", "chat", "it", "hf", "latest", "meta"})
_WORD = re.compile(r"\d+|[^\W\d_]+")


class KnownModel(Struct, frozen=True):
    """A model that interfaces offer: its names, its provider, and whether its weights are published.

    `shared` are names that mean this model or another one, by their date.
    """

    id: str
    provider: str
    type: str
    weights: str
    aliases: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether its weights, and with them its size, are published."""
        return self.weights == "open"


class _Index(dict[tuple[str, ...], set[str]]):
    """Identifiers of models by the words of a name."""

    def add(self, words: tuple[str, ...], model: KnownModel) -> None:
        """Note that words name a model; no words name none."""
        if words:
            self.setdefault(words, set()).add(model.id)


class ModelNames:
    """The models of the catalogue by any of their names; case, provider, hyphens and dates make no difference."""

    def __init__(self, models: Iterable[KnownModel]) -> None:
        self.by_id = {model.id: model for model in models}
        self._exact, self._undated, self._bare, self._shared = _Index(), _Index(), _Index(), _Index()
        for model in self.by_id.values():
            for name in (model.id, *model.aliases):
                stripped = _stripped(name)
                self._exact.add(_words(stripped), model)
                self._undated.add(_words(_without_date(stripped)), model)
                self._bare.add(_bare(name), model)
                if _RELEASE.search(stripped):
                    self._shared.add(_words(_RELEASE.sub("", stripped)), model)
            for name in model.shared:
                self._shared.add(_words(_stripped(name)), model)

    def find(self, name: str) -> NameMatch:
        """Return which model a name is: as it stands, without its date, or without words that do not change the size."""
        stripped = _stripped(name)
        undated = _without_date(stripped)
        steps = (
            (self._exact, _words(stripped)),
            (self._undated, _words(undated)),
            (self._exact, _words(_RELEASE.sub("", stripped))),
        )
        if _words(stripped) not in self._exact and (shared := self._shared.get(_words(stripped))):
            return NameMatch("ambiguous", candidates=tuple(sorted(shared)))
        for index, words in (*steps, (self._bare, _bare(name))):
            found = index.get(words, set())
            if len(found) == 1:
                return NameMatch("exact", next(iter(found)))
            if found:
                return NameMatch("ambiguous", candidates=tuple(sorted(found)))
        return NameMatch("none")

    def suggestion(self, name: str) -> str:
        """Return a hint with the models that a name may be a misspelling of: never one with other digits."""
        digits = re.findall(r"\d+", _without_date(_stripped(name)))
        names = (other for model in self.by_id.values() for other in (model.id, *model.aliases))
        alike = [other for other in names if re.findall(r"\d+", _without_date(_stripped(other))) == digits]
        return did_you_mean(_stripped(name), alike)


def _stripped(name: str) -> str:
    """Return a name in small letters, without provider and what hosts add."""
    text = _FINE_TUNED.sub(r"\1", name.strip().casefold())
    return _TAIL.sub("", _HEAD.sub("", text.rpartition("/")[2]))


def _without_date(stripped: str) -> str:
    return _DATE.sub("", stripped)


def _words(stripped: str) -> tuple[str, ...]:
    """Return runs of letters and runs of digits: `gpt-4o` and `GPT 4o` are alike, `3.1-8b` and `3-18b` are not."""
    return tuple(_WORD.findall(stripped))


def _bare(name: str) -> tuple[str, ...]:
    return tuple(word for word in _words(_without_date(_stripped(name))) if word not in _IDLE)


def known_models(rows: Iterable[dict[str, str]]) -> ModelNames:
    """Return the models of a table's lines."""

    def listed(text: str) -> Sequence[str]:
        return tuple(name for name in text.split(";") if name)

    return ModelNames(
        KnownModel(
            id=row["name"],
            provider=row["provider"],
            type=row["type"],
            weights=row["weights"],
            aliases=tuple(listed(row["aliases"])),
            shared=tuple(listed(row["ambiguous"])),
        )
        for row in rows
    )

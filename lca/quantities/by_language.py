"""A text in several languages: asked for one that it lacks, it raises with its own name instead of giving another language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

#: The language that the code, the schema, messages and the public contract are written in.
ORIGINAL = "en"


class MissingText(Exception):
    """A language lacks a text. It is no look-up error: templates take those for a name that is not there."""

    def __init__(self, name: str, language: str) -> None:
        super().__init__(f'no text "{name}" in "{language}"')


class Text(dict[str, str]):
    """The same text by language; `name` is where it stands, for whoever translates. What stands beside it in its file stays."""

    def __init__(self, by_language: Mapping[str, str], name: str = "") -> None:
        super().__init__(by_language)
        self.name = name

    def __missing__(self, language: str) -> str:
        raise MissingText(self.name or self.en, language)

    def in_(self, language: str) -> str:
        """Return the text in a language.

        Raises:
            MissingText: it is not written in that language.
        """
        return self[language]

    @property
    def en(self) -> str:
        """The text as the public contract and messages give it."""
        return self[ORIGINAL]


class Composed(Text):
    """A text that is made of others when it is asked for in a language."""

    def __init__(self, write: Callable[[str], str]) -> None:
        super().__init__({})
        self._write = write

    def __missing__(self, language: str) -> str:
        self[language] = self._write(language)
        return self[language]

    def __bool__(self) -> bool:
        return True  # though it is not written yet

    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:
        return self is not other


def unchanged(name: str) -> Text:
    """Return a name that every language writes alike."""
    return Composed(lambda _: name)


def joined(texts: Iterable[Text], between: Text) -> Text:
    """Return texts as one."""
    parts = tuple(texts)
    return Composed(lambda language: between.in_(language).join(part.in_(language) for part in parts))


def with_texts(data: Any, name: str) -> Any:
    """Return plain data with every mapping that is written by language as a `Text`, named by its path below `name`."""
    if isinstance(data, Mapping):
        inner = {key: with_texts(value, f"{name}.{key}") for key, value in data.items()}
        return Text(inner, name) if ORIGINAL in inner else inner
    if isinstance(data, list):
        return [with_texts(value, f"{name}.{index}") for index, value in enumerate(data, start=1)]
    return data


def first_missing(texts: Any, original: Any, name: str = "") -> str:
    """Return the path of the first text that plain data have in the original and lack in a translation, empty where none is."""
    if isinstance(original, Mapping):
        below = f"{name}." if name else ""
        own = texts if isinstance(texts, Mapping) else {}
        return next(
            filter(None, (first_missing(own.get(key), inner, f"{below}{key}") for key, inner in original.items())), ""
        )
    if isinstance(original, list):
        return "" if isinstance(texts, list) and len(texts) == len(original) else name
    return "" if texts is not None else name

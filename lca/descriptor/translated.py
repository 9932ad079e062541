"""The schema of a descriptor with its titles and descriptions in another language: by a key's path, or by the original's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from lca.descriptor.keys import NAME, one_line
from lca.descriptor.references import Schema, whole
from lca.quantities.by_language import MissingText

#: What stands there is a user's, under whatever name.
_VALUES = ("const", "default", "enum", "examples")

Texts = Mapping[str, str]
#: The way to a node by the keys of a descriptor; None inside a definition, which may stand at many places.
_Place = tuple[str, ...] | None


def translated(schema: Schema, words: Mapping[str, Texts], language: str) -> dict[str, Any]:
    """Return a schema with its titles and descriptions in a language; nothing else differs.

    Args:
        schema: the original.
        words: `titles` and `meanings` by the original ones, and `texts`, which are meanings by the path of a key, with `NAME`
            for each name that the applicant gives; one of those says the same wherever the original has the same words.
        language: which one that is.

    Raises:
        MissingText: a title or a description of the original has no translation.
    """
    by_path = {_description_at(schema, path): text for path, text in words["texts"].items()}
    return _Translation(words["titles"], {**by_path, **words["meanings"]}, words["texts"], language).of(schema, ())


class _Translation(Struct, frozen=True):
    """The words of one language: titles and meanings by the original ones, and texts by path."""

    titles: Texts
    meanings: Texts
    texts: Texts
    language: str

    def of(self, node: Schema, place: _Place) -> dict[str, Any]:
        """Return a node with all below it."""
        return {key: self._part(key, inner, place) for key, inner in node.items()}

    def _part(self, key: str, inner: Any, place: _Place) -> Any:
        match key:
            case "title":
                return self._own("titles", inner)
            case "description":
                at_place = self.texts.get(".".join(place)) if place is not None else None
                return at_place or self._own("meanings", one_line(inner))
            case "properties":
                return {name: self.of(child, _below(place, name)) for name, child in inner.items()}
            case "$defs":
                return {name: self.of(child, None) for name, child in inner.items()}
            case "additionalProperties" if isinstance(inner, Mapping):
                return self.of(inner, _below(place, NAME))
        if isinstance(inner, Mapping) and key not in _VALUES:
            return self.of(inner, place)
        if isinstance(inner, list) and key not in _VALUES:
            return [self.of(part, place) if isinstance(part, Mapping) else part for part in inner]
        return inner

    def _own(self, kind: str, original: str) -> str:
        texts: Texts = getattr(self, kind)
        if original not in texts:
            raise MissingText(f"keys.{kind}.{original}", self.language)
        return texts[original]


def _below(place: _Place, step: str) -> _Place:
    return None if place is None else (*place, step)


def _description_at(schema: Schema, path: str) -> str:
    """Return the description of the key at a path, empty where there is none."""
    node = whole(schema, schema)
    for step in path.split("."):
        while "items" in node and step not in node.get("properties", {}):
            node = whole(node["items"], schema)
        inner = node.get("additionalProperties") if step == NAME else node.get("properties", {}).get(step)
        if not isinstance(inner, Mapping):
            return ""
        node = whole(inner, schema)
    return one_line(node.get("description", ""))

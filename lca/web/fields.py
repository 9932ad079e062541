"""From a draft and the schema to the fields of a step: only what applies, each with its title, unit, example and reason."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from lca.descriptor.document import Path
from lca.descriptor.keys import NAME, one_line
from lca.descriptor.placeholders import CODE as PLACEHOLDER
from lca.descriptor.placeholders import example_in
from lca.descriptor.references import Schema, whole
from lca.web.draft import Draft, Message, value_at
from lca.web.nodes import BETWEEN, Cards, Field, Further, Group, Kind
from lca.web.sentences import with_code
from lca.web.steps import Steps, read_steps

#: A text that is longer than this has several lines.
_LONG = 70
#: What is said of a quantity beside its value, by the end of a field's name, with the keys of its long form.
KNOWN: Mapping[str, Path] = {
    "low": ("range95", "0"),
    "high": ("range95", "1"),
    "evidence": ("evidence",),
    "source": ("source",),
}
#: The keys in which an applicant gives what no list of names can hold, and those that the program keeps for itself.
_UNSHOWN = frozenset({"descriptor", "catalogue", "label"})


class Fields(Struct, frozen=True, eq=False, dict=True):
    """The fields of a draft in a language.

    `opened` holds the names of keys that are shown though the text does not state them, `defaults` what is taken at a path where
    nothing is stated, `rows` the titles of the questions of the checklist by their id.
    """

    draft: Draft
    schema: Schema
    words: Mapping[str, Any]
    messages: tuple[Message, ...]
    opened: frozenset[str] = frozenset()
    defaults: Mapping[Path, str] = {}
    rows: Mapping[str, tuple[str, str]] = {}

    @functools.cached_property
    def steps(self) -> Steps:
        """The steps that are shipped."""
        return read_steps()

    def of_step(self, name: str) -> list[Field | Group | Cards]:
        """Return what a step shows."""
        keys = self.steps.steps[name]
        return [self._node(self.schema["properties"][key], (key,), (key,)) for key in keys]

    def _node(self, schema: Schema, path: Path, pattern: Path) -> Field | Group | Cards:
        schema = whole(schema, self.schema)
        if "x-unit" in schema or not _holds_more(schema):
            return self._field(schema, path, pattern)
        if "properties" in schema:
            return self._group(schema, path, pattern)
        return self._cards(schema, path, pattern)

    def _head(self, schema: Schema, path: Path, below: bool = False) -> dict[str, Any]:
        """Return what every node has; a field is told what is wrong `below` its key too."""
        return {
            "path": path,
            "title": _heading(str(schema.get("title", path[-1]))),
            "why": _why(schema),
            "messages": tuple(
                one for one in self.messages if (one.path[: len(path)] if below else one.path) == path and one.path
            ),
        }

    def _field(self, schema: Schema, path: Path, pattern: Path) -> Field:
        data = value_at(self.draft.data, path)
        is_quantity = "x-unit" in schema
        place = (*path, "value") if is_quantity and isinstance(data, Mapping) else path
        written = self.draft.written(place)
        example = example_in(written or "")
        kind: Kind = "text-only" if written is None else _kind(schema)
        if kind == "line" and _is_prose(schema) and (path[-1] in self.steps.long or len(written or "") > _LONG):
            kind = "area"
        head = self._head(schema, path, below=True)
        if example:
            head["messages"] = tuple(one for one in head["messages"] if one.code != PLACEHOLDER)
        return Field(
            **head,
            kind=kind,
            value="" if example else written or "",
            example=example or ("" if kind == "area" else _example(schema)),
            unit=_unit(schema),
            is_example=bool(example),
            is_prose=_is_prose(schema),
            is_stated=data is not None,
            options=self._options(schema, written or ""),
            listed=self.steps.list_of(pattern) or _referred(schema),
            default="" if data is not None else self.defaults.get(path, ""),
            known=self._known(data, path) if is_quantity else (),
            rows=3 if kind in ("area", "list") else 1,
            is_file=path[-1] == "file",
        )

    def _known(self, data: Any, path: Path) -> tuple[Field, ...]:
        """Return the range, the evidence and the source of a quantity as fields."""
        properties = self.schema["$defs"]["quantity"]["properties"]
        found = []
        for end, below in KNOWN.items():
            schema = whole(properties[below[0]], self.schema)
            written = (self.draft.written((*path, *below)) or "") if isinstance(data, Mapping) else ""
            example = example_in(written) or ""
            found.append(
                Field(
                    path=(*path[:-1], f"{path[-1]}:{end}"),
                    title=str(self.words["known"].get(end) or schema["title"]),
                    why=_why(schema),
                    kind=_kind(schema) if end == "evidence" else "line",
                    value="" if example else written,
                    example=example,
                    is_example=bool(example),
                    is_prose=_is_prose(schema),
                    options=self._options(schema, written) if end == "evidence" else (),
                    is_stated=bool(written),
                )
            )
        return tuple(found)

    def _options(self, schema: Schema, stated: str) -> tuple[tuple[str, str], ...]:
        allowed = [str(word) for word in schema.get("enum", ())]
        if schema.get("type") == "boolean":
            allowed = ["true", "false"]
        if not allowed:
            return ()
        if stated and stated not in allowed and not example_in(stated):
            allowed.append(stated)
        return tuple((word, str(self.words["options"].get(word, word))) for word in allowed)

    def _group(self, schema: Schema, path: Path, pattern: Path, entry: str | None = None) -> Group:
        data, layout, properties = self._map_at(path), self.steps.layout(pattern), schema["properties"]
        first = layout.shown(data) or tuple(schema.get("required", ())) or tuple(properties)[:3]
        if not layout.first and layout.ways:
            first = layout.shown(data)
        hidden = layout.hidden(data)
        elsewhere = {key for key in properties if BETWEEN.join((*path, key)) in self.steps.moved} | _UNSHOWN
        shown = [key for key in first if key in properties and not (key in hidden and key not in data)]
        shown += [key for key in properties if key not in shown and (key in data or self._is_opened(path, key))]
        rest = [key for key in properties if key not in shown and key not in hidden | elsewhere]
        required, labels = schema.get("required", ()), self.words["ways_labels"]
        return Group(
            **self._head(schema, path),
            inner=tuple(
                self._inner(properties[key], path, pattern, key, required) for key in shown if key not in elsewhere
            ),
            further=tuple(self._further(properties[key], path, key) for key in rest),
            role="group" if entry is None else "card",
            entry=entry,
            way=layout.way(data),
            ways_label=str(labels.get(pattern[0], labels["other"])),
            ways=tuple((way, str(self.words["ways"][pattern[0]][way])) for way in layout.ways),
        )

    def _inner(
        self, schema: Schema, path: Path, pattern: Path, key: str, required: tuple[str, ...]
    ) -> Field | Group | Cards:
        if pattern == ("checklist",) and key == "answers":
            return self._answers(schema, (*path, key))
        node = self._node(schema, (*path, key), (*pattern, key))
        return replace(node, is_required=key in required) if isinstance(node, Field) else node

    def _further(self, schema: Schema, path: Path, key: str) -> Further:
        schema = whole(schema, self.schema)
        return Further(BETWEEN.join((*path, key)), _heading(str(schema.get("title", key))), _why(schema))

    def _is_opened(self, path: Path, key: str) -> bool:
        name = BETWEEN.join((*path, key))
        return any(one == name or one.startswith(name + BETWEEN) for one in self.opened)

    def _map_at(self, path: Path) -> Mapping[str, Any]:
        found = value_at(self.draft.data, path)
        return found if isinstance(found, Mapping) else {}

    def _cards(self, schema: Schema, path: Path, pattern: Path) -> Cards:
        is_list = "items" in schema
        inner = whole(schema["items"] if is_list else schema["additionalProperties"], self.schema)
        cards = tuple(self._entries(inner, path, (*pattern, NAME), is_list))
        adds = self.words["adds"].get(BETWEEN.join(pattern)) or self.words["adds"]["other"]
        return Cards(
            **self._head(schema, path),
            cards=cards,
            adds=str(adds).format(title=str(inner.get("title", ""))),
            instead=self._left_out(path, bool(cards)),
        )

    def _entries(self, inner: Schema, path: Path, pattern: Path, is_list: bool) -> Iterator[Group | Field]:
        found = value_at(self.draft.data, path)
        names = found if isinstance(found, Mapping) else range(len(found)) if isinstance(found, list) else ()
        for name in map(str, names):
            if BETWEEN in name or ":" in name:  # it cannot be told from what stands between the steps of a path
                head = {**self._head(inner, (*path, name), below=True), "title": name}
                yield Field(**head, kind="text-only")
            elif "properties" in inner:
                yield self._group(inner, (*path, name), pattern, "" if is_list else name)
            else:
                yield self._field(inner, (*path, name), pattern)

    def _left_out(self, path: Path, is_described: bool) -> Group | None:
        """Return the reason for which a stage is left out, where the stage is not described or is left out all the same."""
        excluded = self.schema["properties"]["goal"]["properties"]["excluded"]["properties"]
        place = ("goal", "excluded", path[0])
        if len(path) > 1 or path[0] not in excluded or (is_described and value_at(self.draft.data, place) is None):
            return None
        return self._group(whole(excluded[path[0]], self.schema), place, place)

    def _answers(self, schema: Schema, path: Path) -> Cards:
        """Return the questions of the checklist, those that are asked and those that are answered all the same."""
        inner = whole(schema["additionalProperties"], self.schema)
        stated = self._map_at(path)
        cards = []
        for row in dict.fromkeys((*self.rows, *stated)):
            group = self._group(inner, (*path, row), (*path, NAME))
            title, why = self.rows.get(row, (row, ""))
            cards.append(replace(group, role="question", title=title, why=why, is_open=row in stated))
        return Cards(**self._head(schema, path), cards=tuple(cards))


def _holds_more(schema: Schema) -> bool:
    """Say whether keys or entries stand at a node, and no value."""
    items = schema.get("items")
    return (
        "properties" in schema
        or isinstance(schema.get("additionalProperties"), Mapping)
        or (isinstance(items, Mapping) and ("properties" in items or str(items.get("$ref", "")).endswith("evidence")))
    )


def _kind(schema: Schema) -> Kind:
    if "enum" in schema or schema.get("type") == "boolean":
        return "choice"
    if schema.get("type") == "array":
        return "list"
    return "line"


def _heading(title: str) -> str:
    return title[:1].upper() + title[1:]


def _is_prose(schema: Schema) -> bool:
    """Say whether a text of one's own stands at a key, and no value that counts."""
    return not any(word in schema for word in ("x-unit", "enum", "x-catalogue", "x-refers-to", "pattern"))


def _why(schema: Schema) -> str:
    return with_code(one_line(str(schema.get("description", ""))))


def _referred(schema: Schema) -> str:
    target = schema.get("x-refers-to")
    return target if isinstance(target, str) else ""


def _unit(schema: Schema) -> str:
    unit = str(schema.get("x-unit", ""))
    return "" if unit in ("1", "any") else unit


def _example(schema: Schema) -> str:
    example = next(iter(schema.get("examples", ())), "")
    example = example.get("value", "") if isinstance(example, Mapping) else example
    return ", ".join(map(str, example)) if isinstance(example, list) else str(example)

"""What a draft adds to a project that exists: its activities with what they refer to, under names that are free there.

An activity is known where the project holds one of its sources: these name the log by the hash of its content, or the run by its
own id. What is known is not added again, whatever a person has made of it since.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from lca.descriptor.document import Document, Path, read_document
from lca.descriptor.editing import insert_lines, set_value
from lca.descriptor.plain_data import same
from lca.descriptor.references import Schema, named
from lca.descriptor.text_nodes import LINE_BREAK, Node, end_of_entry, root_node
from lca.importers.draft_text import short
from lca.importers.importer import Draft
from lca.problems import Problem, ProblemsFound

#: What a draft says of the project as a whole, which an existing one says itself.
_OF_THE_PROJECT = ("descriptor", "project")
#: What tells one log, or one run, from all others in a source.
_ORIGIN = re.compile(r"\(sha256 [0-9a-f]{16}\)|, run \S")
#: Figures that refer to activities by the path that they begin with.
_STATED = "stated_results"


class Merged(Struct, frozen=True):
    """The text of a project with what was added, the paths of that, how many activities were known, and doubts."""

    text: str
    added: tuple[str, ...]
    known: int
    notes: tuple[Problem, ...]


def merged(project: str, file: str, draft: Draft, schema: Schema, whole: Document | None = None) -> Merged:
    """Return a project with what a draft adds to it; `file` is how messages name it, `schema` the descriptor's.

    `whole` is the project with the parts that partners keep, where it has any: names and logs in these are known too.

    Raises:
        ProblemsFound: the project cannot be read, leaves no room for what is to be added, or says otherwise what the draft says
            of the whole, as its currency.
    """
    own = read_document(project, file)
    return _Merging(own, whole or own, draft.text, schema).merged(project)


class _Merging:
    """One draft and the project that it is added to: the file that is written, and the whole with the parts of partners."""

    def __init__(self, project: Document, whole: Document, draft: str, schema: Schema) -> None:
        self.project, self.whole, self.draft, self.schema = project, whole, draft, schema
        self.data: Mapping[str, Any] = read_document(draft, "draft").data
        self.order = list(schema["properties"])
        self.stages = tuple(self._stages())
        self.names: dict[tuple[str, str], str] = {}
        self.added: dict[str, list[str]] = {}
        self.notes: list[Problem] = []

    def merged(self, text: str) -> Merged:
        """Return the project's text with what is added."""
        known_sources = set(_sources(self.whole.data))
        activities = [(section, name) for section in self.stages for name in self.data[section]]
        # An export of an account's emissions holds stated results alone: these are then what is known or new.
        entries = activities or [(_STATED, name) for name in self.data.get(_STATED) or {}]
        new = [(s, name) for s, name in entries if known_sources.isdisjoint(_sources(self.data[s][name]))]
        if new:
            for section, name in new:
                self._add(section, name)
            for name, stated in (self.data.get(_STATED) or {}).items():
                if known_sources.isdisjoint(_sources(stated)):
                    self._add(_STATED, name)
            text = self._with_settings(text)
        for section in (section for section in self.order if section in self.added):
            lines = self._lines(section)
            if section in self.project.data:
                text = self._edited(section, insert_lines, text, (section,), lines)
            else:
                text = insert_lines(text, (), [f"{section}:", *(f"  {line}".rstrip() for line in lines)], self.order)
        added = tuple(
            f"{section}.{self.names[section, name]}" for section, names in self.added.items() for name in names
        )
        return Merged(text, added, len(entries) - len(new), tuple(self.notes))

    def _there(self, section: str) -> Mapping[str, Any]:
        """Return what the project holds under a key, nothing where that is no map."""
        there = self.whole.data.get(section)
        return there if isinstance(there, dict) else {}

    def _edited(self, section: str, edit: Callable[..., str], *arguments: Any) -> str:
        """Return the project with an edit under a key that it has."""
        try:
            return edit(*arguments)
        except ValueError:
            message = f"`{section}` is written in a way that leaves no room for more"
            problem = Problem(self.project.key_at((section,)), "LCA701", message, "write it with one name a line")
            raise ProblemsFound([problem]) from None

    def _stages(self) -> Iterator[str]:
        """Yield the maps of activities of the draft: those whose names nothing refers to."""
        referred = {target for _, target, _, _ in named(self.data, self.schema, self.schema, ())}
        for section, value in self.data.items():
            is_map = isinstance(value, dict) and all(isinstance(entry, dict) for entry in value.values())
            if is_map and section not in (*_OF_THE_PROJECT, _STATED, *referred):
                yield section

    def _add(self, section: str, name: str) -> str:
        """Add an entry and what it refers to; return its name in the project."""
        if (section, name) in self.names:
            return self.names[section, name]
        entry = self._renamed(section, name)
        there = self._there(section)
        is_activity = section in self.stages
        alike = next((known for known, value in there.items() if same(value, entry)), "")
        if alike and not is_activity:
            self.names[section, name] = alike
            return alike
        taken = {*there, *(self.names[section, one] for one in self.added.get(section, ()))}
        made = name if name not in taken else next(n for n in _numbered(name) if n not in {*taken, *self.data[section]})
        if made != name and is_activity:
            place = self.whole.key_at((section, name))
            message = f"`{section}.{short(name)}` stands here already: the log's is named `{short(made)}`"
            self.notes.append(Problem(place, "LCA613", message, "if they are the same work, keep one of the two"))
        self.names[section, name] = made
        self.added.setdefault(section, []).append(name)
        return made

    def _renamed(self, section: str, name: str) -> Any:
        """Return an entry of the draft with the names that what it refers to has in the project."""
        whole = {section: {name: copy.deepcopy(self.data[section][name])}}
        for path, new in self._references(section, name):
            parent: Any = whole
            for key in path[:-1]:
                parent = parent[key]
            parent[path[-1]] = new
        return whole[section][name]

    def _references(self, section: str, name: str) -> Iterator[tuple[Path, str]]:
        """Yield where an entry of the draft refers to another one, and what is to stand there."""
        entry = self.data[section][name]
        for path, target, referred, _ in named({section: {name: entry}}, self.schema, self.schema, ()):
            if referred in (self.data.get(target) or {}):
                yield path, self._add(target, referred)
        if section == _STATED:
            stage, _, rest = str(entry.get("figure", "")).partition(".")
            activity, dot, end = rest.partition(".")
            if (stage, activity) in self.names:
                yield (section, name, "figure"), f"{stage}.{self.names[stage, activity]}{dot}{end}"

    def _lines(self, section: str) -> list[str]:
        """Return the added entries of a map as the draft writes them, comments included, with their names in the project."""
        root = root_node(self.draft)
        entry = root.entry(section) if root else None
        if entry is None:
            return []
        found: list[str] = []
        for one in entry.node.entries:
            if one.name in self.added[section]:
                end = end_of_entry(self.draft, entry.node, one)
                pieces = [(one.start, one.name_end, self.names[section, one.name])]
                for path, new in self._references(section, one.name):
                    node = _node_at(one.node, path[2:])
                    pieces.append((node.start, node.end, new))
                written = _with_pieces(self.draft, one.start, end, pieces)
                found += [line.removeprefix(" " * entry.node.column) for line in LINE_BREAK.split(written)]
        return found

    def _with_settings(self, text: str) -> str:
        """Return the project with what the draft says of the whole besides, as the currency of a bill."""
        problems = []
        for section, value in self.data.items():
            is_setting = isinstance(value, dict) and not any(isinstance(entry, dict) for entry in value.values())
            for key, wanted in value.items() if is_setting and section not in _OF_THE_PROJECT else ():
                there = self._there(section).get(key)
                if there is None:
                    text = self._edited(section, set_value, text, (section, key), wanted, self.order)
                elif not same(there, wanted):
                    message = f"`{section}.{key}` is `{there}`, and `{wanted}` in the log"
                    hint = "convert one of the two, with the rate and its source"
                    problems.append(Problem(self.whole.at((section, key)), "LCA402", message, hint))
        if problems:
            raise ProblemsFound(problems)
        return text


def _sources(data: Any) -> Iterator[str]:
    """Yield every source of data that tells where a log is meant."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "source" and isinstance(value, str):
                if _ORIGIN.search(value):
                    yield value
            else:
                yield from _sources(value)
    elif isinstance(data, list):
        for value in data:
            yield from _sources(value)


def _numbered(name: str) -> Iterator[str]:
    number = 2
    while True:
        yield f"{name}-{number}"
        number += 1


def _node_at(node: Node, path: Path) -> Node:
    for name in path:
        entry = node.entry(name)
        assert entry is not None
        node = entry.node
    return node


def _with_pieces(text: str, start: int, end: int, pieces: Iterable[tuple[int, int, str]]) -> str:
    """Return a part of a text with other words at some places of it."""
    made, last = "", start
    for begin, stop, new in sorted(pieces):
        made += text[last:begin] + new
        last = stop
    return made + text[last:end]

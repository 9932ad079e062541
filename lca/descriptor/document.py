"""YAML text to plain data, with the place of every node; hostile or ambiguous YAML is refused with a reason."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

import yaml
from msgspec import Struct, field

from lca.descriptor.flow_commas import Cut, cut_numbers, is_cut, joined
from lca.problems import Location, Problem, ProblemsFound

Path = tuple[str, ...]

MAXIMUM_DEPTH = 40
#: Far above any real descriptor (the worked examples are below 20 kB).
MAXIMUM_BYTES = 1_000_000

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
#: What a terminal, XML or UTF-8 cannot show as it is written, and what reverses the order in which a text is read.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]")
_NOT_FINITE = {".inf": "inf", "+.inf": "inf", "-.inf": "-inf", ".nan": "nan"}


class Document(Struct):
    """Plain data (dict, list, str, int, float, bool, None), where each node and each key stands, and the text it came from.

    `cut` holds what a comma in braces or brackets may have cut, by the path of what follows the comma; `included` the texts of
    the files that were joined to it, by the name that their places have.
    """

    file: str
    data: Any = None
    nodes: dict[Path, Location] = field(default_factory=dict)
    keys: dict[Path, Location] = field(default_factory=dict)
    source: str = ""
    cut: dict[Path, Cut] = field(default_factory=dict)
    included: dict[str, str] = field(default_factory=dict)
    _lines: dict[str, list[str]] = field(default_factory=dict)

    def written(self, path: Path, number: float) -> str:
        """Return a number that stands at `path` with the digits that a person gave it: `1.20` is read as 1.2."""
        place = self.at(path)
        if place.file not in self._lines:
            self._lines[place.file] = self.text_of(place.file).split("\n")
        lines = self._lines[place.file]
        line = lines[place.line - 1] if place.line <= len(lines) else ""
        token = _FLOAT.match(line, place.column - 1)
        return token.group() if token and float(token.group()) == number else str(number)

    def text_of(self, file: str) -> str:
        """Return the text that places in a file point into: its own, or that of a file that was joined to it."""
        return self.source if file == self.file else self.included.get(file, "")

    def at(self, path: Path) -> Location:
        """Return the place of the node at `path`, or of its nearest parent that exists."""
        while path and path not in self.nodes:
            path = path[:-1]
        return self.nodes.get(path, Location(self.file, 1, 1))

    def key_at(self, path: Path) -> Location:
        """Return the place of the key that introduces the node at `path`."""
        return self.keys.get(path) or self.at(path)

    def cut_entry(self, path: Path) -> Problem | None:
        """Return what is wrong with an entry of a list where a comma beside it may have cut a number in two."""
        if not (self.cut and path and path[-1].isdecimal()):
            return None
        for index in (int(path[-1]), int(path[-1]) + 1):
            place = (*path[:-1], str(index))
            if (cut := self.cut.get(place)) is not None and cut.in_list:
                return Problem(self.at(place), cut.code, cut.message, cut.hint)
        return None


class _Refused(Exception):
    def __init__(self, mark: Any, code: str, message: str, hint: str = "") -> None:
        self.mark, self.code, self.message, self.hint = mark, code, message, hint


def read_document(text: str, file: str, first_line: str = "descriptor: 1") -> Document:
    """Read one YAML document as YAML 1.2 reads scalars: `NO` is a text, `1e3` a number, `yes` a text.

    `first_line` is what the hint on an empty file proposes.

    Raises:
        ProblemsFound: the text is not YAML, is empty, or uses what a descriptor must not (aliases, tags, duplicate keys).
    """
    text = text.removeprefix("\ufeff")
    document = Document(file, source=text)
    found: list[Problem] = []
    try:
        events = yaml.parse(text, Loader=LOADER)
        _Reader(document, found).read(events)
    except _Refused as refused:
        raise ProblemsFound([*found, _problem(file, refused)]) from None
    except yaml.YAMLError as error:
        raise ProblemsFound([*found, _syntax_problem(file, text, error)]) from None
    if found:
        raise ProblemsFound(found)
    if not isinstance(document.data, dict) or not document.data:
        hint = f"begin with `{first_line}`"
        if first_line == "descriptor: 1":
            hint += "; `lca new` writes a file to begin with"
        raise ProblemsFound([Problem(Location(file, 1, 1), "LCA105", "the file holds no map of keys", hint)])
    return document


class _Reader:
    """Builds data and places from the event stream; never from the library's recursive composer."""

    def __init__(self, document: Document, found: list[Problem]) -> None:
        self.document, self.found = document, found

    def read(self, events: Iterator[Any]) -> None:
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _Refused(
                        event.start_mark, "LCA104", "a second document begins here", "keep one document per file"
                    )
            elif not isinstance(event, yaml.StreamStartEvent | yaml.StreamEndEvent | yaml.DocumentEndEvent):
                self.document.data = self._node(event, events, ())

    def _node(self, event: Any, events: Iterator[Any], path: Path) -> Any:
        mark = event.start_mark
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(mark, "LCA106", "anchors and aliases are not read", "write the value out where it is needed")
        if len(path) > MAXIMUM_DEPTH:
            raise _Refused(mark, "LCA107", f"maps and lists stand more than {MAXIMUM_DEPTH} deep")
        if getattr(event, "tag", None) not in (None, "!"):
            raise _Refused(mark, "LCA104", f"the tag `{event.tag}` is not read", "remove it")
        self.document.nodes[path] = self._place(mark)
        if isinstance(event, yaml.MappingStartEvent):
            return self._map(events, path, bool(event.flow_style))
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(events, path, bool(event.flow_style))
        self._check_text(event)
        value = scalar(event.value) if event.implicit[0] else event.value
        if isinstance(value, float) and not math.isfinite(value):  # once, for whatever is read: no number is infinite
            message = f"{'.'.join(path)}: the number must be finite"
            hint = "write a number, leave the key out where it is not known, or put quotes around a text"
            self.found.append(Problem(self._place(mark), "LCA304", message, hint))
        return value

    def _check_text(self, event: Any) -> None:
        unseen = _UNSEEN.search(event.value)
        if unseen:
            message = f"a text holds the invisible control character U+{ord(unseen.group()):04X}"
            raise _Refused(event.start_mark, "LCA110", message, "remove it, or type the text again")

    def _map(self, events: Iterator[Any], path: Path, in_braces: bool) -> dict[str, Any]:
        data: dict[str, Any] = {}
        before, cut = None, None
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise _Refused(event.start_mark, "LCA106", "anchors and aliases are not read", "write the value out")
            if not isinstance(event, yaml.ScalarEvent):
                raise _Refused(event.start_mark, "LCA109", "a key must be a plain text")
            self._check_text(event)
            inner, value = (*path, event.value), next(events)
            if in_braces and is_cut(self.document.source, before, event, value):
                cut = self._note_cut(inner, joined(cut, before, event), event.start_mark, is_first=cut is None)
                before = event
                if cut.is_number:
                    continue
            else:
                before, cut = value, None
            self._note_key(inner, event.start_mark, event.value in data)
            data[event.value] = self._node(value, events, inner)
        return data

    def _note_key(self, path: Path, mark: Any, is_twice: bool) -> None:
        """Note where a key stands, and that it stands there twice."""
        place = self._place(mark)
        if is_twice:
            first = self.document.keys[path]
            message = f"the key `{path[-1]}` stands twice in this map (first in line {first.line})"
            self.found.append(Problem(place, "LCA108", message, "keep one of the two"))
        self.document.keys[path] = place

    def _note_cut(self, path: Path, cut: Cut, mark: Any, is_first: bool) -> Cut:
        """Note a text that commas cut; a number is refused at the first of them, a text where the key is unknown."""
        if not cut.is_number:
            self.document.cut[path] = cut
        elif is_first:
            self.found.append(Problem(self._place(mark), cut.code, cut.message, cut.hint))
        else:
            self.found[-1] = Problem(self.found[-1].location, cut.code, cut.message, cut.hint)
        return cut

    def _list(self, events: Iterator[Any], path: Path, in_brackets: bool) -> list[Any]:
        data: list[Any] = []
        entries: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            data.append(self._node(event, events, (*path, str(len(data)))))
            entries.append(event)
        if in_brackets:
            numbers = cut_numbers(self.document.source, entries)
            self.document.cut |= {(*path, str(index)): cut for index, cut in numbers}
        return data

    def _place(self, mark: Any) -> Location:
        return Location(self.document.file, mark.line + 1, mark.column + 1)


def scalar(text: str) -> Any:
    """Resolve a plain scalar by the YAML 1.2 core schema."""
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return text[0] in "tT"
    if text.lower() in _NOT_FINITE:
        return float(_NOT_FINITE[text.lower()])
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def _problem(file: str, refused: _Refused) -> Problem:
    mark = refused.mark
    return Problem(Location(file, mark.line + 1, mark.column + 1), refused.code, refused.message, refused.hint)


def _syntax_problem(file: str, text: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    place = Location(file, mark.line + 1, mark.column + 1) if mark else Location(file, 1, 1)
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or "the text cannot be read"
    hint = ""
    line = text.splitlines()[place.line - 1 : place.line]
    if line and line[0][: place.column].strip(" ").startswith("\t"):
        what, hint = "a tab stands where spaces must indent", "replace each tab by two spaces"
    elif "expected <block end>" in what or "mapping values" in what:
        hint = "check the indentation and put quotes around a text that holds `: `"
    elif "control characters" in what or "not allowed" in what:
        hint = "the file does not look like a text file"
    return Problem(place, "LCA104", f"not YAML: {what}", hint)

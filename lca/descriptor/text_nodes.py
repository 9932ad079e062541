"""Where the nodes of a descriptor's text stand: the characters of each key and value, its indentation and its style."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml
from msgspec import Struct, field

from lca.descriptor.document import LOADER, Path

#: What a file may begin with; it is no part of the text.
MARK = "\ufeff"
#: What ends a line for the YAML reader.
BREAKS = "\n\r\x85\u2028\u2029"
LINE_BREAK = re.compile(f"\r\n|[{BREAKS}]")
#: Comments in lines of their own below a line, with the blank lines between.
_COMMENT_BELOW = re.compile(f"(?:(?:\r\n|[{BREAKS}])[ \t]*)*(?:\r\n|[{BREAKS}])( *)#[^{BREAKS}]*")


class Node(Struct):
    """A value: from which character to which (without blanks and comments behind it), and in which style it is written.

    `column` is that of its first character. `style` is of a text `""` where it is plain, its quote, `|` or `>`; of a map or a
    list `flow` or `block`.
    """

    start: int
    end: int
    column: int
    style: str
    is_map: bool = False
    is_list: bool = False
    entries: list[Entry] = field(default_factory=list)

    def entry(self, name: str) -> Entry | None:
        """Return the entry of a name, in a list of a number."""
        return next((entry for entry in self.entries if entry.name == name), None)


class Entry(Struct):
    """A key with its value, or the dash of a list with it; in brackets, where there is no dash, `start` is `name_end`."""

    name: str
    start: int
    name_end: int
    node: Node


def root_node(text: str) -> Node | None:
    """Return the node of a text without a byte order mark; None where it holds nothing but comments."""
    events: Iterator[Any] = yaml.parse(text, Loader=LOADER)
    reader = _Nodes(text, events)
    for event in events:
        if isinstance(event, yaml.NodeEvent):
            return reader.node(event)
    return None


def nodes_on(root: Node | None, path: Path) -> list[Node]:
    """Return the nodes that stand on a path, from the root to the last that exists."""
    found = [root] if root is not None else []
    for name in path if root is not None else ():
        entry = found[-1].entry(name)
        if entry is None:
            break
        found.append(entry.node)
    return found


def block_maps(text: str) -> dict[Path, Node]:
    """Return the maps in block style of a text that can be read, by path."""
    found: dict[Path, Node] = {}
    root = root_node(text)
    waiting: list[tuple[Path, Node]] = [((), root)] if root is not None else []
    while waiting:
        path, node = waiting.pop()
        if node.is_map and node.style == "block":
            found[path] = node
        waiting += [((*path, entry.name), entry.node) for entry in node.entries]
    return found


def line_end(text: str, offset: int) -> int:
    """Return where the line that a character stands in ends, before its break."""
    found = LINE_BREAK.search(text, offset)
    return found.start() if found else len(text)


def line_start(text: str, offset: int) -> int:
    """Return where the line that a character stands in begins."""
    return 1 + max(text.rfind(character, 0, offset) for character in BREAKS)


def end_of_entry(body: str, parent: Node, entry: Entry) -> int:
    """Return where the lines of an entry end, with the comments below that are indented more than it."""
    end = line_end(body, max(entry.name_end, entry.node.end))
    while (comment := _COMMENT_BELOW.match(body, end)) and len(comment[1]) > parent.column:
        end = comment.end()
    return end


class _Nodes:
    """Builds nodes from the event stream, as the reader builds data."""

    def __init__(self, text: str, events: Iterator[Any]) -> None:
        self.text, self.events = text, events

    def node(self, event: Any) -> Node:
        """Return the node that an event begins."""
        start, end, column = event.start_mark.index, event.end_mark.index, event.start_mark.column
        if isinstance(event, yaml.ScalarEvent):
            return Node(start, self._end_of_text(event, start, end), column, event.style or "")
        node = Node(start, end, column, "flow" if event.flow_style else "block")
        if isinstance(event, yaml.MappingStartEvent):
            node.is_map = True
            while not isinstance(key := next(self.events), yaml.MappingEndEvent):
                inner = self.node(next(self.events))
                node.entries.append(Entry(key.value, key.start_mark.index, key.end_mark.index, inner))
        else:
            node.is_list = True
            while not isinstance(key := next(self.events), yaml.SequenceEndEvent):
                inner = self.node(key)
                dash = self._dash(inner.start, column) if node.style == "block" else None
                name_end = inner.start if dash is None else dash + 1
                entry = Entry(str(len(node.entries)), inner.start if dash is None else dash, name_end, inner)
                node.entries.append(entry)
        if node.style == "flow":
            node.end = key.end_mark.index
        else:
            node.end = max(node.entries[-1].name_end, node.entries[-1].node.end)
        return node

    def _end_of_text(self, event: Any, start: int, end: int) -> int:
        """Return where a text ends: one in a block goes on over the blank lines below it only where these belong to it."""
        if event.style not in ("|", ">"):
            return int(end)
        body = self.text[start:end]
        header = body[: line_end(body, 0)].partition("#")[0]
        if "+" in header:
            return start + len(re.sub("(?:\r\n|[\n\r])\\Z", "", body))
        return start + len(body.rstrip(" \t\r\n"))

    def _dash(self, offset: int, column: int) -> int:
        """Return where the dash stands that introduces an entry of a block list whose dashes stand in a column."""
        start = line_start(self.text, offset)
        while not (self.text[start + column : start + column + 1] == "-" and start + column < offset + 1):
            start = line_start(self.text, start - 1)
        return start + column

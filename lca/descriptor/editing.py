"""Edits of a descriptor's text: only the lines that are meant change; comments, order, indentation and quotes stay.

A path names a node as the reader does: keys of maps and numbers of lists, all as text. A value is plain data: dict, list, str,
int, float, bool or None. Each function takes a text that the reader can read (or one that holds nothing but comments) and
returns the new text. What that says is read back and compared with what was meant, so that no edit goes wrong silently.

All of them raise:
    ProblemsFound: the text before or after the edit cannot be read; the problems have their places in it.
    ValueError: the path leads nowhere, or the way in which the text is written there leaves no room for the edit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from lca.descriptor.document import Path, read_document, scalar
from lca.descriptor.plain_data import at_path, nested, same, with_value, without
from lca.descriptor.text_nodes import (
    BREAKS,
    LINE_BREAK,
    MARK,
    Entry,
    Node,
    end_of_entry,
    line_end,
    line_start,
    nodes_on,
    root_node,
)
from lca.descriptor.written_nodes import Layout, entry_in_line, entry_in_lines, in_line, in_lines
from lca.problems import ProblemsFound


def set_value(text: str, path: Path, value: Any, order: Sequence[str] = ()) -> str:
    """Return the text with a value at a path; maps that are missing on the way are made.

    A map or a list is compared with the one that stands there, and only what differs is written. A new key stands after those
    that go before it in `order`, or last. In a list, the number after the last one appends.
    """

    def changed(body: str, data: Any) -> str:
        depth = max(len(nodes_on(root_node(body), path)) - 1, 0)
        if depth == len(path):
            return _changed(body, path, at_path(data, path), value)
        return _inserted(body, path[:depth], path[depth], nested(path[depth + 1 :], value), order)

    return _edited(text, changed, lambda data: with_value(data, path, value))


def remove(text: str, path: Path) -> str:
    """Return the text without the node at a path, and without the maps and lists that this would leave empty.

    Comments above it stay; those behind it and within it go.
    """
    return _edited(text, lambda body, _: _removed(body, path), lambda data: without(data, path))


def rename(text: str, path: Path, name: str) -> str:
    """Return the text with another name for the key at a path, at the same place of its map."""

    def renamed(body: str, _: Any) -> str:
        parent, entry = _found(body, path)
        if not parent.is_map or parent.entry(name):
            raise ValueError(f"`{'.'.join(path)}` cannot be named `{name}`")
        written = entry_in_line(name, 1) if parent.style == "flow" else entry_in_lines(name, 1, Layout(), 0)[0]
        return body[: entry.start] + written.removesuffix(": 1") + body[entry.name_end :]

    def meant(data: Any) -> Any:
        around = at_path(data, path[:-1])
        return with_value(data, path[:-1], {name if key == path[-1] else key: value for key, value in around.items()})

    return _edited(text, renamed, meant)


def append(text: str, path: Path, value: Any) -> str:
    """Return the text with a value at the end of the list at a path; the list is made where there is none."""
    body = text.removeprefix(MARK)
    on_path = nodes_on(root_node(body), path)
    if len(on_path) == len(path) + 1 and on_path[-1].is_list:
        return set_value(text, (*path, str(len(on_path[-1].entries))), value)
    return set_value(text, path, [value])


def insert_lines(text: str, path: Path, lines: Sequence[str], order: Sequence[str] = ()) -> str:
    """Return the text with the keys that stand in lines, comments included, in the map at a path.

    The lines are those of a text with its keys in the first column. Where the map is written in braces, the comments are lost.
    """
    values: dict[str, Any] = read_document("\n".join(lines), "-").data

    def inserted(body: str, _: Any) -> str:
        on_path = nodes_on(root_node(body), path)
        if len(on_path) == len(path) + 1 and on_path[-1].style == "block":
            place = _place_in(on_path[-1], next(iter(values)), order)
            return _lines_inserted(body, on_path[-1], place, lines)
        for name, value in values.items():
            body = _inserted(body, path, name, value, order)
        return body

    def meant(data: Any) -> Any:
        there = at_path(data, path)
        if there is not None and not isinstance(there, dict):
            raise ValueError(f"`{'.'.join(path)}` is no map")
        return with_value(data, path, {**(there or {}), **values})

    return _edited(text, inserted, meant)


def _edited(text: str, change: Callable[[str, Any], str], meant: Callable[[Any], Any]) -> str:
    """Return a text that is changed, once it is known to say what is meant."""
    body = text.removeprefix(MARK)
    data = _data(body)
    wanted = meant(data)
    made = change(body, data)
    if not same(_data(made), wanted):
        raise ValueError("the text is written there in a way that leaves no room for the edit")
    return MARK * text.startswith(MARK) + made


def _data(body: str) -> Any:
    """Return what a text says, no key where it holds nothing but comments."""
    try:
        return read_document(body, "-").data
    except ProblemsFound as found:
        if found.problems[0].code == "LCA105" and root_node(body) is None:
            return {}
        raise


def _found(body: str, path: Path) -> tuple[Node, Entry]:
    """Return the entry at a path, and the map or list that it is an entry of."""
    on_path = nodes_on(root_node(body), path)
    entry = on_path[-2].entry(path[-1]) if path and len(on_path) == len(path) + 1 else None
    if entry is None:
        raise ValueError(f"there is no `{'.'.join(path)}`")
    return on_path[-2], entry


def _changed(body: str, path: Path, old: Any, new: Any) -> str:
    """Return the text with what differs between the node at a path and a new value."""
    if same(old, new):
        return body
    if isinstance(old, dict) and isinstance(new, dict) and old and new:
        for key, value in new.items():
            inner = (*path, key)
            body = (
                _changed(body, inner, old[key], value) if key in old else _inserted(body, path, key, value, list(new))
            )
        for key in old.keys() - new.keys():
            body = _removed(body, (*path, key))
        return body
    if isinstance(old, list) and isinstance(new, list) and old and new:
        return _changed_list(body, path, old, new)
    return _replaced(body, path, new)


def _changed_list(body: str, path: Path, old: list[Any], new: list[Any]) -> str:
    """Return the text with a list that differs in the middle: what stands alike at its begin and its end is not touched."""
    least = min(len(old), len(new))
    begin = next((index for index in range(least) if not same(old[index], new[index])), least)
    end = next((index for index in range(least - begin) if not same(old[-1 - index], new[-1 - index])), least - begin)
    for index in range(begin, least - end):
        body = _changed(body, (*path, str(index)), old[index], new[index])
    for index in range(least - end, len(new) - end):
        body = _inserted(body, path, str(index), new[index], ())
    for index in reversed(range(least - end, len(old) - end)):
        body = _removed(body, (*path, str(index)))
    return body


def _inserted(body: str, path: Path, name: str, value: Any, order: Sequence[str]) -> str:
    """Return the text with a new entry of the map or list at a path."""
    on_path = nodes_on(root_node(body), path)
    if not on_path:
        found = "\n".join([*entry_in_lines(name, value, Layout(), 0), ""])
        return body + _break_of(body) * bool(body and body[-1] not in BREAKS) + found.replace("\n", _break_of(body))
    parent = on_path[-1]
    if not parent.entries:
        if not (parent.is_map or parent.is_list) and scalar(body[parent.start : parent.end] or "~") is not None:
            raise ValueError(f"`{'.'.join(path)}` is neither a map nor a list")
        return _replaced(body, path, [value] if parent.is_list else {name: value})
    place = int(name) if parent.is_list else _place_in(parent, name, order)
    before = parent.entries[place - 1] if place else None
    if parent.style == "flow":
        written = entry_in_line(name, value) if parent.is_map else in_line(value)
        if before is None:
            return _spliced(body, parent.entries[0].start, parent.entries[0].start, f"{written}, ")
        end = max(before.name_end, before.node.end)
        return _spliced(body, end, end, f", {written}")
    lines = entry_in_lines(name if parent.is_map else None, value, _layout(on_path), parent.column)
    return _lines_inserted(body, parent, place, lines)


def _lines_inserted(body: str, parent: Node, place: int, lines: Sequence[str]) -> str:
    """Return the text with lines before the entry of a number in a map or list in block style, or behind the last one."""
    margin = " " * parent.column
    if place == 0:
        start = parent.entries[0].start
        return _spliced(body, start, start, _joined(body, lines, margin).lstrip(" ") + _break_of(body) + margin)
    end = end_of_entry(body, parent, parent.entries[place - 1])
    return _spliced(body, end, end, _break_of(body) + _joined(body, lines, margin))


def _place_in(parent: Node, name: str, order: Sequence[str]) -> int:
    """Return at which number among the entries of a map a new key stands."""
    names = [entry.name for entry in parent.entries]
    if name not in order:
        return len(names)
    before, after = order[: order.index(name)], order[order.index(name) + 1 :]
    places = [index + 1 for index, known in enumerate(names) if known in before]
    return (
        max(places)
        if places
        else min((index for index, known in enumerate(names) if known in after), default=len(names))
    )


def _removed(body: str, path: Path) -> str:
    """Return the text without an entry, or without the map or list that holds nothing else."""
    parent, entry = _found(body, path)
    if len(parent.entries) == 1 and len(path) > 1:
        return _removed(body, path[:-1])
    index = parent.entries.index(entry)
    others = [*parent.entries[:index], *parent.entries[index + 1 :]]
    if parent.style == "flow":
        if index:
            before = others[index - 1]
            return _spliced(body, max(before.name_end, before.node.end), max(entry.name_end, entry.node.end), "")
        return _spliced(body, entry.start, others[0].start if others else entry.node.end, "")
    begin, end = line_start(body, entry.start), end_of_entry(body, parent, entry)
    following = LINE_BREAK.match(body, end)
    if body[begin : entry.start].strip(" "):  # it stands behind a dash
        return _spliced(body, entry.start, others[0].start, "")
    if index and begin:
        return _spliced(body, begin - (2 if body[begin - 2 : begin] == "\r\n" else 1), end, "")
    return _spliced(body, begin, following.end() if following else end, "")


def _replaced(body: str, path: Path, value: Any) -> str:
    """Return the text with another value for the entry at a path; the comments of its line stay."""
    parent, entry = _found(body, path)
    node = entry.node
    style = "" if node.style in ("flow", "block") else node.style
    if parent.style == "flow":
        colon = ":" * (parent.is_map and ":" not in body[entry.name_end : node.start])
        blank = " " * (bool(colon) or body[node.start - 1] == ":")
        return _spliced(body, node.start, node.end, colon + blank + in_line(value, style))
    behind = body.index(":", entry.name_end) + 1 if parent.is_map else entry.name_end
    layout = _layout(nodes_on(root_node(body), path[:-1]))
    first, below = in_lines(value, layout, parent.column + behind - entry.start + 1, style)
    end_of_line = line_end(body, behind)
    end, kept = node.end, ""
    if node.style == "block":
        end = end_of_entry(body, parent, entry)
    if node.start > end_of_line:
        kept = body[behind:end_of_line]
    elif node.style in ("|", ">"):
        kept = body[node.start : end_of_line].lstrip("|>+-0123456789")
    elif first and node.start > behind:
        first = body[behind : node.start] + first[1:]
    rest = body[end : line_end(body, end)]
    written = first + kept.rstrip() + rest
    lines = _break_of(body) + _joined(body, below, " " * parent.column) if below else ""
    return _spliced(body, behind, end + len(rest), written + lines)


def _layout(on_path: Sequence[Node]) -> Layout:
    """Return how a text indents, by the nearest maps and lists around a place."""
    known = Layout()
    steps = [step for node in reversed(on_path) for step in _steps(node)]
    return Layout(
        map_step=next((step for is_map, step in steps if is_map), known.map_step),
        dash_step=next((step for is_map, step in steps if not is_map), known.dash_step),
    )


def _steps(node: Node) -> Iterable[tuple[bool, int]]:
    """Yield by how many columns maps and lists in block style are indented in the maps around them."""
    for entry in node.entries if node.style == "block" else ():
        if node.is_map and entry.node.style == "block":
            yield entry.node.is_map, entry.node.column - node.column
        yield from _steps(entry.node)


def _break_of(body: str) -> str:
    found = LINE_BREAK.search(body)
    return found[0] if found else "\n"


def _joined(body: str, lines: Iterable[str], margin: str) -> str:
    """Return lines behind a margin, with the breaks of a text."""
    return _break_of(body).join(margin + line if line else "" for line in lines)


def _spliced(body: str, start: int, end: int, new: str) -> str:
    return body[:start] + new + body[end:]

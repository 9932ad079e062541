"""How a new value is written into a descriptor: its style, its quotes where they are needed, and its lines."""

from __future__ import annotations

import io
import math
import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from lca.descriptor.document import scalar

#: Lines are folded, and maps and lists written in several lines, where they would be longer.
WIDTH = 120
#: Width of a folded text, to which its indentation is added.
_FOLDED = 108
#: What would not be seen, or would end a line, in a text that stands in lines of its own.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


class Layout(Struct, frozen=True):
    """By how many columns a file indents its maps, and the dashes of its lists."""

    map_step: int = 2
    dash_step: int = 2


def in_line(value: Any, style: str = "") -> str:
    """Return a value as it stands in braces or brackets; `style` is that of the text that it replaces."""
    return _emitted([value], Layout(), style, in_braces=True)[0][1:-1]


def in_lines(value: Any, layout: Layout, column: int, style: str = "") -> tuple[str, list[str]]:
    """Return what stands behind a key, from a column on, and the lines below it, indented as if the key were in the first."""
    first, *below = _emitted({"k": value}, layout, style, column=column - 3)
    return first.removeprefix("k:"), below


def entry_in_line(name: str, value: Any) -> str:
    """Return a key and its value as they stand in braces."""
    return _emitted({name: value}, Layout(), "", in_braces=True)[0][1:-1]


def entry_in_lines(name: str | None, value: Any, layout: Layout, column: int) -> list[str]:
    """Return the lines of a key (of a dash where it is None) and its value, indented as if it stood in the first column."""
    if name is not None:
        return _emitted({name: value}, layout, "", column=column)
    lines = _emitted([value], layout, "", column=column)
    margin = len(lines[0]) - len(lines[0].lstrip(" "))
    return [line[margin:] for line in lines]


def _emitted(value: Any, layout: Layout, style: str, *, in_braces: bool = False, column: int = 0) -> list[str]:
    """Return the lines of a map or a list of one entry."""
    from ruamel.yaml import YAML
    from ruamel.yaml.events import DocumentEndEvent, DocumentStartEvent, StreamEndEvent, StreamStartEvent

    emitter, stream = YAML(typ="safe", pure=True), io.StringIO()
    emitter.width, emitter.allow_unicode = 1 << 30, True
    emitter.indent(mapping=layout.map_step, sequence=layout.dash_step + 2, offset=layout.dash_step)
    inner = _Events(layout, style).of(value, column, in_braces, is_outermost=True)
    begin, end = (StreamStartEvent(), DocumentStartEvent(explicit=False)), (DocumentEndEvent(False), StreamEndEvent())
    emitter.emit([*begin, *inner, *end], stream)
    return stream.getvalue().rstrip("\n").split("\n") if in_braces else stream.getvalue()[:-1].split("\n")


class _Events:
    """Values as events of a writer of YAML, each text in the style that the reader reads back as that text."""

    def __init__(self, layout: Layout, style: str) -> None:
        self.layout, self.style = layout, style

    def of(self, value: Any, column: int, in_braces: bool, *, is_outermost: bool = False) -> Iterator[Any]:
        """Yield the events of a value that stands in a column."""
        from ruamel.yaml.events import MappingEndEvent, MappingStartEvent, SequenceEndEvent, SequenceStartEvent

        if not isinstance(value, Mapping | list):
            yield _text_event(*self._text(value, column, in_braces))
            return
        flow = in_braces or (not is_outermost and _fits_in_line(value, column))
        if isinstance(value, Mapping):
            yield MappingStartEvent(None, None, True, flow_style=flow)
            for key, inner in value.items():
                yield _text_event(key, "")
                below = column + self.layout.map_step if isinstance(inner, Mapping | list) else column + len(key) + 2
                yield from self.of(inner, below, flow)
            yield MappingEndEvent()
        else:
            yield SequenceStartEvent(None, None, True, flow_style=flow)
            for inner in value:
                yield from self.of(inner, column + self.layout.dash_step + 2, flow)
            yield SequenceEndEvent()

    def _text(self, value: Any, column: int, in_braces: bool) -> tuple[str, str]:
        """Return what stands for a scalar, and its style."""
        if not isinstance(value, str):
            return _plain(value), ""
        style = self.style
        if style not in ('"', "'"):
            is_paragraph = "\n" not in value.removesuffix("\n")
            is_block = bool(style) or not is_paragraph or column + len(value) > WIDTH
            style = "" if in_braces or not is_block or not _is_plain_in_lines(value) else ">" if is_paragraph else "|"
        if style == ">":
            return _folded(value), style
        return value, style or ("" if scalar(value) == value and not (in_braces and value[0] in "?:") else '"')


def _plain(value: Any) -> str:
    """Return how a value that is no text is written."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{value} cannot be written: a number must be finite")
    return "null" if value is None else repr(value)


def _is_plain_in_lines(text: str) -> bool:
    """Say whether a text may stand in lines of its own: what is seen there is what is read."""
    lines = text.removesuffix("\n").split("\n")
    return (
        bool(lines[0] and lines[-1])
        and not any(_UNSEEN.search(line) or line[-1:] == " " for line in lines)
        and lines[0][0] != " "
    )


def _folded(text: str) -> str:
    """Return a paragraph with the mark of the writer where its lines end, or as it is where its blanks would be lost."""
    lines = textwrap.wrap(text, _FOLDED, break_long_words=False, break_on_hyphens=False)
    return "\a ".join(lines) + "\n" * text.endswith("\n") if " ".join(lines) == text.removesuffix("\n") else text


def _fits_in_line(value: Any, column: int) -> bool:
    """Say whether a map or a list is written in one line: a quantity, or a short list without maps."""
    if not value:
        return True
    if isinstance(value, Mapping) and "value" not in value:
        return False
    inner = list(value.values()) if isinstance(value, Mapping) else value
    flat = all(_is_short(item) or (isinstance(item, list) and all(map(_is_short, item))) for item in inner)
    return flat and column + len(in_line(value)) <= WIDTH


def _is_short(item: Any) -> bool:
    return not isinstance(item, Mapping | list) and not (isinstance(item, str) and "\n" in item)


def _text_event(text: str, style: str) -> Any:
    from ruamel.yaml.events import ScalarEvent
    from ruamel.yaml.tag import Tag

    return ScalarEvent(None, Tag(suffix="tag:yaml.org,2002:str"), (True, True, True), text, style=style or None)

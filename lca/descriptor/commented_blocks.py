"""Writes commented blocks into a descriptor's text where they belong: no line that exists is touched, none is written twice."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator

from msgspec import Struct

from lca.descriptor.document import Path, read_document
from lca.descriptor.text_nodes import LINE_BREAK, MARK, Node, block_maps

_COMMENT = re.compile("( *)#[^\n\r\x85\u2028\u2029]*(?:\r\n|[\n\r\x85\u2028\u2029]|$)")

WIDTH = 110


class Block(Struct, frozen=True):
    """What may be uncommented at a place of a descriptor.

    `path` is the map that it belongs to; `mark` tells blocks apart, and is written with it; `title` says what it is for; `lines`
    are what stands there once they are uncommented.
    """

    path: Path
    mark: str
    title: str
    lines: tuple[str, ...] = ()


def with_blocks(text: str, blocks: Iterable[Block], in_braces: str) -> str:
    """Return a descriptor's text with the blocks that it does not hold yet, as comments; its meaning stays.

    Each stands at the end of its map, or, where that is written in braces or does not exist, of the nearest map around it.
    `in_braces` is the sentence for a `{key}` in braces, which only a person can add to; what is to be added stays a comment.

    Raises:
        ValueError: the text cannot be extended without changing its meaning.
    """
    new = [block for block in blocks if not re.search(rf"#[ #]*\[{re.escape(block.mark)}\]", text)]
    if not new:
        return text
    body = text.removeprefix(MARK)
    maps, document = block_maps(body), read_document(body, "-")
    groups: dict[Path, list[Block]] = {}
    for block in new:
        groups.setdefault(block.path, []).append(block)
    insertions: dict[int, list[tuple[int, list[str]]]] = {}
    for path, group in groups.items():
        home = next((path[:length] for length in range(len(path), 0, -1) if path[:length] in maps), ())
        own = maps.get(home) or Node(0, len(body), 0, "block")
        missing = path[len(home) :]
        margin = " " * own.column + "# "
        if missing and path[: len(home) + 1] in document.nodes:
            sentence = f"{margin}# {in_braces.format(key=missing[0])}"
            lines = [sentence, *_written(missing[1:], group, f"{margin}#   ")]
        else:
            lines = list(_written(missing, group, margin))
        offset = _after(body, own) if home else len(body)
        insertions.setdefault(offset, []).append((own.column, lines if home else ["", *lines]))
    made = _inserted(body, insertions)
    if read_document(made, "-").data != document.data:
        raise ValueError("the blocks would change what the descriptor says")
    return MARK * text.startswith(MARK) + made


def _inserted(text: str, insertions: dict[int, list[tuple[int, list[str]]]]) -> str:
    """Return a text with lines at some places, those that are indented more first."""
    found = LINE_BREAK.search(text)
    line_break, made, last = found[0] if found else "\n", "", 0
    for offset, blocks in sorted(insertions.items()):
        made += text[last:offset]
        made += line_break if made and not LINE_BREAK.search(made[-1]) else ""
        for _, lines in sorted(blocks, key=lambda block: -block[0]):
            made += "".join(line.rstrip() + line_break for line in lines)
        last = offset
    return made + text[last:]


def _written(missing: Path, group: list[Block], margin: str) -> Iterator[str]:
    """Yield the lines of the blocks of one map; `missing` are the keys between it and the map that they are written into."""
    for depth, key in enumerate(missing):
        yield f"{margin}{'  ' * depth}{key}:"
    inner = margin + "  " * len(missing)
    for block in group:
        title = re.sub("[ \t\r\n]+", " ", f"[{block.mark}] {block.title}")
        yield from textwrap.wrap(
            title, WIDTH, initial_indent=f"{inner}# ", subsequent_indent=f"{inner}#   ", break_long_words=False
        )
        yield from (inner + line for line in block.lines)


def _after(text: str, block_map: Node) -> int:
    """Return where a line may stand after the last entry of a map and the comments that belong to it."""
    following = LINE_BREAK.search(text, block_map.end)
    end = following.end() if following else len(text)
    while (comment := _COMMENT.match(text, end)) and len(comment[1]) >= max(block_map.column, 1):
        end = comment.end()
    return end

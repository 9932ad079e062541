"""How a tree is written as people write descriptors: short maps in one line, long texts folded."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator
from typing import Any

Tree = dict[str, Any]

WIDTH = 120
#: A text that stands without quotes anywhere, in a line of a map too.
PLAIN = re.compile(r"[^\W_][^:#{}\[\],&*!|>'\"%@`\n]*[^\s:#{}\[\],&*!|>'\"@`]|[^\W\d_]")
#: Texts that a reader of YAML takes for something else than a text; numbers among them.
OTHERWISE = re.compile(r"(?i)true|false|null|[-+.\d][\d_.e+-]*")


def written(tree: Tree, head: str) -> str:
    """Return the text of a descriptor, with a comment at its head."""
    return "".join(f"{line}\n" for line in (f"# {head}", *_lines(tree, "")))


def _scalar(value: Any) -> str:
    if value is None or isinstance(value, bool | int | float):
        return json.dumps(value)
    text = str(value)
    plain = PLAIN.fullmatch(text) and (not OTHERWISE.fullmatch(text) or re.fullmatch(r"\d{4}-\d\d", text))
    return text if plain else json.dumps(text, ensure_ascii=False)


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(value)


def _lines(tree: Tree, indent: str) -> Iterator[str]:
    for key, value in tree.items():
        line = f"{indent}{key}: {_flow(value)}"
        if len(line) <= WIDTH and (indent or not isinstance(value, dict) or len(value) == 1):
            yield line
        elif isinstance(value, dict):
            yield f"{indent}{key}:"
            yield from _lines(value, indent + "  ")
        elif isinstance(value, list):
            yield f"{indent}{key}:"
            yield from (f"{indent}  - {_flow(one)}" for one in value)
        else:
            yield f"{indent}{key}: >-"
            yield from textwrap.wrap(str(value), WIDTH, initial_indent=indent + "  ", subsequent_indent=indent + "  ")

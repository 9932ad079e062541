"""What of a template still stands in a document: texts and values in angle brackets, words such as TODO, old sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from lca.descriptor.document import Document, Path, scalar
from lca.descriptor.references import Schema, child, whole
from lca.problems import Problem

CODE = "LCA614"

#: What a template asks for, `<organisation and person>`, or gives as an example, `<72 h>`; no address, no tag, no comparison.
_BRACKETS = re.compile(r"(?<![^\s(«\"'])<(?=[^\W_]|[«\"'€$£])(?![^<>]*(?:@|://))([^<>]{1,400})>(?![^\s.,;:!?)»\"'])")
#: What people write where they will write something else.
_LATER = re.compile(
    r"(?:todo|tbd|tba|fixme|xxx+)\b.*|\?+|\.{3}|…|lorem ipsum.*"
    r"|[àa] (?:compl[ée]ter|pr[ée]ciser|renseigner|d[ée]finir|remplir)\b.{0,30}"
    r"|to be (?:completed|filled in|defined|determined|added)\b.{0,30}",
    re.IGNORECASE | re.DOTALL,
)
#: The sentences of the starter that was written before placeholders stood in brackets.
_OLD = frozenset(
    {
        "my project",
        "name of the call",
        "organisation, person who answers for the figures",
        "state why no environmental benefit is claimed, or describe it as in the guide",
        "the reason",
        "the same aim without ai",
        "title of the plan",
        "two sentences for a reviewer who knows nothing of the project",
        "what happens without the project",
        "what this study is to decide, and for whom",
        "who does it",
        "why that is the most likely course",
        "why, in 40 characters or more",
    }
)
#: In the long form of a quantity, what is text.
_TEXTS = ("source", "note")
#: Of a text node, what makes its value a word that is looked up, and no prose.
_LOOKED_UP = ("enum", "const", "pattern", "x-refers-to", "x-is-unit", "x-catalogue")


def without_placeholders(document: Document, schema: Schema) -> tuple[Document, list[Problem]]:
    """Return a document whose values are read without their brackets, and a warning for each placeholder.

    A value (`<72 h>`, `<FR>`) counts as the example that it is, so that a template can be checked and computed; a text keeps
    its brackets, so that nobody takes it for the project's.
    """
    problems: list[Problem] = []
    data = _read(document, document.data, schema, schema, (), problems)
    return (replace(document, data=data) if problems else document), problems


def _read(document: Document, node: Any, schema: Schema, root: Schema, path: Path, problems: list[Problem]) -> Any:
    if not isinstance(node, dict | list) and not (isinstance(node, str) and is_placeholder(node)):
        return node
    schema = whole(schema, root)
    if isinstance(node, dict):
        return {
            key: _read(document, value, _below(schema, root, path, key), root, (*path, key), problems)
            for key, value in node.items()
        }
    if isinstance(node, list):
        inner = schema if "x-unit" in schema else schema.get("items", {})
        return [_read(document, value, inner, root, (*path, str(i)), problems) for i, value in enumerate(node)]
    example = example_in(node)
    is_value = bool(example) and not _is_prose(schema)
    hint = "write your own text"
    if is_value:
        hint = "write your own value; where it is right as it stands, take the < and > away"
    message = f"{'.'.join(path)}: `{node}` is the template's, not yet your project's"
    problems.append(Problem(document.at(path), CODE, message, hint))
    return scalar(example) if is_value else node


def _below(schema: Schema, root: Schema, path: Path, key: str) -> Schema:
    """Return the schema of a key; a quantity's own is that of its value and bounds, a scenario's that of a descriptor."""
    if path == ("scenarios",):
        return root
    if "x-unit" in schema:
        return {} if key in _TEXTS else schema
    return child(schema, key)


def _is_prose(schema: Mapping[str, Any]) -> bool:
    """Say whether a text of its own stands at a node: neither a quantity nor a word that is looked up."""
    return "x-unit" not in schema and not any(word in schema for word in _LOOKED_UP) and _holds_text(schema)


def _holds_text(schema: Mapping[str, Any]) -> bool:
    kinds = schema.get("type", "string")
    return "string" in ([kinds] if isinstance(kinds, str) else kinds)


def example_in(text: str) -> str:
    """Return what stands in the brackets of a text that is a placeholder as a whole, else an empty text."""
    whole_text = _BRACKETS.fullmatch(text.strip())
    return whole_text[1].strip() if whole_text is not None else ""


def is_placeholder(text: str) -> bool:
    """Say whether a text is, or holds, a placeholder."""
    plain = text.strip()
    return bool(
        ("<" in plain and _BRACKETS.search(plain))
        or _LATER.fullmatch(plain)
        or " ".join(plain.casefold().split()).rstrip(".") in _OLD
    )


def placeholder_lines(problems: Iterable[Problem]) -> tuple[int, ...]:
    """Return the line of each placeholder among problems."""
    return tuple(problem.location.line for problem in problems if problem.code == CODE)

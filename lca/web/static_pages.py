"""The form without a server: pages that write a descriptor in the browser, from the templates, and judge nothing.

Each page shows the fields of one template by the same macros as the form of `lca serve`. Its script puts what a person writes where
the template's values stand, so that comments and order are those of the template.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path as Folder
from typing import Any

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from lca.descriptor.document import Path
from lca.descriptor.text_nodes import Entry, Node, end_of_entry, nodes_on, root_node
from lca.files.folders import data_folder
from lca.files.shipped import template as shipped_template
from lca.presenting.script import hash_source, script_data
from lca.web.draft import Draft
from lca.web.edits import place_of
from lca.web.fields import Fields
from lca.web.nodes import Cards, Field, Group
from lca.web.pages import Pages, pages_in
from lca.web.sentences import with_code
from lca.web.suggestions import suggestions

Shown = Field | Group | Cards

#: The steps that have fields in a template; the checklist needs the program, which knows what applies.
_STEPS = ("project", "place", "work", "benefit")
_LEFT_OUT: Path = ("goal", "excluded")
#: What a number with a unit, a number alone, and a name look like; what they mean is the program's to judge.
_QUANTITY = r"[+-]?[0-9][0-9.eE+\u002d]*\s*[^0-9\s,].*"
_NUMBER = r"[+-]?[0-9][0-9.eE+\u002d]*\s*%?"


class Span(Struct, frozen=True):
    """A part of a template's text that the page writes, for the place at a path: a value, a key that is added, a whole entry."""

    path: Path
    start: int
    end: int
    piece: Mapping[str, Any]

    def holds(self, other: Span) -> bool:
        """Say whether another part lies in this entry."""
        inside = self.start <= other.start and other.end <= self.end
        return "e" in self.piece and inside and other.path[: len(self.path)] == self.path


def static_pages(language: str) -> dict[str, bytes]:
    """Return the pages by the names of their files."""
    pages = pages_in(language)
    view = {"templates": pages.words["new"]["templates"], "style": _style(), "judged": _judged(pages)}
    index = pages.templates.filled("web/static_index.html.j2", {"view": view})
    return {
        "index.html": index.encode(),
        **{f"{name}.html": _page(name, language).encode() for name in pages.words["new"]["templates"]},
    }


def _style() -> str:
    """Return the sheets of a page; without the fonts, which are files of their own."""
    folder = data_folder("templates")
    texts = ((folder / name).read_text("utf-8") for name in ("report.css", "web/form.css"))
    return "\n".join(line for text in texts for line in text.splitlines() if not line.startswith("@font-face"))


def _judged(pages: Pages) -> Markup:
    """Return the sentence on what is judged where."""
    return with_code(pages.words["static"]["judged"])


def _page(name: str, language: str) -> str:
    """Return the page of a template."""
    pages, text = pages_in(language), shipped_template(name, language).decode("utf-8")
    draft = Draft(text, f"{name}.yaml", Folder())
    fields = Fields(draft, pages.schema, pages.words, ())
    root = root_node(text)
    assert root is not None
    steps = {
        name: [kept for node in fields.of_step(name) if (kept := _kept(node, root)) is not None] for name in _STEPS
    }
    shown = [node for nodes in steps.values() for node in nodes]
    spans = sorted(_spans(shown, text, root), key=lambda span: (span.start, -span.end))
    script = (data_folder("templates") / "web" / "static.js").read_text("utf-8")
    data = {"pieces": _pieces(text, 0, len(text), spans), "words": dict(pages.words["static"]["script"])}
    lists = sorted({field.listed for field in _fields(shown) if field.listed})
    view = {
        "title": pages.words["new"]["templates"][name]["title"],
        "focus": "",
        "steps": {name: nodes for name, nodes in steps.items() if nodes},
        "lists": {one: suggestions(one, draft.data, language) for one in lists},
        "style": _style(),
        "judged": _judged(pages),
        "script": script,
        "source": hash_source(script),
        "data": script_data(data),
    }
    return pages.templates.filled("web/static.html.j2", {"view": view})


def _kept(node: Shown, root: Node) -> Shown | None:
    """Return what of a node a page without a server can write; None where that is nothing."""
    on_path = nodes_on(root, node.path)
    if node.path == _LEFT_OUT:  # each stage says itself why it is left out
        return None
    if isinstance(node, Field):
        if node.kind == "text-only" or len(on_path) < len(node.path) or node.is_file:
            return None
        return replace(node, is_example=False, is_prose=False, known=(), default="", messages=())
    if isinstance(node, Group):
        inner = tuple(kept for one in node.inner if (kept := _kept(one, root)) is not None)
        return replace(node, inner=inner, further=(), ways=(), messages=()) if inner else None
    cards = tuple(kept for one in node.cards if isinstance(kept := _kept(one, root), Group | Field))
    instead = _kept(node.instead, root) if node.instead is not None else None
    if not cards and not isinstance(instead, Group):
        return None
    can_add = len(on_path) > len(node.path) and on_path[-1].style == "block" and on_path[-1].is_map
    left_out = instead if isinstance(instead, Group) else None
    return replace(node, cards=cards, instead=left_out, adds=node.adds if can_add and cards else "", messages=())


def _fields(nodes: Sequence[Shown]) -> Iterator[Field]:
    for node in nodes:
        if isinstance(node, Field):
            yield node
        elif isinstance(node, Group):
            yield from _fields(node.inner)
        else:
            yield from _fields(node.cards)
            yield from _fields([node.instead] if node.instead is not None else [])


def _spans(nodes: Sequence[Shown], text: str, root: Node) -> Iterator[Span]:
    """Yield the parts of a text that the fields of nodes write."""
    for field in _fields(nodes):
        parent, entry = _entry(root, field.path)
        about = {"f": field.id, **_checked(field)}
        if entry is not None:
            yield Span(field.path, entry.node.start, entry.node.end, {**about, "v": field.value})
        else:
            key, last = field.path[-1], parent.entries[-1]
            end = end_of_entry(text, parent, last) if parent.style == "block" else last.node.end
            before = f"\n{' ' * parent.column}{key}: " if parent.style == "block" else f", {key}: "
            yield Span(field.path, end, end, {**about, "v": "", "k": before})
    for card in _cards(nodes):
        parent, entry = _entry(root, card.path)
        if entry is not None and card.entry:
            yield Span(card.path, entry.start, entry.name_end, {"f": f"{card.id}-name", "t": "name", "v": card.entry})
            if parent.style == "block":
                yield Span(
                    card.path, entry.start, end_of_entry(text, parent, entry), {"e": card.id, "m": " " * parent.column}
                )


def _cards(nodes: Sequence[Shown]) -> Iterator[Group]:
    for node in nodes:
        if isinstance(node, Group):
            if node.role == "card":
                yield node
            yield from _cards(node.inner)
        elif isinstance(node, Cards):
            yield from _cards(node.cards)


def _entry(root: Node, path: Path) -> tuple[Node, Entry | None]:
    parent = nodes_on(root, path[:-1])[-1]
    return parent, parent.entry(path[-1])


def _checked(field: Field) -> dict[str, str]:
    """Return how a field is written, and the pattern that it must have."""
    place = place_of(field.path)
    schema = place.schema if place is not None else {}
    if field.kind == "list":
        return {"t": "list"}
    if "x-unit" in schema:
        return {"t": "value", "c": _QUANTITY if field.unit else _NUMBER if schema["x-unit"] == "1" else ".*"}
    if schema.get("type") in ("integer", "number", "boolean"):
        return {"t": "value", "c": _NUMBER if schema["type"] != "boolean" else ".*"}
    return {"t": "text", "c": str(schema.get("pattern", ".*")).removeprefix("^").removesuffix("$")}


def _pieces(text: str, start: int, end: int, spans: Sequence[Span]) -> list[Any]:
    """Return a part of a text as what stands there as it is, what a field writes, and entries that can be written again."""
    made: list[Any] = []
    index = 0
    while index < len(spans):
        span = spans[index]
        inside = [one for one in spans[index + 1 :] if span.holds(one)]
        made.append(text[start : span.start])
        if "e" in span.piece:
            made.append({**span.piece, "p": _pieces(text, span.start, span.end, inside)})
        else:
            made.append({**span.piece, "d": text[span.start : span.end]})
        start, index = span.end, index + 1 + len(inside)
    return [piece for piece in (*made, text[start:end]) if piece]

"""What a form file from outside the package says that cannot be filled in; no form leaves out what a reader must see."""

from __future__ import annotations

import string
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from lca.descriptor.document import Document, Path
from lca.problems import Problem, did_you_mean, listed
from lca.subjects.checklist.forms.export import ENERGY_CELLS
from lca.subjects.checklist.forms.objectives import CELLS

Node = Mapping[str, Any]

#: What a block may be, and what belongs to each kind beside it; `texts` stands for the languages.
KINDS: Mapping[str, tuple[str, ...]] = {
    "heading": (),
    "paragraph": ("texts",),
    "marks": (),
    "objectives": ("texts", "caption", "columns"),
    "energy": ("caption", "columns"),
    "boundary": (),
    "footer": (),
}
LANGUAGES = ("en", "fr")


def problems_of_form(document: Document, language: str) -> Iterator[Problem]:
    """Yield what a form that fits its schema still cannot say, or not in a language."""
    data = document.data
    yield from _without_text(document, ("title",), data["title"], language)
    kinds = set[str]()
    for index, node in enumerate(data["blocks"]):
        where: Path = ("blocks", str(index))
        found = [kind for kind in KINDS if kind in node]
        kinds |= set(found)
        if len(found) != 1:
            message = f"a block is of one kind, and this is of {len(found)}"
            yield Problem(document.at(where), "LCA402", message, f"keep one of {listed(KINDS)}")
        else:
            yield from _of_block(document, where, node, found[0], language)
    questions = data.get("harm_questions", {})
    for name, text in questions.items():
        yield from _without_text(document, ("harm_questions", name), text, language)
    place = document.at(("blocks",))
    if "footer" not in kinds:
        message = "the form does not say what it was made from, and that it is a self-assessment"
        yield Problem(place, "LCA402", message, "add the block `- footer: true`")
    if "objectives" in kinds and "marks" not in kinds:
        message = "the form does not show which rows nothing verifies"
        yield Problem(place, "LCA402", message, "add the block `- marks: true` before the objectives")


def _of_block(document: Document, where: Path, node: Node, kind: str, language: str) -> Iterator[Problem]:
    is_table = kind == "energy" or node[kind] == "table"
    belong = {kind, *("caption", "columns")} if is_table else {kind, *(LANGUAGES if "texts" in KINDS[kind] else ())}
    for key in node:
        if key not in belong:
            message = f"`{key}` means nothing in this block of `{kind}`"
            yield Problem(document.key_at((*where, key)), "LCA402", message, "remove it, or put it where it belongs")
    if kind == "heading":
        yield from _without_text(document, (*where, kind), node[kind], language)
    elif is_table:
        yield from _of_table(document, where, node, CELLS if kind == "objectives" else ENERGY_CELLS, language)
    elif "texts" in KINDS[kind]:
        yield from _without_text(document, where, node, language)
        if kind == "objectives":
            for spoken in (one for one in LANGUAGES if one in node):
                yield from _unknown_holes(document, (*where, spoken), node[spoken])


def _of_table(document: Document, where: Path, node: Node, cells: Collection[str], language: str) -> Iterator[Problem]:
    if "columns" not in node:
        yield Problem(document.at(where), "LCA202", "this table has no `columns`", "name the cell of each column")
    for index, column in enumerate(node.get("columns", ())):
        at = (*where, "columns", str(index))
        yield from _without_text(document, at, column, language)
        if column["cell"] not in cells:
            yield _unknown_cell(document, (*at, "cell"), column["cell"], cells)
        elif column["cell"] == "harm_question" and "harm_questions" not in document.data:
            message = "the cell `harm_question` needs the questions"
            yield Problem(
                document.at((*at, "cell")), "LCA402", message, "add `harm_questions` with one for each objective"
            )
    if "caption" in node:
        yield from _without_text(document, (*where, "caption"), node["caption"], language)


def _without_text(document: Document, where: Path, texts: Node, language: str) -> Iterator[Problem]:
    if language not in texts:
        message = f"the text has no `{language}`, the language that is asked for"
        yield Problem(
            document.at(where), "LCA202", message, f"write it as `{language}: ...`, or choose another with --lang"
        )


def _unknown_holes(document: Document, where: Path, text: str) -> Iterator[Problem]:
    """Yield a problem for braces that do not pair, and for each name in braces that is no cell."""
    try:
        holes = [hole for hole in string.Formatter().parse(text) if hole[1] is not None]
    except ValueError:
        hint = "name a cell as in `{verdict}`, and write a brace that is meant as one twice"
        yield Problem(document.at(where), "LCA205", "the braces of the text do not pair", hint)
        return
    for _, name, form, conversion in holes:
        whole = f"{name}{f'!{conversion}' if conversion else ''}{f':{form}' if form else ''}"
        if whole not in CELLS:
            yield _unknown_cell(document, where, whole, CELLS)


def _unknown_cell(document: Document, where: Path, name: str, cells: Collection[str]) -> Problem:
    hint = did_you_mean(name, cells) or f"known: {', '.join(cells)}"
    return Problem(document.at(where), "LCA401", f"`{name}` is not a cell", hint)

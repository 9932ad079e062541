"""Whatever people write into names, labels and notes, an exported file keeps the structure that it has with a plain word there."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from conftest import AS_OF
from export_cases import study_text
from openpyxl import load_workbook

import lca
from lca.exporters import FORMATS, exporter_of

PLAIN = "word"
HOSTILE = {
    "formula": "=cmd|'/C calc'!A0",
    "sum": "+1+SUM(A1:A9)",
    "minus": "-2+3",
    "at": "@SUM(1)",
    "tab": "\t=1+1",
    "number": "2.5e3",
    "item": "- [x] item",
    "numbered": "1. item",
    "rule": "---",
    "truth": "true",
    "nothing": "null",
    "tuple": "a::b::c",
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "comment": "--> <!-- x ]]> &lt;",
    "lines": "first\n\n# heading\n| cell |\n- item\n```\n---\nthird",
    "markdown": "![x](http://example.org/x.png) [y](javascript:z) `q` | **b** ~~s~~ $m$",
    "latex": "\\input{/etc/passwd} \\end{filecontents*} % $x$ & # _ ^ ~",
    "bibtex": "},\n}\n@misc{other, title = {x\"",
    "yaml": "x: [y, {z: &a *b}] # c",
    "json": "\",\"x\":{\"y\":[1]}",
    "long": "long " * 11 + "end",
    "signs": "猫 é ﷽ 😀 \u00a0 ‘’ “”",
}  # fmt: skip
FORMS = [(name, form) for name in FORMATS for form in exporter_of(name).forms]


def shape(value: Any) -> Any:
    """Return a value without its texts and numbers: keys, lengths and kinds."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [shape(inner) for inner in value]
    return "number" if isinstance(value, int | float) and not isinstance(value, bool) else type(value).__name__


def of_json(content: bytes) -> Any:
    return shape(json.loads(content))


def of_yaml(content: bytes) -> Any:
    return shape(yaml.safe_load(content))


def of_csv(content: bytes) -> Any:
    rows = list(csv.reader(io.StringIO(content.decode())))
    cells = [cell for row in rows for cell in row if not re.fullmatch(r"[-+]?[\d.]+(e[-+]?\d+)?", cell)]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    return [len(row) for row in rows]


def of_zip(content: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return {name: SHAPES[f".{name.rpartition('.')[2]}"](part) for name, part in parts.items()}


def of_workbook(content: bytes) -> Any:
    book = load_workbook(io.BytesIO(content))
    assert not [c for sheet in book for row in sheet.iter_rows() for c in row if c.hyperlink]
    return {sheet.title: [[cell.data_type for cell in row] for row in sheet.iter_rows()] for sheet in book}


def of_markdown(content: bytes) -> Any:
    """Return the front matter, how each line begins, and what of it is no escaped sign: HTML, cells, links and code."""
    text = content.decode()
    front, text = text.removeprefix("---\n").split("\n---\n", 1) if text.startswith("---\n") else ("", text)
    lines = [re.sub(r"\\.", "·", line) for line in text.splitlines()]
    blocks = [re.match(r"#+ |\||[-+] |\d+[.)] |---|===|```|[@}<]|", line) for line in lines]
    prose = "\n".join(lines).partition("```bibtex")[0].splitlines()
    marks = [re.findall(r"<[a-z!/]|-->|\||!?\[[^@\]]*\]\(|`|~~|\$", line) for line in prose]
    return of_yaml(front.encode()), [block and block[0] for block in blocks], marks


def of_latex(content: bytes) -> Any:
    """Return the commands of every line that are no escaped sign, and how deep braces are at its end."""
    depth, found = 0, []
    for line in content.decode().splitlines():
        code = re.sub(r"\\text[a-z]+\{\}|\\[#$%&_,]|\$\\[a-z]+\$|\\dots\{\}", "", line)
        depth += code.count("{") - code.count("}")
        found.append((sorted(re.findall(r"\\[a-zA-Z]+\{?|[$&^]", code)), depth))
    return found


SHAPES: dict[str, Callable[[bytes], Any]] = {
    ".json": of_json,
    ".yaml": of_yaml,
    ".csv": of_csv,
    ".zip": of_zip,
    ".xlsx": of_workbook,
    ".md": of_markdown,
    ".tex": of_latex,
    ".bib": of_latex,
}


@pytest.fixture(scope="module")
def assessed() -> Callable[[str], lca.Assessment]:
    made: dict[str, lca.Assessment] = {}

    def of(text: str) -> lca.Assessment:
        if text not in made:
            made[text] = lca.read(study_text(text), name="study.yaml").assess(20, 2026, AS_OF)
        return made[text]

    return of


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize(("name", "form"), FORMS)
def test_the_structure_is_that_of_a_plain_word(
    name: str, form: str, text: str, assessed: Callable[[str], lca.Assessment]
) -> None:
    ending = exporter_of(name).forms[form]
    contents = [assessed(one).export(name, "fr", form).content for one in (text, PLAIN)]
    hostile, plain = map(SHAPES[ending], contents)
    assert hostile == plain


def test_a_changed_structure_would_be_seen() -> None:
    assert of_json(b'{"a": "x"}') != of_json(b'{"a": {"x": 1}}')
    assert of_markdown(b"a") != of_markdown(b"<b>a")
    assert of_markdown(b"a\\|b") != of_markdown(b"a|b")
    assert of_markdown(b"\\- a") != of_markdown(b"- a")
    assert of_markdown(b"---\na: b\n---\nc") != of_markdown(b"---\na: b\nd: e\n---\nc")
    assert of_latex(b"a") != of_latex(b"\\input{a}")
    assert of_latex(b"\\textbraceleft{}") != of_latex(b"{")
    with pytest.raises(AssertionError):
        of_csv(b"=1+1,2\n")

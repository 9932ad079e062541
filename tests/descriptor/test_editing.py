import difflib
import re
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lca.descriptor.document import read_document
from lca.descriptor.editing import append, remove, rename, set_value
from lca.problems import ProblemsFound

FILES = [*sorted((ROOT / "projects").glob("*.yaml")), *sorted((ROOT / "tests" / "cases" / "good").glob("*.yaml"))]
MARK = "\ufeff"

#: What a person writes, with each style of value and comments at each place.
ODD = """\
# A study in odd clothes.

descriptor: 1   # the format
project:
    name:   "Odd: one"      # in double quotes
    applicant: 'it''s us'   # in single ones
    start: 2026-01
    # summary: to be written
    summary: >-
        A text that is folded
        over two lines.

    notes: |
        first
          second

sites:
     here: {location: FR,   pue: 1.20}   # 1.20, not 1.2
     there:
       location: DE
       provider:            # nobody knows
machines:
- not: a machine
  with:
  - a
  -   b
-
  later: here
- {}
- - deep
  - deeper
flow: {a: [1, 2,
           3], b: {c: "x, y", d: },  # behind
       e: 5}
"""


def dressed(text: str) -> Iterator[tuple[str, str]]:
    """Yield a text as it is, with other line breaks, with a mark at its begin, without its last line break, and indented wider."""
    yield "as it is", text
    yield "CRLF", text.replace("\n", "\r\n")
    yield "byte order mark", MARK + text
    yield "no last break", text.rstrip("\n")
    if text is not ODD:  # it is indented by four already, and a list of maps cannot be stretched that way
        yield "four spaces", re.sub("^( +)", lambda found: found[1] * 2, text, flags=re.M)


CASES = [
    pytest.param(text, id=f"{name}-{how}")
    for name, source in [("odd", ODD), *((file.stem, file.read_text()) for file in FILES)]
    for how, text in dressed(source)
]


def data_of(text: str) -> Any:
    return read_document(text, "case.yaml").data


def scalars(data: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from scalars(value, (*path, str(key)))
    else:
        yield path, data


def changed_lines(before: str, after: str) -> list[str]:
    """Return the lines that differ, breaks included, as a unified diff names them."""
    lines = difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True))
    return [line for line in lines if line[0] in "+-"]


def every(paths: list[Any], most: int = 6) -> list[Any]:
    """Return at most so many of the items, spread over all of them."""
    return paths[:: max(1, len(paths) // most)]


@pytest.mark.parametrize("text", CASES)
def test_a_value_set_to_itself_changes_no_byte(text: str) -> None:
    data = data_of(text)
    for path, value in every([*scalars(data)]):
        assert set_value(text, path, value) == text
    for key, value in data.items():
        assert set_value(text, (key,), value) == text


@pytest.mark.parametrize("text", CASES)
def test_a_value_that_changes_changes_its_line_alone(text: str) -> None:
    data = data_of(text)
    for path, value in every([*scalars(data)]):
        made = set_value(text, path, "9 things")
        assert dict(scalars(data_of(made)))[path] == "9 things"
        assert {p: v for p, v in scalars(data_of(made)) if p != path} == {p: v for p, v in scalars(data) if p != path}
        removed = [line for line in changed_lines(text, made) if line[0] == "-"]
        added = [line for line in changed_lines(text, made) if line[0] == "+"]
        spread_over_lines = isinstance(value, str) and len(removed) > 1
        assert len(added) == len(removed) == 1 or (spread_over_lines and 1 <= len(added) <= 2)


@pytest.mark.parametrize("text", CASES)
def test_what_is_added_and_removed_again_leaves_the_bytes_as_they_were(text: str) -> None:
    document = read_document(text, "case.yaml")
    maps = [()] + [path for path in document.nodes if isinstance(at(document.data, path), dict)]
    lists = [path for path in document.nodes if isinstance(at(document.data, path), list)]
    quantity = {"value": "3 h", "range95": ["2 h", "4 h"], "source": "a clock: mine, not yours"}
    for path in every([path for path in maps if at(document.data, path)]):
        for value in ("new", quantity, {"on": {"x": 1}, "text": "two\nlines"}):
            made = set_value(text, (*path, "new-key"), value)
            assert at(data_of(made), (*path, "new-key")) == value
            assert not [line for line in changed_lines(text, made) if line[0] == "-"] or in_braces(text, made)
            assert remove(made, (*path, "new-key")) == text
    for path in every([path for path in lists if at(document.data, path)]):
        made = append(text, path, "new")
        assert at(data_of(made), path) == [*at(document.data, path), "new"]
        assert remove(made, (*path, str(len(at(document.data, path))))) == text


def in_braces(before: str, after: str) -> bool:
    """Say whether one line alone differs: that of the braces, or the last one, which got its line break."""
    return [line[0] for line in changed_lines(before, after)] in (["-", "+"], ["-", "+", "+"]) or not before.endswith(
        "\n"
    )


def at(data: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        data = data[int(name) if isinstance(data, list) else name]
    return data


@pytest.mark.parametrize("text", CASES)
def test_a_key_that_is_renamed_and_named_as_before_leaves_the_bytes_as_they_were(text: str) -> None:
    document = read_document(text, "case.yaml")
    for path in every([path for path in document.keys if path]):
        made = rename(text, path, "another-name")
        assert list(at(data_of(made), path[:-1])).index("another-name") == list(at(document.data, path[:-1])).index(
            path[-1]
        )
        assert rename(made, (*path[:-1], "another-name"), path[-1]).replace('"', "") == text.replace('"', "")


def test_comments_and_styles_stay_where_values_change() -> None:
    text = set_value(ODD, ("project", "name"), "Odd: two")
    text = set_value(text, ("project", "applicant"), "it's you")
    text = set_value(text, ("project", "summary"), "Another text that is folded")
    text = set_value(text, ("project", "notes"), "one\nand another\n")
    text = set_value(text, ("sites", "here", "pue"), {"value": 1.2, "range95": [1.1, 1.4]})
    text = set_value(text, ("sites", "there", "provider"), "azure")
    text = set_value(text, ("flow", "b", "d"), "no, or yes")
    text = remove(text, ("machines", "0", "with", "1"))
    differs = [*difflib.unified_diff(ODD.splitlines(keepends=True), text.splitlines(keepends=True), n=0)]
    assert "".join(line for line in differs[2:] if not line.startswith("@@")) == textwrap.dedent(
        """\
        -    name:   "Odd: one"      # in double quotes
        -    applicant: 'it''s us'   # in single ones
        +    name:   "Odd: two"      # in double quotes
        +    applicant: 'it''s you'   # in single ones
        -        A text that is folded
        -        over two lines.
        +        Another text that is folded
        -        first
        -          second
        +        one
        +        and another
        -     here: {location: FR,   pue: 1.20}   # 1.20, not 1.2
        +     here: {location: FR,   pue: {value: 1.2, range95: [1.1, 1.4]}}   # 1.20, not 1.2
        -       provider:            # nobody knows
        +       provider: azure            # nobody knows
        -  -   b
        -           3], b: {c: "x, y", d: },  # behind
        +           3], b: {c: "x, y", d: 'no, or yes'},  # behind
        """
    )


def test_a_new_key_stands_where_the_order_says_and_indented_as_its_neighbours() -> None:
    order = ("descriptor", "project", "goal", "sites", "training")
    text = "descriptor: 1\ntraining:\n    one: {duration: 1 h} # mine\n# last\n"
    text = set_value(text, ("sites", "here", "location"), "FR", order)
    assert (
        text
        == "descriptor: 1\nsites:\n    here:\n        location: FR\ntraining:\n    one: {duration: 1 h} # mine\n# last\n"
    )
    text = set_value(text, ("project", "name"), "NO", order)
    assert text.startswith("descriptor: 1\nproject:\n    name: NO\nsites:\n")
    text = set_value(text, ("training", "two"), {"on": "node", "duration": {"value": "3 h", "source": "me"}})
    assert "# mine\n    two:\n        on: node\n        duration: {value: 3 h, source: me}\n# last\n" in text


def test_a_map_is_compared_key_by_key_and_a_list_from_both_ends() -> None:
    text = "a:\n  b: 1 # one\n  c: 2 # two\n  l:\n    - x # ex\n    - y # why\n    - z # zed\n"
    made = set_value(text, ("a",), {"d": 4, "b": 1, "l": ["x", "w", "z"]})
    assert made == "a:\n  d: 4\n  b: 1 # one\n  l:\n    - x # ex\n    - w # why\n    - z # zed\n"
    assert set_value(text, ("a", "l"), ["z"]) == "a:\n  b: 1 # one\n  c: 2 # two\n  l:\n    - z # zed\n"
    longer = set_value(text, ("a", "l"), ["x", "y", "new", "z"])
    assert longer == text.replace("    - z", "    - new\n    - z")


@pytest.mark.parametrize(
    "value",
    ["", "NO", "null", "1e3", "0x1F", "12:30", "2026-01-01", "- a", "# b", "a: b", "a #b", " blank ", "é — « ça »", "'", '"',
     "x, y", "{}", "a\nb", "a\n", "\n", "a\n\nb\n\n", "  in\nout", "tab\there", "word " * 60, "  " * 70 + "x", "[", "%", "---", "?",
     "x" * 300, "a\u2028b", "a\u00a0b\nc", "~", ".INF", ".iNf", "0", 0, 1.5, 1e-9, 1e22, True, None, [], {}, ["a", ["b"]],
     [{"a": [{"b": "c"}]}, []], {"value": "a\nb"}, {"a": {"b": {"c": ["x", {"y": "z"}]}}}],
)  # fmt: skip
@pytest.mark.parametrize(
    "path", [("k",), ("m", "k"), ("m", "new"), ("f", "k"), ("f", "new"), ("l", "0"), ("l", "1"), ("e", "x", "y")]
)
def test_every_value_reads_back_wherever_it_is_written(path: tuple[str, ...], value: Any) -> None:
    text = "k: old # kept\nm:\n  k: >-\n    old\nf: {k: [1, 2], z: 3}\nl:\n  - old\ne:\nlast: 1\n"
    assert at(data_of(set_value(text, path, value)), path) == value


@settings(max_examples=200)
@given(
    st.text(
        st.characters(
            blacklist_categories=("Cs", "Cc", "Cn"),
            blacklist_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
        )
    )
)
@example("a\n b")
@example("\ufeff")
def test_any_text_reads_back(value: str) -> None:
    for path in (("k",), ("f", "k"), ("l", "0")):
        assert at(data_of(set_value("k: |-\n  old\nf: {k: 1}\nl: [1]\n", path, value)), path) == value


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda: remove("a: 1\n", ("b",)), "there is no `b`"),
        (lambda: remove("a: [1]\n", ("a", "1")), "there is no `1`"),
        (lambda: rename("a: 1\nb: 2\n", ("a",), "b"), "`a` cannot be named `b`"),
        (lambda: set_value("a: text\n", ("a", "b"), 1), "there is no place for `b` in `text`"),
        (lambda: set_value("a: 1\n", ("a",), float("nan")), "must be finite"),
        (lambda: set_value("a: 1\n", ("a",), 10**18), "leaves no room"),
    ],
)
def test_what_cannot_be_edited_is_told(edit: Callable[[], str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        edit()


def test_a_text_that_no_descriptor_may_hold_is_refused_by_the_reader_with_its_place() -> None:
    with pytest.raises(ProblemsFound) as found:
        set_value("a: 1\nb: 2\n", ("b",), "hidden \x07 bell")
    assert [(problem.location.line, problem.location.column, problem.code) for problem in found.value.problems] == [
        (2, 4, "LCA110")
    ]
    with pytest.raises(ProblemsFound):
        set_value("a: &x 1\nb: *x\n", ("b",), 2)


def test_a_text_of_comments_is_begun_and_the_last_key_leaves_them() -> None:
    text = set_value("# nothing yet", ("descriptor",), 1)
    assert text == "# nothing yet\ndescriptor: 1\n"
    assert set_value("", ("a", "b"), "c") == "a:\n  b: c\n"
    assert remove(set_value(text, ("a", "b"), "c"), ("a", "b")) == text


def test_two_hundred_lines_with_comments_differ_only_where_the_form_changed_them() -> None:
    source = (ROOT / "projects" / "transition-call.yaml").read_text()
    for _, text in dressed(source):
        made = set_value(text, ("project", "name"), "Another name")
        made = set_value(made, ("project", "start"), "2031-07")
        assert [line[0] for line in changed_lines(text, made)] == ["-", "+", "-", "+"]

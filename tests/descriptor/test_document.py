"""YAML as a descriptor may use it, and hostile YAML."""

from __future__ import annotations

import pytest

from lca.descriptor.document import read_document
from lca.problems import ProblemsFound


def codes(text: str) -> list[str]:
    with pytest.raises(ProblemsFound) as found:
        read_document(text, "x.yaml")
    return [f"{p.location.line}:{p.location.column} {p.code}" for p in found.value.problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("1e3", 1000.0),
        ("1.5", 1.5),
        ("0,5", "0,5"),
        ("010", 10),
        ("true", True),
        ("~", None),
        ("2012-01", "2012-01"),
        ("12:30", "12:30"),
        ("'130'", "130"),
        ("1_000", "1_000"),
    ],
)
def test_scalars_are_those_of_yaml_1_2(text: str, value: object) -> None:
    assert read_document(f"a: {text}", "x.yaml").data == {"a": value}


def test_every_node_has_its_place() -> None:
    document = read_document("a:\n  b: [1, 22]\n", "x.yaml")
    assert (document.nodes["a", "b", "1"].line, document.nodes["a", "b", "1"].column) == (2, 10)
    assert (document.keys["a", "b"].line, document.keys["a", "b"].column) == (2, 3)
    assert document.at(("a", "b", "missing", "deeper")) == document.nodes["a", "b"]


def test_hostile_yaml_is_refused_with_its_place() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{c}: &{c} [*{p}, *{p}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True))
    assert codes(bomb) == ["1:4 LCA106"]
    assert codes("a: " + "[" * 100_000) == ["1:44 LCA107"]
    assert codes("a: 1\na: 2\nb: 1\nb: 2\n") == ["2:1 LCA108", "4:1 LCA108"]
    assert codes("? [x]\n: 1\n") == ["1:3 LCA109"]
    assert codes("a: !!python/name:os.system\n") == ["1:4 LCA104"]
    assert codes("a:\n\tb: 1\n") == ["2:1 LCA104"]
    assert codes("a: 1\n---\nb: 2\n") == ["2:1 LCA104"]
    assert codes("") == codes("# nothing\n") == codes("- a\n") == ["1:1 LCA105"]
    assert codes("a: \x00\n")[0].endswith("LCA104")


def test_a_huge_integer_is_refused_and_not_a_crash() -> None:
    with pytest.raises(ProblemsFound) as caught:
        read_document(f"a: {'9' * 5000}", "x.yaml")
    assert [(str(p.location), p.code) for p in caught.value.problems] == [("x.yaml:1:4", "LCA304")]

"""Which dossiers a folder and a list hold, in which order, and what is refused with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from lca.portfolio.listing import Listing, in_order, listing
from lca.problems import ProblemsFound


def write(folder: Path, *names: str, text: str = "descriptor: 1\n") -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def problems(*named: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(ProblemsFound) as found:
        listing(named, Path("out"))
    return [(p.location.name, p.location.line, p.code) for p in found.value.problems]


def numbers(found: Listing) -> list[str]:
    return [one.number for one in found.dossiers]


def test_numbers_are_in_the_order_that_a_person_counts(tmp_path: Path) -> None:
    write(tmp_path, "10.yaml", "2.yml", "a/1.yaml", "2b.yaml")
    assert numbers(listing([tmp_path], tmp_path / "out")) == ["2", "2b", "10", "a/1"]
    assert sorted(["x10", "x9", "x", "10", "9"], key=in_order) == ["9", "10", "x", "x9", "x10"]


def test_other_files_are_no_dossiers_and_are_named(tmp_path: Path) -> None:
    write(tmp_path, "1.yaml", ".hidden.yaml", "out/2.yaml", "notes.txt")
    write(tmp_path, "part.yaml", "call.yaml", text="call: 1\n")
    (tmp_path / "link.yaml").symlink_to(tmp_path / "1.yaml")
    found = listing([tmp_path], tmp_path / "out")
    assert numbers(found) == ["1"]
    assert found.others == ("call.yaml", "part.yaml")


def test_a_descriptor_that_is_broken_is_a_dossier_all_the_same(tmp_path: Path) -> None:
    write(tmp_path, "1.yaml", text="descriptor: [1\n")
    write(tmp_path, "2.yaml", text="{descriptor: 1, project: {name: T}}")
    assert numbers(listing([tmp_path], tmp_path / "out")) == ["1", "2"]


def test_a_list_names_dossiers_by_number_and_file(tmp_path: Path) -> None:
    write(tmp_path, "a/one.yaml", "two.yaml", "three.yaml")
    (tmp_path / "list.csv").write_text("number,file\n7,a/one.yaml\n\n# later\n3,two.yaml\n,three.yaml\n", "utf-8")
    found = listing([tmp_path / "list.csv"], tmp_path / "out")
    assert [(one.number, one.file) for one in found.dossiers] == [
        ("3", "two.yaml"),
        ("7", "a/one.yaml"),
        ("three", "three.yaml"),
    ]


def test_what_is_wrong_with_a_list_is_told_line_by_line_at_once(tmp_path: Path) -> None:
    write(tmp_path, "1.yaml")
    (tmp_path / "list.csv").write_text("1,1.yaml\n2,nothing.yaml\n3,1.yaml,more\n", "utf-8")
    assert problems(tmp_path / "list.csv") == [("list.csv", 2, "LCA961"), ("list.csv", 3, "LCA961")]


def test_two_dossiers_of_one_number_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "a/1.yaml", "b/1.yaml")
    assert problems(tmp_path / "a", tmp_path / "b") == [("1.yaml", 1, "LCA962")]


def test_nothing_to_assess_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert problems(tmp_path / "empty") == [("empty", 1, "LCA961")]
    assert problems(tmp_path / "missing.yaml") == [("missing.yaml", 1, "LCA961")]

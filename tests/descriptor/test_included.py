"""Parts of partners joined to a descriptor: what joins, what clashes and where, and whose line a value stands on."""

from __future__ import annotations

from typing import Any

import pytest

from lca.descriptor.document import Document, read_document
from lca.descriptor.included import joined
from lca.problems import Location, Problem

MAIN = """descriptor: 1
project: {name: Whole, partners: [City]}
sites:
  paris: {location: FR, pue: 1.20}
training:
"""


def join(part: str, main: str = MAIN, name: str = "city") -> tuple[Document, list[Problem]]:
    return joined(read_document(main, "main.yaml"), read_document(part, "city.yaml"), name)


def test_names_of_a_map_join_and_each_keeps_its_own_place() -> None:
    made, problems = join("sites:\n  nancy: {location: FR, pue: 1.350}\ntraining: {final: {on: node}}\n")
    assert problems == []
    assert made.data == {
        "descriptor": 1,
        "project": {"name": "Whole", "partners": ["City"]},
        "sites": {"paris": {"location": "FR", "pue": 1.2}, "nancy": {"location": "FR", "pue": 1.35}},
        "training": {"final": {"on": "node"}},
    }
    assert made.at(("sites", "paris", "pue")) == Location("main.yaml", 4, 30)
    assert made.at(("sites", "nancy", "pue")) == Location("city.yaml", 2, 30)
    assert made.key_at(("sites",)) == Location("main.yaml", 3, 1)
    assert made.at(("training", "final")) == Location("city.yaml", 3, 19)


def test_a_number_keeps_the_digits_of_the_file_that_it_stands_in() -> None:
    made, _ = join("sites:\n  nancy: {location: FR, pue: 1.350}\n")
    assert made.written(("sites", "nancy", "pue"), 1.35) == "1.350"
    assert made.written(("sites", "paris", "pue"), 1.2) == "1.20"


@pytest.mark.parametrize(
    ("part", "place", "other", "message"),
    [
        (
            "sites:\n  paris:\n    location: DE\n",
            (3, 15),
            (4, 21),
            "the part `city` says `sites.paris.location` is `DE`, main.yaml:4:21 says `FR`",
        ),
        (
            "project:\n  partners: [City, Lab]\n",
            (2, 13),
            (2, 34),
            'the part `city` says `project.partners` is `["City", "Lab"]`, main.yaml:2:34 says `["City"]`',
        ),
        (
            "sites: {paris: {pue: {value: 1.2, range95: [1, 1.4]}}}\n",
            (1, 22),
            (4, 30),
            'the part `city` says `sites.paris.pue` is `{"value": 1.2, "range95": [1, 1.4]}`, main.yaml:4:30 says `1.2`',
        ),
        (
            "sites:\n  paris: FR\n",
            (2, 10),
            (4, 10),
            'the part `city` says `sites.paris` is `FR`, main.yaml:4:10 says `{"location": "FR", "pue": 1.2}`',
        ),
        (
            "sites:\n  paris: {pue: null}\n",
            (2, 11),
            (4, 30),
            "the part `city` removes `sites.paris.pue`, which main.yaml:4:30 states",
        ),
    ],
)
def test_what_is_stated_twice_is_an_error_at_both_places(
    part: str, place: tuple[int, int], other: tuple[int, int], message: str
) -> None:
    made, problems = join(part)
    assert [(p.code, p.location, p.message) for p in problems] == [("LCA424", Location("city.yaml", *place), message)]
    assert f"main.yaml:{other[0]}:{other[1]}" in message
    assert made.data == read_document(MAIN, "main.yaml").data  # nothing is changed by a part


def test_what_both_state_alike_is_stated_once_and_an_empty_key_removes_nothing_that_is_empty() -> None:
    made, problems = join("descriptor: 1\nsites: {paris: {pue: 1.2, location: FR}}\ntraining:\n")
    assert problems == []
    assert made.data["sites"] == {"paris": {"location": "FR", "pue": 1.2}}
    assert made.at(("sites", "paris", "pue")) == Location("main.yaml", 4, 30)


def test_two_parts_clash_as_a_part_and_the_main_file_do() -> None:
    one, _ = join("machines: {node: {site: paris}}\n")
    _, problems = joined(one, read_document("machines: {node: {site: nancy}}\n", "lab.yaml"), "lab")
    assert [(str(p.location), p.message) for p in problems] == [
        ("lab.yaml:1:25", "the part `lab` says `machines.node.site` is `nancy`, city.yaml:1:25 says `paris`")
    ]


def test_a_quantity_is_one_statement() -> None:
    """Nobody gives another's number a range of his own."""
    main = MAIN.replace("pue: 1.20", "pue: {value: 1.2}")
    made, problems = join("sites: {paris: {pue: {range95: [1.19, 1.21]}}}\n", main)
    assert [problem.code for problem in problems] == ["LCA424"]
    assert made.data["sites"]["paris"]["pue"] == {"value": 1.2}


def test_a_part_names_no_parts() -> None:
    made, problems = join("include: {main: {owner: City, file: main.yaml}}\nsites: {nancy: {location: FR}}\n")
    assert [(p.code, str(p.location), p.hint) for p in problems] == [
        ("LCA402", "city.yaml:1:1", "name them in main.yaml: a part of a part is not read")
    ]
    assert "include" not in made.data


def test_the_order_of_names_is_that_of_the_files() -> None:
    part: Any = "sites: {annecy: {location: FR}, paris: {location: FR}}\n"
    assert list(join(part)[0].data["sites"]) == ["paris", "annecy"]

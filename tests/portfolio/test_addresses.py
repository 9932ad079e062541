"""Where reports lie: each number has a place of its own below the output, whatever it holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from lca.portfolio.addresses import places_of

HOSTILE = [
    *("../../etc/passwd", "..", ".", "/etc/passwd", "a/../../b", "", "/", "a//b", "~", "%2E", "%"),
    *(
        "a\0b",
        "a\nb",
        "C:\\x",
        "\ud800",
        "\u202egpj",
        ".hidden",
        " a",
        "a ",
        "<b>",
        "a" * 5_000,
        "a" * 5_001,
        "é/" * 3_000,
    ),
    *("a.html/b", "a", "A", "a.HTML/b", "-rf", "1.pdf/2", "e\u0301", "\u00e9", "17?x=1#y"),
]


def test_plain_numbers_are_their_own_places() -> None:
    numbers = ["17", "017", "sub/3", "lot 2/4", "v1.2", "été/1"]
    assert places_of(numbers) == {number: f"dossiers/{number}" for number in numbers}


@pytest.mark.parametrize(
    ("number", "place"),
    [
        ("../../x", "%2E%2E/%2E%2E/x"),  # the last sign of a part is written as bytes too
        ("/etc/passwd", "%/etc/passwd"),
        (".x", "%2Ex"),
        ("a\nb", "a%0Ab"),
        ("100 %", "100 %25"),
        ("a.html/b", "a%2Ehtml/b"),
    ],
)
def test_other_signs_are_written_as_bytes(number: str, place: str) -> None:
    assert places_of([number]) == {number: f"dossiers/{place}"}


def test_no_number_leads_out_of_the_folder_or_to_the_place_of_another(tmp_path: Path) -> None:
    places = places_of(HOSTILE)
    assert len({place.casefold() for place in places.values()}) == len(HOSTILE)
    for number, place in places.items():
        file = tmp_path / f"{place}.html"
        assert (tmp_path / "dossiers") in file.resolve().parents
        file.parent.mkdir(parents=True, exist_ok=True)
        assert not file.exists()
        file.write_text(ascii(number))
    assert [(tmp_path / f"{place}.html").read_text() for place in places.values()] == [ascii(one) for one in HOSTILE]

"""Places by what people call them: their code is told, in English and French, and another place is never suggested."""

from __future__ import annotations

import csv
import re
import unicodedata
from pathlib import Path

import pytest
from conftest import ROOT

from lca.cli.main import main
from lca.files.shipped import catalogue

BOOK = catalogue()
with (ROOT / "factors/zones.csv").open(encoding="utf-8") as file:
    ZONES = list(csv.DictReader(file))


def without_accents(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


@pytest.mark.parametrize("row", ZONES, ids=lambda row: row["zone"])
def test_every_name_of_a_zone_is_told_its_code(row: dict[str, str]) -> None:
    for name in filter(None, (row["name"], row["name_fr"])):
        for written in (name, name.upper(), without_accents(name), name.replace("-", " ").replace("’", "'")):
            assert f"`{row['zone']}`" in BOOK.places.hint(written), written


def test_every_country_has_a_french_name() -> None:
    assert not [row["zone"] for row in ZONES if row["type"] == "country" and not row["name_fr"]]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Chine", "write the code `CN`"),
        ("la Suède", "write the code `SE`"),
        ("USA", "write the code `US`"),
        ("Angleterre", "write the code `GB`"),
        ("fr", "write the code `FR`"),
        ("Corée", "write the code `KP` or `KR`"),
        ("Chinne", "did you mean `Chine`?"),
        ("Orsay", ""),
    ],
)
def test_what_people_write(name: str, hint: str) -> None:
    assert BOOK.places.hint(name) == hint


TEXT = """descriptor: 1
project: {{name: Sites, start: 2024-03}}
{sites}machines: {{m: {{site: {site}, power: 1 kW, host: none}}}}
training: {{t: {{on: m, duration: 1 h}}}}
"""


@pytest.mark.parametrize(
    ("site", "sites", "hint"),
    [
        ("jean-zai", "", "did you mean `jean-zay`?"),
        ("leonrado", "", "did you mean `leonardo`"),
        ("us-east-1", "", "`us-east-1: {provider: aws, region: us-east-1}`"),
        ("Gravelines", "", "`Gravelines: {provider: ovhcloud, region: GRA (Gravelines)}`"),
        ("us-esat-1", "", "did you mean `us-east-1`?"),
        ("Chine", "", "`cn: {location: CN}`"),
        (
            "nowhere",
            "",
            "describe it under `sites`, as in `toronto: {location: CA-ON}`; computing centres are known by",
        ),
        ("nowhere", "sites: {paris: {location: FR}}\n", "known: paris; describe another under `sites`, as in"),
        ("pari", "sites: {paris: {location: FR}}\n", "did you mean `paris`?"),
    ],
)
def test_an_unknown_site_is_told_what_is_close(
    site: str, sites: str, hint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "s.yaml").write_text(TEXT.format(site=site, sites=sites), encoding="utf-8")
    assert main(["check", str(tmp_path / "s.yaml")]) == 1
    (line,) = re.findall(r".*LCA401.*", capsys.readouterr().err)
    assert hint in line

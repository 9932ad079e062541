"""What archives and readers cite by: `CITATION.cff` and `.zenodo.json` say the same, of the version that the package has."""

from __future__ import annotations

import json
import tomllib
from typing import Any

from conftest import ROOT

import lca
from lca.descriptor.document import read_document

CITATION: dict[str, Any] = read_document((ROOT / "CITATION.cff").read_text("utf-8"), "CITATION.cff").data
ARCHIVED: dict[str, Any] = json.loads((ROOT / ".zenodo.json").read_text("utf-8"))
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def test_both_are_of_the_version_of_the_package() -> None:
    assert CITATION["version"] == ARCHIVED["version"] == PROJECT["version"] == lca.__version__
    assert CITATION["date-released"] == ARCHIVED["publication_date"]


def test_both_say_the_same() -> None:
    assert CITATION["title"] == ARCHIVED["title"]
    assert CITATION["keywords"] == ARCHIVED["keywords"]
    assert CITATION["license"] == ARCHIVED["license"] == PROJECT["license"]
    assert CITATION["type"] == ARCHIVED["upload_type"]
    authors = [author["name"] for author in CITATION["authors"]]
    assert authors == [creator["name"] for creator in ARCHIVED["creators"]]
    # Nobody is named and no identifier is given before there is one: `lca-ai` is who NOTICE says holds the copyright.
    assert authors[0].casefold() in (ROOT / "NOTICE").read_text("utf-8").casefold()
    assert not {"doi", "identifiers"} & {*CITATION, *ARCHIVED}

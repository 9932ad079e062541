"""Lays the texts of a further language over a copy of the shipped ones, as a translator would."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from conftest import ROOT

from lca.descriptor.document import read_document
from lca.files import folders, rooms, shipped

Translate = Callable[[str], str]


def copy_of_the_shipped(folder: Path) -> None:
    """Copy what the program ships into a folder, in which a language may be added."""
    shutil.copytree(ROOT / "templates", folder / "templates")
    shutil.copytree(ROOT / "lca" / "schemas", folder / "lca" / "schemas")
    for path in (ROOT / "lca" / "subjects").rglob("*.yaml"):
        copy = folder / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    (folder / "factors").mkdir()
    for path in (ROOT / "factors").iterdir():
        (folder / "factors" / path.name).symlink_to(path)


def lay_over(folder: Path, language: str, translate: Translate = str) -> None:
    """Add a whole language to a copy: the English words of all rooms, and beside every English text its translation."""
    for path in (folder / "templates").glob("*/en.yaml"):
        words = _whole(read_document(path.read_text("utf-8"), path.name).data, translate)
        if "zones" in words:
            words["zones"] = {**_zones(translate), **words["zones"]}
        path.with_name(f"{language}.yaml").write_text(json.dumps(words, ensure_ascii=False), "utf-8")
    _messages(folder, language, translate)
    inline = [
        *(folder / "lca").rglob("*.yaml"),
        *((folder / "factors" / f"{n}.yaml") for n in ("indicators", "catalogue")),
    ]
    for path in inline:
        data = read_document(path.read_text("utf-8"), path.name).data
        path.unlink()  # a link to the shipped file is none any more
        path.write_text(json.dumps(_beside(data, language, translate), ensure_ascii=False), "utf-8")


def _messages(folder: Path, language: str, translate: Translate) -> None:
    """Add the messages of all rooms: what the French files have, in the words of the code."""
    for path in (folder / "templates").glob("*/messages.fr.yaml"):
        french = read_document(path.read_text("utf-8"), path.name).data
        own = {kind: {said: translate(said) for said in sentences} for kind, sentences in french.items()}
        path.with_name(f"messages.{language}.yaml").write_text(json.dumps(own, ensure_ascii=False), "utf-8")


def _whole(node: Any, translate: Translate) -> Any:
    if isinstance(node, dict):
        return {
            key: {text: translate(text) for text in inner}
            if key in rooms.BY_ORIGINAL
            else inner
            if key in ("locale", "typography")
            else _whole(inner, translate)
            for key, inner in node.items()
        }
    if isinstance(node, list):
        return [_whole(part, translate) for part in node]
    return translate(node) if isinstance(node, str) else node


def _zones(translate: Translate) -> dict[str, str]:
    """Return the name of every zone: of a country Babel would know it, of a part of one only the translator does."""
    with (ROOT / "factors" / "zones.csv").open(encoding="utf-8", newline="") as file:
        names = {row["zone"]: row["name"] for row in csv.DictReader(file)}
    return {zone: translate(name) for zone, name in names.items() if len(zone) != 2}


def _beside(node: Any, language: str, translate: Translate) -> Any:
    if isinstance(node, dict):
        own = {language: translate(node["en"])} if isinstance(node.get("en"), str) else {}
        return {**{key: _beside(inner, language, translate) for key, inner in node.items()}, **own}
    return [_beside(part, language, translate) for part in node] if isinstance(node, list) else node


def forget_what_was_read() -> None:
    """Make the program read its texts anew, from wherever they lie now."""
    for module in (folders, rooms, shipped):
        for function in vars(module).values():
            if hasattr(function, "cache_clear"):
                function.cache_clear()

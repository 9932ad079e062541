"""Paths to texts to a project, a catalogue and a checklist; the only reader of files."""

from __future__ import annotations

import datetime
import functools
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lca
from lca.checklist import Checklist, parse_checklist
from lca.document import MAXIMUM_BYTES, Document, read_document
from lca.factors import FactorBook, read_catalogue
from lca.inventory import unknown_names
from lca.problems import Location, Problem, ProblemsFound, did_you_mean
from lca.project import Project
from lca.variants import read_descriptor


@dataclass(frozen=True, slots=True)
class Loaded:
    """A project with what is needed to assess it, and the hashes of both."""

    project: Project
    book: FactorBook
    checklist: Checklist
    text: str
    descriptor_hash: str
    catalogue_hash: str
    problems: tuple[Problem, ...]


@functools.cache
def data_folder(name: str) -> Path:
    """Return the folder of shipped data (`templates`, `factors`): inside the installed package, or beside it in a clone."""
    packaged = Path(__file__).parent / "_data" / name
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / name


@functools.cache
def project_schema() -> Mapping[str, Any]:
    """Return the descriptor's JSON Schema; what a scenario may hold is left open, for it is read as the descriptor it makes.

    Editors follow the reference to `scenario.schema.json`, which says it key by key.
    """
    schema: dict[str, Any] = json.loads((Path(__file__).parent / "schemas" / "project.schema.json").read_text("utf-8"))
    del schema["properties"]["scenarios"]["additionalProperties"]["$ref"]
    return schema


@functools.cache
def load_catalogue() -> tuple[FactorBook, str]:
    """Return the factor catalogue and the hash of its files."""
    folder = data_folder("factors")
    paths = sorted(p for p in folder.rglob("*") if p.suffix in (".csv", ".yaml"))
    texts = {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in paths}
    digest = hashlib.sha256()
    for name, text in texts.items():
        digest.update(f"{name}\0{text}\0".encode())
    return read_catalogue(texts, lambda text: read_document(text, "catalogue").data), digest.hexdigest()


@functools.cache
def load_checklist() -> Checklist:
    """Return the criteria of all shipped acts."""
    folder = Path(__file__).parent / "checklists"
    return parse_checklist(
        {p.name: read_document(p.read_text("utf-8"), p.name).data for p in sorted(folder.glob("*.yaml"))}
    )


def read_text(path: Path) -> str:
    """Return a descriptor's text.

    Raises:
        ProblemsFound: there is no such file, it is too large, or it is not text.
    """
    place = Location(str(path), 1, 1)
    try:
        size = path.stat().st_size
        if size > MAXIMUM_BYTES:
            message = f"the file has {size / 1e6:.1f} MB, a descriptor at most {MAXIMUM_BYTES / 1e6:.0f} MB"
            raise ProblemsFound([Problem(place, "LCA102", message, "is it the right file?")])
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"the file is not UTF-8 text (byte {error.start})"
        raise ProblemsFound([Problem(place, "LCA103", message, "save it as UTF-8; is it the right file?")]) from None
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        raise ProblemsFound([Problem(place, "LCA101", message, "check the path")]) from None


def load(path: Path, factor_set: str = "") -> Loaded:
    """Read a descriptor and everything that it needs; `factor_set` names the sources that lead.

    Raises:
        ProblemsFound: the descriptor has errors that leave nothing to assess.
    """
    book, catalogue_hash = load_catalogue()
    if factor_set and factor_set not in book.sets:
        message = f"`{factor_set}` is not a set of the catalogue"
        hint = did_you_mean(factor_set, book.sets) or f"known: {', '.join(book.sets)}"
        raise ProblemsFound([Problem(Location("--factors", 1, 1), "LCA507", message, hint)])
    text = read_text(path)
    document: Document = read_document(text, str(path))
    project, problems = read_descriptor(document, project_schema(), book.version)
    if project is None:
        raise ProblemsFound([*problems, *unknown_names(document, book)])
    return Loaded(
        project=project,
        book=book.led_by(factor_set) if factor_set else book,
        checklist=load_checklist(),
        text=text,
        descriptor_hash=hashlib.sha256(text.encode()).hexdigest(),
        catalogue_hash=catalogue_hash,
        problems=tuple(problems),
    )


def date_of_assessment() -> datetime.date:
    """Return the date that expiry is judged by where none is given: `SOURCE_DATE_EPOCH`, or today."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch and epoch.isdigit():
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    return datetime.datetime.now(datetime.UTC).date()


def code_version() -> str:
    """Return the version of the program."""
    return lca.__version__

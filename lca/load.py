"""Paths to texts to a project, a catalogue and a checklist; the only reader of files."""

from __future__ import annotations

import datetime
import functools
import hashlib
import json
import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import lca
from lca.balance.checks import benefit_problems
from lca.beside import Unusable, contents, find_files
from lca.checklist.model import Checklist
from lca.checklist.reading import parse_checklist, with_acts
from lca.claims.rules import ClaimRules, parse_rules
from lca.document import MAXIMUM_BYTES, Document, read_document
from lca.factors import FactorBook, read_catalogue
from lca.inventory import unknown_names
from lca.problems import Location, Problem, ProblemsFound, did_you_mean
from lca.project import Project, evidence_of, read_project
from lca.scenarios import told
from lca.variants import read_descriptor


@dataclass(frozen=True, slots=True)
class Loaded:
    """A project with what is needed to assess it, and the hashes of both.

    `reference` is the reference scenario where it is a descriptor of its own; `companions` holds the texts of the files
    that the descriptor names, which the study rests on like its own.
    """

    project: Project
    book: FactorBook
    checklist: Checklist
    text: str
    descriptor_hash: str
    catalogue_hash: str
    problems: tuple[Problem, ...]
    reference: Project | None = None
    companions: Mapping[str, str] = field(default_factory=dict)


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
    schema = read_schema("project")
    scenarios = schema["properties"]["scenarios"]
    open_ended = {key: value for key, value in scenarios["additionalProperties"].items() if key != "$ref"}
    properties = {**schema["properties"], "scenarios": {**scenarios, "additionalProperties": open_ended}}
    return {**schema, "properties": properties}


@functools.cache
def read_schema(name: str) -> Mapping[str, Any]:
    """Return a shipped JSON Schema: `project`, `checklist` or `assessment`."""
    path = Path(__file__).parent / "schemas" / f"{name}.schema.json"
    schema: Mapping[str, Any] = json.loads(path.read_text("utf-8"))
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
    return parse_checklist(_read_all("checklists"), load_claim_rules())


@functools.cache
def load_claim_rules() -> ClaimRules:
    """Return the rules on claims, in both languages."""
    return parse_rules(_read_all("claims"))


def _read_all(folder: str) -> dict[str, Any]:
    paths = sorted((Path(__file__).parent / folder).glob("*.yaml"))
    return {path.name: read_document(path.read_text("utf-8"), path.name).data for path in paths}


def extended_checklist(paths: Iterable[Path]) -> Checklist:
    """Return the shipped acts and those of further files.

    Raises:
        ProblemsFound: a file cannot be read, does not fit the schema, or repeats an identifier.
    """
    documents = {}
    for path in paths:
        text = read_text(path, what="a checklist file")
        documents[hashlib.sha256(text.encode()).hexdigest()] = read_document(text, str(path), "act: my_call")
    checklist, problems = with_acts(load_checklist(), documents, read_schema("checklist"))
    if problems:
        raise ProblemsFound(problems)
    return checklist


@functools.cache
def load_form(name: str) -> Mapping[str, Any]:
    """Return the texts of a form, or of the letter to a host, in both languages."""
    path = Path(__file__).parent / "forms" / "data" / f"{name}.yaml"
    form: Mapping[str, Any] = read_document(path.read_text("utf-8"), path.name).data
    return form


@functools.cache
def words(language: str) -> Mapping[str, Any]:
    """Return a language's fixed words, from all files of its folder."""
    found: dict[str, Any] = {}
    for path in sorted((data_folder("templates") / "locales" / language).glob("*.yaml")):
        more = read_document(path.read_text("utf-8"), path.name).data
        assert not found.keys() & more.keys(), f"{path}: {found.keys() & more.keys()}"
        found |= more
    return found


def read_text(path: Path, maximum: int = MAXIMUM_BYTES, what: str = "a descriptor") -> str:
    """Return a descriptor's text, or that of another file that a user gives.

    Raises:
        ProblemsFound: there is no such file, it is too large, or it is not text.
    """
    place = Location(str(path), 1, 1)
    try:
        status = path.stat()
        if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):  # reading could wait or go on for ever
            raise ProblemsFound([Problem(place, "LCA101", "it is a device or a pipe, not a file", "name a file")])
        if status.st_size > maximum:
            message = f"the file has {status.st_size / 1e6:.1f} MB, {what} at most {maximum / 1e6:.0f} MB"
            raise ProblemsFound([Problem(place, "LCA102", message, "is it the right file?")])
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"the file is not UTF-8 text (byte {error.start})"
        raise ProblemsFound([Problem(place, "LCA103", message, "save it as UTF-8; is it the right file?")]) from None
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        raise ProblemsFound([Problem(place, "LCA101", message, "check the path")]) from None


def load(path: Path, factor_set: str = "", checklist_files: Sequence[Path] = ()) -> Loaded:
    """Read a descriptor and everything that it needs.

    Args:
        path: of the descriptor.
        factor_set: names the sources that lead.
        checklist_files: criteria of further acts.

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
    files, in_files = find_files(document, project.checklist, evidence_of(project))
    scenarios, in_scenarios = _with_files(project, in_files)
    problems += benefit_problems(project)
    reference, reference_text, found = _load_reference(path, project, book.version)
    companions = {_reference_name(project): reference_text} if reference_text else {}
    companions |= {name: file.text for name, file in files.items() if file.text}
    digest = hashlib.sha256(text.encode())
    for name, other in companions.items():
        digest.update(f"\0{name}\0{other}".encode())
    return Loaded(
        project=replace(project, files=files, scenarios=scenarios),
        book=book.led_by(factor_set) if factor_set else book,
        checklist=extended_checklist(checklist_files),
        text=text,
        descriptor_hash=digest.hexdigest(),
        catalogue_hash=catalogue_hash,
        problems=(*problems, *in_files, *in_scenarios, *found),
        reference=reference,
        companions=companions,
    )


def _with_files(project: Project, known: list[Problem]) -> tuple[dict[str, Project], list[Problem]]:
    """Return a project's scenarios with what is known of the files that each names, and the problems that they add."""
    scenarios: dict[str, Project] = {}
    problems: list[Problem] = []
    for name, scenario in project.scenarios.items():
        files, found = find_files(scenario.document, scenario.checklist, evidence_of(scenario))
        scenarios[name] = replace(scenario, files=files)
        problems += told(project.document, name, found, known)
    return scenarios, problems


def _reference_name(project: Project) -> str:
    """Return the name of the file that describes the reference scenario, empty where none does."""
    benefit = project.benefit
    return benefit.reference.descriptor if benefit and benefit.reference else ""


def _load_reference(path: Path, project: Project, version: str) -> tuple[Project | None, str, list[Problem]]:
    """Read the reference scenario's descriptor from beside the project's, where it names one."""
    name = _reference_name(project)
    if not name:
        return None, "", []
    place = project.document.at(("benefit", "reference", "descriptor"))
    file = path.parent / name
    if file.is_symlink() or file.resolve().parent != path.parent.resolve() or file.resolve() == path.resolve():
        hint = "name another file of the descriptor's own folder"
        return None, "", [Problem(place, "LCA101", f"`{name}` is no file beside the descriptor", hint)]
    try:
        text = read_text(file)
        document = read_document(text, str(file))
    except ProblemsFound as found:
        return None, "", [replace(p, location=place, message=f"{name}: {p.message}") for p in found.problems]
    reference, problems = read_project(document, project_schema(), version, "reference.")
    return reference, text, problems


def evidence_files(loaded: Loaded) -> dict[str, bytes]:
    """Return the contents of the evidence files that a descriptor names, by their names; tables travel with it anyway.

    Raises:
        ProblemsFound: a file has changed since it was hashed.
    """
    project = loaded.project
    names = [name for name in project.files if name not in loaded.companions]
    try:
        return contents(Path(project.document.file).parent, project.files, names)
    except Unusable as error:
        raise ProblemsFound(
            [Problem(project.document.at(("checklist",)), error.code, str(error), error.hint)]
        ) from None


def date_of_assessment() -> datetime.date:
    """Return the date that expiry is judged by where none is given: `SOURCE_DATE_EPOCH`, or today."""
    return (source_date() or datetime.datetime.now(datetime.UTC)).date()


def source_date() -> datetime.datetime | None:
    """Return the moment that `SOURCE_DATE_EPOCH` names, or None where it is not set.

    Raises:
        ProblemsFound: it is no moment.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return None
    try:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
    except (ValueError, OverflowError, OSError):
        place, hint = Location("SOURCE_DATE_EPOCH", 1, 1), "set it to seconds since 1970, or unset it"
        raise ProblemsFound([Problem(place, "LCA405", f"`{epoch}` is no moment in time", hint)]) from None


def code_version() -> str:
    """Return the version of the program."""
    return lca.__version__

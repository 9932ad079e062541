"""Paths to texts to a descriptor with everything that it needs."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from lca.catalogue.book import FactorBook
from lca.descriptor.descriptor import Project, evidence_of, read_project
from lca.descriptor.document import MAXIMUM_BYTES, Document, read_document
from lca.descriptor.merge_patch import told
from lca.descriptor.scenario_reading import read_descriptor
from lca.files.named_files import Unusable, contents, find_files
from lca.files.shipped import load_catalogue, load_checklist, project_schema, read_schema
from lca.problems import Location, Problem, ProblemsFound, did_you_mean
from lca.subjects.benefit.checks import benefit_problems
from lca.subjects.checklist.model import Checklist
from lca.subjects.checklist.reading import with_acts
from lca.subjects.footprint.checks import unknown_names


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

"""A descriptor's text becomes a descriptor with everything that it needs to be assessed."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from lca.call.profile import Call
from lca.call.review.record import ReadReview
from lca.catalogue.added_sources import see_to_set, sources_of, with_set
from lca.catalogue.book import FactorBook
from lca.descriptor.descriptor import Descriptor, Reader
from lca.descriptor.document import Document, read_document
from lca.descriptor.included import INCLUDE
from lca.descriptor.merge_patch import problems_of_scenario
from lca.descriptor.named_file import FileReference, NamedFile
from lca.descriptor.parts import Parts
from lca.descriptor.placeholders import without_placeholders
from lca.descriptor.scenario_reading import read_with_scenarios
from lca.descriptor.visibility import said_elsewhere
from lca.files.agreed_conditions import with_agreed
from lca.files.named_files import Folder, Unusable, contents, find_files
from lca.files.plugins import Named, answered_for, named_in, texts_of
from lca.files.shipped import (
    catalogue_with,
    earlier_versions,
    load_catalogue,
    load_checklist,
    load_claim_rules,
    project_schema,
    read_schema,
)
from lca.files.texts import read_text, shown
from lca.problems import Location, Problem, ProblemsFound
from lca.subjects import SUBJECTS
from lca.subjects.benefit.declared import reference_file
from lca.subjects.checklist.model import Checklist
from lca.subjects.checklist.reading import with_acts
from lca.subjects.footprint.checks import unknown_names
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.instances import with_instances
from lca.subjects.footprint.known_sites import hint_for_site, with_known_sites


class Loaded(Struct, frozen=True):
    """A descriptor with what is needed to assess it, and the hashes of both.

    `reference` is the reference scenario where it is a descriptor of its own; `companions` holds the texts of the files
    that the descriptor names, which the study rests on like its own; `hashes` those of all other files; `checklists` the names
    and texts of further acts; `factor_set` names the sources that lead; `plugins` holds the package of each plug-in by its name.
    `reviews` are those that a sheet for a jury is made with; no figure rests on them.
    """

    descriptor: Descriptor
    book: FactorBook
    rules: Parts
    text: str
    folder: Folder
    descriptor_hash: str
    catalogue_hash: str
    problems: tuple[Problem, ...]
    hashes: Mapping[str, str]
    reference: Descriptor | None = None
    companions: Mapping[str, str] = field(default_factory=dict)
    checklists: tuple[tuple[str, str], ...] = ()
    factor_set: str = ""
    plugins: Mapping[str, str] = field(default_factory=dict)
    call: Call | None = None
    reviews: tuple[ReadReview, ...] = ()

    @property
    def parts(self) -> dict[str, str]:
        """The texts of the parts that partners keep, by the names of their files."""
        return {part.file: self.companions[part.file] for part in self.descriptor.included.values()}


def checklist_texts(paths: Iterable[Path]) -> tuple[tuple[str, str], ...]:
    """Return the names and texts of files with further acts.

    Raises:
        ProblemsFound: a file cannot be read.
    """
    return tuple((shown(path), read_text(path, what="a checklist file")) for path in paths)


def extended_checklist(texts: Iterable[tuple[str, str]]) -> Checklist:
    """Return the shipped acts and those of further files, by their names and texts.

    Raises:
        ProblemsFound: a file does not fit the schema, or repeats an identifier.
    """
    documents = {}
    for name, text in texts:
        documents[hashlib.sha256(text.encode()).hexdigest()] = read_document(text, name, "act: my_call")
    checklist, problems = with_acts(load_checklist(), documents, read_schema("checklist"))
    if problems:
        raise ProblemsFound(problems)
    return checklist


@functools.cache
def reader(version: str) -> Reader:
    """Return what reads descriptors: the shipped schema and catalogue, and the parts and checks of all subjects."""
    return _reader_of(load_catalogue(version)[0])


def _reader_of(book: FactorBook) -> Reader:
    parts = tuple(part for subject in SUBJECTS for part in subject.parts)

    def complete(read: Parts, document: Document) -> tuple[Parts, list[Problem]]:
        system, problems = with_instances(read[ProductSystem], document, book)
        return read.replaced(system), problems

    def elsewhere(target: str, name: str) -> str:
        return hint_for_site(book, name) if target == "sites" else ""

    return Reader(project_schema(), book.version, parts, _checks, complete, elsewhere)


def _pinned(document: Document) -> str:
    """Return the earlier version of the catalogue that a document is pinned to, empty where it takes the latest."""
    pinned = document.data.get("catalogue")
    return pinned if isinstance(pinned, str) and pinned in earlier_versions() else ""


def _checks(descriptor: Descriptor) -> Iterable[Problem]:
    return (problem for subject in SUBJECTS for problem in subject.checks(descriptor))


def load(
    text: str,
    name: str,
    folder: Folder,
    factor_set: str = "",
    checklists: Iterable[tuple[str, str]] = (),
    catalogue: str = "",
) -> Loaded:
    """Read a descriptor and everything that it needs.

    Args:
        text: of the descriptor.
        name: of its file, for messages.
        folder: where the files that it names are found.
        factor_set: names the sources that lead.
        checklists: names and texts of files with the criteria of further acts.
        catalogue: an earlier version of it, for a descriptor that names none.

    Raises:
        ProblemsFound: the descriptor has errors that leave nothing to assess.
    """
    written, of_parts = _whole(read_document(text, name), folder)
    plain, placeholders = without_placeholders(written, project_schema())
    placeholders += of_parts
    version = _pinned(plain) or catalogue
    plugins = named_in(plain)
    book, catalogue_hash = _catalogue(version, plugins, factor_set)
    reads = _reader_of(book) if plugins.catalogues else reader(version)
    document = with_known_sites(plain, reads.schema, book.sites)
    descriptor, problems = read_with_scenarios(document, reads)
    if descriptor is None:
        raise ProblemsFound([*placeholders, *problems, *unknown_names(document, book)])
    reference, reference_text, found = _load_reference(descriptor, folder)
    own_texts = (text, *([reference_text] if reference_text else []), *document.included.values())
    descriptor, in_files = _with_files(descriptor, folder, own_texts)
    descriptor, in_conditions = with_agreed(descriptor)
    companions = {reference_file(descriptor): reference_text} if reference_text else {}
    companions |= {name: file.text for name, file in descriptor.files.items() if file.text}
    digest = hashlib.sha256(text.encode())
    for companion, other in companions.items():
        digest.update(f"\0{companion}\0{other}".encode())
    checklists = tuple(checklists)
    checklist = extended_checklist([*plugins.acts(), *checklists])
    return Loaded(
        descriptor=descriptor,
        book=book.led_by(factor_set) if factor_set else book,
        rules=Parts(checklist, load_claim_rules()),
        text=text,
        folder=folder,
        descriptor_hash=digest.hexdigest(),
        catalogue_hash=catalogue_hash,
        problems=(*placeholders, *problems, *in_files, *in_conditions, *found, *said_elsewhere(plain)),
        hashes={name: file.sha256 for name, file in descriptor.files.items()} | dict(checklist.files),
        reference=reference,
        companions=companions,
        checklists=tuple((Location(path, 1, 1).name, act) for path, act in checklists),
        factor_set=factor_set,
        plugins=plugins.packages,
    )


def _whole(document: Document, folder: Folder) -> tuple[Document, list[Problem]]:
    """Return a document with the parts that partners keep, and what is wrong with these."""
    if INCLUDE not in document.data:
        return document, []
    from lca.files.partners import with_parts

    return with_parts(document, folder, project_schema())


def _catalogue(version: str, plugins: Named, factor_set: str) -> tuple[FactorBook, str]:
    """Return the catalogue with the sources of the plug-ins that a descriptor names, and the hash of all its files.

    Raises:
        ProblemsFound: what a plug-in holds is no source, or has the name of one that is there already; no set has that name.
    """
    book, digest = load_catalogue(version)
    added: dict[str, str] = {}
    for used, place in plugins.catalogues:
        with answered_for(used, place):
            texts = texts_of(used, place)
            own = sources_of(texts, book.sources)
            added |= texts
            sets = book.sets
            book, digest = catalogue_with(version, added)
            book = with_set(replace(book, sets=sets), used.name, own)
    see_to_set(book, factor_set)
    return book, digest


def _with_files(descriptor: Descriptor, folder: Folder, own_texts: tuple[str, ...]) -> tuple[Descriptor, list[Problem]]:
    """Return a descriptor and its scenarios with what is known of the files that each names, and the problems of these."""

    def found(one: Descriptor) -> tuple[Descriptor, list[Problem]]:
        named = [reference for subject in reversed(SUBJECTS) for reference in subject.named_files(one)]
        named += (FileReference(part.file, f"{part.path}.file", is_table=True) for part in one.included.values())
        files, problems = find_files(folder, one.document, sorted(named, key=lambda file: file.is_table), own_texts)
        return replace(one, files=files), problems

    base, problems = found(descriptor)
    scenarios: dict[str, Descriptor] = {}
    of_scenarios: list[Problem] = []
    for name, scenario in descriptor.scenarios.items():
        scenarios[name], own = found(scenario)
        of_scenarios += problems_of_scenario(descriptor.document, name, own, problems)
    return replace(base, scenarios=scenarios), problems + of_scenarios


def _load_reference(descriptor: Descriptor, folder: Folder) -> tuple[Descriptor | None, str, list[Problem]]:
    """Read the reference scenario's descriptor from beside the project's, where it names one."""
    name, others = reference_file(descriptor), list(_other_references(descriptor))
    if not name:
        return None, "", others
    place = descriptor.document.at(("benefit", "reference", "descriptor"))
    try:
        text = folder.beside(name)
        own = read_document(text, folder.path_of(name))
        if INCLUDE in own.data:
            message = "the descriptor of the reference scenario names parts, which are not read"
            raise ProblemsFound([Problem(place, "LCA402", message, "write them into it")])
        plain, placeholders = without_placeholders(own, descriptor.reader.schema)
        document = with_known_sites(plain, descriptor.reader.schema, load_catalogue()[0].sites)
    except Unusable as error:
        return None, "", [*others, Problem(place, error.code, str(error), error.hint)]
    except ProblemsFound as found:
        return (
            None,
            "",
            [*others, *(replace(p, location=place, message=f"{name}: {p.message}") for p in found.problems)],
        )
    reference, problems = descriptor.reader.read(document, "reference.")
    return reference, text, [*others, *placeholders, *problems]


def _other_references(descriptor: Descriptor) -> Iterable[Problem]:
    """Yield a problem for each scenario that names another file as its reference scenario than the descriptor does."""
    for name, scenario in descriptor.scenarios.items():
        if reference_file(scenario) not in ("", reference_file(descriptor)):
            place = descriptor.document.at(("scenarios", name, "benefit", "reference", "descriptor"))
            message = f"scenario `{name}` changes the file of the reference scenario, which all scenarios share"
            yield Problem(place, "LCA901", message, "compare two descriptors with `lca compare`")


def files_of(loaded: Loaded) -> dict[str, NamedFile]:
    """Return what is known of every file that a descriptor or a scenario of it names as evidence or table, by name."""
    scenarios = loaded.descriptor.scenarios.values()
    return {name: file for one in (loaded.descriptor, *scenarios) for name, file in one.files.items()}


def evidence_files(loaded: Loaded) -> dict[str, bytes]:
    """Return the contents of the evidence files that a descriptor names, by their names; tables travel with it anyway.

    Raises:
        ProblemsFound: a file has changed since it was hashed.
    """
    files = files_of(loaded)
    try:
        return contents(loaded.folder, files, [name for name, file in files.items() if not file.text])
    except Unusable as error:
        place = loaded.descriptor.document.at(("checklist",))
        raise ProblemsFound([Problem(place, error.code, str(error), error.hint)]) from None

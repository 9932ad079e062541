"""Which call a study answers: the profile that a command or the descriptor names, found as a shipped one or as a file."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path

from lca.descriptor.document import Document, read_document
from lca.files import reading
from lca.files.folders import data_folder
from lca.files.named_files import Folder, Unusable
from lca.files.reading import Loaded
from lca.files.texts import read_text, shown
from lca.problems import Location, Problem, ProblemsFound, did_you_mean

#: A profile as it was found: the name that messages give it, and its text.
Found = tuple[str, str]

#: The key of a descriptor that names its call.
KEY = ("project", "call_profile")

#: The largest profile that is read, in bytes.
LARGEST = 200_000


@functools.cache
def shipped_calls() -> tuple[str, ...]:
    """Return the names of the shipped profiles."""
    return tuple(sorted(path.stem for path in (data_folder("templates") / "calls").glob("*.yaml")))


def find_call(named: str | Path) -> Found:
    """Return the profile that a person names: a shipped one by its name, or a file.

    Raises:
        ProblemsFound: there is neither.
    """
    name = str(named)
    if name in shipped_calls():
        return _shipped(name)
    if not Path(name).suffix and not Path(name).exists():
        raise ProblemsFound([_unknown(Location("--call", 1, 1), name)])
    return shown(Path(name)), read_text(Path(name), LARGEST, "the profile of a call")


def load(
    text: str,
    name: str,
    folder: Folder,
    factor_set: str = "",
    checklists: Iterable[tuple[str, str]] = (),
    catalogue: str = "",
    call: Found | None = None,
) -> Loaded:
    """Read a descriptor as `reading.load` does, for the call that is given or that it names itself.

    Raises:
        ProblemsFound: the descriptor has errors that leave nothing to assess, or the profile of its call has errors.
    """
    document = _document(text, name) if call is not None or KEY[-1] in text else None
    found = call or (named_call(document, folder) if document is not None else None)
    if found is None or document is None:
        return reading.load(text, name, folder, factor_set, checklists, catalogue)
    from lca.files.answering import answering

    return answering(document, found, (folder, factor_set, tuple(checklists), catalogue))


def _document(text: str, name: str) -> Document | None:
    """Return a descriptor as plain data; None where it cannot be read, which is told elsewhere."""
    try:
        return read_document(text, name)
    except ProblemsFound:
        return None


def name_of_call(document: Document) -> str:
    """Return the profile that a descriptor names as it is written, empty where it names none."""
    project = document.data.get(KEY[0])
    name = project.get(KEY[1]) if isinstance(project, dict) else None
    return name if isinstance(name, str) else ""  # the schema says what is wrong with another value


def named_call(document: Document, folder: Folder) -> Found | None:
    """Return the profile that a descriptor names, None where it names none.

    Raises:
        ProblemsFound: there is no such profile beside it, or it cannot be read.
    """
    name = name_of_call(document)
    if not name:
        return None
    if name in shipped_calls():
        return _shipped(name)
    place = document.at(KEY)
    if "." not in name:
        raise ProblemsFound([_unknown(place, name)])
    try:
        text = folder.beside(name)
    except Unusable as error:
        raise ProblemsFound([Problem(place, error.code, str(error), error.hint)]) from None
    if len(text) > LARGEST:
        message = f"the file has {len(text) / 1e6:.1f} MB, the profile of a call at most {LARGEST / 1e6:.1f} MB"
        raise ProblemsFound([Problem(place, "LCA102", message, "is it the right file?")])
    return folder.path_of(name), text


def _shipped(name: str) -> Found:
    return f"{name}.yaml", (data_folder("templates") / "calls" / f"{name}.yaml").read_text("utf-8")


def _unknown(place: Location, name: str) -> Problem:
    hint = did_you_mean(name, shipped_calls()) or f"known: {', '.join(shipped_calls())}, or a file"
    return Problem(place, "LCA401", f"there is no call `{name}`", hint)

"""The parts of a descriptor in partners' files: found below its folder, held to their hashes, and joined to it in their order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from lca.descriptor.document import MAXIMUM_BYTES, Document, read_document
from lca.descriptor.included import INCLUDE, SHORT_HASH, Included, joined, named_parts
from lca.descriptor.references import Schema
from lca.files.named_files import Folder, Unusable
from lca.problems import Location, Problem, ProblemsFound


def with_parts(document: Document, folder: Folder, schema: Schema) -> tuple[Document, list[Problem]]:
    """Return a document with the parts that it names joined to it, and what is wrong with these.

    Where it names more than the schema allows, none is read: the reading of the descriptor says so.

    Raises:
        ProblemsFound: a part cannot be read, which leaves nothing to check; all such parts are told.
    """
    parts = named_parts(document)
    if len(parts) > schema["properties"][INCLUDE]["maxProperties"]:
        return document, []
    problems = list(_alike(document, parts))
    left = MAXIMUM_BYTES - len(document.source.encode())
    read: dict[str, Document] = {}
    unreadable: list[Problem] = []
    for name, part in parts.items():
        place = document.at((INCLUDE, name, "file"))
        try:
            content = folder.content(part.file, MAXIMUM_BYTES)
            left -= len(content)
            if left < 0:
                message = f"the descriptor has more than {MAXIMUM_BYTES / 1e6:.0f} MB with its parts"
                raise Unusable("LCA408", message, "name smaller ones")
            read[name] = read_document(_text(content), folder.path_of(part.file), "sites:")
        except Unusable as error:
            unreadable.append(Problem(place, error.code, f"`{part.file[:80]}`: {error}", error.hint))
            continue
        except ProblemsFound as found:
            unreadable += found.problems
            continue
        problems += _changed_since(document, part, content)
    if unreadable:
        raise ProblemsFound([*problems, *unreadable])
    for name, own in read.items():
        document, clashes = joined(document, own, name)
        problems += clashes
    return document, problems


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"the file is not UTF-8 text (byte {error.start})"
        raise Unusable("LCA103", message, "save it as UTF-8") from None


def _changed_since(document: Document, part: Included, content: bytes) -> Iterator[Problem]:
    """Yield an error where a part's file is not the one whose hash stands in the descriptor."""
    digest = hashlib.sha256(content).hexdigest()
    if part.hash and part.hash != digest:
        message = (
            f"`{part.file}` changed after its hash was written: "
            f"it was {part.hash[:SHORT_HASH]}…, it is {digest[:SHORT_HASH]}…"
        )
        hint = f"read with {part.owner} what changed, then write `{digest}`"
        yield Problem(document.at((INCLUDE, part.name, "hash")), "LCA425", message, hint)


def _alike(document: Document, parts: Mapping[str, Included]) -> Iterator[Problem]:
    """Yield an error for each part whose file has the name of another one: a report says where a value stands by it."""
    seen = {document.at(()).name.casefold()}
    for name, part in parts.items():
        own = Location(part.file, 1, 1).name
        if own.casefold() in seen:
            message = (
                f"more than one file of this descriptor is named `{own}`: a report could not tell their lines apart"
            )
            yield Problem(document.at((INCLUDE, name, "file")), "LCA402", message, "rename one of them")
        seen.add(own.casefold())

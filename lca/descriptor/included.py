"""Parts of a descriptor that partners keep in files of their own: each adds to the whole, and none changes what another states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import force_setattr, replace

from lca.descriptor.document import Document, Path
from lca.descriptor.merge_patch import merge
from lca.descriptor.named_file import one_name
from lca.descriptor.plain_data import same
from lca.descriptor.schema import short
from lca.problems import Problem

#: The key under which a descriptor names its parts.
INCLUDE = "include"
#: How much of a hash tells one file from another to a person.
SHORT_HASH = 12

_ONCE = "keep one of the two: what one file states, no other file changes"


class Included(Struct, frozen=True):
    """A part that a descriptor names: who answers for it, its file, and the hash that the file had when it was handed over."""

    path: str
    name: str
    owner: str
    file: str
    hash: str = ""

    def __post_init__(self) -> None:
        """Give the file its one name."""
        force_setattr(self, "file", one_name(self.file))


def named_parts(document: Document) -> dict[str, Included]:
    """Return the parts that a document names, in their order; what has not the form of one is left to the schema."""
    given = document.data.get(INCLUDE)
    return {
        name: Included(f"{INCLUDE}.{name}", name, str(data.get("owner", "")), data["file"], str(data.get("hash", "")))
        for name, data in (given.items() if isinstance(given, dict) else ())
        if isinstance(data, dict) and isinstance(data.get("file"), str)
    }


def joined(document: Document, part: Document, name: str) -> tuple[Document, list[Problem]]:
    """Return a document with a part joined to it by the rules of merge patches, and an error for all that it would change.

    Names of a map join. What both state alike is stated once; what they state differently stays as it is in the document. A
    quantity and a list are one statement each, and so is a removal, which no part may make.
    """
    problems = []
    own = part.data
    if INCLUDE in own:
        message = f"the part `{name}` names parts of its own"
        hint = f"name them in {document.file}: a part of a part is not read"
        problems.append(Problem(part.key_at((INCLUDE,)), "LCA402", message, hint))
        own = {key: value for key, value in own.items() if key != INCLUDE}
    changed = set(_changed(document.data, own, ()))
    problems += (_clash(document, part, name, path) for path in sorted(changed))
    made = replace(
        document,
        data=merge(document.data, _without(own, changed, ())),
        nodes={**part.nodes, **document.nodes},
        keys={**part.keys, **document.keys},
        cut={**part.cut, **document.cut},
        included={**document.included, part.file: part.source},
    )
    return made, problems


def _changed(base: dict[str, Any], part: dict[str, Any], path: Path) -> Iterator[Path]:
    """Yield the path of each statement of a part that would change another one."""
    for key, value in part.items():
        known = base.get(key)
        if known is None:
            continue
        if isinstance(value, dict) and isinstance(known, dict) and "value" not in {*value, *known}:
            yield from _changed(known, value, (*path, key))
        elif not same(known, value):
            yield (*path, key)


def _without(part: Any, left_out: set[Path], path: Path) -> Any:
    if not isinstance(part, dict):
        return part
    return {key: _without(value, left_out, (*path, key)) for key, value in part.items() if (*path, key) not in left_out}


def _clash(document: Document, part: Document, name: str, path: Path) -> Problem:
    """Return the error of a part that states something else than the document does, with both places."""
    shown, place = ".".join(path), document.at(path)
    known, stated = _at(document.data, path), _at(part.data, path)
    if stated is None:
        message = f"the part `{name}` removes `{shown}`, which {place} states"
        return Problem(part.key_at(path), "LCA424", message, "a part adds; leave the key out")
    message = f"the part `{name}` says `{shown}` is `{short(stated)}`, {place} says `{short(known)}`"
    return Problem(part.at(path), "LCA424", message, _ONCE)


def _at(data: Any, path: Path) -> Any:
    for key in path:
        data = data[key]
    return data

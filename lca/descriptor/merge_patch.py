"""Scenarios: a JSON Merge Patch over a descriptor becomes a document of its own, each node with the place it comes from."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from lca.descriptor.document import Document, Path
from lca.descriptor.references import child, references, resolved, targets
from lca.problems import MOST_PROBLEMS, Problem, did_you_mean, listed

Schema = Mapping[str, Any]
Known = TypeVar("Known")

#: What every scenario shares with the descriptor that it is made of, and what to do instead of changing it.
SHARED = {
    "descriptor": "remove it: the format is that of the file",
    "catalogue": "remove it: choose another set of factors for all scenarios with `--factors`",
    "plugins": "move it one level up: plug-ins are those of all scenarios",
    "include": "move it one level up: the parts of partners are those of all scenarios",
    "monitoring": "move it one level up: what was measured is measured of the descriptor as it is",
    "scenarios": "move it one level up: a scenario stands beside the others, not in one of them",
}
#: New names that are more alike to a known one than this are taken for a slip of the pen.
ALIKE = 0.85


def merge(target: Any, patch: Any) -> Any:
    """Return what a JSON Merge Patch (RFC 7396) makes of plain data."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merge(result.get(key), value)
    return result


def patch_of(document: Document, name: str) -> Document:
    """Return one scenario of a document as a document: its data, and its places counted from its own root."""
    path = ("scenarios", name)
    return Document(
        document.file,
        document.data["scenarios"][name],
        _below(document.nodes, path),
        _below(document.keys, path),
        cut=_below(document.cut, path),
    )


def _below(places: Mapping[Path, Known], path: Path) -> dict[Path, Known]:
    return {inner[len(path) :]: place for inner, place in places.items() if inner[: len(path)] == path}


def patched(document: Document, patch: Document) -> Document:
    """Return the document that a patch makes: places of patched nodes come from the patch, all others from the base.

    The result has no scenarios of its own, nor what was measured, nor what others printed of the base, unless the patch says what
    they printed of the scenario. A place that the patch does not know (of a patch that no file holds) is its first line.
    """
    own = {"scenarios", "stated_results", "monitoring"} - (patch.data.keys() - {"scenarios"})
    data = {key: value for key, value in document.data.items() if key not in own}
    removed = {*((key,) for key in own), *_removed(patch.data, ())}
    lists = set(_lists(patch.data, ()))
    made = Document(
        document.file,
        merge(data, patch.data),
        _kept(document.nodes, removed, lists),
        _kept(document.keys, removed, lists),
        cut={**_kept(document.cut, removed, lists), **patch.cut},
    )
    _place(made, patch, patch.data, ())
    return made


def _kept(places: Mapping[Path, Known], removed: Set[Path], lists: Set[Path]) -> dict[Path, Known]:
    """Return the places that a patch leaves: not what it removes, nor what stands in a list that it replaces."""
    return {
        path: place
        for path, place in places.items()
        if not any(path[:length] in removed for length in range(1, len(path) + 1))
        and not any(path[:length] in lists for length in range(1, len(path)))
    }


def _removed(data: Any, path: Path) -> Iterator[Path]:
    for key, value in data.items() if isinstance(data, dict) else ():
        if value is None:
            yield (*path, key)
        else:
            yield from _removed(value, (*path, key))


def _lists(data: Any, path: Path) -> Iterator[Path]:
    if isinstance(data, list):
        yield path
    for key, value in data.items() if isinstance(data, dict) else ():
        yield from _lists(value, (*path, key))


def _place(made: Document, patch: Document, data: Any, path: Path) -> None:
    """Give the nodes that a part of a patch touches their places in it."""
    if path:
        made.nodes[path] = patch.at(path)
        made.keys[path] = patch.key_at(path)
    if isinstance(data, dict):
        for key, value in data.items():
            if value is not None:
                _place(made, patch, value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            _place(made, patch, value, (*path, str(index)))


def ill_formed(document: Document, name: str, schema: Schema) -> Iterator[tuple[Problem, Path]]:
    """Yield what is wrong with a scenario as a patch, each with the path in it: what it may not or cannot change."""
    patch = patch_of(document, name)
    base = {key: value for key, value in document.data.items() if key != "scenarios"}
    made = merge(base, patch.data)

    def problem(path: Path, code: str, message: str, hint: str) -> tuple[Problem, Path]:
        return Problem(patch.key_at(path), code, f"scenario `{name}` {message}", hint), path

    for key in SHARED.keys() & patch.data.keys():
        yield problem((key,), "LCA901", f"changes `{key}`, which all scenarios share", SHARED[key])
    absent = list(_removals(patch.data, base, ()))
    for number, (path, known) in enumerate(absent):
        near = did_you_mean(path[-1], known) if number < MOST_PROBLEMS else ""
        hint = near or (f"known there: {listed(known)}" if known else "remove it")
        yield problem(path, "LCA903", f"removes `{'.'.join(path)}`, which the descriptor does not have", hint)
    if made == base and not absent and not SHARED.keys() & patch.data.keys():
        place = document.key_at(("scenarios", name))
        message = f"scenario `{name}` changes nothing"
        yield Problem(place, "LCA902", message, "write only what differs from the descriptor, or remove it"), ()
    for path in _emptied(patch.data, base, made, ()):
        hint = f"write `{path[-1]}: null` to remove it as a whole"
        yield problem(path, "LCA903", f"removes everything in `{'.'.join(path)}`", hint)
    named = list(_new_names(patch.data, base, schema, schema, ()))
    used, described = (references(made, schema), targets(schema)) if named else ({}, set())
    for number, (path, known) in enumerate(named):
        new, group = path[-1], ".".join(path[:-1])
        compared = known if number < MOST_PROBLEMS else ()  # who adds more names than that does not misspell them
        if group in described and new not in used.get(group, ()):
            hint = did_you_mean(new, compared) or "name it where it is to be used, or remove it"
            yield problem(path, "LCA903", f"adds `{new}` to {group}, and nothing uses it", hint)
        elif like := next((k for k in compared if _alike(new, k)), ""):
            hint = f"did you mean `{like}`? a new name must differ more"
            yield problem(path, "LCA903", f"adds `{new}` to {group} beside `{like}`", hint)


def _alike(new: str, known: str) -> bool:
    """Say whether a new name looks like a known one misspelt; not where only a number or an addition sets it apart."""
    if new.rstrip("0123456789") == known.rstrip("0123456789"):
        return False
    if new.startswith(f"{known}-") or known.startswith(f"{new}-"):
        return False
    if len(set(new) ^ set(known)) > (1 - ALIKE) * (len(new) + len(known)):  # that many letters alone set them apart
        return False
    return sorted(new) == sorted(known) or difflib.SequenceMatcher(None, new, known).ratio() >= ALIKE


def _removals(patch: Any, base: Any, path: Path) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Yield the path of each removal of something that is not there, with the keys that are."""
    known = base if isinstance(base, dict) else {}
    for key, value in patch.items():
        if value is None and key not in known:
            yield (*path, key), tuple(known)
        elif isinstance(value, dict):
            yield from _removals(value, known.get(key), (*path, key))


def _emptied(patch: Any, base: Any, made: Any, path: Path) -> Iterator[Path]:
    """Yield the path of each map of which a patch removes every key, so that an empty one remains."""
    for key, value in patch.items():
        before, after = (data.get(key) if isinstance(data, dict) else None for data in (base, made))
        if isinstance(value, dict):
            if after == {} and before:
                yield (*path, key)
            else:
                yield from _emptied(value, before, after, (*path, key))


def _new_names(
    patch: Any, base: Any, schema: Schema, root: Schema, path: Path
) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Yield the path of each name that a patch adds to a map of the applicant's names, with the names that are there."""
    if not isinstance(patch, dict):
        return
    schema, known = resolved(schema, root), base if isinstance(base, dict) else {}
    for key, value in patch.items():
        if "propertyNames" in schema and key not in known and value is not None:
            yield (*path, key), tuple(known)
        else:
            yield from _new_names(value, known.get(key), child(schema, key), root, (*path, key))


def problems_of_scenario(
    document: Document, name: str, found: Iterable[Problem], known: Iterable[Problem]
) -> list[Problem]:
    """Return the problems that a scenario adds to those of its base, each with the scenario's name and at a place of it.

    What stands elsewhere in the base and only fails because of the scenario is told at the scenario's name.
    """
    said = {(problem.code, problem.message) for problem in known}
    path = ("scenarios", name)
    own = {place for places in (document.nodes, document.keys) for place in _below(places, path).values()}
    result = []
    for problem in found:
        if (problem.code, problem.message) in said:
            continue
        place, where = problem.location, ""
        if place not in own:
            place = document.key_at(path)
            where = f" (line {problem.location.line})" if problem.location.line > 1 else ""
        result.append(replace(problem, location=place, message=f"scenario `{name}`: {problem.message}{where}"))
    return result


class Change(Struct, frozen=True):
    """One key that a scenario changes: what the descriptor holds and what the scenario holds; None where it has nothing."""

    path: str
    before: Any
    after: Any


def changes(document: Document, name: str) -> tuple[Change, ...]:
    """Return what a scenario changes, key by key and a quantity as a whole.

    A key that it states as it is in the descriptor is no change.
    """
    return tuple(_changes(document.data, document.data["scenarios"][name], ()))


def _changes(base: Any, patch: Any, path: Path) -> Iterator[Change]:
    for key, value in patch.items():
        before = base.get(key) if isinstance(base, dict) else None
        if isinstance(value, dict) and isinstance(before, dict) and "value" not in before:
            yield from _changes(before, value, (*path, key))
        elif before != (after := None if value is None else merge(before, value)):
            yield Change(".".join((*path, key)), before, after)

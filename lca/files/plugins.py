"""Plug-ins: what other packages offer by entry points. One is looked for when it is named, and none otherwise."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from lca.descriptor.document import Document
from lca.problems import Location, Problem, ProblemsFound

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint, EntryPoints

#: The groups of entry points. What stands in each has the signature of what is built in: an `Importer`, an `Exporter`, the texts
#: of files with acts by their names, the texts of files below `factors/` by their paths.
IMPORTERS, EXPORTERS, CHECKLISTS, CATALOGUES = (
    *("lca.importers", "lca.exporters", "lca.checklists", "lca.catalogues"),
)


class Plugin(Struct, frozen=True, eq=False):
    """One plug-in that was loaded: its name, its package with the version, and what it offers."""

    name: str
    package: str
    content: Any


def is_offered(group: str, name: str) -> bool:
    """Say whether an installed package offers a plug-in of that name, without loading it."""
    return bool(_entries(group, name))


def plugin(group: str, name: str, kind: type, place: Location) -> Plugin | None:
    """Return a plug-in by its name; None where no installed package offers one.

    Args:
        group: of entry points.
        name: of the entry point.
        kind: what it must be.
        place: where it is named.

    Raises:
        ProblemsFound: several packages offer it, it cannot be loaded, or it is something else.
    """
    found = {_package(entry): entry for entry in _entries(group, name)}
    if len(found) > 1:
        message = f"several packages offer a plug-in `{name}`: {', '.join(sorted(found))}"
        raise ProblemsFound([Problem(place, "LCA418", message, "remove all but one")])
    for package, entry in found.items():
        try:
            content = entry.load()
        except (Exception, SystemExit) as error:  # whatever a stranger's module does when it is imported
            message = f"the plug-in `{name}` of `{package}` cannot be loaded: {told(error)}"
            raise ProblemsFound([Problem(place, "LCA418", message, "tell its makers")]) from None
        if not isinstance(content, kind):
            message = (
                f"the plug-in `{name}` of `{package}` is no {kind.__name__} but of type `{type(content).__name__}`"
            )
            raise ProblemsFound([Problem(place, "LCA418", message, "tell its makers")])
        return Plugin(name, package, content)
    return None


@contextlib.contextmanager
def answered_for(used: Plugin, place: Location) -> Iterator[None]:
    """Turn whatever a plug-in raises into one sentence that names it; problems that it tells itself pass as they are."""
    try:
        yield
    except ProblemsFound:
        raise
    except (Exception, SystemExit) as error:
        message = f"the plug-in `{used.name}` of `{used.package}` failed: {told(error)}"
        raise ProblemsFound([Problem(place, "LCA418", message, "tell its makers")]) from None


def told(error: BaseException) -> str:
    """Return an error of a stranger's code on one short line."""
    line = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}: {line}" if line else type(error).__name__


class Named(Struct, frozen=True):
    """The plug-ins that a descriptor names: those with acts of the checklist, and those with sources of factors."""

    checklists: tuple[tuple[Plugin, Location], ...] = ()
    catalogues: tuple[tuple[Plugin, Location], ...] = ()

    @property
    def packages(self) -> Mapping[str, str]:
        """The package and its version of each, by name."""
        return {one.name: one.package for one, _ in (*self.checklists, *self.catalogues)}

    def acts(self) -> Iterator[tuple[str, str]]:
        """Yield the names and texts of files with acts, each name with that of its plug-in before it.

        Raises:
            ProblemsFound: something in a plug-in is no text.
        """
        for used, place in self.checklists:
            yield from ((f"{used.name}: {name}", text) for name, text in texts_of(used, place).items())


def named_in(document: Document) -> Named:
    """Return the plug-ins that a descriptor names; where it names none, nothing is looked for.

    Raises:
        ProblemsFound: a plug-in is not installed or cannot be used; all of them are told.
    """
    names = document.data.get("plugins")
    checklists: list[tuple[Plugin, Location]] = []
    catalogues: list[tuple[Plugin, Location]] = []
    problems: list[Problem] = []
    for index, name in enumerate(names if isinstance(names, list) else ()):
        if not isinstance(name, str):  # the schema says so
            continue
        place = document.at(("plugins", str(index)))
        try:
            acts, factors = (plugin(group, name, Mapping, place) for group in (CHECKLISTS, CATALOGUES))
        except ProblemsFound as found:
            problems += found.problems
            continue
        checklists += [(acts, place)] if acts is not None else []
        catalogues += [(factors, place)] if factors is not None else []
        if acts is None and factors is None:
            message = f"no installed package offers a plug-in `{name}` with a checklist or a catalogue"
            problems.append(Problem(place, "LCA418", message, "install its package, or remove the name"))
    if problems:
        raise ProblemsFound(problems)
    return Named(tuple(checklists), tuple(catalogues))


def texts_of(used: Plugin, place: Location) -> dict[str, str]:
    """Return the texts that a plug-in holds, by their names.

    Raises:
        ProblemsFound: something in it is no text.
    """
    with answered_for(used, place):
        held = dict(used.content)
        strange = [name for name, text in held.items() if not (isinstance(name, str) and isinstance(text, str))]
        if strange:
            raise TypeError(f"{strange[0]!r} is not a text by its name")
        return held


def _entries(group: str, name: str) -> EntryPoints:
    from importlib import metadata

    return metadata.entry_points(group=group, name=name)


def offered() -> list[str]:
    """Return each plug-in that an installed package offers, with the package and its version, without loading any."""
    from importlib import metadata

    groups = (IMPORTERS, EXPORTERS, CHECKLISTS, CATALOGUES)
    return sorted(f"{g} {e.name} {_package(e)}" for g in groups for e in metadata.entry_points(group=g))


def _package(entry: EntryPoint) -> str:
    """Return the package that an entry point is of, with its version."""
    return f"{entry.dist.name} {entry.dist.version}" if entry.dist is not None else entry.value

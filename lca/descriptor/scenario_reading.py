"""Variants of a descriptor: its scenarios, and any other patch over it, each read as a descriptor is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from msgspec.structs import replace

from lca.descriptor.descriptor import Descriptor, Reader
from lca.descriptor.document import Document, Path
from lca.descriptor.merge_patch import ill_formed, patch_of, patched, problems_of_scenario
from lca.descriptor.sizes import oversized
from lca.problems import Location, Problem


def read_with_scenarios(document: Document, reader: Reader) -> tuple[Descriptor | None, list[Problem]]:
    """Turn a document into a descriptor with its scenarios.

    Returns:
        The descriptor, or None where the document does not fit the schema, and all problems found so far. A scenario with
        errors of its own is not among the descriptor's. Where more stands in a map or list than is read, only that is told.
    """
    if too_many := oversized(document, reader.schema):
        return None, too_many
    descriptor, problems = reader.read(document)
    scenarios: dict[str, Descriptor] = {}
    found: list[Problem] = []
    given = document.data.get("scenarios")
    for name, data in given.items() if isinstance(given, dict) else ():
        if isinstance(data, dict):  # else the schema has said so
            scenario, own = _read_scenario(document, name, reader, problems)
            if scenario is not None and not any(problem.severity == "error" for problem in own):
                scenarios[name] = scenario
            found += own
    return replace(descriptor, scenarios=scenarios) if descriptor is not None else None, problems + found


def read_variant(
    descriptor: Descriptor, patch: Document, *, fits: bool = False
) -> tuple[Descriptor | None, list[Problem]]:
    """Turn a descriptor with a patch over it into a descriptor without scenarios; `fits` as for `Reader.read`."""
    made, problems = descriptor.reader.read(patched(descriptor.document, patch), is_variant=True, fits=fits)
    return replace(made, files=descriptor.files) if made is not None else None, problems


def _read_scenario(
    document: Document, name: str, reader: Reader, known: list[Problem]
) -> tuple[Descriptor | None, list[Problem]]:
    wrong = list(ill_formed(document, name, reader.schema))
    patch = patch_of(document, name)
    descriptor, found = reader.read(patched(document, patch), is_variant=True)
    # What stands below a key that is wrong itself would only say so again.
    said = {path for _, path in wrong if path}
    covered = {*_below(patch.nodes, said), *_below(patch.keys, said)}
    own = [problem for problem in found if problem.location not in covered]
    found = problems_of_scenario(document, name, own, known)
    return descriptor, [*(problem for problem, _ in wrong), *found]


def _below(places: Mapping[Path, Location], paths: Set[Path]) -> Iterator[Location]:
    """Yield the places of some paths and of all that stands below them."""
    for path, place in places.items():
        if any(path[:length] in paths for length in range(1, len(path) + 1)):
            yield place

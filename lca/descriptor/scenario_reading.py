"""Variants of a project: its scenarios, and any other patch over its descriptor, each read as a descriptor is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from lca.descriptor.descriptor import Project, read_project
from lca.descriptor.document import Document, Path
from lca.descriptor.merge_patch import ill_formed, patch_of, patched, told
from lca.problems import Location, Problem


def read_descriptor(
    document: Document, schema: Mapping[str, Any], catalogue_version: str
) -> tuple[Project | None, list[Problem]]:
    """Turn a document into a project with its scenarios.

    Returns:
        The project, or None where the document does not fit the schema, and all problems found so far. A scenario with
        problems of its own is not among the project's.
    """
    project, problems = read_project(document, schema, catalogue_version)
    if project is not None:
        problems += _hypothetical(project)
    scenarios: dict[str, Project] = {}
    found: list[Problem] = []
    given = document.data.get("scenarios")
    for name, data in given.items() if isinstance(given, dict) else ():
        if isinstance(data, dict):  # else the schema has said so
            scenario, own = _read_scenario(document, name, schema, catalogue_version, problems)
            own += _other_reference(document, name, project, scenario)
            if scenario is not None and not own:
                scenarios[name] = scenario
            found += own
    return replace(project, scenarios=scenarios) if project is not None else None, problems + found


def _other_reference(document: Document, name: str, base: Project | None, scenario: Project | None) -> list[Problem]:
    """Return a problem where a scenario names another file as its reference scenario than the descriptor does."""
    file = scenario.reference_file if scenario is not None else ""
    if base is None or not file or file == base.reference_file:
        return []
    place = document.at(("scenarios", name, "benefit", "reference", "descriptor"))
    message = f"scenario `{name}` changes the file of the reference scenario, which all scenarios share"
    return [Problem(place, "LCA901", message, "compare two descriptors with `lca compare`")]


def read_variant(project: Project, patch: Document) -> tuple[Project | None, list[Problem]]:
    """Turn a project's descriptor with a patch over it into a project without scenarios."""
    made, problems = read_project(patched(project.document, patch), project.schema, project.catalogue)
    return replace(made, files=project.files) if made is not None else None, problems


def _read_scenario(
    document: Document, name: str, schema: Mapping[str, Any], catalogue_version: str, known: list[Problem]
) -> tuple[Project | None, list[Problem]]:
    wrong = list(ill_formed(document, name, schema))
    patch = patch_of(document, name)
    project, found = read_project(patched(document, patch), schema, catalogue_version)
    # What stands below a key that is wrong itself would only say so again.
    said = [path for _, path in wrong if path]
    covered = {*_below(patch.nodes, said), *_below(patch.keys, said)}
    found = told(document, name, [problem for problem in found if problem.location not in covered], known)
    return project, [*(problem for problem, _ in wrong), *found]


def _below(places: Mapping[Path, Location], paths: list[Path]) -> Iterator[Location]:
    yield from (place for path, place in places.items() if any(path[: len(p)] == p for p in paths))


def _hypothetical(project: Project) -> Iterator[Problem]:
    """Yield a problem for what only a scenario may suppose."""
    for site in project.sites.values():
        if site.generation:
            place = project.document.key_at((*site.path.split("."), "generation"))
            hint = "state `location`, and suppose `generation` in a scenario; a contract stands under `market_based`"
            yield Problem(place, "LCA904", "one source of electricity can only be supposed in a scenario", hint)

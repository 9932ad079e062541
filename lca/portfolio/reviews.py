"""Which reviews of a folder belong to which dossier: the name of each begins with the dossier's number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from lca.files.texts import shown
from lca.portfolio.listing import yaml_files
from lca.problems import Location, Problem, ProblemsFound


def reviews_in(folder: Path, numbers: Iterable[str]) -> tuple[dict[str, tuple[Path, ...]], list[Problem]]:
    """Return the reviews of a folder by the number of their dossier, and what is doubtful of the others.

    A review of dossier 17 is `17.yaml`, or `17-` with anything behind it; where several numbers fit, the longest one does.

    Raises:
        ProblemsFound: there is no such folder, or it cannot be read.
    """
    known, found, doubts = frozenset(numbers), dict[str, tuple[Path, ...]](), list[Problem]()
    try:
        paths = sorted(yaml_files(folder))
    except OSError as error:
        message = f"the folder of reviews cannot be read: {error.strerror}"
        hint = "give a folder with reviews such as `17-first.yaml`, by the number of their dossier"
        raise ProblemsFound([Problem(Location(shown(folder), 1, 1), "LCA101", message, hint)]) from None
    for path in paths:
        name = shown(path.relative_to(folder).with_suffix(""))
        number = next((one for one in _beginnings(name) if one in known), None)
        if number is None:
            message = "the name of this review begins with the number of no dossier"
            hint = "name it by the number of its dossier, such as `17-first.yaml`; it is on no sheet"
            doubts.append(Problem(Location(shown(path), 1, 1), "LCA967", message, hint))
        else:
            found[number] = (*found.get(number, ()), path)
    return found, doubts


def _beginnings(name: str) -> Iterator[str]:
    """Yield the name, then all shorter beginnings of it that end before a sign that is no letter or digit."""
    yield name
    for end in range(len(name) - 1, 0, -1):
        if not name[end].isalnum():
            yield name[:end]

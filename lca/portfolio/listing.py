"""Which dossiers a portfolio holds: those of folders and of lists, each under its number."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from lca.files.texts import read_text, shown
from lca.problems import Location, Problem, ProblemsFound

#: A list names a dossier a line: its file, or its number and its file.
LISTS = (".csv", ".txt")
_DOSSIERS = (".yaml", ".yml")
#: What marks a file of a folder as a descriptor; all else that is YAML belongs to one: a part, a profile, a review.
_A_DESCRIPTOR = re.compile(rb"""(?m)^[ \t{]*["']?descriptor["']?[ \t]*:""")
_LARGEST_LIST = 10_000_000
_SEEN_OF_A_FILE = 100_000


class Submitted(Struct, frozen=True):
    """One dossier: its number, how messages name its file, and where it is."""

    number: str
    file: str
    path: Path


class Listing(Struct, frozen=True):
    """The dossiers in the order of their numbers, and the files of folders that are none, for want of the key `descriptor`.

    `lists` are the files that name dossiers.
    """

    dossiers: tuple[Submitted, ...]
    others: tuple[str, ...] = ()
    lists: tuple[Path, ...] = ()

    @property
    def inputs(self) -> tuple[Path, ...]:
        """The files that nothing may be written over."""
        return (*self.lists, *(one.path for one in self.dossiers))


def listing(named: Iterable[Path], output: Path) -> Listing:
    """Return the dossiers of some folders, lists and single files; what lies in the folder of the output is left out.

    In a folder, at any depth, every YAML file with the key `descriptor` is a dossier, and its name without the ending is its
    number. No link is followed.

    Raises:
        ProblemsFound: something named is not there or cannot be read, two dossiers have one number, or there are none.
    """
    found: list[Submitted] = []
    others: list[str] = []
    lists: list[Path] = []
    problems: list[Problem] = []
    for place in named:
        try:
            if place.is_dir():
                taken, left = _of_folder(place, output)
                found += taken
                others += left
            elif place.suffix.casefold() in LISTS:
                found += _of_list(place)
                lists.append(place)
            else:
                found.append(_one(place.stem, place.name, place, Location(shown(place), 1, 1)))
        except ProblemsFound as error:
            problems += error.problems
    found.sort(key=lambda one: in_order(one.number))
    problems += _twice(found)
    if not found and not problems:
        first = Location(shown(next(iter(named), output)), 1, 1)
        hint = "name a folder with YAML files that have the key `descriptor`, or a list of such files"
        problems.append(Problem(first, "LCA961", "there is no dossier", hint))
    if problems:
        raise ProblemsFound(problems)
    return Listing(tuple(found), tuple(sorted(others)), tuple(lists))


def in_order(number: str) -> tuple[tuple[int, int, str], ...]:
    """Return what sorts numbers as a person does: 2 before 10."""
    parts = re.split(r"([0-9]+)", number)
    return tuple((0, int(part), "") if part.isdecimal() and part.isascii() else (1, 0, part) for part in parts if part)


def _of_folder(folder: Path, output: Path) -> tuple[list[Submitted], list[str]]:
    found: list[Submitted] = []
    others: list[str] = []
    own = output.resolve()
    for path in sorted(yaml_files(folder)):
        if own in path.resolve().parents:
            continue
        name = shown(path.relative_to(folder))
        if _is_descriptor(path):
            found.append(Submitted(str(Path(name).with_suffix("")), name, path))
        else:
            others.append(name)
    return found, others


def yaml_files(folder: Path) -> Iterator[Path]:
    """Yield the YAML files below a folder; hidden ones and what lies behind a link are left alone."""
    for path in folder.iterdir():
        if path.name.startswith(".") or path.is_symlink():
            continue
        if path.is_dir():
            yield from yaml_files(path)
        elif path.suffix.casefold() in _DOSSIERS and path.is_file():
            yield path


def _is_descriptor(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return bool(_A_DESCRIPTOR.search(file.read(_SEEN_OF_A_FILE)))
    except OSError:
        return True  # that it cannot be read is told where it is


def _of_list(path: Path) -> Iterator[Submitted]:
    """Yield the dossiers of a list: in each line a file, from the folder of the list on, before it its number if it has one."""
    text, problems = read_text(path, _LARGEST_LIST, "a list of dossiers"), []
    for line, cells in enumerate(csv.reader(text.splitlines()), 1):
        cells = [cell.strip() for cell in cells]
        if not any(cells) or cells[0].startswith("#") or cells in (["number", "file"], ["file"]):
            continue
        place = Location(shown(path), line, 1)
        if len(cells) > 2 or not cells[-1]:
            message = "a line of the list is not `number,file` or `file`"
            problems.append(Problem(place, "LCA961", message, "separate the two by a comma"))
            continue
        try:
            number = cells[0] if len(cells) == 2 and cells[0] else str(Path(cells[-1]).with_suffix(""))
            yield _one(number, cells[-1], path.parent / cells[-1], place)
        except ProblemsFound as error:
            problems += error.problems
    if problems:
        raise ProblemsFound(problems)


def _one(number: str, file: str, path: Path, place: Location) -> Submitted:
    if not path.is_file() or "\0" in file:
        raise ProblemsFound([Problem(place, "LCA961", f"there is no file `{file[:80]}`", "check the path")])
    return Submitted(number, file, path)


def _twice(found: list[Submitted]) -> Iterator[Problem]:
    """Yield a problem for each number that two dossiers have."""
    seen: dict[str, Submitted] = {}
    for one in found:
        first = seen.setdefault(one.number, one)
        if first is not one:
            message = f"`{shown(first.path)}` has the number `{one.number}` too"
            hint = "give each its own number, in a list with lines such as `17,folder/project.yaml`"
            yield Problem(Location(shown(one.path), 1, 1), "LCA962", message, hint)

"""What a subject is: its parts of the descriptor, what it computes of them, and what it checks."""

from __future__ import annotations

import datetime
import importlib
from collections.abc import Callable, Collection, Iterable, Mapping
from types import ModuleType
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from lca.catalogue.book import FactorBook
from lca.descriptor.descriptor import Descriptor
from lca.descriptor.named_file import FileReference
from lca.descriptor.parts import Part, Parts
from lca.problems import Problem
from lca.quantities.quantity import Quantity, Sampler

if TYPE_CHECKING:
    from lca.presenting.writer import Writer


class Inputs(Struct, frozen=True):
    """What every subject is computed from.

    `rules` holds what is shipped beside the factors (criteria, rules on claims), by type; `reference` is the reference scenario
    where it is a descriptor; `as_of` is the date that expiry is judged by.
    """

    descriptor: Descriptor
    book: FactorBook
    sample: Sampler
    as_of: datetime.date
    rules: Parts
    reference: Descriptor | None = None


class Result(Struct, frozen=True, eq=False, kw_only=True):
    """What every subject gives beside what is its own.

    `figures` holds what can be explained, by path; `roots` the trees under what a report prints, whose leaves are what the study
    rests on; `problems` the doubts and errors that were met on the way.
    """

    figures: Mapping[str, Quantity] = field(default_factory=dict)
    roots: tuple[Quantity, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def printed(self) -> Iterable[tuple[str, Quantity]]:
        """What a report prints of it with an interval, by path."""
        return self.figures.items()

    @property
    def walked(self) -> Iterable[tuple[str, Quantity]]:
        """What is printed, and what lies on the way to it, by path, in the order in which trees are best walked."""
        return self.printed


class Results(Parts):
    """The results of the subjects that were computed so far, each found by its type."""

    __slots__ = ()

    def figures(self) -> dict[str, Quantity]:
        """Return the figures of all results, by path."""
        return {path: figure for result in self for path, figure in result.figures.items()}


class Fingerprint(Struct, frozen=True):
    """What a report depends on; the same fingerprint gives the same bytes.

    `files` holds the hash of each further file, `plugins` the package and its version that each plug-in is of, by its name.
    """

    descriptor: str
    catalogue: str
    catalogue_version: str
    code_version: str
    seed: int
    draws: int
    as_of: datetime.date
    files: Mapping[str, str] = field(default_factory=dict)
    plugins: Mapping[str, str] = field(default_factory=dict)

    @property
    def program(self) -> str:
        """The version of the program, and after it the plug-ins with their packages."""
        return " + ".join([self.code_version, *(f"{name} ({package})" for name, package in self.plugins.items())])


class Assessed(Struct, frozen=True, eq=False, dict=True):
    """A study computed, as views see it: `study` is its descriptor; a view takes the result of its own subject by type.

    `roots` are the trees under all figures that a report prints, in the order of the report.
    """

    study: Descriptor
    book: FactorBook
    fingerprint: Fingerprint
    results: Results
    problems: tuple[Problem, ...]
    roots: tuple[Quantity, ...]


#: What a template needs, by name; `charts` holds drawings, and curves as SVG text.
View = dict[str, Any]


class Section(Struct, frozen=True):
    """One section of a report: its anchor, its template, and what gives the template its names."""

    name: str
    template: str
    view: Callable[[Assessed, Writer], View]


def _nothing(_: Descriptor) -> Iterable[Problem]:
    return ()


def _no_names(_: Descriptor) -> Mapping[str, Collection[str]]:
    return {}


def _always(_: Descriptor) -> bool:
    return True


def _no_files(_: Descriptor) -> Iterable[FileReference]:
    return ()


class Subject(Struct, frozen=True):
    """One subject: a folder of its name, below this package, in the templates and in the tests.

    `checks` yields what its part of a descriptor lacks or contradicts; `names_used` gives the names, by the map that they stand
    in, that it uses without referring to them; `named_files` the files that its part names. `unused` is its result for a
    descriptor that does not use it, as `used_by` says; None where it then has nothing to say.
    """

    name: str
    parts: tuple[Part, ...] = ()
    checks: Callable[[Descriptor], Iterable[Problem]] = _nothing
    names_used: Callable[[Descriptor], Mapping[str, Collection[str]]] = _no_names
    named_files: Callable[[Descriptor], Iterable[FileReference]] = _no_files
    used_by: Callable[[Descriptor], bool] = _always
    unused: Result | None = None

    def assess(self, inputs: Inputs, earlier: Results) -> Result | None:
        """Return its result from the inputs and the results of the subjects before it; not used, it is not even imported."""
        if not self.used_by(inputs.descriptor):
            return self.unused
        result: Result = self.module("assess").assess(inputs, earlier)
        return result

    def module(self, name: str) -> ModuleType:
        """Return a module of the folder, imported on first use: what it prints is not needed to compute it."""
        return importlib.import_module(f"lca.subjects.{self.name}.{name}")

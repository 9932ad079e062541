"""A whole descriptor as records; it knows no subject, each of which finds its own part by type."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from lca.descriptor.document import Document
from lca.descriptor.included import INCLUDE, Included
from lca.descriptor.named_file import NamedFile
from lca.descriptor.parts import P, Part, Parts
from lca.descriptor.reading import validate
from lca.descriptor.records import build
from lca.descriptor.references import Elsewhere, dangling, targets
from lca.problems import Problem
from lca.quantities.provenance import Stated


class About(Struct, frozen=True):
    """What the project is and who answers for it."""

    path: str
    name: str
    applicant: str = ""
    partners: tuple[str, ...] = ()
    call: str = ""
    call_profile: str = ""
    language: str = "en"
    start: str | int = ""
    duration: Stated | None = None
    summary: str = ""
    readiness_level: int | None = None
    funding: Stated | None = None
    sources: tuple[str, ...] = ()


class Exclusion(Struct, frozen=True):
    """Something left out, with its reason and estimated share of the total."""

    path: str
    reason: str
    estimated_share: Stated | None = None


class CriticalReview(Struct, frozen=True):
    """Who reviewed the study."""

    path: str
    by: str
    date: str
    statement: str = ""


class FunctionalUnit(Struct, frozen=True):
    """What results are also given for."""

    path: str
    description: str
    quantity: Stated | None = None
    delivered: Stated | None = None


class Goal(Struct, frozen=True):
    """Goal and scope of the study."""

    path: str = "goal"
    purpose: str = ""
    level: str = "screening"
    critical_review: CriticalReview | None = None
    units: tuple[str, ...] = ()
    functional_unit: FunctionalUnit | None = None
    excluded: Mapping[str, Exclusion] = field(default_factory=dict)
    cut_offs: Mapping[str, Exclusion] = field(default_factory=dict)


class Descriptor(Struct, frozen=True):
    """A whole descriptor as records, with what is known of the files that it names.

    `reader` is what the document was read by, so that a variant of it is read the same way; `scenarios` are such variants;
    `included` are the parts that partners keep, already joined.
    """

    document: Document
    reader: Reader
    about: About
    goal: Goal
    parts: Parts
    catalogue: str = ""
    is_variant: bool = False
    scenarios: Mapping[str, Descriptor] = field(default_factory=dict)
    files: Mapping[str, NamedFile] = field(default_factory=dict)
    included: Mapping[str, Included] = field(default_factory=dict)

    def __getitem__(self, part: type[P]) -> P:
        """Return a subject's part, by its type."""
        return self.parts[part]

    def get(self, part: type[P]) -> P | None:
        """Return a subject's part, None where the descriptor says nothing of it."""
        return self.parts.get(part)

    @property
    def year(self) -> int | None:
        """The year in which the project starts, None where it is not stated."""
        text = str(self.about.start)
        return int(text[:4]) if text else None


#: What must hold between the records of a descriptor.
Checks = Callable[[Descriptor], Iterable[Problem]]


#: What the catalogue adds to the parts of a descriptor that name something of it, and what is wrong with these names.
Complete = Callable[[Parts, Document], tuple[Parts, list[Problem]]]


class Reader(Struct, frozen=True, dict=True):
    """What turns a document into a descriptor: the schema, the catalogue installed, the subjects' parts and their checks.

    `complete` is what the parts are read on with once they stand; `elsewhere` knows what names may mean that refer to nothing.
    """

    schema: Mapping[str, Any]
    catalogue_version: str
    parts: tuple[Part, ...]
    checks: Checks
    complete: Complete
    elsewhere: Elsewhere

    @functools.cached_property
    def targets(self) -> frozenset[str]:
        """The maps whose names other keys refer to."""
        return frozenset(targets(self.schema))

    def read(
        self, document: Document, prefix: str = "", is_variant: bool = False, *, fits: bool = False
    ) -> tuple[Descriptor | None, list[Problem]]:
        """Turn a document into a descriptor without its scenarios; `prefix` goes before its stated paths.

        `fits` says that the document is known to fit the schema.

        Returns:
            The descriptor, or None where the document does not fit the schema, and all problems found so far.
        """
        tree, problems = validate(document, self.schema, prefix, fits=fits)
        if problems:
            return None, problems
        read = Parts(*(record for part in self.parts if (record := _record(part, tree)) is not None))
        parts, incomplete = self.complete(read, document)
        included = build(Mapping[str, Included], tree.get(INCLUDE) or {}, (INCLUDE,))
        descriptor = Descriptor(
            document=document,
            reader=self,
            about=_with_owners(build(About, tree["project"], ("project",)), included.values()),
            goal=build(Goal, tree.get("goal") or {}, ("goal",)),
            parts=parts,
            catalogue=tree.get("catalogue") or "",
            is_variant=is_variant,
            included=included,
        )
        found = [
            *self._pin(descriptor),
            *dangling(document, self.schema, self.elsewhere),
            *incomplete,
            *self.checks(descriptor),
        ]
        return descriptor, found

    def _pin(self, descriptor: Descriptor) -> Iterator[Problem]:
        """Yield a problem where the descriptor is pinned to another catalogue."""
        pinned = descriptor.catalogue
        if pinned and pinned != self.catalogue_version:
            message = f"the descriptor is pinned to catalogue {pinned}, installed is {self.catalogue_version}"
            hint = "install that version, or change the pin and read the changes"
            yield Problem(descriptor.document.at(("catalogue",)), "LCA506", message, hint)


def _with_owners(about: About, included: Iterable[Included]) -> About:
    """Return what a project is, with the owners of its parts among its partners."""
    known = {one.strip().casefold() for one in (about.applicant, *about.partners)}
    owners = dict.fromkeys(one.owner for one in included if one.owner.strip().casefold() not in known)
    return replace(about, partners=(*about.partners, *owners)) if owners else about


def _record(part: Part, tree: Mapping[str, Any]) -> Any:
    """Return the record of a part, None where the descriptor says nothing of it."""
    if part.key:
        data = tree.get(part.key)
        return build(part.record, data or {}, (part.key,)) if data is not None or part.always else None
    names = set(part.record.__struct_fields__)
    return build(part.record, {name: data for name, data in tree.items() if name in names}, ())

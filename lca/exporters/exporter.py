"""What an exporter is: the forms that a format has, and what writes an assessment in them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from lca.assessment.attachments import Sources
from lca.assessment.record import Record
from lca.presenting.writer import Writer
from lca.subjects.footprint.contract import contract as contract_of_footprint


class Asked(Struct, frozen=True, eq=False, dict=True):
    """What is exported: an assessment and what it was made from, the language of its words, and the form that is asked for.

    `references` holds the citations of formulas by their id.
    """

    record: Record
    sources: Sources
    writer: Writer
    references: Mapping[str, str]
    form: str = ""

    @functools.cached_property
    def words(self) -> Mapping[str, Any]:
        """The words of exported files."""
        found: Mapping[str, Any] = self.writer.words["exports"]
        return found

    @functools.cached_property
    def footprint(self) -> Mapping[str, Any]:
        """The footprint as the JSON contract has it, each number with twelve significant digits."""
        return contract_of_footprint(self.record)

    @property
    def program(self) -> str:
        """The program with its plug-ins and the catalogue that made the figures, each with its version."""
        made = self.record.fingerprint
        return str(self.words["program"].format(version=made.program, catalogue=made.catalogue_version))


class Exported(Struct, frozen=True):
    """A file, and what of the assessment it cannot carry, in sentences; the file says them too where its format has room."""

    content: bytes
    limits: tuple[str, ...]


class Exporter(Struct, frozen=True):
    """One format. `forms` holds the ending of a file by the name of each form; the first is written where none is asked for.

    `write` raises `ProblemsFound` where a study has nothing that the format can hold. `is_binary` where a terminal cannot show it.
    """

    write: Callable[[Asked], Exported]
    forms: Mapping[str, str]
    is_binary: bool = False

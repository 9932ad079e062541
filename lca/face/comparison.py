"""Studies side by side."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from lca.face.study import Assessment, Study
from lca.files.shipped import read_texts
from lca.presenting.values import as_json
from lca.problems import Problem, ProblemsFound

if TYPE_CHECKING:
    from lca.assessment.comparison import FigureTable


class Comparison(Struct, frozen=True, eq=False, dict=True):
    """Studies and their scenarios side by side, by name: each is compared with the first one, by paired draws."""

    studies: Mapping[str, Assessment]

    @functools.cached_property
    def tables(self) -> tuple[FigureTable, ...]:
        """One table for each figure, its cases in the groups that are alike."""
        from lca.assessment.cases import cases_of
        from lca.assessment.comparison import tables

        return tables(cases_of(self.studies), self._first.fingerprint.draws > 0)

    @property
    def _first(self) -> Assessment:
        return next(iter(self.studies.values()))

    def json(self) -> str:
        """Return all figures compared as JSON."""
        from lca.assessment.comparison_contract import comparison

        return as_json(comparison(self.studies, self.tables))

    def html(self, language: str = "") -> str:
        """Return the comparison as one page."""
        from lca.assessment.dossier import render_comparison

        return render_comparison(self.studies, self.tables, language or self._first.study.about.language, read_texts())

    def pdf(self, language: str = "") -> bytes:
        """Return the PDF with the descriptors and all figures inside.

        Raises:
            lca.files.pdf.PangoMissing: a system library is missing.
        """
        from lca.files.documents import comparison_pdf

        texts = {name: study.source.readable.text for name, study in self.studies.items()}
        return comparison_pdf(self.html(language), self.json(), self.studies, texts)


def compare(first: Assessment, *others: Assessment | Study) -> Comparison:
    """Compare studies, and their scenarios, with a first one.

    Each of the others is computed again beside the first, with its draws and on its date, so that what both state alike is one
    input and only differences count. A study goes by the stem of its file, or by its path where stems are the same.

    Raises:
        ProblemsFound: some descriptors have errors; those of all are told.
    """
    sources = [first.source, *(other.source if isinstance(other, Assessment) else other for other in others)]
    stems = [Path(source.name).stem for source in sources]
    found: dict[str, Assessment] = {}
    problems: list[Problem] = []
    drawn = first.fingerprint
    for source, stem in zip(sources, stems, strict=True):
        name = stem if stems.count(stem) == 1 else source.name
        if source is first.source:
            found[name] = first
        elif name not in found:
            try:
                named = replace(source, name=name)
                found[name] = named.assess(drawn.draws, drawn.seed, drawn.as_of, beside=first)
            except ProblemsFound as wrong:
                problems += wrong.problems
    if problems:
        raise ProblemsFound(problems)
    return Comparison(found)

"""A study that is read and assessed, and its report."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from lca.assessment.assess import assess
from lca.assessment.record import DEFAULT_DRAWS, DEFAULT_SEED, Record
from lca.descriptor.descriptor import Descriptor
from lca.files import reading
from lca.files.named_files import Folder, Given, OnDisk
from lca.files.shipped import code_version, date_of_assessment, read_texts
from lca.files.texts import read_text, shown
from lca.presenting.values import as_json
from lca.problems import Problem, ProblemsFound
from lca.quantities.quantity import Apart
from lca.subjects.subject import Fingerprint

if TYPE_CHECKING:
    from lca.assessment.attachments import Manner
    from lca.assessment.sweeps.variation import Sweep
    from lca.exporters.exporter import Exported
    from lca.presenting.html import ShippedTexts
    from lca.quantities.trees import Step


def load(path: str | Path, *, factors: str = "", checklist: Sequence[str | Path] = ()) -> Study:
    """Read a descriptor from a file; the files that it names are found below its folder.

    `factors` names a declared set of sources that leads, such as `ember`; `checklist` files with the criteria of further acts.
    """
    try:
        return _study(read_text(Path(path)), shown(Path(path)), OnDisk(Path(path)), factors, checklist)
    except ProblemsFound as found:
        return Study(shown(Path(path)), None, found.problems)


def read(
    text: str,
    *,
    name: str = "study.yaml",
    files: Mapping[str, str | bytes] | None = None,
    folder: str | Path | None = None,
    factors: str = "",
    checklist: Sequence[str | Path] = (),
) -> Study:
    """Read a descriptor from a text, without a disk unless a `folder` is named, below which the files that it names are found.

    `name` is its own in messages; `files` holds the contents of files that it names, by name; the rest is as for `load`.
    """
    return _study(
        text, name, OnDisk(Path(folder) / name) if folder is not None else Given(files or {}), factors, checklist
    )


def _study(text: str, name: str, folder: Folder, factors: str, checklist: Sequence[str | Path]) -> Study:
    try:
        return Study(name, reading.load(text, name, folder, factors, reading.checklist_texts(map(Path, checklist))))
    except ProblemsFound as found:
        return Study(name, None, found.problems)


class Study(Struct, frozen=True, eq=False, dict=True):
    """A descriptor that was read, with all that it needs to be assessed; `loaded` is None where it cannot be."""

    name: str
    loaded: reading.Loaded | None
    unreadable: tuple[Problem, ...] = ()

    def __repr__(self) -> str:
        return f"Study(name={self.name!r})"

    @property
    def readable(self) -> reading.Loaded:
        """The descriptor with all that it needs; `ProblemsFound` is raised where it cannot be read."""
        if self.loaded is None:
            raise ProblemsFound(self.unreadable)
        return self.loaded

    @property
    def descriptor(self) -> Descriptor:
        """What the descriptor says, as records; raises as `readable` does."""
        return self.readable.descriptor

    @functools.cached_property
    def problems(self) -> tuple[Problem, ...]:
        """All errors and warnings, each with its place, by place; judged on the date of today or of `SOURCE_DATE_EPOCH`."""
        return self.problems_on(None)

    def problems_on(self, as_of: datetime.date | None) -> tuple[Problem, ...]:
        """Return all errors and warnings, expiry judged by a date."""
        try:
            return self.assess(draws=0, as_of=as_of).problems
        except ProblemsFound as found:
            return found.problems

    def assess(
        self,
        draws: int | None = None,
        seed: int | None = None,
        as_of: datetime.date | None = None,
        beside: Assessment | None = None,
    ) -> Assessment:
        """Compute the study.

        Args:
            draws: of the uncertain inputs; 10,000 where none are given, 0 for best estimates alone.
            seed: of the draws.
            as_of: date that expiry is judged by; `SOURCE_DATE_EPOCH` or today where none is given.
            beside: a study that this one is to be compared with: what both state alike shares its draws, all else does not.

        Raises:
            ProblemsFound: the descriptor has errors; all of them are told.
        """
        loaded, apart = self.readable, None
        fingerprint = Fingerprint(
            descriptor=loaded.descriptor_hash,
            catalogue=loaded.catalogue_hash,
            catalogue_version=loaded.book.version,
            code_version=code_version(),
            seed=DEFAULT_SEED if seed is None else seed,
            draws=DEFAULT_DRAWS if draws is None else draws,
            as_of=as_of or date_of_assessment(),
            files=loaded.hashes,
        )
        if beside is not None:
            from lca.assessment.cases import stated_inputs

            apart = Apart(self.name, stated_inputs(beside))
        record = assess(loaded.descriptor, loaded.book, loaded.rules, fingerprint, loaded.reference, apart)
        found = ProblemsFound([*loaded.problems, *record.problems]).problems
        if any(problem.severity == "error" for problem in found):
            raise ProblemsFound(found)
        return _public(replace(record, problems=found), self)


class Assessment(Record, frozen=True, eq=False, kw_only=True, dict=True):
    """A study computed: the result of each subject, every figure by its path, reports, tables and sweeps."""

    source: Study

    def __repr__(self) -> str:
        return f"Assessment({self.source.name!r}, draws={self.fingerprint.draws}, figures={len(self.figures)})"

    def explain(self, path: str) -> tuple[Step, ...]:
        """Return the tree under a figure, down to lines of a file and cited factors; `KeyError` where there is no such figure."""
        from lca.assessment.figures import figures_of_scenarios
        from lca.quantities.trees import explain

        return tuple(explain(self.figures.get(path) or figures_of_scenarios(self)[path]))

    def report(self, language: str = "", layout: str = "dossier", theme: str | Path = "") -> Report:
        """Return the report in a language, that of the descriptor where none is named.

        `layout` is dossier, full or page; `theme` a folder of an agency's own templates, words and style sheets.
        """
        return Report(self, language or self.study.about.language, layout, str(theme))

    def json(self, sobol: bool = False) -> str:
        """Return all results as JSON (`lca schema assessment`); `sobol` adds total-order indices."""
        from lca.assessment.contract import results

        return as_json(results(self, with_sobol=sobol))

    def export(self, name: str, language: str = "", form: str = "") -> Exported:
        """Return the assessment in the format of others, such as `huggingface` or `cyclonedx`; `lca export --help` lists them.

        Each format has one form or several, such as `latex` of `paragraph`; the first is taken where none is named. `limits` of
        the result says what the format cannot carry.

        Raises:
            KeyError: there is no such format, or it has no such form.
            ProblemsFound: the study has nothing that the format can hold.
        """
        from lca.exporters import FORMATS, exporter_of
        from lca.exporters.exporter import Asked
        from lca.files.documents import sources_of
        from lca.presenting.writer import Writer

        if name not in FORMATS:
            raise KeyError(name)
        exporter, texts, spoken = exporter_of(name), read_texts(), language or self.study.about.language
        form = form or next(iter(exporter.forms))
        if form not in exporter.forms:
            raise KeyError(form)
        writer = Writer(spoken, texts.locales[spoken])
        self.settle()
        return exporter.write(Asked(self, sources_of(self.source.readable), writer, texts.references, form))

    def sealed(self) -> str:
        """Return the forecast that the study makes, with its descriptor, its date and a hash of all, as JSON."""
        from lca.subjects.monitoring.sealed import seal

        return seal(self, self.figures, self.source.readable.text).as_text()

    def tables(self) -> dict[str, Any]:
        """Return pandas frames by name: `inventory` with a row a flow, `inputs` with a row a leaf."""
        from lca.assessment import tables

        return {"inventory": tables.inventory(self), "inputs": tables.inputs(self)}

    def sweep(self, kind: str, subject: str = "") -> Sweep:
        """Vary one thing: `location`, `hosting`, `generation`, `lifetime`, `utilisation`, `volume`, `experiments`, `federated`.

        `subject` names what is varied, else what weighs most; `ProblemsFound` is raised where nothing can be varied.
        """
        from lca.assessment.sweeps.kinds import SWEEPS

        return SWEEPS[kind](self, subject)

    def _repr_html_(self) -> str:
        """Return page one, for a notebook."""
        return self.report().page_one


class Report(Struct, frozen=True, eq=False, dict=True):
    """A report in one language and layout."""

    assessment: Assessment
    language: str
    layout: str = "dossier"
    theme: str = ""

    @functools.cached_property
    def html(self) -> str:
        """The whole report as one page without references to anything outside it, with all data as links that save it."""
        from lca.files.documents import report_html

        return report_html(self.assessment, self.assessment.source.readable, self._manner, self._texts)

    @functools.cached_property
    def page_one(self) -> str:
        """Page one alone, as HTML without a head."""
        from lca.assessment.dossier import render_page_one

        return render_page_one(self.assessment, self.language, self._texts)

    @functools.cached_property
    def _texts(self) -> ShippedTexts:
        """The shipped texts, those of the theme over them."""
        if not self.theme:
            return read_texts()
        from lca.files.themes import with_theme

        return with_theme(Path(self.theme), read_texts())

    @property
    def _manner(self) -> Manner:
        from lca.assessment.attachments import Manner

        return Manner(self.language, self.layout, theme=self._texts.theme)

    def png(self) -> bytes:
        """Return page one as a picture.

        Raises:
            lca.files.pdf.PangoMissing: a system library is missing.
            lca.files.picture.RasteriserMissing: the extra `png` is not installed.
        """
        from lca.files.picture import first_page_as_png

        return first_page_as_png(replace(self, layout="page").pdf())

    def pdf(self, *, with_evidence: bool = False) -> bytes:
        """Return the PDF with the descriptor, all results and tables inside; `with_evidence` with the evidence files too.

        Raises:
            lca.files.pdf.PangoMissing: a system library is missing.
            ProblemsFound: an evidence file has changed since it was read.
        """
        from lca.files.documents import report_pdf

        loaded = self.assessment.source.readable
        return report_pdf(self.html, self.assessment, loaded, self._manner, self._texts, with_evidence)


def _public(record: Record, source: Study) -> Assessment:
    """Return a record as people hold it, its scenarios too."""
    inner = {name: getattr(record, name) for name in Record.__struct_fields__}
    scenarios = {name: _public(scenario, source) for name, scenario in record.scenarios.items()}
    return Assessment(**{**inner, "scenarios": scenarios}, source=source)

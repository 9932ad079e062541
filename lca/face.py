"""The public face: a study that is read and assessed, its report, and comparisons; what joins the packages for people."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from lca.assessment.assess import assess
from lca.assessment.record import Record
from lca.descriptor.descriptor import Descriptor
from lca.files import calls, reading
from lca.files.fingerprint import fingerprint_of
from lca.files.named_files import Folder, Given, OnDisk
from lca.files.reports import Report
from lca.files.shipped import read_texts
from lca.files.texts import read_text, shown
from lca.presenting.values import as_json
from lca.problems import Problem, ProblemsFound
from lca.quantities.quantity import Apart

if TYPE_CHECKING:
    from lca.assessment.comparison import FigureTable
    from lca.assessment.sweeps.variation import Sweep
    from lca.exporters.exporter import Exported, Exporter
    from lca.quantities.trees import Step


def load(path: str | Path, *, factors: str = "", checklist: Sequence[str | Path] = (), call: str | Path = "") -> Study:
    """Read a descriptor from a file; the files that it names are found below its folder.

    `factors` names a declared set of sources that leads, such as `ember`; `checklist` files with the criteria of further acts;
    `call` the profile of the call that it answers, a file or a shipped one, in place of the one that the descriptor names.
    """
    try:
        return _study(read_text(Path(path)), shown(Path(path)), OnDisk(Path(path)), factors, checklist, call)
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
    call: str | Path = "",
) -> Study:
    """Read a descriptor from a text, without a disk unless a `folder` is named, below which the files that it names are found.

    `name` is its own in messages; `files` holds the contents of files that it names, by name; the rest is as for `load`.
    """
    found: Folder = OnDisk(Path(folder) / name) if folder is not None else Given(files or {})
    return _study(text, name, found, factors, checklist, call)


def _study(
    text: str, name: str, folder: Folder, factors: str, checklist: Sequence[str | Path], call: str | Path
) -> Study:
    try:
        acts, profile = reading.checklist_texts(map(Path, checklist)), calls.find_call(call) if call else None
        return Study(name, calls.load(text, name, folder, factors, acts, call=profile))
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
        among: str = "",
    ) -> Assessment:
        """Compute the study.

        Args:
            draws: of the uncertain inputs; 10,000 where none are given, 0 for best estimates alone.
            seed: of the draws.
            as_of: date that expiry is judged by; `SOURCE_DATE_EPOCH` or today where none is given.
            beside: a study that this one is to be compared with: what both state alike shares its draws, all else does not.
            among: its number among others that are added up: they share the draws of factors; scenarios leave but their problems.

        Raises:
            ProblemsFound: the descriptor has errors; all of them are told.
        """
        loaded, apart = self.readable, None
        fingerprint = fingerprint_of(loaded, draws, seed, as_of)
        if beside is not None:
            from lca.assessment.cases import stated_inputs

            apart = Apart(self.name, stated_inputs(beside))
        elif among:
            apart = Apart(among, frozenset(), is_one_of_many=True)
        record = assess(loaded.descriptor, loaded.book, loaded.rules, fingerprint, loaded.reference, apart)
        found = ProblemsFound([*loaded.problems, *record.problems]).problems
        if any(problem.severity == "error" for problem in found):
            raise ProblemsFound(found)
        return _public(replace(record, problems=found), self)


class Assessment(Record, frozen=True, eq=False, kw_only=True, dict=True):
    """A study computed: every figure by its path; where values are restricted, `copy="agency"` gives what holds them."""

    source: Study

    def __repr__(self) -> str:
        return f"Assessment({self.source.name!r}, draws={self.fingerprint.draws}, figures={len(self.figures)})"

    def explain(self, path: str, copy: str = "") -> tuple[Step, ...]:
        """Return the tree under a figure, down to lines of a file and cited factors; `KeyError` where there is no such figure."""
        from lca.files.public_copies import explained

        return explained(self, self.source.readable, path, copy)

    def report(self, language: str = "", layout: str = "dossier", theme: str | Path = "", copy: str = "") -> Report:
        """Return the report in a language, that of the descriptor where none is named.

        `layout` is dossier, full, page or jury; `theme` a folder of an agency's own templates, words and style sheets.
        """
        return Report(self, self.source.readable, language or self.study.about.language, layout, str(theme), copy)

    def json(self, sobol: bool = False, copy: str = "") -> str:
        """Return all results as JSON (`lca schema assessment`); `sobol` adds total-order indices."""
        from lca.files.public_copies import json_of

        return json_of(self, self.source.readable, copy, sobol)

    def export(self, name: str | Exporter, language: str = "", form: str = "", copy: str = "") -> Exported:
        """Return the assessment in the format of others, such as `huggingface` or `cyclonedx`; `lca export --help` lists them.

        Each format has one form or several, such as `latex` of `paragraph`; the first is taken where none is named. `limits` of
        the result says what the format cannot carry. An exporter of your own is written with as well.

        Raises:
            KeyError: there is no such format, or it has no such form.
            ProblemsFound: the study has nothing that the format can hold.
        """
        from lca.exporters import FORMATS, exporter_of
        from lca.exporters.exporter import Asked
        from lca.files.documents import sources_of
        from lca.files.public_copies import if_publishable
        from lca.presenting.writer import Writer

        if isinstance(name, str) and name not in FORMATS:
            raise KeyError(name)
        exporter = exporter_of(name) if isinstance(name, str) else name
        loaded = if_publishable(self.source.readable, "this format", copy)
        texts, spoken = read_texts(), language or self.study.about.language
        form = form or next(iter(exporter.forms))
        if form not in exporter.forms:
            raise KeyError(form)
        writer = Writer(spoken, texts.locales[spoken])
        self.settle()
        return exporter.write(Asked(self, sources_of(loaded), writer, texts.references, form))

    def sealed(self, copy: str = "") -> str:
        """Return the forecast that the study makes, with its descriptor, its date and a hash of all, as JSON."""
        from lca.files.public_copies import if_publishable
        from lca.subjects.monitoring.sealed import seal

        loaded = if_publishable(self.source.readable, "a sealed forecast", copy)
        return seal(self, self.figures, loaded.text, loaded.parts).as_text()

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


def _public(record: Record, source: Study) -> Assessment:
    """Return a record as people hold it, its scenarios too."""
    inner = {name: getattr(record, name) for name in Record.__struct_fields__}
    scenarios = {name: _public(scenario, source) for name, scenario in record.scenarios.items()}
    return Assessment(**{**inner, "scenarios": scenarios}, source=source)

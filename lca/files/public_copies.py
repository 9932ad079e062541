"""The public copy of a study on disk: its redacted descriptor, its page, its PDF and its deposit."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from lca.assessment import data_section
from lca.assessment.assess import assess
from lca.assessment.attachments import Attachment, Manner
from lca.assessment.public.copy import AGENCY_COPY, Computed, PublicCopy
from lca.assessment.public.cut import computed_by, public_copy
from lca.assessment.public.page import PublicSources, as_text, attached, render
from lca.assessment.record import Record
from lca.descriptor.document import Path, read_document
from lca.descriptor.visibility import redacted, restricted_paths, with_number
from lca.files.calls import load
from lca.files.deposits import Deposit, packed, receipt_of
from lca.files.fingerprint import fingerprint_of
from lca.files.named_files import Folder
from lca.files.pdf import as_bytes, drawer, render_pdf, renderer
from lca.files.reading import Loaded
from lca.files.shipped import earlier_versions, load_catalogue, source_date
from lca.problems import Problem, ProblemsFound
from lca.subjects.benefit.declared import reference_file

if TYPE_CHECKING:
    from lca.presenting.html import ShippedTexts
    from lca.quantities.trees import Step

#: What stands in for restricted numbers: several, so that what changes with a number is found to change.
STANDING_IN = ("1", "0.5", "2", "10", "1000")


def has_restricted(loaded: Loaded) -> bool:
    """Say whether a descriptor, or one that it names, keeps any value out of what is published."""
    documents = [loaded.descriptor.document, *([loaded.reference.document] if loaded.reference is not None else [])]
    return any(next(restricted_paths(document.data), None) is not None for document in documents)


def is_public(loaded: Loaded, copy: str) -> bool:
    """Say whether restricted values are kept out: where there are any, unless the agency's copy is asked for."""
    return copy != AGENCY_COPY and has_restricted(loaded)


def if_publishable(loaded: Loaded, what: str, copy: str = "") -> Loaded:
    """Return a descriptor for what cannot keep restricted values out.

    Raises:
        ProblemsFound: it has some, and the agency's copy is not asked for.
    """
    if not is_public(loaded, copy):
        return loaded
    document = loaded.descriptor.document
    place = document.at(next(restricted_paths(document.data), ()))
    message = f"{what} would show restricted values, or figures that give them away"
    hint = "write `lca report FILE` for the public, or add `--copy agency` for who may see them"
    raise ProblemsFound([Problem(place, "LCA428", message, hint)])


def json_of(record: Record, loaded: Loaded, copy: str, with_sobol: bool = False) -> str:
    """Return all results as JSON, or all that the public copy says."""
    from lca.assessment.contract import results
    from lca.presenting.values import as_json

    if is_public(loaded, copy):
        return as_text(published(record, loaded))
    return as_json(results(record, with_sobol=with_sobol))


def explained(record: Record, loaded: Loaded, path: str, copy: str) -> tuple[Step, ...]:
    """Return the tree under a figure, as the public may see it or whole; `KeyError` where there is no such figure."""
    from lca.assessment.figures import figures_of_scenarios
    from lca.assessment.public.explained import explain_in_public
    from lca.quantities.trees import explain

    figure = record.figures.get(path) or figures_of_scenarios(record)[path]
    if is_public(loaded, copy):
        return explain_in_public(path, figure, published(record, loaded))
    return tuple(explain(figure))


def published(record: Record, loaded: Loaded) -> PublicCopy:
    """Return the public copy of an assessment."""
    return public_copy(record, computed_without(sources_of(loaded), loaded.folder, computed_by(record.fingerprint)))[0]


def sources_of(loaded: Loaded, withheld: Collection[str] = ()) -> PublicSources:
    """Return what a public copy is made from; stated results of figures that it withholds are taken out too."""
    reference = reference_file(loaded.descriptor)
    named = {reference: loaded.companions[reference]} if reference in loaded.companions else {}
    own = {loaded.descriptor.document.at(()).name: loaded.text}
    descriptors = {**own, **loaded.parts, **named}
    data = {name: read_document(text, name).data for name, text in descriptors.items()}
    return PublicSources(
        tuple((name, redacted(one, _stated_results(one, withheld))) for name, one in data.items()),
        tuple(loaded.checklists),
        (loaded.call.file, loaded.call.text) if loaded.call is not None else None,
        loaded.factor_set,
    )


def _stated_results(data: Mapping[str, Any], withheld: Collection[str]) -> list[Path]:
    """Return the paths of the stated results that would tell a figure that is withheld."""
    stated = data.get("stated_results")
    named = stated.items() if isinstance(stated, dict) else ()
    return [
        ("stated_results", name, "value")
        for name, one in named
        if isinstance(one, dict) and "value" in one and {one.get("figure"), one.get("over")} & set(withheld)
    ]


def computed_without(sources: PublicSources, folder: Folder, how: Computed) -> tuple[Record, ...]:
    """Return a study computed with other numbers in the place of its restricted ones, for each of `STANDING_IN` that fits.

    The first is drawn as the copy says; of the others there are best estimates alone.
    """
    found: list[Record] = []
    for number in STANDING_IN:
        again = _computed_with(number, sources, folder, how if not found else replace(how, draws=0))
        found += [again] if again is not None else []
    return tuple(found)


def _computed_with(number: str, sources: PublicSources, folder: Folder, how: Computed) -> Record | None:
    """Return a study with a number in the place of each restricted one; None where it then has errors."""
    (name, text), *others = (
        (one, with_number(read_document(text, one).data, number)) for one, text in sources.descriptors
    )
    version = how.catalogue_version.partition(",")[0]
    kept = version if version in earlier_versions() and version != load_catalogue()[0].version else ""
    over = _Over(folder, dict(others))
    try:
        other = load(text, name, over, sources.factor_set, sources.checklists, kept, sources.call)
        made = assess(
            other.descriptor,
            other.book,
            other.rules,
            fingerprint_of(other, how.draws, how.seed, datetime.date.fromisoformat(how.as_of)),
            other.reference,
        )
    except ProblemsFound:
        return None
    found = ProblemsFound([*other.problems, *made.problems]).problems
    return replace(made, problems=found) if all(problem.severity != "error" for problem in found) else None


class PublicReport(Struct, frozen=True, eq=False, dict=True):
    """The public copy of an assessment in one language; it has one layout."""

    record: Record
    loaded: Loaded
    language: str
    texts: ShippedTexts

    @functools.cached_property
    def copy(self) -> PublicCopy:
        """All that it says."""
        return published(self.record, self.loaded)

    @functools.cached_property
    def page(self) -> str:
        """Its page without what travels."""
        return render(self.copy, self.language, self.texts)

    @property
    def body(self) -> str:
        """Its page without a head."""
        return self.page.partition('<body class="on-screen">')[2].partition("</body>")[0]

    @functools.cached_property
    def html(self) -> str:
        """Its page with all data as links that save it."""
        return data_section.with_data(self.page, self._carried(drawer()), self.language, self.texts)

    def pdf(self) -> bytes:
        """Return its PDF with all data inside; raises `PangoMissing`."""
        carried = self._carried(renderer())
        attachments = {name: (one.content, one.description) for name, one in carried.items()}
        return public_pdf(self.page, attachments, self.copy, self.texts)

    def deposit(self, name: str) -> Deposit:
        """Return its PDF without attachments, and the archive that holds it and them; raises `PangoMissing`."""
        pdf, made = public_pdf(self.page, {}, self.copy, self.texts), self.copy.computed
        files = {one: as_bytes(held.content) for one, held in self._carried(renderer()).items()}
        as_of = datetime.date.fromisoformat(made.as_of)
        receipt = receipt_of(pdf, name, files, f"lca {made.program}", made.catalogue_version, as_of)
        return Deposit(pdf, packed(pdf, name, files, receipt, date_of(self.copy)))

    def _carried(self, rendered_by: str) -> dict[str, Attachment]:
        manner = Manner(self.language, rendered_by=rendered_by, theme=self.texts.theme)
        return attached(self.copy, sources_of(self.loaded, self.copy.withheld), manner)


def public_pdf(
    page: str, attachments: Mapping[str, tuple[str | bytes, str]], public: PublicCopy, texts: ShippedTexts
) -> bytes:
    """Return the PDF of the page of a public copy; raises `PangoMissing`."""
    made_by, sheet = f"lca {public.computed.program}", texts.templates["print.css"]
    return render_pdf(page, attachments, date_of(public), public.project.name, made_by, sheet)


def date_of(public: PublicCopy) -> datetime.datetime:
    """Return the moment that a public copy is dated by, as that of a report."""
    day = datetime.date.fromisoformat(public.computed.as_of)
    return source_date() or datetime.datetime.combine(day, datetime.time(), datetime.UTC)


class _Over(Struct, frozen=True):
    """A folder in which other texts stand in the place of some descriptors."""

    folder: Folder
    texts: Mapping[str, str]

    def content(self, name: str, largest: int) -> bytes:
        """Return the content of a file; raises `Unusable`."""
        return self.texts[name].encode() if name in self.texts else self.folder.content(name, largest)

    def path_of(self, name: str) -> str:
        """Return how a file is named in messages."""
        return self.folder.path_of(name)

    def beside(self, name: str) -> str:
        """Return the text of another descriptor; raises `Unusable` or `ProblemsFound`."""
        return self.texts[name] if name in self.texts else self.folder.beside(name)

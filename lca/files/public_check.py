"""A public copy held against itself: its files, its descriptors, the figures that can be computed again, and its printed text."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from lca.assessment.attachments import HOW, Manner, digest
from lca.assessment.data_section import with_data
from lca.assessment.public.cells import MANNERS
from lca.assessment.public.copy import FORMAT, PUBLIC, PublicCopy
from lca.assessment.public.cut import inputs_of, shown
from lca.assessment.public.page import Held, PublicMaking, PublicSources, as_text, attached, render
from lca.assessment.record import Record
from lca.assessment.reproduction import MOST_DRAWS, Difference
from lca.descriptor.document import read_document
from lca.descriptor.visibility import restricted_paths, taken_out
from lca.files.carried import PDF, Carried
from lca.files.folders import languages
from lca.files.named_files import Given
from lca.files.pdf import PangoMissing, drawer, renderer
from lca.files.printed import of_html, of_pdf
from lca.files.public_copies import computed_without, public_pdf
from lca.files.shipped import read_texts
from lca.files.themes import with_theme
from lca.presenting.html import ShippedTexts
from lca.problems import Location, Problem, ProblemsFound
from lca.subjects.footprint.flow import STAGES

#: What may differ, and why something was not checked.
FILE, VALUE, FIGURE, TEXT = KINDS = ("file", "value", "figure", "text")
NOT_COMPUTED, THEME, LIBRARY, DRAWER = ("not_computed", "theme", "library", "drawer")

_STATUSES = ("counted", "excluded", "not-assessed")


class Found(Struct, frozen=True):
    """What came out: what differs, each by its kind and place; how many figures were computed again; what was not checked, why."""

    public: PublicCopy
    language: str
    differences: tuple[tuple[str, str], ...]
    figures: int
    unchecked: Mapping[str, str]


def check(report: Carried, theme: Path | None) -> Found:
    """Check a public copy, written in a theme where one is given.

    Raises:
        ProblemsFound: it does not say what, or how it was made.
    """
    making, public = _said(report)
    sources = _sources(report, making)
    differences = [(FILE, name) for name in _files(report, making, public)]
    differences += [(VALUE, path) for path in _values(public, sources)]
    unchecked: dict[str, str] = {}
    again = computed_without(sources, Given({}), public.computed)
    if again:
        differences += [(FIGURE, path) for path in _figures(public, again[0])]
    else:
        unchecked[FIGURE] = NOT_COMPUTED
    found = _text(report, making, public, sources, theme)
    if isinstance(found, str):
        unchecked[TEXT] = found
    else:
        differences += [(TEXT, one.path) for one in found]
    number = len(public.figures) + len(public.inputs) if again else 0
    return Found(public, making.language, tuple(differences), number, unchecked)


def _said(report: Carried) -> tuple[PublicMaking, PublicCopy]:
    """Return how a public copy says that it was made, and what it says.

    Raises:
        ProblemsFound: one of them is damaged, or says what no copy says.
    """
    read = ""
    try:
        for read, kind in ((HOW, PublicMaking), (PUBLIC, PublicCopy)):
            msgspec.json.decode(report.files[read], type=kind)
        making = msgspec.json.decode(report.files[HOW], type=PublicMaking)
        public = msgspec.json.decode(report.files[PUBLIC], type=PublicCopy)
        datetime.date.fromisoformat(public.computed.as_of)
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise _refused(report, f"its `{read}` cannot be read ({str(error)[:120]})") from None
    held = [*making.descriptors, *making.checklists, *([making.call] if making.call else [])]
    is_sound = (
        making.report == public.format == FORMAT
        and making.language in languages()
        and bool(making.descriptors)
        and all(one.attachment in report.files for one in held)
        and 0 <= public.computed.draws <= MOST_DRAWS
        and all(stage in STAGES and status in _STATUSES for stage, status in public.boundary.items())
        and all(total.cell is None or total.cell.manner in MANNERS for total in public.totals)
    )
    if not is_sound:
        raise _refused(report, f"its `{HOW}` or `{PUBLIC}` says what no public copy says")
    return making, public


def _sources(report: Carried, making: PublicMaking) -> PublicSources:
    """Return what a public copy was made from.

    Raises:
        ProblemsFound: a file is no text, or a descriptor no map of keys.
    """

    def text(one: Held) -> tuple[str, str]:
        try:
            return one.name, report.files[one.attachment].decode("utf-8")
        except UnicodeDecodeError:
            raise _refused(report, f"its `{one.attachment[:60]}` is no text") from None

    return PublicSources(
        tuple(map(text, making.descriptors)),
        tuple(map(text, making.checklists)),
        text(making.call) if making.call else None,
        making.factor_set,
    )


def _files(report: Carried, making: PublicMaking, public: PublicCopy) -> Iterator[str]:
    """Yield the files that are not what the record of the making says, that it does not know, or that lack."""
    hashes = {name: digest(content) for name, content in report.files.items() if name != HOW}
    yield from (name for name, found in hashes.items() if found != making.sha256.get(name))
    if hashes[PUBLIC] == making.sha256.get(PUBLIC) != digest(as_text(public)):
        yield PUBLIC
    yield from (name for name in making.sha256 if name not in hashes)


def _values(public: PublicCopy, sources: PublicSources) -> Iterator[str]:
    """Yield the restricted values that still stand in a descriptor, or that none marks as taken out."""
    marked: set[str] = set()
    for name, text in sources.descriptors:
        document = read_document(text, name)
        paths = {".".join(path) for path in restricted_paths(document.data)}
        out = {problem.message.partition(": ")[0] for problem in taken_out(document)}
        yield from sorted(paths - out)
        marked |= paths
    yield from (one.path for one in public.restricted if one.path.removeprefix("reference.") not in marked)


def _figures(public: PublicCopy, again: Record) -> Iterator[str]:
    """Yield the figures, totals, inputs and verdicts that are other ones where they are computed again."""
    again.settle()
    for path, told in public.figures.items():
        figure = again.figures.get(path)
        if figure is None or shown(figure) != told:
            yield path
    for total in public.totals:
        part = again.footprint.totals.get(total.indicator)
        if total.shown is not None and (part is None or part.total is None or shown(part.total) != total.shown):
            yield f"total.{total.indicator}"
    known = {(one.path, one.indicator): one for one in inputs_of(again)}
    yield from (one.path for one in public.inputs if known.get((one.path, one.indicator)) != one)
    verdicts = {finding.criterion.id: finding.verdict for finding in again.checklist.findings}
    yield from (name for name, verdict in public.verdicts.items() if verdicts.get(name) != verdict)


def _text(
    report: Carried, making: PublicMaking, public: PublicCopy, sources: PublicSources, theme: Path | None
) -> list[Difference] | str:
    """Return where the printed text is not that of the copy that travels, or why it was not checked."""
    texts = with_theme(theme, read_texts()) if theme is not None else read_texts()
    if texts.theme != making.theme:
        return THEME
    with contextlib.suppress(PangoMissing):
        return (
            _of_pdf(report, making, public, texts)
            if report.kind == PDF
            else _of_page(report, making, public, sources, texts)
        )
    return LIBRARY


def _of_pdf(report: Carried, making: PublicMaking, public: PublicCopy, texts: ShippedTexts) -> list[Difference] | str:
    found = of_pdf(report.content, public_pdf(render(public, making.language, texts), {}, public, texts), report.file)
    return DRAWER if found and making.rendered_by != renderer() else found


def _of_page(
    report: Carried, making: PublicMaking, public: PublicCopy, sources: PublicSources, texts: ShippedTexts
) -> list[Difference] | str:
    carried = attached(public, sources, Manner(making.language, rendered_by=making.rendered_by, theme=making.theme))
    page = with_data(render(public, making.language, texts), carried, making.language, texts)
    found = of_html(report.content, page)
    return DRAWER if found and making.rendered_by != drawer() else found


def _refused(report: Carried, message: str) -> ProblemsFound:
    hint = "give the file as `lca report` wrote it"
    return ProblemsFound([Problem(Location(report.file, 1, 1), "LCA922", message, hint)])

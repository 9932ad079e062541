"""Makes a report again from what it carries, and says what differs: what it was made from, its figures, its printed text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from lca.assessment import reproduction as kinds
from lca.assessment.attachments import DETAILS, FACTORS, HOW, RESULTS, SWEEPS, Attachment, Manner, attached
from lca.assessment.public.copy import AGENCY_COPY
from lca.assessment.reproduction import Difference, Finding
from lca.files.carried import PDF, Carried
from lca.files.taking_out import TakenOut, load_again, take_out, with_reviews_of

if TYPE_CHECKING:
    from lca import Assessment, Report

#: So many places are told of one file.
_TOLD = 3


class Reason(Struct, frozen=True):
    """Why something was not checked: a word of `reasons` among the words of the command, with what fills its holes."""

    name: str
    holes: dict[str, str] = field(default_factory=dict)
    because: str = ""


class Reproduction(Struct):
    """What came out: what differs, what was not checked and why, and how much was compared."""

    report: Carried
    taken: TakenOut
    theme: Path | None = None
    findings: list[Finding] = field(default_factory=list)
    unchecked: dict[str, Reason] = field(default_factory=dict)
    figures: int = 0
    factors: int = 0

    @property
    def agrees(self) -> bool:
        """Whether all was compared and nothing differs; evidence that only its hash is known of counts for neither."""
        return not self.findings and not self.unchecked

    @property
    def kinds(self) -> set[str]:
        """What differs, by kind."""
        return {finding.kind for finding in self.findings}


def reproduced(report: Carried, evidence: Path | None, theme: Path | None) -> Reproduction:
    """Make a report again and compare; `evidence` and `theme` are folders with what it does not carry.

    Raises:
        ProblemsFound: it is no report that can be checked.
    """
    from lca.problems import ProblemsFound

    done = Reproduction(report, take_out(report, evidence), theme)
    done.findings += kinds.by_hash(report.files, done.taken.making)
    done.findings += [Finding(kinds.EVIDENCE, name) for name in done.taken.changed if not _has(done, name)]
    try:
        assessment = _assessed(done)
    except ProblemsFound as wrong:
        first = next((p for p in wrong.problems if p.severity == "error"), wrong.problems[0])
        done.unchecked = dict.fromkeys(("figures", "text"), Reason("cannot", {"problem": str(first)}))
        return done
    done.findings += _versions(done, assessment)
    _compare_figures(done, _made_again(done, assessment))
    _compare_text(done, assessment)
    return done


def _has(done: Reproduction, name: str) -> bool:
    """Say whether an evidence file was found to differ already, by the hash of its attachment."""
    files = {finding.file for finding in done.findings}
    return any(one.name == name and one.attachment in files for one in done.taken.making.evidence)


def _assessed(done: Reproduction) -> Assessment:
    from lca import Study

    loaded, print_ = load_again(done.report, done.taken), done.taken.fingerprint
    name = done.taken.making.descriptor.name
    assessment = Study(name, loaded).assess(print_.draws, print_.seed, print_.as_of)
    if not kinds.reviews_of(done.taken.making):
        return assessment
    reviewed = with_reviews_of(done.report, done.taken.making, loaded, assessment)
    return replace(assessment, source=Study(name, reviewed))


def _made_again(done: Reproduction, assessment: Assessment) -> Mapping[str, Attachment]:
    from lca.files.documents import sources_of

    making = done.taken.making
    manner = Manner(making.language, making.layout, making.rendered_by, making.theme)
    return attached(assessment, sources_of(assessment.source.readable), manner, done.taken.attached_evidence)


def _versions(done: Reproduction, assessment: Assessment) -> Iterator[Finding]:
    """Yield what the figures depend on and is another one here: the descriptor by its hash, the program, the catalogue."""
    from lca.files.shipped import load_catalogue

    then, now = done.taken.fingerprint, assessment.fingerprint
    if then.descriptor != now.descriptor and not done.kinds & {kinds.DESCRIPTOR, kinds.COMPANION}:
        yield Finding(kinds.DESCRIPTOR, done.taken.making.descriptor.attachment)
    if then.code_version != now.code_version:
        yield Finding(kinds.PROGRAM, "", (Difference("", then.code_version, now.code_version),))
    for name in dict.fromkeys([*now.plugins, *then.plugins]):
        if then.plugins.get(name) != now.plugins.get(name):
            yield Finding(kinds.PLUGIN, name, (Difference("", then.plugins.get(name), now.plugins.get(name)),))
    if then.catalogue != now.catalogue:
        installed = load_catalogue()[0].version
        yield Finding(kinds.CATALOGUE, "", (Difference("", then.catalogue_version, installed),))


def _cause(done: Reproduction) -> str:
    """Return why figures and text may be others than those of the report without having been edited; empty where they may not."""
    if done.kinds & set(kinds.GIVEN):
        return "files"
    return "versions" if done.kinds & {kinds.PROGRAM, kinds.CATALOGUE, kinds.PLUGIN} else ""


def _compare_figures(done: Reproduction, fresh: Mapping[str, Attachment]) -> None:
    """Compare what the program makes; what differs only for a known cause is counted and no finding."""
    files, cause = done.report.files, _cause(done)
    found = kinds.by_figures(files, fresh)
    hashed = {finding.file: finding for finding in done.findings}
    moved = 0
    for name, places in found.items():
        if cause and name == RESULTS:
            places = [place for place in places if not place.path.startswith("fingerprint.")]
        if name in hashed:
            told = places[:_TOLD] or [Difference("", kinds.OTHERWISE, "")]
            edited = Finding(hashed[name].kind, name, tuple(told), max(0, len(places) - _TOLD))
            done.findings = [edited if one is hashed[name] else one for one in done.findings]
        elif places and cause:
            moved += len(places)
        elif places:
            kind = kinds.FACTOR_ROWS if name == FACTORS else kinds.FIGURES
            done.findings.append(Finding(kind, name, tuple(places[:_TOLD]), max(0, len(places) - _TOLD)))
    if moved:
        done.unchecked["figures"] = Reason("moved", {"number": str(moved)}, cause)
    if not cause:
        done.findings += _lacking(done, fresh)
        record = kinds.by_record(done.taken.making, fresh)
        if record:
            done.findings.append(Finding(kinds.RECORD, HOW, tuple(record[:_TOLD]), max(0, len(record) - _TOLD)))
    texts = {name: str(one.content) for name, one in fresh.items() if name in found}
    done.figures = sum(kinds.numbers_in(texts[name]) for name in (RESULTS, SWEEPS) if name in texts)
    done.factors = kinds.rows_in(texts[FACTORS]) if FACTORS in texts else 0


def _lacking(done: Reproduction, fresh: Mapping[str, Attachment]) -> Iterator[Finding]:
    """Yield what is carried and would not be, or the other way round, although the record of the making agrees."""
    known = {finding.file for finding in done.findings}
    for name in dict.fromkeys([*fresh, *(name for name in done.report.files if name != DETAILS)]):
        held = name in done.report.files
        if name not in known and held != (name in fresh):
            yield Finding(kinds.ATTACHMENTS, name, (Difference("", name if held else None, None if held else name),))


def _compare_text(done: Reproduction, assessment: Assessment) -> None:
    """Compare the printed text with a fresh rendering of the same layout, where there can be one."""
    from lca.assessment.dossier import LAYOUTS
    from lca.files.pdf import PangoMissing
    from lca.files.printed import only_drawn
    from lca.files.shipped import read_texts
    from lca.files.themes import with_theme

    if cause := _cause(done):
        done.unchecked["text"] = Reason(cause)
        return
    if done.taken.making.layout not in LAYOUTS:
        done.unchecked["text"] = Reason("layout", {"layout": done.taken.making.layout[:20]})
        return
    making = done.taken.making
    report = assessment.report(making.language, making.layout, done.theme or "", AGENCY_COPY)
    if making.theme != (with_theme(done.theme, read_texts()).theme if done.theme is not None else ""):
        done.unchecked["text"] = Reason("theme")
        return
    try:
        found, drawer = (_text_of_pdf if done.report.kind == PDF else _text_of_html)(done, report)
    except PangoMissing as error:
        done.unchecked["text"] = Reason("library", {"library": str(error)})
        return
    made_by = making.rendered_by
    if found and made_by != drawer and (done.report.kind == PDF or only_drawn(found)):
        done.unchecked["text"] = Reason("drawer", {"old": made_by[:100] or "?", "new": drawer})
    elif found:
        done.findings.append(Finding(kinds.TEXT, "", tuple(found[:_TOLD]), max(0, len(found) - _TOLD)))


def _text_of_pdf(done: Reproduction, fresh: Report) -> tuple[list[Difference], str]:
    """Compare page by page, and the page of all details that travels beside what is printed."""
    from lca.assessment.data_section import without_data
    from lca.files.pdf import renderer
    from lca.files.printed import of_html, of_pdf
    from lca.presenting.contents import without_details

    report = done.report
    whole = without_data(fresh.html)
    details = whole if without_details(whole) != whole else ""
    found = of_pdf(report.content, fresh.pdf(), report.file)
    beside = of_html(report.files.get(DETAILS, b""), details)
    return [*found, *(Difference(f"{DETAILS}, {one.path}", one.attached, one.recomputed) for one in beside)], renderer()


def _text_of_html(done: Reproduction, fresh: Report) -> tuple[list[Difference], str]:
    """Compare all bytes but those of the files that a page carries, which were compared one by one."""
    from lca.files.pdf import drawer
    from lca.files.printed import of_html

    return of_html(done.report.content, fresh.html), drawer()

"""From what a report carries back to its descriptor, read with everything that it names, as `lca report` read it."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from lca.assessment.attachments import CarriedFile, Making
from lca.assessment.public.copy import PUBLIC
from lca.assessment.record import Record
from lca.assessment.reproduction import Unreadable, making_of, printed_fingerprint, reviews_of
from lca.descriptor.document import MAXIMUM_BYTES
from lca.descriptor.named_file import NamedFile
from lca.files.calls import load
from lca.files.carried import Carried
from lca.files.folders import languages
from lca.files.named_files import Given, Unusable, read_named
from lca.files.reading import Loaded
from lca.files.shipped import earlier_versions, load_catalogue
from lca.problems import Location, Problem, ProblemsFound
from lca.subjects.subject import Fingerprint


class TakenOut(Struct, frozen=True):
    """What was taken out of a report: how it was made, what its figures depend on, and its evidence files.

    `evidence` holds the contents that were given or attached, by name; `changed` those that are not what the report rests on;
    `unseen` names those of which only the hash is known.
    """

    making: Making
    fingerprint: Fingerprint
    attached_evidence: Mapping[str, bytes]
    evidence: Mapping[str, bytes]
    changed: tuple[str, ...]
    unseen: tuple[str, ...]


def take_out(report: Carried, folder: Path | None = None) -> TakenOut:
    """Return what a report was made from; evidence that it does not carry is looked for below `folder`.

    Raises:
        ProblemsFound: the record of its making is damaged, or names what is not there.
    """
    if PUBLIC in report.files:
        message, hint = "it is a public copy: restricted values were taken out of it", "give the agency's copy"
        raise ProblemsFound([Problem(Location(report.file, 1, 1), "LCA922", message, hint)])
    try:
        making = making_of(report.files)
        fingerprint = printed_fingerprint(report.files, making)
        if making.language not in languages():
            raise Unreadable(
                f"it says that it is written in `{making.language[:20]}`, which this program does not write"
            )
    except Unreadable as error:
        hint = "give the file as `lca report` wrote it"
        raise ProblemsFound([Problem(Location(report.file, 1, 1), "LCA922", str(error), hint)]) from None
    held = {one.name: report.files[one.attachment] for one in making.evidence if one.attachment in report.files}
    found = {one.name: content for one in making.evidence if (content := _below(folder, one.name)) is not None}
    expected = {one.name: fingerprint.files.get(one.name, one.sha256) for one in making.evidence}
    changed = dict.fromkeys(
        name
        for group in (held, found)
        for name, content in group.items()
        if hashlib.sha256(content).hexdigest() != expected[name]
    )
    seen = {name: content for name, content in {**found, **held}.items() if name not in changed}
    unseen = tuple(name for name in expected if name not in seen and name not in changed)
    return TakenOut(making, fingerprint, held, seen, tuple(changed), unseen)


def load_again(report: Carried, taken: TakenOut) -> Loaded:
    """Read the descriptor of a report again, on its catalogue where that is kept.

    Raises:
        ProblemsFound: the descriptor has errors, or is no text.
    """
    making = taken.making
    files: dict[str, str | bytes] = {
        one.name: _as_it_was(report.files[one.attachment], one) for one in making.companions
    }
    recorded = {
        one.name: NamedFile(
            one.name, one.size, taken.fingerprint.files.get(one.name, one.sha256), "", one.own, one.own_word
        )
        for one in making.evidence
        if one.name not in taken.evidence
    }
    kept = taken.fingerprint.catalogue_version.partition(",")[0]
    return load(
        text_of(report, making.descriptor),
        making.descriptor.name,
        Given({**files, **taken.evidence}, recorded),
        making.factor_set,
        [(one.name, text_of(report, one)) for one in making.checklists],
        kept if kept in earlier_versions() and kept != load_catalogue()[0].version else "",
        (making.call.name, text_of(report, making.call)) if isinstance(making.call, CarriedFile) else None,
    )


def with_reviews_of(report: Carried, making: Making, loaded: Loaded, assessment: Record) -> Loaded:
    """Return what was read again, with the experts' reviews that the report was made with.

    Raises:
        ProblemsFound: they have errors.
    """
    from lca.files.reviews import reviews_of as read

    texts = [(one.name, text_of(report, one)) for one in reviews_of(making)]
    call = loaded.call.profile if loaded.call is not None else None
    reviews, _ = read(texts, assessment, call, of_this=False)
    return replace(loaded, reviews=tuple(reviews))


def _as_it_was(content: bytes, known: CarriedFile) -> bytes:
    """Return the content of a file whose text travels, with the byte order mark that the text lacks if its hash asks for it."""
    marked = codecs.BOM_UTF8 + content
    return marked if hashlib.sha256(marked).hexdigest() == known.sha256 else content


def text_of(report: Carried, one: CarriedFile) -> str:
    """Return the text of a descriptor that a report carries.

    Raises:
        ProblemsFound: it is too large, or no text.
    """
    content = report.files[one.attachment]
    place = Location(one.name, 1, 1)
    if len(content) > MAXIMUM_BYTES:
        message = f"it has {len(content) / 1e6:.1f} MB, a descriptor at most {MAXIMUM_BYTES / 1e6:.0f} MB"
        raise ProblemsFound([Problem(place, "LCA102", message, "is it the right file?")])
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"the file is not UTF-8 text (byte {error.start})"
        raise ProblemsFound([Problem(place, "LCA103", message, "give the report as it was written")]) from None


def _below(folder: Path | None, name: str) -> bytes | None:
    """Return the content of a file below a folder: where the descriptor names it, or in the folder itself."""
    if folder is None:
        return None
    for place in dict.fromkeys((name, name.rpartition("/")[2])):
        try:
            return read_named(folder, place)
        except Unusable:
            continue
    return None

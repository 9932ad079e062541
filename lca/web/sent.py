"""What a page sent back: the fields that a person changed since it was shown, set against what the text says by now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from lca.descriptor.document import Path
from lca.descriptor.placeholders import example_in
from lca.web.draft import Draft, value_at
from lca.web.edits import BadName, place_of, renamed, way_of, with_field, with_way
from lca.web.fields import KNOWN
from lca.web.nodes import BETWEEN

#: What a field's name begins with that names an entry, or chooses one of several ways.
RENAMES, CHOOSES = "name:", "way:"
#: So many fields are read of one page.
MOST_FIELDS = 5000


class Change(Struct, frozen=True):
    """A field that a person changed: its path, its end where it tells something of a quantity, what it was and what it is now."""

    path: Path
    end: str
    before: str
    after: str


class Conflict(Struct, frozen=True):
    """A field that was changed here and elsewhere: what a person wrote here, and what stands there by now."""

    name: str
    mine: str
    theirs: str


class Refused(Struct, frozen=True):
    """A change that could not be made: the path, what was written, and which word says why."""

    path: Path
    written: str
    why: str


class Outcome(Struct, frozen=True):
    """A text with the changes of a page in it, fields that were changed elsewhere too, and what could not be done."""

    text: str
    conflicts: tuple[Conflict, ...] = ()
    refused: tuple[Refused, ...] = ()


def changes(base: Draft, sent: Mapping[str, str]) -> list[Change]:
    """Return the fields that differ from what the page was made from; names that are no field of the form are passed over."""
    found = []
    for name, written in list(sent.items())[:MOST_FIELDS]:
        path, end = path_and_end(name)
        place = place_of(path) if path else None
        if place is None or (end and end not in KNOWN):
            continue
        after, before = written.replace("\r\n", "\n").replace("\r", "\n").strip(), written_at(base, path, end)
        if before is not None and after != before.strip():
            found.append(Change(path, end, before, after))
    return found


def path_and_end(name: str) -> tuple[Path, str]:
    """Return the path that a field's name stands for, and its end where it tells something of a quantity."""
    bare, _, end = name.partition(":")
    return tuple(bare.split(BETWEEN)) if bare and bare not in ("name", "way") else (), end


def written_at(draft: Draft, path: Path, end: str = "") -> str | None:
    """Return what a field shows of a draft: a template's example is shown beside it, and an empty field; None of no value."""
    data = value_at(draft.data, path)
    below: Path = KNOWN[end] if end else ()
    if isinstance(data, Mapping) and not end:
        below = ("value",)
    if end and not isinstance(data, Mapping):
        return ""
    written = draft.written((*path, *below))
    return "" if written is not None and example_in(written) else written


def applied(base: Draft, now: Draft, sent: Mapping[str, str]) -> Outcome:
    """Return the text of now with the changes that a page made in what it was shown, unless the same field was changed since."""
    text, conflicts, refused = now.text, [], []
    for change in changes(base, sent):
        theirs = written_at(now, change.path, change.end)
        if theirs is not None and theirs.strip() not in (change.before.strip(), change.after):
            name = BETWEEN.join(change.path) + (f":{change.end}" if change.end else "")
            conflicts.append(Conflict(name, change.after, theirs))
            continue
        try:
            text = with_field(text, change.path, change.end, change.after)
        except ValueError:
            refused.append(Refused(change.path, change.after, "no_edit"))
    text, more = _structure(text, base, sent)
    return Outcome(text, tuple(conflicts), (*refused, *more))


def _structure(text: str, base: Draft, sent: Mapping[str, str]) -> tuple[str, list[Refused]]:
    """Return a text with the other ways and names that a page chose."""
    refused: list[Refused] = []
    for path, way in _of(CHOOSES, sent):
        if not way or way == way_of(base.data, path):
            continue
        try:
            text = with_way(text, path, way)
        except ValueError:
            refused.append(Refused(path, way, "no_edit"))
    # The innermost first, for a name that changes above is part of the paths below it.
    for path, name in sorted(_of(RENAMES, sent), key=lambda one: -len(one[0])):
        try:
            text = renamed(text, path, name.strip())
        except BadName as bad:
            refused.append(Refused(path, bad.name, "taken" if bad.is_taken else "bad_name"))
        except ValueError:
            refused.append(Refused(path, name, "no_edit"))
    return text, refused


def _of(kind: str, sent: Mapping[str, str]) -> Iterable[tuple[Path, str]]:
    for name, written in sent.items():
        path = tuple(name.removeprefix(kind).split(BETWEEN))
        if name.startswith(kind) and place_of(path) is not None:
            yield path, written

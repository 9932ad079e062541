"""What differs between the figures that a report carries and those that were computed again: key by key, cell by cell."""

from __future__ import annotations

import csv
import io
import itertools
import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from lca.assessment.attachments import (
    DETAILS,
    FACTORS,
    FORMAT,
    HOW,
    RESULTS,
    Attachment,
    CarriedFile,
    Making,
    digest,
)
from lca.presenting.values import as_json
from lca.subjects.subject import Fingerprint

#: As many draws as the command line allows.
MOST_DRAWS = 1_000_000

#: What is alike: other processors may round the last of the twelve digits otherwise.
CLOSE = 1e-9

#: What stands in the place of a value where a file says the same and is written otherwise.
OTHERWISE = "written otherwise"
#: The same, where a file cannot be read.
UNREADABLE = "cannot be read"

#: What may differ. The first six are what a report is made from; `figures`, `factors` and `record` what it says of that.
DESCRIPTOR, COMPANION, CHECKLIST, CALL, REVIEW, EVIDENCE = GIVEN = (
    *("descriptor", "companion", "checklist", "call", "review", "evidence"),
)
PROGRAM, CATALOGUE, PLUGIN, FIGURES, FACTOR_ROWS, RECORD, ATTACHMENTS, TEXT = (
    *("program", "catalogue", "plugin", "figures", "factors", "record", "attachments", "text"),
)
#: What a file is that this program makes, where it holds no figures.
_OF_MADE = {FACTORS: FACTOR_ROWS, DETAILS: TEXT}


class Difference(Struct, frozen=True):
    """One value that differs: where it stands, what the report says, and what was computed again; None where there is none."""

    path: str
    attached: Any
    recomputed: Any


class Finding(Struct, frozen=True):
    """Something of a report that differs: what kind of thing, in which file, and where; `others` counts further places."""

    kind: str
    file: str = ""
    where: tuple[Difference, ...] = ()
    others: int = 0


class Unreadable(Exception):
    """A file that a report carries and that is not what its name says."""


def making_of(files: Mapping[str, bytes]) -> Making:
    """Return how a report was made, from the files that it carries.

    Raises:
        Unreadable: the record is damaged, of another format, or names what is not there.
    """
    try:
        making = msgspec.json.decode(files[HOW], type=Making)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise Unreadable(f"its `{HOW}` cannot be read ({str(error)[:120]})") from None
    if making.report != FORMAT:
        raise Unreadable(f"its `{HOW}` is of format {making.report}, this program reads {FORMAT}")
    needed = [making.descriptor, *making.companions, *making.checklists, *_call_of(making), *reviews_of(making)]
    lacking = [one.attachment or one.name for one in needed if one.attachment not in files]
    lacking += [name for name in (RESULTS,) if name not in files]
    if lacking:
        raise Unreadable(f"it does not carry `{lacking[0][:60]}`, which it was made from")
    return making


def printed_fingerprint(files: Mapping[str, bytes], making: Making) -> Fingerprint:
    """Return what the figures of a report depend on: as its results say it where these are as they were written.

    Raises:
        Unreadable: neither says it.
    """
    said: Any = making.fingerprint
    if digest(files[RESULTS]) == making.sha256.get(RESULTS):
        results = _data(files[RESULTS])
        said = results.get("fingerprint", said) if isinstance(results, dict) else said
    try:
        found = msgspec.convert(said, Fingerprint)
    except msgspec.ValidationError as error:
        raise Unreadable(f"it does not say how it was computed ({str(error)[:120]})") from None
    if not 0 <= found.draws <= MOST_DRAWS:
        raise Unreadable(f"it says that it was computed with {found.draws} draws, which `lca` does not do")
    return found


def by_hash(files: Mapping[str, bytes], making: Making) -> list[Finding]:
    """Return which attachments are not those that the record of the making names: lacking, added, or edited."""
    roles = {one.attachment: kind for kind, group in _groups(making) for one in group if one.attachment}
    found = [Finding(ATTACHMENTS, name, (Difference("", None, name),)) for name in making.sha256 if name not in files]
    found += [
        Finding(ATTACHMENTS, name, (Difference("", name, None),))
        for name in files
        if name not in making.sha256 and name != HOW
    ]
    for name, expected in making.sha256.items():
        if name in files and digest(files[name]) != expected:
            found.append(Finding(roles.get(name) or _OF_MADE.get(name, FIGURES), name))
    return found


def _call_of(making: Making) -> tuple[CarriedFile, ...]:
    return (making.call,) if isinstance(making.call, CarriedFile) else ()


def reviews_of(making: Making) -> tuple[CarriedFile, ...]:
    """Return the experts' reviews that a report was made with."""
    return making.reviews if isinstance(making.reviews, tuple) else ()


def _groups(making: Making) -> Iterator[tuple[str, tuple[CarriedFile, ...]]]:
    yield DESCRIPTOR, (making.descriptor,)
    yield COMPANION, making.companions
    yield CHECKLIST, making.checklists
    yield CALL, _call_of(making)
    yield REVIEW, reviews_of(making)
    yield EVIDENCE, making.evidence


def by_figures(files: Mapping[str, bytes], fresh: Mapping[str, Attachment]) -> dict[str, list[Difference]]:
    """Return the values that differ, by the file that they stand in, of those files that this program makes."""
    found: dict[str, list[Difference]] = {}
    for name, one in fresh.items():
        if one.kind == name and name != HOW and name in files:
            text = one.content if isinstance(one.content, str) else one.content.decode()
            found[name] = [] if files[name] == text.encode() else _compared(name, files[name], text)
    return found


def by_record(making: Making, fresh: Mapping[str, Attachment]) -> list[Difference]:
    """Return what the record of the making says otherwise than a record made again, hashes apart."""
    again = msgspec.json.decode(fresh[HOW].content, type=Making)
    old, new = (msgspec.to_builtins(msgspec.structs.replace(one, sha256={})) for one in (making, again))
    return list(_differences(old, new, ""))


def numbers_in(text: str) -> int:
    """Return how many numbers a JSON text holds."""
    return sum(isinstance(leaf, float | int) and not isinstance(leaf, bool) for leaf in _leaves(json.loads(text)))


def rows_in(text: str) -> int:
    """Return how many rows a table holds below its head."""
    return max(0, sum(1 for _ in csv.reader(io.StringIO(text))) - 1)


def _leaves(node: Any) -> Iterator[Any]:
    if isinstance(node, dict | list):
        for child in node.values() if isinstance(node, dict) else node:
            yield from _leaves(child)
    else:
        yield node


def _data(content: bytes) -> Any:
    try:
        return msgspec.json.decode(content)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return None


def _compared(name: str, attached: bytes, fresh: str) -> list[Difference]:
    """Return what differs between a file and the same made again; one that says the same otherwise differs as a whole."""
    if name.endswith(".json"):
        old = _data(attached)
        if old is None:
            return [Difference("", UNREADABLE, "")]
        found = list(_differences(old, json.loads(fresh), ""))
        written = _is_as_written(old, attached)
    else:
        written = True
        try:
            found = list(_cells(attached.decode("utf-8", "replace"), fresh))
        except csv.Error:
            return [Difference("", UNREADABLE, "")]
    return found or ([] if written else [Difference("", OTHERWISE, "")])


def _is_as_written(data: Any, content: bytes) -> bool:
    """Say whether a JSON text is one that this program writes: no key twice, no space of another hand."""
    try:
        return as_json(data).encode() == content
    except (RecursionError, ValueError):
        return False


def _differences(old: Any, new: Any, path: str) -> Iterator[Difference]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys([*new, *old]):
            inner = f"{path}.{key}" if path else str(key)
            if key in old and key in new:
                yield from _differences(old[key], new[key], inner)
            else:
                yield Difference(inner, old.get(key), new.get(key))
    elif isinstance(old, list) and isinstance(new, list):
        for index, (before, after) in enumerate(itertools.zip_longest(old, new)):
            yield from _differences(before, after, f"{path}[{index}]")
    elif not _alike(old, new):
        yield Difference(path, old, new)


def _cells(old: str, new: str) -> Iterator[Difference]:
    """Yield the cells that differ between two tables, by the first words of their row and their column."""
    rows = [list(csv.reader(io.StringIO(text))) for text in (old, new)]
    head = rows[1][0] if rows[1] else []
    for number in range(max(map(len, rows))):
        before, after = (row[number] if number < len(row) else [] for row in rows)
        label = " ".join(cell for cell in (after or before)[:3] if cell) or f"row {number}"
        for column in range(max(len(before), len(after))):
            pair = [row[column] if column < len(row) else None for row in (before, after)]
            if pair[0] != pair[1] and not _alike(*map(_number, pair)):
                name = head[column] if column < len(head) else str(column + 1)
                yield Difference(f"{label}: {name}", *pair)


def _number(cell: str | None) -> Any:
    try:
        return float(cell) if cell else cell
    except ValueError:
        return cell


def _alike(old: Any, new: Any) -> bool:
    if isinstance(old, float | int) and isinstance(new, float | int) and not isinstance(old, bool | type(None)):
        return not isinstance(new, bool) and math.isclose(old, new, rel_tol=CLOSE)
    return type(old) is type(new) and bool(old == new)

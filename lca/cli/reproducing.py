"""The command `reproduce`: a report made again from what it carries, and what differs told in one line."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lca.cli.language import add_language, writer_of
from lca.cli.progress import Progress
from lca.cli.public_check import checked_in_public
from lca.cli.running import DONE, INPUT_ERROR, AddCommand, add_json

if TYPE_CHECKING:
    from lca.assessment.reproduction import Difference, Finding
    from lca.cli.reproduction import Reason, Reproduction
    from lca.presenting.writer import Writer

#: The kinds of findings in the order in which they are told.
_KINDS = (
    *("descriptor", "companion", "checklist", "call", "review", "evidence", "program", "catalogue", "plugin"),
    *("figures", "factors", "record", "attachments", "text"),
)

#: Where a text differs: on a page of a PDF, or in a line of HTML.
_PLACE = re.compile(r"(details\.html, )?(page|line) ([0-9]+)")

#: What would break the line that a text of a report is printed on.
_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_LONGEST = 80


def register(command: AddCommand) -> None:
    """Add the command."""
    added = command("reproduce", _reproduce, "compute a report again from what it carries, and say what differs")
    added.add_argument(
        "file", type=Path, metavar="REPORT", help="a .pdf or .html that `lca report` wrote, or a deposit"
    )
    added.add_argument(
        "archive",
        type=Path,
        metavar="ARCHIVE",
        nargs="?",
        help="the .zip of the deposit, where REPORT is its PDF alone",
    )
    added.add_argument(
        "--evidence",
        type=_folder,
        metavar="DIR",
        help="folder of the evidence files that the report does not carry (default: known by their hashes alone)",
    )
    added.add_argument(
        "--theme", type=_folder, metavar="DIR", help="folder of the theme that the report was written in, if any"
    )
    add_language(added, default="the report's")
    add_json(added, "what differs")


def _folder(text: str) -> Path:
    if not Path(text).is_dir():
        raise argparse.ArgumentTypeError(f"`{text[:60]}` is not a folder")
    return Path(text)


def _reproduce(options: argparse.Namespace) -> int:
    from lca.assessment.public.copy import PUBLIC
    from lca.cli.reproduction import reproduced
    from lca.files.carried import read_report

    with Progress([writer_of(options).words["reproduction"]["computing"]]) as progress:
        progress.step()
        report = read_report(options.file, options.archive)
        if PUBLIC in report.files:
            return checked_in_public(report, options)
        done = reproduced(report, options.evidence, options.theme)
    options.spoken = done.taken.making.language
    if options.json:
        from lca.files.shipped import words
        from lca.presenting.values import as_json
        from lca.presenting.writer import Writer

        print(as_json(_plain(done, Writer("en", words("en")))))
    else:
        print(_line(done, writer_of(options)))
    return DONE if done.agrees else INPUT_ERROR


def _line(done: Reproduction, writer: Writer) -> str:
    """Return what came out on one line: what differs first, then what was not checked, then what was compared."""
    words, sign, report = writer.words["reproduction"], writer.words["problem_line"]["hint"], done.report.file
    clauses = [_clause(found, writer) for found in _grouped(done.findings)]
    differs = bool(clauses)
    if done.kinds & {"program", "catalogue", "plugin"} and "figures" not in done.unchecked:
        clauses.append(words["same"])
    clauses += _unchecked(done, writer)
    said = words["differs" if differs else "open"].format(report=report, clauses=sign.join(clauses))
    if not clauses:
        print_ = done.taken.fingerprint
        said = words["agrees"].format(
            report=report,
            figures=writer.trimmed(done.figures),
            factors=writer.trimmed(done.factors),
            printed=words[done.report.kind],
            program=print_.code_version,
            catalogue=print_.catalogue_version,
            draws=writer.trimmed(print_.draws),
            seed=print_.seed,
            date=print_.as_of.isoformat(),
        )
    if done.report.deposited is not None:
        said += f"{sign}{words['deposited' if done.report.deposited else 'returned']}"
    if done.report.is_signed:
        said += f"{sign}{words['signed']}"
    unseen = done.taken.unseen
    if unseen:
        said += f"{sign}{words['evidence'].format(files=_listed(unseen, writer))}"
    return _BREAKS.sub(" ", said)


def _unchecked(done: Reproduction, writer: Writer) -> Iterator[str]:
    """Yield what was not checked, and why; what has one reason together."""
    words = writer.words["reproduction"]
    for reason in dict.fromkeys(map(_key, done.unchecked.values())):
        topics = [topic for topic, why in done.unchecked.items() if _key(why) == reason]
        first = done.unchecked[topics[0]]
        told = words["reasons"][first.name].format(reason=words["reasons"].get(first.because, ""), **first.holes)
        yield words["unchecked"].format(topics=words["topics"][topics[0] if len(topics) == 1 else "both"], reason=told)


def _key(reason: Reason) -> tuple[str, str]:
    return reason.name, reason.because


def _listed(names: Sequence[str], writer: Writer) -> str:
    """Return the first of some names, and how many more there are."""
    files = ", ".join(names[:3])
    if len(names) <= 4:
        return ", ".join(names)
    return str(writer.words["reproduction"]["others"].format(files=files, number=len(names) - 3))


def _grouped(findings: Iterable[Finding]) -> Iterator[list[Finding]]:
    """Yield the findings of each kind, in the order in which they are told."""
    found = list(findings)
    for kind in _KINDS:
        if of_kind := [finding for finding in found if finding.kind == kind]:
            yield of_kind


def _clause(of_kind: list[Finding], writer: Writer) -> str:
    """Return the findings of one kind as one clause: the first in full, the others by the names of their files."""
    words = writer.words["reproduction"]
    first, *others = of_kind
    place = first.where[0] if first.where else None
    told = _place(place, writer) if place is not None else ""
    more = first.others + len(first.where) - 1
    if told and more > 0:
        told = words["more"].format(where=told, number=writer.trimmed(more))
    kind = first.kind
    if kind == "attachments":
        kind = "lacking" if place is not None and place.attached is None else "added"
    old, new = (place.attached, place.recomputed) if place is not None else ("", "")
    if kind == "catalogue" and old == new:
        new = words["other_rows"].format(version=new)
    where = f"{writer.words['colon']} {told}" if first.file and told else told
    text = words["clauses"][kind].format(file=first.file, where=where, old=old, new=new)
    names = [finding.file or words["pages"] for finding in others]
    return str(words["also"].format(clause=text, files=", ".join(names)) if names else text)


def _place(place: Difference, writer: Writer) -> str:
    from lca.assessment.reproduction import OTHERWISE, UNREADABLE
    from lca.files.printed import DRAWN

    words = writer.words["reproduction"]
    path = place.path
    if found := _PLACE.fullmatch(path):
        path = f"{found[1] or ''}{words[found[2]].format(number=found[3])}"
    elif path == "number of pages":
        path = words["number_of_pages"]
    if place.attached == DRAWN:
        return str(words["drawn"].format(path=path))
    if not path and place.attached in (OTHERWISE, UNREADABLE):
        return str(words["otherwise" if place.attached == OTHERWISE else "unreadable"])
    attached, again = (_short(value, words["nothing"]) for value in (place.attached, place.recomputed))
    return str(words["is"].format(path=path, attached=attached, recomputed=again))


def _short(value: Any, nothing: str) -> str:
    text = nothing if value is None or value == "" else f"“{value}”" if isinstance(value, str) else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _plain(done: Reproduction, writer: Writer) -> dict[str, Any]:
    from msgspec import to_builtins

    unchecked = {
        topic: {"reason": why.name, "because": why.because, **why.holes} for topic, why in done.unchecked.items()
    }
    return {
        "report": done.report.file,
        "kind": done.report.kind,
        "as_deposited": done.report.deposited,
        "signed": done.report.is_signed,
        "agrees": done.agrees,
        "says": _line(done, writer),
        "differences": [to_builtins(one) for one in done.findings],
        "not_checked": unchecked,
        "evidence_not_checked": list(done.taken.unseen),
        "compared": {"figures": done.figures, "factors": done.factors},
        "fingerprint": to_builtins(done.taken.fingerprint),
    }

"""The command `reproduce`: a report made again from what it carries, and what differs told in one line."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lca.cli.running import DONE, INPUT_ERROR, AddCommand, add_json, say

if TYPE_CHECKING:
    from lca.assessment.reproduction import Difference, Finding
    from lca.cli.reproduction import Reproduction

#: What each kind of finding is in words; `{file}` is the file that the report carries, `{old}` and `{new}` the versions.
_WORDS = {
    "descriptor": "descriptor edited ({file})",
    "companion": "a file that the descriptor names edited ({file})",
    "checklist": "criteria of a further act edited ({file})",
    "evidence": "evidence changed: {file}",
    "program": "another program version ({old}, installed {new})",
    "catalogue": "another catalogue ({old}, installed {new})",
    "figures": "results edited ({file}{where})",
    "factors": "factor rows edited ({file}{where})",
    "record": "the record of how it was made edited ({file}{where})",
    "attachments": "{lost}: {file}",
    "text": "printed text edited ({file}{where})",
}

#: What would break the line that a text of a report is printed on.
_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_LONGEST = 80


def register(command: AddCommand) -> None:
    """Add the command."""
    added = command("reproduce", _reproduce, "compute a report again from what it carries, and say what differs")
    added.add_argument("file", type=Path, metavar="REPORT", help="a .pdf or .html that `lca report` wrote")
    added.add_argument(
        "--evidence",
        type=_folder,
        metavar="DIR",
        help="folder of the evidence files that the report does not carry (default: known by their hashes alone)",
    )
    added.add_argument(
        "--theme", type=_folder, metavar="DIR", help="folder of the theme that the report was written in, if any"
    )
    add_json(added, "what differs")


def _folder(text: str) -> Path:
    if not Path(text).is_dir():
        raise argparse.ArgumentTypeError(f"`{text[:60]}` is not a folder")
    return Path(text)


def _reproduce(options: argparse.Namespace) -> int:
    from lca.cli.reproduction import reproduced

    say("computing again")
    done = reproduced(options.file, options.evidence, options.theme)
    if options.json:
        from lca.presenting.values import as_json

        print(as_json(_plain(done)))
    else:
        print(_line(done))
    return DONE if done.agrees else INPUT_ERROR


def _line(done: Reproduction) -> str:
    """Return what came out on one line: what differs first, then what was not checked, then what was compared."""
    differs = [_sentence(found) for found in _grouped(done.findings)]
    if done.kinds & {"program", "catalogue"} and "figures" not in done.unchecked:
        differs.append("its figures come out the same")
    reasons = dict.fromkeys(done.unchecked.values())
    unchecked = [
        f"{' and '.join(topic for topic, why in done.unchecked.items() if why == reason)} not checked: {reason}"
        for reason in reasons
    ]
    said = "; ".join([*differs, *unchecked]) if differs or unchecked else f"agrees: {_compared(done)}"
    unseen = done.taken.unseen
    if unseen:
        names = ", ".join(unseen[:3]) + (f" and {len(unseen) - 3} more" if len(unseen) > 3 else "")
        said += f"; evidence not checked: {names} (known by hash; name the folder with --evidence)"
    mark = "differs: " if differs else ""
    return _BREAKS.sub(" ", f"{done.report.file}: {mark}{said}")


def _compared(done: Reproduction) -> str:
    """Return what was compared, and what it was computed again with."""
    print_ = done.taken.fingerprint
    printed = "the words and drawings of all pages" if done.report.kind == "pdf" else "every byte of the page"
    return (
        f"{done.figures:,} figures, {done.factors:,} factor rows and {printed} are as computed again (lca {print_.code_version}, "
        f"catalogue {print_.catalogue_version}, {print_.draws:,} draws, seed {print_.seed}, as of {print_.as_of})"
    )


def _grouped(findings: Iterable[Finding]) -> Iterator[list[Finding]]:
    """Yield the findings of each kind, in the order of the words above."""
    found = list(findings)
    for kind in _WORDS:
        if of_kind := [finding for finding in found if finding.kind == kind]:
            yield of_kind


def _sentence(of_kind: list[Finding]) -> str:
    """Return the findings of one kind as one clause: the first in full, the others by the names of their files."""
    first, *others = of_kind
    place = first.where[0] if first.where else None
    told = f"{': ' if first.file else ''}{_place(place)}" if place is not None else ""
    more = first.others + len(first.where) - 1
    told += f" and {more:,} more" if more > 0 and told else ""
    lost = "attachment lacking" if place is not None and place.attached is None else "attachment added"
    versions = (place.attached, place.recomputed) if place is not None else ("", "")
    if first.kind == "catalogue" and versions[0] == versions[1]:
        versions = (versions[0], f"{versions[1]} with other rows")
    text = _WORDS[first.kind].format(file=first.file, where=told, lost=lost, old=versions[0], new=versions[1])
    names = [finding.file or "the pages" for finding in others]
    return f"{text}, also {', '.join(names)}" if names else text


def _place(place: Difference) -> str:
    if place.attached == place.recomputed:
        return f"{place.path} {place.attached}"
    if place.attached == "written otherwise":
        return str(place.attached)
    return f"{place.path} is {_short(place.attached)}, computed again {_short(place.recomputed)}"


def _short(value: Any) -> str:
    text = "nothing" if value is None or value == "" else f"“{value}”" if isinstance(value, str) else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _plain(done: Reproduction) -> dict[str, Any]:
    from msgspec import to_builtins

    return {
        "report": done.report.file,
        "kind": done.report.kind,
        "agrees": done.agrees,
        "differences": [{"says": _sentence([one]), **to_builtins(one)} for one in done.findings],
        "not_checked": {**done.unchecked, **({"evidence": list(done.taken.unseen)} if done.taken.unseen else {})},
        "compared": {"figures": done.figures, "factors": done.factors},
        "fingerprint": to_builtins(done.taken.fingerprint),
    }

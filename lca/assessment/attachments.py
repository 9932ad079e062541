"""What travels inside a report: the descriptor and what it names, all results, tables, and how the report was made."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from msgspec import UNSET, Struct, UnsetType, to_builtins

from lca.assessment import tables
from lca.assessment.comparison_contract import fingerprint, swept
from lca.assessment.contract import results
from lca.assessment.record import Record
from lca.descriptor.named_file import NamedFile
from lca.presenting.values import as_json

#: The version of the format of `report.json`; a report of another one cannot be checked.
FORMAT = 1

#: The fixed names of what the program makes.
HOW, RESULTS, SWEEPS, INVENTORY, INPUTS, FACTORS = MADE = (
    *("report.json", "results.json", "sweeps.json"),
    *("inventory.csv", "inputs.csv", "factors.csv"),
)

#: The whole dossier as a page of its own, where what is printed leaves out a part of it.
DETAILS = "details.html"

_DESCRIPTIONS = {
    HOW: "How this report was made",
    RESULTS: "All results",
    SWEEPS: "Choices varied one at a time",
    INVENTORY: "Every flow and its impacts",
    INPUTS: "Every input, its range and its source",
    FACTORS: "Every factor that was used, as the catalogue had it",
    DETAILS: "The dossier with all its details",
}

#: What a file is that was named by a descriptor or a command, by how it came.
_NAMED = {
    "companion": "A file that the descriptor names",
    "checklist": "Criteria of a further act",
    "call": "The profile of the call",
    "review": "An expert's review",
}


class Attachment(NamedTuple):
    """One file that travels: its content, what it is in English, and how it came: a name of `MADE`, or what named it.

    `about` is how the descriptor names it, where its own name may be another.
    """

    content: str | bytes
    description: str
    kind: str
    about: str = ""


class Sources(Struct, frozen=True):
    """What a report is made from: the descriptor's file and text, and the texts and facts of the files that belong to it.

    `companions` are files that the descriptor names and that are read, by name; `named` what is known of all files that it
    names; `checklists` the names and texts of further acts; `factor_set` the sources that lead; `call` the name and text of the
    profile of the call; `reviews` those of experts' reviews.
    """

    file: str
    text: str
    companions: Mapping[str, str]
    named: Mapping[str, NamedFile]
    checklists: tuple[tuple[str, str], ...] = ()
    factor_set: str = ""
    call: tuple[str, str] | None = None
    reviews: tuple[tuple[str, str], ...] = ()


class Manner(Struct, frozen=True):
    """How a report is written: in which language and layout, by which libraries (each with its version), in which theme.

    `theme` is the hash of a theme's texts, empty where the shipped ones are taken.
    """

    language: str
    layout: str = ""
    rendered_by: str = ""
    theme: str = ""


class CarriedFile(Struct, frozen=True):
    """A file that a report names: its name, that of the attachment that holds it, and what its content is judged by.

    `attachment` is empty where it does not travel; `own` and `own_word` are those of a `NamedFile`.
    """

    name: str
    attachment: str = ""
    sha256: str = ""
    size: int = 0
    own: bool = False
    own_word: bool = False


class Making(Struct, frozen=True):
    """How a report was made: `report.json`, from which `lca reproduce` makes it again.

    `sha256` holds the hash of every other attachment; `call` is there where the study answers one that has a profile, `reviews`
    where experts have their say in the report; the others are as in `Manner` and `Sources`.
    """

    report: int
    language: str
    layout: str
    theme: str
    factor_set: str
    rendered_by: str
    descriptor: CarriedFile
    companions: tuple[CarriedFile, ...]
    checklists: tuple[CarriedFile, ...]
    evidence: tuple[CarriedFile, ...]
    fingerprint: Mapping[str, Any]
    sha256: Mapping[str, str]
    call: CarriedFile | UnsetType = UNSET
    reviews: tuple[CarriedFile, ...] | UnsetType = UNSET


def attached(
    record: Record, sources: Sources, manner: Manner, evidence: Mapping[str, bytes] | None = None, details: str = ""
) -> dict[str, Attachment]:
    """Return what travels inside a report, by file name: the descriptor first, the evidence files that are given last.

    `details` is the whole dossier, where the report prints a part of it.

    A file that the descriptor names keeps its name where no other attachment has it, and the description says it as it is named.
    """
    stem = sources.file.rpartition(".")[0] or sources.file
    first = f"{safe_name(stem)}.yaml"
    found = {first: Attachment(sources.text, "The descriptor", "descriptor", sources.file)}
    taken = {name.casefold() for name in (first, *MADE, DETAILS)}
    named = [(name, text, "companion") for name, text in sources.companions.items()]
    named += [(name, text, "checklist") for name, text in sources.checklists]
    named += [(*sources.call, "call")] if sources.call is not None else []
    named += [(name, text, "review") for name, text in sources.reviews]
    for number, (name, text, kind) in enumerate(named, start=1):
        safe = safe_name(name)
        free = safe if safe.casefold() not in taken else f"named-{number:02}-{safe}"
        taken.add(free.casefold())
        found[free] = Attachment(text, f"{_NAMED[kind]}: {name}", kind, name)
    found |= {name: Attachment(text, _DESCRIPTIONS[name], name) for name, text in _made(record).items()}
    found |= {DETAILS: Attachment(details, _DESCRIPTIONS[DETAILS], DETAILS)} if details else {}
    found |= attached_evidence(evidence or {})
    making = _making(record, sources, manner, found)
    found[HOW] = Attachment(as_json(to_builtins(making)), _DESCRIPTIONS[HOW], HOW)
    return found


def attached_evidence(evidence: Mapping[str, bytes]) -> dict[str, Attachment]:
    """Return evidence files as attachments, under names without folders that cannot stand for another attachment."""
    return {
        f"evidence-{number:02}-{safe_name(name.rpartition('/')[2])}": Attachment(
            content, f"Evidence: {name}", "evidence", name
        )
        for number, (name, content) in enumerate(evidence.items(), start=1)
    }


def safe_name(name: str) -> str:
    """Return a name of letters, digits, dots, hyphens and underlines that every system can write and no shell reads as more."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    return re.sub(r"[^A-Za-z0-9._-]+", "-", plain).lstrip(".-") or "file"


def digest(content: str | bytes) -> str:
    """Return the hash of a file that travels."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def _made(record: Record) -> dict[str, str]:
    """Return the texts that this program makes, under their fixed names; without sweeps there is none of them."""
    sweeps = [swept(sweep) for sweep in record.sweeps]
    return {
        RESULTS: as_json(results(record)),
        **({SWEEPS: as_json(sweeps)} if sweeps else {}),
        INVENTORY: tables.csv_text(tables.flow_rows(record)),
        INPUTS: tables.csv_text(tables.input_rows(record)),
        FACTORS: tables.csv_text(tables.factor_rows(record)),
    }


def _making(record: Record, sources: Sources, manner: Manner, found: Mapping[str, Attachment]) -> Making:
    def carried(kind: str) -> Iterable[CarriedFile]:
        return (_carried(one.about, name, one, sources.named) for name, one in found.items() if one.kind == kind)

    (descriptor,) = carried("descriptor")
    evidence = {file.name: file for file in carried("evidence")}
    apart = [name for name in sources.named if name not in sources.companions and name not in evidence]
    return Making(
        report=FORMAT,
        language=manner.language,
        layout=manner.layout,
        theme=manner.theme,
        factor_set=sources.factor_set,
        rendered_by=manner.rendered_by,
        descriptor=descriptor,
        companions=tuple(carried("companion")),
        checklists=tuple(carried("checklist")),
        evidence=(*evidence.values(), *(_carried(name, "", None, sources.named) for name in apart)),
        fingerprint=fingerprint(record),
        sha256={name: digest(one.content) for name, one in found.items()},
        call=next(iter(carried("call")), UNSET),
        reviews=tuple(carried("review")) or UNSET,
    )


def _carried(name: str, attachment: str, held: Attachment | None, known: Mapping[str, NamedFile]) -> CarriedFile:
    facts = known.get(name)
    if facts is not None:  # of the file itself, which may begin with a byte order mark that its text lacks
        return CarriedFile(name, attachment, facts.sha256, facts.size, facts.own, facts.own_word)
    content = held.content if held is not None else b""
    size = len(content.encode() if isinstance(content, str) else content)
    return CarriedFile(name, attachment, digest(content), size)

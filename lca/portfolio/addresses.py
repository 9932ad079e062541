"""Where the reports on single dossiers lie below the folder of the output, whatever their numbers hold."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable

#: The folder of the reports on single dossiers.
REPORTS = "dossiers"
#: The kinds of reports that are files of their own, by their endings.
HTML, PDF = ENDINGS = ("html", "pdf")

#: A part of a path is at most so long, and so is a path, in bytes; a longer one ends with a hash.
_LONGEST_PART, _LONGEST = 160, 800
#: What may stand in the name of a file beside letters and digits.
_KEPT = frozenset("-_. ")


def places_of(numbers: Iterable[str]) -> dict[str, str]:
    """Return for each number the path of its reports from the folder of the output on, with `/` and without the ending.

    Two numbers never share a path, not even where capitals or accents make no difference; a `/` in a number leads into a folder,
    and nothing leads out of it.
    """
    taken: set[str] = set()
    places: dict[str, str] = {}
    for number in numbers:
        place = _place(number)
        if (known := _alike(place)) in taken:
            place = f"{place}~{_hash(number)}"
            known = _alike(place)
        taken.add(known)
        places[number] = f"{REPORTS}/{place}"
    return places


def _place(number: str) -> str:
    *folders, name = map(_part, number.split("/"))
    place = "/".join([*map(_folder, folders), name])
    return place if len(place.encode()) <= _LONGEST else f"~{_hash(number)}"


def _part(text: str) -> str:
    """Return a part of a number as the name of a file, other signs as `%` and their bytes; never hidden, nor `..`, nor empty."""
    written = "".join(sign if sign.isalnum() or sign in _KEPT else _escaped(sign) for sign in text)
    if written[:1] in (".", " "):
        written = _escaped(written[0]) + written[1:]
    if written[-1:] in (".", " "):
        written = written[:-1] + _escaped(written[-1])
    if len(written.encode()) > _LONGEST_PART:
        begins = written.encode()[: _LONGEST_PART - 20].decode("utf-8", "ignore")
        return f"{begins}~{_hash(text)}"
    return written or "%"


def _folder(part: str) -> str:
    """Return a part that no report has as the name of its file."""
    before, dot, ending = part.rpartition(".")
    return f"{before}{_escaped(dot)}{ending}" if ending.casefold() in ENDINGS else part


def _escaped(sign: str) -> str:
    return "".join(f"%{byte:02X}" for byte in sign.encode("utf-8", "surrogatepass"))


def _alike(place: str) -> str:
    """Return what is the same of two paths that some file systems do not tell apart."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", place).casefold())


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]

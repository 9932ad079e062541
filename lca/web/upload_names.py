"""Under which name an uploaded file is kept: its own, as far as no system reads anything else into it."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

#: Names that Windows gives to devices, whatever their ending.
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)
_LONGEST, _LONGEST_ENDING = 80, 12


def upload_name(given: str) -> str:
    """Return a name of letters, digits, `.`, `-` and `_` for a file that a browser names; it is never empty or hidden."""
    last = unicodedata.normalize("NFC", re.split(r"[/\\]", given)[-1])
    plain = re.sub(r"[^\w.-]+", "-", last).strip(".-")
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > _LONGEST_ENDING:
        stem, dot, ending = plain, "", ""
    stem = _shortened(stem).strip(".-") or "file"
    return f"{'file-' if _DEVICES.match(stem) else ''}{stem}{dot}{ending}"


def free_name(folder: Path, name: str) -> str:
    """Return a name that nothing in a folder has, with a number where the given one is taken."""
    taken = {path.name.casefold() for path in folder.iterdir()} if folder.is_dir() else set()
    stem, dot, ending = name.rpartition(".") if "." in name else (name, "", "")
    names = (f"{stem}{number}{dot}{ending}" for number in ("", *(f"-{index}" for index in range(2, len(taken) + 3))))
    return next(one for one in names if one.casefold() not in taken)


def _shortened(text: str) -> str:
    """Return the begin of a text that has so many bytes at most."""
    return text.encode("utf-8", "ignore")[:_LONGEST].decode("utf-8", "ignore")

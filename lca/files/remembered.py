"""What is made of shipped texts, remembered between runs: reading YAML takes longer than most of what is done with it.

It is remembered in a folder that only its owner can write, plain data as JSON, and counts only for the very texts that it was
made of. Where nothing can be remembered, it is made each time.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import lca
from lca.descriptor.document import read_document

#: Whoever may write besides the owner.
_OTHERS = stat.S_IWGRP | stat.S_IWOTH


def plain_data(name: str, texts: Mapping[str, str]) -> dict[str, Any]:
    """Return the plain data of YAML texts by their names; `name` is that of the whole among what is remembered."""
    digest = hashlib.sha256(lca.__version__.encode())
    for file, text in texts.items():
        digest.update(f"\0{file}\0{text}".encode())
    folder, key = _folder(), digest.hexdigest()
    found = _recalled(folder / f"{name}.json", key) if folder is not None else None
    if found is None:
        found = {file: read_document(text, file).data for file, text in texts.items()}
        if folder is not None:
            _remember(folder / f"{name}.json", key, found)
    return found


def own_folder(name: str) -> str:
    """Return a folder below the user's own one that only the user can write, empty where there is none."""
    above = _folder()
    try:
        if above is None:
            return ""
        folder = above / name
        folder.mkdir(mode=0o700, exist_ok=True)
        return str(folder) if _is_own(folder) else ""
    except OSError:
        return ""


def _folder() -> Path | None:
    """Return the user's own folder for what can be made again, None where there is none or others may write to it."""
    try:
        home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        folder = Path(home) / "lca"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder if _is_own(folder) else None
    except (OSError, RuntimeError):
        return None


def _is_own(path: Path) -> bool:
    """Say whether a file or folder belongs to the user and nobody else may write to it."""
    found = path.lstat()
    own = not hasattr(os, "getuid") or (found.st_uid == os.getuid() and not found.st_mode & _OTHERS)
    return own and not stat.S_ISLNK(found.st_mode)


def _recalled(path: Path, key: str) -> dict[str, Any] | None:
    """Return what a file remembers of the texts with a key, None where it is of others, damaged or not the user's own."""
    try:
        if not _is_own(path):
            return None
        remembered = json.loads(path.read_bytes())
        found: dict[str, Any] | None = remembered["data"] if remembered["key"] == key else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return found


def _remember(path: Path, key: str, data: Mapping[str, Any]) -> None:
    """Write a file whole or not at all; not being able to is no fault."""
    written = ""
    try:
        handle, written = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"key": key, "data": data}, file, ensure_ascii=False, allow_nan=False)
        Path(written).replace(path)
    except OSError:
        pass
    finally:
        if written:
            Path(written).unlink(missing_ok=True)

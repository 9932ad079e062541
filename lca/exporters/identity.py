"""What identifies an exported file: its identifier, its date and the archive that holds it; the same study gives the same."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping

from lca.exporters.exporter import Asked

#: Namespace of the identifiers of this program, itself a random one.
_NAMESPACE = bytes.fromhex("6f1c3f0e5a0b4d6c9a0f6c1b7f1a2d43")


def identifier(asked: Asked, *parts: str) -> str:
    """Return a UUID of version 5 (RFC 9562) that is of a study, its program and its draws, and of nothing else."""
    made = asked.record.fingerprint
    name = (made.descriptor, made.catalogue, made.code_version, str(made.seed), str(made.draws), *parts)
    digest = bytearray(hashlib.sha1(_NAMESPACE + "\0".join(name).encode(), usedforsecurity=False).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    return re.sub(r"^(.{8})(.{4})(.{4})(.{4})(.{12})$", r"\1-\2-\3-\4-\5", digest.hex())


def archive(asked: Asked, files: Mapping[str, bytes]) -> bytes:
    """Return files as one ZIP archive, dated by the date of assessment."""
    day = asked.record.fingerprint.as_of
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, content)
    return written.getvalue()


def slug(name: str) -> str:
    """Return a name of small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:80].strip("-") or "study"

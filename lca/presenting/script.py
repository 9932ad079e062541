"""What a script of a page needs: data that no text in it breaks out of, and the hash by which the content policy allows it."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from msgspec import Struct


class ScriptData(Struct, frozen=True):
    """Data as JSON, as it stands in a script element: no text, so that a template neither escapes nor typesets it."""

    json: str

    def __html__(self) -> str:
        """Return it as a template prints it."""
        return self.json


def script_data(data: Any) -> ScriptData:
    """Return plain data for a script element, which nothing in it can end.

    Raises:
        ValueError: a number is not finite.
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return ScriptData(text.replace("<", "\\u003c"))


def hash_source(script: str) -> str:
    """Return what a content policy allows a script by: its hash."""
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"

"""Where the spaces of a text do not break, and which are thin, as a language's own texts say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

#: A thin space and one of full width, neither of which breaks.
THIN, FIXED = "\u202f", "\u00a0"
_ANY = f"[ {THIN}{FIXED}]"


class Typography:
    """The spaces of one language: signs before which a space is thin or fixed, and signs after which it is fixed."""

    def __init__(self, thin_before: str = "", fixed_before: str = "", fixed_after: str = "") -> None:
        self._signs = frozenset(thin_before + fixed_before + fixed_after)
        self._rules = [
            (re.compile(pattern.format(signs=re.escape(signs), space=_ANY)), space)
            for signs, pattern, space in (
                (thin_before, r"(?<!\s){space}(?=[{signs}](?:\W|$))", THIN),
                (fixed_before, r"(?<!\s){space}(?=[{signs}](?:\W|$))", FIXED),
                (fixed_after, r"(?<=[{signs}]){space}(?!\s)", FIXED),
            )
            if signs
        ]

    def __call__(self, text: str) -> str:
        """Return a text with this language's spaces; a space is never put where none stands."""
        if self._signs.isdisjoint(text):  # most texts
            return text
        for rule, space in self._rules:
            text = rule.sub(space, text)
        return text

    def of_all(self, texts: Any) -> Any:
        """Return plain data with all its texts so; keys stay as they are."""
        if isinstance(texts, str):
            return self(texts)
        if isinstance(texts, Mapping):
            return {key: self.of_all(inner) for key, inner in texts.items()}
        return [self.of_all(inner) for inner in texts] if isinstance(texts, list) else texts


def plain(text: str) -> str:
    """Return a text with spaces as they are typed, for a file that people edit or a column of a terminal."""
    return text.replace(FIXED, " ").replace(THIN, " ")

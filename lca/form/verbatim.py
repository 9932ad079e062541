"""Texts as a page prints them: a user's own words as they are, and the program's with their code marked."""

from __future__ import annotations

import re

from markupsafe import Markup, escape


class Verbatim:
    """A user's own words, which a template prints as they are, without the spaces of a language."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __html__(self) -> Markup:
        return escape(self.text)

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


def with_code(text: str) -> Markup:
    """Return a text of the program with what stands between backticks as code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))


def ended(text: str) -> str:
    """Return a sentence with a full stop, where it has no sign of its own and is no empty text."""
    return text if not text or text[-1] in ".?!…" else f"{text}."

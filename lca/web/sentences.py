"""Sentences of the program as a page prints them: with their code marked, and ended."""

from __future__ import annotations

import re

from markupsafe import Markup, escape


def with_code(text: str) -> Markup:
    """Return a text of the program with what stands between backticks as code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))


def ended(text: str) -> str:
    """Return a sentence with a full stop, where it has no sign of its own and is no empty text."""
    return text if not text or text[-1] in ".?!…" else f"{text}."

"""How a text that a user wrote stands in YAML, Markdown, LaTeX and BibTeX, so that it stays a text there."""

from __future__ import annotations

import json
import re

#: What YAML's printable signs leave out, and what breaks a line there; JSON escapes those below the space.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")

#: Signs that mean something somewhere in a line of Markdown, tables and mathematics of its dialects among them.
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~$&!@^])")
#: What at the beginning of a line makes an item of a list, a heading of the line above, or a rule.
_BEGINS_A_BLOCK = re.compile(r"^(?:(?=[-+=](?!\d))|(\d{1,9})(?=[.)](?:\s|$)))")

_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # a bare or escaped brace would count in BibTeX
    "}": r"\textbraceright{}",
    "#": r"\#",
    "$": r"\$",
    "%": r"\%",
    "&": r"\&",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    '"': r"\textquotedbl{}",
    "|": r"\textbar{}",
    "\u00a0": "~",
    "\u202f": r"\,",
    "×": r"$\times$",
    "−": r"$-$",
    "≥": r"$\geq$",
    "≤": r"$\leq$",
    "≈": r"$\approx$",
    "±": r"$\pm$",
    "∞": r"$\infty$",
    "–": "--",
    "—": "---",
    "…": r"\dots{}",
    **{sign: rf"\textsubscript{{{digit}}}" for digit, sign in enumerate("₀₁₂₃₄₅₆₇₈₉")},
    **{sign: rf"\textsuperscript{{{digit}}}" for digit, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
    "⁻": r"\textsuperscript{$-$}",
}
_OF_LATEX = str.maketrans(_LATEX)


def one_line(text: str) -> str:
    """Return a text on one line, without invisible controls and without halves of signs."""
    whole = _SURROGATE.sub("\ufffd", text)
    shown = "".join(sign if sign.isprintable() or sign in "\u00a0\u202f" else " " for sign in whole)
    return re.sub(r" +", " ", shown).strip(" ")


def in_yaml(text: str) -> str:
    """Return a text as a quoted scalar of YAML 1.2 on one line; readers of 1.1 take it for the same."""
    quoted = json.dumps(_SURROGATE.sub("\ufffd", text), ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)


def in_markdown(text: str) -> str:
    """Return a text as it stands in a line or a cell of Markdown, at its beginning too."""
    return _BEGINS_A_BLOCK.sub(r"\1\\", _MARKDOWN.sub(r"\\\1", one_line(text)))


def in_latex(text: str) -> str:
    """Return a text as it stands inside a paragraph of LaTeX or a value of BibTeX."""
    return one_line(text).translate(_OF_LATEX)

"""Drawings as SVG text: a few shapes and real text in the page's font; the same bytes for the same shapes.

What a browser, a PDF renderer and a printer in grey draw alike, and nothing else: plain attributes, which a style sheet may
overrule (`[fill="#1f6f8b"]`), and no ids, so that many drawings share a page. Scales and ticks are in `scales`.
"""

from __future__ import annotations

import functools
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from html import escape

#: The ink is the text's own colour, where a page sets one; the paper is what hollow marks are filled with.
INK, PAPER = "currentColor", "#fff"
OPERATIONAL, EMBODIED, LINE, GRID, SOFT = "#1f6f8b", "#e0a030", "#c6ccd2", "#e1e5e9", "#4a5662"
#: The size of text, in CSS pixels: that of a table in print.
SIZE = 12
#: The distance between two lines of a hatch.
HATCH = 6.0

_COLOUR = "#1d2733"
_FONT = "Inter, system-ui, sans-serif"
_DASHES = "4 3"
#: What XML does not allow in a text, whatever a user wrote.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

#: The advance of Inter's letters in parts of their size, to a hundredth; a letter with an accent is as wide as one without.
_ADVANCES = {
    0.19: "\u2009\u202f’‘",
    0.24: "'ijlI",
    0.28: " \u00a0!,.:;·",
    0.36: "()/[\\]{}ftr|",
    0.40: '"“”',
    0.43: "₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹⁻",
    0.46: "-_°^1",
    0.52: "*`–?s",
    0.54: "Jkxz«»",
    0.56: "Lacvy•7",
    0.585: "euFhn",
    0.605: "Eoø",
    0.62: "25gpqß0689Zbdµ#P£",
    0.645: "$&34RSTXBK",
    0.66: "+<=>Y~−×€±≥≤≈",
    0.68: "AV",
    0.73: "DCGHU",
    0.76: "NOQØ",
    0.81: "%w…",
    0.88: "mM",
    0.94: "@Wæ→",
    1.0: "œ—",
}
_ADVANCE_OF = {letter: advance for advance, letters in _ADVANCES.items() for letter in letters}
#: From here on letters are mostly as wide as they are high: Chinese, Japanese, Korean, and pictures.
_WIDE_FROM = 0x2E80
_BOLDER = 1.036


def text_width(text: str, size: float = SIZE, weight: int = 400) -> float:
    """Return how wide a text is in CSS pixels, of letters that are not Latin about."""
    return sum(_advance(letter) or _guessed(letter) for letter in text) * size * (_BOLDER if weight >= 600 else 1.0)


@functools.cache
def _advance(letter: str) -> float:
    """Return a letter's advance, 0 where it is not known."""
    base = unicodedata.normalize("NFD", letter)[:1]
    return _ADVANCE_OF.get(letter) or _ADVANCE_OF.get(base, 0.0)


def _guessed(letter: str) -> float:
    return 1.0 if ord(letter) >= _WIDE_FROM else 0.6


def shortened(text: str, width: float, size: float = SIZE, weight: int = 400) -> str:
    """Return a text that is cut, with an ellipsis, where it is wider than a width."""
    if text_width(text, size, weight) <= width:
        return text
    text = text[: int(width / (min(_ADVANCES) * size)) + 1]  # no letter is narrower
    while text and text_width(f"{text}…", size, weight) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


class Drawing:
    """A drawing of a size in CSS pixels, with the origin at its upper left; a narrow page shrinks it."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._parts: list[str] = []

    def rect(  # noqa: PLR0913 - a rectangle has four sides, and what fills and bounds it
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str,
        *,
        hatched: bool = False,
        dashed: bool = False,
        outline: str = "",
    ) -> None:
        """Draw a rectangle; its hatch has the colour of its outline, or the paper's."""
        shape: dict[str, str | float] = {"x": x, "y": y, "width": max(width, 0.0), "height": max(height, 0.0)}
        self._add("rect", {**shape, "fill": fill, "stroke": outline, "stroke-dasharray": _DASHES if dashed else ""})
        if hatched and (lines := _hatch(x, y, width, height)):
            self._add("path", {"d": lines, "stroke": outline or PAPER, "stroke-width": 1.5, "fill": "none"})

    def line(
        self, x1: float, y1: float, x2: float, y2: float, *, stroke: str = INK, width: float = 1, dashed: bool = False
    ) -> None:
        """Draw a straight line."""
        self._add("line", {"x1": x1, "y1": y1, "x2": x2, "y2": y2, **_stroke(stroke, width, dashed)})

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        anchor: str = "start",
        weight: int = 400,
        size: float = SIZE,
        fill: str = INK,
    ) -> None:
        """Write a text on one line; `y` is its base line, and `anchor` (start, middle, end) says what `x` is.

        A text of known letters that does not start at `x` starts where it must and is held to its width, whatever the font: the
        PDF renderer makes a group of its own of a text that is anchored elsewhere, whose outermost stems some viewers cut.
        """
        width = text_width(text, size, weight)
        held = anchor != "start" and all(map(_advance, text))
        if held:
            x -= width if anchor == "end" else width / 2
        look: dict[str, str | float] = {
            "x": x,
            "y": y,
            "text-anchor": "" if held or anchor == "start" else anchor,
            "textLength": width if held else "",
            "lengthAdjust": "spacingAndGlyphs" if held else "",
            "font-weight": "" if weight == 400 else weight,
            "font-size": "" if size == SIZE else size,
            "fill": fill,
        }
        self._add("text", look, text)

    def circle(self, x: float, y: float, radius: float, fill: str, *, outline: str = "") -> None:
        """Draw a circle about a point."""
        self._add("circle", {"cx": x, "cy": y, "r": radius, "fill": fill, "stroke": outline})

    def square(self, x: float, y: float, radius: float, fill: str, *, outline: str = "") -> None:
        """Draw a square about a point; its side is twice the radius."""
        self.rect(x - radius, y - radius, 2 * radius, 2 * radius, fill, outline=outline)

    def diamond(self, x: float, y: float, radius: float, fill: str, *, outline: str = "") -> None:
        """Draw a square that stands on its tip about a point."""
        corners = ((x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y))
        self._add("polygon", {"points": _points(corners), "fill": fill, "stroke": outline})

    def triangle(self, x: float, y: float, radius: float, fill: str, *, outline: str = "") -> None:
        """Draw a triangle that points upwards about a point."""
        corners = ((x, y - radius), (x + radius, y + 0.8 * radius), (x - radius, y + 0.8 * radius))
        self._add("polygon", {"points": _points(corners), "fill": fill, "stroke": outline})

    def polyline(
        self, points: Sequence[tuple[float, float]], *, stroke: str = INK, width: float = 1, dashed: bool = False
    ) -> None:
        """Draw a line through points."""
        self._add("polyline", {"points": _points(points), "fill": "none", **_stroke(stroke, width, dashed)})

    def area(self, points: Sequence[tuple[float, float]], fill: str) -> None:
        """Fill what a line through points, closed from the last to the first, encloses."""
        self._add("polygon", {"points": _points(points), "fill": fill})

    def svg(self, title: str) -> str:
        """Return the drawing as an SVG element with its alternative text, for a page or a file of its own."""
        width, height, title = _number(self.width), _number(self.height), _clean(title)
        # Without a height, which follows from the view box: the PDF renderer reads one in a style as an attribute.
        size = f'viewBox="0 0 {width} {height}" width="{width}" style="display:block;width:100%;max-width:{width}px"'
        look = f'font-family="{_FONT}" font-size="{SIZE}" color="{_COLOUR}"'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{title}" {look}>'
            f"<title>{title}</title>{''.join(self._parts)}</svg>"
        )

    def _add(self, name: str, attributes: dict[str, str | float], text: str = "") -> None:
        """Add an element, without the attributes that are empty."""
        written = "".join(f' {key}="{_attribute(value)}"' for key, value in attributes.items() if value != "")
        self._parts.append(f"<{name}{written}>{_clean(text)}</{name}>" if text else f"<{name}{written}/>")


def _stroke(colour: str, width: float, dashed: bool) -> dict[str, str | float]:
    return {
        "stroke": colour,
        "stroke-width": "" if width == 1 else width,
        "stroke-dasharray": _DASHES if dashed else "",
    }


def _attribute(value: str | float) -> str:
    return _clean(value) if isinstance(value, str) else _number(value)


def _clean(text: str) -> str:
    """Return a text as XML and HTML show it, without what XML forbids."""
    return escape(_FORBIDDEN.sub("", text))


def _number(value: float) -> str:
    """Write a coordinate with at most two decimals.

    Raises:
        ValueError: the coordinate is not finite, which a scale never gives.
    """
    if not math.isfinite(value):
        raise ValueError(f"a coordinate that is not finite: {value}")
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def _points(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _hatch(x: float, y: float, width: float, height: float) -> str:
    """Return rising lines that fill a rectangle; those of neighbours continue each other.

    Drawn, not a `<pattern>`: that needs an id of its own in the page, and renderers differ in where it begins.
    """
    right, bottom = x + width, y + height
    lines = []
    # On a rising line x + y is the same everywhere.
    for step in range(math.floor((x + y) / HATCH) + 1, math.ceil((right + bottom) / HATCH)):
        total = step * HATCH
        left, end = max(x, total - bottom), min(right, total - y)
        if end - left > 0.5:
            lines.append(f"M{_number(left)} {_number(total - left)}L{_number(end)} {_number(total - end)}")
    return "".join(lines)

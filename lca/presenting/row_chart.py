"""Charts of rows: names on the left, marks on one scale, amounts on the right, the axis below and keys above."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from lca.presenting.scales import Scale, tick_texts
from lca.presenting.svg import GRID, LINE, PAPER, SIZE, SOFT, Drawing, shortened, text_width

#: The width of a chart: that of a page's text in print, and of a figure on a screen.
WIDTH = 660.0
#: The height of a row and of a bar in it, the distance between two lines of text, and half the size of a mark.
ROW, BAR, LEADING, RADIUS = 24.0, 14.0, 15.0, 5.0
#: From a text's middle down to its base line.
BASE = 4.0
#: What an axis takes below its rows: its numbers, and its unit on a line of its own.
_NUMBERS, _UNIT = 22.0, 16.0
#: No name is wider; it goes on a second line and is cut there.
_WIDEST_NAME = 250.0
#: A page in another font than its own has wider letters.
_SLACK = 1.1
_KEY, _GAP, _EDGE = 18.0, 10.0, 18.0
#: The ink on what is filled, whatever the page's own is.
ON_FILL = "#1d2733"


class Look(Struct, frozen=True):
    """What a bar or a mark looks like; told apart in grey print by its shape, its hatch and whether it is filled."""

    fill: str
    outline: str = ""
    hatched: bool = False
    shape: str = "bar"


class Key(Struct, frozen=True):
    """What a look means."""

    text: str
    look: Look


class RowChart:
    """A chart of rows whose marks the caller draws: `scale` them from `left` to `right`, at the rows' `places`."""

    def __init__(
        self,
        names: Sequence[str],
        amounts: Sequence[str] = (),
        *,
        keys: Sequence[Key] = (),
        headings: Mapping[int, Key] | None = None,
        heights: Sequence[float] = (),
        widest: str = "",
        bold: int = -1,
    ) -> None:
        """Lay out the rows and write what stands beside them.

        Args:
            names: of the rows, from top to bottom.
            amounts: what is written on the right of each.
            keys: of the looks, above the rows.
            headings: above the row of an index, for the rows from there on.
            heights: the least height of each row, where it is not that of one mark.
            widest: the widest amount that the caller writes itself.
            bold: the row whose name and amount stand out.
        """
        weights = [600 if index == bold else 400 for index in range(len(names))]
        written = [wrapped(name, _WIDEST_NAME, weight=weight) for name, weight in zip(names, weights, strict=True)]
        least = heights or [ROW] * len(names)
        heights = [max(row, 8 + LEADING * len(parts)) for row, parts in zip(least, written, strict=True)]
        self.left = _GAP + max(
            text_width(part, weight=weight) for parts, weight in zip(written, weights, strict=True) for part in parts
        )
        self.right = WIDTH - max(_EDGE, *(_GAP + text_width(text, weight=600) for text in (*amounts, widest)))
        shelves = _shelves(keys)
        self.top = len(shelves) * 20.0 + 2
        self.places, self.edges, self._heading_places = self._rows(heights, headings or {})
        self.bottom = self.edges[-1] if self.edges else self.top
        self.drawing = Drawing(WIDTH, self.bottom + _NUMBERS)
        for place, parts, weight in zip(self.places, written, weights, strict=True):
            for index, part in enumerate(parts):
                y = place + BASE + LEADING * (index - (len(parts) - 1) / 2)
                self.drawing.text(self.left - _GAP, y, part, anchor="end", weight=weight)
        for place, text, weight in zip(self.places, amounts, weights, strict=False):
            self.amount(place, text, weight)
        for index, shelf in enumerate(shelves):
            for x, key in shelf:
                self.key(x, 10 + 20.0 * index, key)
        for index, place in self._heading_places.items():
            self.key(0, place, (headings or {})[index])

    def _rows(
        self, heights: Sequence[float], headings: Mapping[int, Key]
    ) -> tuple[list[float], list[float], dict[int, float]]:
        """Return the middle of each row, its lower edge, and the middle of each heading."""
        y, places, edges, above = self.top, [], [], {}
        for index, height in enumerate(heights):
            if index in headings:
                above[index] = y + 14
                y += 26
            places.append(y + height / 2)
            y += height
            edges.append(y)
        return places, edges, above

    def axis(self, scale: Scale, write: Callable[[float], str], unit: str) -> None:
        """Draw the axis of a scale below the rows, with lines up to the first; before the marks, which stand on them."""
        draw_axis(self.drawing, scale, (self.top, self.bottom), write, unit)

    def amount(self, place: float, text: str, weight: int = 400) -> None:
        """Write an amount on the right."""
        if text:
            self.drawing.text(WIDTH, place + BASE, text, anchor="end", weight=weight)

    def key(self, x: float, place: float, key: Key) -> None:
        """Draw a key with its text."""
        if key.look.shape == "bar":
            look = key.look
            self.drawing.rect(x, place - 6, 14, 12, look.fill, hatched=look.hatched, outline=look.outline)
        else:
            draw_mark(self.drawing, x + 7, place, key.look)
        self.drawing.text(x + _KEY + 2, place + BASE, shortened(key.text, WIDTH - x - _KEY))

    def bar(self, scale: Scale, ends: tuple[float, float], place: float, look: Look) -> None:
        """Draw a bar between two values; one that is not empty is seen however short."""
        left, right = sorted(map(scale, ends))
        if ends[0] != ends[1]:
            width = max(right - left, 1.5)
            left = min(left, self.right - width)
            self.drawing.rect(left, place - BAR / 2, width, BAR, look.fill, hatched=look.hatched, outline=look.outline)

    def whisker(self, scale: Scale, low: float, high: float, place: float) -> None:
        """Draw an interval over a bar, on a strip of paper, so that it is seen inside the bar too."""
        left, right = scale(low), scale(high)
        if right > left:
            self.drawing.line(left, place, right, place, stroke=PAPER, width=4)
            self.drawing.line(left, place, right, place, width=1.3)
            for x in (left, right):
                self.drawing.line(x, place - 3, x, place + 3, width=1.3)

    def interval(self, scale: Scale, low: float, high: float, place: float) -> None:
        """Draw an interval below a mark."""
        if low != high:
            self.drawing.line(scale(low), place, scale(high), place, width=1.3)


def draw_mark(drawing: Drawing, x: float, y: float, look: Look, radius: float = RADIUS) -> None:
    """Draw a mark of a shape about a point."""
    draw = {
        "circle": drawing.circle,
        "square": drawing.square,
        "triangle": drawing.triangle,
        "diamond": drawing.diamond,
    }[look.shape]
    # Of the same area to the eye.
    size = {"square": 0.9, "triangle": 1.1, "diamond": 1.2}.get(look.shape, 1.0)
    draw(x, y, radius * size, look.fill, outline=look.outline)


def draw_axis(
    drawing: Drawing,
    scale: Scale,
    between: tuple[float, float],
    write: Callable[[float], str],
    unit: str,
    lines: bool = True,
) -> None:
    """Draw an axis along a scale below what stands between two heights, with the unit in its middle; the drawing ends there."""
    top, bottom = between
    for value, text in tick_texts(scale, write, text_width):
        x = scale(value)
        drawing.line(x, top if lines else bottom, x, bottom if lines else bottom + 4, stroke=GRID if lines else LINE)
        half = text_width(text) / 2
        drawing.text(min(max(x, half), drawing.width - half), bottom + 16, text, anchor="middle", fill=SOFT)
    drawing.line(scale.start, bottom, scale.end, bottom, stroke=LINE)
    drawing.height = bottom + _NUMBERS
    if unit:
        drawing.text((scale.start + scale.end) / 2, bottom + _NUMBERS + 10, unit, anchor="middle", fill=SOFT)
        drawing.height += _UNIT


def rule(drawing: Drawing, x: float, top: float, bottom: float, dashed: bool = False) -> None:
    """Draw a value that all rows are read against."""
    drawing.line(x, top, x, bottom, width=1.2, dashed=dashed)


def wrapped(text: str, width: float, weight: int = 400) -> list[str]:
    """Return a text on one line, or on two of like width, broken at a space or after a sign of a path, and cut if need be."""
    if text_width(text, SIZE, weight) <= width:
        return [text]
    breaks = [match.end() for match in re.finditer(r"[\s./_-]+", text) if match.end() < len(text)]
    halves = [[text[:at].strip(), text[at:].strip()] for at in breaks] or [[text]]
    best = min(halves, key=lambda lines: max(text_width(line, SIZE, weight) for line in lines))
    return [shortened(line, width, SIZE, weight) for line in best]


def _shelves(keys: Sequence[Key]) -> list[list[tuple[float, Key]]]:
    """Return the lines of keys, each with where it begins."""
    shelves: list[list[tuple[float, Key]]] = []
    x = WIDTH
    for key in keys:
        width = _KEY + _SLACK * text_width(key.text) + _EDGE
        if x + width > WIDTH + _EDGE or not shelves:
            shelves.append([])
            x = 0.0
        shelves[-1].append((x, key))
        x += width
    return shelves

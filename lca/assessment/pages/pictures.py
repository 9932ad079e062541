"""The pictures of page one: emissions by stage, the announced gain, and what both rest on."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from lca.presenting.svg import EMBODIED, INK, LINE, OPERATIONAL, SOFT, Drawing, shortened, text_width

#: A picture takes half of the page, or all of it.
HALF, WHOLE = 326.0, 672.0
#: The height of a row with its gap, and of its bar.
ROW, BAR = 21.0, 12.0
#: A whisker may reach this many times as far as the longest bar; beyond, it leaves the picture with its bound written on it.
MOST_DOUBT = 3.0
#: The width of the open row of a stage that is not assessed.
OPEN = 60.0
#: What is set against a gain, and what would remain of it.
AGAINST, REMAINS = EMBODIED, "#1d2733"


class StageBar(Struct, frozen=True):
    """One stage: parts by use and by manufacture and the bounds of their sum, or the word for why it has none.

    `bound` is the upper one as it is written where its whisker leaves the picture.
    """

    label: str
    text: str
    use: float = 0.0
    manufacture: float = 0.0
    low: float | None = None
    high: float | None = None
    word: str = ""
    is_open: bool = False
    bound: str = ""


def emissions(bars: Sequence[StageBar], title: str) -> str:
    """Draw a bar a stage with its whisker; a stage that is not assessed has an open dashed row and a question mark."""
    labels = min(max((text_width(bar.label) for bar in bars), default=0.0) + 8, 120.0)
    figures = max((text_width(bar.text) for bar in bars), default=0.0) + 14
    room = HALF - labels - figures
    tallest = max((bar.use + bar.manufacture for bar in bars), default=0.0)
    largest = min(max((bar.high or 0.0 for bar in bars), default=0.0), MOST_DOUBT * tallest)
    largest = max(largest, tallest) or 1.0
    drawing = Drawing(HALF, ROW * len(bars) + 2)
    for index, bar in enumerate(bars):
        top, base = index * ROW + 2, index * ROW + BAR
        drawing.text(0, base, shortened(bar.label, labels - 4))
        if bar.is_open:
            drawing.rect(labels, top, OPEN, BAR, "none", dashed=True, outline=SOFT)
            drawing.text(labels + OPEN / 2, base, "?", anchor="middle", weight=700)
            drawing.text(labels + OPEN + 8, base, shortened(bar.word, room + figures - OPEN - 8), size=10, fill=SOFT)
            continue
        if bar.word:
            drawing.text(labels, base, shortened(bar.word, room + figures), size=10, fill=SOFT)
            continue
        use, made = room * bar.use / largest, room * bar.manufacture / largest
        drawing.rect(labels, top, use, BAR, OPERATIONAL)
        drawing.rect(labels + use, top, made, BAR, EMBODIED, hatched=True)
        if bar.low is not None and bar.high is not None and bar.high > bar.low:
            low, high = (labels + room * value / largest for value in (bar.low, bar.high))
            _whisker(drawing, low, high, top + BAR / 2, cut_at=HALF - figures + 4, bound=bar.bound)
        drawing.text(HALF, base, bar.text, anchor="end", weight=600)
    return drawing.svg(title)


class GainBar(Struct, frozen=True):
    """One term of the gain: where its bar begins and ends on the scale, and whether it is supposed, set against, or remains."""

    label: str
    text: str
    start: float
    end: float
    kind: str
    supposed: bool = False
    low: float | None = None
    high: float | None = None


def gain(bars: Sequence[GainBar], title: str) -> str:
    """Draw the announced gain, what comes off it, and what would remain, one below the other on one scale."""
    labels = min(max((text_width(bar.label) for bar in bars), default=0.0) + 8, 150.0)
    figures = max((text_width(bar.text) for bar in bars), default=0.0) + 14
    room = HALF - labels - figures
    values = [value for bar in bars for value in (bar.start, bar.end, bar.low or 0.0, bar.high or 0.0)]
    least, most = min(0.0, *values), max(0.0, *values) or 1.0

    def at(value: float) -> float:
        return labels + room * (value - least) / (most - least)

    drawing = Drawing(HALF, ROW * len(bars) + 2)
    drawing.line(at(0.0), 0, at(0.0), ROW * len(bars), stroke=LINE)
    colours = {"gain": OPERATIONAL, "against": AGAINST, "remains": REMAINS}
    for index, bar in enumerate(bars):
        top, base = index * ROW + 2, index * ROW + BAR
        drawing.text(0, base, shortened(bar.label, labels - 4))
        left, right = sorted((at(bar.start), at(bar.end)))
        drawing.rect(left, top, max(right - left, 1.0), BAR, colours[bar.kind], hatched=bar.supposed)
        if bar.low is not None and bar.high is not None and bar.high > bar.low:
            _whisker(drawing, at(bar.low), at(bar.high), top + BAR / 2)
        drawing.text(HALF, base, bar.text, anchor="end", weight=600)
    return drawing.svg(title)


def _whisker(drawing: Drawing, low: float, high: float, y: float, cut_at: float = WHOLE, bound: str = "") -> None:
    """Draw an interval; one that leaves the picture ends in an arrow, with its bound written above it."""
    end = min(high, cut_at)
    drawing.line(low, y, end, y, width=1.4)
    drawing.line(low, y - 4, low, y + 4, width=1.4)
    if high > cut_at:
        drawing.polyline([(end - 5, y - 4), (end, y), (end - 5, y + 4)], width=1.4)
        drawing.text(end - 8, y - 2, bound, anchor="end", size=9.5)
    else:
        drawing.line(high, y - 4, high, y + 4, width=1.4)


def share_scale(threshold: float, point: float | None, axis: str, title: str) -> str:
    """Draw 0 to 100 % of the announced gain: what is below the threshold hatched, and where the least favourable bounds lie."""
    left, right, top = 40.0, WHOLE - 60.0, 16.0
    drawing = Drawing(WHOLE, 44)

    def at(share: float) -> float:
        return left + (right - left) * min(max(share, 0.0), 1.0)

    drawing.rect(left, top, at(threshold) - left, BAR, AGAINST, hatched=True)
    drawing.rect(at(threshold), top, right - at(threshold), BAR, OPERATIONAL)
    drawing.line(at(threshold), top - 4, at(threshold), top + BAR + 4, width=2)
    drawing.text(left - 6, top + BAR - 2, "0", anchor="end")
    drawing.text(right + 6, top + BAR - 2, "100 %".replace(" ", "\u00a0"))
    if point is not None:
        drawing.diamond(at(point), top + BAR / 2, 6, "#fff", outline=INK)
    drawing.text((left + right) / 2, top + BAR + 14, axis, anchor="middle", size=10, fill=SOFT)
    return drawing.svg(title)


#: The classes of evidence from the strongest to the weakest: the lighter, the weaker; the style sheet has the same for their names.
_EVIDENCE = ("#14506a", "#1f6f8b", "#7fb1c2", "#e0a030", "#f0d09a")


def evidence_strip(shares: Sequence[float], title: str) -> str:
    """Draw the shares of the classes of evidence, which add up to one, side by side."""
    drawing = Drawing(WHOLE, BAR + 2)
    x = 0.0
    for share, colour in zip(shares, _EVIDENCE, strict=True):
        if share > 0:
            drawing.rect(x, 1, WHOLE * share, BAR, colour)
        x += WHOLE * share
    return drawing.svg(title)


def spread_row(low: float, best: float, high: float, least: float, most: float, title: str) -> str:
    """Draw a best estimate between two values on a scale that several rows share."""
    width, height = 240.0, 16.0
    drawing = Drawing(width, height)
    span = (most - least) or 1.0

    def at(value: float) -> float:
        return 6 + (width - 12) * (value - least) / span

    drawing.line(6, height / 2, width - 6, height / 2, stroke=LINE)
    drawing.line(at(low), height / 2, at(high), height / 2, width=3, stroke=OPERATIONAL)
    drawing.circle(at(best), height / 2, 4, "#fff", outline=INK)
    return drawing.svg(title)

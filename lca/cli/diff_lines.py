"""Changes between two versions of a dossier as lines for a terminal."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lca.assessment.compared import MONITORED, Figure, Input
from lca.assessment.versions import ADDED, PLUGIN, Change, Difference, FactorChange, ProblemChange, Version
from lca.files.shipped import load_catalogue
from lca.presenting.writer import Writer
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity

#: A value of a descriptor that is longer is cut: the path says where it stands.
_LONGEST = 90
#: A label that is longer pushes what follows it.
_WIDEST = 60
_HASH = re.compile("[0-9a-f]{64}")

#: Spaces that do not break, and what would break the line or turn its direction.
_BREAKS = re.compile("[\u00a0\u202f\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def diff_lines(old: Version, new: Version, found: Difference, writer: Writer) -> Iterator[str]:
    """Yield the title, then each group of changes that is not empty; one line where nothing changed."""
    words = writer.words["versions"]
    yield _plain(f"{old.file} → {new.file}")
    groups = {
        "made": [_made(one, writer) for one in found.made],
        "inputs": [_input(one, writer) for one in found.inputs],
        "factors": [_factor(one, writer) for one in found.factors],
        "results": [_result(one, new, writer) for one in found.results],
        "verdicts": [_verdict(one, writer) for one in found.verdicts],
        "conditions": [_standing(one, writer) for one in found.conditions],
        "problems": [_problem(one, writer) for one in found.problems],
    }
    if not any(groups.values()):
        yield words["nothing_changed"]
    for name, lines in groups.items():
        if lines:
            width = min(_WIDEST, max(len(label) for label, _ in lines))
            yield from ("", _plain(words["groups"][name].format(number=len(lines))))
            yield from (_plain(f"  {label:{width}}  {text}") for label, text in lines)


#: What something is called, and how it changed.
_Line = tuple[str, str]


def _made(one: Change, writer: Writer) -> _Line:
    if one.path.startswith(PLUGIN):
        label = writer.words["versions"]["plugin"].format(name=one.path.removeprefix(PLUGIN))
        return label, f"{_short(one.old, writer)} → {_short(one.new, writer)}"
    values = (writer.trimmed(v) if one.path == "draws" else str(v) for v in (one.old, one.new))
    return writer.words["versions"]["made"][one.path], " → ".join(values)


def _input(one: Change, writer: Writer) -> _Line:
    return one.path, f"{_short(one.old, writer)} → {_short(one.new, writer)}"


def _short(value: Any, writer: Writer) -> str:
    """Return a value of a descriptor on one line, of a hash its beginning."""
    if value is None:
        return str(writer.words["versions"]["nothing"])
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = " ".join(text.split())
    longest = 12 if _HASH.fullmatch(text) else _LONGEST
    return text if len(text) <= longest else f"{text[:longest]}…"


def _factor(one: FactorChange, writer: Writer) -> _Line:
    word = writer.words["versions"][one.change]
    values = [_amount(each, writer) for each in (one.old, one.new) if each is not None]
    sources = dict.fromkeys(each.source for each in (one.old, one.new) if each is not None)
    return f"{one.key} {one.indicator}".strip(), f"{word:8} {' → '.join(values)}  <{' → '.join(sources)}>"


def _amount(one: Input, writer: Writer) -> str:
    return writer.in_unit(float(f"{one.value:.6g}"), writer.unit(one.unit)) if one.value is not None else "–"


def _result(one: Change, new: Version, writer: Writer) -> _Line:
    was, now = one.old, one.new
    ratio = ""
    if was is not None and now is not None and was.value and now.value and was.value > 0 < now.value:
        ratio = f"   × {writer.number(now.value / was.value, 3)}"
    return _name(one.path, new, writer), f"{_figure(was, writer)} → {_figure(now, writer)}{ratio}"


def _name(path: str, new: Version, writer: Writer) -> str:
    """Return what a figure is called; one with what was measured is said to be."""
    if path.startswith(MONITORED):
        name = _own_name(path.removeprefix(MONITORED), new.results.is_confirmed, writer)
        return str(writer.words["versions"]["measured"].format(name=name))
    return _own_name(path, new.results.is_established, writer)


def _own_name(path: str, is_established: bool | None, writer: Writer) -> str:
    """Return what a figure is called; a net that is not established is not called one."""
    kind, _, rest = path.partition(".")
    if kind == "benefit":
        net = writer.words["would_remain"] if is_established is False else {}
        return str(net.get(rest) or writer.words[rest])
    if rest.startswith("money."):
        return f"{writer.words['versions']['money']}, {rest.removeprefix('money.')}"
    indicators: Mapping[str, Any] = load_catalogue()[0].indicators
    name = indicators[rest].name[writer.language] if rest in indicators else rest or str(writer.words["energy"])
    return f"{name}, {writer.words['per_unit']}" if kind == "per-unit" else str(name)


def _figure(figure: Figure | None, writer: Writer) -> str:
    """Return a figure with its interval, as reports write them."""
    if figure is None:
        return str(writer.words["versions"]["nothing"])
    if figure.value is None:
        return str(writer.words["not_assessed"])
    low, high = figure.low95, figure.high95
    bounds = (low, figure.value, high) if low is not None and high is not None else None
    stated = Stated("", figure.value, figure.unit)
    is_drawn = bounds is not None and low != high
    quantity = Quantity("", figure.unit, figure.value, stated, int(is_drawn), is_open=bounds is None, _interval=bounds)
    interval = writer.interval(quantity)
    return f"{writer.amount(quantity)}{f' ({interval})' if interval != '–' else ''}"


def _verdict(one: Change, writer: Writer) -> _Line:
    return one.path, f"{_word(one.old, writer)} → {_word(one.new, writer)}"


def _standing(one: Change, writer: Writer) -> _Line:
    words, nothing = writer.words["conditions_words"]["standings"], str(writer.words["versions"]["nothing"])
    old, new = (nothing if value is None else str(words.get(value, value)) for value in (one.old, one.new))
    return one.path, f"{old} → {new}"


def _word(verdict: str | None, writer: Writer) -> str:
    if verdict is None:
        return str(writer.words["versions"]["nothing"])
    known = writer.words["terminal"]["verdicts"]
    return str(known[verdict][0]) if verdict in known else verdict


def _problem(one: ProblemChange, writer: Writer) -> _Line:
    told, problem = writer.words["messages"].told, one.problem
    word = writer.words["versions"]["new" if one.change == ADDED else "gone"]
    return word, f"{problem.code} {problem.file}:{problem.line}{writer.words['colon']} {told(problem.message)}"


def _plain(text: str) -> str:
    """Return a text of one line, with the spaces that a terminal breaks at and a search finds; a report may hold any sign."""
    return _BREAKS.sub(" ", text)

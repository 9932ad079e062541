"""Values that are kept out of what is published: which they are, and what of a descriptor is left without them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from lca.descriptor.document import Document, Path
from lca.descriptor.included import INCLUDE
from lca.descriptor.written_nodes import Layout, entry_in_lines
from lca.problems import Problem
from lca.quantities.units import unit_written

#: The key of a quantity's long form, and its one value.
VISIBILITY, RESTRICTED = "visibility", "restricted"

#: What a redacted descriptor begins with.
_FIRST_LINE = "# Public copy: values marked `visibility: restricted` were taken out. The agency's copy has them."

#: What a restricted value keeps where its number was taken out: its class of evidence, since classes count, and its unit.
_UNIT, _KEPT = "unit", (VISIBILITY, "evidence")

#: The figure of a tool beside what it measured, which gives that away.
_BY_TOOL, _OF_TOOL = "measured_by", "gwp100"

#: A number that is short may stand anywhere by chance.
_TELLING = 3


def is_restricted(data: Any) -> bool:
    """Say whether a node is a quantity whose value is restricted, taken out or not."""
    return isinstance(data, Mapping) and data.get(VISIBILITY) == RESTRICTED


def restricted_paths(data: Any, path: Path = ()) -> Iterator[Path]:
    """Yield the path of each restricted value, in the order of the descriptor."""
    if is_restricted(data):
        yield path
        return
    for key, value in _entries(data):
        if isinstance(value, Mapping | list):
            yield from restricted_paths(value, (*path, key))


def with_implied(data: Any) -> Any:
    """Return plain data in which the own figure of a tool is restricted too where what it measured is."""
    if isinstance(data, list):
        return [with_implied(value) for value in data]
    if not isinstance(data, Mapping) or is_restricted(data):
        return data
    found = {key: with_implied(value) for key, value in data.items()}
    tool = found.get(_BY_TOOL)
    if isinstance(tool, dict) and _OF_TOOL in tool and any(map(is_restricted, found.values())):
        found[_BY_TOOL] = {**tool, _OF_TOOL: _restricted(tool[_OF_TOOL])}
    return found


def taken_out(document: Document) -> Iterator[Problem]:
    """Yield an error for each value that was taken out: what is left of the descriptor cannot be computed."""
    for path in restricted_paths(document.data):
        if "value" not in _at(document.data, path):
            message = f"{'.'.join(path)}: the value is restricted, and was taken out of this public copy"
            yield Problem(document.at(path), "LCA427", message, "ask for the agency's copy, which can be computed")


def said_elsewhere(document: Document) -> Iterator[Problem]:
    """Yield a warning for each restricted value that is written in another place of the descriptor too."""
    restricted = [*restricted_paths(document.data)]
    texts = [(path, text) for path, text in _texts(document.data, ()) if path[0] != INCLUDE] if restricted else []
    for path in restricted:
        value = str(_at(document.data, path).get("value", ""))
        if sum(sign.isdecimal() for sign in value) + 2 * any(map(str.isalpha, value)) < _TELLING:
            continue
        written = re.compile(rf"(?<![\w.,]){re.escape(value)}(?![\w]|[.,]\d)")
        place = next((other for other, text in texts if written.search(text)), None)
        if place is not None:
            message = f"{'.'.join(path)} is restricted, and `{'.'.join(place)}` says the same number to everybody"
            yield Problem(
                document.at(place), "LCA619", message, "take it out there, or mark that value as restricted too"
            )


def redacted(data: Mapping[str, Any], further: Collection[Path] = ()) -> str:
    """Return a descriptor as text without its restricted values, with nothing that was known of them, and without comments.

    The values at the `further` paths are taken out too. The hashes of its parts go as well: who tries values one by one would
    find by them the one that is restricted.
    """
    return "\n".join([_FIRST_LINE, *_lines(_changed(with_implied(data), (), frozenset(further), _marker)), ""])


def with_number(data: Mapping[str, Any], number: str) -> str:
    """Return a descriptor, redacted or not, as text with a number in the place of each restricted one, its unit as it is.

    What is computed of it knows nothing of the numbers that are restricted.
    """

    def stands_in(quantity: Mapping[str, Any]) -> dict[str, Any]:
        marker = _marker(quantity)
        unit = marker.pop(_UNIT, "")
        return {"value": f"{number} {unit}".rstrip(), **marker}

    return "\n".join([*_lines(_changed(with_implied(data), (), frozenset(), stands_in)), ""])


def _lines(data: Mapping[str, Any]) -> Iterator[str]:
    for key, value in data.items():
        yield from entry_in_lines(str(key), value, Layout(), 0)


def _marker(quantity: Mapping[str, Any]) -> dict[str, Any]:
    unit = str(quantity.get(_UNIT, unit_written(str(quantity.get("value", "")))))
    return {**{key: quantity[key] for key in _KEPT if key in quantity}, **({_UNIT: unit} if unit else {})}


def _restricted(quantity: Any) -> dict[str, Any]:
    own = quantity if isinstance(quantity, Mapping) else {"value": quantity}
    return {**own, VISIBILITY: RESTRICTED}


def _changed(data: Any, path: Path, further: Collection[Path], change: Any) -> Any:
    """Return plain data with each restricted value changed, and without the hashes of parts."""
    if path in further:
        data = _restricted(data)
    if is_restricted(data):
        return change(data)
    if isinstance(data, list):
        return [_changed(value, (*path, str(index)), further, change) for index, value in enumerate(data)]
    if not isinstance(data, Mapping):
        return data
    kept = (key for key in data if not (key == "hash" and path[:1] == (INCLUDE,) and len(path) == 2))
    return {key: _changed(data[key], (*path, str(key)), further, change) for key in kept}


def _entries(data: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(data, Mapping):
        yield from ((str(key), value) for key, value in data.items())
    elif isinstance(data, list):
        yield from ((str(index), value) for index, value in enumerate(data))


def _texts(data: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield each text and number of plain data that is published, with its path."""
    if is_restricted(data):
        return
    if isinstance(data, str | int | float) and not isinstance(data, bool):
        yield path, str(data)
    for key, value in _entries(data):
        yield from _texts(value, (*path, key))


def _at(data: Any, path: Path) -> Any:
    for key in path:
        data = data[int(key)] if isinstance(data, list) else data[key]
    return data

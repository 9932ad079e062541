"""The steps of the form and what each place of a descriptor shows in them, as `templates/web/steps.yaml` says."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct, field

from lca.descriptor.document import Path
from lca.files.folders import data_folder
from lca.files.remembered import plain_data


class Layout(Struct, frozen=True):
    """What a place shows: the keys from the beginning, alternatives, keys that follow others, and what a new entry holds."""

    first: tuple[str, ...] = ()
    ways: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    with_: Mapping[str, tuple[str, ...]] = field(default_factory=dict, name="with")
    name: str = ""
    begin: Mapping[str, Any] | None = None

    def way(self, data: Mapping[str, Any]) -> str:
        """Return the alternative that data take: the first whose telling key they state; empty where they state none."""
        return next((name for name, keys in self.ways.items() if keys[0] in data), "")

    def shown(self, data: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the keys that are shown, in their order, before any other that data state."""
        way = self.way(data)
        led = [key for key in self.first if way and key == self.ways[way][0]]
        keys = [*led, *self.ways.get(way, ()), *self.first]
        keys += [key for leading, others in self.with_.items() if leading in data for key in others]
        return tuple(dict.fromkeys(keys))

    def hidden(self, data: Mapping[str, Any]) -> frozenset[str]:
        """Return the keys of the alternatives that are not taken."""
        way = self.way(data)
        if not way:
            return frozenset(key for keys in self.ways.values() for key in keys)
        return frozenset(key for keys in self.ways.values() for key in keys) - frozenset(self.ways[way])


class Steps(Struct, frozen=True):
    """The steps by name with the top-level keys of each, the layout of places by path, and lists of names by keys.

    `long` holds the keys of texts that take several lines, `moved` the keys that another step shows than that of their place.
    """

    steps: Mapping[str, tuple[str, ...]]
    places: Mapping[str, Layout]
    lists: Mapping[str, tuple[str, ...]]
    long: tuple[str, ...]
    moved: Mapping[str, str]

    def layout(self, pattern: Path) -> Layout:
        """Return the layout of a place, an empty one where none is written."""
        return self.places.get(".".join(pattern), _EMPTY)

    def list_of(self, pattern: Path) -> str:
        """Return the name of the list that completes a key, empty where there is none."""
        written = "." + ".".join(pattern)
        return next((name for name, ends in self.lists.items() if any(written.endswith(f".{end}") for end in ends)), "")

    def step_of(self, path: Path) -> str:
        """Return the step that shows a path, empty where no step does."""
        if ".".join(path[:2]) in self.moved:
            return self.moved[".".join(path[:2])]
        return next((name for name, keys in self.steps.items() if path and path[0] in keys), "")


_EMPTY = Layout()


@functools.cache
def read_steps() -> Steps:
    """Return the steps that are shipped."""
    text = (data_folder("templates") / "web" / "steps.yaml").read_text("utf-8")
    return msgspec.convert(plain_data("form-steps", {"steps": text})["steps"], Steps)

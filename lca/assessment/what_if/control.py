"""What a control of the page is: which leaves it moves, within which bounds, and what it changes in the descriptor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from lca.descriptor.document import Path
from lca.quantities.exported_trees import Edge
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Computed, Quantity
from lca.quantities.trees import walk

PLACE, PUE, LIFETIME, VOLUME, ADOPTION, ATTRIBUTION, REBOUND = KINDS = (
    *("place", "pue", "lifetime", "volume"),
    *("adoption", "attribution", "rebound"),
)


class Chosen(Struct, frozen=True):
    """The value that a reader chooses, as it is written into the descriptor: with a unit behind it, or times each of a list."""

    unit: str = ""
    times: tuple[float, ...] = ()

    def of(self, value: float | str) -> Any:
        """Return what is written for a value."""
        if self.times:
            return [each * float(value) for each in self.times]
        return f"{value!r} {self.unit}" if self.unit else value


#: What a control writes into the descriptor: at each path a value, nothing (null), or what is chosen.
Patch = tuple[tuple[Path, Any], ...]


class Control(Struct, frozen=True, kw_only=True):
    """Something that a reader may change.

    `path` is the thing that it belongs to, empty where it is the whole study's. Its leaves are found by the inputs that they are
    (`edges`) or by their records; each belongs to one of its `movers`. A number lies from `low` to `high`, in `unit`; it takes the
    place of the leaves, or multiplies them where it is a `factor`. `choices` holds, for each zone that may be chosen, the value
    that each mover's leaf then has.
    """

    name: str
    kind: str
    path: str = ""
    edges: Mapping[Edge, str] = field(default_factory=dict)
    records: Mapping[str, str] = field(default_factory=dict)
    low: float = 0.0
    high: float = 1.0
    unit: str = "1"
    written: str = ""
    factor: bool = False
    choices: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    patch: Patch = ()

    @property
    def movers(self) -> list[str]:
        """What moves its leaves, each once, in their order."""
        return list(dict.fromkeys((*self.edges.values(), *self.records.values())))


def inputs_of(trees: Iterable[Quantity]) -> Iterator[tuple[Edge, str, Quantity]]:
    """Yield each input of each node of some trees: its edge, its name and what stands there."""
    for node in walk(trees):
        if isinstance(node.origin, Computed):
            for index, (name, part) in enumerate(node.origin.inputs):
                yield (id(node.origin), index), name, part


def unit_of(stated: Stated) -> str:
    """Return a stated value's unit as a descriptor writes it, with the noun that it counts; empty where it has none."""
    head, _, below = stated.unit.partition("/")
    counted = " ".join(part for part in (head if head != "1" else "", stated.noun) if part) or "1"
    unit = "/".join(part for part in (counted, below) if part)
    return unit if unit != "1" else ""

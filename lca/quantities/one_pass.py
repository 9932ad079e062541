"""One pass over a tree: every node in the versions that are needed of it, and no array longer than it is needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set

import numpy as np

from lca.quantities.formula import TOTAL
from lca.quantities.provenance import Factor, Stated
from lca.quantities.quantity import Computed, Quantity
from lca.quantities.uncertainty import Array, draw
from lca.quantities.units import conversion

#: A node, by its identity, in a version.
Key = tuple[int, int]

#: Gets a node, its version and its draws, while they exist.
Take = Callable[[Quantity, int, Array], None]


def in_order(roots: Iterable[Quantity], all_nodes: bool = True) -> Iterator[Quantity]:
    """Yield every node under some roots once, inputs before results, in the order of the roots and of the inputs.

    Unless all nodes are asked for, what has no draws is not looked into.
    """
    seen: set[int] = set()
    for root in roots:
        stack = [(root, False)]
        while stack:
            node, ready = stack.pop()
            if ready:
                yield node
            elif id(node) not in seen:
                seen.add(id(node))
                stack.append((node, True))
                if isinstance(node.origin, Computed) and (all_nodes or node.is_drawn):
                    stack.extend((part, False) for _, part in reversed(node.origin.inputs) if id(part) not in seen)


def own_draws(leaf: Quantity, origin: Stated | Factor) -> Array:
    """Return the best estimate and the draws of a leaf."""
    assert leaf.stream is not None
    return draw(origin.value, origin.uncertainty, leaf.stream.seed, leaf.stream.name, leaf.drawn)


def converted(draws: Array, source: str, target: str) -> Array:
    """Return draws in another unit."""
    factor = conversion(source, target)
    return draws if factor == 1.0 else draws * factor


class _Sum:
    """A sum that is growing: parts are added in their order, whatever the order in which they come."""

    def __init__(self, node: Quantity, key: Key, parts: Sequence[tuple[Quantity, Key | None]]) -> None:
        self.node, self.key, self.parts = node, key, parts
        self.left = Counter(key for _, key in parts)
        self.waiting: dict[Key, Array] = {}
        self.next = 0
        self.result = np.zeros(1)
        self._go_on()

    def add(self, part: Key, draws: Array) -> None:
        """Take a part that has become known."""
        self.waiting[part] = draws
        self._go_on()

    @property
    def is_complete(self) -> bool:
        """Whether all parts are added."""
        return self.next == len(self.parts)

    def _go_on(self) -> None:
        while self.next < len(self.parts):
            part, key = self.parts[self.next]
            if key is None:
                draws = np.array([part.value])
            elif key in self.waiting:
                draws = self.waiting[key]
                self.left[key] -= 1
                if not self.left[key]:
                    del self.waiting[key]
            else:
                return
            self.result = self.result + converted(draws, part.unit, self.node.unit)
            self.next += 1


class Pass:
    """One pass over nodes that stand in order, each in the versions that are needed of it.

    Version 0 of a node is the node as it stands; version `v` what it is with the leaves of variant `v - 1` replaced, which only
    nodes have that rest on one of these leaves. What is kept at its best estimate, or has no draws, has no key.
    """

    def __init__(
        self, nodes: Sequence[Quantity], asked: Set[int], variants: Sequence[Mapping[str, Array]], best: bool
    ) -> None:
        self.nodes, self.asked, self.variants, self.best = nodes, asked, variants, best
        self.moved = [self._moved(variant) for variant in variants]
        self.versions: dict[int, list[int]] = {}
        self.arrays: dict[Key, Array] = {}
        self.sums: dict[Key, _Sum] = {}
        self.sums_of: dict[Key, list[_Sum]] = {}
        self.uses: dict[Key, int] = {}
        self.parts: dict[Key, list[tuple[Quantity, Key | None]]] = {}
        for node in reversed(nodes):  # what uses a node stands behind it
            if id(node) in asked:
                for version in range(1, len(variants) + 1) if variants else (0,):
                    self._need(node, version)
            if isinstance(node.origin, Computed):
                for version in self.versions.get(id(node), ()):
                    if (key := self._key(node, version)) is not None:
                        self._note(node, key, node.origin)

    def _moved(self, replaced: Mapping[str, Array]) -> set[int]:
        """Return the nodes that rest on a replaced leaf."""
        moved: set[int] = set()
        for node in self.nodes:
            if isinstance(node.origin, Computed):
                if any(id(part) in moved for _, part in node.origin.inputs):
                    moved.add(id(node))
            elif node.origin.record in replaced:
                moved.add(id(node))
        return moved

    def _need(self, node: Quantity, version: int) -> Key | None:
        """Note that a version of a node is needed, and return its key."""
        key = self._key(node, version)
        own = version if version and id(node) in self.moved[version - 1] else 0
        needed = self.versions.setdefault(id(node), [])
        if own not in needed:
            needed.append(own)
        return key

    def _key(self, node: Quantity, version: int) -> Key | None:
        """Return the key of a version of a node, None where that is its best estimate alone."""
        if version and id(node) in self.moved[version - 1]:
            return id(node), version
        return None if self.best or not node.is_drawn else (id(node), 0)

    def _note(self, node: Quantity, key: Key, origin: Computed) -> None:
        """Note which nodes a node waits for, and that these are needed."""
        parts = [(part, self._need(part, key[1])) for _, part in origin.inputs]
        waited_for = {part for _, part in parts if part is not None}
        if origin.formula is TOTAL:
            growing = self.sums[key] = _Sum(node, key, parts)
            for part in waited_for:
                self.sums_of.setdefault(part, []).append(growing)
        else:
            self.parts[key] = parts
            for part in waited_for:
                self.uses[part] = self.uses.get(part, 0) + 1

    def run(self, take: Take) -> None:
        """Evaluate the nodes, and hand over those that are asked for; a sum is handed on as soon as its last part is there."""
        done: set[Key] = set()
        for node in self.nodes:
            for version in self.versions.get(id(node), ()):
                key = self._key(node, version)
                if key is None:
                    if id(node) in self.asked:
                        self._hand_over(node, version, np.array([node.value]), take)
                elif key not in done:
                    self._finish(node, key, done, take)

    def _finish(self, node: Quantity, key: Key, done: set[Key], take: Take) -> None:
        """Evaluate a node, and all sums that it completes."""
        ready = [(node, key)]
        while ready:
            here, key = ready.pop()
            done.add(key)
            draws = self._draws(here, key)
            if id(here) in self.asked:
                self._hand_over(here, key[1], draws, take)
            for growing in self.sums_of.pop(key, ()):
                growing.add(key, draws)
                if growing.is_complete:
                    ready.append((growing.node, growing.key))
            if self.uses.get(key):
                self.arrays[key] = draws

    def _hand_over(self, node: Quantity, version: int, draws: Array, take: Take) -> None:
        """Hand over a node in a version; where none of its leaves is replaced, in all variants that leave it as it stands."""
        if version or not self.variants:
            take(node, version, draws)
            return
        for variant, moved in enumerate(self.moved, start=1):
            if id(node) not in moved:
                take(node, variant, draws)

    def _draws(self, node: Quantity, key: Key) -> Array:
        origin, version = node.origin, key[1]
        if not isinstance(origin, Computed):
            return self.variants[version - 1][origin.record] if version else own_draws(node, origin)
        if origin.formula is TOTAL:
            return self.sums.pop(key).result
        parts = self.parts.pop(key)
        inputs = {
            argument.name: converted(
                np.array([part.value]) if own is None else self.arrays[own], part.unit, argument.unit
            )
            for argument, (part, own) in zip(origin.formula.arguments, parts, strict=True)
        }
        for own in {own for _, own in parts if own is not None}:
            self.uses[own] -= 1
            if not self.uses[own]:
                del self.arrays[own]
        return np.asarray(origin.formula.function(**inputs), dtype=np.float64)

"""A figure with one leaf at a time at other values: only what rests on a moved leaf is computed again."""

from __future__ import annotations

import heapq
from collections.abc import Mapping

import numpy as np

from lca.quantities.formula import TOTAL
from lca.quantities.one_pass import converted, interleaved
from lca.quantities.quantity import Computed, Quantity
from lca.quantities.trees import walk
from lca.quantities.uncertainty import Array
from lca.quantities.units import conversion

#: So many leaves are moved at once: enough that the arithmetic is in arrays, few enough that these are small.
BLOCK = 64


def one_at_a_time(figure: Quantity, changes: Mapping[str, Array]) -> dict[str, Array]:
    """Return the figure with each leaf in turn at other values, all other leaves at their best estimates.

    Args:
        figure: what is looked at.
        changes: the values that each leaf takes, by its record; as many for all.

    Shape: for each leaf that of its values.
    """
    tree = _Tree(figure)
    moved: dict[str, Array] = {}
    records = list(changes)
    for start in range(0, len(records), BLOCK):
        moved |= tree.moved({record: changes[record] for record in records[start : start + BLOCK]})
    return moved


class _Tree:
    """A tree at its best estimates, of which some leaves are moved and what rests on them is computed again."""

    def __init__(self, figure: Quantity) -> None:
        self.figure, self.nodes = figure, list(walk([figure], interleaved))
        place = {id(node): index for index, node in enumerate(self.nodes)}
        self.parts: list[tuple[int, ...]] = []
        self.users: list[list[int]] = [[] for _ in self.nodes]
        self.leaves: dict[str, list[int]] = {}
        for index, node in enumerate(self.nodes):
            origin = node.origin
            if not isinstance(origin, Computed):
                self.leaves.setdefault(origin.record, []).append(index)
                self.parts.append(())
                continue
            self.parts.append(tuple(place[id(part)] for _, part in origin.inputs))
            for part in set(self.parts[-1]):
                self.users[part].append(index)

    def moved(self, changes: Mapping[str, Array]) -> dict[str, Array]:
        """Return the figure at the changes of each leaf; all changes are columns of one sample axis."""
        width = len(next(iter(changes.values())))
        arrays: dict[int, Array] = {}
        for column, (record, values) in enumerate(changes.items()):
            for index in self.leaves[record]:
                arrays[index] = np.full(width * len(changes), self.nodes[index].value, dtype=np.float64)
                arrays[index][width * column : width * (column + 1)] = values
        waiting: list[int] = [*arrays]
        left: dict[int, int] = {}
        heapq.heapify(waiting)
        last = -1
        while waiting:
            index = heapq.heappop(waiting)
            if index == last:
                continue
            last = index
            if self.parts[index]:
                arrays[index] = self._again(index, arrays)
                for part in set(self.parts[index]) & arrays.keys():
                    left[part] -= 1
                    if not left[part]:  # all that rests on it is computed again
                        del arrays[part]
            left[index] = len(self.users[index])
            for user in self.users[index]:
                heapq.heappush(waiting, user)
        whole = arrays.get(len(self.nodes) - 1, np.array([self.figure.value]))
        columns = np.broadcast_to(whole, (width * len(changes),)).reshape(-1, width)
        return dict(zip(changes, columns, strict=True))

    def _again(self, index: int, arrays: Mapping[int, Array]) -> Array:
        node = self.nodes[index]
        assert isinstance(node.origin, Computed)
        parts = [(self.nodes[part], arrays.get(part)) for part in self.parts[index]]
        if node.origin.formula is not TOTAL:
            inputs = {
                argument.name: converted(np.array([part.value]) if moved is None else moved, part.unit, argument.unit)
                for argument, (part, moved) in zip(node.origin.formula.arguments, parts, strict=True)
            }
            return np.asarray(node.origin.formula.function(**inputs), dtype=np.float64)
        result: Array | float = 0.0
        for part, moved in parts:
            factor = conversion(part.unit, node.unit)
            result = result + (part.value if moved is None else moved) * factor
        return np.asarray(result, dtype=np.float64)

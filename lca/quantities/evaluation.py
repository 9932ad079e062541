"""Evaluates trees over all draws in one pass that keeps no array longer than it is needed.

A node of a tree keeps its best estimate and, once it was asked for, its interval; never its draws. Whoever needs draws has the
tree evaluated again: leaves are drawn from their own streams, so the result is the same to the bit. A sum takes each part as
soon as it is there, in the order in which the parts stand, so that no part waits for the last one.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import numpy as np

from lca.quantities.formula import TOTAL
from lca.quantities.quantity import Computed, Quantity
from lca.quantities.uncertainty import Array, draw
from lca.quantities.units import conversion

#: Gets a node and its draws, while they exist.
Take = Callable[[Quantity, Array], None]

NO_LEAVES: Mapping[str, Array] = {}


def draws_of(quantity: Quantity) -> Array:
    """Return the best estimate and the draws of one quantity."""
    found: list[Array] = []
    evaluate([quantity], lambda _, draws: found.append(draws))
    return found[0]


def settle(quantities: Iterable[Quantity]) -> None:
    """Take the intervals of some quantities in one pass over their trees; those that have theirs are left alone."""
    waiting = {id(q): q for q in quantities if not q.is_settled}
    evaluate(waiting.values(), lambda quantity, draws: quantity.settle(draws))


def replay(node: Quantity, leaves: Mapping[str, Array], best: bool = False) -> Array:
    """Evaluate a tree again with some leaves (by record, in the leaf's unit) replaced by other draws.

    What rests on no replaced leaf keeps its draws, or its best estimate alone where `best` is set, so that the replaced
    leaves may have a sample axis of their own. With a leaf's own draws the result is the same to the bit.
    """
    found: list[Array] = []
    evaluate([node], lambda _, draws: found.append(draws), leaves, best)
    return found[0]


def evaluate(
    wanted: Iterable[Quantity], take: Take, replaced: Mapping[str, Array] = NO_LEAVES, best: bool = False
) -> None:
    """Evaluate some quantities, each node of their trees once, and hand over each as soon as it is there.

    Args:
        wanted: what is asked for, in the order in which the trees are walked.
        take: gets each of them once with its draws.
        replaced: draws of leaves that take the place of their own, by record.
        best: what rests on no replaced leaf stays at its best estimate.
    """
    asked = {id(quantity): quantity for quantity in wanted}
    _Pass(list(in_order(asked.values(), bool(replaced))), asked, replaced, best).run(take)


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


class _Sum:
    """A sum that is growing: parts are added in their order, whatever the order in which they come."""

    def __init__(self, node: Quantity, constant: Callable[[Quantity], bool]) -> None:
        assert isinstance(node.origin, Computed)
        self.node, self.constant = node, constant
        self.parts = [part for _, part in node.origin.inputs]
        self.left = Counter(map(id, self.parts))
        self.waiting: dict[int, Array] = {}
        self.next = 0
        self.result = np.zeros(1)
        self._go_on()

    def add(self, part: Quantity, draws: Array) -> None:
        """Take a part that has become known."""
        self.waiting[id(part)] = draws
        self._go_on()

    @property
    def is_complete(self) -> bool:
        """Whether all parts are added."""
        return self.next == len(self.parts)

    def _go_on(self) -> None:
        while self.next < len(self.parts):
            part = self.parts[self.next]
            if self.constant(part):
                draws = np.array([part.value])
            elif id(part) in self.waiting:
                draws = self.waiting[id(part)]
                self.left[id(part)] -= 1
                if not self.left[id(part)]:
                    del self.waiting[id(part)]
            else:
                return
            self.result = self.result + converted(draws, part.unit, self.node.unit)
            self.next += 1


class _Pass:
    """One pass over nodes that stand in order."""

    def __init__(
        self, nodes: Sequence[Quantity], asked: Mapping[int, Quantity], replaced: Mapping[str, Array], best: bool
    ) -> None:
        self.nodes, self.asked, self.replaced = nodes, asked, replaced
        moved = self._moved() if replaced else set()
        self.live = {id(n) for n in nodes if id(n) in moved or (not best and n.is_drawn)}
        self.arrays: dict[int, Array] = {}
        self.sums: dict[int, _Sum] = {}
        self.sums_of: dict[int, list[_Sum]] = {}
        self.uses: dict[int, int] = {}
        for node in nodes:
            if id(node) in self.live and isinstance(node.origin, Computed):
                self._note(node, node.origin)

    def _moved(self) -> set[int]:
        """Return the nodes that rest on a replaced leaf."""
        moved: set[int] = set()
        for node in self.nodes:
            if isinstance(node.origin, Computed):
                if any(id(part) in moved for _, part in node.origin.inputs):
                    moved.add(id(node))
            elif node.origin.record in self.replaced:
                moved.add(id(node))
        return moved

    def _note(self, node: Quantity, origin: Computed) -> None:
        """Note which nodes wait for which."""
        parts = {id(part) for _, part in origin.inputs if id(part) in self.live}
        if origin.formula is TOTAL:
            growing = self.sums[id(node)] = _Sum(node, lambda part: id(part) not in self.live)
            for part in parts:
                self.sums_of.setdefault(part, []).append(growing)
        else:
            for part in parts:
                self.uses[part] = self.uses.get(part, 0) + 1

    def run(self, take: Take) -> None:
        """Evaluate the nodes, and hand over those that are asked for; a sum is handed on as soon as its last part is there."""
        done: set[int] = set()
        for node in self.nodes:
            ready = [] if id(node) in done else [node]
            while ready:
                here = ready.pop()
                done.add(id(here))
                draws = self._draws(here) if id(here) in self.live else np.array([here.value])
                if id(here) in self.asked:
                    take(here, draws)
                for growing in self.sums_of.pop(id(here), ()):
                    growing.add(here, draws)
                    if growing.is_complete:
                        ready.append(growing.node)
                if self.uses.get(id(here)):
                    self.arrays[id(here)] = draws

    def _draws(self, node: Quantity) -> Array:
        origin = node.origin
        if not isinstance(origin, Computed):
            if (other := self.replaced.get(origin.record)) is not None:
                return other
            assert node.stream is not None
            return draw(origin.value, origin.uncertainty, node.stream.seed, node.stream.name, node.drawn)
        if origin.formula is TOTAL:
            return self.sums.pop(id(node)).result
        inputs = {
            argument.name: converted(self._input(part), part.unit, argument.unit)
            for argument, (_, part) in zip(origin.formula.arguments, origin.inputs, strict=True)
        }
        for part in {id(part) for _, part in origin.inputs if id(part) in self.live}:
            self.uses[part] -= 1
            if not self.uses[part]:
                del self.arrays[part]
        return np.asarray(origin.formula.function(**inputs), dtype=np.float64)

    def _input(self, part: Quantity) -> Array:
        return self.arrays[id(part)] if id(part) in self.live else np.array([part.value])


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
        self.figure, self.nodes = figure, list(in_order([figure]))
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
        waiting = [*arrays]
        heapq.heapify(waiting)
        last = -1
        while waiting:
            index = heapq.heappop(waiting)
            if index == last:
                continue
            last = index
            if self.parts[index]:
                arrays[index] = self._again(index, arrays)
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


def converted(draws: Array, source: str, target: str) -> Array:
    """Return draws in another unit."""
    factor = conversion(source, target)
    return draws if factor == 1.0 else draws * factor

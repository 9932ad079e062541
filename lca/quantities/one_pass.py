"""One pass over a tree: every node in the versions that are needed of it, and no array longer than it is needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from operator import itemgetter

import numpy as np

from lca.quantities.formula import TOTAL
from lca.quantities.provenance import Factor, Stated
from lca.quantities.quantity import Computed, Quantity
from lca.quantities.trees import inputs
from lca.quantities.uncertainty import Array, draw
from lca.quantities.units import conversion

#: Gets a node, its version and its draws, while they exist.
Take = Callable[[Quantity, int, Array], None]


def interleaved(node: Quantity) -> Sequence[Quantity]:
    """Return the inputs of a node in the order in which they are walked.

    Of a sum of sums, the parts of these first and side by side: work and manufacture of the same thing rest on the same nodes,
    which would wait for the whole of the other sum.
    """
    parts = inputs(node)
    if len(parts) < 2 or not _is_sum(node):
        return parts
    inner = [inputs(part) for part in parts if _is_sum(part)]
    if len(inner) < len(parts):
        return parts
    beside = [(place / len(others), part) for others in inner for place, part in enumerate(others)]
    return [*(part for _, part in sorted(beside, key=itemgetter(0))), *parts]


def _is_sum(node: Quantity) -> bool:
    return isinstance(node.origin, Computed) and node.origin.formula is TOTAL


def own_draws(leaf: Quantity, origin: Stated | Factor) -> Array:
    """Return the best estimate and the draws of a leaf."""
    assert leaf.stream is not None
    return draw(origin.value, origin.uncertainty, leaf.stream.seed, leaf.stream.name, leaf.drawn)


def converted(draws: Array, source: str, target: str) -> Array:
    """Return draws in another unit."""
    factor = conversion(source, target)
    return draws if factor == 1.0 else draws * factor


#: What a sum begins with.
NOTHING = np.zeros(1)


class _Cell:
    """A node in one version: the cells of its inputs, and its draws as long as another cell waits for them.

    An input that is kept at its best estimate has no cell.
    """

    __slots__ = ("draws", "is_done", "left", "node", "parts", "sums", "version")

    def __init__(self, node: Quantity, version: int) -> None:
        self.node, self.version = node, version
        self.parts: list[tuple[Quantity, _Cell | None]] = []
        self.sums: list[_Sum] = []
        self.left = 0
        self.is_done = False
        self.draws: Array | None = None

    def given_to(self, unit: str) -> Array:
        """Return the draws in another unit to a cell that waits for them; the last one has them to itself."""
        draws = self.draws
        assert draws is not None
        self.left -= 1
        if not self.left:
            self.draws = None
        return converted(draws, self.node.unit, unit)


class _Sum(_Cell):
    """A sum that is growing: parts are added in their order, whatever the order in which they come."""

    __slots__ = ("next", "result")

    def __init__(self, node: Quantity, version: int) -> None:
        super().__init__(node, version)
        self.next = 0
        self.result: Array = NOTHING

    def whole(self) -> Array:
        """Return the sum once it is grown; it is handed on and not kept."""
        result, self.result = self.result, NOTHING
        return result

    def grown(self) -> bool:
        """Add the parts that are there, and return whether these are all."""
        while self.next < len(self.parts):
            part, cell = self.parts[self.next]
            if cell is not None and cell.draws is None:
                return False
            self.result = self.result + _taken(part, cell, self.node.unit)
            self.next += 1
        return True


def _taken(part: Quantity, cell: _Cell | None, unit: str) -> Array:
    """Return an input in a unit: its draws, or its best estimate alone."""
    return converted(np.array([part.value]), part.unit, unit) if cell is None else cell.given_to(unit)


class Pass:
    """One pass over nodes that stand in order, each in the versions that are needed of it.

    Version 0 of a node is the node as it stands; version `v` what it is with the leaves of variant `v - 1` replaced, which only
    nodes have that rest on one of these leaves. What is kept at its best estimate, or has no draws, has no cell.
    """

    def __init__(
        self, nodes: Sequence[Quantity], asked: Set[int], variants: Sequence[Mapping[str, Array]], best: bool
    ) -> None:
        self.nodes, self.asked, self.variants, self.best = nodes, asked, variants, best
        self.moved = [self._moved(variant) for variant in variants]
        self.cells: dict[int, list[_Cell]] = {}
        asked_in = range(1, len(variants) + 1) if variants else (0,)
        for node in reversed(nodes):  # what uses a node stands behind it
            if id(node) in asked:
                for version in asked_in:
                    self._cell(node, version)
            if isinstance(node.origin, Computed):
                for cell in self.cells.get(id(node), ()):
                    self._connect(cell, node.origin)

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

    def _cell(self, node: Quantity, version: int) -> _Cell | None:
        """Return the cell of a node as a version needs it, None where that is its best estimate alone."""
        if version and id(node) not in self.moved[version - 1]:
            version = 0
        if not version and (self.best or not node.drawn):
            return None
        cells = self.cells.setdefault(id(node), [])
        for cell in cells:  # mostly one
            if cell.version == version:
                return cell
        is_sum = isinstance(node.origin, Computed) and node.origin.formula is TOTAL
        cells.append(_Sum(node, version) if is_sum else _Cell(node, version))
        return cells[-1]

    def _connect(self, cell: _Cell, origin: Computed) -> None:
        """Connect a cell with those of its inputs."""
        for _, part in origin.inputs:
            own = self._cell(part, cell.version)
            cell.parts.append((part, own))
            if own is not None:
                own.left += 1
                if isinstance(cell, _Sum) and cell not in own.sums[-1:]:
                    own.sums.append(cell)

    def run(self, take: Take) -> None:
        """Evaluate the nodes, and hand over those that are asked for; a sum is handed on as soon as its last part is there."""
        for node in self.nodes:
            for cell in self.cells.get(id(node), ()):
                if not cell.is_done:
                    self._finish(cell, take)
            if id(node) in self.asked and (self.best or not node.drawn):
                self._hand_over(node, 0, np.array([node.value]), take)

    def _finish(self, cell: _Cell, take: Take) -> None:
        """Evaluate a cell, and all sums that it completes."""
        ready = [cell]
        while ready:
            here = ready.pop()
            here.is_done = True
            draws = self._draws(here)
            if id(here.node) in self.asked:
                self._hand_over(here.node, here.version, draws, take)
            if here.left:
                here.draws = draws
            ready.extend(growing for growing in here.sums if growing.grown())
            here.parts, here.sums = [], []  # which hold each other, and would wait for the garbage collector

    def _hand_over(self, node: Quantity, version: int, draws: Array, take: Take) -> None:
        """Hand over a node in a version; where none of its leaves is replaced, in all variants that leave it as it stands."""
        if version or not self.variants:
            take(node, version, draws)
            return
        for variant, moved in enumerate(self.moved, start=1):
            if id(node) not in moved:
                take(node, variant, draws)

    def _draws(self, cell: _Cell) -> Array:
        node, origin = cell.node, cell.node.origin
        if isinstance(cell, _Sum):
            return cell.whole()
        if not isinstance(origin, Computed):
            return self.variants[cell.version - 1][origin.record] if cell.version else own_draws(node, origin)
        inputs = {
            argument.name: _taken(part, own, argument.unit)
            for argument, (part, own) in zip(origin.formula.arguments, cell.parts, strict=True)
        }
        return np.asarray(origin.formula.function(**inputs), dtype=np.float64)

"""Evaluates trees over all draws in one pass that keeps no array longer than it is needed.

A node of a tree keeps its best estimate and, once it was asked for, its interval; never its draws. Whoever needs draws has the
tree evaluated again: leaves are drawn from their own streams, so the result is the same to the bit. A sum takes each part as
soon as it is there, in the order in which the parts stand, so that no part waits for the last one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import numpy as np

from lca.quantities.one_pass import Pass, interleaved, own_draws
from lca.quantities.quantity import Computed, Quantity
from lca.quantities.trees import walk
from lca.quantities.uncertainty import Array

#: Gets a node and its draws, while they exist.
Take = Callable[[Quantity, Array], None]

#: So many variants are evaluated in one pass: enough that they share most of the work, few enough that their draws are small.
VARIANTS = 16


def draws_of(quantity: Quantity) -> Array:
    """Return the best estimate and the draws of one quantity."""
    if not quantity.is_drawn:
        return np.array([quantity.value])
    if not isinstance(quantity.origin, Computed):
        return own_draws(quantity, quantity.origin)
    found: list[Array] = []
    evaluate([quantity], lambda _, draws: found.append(draws))
    return found[0]


def settle(quantities: Iterable[Quantity], walked: Iterable[Quantity] = ()) -> None:
    """Take the intervals of some quantities in one pass over their trees; those that have theirs are left alone.

    What is `walked` before them says in which order their trees are evaluated, where theirs would keep more draws at once.
    """
    waiting = {id(q): q for q in quantities if not q.is_settled}
    evaluate(waiting.values(), lambda quantity, draws: quantity.settle(draws), walked)


class BestReplay:
    """A tree that is evaluated again with some leaves (by record, in the leaf's unit) replaced, all others at their best estimate.

    The replaced leaves may so have a sample axis of their own. The tree is walked once, however often it is evaluated.
    """

    def __init__(self, node: Quantity, records: Collection[str]) -> None:
        self.node = node
        moved: set[int] = set()
        self._nodes: list[Quantity] = []
        for one in walk([node], interleaved):
            if isinstance(one.origin, Computed):
                rests_on = any(id(part) in moved for _, part in one.origin.inputs)
            else:
                rests_on = one.origin.record in records
            if rests_on:
                moved.add(id(one))
                self._nodes.append(one)

    def __call__(self, leaves: Mapping[str, Array]) -> Array:
        """Return the result with the leaves in the place of those of their records."""
        found = [np.array([self.node.value])]
        Pass(self._nodes, {id(self.node)}, [leaves], best=True).run(lambda _node, _version, draws: found.append(draws))
        return found[-1]


def replay(node: Quantity, leaves: Mapping[str, Array]) -> Array:
    """Evaluate a tree again with some leaves (by record, in the leaf's unit) replaced by other draws.

    What rests on no replaced leaf keeps its draws. With a leaf's own draws the result is the same to the bit.
    """
    return replay_each(node, [leaves])[0]


def replay_each(node: Quantity, variants: Sequence[Mapping[str, Array]]) -> list[Array]:
    """Return what `replay` gives for each of several variants, in blocks that share what the variants have in common."""
    nodes = list(walk([node], interleaved))
    found: dict[int, Array] = {}
    for start in range(0, len(variants), VARIANTS):
        block = variants[start : start + VARIANTS]

        def keep(_: Quantity, version: int, draws: Array, start: int = start) -> None:
            found[start + version - 1] = draws

        Pass(nodes, {id(node)}, block, best=False).run(keep)
    return [found[index] for index in range(len(variants))]


def evaluate(wanted: Iterable[Quantity], take: Take, walked: Iterable[Quantity] = ()) -> None:
    """Evaluate some quantities, each node of their trees once, and hand over each as soon as it is there.

    Args:
        wanted: what is asked for.
        take: gets each of them once with its draws.
        walked: what is walked before them.
    """
    asked = {id(quantity): quantity for quantity in wanted}
    nodes = list(walk([*walked, *asked.values()], _where_drawn))
    Pass(nodes, asked.keys(), (), best=False).run(lambda node, _, draws: take(node, draws))


def _where_drawn(node: Quantity) -> Sequence[Quantity]:
    """Return the inputs of a node that has draws; what has none is not looked into."""
    return interleaved(node) if node.is_drawn else ()

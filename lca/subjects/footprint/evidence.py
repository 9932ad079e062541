"""On which evidence the impacts rest."""

from __future__ import annotations

from collections.abc import Iterable

from lca.quantities.provenance import Evidence, Stated
from lca.quantities.trees import weakest
from lca.subjects.footprint.impacts import Impact


def evidence_shares(impacts: Iterable[Impact], indicator: str) -> dict[str, float]:
    """Return the share of an indicator that rests on each evidence class; the shares add up to one.

    An impact's class is that of its weakest leaf that is not a characterisation factor; a stated footprint's is its own.
    """
    amounts = {evidence.word: 0.0 for evidence in Evidence}
    known: dict[int, Evidence] = {}
    for impact in impacts:
        if impact.indicator == indicator:
            evidence = weakest(impact.flow.quantity, known)
            if impact.flow.is_stated and isinstance(impact.leaf, Stated):
                evidence = min(evidence, impact.leaf.evidence)
            amounts[evidence.word] += impact.quantity.value
    whole = sum(amounts.values())
    return {word: amount / whole for word, amount in amounts.items()} if whole else amounts

"""What the electricity factors of a study cover, and which of these are not alike."""

from __future__ import annotations

from collections.abc import Iterable

from lca.descriptor.descriptor import Descriptor
from lca.quantities.provenance import Factor
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.flow import Flow

#: Coverages that are not alike.
LIFE_OR_DIRECT, MIX = {"life-cycle", "direct"}, {"production", "consumption"}


def coverages(descriptor: Descriptor, flows: Iterable[Flow]) -> set[str]:
    """Return what the electricity factors of a project cover, by the words of the catalogue."""
    found: set[str] = set()
    for flow in flows:
        leaf = flow.factors.get("gwp100")
        if flow.is_electricity and isinstance(leaf, Factor):
            found |= leaf.coverage
        elif flow.is_electricity and flow.site in descriptor[ProductSystem].sites:
            found.add(descriptor[ProductSystem].sites[flow.site].electricity_coverage)
    return found

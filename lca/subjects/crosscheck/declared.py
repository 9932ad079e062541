"""What a descriptor declares under `stated_results`: figures that somebody prints, to be recomputed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lca.quantities.provenance import Stated


@dataclass(frozen=True, slots=True)
class StatedResult:
    """A figure that somebody prints, and the path of the figure here that it should equal."""

    path: str
    name: str
    figure: str
    source: str
    value: Stated | None = None


@dataclass(frozen=True, slots=True)
class StatedResults:
    """The stated figures by name."""

    stated_results: Mapping[str, StatedResult] = field(default_factory=dict)

"""What a descriptor declares under `stated_results`: figures that somebody prints, to be recomputed."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from lca.quantities.provenance import Stated


class StatedResult(Struct, frozen=True):
    """A figure that somebody prints, and the path of the figure here that it should equal.

    Where `over` names another one, it is the ratio of the two.
    """

    path: str
    name: str
    figure: str
    source: str
    value: Stated | None = None
    over: str = ""


class StatedResults(Struct, frozen=True):
    """The stated figures by name."""

    stated_results: Mapping[str, StatedResult] = field(default_factory=dict)

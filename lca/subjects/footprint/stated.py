"""Footprints that are only known from elsewhere: a maker's figure, a paper's total, an applicant's own factor."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from lca.quantities.provenance import Stated
from lca.subjects.footprint.flow import EMBODIED, OPERATIONAL, STATED, Context, Flow, Leaf

INDICATORS = ("gwp100", "adpe", "primary_energy", "water_consumption", "water_scarcity")


class StatedFootprint(Struct, frozen=True):
    """Stated impacts of one unit of a thing, with their source."""

    path: str
    source: str
    gwp100: Stated | None = None
    adpe: Stated | None = None
    primary_energy: Stated | None = None
    water_consumption: Stated | None = None
    water_scarcity: Stated | None = None
    scope: str = OPERATIONAL
    coverage: str = ""

    def leaves(self, per: str = "1") -> dict[str, Leaf]:
        """Return the stated impacts by indicator, each per one `per`."""
        stated: Mapping[str, Stated | None] = {name: getattr(self, name) for name in INDICATORS}
        return {
            name: replace(
                value, unit=f"{value.unit}/{per}" if per != "1" else value.unit, source=value.source or self.source
            )
            for name, value in stated.items()
            if value is not None
        }


class OwnFactor(StatedFootprint, frozen=True):
    """An applicant's factor per unit of something that the catalogue does not hold."""

    per: str = "1"


ONE = Stated(path="one", value=1.0, unit="1", text="1")


def stated_flow(context: Context, stage: str, footprint: StatedFootprint, note: str) -> Flow:
    """Return the flow of an activity that is known only by its footprint: one, times what is stated."""
    path = footprint.path.removesuffix(".stated")
    one = context.sample(replace(ONE, path=path, location=context.at(footprint.path)), "the activity as a whole")
    scope = EMBODIED if footprint.scope == EMBODIED else OPERATIONAL
    words = "; ".join(part for part in (footprint.coverage, note) if part)
    return Flow(stage, path, "stated footprint", scope, STATED, one, footprint.leaves(), note=words)

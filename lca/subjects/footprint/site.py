"""A site as it is declared: where it stands, whose it is, and what is known of its electricity."""

from __future__ import annotations

from msgspec import Struct

from lca.quantities.provenance import Stated


class FactorYear(Struct, frozen=True):
    """The year whose electricity factor may stand in, and why."""

    path: str
    year: int
    reason: str


class MarketBased(Struct, frozen=True):
    """Electricity as a contract or certificate accounts for it; never part of a total."""

    path: str
    instrument: str
    source: str
    factor: Stated | None = None


class Site(Struct, frozen=True):
    """A place where machines run; `generation` is one technology that a scenario supposes instead of the grid."""

    path: str
    name: str
    location: str = ""
    provider: str = ""
    region: str = ""
    owner: str = ""
    kind: str = "data-centre"
    year: int | None = None
    pue: Stated | None = None
    wue: Stated | None = None
    electricity: Stated | None = None
    electricity_coverage: str = "unstated"
    electricity_water: Stated | None = None
    factor_year: FactorYear | None = None
    market_based: MarketBased | None = None
    generation: str = ""
    price: Stated | None = None
    label: str = ""

"""What a number may rest on: a published source, a factor of the catalogue, or a line of a descriptor."""

from __future__ import annotations

from enum import IntEnum

from msgspec import Struct, field

from lca.problems import Location
from lca.quantities.processor_time import HOURS_OF
from lca.quantities.uncertainty import Exact, Uncertainty


class Evidence(IntEnum):
    """How well a value is supported, weakest first, so that `min` finds the weakest of several."""

    PROXY = 0
    DEFAULT = 1
    COMPUTED = 2
    STATED = 3
    MEASURED = 4

    @property
    def word(self) -> str:
        """The class's name as the descriptor, the JSON and the report write it."""
        return self.name.lower()


class Source(Struct, frozen=True):
    """A publication that factors are taken from; `review_by` is the ISO date after which it should be renewed.

    `locator` says where in it those rows stand that give no place of their own.
    """

    id: str
    producer: str
    title: str
    licence: str
    citation: str
    version: str = ""
    published: str = ""
    accessed: str = ""
    url: str = ""
    archive_url: str = ""
    review_by: str = ""
    locator: str = ""


class Factor(Struct, frozen=True):
    """A published or assumed value of the catalogue, or an applicant's own factor.

    `label` is its name in English, and after a bar in French where there is one (`names`). `indicator` is empty for a parameter
    (PUE, lifetime, power). `coverage` holds the words that say what the value
    includes (`life-cycle` or `direct`, `consumption` or `production`, `includes-pue`, ...). `status` is `published`,
    `assumption`, `unverified` or `own`. `terms` is empty but where it is made of others: their sum, each term a factor or a
    share and a factor.
    """

    key: str
    indicator: str
    value: float
    unit: str
    uncertainty: Uncertainty
    source: Source
    label: str = ""
    uncertainty_rule: str = ""
    geography: str = ""
    year: int | None = None
    method: str = ""
    coverage: frozenset[str] = frozenset()
    locator: str = ""
    status: str = "published"
    note: str = ""
    location: Location | None = None
    proxy_for: str = ""
    terms: tuple[tuple[Factor, ...], ...] = ()

    @property
    def names(self) -> tuple[str, str]:
        """What it is called in English, or its key, and in French, empty where no French name is written beside it."""
        english, _, french = (self.label or self.key).partition("|")
        return english, french

    @property
    def record(self) -> str:
        """The name that seeds this factor's draws: the same wherever the factor is used."""
        return f"factor/{self.source.id}/{self.key}/{self.indicator}{'/composed' if self.terms else ''}"

    @property
    def evidence(self) -> Evidence:
        """A proxy when the factor stands in for another year or thing; an applicant's own factor counts as stated."""
        if self.proxy_for:
            return Evidence.PROXY
        return Evidence.STATED if self.status == "own" else Evidence.DEFAULT


class Stated(Struct, frozen=True):
    """A value that a descriptor states, with the place where it stands.

    `noun` is the counted noun of the unit (`image` in `10000 image/day`), empty where nothing is counted. `without_range` marks
    what is announced without a range: its draws are all alike for want of knowledge, not for certainty. `restricted` marks what
    is kept out of everything that is published.
    """

    path: str
    value: float
    unit: str
    uncertainty: Uncertainty = field(default_factory=Exact)
    evidence: Evidence = Evidence.STATED
    location: Location = field(default_factory=lambda: Location("-", 1, 1))
    source: str = ""
    noun: str = ""
    text: str = ""
    without_range: bool = False
    restricted: bool = False

    @property
    def is_processor_time(self) -> bool:
        """Whether it is time of processors, cores or nodes, added over them, which no clock shows."""
        return self.noun in HOURS_OF

    @property
    def record(self) -> str:
        """The name that seeds this value's draws."""
        return f"stated/{self.path}"

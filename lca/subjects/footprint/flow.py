"""What an activity hands on: flows, and the context in which a record is turned into them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field

from lca.catalogue.book import PROXY_YEARS, FactorBook
from lca.catalogue.indicator import Indicator
from lca.problems import Location, Problem
from lca.quantities.provenance import Factor, Stated
from lca.quantities.quantity import Quantity, Sampler

if TYPE_CHECKING:
    from lca.subjects.footprint.language_model import Model

Leaf = Factor | Stated

STAGES = ("collection", "transfer", "storage", "training", "experiments", "inference", "equipment")
#: What an amount belongs to: the use of things, or their manufacture, transport and end of life; a gap may leave out both.
OPERATIONAL, EMBODIED, BOTH = "operational", "embodied", "operational and embodied"
#: Who draws electricity, and so buys it: the project at its sites, network operators, the users of a service, the clients that
#: train a federated model.
PROJECT, NETWORK, USERS, CLIENTS = "project", "network", "users", "clients"
#: The key of a flow that is known by its stated footprint alone.
STATED = "stated"


class Flow(Struct, frozen=True, eq=False):
    """An amount of something that an activity uses, with the factors that characterise it.

    `part` is the id of the line within the activity (`idle`, `manufacture of the host`): figures and JSON name it so, and each
    language has its own words for it. `factors` holds one leaf per indicator; an indicator without a leaf is not assessed for
    this flow. `at_plug` is the electricity before PUE, `drawn_by` says who draws it. `within` names the indicators of which another
    line's figure holds this one.
    """

    stage: str
    activity: str
    part: str
    scope: str
    key: str
    quantity: Quantity
    factors: Mapping[str, Leaf]
    site: str = ""
    at_plug: Quantity | None = None
    note: str = ""
    drawn_by: str = PROJECT
    within: frozenset[str] = frozenset()

    @property
    def is_electricity(self) -> bool:
        """Whether electricity is what is used."""
        return self.key.startswith("electricity/")

    @property
    def is_water(self) -> bool:
        """Whether water taken in on site is what is used."""
        return self.key == "water/on-site"

    @property
    def is_stated(self) -> bool:
        """Whether its footprint is stated, and nothing known of what is used."""
        return self.key == STATED


class Gap(Struct, frozen=True, eq=False):
    """Something that an activity describes and that no factor covers: printed as not assessed, never counted as zero.

    `scope` says what is left out: `OPERATIONAL`, `EMBODIED` or `BOTH`; `part` is the id of the line that is missing. `reason` is
    for readers. `indicator` names the one that it leaves open, and is empty where it leaves all open.
    """

    stage: str
    activity: str
    part: str
    reason: str
    scope: str
    indicator: str = ""

    def leaves_open(self, indicator: str) -> bool:
        """Say whether an indicator's total lacks it."""
        return self.indicator in ("", indicator)


class Use(Struct, frozen=True, eq=False):
    """How many of a kind of machine an activity wears out, and the machine time that it holds, stated waiting included."""

    machine: str
    activity: str
    share: Quantity
    time: Quantity


class Context(Struct):
    """What turning records into flows needs: book, sampler, year, the models that are named, where to note problems and gaps."""

    book: FactorBook
    sample: Sampler
    year: int
    locate: Mapping[tuple[str, ...], Location]
    file: str
    problems: list[Problem] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    models: Mapping[str, Model] = field(default_factory=dict)
    _noted: set[Problem] = field(default_factory=set)

    def at(self, path: str) -> Location:
        """Return the place of a dotted path in the descriptor, or of its nearest parent."""
        parts = tuple(path.split("."))
        while parts and parts not in self.locate:
            parts = parts[:-1]
        return self.locate.get(parts, Location(self.file, 1, 1))

    def problem(self, path: str, code: str, message: str, hint: str = "") -> None:
        """Note a problem at a path, once."""
        found = Problem(self.at(path), code, message, hint)
        if found not in self._noted:
            self._noted.add(found)
            self.problems.append(found)

    def default(self, key: str, label: str = "") -> Quantity:
        """Return the quantity of a parameter that the catalogue always holds."""
        return self.sample(self.book.get(key), label)

    def stated_or(self, stated: Stated | None, key: str) -> Quantity:
        """Return what the descriptor states, or the catalogue's default for it."""
        return self.sample(stated) if stated is not None else self.default(key)

    def factors_of(self, key: str) -> dict[str, Leaf]:
        """Return the preferred factor of a key for each indicator that has one."""
        found = ((indicator, self.book.find(key, indicator)) for indicator in self.book.indicators)
        return {indicator: factor for indicator, factor in found if factor is not None}


def concerns(indicator: Indicator, flow: Flow) -> bool:
    """Say whether an indicator is one of what is used and not counted in another line.

    Some are of electricity alone, of all else, or of water on site.
    """
    if indicator.id in flow.within:
        return False
    if indicator.of == "water-on-site":
        return flow.is_water
    if flow.is_water:
        return False
    return flow.is_electricity == (indicator.of == "electricity") if indicator.of else True


def proxy_too_far(factor: Factor, year: int) -> bool:
    """Say whether a factor's year is further from the activity's than may pass without a declared reason."""
    return bool(factor.proxy_for) and abs((factor.year or year) - year) > PROXY_YEARS

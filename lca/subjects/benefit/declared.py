"""What a descriptor says of a benefit: the reference scenario, effects of each order, and what stands behind them."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from lca.descriptor.descriptor import Descriptor
from lca.quantities.provenance import Stated
from lca.quantities.units import CURRENCIES, same_dimension

#: Evidence of an effect, weakest first.
EVIDENCE_CLASSES = ("expert", "literature", "model", "pilot", "measured")


class Trial(Struct, frozen=True):
    """What makes evidence a pilot or a measurement: how many, when, against what, how corrected, and whom it is carried to."""

    path: str
    number: Stated | None = None
    period: str = ""
    comparison: str = ""
    correction: str = ""
    population: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """The keys that are not stated."""
        keys = ("number", "period", "comparison", "correction", "population")
        return tuple(key for key in keys if not getattr(self, key))


class ChangedFlow(Struct, frozen=True):
    """What remains of a flow of the reference with the project, per year or per counted thing and year."""

    path: str
    name: str
    with_project: Stated | None = None
    count: Stated | None = None


class RemainingFlow(Struct, frozen=True):
    """What would remain of a flow of the reference by another course, per year or per counted thing and year."""

    path: str
    name: str
    remains: Stated | None = None
    count: Stated | None = None


class Alternative(Struct, frozen=True):
    """Another course than the project; where it is credible as what would happen anyway, what it would avoid a year.

    `flows` holds what would remain of flows of the reference.
    """

    path: str
    name: str
    description: str
    without_ai: bool = False
    why_not: str = ""
    credible: bool = False
    saving: Stated | None = None
    flows: Mapping[str, RemainingFlow] = field(default_factory=dict)
    file: str = ""

    @property
    def might_happen(self) -> bool:
        """Whether it counts as what would happen anyway: it is said to be credible, or nothing says why it is not."""
        return self.credible or not self.why_not


class ReferenceFlow(Struct, frozen=True):
    """Something that is used each year without the project: electricity of a place, an item of the catalogue, or an own factor.

    What names none of these is counted in its own unit alone.

    `over_years` holds the amount in each year over that of the first, the last value going on; so it does of a reference's
    quantity and of an effect.
    """

    path: str
    name: str
    amount: Stated | None = None
    description: str = ""
    electricity: str = ""
    factor: str = ""
    over_years: tuple[Stated, ...] = ()

    @property
    def unit(self) -> str:
        """The unit of the amount over a time; empty where it is no amount per time."""
        unit = self.amount.unit.partition("/")[0] if self.amount is not None else ""
        return unit if self.amount is not None and same_dimension(self.amount.unit, f"{unit}/year") else ""


class Reference(Struct, frozen=True):
    """What happens without the project: in words, and as a descriptor, as flows or as a stated quantity."""

    path: str
    description: str
    justification: str = ""
    date: str = ""
    functional_unit: Stated | None = None
    descriptor: str = ""
    flows: Mapping[str, ReferenceFlow] = field(default_factory=dict)
    quantity: Stated | None = None
    over_years: tuple[Stated, ...] = ()
    alternatives: Mapping[str, Alternative] = field(default_factory=dict)


class StatedImpacts(Struct, frozen=True):
    """Impacts by indicator: per year at full adoption of an effect or harm, once of an enabling cost."""

    path: str
    gwp100: Stated | None = None
    adpe: Stated | None = None
    primary_energy: Stated | None = None
    water_consumption: Stated | None = None
    water_scarcity: Stated | None = None


class OtherClaim(Struct, frozen=True):
    """Another call in which the same benefit is claimed, and the share of it that is claimed there, by whomever."""

    path: str
    name: str
    call: str
    share: Stated | None = None


class Effect(Struct, frozen=True):
    """An expected effect at full adoption, and what lessens it.

    Effects of one `id` are claims on one benefit: one of them says how much it is, the others claim their share alone.
    """

    path: str
    name: str
    evidence: str
    quantity: Stated | None = None
    impacts: StatedImpacts | None = None
    flows: Mapping[str, ChangedFlow] = field(default_factory=dict)
    whole_reference: bool = False
    over_years: tuple[Stated, ...] = ()
    per_use: Stated | None = None
    service: str = ""
    description: str = ""
    mechanism: str = ""
    ramp_up: tuple[Stated, ...] = ()
    validity: Stated | None = None
    attribution: Stated | None = None
    id: str = ""
    also_claimed_in: Mapping[str, OtherClaim] = field(default_factory=dict)
    claimed_elsewhere: str = ""
    rebound: Stated | None = None
    indirect_rebound: Stated | None = None
    no_rebound: str = ""
    assessed: str = "ex-ante"
    source: str = ""
    file: str = ""
    trial: Trial | None = None

    @property
    def says_how_much(self) -> bool:
        """Whether it states an amount, and is no mere claim on a share of another effect's."""
        return bool(self.quantity or self.impacts or self.flows or self.whole_reference or self.per_use)


class Harm(Struct, frozen=True):
    """An effect that goes the other way and grows with adoption, that of a named effect or its own."""

    path: str
    name: str
    evidence: str
    kind: str = "harm"
    quantity: Stated | None = None
    impacts: StatedImpacts | None = None
    grows_with: str = ""
    description: str = ""
    ramp_up: tuple[Stated, ...] = ()
    validity: Stated | None = None
    attribution: Stated | None = None


class Enabling(Struct, frozen=True):
    """What others must install: once at the start, or as adopters join a named effect."""

    path: str
    name: str
    evidence: str
    quantity: Stated | None = None
    impacts: StatedImpacts | None = None
    grows_with: str = ""
    description: str = ""
    attribution: Stated | None = None


class Dropped(Struct, frozen=True):
    """A consequence that the study looked at and left out, and why."""

    path: str
    name: str
    description: str
    reason: str
    order: str = "higher"


class PlannedMeasurement(Struct, frozen=True):
    """What will be measured to confirm an effect, against which baseline and when."""

    path: str
    name: str
    indicator: str
    review: str
    baseline: Stated | None = None
    baseline_date: str = ""
    responsible: str = ""


class Benefit(Struct, frozen=True):
    """The benefit side of a descriptor: a reason why there is none, or a reference and effects.

    `electricity_path` holds the carbon intensity of electricity in each year of use over that of the first, the last value
    going on; it bears on saved and used electricity alike.
    """

    path: str
    none: str = ""
    reference: Reference | None = None
    use_begins: str = ""
    horizon: Stated | None = None
    electricity_path: tuple[Stated, ...] = ()
    effects: Mapping[str, Effect] = field(default_factory=dict)
    harms: Mapping[str, Harm] = field(default_factory=dict)
    enabling: Mapping[str, Enabling] = field(default_factory=dict)
    no_harms: str = ""
    no_enabling: str = ""
    qualitative: Mapping[str, str] = field(default_factory=dict)
    dropped: Mapping[str, Dropped] = field(default_factory=dict)
    monitoring: Mapping[str, PlannedMeasurement] = field(default_factory=dict)
    carbon_value: Stated | None = None

    @property
    def counted_effects(self) -> tuple[Effect, ...]:
        """The effects that say how much they are."""
        return tuple(effect for effect in self.effects.values() if effect.says_how_much)


def reference_file(descriptor: Descriptor) -> str:
    """Return the file of the descriptor that is the reference scenario, empty where none is named."""
    benefit = descriptor.get(Benefit)
    return benefit.reference.descriptor if benefit is not None and benefit.reference is not None else ""


def is_money(stated: Stated) -> bool:
    """Say whether a stated value is an amount of money."""
    return stated.unit in CURRENCIES


def is_carbon_value(stated: Stated) -> bool:
    """Say whether a stated value is money per mass of carbon dioxide equivalent."""
    money, _, per = stated.unit.partition("/")
    return money in CURRENCIES and bool(per) and same_dimension(per, "kgCO2e")

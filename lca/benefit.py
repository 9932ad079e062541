"""Expected benefit against a reference scenario: potential, realised, attributed, harms, enabling, cost and net."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from lca.provenance import Stated
from lca.quantity import Quantity, Sampler, formula, total
from lca.uncertainty import Array

#: Evidence of an effect, weakest first.
EVIDENCE_CLASSES = ("expert", "literature", "model", "pilot", "measured")

#: A probability is never printed as certainty.
PROBABILITY_CAP = 0.99


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another course than the project."""

    path: str
    description: str
    without_ai: bool = False
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """What happens without the project."""

    path: str
    description: str
    justification: str = ""
    date: str = ""
    alternatives: Mapping[str, Alternative] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Effect:
    """An expected effect at full adoption, and what lessens it."""

    path: str
    name: str
    evidence: str
    quantity: Stated | None = None
    description: str = ""
    mechanism: str = ""
    ramp_up: tuple[Stated, ...] = ()
    validity: Stated | None = None
    attribution: Stated | None = None
    rebound: Stated | None = None
    no_rebound: str = ""
    assessed: str = "ex-ante"
    source: str = ""


@dataclass(frozen=True, slots=True)
class Harm:
    """An effect that goes the other way and grows with adoption."""

    path: str
    name: str
    evidence: str
    quantity: Stated | None = None
    description: str = ""
    ramp_up: tuple[Stated, ...] = ()
    validity: Stated | None = None
    attribution: Stated | None = None


@dataclass(frozen=True, slots=True)
class Enabling:
    """What others must install, once."""

    path: str
    name: str
    evidence: str
    quantity: Stated | None = None
    description: str = ""
    attribution: Stated | None = None


@dataclass(frozen=True, slots=True)
class Benefit:
    """The benefit side of a descriptor: a reason why there is none, or a reference and effects."""

    path: str
    none: str = ""
    reference: Reference | None = None
    horizon: Stated | None = None
    effects: Mapping[str, Effect] = field(default_factory=dict)
    harms: Mapping[str, Harm] = field(default_factory=dict)
    enabling: Mapping[str, Enabling] = field(default_factory=dict)
    qualitative: Mapping[str, str] = field(default_factory=dict)


@formula("kgCO2e", source="itu-l1480")
def potential_of_year(saving: Array, adoption: Array, years: Array) -> Array:
    """What an effect avoids in one year (or the last part of one) if nothing is lost to rebound.

    Args:
        saving [kgCO2e/year]: impact avoided per year at full adoption.
        adoption [1]: adoption in that year, 0 to 1; it is the ramp.
        years [year]: length of the part.
    """
    return saving * adoption * years


@formula("kgCO2e", source="itu-l1480")
def realised(potential: Array, rebound: Array) -> Array:
    """What remains of a potential after rebound; a rebound above one turns it into harm.

    Args:
        potential [kgCO2e]: avoided if nothing is lost.
        rebound [1]: share lost to higher use.
    """
    return potential * (1 - rebound)


@formula("kgCO2e", source="itu-l1480")
def attributed(amount: Array, attribution: Array) -> Array:
    """The share of an amount that is the project's.

    Args:
        amount [kgCO2e]: realised benefit, harm or enabling cost.
        attribution [1]: share that is the project's.
    """
    return amount * attribution


@formula("kgCO2e", source="itu-l1480")
def net(benefit: Array, harms: Array, enabling: Array, cost: Array) -> Array:
    """Benefit less harms, enabling cost and the project's own life cycle, which is never attributed away.

    Args:
        benefit [kgCO2e]: realised benefit.
        harms [kgCO2e]: harms and induction.
        enabling [kgCO2e]: what others must install.
        cost [kgCO2e]: life cycle of the project.
    """
    return benefit - harms - enabling - cost


@dataclass(frozen=True, slots=True, eq=False)
class BenefitResult:
    """All parts of the comparison, in kgCO2e over the horizon; a net never stands alone."""

    horizon: Quantity
    potential: Quantity
    realised: Quantity
    attributed: Quantity
    harms: Quantity
    enabling: Quantity
    cost: Quantity
    net_solution: Quantity
    net_project: Quantity
    probability_net_positive: float | None
    probability_reason: str
    effects: Mapping[str, tuple[Quantity, Quantity, Quantity]]


def compare(benefit: Benefit, cost: Quantity, duration: Stated | None, sample: Sampler) -> BenefitResult | None:
    """Set the expected effects against the project's own footprint.

    Args:
        benefit: the effects with their reference scenario.
        cost: the project's life cycle on climate change.
        duration: of the project, the horizon where none is stated.
        sample: draws the stated values.

    Returns:
        None where there are no effects or no horizon.
    """
    horizon = benefit.horizon or duration
    if not benefit.effects or horizon is None:
        return None
    span = sample(horizon)
    one = Stated("benefit.full", 1.0, "1", text="1")
    zero = sample(Stated("benefit.nothing", 0.0, "kgCO2e", text="0 kgCO2e"), "none stated")

    def share(stated: Stated | None) -> Quantity:
        return sample(stated or one, "all of it" if stated is None else "")

    effects: dict[str, tuple[Quantity, Quantity, Quantity]] = {}
    for name, effect in benefit.effects.items():
        potential = _over_years(effect, span, sample).named(f"potential of {name}")
        rebound = (
            sample(effect.rebound) if effect.rebound else sample(Stated(f"{effect.path}.rebound", 0.0, "1", text="0"))
        )
        kept = realised(potential=potential, rebound=rebound).named(f"realised by {name}")
        own = attributed(amount=kept, attribution=share(effect.attribution)).named(f"attributed of {name}")
        effects[name] = (potential, kept, own)
    harms = {n: _over_years(h, span, sample).named(f"harm: {n}") for n, h in benefit.harms.items()}
    enabling = {n: sample(e.quantity) for n, e in benefit.enabling.items() if e.quantity is not None}
    own_harms = [attributed(amount=q, attribution=share(benefit.harms[n].attribution)) for n, q in harms.items()]
    own_enabling = [
        attributed(amount=q, attribution=share(benefit.enabling[n].attribution)) for n, q in enabling.items()
    ]

    def gather(label: str, parts: list[Quantity]) -> Quantity:
        return total(label, "kgCO2e", parts or [zero])

    all_harms, all_enabling = gather("harms", [*harms.values()]), gather("enabling cost", [*enabling.values()])
    all_realised = gather("realised benefit", [e[1] for e in effects.values()])
    all_attributed = gather("attributed benefit", [e[2] for e in effects.values()])
    of_solution = net(benefit=all_realised, harms=all_harms, enabling=all_enabling, cost=cost)
    of_project = net(
        benefit=all_attributed,
        harms=gather("attributed harms", own_harms),
        enabling=gather("attributed enabling cost", own_enabling),
        cost=cost,
    )
    probability, reason = _probability(benefit, of_project)
    return BenefitResult(
        horizon=span,
        potential=gather("potential benefit", [e[0] for e in effects.values()]),
        realised=all_realised,
        attributed=all_attributed,
        harms=all_harms,
        enabling=all_enabling,
        cost=cost,
        net_solution=of_solution.named("net of the solution"),
        net_project=of_project.named("net of the project"),
        probability_net_positive=probability,
        probability_reason=reason,
        effects=effects,
    )


def _over_years(effect: Effect | Harm, horizon: Quantity, sample: Sampler) -> Quantity:
    """Return the potential of an effect, year by year, within the horizon and the validity of its evidence."""
    assert effect.quantity is not None
    span = float(horizon.to("year")[0])
    if effect.validity is not None:
        span = min(span, float(sample(effect.validity).to("year")[0]))
    saving = sample(effect.quantity)
    full = Stated(f"{effect.path}.full-adoption", 1.0, "1", text="1")
    parts = []
    for index in range(math.ceil(span)):
        stated = effect.ramp_up[min(index, len(effect.ramp_up) - 1)] if effect.ramp_up else full
        length = Stated(f"{effect.path}.year-{index + 1}", min(1.0, span - index), "year")
        part = potential_of_year(saving=saving, adoption=sample(stated), years=sample(length))
        parts.append(part.named(f"year {index + 1}"))
    return total(effect.name, "kgCO2e", parts)


def _probability(benefit: Benefit, result: Quantity) -> tuple[float | None, str]:
    """Return the share of draws with a positive net, or None and why it is not printed."""
    if any(effect.evidence == "expert" for effect in benefit.effects.values()):
        return None, "expert"
    if len(result.draws) == 1:
        return None, "no-draws"
    return float((result.draws[1:] > 0).mean()), ""

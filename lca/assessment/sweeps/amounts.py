"""Sweeps of how much is done: the volume of a service, the number of repeated experiments."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from lca.assessment.record import Record
from lca.assessment.sweeps.variation import Sweep, Variation, chosen, given, impact_of, run
from lca.quantities.formula import formula
from lca.quantities.quantity import Computed, Quantity
from lca.quantities.uncertainty import Array
from lca.quantities.units import COMMON_NOUNS, parse_measure
from lca.subjects.footprint.declared import ProductSystem

VOLUMES = (0.1, 0.3, 3.0, 10.0)
REPEATS = (0.25, 0.5, 2.0, 4.0)

#: What says how much an experiment does, the first that is stated.
_AMOUNTS = ("runs", "duration", "processor_hours", "energy")


@formula("1", source="luccioni-2024")
def parity_volume(parity: Array, requests: Array) -> Array:
    """The multiple of a service's volume at which it uses as much electricity as training and experiments did.

    Args:
        parity [1]: requests after which use equals training.
        requests [1]: requests of the service over its period.
    """
    return parity / requests


def services(assessment: Record) -> dict[str, float]:
    """Return the climate impact of each service whose volume is stated; one that a meter counted has none to vary."""
    known = assessment.study[ProductSystem].inference
    stated = (name for name in known if given(assessment, ("inference", name, "volume")) is not None)
    return {name: impact_of(assessment, known[name].path) for name in stated}


def volume(assessment: Record, subject: str = "") -> Sweep:
    """Multiply the volume of a service, with the volume at which use equals training."""
    service = chosen(assessment, "volume", subject, services(assessment), "no service states a volume")
    sweep = _multiplied(assessment, "volume", ("inference", service, "volume"), VOLUMES)
    parity = assessment.footprint.parity.get(f"inference.{service}")
    if parity is None or assessment.study[ProductSystem].inference[service].reserved:
        return sweep  # a reserved machine draws the same whatever the volume
    return replace(sweep, further={"parity": parity_volume(parity=parity, requests=_requests(parity))})


def _requests(parity: Quantity) -> Quantity:
    assert isinstance(parity.origin, Computed)
    return dict(parity.origin.inputs)["requests"]


def repeated(assessment: Record) -> dict[str, float]:
    """Return the climate impact of each experiment whose amount is stated."""
    known = assessment.study[ProductSystem].experiments
    return {name: impact_of(assessment, e.path) for name, e in known.items() if _amount(assessment, name)}


def experiments(assessment: Record, subject: str = "") -> Sweep:
    """Multiply the number of repeats of an experiment, or its time or energy where it is stated by those."""
    lacking = "no experiment states `runs`, a time or an energy"
    name = chosen(assessment, "experiments", subject, repeated(assessment), lacking)
    return _multiplied(assessment, "experiments", ("experiments", name, _amount(assessment, name)), REPEATS)


def _amount(assessment: Record, name: str) -> str:
    node = given(assessment, ("experiments", name)) or {}
    return next((key for key in _AMOUNTS if node.get(key) is not None), "")


def _multiplied(assessment: Record, kind: str, path: tuple[str, str, str], factors: tuple[float, ...]) -> Sweep:
    stage, name, key = path
    node, nouns = given(assessment, path), (*COMMON_NOUNS, *assessment.study.goal.units)
    variations = [
        Variation((("times", f"{factor:g}"),), {stage: {name: {key: scaled(node, factor, nouns)}}})
        for factor in factors
    ]
    return run(assessment, kind, f"{stage}.{name}.{key}", (("times", "1"),), variations)


def scaled(node: Any, factor: float, nouns: tuple[str, ...]) -> Any:
    """Return a quantity of a descriptor, in its short or long form, times a factor; its relative range stays the same."""
    if isinstance(node, dict):
        bounds = {"value", "range95", "distribution", "sd", "low", "high"}
        return {key: scaled(value, factor, nouns) if key in bounds else value for key, value in node.items()}
    if isinstance(node, list):
        return [scaled(value, factor, nouns) for value in node]
    if isinstance(node, str):
        measure = parse_measure(node, nouns)
        head, _, below = measure.unit.partition("/")
        counted = " ".join(part for part in (head if head != "1" else "", measure.noun) if part) or "1"
        unit = "/".join(part for part in (counted, below) if part)
        return f"{measure.value * factor!r} {unit}" if unit != "1" else measure.value * factor
    return node * factor

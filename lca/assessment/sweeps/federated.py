"""Federated learning against its centralised twin, which the applicant states: as a scenario, or as a second training."""

from __future__ import annotations

from collections.abc import Iterator

from lca.assessment.cases import Case, case_of, case_of_activity
from lca.assessment.comparison import tables
from lca.assessment.record import Record
from lca.assessment.sweeps.variation import Label, Sweep, chosen, impact_of
from lca.subjects.footprint.declared import ProductSystem


def twins(assessment: Record) -> dict[str, list[str]]:
    """Return each training that the descriptor or a scenario federates and another does not, with the scenarios that differ.

    A training that a scenario has not at all is no twin of it.
    """
    found: dict[str, list[str]] = {}
    for name, training in assessment.study[ProductSystem].training.items():
        others = {
            scenario: made.study[ProductSystem].training[name]
            for scenario, made in assessment.scenarios.items()
            if name in made.study[ProductSystem].training
        }
        federated = training.federated is not None
        differ = [scenario for scenario, other in others.items() if (other.federated is not None) != federated]
        if differ:
            found[name] = differ
    return found


def applies(assessment: Record) -> bool:
    """Say whether the applicant states a federated training and a centralised twin."""
    return bool(twins(assessment) or _beside_another(assessment))


def _beside_another(assessment: Record) -> list[str]:
    """Return the federated trainings of a descriptor that has a centralised one too."""
    return list(_trainings(assessment, True)) if any(_trainings(assessment, False)) else []


def federated(assessment: Record, subject: str = "") -> Sweep:
    """Compare a federated training with its centralised twin.

    Where scenarios state the twin, whole studies are compared; else a federated and a centralised training of the
    descriptor, each as an activity.
    """
    by_scenario = twins(assessment)
    lacking = "no training is federated and stated centralised too, in a scenario or as a second training"
    weights = {name: impact_of(assessment, f"training.{name}") for name in by_scenario or _beside_another(assessment)}
    name = chosen(assessment, "federated", subject, weights, lacking)
    cases: list[Case]
    labels: dict[str, Label]
    if by_scenario:
        cases = [case_of("", assessment), *(case_of(s, assessment.scenarios[s]) for s in by_scenario[name])]
        labels = {"": _label(assessment, name)}
        labels |= {s: (("scenario", s), *_label(assessment.scenarios[s], name)) for s in by_scenario[name]}
    else:
        compared = [name, *_trainings(assessment, False)]
        cases = [case_of_activity(other, assessment, f"training.{other}") for other in compared]
        labels = {other: (("activity", f"training.{other}"), *_label(assessment, other)) for other in compared}
    with_draws = assessment.fingerprint.draws > 0
    return Sweep("federated", f"training.{name}", tables(cases, with_draws), labels, ())


def _trainings(assessment: Record, is_federated: bool) -> Iterator[str]:
    """Yield the trainings that are federated or not; one known by its footprint alone is neither."""
    for name, training in assessment.study[ProductSystem].training.items():
        if training.stated is None and (training.federated is not None) == is_federated:
            yield name


def _label(assessment: Record, name: str) -> Label:
    is_federated = assessment.study[ProductSystem].training[name].federated is not None
    return (("learning", "federated" if is_federated else "centralised"),)

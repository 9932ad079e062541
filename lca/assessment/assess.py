"""The whole computation on one screen: the subjects in their order, for a descriptor and for each of its scenarios."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from lca.assessment.budget import within_budget
from lca.assessment.record import Record
from lca.catalogue.book import FactorBook
from lca.descriptor.descriptor import Descriptor
from lca.descriptor.merge_patch import problems_of_scenario
from lca.descriptor.parts import Parts
from lca.descriptor.unused_names import unused_names
from lca.problems import Problem
from lca.quantities.quantity import Apart, Computed, Sampler
from lca.quantities.trees import leaves
from lca.subjects import SUBJECTS
from lca.subjects.benefit.declared import reference_file
from lca.subjects.monitoring.result import MonitoringResult
from lca.subjects.subject import Fingerprint, Inputs, Results, Subject


def assess(
    descriptor: Descriptor,
    book: FactorBook,
    rules: Parts,
    fingerprint: Fingerprint,
    reference: Descriptor | None = None,
    apart: Apart | None = None,
    subjects: Sequence[Subject] = SUBJECTS,
) -> Record:
    """Compute a descriptor and its scenarios; `reference` is its reference scenario where that is a descriptor.

    The fingerprint gives the seed, the number of draws (0 for the best estimate alone) and the date that expiry is judged by.
    Errors are among the record's problems; figures then cover what could be computed. `ProblemsFound` is raised where more would
    be drawn than a study may take. Scenarios take the same seed, so what
    they share with the descriptor shares its draws; `apart` sets a study that stands beside another one apart; `subjects` are
    those that are computed, in their order. Of a study that is one of many, scenarios leave no more than their problems.
    """

    def alone(one: Descriptor) -> Record:
        sample = Sampler(fingerprint.seed, fingerprint.draws, apart)
        beside = reference if reference_file(one) else None
        inputs = Inputs(one, book, sample, fingerprint.as_of, rules, beside)
        results = Results()
        for subject in subjects:
            result = subject.assess(inputs, results)
            results = results.joined(result) if result is not None else results
        problems = _ordered(problem for result in results for problem in result.problems)
        return Record(
            one, book, fingerprint, results, problems, tuple(root for result in results for root in result.roots), rules
        )

    base = alone(descriptor)
    drawn = _drawn(base) if descriptor.scenarios else None
    scenarios, found = dict[str, Record](), list[Problem]()
    for name, described in descriptor.scenarios.items():
        scenario = alone(described)
        found += _of_scenario(base, name, scenario, drawn)
        if apart is None or not apart.is_one_of_many:  # the trees of many scenarios are large
            scenarios[name] = scenario
    within_budget([base, *scenarios.values()], fingerprint.draws)
    unused = unused_names(descriptor, _used_anyway(descriptor))
    return replace(base, scenarios=scenarios, problems=_ordered([*base.problems, *unused, *found]))


def _of_scenario(base: Record, name: str, scenario: Record, drawn: object) -> Iterator[Problem]:
    """Yield what a scenario adds to the problems of its base, and a warning where its inputs are those of the base."""
    document = base.study.document
    yield from problems_of_scenario(document, name, scenario.problems, base.problems)
    has_errors = any(problem.severity == "error" for problem in base.problems)
    if not has_errors and _drawn(scenario) == drawn:
        message = f"scenario `{name}` changes no figure of this study"
        yield Problem(document.key_at(("scenarios", name)), "LCA905", message, "is it what you meant to change?")


def _drawn(record: Record) -> tuple[dict[str, float], set[object]]:
    """Return the figures of a record, and what their intervals come from."""
    results = (result for result in record.results if not isinstance(result, MonitoringResult))  # which no scenario has
    figures = {name: figure for result in results for name, figure in result.figures.items()}
    ends = (quantity.origin for quantity in leaves(figures.values()))
    spreads: set[object] = {(end.record, end.uncertainty) for end in ends if not isinstance(end, Computed)}
    return {name: figure.value for name, figure in figures.items()}, spreads


def _used_anyway(descriptor: Descriptor) -> dict[str, set[str]]:
    """Return the names, by the map that they stand in, that subjects use without referring to them."""
    used: dict[str, set[str]] = {}
    for subject in SUBJECTS:
        for target, names in subject.names_used(descriptor).items():
            used.setdefault(target, set()).update(names)
    return used


def _ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(set(problems), key=lambda p: (p.location, p.code, p.message)))

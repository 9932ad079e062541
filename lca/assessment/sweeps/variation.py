"""What a sweep is: patches over a descriptor with the words that name them, assessed one by one and compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct, field

from lca.assessment.assess import assess
from lca.assessment.cases import Case, case_of
from lca.assessment.comparison import Comparing, FigureTable
from lca.assessment.record import Record
from lca.descriptor.document import Document, Path
from lca.descriptor.scenario_reading import read_variant
from lca.problems import Problem, ProblemsFound, did_you_mean
from lca.quantities.provenance import Factor
from lca.quantities.quantity import Quantity
from lca.quantities.trees import leaves
from lca.subjects import SUBJECTS
from lca.subjects.footprint.flow import Flow

#: The words that name a variation, each with its kind: `("zone", "IE")`, `("coverage", "direct")`, `("times", "3")`.
Label = tuple[tuple[str, str], ...]

Accept = Callable[[Case], str]

#: The subjects whose figures a case has; no other is computed of a variation.
COMPARED = tuple(subject for subject in SUBJECTS if subject.name in ("footprint", "benefit"))


class Variation(Struct, frozen=True):
    """One case of a sweep: its label, a patch over the descriptor, and the set of factors that leads, if another."""

    label: Label
    patch: Mapping[str, Any]
    factor_set: str = ""

    @property
    def name(self) -> str:
        """The label as one text."""
        return ", ".join(word for _, word in self.label)


class Sweep(Struct, frozen=True, eq=False):
    """The outcome of a sweep.

    `subject` is the path of what was varied. `skipped` holds the variations that could not be computed, with the reason.
    `further` holds what only some kinds have: the PUE of each host, the levelised cost of each technology, the volume at parity.
    `factors` are those under the climate totals of its cases, whose trees are not kept.
    """

    kind: str
    subject: str
    tables: tuple[FigureTable, ...]
    labels: Mapping[str, Label]
    skipped: tuple[tuple[Label, str], ...]
    further: Mapping[str, Quantity] = field(default_factory=dict)
    factors: tuple[Factor, ...] = ()

    def __repr__(self) -> str:
        return f"Sweep({self.kind!r}, {self.subject!r}, cases={list(self.labels)})"

    def table(self, figure: str) -> FigureTable | None:
        """Return the comparison of one figure."""
        return next((table for table in self.tables if table.figure == figure), None)


def run(
    assessment: Record,
    kind: str,
    subject: str,
    base: Label,
    variations: Iterable[Variation],
    accept: Accept = lambda _: "",
) -> Sweep:
    """Assess a study with each variation and compare all with the study as it is.

    `accept` gives the reason why a case does not belong to the sweep, or an empty text. A variation that changes nothing is
    the study itself and left out.
    """
    growing = Comparing(assessment.fingerprint.draws > 0)
    growing.add(case_of("", assessment))
    labels: dict[str, Label] = {"": base}
    skipped: list[tuple[Label, str]] = []
    factors: dict[Factor, None] = {}
    unchanged = {key: value for key, value in assessment.study.document.data.items() if key != "scenarios"}
    for variation in variations:
        found = _assessed(assessment, variation, unchanged)
        if found is None:
            continue
        reason = found if isinstance(found, str) else accept(found)
        if isinstance(found, str) or reason:
            skipped.append((variation.label, reason))
        else:
            climate = [figure for name, figure in found.figures.items() if name == "total.gwp100"]
            factors |= {q.origin: None for q in leaves(climate) if isinstance(q.origin, Factor)}
            growing.add(found, bare=True)
            labels[variation.name] = variation.label
    return Sweep(kind, subject, growing.tables(), labels, tuple(skipped), factors=tuple(factors))


def _assessed(assessment: Record, variation: Variation, unchanged: Any) -> Case | str | None:
    """Return a variation's case, the error that prevents it, or None where it is the study itself."""
    patch = Document("-", variation.patch)
    descriptor, problems = read_variant(assessment.study, patch, fits=True)  # the patch is our own
    if descriptor is not None:
        if descriptor.document.data == unchanged and not variation.factor_set:
            return None
        book = assessment.book.led_by(variation.factor_set) if variation.factor_set else assessment.book
        made = assess(descriptor, book, assessment.rules, assessment.fingerprint, subjects=COMPARED)
        problems = [*problems, *made.problems]
    errors = [problem.message for problem in problems if problem.severity == "error"]
    return errors[0] if errors or descriptor is None else case_of(variation.name, made)


def given(assessment: Record, path: Path) -> Any:
    """Return what the descriptor holds at a path, None where nothing stands there."""
    node = assessment.study.document.data
    for key in path:
        node = node.get(key) if isinstance(node, dict) else None
    return node


def without(node: Any, *keys: str) -> dict[str, None]:
    """Return the part of a patch that removes those of some keys that a map has."""
    return {key: None for key in keys if isinstance(node, dict) and node.get(key) is not None}


def electricity_at(assessment: Record, site: str) -> list[Flow]:
    """Return the flows of electricity counted with a site's factor."""
    return [flow for flow in assessment.footprint.flows if flow.site == site and flow.is_electricity]


def climate_of(assessment: Record, flows: Iterable[Flow]) -> float:
    """Return the climate impact of some flows of an assessment."""
    counted = {id(flow) for flow in flows}
    climate = (impact for impact in assessment.footprint.impacts if impact.indicator == "gwp100")
    return sum(impact.quantity.value for impact in climate if id(impact.flow) in counted)


def impact_of(assessment: Record, activity: str) -> float:
    """Return the climate impact of one activity."""
    return climate_of(assessment, (flow for flow in assessment.footprint.flows if flow.activity == activity))


def heaviest(weights: Mapping[str, float]) -> str:
    """Return the name with the largest weight, the first of equals; an empty text where there is none."""
    return max(weights, key=lambda name: weights[name], default="")


def chosen(assessment: Record, kind: str, subject: str, weights: Mapping[str, float], lacking: str) -> str:
    """Return what a sweep varies: what was asked for, or what weighs most.

    Raises:
        ProblemsFound: there is no such thing, or nothing at all that could be varied (`lacking` says what).
    """
    place = assessment.study.document.at(())
    if not weights:
        raise ProblemsFound([Problem(place, "LCA906", f"nothing to vary in a sweep of {kind}: {lacking}")])
    if subject and subject not in weights:
        hint = did_you_mean(subject, weights) or f"known: {', '.join(weights)}"
        raise ProblemsFound([Problem(place, "LCA906", f"a sweep of {kind} cannot vary `{subject}`", hint)])
    return subject or heaviest(weights)

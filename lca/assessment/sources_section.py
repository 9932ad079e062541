"""Bibliography and annex: every factor and source that was used, every formula as it ran."""

from __future__ import annotations

from collections.abc import Mapping

from lca.assessment import scenario_section as scenarios
from lca.assessment import sweep_section as sweeps
from lca.assessment.record import Record
from lca.presenting.explained import in_language, names_under
from lca.presenting.writer import Writer
from lca.quantities.provenance import Factor
from lca.quantities.quantity import Computed
from lca.quantities.trees import Step, citations, explain, leaves, walk
from lca.subjects.subject import View


def bibliography(assessment: Record, references: Mapping[str, str]) -> View:
    """Return what the bibliography needs; `references` are the citations of formulas by their id."""
    return {
        "sources": citations(factors_used(assessment)),
        "methods": sorted(references[name] for name in _formula_sources(assessment) if name in references),
    }


def factors_used(assessment: Record) -> list[Factor]:
    """Return every factor under a figure that the report prints, those of its scenarios and sweeps too; some stand twice."""
    compared = (*scenarios.quantities(assessment), *sweeps.quantities(assessment))
    generation = assessment.money.generation if assessment.money is not None else ()
    beside = (*assessment.frugality.figures.values(), *compared, *(g.quantity for g in generation))
    used = leaves([*assessment.roots, *beside])
    factors = [*assessment.frugality.published, *(q.origin for q in used if isinstance(q.origin, Factor))]
    return factors + [factor for sweep in assessment.sweeps for factor in sweep.factors]


def annex(assessment: Record, writer: Writer) -> View:
    """Return what the annex needs: every formula as it ran, and what the report depends on."""
    return {"explanations": _explanations(assessment, writer), "fingerprint": assessment.fingerprint}


def _formula_sources(assessment: Record) -> set[str]:
    return {node.origin.formula.source for node in walk(assessment.roots) if isinstance(node.origin, Computed)}


def _explanations(assessment: Record, writer: Writer) -> list[tuple[str, str, list[Step]]]:
    """Return each climate impact with the activity whose first it is, empty for the others, and its tree."""
    impacts = [impact for impact in assessment.footprint.impacts if impact.indicator == "gwp100"]
    names = names_under([impact.quantity for impact in impacts], assessment.book, writer)
    seen: set[str] = set()
    found = []
    for impact in impacts:
        activity = impact.flow.activity
        steps = [in_language(step, writer, names) for step in explain(impact.quantity)]
        found.append((steps[0].label, "" if activity in seen else activity, steps))
        seen.add(activity)
    return found

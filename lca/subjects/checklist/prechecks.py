"""All pre-checks together, run once for a project."""

from __future__ import annotations

from collections.abc import Mapping

import lca.subjects.checklist.host_checks
import lca.subjects.checklist.project_checks  # noqa: F401 - both register their checks
from lca.subjects.checklist.facts import Facts
from lca.subjects.checklist.model import Checklist
from lca.subjects.checklist.outcome import Outcome
from lca.subjects.checklist.registry import PRECHECKS

#: The pre-check of a row with sub-questions, whose result is what became of them.
SUB_QUESTIONS = "appendix-questions"


def run_prechecks(facts: Facts, checklist: Checklist) -> Mapping[str, Outcome]:
    """Return the outcome of every pre-check that needs nothing but the facts."""
    return {
        name: check(facts, checklist.prechecks[name].limit).in_words(checklist) for name, check in PRECHECKS.items()
    }

"""The registry of pre-checks: each is a function of the facts and a limit, under the id that the criteria use."""

from __future__ import annotations

from collections.abc import Callable

from lca.subjects.checklist.facts import Facts
from lca.subjects.checklist.model import Limit
from lca.subjects.checklist.outcome import Told

Precheck = Callable[[Facts, Limit], Told]

#: Pre-checks by id. One may contradict an answer; none grants one.
PRECHECKS: dict[str, Precheck] = {}


def precheck(name: str) -> Callable[[Precheck], Precheck]:
    """Register a pre-check."""

    def register(check: Precheck) -> Precheck:
        PRECHECKS[name] = check
        return check

    return register

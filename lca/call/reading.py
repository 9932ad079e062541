"""From the text of a profile to its rules: checked against the schema, then for what contradicts itself, all at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lca.call.contradictions import Known, contradictions
from lca.call.profile import Profile
from lca.descriptor.document import Document
from lca.descriptor.placeholders import without_placeholders
from lca.descriptor.reading import validate
from lca.descriptor.records import build
from lca.problems import Problem

#: What the hint on an empty file proposes.
FIRST_LINE = "call: 1"


def read_profile(document: Document, schema: Mapping[str, Any], known: Known) -> tuple[Profile | None, list[Problem]]:
    """Read a profile.

    Returns:
        The profile, None where it does not fit the schema, and all problems; with an error among them it can judge nothing.
    """
    plain, placeholders = without_placeholders(document, schema)
    tree, problems = validate(plain, schema)
    if problems:
        return None, [*placeholders, *problems]
    profile: Profile = build(Profile, tree, ())
    return profile, [*placeholders, *contradictions(profile, plain, known)]


def has_errors(problems: Iterable[Problem]) -> bool:
    """Say whether some of the problems are errors."""
    return any(problem.severity == "error" for problem in problems)

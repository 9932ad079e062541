"""Where the problems of a benefit stand."""

from __future__ import annotations

from lca.descriptor.descriptor import Descriptor
from lca.problems import Problem


def problem_at(descriptor: Descriptor, path: str, code: str, message: str, hint: str = "") -> Problem:
    """Return a problem at the value of a path; one of the benefit as a whole stands at its key."""
    parts = tuple(path.split("."))
    place = descriptor.document.key_at(parts) if path == "benefit" else descriptor.document.at(parts)
    return Problem(place, code, message, hint)

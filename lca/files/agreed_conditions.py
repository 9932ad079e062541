"""The agreed conditions that a descriptor names: read with all that is wrong with them, each with its place."""

from __future__ import annotations

from msgspec.structs import replace

from lca.descriptor.descriptor import Descriptor
from lca.descriptor.document import read_document
from lca.files.shipped import read_schema
from lca.problems import Problem, ProblemsFound
from lca.subjects.monitoring.declared import Monitoring


def with_agreed(descriptor: Descriptor) -> tuple[Descriptor, list[Problem]]:
    """Return a descriptor with the agreed conditions that it names, where its files hold them, and what is wrong with these."""
    monitoring = descriptor.get(Monitoring)
    file = descriptor.files.get(monitoring.conditions) if monitoring is not None else None
    if monitoring is None or file is None:
        return descriptor, []  # none are named, or that they cannot be read is told where files are found
    from lca.subjects.monitoring.agreed import FIRST_LINE, read_agreed, unknown_conditions

    try:
        agreed, problems = read_agreed(read_document(file.text, file.path, FIRST_LINE), read_schema("conditions"))
    except ProblemsFound as unreadable:
        return descriptor, list(unreadable.problems)
    if agreed is None:
        return descriptor, problems
    agreed = replace(agreed, file=monitoring.conditions, sha256=file.sha256)
    problems += unknown_conditions(descriptor, agreed)
    return replace(descriptor, parts=descriptor.parts.joined(agreed)), problems

"""Names that a descriptor describes and nothing refers to: often the sign of a slip of the pen elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from lca.descriptor.descriptor import Project
from lca.descriptor.merge_patch import references, targets
from lca.problems import Problem


def unused_names(project: Project) -> Iterator[Problem]:
    """Yield a warning for each site, machine, device or own factor that neither the descriptor nor a scenario uses.

    A dedicated machine counts by itself, and what the checklist declares of a host or of equipment is a use.
    """
    data = project.document.data
    described = [data, *(data.get("scenarios") or {}).values()]
    declared = {
        "sites": set(project.checklist.hosting),
        "machines": {name for name, machine in project.machines.items() if machine.dedicated}
        | set(project.checklist.equipment),
        "devices": set(project.checklist.equipment),
    }
    for target in sorted(targets(project.schema)):
        used = set(declared.get(target, ()))
        for part in described:
            used.update(references(part, project.schema, project.schema, target))
        for name in getattr(project, target):
            if name not in used:
                place = project.document.key_at((target, name))
                hint = "name it where it is to be used, or remove it"
                yield Problem(place, "LCA612", f"nothing uses `{name}` of the {target}", hint)

"""Names that a descriptor describes and nothing refers to: often the sign of a slip of the pen elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from lca.descriptor.descriptor import Descriptor
from lca.descriptor.references import dangling, references
from lca.problems import Problem


def unused_names(descriptor: Descriptor, used_anyway: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Yield a warning for each described name (of a site, a machine ...) that neither the descriptor nor a scenario uses.

    `used_anyway` holds, by the map that they stand in, the names that a subject uses without referring to them.
    """
    data, schema = descriptor.document.data, descriptor.reader.schema
    described = [references(part, schema) for part in (data, *(data.get("scenarios") or {}).values())]
    misspelt = {
        problem.message.rpartition(" ")[2].rstrip(".")
        for problem in dangling(descriptor.document, schema, lambda *_: "")
    }
    for target in sorted(descriptor.reader.targets - misspelt):  # what is described is most likely what was meant there
        used = set(used_anyway.get(target, ())).union(*(found.get(target, ()) for found in described))
        for name in data.get(target) or ():
            if name not in used:
                place = descriptor.document.key_at((target, name))
                hint = "name it where it is to be used, or remove it"
                yield Problem(place, "LCA612", f"nothing uses `{name}` of the {target}", hint)

"""A descriptor with what was measured in the place of what was forecast."""

from __future__ import annotations

from typing import Any

from lca.descriptor.descriptor import Descriptor
from lca.descriptor.document import Document, Path
from lca.descriptor.scenario_reading import read_variant
from lca.problems import Location, Problem
from lca.subjects.monitoring.declared import Monitoring
from lca.subjects.monitoring.inputs import node_at


def with_measured(descriptor: Descriptor) -> tuple[Descriptor | None, list[Problem]]:
    """Return a descriptor in which measured inputs supersede forecast ones, and what is wrong with it as one."""
    document, monitoring = descriptor.document, descriptor[Monitoring]
    patch: dict[str, Any] = {}
    places: dict[Path, Location] = {}
    for measured in monitoring.measured.values():
        if not measured.supersedes:
            continue
        value = measured.values[measured.latest]
        _put(patch, document, measured.keys, (*value.path.split("."), "value"), places)
        if measured.flow:
            reference = ("benefit", "reference", "flows", measured.flow, "amount")
            _put(patch, document, reference, (*value.path.split("."), "counterfactual"), places)
    return read_variant(descriptor, Document(document.file, patch, places, dict(places)))


def _put(patch: dict[str, Any], document: Document, keys: Path, measured: Path, places: dict[Path, Location]) -> None:
    """Put what stands at a measured path into a patch at another one, with the place where it stands."""
    places[keys] = document.at(measured)
    before, value = node_at(document.data, keys), node_at(document.data, measured)
    if isinstance(
        before, dict
    ):  # a patch is merged into a map: what the measurement does not say is not the forecast's
        value = {**dict.fromkeys(before), **(value if isinstance(value, dict) else {"value": value})}
    parent = node_at(document.data, keys[:-1])
    if isinstance(parent, list):  # a patch replaces a list as a whole
        *keys_of_list, index = keys
        list_places = tuple(keys_of_list)
        whole = node_at(patch, list_places) or list(parent)
        whole[int(index)] = node_at(document.data, measured)
        places |= {
            (*list_places, str(i)): document.at((*list_places, str(i))) for i in range(len(whole)) if i != int(index)
        }
        keys, value = list_places, whole
    for key in keys[:-1]:
        patch = patch.setdefault(key, {})
    patch[keys[-1]] = value

"""How deep a study intends to be on the scales of others, and what it lacks; no conformity is claimed with any of them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from lca.quantities.by_language import Text
from lca.subjects.checklist.declared import Depth, Scale
from lca.subjects.checklist.facts import Facts
from lca.subjects.checklist.model import Checklist

#: From these levels of Empreinte Projet on, what ADEME's own presentation of the method asks for must be there.
_QUANTIFIED, _MULTIPLE_CRITERIA = 2, 3


class IntendedLevel(Struct, frozen=True):
    """A level that is intended on one scale, what it means, and what the study lacks: by its own data, and in its own words."""

    scale: str
    level: int
    meaning: Text
    unmet: tuple[Text, ...]
    lacks: tuple[str, ...]


def intended_levels(depth: Depth | None, facts: Facts, checklist: Checklist) -> tuple[IntendedLevel, ...]:
    """Return the levels that a study intends; requirements are tested only where a text that was read gives them."""
    found = []
    for name in ("empreinte_projet", "l1480"):
        scale: Scale | None = getattr(depth, name) if depth is not None else None
        if scale is not None:
            unmet = _unmet(scale.level, facts, checklist) if name == "empreinte_projet" else ()
            meaning = checklist.word(name, f"level-{scale.level}")
            found.append(IntendedLevel(name, scale.level, meaning, tuple(unmet), scale.lacks))
    return tuple(found)


def _unmet(level: int, facts: Facts, checklist: Checklist) -> Iterator[Text]:
    """Yield what a level of Empreinte Projet asks for and the study does not have."""
    if not facts.reference:
        yield checklist.word("unmet", "reference")
    if level >= _QUANTIFIED and not facts.climate_result:
        yield checklist.word("unmet", "climate")
    if level >= _MULTIPLE_CRITERIA and not (facts.water_result or facts.mineral_result):
        yield checklist.word("unmet", "criteria")
    if level >= _MULTIPLE_CRITERIA and not facts.embodied_result:
        yield checklist.word("unmet", "life-cycle")

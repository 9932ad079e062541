"""What a stage of the life cycle is: its record, the flows of an activity, and what an activity lacks or has twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from typing import Any, Generic, Protocol, TypeVar

from msgspec import Struct

from lca.subjects.footprint.device import Device
from lca.subjects.footprint.flow import Context, Flow
from lca.subjects.footprint.machine import Machine
from lca.subjects.footprint.period import Period
from lca.subjects.footprint.stated import OwnFactor, StatedFootprint
from lca.subjects.footprint.supply import Supplies

#: The activities of a project by stage and name.
Activities = Mapping[str, Mapping[str, Any]]

#: What an activity lacks or has twice: a message, and a hint.
Need = tuple[str, str]


class Activity(Protocol):
    """What the records of all stages have."""

    @property
    def path(self) -> str:
        """Where it stands in the descriptor, such as `training.final-model`."""

    @property
    def period(self) -> Period | None:
        """When it takes place, where that is stated."""

    @property
    def stated(self) -> StatedFootprint | None:
        """Its footprint, where that is stated as a whole."""

    @property
    def note(self) -> str:
        """What the applicant remarks."""


R = TypeVar("R", bound=Activity)


class Setting(Struct, frozen=True):
    """What the flows of an activity may draw on; `flows` are those of the activities before it."""

    context: Context
    supplies: Supplies
    machines: Mapping[str, Machine]
    devices: Mapping[str, Device]
    factors: Mapping[str, OwnFactor]
    flows: tuple[Flow, ...] = ()


class Stage(Struct, Generic[R], frozen=True):
    """A stage: its key in the descriptor, the record of its activities, and what these cause and need.

    `flows` yields what an activity uses, unless its footprint is stated; `needs` what such an activity lacks or has twice, which
    may depend on the activities beside it.
    """

    name: str
    record: type[R]
    flows: Callable[[Setting, R], Iterator[Flow]]
    needs: Callable[[R, Activities], Iterator[Need]]


def given(activity: Any) -> set[str]:
    """Return the keys that an activity gives."""
    return {name for name in activity.__struct_fields__ if getattr(activity, name) not in (None, "", ())}


def missing(has: Set[str], examples: Mapping[str, str]) -> Iterator[Need]:
    """Yield a need for each key of the examples that is not given."""
    for name, example in examples.items():
        if name not in has:
            yield f"`{name}` is missing", f"for example `{name}: {example}`"

"""What a descriptor says after the fact: the sealed forecast, the agreed conditions, what was measured and brought."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import force_setattr

from lca.descriptor.named_file import one_name
from lca.quantities.provenance import Stated

#: Where what is stated can be measured: what is used, and of the benefit what is saved, how much of it and by how many.
_MEASURABLE = re.compile(
    r"(sites|machines|devices|models|collection|transfer|storage|training|experiments|inference|equipment)\..+"
    r"|benefit\.(effects|harms)\.[^.]+\.(quantity|per_use|ramp_up\.\d+|impacts\.[^.]+|flows\.[^.]+\.(with_project|count))"
    r"|benefit\.enabling\.[^.]+\.(quantity|impacts\.[^.]+)"
)
#: Inputs that say what an effect saves or a harm costs: a difference from what would have been, which no meter shows.
_DIFFERENCE = re.compile(
    r"benefit\.(effects|harms)\.[^.]+\.(quantity|per_use|impacts\.[^.]+|flows\.[^.]+\.with_project)"
)
#: The effect and the flow of an input that is what remains of a flow of the reference.
_REMAINING = re.compile(r"benefit\.effects\.(?P<effect>[^.]+)\.flows\.(?P<flow>[^.]+)\.with_project")


class MeasuredValue(Struct, frozen=True):
    """What was measured on a date; of an effect, with what would have been without the project, adjusted to the same conditions."""

    path: str
    date: str
    value: Stated | None = None
    counterfactual: Stated | None = None
    adjustment: str = ""


class MonitoredInput(Struct, frozen=True):
    """One input of the descriptor, by its path, and what was measured of it by date."""

    path: str
    name: str
    input: str
    values: tuple[MeasuredValue, ...] = ()
    description: str = ""
    by: str = ""
    source: str = ""
    file: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The path of the input in parts."""
        return tuple(self.input.split("."))

    @property
    def is_measurable(self) -> bool:
        """Whether it can be measured at all: a reference, an attribution and a rebound are reasoned, not metered."""
        return _MEASURABLE.fullmatch(self.input) is not None

    @property
    def needs_counterfactual(self) -> bool:
        """Whether it is a difference from what would have been."""
        return _DIFFERENCE.fullmatch(self.input) is not None

    @property
    def flow(self) -> str:
        """The flow of the reference of which the input says what remains, empty where it says something else."""
        remaining = _REMAINING.fullmatch(self.input)
        return remaining["flow"] if remaining else ""

    @property
    def effect(self) -> str:
        """The effect or harm that the input quantifies, empty where it is another input."""
        return self.keys[2] if self.needs_counterfactual else ""

    @property
    def latest(self) -> int:
        """The place, among the values, of the one with the latest date."""
        return max(range(len(self.values)), key=lambda index: self.values[index].date)

    @property
    def supersedes(self) -> bool:
        """Whether the latest value takes the forecast's place: an effect's only with its adjusted counterfactual."""
        value = self.values[self.latest]
        return not self.needs_counterfactual or bool(value.counterfactual and value.adjustment)


class BroughtDocument(Struct, frozen=True):
    """A document that is brought for an agreed condition, by the name of the condition."""

    path: str
    name: str
    condition: str
    file: str
    description: str = ""

    def __post_init__(self) -> None:
        """Give the file its one name."""
        force_setattr(self, "file", one_name(self.file))


class Monitoring(Struct, frozen=True):
    """The sealed forecast and the agreed conditions by the names of their files, what was measured and what was brought since."""

    path: str
    forecast: str = ""
    conditions: str = ""
    measured: Mapping[str, MonitoredInput] = field(default_factory=dict)
    evidence: Mapping[str, BroughtDocument] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Give the file its one name."""
        force_setattr(self, "conditions", one_name(self.conditions))

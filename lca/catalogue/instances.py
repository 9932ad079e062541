"""Instance types of cloud providers as consoles print them: the accelerators, processor, memory and share of a host of each."""

from __future__ import annotations

import csv
import functools
import io
import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from lca.problems import did_you_mean, listed
from lca.quantities.provenance import Factor, Source
from lca.quantities.uncertainty import Exact

#: What consoles and tools print before a type, by provider.
_BEFORE = {"azure": "standard", "aws": "ml"}
#: What a console prints after a type: `Standard D2s v3 (2 vcpus, 8 GiB memory)`.
_AFTER = re.compile(r"\s*\(\d+ ?vcpus?\b.*\)$")
#: What stands beside a name: `GH200 (on request)`.
_ASIDE = re.compile(r"\s*\(.*\)$")
#: The table's word for a processor that is known from general knowledge alone, which every message repeats.
BY_GENERAL_KNOWLEDGE = "general knowledge"


class InstanceType(Struct, frozen=True):
    """An instance type: what a provider says that one has.

    `accelerators` is their number, a fraction of one possible; `memory` in GiB; `share` the part of a host by its accelerators or
    its vCPU, 0 as `vcpu` and `memory` where unknown. `processor` is a model, `platform` what the provider says in place of one.
    """

    provider: str
    name: str
    source: Source
    vcpu: float = 0.0
    memory: float = 0.0
    accelerator: str = ""
    accelerators: float = 0.0
    processor: str = ""
    processor_source: str = ""
    platform: str = ""
    share: float = 0.0
    locator: str = ""
    note: str = ""

    def factor(self, what: str, value: float, unit: str, status: str = "published") -> Factor:
        """Return a figure of the type, to be cited as any other of the catalogue; `what` names it, for words to translate."""
        return Factor(
            key=f"instance/{self.provider}/{self.name.replace(' ', '-')}/{what.replace(' ', '-')}",
            indicator="",
            value=value,
            unit=unit,
            uncertainty=Exact(),
            uncertainty_rule="exact",
            source=self.source,
            label=f"{self.name}, {what}",
            locator=self.locator,
            status=status,
            note=self.note,
        )


class InstanceTypes:
    """The instance types of all providers by name; their table is read when the first one is asked for."""

    def __init__(self, text: str, sources: Mapping[str, Source]) -> None:
        self._text, self._sources = text, sources

    @functools.cached_property
    def all(self) -> tuple[InstanceType, ...]:
        """All types, in the order of the table."""
        return tuple(self._type(row) for row in csv.DictReader(io.StringIO(self._text)))

    @property
    def providers(self) -> tuple[str, ...]:
        """The providers of which types are known."""
        return tuple(dict.fromkeys(one.provider for one in self.all))

    def find(self, name: str) -> tuple[InstanceType, ...]:
        """Return the types that a name is that of, one of each provider; case, spaces, hyphens and such make no difference."""
        return tuple(self._by_name.get(folded(_AFTER.sub("", name.casefold())), ()))

    def suggestion(self, name: str, provider: str = "") -> str:
        """Return a hint for an unknown name: types that differ by a slip of the pen, never by a digit, or sizes of its family."""
        types = [one for one in self.all if provider in ("", one.provider)]
        near = did_you_mean(name, [one.name for one in types])
        if near:
            return near
        family = folded(name)
        sizes = [one.name for one in types if family and _is_of_family(one.name, family)]
        return f"write its size: {listed(sizes)}" if sizes else ""

    def may_gain_accelerators(self, one: InstanceType) -> bool:
        """Say whether accelerators can be attached to a type: its family is listed with some, as `n1-standard-8+1xt4`."""
        family = one.name.partition("-")[0]
        return any(
            o.provider == one.provider and "+" in o.name and o.name.partition("-")[0] == family for o in self.all
        )

    @functools.cached_property
    def _by_name(self) -> Mapping[str, Sequence[InstanceType]]:
        found: dict[str, list[InstanceType]] = {}
        for one in self.all:
            own, before = folded(one.name), _BEFORE.get(one.provider, "")
            bare = own.removeprefix(before)
            for spelling in {own, bare, before + bare, folded(_ASIDE.sub("", one.name))}:
                found.setdefault(spelling, []).append(one)
        return found

    def _type(self, row: Mapping[str, str]) -> InstanceType:
        return InstanceType(
            provider=row["provider"],
            name=row["instance"],
            source=self._sources[row["source"]],
            vcpu=float(row["vcpu"] or 0),
            memory=float(row["memory_gib"] or 0),
            accelerator=row["accelerator"],
            accelerators=float(row["accelerators"] or 0),
            processor=row["processor"],
            processor_source=row["processor_source"],
            platform=row["platform"],
            share=float(row["share_of_host"] or 0),
            locator=row["locator"],
            note=row["note"],
        )


def folded(name: str) -> str:
    """Return what a type is found by: small letters and digits; two numbers stay apart where something stood between them."""
    parts = re.findall(r"[^\W_]+|\+", name.casefold())
    joined = ""
    for part in parts:
        joined += "-" if joined[-1:].isdigit() and part[0].isdigit() else ""
        joined += part
    return joined


def _is_of_family(name: str, family: str) -> bool:
    """Say whether a name is a family, which a size follows: `p4d` of `p4d.24xlarge`, and not `p4` of it."""
    whole = folded(name)
    rest = whole.removeprefix(family)
    return rest not in (whole, "") and (rest[0] == "-" or rest[0].isdigit() != family[-1].isdigit())

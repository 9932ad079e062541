"""The project's own machines: one that a service uses little, and of which nobody says that others use it too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from lca.quantities.provenance import Stated
from lca.quantities.units import conversion
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.flow import Context, Use
from lca.subjects.footprint.machine import Machine
from lca.subjects.footprint.processor import count_of
from lca.subjects.footprint.stages.inference import Inference

#: A machine that works less than this part of the time is hardly shared by default: half the default utilisation.
SMALL_SHARE = 0.25


class HardlyUsed(Struct, frozen=True, eq=False):
    """A service on a machine of the project's own, and the part of the time in which the project's work keeps it busy."""

    service: Inference
    machine: Machine
    share: float


def hardly_used(
    context: Context, system: ProductSystem, uses: Iterable[Use], duration: Stated | None
) -> Iterator[HardlyUsed]:
    """Yield each machine at a site of the project's own that a service uses little, where nothing says who else uses it.

    A stated `utilisation` says that others do, `dedicated` and `reserved` that nobody does.
    """
    held: dict[str, float] = {}
    for use in uses:
        held[use.machine] = held.get(use.machine, 0.0) + use.time.best_in("h")
    told: set[str] = set()
    for service in system.inference.values():
        machine = system.machines.get(service.on)
        span = service.duration or duration
        if machine is None or span is None or machine.name in told or machine.name not in held:
            continue
        site = system.sites.get(machine.site)
        if machine.dedicated or machine.utilisation is not None or site is None or site.provider or site.owner:
            continue
        count = count_of(context, machine.count, f"{machine.path}.count").value
        share = held[machine.name] / (count * span.value * conversion(span.unit, "h"))
        if share < SMALL_SHARE:
            told.add(machine.name)
            yield HardlyUsed(service, machine, share)


def ask_whether_shared(context: Context, system: ProductSystem, duration: Stated | None) -> None:
    """Ask of each such machine whether others use it: if nobody does, its idle time is the project's."""
    for found in hardly_used(context, system, context.uses, duration):
        name, share = found.machine.name, f"{found.share:.1%}" if found.share >= 0.001 else "less than 0.1 %"
        message = (
            f"{found.service.path}: `{name}` works for the project in {share} of the time, and is counted as a machine that "
            "others use in the rest of it"
        )
        hint = (
            f"does anybody else use it? if nobody does, write `reserved: {name}` instead of `on` (it is on all the time) or "
            "`dedicated: true` in the machine (it is off meanwhile); if others do, state its `utilisation`"
        )
        context.problem(f"{found.service.path}.on", "LCA622", message, hint)

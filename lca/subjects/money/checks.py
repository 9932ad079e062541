"""What is wrong with declared prices."""

from __future__ import annotations

from collections.abc import Iterator

from lca.descriptor.descriptor import Descriptor
from lca.problems import Problem
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.machine import Machine
from lca.subjects.footprint.site import Site
from lca.subjects.money.declared import Money


def checks(descriptor: Descriptor) -> Iterator[Problem]:
    """Yield what prices lack: a declared currency, or the one of two prices that counts."""
    records: tuple[Site | Machine, ...] = (
        *descriptor[ProductSystem].sites.values(),
        *descriptor[ProductSystem].machines.values(),
    )
    for record in records:
        stated = [name for name in ("price", "rent") if getattr(record, name, None) is not None]
        place = descriptor.document.key_at((*record.path.split("."), *stated[:1]))
        if stated and descriptor.get(Money) is None:
            message = f"{record.path}.{stated[0]} is a price, and the descriptor declares no currency"
            yield Problem(place, "LCA402", message, "add `money: {currency: EUR}`")
        if len(stated) == 2:
            message = f"{record.path} is both bought and rented"
            yield Problem(
                place, "LCA402", message, "keep `price` or `rent`; split it into two machines if both are true"
            )

"""What a descriptor declares under `money`."""

from __future__ import annotations

from msgspec import Struct


class Money(Struct, frozen=True):
    """The currency in which the project counts; a price in another one is shown apart and never converted."""

    path: str
    currency: str

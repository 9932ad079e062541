"""What a descriptor declares under `money`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Money:
    """The currency in which the project counts; a price in another one is shown apart and never converted."""

    path: str
    currency: str

"""Impact categories as the catalogue declares them."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Indicator(Struct, frozen=True):
    """An impact category: its identifier, unit, citation, and its name and characterisation method in both languages.

    `of` is empty where it is one of all flows, else `electricity`, `all-but-electricity` or `water-on-site`.
    """

    id: str
    name: Mapping[str, str]
    unit: str
    method: Mapping[str, str]
    citation: str
    of: str = ""

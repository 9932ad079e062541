"""Impact categories as the catalogue declares them."""

from __future__ import annotations

from msgspec import Struct

from lca.quantities.by_language import Text


class Indicator(Struct, frozen=True):
    """An impact category: its identifier, unit, citation, and its name and characterisation method by language.

    `of` is empty where it is one of all flows, else `electricity`, `all-but-electricity` or `water-on-site`.
    """

    id: str
    name: Text
    unit: str
    method: Text
    citation: str
    of: str = ""

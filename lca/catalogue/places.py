"""Electricity zones by what people call them in any language; a name is told its code, and never taken for another's."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping

from lca.problems import did_you_mean
from lca.quantities.by_language import ORIGINAL

#: What stands before a name in a sentence.
_ARTICLE = re.compile(r"^(?:the|le|la|les|l) ")


class Places:
    """The zones by their names and codes; case, accents, hyphens and articles make no difference."""

    def __init__(self, names: Mapping[str, Mapping[str, str]], others: Mapping[str, Iterable[str]]) -> None:
        """Take the name of each zone by language, and further names of some."""
        self._names, self._others = names, others

    @property
    def _zones(self) -> Mapping[str, str]:
        return self._names[ORIGINAL]

    def hint(self, name: str) -> str:
        """Return a hint for a name that is no code: the code to write, or which names are spelled alike."""
        zones = self._by_name.get(_plain(name), [])
        if zones:
            return f"write the code {' or '.join(f'`{zone}`' for zone in zones)}"
        return did_you_mean(name, dict.fromkeys((*self._zones, *(written for _, written in self._all))))

    def code(self, name: str) -> str:
        """Return the code of a zone by a code or a name that is its alone, else an empty text."""
        zones = self._by_name.get(_plain(name), [])
        return zones[0] if len(zones) == 1 else ""

    @functools.cached_property
    def _all(self) -> tuple[tuple[str, str], ...]:
        """Each zone with each of its names."""
        return tuple(
            (zone, written)
            for zone in self._zones
            for written in dict.fromkeys(
                (*(names[zone] for names in self._names.values()), *self._others.get(zone, ()))
            )
        )

    @functools.cached_property
    def _by_name(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for zone, name in (*self._all, *((zone, zone) for zone in self._zones)):
            for spelling in dict.fromkeys((_plain(name), _plain(name.partition(" (")[0]))):
                zones = found.setdefault(spelling, [])
                zones += [zone] if zone not in zones else []
        return found


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    words = re.findall(r"\w+", "".join(c for c in letters if not unicodedata.combining(c)).replace("_", " "))
    return _ARTICLE.sub("", " ".join(words))

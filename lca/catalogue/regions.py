"""Computing centres, and cloud providers with their regions, as people and consoles name them: the electricity zone of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

#: What a zone of a region is named by beside the region: a letter, a number, or both.
_SUFFIX = re.compile(r"^(.*[a-z].*?)(?:-?[a-z]|-?\d+|-[a-z]\d?)$")


class Regions:
    """The electricity zone of each region of each provider, by any of their names."""

    def __init__(self, zones: Mapping[tuple[str, str], str], providers: Mapping[str, Sequence[str]]) -> None:
        """Take the zones by provider and region, and further names of providers."""
        self.zones = zones
        self._providers = {other.casefold(): name for name, others in providers.items() for other in (name, *others)}
        self._places: dict[tuple[str, str], tuple[str, str]] = {}
        for provider, region in zones:
            for name in _names_of(region):
                self._places.setdefault((provider, name), (provider, region))

    def provider(self, name: str) -> str:
        """Return a provider's identifier, the name itself in small letters where it is not known."""
        text = " ".join(name.casefold().split())
        return self._providers.get(text, text)

    def find(self, provider: str, region: str) -> tuple[str, str] | None:
        """Return the provider and the region as the catalogue names them, None where they are unknown."""
        who = self.provider(provider)
        for name in _asked(region):
            if (who, name) in self._places:
                return self._places[who, name]
        return None

    def of(self, provider: str) -> tuple[str, ...]:
        """Return the regions of a provider, none where it is unknown."""
        who = self.provider(provider)
        return tuple(region for known, region in self.zones if known == who)


class KnownSite(Struct, frozen=True):
    """A computing centre: its identifier, name, electricity zone, and further names."""

    id: str
    name: str
    zone: str
    aliases: tuple[str, ...]


class KnownSites:
    """The computing centres by any of their names; case, spaces and hyphens make no difference."""

    def __init__(self, sites: Iterable[KnownSite]) -> None:
        self.by_id = {site.id: site for site in sites}
        self._by_name = {
            re.sub(r"\W", "", name.casefold()): site
            for site in self.by_id.values()
            for name in (site.id, site.name, *site.aliases)
        }

    @property
    def names(self) -> tuple[str, ...]:
        """All names of all centres, identifiers first."""
        sites = self.by_id.values()
        return (*self.by_id, *(name for site in sites for name in (site.name, *site.aliases)))

    def find(self, name: str) -> KnownSite | None:
        """Return the centre of a name, None where it is unknown."""
        return self._by_name.get(re.sub(r"\W", "", name.casefold()))


def _squeezed(name: str) -> str:
    return re.sub(r"[\s_()]+", "", name.casefold())


def _names_of(region: str) -> Iterator[str]:
    """Yield the names of a region; of `GRA (Gravelines)` also each of the two."""
    yield _squeezed(region)
    short = re.fullmatch(r"(\w+) \((.+)\)", region)
    if short:
        yield from map(_squeezed, short.groups())


def _asked(region: str) -> Iterator[str]:
    """Yield a name as it stands, then without what names a zone within the region: `us-east-1a`, `europe-west1-b`, `GRA11`."""
    name = _squeezed(region)
    yield name
    while shorter := _SUFFIX.match(name):
        name = shorter[1].rstrip("-")
        yield name

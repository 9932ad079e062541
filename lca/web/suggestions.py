"""The names that complete a field: those of the catalogue, and those that the descriptor itself gives."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lca.catalogue.book import FactorBook
from lca.catalogue.items import CLIMATE, ITEM_KINDS
from lca.files.shipped import catalogue

#: A name to write, and what it is, empty where the name says it.
Suggestion = tuple[str, str]


def suggestions(name: str, data: Mapping[str, Any], language: str) -> tuple[Suggestion, ...]:
    """Return a list by its name in `steps.yaml`; where that is a map of the descriptor, the entries go first."""
    found = data.get(name)
    own = [(str(entry), "") for entry in found] if isinstance(found, Mapping) else []
    if name == "trainings":
        trainings = data.get("training")
        return tuple((f"training.{entry}", "") for entry in trainings) if isinstance(trainings, Mapping) else ()
    shipped = _shipped(name, language) if name in _LISTS else ()
    return (*own, *shipped)


@functools.cache
def _shipped(name: str, language: str) -> tuple[Suggestion, ...]:
    return tuple(sorted(set(_LISTS[name](catalogue(), language)), key=lambda one: one[0].casefold()))


def _processors(book: FactorBook, is_accelerator: bool) -> Iterator[Suggestion]:
    for key, _ in book.rows:
        if key.startswith("processor/") and key.endswith("/tdp"):
            identifier = key.split("/")[1]
            if identifier.startswith("cpu-") != is_accelerator:
                yield book.processors.label(identifier), ""


def _items(book: FactorBook, _: str) -> Iterator[Suggestion]:
    for key, indicator in book.rows:
        kind, _, rest = key.partition("/")
        if indicator == CLIMATE and kind in ITEM_KINDS:
            yield "/".join((kind, *rest.split("/")[:2])), ""


def _alone(names: Iterable[str]) -> Iterator[Suggestion]:
    return ((name, "") for name in names)


_LISTS: Mapping[str, Any] = {
    "accelerators": lambda book, _: _processors(book, True),
    "processors": lambda book, _: _processors(book, False),
    "zones": lambda book, language: book.zone_names[language].items(),
    "sites": lambda book, _: ((site.id, site.name) for site in book.sites.by_id.values()),
    "providers": lambda book, _: _alone(provider for provider, _ in book.regions.zones),
    "interfaces": lambda book, _: _alone(model.provider for model in book.models.by_id.values() if model.provider),
    "regions": lambda book, language: (
        (region, book.zone_names[language].get(zone, zone)) for (_, region), zone in book.regions.zones.items()
    ),
    "instances": lambda book, _: ((one.name, one.provider) for one in book.instances.all),
    "models": lambda book, _: _alone(book.models.by_id),
    "devices": lambda book, _: _alone(set(book.names("manufacture")) - set(book.names("processor"))),
    "items": _items,
}

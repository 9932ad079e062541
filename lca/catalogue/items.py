"""Items of the catalogue that a descriptor names: fuels, heat, transport, freight, materials, water and waste."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from lca.catalogue.book import FactorBook
from lca.problems import did_you_mean
from lca.quantities.units import same_dimension

#: The first segments of keys that a descriptor may name in place of an own factor.
ITEM_KINDS = ("fuel", "heat", "transport", "freight", "material", "water", "waste")

#: Last segments of what is a part of an item, or more than it: these serve only where they are named in full.
PARTS = ("direct", "upstream", "life-cycle")

CLIMATE = "gwp100"


def names_an_item(name: str) -> bool:
    """Say whether a name is a key of the catalogue: it has a slash, which no name of a descriptor has."""
    return "/" in name


def keys_named(book: FactorBook, name: str) -> tuple[str, ...]:
    """Return the keys that a name stands for, the one that leads first.

    `fuel/diesel` stands for all keys below it, `fuel/diesel/FR` for those of one place; the second segment may be a French
    name (`fuel/gazole`). A part of an item, such as `fuel/diesel/FR/L/direct`, must be named in full.
    """
    wanted = _canonical(book, name)
    keys = _keys(book, wanted.partition("/")[0])
    found = [key for key in keys if key == wanted or (key.startswith(f"{wanted}/") and not _is_part(key))]
    return tuple(sorted(found, key=lambda key: (_rank(book, key), key)))


def key_for(book: FactorBook, name: str, unit: str, per: str = "") -> str | None:
    """Return the key that serves an amount in a unit; None where no key of that name is per such a unit.

    Args:
        book: the catalogue.
        name: a key, or the beginning of one.
        unit: unit of the amount.
        per: what the amount is divided by, such as `/year`.
    """
    return next((key for key in keys_named(book, name) if same_dimension(unit, f"{unit_of(book, key)}{per}")), None)


def place_of(key: str) -> str:
    """Return the place of an item's key or name; empty where a name leaves it open."""
    return ([*key.split("/", 3), "", ""])[2]


def unit_of(book: FactorBook, key: str) -> str:
    """Return the unit of an item that its climate impact is given for."""
    return book.get(key, CLIMATE).unit.partition("/")[2]


def hint_for(book: FactorBook, name: str) -> str:
    """Return a hint for a name that the catalogue does not know: what is close to it, and how to look for more."""
    length = max(2, name.count("/") + 1)
    keys = [key for kind in ITEM_KINDS for key in _keys(book, kind)]
    known = dict.fromkeys("/".join(key.split("/")[:length]) for key in keys)
    if length == 2:
        known |= {f"{key.split('/')[0]}/{other}": None for key in keys for other in _others(book, key)}
    kind, _, item = name.partition("/")
    look = f"look with `lca factors search {f'{kind}/' if kind in ITEM_KINDS else item.split('/')[0] or kind}`"
    near = did_you_mean(name, known)
    return f"{near} {look}" if near else look


def _keys(book: FactorBook, kind: str) -> tuple[str, ...]:
    """Return the keys of the items of a kind, none of what is no kind of item: all of them have a climate impact."""
    return book.keys_of(kind, CLIMATE) if kind in ITEM_KINDS else ()


def _others(book: FactorBook, key: str) -> Iterator[str]:
    """Yield the other names of a key's item."""
    cells = (row.cells["aliases"] for row in book.rows[key, CLIMATE])
    return (other for names in cells for other in names.split(";") if other)


def _is_part(key: str) -> bool:
    return key.rpartition("/")[2] in PARTS


def _rank(book: FactorBook, key: str) -> int:
    """Return the place of a key's first source in the order of preference of its kind."""
    order, source = book.preference.get(key.split("/", 1)[0], ()), book.get(key, CLIMATE).source.id
    return order.index(source) if source in order else len(order)


def _canonical(book: FactorBook, name: str) -> str:
    """Return a name with its item by the catalogue's own word, where it is given by another one."""
    kind, _, rest = name.partition("/")
    item, slash, place = rest.partition("/")
    spelled = _plain(item)
    keys = _keys(book, kind)
    if not spelled or any(key.split("/")[1] == spelled for key in keys):
        return f"{kind}/{spelled}{slash}{place}"
    for key in keys:
        if spelled in map(_plain, _others(book, key)):
            return f"{kind}/{key.split('/')[1]}{slash}{place}"
    return name


def _plain(word: str) -> str:
    """Return a word in small letters, without accents, with hyphens for spaces: `Gaz naturel` is `gaz-naturel`."""
    letters = unicodedata.normalize("NFKD", word.casefold().strip())
    return "-".join("".join(c for c in letters if not unicodedata.combining(c)).split())

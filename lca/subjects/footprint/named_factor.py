"""The factor that a key `factor` names: an own factor of the descriptor, or an item of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from lca.catalogue.items import hint_for, key_for, keys_named, names_an_item, place_of, unit_of
from lca.quantities.units import same_dimension
from lca.subjects.footprint.flow import EMBODIED, OPERATIONAL, Context, Leaf
from lca.subjects.footprint.stated import OwnFactor

#: Kinds of item that are no use of a thing, but its manufacture or its end.
EMBODIED_KINDS = ("material", "waste")


class NamedFactor(Struct, frozen=True):
    """What a name stands for: the key of its flow, the unit it is per, its impacts by indicator, scope and coverage."""

    key: str
    part: str
    per: str
    leaves: Mapping[str, Leaf]
    scope: str = OPERATIONAL
    note: str = ""


def named_factor(
    context: Context, own: Mapping[str, OwnFactor], name: str, unit: str, rate: str = ""
) -> NamedFactor | None:
    """Return what a name stands for, for an amount in a unit; None where there is none of that unit, or none at all.

    `rate` is what the amount is divided by: `/year` for an amount per year.
    """
    if names_an_item(name):
        key = key_for(context.book, name, unit, rate)
        if key is None:
            return None
        kind, item = key.split("/")[:2]
        scope = EMBODIED if kind in EMBODIED_KINDS else OPERATIONAL
        return NamedFactor(key, item, unit_of(context.book, key), context.factors_of(key), scope)
    factor = own.get(name)
    if factor is None or not same_dimension(unit, f"{factor.per}{rate}"):
        return None
    scope = EMBODIED if factor.scope == EMBODIED else OPERATIONAL
    return NamedFactor(factor.path, name, factor.per, factor.leaves(factor.per), scope, factor.coverage)


def note_place(context: Context, name: str, found: NamedFactor, path: str) -> None:
    """Note that an item is named without its place, and which place's value leads, for that of another may be higher."""
    if not names_an_item(name) or place_of(name):
        return
    place, keys = place_of(found.key), keys_named(context.book, name)
    alike = (key for key in keys if same_dimension(found.per, unit_of(context.book, key)))
    others = [other for other in dict.fromkeys(map(place_of, alike)) if other != place]
    known = f"; the catalogue also knows {' and '.join(others)}" if others else "; the catalogue knows no other"
    kind, item = found.key.split("/")[:2]
    message = f"`{name}` names no place: the value of {place} is taken{known}"
    context.problem(
        path, "LCA608", message, f"write `{kind}/{item}/{place}` if that is where it is used, else an own factor"
    )


def note_problem(
    context: Context, own: Mapping[str, OwnFactor], name: str, unit: str, places: tuple[str, str], rate: str = ""
) -> None:
    """Note why a name stands for nothing; `places` are the paths of the factor and of the amount."""
    at_factor, at_amount = places
    if not names_an_item(name):
        if name in own:  # else the reading of the descriptor has said so
            message = f"{at_amount}: an amount in {unit}, but the factor `{name}` is per {own[name].per}"
            context.problem(at_amount, "LCA303", message, "state both in like units")
        return
    keys = keys_named(context.book, name)
    if not keys:
        message = f"the catalogue has no item `{name}`"
        context.problem(at_factor, "LCA503", message, hint_for(context.book, name))
        return
    units = list(dict.fromkeys(f"{unit_of(context.book, key)}{rate}" for key in keys))
    message = f"{at_amount}: an amount in {unit}, but `{name}` of the catalogue is for amounts in {' or '.join(units)}"
    context.problem(at_amount, "LCA303", message, f"state it in {units[0]}, or name an item of that unit")

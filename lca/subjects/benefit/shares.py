"""Who claims which share of one benefit: the project, its partners by effects of their own, and other calls."""

from __future__ import annotations

from collections.abc import Iterator

from lca.descriptor.descriptor import Descriptor
from lca.problems import Problem
from lca.quantities.provenance import Stated
from lca.quantities.units import conversion
from lca.subjects.benefit.declared import Benefit, Effect, Enabling, Harm
from lca.subjects.benefit.places import problem_at

#: What sums of shares that are written in decimals may miss the whole by.
NEAR = 1e-9


def claims_beside(benefit: Benefit, record: Effect | Harm | Enabling) -> tuple[Effect, ...]:
    """Return the other effects that claim a share of the same benefit, by its `id`."""
    own = record.id if isinstance(record, Effect) else ""
    return tuple(one for one in benefit.effects.values() if own and one.id == own and one.path != record.path)


def share_checks(descriptor: Descriptor, benefit: Benefit) -> Iterator[Problem]:
    """Yield what is wrong with the shares that are claimed: a benefit counted twice, a silent claim, more than the whole."""
    leading: dict[str, Effect] = {}
    told: set[str] = set()
    for effect in benefit.effects.values():
        beside = claims_beside(benefit, effect)
        if not beside or effect.id not in told:
            yield from _more_than_the_whole(descriptor, (effect, *beside))
        told.add(effect.id)
        if beside and effect.attribution is None:
            message = f"{effect.path}: several claim a share of `{effect.id}`, and this claim states none"
            yield problem_at(descriptor, effect.path, "LCA202", message, "add `attribution`")
        if not beside or not effect.says_how_much:
            continue
        first = leading.setdefault(effect.id, effect)
        if first is not effect:
            place = descriptor.document.at(tuple(first.path.split(".")))
            message = f"{effect.path}: `{effect.id}` is one benefit, and {first.path} ({place}) says how much it is"
            hint = "keep the amount in one of them; the other claims its share by `attribution` alone"
            yield problem_at(descriptor, effect.path, "LCA402", message, hint)


def _more_than_the_whole(descriptor: Descriptor, claims: tuple[Effect, ...]) -> Iterator[Problem]:
    """Yield an error where the shares of one benefit add up to more than it; what one other call claims counts once."""
    own = [claim.attribution for claim in claims if claim.attribution is not None]
    elsewhere: dict[str, Stated] = {}
    for claim in claims:
        for other in claim.also_claimed_in.values():
            call, known = other.call.strip().casefold(), elsewhere.get(other.call.strip().casefold())
            if other.share is not None and (known is None or _part(other.share) > _part(known)):
                elsewhere[call] = other.share
    shares = [*own, *elsewhere.values()]
    whole = sum(map(_part, shares))
    if whole > 1 + NEAR:
        said = ", ".join(f"{share.text} ({share.location})" for share in shares)
        what = claims[0].id or claims[0].name
        message = f"the shares that are claimed of `{what}` add up to {whole:g}, more than the whole: {said}"
        hint = "one benefit is counted once: agree on the shares with all who claim it"
        yield problem_at(descriptor, shares[0].path, "LCA426", message, hint)


def _part(share: Stated) -> float:
    return share.value * conversion(share.unit, "1")

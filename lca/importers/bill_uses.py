"""What a charge of a cloud bill is of: hours of an instance, data kept, data moved, tokens of a model, or none of these."""

from __future__ import annotations

import calendar
import itertools
import re
from collections.abc import Callable
from decimal import Decimal

from msgspec import Struct

from lca.importers.bill import Charge

INSTANCE, STORAGE, TRANSFER, TOKENS = "instance", "storage", "transfer", "tokens"

_HOURS = {"h": 1, "hr": 1, "hrs": 1, "hour": 1, "hours": 1, "instance-hours": 1, "vm-hours": 1}
_PARTS_OF_AN_HOUR = {"minute": 60, "minutes": 60, "second": 3600, "seconds": 3600, "secs": 3600}
_GIGABYTES = {"byte": Decimal("1e-9"), "bytes": Decimal("1e-9")}
for _power, _letter in enumerate("kmgtp", start=1):
    _GIGABYTES |= {f"{_letter}b": Decimal(1000) ** (_power - 3), f"{_letter}ib": Decimal(1024) ** _power / 10**9}
_KEPT = re.compile(r"([kmgtp]i?b|bytes?)[- ]?(?:s[- ])?(?:(mo|months?)|(h|hrs?|hours?))", re.IGNORECASE)
_STORES = re.compile(r"storage|volume|snapshot|disk|timedstorage|backup", re.IGNORECASE)
_MEMORY = re.compile(r"memory|\bram\b|lambda|fargate", re.IGNORECASE)
_MOVES = re.compile(
    r"data ?transfer|bandwidth|egress|ingress|(?:out|in|regional)-bytes|network (?:internet|inter)", re.IGNORECASE
)
_WITHIN = re.compile(
    r"regional-bytes|aws-(?:out|in)-bytes|inter.?(?:zone|region)|intra|availability zone", re.IGNORECASE
)
#: Hours that are billed beside those of an instance, and are of no further one.
_BESIDE = re.compile(r"ebsoptimized|unused|credits|loadbalancer", re.IGNORECASE)
#: AWS's names of usage end in the type: `EU-BoxUsage:p4d.24xlarge`, `USE1-Train:ml.p3.2xlarge`.
_AFTER_COLON = re.compile(r":((?:[a-z]+\.)?[a-z][a-z0-9-]*\.[a-z0-9-]+)$")
_SOLID = re.compile(r"ssd|\bgp[23]\b|\bio[12]\b|nvme|premium", re.IGNORECASE)
_DISK = re.compile(r"hdd|\bst1\b|\bsc1\b|magnetic", re.IGNORECASE)
_SENT, _WRITTEN = re.compile(r"input|prompt", re.IGNORECASE), re.compile(r"output|completion|generated", re.IGNORECASE)
_CACHED = re.compile(r"cache[ds]?\b.{0,3}(?:read|input|hit)|cached", re.IGNORECASE)


class Use(Struct, frozen=True):
    """What a charge is of: its kind, what tells it from others of its kind, and how much.

    `amount` is in hours, gigabyte-hours, gigabytes or tokens. `which` is the instance's name, the medium, the network, or the
    model; `direction` says of tokens whether they were sent, written or read from a cache.
    """

    kind: str
    which: str
    amount: Decimal
    direction: str = ""


def use_of(charge: Charge, is_instance: Callable[[str], bool]) -> Use | None:
    """Return what a charge is of, None where that has no place in a descriptor or the charge does not say it.

    `is_instance` says whether a word is the name of an instance type, for providers that print it alone.
    """
    if charge.quantity is None:
        return None
    unit, amount = charge.unit.casefold(), charge.quantity
    said = " ".join(charge.words)
    hours = _hours(unit, amount)
    if hours is not None and not _BESIDE.search(said):
        after_colon = (found[1] for word in charge.words if (found := _AFTER_COLON.search(word)))
        name = charge.instance or next(itertools.chain(after_colon, filter(is_instance, charge.words)), "")
        return Use(INSTANCE, name, hours) if name else None
    if kept := _KEPT.fullmatch(unit):
        if _MEMORY.search(said) or (kept[3] and not _STORES.search(said)):
            return None
        size = amount * _GIGABYTES[kept[1].casefold()]
        return Use(STORAGE, _medium(charge, said), size * (_hours_of_month(charge) if kept[2] else 1))
    if unit in _GIGABYTES and _MOVES.search(said):
        return Use(TRANSFER, "data-centre" if _WITHIN.search(said) else "fixed", amount * _GIGABYTES[unit])
    if re.fullmatch(r"(?:input |output )?tokens?", unit):
        return _tokens(charge, said, amount)
    return None


def _hours(unit: str, amount: Decimal) -> Decimal | None:
    if unit in _HOURS:
        return amount
    return amount / _PARTS_OF_AN_HOUR[unit] if unit in _PARTS_OF_AN_HOUR else None


def _hours_of_month(charge: Charge) -> int:
    return 24 * calendar.monthrange(charge.began.year, charge.began.month)[1]


def _medium(charge: Charge, said: str) -> str:
    text = f"{charge.details.get('DiskType', '')} {said}"
    return "ssd" if _SOLID.search(text) else "hdd" if _DISK.search(text) else ""


def _tokens(charge: Charge, said: str, amount: Decimal) -> Use | None:
    """Return tokens of a model whose name and direction the charge says."""
    details = charge.details
    words = " ".join((*(details.get(name, "") for name in ("TokenDirection", "TokenType")), said, charge.unit))
    model = details.get("ModelId") or details.get("ModelName") or ""
    if not model:
        found = re.search(
            r"^(?:[A-Z0-9]+-)?(.+?)[- ](?:input|output|prompt|completion)", charge.words[0] if said else ""
        )
        model = found[1] if found else ""
    direction = "output" if _WRITTEN.search(words) else "input" if _SENT.search(words) else ""
    if direction == "input" and (details.get("TokenCacheAction", "").casefold() == "read" or _CACHED.search(words)):
        direction = "cached_input"
    return Use(TOKENS, model, amount, direction) if model and direction else None

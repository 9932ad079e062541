"""Hours of processors and of whole machines: which spellings mean them, and whose hours they are."""

from __future__ import annotations

import re
import unicodedata

#: Whose hours a unit may be, as `Measure.noun` names it: spellings without accents and plural.
_OWNERS = {
    "GPU": (
        "gpu",
        "accelerator",
        "accelerateur",
        "tpu",
        "npu",
        "gcd",
        "graphics card",
        "carte graphique",
        "card",
        "carte",
        "chip",
    ),
    "CPU": ("cpu", "processor", "processeur", "socket"),
    "core": ("core", "coeur"),
    "node": ("node", "noeud", "machine", "server", "serveur", "host", "hote", "instance"),
    "vCPU": ("vcpu", "thread", "hyperthread"),
}
_OWNER_OF = {spelling: owner for owner, spellings in _OWNERS.items() for spelling in spellings}

#: Several words are read as one: the accelerators' node is a node, the processor's core is a core.
_TOGETHER = {
    frozenset({"GPU", "node"}): "node",
    frozenset({"CPU", "node"}): "node",
    frozenset({"CPU", "core"}): "core",
}

_TIMES = {
    "s": ("s", "sec", "second", "seconde"),
    "min": ("min", "minute"),
    "h": ("h", "hr", "hour", "heure"),
    "d": ("d", "day", "jour", "j"),
    "week": ("week", "semaine"),
    "month": ("month", "mois"),
    "year": ("year", "yr", "an", "annee"),
}
_TIME_OF = {spelling: unit for unit, spellings in _TIMES.items() for spelling in spellings}

_BETWEEN = re.compile(r"[\s\-‐-―_.·*⋅×']+")
_FILLERS = {"de", "d", "des", "du", "of", "calcul", "compute"}
_MULTIPLES = {
    "k": 1e3,
    "m": 1e6,
    "thousand": 1e3,
    "millier": 1e3,
    "million": 1e6,
    "mio": 1e6,
    "billion": 1e9,
    "milliard": 1e9,
}
_GLUED = re.compile(
    "(?P<multiple>k|m)?(?:(?P<owner>{0})s?(?P<time>{1})s?|(?P<time2>{1})s?(?P<owner2>{0})s?)".format(
        "|".join(sorted((s for s in _OWNER_OF if " " not in s), key=len, reverse=True)),
        "|".join(sorted((s for s in _TIME_OF if s != "s"), key=len, reverse=True)),
    )
)

#: The hours that a machine's time can be worked out from.
HOURS_OF = tuple(_OWNERS)


def split_processor_time(text: str) -> tuple[str, str] | None:
    """Return the unit of time and whose time it is (`h` and `GPU` of `GPU-hours`), None where the unit is another.

    Hyphens, points, crosses, plurals, capitals and accents make no difference, nor whether the words are joined.
    """
    words = _words(text)
    times = [_TIME_OF[word] for word in words if word in _TIME_OF]
    owners = {_OWNER_OF[word] for word in words if word in _OWNER_OF}
    if len(times) != 1 or not owners or any(word not in _TIME_OF and word not in _OWNER_OF for word in words):
        return None
    owner = next(iter(owners)) if len(owners) == 1 else _TOGETHER.get(frozenset(owners), "")
    return (times[0], owner) if owner else None


def is_processor(text: str) -> bool:
    """Say whether a part of a unit names a processor or a machine, or hours of one."""
    return any(word in _OWNER_OF for word in _words(text))


def without_multiple(text: str) -> tuple[float, str, str] | None:
    """Return the multiple, the time and the owner in `M GPU hours` or `kGPUh`; None where the text is another."""
    plain = _plain(text)
    glued = _GLUED.fullmatch(plain)
    first, _, rest = plain.partition(" ")
    if glued and glued["multiple"]:
        found = split_processor_time(plain[1:])
        return (_MULTIPLES[glued["multiple"]], *found) if found else None
    found = split_processor_time(rest) if first.removesuffix("s") in _MULTIPLES else None
    return (_MULTIPLES[first.removesuffix("s")], *found) if found else None


def names_a_model(text: str) -> bool:
    """Say whether a text is time of one model of accelerator, as `A100 hours` is."""
    words = _words(text)
    models = [word for word in words if re.fullmatch(r"(?=.*\d)[a-z]+[a-z0-9]*", word)]
    rest = [word for word in words if word not in models and word not in _OWNER_OF]
    return bool(models) and len(rest) == 1 and rest[0] in _TIME_OF


def _plain(text: str) -> str:
    """Return a unit's words without capitals, accents and marks between them, one space apart."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("’", "'"))
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    return _BETWEEN.sub(" ", folded).strip()


def _words(text: str) -> list[str]:
    """Return the words of a unit in the singular, joined ones apart, without those that only join others."""
    found: list[str] = []
    plain = _plain(text)
    for two in (spelling for spelling in _OWNER_OF if " " in spelling):
        first, _, second = two.partition(" ")
        plain = re.sub(rf"\b{first}s? {second}s?\b", first if first in _OWNER_OF else second, plain)
    for word in plain.split():
        glued = _GLUED.fullmatch(word)
        if glued and not glued["multiple"]:
            found += [glued["owner"] or glued["owner2"], glued["time"] or glued["time2"]]
        elif word not in _FILLERS:
            found.append(word if word in _TIME_OF or word in _OWNER_OF else _singular(word))
    return found


def _singular(word: str) -> str:
    for ending in ("s", "x"):
        if word.endswith(ending):
            return word[:-1]
    return word

"""Where dossiers go wrong: each fault is planted in one place, and what is planted is recorded."""

from __future__ import annotations

import copy
import dataclasses
import functools
import re
from collections.abc import Callable, Iterator
from typing import Any

from applicants.applicant import Draw
from applicants.grammar import rules_of
from applicants.plan import Plan, planned, tree_of
from applicants.text import Tree


@dataclasses.dataclass(frozen=True)
class Fault:
    """What is wrong with a dossier, where, and by which code the program tells it; none where it cannot know of it alone."""

    kind: str
    path: str
    code: str = ""
    #: The other dossier, for what only a comparison of two can find.
    of: str = ""


#: Of each fault that the program tells in one dossier: the code.
CODES = {
    "unreadable": "LCA104",
    "unknown-key": "LCA201",
    "wrong-unit": "LCA303",
    "missing-required": "LCA202",
    "unknown-catalogue": "LCA506",
    "missing-file": "LCA406",
    "impossible-pue": "LCA304",
    "grams-for-kilograms": "LCA304",
    "high-pue": "LCA607",
    "power-too-high": "LCA607",
    "longer-than-project": "LCA607",
    "silent-stages": "LCA606",
    "narrow-range": "LCA834",
    "reference-without-figures": "LCA821",
}
#: What the dossier's own writing leaves out.
LEFT_OUT = {"silent-stages": "goal.excluded", "reference-without-figures": "benefit.reference"}
#: How far back a dossier looks for another one to repeat.
BACK = 400


def plant(plan: Plan, tree: Tree) -> list[Fault]:
    """Change a tree by its planned faults, all but those of the text, and return those that were planted."""
    draw, found = Draw(f"{plan.seed}/{plan.number}/faults"), []
    for kind in plan.faults:
        if kind in PLANTED:
            found += [Fault(kind, path, CODES.get(kind, "")) for path in PLANTED[kind](draw, tree)]
        elif kind in LEFT_OUT:
            found.append(Fault(kind, LEFT_OUT[kind], CODES[kind]))
        elif kind in REPEATED:
            found += REPEATED[kind](draw, plan, tree)
    return found


def _stated(tree: Tree, path: str) -> Tree:
    place: Any = tree
    for key in path.split("."):
        place = place[key]
    found: Tree = place
    return found


def _first(tree: Tree, part: str) -> str:
    return f"{part}.{next(iter(tree[part]))}"


def _set(tree: Tree, path: str, value: Any) -> Iterator[str]:
    parent, _, key = path.rpartition(".")
    _stated(tree, parent)[key] = value
    yield path


def _unknown_key(draw: Draw, tree: Tree) -> Iterator[str]:
    key = draw.choice(("budget", "objectif", "sumary", "team", "durée"))
    yield from _set(tree, f"{draw.choice([one for one in ('project', 'goal') if one in tree])}.{key}", "à préciser")


def _wrong_unit(draw: Draw, tree: Tree) -> Iterator[str]:
    places = [("project.duration", "36 kWh")]
    for stage, key in (("storage", "duration"), ("inference", "duration"), ("transfer", "volume")):
        places += [(f"{_first(tree, stage)}.{key}", "12 kg")] if stage in tree else []
    yield from _set(tree, *draw.choice(places))


def _missing(draw: Draw, tree: Tree) -> Iterator[str]:
    places = ["project.name", "project.start"]
    if "functional_unit" in tree.get("goal", {}):
        places += ["goal.functional_unit.description", "goal.functional_unit.quantity"]
    parent, _, key = (path := draw.choice(places)).rpartition(".")
    del _stated(tree, parent)[key]
    yield path


def _catalogue(*versions: str) -> Callable[[Draw, Tree], Iterator[str]]:
    def planted(draw: Draw, tree: Tree) -> Iterator[str]:
        tree["catalogue"] = draw.choice(versions)
        yield "catalogue"

    return planted


def _missing_file(draw: Draw, tree: Tree) -> Iterator[str]:
    path = _first(tree["checklist"], "answers")
    paper = {"type": "supplier_letter", "title": "Annexe", "file": f"annexes/piece-{draw.randint(1, 90)}.pdf"}
    yield from _set(tree, f"checklist.{path}.evidence", [paper])


def _pue(*values: float) -> Callable[[Draw, Tree], Iterator[str]]:
    def planted(draw: Draw, tree: Tree) -> Iterator[str]:
        site = _first(tree, "sites")
        _stated(tree, site).pop("kind", None)
        yield from _set(tree, f"{site}.pue", draw.choice(values))

    return planted


def _power(draw: Draw, tree: Tree) -> Iterator[str]:
    place = draw.choice(("power", "gpu.power"))
    yield from _set(tree, f"{_first(tree, 'machines')}.{place}", f"{draw.choice((20, 40, 100))} kW")


def _grams(draw: Draw, tree: Tree) -> Iterator[str]:
    yield from _set(tree, f"{_first(tree, 'sites')}.electricity", f"{draw.randint(20, 400)} kgCO2e/kWh")


def _too_long(draw: Draw, tree: Tree) -> Iterator[str]:
    yield from _set(tree, f"{_first(tree, 'training')}.duration", f"{draw.randint(60, 400)}000 h")


def _narrow(_: Draw, tree: Tree) -> Iterator[str]:
    path = f"benefit.{_first(tree['benefit'], 'effects')}"
    effect = _stated(tree, path)
    effect["evidence"] = "expert"
    effect.pop("trial", None)
    key = "quantity" if "quantity" in effect else "flows.consumption.with_project"
    number, unit = _stated(effect, key)["value"].split()
    bounds = [f"{float(number) * 0.98:.4g} {unit}", f"{float(number) * 1.02:.4g} {unit}"]
    yield from _set(tree, f"{path}.{key}", {"value": f"{number} {unit}", "range95": bounds})


PLANTED: dict[str, Callable[[Draw, Tree], Iterator[str]]] = {
    "unknown-key": _unknown_key,
    "wrong-unit": _wrong_unit,
    "missing-required": _missing,
    "unknown-catalogue": _catalogue("2024.2", "2025.1", "2025.3"),
    "old-catalogue": _catalogue("2026.1"),
    "missing-file": _missing_file,
    "impossible-pue": _pue(0.7, 0.8, 0.9, 12.5, 14, 15),
    "high-pue": _pue(3.6, 4.5, 6, 8.5),
    "power-too-high": _power,
    "grams-for-kilograms": _grams,
    "longer-than-project": _too_long,
    "narrow-range": _narrow,
}


@functools.lru_cache(maxsize=64)
def _another(seed: int, number: int, language: str, part: str) -> tuple[Plan, Tree] | None:
    """Return the nearest dossier before a number, in the same language and without faults, that has a part."""
    for other in range(number, max(0, number - BACK), -1):
        plan = planned(seed, other)
        has = plan.answers if part == "answers" else plan.benefit and plan.identified
        if plan.language == language and has and not plan.faults:
            return plan, tree_of(plan)
    return None


def _claimed_twice(draw: Draw, plan: Plan, tree: Tree) -> Iterator[Fault]:
    """Claim the benefit of another dossier: the same effect for the same partner, sometimes without its `id`."""
    found = _another(plan.seed, plan.number - draw.randint(1, 40), plan.language, "benefit")
    if found is None:
        return
    other, theirs = found
    tree["benefit"] = copy.deepcopy(theirs["benefit"])
    partners = [one for one in theirs["project"].get("partners", []) if one not in tree["project"].get("partners", [])]
    if partners:
        tree["project"]["partners"] = [*tree["project"].get("partners", []), *partners]
    path = f"benefit.{_first(tree['benefit'], 'effects')}"
    if draw.chance(0.3):
        del _stated(tree, path)["id"]
    yield Fault("claimed-twice", path, of=other.name)


def _copied(draw: Draw, plan: Plan, tree: Tree) -> Iterator[Fault]:
    yield from _repeat_answers(draw, plan, tree, "copied-justification", lambda text: text)


def _edited(draw: Draw, plan: Plan, tree: Tree) -> Iterator[Fault]:
    yield from _repeat_answers(draw, plan, tree, "edited-justification", lambda text: edited(draw, plan.language, text))


REPEATED: dict[str, Callable[[Draw, Plan, Tree], Iterator[Fault]]] = {
    "claimed-twice": _claimed_twice,
    "copied-justification": _copied,
    "edited-justification": _edited,
}


def _repeat_answers(draw: Draw, plan: Plan, tree: Tree, kind: str, change: Callable[[str], str]) -> Iterator[Fault]:
    """Answer one to three rows as another dossier does, in its words."""
    found = _another(plan.seed, plan.number - draw.randint(1, 40), plan.language, "answers")
    if found is None:
        return
    other, theirs = found
    answers, own = theirs["checklist"]["answers"], tree["checklist"]["answers"]
    rows = [row for row in answers if not row.startswith("ccm82") or plan.benefit]
    for row in draw.sample(rows, min(len(rows), draw.randint(1, 3))):
        own[row] = {**copy.deepcopy(answers[row]), "justification": change(answers[row]["justification"])}
        yield Fault(kind, f"checklist.answers.{row}.justification", of=other.name)


def edited(draw: Draw, language: str, text: str) -> str:
    """Return a text in which some words are replaced by near ones, and to which half the time a sentence is added."""
    words = rules_of(language)["edits"]
    pattern = re.compile(r"\b(" + "|".join(map(re.escape, words)) + r")\b")
    changed = pattern.sub(lambda match: words[match[0]] if draw.chance(0.6) else match[0], text)
    if changed == text or draw.chance(0.5):
        changed += draw.choice(rules_of(language)["addition"])
    return changed


def unreadable(plan: Plan, text: str) -> tuple[str, list[Fault]]:
    """Return a text that is no YAML any more, by a tab or by a bracket that nobody closes, where the plan says so."""
    if "unreadable" not in plan.faults:
        return text, []
    draw, lines = Draw(f"{plan.seed}/{plan.number}/text"), text.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("project:"))
    if draw.chance(0.5):
        lines.insert(at + 1, "\tacronym: NEW")
    else:
        lines.insert(at + 1, "  keywords: [AI, data")
    return "\n".join(lines) + "\n", [Fault("unreadable", "", CODES["unreadable"])]

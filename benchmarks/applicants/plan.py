"""What is drawn of a dossier before it is written: language, way of working, parts and faults; and the tree that follows."""

from __future__ import annotations

import copy
import dataclasses

from applicants.answers import checklist
from applicants.applicant import Applicant, Draw
from applicants.claims import benefit, no_benefit
from applicants.text import Tree
from applicants.work import OF_DATA, STAGES, describe

FRENCH = 0.65
#: How often each way of working comes, of a hundred.
WAYS = {
    "own-servers": 22.0,
    "cloud": 19.0,
    "interface": 16.0,
    "national-centre": 14.0,
    "measured": 11.0,
    "federated": 5.0,
    "quality": 7.0,
    "minimal": 6.0,
}
#: Faults that stop an assessment, of a hundred dossiers; a dossier has at most one of them, and then no other fault.
STOPPING = {
    "unreadable": 1.0,
    "unknown-key": 1.4,
    "wrong-unit": 1.3,
    "missing-required": 1.3,
    "unknown-catalogue": 0.5,
    "missing-file": 1.0,
    "impossible-pue": 0.8,
    "grams-for-kilograms": 0.7,
}
#: Faults that an assessment bears, of a hundred dossiers; several may meet.
BORNE = {
    "high-pue": 1.0,
    "power-too-high": 1.0,
    "longer-than-project": 1.0,
    "old-catalogue": 1.0,
    "silent-stages": 5.0,
    "narrow-range": 3.0,
    "reference-without-figures": 3.0,
    "claimed-twice": 2.0,
    "copied-justification": 2.0,
    "edited-justification": 2.0,
}
#: What a dossier must have for a fault to be planted in it.
OF_A_SITE = ("impossible-pue", "high-pue", "power-too-high", "grams-for-kilograms", "longer-than-project")
OF_A_BENEFIT = ("narrow-range", "reference-without-figures", "claimed-twice")
OF_ANSWERS = ("missing-file", "copied-justification", "edited-justification")


@dataclasses.dataclass(frozen=True)
class Plan:
    """What a dossier is to be, by its seed and number alone."""

    seed: int
    number: int
    language: str
    way: str
    benefit: bool
    identified: bool
    answers: bool
    faults: tuple[str, ...]

    @property
    def name(self) -> str:
        """The dossier's file."""
        return f"{self.number:05}.yaml"


def planned(seed: int, number: int) -> Plan:
    """Return the plan of one dossier; it depends on no other."""
    draw = Draw(f"{seed}/{number}/plan")
    language = "fr" if draw.chance(FRENCH) else "en"
    way = draw.weighted(WAYS)
    stopping = draw.weighted({**STOPPING, "": 100 - sum(STOPPING.values())})
    borne = tuple(fault for fault, rate in BORNE.items() if draw.chance(rate / 100))
    faults = (stopping,) if stopping else borne
    if any(fault in OF_A_SITE for fault in faults):
        way = "own-servers"
    elif stopping and way == "minimal":
        way = "cloud"  # a dozen lines are silent on most, which is a fault of its own
    plain = way == "minimal"
    claims = draw.chance(0.05 if plain else 0.6) or any(fault in OF_A_BENEFIT for fault in faults)
    answers = draw.chance(0.05 if plain else 0.7) or any(fault in OF_ANSWERS for fault in faults)
    if plain and "silent-stages" not in faults:
        faults = (*faults, "silent-stages")
    return Plan(seed, number, language, way, claims, draw.chance(0.5), answers, faults)


def tree_of(plan: Plan) -> Tree:
    """Return a dossier as its applicant would have written it without faults, but for what is silent or without figures."""
    a = Applicant(plan.seed, plan.number, plan.language, plan.way)
    tree: Tree = {"descriptor": 1}
    if a.draw.chance(0.6):
        tree["catalogue"] = "2026.2"
    tree |= {"project": _project(a), "goal": {}}
    if a.draw.chance(0.25) and plan.way != "minimal":
        tree["money"] = {"currency": "EUR"}
    describe(a, tree, "silent-stages" in plan.faults)
    tree["goal"] = _goal(a, tree, plan)
    if plan.way != "minimal":
        _beside(a, tree)
    if plan.benefit:
        tree["benefit"] = benefit(a, plan.identified, "reference-without-figures" not in plan.faults)
    elif plan.way != "minimal":
        tree["benefit"] = no_benefit(a)
    if plan.answers:
        tree["checklist"] = checklist(a, plan.benefit)
    _scenarios(a, tree)
    return {key: value for key, value in tree.items() if value}


def _project(a: Applicant) -> Tree:
    project: Tree = {"name": a.words.say("name"), "start": f"{a.year}-{a.first:02}"}
    if a.way == "minimal":
        return project | {"language": a.language}
    project |= {"applicant": a.applicant, "partners": a.partners, "duration": f"{a.years} year", "language": a.language}
    if a.draw.chance(0.7):
        project["call"] = a.words.say("call")
    project["summary"] = " ".join([a.words.say("summary"), *([a.words.say("more")] if a.draw.chance(0.8) else [])])
    if a.draw.chance(0.6):
        project["funding"] = f"{int(a.draw.around(40, 2000))} k€"
    if a.draw.chance(0.5):
        project["readiness_level"] = a.draw.randint(2, 8)
    return {key: value for key, value in project.items() if value}


def _goal(a: Applicant, tree: Tree, plan: Plan) -> Tree:
    """Return the goal; each stage that is not described is left out with a reason, unless the plan is silent on it."""
    if plan.way == "minimal":
        return {}
    unit = {"description": a.words.say("unit"), "quantity": f"1 {a.noun}"}
    goal: Tree = {"purpose": a.words.say("purpose"), "units": [a.noun, "example"], "functional_unit": unit}
    if plan.way != "quality":
        goal["units"] = [a.noun]
    if "silent-stages" in plan.faults:
        return goal
    left_out: Tree = {}
    for stage in STAGES:
        if stage not in tree:
            left_out[stage] = {"reason": a.words.say("excluded-data" if stage in OF_DATA else "excluded")}
            if a.draw.chance(0.3):
                left_out[stage]["estimated_share"] = a.draw.choice((0, 0.001, 0.005))
    return goal | {"excluded": left_out}


def _beside(a: Applicant, tree: Tree) -> None:
    """Add planned reductions, and what stands behind the word frugal."""
    if a.draw.chance(0.3):
        planned_step = {"action": a.words.say("reduction"), "owner": a.words.say("role"), "date": a.month()}
        tree["reductions"] = {"step": planned_step}
    if a.draw.chance(0.15):
        tree["frugal_ai"] = {
            "need": {"answer": "yes", "justification": a.words.say("need")},
            "limits": {"answer": "unknown"},
        }


def _scenarios(a: Applicant, tree: Tree) -> None:
    """Add what-ifs, each of which moves something that the study counts."""
    places = [name for name, site in tree.get("sites", {}).items() if site.get("location")]
    runs = [name for name, run in tree.get("experiments", {}).items() if "runs" in run]
    if a.way == "minimal" or not a.draw.chance(0.3):
        return
    variants: Tree = {}
    for place in places[:1]:
        elsewhere = a.draw.choice([one for one in ("PL", "SE", "ES") if one != a.location])
        variants["elsewhere" if a.language == "en" else "ailleurs"] = {"sites": {place: {"location": elsewhere}}}
    for run in runs[: 1 + a.bulk // 3]:
        fewer = copy.deepcopy(tree["experiments"][run])["runs"] // 2 or 1
        variants[f"{run}-{'halved' if a.language == 'en' else 'moitie'}"] = {"experiments": {run: {"runs": fewer}}}
    tree["scenarios"] = variants

"""What applicants claim: a benefit set against what happens without the project, or why there is none."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from applicants.applicant import Applicant
from applicants.text import Tree

#: What a domain saves, where it can be said in physical units: the catalogue's item (none: electricity) and the unit.
SAVED = {
    "heat": ("fuel/natural-gas", "MWh"),
    "industry": ("fuel/natural-gas", "MWh"),
    "freight": ("fuel/diesel", "L"),
    "forest": ("transport/car-average", "km"),
    "water": ("", "MWh"),
    "irrigation": ("", "MWh"),
    "grid": ("", "MWh"),
}
#: Places whose factors of fuel and transport the catalogue holds.
WITH_FUELS = ("FR", "GB")
AMOUNTS = {"MWh": (80, 9000), "L": (9000, 900000), "km": (9000, 90000)}


def no_benefit(a: Applicant) -> Tree:
    """Return why no benefit is claimed."""
    return {"none": a.words.say("none")}


def benefit(a: Applicant, identified: bool, figures: bool = True) -> Tree:
    """Return a benefit with one or two effects; without `figures`, the reference is words alone."""
    flow = _flow(a) if figures and a.draw.chance(0.65) else None
    reference: Tree = {"description": a.words.say("reference")}
    if a.draw.chance(0.6):
        reference["justification"] = a.words.say("justified")
    path = [round(1 - 0.02 * year, 2) for year in range(a.years)]
    tonnes = a.draw.around(8, 1800)
    if flow:
        reference["flows"] = {"consumption": flow | {"path": path}}
    elif figures:
        reference |= {"quantity": {"value": f"{tonnes:g} tCO2e/year", "quality": "medium"}, "path": path}
    reference["alternatives"] = {"without": _alternative(a, flow, tonnes)}
    effects = {a.words.say("effect-key"): _effect(a, flow, tonnes, identified)}
    stated: Tree = {"horizon": f"{a.years} year", "reference": reference, "effects": effects}
    stated |= _besides(a, next(iter(effects)), tonnes)
    if a.draw.chance(0.5):
        watched = {
            "indicator": a.words.say("indicator"),
            "baseline_date": f"{a.year - 1}-12",
            "review": f"{a.year + a.years}-06",
        }
        stated["monitoring"] = {"indicator": watched | {"responsible": a.words.say("role")}}
    return stated


def _flow(a: Applicant) -> Tree | None:
    if a.domain not in SAVED:
        return None
    factor, unit = SAVED[a.domain]
    if factor and a.location not in WITH_FUELS:
        return None
    flow: Tree = {"amount": f"{int(a.draw.around(*AMOUNTS[unit]))} {unit}/year"}
    return flow | ({"factor": factor} if factor else {"electricity": a.location})


def _left(a: Applicant, flow: Tree, low: float, high: float, quality: str) -> Any:
    amount, unit = flow["amount"].split()
    return {"value": f"{float(amount) * a.draw.uniform(low, high):.4g} {unit}", "quality": quality}


def _alternative(a: Applicant, flow: Tree | None, tonnes: float) -> Tree:
    other: Tree = {"description": a.words.say("alternative"), "without_ai": True, "credible": True}
    if flow:
        other["flows"] = {"consumption": {"remains": _left(a, flow, 0.94, 0.98, "low")}}
    else:
        other["saving"] = {"value": f"{tonnes * 0.03:.3g} tCO2e/year", "quality": "low"}
    return other | {"why_not": a.words.say("why-not")}


def _effect(a: Applicant, flow: Tree | None, tonnes: float, identified: bool) -> Tree:
    effect: Tree = {"description": a.words.say("effect")}
    if identified:
        place = unicodedata.normalize("NFD", a.words.known["place"].lower())
        place = "-".join(re.findall("[a-z]+", place.encode("ascii", "ignore").decode()))
        effect["id"] = f"{a.domain}-{place}-{a.draw.randint(100, 9999)}"
    effect["mechanism"] = a.draw.choice(("optimisation", "optimisation", "avoidance", "substitution"))
    trial = a.draw.chance(0.2)
    width = "medium" if trial else "low"
    if flow:
        effect["flows"] = {"consumption": {"with_project": _left(a, flow, 0.7, 0.93, width)}}
    else:
        effect["quantity"] = {"value": f"{tonnes * a.draw.uniform(0.08, 0.3):.3g} tCO2e/year", "quality": width}
    shares = [round(0.2 + 0.6 * year / a.years, 2) for year in range(max(1, a.years - 1))]
    effect["ramp_up"] = [*({"value": share, "quality": "low"} for share in shares), 1.0][: a.years]
    effect["validity"] = f"{a.years} year"
    effect["attribution"] = {"value": a.draw.choice((0.3, 0.4, 0.5, 0.6, 0.8)), "source": a.words.say("source")}
    if a.draw.chance(0.7):
        effect["rebound"] = {
            "value": round(a.draw.uniform(0.05, 0.3), 2),
            "quality": "low",
            "source": a.words.say("source"),
        }
    else:
        effect["no_rebound"] = a.words.say("no-rebound")
    effect["evidence"] = "pilot" if trial else a.draw.choice(("model", "model", "literature", "expert"))
    if trial:
        effect["trial"] = {"number": a.draw.randint(8, 90), "period": a.words.say("when"), "comparison": "control"}
        effect["trial"] |= {"correction": a.words.say("indicator"), "population": a.words.say("reference")}
    return effect | {"assessed": "ex-ante", "source": a.words.say("source")}


def _besides(a: Applicant, effect: str, tonnes: float) -> Tree:
    """Return what stands beside the effect: harms, what others install, what is named without figures."""
    beside: Tree = {}
    if a.draw.chance(0.5):
        harm: Tree = {
            "description": a.words.say("harm"),
            "kind": "induction",
            "grows_with": effect,
            "evidence": "model",
        }
        harm["quantity"] = {"value": f"{tonnes * 0.01:.2g} tCO2e/year", "quality": "low"}
        beside["harms"] = {"induction": harm}
    else:
        beside["no_harms"] = a.words.say("no-harms")
    if a.draw.chance(0.4):
        needed: Tree = {"description": a.words.say("enabling"), "evidence": "model", "grows_with": effect}
        beside["enabling"] = {
            "material": needed | {"quantity": {"value": f"{tonnes * 0.02:.2g} tCO2e", "quality": "low"}}
        }
    else:
        beside["no_enabling"] = a.words.say("no-enabling")
    if a.draw.chance(0.4):
        beside["qualitative"] = {"other": a.words.say("qualitative")}
    if a.draw.chance(0.3):
        left_out = {"description": a.words.say("harm"), "reason": a.words.say("dropped"), "order": "second"}
        beside["dropped"] = {"small": left_out}
    return beside

"""How applicants answer the checklist: which rows, what they say, and on what documents."""

from __future__ import annotations

from applicants.applicant import Applicant
from applicants.text import Tree

#: The rows that are answered, and what their justification is about.
ROWS = {
    "art17-ccm": "climate",
    "art17-cca": "adaptation",
    "art17-wtr": "water",
    "art17-ce": "circular",
    "art17-ppc": "pollution",
    "art17-bio": "biodiversity",
    "cca81-dnsh-ccm-1": "practices",
    "cca81-dnsh-ccm-2": "practices",
    "cca81-dnsh-wtr": "water",
    "cca81-dnsh-ce-1": "product",
    "cca81-dnsh-ce-2": "product",
    "cca81-dnsh-ce-3": "waste",
    "cca81-dnsh-ce-4": "waste",
    "ccm82-sc-1": "gain",
    "ccm82-sc-2": "gain",
    "ccm82-sc-4": "gain",
    "ccm82-dnsh-cca": "adaptation",
    "ccm82-dnsh-ce-1": "product",
    "ccm82-dnsh-ce-2": "product",
    "ccm82-dnsh-ce-3": "waste",
    "ccm82-dnsh-ce-4": "waste",
    "ms-1": "safeguards",
    "ms-2": "safeguards",
    "ms-3": "safeguards",
    "appA-1": "adaptation",
    "appA-2": "adaptation",
    "appA-3": "adaptation",
    "appA-5": "adaptation",
    "appB-1": "water",
    "appB-2": "water",
    "appB-3": "water",
}
#: The one reason that each of these rows allows an applicant without works and without a sea to give.
NOT_APPLICABLE = {"appB-2": "no_eia", "appB-3": "no_marine_water", "cca81-dnsh-ce-2": "no_equipment"}
#: The document that goes with a yes.
DOCUMENTS = {
    "climate": "measurement_log",
    "adaptation": "climate_risk_assessment",
    "water": "water_plan_or_permit",
    "circular": "supplier_letter",
    "pollution": "measurement_log",
    "biodiversity": "eia_or_screening_decision",
    "practices": "coc_practice_table",
    "product": "rohs_declaration",
    "waste": "waste_management_plan",
    "safeguards": "due_diligence_procedure",
    "gain": "needs_analysis",
}
ANSWERS = {"yes": 52.0, "partial": 20.0, "no": 9.0, "unknown": 11.0, "not_applicable": 8.0}


def checklist(a: Applicant, with_benefit: bool) -> Tree:
    """Return answers to some of the rows: to most of few acts, or to a few."""
    acts = ["cca_8_1", *(["ccm_8_2"] if with_benefit else []), "minimum_safeguards"]
    rows = [row for row in ROWS if with_benefit or not row.startswith("ccm82")]
    share = a.draw.choice((0.25, 0.5, 0.8, 0.95))
    chosen = [row for row in rows if a.draw.chance(share)] or rows[:3]
    stated: Tree = {"acts": acts}
    if a.draw.chance(0.6):
        stated["law"] = {
            "date": f"{min(a.year - 1, 2025)}-{a.draw.randint(1, 12):02}-15",
            "source": a.words.say("source"),
        }
    return stated | {"answers": {row: _answer(a, row) for row in chosen}}


def _answer(a: Applicant, row: str) -> Tree:
    answer, subject = a.draw.weighted(ANSWERS), ROWS[row]
    if answer == "not_applicable" and row not in NOT_APPLICABLE:
        answer = "partial"
    if answer == "not_applicable":
        reason = {"answer": answer, "not_applicable_reason": NOT_APPLICABLE[row]}
        return {**reason, "justification": a.words.say("not-applicable")}
    if answer == "unknown":
        return {"answer": answer, "justification": a.words.say("unknown")}
    said: Tree = {"answer": answer, "justification": a.words.say(subject, answer)}
    if answer == "yes" and a.draw.chance(0.75):
        said["evidence"] = [_paper(a, DOCUMENTS[subject]) for _ in range(a.draw.randint(1, 4) if a.bulk > 12 else 1)]
    return said


def _paper(a: Applicant, kind: str) -> Tree:
    paper = {"type": kind, "title": a.words.say("evidence"), "issuer": a.words.say("firm")}
    day = f"{min(a.year - 1, 2025)}-{a.draw.randint(1, 12):02}-{a.draw.randint(1, 28):02}"
    return paper | {"date": day, "strength": "documented"}

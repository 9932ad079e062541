"""What a form may say of one objective: cells by name, each from the checklist's findings or the assessment's figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lca.assessment import Assessment
from lca.balance.balance import Balance
from lca.checklist.rules import ACCEPTED, Finding
from lca.quantity import Quantity
from lca.writing import Writer

#: The objectives of Regulation (EU) 2020/852, Article 9, in its order, with the indicators that bear on each.
OBJECTIVES: Mapping[str, tuple[str, ...]] = {
    "ccm": ("gwp100", "primary_energy"),
    "cca": (),
    "wtr": ("water_consumption", "water_scarcity"),
    "ce": ("adpe",),
    "ppc": (),
    "bio": (),
}

#: Verdicts that leave a row without verification.
UNVERIFIED = ("fail", "insufficient_evidence")


@dataclass(frozen=True, slots=True, eq=False)
class Objective:
    """One objective in one language: its place in the list, its findings, and the form's own texts."""

    number: int
    id: str
    assessment: Assessment
    writer: Writer
    form: Mapping[str, Any]

    @property
    def words(self) -> Mapping[str, Any]:
        """The fixed words of forms."""
        found: Mapping[str, Any] = self.writer.words["forms"]
        return found

    def label(self, group: str, name: str) -> str:
        """Return a label of the checklist."""
        return self.assessment.checklist.word(group, name).in_(self.writer.language)

    @property
    def lead(self) -> Finding | None:
        """The finding on the row of Article 17."""
        return next((f for f in self.assessment.findings if f.criterion.id == f"art17-{self.id}"), None)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings on the rows of this objective that ask about harm, that of Article 17 first."""
        rows = (f for f in self.assessment.findings if f.criterion.objective == self.id and f.criterion.role == "dnsh")
        return tuple(sorted(rows, key=lambda f: f is not self.lead))


Cell = Callable[[Objective], str]
CELLS: dict[str, Cell] = {}


def cell(name: str) -> Callable[[Cell], Cell]:
    """Register a cell under the name that the forms use."""

    def register(function: Cell) -> Cell:
        CELLS[name] = function
        return function

    return register


def objectives(assessment: Assessment, writer: Writer, form: Mapping[str, Any]) -> tuple[Objective, ...]:
    """Return the six objectives of a form."""
    return tuple(Objective(n, name, assessment, writer, form) for n, name in enumerate(OBJECTIVES, start=1))


@cell("number")
def _number(objective: Objective) -> str:
    return str(objective.number)


@cell("name")
def _name(objective: Objective) -> str:
    name = objective.label("objectives", objective.id)
    return name[0].upper() + name[1:]


@cell("verdict")
def _verdict(objective: Objective) -> str:
    """Say what the row of Article 17 is found to be, then the other rows; what is not verified says so."""
    return " ".join(_said(objective, finding) for finding in objective.findings)


def _said(objective: Objective, finding: Finding) -> str:
    words = objective.words
    verdict = objective.label("verdicts", finding.verdict)
    if finding.verdict in UNVERIFIED:
        verdict = words["unverified"].format(verdict=verdict)
    name = "" if finding is objective.lead else f"{finding.criterion.id}{objective.writer.words['colon']} "
    return f"{name}{verdict}."


@cell("justification")
def _justification(objective: Objective) -> str:
    answer = objective.lead.answer if objective.lead else None
    if answer is None or not answer.justification:
        return str(objective.words["no_justification"])
    text = " ".join(answer.justification.split())
    return text if text.endswith((".", "!", "?")) else f"{text}."


@cell("magnitude")
def _magnitude(objective: Objective) -> str:
    parts = list(_figures(objective))
    return "; ".join(parts).replace("; ", objective.words["separator"]) if parts else objective.words["not_assessed"]


def _figures(objective: Objective) -> Iterator[str]:
    """Yield the project's figures on an objective: its life cycle, and what it is expected to avoid, never a net alone."""
    assessment, writer = objective.assessment, objective.writer
    for name in OBJECTIVES[objective.id]:
        total = assessment.totals[name].total
        indicator = assessment.book.indicators[name].name[writer.language]
        if total is None:
            yield f"{indicator}{writer.words['colon']} {objective.words['not_assessed']}"
            continue
        yield _figure(objective, f"{indicator}, {objective.words['footprint']}", total)
        balance = _balance(assessment, name)
        if balance is not None:
            for line in ("potential", "attributed", "harms", "enabling"):
                quantity: Quantity = getattr(balance, line)
                if line in ("potential", "attributed") or quantity.value:
                    yield _figure(objective, f"{indicator}, {objective.words['benefit'][line]}", quantity)
    if objective.id == "ccm" and assessment.energy is not None:
        yield _figure(objective, objective.words["electricity"], assessment.energy)


def _balance(assessment: Assessment, indicator: str) -> Balance | None:
    study = assessment.benefit_study
    return study.balances.get(indicator) if study is not None else None


def _figure(objective: Objective, label: str, quantity: Quantity) -> str:
    writer = objective.writer
    text = f"{label}{writer.words['colon']} {writer.amount(quantity)}"
    return f"{text} ({writer.interval(quantity)})" if len(quantity.draws) > 1 and quantity.value else text


@cell("evidence")
def _evidence(objective: Objective) -> str:
    items = [
        objective.words["evidence_item" if standing == ACCEPTED else "evidence_not_accepted"].format(
            title=item.title,
            details=", ".join(part for part in (item.issuer, item.date) if part) or objective.words["undated"],
            strength=objective.label("strengths", item.strength),
        )
        for finding in objective.findings
        if finding.answer is not None
        for item, standing in zip(finding.answer.evidence, finding.standings, strict=True)
    ]
    separator: str = objective.words["separator"]
    return separator.join(dict.fromkeys(items)) or str(objective.words["no_evidence"])


@cell("open")
def _open(objective: Objective) -> str:
    """Say for each row that is not verified why."""
    rows = [f for f in objective.findings if f.verdict in UNVERIFIED]
    if not rows:
        return ""
    language, colon = objective.writer.language, objective.writer.words["colon"]
    why = " ".join(f"{f.criterion.id}{colon} {f.reason.in_(language)}" for f in rows)
    return f"{objective.words['why_unverified']}{colon} {why}"


@cell("effect")
def _effect(objective: Objective) -> str:
    assessed = [name for name in OBJECTIVES[objective.id] if objective.assessment.totals[name].total is not None]
    if not assessed:
        return str(objective.words["effect"]["not_assessed"])
    if any(_balance(objective.assessment, name) is not None for name in assessed):
        return str(objective.words["effect"]["burden_and_benefit"])
    return str(objective.words["effect"]["burden"])


@cell("reference")
def _reference(objective: Objective) -> str:
    benefit = objective.assessment.project.benefit
    if benefit is None or benefit.reference is None:
        return str(objective.words["no_reference"])
    return " ".join(benefit.reference.description.split())


@cell("part_1")
def _part_1(objective: Objective) -> str:
    return str(objective.words["part_1"])


@cell("harm_question")
def _harm_question(objective: Objective) -> str:
    return str(objective.form["harm_questions"][objective.id][objective.writer.language])


@cell("harm_answer")
def _harm_answer(objective: Objective) -> str:
    """The reverse of the row's verdict: what is documented as met answers "no" to the question of harm."""
    verdict = objective.lead.verdict if objective.lead else "insufficient_evidence"
    return str(objective.words["harm"][verdict])

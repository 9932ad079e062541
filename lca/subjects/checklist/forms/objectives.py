"""What a form may say of one objective: cells by name, each from the checklist's findings or the assessment's figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from lca.presenting.writer import Writer
from lca.quantities.quantity import Quantity
from lca.subjects.benefit.balance import Balance
from lca.subjects.benefit.declared import Benefit
from lca.subjects.benefit.result import BenefitResult
from lca.subjects.checklist.assess import ChecklistResult
from lca.subjects.checklist.model import VERDICTS
from lca.subjects.checklist.rules import Finding
from lca.subjects.checklist.standings import ACCEPTED
from lca.subjects.footprint.assess import Footprint
from lca.subjects.subject import Assessed

#: The objectives of Regulation (EU) 2020/852, Article 9, in its order, with the indicators that bear on each.
OBJECTIVES: Mapping[str, tuple[str, ...]] = {
    "ccm": ("gwp100",),
    "cca": (),
    "wtr": ("water_consumption", "water_scarcity"),
    "ce": ("adpe", "primary_energy"),
    "ppc": (),
    "bio": (),
}

#: The verdict of a row that nothing verifies, and those that leave a row open.
UNVERIFIED = "insufficient_evidence"
OPEN_VERDICTS = ("fail", UNVERIFIED)


class Objective(Struct, frozen=True, eq=False):
    """One objective in one language: its place in the list, its findings, and the form's own texts."""

    number: int
    id: str
    assessed: Assessed
    writer: Writer
    form: Mapping[str, Any]

    @property
    def words(self) -> Mapping[str, Any]:
        """The fixed words of forms."""
        found: Mapping[str, Any] = self.writer.words["forms"]
        return found

    def label(self, group: str, name: str) -> str:
        """Return a label of the checklist."""
        return self.assessed.results[ChecklistResult].criteria.word(group, name).in_(self.writer.language)

    @property
    def lead(self) -> Finding | None:
        """The finding on the row of Article 17."""
        return next(
            (f for f in self.assessed.results[ChecklistResult].findings if f.criterion.id == f"art17-{self.id}"), None
        )

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings on the rows of this objective that ask about harm, that of Article 17 first."""
        rows = (
            f
            for f in self.assessed.results[ChecklistResult].findings
            if f.criterion.objective == self.id and f.criterion.role == "dnsh"
        )
        return tuple(sorted(rows, key=lambda f: f is not self.lead))


Cell = Callable[[Objective], str]
CELLS: dict[str, Cell] = {}


def cell(name: str) -> Callable[[Cell], Cell]:
    """Register a cell under the name that the forms use."""

    def register(function: Cell) -> Cell:
        CELLS[name] = function
        return function

    return register


def objectives(assessed: Assessed, writer: Writer, form: Mapping[str, Any]) -> tuple[Objective, ...]:
    """Return the six objectives of a form."""
    return tuple(Objective(n, name, assessed, writer, form) for n, name in enumerate(OBJECTIVES, start=1))


@cell("number")
def _number(objective: Objective) -> str:
    return str(objective.number)


@cell("name")
def _name(objective: Objective) -> str:
    name = objective.label("objectives", objective.id)
    return name[0].upper() + name[1:]


@cell("lead_verdict")
def _lead_verdict(objective: Objective) -> str:
    return _words_of(objective, objective.lead.verdict if objective.lead else "insufficient_evidence")


def _words_of(objective: Objective, verdict: str) -> str:
    """Return a verdict's words; what is not verified says so."""
    said = objective.label("verdicts", verdict)
    return str(objective.words["unverified"].format(verdict=said)) if verdict == UNVERIFIED else said


@cell("verdict")
def _verdict(objective: Objective) -> str:
    """Say what the row of Article 17 is found to be, then the other rows by their verdict."""
    groups: dict[str, list[str]] = {}
    for finding in objective.findings:
        if finding is not objective.lead:
            groups.setdefault(finding.verdict, []).append(finding.criterion.id)
    colon = objective.writer.words["colon"]
    others = [
        f"{_words_of(objective, verdict)}{colon} {', '.join(groups[verdict])}"
        for verdict in VERDICTS
        if verdict in groups
    ]
    lead = f"{_lead_verdict(objective)}."
    return f"{lead} {objective.words['other_rows']} – {objective.words['separator'].join(others)}." if others else lead


@cell("rows_met")
def _rows_met(objective: Objective) -> str:
    return ", ".join(f.criterion.id for f in objective.findings if f.verdict == "pass") or "–"


@cell("rows_open")
def _rows_open(objective: Objective) -> str:
    return ", ".join(f.criterion.id for f in objective.findings if f.verdict in OPEN_VERDICTS) or "–"


@cell("justification")
def _justification(objective: Objective) -> str:
    answer = objective.lead.answer if objective.lead else None
    if answer is None or not answer.justification:
        return str(objective.words["no_justification"])
    text = " ".join(answer.justification.split())
    return text if text.endswith((".", "!", "?")) else f"{text}."


@cell("magnitude")
def _magnitude(objective: Objective) -> str:
    separator: str = objective.words["separator"]
    return separator.join(_figures(objective)) or str(objective.words["not_assessed"])


def _figures(objective: Objective) -> Iterator[str]:
    """Yield the project's figures on an objective: its life cycle, and what it is expected to avoid, never a net alone."""
    assessed, writer, words = objective.assessed, objective.writer, objective.words
    for name in OBJECTIVES[objective.id]:
        total = assessed.results[Footprint].totals[name].total
        if total is None:
            parts = [str(words["not_assessed"])]
        else:
            balance = _balance(assessed, name)
            mark = f" [{writer.words['partial']}]" if assessed.results[Footprint].is_partial(name) else ""
            parts = [_figure(writer, words["footprint"], total) + mark]
            if balance is not None:
                lines = ((label, getattr(balance, line)) for line, label in words["benefit"].items())
                parts += [_figure(writer, label, quantity) for label, quantity in lines if quantity.value]
                parts.append(writer.counted(balance.horizon, words["over"]))
        yield f"{assessed.book.indicators[name].name[writer.language]}{writer.words['colon']} {', '.join(parts)}"
    energy = assessed.results[Footprint].energy
    if objective.id == "ccm" and energy is not None:
        yield _figure(writer, words["electricity"], energy)


def _balance(assessed: Assessed, indicator: str) -> Balance | None:
    """Return what is set against the cost on an indicator, where any effect bears on it."""
    study = assessed.results[BenefitResult].study
    balance = study.balances.get(indicator) if study is not None else None
    return balance if balance is not None and balance.potential.value else None


def _figure(writer: Writer, label: str, quantity: Quantity) -> str:
    text = f"{label} {writer.amount(quantity)}"
    return f"{text} ({writer.interval(quantity)})" if quantity.is_drawn and quantity.value else text


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
    """Say for the rows that are not met or not verified why, rows of one reason together."""
    reasons: dict[str, list[str]] = {}
    for finding in objective.findings:
        if finding.verdict in OPEN_VERDICTS:
            reasons.setdefault(finding.reason.in_(objective.writer.language), []).append(finding.criterion.id)
    if not reasons:
        return ""
    why = " ".join(f"{reason} ({', '.join(rows)})" for reason, rows in reasons.items())
    return f"{objective.words['why_open']}{objective.writer.words['colon']} {why}"


@cell("effect")
def _effect(objective: Objective) -> str:
    assessed = [
        name
        for name in OBJECTIVES[objective.id]
        if objective.assessed.results[Footprint].totals[name].total is not None
    ]
    if not assessed:
        return str(objective.words["effect"]["not_assessed"])
    if any(_balance(objective.assessed, name) is not None for name in assessed):
        return str(objective.words["effect"]["burden_and_benefit"])
    return str(objective.words["effect"]["burden"])


@cell("reference")
def _reference(objective: Objective) -> str:
    benefit = objective.assessed.study.get(Benefit)
    if benefit is None or benefit.reference is None:
        return str(objective.words["no_reference"])
    return " ".join(benefit.reference.description.split())


@cell("alternatives")
def _alternatives(objective: Objective) -> str:
    benefit = objective.assessed.study.get(Benefit)
    reference = benefit.reference if benefit else None
    found = [" ".join(a.description.split()) for a in reference.alternatives.values()] if reference else []
    separator: str = objective.words["separator"]
    return separator.join(found) or str(objective.words["no_alternative"])


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

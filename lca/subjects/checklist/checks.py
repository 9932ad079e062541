"""What is wrong or doubtful in what a descriptor declares under `checklist`, each with its place."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping

from lca.descriptor.descriptor import Descriptor
from lca.descriptor.document import Document, Path
from lca.problems import Problem, did_you_mean
from lca.subjects.checklist.declared import Answer, ClimateRisk, CodeOfConduct, Declarations
from lca.subjects.checklist.fluids import fluid_problems
from lca.subjects.checklist.model import SHORTEST_JUSTIFICATION, Checklist, Criterion
from lca.subjects.checklist.practices import practice_table
from lca.subjects.checklist.reading import read_date
from lca.subjects.checklist.rules import is_justified
from lca.subjects.claims.declared import Condition, FrugalAI
from lca.subjects.claims.frugal_ai import conditions_of
from lca.subjects.footprint.declared import ProductSystem


def declared_problems(descriptor: Descriptor, checklist: Checklist, as_of: datetime.date) -> Iterator[Problem]:
    """Yield all problems of a descriptor's checklist that its schema cannot see."""
    declared, document = descriptor[Declarations], descriptor.document
    yield from _acts(descriptor, checklist)
    if declared.law is not None:
        yield from _date(document, ("checklist", "law", "date"), declared.law.date, as_of)
    criteria = {criterion.id: criterion for criterion in checklist.all_criteria()}
    for name, answer in declared.answers.items():
        path = ("checklist", "answers", name)
        if name not in criteria:
            hint = did_you_mean(name, criteria) or "`lca dnsh` lists the rows"
            yield Problem(document.key_at(path), "LCA401", f"`{name}` is not a criterion of any act", hint)
            continue
        yield from _answer(document, path, answer, criteria[name].not_applicable_reasons)
        yield from _evidence(document, path, answer, as_of)
    yield from _copied(document, declared.answers, criteria)
    for condition in conditions_of(descriptor.get(FrugalAI)):
        yield from _justified(document, tuple(condition.path.split(".")), condition)
        yield from _evidence(document, tuple(condition.path.split(".")), condition, as_of)
    yield from _names(document, ("checklist", "hosting"), declared.hosting, descriptor[ProductSystem].sites, "sites")
    lines = {**descriptor[ProductSystem].machines, **descriptor[ProductSystem].devices}
    yield from _names(document, ("checklist", "equipment"), declared.equipment, lines, "machines or devices")
    yield from fluid_problems(declared, checklist, document)
    for hosting in declared.hosting.values():
        yield from _code(descriptor, hosting.code_of_conduct, as_of)
        yield from _hazards(document, hosting.name, hosting.climate_risk)
    if declared.claim is not None and declared.claim.verification is not None:
        yield from _date(
            document, ("checklist", "claim", "verification", "date"), declared.claim.verification.date, as_of
        )


def _acts(descriptor: Descriptor, checklist: Checklist) -> Iterator[Problem]:
    for index, name in enumerate(descriptor[Declarations].acts or ()):
        if checklist.act_of(name) is None:
            known = [*checklist.acts, *(act.alias for act in checklist.acts.values() if act.alias)]
            hint = did_you_mean(name, known) or f"known: {', '.join(known)}; a call's own needs --checklist FILE"
            place = descriptor.document.at(("checklist", "acts", str(index)))
            yield Problem(place, "LCA401", f"`{name}` is not an act of the checklist", hint)


def _names(
    document: Document, path: Path, given: Collection[str], known: Collection[str], what: str
) -> Iterator[Problem]:
    """Yield the names that refer to nothing; where the descriptor has none to refer to, they are free."""
    if not known:
        return
    for name in given:
        if name not in known:
            hint = did_you_mean(name, known) or f"known: {', '.join(known)}"
            yield Problem(document.key_at((*path, name)), "LCA401", f"`{name}` is not one of the {what}", hint)


def _answer(document: Document, path: Path, answer: Answer, reasons: tuple[str, ...]) -> Iterator[Problem]:
    if answer.answer == "not_applicable" and answer.not_applicable_reason not in reasons:
        where = document.at((*path, "not_applicable_reason" if answer.not_applicable_reason else "answer"))
        said = (
            f"`{answer.not_applicable_reason}` is no reason" if answer.not_applicable_reason else "no reason is given"
        )
        hint = (
            f"one of {', '.join(reasons)}" if reasons else "this row always applies: answer yes, no, partial or unknown"
        )
        yield Problem(where, "LCA412", f"{said} for which the row {path[-1]} does not apply", hint)
    elif answer.answer != "not_applicable" and answer.not_applicable_reason:
        message = f"the row {path[-1]} has a reason for not applying, but the answer {answer.answer}"
        yield Problem(document.at((*path, "not_applicable_reason")), "LCA402", message, "keep one of the two")
    yield from _justified(document, path, answer)


def _justified(document: Document, path: Path, answer: Answer | Condition) -> Iterator[Problem]:
    if answer.answer != "unknown" and not is_justified(answer):
        message = f"the justification of {path[-1]} has {len(answer.justification.strip())} characters"
        where = document.at((*path, "justification" if answer.justification else "answer"))
        yield Problem(where, "LCA611", message, f"say why in at least {SHORTEST_JUSTIFICATION}")


def _copied(document: Document, answers: Mapping[str, Answer], criteria: Mapping[str, Criterion]) -> Iterator[Problem]:
    """Yield the answers in the project's favour whose justification stands, word for word, under another objective before."""
    first: dict[str, str] = {}
    for name, answer in answers.items():
        words = " ".join(answer.justification.casefold().split())
        if name not in criteria or answer.answer not in ("yes", "partial") or len(words) < SHORTEST_JUSTIFICATION:
            continue
        other = first.setdefault(words, name)
        if criteria[other].objective != criteria[name].objective:
            message = f"the justification of {name} is word for word that of {other}, which is on another objective"
            place = document.at(("checklist", "answers", name, "justification"))
            yield Problem(place, "LCA617", message, "say of each row why it holds for that row")


def _evidence(document: Document, path: Path, answer: Answer | Condition, as_of: datetime.date) -> Iterator[Problem]:
    for index, item in enumerate(answer.evidence):
        where = (*path, "evidence", str(index))
        yield from _date(document, (*where, "date"), item.date, as_of)
        yield from _date(document, (*where, "valid_until"), item.valid_until, None)
        issued, until = read_date(item.date), read_date(item.valid_until)
        if issued and until and until < issued:
            message = "the document expires before it is issued"
            yield Problem(document.at((*where, "valid_until")), "LCA405", message, "check both dates")


def _date(document: Document, path: Path, text: str, as_of: datetime.date | None) -> Iterator[Problem]:
    """Yield a date that does not exist, or one that lies in the future where `as_of` is given."""
    if not text:
        return
    date = read_date(text)
    if date is None:
        yield Problem(document.at(path), "LCA405", f"`{text}` is not a date", "as in `2026-01-31`")
    elif as_of is not None and date > as_of:
        yield Problem(document.at(path), "LCA405", f"`{text}` lies in the future (after {as_of})", "check the year")


def _code(descriptor: Descriptor, code: CodeOfConduct | None, as_of: datetime.date) -> Iterator[Problem]:
    if code is None:
        return
    path = tuple(code.path.split("."))
    if code.file and code.practices:
        message = "the practices stand both here and in a file"
        yield Problem(descriptor.document.at((*path, "file")), "LCA402", message, "keep one of the two")
    if code.audit is not None:
        yield from _date(descriptor.document, (*path, "audit", "date"), code.audit.date, as_of)
    _, problems = practice_table(code, descriptor.files)
    yield from problems


def _hazards(document: Document, name: str, risk: ClimateRisk | None) -> Iterator[Problem]:
    both = sorted(set(risk.material) & set(risk.not_material)) if risk is not None else []
    if both:
        message = f"`{both[0]}` is both material and not material"
        where = ("checklist", "hosting", name, "climate_risk", "not_material")
        yield Problem(document.at(where), "LCA402", message, "keep one of the two")

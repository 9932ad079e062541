"""Conditions in words: what is asked in a sentence, why it is open, and the evidence that row, rule or reading asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from lca.presenting.item_names import item_name
from lca.presenting.writer import Writer
from lca.quantities.by_language import Text
from lca.subjects.benefit.declared import Benefit
from lca.subjects.benefit.established import OpenQuestion
from lca.subjects.checklist.assess import ChecklistResult
from lca.subjects.checklist.explain import accepted_evidence
from lca.subjects.checklist.rules import Finding
from lca.subjects.claims.rules import ClaimRules
from lca.subjects.monitoring.agreed import AgreedCondition, Where
from lca.subjects.monitoring.condition import AskedByExpert, Condition, Driver, UnmetRule
from lca.subjects.monitoring.declared import MonitoredInput
from lca.subjects.monitoring.result import MonitoringResult
from lca.subjects.monitoring.standing import MET
from lca.subjects.subject import Assessed

#: What is asked, why it is open, and the evidence that meets it; empty where nothing says which.
_Words = tuple[str, str, str]


def required(
    conditions: Iterable[Condition], rules: ClaimRules, assessed: Assessed, writer: Writer
) -> list[AgreedCondition]:
    """Return conditions in words, with the owner and date that were agreed on; first those agreed on that are not met yet."""
    result = assessed.results.get(MonitoringResult)
    known = {one.agreed.name: one for one in (result.conditions if result is not None else ())}
    found = {name: one.agreed for name, one in known.items() if one.standing != MET}
    for condition in conditions:
        held = known.get(condition.id)
        if held is None:
            found[condition.id] = _worded(condition, rules, assessed, writer)
        elif held.standing != MET:
            owner, date = held.agreed.owner, held.agreed.date
            found[condition.id] = replace(_worded(condition, rules, assessed, writer), owner=owner, date=date)
    return list(found.values())


def _worded(condition: Condition, rules: ClaimRules, assessed: Assessed, writer: Writer) -> AgreedCondition:
    asks, because, evidence = _WORDS[type(condition.about)](condition, rules, assessed, writer)
    place = condition.location
    return AgreedCondition(
        asks=asks,
        name=condition.id,
        because=because,
        evidence=evidence,
        where=Where(condition.path, place.name, place.line),
        owner=condition.owner,
        date=condition.date,
        state=condition.state,
    )


def _of_row(condition: Condition, _: ClaimRules, assessed: Assessed, writer: Writer) -> _Words:
    finding, language = condition.about, writer.language
    assert isinstance(finding, Finding)
    row, criteria = finding.criterion, assessed.results[ChecklistResult].criteria
    evidence = [finding.remedy.in_(language)]
    if row.evidence_accepted:
        evidence.append(_words(writer)["accepted"].format(evidence=accepted_evidence(criteria, row).in_(language)))
    return row.question.in_(language), finding.reason.in_(language), " ".join(evidence)


def _of_question(condition: Condition, rules: ClaimRules, assessed: Assessed, writer: Writer) -> _Words:
    question = condition.about
    assert isinstance(question, OpenQuestion)
    rule, questions = rules.rules[question.code], writer.words["dossier"]["questions"]
    if question.code == "LCA823":
        asks = questions["stage"].format(stage=writer.heading(writer.words[condition.path]))
    else:
        asks = f"{questions['benefit'][question.code]}{_of_effect(condition.path, assessed)}"
    return asks, rule.reason.in_(writer.language), rule.wording.in_(writer.language)


def _of_effect(path: str, assessed: Assessed) -> str:
    """Return which of several effects a question is about, in brackets; empty where there is one."""
    benefit, keys = assessed.study.get(Benefit), path.split(".")
    if benefit is None or len(benefit.effects) < 2 or keys[1:2] != ["effects"]:
        return ""
    return f" ({item_name(assessed.study, '.'.join(keys[:3]))})"


def _of_driver(condition: Condition, _: ClaimRules, __: Assessed, writer: Writer) -> _Words:
    driver, words = condition.about, _words(writer)
    assert isinstance(driver, Driver)
    reading, taken = driver.reading, driver.taken
    by = "bound" if driver.is_declared else "by_call" if taken.by_call else "by_catalogue"
    because = words["adverse"][by].format(
        reading=writer.words["adverse_readings"][reading.name],
        value=f"{writer.number(taken.value, 3)} {writer.unit(taken.unit)}".rstrip(),
        net=writer.amount(reading.net, 2),
    )
    path = condition.path
    own = MonitoredInput("", "", path)
    if path.startswith("machines."):
        asks, evidence = "measure", "measured_machine"
    elif own.is_measurable:
        asks, evidence = "measure", "measured_effect" if own.needs_counterfactual else "measured"
    else:
        asks = "show" if driver.is_declared else "state"
        evidence = "shown" if driver.is_declared else "stated"
    return words["asks"][asks].format(path=path), because, words["brings"][evidence].format(path=path)


def _of_rule(condition: Condition, _: ClaimRules, __: Assessed, writer: Writer) -> _Words:
    rule, told = condition.about, writer.words["messages"].told
    assert isinstance(rule, UnmetRule)
    between = f"{writer.words['semicolon']} "
    source = rule.source.in_(writer.language) if isinstance(rule.source, Text) else ""
    return (
        writer.heading(between.join(told(problem.message) for problem in rule.problems)),
        _words(writer)["of_call"].format(source=source) if source else str(_words(writer)["of_call_unsourced"]),
        between.join(dict.fromkeys(told(problem.hint) for problem in rule.problems if problem.hint)),
    )


def _of_expert(condition: Condition, _: ClaimRules, __: Assessed, writer: Writer) -> _Words:
    asked = condition.about
    assert isinstance(asked, AskedByExpert)
    return asked.question, _words(writer)["of_expert"].format(expert=asked.expert), ""


_WORDS: Mapping[type, Callable[[Condition, ClaimRules, Assessed, Writer], _Words]] = {
    Finding: _of_row,
    OpenQuestion: _of_question,
    Driver: _of_driver,
    UnmetRule: _of_rule,
    AskedByExpert: _of_expert,
}


def _words(writer: Writer) -> Mapping[str, Any]:
    found: Mapping[str, Any] = writer.words["conditions_words"]
    return found

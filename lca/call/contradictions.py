"""What a profile that fits its schema still cannot say: names of nothing, impossible dates, rules that exclude each other."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from typing import Any

from msgspec import Struct

from lca.call.profile import Profile, Rule
from lca.descriptor.document import Document, Path
from lca.problems import Problem, did_you_mean, listed
from lca.quantities.units import COMMON_NOUNS, UnitError, parse_measure, spellings
from lca.subjects.checklist.model import Checklist
from lca.subjects.checklist.reading import read_date

#: The parts of page one that show what a page or a section holds.
NEEDED_BY_PAGE_ONE = {"benefit": ("gain", "doubt"), "checklist": ("checklist",)}

#: Pages of the shortest dossier: page one, and what the study does not say.
FEWEST_PAGES = 2

#: What a rule carries and what is no rule itself.
_BESIDE = ("source", "otherwise", "open")
_LANGUAGES = {"en", "fr"}


class Known(Struct, frozen=True):
    """What a profile may name: catalogues by version, sets of factors, acts, and the forms of annexes."""

    catalogues: Collection[str]
    sets: Collection[str]
    checklist: Checklist
    forms: Collection[str]


def contradictions(profile: Profile, document: Document, known: Known) -> Iterator[Problem]:
    """Yield all that a profile contradicts, each at its place."""
    for rule in profile.rules():
        yield from _says_something(rule, document)
    yield from _of_factors(profile, document, known)
    yield from _of_dates(profile, document, known.checklist)
    yield from _of_stages(profile, document)
    yield from _of_units(profile, document)
    yield from _of_pages(profile, document, known)
    yield from _of_sections(profile, document)
    if profile.marks is not None and profile.marks.mean and profile.marks.most is None:
        message, hint = "a mean is asked for, and no best mark is named", "add `most`, so that all marks are numbers"
        yield Problem(document.key_at(("marks", "mean")), "LCA931", message, hint)
    if profile.language is not None and profile.language.code:
        yield from _without_text(document.data, (), profile.language.code, document)


def _says_something(rule: Rule, document: Document) -> Iterator[Problem]:
    """Yield a problem for a rule that says nothing, or that is open and says something all the same."""
    where = (rule.path,)
    said = [key for key in document.data[rule.path] if key not in _BESIDE]
    if rule.open and said:
        message = f"`{rule.path}` is open and says `{said[0]}` all the same"
        yield Problem(document.key_at((*where, "open")), "LCA402", message, "keep one of the two")
    elif not rule.open and not said:
        message = f"`{rule.path}` holds no rule"
        hint = "add what it asks for, or say in `open` why nothing is asked"
        yield Problem(document.key_at(where), "LCA402", message, hint)


def _of_factors(profile: Profile, document: Document, known: Known) -> Iterator[Problem]:
    rule = profile.catalogue
    if rule is None:
        return
    if rule.version and rule.version not in known.catalogues:
        message = f"there is no catalogue `{rule.version}`"
        hint = did_you_mean(rule.version, known.catalogues) or f"known: {listed(known.catalogues)}"
        yield Problem(document.at(("catalogue", "version")), "LCA506", message, hint)
    if rule.factors and rule.factors not in known.sets:
        message = f"`{rule.factors}` is not a set of the catalogue"
        hint = did_you_mean(rule.factors, known.sets) or f"known: {', '.join(known.sets)}"
        yield Problem(document.at(("catalogue", "factors")), "LCA507", message, hint)


def _of_dates(profile: Profile, document: Document, checklist: Checklist) -> Iterator[Problem]:
    """Yield dates that there are not, a deadline before the text of the law, and acts that are unknown or not in force."""
    dates: dict[str, datetime.date] = {}
    for rule in (profile.deadline, profile.law):
        if rule is None or not rule.date:
            continue
        found = read_date(rule.date)
        if found is None:
            yield Problem(
                document.at((rule.path, "date")), "LCA405", f"`{rule.date}` is not a date", "as in `2026-01-31`"
            )
        else:
            dates[rule.path] = found
    deadline, law = dates.get("deadline"), dates.get("law")
    if deadline is not None and law is not None and deadline < law:
        message = f"the deadline {deadline} lies before {law}, from which on the text of the law counts"
        yield Problem(document.at(("deadline", "date")), "LCA931", message, "correct one of the two dates")
    for index, name in enumerate(profile.law.acts if profile.law is not None else ()):
        yield from _of_act(name, document, ("law", "acts", str(index)), checklist, law or deadline)


def _of_act(
    name: str, document: Document, where: Path, checklist: Checklist, date: datetime.date | None
) -> Iterator[Problem]:
    names = [known for act in checklist.acts.values() for known in (act.id, act.alias) if known]
    if checklist.act_of(name) is None:
        hint = did_you_mean(name, names) or f"known: {listed(names)}"
        yield Problem(document.at(where), "LCA401", f"there is no act `{name}`", hint)
    elif date is not None:
        act = checklist.on(date).act_of(name)
        if act is not None and act.applies_from > date:
            message = f"the act `{name}` is not in force on {date}: it applies from {act.applies_from}"
            yield Problem(document.at(where), "LCA931", message, "leave it out, or correct the date")


def _of_stages(profile: Profile, document: Document) -> Iterator[Problem]:
    rule = profile.stages
    for index, stage in enumerate(rule.left_out if rule is not None else ()):
        if rule is not None and stage in rule.required:
            place = document.at(("stages", "left_out", str(index)))
            message = f"the stage `{stage}` is required and not asked for"
            yield Problem(place, "LCA931", message, "keep it in one of the two lists")


def _of_units(profile: Profile, document: Document) -> Iterator[Problem]:
    rule = profile.functional_unit
    if rule is None:
        return
    for index, noun in enumerate(rule.nouns):
        if noun in spellings():
            place = document.at(("functional_unit", "nouns", str(index)))
            hint = "remove it, or name what is counted"
            yield Problem(place, "LCA404", f"`{noun}` is a unit already, and no noun", hint)
    for index, text in enumerate(rule.quantities):
        place = document.at(("functional_unit", "quantities", str(index)))
        try:
            measure = parse_measure(text, (*COMMON_NOUNS, *rule.nouns))
        except UnitError as error:
            yield Problem(place, error.code, str(error), error.hint or "declare a counted noun under `nouns`")
            continue
        if measure.value <= 0:
            yield Problem(place, "LCA304", f"`{text}`: the amount must be above 0", "as in `1 request`")


def _of_pages(profile: Profile, document: Document, known: Known) -> Iterator[Problem]:
    if profile.pages is not None and 0 < profile.pages.most < FEWEST_PAGES:
        message = f"no dossier is so short: the shortest has {FEWEST_PAGES} pages"
        hint = "ask for page one alone with `lca report --layout page`, or allow more"
        yield Problem(document.at(("pages", "most")), "LCA931", message, hint)
    form = profile.annex.form if profile.annex is not None else ""
    if form and "." not in form and form not in known.forms:
        hint = did_you_mean(form, known.forms) or f"known: {', '.join(known.forms)}, or a file"
        yield Problem(document.at(("annex", "form")), "LCA401", f"there is no form `{form}`", hint)


def _of_sections(profile: Profile, document: Document) -> Iterator[Problem]:
    """Yield sections that are left out and that page one, the order or the experts need."""
    left_out = profile.sections.left_out if profile.sections is not None else ()
    scored = profile.dnsh is not None and not profile.dnsh.open and profile.dnsh.scored
    for index, name in enumerate(left_out):
        place = document.at(("sections", "left_out", str(index)))
        shown = [part for part in NEEDED_BY_PAGE_ONE.get(name, ()) if part not in profile.hidden_on_page_one]
        if shown:
            message = f"`{name}` is left out, and page one prints `{shown[0]}`, which it explains"
            hint = f"print it, or add `{shown[0]}` to `page_one: {{left_out: [...]}}`"
            yield Problem(place, "LCA931", message, hint)
        elif name == "checklist" and scored:
            message = "the checklist is left out, and experts score it"
            yield Problem(place, "LCA931", message, "print it, or write `dnsh: {scored: false}`")
    for index, part in enumerate(profile.page_one.left_out if profile.page_one is not None else ()):
        if part == "checklist" and scored and "checklist" not in left_out:
            place = document.at(("page_one", "left_out", str(index)))
            message = "page one does not print the checklist, and experts score it"
            yield Problem(place, "LCA931", message, "print it, or write `dnsh: {scored: false}`")
    order = profile.annex.order if profile.annex is not None else ()
    for index, name in enumerate(order):
        place = document.at(("annex", "order", str(index)))
        if name in left_out:
            message = f"the section `{name}` has a place in the order and is left out"
            yield Problem(place, "LCA931", message, "keep one of the two")
        if name in order[:index]:
            yield Problem(place, "LCA931", f"the section `{name}` stands twice in the order", "keep one of the two")


def _without_text(node: Any, path: Path, language: str, document: Document) -> Iterator[Problem]:
    """Yield each text by language that lacks the language of the call."""
    if isinstance(node, dict):
        if node and node.keys() <= _LANGUAGES and language not in node:
            message = f"the text has no `{language}`, the language of the call"
            yield Problem(document.key_at(path), "LCA202", message, f"write it as `{language}: ...`")
        for key, inner in node.items():
            yield from _without_text(inner, (*path, key), language, document)
    elif isinstance(node, list):
        for index, inner in enumerate(node):
            yield from _without_text(inner, (*path, str(index)), language, document)

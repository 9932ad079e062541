"""Reviews as a page and a terminal print them: the same words and amounts, in tables or as lines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from lca.assessment.comparison_section import signed
from lca.assessment.record import Record
from lca.call.review.effects import NET, Changed
from lca.call.review.record import Mark, Review
from lca.call.review.side_by_side import AGREED, ALONE, APART, OBJECTED, Row, Said, SideBySide
from lca.presenting.html import ShippedTexts, Templates
from lca.presenting.writer import Writer
from lca.quantities.quantity import Quantity
from lca.subjects.subject import View


class PrintedFigure(Struct, frozen=True):
    """One figure: the applicant's, and by expert that with all values of the expert's own and its difference."""

    name: str
    applicant: str
    experts: Mapping[str, tuple[str, str]]


class PrintedSaid(Struct, frozen=True):
    """What an expert says of a path: verdict, value, reasons, and what the value alone would change; empty where nothing is."""

    verdict: str = ""
    value: str = ""
    reasons: str = ""
    changes: tuple[str, ...] = ()


class PrintedRow(Struct, frozen=True):
    """One path with the applicant's value, what each expert says of it, and how these stand to each other."""

    path: str
    applicant: str
    experts: Mapping[str, PrintedSaid]
    standing: str


def view(found: SideBySide, assessment: Record, writer: Writer) -> View:
    """Return what is printed of reviews side by side."""
    reviews = {expert: one.review for expert, one in found.reviews.items()}
    criteria = dict.fromkeys(name for review in reviews.values() for name in review.marks)
    return {
        "experts": list(reviews),
        "interests": {expert: review.interests for expert, review in reviews.items()},
        "figures": list(_figures(found, assessment, writer)),
        "rows": [_row(row, found, assessment, writer) for row in found.rows],
        "agreed": [row.path for row in found.standing(AGREED)],
        "objected": [row.path for row in found.standing(OBJECTED)],
        "apart": [row.path for row in found.standing(APART)],
        "alone": [row.path for row in found.standing(ALONE)] if len(reviews) > 1 else [],
        "marks": {name: {e: _mark(review, name, writer) for e, review in reviews.items()} for name in criteria},
        "means": {name: writer.trimmed(round(mean, 2)) for name, mean in found.means.items()},
        "questions": {expert: review.questions for expert, review in reviews.items() if review.questions},
        "other_versions": [e for e, r in reviews.items() if r.dossier.sha256 != assessment.fingerprint.descriptor],
    }


def render(found: SideBySide, assessment: Record, language: str, texts: ShippedTexts) -> str:
    """Return the page of reviews side by side as one HTML text without references to anything outside it."""
    writer = Writer(language, texts.locales[language])
    common = {"climate": None, "project": assessment.study.about, "fingerprint": assessment.fingerprint}
    return Templates(writer, texts, common).filled("review/page.html.j2", view(found, assessment, writer))


def _figures(found: SideBySide, assessment: Record, writer: Writer) -> Iterator[PrintedFigure]:
    for name, quantity in found.figures.items():
        experts = {}
        for expert, one in found.reviews.items():
            changed = one.together.get(name)
            experts[expert] = (
                (amount_between(changed.amount, writer), _difference(changed, writer))
                if changed is not None
                else ("–", "")
            )
        yield PrintedFigure(figure_name(name, assessment, writer), amount_between(quantity, writer), experts)


def figure_name(figure: str, assessment: Record, writer: Writer) -> str:
    """Return what a figure is called; a net that is not established is not called one."""
    words, study = writer.words, assessment.benefit.study
    if figure != NET:
        return str(words["expert_review"]["total"])
    line = figure.partition(".")[2]
    is_net = study is not None and study.is_established
    return str(words[line] if is_net else words["would_remain"][line])


def amount_between(quantity: Quantity, writer: Writer) -> str:
    """Return an amount with its interval, where it has one."""
    interval = writer.interval(quantity)
    return f"{writer.amount(quantity, 3)}{f' ({interval})' if interval != '–' else ''}"


def _difference(changed: Changed, writer: Writer) -> str:
    words = writer.words["expert_review"]
    if changed.difference is None:
        return str(words["not_alike"])
    if changed.is_same:
        return str(words["no_change"])
    return signed(amount_between(changed.difference, writer), changed.difference.value)


def _row(row: Row, found: SideBySide, assessment: Record, writer: Writer) -> PrintedRow:
    said = {expert: _said(one, assessment, writer) for expert, one in row.said.items()}
    words = writer.words["expert_review"]["standings"]
    return PrintedRow(
        path=row.path,
        applicant=_value(row.stated, writer),
        experts={expert: said.get(expert, PrintedSaid()) for expert in found.reviews},
        standing=str(words[row.standing]) if len(found.reviews) > 1 else "",
    )


def _said(said: Said, assessment: Record, writer: Writer) -> PrintedSaid:
    words = writer.words["expert_review"]
    colon = writer.words["colon"]
    changes = (
        f"{figure_name(figure, assessment, writer)}{colon} {_difference(one, writer)}"
        for figure, one in said.changes.items()
    )
    return PrintedSaid(
        verdict=str(words["verdicts"][said.verdict]) if said.verdict else "",
        value=_value(said.value, writer) if said.value is not None else "",
        reasons=f"{writer.words['semicolon']} ".join(said.reasons),
        changes=tuple(changes),
    )


def _value(value: Any, writer: Writer) -> str:
    """Return a value as the descriptor writes it, with its bounds; of a map of keys nothing but that it is one."""
    words = writer.words["expert_review"]
    if value is None:
        return str(words["not_stated"])
    if isinstance(value, dict) and "value" in value:
        bounds = value.get("range95")
        shown = f" ({' – '.join(map(str, bounds))})" if isinstance(bounds, list) else ""
        return f"{value['value']}{shown}"
    if isinstance(value, list) and not any(isinstance(one, list) for one in value):
        return ", ".join(_value(one, writer) for one in value)
    if isinstance(value, dict | list):
        return str(words["several"])
    return value if isinstance(value, str) else json.dumps(value)


def _mark(review: Review, name: str, writer: Writer) -> str:
    mark = review.marks.get(name)
    return "–" if mark is None else f"{mark_given(mark, writer)}{f'. {mark.reason}' if mark.reason else ''}"


def mark_given(mark: Mark, writer: Writer) -> str:
    """Return a mark, and the best one where the expert says it."""
    given = mark.mark if isinstance(mark.mark, str) else writer.trimmed(mark.mark)
    return f"{given}{f' / {writer.trimmed(mark.out_of)}' if mark.out_of is not None else ''}"

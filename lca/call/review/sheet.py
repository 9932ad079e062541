"""What the sheet for a jury prints of experts' reviews: interests, judgements, what their values would change, marks, questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lca.assessment.opinions import OpinionRow, Opinions
from lca.assessment.record import Record
from lca.call.profile import Marks, Profile, criteria_of, marks_of, said_in
from lca.call.review.effects import FIGURES, NET, Changed, effect_of_all
from lca.call.review.page import amount_between, figure_name, mark_given
from lca.call.review.record import AGREE, DISAGREE, DOUBT, ReadReview, Review
from lca.call.review.side_by_side import means
from lca.descriptor.descriptor import Descriptor
from lca.presenting.writer import Writer


def opinions(
    read: Sequence[ReadReview], assessment: Record, reference: Descriptor | None, call: Profile | None, writer: Writer
) -> Opinions:
    """Return what sound reviews of a dossier say; `reference` as for `effects`, `call` the one that the dossier answers.

    Raises:
        ProblemsFound: an expert's values are sound one by one, and contradict each other.
    """
    reviews = [review for review, _ in read]
    changes: list[Mapping[str, Changed]] = []
    for review, document in read:
        effect = effect_of_all(document, review.values, assessment, reference)
        changes.append(effect.figures if effect is not None else {})
    return Opinions(
        experts=tuple(review.expert for review in reviews),
        rows=(
            *_said(reviews, writer),
            *_figures(reviews, changes, assessment, writer),
            *_free_marks(reviews, call, writer),
        ),
        marks=tuple(_marks(reviews, call, assessment, writer)),
        questions={review.expert: review.questions for review in reviews},
    )


def _said(reviews: Sequence[Review], writer: Writer) -> Iterator[OpinionRow]:
    """Yield what links the experts to the dossier, and how many judgements of each kind they pass."""
    words = writer.words["expert_review"]["sheet"]
    yield OpinionRow(words["interests"], tuple(review.interests for review in reviews))
    judged = [[one.verdict for one in review.judgements.values()] for review in reviews]
    counts = (
        words["counts"].format(**{kind: kinds.count(kind) for kind in (AGREE, DOUBT, DISAGREE)}) for kinds in judged
    )
    yield OpinionRow(words["judgements"], tuple(counts))


def _figures(
    reviews: Sequence[Review], changes: Sequence[Mapping[str, Changed]], assessment: Record, writer: Writer
) -> Iterator[OpinionRow]:
    """Yield the applicant's figures, each beside those with all values of each expert."""
    words = writer.words["expert_review"]["sheet"]
    for figure in FIGURES:
        if (own := assessment.figures.get(figure)) is not None:
            given = (
                _changed(one.get(figure), writer) if review.values else str(words["no_values"])
                for review, one in zip(reviews, changes, strict=True)
            )
            name = figure_name(figure, assessment, writer)
            yield OpinionRow(name, tuple(given), amount_between(own, writer), of_gain=figure == NET)


def _changed(changed: Changed | None, writer: Writer) -> str:
    words = writer.words["expert_review"]
    if changed is None:
        return "–"
    if changed.is_same:
        return str(words["no_change"])
    note = f"{writer.words['semicolon']} {words['not_alike']}" if changed.difference is None else ""
    return f"{amount_between(changed.amount, writer)}{note}"


def _marks(reviews: Sequence[Review], call: Profile | None, assessment: Record, writer: Writer) -> Iterator[OpinionRow]:
    """Yield the marks for each criterion that the call names, with the mean where the call declares it."""
    rule: Marks = marks_of(call)
    words, found = writer.words["expert_review"], means(reviews, rule)
    # Experts write a criterion in the language of the study; the sheet may be in another.
    for name, said in zip(criteria_of(call, assessment.study.about.language), rule.criteria, strict=True):
        marks = (review.marks.get(name) for review in reviews)
        given = tuple(mark_given(mark, writer) if mark is not None else "–" for mark in marks)
        mean = words["sheet"]["mean"].format(mean=writer.trimmed(round(found[name], 2))) if name in found else ""
        yield OpinionRow(said_in(said, writer.language), given, mean)


def _free_marks(reviews: Sequence[Review], call: Profile | None, writer: Writer) -> Iterator[OpinionRow]:
    """Yield how many marks the experts give where the call names no criteria: they are not set side by side."""
    words = writer.words["expert_review"]["sheet"]
    if not marks_of(call).criteria and any(review.marks for review in reviews):
        yield OpinionRow(
            words["free_marks"], tuple(writer.counted(len(one.marks), words["number_of_marks"]) for one in reviews)
        )

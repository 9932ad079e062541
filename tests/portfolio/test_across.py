"""What shows when dossiers are seen side by side: sums by hand, shares of one benefit, copies, and numbers far from the others."""

from __future__ import annotations

import numpy as np
import pytest

from lca.portfolio.across import CLAIMED, COPIED, FAR, OVERCLAIMED, REFERENCE, Across, Finding, resemblance
from lca.portfolio.row import ASSESSED, REFUSED, Claim, Figure, Row, Sentence, StatedInput
from lca.portfolio.said import marks_of


def row(number: str, **what: object) -> Row:
    return Row(number=number, file=f"{number}.yaml", outcome=ASSESSED, **what)  # type: ignore[arg-type] # any field


def total(*draws: float) -> dict[str, bytes]:
    return {"total.gwp100": np.array(draws).tobytes()}


def found(*rows: Row, named_by: dict[str, str] | None = None) -> list[tuple[Finding, ...]]:
    with Across() as across:
        for one in rows:
            across.add(one, (named_by or {}).get(one.number, ""))
        across.compare()
        return [across.of(place) for place in range(len(rows))]


def claim(effect: str, share: float | None = None, name: str = "") -> tuple[Claim, ...]:
    return (Claim("benefit.effects.e", 12, name, effect, share),)


def test_footprints_are_added_draw_by_draw() -> None:
    figure = {"total.gwp100": Figure(10.0, "kgCO2e", 8.0, 12.0)}
    with Across() as across:
        across.add(row("1", figures=figure, draws=total(10.0, 8.0, 12.0)))
        across.add(row("2", figures=figure, draws=total(5.0, 4.0, 7.0), at_least=True))
        across.add(row("3", figures=figure, draws=total(2.5)))  # nothing uncertain in it
        across.add(Row(number="4", file="4.yaml", outcome=REFUSED))
        totals = across.totals()
    one = totals["total.gwp100"]
    assert (one.figure.value, one.of, one.at_least, one.open) == (17.5, 3, 1, 0)
    # The draws of the sum are 14.5 and 21.5; a quantile lies between them by its share.
    assert one.figure.low == pytest.approx(14.5 + 0.025 * 7)
    assert one.figure.high == pytest.approx(14.5 + 0.975 * 7)
    assert "energy" not in totals


def test_a_sum_has_no_bounds_where_one_of_its_terms_states_no_range() -> None:
    with Across() as across:
        across.add(row("1", figures={"total.gwp100": Figure(1.0, "kgCO2e", 1.0, 1.0)}, draws=total(1.0, 1.0)))
        across.add(row("2", figures={"total.gwp100": Figure(2.0, "kgCO2e")}, draws=total(2.0, 2.0)))
        one = across.totals()["total.gwp100"]
    assert (one.figure.value, one.figure.low, one.figure.high, one.open) == (3.0, None, None, 1)


def test_a_descriptor_that_is_the_reference_of_another_counts_in_no_total() -> None:
    figures = {"total.gwp100": Figure(1.0, "kgCO2e", 1.0, 1.0)}
    with Across() as across:
        across.add(row("1", figures=figures, draws=total(1.0)))
        across.add(row("1-without", figures=figures, draws=total(7.0)), named_by="1")
        across.compare()
        assert across.totals()["total.gwp100"].figure.value == 1.0
        assert [(one.kind, one.others) for one in across.of(1)] == [(REFERENCE, ("1",))]


@pytest.mark.parametrize(
    ("shares", "kinds"),
    [
        ((0.5, 0.5), []),
        ((0.6, 0.5), [OVERCLAIMED]),
        ((None, 0.1), [OVERCLAIMED]),  # who states no share claims the whole
    ],
)
def test_shares_of_one_benefit_add_up_to_at_most_the_whole(shares: tuple[float, ...], kinds: list[str]) -> None:
    rows = [row(str(place), claims=claim("heating", share, "b1")) for place, share in enumerate(shares)]
    for findings in found(*rows):
        assert [one.kind for one in findings] == kinds


def test_what_shares_add_up_to_is_told_with_the_others() -> None:
    first, second = found(row("7", claims=claim("a", 0.75, "b")), row("8", claims=claim("c", 0.5, "b")))
    assert first == (Finding(OVERCLAIMED, "benefit.effects.e", 12, "b", ("8",), 0, 1.25, 0),)
    assert second[0].others == ("7",)


def test_one_organisation_that_claims_one_effect_twice_is_asked_however_it_is_spelt() -> None:
    first = row("1", applicant="École des Ponts", claims=claim("Less spraying"))
    second = row("2", partners=("ECOLE  des ponts",), claims=claim("less-spraying"))
    other = row("3", applicant="Another", claims=claim("Less spraying"))
    assert [[one.kind for one in findings] for findings in found(first, second, other)] == [[CLAIMED], [CLAIMED], []]


def test_effects_of_one_name_that_are_described_otherwise_are_two() -> None:
    described = [
        "Sprayers that see each plant treat a third of the surface of the vines",
        "Sprayers that see each plant treat a third of the surface of the orchards",
        "Trucks that are filled better drive fewer kilometres between the two depots",
    ]
    rows = [
        row(str(place), applicant="A", claims=(Claim("p", 1, "", "gain", None, marks_of(text.casefold().split())),))
        for place, text in enumerate(described)
    ]
    assert [[one.others for one in findings] for findings in found(*rows)] == [[("1",)], [("0",)], []]


def test_effects_without_an_organisation_are_nobodys() -> None:
    assert found(row("1", claims=claim("x")), row("2", claims=claim("x"))) == [(), ()]


REASON = "The machines of the laboratory are kept for eight years and then given to a school of the town nearby"


def sentence(text: str, line: int = 3) -> tuple[Sentence, ...]:
    return (Sentence("checklist.answers.r1", line, marks_of(text.casefold().split())),)


def test_a_copied_justification_is_told_of_both_also_when_it_was_edited() -> None:
    edited = REASON.replace("nearby", "far away")
    other = "Nothing of this is in the other text which speaks of water and of rivers alone"
    rows = [row("1", sentences=sentence(REASON)), row("2", sentences=sentence(REASON, 9))]
    rows += [row("3", sentences=sentence(edited)), row("4", sentences=sentence(other))]
    first, second, third, fourth = found(*rows)
    assert [(one.kind, one.line, one.others) for one in first] == [(COPIED, 3, ("2", "3"))]
    assert [(one.kind, one.line, one.others) for one in second] == [(COPIED, 9, ("1", "3"))]
    assert [one.others for one in third] == [("1", "2")]
    assert fourth == ()


def test_a_copy_is_told_also_where_each_of_its_pieces_stands_in_an_earlier_text() -> None:
    first, second, mixed = (*range(16),), (*range(16, 32),), (*range(8), *range(16, 24))
    rows = [row(str(n), sentences=(Sentence("a", 3, marks),)) for n, marks in enumerate((first, second, mixed, mixed))]
    assert [[one.others for one in findings] for findings in found(*rows)] == [[], [], [("3",)], [("2",)]]


def test_a_dossier_that_repeats_itself_copies_nobody() -> None:
    twice = (*sentence(REASON), Sentence("checklist.answers.r2", 8, sentence(REASON)[0].marks))
    assert found(row("1", sentences=twice), row("2")) == [(), ()]


def test_of_many_copies_five_are_named_and_the_rest_counted() -> None:
    findings = found(*(row(str(number), sentences=sentence(REASON)) for number in range(9)))
    assert [(one.others, one.more) for one in findings[8]] == [(("0", "1", "2", "3", "4"), 3)]


def test_resemblance_is_the_share_of_pieces_in_common() -> None:
    assert resemblance([1, 2, 3], [1, 2, 3]) == 1
    assert resemblance([1, 2, 3], [4, 5]) == 0
    assert resemblance([1, 2, 3], [2, 3, 4]) == 0.5


def stated(value: float) -> tuple[StatedInput, ...]:
    return (StatedInput("sites.NAME.pue []", "sites.lab.pue", 5, value, f"{value}"),)


def test_a_number_far_from_those_of_the_others_is_told_with_its_ratio_to_their_median() -> None:
    usual = [1.1, 1.2, 1.3, 1.4] * 6
    findings = found(*(row(str(n), inputs=stated(value)) for n, value in enumerate([*usual, 15.0])))
    assert all(one == () for one in findings[:-1])
    (far,) = findings[-1]
    assert (far.kind, far.path, far.line, far.text, far.of) == (FAR, "sites.lab.pue", 5, "15.0", 25)
    assert far.ratio == pytest.approx(15 / 1.3)


def test_neither_shares_nor_what_is_near_an_agreed_value_are_far() -> None:
    shares = [0.5, 0.51, 0.52] * 8
    assert found(*(row(str(n), inputs=stated(value)) for n, value in enumerate([*shares, 0.01])))[-1] == ()
    agreed = [3.0, 3.01, 2.99] * 8
    assert found(*(row(str(n), inputs=stated(value)) for n, value in enumerate([*agreed, 8.9])))[-1] == ()
    assert len(found(*(row(str(n), inputs=stated(value)) for n, value in enumerate([*agreed, 9.1])))[-1]) == 1


def test_few_dossiers_have_no_usual_range() -> None:
    assert (
        found(*(row(str(n), inputs=stated(1.0 + n / 100)) for n in range(10)), row("x", inputs=stated(9e9)))[-1] == ()
    )

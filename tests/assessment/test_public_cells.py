"""How coarsely totals are told, worked out by hand."""

from __future__ import annotations

import pytest

from lca.assessment.public.cells import CLASS, NOT_TOLD, ONE_DIGIT, TWO_DIGITS, told
from lca.quantities.formula import total
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity, Sampler

SAMPLE = Sampler(2026, 0)


def leaf(name: str, value: float) -> Quantity:
    return SAMPLE(Stated(name, value, "kgCO2e", restricted=name.startswith("hidden")))


def cells_of(*sums: tuple[Quantity, ...]) -> tuple[list[tuple[str, float, float]], dict[str, tuple[float, float]]]:
    totals = {f"t{number}": total(str(number), "kgCO2e", parts) for number, parts in enumerate(sums)}
    hidden = {
        one.origin.record: one
        for parts in sums
        for one in parts
        if isinstance(one.origin, Stated) and one.origin.restricted
    }
    cells, room = told(totals, hidden)
    return [(cell.manner, cell.low, cell.high) for cell in cells.values()], dict(room)


def test_a_small_part_is_hidden_by_two_digits() -> None:
    """100 of 1630: the cell from 1550... is 1600 ± 50, so the part lies between 20 and 120: 1 - 0.8 to 1 + 0.2."""
    cells, room = cells_of((leaf("hidden", 100), leaf("open", 1530)))
    assert cells == [(TWO_DIGITS, 1550.0, 1650.0)]
    assert list(room["stated/hidden"]) == pytest.approx([-0.8, 0.2], rel=1e-9)


def test_a_part_that_is_all_of_a_total_is_told_as_a_class() -> None:
    """4.2 alone: 4.15 to 4.25 tells it to 1.2 %, 3.5 to 4.5 to 12 %: told to one digit. 8.6: 8.5 to 9.5 to 6 %: 5 to 10."""
    assert cells_of((leaf("hidden", 4.2),))[0] == [(ONE_DIGIT, 3.5, 4.5)]
    assert cells_of((leaf("hidden", 8.6),))[0] == [(CLASS, 5.0, 10.0)]
    assert cells_of((leaf("hidden", 0.012),))[0] == [(ONE_DIGIT, 0.005, 0.015)]


def test_two_totals_together_leave_as_much_room_as_one() -> None:
    """4.2 and 10.6 × the same: 3.5 to 4.5 alone leaves 0.83 to 1.07; 5 to 15 of 10.6 leaves that as it is."""
    one = leaf("hidden", 4.2)
    cells, room = cells_of((one,), (one, one, leaf("open", 2.2)))
    assert [manner for manner, _, _ in cells] == [ONE_DIGIT, ONE_DIGIT]
    low, high = room["stated/hidden"]
    assert high - low >= 0.2
    assert low == pytest.approx(3.5 / 4.2 - 1)
    assert high == pytest.approx(4.5 / 4.2 - 1)


def test_a_second_total_that_would_tell_it_is_not_told() -> None:
    """Of 4.4 and 3 × 4.4 - and so 13.2, in 10 to 20 and 5 to 15 - the second cell leaves up to 15/13.2 and the first 4.5/4.4."""
    one = leaf("hidden", 4.49)
    cells, room = cells_of((one,), (leaf("open", 15.4), *[one] * 10))
    low, high = room["stated/hidden"]
    assert high - low >= 0.2
    assert cells[0] == (ONE_DIGIT, 3.5, 4.5)
    assert cells[1][0] in (ONE_DIGIT, CLASS, NOT_TOLD)


@pytest.mark.parametrize("value", [0.0, -3.0])
def test_what_is_no_amount_above_zero_is_not_told(value: float) -> None:
    assert cells_of((leaf("hidden", value),))[0] == [(NOT_TOLD, 0.0, 0.0)]


@pytest.mark.parametrize("part", [0.01, 0.05, 0.1, 0.3, 0.5, 0.9, 1.0])
@pytest.mark.parametrize("whole", [1.0, 1.49, 2.51, 5.0, 9.49, 9.96])
def test_no_part_can_be_told_to_within_ten_per_cent(part: float, whole: float) -> None:
    """By arithmetic of its own: the part is what is left of the cell without the open rest."""
    rest = whole * (1 - part)
    ((_, low, high),), _ = cells_of((leaf("hidden", whole * part), leaf("open", rest)))
    assert low <= whole < high or whole == pytest.approx(high)
    assert (high - low) / (whole * part) >= 0.2 * (1 - 1e-9)

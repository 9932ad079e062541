"""Terms of a sum share their last digit and add up on paper."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lca.presenting.sums import printed_sum

AMOUNTS = st.floats(-1e9, 1e9, allow_nan=False).filter(lambda value: value == 0 or abs(value) > 1e-9)


@given(st.lists(AMOUNTS, min_size=1, max_size=12))
def test_printed_terms_add_up_to_the_printed_total(terms: list[float]) -> None:
    found = printed_sum(terms)
    written = [Decimal(f"{term:.{found.decimals}f}") for term in found.terms]
    assert sum(written) == Decimal(f"{found.total:.{found.decimals}f}")


@given(st.lists(AMOUNTS, min_size=1, max_size=12))
def test_no_term_is_moved_by_more_than_its_last_digit(terms: list[float]) -> None:
    found = printed_sum(terms)
    assert all(abs(shown - term) <= found.step * (1 + 1e-6) for shown, term in zip(found.terms, terms, strict=True))
    assert abs(found.total - math.fsum(terms)) <= found.step * (0.5 + 1e-6)


@pytest.mark.parametrize(
    ("terms", "shown", "total"),
    [
        ([3800.0, -750.0, -760.0, -79.0, -2.7], (3800.0, -750.0, -760.0, -80.0, 0.0), 2210.0),
        ([1 / 3, 1 / 3, 1 / 3], (0.34, 0.33, 0.33), 1.0),
        ([0.0, 0.0], (0.0, 0.0), 0.0),
        ([12.34], (12.3,), 12.3),
    ],
)
def test_by_hand(terms: list[float], shown: tuple[float, ...], total: float) -> None:
    found = printed_sum(terms)
    assert found.total == pytest.approx(total)
    assert sorted(found.terms) == pytest.approx(sorted(shown))

"""Quality against cost: the poster by hand, properties of the front, ties, metrics of which less is better."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from conftest import ROOT, Assess, assess_file
from hypothesis import given
from hypothesis import strategies as st

from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity, Sampler
from lca.quantities.uncertainty import Array, from_range95
from lca.subjects.quality.front import dominates, share_of_draws, undominated
from lca.subjects.quality.metrics import HIGHER, LOWER, Metric
from lca.subjects.quality.trade_off import Candidate, TradeOff, set_against

POSTER = ROOT / "projects/training-set-size.yaml"
SHARE = Metric(HIGHER, share=True)


def column(*values: float) -> Array:
    return np.array(values, dtype=float)[:, None]


def front(costs: list[float], goods: list[float]) -> list[bool]:
    return [bool(row[0]) for row in undominated(column(*costs), column(*goods))]


def weigh(metric: Metric, *rows: tuple[str, float, float]) -> TradeOff:
    """Set trainings of exact energy (kWh) and quality against each other."""
    sample = Sampler(1, 0)
    candidates = [
        Candidate(
            name, sample(Stated(f"{name}.q", quality, "1")), {"energy": sample(Stated(f"{name}.e", energy, "kWh"))}
        )
        for name, energy, quality in rows
    ]
    return set_against("task", "any", metric, "", candidates, sample)


# -- the front ---------------------------------------------------------------------------------------------------

PLANE = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=12)


@given(PLANE)
def test_nothing_dominates_the_front_and_the_front_dominates_all_else(plane: list[tuple[int, int]]) -> None:
    costs, goods = [float(c) for c, _ in plane], [float(g) for _, g in plane]
    kept = front(costs, goods)
    assert any(kept)
    for cost, good, on_front in zip(costs, goods, kept, strict=True):
        above = [
            bool(dominates(np.array([c]), np.array([g]), np.array([cost]), np.array([good]))[0])
            for c, g, k in zip(costs, goods, kept, strict=True)
            if k
        ]
        assert any(above) is not on_front


@given(PLANE)
def test_along_the_front_more_cost_is_more_quality(plane: list[tuple[int, int]]) -> None:
    costs, goods = [float(c) for c, _ in plane], [float(g) for _, g in plane]
    kept = sorted({(c, g) for c, g, k in zip(costs, goods, front(costs, goods), strict=True) if k})
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(kept))


@given(PLANE, st.permutations(range(12)), st.floats(0.01, 100))
def test_order_and_unit_do_not_move_the_front(plane: list[tuple[int, int]], order: list[int], scale: float) -> None:
    costs, goods = [float(c) for c, _ in plane], [float(g) for _, g in plane]
    places = [i for i in order if i < len(plane)]
    shuffled = front([costs[i] * scale for i in places], [goods[i] for i in places])
    assert shuffled == [front(costs, goods)[i] for i in places]


def test_ties() -> None:
    assert front([1, 1], [5, 5]) == [True, True]  # equal trainings do not dominate each other
    assert front([1, 2], [5, 5]) == [True, False]  # as good for less
    assert front([1, 1], [5, 6]) == [False, True]  # better for as much
    twice = weigh(SHARE, ("a", 1, 0.5), ("b", 1, 0.5), ("c", 2, 0.6))
    assert [point.on_front for point in twice.points] == [True, True, True]
    assert [(step.before, step.after) for step in twice.steps] == [("b", "c")]


def test_shares_of_draws() -> None:
    assert share_of_draws(np.array([True])) is None
    assert share_of_draws(np.array([False, True, True, False, True])) == 0.75


# -- steps, worked by hand -----------------------------------------------------------------------------------------


def test_steps_and_where_the_curve_flattens() -> None:
    # 10 kWh 0.80, 20 kWh 0.90: 10 points for 10 kWh, 1 kWh a point. 30 kWh 0.89: worse for more, off the front.
    # 40 kWh 0.94: 4 points for 20 kWh, 5 kWh a point, a fifth of the first step. 140 kWh 0.95: 1 point for 100 kWh.
    found = weigh(SHARE, ("d", 140, 0.95), ("a", 10, 0.80), ("c", 40, 0.94), ("x", 30, 0.89), ("b", 20, 0.90))
    assert [point.training for point in found.points] == ["a", "b", "x", "c", "d"]
    assert [point.on_front for point in found.points] == [True, True, False, True, True]
    assert [(s.before, s.after) for s in found.steps] == [("a", "b"), ("b", "c"), ("c", "d")]
    assert [s.gain.value for s in found.steps] == pytest.approx([10, 4, 1], rel=1e-12)
    assert {s.gain.unit for s in found.steps} == {"pp"}
    assert [s.cost_of_point["energy"].value for s in found.steps] == pytest.approx([1, 5, 100], rel=1e-12)
    assert {s.cost_of_point["energy"].unit for s in found.steps} == {"kWh/pp"}
    assert [s.relative.value for s in found.steps] == pytest.approx([1, 0.2, 0.01], rel=1e-12)
    assert found.flat_from == "d"
    (pair,) = found.dominated
    assert (pair.training, pair.by) == ("x", "b")
    assert pair.spared["energy"].value == pytest.approx(10, rel=1e-12)
    assert pair.share is not None
    assert pair.share.value == pytest.approx(1 / 3, rel=1e-12)
    per_kwh = {p.training: p.per_cost.value for p in found.points if p.per_cost is not None}
    assert per_kwh == pytest.approx({"a": 8, "b": 4.5, "x": 89 / 30, "c": 2.35, "d": 95 / 140}, rel=1e-12)


def test_less_is_better() -> None:
    found = weigh(Metric(LOWER), ("small", 1, 30.0), ("large", 5, 22.0), ("waste", 6, 25.0))
    assert [point.on_front for point in found.points] == [True, True, False]
    (step,) = found.steps
    assert step.gain.value == pytest.approx(8)
    assert step.cost_of_point["energy"].value == pytest.approx(0.5)
    assert step.cost_of_point["energy"].unit == "kWh"  # per unit of the metric
    assert all(point.per_cost is None for point in found.points)
    assert found.dominated[0].by == "large"


def test_shares_written_in_two_ways_are_equal() -> None:
    sample = Sampler(1, 0)
    rows = [("a", 29.0, "percent", 1.0), ("b", 0.29, "1", 2.0)]
    candidates = [
        Candidate(n, sample(Stated(f"{n}.q", q, u)), {"energy": sample(Stated(f"{n}.e", e, "kWh"))})
        for n, q, u, e in rows
    ]
    found = set_against("task", "accuracy", SHARE, "", candidates, sample)
    assert [point.on_front for point in found.points] == [True, False]


def test_without_a_common_cost_nothing_is_compared() -> None:
    sample = Sampler(1, 0)
    quality = sample(Stated("q", 0.9, "1"))
    one = Candidate("a", quality, {"energy": sample(Stated("e", 1.0, "kWh"))})
    other = Candidate("b", quality, {"time": sample(Stated("t", 1.0, "h"))})
    found = set_against("task", "accuracy", SHARE, "", [one, other], sample)
    assert (found.axis, found.steps, found.dominated) == ("", (), ())


# -- draws are paired ----------------------------------------------------------------------------------------------

PAIRED = """
descriptor: 1
project: {name: Paired, start: 2024-01}
sites: {s: {location: FR, pue: 1}}
machines: {m: {site: s, host: none, power: {value: 1 kW, range95: [0.5 kW, 2 kW]}}}
training:
  short: {on: m, duration: 9 h, quality: {task: t, metric: accuracy, value: 0.9}}
  long: {on: m, duration: 10 h, quality: {task: t, metric: accuracy, value: 0.9}}
"""


def test_trainings_that_share_an_input_are_compared_draw_by_draw(assess_text: Assess) -> None:
    # The intervals of the energies overlap widely; on the same machine the shorter one takes less in every draw.
    (found,) = assess_text(PAIRED, draws=2000).quality.trade_offs
    short, long = (point.costs["energy"].interval() for point in found.points)
    assert short[2] > long[0]
    (pair,) = found.dominated
    assert (pair.training, pair.probability) == ("training.long", 1.0)
    apart = PAIRED.replace("long: {on: m", "long: {on: n").replace(
        "training:", "  n: {site: s, host: none, power: {value: 1 kW, range95: [0.5 kW, 2 kW]}}\ntraining:"
    )
    apart = apart.replace("machines: {m: {", "machines:\n  m: {").replace("2 kW]}}}\n  n", "2 kW]}}\n  n")
    (other,) = assess_text(apart, draws=2000).quality.trade_offs
    probability = other.dominated[0].probability
    assert probability is not None
    assert 0.5 < probability < 0.75


def test_a_quotient_has_an_interval_only_where_its_divisor_keeps_its_sign() -> None:
    sample = Sampler(1, 500)

    def candidate(name: str, energy: float, value: float, spread: float) -> Candidate:
        quality = Stated(f"{name}.q", value, "1", from_range95(value, value - spread, value + spread))
        return Candidate(name, sample(quality), {"energy": sample(Stated(f"{name}.e", energy, "kWh"))})

    def step(spread: float) -> Quantity:
        rows = [candidate(f"a{spread}", 1, 0.8, spread), candidate(f"b{spread}", 2, 0.9, spread)]
        return set_against("task", "accuracy", SHARE, "", rows, sample).steps[0].cost_of_point["energy"]

    assert len(step(0.01).draws) == 501
    assert len(step(0.09).draws) == 1
    assert step(0.09).value == pytest.approx(0.1, rel=1e-12)


# -- the axes of a project -----------------------------------------------------------------------------------------


def test_every_cost_comes_from_the_study(assess_text: Assess) -> None:
    text = """
descriptor: 1
project: {name: Axes, start: 2024-01}
goal: {units: [image]}
money: {currency: EUR}
sites: {s: {location: FR, pue: 1, electricity: 0.1 kgCO2e/kWh, price: 0.5 EUR/kWh}}
machines:
  m:
    site: s
    host: none
    count: 2
    gpu: {model: any, count: 4, power: 250 W, manufacture: {gwp100: 0 kgCO2e, source: made up for the test}}
training:
  one: {on: m, duration: 10 h, gpu_load: 1, quality: {task: t, metric: accuracy, value: 0.8, training_set: 100 image}}
  two: {on: m, processor_hours: 160 h, gpu_load: 1, quality: {task: t, metric: accuracy, value: 0.9, training_set: 300 image}}
"""
    (found,) = assess_text(text).quality.trade_offs
    costs = {point.training: {axis: q.value for axis, q in point.costs.items()} for point in found.points}
    # Two machines of four 250 W cards: 2 kW. 160 card-hours on eight cards are 20 h.
    assert costs["training.one"] == pytest.approx(
        {"energy": 20, "gwp100": 2, "time": 10, "money": 10, "training_set": 100}
    )
    assert costs["training.two"] == pytest.approx(
        {"energy": 40, "gwp100": 4, "time": 20, "money": 20, "training_set": 300}
    )
    (step,) = found.steps
    assert {axis: q.value for axis, q in step.cost_of_point.items()} == pytest.approx(
        {"energy": 2, "gwp100": 0.2, "time": 1, "money": 1, "training_set": 20}
    )


def test_a_surplus_over_a_known_training_adds_up(assess_text: Assess) -> None:
    text = """
descriptor: 1
project: {name: Surplus, start: 2024-01}
sites: {s: {location: FR, pue: 1}}
training:
  small: {energy: 100 kWh, site: s, quality: {task: t, metric: accuracy, value: 0.8}}
  large: {energy: 40 kWh, site: s, quality: {task: t, metric: accuracy, value: 0.9, surplus_over: small}}
"""
    (found,) = assess_text(text).quality.trade_offs
    assert [point.costs["energy"].value for point in found.points] == pytest.approx([100, 140])
    assert found.references["energy"] == ""
    assert found.steps[0].extra["energy"].value == pytest.approx(40)


def test_the_poster() -> None:
    # 436.3 kWh x 0.1 kg/kWh = 43.63 kg; one point of accuracy (100 - 99 %) for it; 0.127 EUR/kWh in 2022: 55.4101 EUR.
    assessment = assess_file(POSTER, draws=500)
    images = assessment.quality.trade_offs[0]
    assert images.references["energy"] == "training.images-30000"
    (step,) = images.steps
    assert step.extra["energy"].value == pytest.approx(436.3, rel=1e-12)
    assert step.extra["gwp100"].value == pytest.approx(43.63, rel=1e-12)
    assert step.extra["money"].value == pytest.approx(436.3 * 0.127, rel=1e-12)
    assert step.gain.value == pytest.approx(1, rel=1e-9)
    assert step.cost_of_point["energy"].value == pytest.approx(436.3, rel=1e-9)
    low, _, high = step.cost_of_point["energy"].interval()
    assert low == pytest.approx(436.3 / 1.95, rel=0.02)  # 97.5 % quantile of a gain between 0 and 2 points
    assert high > 5000
    assert all(point.per_cost is None for point in images.points)  # a surplus is no whole
    assert [result.verdict for result in assessment.crosscheck.stated_results] == ["follows"]
    total = assessment.footprint.totals["gwp100"].total
    assert total is not None
    assert total.value == pytest.approx(43.63, rel=1e-12)


def test_the_share_of_the_data_that_suffices() -> None:
    spared = {}
    for found in assess_file(POSTER).quality.trade_offs[1:]:
        assert found.axis == "training_set"
        (pair,) = found.dominated
        assert pair.share is not None
        spared[found.task] = pair.share.value
    assert spared == pytest.approx({"pests-shallow": 0.25, "pests-middle": 0.40, "pests-deep": 0.60})


def test_figures_can_be_explained() -> None:
    known = assess_file(POSTER).figures
    for name in ("quality.images.images-60000.point.energy", "quality.images.images-60000.gain",
                 "quality.pests-deep.deep-100.spared.share", "quality.pests-deep.deep-40.per-training_set"):  # fmt: skip
        assert name in known, name

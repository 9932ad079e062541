"""The balance period by period, its break-evens and what they are worth, against cases worked by hand."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from conftest import Assess, section_of

from lca import Assessment
from lca.problems import ProblemsFound
from lca.quantities.evaluation import BestReplay
from lca.quantities.formula import formula
from lca.quantities.provenance import Factor, Stated
from lca.quantities.quantity import Sampler
from lca.quantities.uncertainty import Array, Lognormal
from lca.subjects.benefit.balance import Balance
from lca.subjects.benefit.break_even import BreakEven
from lca.subjects.benefit.declared import Benefit
from lca.subjects.benefit.solver import AT, NONE, STEP, solve
from lca.subjects.benefit.study import BenefitStudy
from lca.subjects.benefit.value import attribution_sweep, per_tonne, ratio, value_of

HEAD = """
descriptor: 1
project: {name: Balance, start: 2024-01, duration: 4 year}
goal:
  units: [question, building]
  functional_unit: {description: one question answered, quantity: 1 question}
sites: {paris: {location: FR, pue: 1.2, electricity: 0.05 kgCO2e/kWh, electricity_coverage: life-cycle}}
machines:
  server: {site: paris, power: 500 W, manufacture: {gwp100: 2000 kgCO2e, source: maker}, lifetime: 5 year}
training: {model: {stated: {gwp100: 30 tCO2e, source: paper}}}
"""
SERVICE = """
inference:
  answers: {site: paris, volume: 1000 question/day, duration: 4 year, energy_per_request: 10 Wh}
"""
BENEFIT = """
benefit:
  reference: {description: letters are answered by hand}
"""


#: What a benefit must say for its net to be established, and a head that excludes what it does not describe.
ESTABLISHED = """
benefit:
  reference: {description: by hand, quantity: 5000 tCO2e/year, alternatives: {rules: {description: rules, without_ai: true}}}
  no_harms: letters are answered as before
  no_enabling: nothing to install
"""
EXCLUDED = "  excluded: {inference: {reason: a}, experiments: {reason: b}, equipment: {reason: c}}\n"


def study_of(assessment: Assessment) -> BenefitStudy:
    assert assessment.benefit.study is not None
    return assessment.benefit.study


def balance_of(assessment: Assessment) -> Balance:
    return study_of(assessment).climate


def break_even(assessment: Assessment, name: str) -> BreakEven:
    return next(found for found in assessment.benefit.break_evens if found.name == name)


def errors(assess: Assess, text: str) -> list[str]:
    with pytest.raises(ProblemsFound) as caught:
        assess(text)
    found = [problem for problem in caught.value.problems if problem.severity == "error"]
    return [str(problem).partition("case.yaml:")[2] for problem in found]


ONE = BENEFIT + (
    "  effects: {gain: {quantity: 100 tCO2e/year, ramp_up: [0.2, 0.6, 1], attribution: 0.4, rebound: 0.2, evidence: pilot}}\n"
)


def test_costs_come_first_and_running_costs_go_on(assess_text: Assess) -> None:
    # Running: 1000 x 365.25 x 10 Wh x 1.2 x 0.05 kg/kWh = 219.15 kg a year; training 30 t at the start.
    balance = balance_of(assess_text(HEAD + SERVICE + ONE))
    assert [row.cost.value for row in balance.periods] == pytest.approx([30_000, *[219.15] * 4], rel=1e-12)
    # Attributed: 100 t x (0.2, 0.6, 1, 1) x 0.8 x 0.4 = 6.4, 19.2, 32, 32 t.
    expected = np.cumsum([-30_000, 6400 - 219.15, 19_200 - 219.15, 32_000 - 219.15, 32_000 - 219.15])
    assert [row.cumulative.value for row in balance.periods] == pytest.approx(list(expected), rel=1e-12)
    assert balance.periods[-1].cumulative.value == pytest.approx(balance.net_project.value, rel=1e-12)
    # After two years -4838.3 kg; the third brings 31780.85 kg.
    assert balance.payback.value == pytest.approx(2 + 4838.3 / 31_780.85, rel=1e-12)


def test_lines_are_the_sums_of_their_periods(assess_text: Assess) -> None:
    balance = balance_of(assess_text(HEAD + SERVICE + ONE, draws=50))
    for line in ("potential", "realised", "attributed", "cost", "net_project"):
        whole = getattr(balance, line).draws
        parts = sum(getattr(row, line).draws for row in balance.periods)
        np.testing.assert_allclose(parts, whole, rtol=1e-12, err_msg=line)


def test_a_declared_path_bears_on_saved_and_used_electricity(assess_text: Assess) -> None:
    # Saved 400 x (12 - 10) MWh x 56 g/kWh in the first year, 0.5 of it afterwards; used: 219.15 kg, then half.
    text = (
        HEAD
        + SERVICE
        + (
            "benefit:\n"
            "  horizon: 4 year\n"
            "  electricity_path: [1, 0.5]\n"
            "  reference:\n"
            "    description: heated as today\n"
            "    flows: {heat: {amount: 12 MWh/building/year, factor: heat}}\n"
            "  effects: {less: {flows: {heat: {with_project: 10 MWh/building/year, count: 400 building}}, evidence: model}}\n"
            "factors: {heat: {per: kWh, gwp100: 0.2 kgCO2e, water_consumption: 3 L, source: own}}\n"
        )
    )
    assessment = assess_text(text)
    balance = balance_of(assessment)
    assert [row.cost.value for row in balance.periods[1:]] == pytest.approx([219.15, *[219.15 / 2] * 3], rel=1e-12)
    # Heat is no electricity: 800 MWh x 0.2 kg/kWh = 160 t every year; and 800,000 kWh x 3 L of water.
    assert [row.potential.value for row in balance.periods[1:]] == pytest.approx([160_000] * 4, rel=1e-12)
    water = study_of(assessment).balances["water_consumption"]
    assert water.potential.value == pytest.approx(4 * 800_000 * 3, rel=1e-12)
    assert [row.cost.value for row in water.periods[1:]] == pytest.approx([water.periods[1].cost.value] * 4, rel=1e-12)
    # A path of carbon intensity moves no litre: the cost is the water of the study.
    whole = assessment.footprint.totals["water_consumption"].total
    assert whole is not None
    assert water.cost.value == pytest.approx(whole.value, rel=1e-12)
    assert water.cost.value > 0
    assert assessment.figures["benefit.water_consumption.net_project"] is water.net_project


def test_saved_electricity_takes_the_factor_of_its_place_and_follows_the_path(assess_text: Assess) -> None:
    text = (
        HEAD
        + SERVICE
        + (
            "benefit:\n"
            "  electricity_path: [1, 0.5]\n"
            "  reference: {description: as today, flows: {power: {amount: 100 MWh/year, electricity: FR}}}\n"
            "  effects: {less: {flows: {power: {with_project: 60 MWh/year}}, evidence: model}}\n"
        )
    )
    assessment = assess_text(text)
    factor = assessment.book.for_year("electricity/FR", "gwp100", 2024)
    assert factor is not None
    assert "life-cycle" in factor.coverage
    potential = [row.potential.value for row in balance_of(assessment).periods[1:]]
    assert potential == pytest.approx([40_000 * factor.value * path for path in (1, 0.5, 0.5, 0.5)], rel=1e-12)


def test_growth_of_use_spreads_cost_and_benefit_by_requests(assess_text: Assess) -> None:
    service = SERVICE.replace("duration: 4 year", "duration: 4 year, growth: 1.0")
    effect = "  effects: {each: {per_use: 100 gCO2e/question, service: answers, evidence: model}}\n"
    balance = balance_of(assess_text(HEAD + service + BENEFIT + effect))
    years = [1, 2, 4, 8]
    assert [row.cost.value for row in balance.periods[1:]] == pytest.approx([219.15 * y for y in years], rel=1e-12)
    assert [row.potential.value for row in balance.periods[1:]] == pytest.approx([36_525 * y for y in years], rel=1e-12)


def test_enabling_cost_comes_once_or_with_those_who_join(assess_text: Assess) -> None:
    text = (
        HEAD
        + ONE
        + (
            "  enabling:\n"
            "    sensors: {quantity: 2 tCO2e, evidence: model}\n"
            "    valves: {quantity: 10 tCO2e, grows_with: gain, attribution: 0.5, evidence: model}\n"
            "  harms: {waste: {quantity: 1 tCO2e/year, grows_with: gain, kind: induction, evidence: model}}\n"
        )
    )
    balance = balance_of(assess_text(text))
    # Valves: 10 t x (0.2, 0.4, 0.4, 0) x 0.5; harm: 1 t x (0.2, 0.6, 1, 1).
    assert [row.enabling.value for row in balance.periods] == pytest.approx([2000, 1000, 2000, 2000, 0], rel=1e-12)
    assert [row.harms.value for row in balance.periods[1:]] == pytest.approx([200, 600, 1000, 1000], rel=1e-12)
    assert balance.enabling.value == pytest.approx(12_000, rel=1e-12)
    assert balance.own_enabling.value == pytest.approx(7000, rel=1e-12)


def test_direct_and_indirect_rebound_add_up_and_harms_know_none(assess_text: Assess) -> None:
    text = HEAD + ONE.replace("rebound: 0.2", "rebound: 0.2, indirect_rebound: 0.3")
    balance = balance_of(assess_text(text))
    assert balance.realised.value == pytest.approx(0.5 * balance.potential.value, rel=1e-12)


def test_the_least_favourable_credible_reference_leads(assess_text: Assess) -> None:
    text = HEAD + (
        "benefit:\n"
        "  reference:\n"
        "    description: as today\n"
        "    alternatives:\n"
        "      valves: {description: valves, without_ai: true, credible: true, saving: 30 tCO2e/year}\n"
        "      dreams: {description: all at once, saving: 90 tCO2e/year, why_not: nobody can}\n"
        "  effects: {gain: {quantity: 100 tCO2e/year, attribution: 0.4, evidence: pilot}}\n"
    )
    study = study_of(assess_text(text))
    assert study.climate.reference == "valves"
    assert set(study.references) == {"", "valves"}
    # (100 - 30) t x 4 years x 0.4 - 30 t.
    assert study.climate.net_project.value == pytest.approx(70_000 * 4 * 0.4 - 30_000, rel=1e-12)
    silent = study_of(assess_text(text.replace(", why_not: nobody can", "")))
    assert silent.climate.reference == "dreams"  # nothing says why it would not come about
    assert study.references[""].net_project.value == pytest.approx(100_000 * 4 * 0.4 - 30_000, rel=1e-12)


def test_payback_is_found_by_draw_and_may_never_come(assess_text: Assess) -> None:
    # Net zero over the horizon at a gain of 7.5 t a year: half of the draws around it never pay back.
    gain = "{value: 7.5 tCO2e/year, distribution: {shape: normal, sd: 1 tCO2e/year}}"
    text = HEAD + BENEFIT + f"  effects: {{gain: {{quantity: {gain}, evidence: model}}}}\n"
    payback = balance_of(assess_text(text, draws=4000)).payback
    assert np.isinf(payback.draws[1:]).mean() == pytest.approx(0.5, abs=0.03)
    reached = payback.draws[np.isfinite(payback.draws)]
    assert reached.max() <= 4
    independent = [payback_by_hand(30_000, 1000 * g, 4) for g in draws_of(assess_text(text, draws=4000))]
    np.testing.assert_allclose(payback.draws, independent, rtol=1e-12)


def draws_of(assessment: Assessment) -> Array:
    """Return the gain of each draw, in tonnes a year."""
    return balance_of(assessment).potential.draws / 1000 / 4


def payback_by_hand(cost: float, gain: float, horizon: float) -> float:
    return cost / gain if gain > 0 and cost / gain <= horizon else float("inf")


def test_a_net_that_falls_below_zero_again_has_not_paid_back(assess_text: Assess) -> None:
    # 30 t at the start, 100 t in the first year, then nothing but a harm of 40 t a year: +70, +30, -10, -50.
    text = (
        HEAD
        + BENEFIT
        + (
            "  effects: {gain: {quantity: 100 tCO2e/year, ramp_up: [1, 0], evidence: model}}\n"
            "  harms: {later: {quantity: 40 tCO2e/year, ramp_up: [0, 1], evidence: model}}\n"
        )
    )
    balance = balance_of(assess_text(text))
    assert [row.cumulative.value / 1000 for row in balance.periods] == pytest.approx([-30, 70, 30, -10, -50])
    assert np.isinf(balance.payback.value)


RICH = (
    HEAD
    + SERVICE
    + ONE
    + (
        "    more: {quantity: 50 tCO2e/year, attribution: 0.6, rebound: 0.1, indirect_rebound: 0.1, evidence: model}\n"
        "  harms: {waste: {quantity: 3 tCO2e/year, grows_with: gain, attribution: 0.5, evidence: model}}\n"
        "  enabling:\n"
        "    sensors: {quantity: 2 tCO2e, attribution: 0.7, evidence: model}\n"
        "    valves: {quantity: 10 tCO2e, grows_with: gain, attribution: 0.5, evidence: model}\n"
    ).replace("  harms", "  harms", 1)
)
RICH = RICH.replace(
    "  reference: {description: letters are answered by hand}\n",
    "  reference:\n"
    "    description: letters are answered by hand\n"
    "    alternatives: {valves: {description: valves, credible: true, saving: 5 tCO2e/year}}\n",
)
RICH = RICH.replace("  effects: {gain: {", "  effects:\n    gain: {").replace("evidence: pilot}}", "evidence: pilot}")


def moved(balance: Balance, replaced: Mapping[str, Array]) -> float:
    return float(BestReplay(balance.net_project, replaced)(replaced)[0])


def records(balance: Balance, *ends: str) -> dict[str, float]:
    from lca.quantities.trees import leaves

    found = {}
    for quantity in leaves([balance.net_project]):
        assert isinstance(quantity.origin, Stated) or ends
        assert isinstance(quantity.origin, Stated | Factor)
        record = quantity.origin.record
        if any(end in record for end in ends):
            found[record] = quantity.value
    return found


def test_closed_forms_agree_with_the_replayed_tree(assess_text: Assess) -> None:
    assessment = assess_text(RICH)
    balance = balance_of(assessment)
    gross = balance.attributed.value
    rebound = break_even(assessment, "rebound").value
    assert rebound is not None
    half = {r: np.array([rebound if r.endswith(".rebound") else 0.0]) for r in records(balance, "rebound")}
    assert len(half) == 4
    assert abs(moved(balance, half)) <= 1e-9 * gross
    for name, ends in (("attribution", (".attribution",)), ("adoption", (".ramp_up.", ".full-adoption"))):
        found = break_even(assessment, name)
        assert found.status == AT
        assert found.value is not None
        scaled = {r: np.array([v * found.value]) for r, v in records(balance, *ends).items()}
        assert abs(moved(balance, scaled)) <= 1e-9 * gross, name
    wrong = break_even(assessment, "benefit").value
    assert wrong is not None
    scaled = {
        r: np.array([v * wrong]) for r, v in records(balance, "effects.gain.quantity", "effects.more.quantity").items()
    }
    assert abs(moved(balance, scaled)) <= 1e-9 * gross


def test_break_evens_by_hand(assess_text: Assess) -> None:
    # Sum of a P = 280 x 0.4 = 112 t, V = 89.6 t; C = 30 t: R* = 1 - 30/112, lambda = 30/89.6, the same for adoption.
    assessment = assess_text(HEAD + ONE)
    assert break_even(assessment, "rebound").value == pytest.approx(1 - 30 / 112, rel=1e-12)
    assert break_even(assessment, "attribution").value == pytest.approx(30 / 89.6, rel=1e-12)
    assert break_even(assessment, "adoption").value == pytest.approx(30 / 89.6, rel=1e-12)
    assert break_even(assessment, "benefit").value == pytest.approx(30 / 89.6, rel=1e-12)
    assert "benefit.break-even.rebound" in assessment.figures


@pytest.mark.parametrize("name", ["rebound", "attribution", "adoption"])
def test_no_break_even_where_none_could_be(assess_text: Assess, name: str) -> None:
    # The attribution would have to be above one, the rebound below zero.
    text = HEAD + BENEFIT + "  effects: {gain: {quantity: 1 tCO2e/year, attribution: 0.9, evidence: pilot}}\n"
    found = break_even(assess_text(text), name)
    assert (found.status, found.value) == (NONE, None)


def test_volume_at_least_where_each_use_brings_more_than_it_costs(assess_text: Assess) -> None:
    # b = 100 g, c = 0.6 g, F = 30 t: n_min = 30,000,000 / 99.4.
    effect = "  effects: {each: {per_use: 100 gCO2e/question, service: answers, evidence: model}}\n"
    found = break_even(assess_text(HEAD + SERVICE + BENEFIT + effect), "volume")
    assert (found.status, found.subject, found.side) == (AT, "answers", "least")
    assert found.value == pytest.approx(30e6 / 99.4, rel=1e-12)


def test_volume_at_most_where_the_benefit_is_fixed(assess_text: Assess) -> None:
    # B = 400 t, F = 30 t, c = 0.6 g: n_max = 370e6 g / 0.6 g.
    text = HEAD + SERVICE + BENEFIT + "  effects: {gain: {quantity: 100 tCO2e/year, evidence: model}}\n"
    assessment = assess_text(text)
    found = break_even(assessment, "volume")
    assert found.value == pytest.approx(370e6 / 0.6, rel=1e-12)
    assert found.value is not None
    assert found.side == "most"
    volume = {"stated/inference.answers.volume": np.array([found.value / (4 * 365.25)])}
    assert abs(moved(balance_of(assessment), volume)) <= 1e-9 * 400_000


def test_volume_of_a_reserved_machine_is_found_by_replay(assess_text: Assess) -> None:
    # Idle and busy power differ, so the cost is not proportional to use.
    service = SERVICE.replace("energy_per_request: 10 Wh", "reserved: server, time_per_request: 1 s").replace(
        "site: paris, ", ""
    )
    head = HEAD.replace("power: 500 W", "power: 500 W, idle_power: 100 W")
    effect = "  effects: {each: {per_use: 100 gCO2e/question, service: answers, evidence: model}}\n"
    assessment = assess_text(head + service + BENEFIT + effect)
    found = break_even(assessment, "volume")
    assert found.status == AT
    assert found.tree is None
    assert found.value is not None
    stated = {"stated/inference.answers.volume": np.array([found.value / (4 * 365.25)])}
    assert abs(moved(balance_of(assessment), stated)) <= 1e-9 * balance_of(assessment).attributed.value


def test_lifetime_of_a_machine_is_found_by_replay(assess_text: Assess) -> None:
    # Manufacture 2000 kg x 4 / L for a machine kept four years; running 500 W; a gain that pays for both at some L.
    service = SERVICE.replace("energy_per_request: 10 Wh", "reserved: server").replace("site: paris, ", "")
    head = HEAD.replace("training: {model: {stated: {gwp100: 30 tCO2e, source: paper}}}\n", "")
    running = 0.5 * 4 * 8766 * 1.2 * 0.05
    gain = (running + 2000 * 4 / 8) / 4
    effect = f"  effects: {{gain: {{quantity: {gain} kgCO2e/year, evidence: model}}}}\n"
    found = break_even(assess_text(head + service + BENEFIT + effect), "lifetime")
    assert (found.status, found.subject, found.side) == (AT, "server", "least")
    assert found.value == pytest.approx(8, rel=1e-6)


@formula("kgCO2e", source="test")
def whole_machines(load: Array, capacity: Array, each: Array) -> Array:
    """Impact of whole machines.

    Args:
        load [1]: load.
        capacity [1]: load of one machine.
        each [kgCO2e]: impact of one.
    """
    return 250 - np.ceil(load / capacity) * each


def test_a_step_is_told_from_a_zero() -> None:
    sample = Sampler(0, 0)
    load = sample(Stated("load", 1.0, "1"))
    net = whole_machines(
        load=load, capacity=sample(Stated("capacity", 10.0, "1")), each=sample(Stated("each", 100.0, "kgCO2e"))
    )
    # 250 - 100 x machines: positive up to two machines, negative from the third on, never zero.
    again = BestReplay(net, {"stated/load"})
    status, value = solve(again, lambda points: {"stated/load": points}, 0.0, 100.0, 250.0)
    assert status == STEP
    assert value == pytest.approx(20, rel=1e-12)
    assert solve(again, lambda points: {"stated/load": points}, 0.0, 15.0, 250.0) == (NONE, None)


def test_attribution_is_swept_and_never_sampled(assess_text: Assess) -> None:
    text = HEAD + ONE.replace("attribution: 0.4", "attribution: {value: 0.4, range95: [0.2, 0.8]}")
    assessment = assess_text(text, draws=100)
    balance = balance_of(assessment)
    np.testing.assert_allclose(balance.attributed.draws, 0.4 * balance.realised.draws, rtol=1e-12)
    swept = {row.attribution: row.net for row in attribution_sweep(balance, assessment.study[Benefit])}
    assert swept[1.0] == pytest.approx(224_000 - 30_000, rel=1e-12)
    assert swept[0.25] == pytest.approx(56_000 - 30_000, rel=1e-12)


def test_ratio_and_money_stand_only_where_every_draw_allows(assess_text: Assess) -> None:
    head = HEAD.replace("duration: 4 year}", "duration: 4 year, funding: 600000 EUR}")
    head = head.replace("sites:", EXCLUDED + "sites:")
    value = "  carbon_value: {value: 250 EUR/tCO2e, source: a cited table}\n"
    one = ONE.replace(BENEFIT, ESTABLISHED)
    assessment = assess_text(head + one + value, draws=100)
    balance, descriptor = balance_of(assessment), assessment.study
    assert descriptor.about.funding is not None
    claimed = descriptor[Benefit]
    assert claimed.carbon_value is not None
    sample = Sampler(1, 0)
    found = ratio(balance)
    assert found is not None
    assert found.value == pytest.approx(89.6 / 30, rel=1e-12)
    money = per_tonne(balance, sample(descriptor.about.funding))
    assert money is not None
    assert money.unit == "EUR/tCO2e"
    assert money.value == pytest.approx(600_000 / 59.6, rel=1e-12)
    worth = value_of(balance, sample(claimed.carbon_value))
    assert worth is not None
    assert worth.unit == "EUR"
    assert worth.value == pytest.approx(59.6 * 250, rel=1e-12)
    poor = assess_text(head + one.replace("100 tCO2e", "1 tCO2e") + value, draws=100)
    assert per_tonne(balance_of(poor), sample(descriptor.about.funding)) is None
    unestablished = balance_of(assess_text(head + ONE + value, draws=100))
    assert ratio(unestablished) is None
    assert per_tonne(unestablished, sample(descriptor.about.funding)) is None
    assert value_of(unestablished, sample(claimed.carbon_value)) is None


def test_uncertain_gains_move_only_what_rests_on_them(assess_text: Assess) -> None:
    text = HEAD + ONE.replace("100 tCO2e/year", "{value: 100 tCO2e/year, sigma: 0.4}")
    balance = balance_of(assess_text(text, draws=20_000))
    # Lognormal with median 100 t: the mean of the attributed benefit is 89.6 t x exp(0.08); it is wider than ±50 %.
    assert balance.attributed.draws[1:].mean() == pytest.approx(89_600 * np.exp(0.08), rel=0.015)
    assert balance.potential.origin
    assert len(balance.cost.draws) == 1
    assert Lognormal(0.04).variance == 0.04


def test_a_reference_may_be_a_stated_quantity(assess_text: Assess) -> None:
    benefit = (
        "benefit:\n"
        "  reference: {description: as today, quantity: 50 tCO2e/year}\n"
        "  effects: {all: {whole_reference: true, evidence: model}}\n"
    )
    assert balance_of(assess_text(HEAD + benefit)).potential.value == pytest.approx(200_000, rel=1e-12)


REFERENCE = """
descriptor: 1
project: {name: By hand, start: 2024-01, duration: 2 year}
goal:
  units: [question]
  functional_unit: {description: one question answered, quantity: 1 question}
sites: {paris: {location: FR, pue: 1.2, electricity: 0.05 kgCO2e/kWh, electricity_coverage: life-cycle}}
inference: {people: {site: paris, volume: 1000 question/day, duration: 2 year, energy_per_request: 1 kWh}}
training: {none-yet: {stated: {gwp100: 1 kgCO2e, source: paper}}}
"""


def test_a_reference_may_be_a_descriptor_of_its_own(assess_text: Assess, tmp_path: object) -> None:
    from pathlib import Path

    assert isinstance(tmp_path, Path)
    (tmp_path / "reference.yaml").write_text(REFERENCE, "utf-8")
    benefit = (
        "benefit:\n"
        "  reference: {description: people answer, descriptor: reference.yaml}\n"
        "  effects: {all: {whole_reference: true, evidence: model}}\n"
    )
    assessment = assess_text(HEAD + SERVICE + benefit, draws=10)
    # 1000 x 365.25 x 1 kWh x 1.2 x 0.05 = 21915 kg a year, and 1 kg over two years.
    assert balance_of(assessment).potential.value == pytest.approx(4 * (21_915 + 0.5), rel=1e-12)
    # The reference's stated values are records of their own: moving its PUE leaves the project's cost alone.
    own = records(balance_of(assessment), "sites.paris.pue")
    assert set(own) == {"stated/sites.paris.pue", "stated/reference.sites.paris.pue"}

    (tmp_path / "reference.yaml").write_text(REFERENCE.replace("quantity: 1 question", "quantity: 2 question"), "utf-8")
    assert "LCA404" in errors(assess_text, HEAD + SERVICE + benefit)[0]
    (tmp_path / "reference.yaml").unlink()
    assert "reference.yaml: the file cannot be read" in errors(assess_text, HEAD + SERVICE + benefit)[0]


def test_the_report_says_why_a_payback_of_a_day_is_no_finding(assess_text: Assess) -> None:

    text = (
        "descriptor: 1\n"
        "project: {name: A day, start: 2024-01, duration: 1 year}\n"
        "goal: {excluded: {inference: {reason: a}, experiments: {reason: b}, equipment: {reason: c}}}\n"
        "training: {model: {stated: {gwp100: 2.7 tCO2e, source: slides}}}\n"
        "benefit:\n"
        "  reference: {description: as today, quantity: 9000 tCO2e/year, alternatives: {r: {description: r, without_ai: true}}}\n"
        "  effects: {gain: {quantity: 1000 tCO2e/year, evidence: model, assessed: ex-post}}\n"
        "  no_harms: none\n"
        "  no_enabling: none\n"
        "  dropped: {visits: {description: fewer visits, reason: small}}\n"
        "  qualitative: {lock-in: depends on one provider}\n"
    )
    assessment = assess_text(text, draws=50)
    for language, payback, why in (("en", "0.986 day", "is no finding"), ("fr", "0,986 jour", "n’est pas un résultat")):
        first = assessment.report(language).page_one.replace("\u00a0", " ")
        rest = section_of(assessment, "benefit", language).replace("\u00a0", " ")
        assert payback not in first  # never on page one
        assert payback in rest
        assert why in rest.partition(payback)[2][:600]
        assert "fewer visits" in rest
        assert "depends on one provider" in rest

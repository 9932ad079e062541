"""One figure everywhere: the lines of a balance add up, what a study rests on is listed, digits and shares are written alike."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT, Assess, assess_file

from lca.assessment.cases import cases_of
from lca.assessment.comparison_section import remark_lines
from lca.assessment.contract import results
from lca.assessment.figures import figures_of_scenarios
from lca.cli.terminal import summary
from lca.files.shipped import words
from lca.presenting.writer import Writer
from lca.quantities.provenance import Factor, Stated
from lca.quantities.quantity import Quantity
from lca.quantities.trees import explain, leaves
from lca.subjects.crosscheck.section import uncertainty

CASE = """
descriptor: 1
project: {name: Together, start: 2024-01, duration: 2 year}
goal:
  units: [home]
  functional_unit: {description: one home, quantity: 1 home, delivered: 400 home}
sites:
  paris:
    {location: FR, pue: {value: 1.4, range95: [1.3, 1.6]}, market_based: {instrument: ppa, source: contract, factor: 12 gCO2e/kWh}}
training: {model: {energy: 10 MWh, site: paris}}
factors: {gas: {per: kWh, gwp100: {value: 0.2 kgCO2e, range95: [0.15 kgCO2e, 0.3 kgCO2e]}, source: made up}}
benefit:
  reference:
    description: heated as today
    flows: {heat: {amount: 12 MWh/home/year, factor: gas}}
    alternatives:
      manual: {description: by hand, credible: true, saving: 20 tCO2e/year, why_not: slow}
  effects:
    less: {flows: {heat: {with_project: 11 MWh/home/year, count: 400 home}}, attribution: 0.5, rebound: 0.1, evidence: model}
  harms: {travel: {quantity: 2 tCO2e/year, attribution: 0.5, evidence: model}}
  enabling: {valves: {quantity: 4 tCO2e, attribution: 0.5, evidence: model}}
"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "case.yaml"
    path.write_text(CASE, encoding="utf-8")
    return path


def test_the_printed_lines_of_a_balance_add_up_on_every_indicator(case: Path) -> None:
    study = assess_file(case, draws=50).benefit.study
    assert study is not None
    # By hand: 400 x 1 MWh x 0.2 kg x 2 years = 160 t, 144 t after rebound, 72 t attributed; taken off, the project's half of
    # 40 t anyway, 4 t harms and 4 t enabling: 24 t.
    climate = study.climate
    assert climate.attributed.value == pytest.approx(72_000, rel=1e-12)
    assert climate.taken_off.value == pytest.approx(24_000, rel=1e-12)
    for balance in study.balances.values():
        left = balance.attributed.draws - balance.taken_off.draws - balance.cost.draws
        np.testing.assert_allclose(left, np.broadcast_to(balance.net_project.draws, left.shape), rtol=1e-12)


def test_the_share_taken_off_stands_in_the_terminal_the_contract_and_the_explanations(case: Path) -> None:
    assessment = assess_file(case)
    assert results(assessment)["benefit"]["taken_off"]["value"] == 24_000
    assert assessment.figures["benefit.taken_off"].value == pytest.approx(24_000, rel=1e-12)
    printed = summary(assessment, Writer("en", words("en")))
    assert words("en")["taken_off"] in printed
    assert "Water consumption" in printed


def test_inputs_list_what_benefit_contract_and_functional_unit_rest_on(case: Path) -> None:
    assessment = assess_file(case)
    listed = {row["path"] for row in results(assessment)["inputs"]}
    assert {
        "factors.gas.gwp100",
        "benefit.effects.less.rebound",
        "benefit.reference.alternatives.manual.saving",
        "sites.paris.market_based.factor",
        "goal.functional_unit.delivered",
    } <= listed


@pytest.mark.parametrize("path", sorted((ROOT / "projects").glob("*.yaml")), ids=lambda p: p.stem)
def test_every_leaf_of_a_main_figure_is_an_input(path: Path) -> None:
    assessment = assess_file(path)
    listed = {_record(q) for q in leaves(assessment.roots)}
    main = ("total.", "per-unit.", "energy", "benefit.")
    under = leaves(
        q
        for name, q in assessment.figures.items()
        if name.startswith(main) and ".break-even." not in name and ".adverse." not in name
    )
    constants = ("stated/benefit.time-", "stated/benefit.nothing", "stated/methods.once")
    assert not {record for q in under if not (record := _record(q)).startswith(constants)} - listed


def _record(quantity: Quantity) -> str:
    assert isinstance(quantity.origin, Factor | Stated)
    return quantity.origin.record


@pytest.fixture
def english() -> Writer:
    return Writer("en", words("en"))


SERVICE = """
descriptor: 1
project: {{name: Waiting, start: 2024-01}}
goal: {{units: [image], functional_unit: {{description: one image, quantity: 1 image}}}}
sites: {{paris: {{location: FR, pue: 1, electricity: 100 gCO2e/kWh}}}}
machines: {{node: {{site: paris, host: none, utilisation: 0.5, {power}}}}}
inference: {{answers: {{{how}: node, volume: 1000 image/day, duration: 1 year, time_per_request: 3.6 s, gpu_load: 1}}}}
"""


@pytest.mark.parametrize("how", ["on", "reserved"])
def test_waiting_that_nothing_is_known_of_is_no_zero(assess_text: Assess, how: str) -> None:
    known = assess_text(SERVICE.format(how=how, power="power: 200 W, idle_power: 50 W"))
    silent = assess_text(SERVICE.format(how=how, power="power: 200 W"))
    # 365.25 h of waiting, or all but the 365.25 h of work of a year, at 50 W as stated, or at the catalogue's share of the
    # power at work, which is marked as a default.
    hours = {"on": 365.25, "reserved": 8766 - 365.25}[how]
    share = silent.book.get("parameter/machine/idle_power_share").value
    for assessment, power in ((known, 0.05), (silent, 0.2 * share)):
        assert assessment.figures["inference.answers.idle.energy"].value == pytest.approx(hours * power, rel=1e-12)
    assert share > 0.25
    assert "parameter/machine/idle_power_share" in {row["path"] for row in results(silent)["inputs"]}


def test_memory_draws_power_while_a_machine_waits(assess_text: Assess) -> None:
    # 365.25 h of work, as many of waiting at a utilisation of a half: 100 W of accelerator, then 20 W; and the memory always.
    power = "gpu: {model: NVIDIA Tesla T4, count: 1, power: 100 W, idle_power: 20 W}, memory: 64 GB"
    assessment = assess_text(SERVICE.format(how="on", power=power))
    memory = 64 * assessment.book.get("parameter/ram/power").value / 1000
    assert assessment.footprint.energy is not None
    assert assessment.footprint.energy.value == pytest.approx(
        365.25 * (0.1 + memory) + 365.25 * (0.02 + memory), rel=1e-12
    )


def test_explanations_speak_no_programming_language(case: Path) -> None:
    lines = [
        step.how for name, q in assess_file(case).figures.items() if name.startswith("benefit.") for step in explain(q)
    ]
    assert any("∞" in line for line in lines)
    assert any("undefined" in line for line in lines)
    assert not [line for line in lines if "np." in line]


SCENARIO = """
scenarios:
  fewer: {benefit: {effects: {less: {flows: {heat: {count: 10 home}}}}}}
  more: {goal: {functional_unit: {delivered: 123456 home}}}
"""


def test_a_difference_over_a_net_that_may_be_a_loss_is_no_share(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    text = CASE.replace(
        "saving: 20 tCO2e/year", "saving: {value: 60 tCO2e/year, range95: [5 tCO2e/year, 90 tCO2e/year]}"
    )
    path.write_text(text + SCENARIO, encoding="utf-8")
    assessment = assess_file(path, draws=500)
    net = assessment.figures["benefit.net_project"].draws
    assert net.min() < 0 < net.max()
    found = figures_of_scenarios(assessment)
    assert "scenarios.fewer.benefit.net_project.difference" in found
    assert "scenarios.fewer.benefit.net_project.relative" not in found
    assert "scenarios.fewer.benefit.attributed.relative" in found
    french = remark_lines(
        cases_of({"": assessment}), {"": "base", "fewer": "fewer", "more": "more"}, Writer("fr", words("fr"))
    )
    assert any("123\u202f500" in line and "e+" not in line for line in french)


def test_a_stated_range_is_printed_as_stated_and_a_definition_is_no_stated_value(
    tmp_path: Path, english: Writer
) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(CASE.replace("location: FR, pue", "location: FR, wue: 0.5 L/kWh, pue"), encoding="utf-8")
    found = uncertainty(assess_file(path, draws=200), english)
    ranges = {q.origin.path: found["range_of"](q) for q in found["stated"]}
    assert ranges["sites.paris.pue"] == "1.3 to 1.6"
    assert "sites.paris.wue" in ranges
    assert not [name for name in ranges if name.startswith("definition.")]

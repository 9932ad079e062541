"""What was measured beside what was forecast: by hand, and never taken where its counterfactual is missing."""

from __future__ import annotations

import datetime
import json

import pytest
from conftest import section_of

import lca
from lca import Assessment
from lca.problems import ProblemsFound
from lca.subjects.monitoring.result import MeasuredInput, MonitoringResult

FIELD = """descriptor: 1
project: {name: Field, start: 2025-01, duration: 4 year, language: en}
goal:
  excluded:
    experiments: {reason: none, estimated_share: 0}
    inference: {reason: none, estimated_share: 0}
    equipment: {reason: none, estimated_share: 0}
sites: {paris: {location: FR, pue: 1}}
training: {model: {energy: {value: 1 MWh, range95: [0.8 MWh, 1.3 MWh]}, site: paris}}
factors: {spray: {per: kg, gwp100: 10 kgCO2e, source: made up}}
benefit:
  reference:
    description: as today
    flows: {spray: {amount: {value: 6000 kg/year, quality: high}, factor: spray}}
    alternatives:
      by-hand:
        {description: by hand, without_ai: true, credible: false, why_not: nobody is there}
  effects:
    less:
      flows: {spray: {with_project: {value: 4000 kg/year, quality: low}}}
      ramp_up: [{value: 0.5, quality: low}, 1]
      attribution: 0.5
      rebound: {value: 0.1, range95: [0.05, 0.2]}
      evidence: model
  no_harms: none
  no_enabling: none
"""
INPUT = "benefit.effects.less.flows.spray.with_project"
SAVED = "monitoring.benefit.physical.less.spray"
AS_OF = "2026-12-31"


def review(measured: str, *, forecast: str = "", descriptor: str = FIELD, **files: str) -> Assessment:
    """Return a study with what was measured, one line an input, judged at the end of 2026."""
    lines = [descriptor, "monitoring:"]
    lines += [f"  forecast: {forecast}"] if forecast else []
    lines += ["  measured:"] + [f"    {line}" for line in measured.strip().splitlines()]
    named = {name.replace("_", "."): text for name, text in files.items()}
    return lca.read("\n".join(lines), files=named).assess(draws=200, as_of=datetime.date.fromisoformat(AS_OF))


def result_of(assessment: Assessment) -> MonitoringResult:
    return assessment.results[MonitoringResult]


def row(assessment: Assessment, name: str) -> MeasuredInput:
    return next(row for row in result_of(assessment).inputs if row.declared.name == name)


def codes(assessment: Assessment) -> list[str]:
    return [problem.code for problem in assessment.problems]


def sealed(descriptor: str = FIELD, as_of: str = "2026-01-01") -> str:
    return lca.read(descriptor).assess(draws=200, as_of=datetime.date.fromisoformat(as_of)).sealed()


def test_a_measured_input_stands_beside_its_forecast() -> None:
    study = review("meter: {input: training.model.energy, values: [{date: 2026-06, value: 1.5 MWh}]}")
    assert row(study, "meter").deviation is not None
    assert study.figures["monitoring.measured.meter.deviation"].value == pytest.approx(0.5)  # 1.5 / 1 − 1
    assert row(study, "meter").within is False  # above 1.3 MWh
    assert study.figures["energy"].value == pytest.approx(1000.0)  # the forecast stays
    assert study.figures["monitoring.energy"].value == pytest.approx(1500.0)
    assert study.figures["monitoring.energy.change"].value == pytest.approx(500.0)


def test_a_measured_effect_supersedes_with_its_counterfactual() -> None:
    values = "[{date: 2026-06, value: 4500 kg/year, counterfactual: 5600 kg/year, adjustment: same weather}]"
    study = review(f"spray: {{input: {INPUT}, values: {values}}}")
    forecast = study.figures["benefit.physical.less.spray.attributed"].value
    # 2000 kg a year were to be saved, 5600 − 4500 = 1100 kg are; adoption, rebound and attribution are as forecast.
    assert study.figures[f"{SAVED}.attributed"].value == pytest.approx(forecast * 1100 / 2000)
    assert result_of(study).unconfirmed == ()
    assert result_of(study).established is True


@pytest.mark.parametrize("lacking", ["counterfactual", "adjustment"])
def test_without_its_counterfactual_the_forecast_stays_and_nothing_is_established(lacking: str) -> None:
    keys = {"value": "3000 kg/year", "counterfactual": "6000 kg/year", "adjustment": "same weather"}
    keys.pop(lacking)
    values = ", ".join(f"{key}: {value}" for key, value in keys.items())
    study = review(f"spray: {{input: {INPUT}, values: [{{date: 2026-06, {values}}}]}}")
    for line in ("attributed", "remains"):
        assert study.figures[f"{SAVED}.{line}"].value == study.figures[f"benefit.physical.less.spray.{line}"].value
    assert "LCA913" in codes(study)
    assert result_of(study).unconfirmed == ("less",)
    assert result_of(study).established is False


def test_an_effect_that_is_not_measured_is_told() -> None:
    study = review("meter: {input: training.model.energy, values: [{date: 2026-06, value: 1.5 MWh}]}")
    assert result_of(study).unconfirmed == ("less",)
    assert result_of(study).established is False


def test_the_latest_value_counts_in_whatever_order() -> None:
    first, last = "{date: 2026-02, value: 2 MWh}", "{date: 2026-09-30, value: 3 MWh}"
    for values in (f"[{first}, {last}]", f"[{last}, {first}]"):
        study = review(f"meter: {{input: training.model.energy, values: {values}}}")
        assert study.figures["monitoring.energy"].value == pytest.approx(3000.0)


def test_a_later_value_without_counterfactual_is_not_passed_over_for_an_earlier_one() -> None:
    early = "{date: 2026-02, value: 3000 kg/year, counterfactual: 6000 kg/year, adjustment: same weather}"
    study = review(f"spray: {{input: {INPUT}, values: [{early}, {{date: 2026-09, value: 5000 kg/year}}]}}")
    assert result_of(study).unconfirmed == ("less",)


def test_a_measurement_does_not_inherit_the_range_of_the_forecast() -> None:
    study = review("meter: {input: training.model.energy, values: [{date: 2026-06, value: {value: 1 MWh}}]}")
    low, _, high = study.figures["energy"].interval()
    assert low < 1000 < high
    assert study.figures["monitoring.energy"].interval()[::2] == pytest.approx((1000.0, 1000.0))


def test_an_item_of_a_list_goes_by_its_number() -> None:
    study = review("joined: {input: benefit.effects.less.ramp_up.0, values: [{date: 2026-06, value: 0.25}]}")
    # Four years at full adoption but the first: 3.5 became 3.25.
    forecast = study.figures["benefit.physical.less.spray.attributed"].value
    assert study.figures[f"{SAVED}.attributed"].value == pytest.approx(forecast * 3.25 / 3.5)


def test_time_of_processors_is_not_compared_with_time_on_the_clock() -> None:
    text = FIELD.replace(
        "training: {model:", "machines: {node: {site: paris, gpu: {model: NVIDIA L4, count: 4}}}\ntraining: {model:"
    )
    text = text.replace(
        "{energy: {value: 1 MWh, range95: [0.8 MWh, 1.3 MWh]}, site: paris}", "{on: node, duration: 100 h}"
    )
    study = review(
        "time: {input: training.model.duration, values: [{date: 2026-06, value: 600 GPU h}]}", descriptor=text
    )
    assert row(study, "time").deviation is None
    energy = study.figures["monitoring.energy"].value / study.figures["energy"].value
    assert energy == pytest.approx(1.5)  # 600 GPU h on four are 150 h


def test_what_was_measured_changes_no_figure_of_the_forecast() -> None:
    plain = lca.read(FIELD).assess(draws=200, as_of=datetime.date.fromisoformat(AS_OF))
    study = review("meter: {input: training.model.energy, values: [{date: 2026-06, value: 1.5 MWh}]}")
    own = {path: figure for path, figure in study.figures.items() if not path.startswith("monitoring.")}
    assert {p: (f.value, f.interval()) for p, f in own.items()} == {
        p: (f.value, f.interval()) for p, f in plain.figures.items()
    }


def test_the_deviation_is_from_the_sealed_forecast_not_from_what_the_descriptor_says_since() -> None:
    later = FIELD.replace("value: 1 MWh, range95: [0.8 MWh, 1.3 MWh]", "value: 1.4 MWh, range95: [1.2 MWh, 1.7 MWh]")
    values = "meter: {input: training.model.energy, values: [{date: 2026-06, value: 1.5 MWh}]}"
    study = review(values, descriptor=later, forecast="c.json", c_json=sealed())
    assert study.figures["monitoring.measured.meter.deviation"].value == pytest.approx(0.5)
    assert row(study, "meter").within is False
    assert result_of(study).moved == ("training.model.energy",)
    energy = next(found for found in result_of(study).reviewed if found.path == "energy")
    assert (energy.sealed and energy.sealed.value, energy.forecast.value) == pytest.approx((1000.0, 1400.0))


def test_a_sealed_forecast_of_the_same_inputs_has_nothing_moved() -> None:
    values = "meter: {input: training.model.energy, values: [{date: 2026-06, value: 1.5 MWh}]}"
    assert result_of(review(values, forecast="c.json", c_json=sealed())).moved == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"value": 1000.0', '"value": 1001.0'),
        ('"sealed_on": "2026-01-01"', '"sealed_on": "2026-01-02"'),
        ("as today", "as ever"),
    ],
)
def test_a_seal_shows_any_change(old: str, new: str) -> None:
    text = sealed()
    assert old in text
    with pytest.raises(ProblemsFound) as found:
        review(
            "m: {input: training.model.energy, values: [{date: 2026-06, value: 1 MWh}]}",
            forecast="c.json",
            c_json=text.replace(old, new, 1),
        )
    told = [problem for problem in found.value.problems if problem.severity == "error"]
    assert [problem.code for problem in told] == ["LCA914"]
    assert "changed after it was sealed" in told[0].message


@pytest.mark.parametrize("text", ["{}", "[1]", "not JSON", '{"sealed_forecast": 1}', "null"])
def test_what_is_no_sealed_forecast_is_told(text: str) -> None:
    with pytest.raises(ProblemsFound) as found:
        review(
            "m: {input: training.model.energy, values: [{date: 2026-06, value: 1 MWh}]}", forecast="c.json", c_json=text
        )
    assert [p.code for p in found.value.problems if p.severity == "error"] == ["LCA914"]


def test_the_seal_holds_the_figures_and_the_text() -> None:
    data = json.loads(sealed())
    study = lca.read(FIELD).assess(draws=200, as_of=datetime.date.fromisoformat("2026-01-01"))
    assert data["descriptor"]["text"] == FIELD
    assert data["sealed_on"] == "2026-01-01"
    assert data["figures"].keys() == study.figures.keys()
    assert data["figures"]["energy"]["value"] == 1000.0
    assert data["inputs"]["training.model.energy"]["text"] == "1 MWh"
    assert sealed() == sealed()


def test_dates() -> None:
    with pytest.raises(ProblemsFound) as found:
        review("m: {input: training.model.energy, values: [{date: 2027-01, value: 1 MWh}]}")
    assert [p.code for p in found.value.problems if p.severity == "error"] == ["LCA915"]
    early = "m: {input: training.model.energy, values: [{date: 2025-06, value: 1 MWh}]}"
    assert "LCA916" in codes(review(early, forecast="c.json", c_json=sealed()))
    assert "LCA916" not in codes(review(early))


LINE = FIELD.count("\n") + 4


@pytest.mark.parametrize(
    ("entry", "code", "at"),
    [
        ("{input: training.modle.energy, values: [{date: 2026-06, value: 1 MWh}]}", "LCA911", "training"),
        ("{input: training.model, values: [{date: 2026-06, value: 1 MWh}]}", "LCA911", "training"),
        ("{input: project.duration, values: [{date: 2026-06, value: 1 year}]}", "LCA911", "project"),
        (
            "{input: benefit.reference.flows.spray.amount, values: [{date: 2026-06, value: 1 t/year}]}",
            "LCA911",
            "benefit",
        ),
        ("{input: benefit.effects.less.attribution, values: [{date: 2026-06, value: 0.9}]}", "LCA911", "benefit"),
        ("{input: benefit.effects.less.ramp_up.7, values: [{date: 2026-06, value: 0.9}]}", "LCA911", "benefit"),
        ("{input: training.model.energy, values: [{date: 2026-06, value: 1 kg}]}", "LCA303", "1 kg"),
        ("{input: training.model.energy, values: [{date: 2026-06, value: -1 MWh}]}", "LCA304", "-1 MWh"),
        (
            "{input: training.model.energy, values: [{date: 2026-06, value: 1 MWh, counterfactual: 2 MWh}]}",
            "LCA912",
            "2 MWh",
        ),
        (
            f"{{input: {INPUT}, values: [{{date: 2026-06, value: 1 t/year, counterfactual: 2 MWh, adjustment: a}}]}}",
            "LCA912",
            "2 MWh",
        ),
        ("{input: training.model.energy, values: [{date: June, value: 1 MWh}]}", "LCA205", "June"),
        ("{input: training.model.energy, values: []}", "LCA205", "[]"),
    ],
)
def test_wrong_measurements_are_told_at_their_place(entry: str, code: str, at: str) -> None:
    with pytest.raises(ProblemsFound) as found:
        review(f"m: {entry}")
    errors = [(p.location.line, p.location.column, p.code) for p in found.value.problems if p.severity == "error"]
    assert errors == [(LINE, len("    m: ") + entry.index(at) + 1, code)]


def test_a_saving_is_no_larger_than_what_there_would_have_been() -> None:
    text = FIELD.replace(
        "flows: {spray: {with_project: {value: 4000 kg/year, quality: low}}}", "quantity: 20 tCO2e/year"
    )
    values = "[{date: 2026-06, value: 30 tCO2e/year, counterfactual: 25000 kgCO2e/year, adjustment: a}]"
    with pytest.raises(ProblemsFound) as found:
        review(f"m: {{input: benefit.effects.less.quantity, values: {values}}}", descriptor=text)
    assert [p.code for p in found.value.problems if p.severity == "error"] == ["LCA912"]


def test_an_input_has_one_name_and_a_flow_one_counterfactual() -> None:
    twice = "a: {input: training.model.energy, values: [{date: 2026-06, value: 1 MWh}]}"
    with pytest.raises(ProblemsFound) as found:
        review(f"{twice}\n{twice.replace('a:', 'b:', 1)}")
    assert [p.code for p in found.value.problems if p.severity == "error"] == ["LCA911"]


def test_scenarios_share_what_was_measured() -> None:
    measured = "m: {input: training.model.energy, values: [{date: 2026-06, value: 1 MWh}]}"
    same = (
        FIELD + "scenarios: {alike: {training: {model: {energy: 1000 kWh}}}, other: {monitoring: {forecast: c.json}}}\n"
    )
    with pytest.raises(ProblemsFound) as found:
        review(measured, descriptor=same)
    assert [p.code for p in found.value.problems if p.severity == "error"] == ["LCA901"]
    same = FIELD + "scenarios: {alike: {project: {summary: other words}}}\n"
    assert "LCA905" in codes(review(measured, descriptor=same))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_report_sets_them_side_by_side(language: str) -> None:
    values = "meter: {input: training.model.energy, by: the centre, values: [{date: 2026-06, value: 1.5 MWh}]}"
    html = section_of(review(values, forecast="c.json", c_json=sealed()), "monitoring", language)
    shown = {"en": ("1 MWh", "1.5 MWh", "+50 %", "outside it"), "fr": ("1 MWh", "1,5 MWh", "+50 %", "non, en dehors")}
    plain = html.replace("\u00a0", " ").replace("\u202f", " ")
    for text in (*shown[language], "the centre"):
        assert text in plain
    assert "{" not in plain.replace("{{", "")

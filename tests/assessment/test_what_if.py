"""What a reader changes in the page gives what an assessment of the changed descriptor gives."""

from __future__ import annotations

import json
import math
import random
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Assess, assess_file
from what_if_by_hand import Changes, evaluate, patch_of, some_changes

import lca
from lca import Assessment
from lca.assessment.assess import assess
from lca.assessment.record import Record
from lca.assessment.sweeps.variation import COMPARED
from lca.assessment.what_if.data import as_data, what_if
from lca.descriptor.descriptor import Descriptor
from lca.descriptor.document import Document
from lca.descriptor.scenario_reading import read_variant

EXAMPLES = ("alexnet-2012", "transition-call", "stable-diffusion-service", "federated", "vineyard")
CHANGES = 200
OTHERS = [
    *(path for path in sorted((ROOT / "projects").glob("*.yaml")) if path.stem not in EXAMPLES),
    *sorted((ROOT / "tests/cases/good").glob("*.yaml")),
    ROOT / "tests/cases/established-benefit.yaml",
]


@pytest.fixture(autouse=True)
def _without_adverse_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what takes longest of an assessment and bears on none of the figures."""
    monkeypatch.setattr("lca.subjects.benefit.assess.adverse_test", lambda *_: ())


def exported(assessment: Record) -> dict[str, Any]:
    """Return the data of the page as a browser reads it."""
    found = what_if(assessment)
    assert found is not None
    data: dict[str, Any] = json.loads(json.dumps(as_data(found, ())))
    return data


def assessed(assessment: Record, patch: dict[str, Any], reference: Descriptor | None) -> Record:
    descriptor, problems = read_variant(assessment.study, Document("-", patch))
    assert descriptor is not None, problems
    made = assess(descriptor, assessment.book, assessment.rules, assessment.fingerprint, reference, subjects=COMPARED)
    assert not [p for p in (*problems, *made.problems) if p.severity == "error"], (patch, problems, made.problems)
    return made


def figures_of(record: Record) -> tuple[float, float, float]:
    climate, balance = record.footprint.climate, record.benefit.climate
    assert climate is not None
    shares = {one.name: one.value for one in record.benefit.break_evens}
    share = shares.get("benefit")
    return (
        climate.value,
        math.nan if balance is None else balance.net_project.value,
        math.nan if share is None else share,
    )


def same(found: tuple[float, ...], wanted: tuple[float, ...], gross: float) -> bool:
    """Say whether figures agree to 1e-9; a difference of large terms to 1e-9 of these."""
    return all(
        math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9 * gross) or (math.isnan(a) and math.isnan(b))
        for a, b in zip(found, wanted, strict=True)
    )


def check(assessment: Assessment, data: dict[str, Any], changes: Changes, reference: Descriptor | None = None) -> None:
    record = assessed(assessment, patch_of(data, changes), reference)
    balance = record.benefit.climate
    gross = max(abs(balance.attributed.value), balance.cost.value) if balance is not None else 0.0
    found, wanted = evaluate(data, changes), figures_of(record)
    assert same(found, wanted, gross), (changes, found, wanted)


@pytest.mark.parametrize("name", EXAMPLES)
def test_random_changes_give_what_an_assessment_gives(name: str) -> None:
    assessment = assess_file(ROOT / "projects" / f"{name}.yaml")
    data, draw = exported(assessment), random.Random(name)
    check(assessment, data, {})
    for _ in range(CHANGES):
        check(assessment, data, some_changes(data, draw))


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_so_they_do_in_every_example(path: Path) -> None:
    assessment = assess_file(path)
    if what_if(assessment) is None:
        return
    data, draw = exported(assessment), random.Random(path.stem)
    for _ in range(10):
        check(assessment, data, some_changes(data, draw))


#: Sites in one zone, one in a region with a PUE of its own; activities of years of their own; machines that share a default
#: lifetime, one kept for the project, one reserved; a reference that leads only while the project claims a share; another
#: descriptor as the reference, with a service of the same name.
HARD = """
descriptor: 1
project: {name: Hard, start: 2022-01, duration: 4 year}
goal: {units: [answer]}
sites:
  here: {location: FR, year: 2023}
  there: {location: FR, pue: 1.3}
  cloud: {provider: gcp, region: europe-west9}
  region: {provider: scaleway, region: pl-waw-2}
  contract:
    location: FR
    electricity: {value: 30 gCO2e/kWh, source: contract}
    electricity_coverage: life-cycle
  unknown: {location: FR, electricity: {value: 30 gCO2e/kWh, source: contract}}
machines:
  node: {site: here, gpu: {model: NVIDIA A100 SXM4 80 GB, count: 8}}
  other: {site: there, gpu: {model: NVIDIA A100 SXM4 80 GB, count: 8}}
  kept: {site: cloud, gpu: {model: NVIDIA L4, count: 1}, dedicated: true}
  held: {site: contract, gpu: {model: NVIDIA L4, count: 1}}
training:
  early: {on: node, duration: 300 h, period: {start: 2022-01, end: 2022-03}}
  late: {on: node, duration: 300 h}
  beside: {on: other, duration: 200 h}
  alone: {energy: 2 MWh, site: unknown}
  away: {energy: 1 MWh, site: region}
inference:
  service:
    on: kept
    volume: 900 answer/day
    growth: 0.2
    duration: 3 year
    time_per_request: 4 s
    network: {volume: 1 MB, kind: fixed}
  second: {reserved: held, volume: 2000 answer/day, duration: 2 year, time_per_request: 3 s}
benefit:
  horizon: 4 year
  reference:
    description: as today
    descriptor: before.yaml
    alternatives:
      rules: {description: rules, without_ai: true, credible: true, saving: 1 tCO2e/year}
      habits: {description: habits, credible: true, saving: 2 tCO2e/year}
  effects:
    less: {quantity: 20 tCO2e/year, ramp_up: [20 %, 0.6], attribution: SHARE, evidence: model}
    use: {per_use: 5 gCO2e/answer, service: service, rebound: 0.1, evidence: model}
    whole: {whole_reference: true, no_rebound: none is expected, attribution: SHARE, evidence: model}
  harms:
    sensors: {quantity: 1 tCO2e/year, grows_with: less, evidence: model}
    travel: {quantity: 0.5 tCO2e/year, ramp_up: [0.5, 0.7], evidence: model}
  enabling: {valves: {quantity: 2 tCO2e, grows_with: less, attribution: 0.3, evidence: model}}
"""
BEFORE = """
descriptor: 1
project: {name: Before, start: 2022-01, duration: 4 year}
goal: {units: [answer], excluded: {training: {reason: none is needed}}}
sites: {here: {location: FR}}
machines: {kept: {site: here, gpu: {model: NVIDIA L4, count: 1}}}
inference: {service: {on: kept, volume: 900 answer/day, duration: 4 year, time_per_request: 400 s}}
benefit: {none: it is the reference}
"""


@pytest.mark.parametrize("share", ["0.4", "0"])
def test_what_is_alike_elsewhere_stays(share: str) -> None:
    text = HARD.replace("SHARE", share)
    assessment = lca.read(text, name="hard.yaml", files={"before.yaml": BEFORE}).assess(0)
    data, draw = exported(assessment), random.Random(share)
    names = {control["name"] for control in data["controls"]}
    assert names >= {"sites.cloud.location", "sites.contract.location", "machines.kept.lifetime", "benefit.adoption"}
    assert "sites.unknown.location" not in names  # nothing says what its factor covers
    reference = assessment.source.readable.reference
    for _ in range(60):
        check(assessment, data, some_changes(data, draw), reference)


def test_only_what_the_study_has_may_be_changed() -> None:
    names = {
        name: [control["name"] for control in exported(assess_file(ROOT / "projects" / f"{name}.yaml"))["controls"]]
        for name in ("minimal", "transition-call")
    }
    assert names == {
        "minimal": ["sites.paris.location", "sites.paris.pue", "machines.node.lifetime"],
        "transition-call": ["benefit.adoption", "benefit.attribution", "benefit.effects.less-emissions.rebound"],
    }


def test_a_site_that_is_called_like_a_provider_is_left_alone(assess_text: Assess) -> None:
    api = "api: {provider: mistral, model: mistral-embed, requests: 4000 request, input: 600 token, output: 0 token}"
    text = (ROOT / "projects/minimal.yaml").read_text("utf-8") + f"inference: {{index: {{{api}}}}}\n"
    assert "sites.paris.pue" in {control["name"] for control in exported(assess_text(text))["controls"]}
    names = {control["name"] for control in exported(assess_text(text.replace("paris", "mistral")))["controls"]}
    assert names == {"machines.node.lifetime", "inference.index.api.requests"}


def test_a_scenario_takes_no_name_that_is_taken() -> None:
    found = what_if(assess_file(ROOT / "projects/minimal.yaml"))
    assert found is not None
    assert as_data(found, ["what-if", "what-if-2"])["scenario"] == "what-if-3"


def test_without_a_climate_total_there_is_nothing_to_change(assess_text: Assess) -> None:
    stated = "{stated: {adpe: 1 kgSbe, scope: embodied, source: paper}}"
    text = f"descriptor: 1\nproject: {{name: Metals, start: 2024-01}}\ntraining: {{model: {stated}}}\n"
    assert what_if(assess_text(text)) is None


def test_the_export_takes_little_time() -> None:
    assessment = assess_file(ROOT / "projects/minimal.yaml")
    exported(assessment)
    begun = time.perf_counter()
    exported(assessment)
    assert time.perf_counter() - begun < 0.01

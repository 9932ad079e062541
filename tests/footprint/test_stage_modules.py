"""The stages as modules, and what a flow and a gap say of themselves beside the words that a reader sees."""

from __future__ import annotations

import importlib
import typing

import pytest
from conftest import ROOT, Assess, assess_file
from msgspec.structs import replace

from lca import Assessment
from lca.assessment.cases import case_of
from lca.descriptor.document import read_document
from lca.files.shipped import load_catalogue, project_schema, words
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Sampler
from lca.subjects.footprint.charts import STAGE_STYLES
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.flow import (
    BOTH,
    CLIENTS,
    EMBODIED,
    NETWORK,
    OPERATIONAL,
    PROJECT,
    STAGES,
    USERS,
    Context,
)
from lca.subjects.footprint.market_based import by_contract
from lca.subjects.footprint.site import Site
from lca.subjects.footprint.stage import Activities, Setting
from lca.subjects.footprint.stages import LIFE_CYCLE, experiments, inference, training, transfer
from lca.subjects.footprint.stages.experiments import Experiments
from lca.subjects.footprint.stages.inference import Inference
from lca.subjects.footprint.stages.storage import STAGE as STORAGE
from lca.subjects.footprint.stages.storage import Storage
from lca.subjects.footprint.stages.training import Training
from lca.subjects.footprint.stages.transfer import Transfer
from lca.subjects.footprint.stated import StatedFootprint
from lca.subjects.footprint.supply import Supplies

CASE = ROOT / "tests/cases/good/every-stage.yaml"
FOLDER = ROOT / "lca/subjects/footprint/stages"
NOTHING_ELSE: Activities = {stage: {} for stage in STAGES}


def test_each_module_of_the_folder_is_one_stage_in_the_order_of_the_life_cycle() -> None:
    assert tuple(stage.name for stage in LIFE_CYCLE) == STAGES
    assert {path.stem for path in FOLDER.glob("*.py")} == {"__init__", *STAGES}
    for stage in LIFE_CYCLE:
        module = importlib.import_module(f"lca.subjects.footprint.stages.{stage.name}")
        assert module.STAGE is stage
        assert stage.record.__module__ == stage.flows.__module__ == stage.needs.__module__ == module.__name__


@pytest.mark.parametrize("stage", LIFE_CYCLE, ids=STAGES)
def test_what_stands_outside_the_module_of_a_stage_is_there(stage: typing.Any) -> None:
    held = typing.get_type_hints(ProductSystem)
    assert typing.get_args(held[stage.name]) == (str, stage.record)
    part = read_document((FOLDER / f"{stage.name}.schema.yaml").read_text("utf-8"), "part").data
    assert list(part["properties"]) == [stage.name]
    excluded = project_schema()["properties"]["goal"]["properties"]["excluded"]["properties"]
    assert stage.name in excluded
    assert stage.name in STAGE_STYLES
    assert all(stage.name in words(language) for language in ("en", "fr"))


def test_the_system_holds_no_stage_that_is_not_declared() -> None:
    others = {"sites", "machines", "devices", "models", "factors", "reductions"}
    assert set(ProductSystem.__struct_fields__) - others == set(STAGES)
    system = ProductSystem(training={"t": Training("training.t", "t")})
    assert system.activities["training"] == {"t": Training("training.t", "t")}
    assert tuple(system.activities) == STAGES


def hours(path: str, value: float) -> Stated:
    return Stated(path, value, "h")


def test_a_training_needs_work_a_machine_and_a_site() -> None:
    assert list(training.needs(Training("training.t", "t"), NOTHING_ELSE)) == [
        ("nothing says how much work it is", "add `duration`, `processor_hours`, `energy` or `estimated`"),
        ("nothing says where it runs", "add `on:` with the name of a machine"),
        ("nothing says where its electricity comes from", "add `site`"),
    ]
    twice = Training("training.t", "t", on="node", duration=hours("d", 1), processor_hours=hours("p", 8))
    assert list(training.needs(twice, NOTHING_ELSE)) == [
        ("`duration` and `processor_hours` both say how much work it is", "keep one of them")
    ]
    assert not list(training.needs(replace(twice, processor_hours=None), NOTHING_ELSE))


def test_repeats_need_runs_and_nothing_that_their_training_says() -> None:
    again = Experiments("experiments.e", "e", repeats="training.t", on="node")
    assert list(experiments.needs(again, NOTHING_ELSE)) == [
        ("`on` and `repeats` both say what is run", "remove `on`: the training says it"),
        ("`runs` is missing", "for example `runs: 20`"),
    ]
    stated = Training("training.t", "t", stated=StatedFootprint("training.t.stated", "a paper"))
    (message, _), _ = experiments.needs(replace(again, on=""), {**NOTHING_ELSE, "training": {"t": stated}})
    assert message == "training.t states its footprint as a whole, so that one run of it is not known"


def test_a_shipment_needs_other_things_than_a_network() -> None:
    shipped = Transfer("transfer.a", "a", mass=Stated("m", 5, "kg"))
    assert list(transfer.needs(shipped, NOTHING_ELSE)) == [("`distance` is missing", "for example `distance: 800 km`")]
    sent = Transfer("transfer.a", "a", volume=Stated("v", 5, "GB"))
    assert list(transfer.needs(sent, NOTHING_ELSE)) == [("`site` is missing", "for example `site: paris`")]


def test_a_service_gives_the_energy_of_a_request_once() -> None:
    service = Inference(
        "inference.i", "i", volume=Stated("v", 9, "1/d"), duration=hours("d", 9), site="s", task="vision"
    )
    assert not list(inference.needs(service, NOTHING_ELSE))
    ((message, _), missing) = inference.needs(replace(service, on="node"), NOTHING_ELSE)
    assert message == "`on` and `task` gives the energy of a request"
    assert missing == ("`time_per_request` is missing", "for example `time_per_request: 8 ms`")


def test_a_stage_makes_its_flows_alone() -> None:
    # 2 TB in 3 copies over half a year at 10 kWh/TB/year is 30 kWh at the plug; at a PUE of 1.5, 45 kWh.
    context = Context(load_catalogue()[0], Sampler(0, 0), 2024, {}, "none.yaml")
    site = Site("sites.s", "s", location="FR", pue=Stated("sites.s.pue", 1.5, "1"))
    setting = Setting(context, Supplies(context, {"s": site}), {}, {}, {})
    kept = Storage(
        "storage.kept",
        "kept",
        volume=Stated("v", 2, "TB"),
        duration=Stated("d", 0.5, "year"),
        copies=Stated("c", 3, "1"),
        site="s",
    )
    assert not list(STORAGE.needs(kept, NOTHING_ELSE))
    (flow,) = STORAGE.flows(setting, kept)
    assert (flow.stage, flow.activity, flow.part, flow.drawn_by) == ("storage", "storage.kept", "drives", PROJECT)
    assert flow.quantity.value == pytest.approx(45, rel=1e-12)
    assert flow.at_plug is not None
    assert flow.at_plug.value == pytest.approx(30, rel=1e-12)
    assert [(gap.part, gap.scope) for gap in context.gaps] == [("manufacture of the drives", EMBODIED)]
    assert not context.problems


@pytest.fixture(scope="module")
def every_stage() -> Assessment:
    return assess_file(CASE)


def test_a_flow_says_who_draws_its_electricity(every_stage: Assessment) -> None:
    drawn = {(f.activity, f.part): f.drawn_by for f in every_stage.footprint.flows if f.is_electricity}
    others = {line: who for line, who in drawn.items() if who != PROJECT}
    assert others == {
        ("transfer.once", "network"): NETWORK,
        ("transfer.daily", "network"): NETWORK,
        ("training.federated", "clients' devices"): CLIENTS,
        ("training.federated", "network"): NETWORK,
        ("inference.measured", "network"): NETWORK,
        ("inference.measured", "users' devices"): USERS,
    }
    assert len(drawn) > 15


def test_a_gap_says_whether_it_leaves_out_use_or_manufacture(every_stage: Assessment) -> None:
    scopes = {(gap.activity, gap.part): gap.scope for gap in every_stage.footprint.gaps}
    assert scopes["collection.drones", "drones"] == BOTH
    assert scopes["transfer.parcel", "shipment by air"] == OPERATIONAL
    assert scopes["transfer.once", "manufacture of the network"] == EMBODIED
    assert scopes["storage.hdd", "manufacture of the drives"] == EMBODIED
    assert scopes["training.measured", "manufacture of the machine"] == EMBODIED


def test_a_stated_footprint_and_water_are_told_by_their_keys(every_stage: Assessment) -> None:
    flows = every_stage.footprint.flows
    assert {f.activity for f in flows if f.is_stated} == {"training.tuned", "experiments.before"}
    water = {f.part for f in flows if f.is_water}
    assert "processors and memory: water on site" in water
    assert not any(f.is_electricity for f in flows if f.is_water or f.is_stated)


CONTRACT = """
descriptor: 1
project: {name: Contract, start: 2024-01, duration: 1 year}
sites:
  paris:
    {location: FR, pue: 1.2, electricity: 0.1 kgCO2e/kWh, market_based: {factor: 0.01 kgCO2e/kWh, instrument: PPA, source: s}}
machines:
  server: {site: paris, host: none, power: 1 kW}
training:
  shared:
    federated:
      {clients: 100, rounds: 10, local_time: 1 h, power: 10 W, client_location: FR, server: server, server_time: 50 h}
"""


def test_a_contract_covers_what_the_project_draws_and_no_client(assess_text: Assess) -> None:
    # The server: 50 h x 1 kW x 1.2 = 60 kWh. The clients' 100 x 10 x 1 h x 10 W = 10 kWh are drawn at home.
    assessment = assess_text(CONTRACT)
    market = assessment.footprint.market_based
    assert market is not None
    assert [line.electricity.value for line in market.lines] == pytest.approx([60], rel=1e-12)
    clients = assessment.figures["training.shared.clients-devices.gwp100"].value
    assert market.total.value == pytest.approx(60 * 0.01 + clients, rel=1e-12)


def test_no_words_decide_what_a_contract_covers(assess_text: Assess) -> None:
    assessment = assess_text(CONTRACT)
    for label in ("network", "clients' devices", "something else"):
        renamed = [replace(i, flow=replace(i.flow, part=label)) for i in assessment.footprint.impacts]
        market = by_contract(assessment.study, renamed, Sampler(2026, 0))
        assert market is not None
        assert [line.electricity.value for line in market.lines] == pytest.approx([60], rel=1e-12)


TRANSPORTED = """
descriptor: 1
project: {name: Transported, start: 2024-01}
sites: {s: {location: FR, pue: 1, electricity: 0.1 kgCO2e/kWh}}
machines:
  node: {site: s, host: none, power: 1 kW, manufacture: {gwp100: 1 kgCO2e, source: s}, transport: {adpe: 1 kgSbe, source: s}}
training: {t: {on: node, duration: 10 h}}
"""


def test_electricity_is_compared_by_what_is_left_out_of_use(assess_text: Assess) -> None:
    # What transport emits is not known: that says nothing of the electricity, and much of the emissions.
    case = case_of("", assess_text(TRANSPORTED))
    assert "transport" in case.bases["total.gwp100"].left_out
    assert "transport" not in case.bases["energy"].left_out
    assert case.figures["energy"].value == pytest.approx(10, rel=1e-12)

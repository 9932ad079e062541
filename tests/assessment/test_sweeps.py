"""Built-in sweeps: equal to scenarios written by hand, and right by hand."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import html5lib
import pytest
from conftest import ROOT, Assess, assess_file

from lca import Assessment
from lca.assessment.cases import cases_of
from lca.assessment.comparison import CaseRow, tables
from lca.assessment.sweeps.amounts import scaled
from lca.assessment.sweeps.kinds import SWEEPS, sweeps_that_matter
from lca.assessment.sweeps.places import CLOUD, DIRECT, ZONES
from lca.assessment.sweeps.variation import Sweep
from lca.cli.comparing import KINDS
from lca.cli.main import main
from lca.problems import ProblemsFound
from lca.quantities.quantity import Quantity

ALEXNET = ROOT / "projects/alexnet-2012.yaml"
EVERY_STAGE = ROOT / "tests/cases/good/every-stage.yaml"

STUDY = """
descriptor: 1
project: {name: Study, start: 2024-01, duration: 2 year}
goal: {units: [image]}
sites: {paris: {location: FR, pue: 1.25}}
machines:
  node: {site: paris, host: none, lifetime: 5 year, utilisation: 0.5, gpu: {model: NVIDIA A100 SXM4 80 GB, count: 4, power: 250 W}}
training: {final: {on: node, duration: 80 h, gpu_load: 1}}
experiments: {search: {repeats: training.final, runs: 20, relative_duration: 0.5}}
inference:
  service:
    {on: node, volume: {value: 1000 image/day, range95: [500 image/day, 2000 image/day]},
     duration: 1 year, time_per_request: 2 s, gpu_load: 1}
"""


def sweep(assessment: Assessment, kind: str, subject: str = "") -> Sweep:
    return SWEEPS[kind](assessment, subject)


def row(found: Sweep, name: str, figure: str = "total.gwp100") -> CaseRow:
    table = found.table(figure)
    assert table is not None
    chosen = table.row(name)
    assert chosen is not None, [r.case.name for g in table.groups for r in g.rows]
    return chosen


def seen(quantity: Quantity) -> tuple[float, ...]:
    """All that is kept of the draws of a sweep: the best estimate and the quantiles."""
    return (quantity.value, *quantity.interval())


def names(found: Sweep, figure: str = "total.gwp100") -> list[list[str]]:
    table = found.table(figure)
    assert table is not None
    return [[r.case.name for r in group.rows] for group in table.groups]


@pytest.mark.parametrize(
    ("kind", "name", "patch"),
    [
        ("location", "IE", "{sites: {paris: {location: IE}}}"),
        ("hosting", "gcp, FR", "{sites: {paris: {pue: null, provider: gcp}}}"),
        ("hosting", "survey, SE", "{sites: {paris: {pue: null, location: SE}}}"),
        ("generation", "coal_pc", "{sites: {paris: {generation: coal_pc}}}"),
        ("lifetime", "3", "{machines: {node: {lifetime: 3 year}}}"),
        ("utilisation", "0.8", "{machines: {node: {utilisation: 0.8}}}"),
        (
            "volume",
            "3",
            "{inference: {service: {volume: {value: 3000 image/day, range95: [1500 image/day, 6000 image/day]}}}}",
        ),
        ("experiments", "0.25", "{experiments: {search: {runs: 5}}}"),
    ],
)
def test_a_sweep_equals_a_scenario_written_by_hand(kind: str, name: str, patch: str, assess_text: Assess) -> None:
    assessment = assess_text(STUDY + f"scenarios: {{by-hand: {patch}}}\n", draws=100)
    by_hand = {table.figure: table for table in tables(cases_of({"": assessment}), True)}
    found = sweep(assessment, kind)
    assert row(found, name).case.name == name
    for table in found.tables:
        if table.figure not in by_hand:
            continue
        ours, theirs = table.row(name), by_hand[table.figure].row("by-hand")
        assert (ours is None) == (theirs is None), table.figure
        if ours is None or theirs is None:
            continue
        assert seen(ours.amount) == pytest.approx(seen(theirs.amount), rel=1e-14)
        for ours_apart, theirs_apart in ((ours.difference, theirs.difference), (ours.relative, theirs.relative)):
            if ours_apart is not None and theirs_apart is not None:  # each is compared within its own group
                assert seen(ours_apart) == pytest.approx(seen(theirs_apart), rel=1e-12, abs=1e-15)


def test_the_study_itself_is_the_first_case_and_unchanged(assess_text: Assess) -> None:
    assessment = assess_text(STUDY, draws=50)
    total = assessment.footprint.totals["gwp100"].total
    assert total is not None
    for kind in ("location", "hosting", "generation", "lifetime", "utilisation", "volume", "experiments"):
        found = sweep(assessment, kind)
        assert names(found)[0][0] == ""
        assert (row(found, "").amount.draws == total.draws).all()
        assert not found.skipped or kind == "location"


def test_locations_by_hand_and_like_with_like() -> None:
    # AlexNet draws 121.1418 kWh; Ember 2015 for Sweden 40.86 g, JRC direct 2015 for France 68.7663 g, Canada's
    # inventory 46 g and 19.37646 g of upstream by its mix.
    assessment = assess_file(ALEXNET, draws=50)
    found = sweep(assessment, "location")
    assert names(found) == [
        ["", "IE", "US", "SE", "FR", "EU27", "WORLD"],
        ["CA-ON, direct", "IE, direct", "SE, direct", "FR, direct"],
    ]
    embodied = assessment.footprint.totals["gwp100"].embodied
    assert embodied is not None
    energy = 130 * (2 * 0.244 + 0.07) * 1.67
    for name, factor in (
        ("", 0.06537646),
        ("CA-ON, direct", 0.046),
        ("SE", 0.04086),
        ("FR, direct", 0.0687663),
        ("WORLD", 0.53338),
    ):
        assert row(found, name).amount.value == pytest.approx(energy * factor + embodied.value, rel=1e-6), name
    reasons = {", ".join(word for _, word in label): reason for label, reason in found.skipped}
    assert reasons == dict.fromkeys(
        ("US, direct", "EU27, direct", "WORLD, direct"), "no direct factor within three years"
    )
    electricity = [factor for _, factor in row(found, "IE").case.electricity]
    assert [(factor.key, factor.proxy_for) for factor in electricity] == [
        ("electricity/IE/2015", "electricity/IE/2012")
    ]


def test_every_direct_case_counts_with_a_direct_factor(assess_text: Assess) -> None:
    found = sweep(assess_text(STUDY), "location")
    assert {name for group in names(found) for name in group} >= {"", *(z for z in ZONES if z != "FR"), "FR, direct"}
    table = found.table("total.gwp100")
    assert table is not None
    for group in table.groups:
        for one in group.rows:
            direct = {DIRECT in factor.coverage for _, factor in one.case.electricity}
            assert direct == {one.case.name.endswith(DIRECT)}, one.case.name


def test_a_site_with_its_own_factor_or_a_cloud_region_moves_too(assess_text: Assess) -> None:
    own = STUDY.replace("pue: 1.25", "pue: 1.25, electricity: 0.2 kgCO2e/kWh")
    plain = row(sweep(assess_text(STUDY), "location"), "IE").amount
    assert row(sweep(assess_text(own), "location"), "IE").amount.value == pytest.approx(plain.value, rel=1e-14)
    cloud = STUDY.replace("location: FR, pue: 1.25", "provider: gcp, region: europe-west9")
    moved = sweep(assess_text(cloud), "location")
    stays = sweep(assess_text(STUDY.replace("pue: 1.25", "provider: gcp")), "location")
    assert row(moved, "IE").amount.value == pytest.approx(row(stays, "IE").amount.value, rel=1e-14)
    assert row(sweep(assess_text(cloud), "generation"), "hydro")


def test_a_place_that_cannot_be_computed_says_why(assess_text: Assess) -> None:
    old = STUDY.replace("2024-01", "2005-01").replace("pue: 1.25", "pue: 1.25, electricity: 0.09 kgCO2e/kWh")
    found = sweep(assess_text(old), "location")
    assert names(found) == [[""]]
    reasons = {", ".join(word for _, word in label): reason for label, reason in found.skipped}
    assert reasons["IE"] == "the nearest electricity factor of IE is of 2015, not of 2005"


def test_hosting_changes_the_pue_and_nothing_else(assess_text: Assess) -> None:
    # At the plug: 80 h x 1 kW x (1 + 20 x 0.5) + 365.25 x 1000 x 2 s x 1 kW = 880 + 202.9167 kWh, and the shared machine's
    # wait between requests.
    assessment = assess_text(STUDY)
    assert assessment.footprint.energy_at_plug is not None
    plug = assessment.footprint.energy_at_plug.value
    found = sweep(assessment, "hosting")
    pues = {name: quantity.value for name, quantity in found.further.items()}
    assert pues == {"own": 1.25, "survey": 1.56, CLOUD: 1.09}
    for host, name in (("own", ""), ("survey", "survey, FR"), (CLOUD, f"{CLOUD}, US")):
        assert row(found, name, "energy").amount.value == pytest.approx(plug * pues[host], rel=1e-12)
    zones = {dict(label)["zone"] for label in found.labels.values()}
    assert zones == {"FR", "CA-ON", "IE", "US", "SE"}


def test_generation_by_hand(assess_text: Assess) -> None:
    # IPCC: coal 820, hydro 24, onshore wind 11 g/kWh; IRENA 2021: hydro 0.0482999, onshore wind 0.0331234 USD/kWh.
    assessment = assess_text(STUDY, draws=50)
    assert assessment.footprint.energy is not None
    energy, embodied = assessment.footprint.energy.value, assessment.footprint.totals["gwp100"].embodied
    assert embodied is not None
    found = sweep(assessment, "generation")
    for name, factor in (("coal_pc", 0.82), ("hydro", 0.024), ("wind_onshore", 0.011)):
        assert row(found, name).amount.value == pytest.approx(energy * factor + embodied.value, rel=1e-12)
    assert found.further["hydro"].value == pytest.approx(energy * 0.0482999, rel=1e-12)
    assert found.further["wind_onshore"].value == pytest.approx(energy * 0.0331234, rel=1e-12)
    assert {quantity.unit for quantity in found.further.values()} == {"USD"}
    assert "coal_pc" not in found.further
    assert row(found, "coal_pc").amount.interval()[0] > row(found, "wind_onshore").amount.interval()[2]


def test_lifetime_and_utilisation_share_the_manufacture(assess_text: Assess) -> None:
    assessment = assess_text(STUDY)
    embodied = assessment.footprint.totals["gwp100"].embodied
    operational = assessment.footprint.totals["gwp100"].operational
    assert embodied is not None
    assert operational is not None
    found = sweep(assessment, "lifetime")
    assert row(found, "8").amount.value == pytest.approx(operational.value + embodied.value * 5 / 8, rel=1e-12)
    assert names(found) == [["", "3", "4", "6", "7", "8"]]  # five years are the study itself
    # Utilisation also changes the waiting time that a shared machine carries: (1 - u) / u of its busy time.
    found = sweep(assessment, "utilisation")
    assert row(found, "1").amount.value < row(found, "0.2").amount.value


def test_volume_and_its_parity(assess_text: Assess) -> None:
    # Training and experiments 880 kWh at the plug, the service 202.9167 busy and as much waiting (4 x 50 W at utilisation
    # 0.5 for as long as it is busy): 202.9167 x (1 + 0.2) kWh. The PUE cancels.
    found = sweep(assess_text(STUDY), "volume")
    assert found.subject == "inference.service.volume"
    busy = 365.25 * 1000 * 2 / 3600
    assert found.further["parity"].value == pytest.approx(880 / (busy * 1.2), rel=1e-9)
    once, ten = row(found, "").amount.value, row(found, "10").amount.value
    tenth = row(found, "0.1").amount.value
    assert (ten - once) / 9 == pytest.approx((once - tenth) / 0.9, rel=1e-9)
    reserved = STUDY.replace("{on: node, volume", "{reserved: node, volume")
    assert sweep(assess_text(reserved), "volume").further == {}


def test_experiments_without_repeats_are_multiplied_by_what_is_stated(assess_text: Assess) -> None:
    text = STUDY.replace(
        "{repeats: training.final, runs: 20, relative_duration: 0.5}", "{on: node, duration: 40 h, gpu_load: 1}"
    )
    found = sweep(assess_text(text), "experiments")
    assert found.subject == "experiments.search.duration"
    first, fourfold = row(found, "", "energy").amount, row(found, "4", "energy").amount
    assert fourfold.value - first.value == pytest.approx(3 * 40 * 1 * 1.25, rel=1e-12)


@pytest.mark.parametrize(
    ("node", "result"),
    [
        ("1000 image/day", "3000.0 image/d"),
        ("1000 images", "3000.0 image"),
        ("10 h", "30.0 h"),
        (20, 60),
        ("20", 60.0),
        ("0,5 kWh", "1.5 kWh"),
        (
            {"value": "10 h", "range95": ["5 h", "20 h"], "source": "log"},
            {"value": "30.0 h", "range95": ["15.0 h", "60.0 h"], "source": "log"},
        ),
        ({"value": 10, "gsd2": 3, "evidence": "measured"}, {"value": 30, "gsd2": 3, "evidence": "measured"}),
        (
            {"value": "10 h", "distribution": {"shape": "triangular", "low": "5 h", "high": "20 h"}},
            {"value": "30.0 h", "distribution": {"shape": "triangular", "low": "15.0 h", "high": "60.0 h"}},
        ),
    ],
)  # fmt: skip
def test_a_quantity_times_a_factor(node: Any, result: Any) -> None:
    assert scaled(node, 3, ("image",)) == result


def test_federated_against_the_twin_that_a_scenario_states() -> None:
    found = sweep(assess_file(ROOT / "projects/federated.yaml", draws=50), "federated")
    assert names(found) == [["", "centralised"]]
    assert dict(found.labels[""]) == {"learning": "federated"}
    assert dict(found.labels["centralised"])["learning"] == "centralised"
    assert row(found, "centralised").lower == 1.0


def test_a_model_of_others_by_each_rule_by_hand(assess_text: Assess) -> None:
    # 1 MWh at 50 g, 50 kg; the base model's 20 t left out, by a thousandth (20 kg), and in full.
    text = """
descriptor: 1
project: {name: Reuse, start: 2024-01}
sites: {p: {location: FR, electricity: 50 gCO2e/kWh}}
training:
  tuned:
    energy: 1 MWh
    site: p
    base_model: {name: base, rule: share, share: 0.001, reason: a thousand users, footprint: {gwp100: 20 tCO2e, source: paper}}
"""
    found = sweep(assess_text(text, draws=50), "reuse")
    assert found.subject == "training.tuned"
    table = found.table("total.gwp100")
    assert table is not None
    amounts = {r.case.name or "share": r.amount.value for g in table.groups for r in g.rows}
    pue = amounts["excluded"] / 50
    assert amounts["share"] == pytest.approx(50 * pue + 20, rel=1e-12)
    assert amounts["full"] == pytest.approx(50 * pue + 20_000, rel=1e-12)
    without_share = text.replace("rule: share, share: 0.001", "rule: excluded")
    other = sweep(assess_text(without_share, draws=50), "reuse")
    assert [label for label, _ in other.skipped] == [(("rule", "share"),)]
    assert "needs `share`" in other.skipped[0][1]


def test_federated_energy_by_hand() -> None:
    # 10 clients x 206 rounds x (60 s x 3 W + 13.3 s x 7.5 W) on phones and routers, and 0.3 h of 200 W x PUE 1.58 (2023);
    # the twin: 10 min of one T4 (70 W x 0.7) with an eighth of a 1200 W host, PUE 1.58, and 47 MB x 0.03 kWh/GB.
    assessment = assess_file(ROOT / "projects/federated.yaml")
    phones = 10 * 206 * (60 * 3 + 13.3 * 7.5) / 3.6e6
    assert assessment.footprint.energy is not None
    assert assessment.footprint.energy.value == pytest.approx(phones + 0.3 * 0.2 * 1.58, rel=1e-12)
    twin = assessment.scenarios["centralised"].footprint.energy
    assert twin is not None
    assert twin.value == pytest.approx((0.07 * 0.7 + 1.2 / 8) / 6 * 1.58 + 0.047 * 0.03, rel=1e-12)


def test_federated_against_a_second_training() -> None:
    found = sweep(assess_file(EVERY_STAGE), "federated")
    assert found.subject == "training.federated"
    assert {name for group in names(found, "energy") for name in group} == {"federated", "model", "tuned", "measured"}
    assert row(found, "model", "energy").amount.value == pytest.approx((4 * 0.25 * 100 + 0.2 * 50) * 1.5, rel=1e-9)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("volume", "no service states a volume"),
        ("experiments", "no experiment states `runs`, a time or an energy"),
        ("federated", "no training is federated and stated centralised too"),
    ],
)
def test_nothing_to_vary(kind: str, words: str) -> None:
    with pytest.raises(ProblemsFound, match=words):
        sweep(assess_file(ROOT / "projects/minimal.yaml"), kind)


def test_what_is_varied_can_be_chosen_by_name(assess_text: Assess) -> None:
    text = STUDY.replace("sites: {paris", "sites: {lab: {location: SE}, paris").replace(
        "  service:", "  small: {on: node, volume: 1 image/day, duration: 1 year, time_per_request: 2 s}\n  service:"
    )
    assessment = assess_text(text)
    assert sweep(assessment, "location").subject == "sites.paris"
    assert sweep(assessment, "volume", "small").subject == "inference.small.volume"
    with pytest.raises(ProblemsFound, match="cannot vary `pariss`; did you mean `paris`"):
        sweep(assessment, "hosting", "pariss")
    with pytest.raises(ProblemsFound, match="cannot vary `lab`"):
        sweep(assessment, "generation", "lab")


def test_a_dedicated_or_reserved_machine_has_no_utilisation_to_vary(assess_text: Assess) -> None:
    dedicated = STUDY.replace("{site: paris, host: none,", "{site: paris, host: none, dedicated: true,")
    with pytest.raises(ProblemsFound, match="no machine that others use too"):
        sweep(assess_text(dedicated), "utilisation")


def test_the_report_takes_what_matters(assess_text: Assess) -> None:
    kinds = [found.kind for found in sweeps_that_matter(assess_text(STUDY))]
    assert kinds == ["location", "hosting", "generation", "lifetime", "utilisation", "volume", "experiments"]
    clean = STUDY.replace("pue: 1.25", "pue: 1.25, electricity: 0.001 kgCO2e/kWh")
    assert [found.kind for found in sweeps_that_matter(assess_text(clean))] == kinds[3:]
    light = STUDY.replace("count: 4,", "count: 4, manufacture: {gwp100: 0.1 kgCO2e, source: made up},")
    assert [found.kind for found in sweeps_that_matter(assess_text(light))] == [*kinds[:3], *kinds[5:]]
    assert sweeps_that_matter(assess_file(ROOT / "projects/transition-call.yaml")) == ()
    assert [found.kind for found in sweeps_that_matter(assess_file(ROOT / "projects/federated.yaml"))] == ["federated"]


def test_the_command_knows_every_kind() -> None:
    assert tuple(SWEEPS) == KINDS


def test_sweep_prints_text_and_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sweep", str(ALEXNET), "location", "--draws", "50"]) == 0
    text = capsys.readouterr().out
    assert "as described (Ontario)" in text
    assert "Not computed: United States, direct factor: no direct factor within three years" in text
    assert main(["sweep", str(ALEXNET), "generation", "--site", "toronto", "--draws", "50", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["kind"] == "generation"
    assert printed["labels"]["hydro"] == {"technology": "hydro"}
    assert printed["further"]["hydro"]["unit"] == "USD"
    assert main(["sweep", str(ALEXNET), "location", "--site", "torono"]) == 1
    assert "LCA906" in (error := capsys.readouterr().err)
    assert "did you mean `toronto`" in error
    with pytest.raises(SystemExit):
        main(["sweep", str(ALEXNET), "weather"])


@pytest.mark.parametrize("path", sorted((ROOT / "tests/cases/good").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_good_case_has_a_report(path: Path) -> None:
    page = assess_file(path).report().html
    html5lib.HTMLParser(strict=True).parse(page)
    assert re.search(r"<h1>[^<]+</h1>", page)

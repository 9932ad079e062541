"""Machines by their instance type: every shipped type by its name as consoles print it, and what is stated beside it."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Assess
from hypothesis import given, settings
from hypothesis import strategies as st

from lca.catalogue.instances import InstanceTypes, folded
from lca.cli.main import main
from lca.files.shipped import catalogue
from lca.quantities.provenance import Source

BOOK = catalogue()
with (ROOT / "factors/cloud_instances.csv").open(encoding="utf-8") as file:
    TYPES = list(csv.DictReader(file))

MACHINE = """descriptor: 1
project: {{name: Instances, start: 2025-03, duration: 1 year}}
sites: {{s: {site}}}
machines:
  m: {machine}
training: {{run: {{on: m, duration: 10 h}}}}
"""
AWS, AZURE, GCP = "{provider: aws, location: FR}", "{provider: azure, location: FR}", "{provider: gcp, location: FR}"


def text(machine: str, site: str = AWS) -> str:
    return MACHINE.format(site=site, machine=machine)


def check(described: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Check a descriptor; return the status and what was said of processors and instances."""
    (tmp_path / "i.yaml").write_text(described, encoding="utf-8")
    code = main(["check", str(tmp_path / "i.yaml")])
    lines = capsys.readouterr().err.splitlines()
    return code, "\n".join(line for line in lines if re.search("LCA(20|40|50[29]|51|61|608.*host)", line))


def names_of(row: dict[str, str]) -> set[str]:
    """Return a type's name, and what it may be written as."""
    name = row["instance"]
    return {
        name,
        name.upper(),
        name.lower(),
        f"  {name} ",
        name.replace("_", " ").replace("-", " "),
        name.replace("-", "_"),
        name.replace("_", "-"),
        name.removeprefix("Standard_"),
        re.sub(r"(?<!\d)[-_ ](?!\d)", "", name),
    }


@pytest.mark.parametrize("row", TYPES, ids=lambda row: row["instance"])
def test_every_type_is_found_as_itself_however_it_is_spelled(row: dict[str, str]) -> None:
    for name in names_of(row):
        (found,) = BOOK.instances.find(name)
        assert (found.provider, found.name) == (row["provider"], row["instance"]), name


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([row for row in TYPES if re.search(r"\d", row["instance"])]), st.data())
def test_another_digit_is_another_type_or_none(row: dict[str, str], data: st.DataObject) -> None:
    name = row["instance"]
    place = data.draw(st.sampled_from([i for i, sign in enumerate(name) if sign.isdigit()]))
    other = f"{name[:place]}{data.draw(st.integers(0, 9))}{name[place + 1 :]}"
    for found in BOOK.instances.find(other):
        assert folded(found.name) == folded(other)
    for suggested in re.findall(r"`([^`]+)`", BOOK.instances.suggestion(other)):
        assert re.findall(r"\d+", suggested) == re.findall(r"\d+", other)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("ml.p4d.24xlarge", "p4d.24xlarge"),
        ("Standard D2s v3 (2 vcpus, 8 GiB memory)", "Standard_D2s_v3"),
        ("ND96asr_v4", "Standard_ND96asr_v4"),
        ("GH200", "GH200 (on request)"),
    ],
)
def test_what_consoles_print_around_a_name(name: str, found: str) -> None:
    assert [one.name for one in BOOK.instances.find(name)] == [found]


def test_digits_never_run_together() -> None:
    assert not BOOK.instances.find("c52xlarge")
    assert not BOOK.instances.find("c.52xlarge")
    assert folded("c5.2xlarge") == folded("C5-2XLARGE") == "c5-2xlarge"


def test_only_what_may_be_shipped_is() -> None:
    assert len(TYPES) == 545
    assert not {row["provider"] for row in TYPES} & {"ovhcloud", "lambda"}
    assert {row["source"] for row in TYPES} <= BOOK.sources.keys()
    models = {row["accelerator"] for row in TYPES} - {""}
    assert not {m for m in models if BOOK.named_processor(m).kind == "ambiguous"}


def test_the_table_is_read_when_a_type_is_asked_for() -> None:
    code = (
        "import lca; a = lca.load('projects/minimal.yaml'); a.assess(draws=0); "
        "from lca.files.shipped import catalogue; assert 'all' not in vars(catalogue().instances)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, env={"PYTHONPATH": str(ROOT), "HOME": "/"})


def test_a_type_counts_as_its_parts(assess_text: Assess) -> None:
    figures = assess_text(text("{instance: p4d.24xlarge, site: s}")).figures
    # 10 h x (8 x 400 W x 0.7 + 1200 W of the whole host) = 34.4 kWh, at AWS's own PUE of 2025, 1.14.
    assert figures["training.run.energy"].value == pytest.approx(34.4 * 1.14, rel=1e-9)
    # (4500 kg of the host + 8 x 150 kg) x 10 h / (4 years x 8766 h x 0.5).
    assert figures["training.run.gwp100.embodied"].value == pytest.approx(5700 * 10 / (4 * 8766 * 0.5), rel=1e-9)
    by_hand = assess_text(text("{site: s, gpu: {model: NVIDIA A100 SXM4 40 GB, count: 8}}")).figures
    assert figures["total.gwp100"].value == pytest.approx(by_hand["total.gwp100"].value, rel=1e-12)


def test_a_part_of_a_host_carries_its_share(assess_text: Assess) -> None:
    figures = assess_text(text("{instance: g5.12xlarge, site: s}")).figures
    # 10 h x (4 x 150 W x 0.7 + 1200 W x 0.5) = 10.2 kWh.
    assert figures["training.run.energy"].value == pytest.approx(10.2 * 1.14, rel=1e-9)
    half = assess_text(text("{instance: g5.12xlarge, site: s, host_share: 0.25}")).figures
    # What is stated goes first: 4 x 150 x 0.7 + 1200 x 0.25 = 720 W.
    assert half["training.run.energy"].value == pytest.approx(7.2 * 1.14, rel=1e-9)


def test_processors_whose_power_is_known(assess_text: Assess) -> None:
    found = assess_text(text("{instance: Standard_D8as_v5, site: s}", AZURE))
    # 8 vCPU are 8 / (2 x 64) of an EPYC 7763 of 280 W at 0.7; 32 GiB = 34.36 GB at 0.3725 W; Azure's PUE of 2025, 1.17.
    watts = 8 / 128 * 280 * 0.7 + 32 * 1.073741824 * 0.3725
    assert found.figures["training.run.energy"].value == pytest.approx(watts / 100 * 1.17, rel=1e-9)


def test_boards_of_two_chips_are_counted_once(assess_text: Assess) -> None:
    figures = assess_text(text("{instance: p2.8xlarge, site: s}")).figures
    # AWS's eight chips are four boards of 300 W; half of the host.
    assert figures["training.run.energy"].value == pytest.approx((4 * 300 * 0.7 + 600) / 100 * 1.14, rel=1e-9)


@pytest.mark.parametrize(
    ("machine", "site", "code", "said"),
    [
        ("{instance: p4d.24xlarge, site: s}", AWS, 0, ":5:17: LCA608 warning: 96 vCPU of Intel Xeon Platinum 8275CL"),
        (
            "{instance: p4d.24xlage, site: s}",
            AWS,
            1,
            ":5:17: LCA511 the instance type `p4d.24xlage` is unknown; did you mean `p4d.24xlarge`?",
        ),
        ("{instance: p4d, site: s}", AWS, 1, "LCA511 the instance type `p4d` is unknown; write its size: p4d.24xlarge"),
        (
            "{instance: p9x.48xlarge, site: s}",
            AWS,
            1,
            "LCA511 the instance type `p9x.48xlarge` is unknown; describe it by `gpu`",
        ),
        (
            "{instance: p4d.24xlarge, site: s}",
            AZURE,
            1,
            ":5:17: LCA512 `p4d.24xlarge` is an instance type of aws, and the site `s` is of azure",
        ),
        (
            "{instance: p4d.24xlarge, site: s}",
            "{provider: our reseller, location: FR}",
            0,
            "LCA615 warning: `p4d.24xlarge` is an instance",
        ),
        (
            "{instance: p4d.24xlarge, site: s, gpu: {model: NVIDIA H100 PCIe}}",
            AWS,
            1,
            ":5:53: LCA512 `NVIDIA H100 PCIe` is stated, and `p4d.24xlarge` has 8 × NVIDIA A100 SXM4 40 GB",
        ),
        ("{instance: p4d.24xlarge, site: s, gpu: {count: 4}}", AWS, 1, ":5:53: LCA512 4 are stated"),
        (
            "{instance: p4d.24xlarge, site: s, memory: 512 GB}",
            AWS,
            1,
            ":5:48: LCA512 a memory of 512 GB is stated, and `p4d.24xlarge` has 1152 GiB",
        ),
        ("{instance: p4d.24xlarge, site: s, memory: 1152 GB}", AWS, 0, "LCA608"),
        (
            "{instance: c5.large, site: s, gpu: {model: NVIDIA L4}}",
            AWS,
            1,
            ":5:41: LCA512 `gpu` is stated, and `c5.large` has no",
        ),
        ("{instance: n1-standard-8, site: s, gpu: {model: NVIDIA Tesla T4, count: 1}}", GCP, 0, "LCA608"),
        (
            "{instance: c5.large, site: s}",
            AWS,
            1,
            "LCA509 `c5.large` has 2 vCPU of Intel Xeon Platinum 8124M, and no source lets its power be shipped; state `cpu:",
        ),
        (
            "{instance: c6a.large, site: s}",
            AWS,
            1,
            "LCA509 `c6a.large` has 2 vCPU of AMD EPYC 7R13, from general knowledge, and no",
        ),
        (
            "{instance: c5.large, site: s, cpu: {power: 240 W}}",
            AWS,
            1,
            ":5:41: LCA202 `c5.large` has 2 vCPU of Intel Xeon Platinum 8124M, and nothing says how many",
        ),
        ("{instance: c5.large, site: s, cpu: {power: 240 W, count: 0.056}}", AWS, 0, ""),
        (
            "{instance: c5.large, site: s, cpu: {model: AMD EPYC 7763, count: 0.02}}",
            AWS,
            0,
            ":5:49: LCA615 warning: `AMD EPYC 7763` is stated, and `c5.large` is listed with Intel",
        ),
        (
            "{instance: g6e.xlarge, site: s}",
            AWS,
            1,
            ":5:17: LCA509 `g6e.xlarge` has 1 × NVIDIA L40S, and no source lets its power be shipped; state `gpu: {power: ...}`",
        ),
        ("{instance: g5g.xlarge, site: s}", AWS, 1, "LCA509 `g5g.xlarge` has 1 × NVIDIA Tesla T4G, and no source"),
        ("{instance: g6e.xlarge, site: s, gpu: {power: 350 W}}", AWS, 0, "LCA608"),
        ("{instance: p4d.24xlarge, site: s, power: 5 kW}", AWS, 0, ""),
        (
            "{instance: p4d.24xlarge, site: s, accelerators: {more: {model: NVIDIA A100 SXM4 40 GB, count: 8}}}",
            AWS,
            1,
            ":5:54: LCA512 `accelerators` are stated beside `instance`, and `p4d.24xlarge` says what",
        ),
    ],
)
def test_a_check_says_what_a_type_is(
    machine: str, site: str, code: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seen, lines = check(text(machine, site), tmp_path, capsys)
    assert (seen, said in lines) == (code, True), lines
    assert lines.count("LCA5") == bool(code and "LCA5" in said), lines
    if not said:
        assert not lines


def test_a_type_of_several_providers_is_asked_about(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = (
        "provider,instance,vcpu,memory_gib,accelerator,accelerators,processor,processor_source,platform,share_of_host"
    )
    rows = [f"{who},x1.large,8,64,NVIDIA L4,1,,,,0.5,s,," for who in ("aws", "gcp")]
    source = Source("s", "Somebody", "List", "CC0", "Somebody, List")
    monkeypatch.setattr(
        BOOK, "instances", InstanceTypes("\n".join([f"{head},source,locator,note", *rows]), {"s": source})
    )
    code, said = check(text("{instance: X1-Large, site: s}", "{location: FR}"), tmp_path, capsys)
    assert code == 1
    assert (
        ":5:17: LCA510 `X1-Large` may be x1.large of aws or x1.large of gcp; state the `provider` of its site" in said
    )
    assert check(text("{instance: X1-Large, site: s}", GCP), tmp_path, capsys)[0] == 0


def test_a_scenario_may_name_another_type(assess_text: Assess) -> None:
    described = text("{instance: p4d.24xlarge, site: s}")
    found = assess_text(described + "scenarios: {smaller: {machines: {m: {instance: g5.12xlarge}}}}\n")
    assert found.scenarios["smaller"].figures["training.run.energy"].value == pytest.approx(10.2 * 1.14, rel=1e-9)


def test_json_and_report_say_what_a_type_was_read_as(assess_text: Assess) -> None:
    found = assess_text(text("{instance: 'P4D 24XLARGE', site: s}"))
    read = json.loads(found.json())["instances"]["m"]
    assert (read["name"], read["accelerator"], read["accelerators"]) == ("p4d.24xlarge", "NVIDIA A100 SXM4 40 GB", 8)
    assert (read["processor"], read["memory_gib"], read["source"]) == (
        "Intel Xeon Platinum 8275CL",
        1152,
        "karpenter-aws",
    )
    (count,) = (row for row in json.loads(found.json())["inputs"] if row["path"].endswith("/accelerators"))
    assert (count["evidence"], count["source"]) == ("default", "karpenter-aws")
    assert "Machines described by their instance type" in found.report("en").html
    assert "Machines décrites par leur type d’instance" in found.report("fr").html
    assert json.loads(assess_text(text("{site: s, power: 1 kW, host: none}")).json())["instances"] == {}

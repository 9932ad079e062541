"""Round trips: what is exported comes back with the same energy, and the energy of a draft is that of its log to the last digit."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import ROOT
from drafts import drafted, works

import lca

CASES = ROOT / "tests/cases"
SEVERAL = """
descriptor: 1
project: {name: Several, start: 2025-01, duration: 1 year}
sites:
  paris: {location: FR, pue: 1.4}
machines:
  node: {site: paris, gpu: {model: NVIDIA A100 SXM4 80 GB, count: 4}}
training:
  first: {on: node, duration: 10 h}
  second: {site: paris, energy: {value: 12.3456789 kWh, evidence: measured, source: a meter}, measured_by: {tool: zeus}}
experiments:
  trials: {on: node, duration: 7 h, reason: search}
"""


def energies_in(draft: Path) -> list[Decimal]:
    """Return the energies of a draft in kWh with all of their digits, in its order."""
    return [Decimal(found) for found in re.findall(r"^    energy: \{value: (\S+) kWh", draft.read_text("utf-8"), re.M)]


@pytest.mark.parametrize("name", ["alexnet-2012", "stable-diffusion-v1", "minimal", "bloom-176b"])
def test_a_study_comes_back_from_boamps_with_its_energy(name: str, tmp_path: Path) -> None:
    exported = lca.load(ROOT / f"projects/{name}.yaml").assess(0).export("boamps").content
    (tmp_path / "report.json").write_bytes(exported)
    (report,) = [json.loads(exported)]
    expected = Decimal(str(report["measures"][0]["powerConsumption"]))
    assert energies_in(drafted(tmp_path, "boamps", tmp_path / "report.json")) == [expected]


def test_reports_of_several_activities_come_back_each_with_its_own(tmp_path: Path) -> None:
    assessment = lca.read(SEVERAL, name="several.yaml").assess(0)
    (tmp_path / "reports.json").write_bytes(assessment.export("boamps").content)
    draft = drafted(tmp_path, "boamps", tmp_path / "reports.json")
    # At the plug, without the PUE, in the twelve digits that an export writes.
    at_plug = [
        assessment.figures[f"{path}.energy"].value / 1.4
        for path in ("training.first", "training.second", "experiments.trials")
    ]
    assert [float(found) for found in energies_in(draft)] == pytest.approx(at_plug, rel=1e-11)
    tools = [work.measured_by.tool for work in works(draft).values() if work.measured_by is not None]
    assert tools == ["zeus"]


def rows(path: Path, separator: str = ",") -> list[dict[str, str]]:
    """Return the rows of a table, read by nothing of this program."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=separator))


def of_codecarbon(path: Path) -> list[Decimal]:
    """Return the kilowatt-hours of each run of CodeCarbon: the last row of those that one run wrote."""
    last = {row["run_id"]: Decimal(row["energy_consumed"]) for row in rows(path)}
    return list(last.values())


def of_column(name: str, per_unit: str = "1", separator: str = ",") -> Callable[[Path], list[Decimal]]:
    """Return what reads a column of a table."""
    return lambda path: [Decimal(row[name]) / Decimal(per_unit) for row in rows(path, separator)]


def of_zeus(path: Path) -> list[Decimal]:
    """Return the kilowatt-hours of each window: the joules of all of its parts."""
    return [
        sum((Decimal(row[name]) for name in row if name.endswith("_energy")), Decimal(0)) / 3_600_000
        for row in rows(path)
    ]


def of_boamps(path: Path) -> list[Decimal]:
    """Return the kilowatt-hours of a report's first measure."""
    return [Decimal(str(json.loads(path.read_text("utf-8"))["measures"][0]["powerConsumption"]))]


@pytest.mark.parametrize(
    ("tool", "log", "expected"),
    [
        ("codecarbon", CASES / "codecarbon/two-places.csv", of_codecarbon),
        ("boamps", CASES / "boamps/training.json", of_boamps),
        ("eco2ai", CASES / "eco2ai/emission.csv", of_column("power_consumption(kWh)")),
        ("zeus", CASES / "zeus/windows.csv", of_zeus),
        (
            "green-algorithms",
            CASES / "green-algorithms/GreenAlgorithms_results_2025-03-04_10-20-30.csv",
            of_column("energy_needed", separator=";"),
        ),
    ],
)
def test_the_energy_of_a_draft_is_that_of_its_log(
    tool: str, log: Path, expected: Callable[[Path], list[Decimal]], tmp_path: Path
) -> None:
    found = energies_in(drafted(tmp_path, tool, log))
    assert [float(value) for value in found] == pytest.approx([float(value) for value in expected(log)], rel=1e-12)
    assert sum(found) == pytest.approx(sum(expected(log)), rel=Decimal("1e-12"))

"""Tables of Green Algorithms, eco2AI and Zeus: the energy is the log's, with its evidence, place and machine; damage is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT, assess_file
from drafts import drafted, energies, works, written, wrong

from lca.quantities.provenance import Evidence

CASES = ROOT / "tests/cases"
GREEN = CASES / "green-algorithms/GreenAlgorithms_results_2025-03-04_10-20-30.csv"
ECO = CASES / "eco2ai/emission.csv"
ZEUS = CASES / "zeus/windows.csv"


def test_green_algorithms_computes_an_energy_with_its_pue(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "green-algorithms", GREEN)
    assert energies(draft) == {"green-algorithms": pytest.approx(42.8354, rel=1e-12)}
    work = works(draft)["green-algorithms"]
    assert work.energy is not None
    assert work.energy.evidence is not Evidence.MEASURED
    assert work.energy_includes_pue
    # The PUE is within the energy, which is that of the site.
    assert assess_file(draft).figures["training.green-algorithms.energy"].value == pytest.approx(42.8354, rel=1e-12)
    text = draft.read_text("utf-8")
    assert "location: FR" in text
    assert 'cpu: {model: "cpu-intel-xeon-e5-2683-v4", count: 1}' in text
    assert "# the tool's own figure: 2.1966 kgCO2e" in text


def test_eco2ai_names_processors_and_place(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "eco2ai", ECO)
    assert list(energies(draft).values()) == [
        pytest.approx(0.412345678901234, rel=1e-12),
        pytest.approx(0.55, rel=1e-12),
    ]
    text = draft.read_text("utf-8")
    assert "location: FR" in text
    assert 'gpu: {model: "nvidia-tesla-v100-sxm2-32-gb", count: 1}' in text
    assert "evidence: estimated" in text  # processors and memory are modelled


def test_zeus_sums_the_joules_of_its_sensors(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "zeus", ZEUS)
    first = (900000.125 + 905000.5 + 180000.75) / 3.6e6
    second = (450000.0 + 452500.25 + 90000.5) / 3.6e6
    assert list(energies(draft).values()) == [pytest.approx(first, rel=1e-12), pytest.approx(second, rel=1e-12)]
    assert {work.energy.evidence for work in works(draft).values() if work.energy} == {Evidence.MEASURED}


@pytest.mark.parametrize(
    ("tool", "log", "before", "after", "expected"),
    [
        ("green-algorithms", GREEN, "42.8354", "-42.8", ["2:120 LCA304"]),
        ("green-algorithms", GREEN, "42.8354", "nan", ["2:120 LCA304"]),
        ("green-algorithms", GREEN, ";1.67;", ";0.5;", ["2:96 LCA304"]),
        ("green-algorithms", GREEN, "energy_needed", "energy", ["1:1 LCA202"]),
        ("eco2ai", ECO, "0.55", "0,55", ["3:1 LCA205"]),
        ("eco2ai", ECO, "0.55", "x", ["3:85 LCA301"]),
        ("eco2ai", ECO, "2024-11-06 09", "06 09", ["3:58 LCA405"]),
        ("eco2ai", ECO, "duration(s)", "duration", ["1:1 LCA202"]),
        ("zeus", ZEUS, "905000.5", "-1", ["2:42 LCA304"]),
        ("zeus", ZEUS, "905000.5", "9\00005", ["2:43 LCA110"]),
        ("zeus", ZEUS, "1746525600.25", "12", ["2:1 LCA405"]),
        ("zeus", ZEUS, "gpu0_energy,gpu1_energy,cpu0_energy", "a,b,c", ["1:1 LCA202"]),
    ],
)  # fmt: skip
def test_damaged_tables(
    tool: str,
    log: Path,
    before: str,
    after: str,
    expected: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = log.read_text("utf-8")
    assert before in text
    found, _ = wrong(tool, written(tmp_path, text.replace(before, after), log.name), capsys)
    assert found == expected


def test_a_decimal_comma_of_the_calculators_spreadsheet_is_read(tmp_path: Path) -> None:
    text = GREEN.read_text("utf-8").replace("42.8354", "42,8354")
    assert energies(drafted(tmp_path, "green-algorithms", written(tmp_path, text, GREEN.name))) == {
        "green-algorithms": 42.8354
    }


def test_other_tools_files_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    for tool, log, name in (("zeus", ECO, "eco2AI"), ("eco2ai", ZEUS, "Zeus"), ("slurm", GREEN, "Green Algorithms")):
        found, said = wrong(tool, log, capsys)
        assert found == ["1:1 LCA205"]
        assert f"this looks like a log of {name}" in said

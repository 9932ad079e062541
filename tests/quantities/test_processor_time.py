"""Time of processors is told from time on the clock, however it is spelled."""

from __future__ import annotations

import pytest

from lca.quantities.units import UnitError, parse_measure

GPU = (
    "GPU h", "GPU-h", "GPUh", "gpu h", "GPU·h", "GPU × h", "GPU.h", "h GPU", "hGPU", "h.GPU", "GPU hours", "GPU-hours", "GPU Hours",
    "GPUs hours", "gpuhrs", "GPU hr", "heures GPU", "heure GPU", "heures-GPU", "heures.GPU",
    "heures de GPU",
    "heures de calcul GPU",
    "GPU compute hours", "accelerator hours", "accelerator-hours", "heures d'accélérateur", "heures d’accélérateurs", "TPU hours",
    "chip-hours", "heures de carte graphique",
)  # fmt: skip
CPU = ("CPU h", "CPU-hours", "CPUh", "heures CPU", "processor hours", "heures processeur", "heures-processeurs")
CORE = (
    "core h", "core-hours", "corehours", "cores hours", "CPU core hours", "heures cœur", "heures-cœur", "heures cœurs",
    "heures coeur", "heures.cœur", "h.cœur",
)  # fmt: skip
NODE = (
    "node h",
    "node-hours",
    "nodeh",
    "GPU node hours",
    "heures nœud",
    "heures de nœud",
    "heures-nœuds",
    "machine hours",
    "heures serveur",
)


@pytest.mark.parametrize(
    ("unit", "whose"),
    [
        *((u, "GPU") for u in GPU),
        *((u, "CPU") for u in CPU),
        *((u, "core") for u in CORE),
        *((u, "node") for u in NODE),
    ],
)
def test_whose_hours_a_unit_is(unit: str, whose: str) -> None:
    measure = parse_measure(f"12 000 {unit}")
    assert (measure.value, measure.unit, measure.time_of) == (12000, "h", whose)


@pytest.mark.parametrize(
    ("unit", "time"), [("GPU days", "d"), ("jours GPU", "d"), ("GPU-years", "year"), ("GPU min", "min")]
)
def test_days_and_years_of_accelerators(unit: str, time: str) -> None:
    measure = parse_measure(f"3 {unit}")
    assert (measure.unit, measure.time_of) == (time, "GPU")


@pytest.mark.parametrize("unit", ["h", "hours", "heures", "hrs", "j", "kWh", "kWh/GB", "image/day"])
def test_time_on_the_clock_is_nobodys(unit: str) -> None:
    assert parse_measure(f"12000 {unit}", ["image"]).time_of == ""


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("12000 GPU", "`12000 GPU h`"),
        ("12000 GPU kWh", "`12000 GPU h`"),
        ("3 USD/GPU h", "whole machine"),
        ("1.7M GPU hours", "1e6 GPU h"),
        ("12 kGPUh", "1000 GPU h"),
        ("3 millions d'heures GPU", "1e6 GPU h"),
        ("12000 A100 hours", "write `GPU h`"),
    ],
)
def test_what_is_no_unit_is_told_what_would_be(text: str, hint: str) -> None:
    with pytest.raises(UnitError) as error:
        parse_measure(text)
    assert error.value.code == "LCA302"
    assert hint in error.value.hint
    assert "GBP" not in error.value.hint


def test_a_declared_noun_stays_a_noun() -> None:
    measure = parse_measure("100 card/day", ["card"])
    assert (measure.noun, measure.unit, measure.time_of) == ("card", "1/d", "")

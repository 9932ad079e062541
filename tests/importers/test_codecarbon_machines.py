"""The machines that logs of CodeCarbon name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from emissions import imported, log, row, said

from lca.cli.main import main


def machine(folder: Path, **changed: str) -> str:
    text = imported(folder, log(row(**changed))).read_text("utf-8")
    assert main(["check", str(folder / "draft.yaml")]) == 0
    return re.sub(r"(?s)^.*\nmachines:\n(.*)\ntraining:.*$", r"\1", text)


def test_processors_and_memory_are_models_of_the_catalogue(tmp_path: Path) -> None:
    found = machine(tmp_path)
    assert 'gpu: {model: "nvidia-a100-sxm4-80-gb", count: 2}  # logged: 2 x NVIDIA A100-SXM4-80GB' in found
    assert (
        'cpu: {model: "cpu-amd-epyc-7643", count: 1}  # logged: AMD EPYC 7643 48-Core Processor, cpu_count 96' in found
    )
    assert "memory: 503.7 GB" in found


def test_two_processors_where_one_has_too_few_threads(tmp_path: Path) -> None:
    # 48 cores of two threads are 96; 192 need two processors.
    assert 'cpu: {model: "cpu-amd-epyc-7643", count: 2}' in machine(tmp_path, cpu_count="192")


def test_a_machine_without_accelerators(tmp_path: Path) -> None:
    found = machine(tmp_path, gpu_model="", gpu_count="", gpu_energy="0", energy_consumed="0.27")
    assert "host: server  # guessed from the names; choose: " in found
    assert "gpu:" not in found
    assert 'cpu: {model: "cpu-amd-epyc-7643"' in found


def test_names_that_the_catalogue_lacks_are_asked_about(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = machine(tmp_path, gpu_model="2 x Frobnitz 9000", cpu_model="Zylog Z99")
    assert (
        '# gpu: {model: "Frobnitz 9000", count: 2, power: ... W}  # logged: 2 x Frobnitz 9000, not in the catalogue: state power'
        in found
    )
    assert '# cpu: {model: "Zylog Z99", power: ... W}  # logged: Zylog Z99, cpu_count 96' in found
    assert "gpu_model: `Frobnitz 9000` not in the catalogue" in said(capsys)


@pytest.mark.parametrize(
    ("gpu_model", "gpu_count", "first", "second"),
    [
        ("1 x Tesla T4, 2 x NVIDIA L4", "3", ("nvidia-tesla-t4", 1), "2 x NVIDIA L4"),
        ("1 x Tesla T42 x NVIDIA L4", "3", ("nvidia-tesla-t4", 1), "2 x NVIDIA L4"),
        ("2 x NVIDIA GeForce RTX 30901 x Tesla T4", "3", ("nvidia-geforce-rtx-3090", 2), "1 x Tesla T4"),
        ("2 x NVIDIA GeForce RTX 30901 x Tesla T4", "", ("nvidia-geforce-rtx-3090", 2), "1 x Tesla T4"),
    ],
)
def test_two_kinds_of_accelerators(
    gpu_model: str,
    gpu_count: str,
    first: tuple[str, int],
    second: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = machine(tmp_path, gpu_model=gpu_model, gpu_count=gpu_count)
    assert f'gpu: {{model: "{first[0]}", count: {first[1]}}}' in found
    assert f"logged: {second}, of another kind: describe it as a machine of its own" in found
    assert "of a second kind" in said(capsys)


def test_a_slice_of_an_accelerator(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = machine(tmp_path, gpu_model="1 x NVIDIA A100-SXM4-80GB MIG 2g.20gb", gpu_count="1")
    # Two of seven slices: 0.285714 of one.
    assert 'gpu: {model: "nvidia-a100-sxm4-80-gb", count: 0.285714}' in found
    assert "is a slice of an accelerator" in said(capsys)


def test_another_number_than_the_name_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    machine(tmp_path, gpu_count="4")
    assert "gpu_count is 4, but gpu_model is `2 x NVIDIA A100-SXM4-80GB`" in said(capsys)

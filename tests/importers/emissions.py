"""Logs in the layout of CodeCarbon, one cell changed at a time; a sound run of 1.1 kWh is the base."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import assess_file

from lca.cli.main import main
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.stages.training import Training

#: A run of one hour on two accelerators: 0.23 + 0.83 + 0.04 = 1.1 kWh, 0.05 kg, by sensors but for the memory.
SOUND: Mapping[str, str] = {
    "timestamp": "2025-05-06T12:00:00",
    "project_name": "floods",
    "run_id": "aaaa0001-1111-4222-8333-000000000001",
    "experiment_id": "5b0fa12a",
    "duration": "3600.5",
    "emissions": "0.05",
    "emissions_rate": "1.39e-05",
    "cpu_power": "214.7",
    "gpu_power": "790.25",
    "ram_power": "40.0",
    "cpu_energy": "0.23",
    "gpu_energy": "0.83",
    "ram_energy": "0.04",
    "energy_consumed": "1.1",
    "water_consumed": "0.0",
    "country_name": "France",
    "country_iso_code": "FRA",
    "region": "bretagne",
    "cloud_provider": "",
    "cloud_region": "",
    "os": "Linux-6.1",
    "python_version": "3.12.4",
    "codecarbon_version": "2.8.4",
    "cpu_count": "96",
    "cpu_model": "AMD EPYC 7643 48-Core Processor",
    "gpu_count": "2",
    "gpu_model": "2 x NVIDIA A100-SXM4-80GB",
    "longitude": "-1.68",
    "latitude": "48.11",
    "ram_total_size": "503.7",
    "tracking_mode": "machine",
    "on_cloud": "N",
    "pue": "1.0",
    "wue": "0",
}


def row(**changed: str) -> dict[str, str]:
    """Return the cells of the sound run with some changed."""
    return {**SOUND, **changed}


def log(*rows: Mapping[str, str], separator: str = ",") -> str:
    """Return the text of a log; a cell that holds the separator is quoted."""
    columns = list(dict.fromkeys(name for cells in rows for name in cells))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", delimiter=separator, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def without(*columns: str, **changed: str) -> dict[str, str]:
    """Return the cells of the sound run without some columns."""
    return {name: text for name, text in row(**changed).items() if name not in columns}


def written(text: str | bytes, folder: Path, name: str = "emissions.csv") -> Path:
    """Write a log."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def imported(folder: Path, *texts: str | bytes) -> Path:
    """Import logs into a draft that must be made; return its path."""
    logs = [str(written(text, folder, f"emissions{index or ''}.csv")) for index, text in enumerate(texts)]
    draft = folder / "draft.yaml"
    assert main(["import", "codecarbon", *logs, "-o", str(draft)]) == 0
    return draft


def run(number: int, **changed: str) -> dict[str, str]:
    """Return the cells of another sound run, of another day."""
    return row(
        run_id=f"aaaa000{number}-1111-4222-8333-00000000000{number}", timestamp=f"2025-05-0{number}T12:00:00", **changed
    )


def trainings(draft: Path) -> list[Training]:
    """Return the trainings of a draft, in their order."""
    return list(assess_file(draft).study[ProductSystem].training.values())


def energies(draft: Path) -> list[float]:
    """Return the energies of the trainings of a draft in kWh."""
    return [training.energy.value for training in trainings(draft) if training.energy is not None]


def said(capsys: pytest.CaptureFixture[str]) -> str:
    """Return what was written on standard error."""
    return capsys.readouterr().err

"""A run that is killed at any moment goes on where it was, and gives the same bytes as one that nobody disturbed."""

from __future__ import annotations

import itertools
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from dossiers import dossiers

pytestmark = pytest.mark.kill

NUMBER = 40


def command(folder: Path, output: Path) -> list[str]:
    program = [sys.executable, "-P", "-m", "lca", "portfolio", str(folder), "-o", str(output)]
    return [*program, "--workers", "2", "--draws", "100", "--as-of", "2026-11-24"]


def written(output: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(output.iterdir()) if not path.name.startswith("kept.")}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("call")
    for name, text in dossiers(NUMBER):
        (made / name).write_text(text, "utf-8")
    return made


def test_ten_kills_change_no_byte(folder: Path, tmp_path: Path) -> None:
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    begun = time.monotonic()
    assert subprocess.run(command(folder, whole), check=False).returncode == 0
    lasts = time.monotonic() - begun
    moments = random.Random(2026)
    for _ in range(10):
        running = subprocess.Popen(command(folder, killed), start_new_session=True)
        try:
            running.wait(timeout=moments.uniform(0.05, lasts))
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()
    assert subprocess.run(command(folder, killed), check=False).returncode == 0
    assert written(killed) == written(whole)


def test_neither_workers_nor_order_nor_folder_change_a_byte(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    other.mkdir()
    for path in sorted(folder.iterdir(), reverse=True):
        (other / path.name).write_bytes(path.read_bytes())
    found = []
    for place, workers in itertools.product((folder, other), ("1", "3")):
        output = tmp_path / f"{place.name}-{workers}"
        assert subprocess.run([*command(place, output), "--workers", workers], check=False).returncode == 0
        found.append(written(output))
    assert all(one == found[0] for one in found[1:])


def test_its_processes_end_with_the_program(folder: Path, tmp_path: Path) -> None:
    running = subprocess.Popen(command(folder, tmp_path / "out"), start_new_session=True)
    time.sleep(4)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    limit = time.monotonic() + 30
    while subprocess.run(["pgrep", "-g", str(running.pid)], capture_output=True, check=False).returncode == 0:
        assert time.monotonic() < limit
        time.sleep(0.5)

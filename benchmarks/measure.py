"""Measures fresh processes: CPU time and peak memory, with one thread of arithmetic and compiled modules on every side."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
_PEAK = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, capture_output=True); \
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"


def environment(checkout: Path = ROOT) -> dict[str, str]:
    """Return the environment of a measured process of a checkout."""
    found = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(checkout)}
    found.pop("PYTHONDONTWRITEBYTECODE", None)  # modules compiled once, as for a user
    return found


def cpu_seconds(commands: Mapping[str, Sequence[str]], runs: int = 7, checkout: Path = ROOT) -> dict[str, float]:
    """Return the median CPU time of Python with some arguments, after one run that warms up.

    All commands are run in turn, so that what else the machine does falls on all of them.
    """
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs + 1):
        for name, arguments in commands.items():
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(
                [sys.executable, *arguments], cwd=checkout, env=environment(checkout), capture_output=True, check=True
            )
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            times[name].append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return {name: statistics.median(found[1:]) for name, found in times.items()}


def peak_megabytes(*arguments: str, checkout: Path = ROOT) -> int:
    """Return the largest memory that a command of the program takes."""
    return peak_of_python("-P", "-m", "lca", *arguments, checkout=checkout)


def peak_of_python(*arguments: str, checkout: Path = ROOT) -> int:
    """Return the largest memory that Python with some arguments takes, in megabytes."""
    command = [sys.executable, "-c", _PEAK, sys.executable, *arguments]
    done = subprocess.run(command, cwd=checkout, env=environment(checkout), capture_output=True, check=True, text=True)
    return int(done.stdout)


@contextmanager
def laid_out(revision: str) -> Iterator[Path]:
    """Lay another commit out in a temporary folder, to be run by the same interpreter with the same packages."""
    with tempfile.TemporaryDirectory() as folder:
        archive = subprocess.run(["git", "archive", revision], cwd=ROOT, capture_output=True, check=True).stdout
        subprocess.run(["tar", "-x", "-C", folder], input=archive, check=True)
        yield Path(folder)

"""Prints what one dossier costs in time and memory beside the limits that are set: `python benchmarks/limits.py [--long]`.

Times are ratios of CPU time against importing numpy, PyYAML and jsonschema in the same run; memory is the peak of a fresh
process. `--long` adds the descriptors of a thousand and ten thousand activities, which take minutes.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from large import descriptor

ROOT = Path(__file__).parent.parent
IMPORTS = "import numpy, yaml, jsonschema"
PEAK = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, capture_output=True); \
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"


def environment() -> dict[str, str]:
    """Return the environment of a measured process: one thread of arithmetic, modules compiled once, as for a user."""
    found = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    found.pop("PYTHONDONTWRITEBYTECODE", None)
    return found


def cpu_seconds(*arguments: str, runs: int = 7) -> float:
    """Return the median CPU time of a fresh process after one that warms up."""
    times = []
    for _ in range(runs + 1):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment(), capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(times[1:])


def peak_megabytes(*arguments: str) -> int:
    """Return the largest memory that a command takes."""
    command = [sys.executable, "-c", PEAK, sys.executable, "-P", "-m", "lca", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, check=True, text=True)
    return int(done.stdout)


def times(folder: str) -> None:
    """Print the times of cold commands against the imports alone."""
    base = cpu_seconds("-c", IMPORTS)
    program = ("-P", "-m", "lca")
    for name, command, most in (
        ("lca check", ("check", "projects/minimal.yaml"), 2.5),
        ("lca report --html", ("report", "projects/minimal.yaml", "--html", "-o", folder), 12.0),
    ):
        ratio = cpu_seconds(*program, *command) / base
        print(f"{name:28} {ratio:6.2f} x its imports ({base:.3f} s), at most {most}")


def memory(folder: str, long: bool) -> None:
    """Print the memory of large descriptors."""
    sizes = [("html", 10, 0, 150), ("html", 100, 0, 300), ("html", 10, 50, 300)]
    sizes += [("html", 1000, 0, 1000), ("assess", 1000, 0, 400), ("assess", 10_000, 0, 2000)] if long else []
    for what, activities, scenarios, most in sizes:
        file = Path(folder) / f"{activities}-{scenarios}.yaml"
        file.write_text(descriptor(activities, scenarios), encoding="utf-8")
        command = ("report", str(file), "--html", "-o", folder) if what == "html" else ("assess", str(file), "--json")
        size = f"{activities} activities" + (f", {scenarios} scenarios" if scenarios else "")
        print(f"{what:6} of {size:28} {peak_megabytes(*command):6} MB, at most {most}", flush=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        times(scratch)
        memory(scratch, "--long" in sys.argv)

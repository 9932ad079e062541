"""Times cold commands of another commit against those of this checkout, in one run: `python benchmarks/against.py REVISION`.

The other commit is laid out in a temporary folder and run by the same interpreter with the same packages. Each command runs
alternately in both, so that what else the machine does falls on both; printed are the medians of CPU time and their ratio.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent

#: Commands as a user gives them; `report` writes into a folder that is given as the last argument.
COMMANDS = (
    ("check", "projects/minimal.yaml"),
    ("check", "projects/transition-call.yaml"),
    ("assess", "projects/minimal.yaml", "--json"),
    ("assess", "projects/alexnet-2012.yaml", "--json"),
    ("report", "projects/minimal.yaml", "--html", "-o"),
    ("report", "projects/alexnet-2012.yaml", "--html", "-o"),
)


def cpu_seconds(checkout: Path, command: tuple[str, ...], folder: str) -> float:
    """Return the CPU time of one command in one checkout."""
    arguments = [*command, *([folder] if command[-1] == "-o" else [])]
    environment = {**os.environ, "PYTHONPATH": str(checkout), "OPENBLAS_NUM_THREADS": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # compiled once, as for a user
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-P", "-m", "lca", *arguments], cwd=checkout, env=environment, capture_output=True, check=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print one line a command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("revision", help="a commit to compare with")
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        other = Path(folder) / "other"
        other.mkdir()
        archive = subprocess.run(["git", "archive", options.revision], cwd=ROOT, capture_output=True, check=True).stdout
        subprocess.run(["tar", "-x", "-C", str(other)], input=archive, check=True)
        for command in COMMANDS:
            times: dict[Path, list[float]] = {other: [], ROOT: []}
            for _ in range(options.runs + 1):
                for checkout, found in times.items():
                    found.append(cpu_seconds(checkout, command, folder))
            old, new = (statistics.median(found[1:]) for found in times.values())
            print(
                f"lca {' '.join(command):46} {options.revision} {old:6.2f} s   here {new:6.2f} s   ratio {new / old:.2f}"
            )


if __name__ == "__main__":
    main()

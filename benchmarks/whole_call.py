"""Prints what a portfolio costs beside the plain loop over the same dossiers in one process, and its memory.

python benchmarks/whole_call.py                    # 1,000 dossiers
python benchmarks/whole_call.py --number 10000     # and their memory against that of 1,000
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import gc
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from dossiers import dossiers
from measure import ROOT, environment

sys.path.insert(0, str(ROOT))

from lca.portfolio.examining import examined
from lca.portfolio.setting import DEFAULT_DRAWS, Setting, Task

#: So many dossiers are assessed in the plain loop, spread over all of them: half before the run and half after it, for the speed of
#: a shared machine drifts.
SAMPLE = 500
WORKERS = 2
AS_OF = datetime.date(2026, 11, 24)
#: Arithmetic on draws, for some seconds: what two such loops gain here when they run side by side is all that two workers can.
_NUMPY = """
import numpy, time
draws = numpy.random.default_rng(1).normal(size=1001)
begun = time.perf_counter()
for _ in range(400_000):
    numpy.sort(draws * 1.5 + draws)
print(time.perf_counter() - begun)
"""


def gain_of_two() -> float:
    """Return how much more work two numpy loops do side by side than one, now."""
    alone = min(_numpy_seconds(1))
    return WORKERS * alone / max(_numpy_seconds(WORKERS))


def _numpy_seconds(at_once: int) -> list[float]:
    command = [sys.executable, "-c", _NUMPY]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, env=environment(), text=True) for _ in range(at_once)]
    return [float(one.communicate()[0]) for one in running]


def written_to(folder: Path, number: int) -> list[tuple[str, str]]:
    """Write so many dossiers to a new folder, and return them."""
    folder.mkdir()
    found = list(dossiers(number))
    for name, text in found:
        (folder / name).write_text(text, "utf-8")
    return found


def plain_loop(texts: list[tuple[str, str]]) -> float:
    """Return the seconds that one dossier takes in a plain loop in this process, after some that warm up."""
    setting = Setting(DEFAULT_DRAWS, 2026, AS_OF, "", "")
    tasks = [Task(Path(name).stem, name, text.encode(), name) for name, text in texts]
    gc.set_threshold(100_000, 20, 100)
    for task in tasks[:20]:
        examined(task, setting)
    begun = time.perf_counter()
    for task in tasks:
        examined(task, setting)
    return (time.perf_counter() - begun) / len(tasks)


def run_of(folder: Path, output: Path) -> tuple[float, float]:
    """Return the seconds that `lca portfolio` takes over a folder, and the most memory of all its processes in megabytes."""
    command = [sys.executable, "-P", "-m", "lca", "portfolio", str(folder), "-o", str(output)]
    begun, most = time.perf_counter(), 0
    running = subprocess.Popen([*command, "--workers", str(WORKERS), "--as-of", AS_OF.isoformat()], env=environment())
    while running.poll() is None:
        most = max(most, sum(_resident(process) for process in _family(running.pid)))
        time.sleep(0.2)
    if running.returncode:
        raise SystemExit(running.returncode)
    return time.perf_counter() - begun, most / 1e6


def _family(process: int) -> Iterator[int]:
    yield process
    with contextlib.suppress(OSError):
        for child in Path(f"/proc/{process}/task/{process}/children").read_text("utf-8").split():
            yield from _family(int(child))


def _resident(process: int) -> int:
    with contextlib.suppress(OSError, IndexError):
        return int(Path(f"/proc/{process}/statm").read_text("utf-8").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=1_000, help="of dossiers (default 1000)")
    options = parser.parse_args()
    sizes = sorted({1_000, options.number} if options.number > 1_000 else {options.number})
    memory: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        written_to(Path(folder) / "first", 20)
        run_of(Path(folder) / "first", Path(folder) / "out-first")  # which compiles the modules
        for number in sizes:
            place = Path(folder) / f"{number}"
            written = written_to(place, number)
            sample = written[:: max(number // SAMPLE, 1)]
            before = gain_of_two(), plain_loop(sample[::2])
            seconds, memory[number] = run_of(place, Path(folder) / f"out-{number}")
            after = gain_of_two(), plain_loop(sample[1::2])
            gain, plain = (sum(pair) / 2 for pair in zip(before, after, strict=True))
            ratio = seconds / number / (plain / gain)
            print(
                f"two numpy loops side by side do {before[0]:.2f} times the work of one, and {after[0]:.2f} afterwards"
            )
            print(
                f"{number:,} dossiers: {seconds:.0f} s, {seconds / number * 1e3:.1f} ms each; in the plain loop "
                f"{before[1] * 1e3:.1f} ms, and {after[1] * 1e3:.1f} afterwards; "
                f"{ratio:.2f} times the loop over the gain (limit 1.25); {memory[number]:.0f} MB",
                flush=True,
            )
    if len(sizes) > 1:
        print(f"memory: {memory[sizes[1]] / memory[sizes[0]]:.2f} times that of {sizes[0]:,} dossiers (limit 1.2)")


if __name__ == "__main__":
    main()

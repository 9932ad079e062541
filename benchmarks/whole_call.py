"""Prints what a portfolio costs beside the plain loop over the same dossiers in one process, and its memory.

python benchmarks/whole_call.py                    # 1,000 dossiers
python benchmarks/whole_call.py --number 10000     # and their memory against that of 1,000
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import functools
import gc
import itertools
import os
import signal
import statistics
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

#: The speed of a shared machine drifts by half within a minute: after so many seconds the run is halted, and what it is compared
#: with is measured, on so many dossiers.
SECONDS_OF_A_STRETCH, DOSSIERS_OF_A_STOP = 30.0, 40
#: The plain loop goes round so many of the dossiers, spread over all of them.
SAMPLE = 500
WORKERS = 2
AS_OF = datetime.date(2026, 11, 24)
#: Arithmetic on draws, for a second or two: what two such loops gain here when they run side by side is all that two workers can.
_NUMPY = """
import numpy, time
draws = numpy.random.default_rng(1).normal(size=1001)
begun = time.perf_counter()
for _ in range(80_000):
    numpy.sort(draws * 1.5 + draws)
print(time.perf_counter() - begun)
"""


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


class Reference:
    """What a run is compared with, measured a little at a time."""

    def __init__(self, texts: list[tuple[str, str]]) -> None:
        setting = Setting(DEFAULT_DRAWS, 2026, AS_OF, "", "")
        tasks = [Task(Path(name).stem, name, text.encode(), name) for name, text in texts]
        self._next = (functools.partial(examined, task, setting) for task in itertools.cycle(tasks))
        gc.set_threshold(100_000, 20, 100)
        self._loop(20)  # which warms up
        #: What each stop measured: the seconds of a dossier, of one numpy loop, and of the slower of two side by side.
        self.loop: list[float] = []
        self.alone: list[float] = []
        self.beside: list[float] = []

    def _loop(self, number: int) -> float:
        begun = time.perf_counter()
        for examine in itertools.islice(self._next, number):
            examine()
        return (time.perf_counter() - begun) / number

    def measure(self) -> None:
        """Measure the plain loop in this process, and what two numpy loops gain."""
        self.loop.append(self._loop(DOSSIERS_OF_A_STOP))
        before, beside, after = (max(_numpy_seconds(number)) for number in (1, WORKERS, 1))
        self.alone.append((before + after) / 2)
        self.beside.append(beside)

    @property
    def gain(self) -> float:
        """How much more work two numpy loops do side by side than one."""
        return WORKERS * sum(self.alone) / sum(self.beside)


def run_of(folder: Path, output: Path, reference: Reference | None) -> tuple[float, float]:
    """Return the seconds that `lca portfolio` takes over a folder, and the most memory of all its processes in megabytes."""
    command = [sys.executable, "-P", "-m", "lca", "portfolio", str(folder), "-o", str(output)]
    begun, most, halted = time.perf_counter(), 0, 0.0
    next_stop = begun + SECONDS_OF_A_STRETCH / 2
    running = subprocess.Popen([*command, "--workers", str(WORKERS), "--as-of", AS_OF.isoformat()], env=environment())
    while running.poll() is None:
        most = max(most, sum(_resident(process) for process in _family(running.pid)))
        time.sleep(0.2)
        if reference is not None and (stopped := time.perf_counter()) > next_stop:
            with _halted(running.pid):
                reference.measure()
            halted += time.perf_counter() - stopped
            next_stop = time.perf_counter() + SECONDS_OF_A_STRETCH
    if running.returncode:
        raise SystemExit(running.returncode)
    return time.perf_counter() - begun - halted, most / 1e6


@contextlib.contextmanager
def _halted(process: int) -> Iterator[None]:
    """Halt a process and its children for a while; the parent first, which would begin others."""
    family = [one for one in _family(process) if _sent(one, signal.SIGSTOP)]
    try:
        yield
    finally:
        for one in reversed(family):
            _sent(one, signal.SIGCONT)


def _sent(process: int, what: signal.Signals) -> bool:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, what)
        return True
    return False


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
        run_of(Path(folder) / "first", Path(folder) / "out-first", None)  # which compiles the modules
        for number in sizes:
            place = Path(folder) / f"{number}"
            written = written_to(place, number)
            reference = Reference(written[:: max(number // SAMPLE, 1)])
            seconds, memory[number] = run_of(place, Path(folder) / f"out-{number}", reference)
            # The stretches are as long as each other, and hold more dossiers where the machine was quick.
            plain = statistics.harmonic_mean(reference.loop)
            ratio = seconds / number / (plain / reference.gain)
            print(
                f"{number:,} dossiers: {seconds:.0f} s, {seconds / number * 1e3:.1f} ms each; "
                f"in the plain loop {plain * 1e3:.1f} ms ({min(reference.loop) * 1e3:.0f} to {max(reference.loop) * 1e3:.0f} at "
                f"{len(reference.loop)} stops); two numpy loops do {reference.gain:.2f} "
                f"times the work of one; {ratio:.2f} times the loop over the gain (limit 1.25); {memory[number]:.0f} MB",
                flush=True,
            )
    if len(sizes) > 1:
        print(f"memory: {memory[sizes[1]] / memory[sizes[0]]:.2f} times that of {sizes[0]:,} dossiers (limit 1.2)")


if __name__ == "__main__":
    main()

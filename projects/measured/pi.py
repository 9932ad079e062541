# /// script
# requires-python = ">=3.11"
# dependencies = ["codecarbon==3.3.2", "numpy==2.4.6"]
# ///
"""Estimate π by throwing points into a square: one process after the other, two at once, and by arrays.

Each way throws as many points, under the eyes of CodeCarbon. The share that falls into the quarter of a circle is π / 4.
"""

import random
from concurrent.futures import ProcessPoolExecutor

import numpy as np
from codecarbon import OfflineEmissionsTracker

POINTS = 60_000_000
PROCESSES = 2


def inside(seed, points):
    """Count the points that fall into the quarter of a circle, one by one."""
    chance = random.Random(seed).random
    return sum(chance() ** 2 + chance() ** 2 <= 1 for _ in range(points))


def sequential():
    """One part after the other."""
    return sum(inside(seed, POINTS // PROCESSES) for seed in range(PROCESSES))


def parallel():
    """The same parts at once, each in a process of its own."""
    with ProcessPoolExecutor(PROCESSES) as pool:
        return sum(pool.map(inside, range(PROCESSES), [POINTS // PROCESSES] * PROCESSES))


def arrays():
    """A million points at a time, by NumPy."""
    chance, found = np.random.default_rng(0), 0
    for _ in range(POINTS // 1_000_000):
        x, y = chance.random((2, 1_000_000))
        found += int(np.count_nonzero(x * x + y * y <= 1))
    return found


def main():
    """Measure each way."""
    tracker = OfflineEmissionsTracker(
        project_name="pi", experiment_name="pi", country_iso_code="FRA", measure_power_secs=1, log_level="error"
    )
    for way in (sequential, parallel, arrays):
        tracker.start_task(way.__name__)
        found = way()
        data = tracker.stop_task()
        print(f"{way.__name__:12} π = {4 * found / POINTS:.5f}, {data.duration:7.2f} s", flush=True)
    tracker.stop()


if __name__ == "__main__":
    main()

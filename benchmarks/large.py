"""Writes large descriptors: `python benchmarks/large.py ACTIVITIES SCENARIOS FILE`."""

from __future__ import annotations

import sys
from pathlib import Path


def descriptor(activities: int, scenarios: int = 0) -> str:
    """Return a descriptor with so many trainings on one machine, and so many scenarios that change the first of them."""
    lines = [
        "descriptor: 1",
        "project: {name: Large, start: 2024-03, duration: 2 year}",
        "sites: {paris: {location: FR}}",
        "machines: {node: {site: paris, gpu: {model: NVIDIA A100 SXM4 80 GB, count: 8}}}",
        "training:",
    ]
    duration = "{{value: {} h, range95: [1 h, 9999 h]}}"
    lines += [f"  run-{n}: {{on: node, duration: {duration.format(10 + n % 50)}}}" for n in range(activities)]
    if scenarios:
        lines.append("scenarios:")
        lines += [f"  longer-{n}: {{training: {{run-0: {{duration: {100 + n} h}}}}}}" for n in range(scenarios)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    Path(sys.argv[3]).write_text(descriptor(int(sys.argv[1]), int(sys.argv[2])), encoding="utf-8")

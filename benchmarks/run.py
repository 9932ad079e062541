"""Prints how fast the program is, as ratios against a named reference in the same run: `python benchmarks/run.py`."""

from __future__ import annotations

import contextlib
import datetime
import io
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import lca  # noqa: E402
from lca.quantities.formula import TOTAL  # noqa: E402
from lca.quantities.quantity import Computed, Quantity  # noqa: E402
from lca.quantities.trees import walk  # noqa: E402
from lca.quantities.uncertainty import Array, draw  # noqa: E402
from lca.quantities.units import conversion  # noqa: E402

CASE = ROOT / "tests" / "cases" / "good" / "every-stage.yaml"
DRAWS = 10_000


def median_seconds(action: Callable[[], object], runs: int = 5) -> float:
    """Return the median time of an action after one run that warms up."""
    action()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def show(name: str, subject: float, reference: str, base: float, aim: str = "") -> None:
    """Print one ratio."""
    print(f"{name:44} {subject:8.3f} s = {subject / base:6.2f} x {reference} ({base:.3f} s){aim}")


def command(*arguments: str) -> Callable[[], object]:
    """Return an action that runs a command in a fresh interpreter."""
    return lambda: subprocess.run([sys.executable, *arguments], check=True, capture_output=True, cwd=ROOT)


def cold_start() -> None:
    """Compare commands with a bare interpreter."""
    bare = median_seconds(command("-c", "pass"))
    show("lca --help", median_seconds(command("-m", "lca", "--help")), "a bare interpreter", bare)
    show(
        "lca check (alexnet-2012)",
        median_seconds(command("-m", "lca", "check", "projects/alexnet-2012.yaml")),
        "a bare interpreter",
        bare,
    )


def assessed(draws: int) -> lca.Assessment:
    """Assess the case that uses every kind of activity."""
    return lca.load(CASE).assess(draws, seed=1, as_of=datetime.date(2026, 1, 1))


def plain_numpy(nodes: list[Quantity]) -> dict[int, Array]:
    """Make the same draws and products as an assessment, with arrays alone."""
    arrays: dict[int, Array] = {}
    for node in nodes:
        origin = node.origin
        if not isinstance(origin, Computed):
            arrays[id(node)] = draw(origin.value, origin.uncertainty, 1, origin.record, DRAWS)
        elif origin.formula is TOTAL:
            result = np.zeros(1)
            for _, part in origin.inputs:
                result = result + arrays[id(part)] * conversion(part.unit, node.unit)
            arrays[id(node)] = result
        else:
            inputs = {
                argument.name: arrays[id(part)] * conversion(part.unit, argument.unit)
                for argument, (_, part) in zip(origin.formula.arguments, origin.inputs, strict=True)
            }
            arrays[id(node)] = np.asarray(origin.formula.function(**inputs))
    return arrays


def monte_carlo() -> None:
    """Compare an assessment with the same draws and products in plain numpy."""
    assessment = assessed(DRAWS)
    seen: set[int] = set()
    figures = [
        figure
        for name, figure in assessment.figures.items()
        if not name.startswith("methods.") and not name.endswith(".share")
    ]
    sites = [
        part.total
        for parts in assessment.footprint.by_site.values()
        for part in parts.values()
        if part.total is not None
    ]
    nodes = [node for root in [*figures, *sites] for node in walk(root, seen)]
    base = median_seconds(lambda: plain_numpy(nodes))
    whole, without = median_seconds(lambda: assessed(DRAWS)), median_seconds(lambda: assessed(0))
    show(
        f"{DRAWS} draws, less the same run without",
        whole - without,
        "the same in plain numpy",
        base,
        ", aim at most 1.5",
    )
    show("the whole assessment", whole, "the same in plain numpy", base)


def rendering() -> None:
    """Compare the PDF step with the renderer alone on the same page."""
    import weasyprint

    from lca.files.pdf import render_pdf, shipped_only
    from lca.files.shipped import data_folder

    assessment = assessed(1000)
    page = assessment.report("en").html
    style = (data_folder("templates") / "print.css").read_text("utf-8")
    printed = page.replace("</head>", f"<style>{style}</style></head>", 1)
    date = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)

    def alone() -> object:
        return weasyprint.HTML(string=printed, url_fetcher=shipped_only()).write_pdf(
            pdf_variant="pdf/a-3a", pdf_tags=True
        )

    base = median_seconds(alone, runs=3)
    ours = median_seconds(lambda: render_pdf(page, {}, date, "Every stage", "lca"), runs=3)
    show("PDF step (every-stage)", ours, "WeasyPrint alone on the same page", base, ", aim at most 1.1")
    with tempfile.TemporaryDirectory() as folder:
        cold = median_seconds(command("-m", "lca", "report", str(CASE), "-o", folder), runs=3)
    show("lca report, cold, HTML and PDF", cold, "WeasyPrint alone on the same page", base)


if __name__ == "__main__":
    with contextlib.redirect_stderr(io.StringIO()):
        cold_start()
        monte_carlo()
        rendering()

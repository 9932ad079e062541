"""Prints what one dossier costs beside the limits that are set, as ratios against a named reference in the same run.

python benchmarks/run.py                      # this checkout
python benchmarks/run.py --long               # with descriptors of a thousand and of ten thousand activities: some minutes
python benchmarks/run.py --brightway          # with Brightway's engine, installed on demand: pip install bw2calc
python benchmarks/run.py --against REVISION   # commands and memory of another commit beside those of this one
"""

from __future__ import annotations

import argparse
import datetime
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from brightway import seconds_a_draw
from large import descriptor
from measure import ROOT, cpu_seconds, laid_out, peak_megabytes

sys.path.insert(0, str(ROOT))

import lca
from lca.quantities.formula import TOTAL
from lca.quantities.quantity import Computed, Quantity
from lca.quantities.trees import leaves, walk
from lca.quantities.uncertainty import Array, _drawn, _kept, interval95
from lca.quantities.units import conversion

DRAWS = 10_000
AS_OF = datetime.date(2026, 1, 1)
#: A bare interpreter of the machine that the milliseconds were set for.
BARE_SECONDS = 0.018
PROGRAM = ("-P", "-m", "lca")
MINIMAL, CALL = "projects/minimal.yaml", "projects/transition-call.yaml"

#: Renders a page with its attachments as the program does, by the renderer alone.
ALONE = """
import pathlib, sys, weasyprint
from lca.files.pdf import shipped_only
folder = pathlib.Path(sys.argv[1])
attached = [weasyprint.Attachment(string=p.read_bytes(), name=p.name) for p in sorted((folder / "attached").iterdir())]
document = weasyprint.HTML(string=(folder / "page.html").read_text("utf-8"), url_fetcher=shipped_only()).render(
    pdf_variant="pdf/a-3a", pdf_tags=True)
document.metadata.attachments = attached
document.write_pdf(folder / "alone.pdf", pdf_variant="pdf/a-3a", pdf_tags=True)
"""


def line(what: str, value: float, unit: str, limit: str) -> None:
    """Print one line of the table."""
    print(f"{what:62} {value:9.2f} {unit:24} {limit}", flush=True)


def cold(folder: str, checkout: Path = ROOT) -> None:
    """Print the cold commands against the imports alone."""
    commands = {
        "imports": ("-c", "import numpy, yaml, jsonschema"),
        "check": (*PROGRAM, "check", MINIMAL),
        "check of a full descriptor": (*PROGRAM, "check", CALL),
        "report --html": (*PROGRAM, "report", MINIMAL, "--html", "-o", folder),
    }
    found = cpu_seconds(commands, checkout=checkout)
    limits = {"check": "at most 2.5, aim 2.0", "report --html": "at most 6"}
    for name in list(commands)[1:]:
        line(f"lca {name}", found[name] / found["imports"], "x its imports", limits.get(name, ""))


def pdf(folder: str) -> None:
    """Print what a PDF costs beside the HTML, against the renderer alone on the same pages with the same attachments."""
    import pypdf

    from lca.assessment.data_section import without_data
    from lca.presenting.contents import without_details

    here = Path(folder)
    cpu_seconds({"both": (*PROGRAM, "report", MINIMAL, "--html", "--pdf", "-o", folder)}, runs=1)
    (here / "attached").mkdir()
    for name, contents in pypdf.PdfReader(here / "minimal.pdf").attachments.items():
        (here / "attached" / name).write_bytes(contents[0])
    style = (ROOT / "templates" / "print.css").read_text("utf-8")
    printed = without_details(without_data((here / "minimal.html").read_text("utf-8")))
    page = printed.replace("</head>", f"<style>{style}</style></head>", 1)
    (here / "page.html").write_text(page, encoding="utf-8")
    found = cpu_seconds(
        {
            "html": (*PROGRAM, "report", MINIMAL, "--html", "-o", folder),
            "pdf": (*PROGRAM, "report", MINIMAL, "--pdf", "-o", folder),
            "alone": ("-P", "-c", ALONE, folder),
        },
        runs=3,
    )
    line("--pdf less --html", (found["pdf"] - found["html"]) / found["alone"], "x WeasyPrint alone", "at most 1.15")


def best_seconds(action: Callable[[], object], runs: int) -> float:
    """Return the median time of an action after two runs that warm up."""
    times = []
    for _ in range(runs + 2):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times[2:])


def in_process() -> None:
    """Print what reading, assessing and writing take in one process, scaled to the machine that the limits were set for."""
    scale = BARE_SECONDS / cpu_seconds({"bare": ("-c", "pass")}, runs=15)["bare"]
    for name, limit in (("minimal", 6), ("stable-diffusion-v1", 10), ("transition-call", 20)):
        path = ROOT / "projects" / f"{name}.yaml"
        taken = best_seconds(lambda path=path: lca.load(path).assess(1000).json(), 25)  # type: ignore[misc]
        line(f"read, assess, JSON in one process: {name}", 1000 * taken * scale, "ms, scaled", f"at most {limit}")


def plain_numpy(nodes: list[Quantity]) -> Iterator[tuple[float, float, float]]:
    """Yield the quantiles of the same draws and products as an assessment makes, with arrays alone."""
    arrays: dict[int, Array] = {}
    for node in nodes:
        origin = node.origin
        if not node.is_drawn:
            arrays[id(node)] = np.array([node.value])
            continue
        if not isinstance(origin, Computed):
            assert node.stream is not None
            stream = node.stream
            arrays[id(node)] = _drawn(origin.value, origin.uncertainty, stream.seed, stream.name, node.drawn)
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
        yield interval95(arrays[id(node)])


def settled(study: lca.Study, draws: int) -> lca.Assessment:
    """Assess a study and take all of its intervals, with no draw kept from before."""
    _kept.cache_clear()
    assessment = study.assess(draws, seed=1, as_of=AS_OF)
    assessment.settle()
    return assessment


def monte_carlo(brightway: bool) -> None:
    """Print ten thousand draws of fifty activities against plain numpy, and against Brightway's engine."""
    study = lca.read(descriptor(50), name="fifty.yaml")
    assessment = settled(study, DRAWS)
    roots = [q for result in assessment.results for _, q in result.printed] + leaves(assessment.roots)
    nodes = list(walk(roots))
    base = best_seconds(lambda: list(plain_numpy(nodes)), 5)
    with_draws, without = (best_seconds(lambda n=n: settled(study, n), 5) for n in (DRAWS, 0))  # type: ignore[misc]
    line(
        "10,000 draws of 50 activities, less the same without",
        (with_draws - without) / base,
        "x plain numpy, quantiles",
        "at most 1.5, aim 1.2",
    )
    if brightway:
        climate = assessment.footprint.climate
        assert climate is not None
        ours = best_seconds(lambda: drawn_again(climate), 5)
        ratio = seconds_a_draw(assessment) * DRAWS / ours
        line("the climate total of the same inventory in bw2calc", ratio, "x our time a draw", "at least 300")


def drawn_again(figure: Quantity) -> Array:
    """Return the draws of a figure, with no draw kept from before."""
    _kept.cache_clear()
    return figure.draws


def memory(folder: str, long: bool, checkout: Path = ROOT) -> None:
    """Print the memory of large descriptors."""
    sizes = [("html", 10, 0, 150), ("html", 100, 0, 300), ("html", 10, 50, 300)]
    sizes += [("html", 1000, 0, 1000), ("assess", 1000, 0, 400), ("assess", 10_000, 0, 2000)] if long else []
    for what, activities, scenarios, most in sizes:
        file = Path(folder) / f"{activities}-{scenarios}.yaml"
        file.write_text(descriptor(activities, scenarios), encoding="utf-8")
        command = ("report", str(file), "--html", "-o", folder) if what == "html" else ("assess", str(file), "--json")
        start = time.perf_counter()
        peak = peak_megabytes(*command, checkout=checkout)
        size = f"{what} of {activities} activities" + (f", {scenarios} scenarios" if scenarios else "")
        line(f"{size} ({time.perf_counter() - start:.0f} s)", peak, "MB", f"at most {most}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--long", action="store_true", help="with a thousand and ten thousand activities")
    parser.add_argument("--brightway", action="store_true", help="with Brightway's engine, where it is installed")
    parser.add_argument("--against", metavar="REVISION", help="another commit to compare with")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.against:
            print(options.against)
            with laid_out(options.against) as other:
                cold(folder, other)
                memory(folder, options.long, other)
            print("this checkout")
        cold(folder)
        pdf(folder)
        in_process()
        monte_carlo(options.brightway)
        memory(folder, options.long)


if __name__ == "__main__":
    main()

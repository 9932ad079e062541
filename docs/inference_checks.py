"""Sets the token model and the measured classes against measured rows that they were not fitted on, for the page and its test."""

from __future__ import annotations

import csv
import functools
import math
import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import lca
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Sampler
from lca.subjects.footprint.flow import Context
from lca.subjects.footprint.measured_class import BATCHES, SIZES, batch_class, size_class
from lca.subjects.footprint.token_model import Size, accelerator_energy
from lca.subjects.footprint.tokens import Tokens

FOLDER = Path(__file__).parent.parent / "tests" / "cases" / "inference"
#: The source that classes are made of, and one of other models and older software.
FITTED_ON, OLDER = "mlenergy-v3", "mlenergy-v2"
GROUPS = {
    "v3": "ML.ENERGY v3, chat, the half of the configurations that was held back",
    "v3-gpqa": "ML.ENERGY v3, GPQA with reasoning: another task",
    "long": "Chung et al. 2025, input of 4,096 tokens",
    "pd": "Chung et al. 2025, prefill and decode on accelerators of their own, batch not printed (256 taken)",
    "v2": "ML.ENERGY v2, software of 2024",
    "tpb": "TokenPowerBench",
}


class Check(NamedTuple):
    """Predicted over measured, over some rows: how many, median, 5 and 95 %, geometric error, and share within the range."""

    rows: int
    median: float
    low: float
    high: float
    error: float
    inside: float | None = None


def quantile(values: Iterable[float], share: float) -> float:
    """Return the value below which a share of values lies, between neighbours by their distance."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def check(ratios: Sequence[float], inside: float | None = None) -> Check:
    """Return what ratios of predicted over measured say; the geometric error is the mean factor by which they miss."""
    error = math.exp(statistics.fmean(abs(math.log(ratio)) for ratio in ratios))
    bounds = quantile(ratios, 0.05), quantile(ratios, 0.95)
    return Check(len(ratios), statistics.median(ratios), *bounds, error, inside)


def table(name: str) -> list[dict[str, str]]:
    """Return the rows of a file of measurements."""
    with (FOLDER / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def predicted(row: Mapping[str, str]) -> float:
    """Return the electricity of one request in joules by the shipped token model, at its best estimates."""
    context = Context(lca.catalogue(), Sampler(0, 0), 2025, {}, "-")

    def stated(name: str, unit: str = "1", value: str = "") -> Stated:
        return Stated(f"check.{name}", float(value or row[name]), unit)

    def sampled(name: str, unit: str = "1", value: str = "") -> Any:
        return context.sample(stated(name, unit, value))

    cache = sampled("cache", "GB") if row["cache"] else context.default("token-model/cache-per-token")
    size = Size(
        active=sampled("active"),
        parameters=sampled("total"),
        gigabytes=sampled("bytes", "GB"),
        cache=cache,
        mixed=float(row["total"]) > float(row["active"]),
    )
    tokens = Tokens("check", output=stated("output"), input=stated("input"), batch=stated("batch"))
    return accelerator_energy(context, tokens, size).best_in("J", "check")


def token_model() -> dict[str, Check]:
    """Return the token model against the held-out rows, by group and as a whole (`all`)."""
    groups: dict[str, list[float]] = {name: [] for name in GROUPS}
    for row in table("held-out.csv"):
        groups[row["group"]].append(predicted(row) / float(row["measured"]))
    return {name: check(ratios) for name, ratios in groups.items()} | {
        "all": check([ratio for ratios in groups.values() for ratio in ratios])
    }


@functools.cache
def measured() -> tuple[dict[str, str], ...]:
    """Return all measured rows of tasks."""
    return tuple(table("measured.csv"))


def fitted_models() -> dict[tuple[str, str], set[str]]:
    """Return the models that classes are made of, by task and class of size: the first, third, ... by name."""
    models: dict[tuple[str, str], set[str]] = {}
    for row in measured():
        if row["source"] == FITTED_ON:
            models.setdefault((row["task"], size_class(float(row["parameters"]))), set()).add(row["model"])
    return {group: set(sorted(names)[::2]) for group, names in models.items()}


def is_fitted(row: Mapping[str, str], fitted: Mapping[tuple[str, str], set[str]]) -> bool:
    """Say whether a row is one that classes are made of."""
    group = row["task"], size_class(float(row["parameters"]))
    return row["source"] == FITTED_ON and row["model"] in fitted[group]


def classes_of(row: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys of the classes that a row belongs to, the widest first."""
    size = f"request/{row['task']}/{size_class(float(row['parameters']))}"
    hardware = f"{size}/{row['hardware']}"
    return f"request/{row['task']}", size, hardware, f"{hardware}/{batch_class(float(row['batch']))}"


def measured_classes(source: str) -> Iterator[tuple[str, str, Check]]:
    """Yield the classes against the rows of a source that they are not made of, by task and by how much is stated."""
    book, fitted = lca.catalogue(), fitted_models()
    found: dict[tuple[str, int], list[tuple[float, bool]]] = {}
    for row in measured():
        if row["source"] != source or is_fitted(row, fitted):
            continue
        for depth, key in enumerate(classes_of(row)):
            factor = book.find(key)
            if factor is not None and factor.source.id == "mlenergy":
                value, bounds = float(row["energy"]), factor.uncertainty
                inside = bounds.low <= value <= bounds.high  # type: ignore[union-attr]
                found.setdefault((row["task"], depth), []).append((factor.value / value, inside))
    stated = ("task", "task and size", "task, size and accelerator", "task, size, accelerator and batch")
    for (task, depth), pairs in sorted(found.items()):
        share = sum(inside for _, inside in pairs) / len(pairs)
        yield task, stated[depth], check([ratio for ratio, _ in pairs], share)


def lines() -> Iterator[str]:
    """Yield the section of the page."""
    yield from (
        "## Energy of inference against measurements",
        "",
        "The token model and the measured classes, predicted over measured, on rows that they were **not fitted on**",
        "(`tests/cases/inference/`; electricity of the accelerators for one request, without host, idle time and PUE). The",
        "geometric error is the mean factor by which a prediction misses, up or down. Nearly all of it comes from one laboratory,",
        "so it shows the form and not independence.",
        "",
        "### Token model",
        "",
        "| Rows | Number | Median | 5 % to 95 % | Geometric error |",
        "|---|---|---|---|---|",
    )
    names = GROUPS | {"all": "**All**"}
    for name, found in token_model().items():
        yield f"| {names[name]} | {found.rows} | {_figures(found)} |"
    yield from (
        "",
        "One row of the fourth group is doubtful (0.20 J a written token, beside 0.35 in the same table) and is kept. Software of",
        "2024 took about 1.55 times as much.",
    )
    for source, title, why in (
        (
            FITTED_ON,
            "Measured classes, the half of the models that they are not made of",
            "Same laboratory and software.",
        ),
        (OLDER, "Measured classes, older rows", "ML.ENERGY v2: other models, A100 and H100, software of 2024."),
    ):
        yield from (
            "",
            f"### {title}",
            "",
            why,
            "",
            "| Task | What is stated | Rows | Median | 5 % to 95 % | Geometric error | Within the printed range |",
            "|---|---|---|---|---|---|---|",
        )
        for task, stated, found in measured_classes(source):
            yield f"| {task} | {stated} | {found.rows} | {_figures(found)} | {found.inside:.0%} |"
    yield from (
        "",
        f"There are {len(SIZES)} classes of size and {len(BATCHES)} of batch. A class is the median of its configurations; its",
        "range holds 95 % of them, and at least a factor of five either way: models of one class differ so much, and the factor",
        "was declared with this check in view.",
        "",
    )


def _figures(found: Check) -> str:
    return f"{found.median:.2f} | {found.low:.2f} to {found.high:.2f} | {found.error:.2f}"

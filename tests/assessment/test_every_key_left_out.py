"""Leaving any key of an example out makes nothing look better without a word: its totals, its costs, its net, its verdicts."""

from __future__ import annotations

import copy
import functools
import json
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import ROOT
from msgspec import Struct

import lca
from lca import Assessment
from lca.descriptor.document import read_document
from lca.problems import ProblemsFound

PROJECTS = ROOT / "projects"
Path = tuple[str, ...]

#: Examples, and how many of their keys may be left out: every part of the descriptor stands in one of them.
WALKED = {
    "alexnet-2012": 35,
    "api-assistant": 58,
    "controlnet-sam": 30,
    "training-set-size": 68,
    "transition-call": 177,
    "vineyard": 75,
}
#: Keys whose loss lowers something though no new line says so, and where else a reader finds it.
TOLD_ELSEWHERE = {
    "models.summariser.precision": "the catalogue's default precision, which the study takes for another model already",
    "inference.questions.api.cached_input": "tokens in a cache come on top of the others",
    "transfer.mesures.network": "the catalogue's default network, which the study takes elsewhere already",
    "inference.conseils.network": "the boundary says that the network of the service is not described",
    "benefit.reference.alternatives.controls.credible": "`why_not` says that it is none; the adverse test takes it anyway",
    "benefit.reference.alternatives.bulletin.credible": "`why_not` says that it is none",
}


class Seen(Struct, frozen=True):
    """What a reader sees of a study: amounts, verdicts, all that is told, and what is counted."""

    totals: dict[str, float]
    costs: dict[str, float]
    nets: dict[str, float]
    verdicts: dict[str, str]
    told: set[object]
    activities: set[str]


def keys(node: Any, path: Path = ()) -> Iterator[Path]:
    """Yield the path of every key of maps within maps."""
    for key, value in node.items() if isinstance(node, dict) else ():
        yield (*path, key)
        yield from keys(value, (*path, key))


def without(data: Any, path: Path) -> Any:
    """Return data without a key; maps that this leaves empty go with it."""
    made = copy.deepcopy(data)
    nodes = [made]
    for key in path[:-1]:
        nodes.append(nodes[-1][key])
    for node, key in zip(reversed(nodes), reversed(path), strict=True):
        del node[key]
        if node:
            break
    return made


def assess(data: Any) -> Assessment | None:
    try:
        return lca.read(json.dumps(data), name="silence.yaml", folder=PROJECTS).assess(draws=0)
    except ProblemsFound:
        return None


def seen(found: Assessment) -> Seen:
    printed = json.loads(found.json())
    study, money = found.benefit.study, found.money
    physical = {f"{line.effect.name}.{line.flow.name}": line.remains.value for line in found.benefit.physical}
    return Seen(
        {name: part.total.value for name, part in found.footprint.totals.items() if part.total is not None},
        {currency: amount.value for currency, amount in money.totals.items()} if money else {},
        {name: balance.net_project.value for name, balance in study.balances.items()} | physical if study else physical,
        {row: finding["verdict"] for row, finding in printed["checklist"].items()},
        {
            *((problem.code, problem.message) for problem in found.problems),
            *((gap.activity, gap.part, gap.indicator) for gap in found.footprint.gaps),
            *(row["path"] for row in printed["inputs"] if row["evidence"] in ("default", "proxy")),
            *((cost.path, cost.reason) for cost in (money.unpriced if money else ())),
            *((question.code, question.path) for question in found.benefit.open_questions),
        },
        {flow.activity for flow in found.footprint.flows},
    )


def better(before: Seen, after: Seen) -> Iterator[str]:
    """Yield what looks better without a word after something was left out."""
    passed = {row for row, verdict in after.verdicts.items() if verdict == "pass"}
    yield from (f"verdict {row}" for row in passed if before.verdicts.get(row, "pass") != "pass")
    if after.told - before.told:
        return
    yield from (f"net {name}" for name, net in after.nets.items() if net > before.nets.get(name, net) + abs(net) * 1e-9)
    if after.activities == before.activities:
        for name, amounts, less in (("total", before.totals, after.totals), ("cost", before.costs, after.costs)):
            yield from (f"{name} {of}" for of, amount in less.items() if amount < amounts.get(of, amount) * (1 - 1e-9))


@functools.cache
def walk(name: str) -> tuple[int, dict[str, list[str]]]:
    """Return how many keys of an example may be left out, and what looks better for the loss of which."""
    text = (PROJECTS / f"{name}.yaml").read_text("utf-8")
    data = read_document(text, name).data
    whole = assess(data)
    assert whole is not None
    before, left_out = seen(whole), 0
    found: dict[str, list[str]] = {}
    for path in keys({key: part for key, part in data.items() if key not in ("scenarios", "stated_results")}):
        less = assess(without(data, path))
        if less is None:
            continue  # it may not be left out
        left_out += 1
        if wrong := sorted(better(before, seen(less))):
            found[".".join(path)] = wrong
    return left_out, found


@pytest.mark.parametrize("name", WALKED)
def test_what_is_left_out_never_helps_without_a_word(name: str) -> None:
    left_out, found = walk(name)
    assert {path: what for path, what in found.items() if path not in TOLD_ELSEWHERE} == {}
    assert left_out == WALKED[name]


def test_every_exception_is_met() -> None:
    met = {path for name in WALKED for path in walk(name)[1]}
    assert met == TOLD_ELSEWHERE.keys()

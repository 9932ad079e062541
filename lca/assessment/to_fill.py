"""What a descriptor does not say yet, as blocks to uncomment: stages, rows of the checklist, and the defaults that weigh most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from lca.assessment.record import Record
from lca.descriptor.commented_blocks import Block
from lca.presenting.typography import plain
from lca.presenting.writer import Writer
from lca.quantities.provenance import Factor, Stated
from lca.quantities.trees import number
from lca.subjects.checklist.assess import open_rows
from lca.subjects.footprint.declared import ProductSystem

#: The default by the last part of its name in the catalogue: the maps whose entries may state it, and the key.
_STATED_BY = {
    "utilisation": (("machines",), "utilisation"),
    "lifetime": (("machines", "devices"), "lifetime"),
    "power_without_gpus": (("machines",), "host_power"),
    "average_power_share_of_tdp": (("training", "experiments", "inference"), "gpu_load"),
    "daily_use": (("devices",), "daily_use"),
    "active_power": (("devices",), "power"),
}
#: A default that narrows the interval by less is not asked for; nor are more than so many.
LEAST, MOST = 0.01, 5


def blocks_to_fill(record: Record, writer: Writer) -> Iterator[Block]:
    """Yield a block for each stage that is neither described nor excluded, default that weighs, and row without an answer."""
    for block in _blocks(record, writer):
        yield replace(block, title=plain(block.title), lines=tuple(map(plain, block.lines)))


def _blocks(record: Record, writer: Writer) -> Iterator[Block]:
    words: Mapping[str, Any] = writer.words["fill"]
    yield from _stages(record, words, writer)
    yield from _defaults(record, words)
    for finding in open_rows(record.checklist.findings):
        row = finding.criterion
        lines = (f"{row.id}:", f"  answer: unknown   # {words['answer']}", f"  justification: {words['justification']}")
        yield Block(("checklist", "answers"), row.id, row.question.in_(writer.language), lines)


def _stages(record: Record, words: Mapping[str, Any], writer: Writer) -> Iterator[Block]:
    system = record.study[ProductSystem]
    for status in record.footprint.boundary:
        if status.status != "not-assessed":
            continue
        stage = status.stage
        described = _description(system, stage, words)
        title = writer.words[stage] + writer.words["colon"] + " "
        if described:
            yield Block((), stage, title + words["stages"].format(stage=stage), (f"{stage}:", f"  {described}"))
        else:
            line = f"{stage}: {{reason: {words['reason']}}}"
            yield Block(("goal", "excluded"), stage, title + words["excluded"].format(stage=stage), (line,))


def _description(system: ProductSystem, stage: str, words: Mapping[str, Any]) -> str:
    """Return an activity of a stage as it may be written with the names of a project; empty where it lacks what it needs."""
    site, machine, training = (next(iter(names), "") for names in (system.sites, system.machines, system.training))
    if stage == "collection":
        return f"corpus: {{kind: existing, reason: {words['public'].replace(',', '')}, estimated_share: <0.01>}}"
    if stage == "experiments" and training:
        return f"exploration: {{repeats: training.{training}, runs: <20>, relative_duration: <0.2>, reason: {words['search']}}}"
    if stage == "inference" and machine:
        return f"service: {{on: {machine}, volume: <1000 request/day>, time_per_request: <1 s>, duration: <2 year>}}"
    if stage == "transfer" and site:
        return f"corpus: {{volume: <500 GB>, network: fixed, site: {site}}}"
    if stage == "storage" and site:
        return f"corpus: {{volume: <500 GB>, duration: <3 year>, copies: <2>, medium: hdd, site: {site}}}"
    return ""


def _defaults(record: Record, words: Mapping[str, Any]) -> Iterator[Block]:
    """Yield a block for each key that would replace one of the defaults that make the interval of climate change wide."""
    for narrowing in [n for n in record.crosscheck.worth_measuring if n.shrinks_by >= LEAST and _places(n.leaf)][:MOST]:
        share = f"{100 * narrowing.shrinks_by:.0f}"
        for (group, name, key), leaf in replaceable(record, [narrowing.leaf]):
            value = f"{number(leaf.value)} {leaf.unit}".removesuffix(" 1")
            title = words["default"].format(meaning=words[key], value=value, share=share)
            yield Block((group, name), f"{group}.{name}.{key}", title, (f"{key}: <{value}>",))


def replaceable(record: Record, leaves: Iterable[Factor | Stated]) -> Iterator[tuple[tuple[str, str, str], Factor]]:
    """Yield where a descriptor could state its own value in place of a default, with that default: map, name and key."""
    for leaf in leaves:
        groups, key = _places(leaf) or ((), "")
        if isinstance(leaf, Factor):
            for group, name in _lacking(record.study[ProductSystem], groups, key, leaf.key):
                yield (group, name, key), leaf


def _places(leaf: Factor | Stated) -> tuple[tuple[str, ...], str] | None:
    """Return the maps whose entries may state a default, and the key that does; None where no single key does."""
    if not isinstance(leaf, Factor):
        return None
    kind, _, rest = leaf.key.partition("/")
    if kind in ("pue", "wue"):
        return ("sites",), kind
    return _STATED_BY.get(rest.rpartition("/")[2]) if kind == "parameter" else None


def _lacking(system: ProductSystem, groups: Iterable[str], key: str, default: str) -> Iterator[tuple[str, str]]:
    """Yield the entries that take a default: those of its archetype, where it has one, that do not state the key."""
    archetype = default.split("/")[1] if default.count("/") == 2 else ""
    for group in groups:
        for name, entry in getattr(system, group).items():
            own: Any = getattr(entry, "archetype", None) or getattr(entry, "kind", None)
            fits = group not in ("machines", "devices") or own == archetype
            works = group not in ("training", "experiments", "inference") or bool(getattr(entry, "on", None))
            if fits and works and getattr(entry, key, None) is None:
                yield group, name

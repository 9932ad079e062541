"""What a figure of an export covers: which stages it counts, where it is a least, and what a format leaves out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from lca.exporters.exporter import Asked
from lca.quantities.formula import total
from lca.quantities.quantity import Quantity
from lca.subjects.footprint.assess import Footprint
from lca.subjects.footprint.flow import BOTH, STAGES


def is_least(footprint: Footprint, indicator: str, stages: Collection[str] = STAGES, scope: str = "") -> bool:
    """Say whether some line of these stages, of one scope where it is named, is not counted, so that a figure is a least."""
    if scope:
        left = (gap for gap in footprint.gaps if gap.stage in stages and gap.scope in (scope, BOTH))
        return any(gap.leaves_open(indicator) for gap in left)
    return not all(lines.whole for stage, lines in footprint.coverage[indicator].items() if stage in stages)


def of_stages(footprint: Footprint, indicator: str, stages: Iterable[str], scope: str = "total") -> Quantity | None:
    """Return what some stages add up to on an indicator, by scope or in all; None where nothing was assessed."""
    parts = [footprint.by_stage[stage].get(indicator) for stage in stages if stage in footprint.by_stage]
    found = [quantity for part in parts if part is not None and (quantity := getattr(part, scope)) is not None]
    return total(f"{indicator}, {scope}", found[0].unit, found) if found else None


def energy_of_stages(footprint: Footprint, stages: Iterable[str]) -> Quantity | None:
    """Return the electricity of some stages at the sites; None where there is none."""
    found = [footprint.energy_by_stage[stage] for stage in stages if stage in footprint.energy_by_stage]
    return total("energy", "kWh", found) if found else None


def told(asked: Asked, quantity: Quantity | None, least: bool = False) -> str:
    """Write a figure with its interval; a least says so, and what was not assessed is never a number."""
    writer, words = asked.writer, asked.words
    if quantity is None:
        return str(writer.words["not_assessed"])
    amount = writer.amount(quantity)
    written = str(words["at_least"].format(amount=amount) if least else amount)
    if quantity.is_open or not quantity.is_drawn:
        return written
    return str(words["with_interval"].format(amount=written, interval=writer.interval(quantity)))


def scope_lines(asked: Asked) -> Iterator[str]:
    """Yield which stages are counted, which are excluded and why, which are not described, and what in them has no factor."""
    footprint, writer, words = asked.record.footprint, asked.writer, asked.words

    def named(stage: str, reason: str = "") -> str:
        name = str(writer.words[stage])
        return f"{name} ({reason})" if reason and reason != "in-use" else name

    for status in ("counted", "excluded", "not-assessed"):
        rows = [named(s.stage, s.reason) for s in footprint.boundary if s.status == status]
        if rows:
            yield words["stages"][status].format(stages=", ".join(rows))
    if footprint.is_partial("gwp100"):
        yield words["least"]
    if not asked.record.fingerprint.draws:
        yield words["no_draws"]


def _has_other_indicators(asked: Asked) -> bool:
    return any(part.total is not None for name, part in asked.record.footprint.totals.items() if name != "gwp100")


def _has_other_stages(asked: Asked) -> bool:
    return bool(set(asked.record.footprint.by_stage) - {"training", "experiments"})


#: What a format may have no place for, and whether a study has it.
_HAS: Mapping[str, Callable[[Asked], bool]] = {
    "intervals": lambda asked: asked.record.fingerprint.draws > 0,
    "energy_interval": lambda asked: asked.record.fingerprint.draws > 0,
    "manufacture": lambda asked: asked.record.footprint.totals["gwp100"].embodied is not None,
    "indicators": _has_other_indicators,
    "stages": _has_other_stages,
    "benefit": lambda asked: asked.record.benefit.study is not None,
    "money": lambda asked: asked.record.money is not None,
    "scenarios": lambda asked: bool(asked.record.scenarios),
    "market_based": lambda asked: asked.record.footprint.market_based is not None,
    "gaps": lambda asked: bool(asked.record.footprint.gaps),
}


def limits_of(asked: Asked, names: Iterable[str]) -> tuple[str, ...]:
    """Return, of what a format has no place for, that which the study has, in sentences."""
    return tuple(str(asked.words["limits"][name]) for name in names if name not in _HAS or _HAS[name](asked))

"""Uncertainty: drivers, what to measure, other sources, and all inputs with their evidence."""

from __future__ import annotations

from lca.presenting.input_names import coverage_of, name_of
from lca.presenting.writer import Writer
from lca.quantities.drivers import Driver
from lca.quantities.provenance import Evidence, Factor, Stated
from lca.quantities.quantity import Quantity
from lca.quantities.trees import leaves
from lca.quantities.uncertainty import SplitLognormal, sampling_error
from lca.quantities.units import conversion
from lca.subjects.crosscheck.assess import Crosscheck
from lca.subjects.crosscheck.charts import tornado
from lca.subjects.footprint.assess import Footprint
from lca.subjects.subject import Assessed, View

#: The codes of claims, which have a section of their own.
CLAIMS = "LCA8"

#: Inputs below both do not drive anything that is printed.
NOTABLE_SHARE, NOTABLE_ELASTICITY = 0.002, 0.05


def uncertainty(assessed: Assessed, writer: Writer) -> View:
    """Return what the section on uncertainty needs."""
    climate = assessed.results[Footprint].totals["gwp100"].total
    ranked = assessed.results[Crosscheck].drivers
    used = leaves(assessed.roots)
    defaults = [q for q in used if isinstance(q.origin, Factor)]
    rules = {q.origin.uncertainty_rule for q in defaults if isinstance(q.origin, Factor)}
    notable = [d for d in ranked if d.variance_share > NOTABLE_SHARE or abs(d.elasticity) > NOTABLE_ELASTICITY]
    doubts = [problem for problem in assessed.problems if not problem.code.startswith(CLAIMS)]
    return {
        "footprint": assessed.results[Footprint],
        "claims_found": len(assessed.problems) - len(doubts),
        "warnings": doubts,
        "defaults": defaults,
        "stated": [q for q in used if isinstance(q.origin, Stated) and _is_of_descriptor(q.origin)],
        "range_of": lambda q: _range(q, writer),
        "rules": [assessed.book.classes[rule] for rule in sorted(rules & assessed.book.classes.keys())],
        "drivers": notable[:10],
        "worth_measuring": assessed.results[Crosscheck].worth_measuring,
        "sampling": sampling_error(climate.draws) if climate is not None else None,
        "shared_error": _shared_error(assessed, climate, writer) if ranked and climate is not None else "",
        "spread": assessed.results[Crosscheck].spread,
        "evidence_order": [evidence.word for evidence in reversed(Evidence)],
        "name_of": lambda leaf: name_of(leaf, writer, assessed.book),
        "coverage_of": lambda factor: coverage_of(factor, writer),
        "at_bounds": lambda driver: _at_bounds(driver, climate, writer),
        "in_unit": lambda factor, unit: _in_unit(factor, unit, writer),
        "charts": _charts(climate, ranked, assessed, writer) if climate is not None and climate.value else {},
    }


def _is_of_descriptor(leaf: Stated) -> bool:
    """Say whether a value stands in the descriptor; a definition only bears the place of what it serves."""
    return leaf.location.file != "-" and not leaf.path.startswith("definition.")


def _range(quantity: Quantity, writer: Writer) -> str:
    """Return an input's 95 % range: as it is stated where it is, else that of its draws."""
    origin = quantity.origin
    if isinstance(origin, Stated) and isinstance(origin.uncertainty, SplitLognormal) and len(quantity.draws) > 1:
        return writer.bounded(quantity, quantity.value, origin.uncertainty.low, origin.uncertainty.high)[1]
    return writer.interval(quantity)


def _shared_error(assessed: Assessed, climate: Quantity, writer: Writer) -> str:
    """Return the intervals at a correlation of zero and of one between the factors of a source, in one sentence."""
    shared = assessed.results[Crosscheck].shared_error
    if shared is None:
        return ""
    low, _, high = shared
    text: str = writer.words["shared_error"]
    apart, together = writer.interval(climate), writer.bounded(climate, climate.value, low, high)[1]
    sentence = text.format(independent=apart, shared=together)
    own_low, _, own_high = climate.interval()
    return f"{sentence} {writer.words['shared_narrower']}" if high - low < own_high - own_low else sentence


def _at_bounds(driver: Driver, climate: Quantity | None, writer: Writer) -> str:
    """Return the figure with an input at its two bounds, the lower figure first."""
    if climate is None or driver.low == driver.high:
        return "–"
    return writer.bounded(climate, climate.value, *sorted((driver.low, driver.high)))[1]


def _in_unit(factor: Factor, unit: str, writer: Writer) -> str:
    value = float(f"{factor.value * conversion(factor.unit, unit):.4g}")
    return writer.in_unit(value, writer.unit(unit))


def _charts(climate: Quantity, ranked: tuple[Driver, ...], assessed: Assessed, writer: Writer) -> dict[str, str]:
    scale, unit = writer.readable(climate)

    def name(driver: Driver) -> str:
        full = name_of(driver.leaf, writer, assessed.book)
        return full if len(full) <= 48 else full[:45] + "…"

    moved = [(name(d), d.low * scale, d.high * scale) for d in ranked[:10] if d.low != d.high]
    return {"tornado": tornado(moved, climate.value * scale, unit, writer.words)} if moved else {}

"""The same project seen by other methods with the sentence to paste; uncertainty: drivers, what to measure, all inputs."""

from __future__ import annotations

from collections.abc import Sequence

from lca.presenting.input_names import coverage_of, name_of
from lca.presenting.svg import Drawing
from lca.presenting.writer import Writer
from lca.quantities.bounds import unbounded
from lca.quantities.drivers import Driver
from lca.quantities.formula import total
from lca.quantities.provenance import Evidence, Factor, Stated
from lca.quantities.quantity import Quantity
from lca.quantities.trees import leaves
from lca.quantities.uncertainty import SplitLognormal, sampling_error
from lca.quantities.units import conversion, same_dimension
from lca.subjects.crosscheck.assess import Crosscheck
from lca.subjects.crosscheck.charts import tornado
from lca.subjects.crosscheck.likely_causes import Cause
from lca.subjects.crosscheck.other_methods import MethodResult
from lca.subjects.footprint.assess import Footprint
from lca.subjects.subject import Assessed, Section, View

#: The codes of claims, which have a section of their own.
CLAIMS = "LCA8"

#: Inputs below both do not drive anything that is printed.
NOTABLE_SHARE, NOTABLE_ELASTICITY = 0.002, 0.05


def methods(assessed: Assessed, writer: Writer) -> View:
    """Return what the section on other methods needs."""
    seen = assessed.results[Crosscheck].methods
    return {
        "footprint": assessed.results[Footprint],
        "crosscheck": assessed.results[Crosscheck],
        "methods_seen": seen,
        "sci": assessed.results[Crosscheck].sci,
        "mlca": _embodied_of(assessed, seen),
        "paste": _to_paste(seen, writer),
        "coverages": _coverages(seen, writer),
        "method_names_seen": list(dict.fromkeys(result.name for result in seen)),
        "method_title": lambda result: title(result, writer),
        "because": lambda cause: because(cause, writer),
    }


def because(cause: Cause, writer: Writer) -> str:
    """Return in words why a printed figure differs; an empty text where nothing is known."""
    if not cause.name:
        return ""

    def amount(value: float | None) -> str:
        unit = "" if cause.unit == "1" else writer.unit(cause.unit)
        return "" if value is None else f"{writer.all_digits(value)}\u00a0{unit}".rstrip()

    text: str = writer.words["causes"][cause.name]
    return text.format(detail=cause.detail, value=amount(cause.value), other=amount(cause.other))


def title(result: MethodResult, writer: Writer) -> str:
    """Return the name of a method with the version of its data, or of the tool."""
    name: str = writer.words["method_names"][result.name]
    if not result.version:
        return name
    if result.name == "green-algorithms":
        return f"{name}, {writer.words['data_version']} v{result.version}"
    return f"{name} {result.version}"


def _coverages(results: Sequence[MethodResult], writer: Writer) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Return which activities the methods count and leave out, methods that count the same ones together."""
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], dict[str, None]] = {}
    for result in results:
        names = found.setdefault((result.counted, result.left_out), {})
        names[writer.words["method_names"][result.name]] = None
    return [(", ".join(names), counted, left_out) for (counted, left_out), names in found.items()]


def _embodied_of(assessed: Assessed, results: Sequence[MethodResult]) -> Quantity | None:
    """Return the manufacture carried by the activities that other methods count; MLCA allocates it by the same rule."""
    counted = {activity for result in results for activity in result.counted}
    parts = [
        part
        for activity in assessed.results[Footprint].by_activity
        if activity in counted and "gwp100" in assessed.results[Footprint].by_activity[activity]
        if (part := assessed.results[Footprint].by_activity[activity]["gwp100"].embodied) is not None
    ]
    return total("embodied by time of use", "kgCO2e", parts) if parts else None


def _to_paste(results: Sequence[MethodResult], writer: Writer) -> str:
    """Return one sentence with the newest Green Algorithms figure, as the calls that ask for it need it."""
    known = [r for r in results if r.name == "green-algorithms" and r.energy is not None and r.carbon is not None]
    if not known:
        return ""
    newest = known[-1]
    text: str = writer.words["paste"]
    figure = text.format(
        version=newest.version, energy=writer.amount(newest.energy), carbon=writer.amount(newest.carbon)
    )
    beside: str = writer.words["equivalents"]
    names = writer.words["equivalent_names"]
    parts = [names[name].format(amount=_equivalent(quantity, writer)) for name, quantity in newest.equivalents.items()]
    return f"{figure} {beside.format(list=', '.join(parts))}" if parts else figure


def _equivalent(quantity: Quantity, writer: Writer) -> str:
    """Write an equivalence, a time in months as the calculator does, to two digits: it is an order of magnitude."""
    if same_dimension(quantity.unit, "month"):
        months = quantity.value * conversion(quantity.unit, "month")
        return f"{writer.number(months, 2)}\u00a0{writer.counted_unit('month', months)}"
    number = writer.number(quantity.value, 2)
    return number if quantity.unit == "1" else f"{number}\u00a0{writer.unit(quantity.unit)}"


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
        "questions": assessed.results[Crosscheck].questions,
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
    spread = unbounded(origin.uncertainty) if isinstance(origin, Stated) and quantity.is_drawn else None
    if isinstance(spread, SplitLognormal):
        return writer.bounded(quantity, quantity.value, spread.low, spread.high)[1]
    return writer.interval(quantity)


def _shared_error(assessed: Assessed, climate: Quantity, writer: Writer) -> str:
    """Return the intervals at a correlation of zero and of one between the factors of a source, in one sentence."""
    shared = assessed.results[Crosscheck].shared_error
    if shared is None:
        return ""
    low, _, high = shared
    text: str = writer.words["shared_error"]
    apart, together = writer.interval(climate), writer.bounded(climate, climate.value, low, high)[1]
    return text.format(independent=apart, shared=together)


def _at_bounds(driver: Driver, climate: Quantity | None, writer: Writer) -> str:
    """Return the figure with an input at its two bounds, the lower figure first."""
    if climate is None or driver.low == driver.high:
        return "–"
    return writer.bounded(climate, climate.value, *sorted((driver.low, driver.high)))[1]


def _in_unit(factor: Factor, unit: str, writer: Writer) -> str:
    value = float(f"{factor.value * conversion(factor.unit, unit):.4g}")
    return writer.in_unit(value, writer.unit(unit))


def _charts(climate: Quantity, ranked: tuple[Driver, ...], assessed: Assessed, writer: Writer) -> dict[str, Drawing]:
    scale, unit = writer.readable(climate)
    moved = [
        (name_of(driver.leaf, writer, assessed.book), driver.low * scale, driver.high * scale)
        for driver in ranked[:10]
        if driver.low != driver.high
    ]
    return {"tornado": tornado(moved, climate.value * scale, unit, writer.words)} if moved else {}


SECTIONS = (
    Section("uncertainty", "crosscheck/uncertainty.html.j2", uncertainty),
    Section("methods", "crosscheck/methods.html.j2", methods),
)

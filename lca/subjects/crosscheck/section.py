"""The same project seen by other methods, and the sentence to paste."""

from __future__ import annotations

from collections.abc import Sequence

from lca.presenting.writer import Writer
from lca.quantities.formula import total
from lca.quantities.quantity import Quantity
from lca.quantities.units import conversion, same_dimension
from lca.subjects.crosscheck.assess import Crosscheck
from lca.subjects.crosscheck.likely_causes import Cause
from lca.subjects.crosscheck.other_methods import MethodResult
from lca.subjects.crosscheck.uncertainty_view import uncertainty
from lca.subjects.footprint.assess import Footprint
from lca.subjects.subject import Assessed, Section, View


def view(assessed: Assessed, writer: Writer) -> View:
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


SECTIONS = (
    Section("uncertainty", "crosscheck/uncertainty.html.j2", uncertainty),
    Section("methods", "crosscheck/methods.html.j2", view),
)


def because(cause: Cause, writer: Writer) -> str:
    """Return in words why a printed figure differs; an empty text where nothing is known."""
    if not cause.name:
        return ""

    def amount(value: float | None) -> str:
        unit = "" if cause.unit == "1" else writer.unit(cause.unit)
        return "" if value is None else f"{writer.trimmed(value)}\u00a0{unit}".rstrip()

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
        months = writer.number(quantity.value * conversion(quantity.unit, "month"), 2)
        return f"{months}\u00a0{writer.unit('month')}{'s' if writer.language == 'en' else ''}"
    number = writer.number(quantity.value, 2)
    return number if quantity.unit == "1" else f"{number}\u00a0{writer.unit(quantity.unit)}"

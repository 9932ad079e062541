"""The frugality panel and the project among published figures."""

from __future__ import annotations

from typing import Any

from lca.assessment.record import Record
from lca.presenting.writer import Writer
from lca.quantities.units import conversion
from lca.subjects.frugality import charts


def view(assessment: Record, writer: Writer) -> dict[str, Any]:
    """Return what the frugality panel needs."""
    climate = assessment.footprint.totals["gwp100"].total
    marks = [
        charts.Mark(in_language(factor.label, writer), factor.value * conversion(factor.unit, "kgCO2e"))
        for factor in assessment.frugality.published
    ]
    if climate is not None and climate.value > 0:
        low, _, high = climate.interval()
        name = writer.words["frugality_words"]["this_project"]
        marks.append(charts.Mark(name, climate.value, (max(low, climate.value * 1e-3), high)))
    marks.sort(key=lambda mark: mark.value)
    return {
        "mass": lambda factor: _mass(factor.value * conversion(factor.unit, "kgCO2e"), writer) + " CO₂e",
        "in_language": lambda text: in_language(text, writer),
        "charts": {"magnitudes": charts.magnitudes(marks, lambda kilograms: _mass(kilograms, writer))},
    }


def in_language(text: str, writer: Writer) -> str:
    """Return the language's half of a catalogue text written as `English|French`."""
    english, _, french = text.partition("|")
    return french if writer.language == "fr" and french else english


def _mass(kilograms: float, writer: Writer) -> str:
    """Write a mass of CO2e in the unit that a person reads, three digits."""
    units = (("tCO2e", "t"), ("kgCO2e", "kg"), ("gCO2e", "g"))
    amounts = [(kilograms * conversion("kgCO2e", unit), written) for unit, written in units]
    amount, written = next((pair for pair in amounts if pair[0] >= 1), amounts[-1])
    return f"{writer.trimmed(float(f'{amount:.3g}'))}\u00a0{written}"

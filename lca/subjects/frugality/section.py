"""The frugality panel and the project among published figures."""

from __future__ import annotations

from lca.presenting.input_names import label_in
from lca.presenting.writer import Writer
from lca.quantities.units import conversion
from lca.subjects.footprint.assess import Footprint
from lca.subjects.frugality import charts
from lca.subjects.frugality.assess import Frugality
from lca.subjects.subject import Assessed, Section, View


def view(assessed: Assessed, writer: Writer) -> View:
    """Return what the frugality panel needs."""
    footprint, frugality = assessed.results[Footprint], assessed.results[Frugality]
    climate = footprint.climate
    marks = [
        charts.FootprintMark(label_in(factor.label, writer), factor.value * conversion(factor.unit, "kgCO2e"))
        for factor in frugality.published
    ]
    if climate is not None and climate.value > 0:
        low, _, high = climate.interval()
        name = writer.words["frugality_words"]["this_project"]
        marks.append(charts.FootprintMark(name, climate.value, (max(low, climate.value * 1e-3), high)))
    marks.sort(key=lambda mark: mark.value)
    return {
        "frugality": frugality,
        "footprint": footprint,
        "partial": {"gwp100": footprint.is_partial("gwp100")},
        "mass": lambda factor: _mass(factor.value * conversion(factor.unit, "kgCO2e"), writer) + " CO₂e",
        "in_language": lambda label: label_in(label, writer),
        "charts": {"magnitudes": charts.magnitudes(marks, lambda kilograms: _mass(kilograms, writer))},
    }


SECTIONS = (Section("frugality", "frugality/section.html.j2", view),)


def _mass(kilograms: float, writer: Writer) -> str:
    """Write a mass of CO2e in the unit that a person reads, three digits."""
    units = (("tCO2e", "t"), ("kgCO2e", "kg"), ("gCO2e", "g"))
    amounts = [(kilograms * conversion("kgCO2e", unit), written) for unit, written in units]
    amount, written = next((pair for pair in amounts if pair[0] >= 1), amounts[-1])
    return f"{writer.trimmed(float(f'{amount:.3g}'))}\u00a0{written}"

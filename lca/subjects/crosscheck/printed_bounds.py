"""What stated results imply: emission over energy, power, hours, PUE, manufacture; against the bounds of real projects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from lca.descriptor.descriptor import Descriptor
from lca.problems import Problem
from lca.quantities.quantity import Quantity
from lca.quantities.units import conversion, same_dimension
from lca.subjects.crosscheck.bounds import FAR, HIGHEST_PUE, INTENSITY, SLACK, Limits, fleet_of, too_much
from lca.subjects.crosscheck.declared import StatedResult, StatedResults
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.flow import Use


class _Printed(Struct, frozen=True, eq=False):
    """The stated results of a project by the figure that they name, each in the unit of that figure."""

    results: Mapping[str, tuple[StatedResult, float]]
    figures: Mapping[str, Quantity]

    def value(self, path: str) -> float | None:
        """Return what is printed for a figure, or else what follows from the inputs."""
        if path in self.results:
            return self.results[path][1]
        return self.figures[path].value if path in self.figures else None


def doubtful_results(
    descriptor: Descriptor, figures: Mapping[str, Quantity], limits: Limits, uses: Iterable[Use]
) -> Iterator[Problem]:
    """Yield a warning for each stated result that no real project prints."""
    printed = _Printed(dict(_in_units_of(descriptor, figures)), figures)
    shares = list(uses)
    for path, (stated, value) in printed.results.items():
        messages = (
            _intensity(path, printed),
            _pue(path, printed),
            _power(path, value, printed, limits),
            _hours(path, value, descriptor, limits),
            _manufacture(path, value, descriptor, printed, shares),
        )
        for message in messages:
            if message:
                yield Problem(
                    descriptor.document.at(tuple(stated.path.split("."))), "LCA607", message, "check its unit"
                )


def _in_units_of(
    descriptor: Descriptor, figures: Mapping[str, Quantity]
) -> Iterator[tuple[str, tuple[StatedResult, float]]]:
    for stated in descriptor[StatedResults].stated_results.values():
        figure = figures.get(stated.figure) if not stated.over else None  # of a ratio nothing is implied
        if figure is not None and stated.value is not None and same_dimension(figure.unit, stated.value.unit):
            yield stated.figure, (stated, stated.value.value * conversion(stated.value.unit, figure.unit))


def _intensity(path: str, printed: _Printed) -> str:
    """Doubt emission over energy that no grid has, or that is far from the declared place."""
    prefix = path.removesuffix(".operational").removesuffix(".gwp100")
    if prefix == path or (f"{prefix}.gwp100.embodied" in printed.figures and not path.endswith(".operational")):
        return ""
    energy_path = "energy" if prefix == "total" else f"{prefix}.energy"
    carbon, energy = printed.value(path), printed.value(energy_path)
    if not carbon or not energy or energy_path not in printed.figures or not printed.figures[energy_path].value:
        return ""
    implied = carbon / energy
    declared = printed.figures[path].value / printed.figures[energy_path].value
    low, high = INTENSITY
    if not low <= implied <= high:
        return f"{path} over its energy is {implied:.3g} kgCO2e/kWh, outside {low:g} to {high:g}"
    if declared > 0 and not declared / FAR <= implied <= declared * FAR:
        return f"{path} over its energy is {implied:.3g} kgCO2e/kWh, far from the {declared:.3g} of the declared place"
    return ""


def _pue(path: str, printed: _Printed) -> str:
    """Doubt an energy of the sites that is less than that at the plug, or more than any data centre makes of it."""
    if path not in ("energy", "energy.at_plug"):
        return ""
    whole, plug = printed.value("energy"), printed.value("energy.at_plug")
    if not whole or not plug or 1 / SLACK <= whole / plug <= HIGHEST_PUE * SLACK:
        return ""
    return f"{path} means a PUE of {whole / plug:.3g}, outside 1 to {HIGHEST_PUE:g}"


def _power(path: str, value: float, printed: _Printed, limits: Limits) -> str:
    """Doubt a power, or an energy over the machine time, that the machine cannot draw."""
    activity, _, what = path.rpartition(".")
    work = limits.work.get(activity)
    most = limits.power.get(work.machine.name) if work else None
    if work is None or most is None or what not in ("power", "energy"):
        return ""
    power, unit = value, printed.figures[path].unit
    if what == "energy":
        hours = printed.value(f"{activity}.machine_time")
        if not hours:
            return ""
        power, unit = value / hours / (work.supply.pue.value if work.supply.pue is not None else 1.0), "kW"
    if not too_much(power, unit, most):
        return ""
    return f"{path} means {power * conversion(unit, 'kW'):.3g} kW a machine, whose parts draw {most.value:,.0f} W"


def _hours(path: str, value: float, descriptor: Descriptor, limits: Limits) -> str:
    """Doubt more hours than the machines have in the project's time."""
    activity, _, what = path.rpartition(".")
    work, period = limits.work.get(activity), descriptor.about.duration
    if work is None or period is None:
        return ""
    whole = period.value * conversion(period.unit, "h")
    most = limits.hours.get(work.machine.name) if what == "machine_time" else whole
    if what not in ("machine_time", "wall_clock_time") or most is None or value <= most * SLACK:
        return ""
    return f"{path} is more than the {most:,.0f} h of the project's time"


def _manufacture(path: str, value: float, descriptor: Descriptor, printed: _Printed, uses: list[Use]) -> str:
    """Doubt a manufacture that is more than that of the whole machines."""
    activity = path.removesuffix(".gwp100.embodied")
    shares = [use for use in uses if use.activity == activity]
    if activity == path or len({use.machine for use in shares}) != 1:
        return ""
    worn = sum(use.share.value for use in shares)
    count = fleet_of(descriptor, descriptor[ProductSystem].machines[shares[0].machine])
    whole = printed.figures[path].value / worn * count if worn and count is not None else 0.0
    if not whole or value <= whole * SLACK:
        return ""
    return f"{path} is more than the {whole:,.4g} kgCO2e of the whole machines"

"""Bounds that a figure or an input of a real project does not leave; beyond them the report doubts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lca.activities.flow import Flow, Use
from lca.problems import Location, Problem
from lca.project import Project
from lca.provenance import Stated
from lca.units import conversion

#: Climate impact of electricity, kgCO2e/kWh: below the cleanest grids and above any coal plant.
INTENSITY = (0.005, 1.5)
HIGHEST_PUE = 3.0


def doubts(project: Project, flows: Iterable[Flow], uses: Iterable[Use]) -> Iterator[Problem]:
    """Yield a warning for each input or figure that leaves its bounds."""
    yield from _sites(project)
    yield from _times(project)
    yield from _mixed_coverage(project, list(flows))
    yield from _machines(project, list(uses))


def _at(project: Project, path: str) -> Location:
    return project.document.at(tuple(path.split(".")))


def _sites(project: Project) -> Iterator[Problem]:
    low, high = INTENSITY
    for site in project.sites.values():
        if site.electricity is not None:
            intensity = site.electricity.value * conversion(site.electricity.unit, "kgCO2e/kWh")
            if not low <= intensity <= high:
                message = f"an electricity factor of {intensity:g} kgCO2e/kWh lies outside {low:g} to {high:g}"
                yield Problem(_at(project, f"{site.path}.electricity"), "LCA607", message, "grams and kilograms?")
        if site.pue is not None and site.pue.value > HIGHEST_PUE:
            message = f"a PUE of {site.pue.value:g} is higher than that of any data centre surveyed"
            yield Problem(
                _at(project, f"{site.path}.pue"), "LCA607", message, "total energy of the site over that of its IT?"
            )


def _times(project: Project) -> Iterator[Problem]:
    period = project.project.duration
    if period is None:
        return
    hours = period.value * conversion(period.unit, "h")
    for activity in (*project.training.values(), *project.experiments.values()):
        duration: Stated | None = activity.duration
        if duration is not None and duration.value * conversion(duration.unit, "h") > hours * (1 + 1e-9):
            message = f"{activity.path} lasts longer than the project"
            yield Problem(
                _at(project, f"{activity.path}.duration"), "LCA607", message, "wall-clock time, or processor-hours?"
            )


def _mixed_coverage(project: Project, flows: list[Flow]) -> Iterator[Problem]:
    """Yield a warning where a total adds direct and life-cycle electricity."""
    leaves = [flow.factors.get("gwp100") for flow in flows if flow.key.startswith("electricity/")]
    covered = {word for leaf in leaves for word in getattr(leaf, "coverage", ()) if word in ("direct", "life-cycle")}
    covered |= {s.electricity_coverage for s in project.sites.values() if s.electricity is not None} & {
        "direct",
        "life-cycle",
    }
    if len(covered) > 1:
        message = "the total adds direct and life-cycle electricity factors"
        yield Problem(_at(project, "sites"), "LCA602", message, "compare sites with like coverage only")


def _machines(project: Project, uses: list[Use]) -> Iterator[Problem]:
    for name, machine in project.machines.items():
        worn = sum(use.share.value for use in uses if use.machine == name)
        count = machine.count.value if machine.count is not None else 1.0
        if worn > count * (1 + 1e-9):
            message = f"the activities wear out {worn:.3g} of {count:g} machines `{name}`: more than were made"
            yield Problem(
                _at(project, machine.path), "LCA607", message, "check durations, `count`, `lifetime` and `utilisation`"
            )

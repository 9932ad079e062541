"""Years of use: whether one year's electricity factor stands for years that have factors of their own."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from lca.quantities.provenance import Factor, Stated
from lca.quantities.units import conversion, same_dimension
from lca.subjects.footprint.flow import Context, Flow
from lca.subjects.footprint.period import Period
from lca.subjects.footprint.supply import Supply

#: Factors of other years that differ by less than this are not told apart.
ALIKE = 0.05


def note_years_of_use(
    context: Context,
    supplies: Iterable[Supply],
    flows: Iterable[Flow],
    durations: Mapping[str, Stated | None],
    project: Stated | None,
    periods: Mapping[str, Period],
) -> None:
    """Note each place whose electricity of several years is counted with the factor of one, and the factors of the others.

    The years are those of the project, or of an activity that lasts longer. Nothing says in which of them an activity falls,
    so that no factor by year is guessed; an activity with a period of its own is noted by that.

    Args:
        context: where it is noted.
        supplies: what supplies each place that electricity is drawn at.
        flows: the flows of all activities.
        durations: the stated time of each activity.
        project: the time of the project.
        periods: the period of each activity that has one.
    """
    flows = list(flows)
    _note_periods(context, flows, periods)
    if not context.year:
        return
    lasting = {activity: _years(duration) for activity, duration in durations.items()}
    used: dict[str, int] = {}
    for flow in flows:
        if flow.is_electricity and flow.activity not in periods:
            years = max(_years(project), lasting.get(flow.activity, 1))
            used[flow.site] = max(used.get(flow.site, 1), years)
    for supply in supplies:
        factor, years = supply.factors.get("gwp100"), used.get(supply.site.name, 1)
        told = supply.site.factor_year or supply.site.generation
        if years > 1 and isinstance(factor, Factor) and not told:
            first = supply.site.year or context.year
            hint = "set `year` of the site to the year in which most is used, or describe the years apart"
            _note(context, (supply.site.path, hint), factor, f"electricity/{supply.zone}", range(first, first + years))


def _years(duration: Stated | None) -> int:
    """Return how many calendar years a time is spread over at least, one where it is not stated as a time."""
    if duration is None or duration.is_processor_time or not same_dimension(duration.unit, "year"):
        return 1
    return max(1, math.ceil(duration.value * conversion(duration.unit, "year") - 1e-6))


def _note_periods(context: Context, flows: Iterable[Flow], periods: Mapping[str, Period]) -> None:
    """Note each activity whose period has years with other factors than the one that is counted."""
    noted: set[tuple[str, str]] = set()
    for flow in flows:
        period, factor = periods.get(flow.activity), flow.factors.get("gwp100")
        if (
            period is None
            or not flow.is_electricity
            or not isinstance(factor, Factor)
            or (flow.activity, factor.key) in noted
        ):
            continue
        noted.add((flow.activity, factor.key))
        if len(period.years) > 1 and factor.key.startswith("electricity/"):
            hint = "describe the years apart, each with its own `period`"
            zone = "/".join(factor.key.split("/")[:2])
            _note(context, (period.path, hint), factor, zone, period.years)


def _note(context: Context, about: tuple[str, str], factor: Factor, key: str, years: range) -> None:
    """Note that the factor of one year counts for several, where those of the others differ; `about` is a path and a hint."""
    found = (context.book.for_year(key, "gwp100", year) for year in years)
    others = [f for f in found if f is not None and abs(f.value / factor.value - 1) > ALIKE]
    if others:
        grams = sorted(f.value * conversion(f.unit, "gCO2e/kWh") for f in (factor, *others))
        message = (
            f"{about[0]}: electricity of {years[0]} to {years[-1]} is counted with the factor of "
            f"{factor.year}; those of these years lie between {grams[0]:.3g} and {grams[-1]:.3g} gCO2e/kWh"
        )
        context.problem(about[0], "LCA601", message, about[1])

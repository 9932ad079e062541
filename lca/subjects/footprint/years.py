"""Years of use: whether one year's electricity factor stands for years that have factors of their own."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from lca.quantities.provenance import Factor, Stated
from lca.quantities.units import conversion
from lca.subjects.footprint.flow import Context, Flow
from lca.subjects.footprint.supply import Supply

#: Factors of other years that differ by less than this are not told apart.
ALIKE = 0.05


def note_years_of_use(
    context: Context, supplies: Mapping[str, Supply], flows: Iterable[Flow], duration: Stated | None
) -> None:
    """Note each site whose electricity of several years is counted with the factor of one, and the factors of the others."""
    if duration is None or not context.year:
        return
    years = math.ceil(duration.value * conversion(duration.unit, "year") - 1e-6)
    used = {flow.site for flow in flows if flow.is_electricity}
    for name, supply in supplies.items():
        factor = supply.factors.get("gwp100")
        if name not in used or not isinstance(factor, Factor) or supply.site.factor_year or supply.site.generation:
            continue
        first = supply.site.year or context.year
        found = (
            context.book.for_year(f"electricity/{supply.zone}", "gwp100", y) for y in range(first + 1, first + years)
        )
        others = [f for f in found if f is not None and abs(f.value / factor.value - 1) > ALIKE]
        if others:
            grams = sorted(f.value * conversion(f.unit, "gCO2e/kWh") for f in (factor, *others))
            message = (
                f"{supply.site.path}: electricity of {first} to {first + years - 1} is counted with the factor of "
                f"{factor.year}; those of these years lie between {grams[0]:.3g} and {grams[-1]:.3g} gCO2e/kWh"
            )
            hint = "set `year` of the site to the year in which most is used, or describe the years apart"
            context.problem(supply.site.path, "LCA601", message, hint)

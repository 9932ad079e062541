"""The same inventory as draws of Brightway's matrix engine, installed on demand: `pip install bw2calc`."""

from __future__ import annotations

import math
import time

import numpy as np

import lca
from lca.quantities.provenance import Factor, Stated
from lca.quantities.uncertainty import Lognormal, SplitLognormal
from lca.quantities.units import conversion

#: Draws that are timed; each solves the matrix again.
DRAWS = 200
#: Its number for a lognormal distribution.
LOGNORMAL = 2


def seconds_a_draw(assessment: lca.Assessment) -> float:
    """Return how long the engine takes for one draw of the climate total of an assessment's flows."""
    import bw2calc
    import bw_processing as bwp

    impacts = [impact for impact in assessment.footprint.impacts if impact.indicator == "gwp100"]
    flows = range(100, 100 + len(impacts))
    package = bwp.create_datapackage()

    def add(matrix: str, indices: list[tuple[int, int]], values: list[float], sigmas: list[float]) -> None:
        spread = np.zeros(len(values), dtype=bwp.UNCERTAINTY_DTYPE)
        for row, (value, sigma) in enumerate(zip(values, sigmas, strict=True)):
            drawn = sigma > 0 and value > 0
            loc = math.log(value) if drawn else value
            spread[row] = (LOGNORMAL if drawn else 0, loc, sigma or math.nan, math.nan, math.nan, math.nan, False)
        package.add_persistent_vector(
            matrix=matrix,
            indices_array=np.array(indices, dtype=bwp.INDICES_DTYPE),
            data_array=np.array(values),
            distributions_array=spread,
        )

    amounts = [impact.flow.quantity for impact in impacts]
    add("technosphere_matrix", [(1, 1)], [1.0], [0.0])
    add("biosphere_matrix", [(flow, 1) for flow in flows], [q.value for q in amounts], [0.1] * len(amounts))
    units = [f"kgCO2e/{q.unit}".removesuffix("/1") for q in amounts]
    factors = [i.leaf.value * conversion(i.leaf.unit, unit) for i, unit in zip(impacts, units, strict=True)]
    sigmas = [_sigma(impact.leaf) for impact in impacts]
    add("characterization_matrix", [(flow, flow) for flow in flows], factors, sigmas)
    engine = bw2calc.LCA(demand={1: 1}, data_objs=[package], use_distributions=True)
    engine.lci()
    engine.lcia()
    start = time.perf_counter()
    for _ in range(DRAWS):
        next(engine)
    return (time.perf_counter() - start) / DRAWS


def _sigma(leaf: Factor | Stated) -> float:
    """Return the standard deviation of a factor's logarithm, near enough for a time."""
    match leaf.uncertainty:
        case Lognormal(variance):
            return math.sqrt(variance)
        case SplitLognormal(low, high):
            return math.log(high / low) / 4
    return 0.0

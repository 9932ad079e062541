"""The equations of the frugality panel."""

from __future__ import annotations

from lca.quantities.formula import formula
from lca.quantities.uncertainty import Array


@formula("TB/d", source="definition")
def data_per_day(volume: Array, period: Array) -> Array:
    """Data that a project handles in a day, on average over its period.

    Args:
        volume [TB]: data collected, moved over networks and moved by requests.
        period [d]: duration of the project.
    """
    return volume / period


@formula("1", source="definition")
def share_of_mark(data: Array, mark: Array) -> Array:
    """Data per day over the mark that is published for frugal AI.

    Args:
        data [TB/d]: data per day.
        mark [TB/d]: the mark.
    """
    return data / mark


@formula("1", source="definition")
def share_of_electricity(part: Array, whole: Array) -> Array:
    """Share of a stage in the electricity of all sites.

    Args:
        part [kWh]: electricity of the stage.
        whole [kWh]: electricity of all sites.
    """
    return part / whole


@formula("amount", source="definition")
def equivalent(impact: Array, each: Array) -> Array:
    """How much of a known thing has the same climate impact.

    Args:
        impact [kgCO2e]: climate impact of the project.
        each [kgCO2e/amount]: climate impact of one of the things.
    """
    return impact / each

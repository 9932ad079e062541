"""The closed forms of the break-evens."""

from __future__ import annotations

import numpy as np

from lca.quantity import formula
from lca.uncertainty import Array


@formula("1", source="itu-l1480")
def tolerated_rebound(burden: Array, potential: Array) -> Array:
    """Rebound at which the net of the project is zero.

    Args:
        burden [impact]: cost, with the project's share of what is avoided anyway, of harms and of enabling cost.
        potential [impact]: the project's share of the potential.
    """
    return 1 - burden / np.where(potential > 0, potential, np.nan)


@formula("1", source="itu-l1480")
def needed_attribution(cost: Array, shared: Array) -> Array:
    """Multiplier of every attribution at which the net of the project is zero.

    Args:
        cost [impact]: life cycle of the project.
        shared [impact]: the project's share of all but the cost: benefit less what is avoided anyway, harms and enabling cost.
    """
    return cost / np.where(shared > 0, shared, np.nan)


@formula("1", source="itu-l1480")
def needed_adoption(cost: Array, anyway: Array, once: Array, growing: Array) -> Array:
    """Multiplier of every adoption at which the net of the project is zero.

    Args:
        cost [impact]: life cycle of the project.
        anyway [impact]: the project's share of what would be avoided anyway.
        once [impact]: the project's share of what is installed at the start.
        growing [impact]: the project's share of all that grows with adoption: benefit less harms and enabling cost.
    """
    return (cost + anyway + once) / np.where(growing > 0, growing, np.nan)


@formula("1", source="itu-l1480")
def needed_benefit(burden: Array, benefit: Array) -> Array:
    """Share of the expected benefit that suffices: how wrong the benefit may be.

    Args:
        burden [impact]: cost, with the project's share of what is avoided anyway, of harms and of enabling cost.
        benefit [impact]: the project's share of the realised benefit.
    """
    return burden / np.where(benefit > 0, benefit, np.nan)


@formula("impact", source="itu-l1480")
def burden_of(cost: Array, anyway: Array, harms: Array, enabling: Array) -> Array:
    """All that the benefit must make up for.

    Args:
        cost [impact]: life cycle of the project.
        anyway [impact]: the project's share of what would be avoided anyway.
        harms [impact]: the project's share of harms.
        enabling [impact]: the project's share of enabling cost.
    """
    return cost + anyway + harms + enabling


@formula("impact", source="itu-l1480")
def after_harms(benefit: Array, anyway: Array, harms: Array, enabling: Array) -> Array:
    """The project's share of the benefit less that of what is avoided anyway, of harms and of enabling cost.

    Args:
        benefit [impact]: the project's share of the realised benefit.
        anyway [impact]: its share of what would be avoided anyway.
        harms [impact]: its share of harms.
        enabling [impact]: its share of enabling cost, or of the part that is meant.
    """
    return benefit - anyway - harms - enabling


@formula("1", source="itu-l1480")
def uses_at_zero_net(fixed_benefit: Array, fixed_cost: Array, benefit: Array, cost: Array, uses: Array) -> Array:
    """Uses at which the net is zero: at least so many where a use brings more than it costs, else at most so many.

    Args:
        fixed_benefit [impact]: benefit that does not depend on use, less harms and enabling cost.
        fixed_cost [impact]: cost that does not depend on use.
        benefit [impact]: benefit of all uses.
        cost [impact]: cost of all uses.
        uses [1]: uses.
    """
    return (fixed_benefit - fixed_cost) * uses / np.where(cost == benefit, np.nan, cost - benefit)

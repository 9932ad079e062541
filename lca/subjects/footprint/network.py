"""Networks: the electricity of data that move, by the average over all traffic."""

from __future__ import annotations

from lca.quantities.formula import formula
from lca.quantities.quantity import Quantity
from lca.quantities.uncertainty import Array
from lca.subjects.footprint.flow import EMBODIED, Context

#: What is not assessed wherever data move, why, and its scope.
NETWORK_GAP = ("manufacture of the network", "no shippable factor separates it from use", EMBODIED)


@formula("kWh", source="aslan-2018")
def network_electricity(volume: Array, intensity: Array) -> Array:
    """Electricity of the network by average allocation; one more gigabyte draws 30 to 300 times less.

    Args:
        volume [GB]: data moved.
        intensity [kWh/GB]: electricity of the whole network over its whole traffic.
    """
    return volume * intensity


def network_intensity(context: Context, network: str) -> Quantity:
    """Return the electricity of a kind of network per volume."""
    return context.default(f"network/{network}")

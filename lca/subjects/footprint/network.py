"""Networks: the electricity of data that move, by the average over all traffic."""

from __future__ import annotations

from collections.abc import Iterator

from lca.quantities.formula import formula
from lca.quantities.quantity import Quantity
from lca.quantities.uncertainty import Array
from lca.subjects.footprint.flow import EMBODIED, Context, Flow, Gap

#: The line of what networks are made of, and why it may not be known.
MANUFACTURE = "manufacture of the network"
NOT_SEPARATE, NO_VOLUME = "no shippable factor separates it from use", "the volume of the data is not stated"


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


def network_manufacture(
    context: Context, stage: str, activity: str, network: str, volume: Quantity | None
) -> Iterator[Flow]:
    """Yield the share of a network's manufacture that data carry; a gap where the volume or a figure of it is not known."""
    key = f"network-manufacture/{network}"
    factors = context.factors_of(key)
    if volume is not None and factors:
        yield Flow(stage, activity, MANUFACTURE, EMBODIED, key, volume, factors)
    else:
        context.gaps.append(Gap(stage, activity, MANUFACTURE, NO_VOLUME if factors else NOT_SEPARATE, EMBODIED))

"""The equations of money: what electricity, a machine's wear and its hire cost."""

from __future__ import annotations

from lca.quantities.formula import formula
from lca.quantities.uncertainty import Array


@formula("money", source="definition")
def electricity_cost(energy: Array, price: Array) -> Array:
    """Cost of electricity.

    Args:
        energy [kWh]: electricity that the site draws.
        price [money/kWh]: price of one kilowatt-hour.
    """
    return energy * price


@formula("money", source="definition")
def purchase_cost(share: Array, price: Array) -> Array:
    """Part of the price of machines that a use carries, by the same share as their manufacture.

    Args:
        share [piece]: machines that the use wears out.
        price [money/piece]: price of one machine.
    """
    return share * price


@formula("money", source="definition")
def rental_cost(time: Array, rent: Array) -> Array:
    """Cost of rented machines, their electricity and building within it.

    Args:
        time [h]: machine time held, waiting included.
        rent [money/h]: price of one machine-hour.
    """
    return time * rent

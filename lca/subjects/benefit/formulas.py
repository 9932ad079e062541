"""The equations of a benefit, in their order: saving, adoption, rebound, harms, enabling cost, attribution, net; thresholds."""

from __future__ import annotations

import numpy as np

from lca.quantities.formula import formula
from lca.quantities.uncertainty import Array


@formula("amount/year", source="itu-l1480")
def flow_saving(count: Array, reference: Array, with_project: Array) -> Array:
    """What is used less each year at full adoption, in physical units.

    Args:
        count [1]: counted things, one where the flow is a whole.
        reference [amount/year]: used without the project, per counted thing.
        with_project [amount/year]: used with the project, per counted thing.
    """
    return count * (reference - with_project)


@formula("kgCO2e", source="definition")
def after_adversity(net: Array, extra: Array) -> Array:
    """What would remain of a net if the project's own machines were on all the time.

    Args:
        net [kgCO2e]: net of the project.
        extra [kgCO2e]: what the machines cause more.
    """
    return net - extra


@formula("amount", source="itu-l1480")
def physical_remainder(attributed: Array, anyway: Array) -> Array:
    """What a project saves of a flow beyond what another course would have saved.

    Args:
        attributed [amount]: the project's share of what is saved.
        anyway [amount]: the same share of what the other course would save.
    """
    return attributed - anyway


@formula("impact/year", source="iso-14040")
def impact_of_saving(saved: Array, factor: Array) -> Array:
    """Impact that is avoided per year by a flow that is used less.

    Args:
        saved [flow/year]: what is used less.
        factor [impact/flow]: impact of one unit of it.
    """
    return saved * factor


@formula("impact/year", source="itu-l1480")
def on_path(saving: Array, path: Array) -> Array:
    """Saving of a year in which an amount, or the intensity of electricity, is another than in the first.

    Args:
        saving [impact/year]: saving at the first year's amount and intensity.
        path [1]: amount or intensity of the year over that of the first.
    """
    return saving * path


@formula("impact/year", source="itu-l1480")
def saving_of_uses(per_use: Array, uses: Array, span: Array) -> Array:
    """Saving per year of an effect that comes with each use of a service.

    Args:
        per_use [impact]: saving of one use.
        uses [1]: uses in the span.
        span [year]: time in which they come.
    """
    return per_use * uses / span


@formula("impact/year", source="itu-l1480")
def yearly_part(whole: Array, duration: Array) -> Array:
    """What a scenario causes per year.

    Args:
        whole [impact]: impact over its duration.
        duration [year]: its duration.
    """
    return whole / duration


@formula("impact", source="itu-l1480")
def potential_of_period(saving: Array, adoption: Array, length: Array) -> Array:
    """What an effect avoids, or a harm causes, in one period if nothing is lost to rebound.

    Args:
        saving [impact/year]: impact per year at full adoption.
        adoption [1]: adoption in that year, 0 to 1; it is the ramp.
        length [year]: length of the period.
    """
    return saving * adoption * length


@formula("impact", source="itu-l1480")
def realised(potential: Array, rebound: Array, indirect_rebound: Array) -> Array:
    """What remains of a potential after rebound; a rebound above one turns it into harm.

    Args:
        potential [impact]: avoided if nothing is lost.
        rebound [1]: share lost to higher use of the same.
        indirect_rebound [1]: share lost to what the savings are spent on.
    """
    return potential * (1 - rebound - indirect_rebound)


@formula("impact", source="itu-l1480")
def attributed(amount: Array, attribution: Array) -> Array:
    """The share of an amount that is the project's.

    Args:
        amount [impact]: realised benefit, harm or enabling cost.
        attribution [1]: share that is the project's.
    """
    return amount * attribution


@formula("impact", source="itu-l1480")
def enabling_of_period(cost: Array, adoption: Array, before: Array) -> Array:
    """What those who join in a period must install.

    Args:
        cost [impact]: installed at full adoption.
        adoption [1]: adoption in the period.
        before [1]: highest adoption before it.
    """
    return cost * np.maximum(adoption - before, 0)


@formula("1", source="itu-l1480")
def highest_adoption(adoption: Array, before: Array) -> Array:
    """The highest adoption so far: who left and comes back installs nothing anew.

    Args:
        adoption [1]: adoption in a period.
        before [1]: highest adoption before it.
    """
    return np.maximum(adoption, before)


@formula("1", source="definition")
def share_of_span(part: Array, whole: Array) -> Array:
    """Share of a period in the time over which something runs.

    Args:
        part [year]: the period, as far as it runs in it.
        whole [year]: time over which it runs, as far as it lies in the horizon.
    """
    return part / whole


@formula("1", source="definition")
def share_of_requests(part: Array, whole: Array) -> Array:
    """Share of a period in the requests of the horizon.

    Args:
        part [1]: requests of the period.
        whole [1]: requests of all periods.
    """
    return part / whole


@formula("impact", source="iso-14040")
def cost_of_period(cost: Array, share: Array, path: Array) -> Array:
    """What running costs in one period.

    Args:
        cost [impact]: impact of running in all.
        share [1]: share of the period.
        path [1]: intensity of electricity over that of the first year, one for what is no electricity.
    """
    return cost * share * path


@formula("impact", source="itu-l1480")
def net(benefit: Array, anyway: Array, harms: Array, enabling: Array, cost: Array) -> Array:
    """Benefit less what would be avoided anyway, harms, enabling cost and the own life cycle, which is never attributed away.

    Args:
        benefit [impact]: realised benefit, or the project's share of it.
        anyway [impact]: what the reference that is taken would avoid against the one described, or the project's share.
        harms [impact]: harms and induction, or the project's share.
        enabling [impact]: what others must install, or the project's share.
        cost [impact]: life cycle of the project.
    """
    return benefit - anyway - harms - enabling - cost


@formula("impact", source="itu-l1480")
def own_potential_of(potential: Array, attribution: Array) -> Array:
    """The project's share of a potential, before rebound.

    Args:
        potential [impact]: avoided if nothing is lost.
        attribution [1]: share that is the project's.
    """
    return potential * attribution


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

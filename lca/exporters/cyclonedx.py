"""An ML-BOM: the model as a component, with what it takes to make and run it under environmental considerations.

Specification: CycloneDX 1.7 and 1.6 (ECMA-424), JSON, `modelCard.considerations.environmentalConsiderations`. Energy stands in kWh
at the sites, PUE included; `co2CostEquivalent` is the operation alone, location-based, since the schema asks for the equivalent of
that energy: manufacture, intervals and the other indicators stand in properties named `lca:…`. `co2CostOffset` is never written.
"""

from __future__ import annotations

from collections.abc import Iterator

from lca.exporters.escaping import one_line
from lca.exporters.exporter import Asked, Exported, Exporter
from lca.exporters.extent import is_least, limits_of, scope_lines
from lca.exporters.hardware import is_fine_tuning
from lca.exporters.identity import identifier
from lca.presenting.item_names import item_name
from lca.presenting.values import Plain, as_json, number, value
from lca.quantities.quantity import Quantity
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.language_model import Model

LIMITS = ("in_properties", "trees", "gaps", "benefit", "money", "scenarios")

#: What each stage is called there; a training may be a fine-tuning.
ACTIVITIES = {
    "collection": "data-collection",
    "transfer": "data-preparation",
    "storage": "data-preparation",
    "training": "training",
    "experiments": "other",
    "inference": "inference",
    "equipment": "other",
}


def write(asked: Asked) -> Exported:
    """Return the bill of materials as JSON, in the version that is asked for."""
    limits, made = limits_of(asked, LIMITS), asked.record.fingerprint
    about = asked.record.study.about
    component: Plain = {
        "type": "machine-learning-model",
        "bom-ref": "model",
        **_identity(asked),
        "description": one_line(about.summary) or one_line(about.name),
        "modelCard": {
            "bom-ref": "model-card",
            "considerations": {
                "environmentalConsiderations": {
                    "energyConsumptions": list(_consumptions(asked)),
                    "properties": [*_properties(asked), *({"name": "lca:limit", "value": limit} for limit in limits)],
                }
            },
        },
    }
    document = {
        "$schema": f"http://cyclonedx.org/schema/bom-{asked.form}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": asked.form,
        "serialNumber": f"urn:uuid:{identifier(asked, 'cyclonedx', asked.form)}",
        "version": 1,
        "metadata": {
            "timestamp": f"{made.as_of.isoformat()}T00:00:00Z",
            "tools": {"components": [{"type": "application", "name": "lca", "version": made.code_version}]},
        },
        "components": [component],
    }
    return Exported((as_json(document) + "\n").encode(), limits)


def _identity(asked: Asked) -> Plain:
    """Return name, version, licence and supplier: of the model, where the descriptor names one alone, else of the project."""
    about, models = asked.record.study.about, list(asked.record.study[ProductSystem].models.values())
    model: Model | None = models[0] if len(models) == 1 else None
    found: Plain = {"name": one_line(model.name if model is not None else about.name)}
    if model is not None and model.version:
        found["version"] = one_line(model.version)
    if model is not None and model.licence:
        found["licenses"] = [{"license": {"name": one_line(model.licence)}}]
    if about.applicant:
        found["supplier"] = {"name": one_line(about.applicant)}
    return found


def _consumptions(asked: Asked) -> Iterator[Plain]:
    """Yield the energy of each activity that has one; an activity whose energy is not known is a property alone."""
    record, trainings = asked.record, asked.record.study[ProductSystem].training
    resolved = {one.activity: one for one in record.footprint.resolved}
    for path, energy in record.footprint.energy_by_activity.items():
        stage, _, name = path.partition(".")
        kind = "fine-tuning" if stage == "training" and is_fine_tuning(trainings[name]) else ACTIVITIES[stage]
        measure = {"value": number(energy.value), "unit": "kWh"}
        one = resolved.get(path)
        found: Plain = {
            "activity": kind,
            "energyProviders": [
                {
                    "organization": {"name": _provider(asked, one.site if one is not None else "")},
                    "energySource": "unknown",
                    "energyProvided": measure,
                }
            ],
            "activityEnergyCost": measure,
        }
        climate = record.footprint.by_activity.get(path, {}).get("gwp100")
        operation = climate.operational if climate is not None else None
        if operation is not None:
            found["co2CostEquivalent"] = {"value": number(operation.value / 1000), "unit": "tCO2eq"}
        found["properties"] = [
            {"name": "lca:activity", "value": path},
            {"name": "lca:name", "value": one_line(item_name(record.study, path))},
            *_bounds("lca:energy:kWh", energy),
            *(_bounds("lca:operational:gwp100:kgCO2e", operation) if operation is not None else ()),
            *(_whole("lca:embodied:gwp100:kgCO2e", climate.embodied if climate is not None else None)),
        ]
        yield found


def _provider(asked: Asked, site: str) -> str:
    """Return who hosts a site, as far as the descriptor says."""
    known = asked.record.study[ProductSystem].sites.get(site)
    return one_line(known.provider or known.owner) or "unknown" if known is not None else "unknown"


def _properties(asked: Asked) -> Iterator[Plain]:
    """Yield the totals with their bounds, how far they reach, and what they were made from."""
    footprint, made = asked.record.footprint, asked.record.fingerprint
    for name, part in footprint.totals.items():
        unit = asked.record.book.indicators[name].unit
        if part.total is None:
            yield {"name": f"lca:{name}:{unit}", "value": "not assessed"}
            continue
        yield from _whole(f"lca:{name}:{unit}", part.total)
        if is_least(footprint, name):
            yield {"name": f"lca:{name}:at-least", "value": "true"}
        for scope in ("operational", "embodied"):
            yield from _whole(f"lca:{name}:{scope}:{unit}", getattr(part, scope))
    if footprint.market_based is not None:
        yield from _whole("lca:gwp100:market-based:kgCO2e", footprint.market_based.total)
    yield from ({"name": "lca:boundary", "value": one_line(line)} for line in scope_lines(asked))
    yield {"name": "lca:program", "value": asked.program}
    yield {"name": "lca:descriptor:sha256", "value": made.descriptor}
    yield {"name": "lca:catalogue:sha256", "value": made.catalogue}


def _whole(name: str, quantity: Quantity | None) -> Iterator[Plain]:
    if quantity is not None:
        yield {"name": name, "value": f"{number(quantity.value):.12g}"}
        yield from _bounds(name, quantity)


def _bounds(name: str, quantity: Quantity) -> Iterator[Plain]:
    """Yield the 95 % bounds of a figure; none of one that was not drawn or rests on something without a range."""
    found = value(quantity) or {}
    for bound in ("low95", "high95") if quantity.is_drawn else ():
        if found[bound] is not None:
            yield {"name": f"{name}:{bound}", "value": f"{found[bound]:.12g}"}


EXPORTER = Exporter(write, {"1.7": ".json", "1.6": ".json"})

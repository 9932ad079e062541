"""Training time, computation and energy of a model, for the technical documentation under the AI Act.

Specification: Regulation (EU) 2024/1689, Annex XI, section 1, point 2(d) (the computational resources used to train the model, such
as the number of floating-point operations, and the training time) and point 2(e) (known or estimated energy consumption). Energy
stands in MWh with two significant digits as well as whole; the words of the rows are this project's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from lca.exporters.escaping import in_markdown
from lca.exporters.exporter import Asked, Exported, Exporter
from lca.exporters.extent import energy_of_stages, limits_of, scope_lines
from lca.exporters.hardware import at_once, is_fine_tuning, resolved_in
from lca.exporters.trained_models import BY_SIZE, model_of, operations_of, sampler_of
from lca.presenting.item_names import item_name
from lca.presenting.values import Plain, as_json, number, value
from lca.quantities.quantity import Quantity
from lca.quantities.trees import weakest
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.resolved import Resolved
from lca.subjects.footprint.stages.training import Training

LIMITS = ("of_inference", "manufacture_outside", "indicators_outside", "gaps", "benefit", "money", "scenarios")

#: The stages whose energy made the model.
STAGES = ("training", "experiments")


class Trained(Struct, frozen=True, eq=False):
    """What is told of one training; None where it is not known."""

    path: str
    name: str
    kind: str
    model: str
    hardware: str
    duration: Quantity | None
    processor_time: Quantity | None
    flop: Quantity | None
    flop_by: str
    energy: Quantity | None


def write(asked: Asked) -> Exported:
    """Return the rows as Markdown or JSON."""
    limits = limits_of(asked, LIMITS)
    return Exported((_FORMS[asked.form](asked, limits) + "\n").encode(), limits)


def _trained(asked: Asked) -> Iterator[Trained]:
    record = asked.record
    resolved = {one.activity: one for one in resolved_in(asked, STAGES)}
    for training in record.study[ProductSystem].training.values():
        one, operations = resolved[training.path], operations_of(asked, training)
        model = model_of(asked, training.model)
        yield Trained(
            path=training.path,
            name=item_name(record.study, training.path),
            kind="fine-tuning" if is_fine_tuning(training) else "training",
            model=model.name if model is not None else training.model,
            hardware=_hardware(asked, one),
            duration=one.duration or _stated_time(asked, training),
            processor_time=one.processor_time,
            flop=operations.flop if operations is not None else None,
            flop_by=operations.how if operations is not None else "",
            energy=record.footprint.energy_by_activity.get(training.path),
        )


def _hardware(asked: Asked, one: Resolved) -> str:
    count = at_once(one)
    return f"{asked.writer.trimmed(count)} × {one.processor}" if count is not None else one.processor


def _stated_time(asked: Asked, training: Training) -> Quantity | None:
    """Return the time on the clock that a training states without a machine, as beside a measured energy."""
    stated = training.duration
    return sampler_of(asked)(stated) if stated is not None and not stated.is_processor_time else None


def _megawatt_hours(quantity: Quantity | None) -> Plain | None:
    """Return an energy in MWh, whole, with its interval, and rounded to two significant digits."""
    found = value(quantity)
    if found is None or quantity is None:
        return None
    bounds = {name: found[name] for name in ("value", "low95", "high95", "median")}
    whole = {name: None if bound is None else number(bound / 1000) for name, bound in bounds.items()}
    return {"unit": "MWh", **whole, "rounded": float(f"{quantity.value / 1000:.2g}"), "known": _evidence(quantity)}


def _evidence(quantity: Quantity) -> str:
    """Return the weakest evidence class under an energy: `measured` alone is known, all else is estimated."""
    return weakest(quantity).word


def _as_json(asked: Asked, limits: tuple[str, ...]) -> str:
    record = asked.record
    return as_json(
        {
            "specification": "Regulation (EU) 2024/1689, Annex XI, section 1, points 2(d) and 2(e)",
            "project": record.study.about.name,
            "program": asked.program,
            "trainings": [
                {
                    "activity": one.path,
                    "name": one.name,
                    "kind": one.kind,
                    "model": one.model or None,
                    "hardware": one.hardware or None,
                    "training_time": value(one.duration),
                    "processor_hours": value(one.processor_time),
                    "floating_point_operations": value(one.flop),
                    "floating_point_operations_by": one.flop_by or None,
                    "energy": _megawatt_hours(one.energy),
                }
                for one in _trained(asked)
            ],
            "energy": {stage: _megawatt_hours(energy_of_stages(record.footprint, (stage,))) for stage in STAGES},
            "method": asked.words["ai_act"]["method"],
            "scope": list(scope_lines(asked)),
            "limits": list(limits),
        }
    )


def _markdown(asked: Asked, limits: tuple[str, ...]) -> str:
    return "\n".join(_lines(asked, asked.words["ai_act"], limits))


def _lines(asked: Asked, words: Mapping[str, Any], limits: tuple[str, ...]) -> Iterator[str]:
    yield f"# {words['title']}"
    yield from ("", in_markdown(words["lead"].format(project=asked.record.study.about.name, program=asked.program)))
    for one in _trained(asked):
        yield from ("", f"## {in_markdown(one.name)}", "", f"| {words['what']} | {words['figure']} |", "|---|---|")
        yield from (f"| {what} | {in_markdown(text)} |" for what, text in _rows(asked, words, one))
    yield from ("", f"## {words['energy_title']}", "", f"| {words['what']} | {words['figure']} |", "|---|---|")
    for stage in STAGES:
        text = _energy(asked, energy_of_stages(asked.record.footprint, (stage,)))
        yield f"| {asked.writer.heading(asked.writer.words[stage])} | {in_markdown(text)} |"
    yield from ("", f"## {words['method_title']}", "", words["method"], "")
    yield from (f"- {in_markdown(line)}" for line in scope_lines(asked))
    yield from ("", f"{asked.words['cannot_carry']}{asked.writer.words['colon']}", "")
    yield from (f"- {limit}" for limit in limits)


def _rows(asked: Asked, words: Mapping[str, Any], one: Trained) -> Iterator[tuple[str, str]]:
    unknown: str = words["unknown"]
    yield words["kind"], words["kinds"][one.kind]
    yield words["model"], one.model or unknown
    yield words["hardware"], one.hardware or unknown
    yield words["time"], _amount(asked, one.duration) or unknown
    yield words["processor_hours"], _amount(asked, one.processor_time) or unknown
    flop = _amount(asked, one.flop, " FLOP")
    yield words["flop"], words["by_size" if one.flop_by == BY_SIZE else "stated"].format(flop=flop) if flop else unknown
    yield words["energy"], _energy(asked, one.energy)


def _amount(asked: Asked, quantity: Quantity | None, unit: str = "") -> str:
    """Write an amount with its interval; empty where there is none."""
    if quantity is None:
        return ""
    amount = f"{asked.writer.number(quantity.value)}{unit}" if unit else asked.writer.amount(quantity, 4)
    low, _, high = quantity.interval()
    if quantity.is_open or low == high:
        return amount
    bounds = asked.writer.words["interval_of"].format(low=asked.writer.number(low), high=asked.writer.number(high))
    return str(asked.words["with_interval"].format(amount=amount, interval=bounds))


def _energy(asked: Asked, quantity: Quantity | None) -> str:
    """Write an energy in MWh with two significant digits, its interval, and whether it is known or estimated."""
    writer, words = asked.writer, asked.words["ai_act"]
    if quantity is None:
        return str(writer.words["not_assessed"])
    amount = f"{writer.number(quantity.value / 1000, 2)} MWh"
    low, _, high = quantity.interval()
    if low != high and not quantity.is_open:
        bounds = writer.words["interval_of"].format(
            low=writer.number(low / 1000, 2), high=writer.number(high / 1000, 2)
        )
        amount = asked.words["with_interval"].format(amount=amount, interval=f"{bounds} MWh")
    return str(words["known" if _evidence(quantity) == "measured" else "estimated"].format(energy=amount))


_FORMS: dict[str, Callable[[Asked, tuple[str, ...]], str]] = {"markdown": _markdown, "json": _as_json}

EXPORTER = Exporter(write, {"markdown": ".md", "json": ".json"})

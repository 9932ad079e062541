"""Score of the Software Carbon Intensity: of the whole per functional unit, and for AI of provider and consumer apart.

Specification: ISO/IEC 21031:2024 (SCI = (O + M) per R, O location-based) and the Green Software Foundation's SCI for AI,
sections 6 to 8, which has no number of a version: SPEC.md at commit 02bc0f1. The provider's boundary is data, training, integration
and end of life, the consumer's the running service; a training is not spread over those who use it. Data that is stored stands with
the provider here, and so does equipment of its own. A score that lacks a part is null, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from lca.exporters.escaping import in_markdown
from lca.exporters.exporter import Asked, Exported, Exporter
from lca.exporters.extent import is_least, limits_of, of_stages, scope_lines, told
from lca.exporters.trained_models import operations_of, sampler_of
from lca.presenting.values import Plain, as_json, value
from lca.quantities.formula import total
from lca.quantities.quantity import Quantity
from lca.subjects.crosscheck.assess import Crosscheck
from lca.subjects.crosscheck.formulas import software_carbon_intensity
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.flow import EMBODIED, OPERATIONAL, STAGES

LIMITS = ("stages_of_sci", "indicators", "gaps", "benefit", "money", "scenarios", "market_based")

#: Who answers for which stages; equipment that stands apart is the provider's.
PROVIDER = ("collection", "transfer", "storage", "training", "experiments", "equipment")
CONSUMER = ("inference",)


class Score(Struct, frozen=True, eq=False):
    """A score with its parts, or what it lacks: `functional-unit`, `operation`, `manufacture`, `stage` or `units`.

    `unit` names what one of `units` is, a key of the words.
    """

    operational: Quantity | None
    embodied: Quantity | None
    units: Quantity | None
    unit: str
    rate: Quantity | None
    lacks: str
    stages: tuple[str, ...]


def write(asked: Asked) -> Exported:
    """Return the statement as JSON, or as sentences in Markdown."""
    limits = limits_of(asked, LIMITS)
    return Exported((_FORMS[asked.form](asked, limits) + "\n").encode(), limits)


def _scores(asked: Asked) -> dict[str, Score]:
    """Return the score of the whole, then those of provider and consumer."""
    footprint, crosscheck = asked.record.footprint, asked.record.results[Crosscheck]
    climate, goal = footprint.totals["gwp100"], asked.record.study.goal
    whole = Score(
        climate.operational,
        climate.embodied,
        footprint.units if goal.functional_unit is not None else None,
        "functional-unit",
        crosscheck.sci,
        crosscheck.sci_lacks,
        STAGES,
    )
    units, name = _work_of_provider(asked)
    served = footprint.units if goal.functional_unit is not None else None
    return {
        "iso_21031": whole,
        "provider": _score(asked, PROVIDER, units, name),
        "consumer": _score(asked, CONSUMER, served, "functional-unit"),
    }


def _score(asked: Asked, stages: tuple[str, ...], units: Quantity | None, unit: str) -> Score:
    footprint = asked.record.footprint
    operational = of_stages(footprint, "gwp100", stages, "operational")
    embodied = of_stages(footprint, "gwp100", stages, "embodied")
    lacks = next((name for name, missing in _missing(operational, embodied, units, unit).items() if missing), "")
    rate = None
    if not lacks and operational is not None and embodied is not None and units is not None:
        rate = software_carbon_intensity(operational=operational, embodied=embodied, units=units)
    return Score(operational, embodied, units, unit, rate, lacks, stages)


def _missing(
    operational: Quantity | None, embodied: Quantity | None, units: Quantity | None, unit: str
) -> Mapping[str, bool]:
    return {
        "stage": operational is None and embodied is None,
        "operation": operational is None,
        "manufacture": embodied is None,
        unit or "units": units is None,
    }


def _work_of_provider(asked: Asked) -> tuple[Quantity | None, str]:
    """Return what a provider's score is divided by: operations, else training tokens, else parameters; none where one is unknown.

    Of several trainings, those of all are added, so that nothing is divided by a part.
    """
    system, sample = asked.record.study[ProductSystem], sampler_of(asked)
    trainings = list(system.training.values())
    operations = [operations_of(asked, training) for training in trainings]
    if operations and all(operations):
        return total("operations", "1", [found.flop for found in operations if found is not None]), "flop"
    models = [system.models.get(training.model) for training in trainings]
    for unit, name in (("token", "training_tokens"), ("billion-parameters", "parameters")):
        stated = [getattr(model, name, None) for model in models]
        if stated and all(stated):
            return total(name, "1", [sample(one) for one in stated if one is not None]), unit
    return None, "units"


def _plain(asked: Asked, score: Score) -> Plain:
    words = asked.words["sci"]
    parts = [part for part in (score.operational, score.embodied) if part is not None]
    return {
        "score": value(score.rate),
        "unit": words["units"].get(score.unit) if score.units is not None else None,
        "reason": words["lacks"][score.lacks] if score.lacks else None,
        "operational": value(score.operational),
        "embodied": value(score.embodied),
        "total": value(total("total", "kgCO2e", parts)) if parts else None,
        "functional_units": value(score.units),
        "at_least": is_least(asked.record.footprint, "gwp100", score.stages),
    }


def _as_json(asked: Asked, limits: tuple[str, ...]) -> str:
    scores, words = _scores(asked), asked.words["sci"]
    unit = asked.record.study.goal.functional_unit
    return as_json(
        {
            "specification": "ISO/IEC 21031:2024",
            "project": asked.record.study.about.name,
            "program": asked.program,
            "functional_unit": unit.description if unit is not None else None,
            "electricity": words["electricity"],
            **_plain(asked, scores["iso_21031"]),
            "sci_for_ai": {
                "specification": "SCI for AI, Green Software Foundation, SPEC.md at 02bc0f1",
                **{
                    name: {"stages": _stages(asked, name), **_plain(asked, scores[name])}
                    for name in ("provider", "consumer")
                },
                "note": words["not_spread"],
            },
            "scope": list(scope_lines(asked)),
            "limits": list(limits),
        }
    )


def _stages(asked: Asked, who: str) -> list[str]:
    """Return the counted stages that provider or consumer answers for."""
    return [
        stage for stage in (PROVIDER if who == "provider" else CONSUMER) if stage in asked.record.footprint.by_stage
    ]


def _markdown(asked: Asked, limits: tuple[str, ...]) -> str:
    words, scores = asked.words["sci"], _scores(asked)
    lines = [f"# {words['title']}", "", in_markdown(f"{asked.record.study.about.name}; {asked.program}."), ""]
    for name, score in scores.items():
        lines += [f"**{words['names'][name]}**{asked.writer.words['colon']} {in_markdown(_sentence(asked, score))}", ""]
    lines += [words["electricity"], "", words["not_spread"], ""]
    lines += [f"- {in_markdown(line)}" for line in scope_lines(asked)]
    lines += ["", f"{asked.words['cannot_carry']}{asked.writer.words['colon']}", ""]
    return "\n".join([*lines, *(f"- {limit}" for limit in limits)])


def _sentence(asked: Asked, score: Score) -> str:
    words = asked.words["sci"]
    footprint = asked.record.footprint
    parts = words["parts"].format(
        operational=told(asked, score.operational, is_least(footprint, "gwp100", score.stages, OPERATIONAL)),
        embodied=told(asked, score.embodied, is_least(footprint, "gwp100", score.stages, EMBODIED)),
    )
    if score.rate is None:
        return str(words["none"].format(reason=words["lacks"][score.lacks], parts=parts))
    unit = asked.record.study.goal.functional_unit
    description = unit.description if unit is not None and score.unit == "functional-unit" else ""
    per = words["units"][score.unit] + (f" ({description})" if description else "")
    return str(
        words["score"].format(
            rate=told(asked, score.rate, is_least(footprint, "gwp100", score.stages)), unit=per, parts=parts
        )
    )


_FORMS: dict[str, Callable[[Asked, tuple[str, ...]], str]] = {"json": _as_json, "markdown": _markdown}

EXPORTER = Exporter(write, {"json": ".json", "markdown": ".md"})

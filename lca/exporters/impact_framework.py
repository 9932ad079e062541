"""A manifest that the Impact Framework runs: one component an activity, from energy and factor to carbon.

Specification: Impact Framework manifest of `if` 1.1.0 (Green Software Foundation; `src/common/util/validations.ts`, and `params`
of the built-in plugins Multiply and Sum). Energy in kWh, intensity in gCO2e/kWh, carbon in g. It wants one timestamp and duration a
row: an activity without a period begins with the project's first day, or with the date of assessment.
"""

from __future__ import annotations

from collections.abc import Iterator

from lca.exporters.escaping import in_yaml, one_line
from lca.exporters.exporter import Asked, Exported, Exporter
from lca.exporters.extent import limits_of, scope_lines
from lca.presenting.values import number
from lca.quantities.quantity import Quantity
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.period import first_day

LIMITS = ("intervals", "mean_intensity", "indicators", "trees", "gaps", "benefit", "money", "scenarios", "market_based")

#: Where nothing says how long an activity takes, one second: the total does not depend on it.
_UNKNOWN_DURATION = 1.0

_PLUGINS = """\
initialize:
  plugins:
    operational-carbon:
      path: builtin
      method: Multiply
      config:
        input-parameters: [energy, grid/carbon-intensity]
        output-parameter: carbon-operational
      parameter-metadata:
        inputs:
          energy: {unit: kWh, description: electricity at the site, aggregation-method: {time: sum, component: sum}}
          grid/carbon-intensity: {unit: gCO2e/kWh, description: factor, aggregation-method: {time: none, component: none}}
        outputs:
          carbon-operational: {unit: gCO2e, description: operation, aggregation-method: {time: sum, component: sum}}
    total-carbon:
      path: builtin
      method: Sum
      config:
        input-parameters: [carbon-operational, carbon-embodied]
        output-parameter: carbon
      parameter-metadata:
        inputs:
          carbon-embodied: {unit: gCO2e, description: manufacture, aggregation-method: {time: sum, component: sum}}
        outputs:
          carbon: {unit: gCO2e, description: operation and manufacture, aggregation-method: {time: sum, component: sum}}
    operation-alone:
      path: builtin
      method: Sum
      config:
        input-parameters: [carbon-operational]
        output-parameter: carbon"""


def write(asked: Asked) -> Exported:
    """Return the manifest; an activity without electricity or without a climate impact is no component of it."""
    limits = limits_of(asked, LIMITS)
    left = [path for path in asked.record.footprint.by_activity if path not in dict(_components(asked))]
    if left:
        limits = (asked.words["limits"]["not_electric"], *limits)
    return Exported(("\n".join(_lines(asked, limits, left)) + "\n").encode(), limits)


def _lines(asked: Asked, limits: tuple[str, ...], left: list[str]) -> Iterator[str]:
    components = dict(_components(asked))
    told = " ".join([*scope_lines(asked), *limits, *left])
    yield f"name: {in_yaml(one_line(asked.record.study.about.name))}"
    yield f"description: {in_yaml(one_line(told))}"
    yield f"tags: {{program: {in_yaml(asked.program)}}}"
    yield "aggregation:"
    whole = components and all("carbon-embodied" in row for row in components.values())  # it aggregates what all have
    yield f"  metrics: [energy, carbon-operational, {'carbon-embodied, ' if whole else ''}carbon]"
    yield "  type: both"
    yield _PLUGINS
    yield "tree:"
    yield "  children:" if components else "  children: {}"
    for path, row in components.items():
        yield f"    {path.replace('.', '-')}:"
        added = "total-carbon" if "carbon-embodied" in row else "operation-alone"
        yield f"      pipeline: {{compute: [operational-carbon, {added}]}}"
        yield f"      defaults: {{activity: {in_yaml(path)}}}"  # no label: what has a sign of equality would be evaluated
        yield "      inputs:"
        yield "        - " + row


def _components(asked: Asked) -> Iterator[tuple[str, str]]:
    """Yield each activity that has electricity and an operation, by its path, with its one row of inputs."""
    footprint = asked.record.footprint
    durations = {one.activity: one.duration for one in footprint.resolved}
    for path, energy in footprint.energy_by_activity.items():
        climate = footprint.by_activity.get(path, {}).get("gwp100")
        if climate is None or climate.operational is None or not energy.value:
            continue
        grams = climate.operational.value * 1000
        row = {
            "timestamp": f"'{_start(asked, path)}T00:00:00.000Z'",
            "duration": _written(number(_seconds(durations.get(path)))),
            "energy": _written(number(energy.value)),
            "grid/carbon-intensity": _written(
                grams / number(energy.value)
            ),  # whole: times energy it is the operation again
        }
        if climate.embodied is not None:  # what was not assessed is no zero
            row["carbon-embodied"] = _written(number(climate.embodied.value * 1000))
        yield path, "{" + ", ".join(f"{key}: {text}" for key, text in row.items()) + "}"


def _written(value: float) -> str:
    """Write a number as every version of YAML reads one: with a point before an exponent."""
    mantissa, e, exponent = repr(float(value)).partition("e")
    return f"{mantissa if '.' in mantissa else f'{mantissa}.0'}{e}{exponent}"


def _seconds(duration: Quantity | None) -> float:
    return duration.best_in("s") if duration is not None else _UNKNOWN_DURATION


def _start(asked: Asked, path: str) -> str:
    stage, _, name = path.partition(".")
    activity = asked.record.study[ProductSystem].stage(stage)[name]
    period = getattr(activity, "period", None)
    if period is not None and period.days is not None:
        return str(period.days[0].isoformat())
    start = asked.record.study.about.start
    begins = first_day(start) if start else None
    return (begins or asked.record.fingerprint.as_of).isoformat()


EXPORTER = Exporter(write, {"yaml": ".yaml"})

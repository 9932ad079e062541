"""Figures that papers and forms print beside the usual ones: accelerators, summed hours, factors, parity, costs by kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lca.catalogue.book import FactorBook
from lca.descriptor.descriptor import Descriptor
from lca.quantities.formula import total
from lca.quantities.quantity import Quantity, Sampler
from lca.quantities.units import same_dimension
from lca.subjects.crosscheck.bounds import Limits
from lca.subjects.crosscheck.formulas import (
    accelerators_together,
    manufacture_per_accelerator,
    processor_hours,
    requests_equal_in_carbon,
    time_of_requests,
)
from lca.subjects.footprint.assess import Footprint
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.flow import STAGES
from lca.subjects.footprint.impacts import implied_factor, relative_to
from lca.subjects.footprint.inventory import new_context
from lca.subjects.footprint.processor import count_of
from lca.subjects.money.result import MoneyResult


def further_figures(
    descriptor: Descriptor,
    book: FactorBook,
    figures: Mapping[str, Quantity],
    limits: Limits,
    footprint: Footprint,
    money: MoneyResult | None,
) -> dict[str, Quantity]:
    """Return the further figures by path; what rests on a zero or on something unknown has none.

    Args:
        descriptor: the study.
        book: its catalogue.
        figures: those that are known already.
        limits: the machine work of its activities.
        footprint: its flows.
        money: its costs, None where it has none.
    """
    found = dict(_of_machines(descriptor, book, figures, limits, footprint))
    found |= _sums({**figures, **found})
    found |= dict(_electricity_factors(figures))
    found |= dict(_parities(descriptor, figures, footprint))
    by_kind = money.by_kind if money is not None else {}
    return found | {f"{kind}.money.{currency}": cost for kind, by in by_kind.items() for currency, cost in by.items()}


def ratio(one: Quantity, other: Quantity) -> Quantity | None:
    """Return one figure over another, a number where both measure the same; None where the other is zero."""
    if not other.value:
        return None
    if same_dimension(one.unit, other.unit):
        return relative_to.bound(amount=other.unit)(amount=one, reference=other)
    return implied_factor.bound(impact=one.unit, flow=other.unit)(impact=one, flow=other)


def _of_machines(
    descriptor: Descriptor,
    book: FactorBook,
    figures: Mapping[str, Quantity],
    limits: Limits,
    footprint: Footprint,
) -> Iterator[tuple[str, Quantity]]:
    context = new_context(descriptor, book, Sampler(0, 0))
    for activity, work in limits.work.items():
        processor, time = work.machine.gpu, figures.get(f"{activity}.machine_time")
        if processor is None or time is None:
            continue
        processors = count_of(context, processor.count, f"{processor.path}.count")
        yield f"{activity}.processor_hours", processor_hours(machine_time=time, processors=processors)
        if work.machines is not None:
            yield f"{activity}.accelerators", accelerators_together(machines=work.machines, processors=processors)
        uses = [use for use in footprint.inventory.uses if use.activity == activity]
        embodied = figures.get(f"{activity}.gwp100.embodied")
        if embodied is not None and len(uses) == 1 and uses[0].share.value and processors.value:
            yield (
                f"{activity}.manufacture_per_accelerator",
                manufacture_per_accelerator(embodied=embodied, share=uses[0].share, processors=processors),
            )


def _sums(figures: Mapping[str, Quantity]) -> dict[str, Quantity]:
    """Return the hours of all activities of each stage, and of all."""
    found: dict[str, Quantity] = {}
    for what in ("machine_time", "processor_hours"):
        by_stage: dict[str, list[Quantity]] = {stage: [] for stage in STAGES}
        for path, figure in figures.items():
            if path.endswith(what) and path.count(".") == 2:
                by_stage[path.partition(".")[0]].append(figure)
        found |= {f"{stage}.{what}": total(f"{stage}.{what}", "h", parts) for stage, parts in by_stage.items() if parts}
        parts = [part for some in by_stage.values() for part in some]
        if parts:
            found[f"total.{what}"] = total(f"total.{what}", "h", parts)
    return found


def _electricity_factors(figures: Mapping[str, Quantity]) -> Iterator[tuple[str, Quantity]]:
    """Yield the factor that operation and energy of the whole, a stage or an activity imply."""
    for path, carbon in figures.items():
        name = path.removesuffix(".gwp100.operational")
        energy = figures.get("energy" if name == "total" else f"{name}.energy")
        if name != path and energy is not None and (factor := ratio(carbon, energy)) is not None:
            yield f"{name}.electricity_factor", factor


def _parities(
    descriptor: Descriptor, figures: Mapping[str, Quantity], footprint: Footprint
) -> Iterator[tuple[str, Quantity]]:
    """Yield after how long, and by carbon after how many requests, the use of a service equals training and experiments."""
    made = [q for stage in ("training", "experiments") if (q := figures.get(f"{stage}.gwp100")) is not None]
    sample = Sampler(0, 0)
    for path, requests in footprint.inventory.requests.items():
        service = descriptor[ProductSystem].inference.get(path.partition(".")[2])
        duration = service.duration if service is not None else None
        parity = {f"{path}.parity": q for q in (figures.get(f"{path}.parity"),) if q is not None}
        used = figures.get(f"{path}.gwp100")
        if made and used is not None and used.value and requests.value:
            whole = total("training and experiments", "kgCO2e", made)
            in_carbon = requests_equal_in_carbon(made=whole, service=used, requests=requests)
            parity[f"{path}.parity.gwp100"] = in_carbon
            yield f"{path}.parity.gwp100", in_carbon
        if duration is not None and requests.value:
            for name, after in parity.items():
                time = time_of_requests(number=after, requests=requests, duration=sample(duration))
                yield f"{name}.time", time

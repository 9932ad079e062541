"""Every figure of an assessment by the path under which it can be explained, such as `training.final-model.gwp100`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lca.assessment.record import Assessment
from lca.quantities.formula import total
from lca.quantities.quantity import Quantity, Sampler
from lca.subjects.benefit.balance import LINES as BALANCE_LINES
from lca.subjects.crosscheck.formulas import software_carbon_intensity
from lca.subjects.crosscheck.other_methods import figures_of_methods
from lca.subjects.footprint.impacts import Breakdown, relative_to
from lca.subjects.footprint.inventory import new_context
from lca.subjects.footprint.machine_work import figures_of_work, machine_work


def sci_score(assessment: Assessment) -> Quantity | None:
    """Return the project's score by the SCI specification, per functional unit; None where either part is not assessed."""
    climate = assessment.totals["gwp100"]
    if climate.operational is None or climate.embodied is None:
        return None
    return software_carbon_intensity(operational=climate.operational, embodied=climate.embodied, units=assessment.units)


def roots(assessment: Assessment) -> list[Quantity]:
    """Return the roots of the trees under a report's own figures: what their leaves are is what the study rests on."""
    study, market, money = assessment.benefit_study, assessment.market_based, assessment.money
    balances = study.balances.values() if study is not None else ()
    return [
        *(impact.quantity for impact in assessment.impacts),
        *assessment.per_unit.values(),
        *(net for balance in balances for net in (balance.net_solution, balance.net_project)),
        *assessment.worth.values(),
        *((market.total,) if market is not None else ()),
        *(money.totals.values() if money is not None else ()),
        *(node for trade_off in assessment.trade_offs for node in trade_off.nodes().values()),
    ]


def _figures_of_lines(assessment: Assessment) -> dict[str, Quantity]:
    """Return the figures of each line of the inventory, such as `training.final-model.idle.gwp100` and its energy."""
    lines: dict[str, list[Quantity]] = {}
    for impact in assessment.impacts:
        path = f"{impact.flow.activity}.{_slug(impact.flow.part)}.{impact.indicator}"
        lines.setdefault(path, []).append(impact.quantity)
    for flow in assessment.flows:
        if flow.key.startswith("electricity/"):
            lines.setdefault(f"{flow.activity}.{_slug(flow.part)}.energy", []).append(flow.quantity)
    return {path: q[0] if len(q) == 1 else total(path, q[0].unit, q) for path, q in lines.items()}


def _slug(part: str) -> str:
    """Return the name of a line as a path has it: `clients' devices` as `clients-devices`."""
    return "-".join(re.findall(r"[a-z0-9]+", part.casefold().replace("'", "")))


def _figures_of_work(assessment: Assessment) -> dict[str, Quantity]:
    """Return the machine time, wall-clock time and power of each activity, drawn as in the assessment."""
    sample = Sampler(assessment.fingerprint.seed, assessment.fingerprint.draws)
    context = new_context(assessment.project, assessment.book, sample)
    return {
        f"{work.activity}.{name}": figure
        for work in machine_work(assessment.project, context)
        for name, figure in figures_of_work(work, context).items()
    }


def nodes(assessment: Assessment) -> dict[str, Quantity]:
    """Return every figure that can be explained, by its path: `total.gwp100`, `training.final-model.gwp100`, `energy`."""
    found: dict[str, Quantity] = {}

    def add(prefix: str, parts: Mapping[str, Breakdown]) -> None:
        for indicator, part in parts.items():
            for suffix, quantity in (
                ("", part.total),
                (".operational", part.operational),
                (".embodied", part.embodied),
            ):
                if quantity is not None:
                    found[f"{prefix}.{indicator}{suffix}"] = quantity

    add("total", assessment.totals)
    for groups in (assessment.by_stage, assessment.by_activity):
        for name, parts in groups.items():
            add(name, parts)
    climate = assessment.totals["gwp100"].total
    if climate is not None and climate.value > 0:
        for groups in (assessment.by_stage, assessment.by_activity):
            for name, parts in groups.items():
                whole = parts["gwp100"].total if "gwp100" in parts else None
                if whole is not None:
                    bound = relative_to.bound(amount="kgCO2e")
                    found[f"{name}.gwp100.share"] = bound(amount=whole, reference=climate)
    found |= {f"per-unit.{indicator}": quantity for indicator, quantity in assessment.per_unit.items()}
    for energies in (assessment.energy_by_stage, assessment.energy_by_activity):
        found |= {f"{name}.energy": quantity for name, quantity in energies.items()}
    for name, energy in (("energy", assessment.energy), ("energy.at_plug", assessment.energy_at_plug)):
        if energy is not None:
            found[name] = energy
    found |= _figures_of_lines(assessment)
    found |= _figures_of_work(assessment)
    found |= figures_of_methods(assessment.project, assessment.book)
    found |= {f"{path}.parity": quantity for path, quantity in assessment.parity.items()}
    score = sci_score(assessment)
    if score is not None:
        found["methods.sci.gwp100"] = score
    if assessment.market_based is not None:
        found["total.gwp100.market-based"] = assessment.market_based.total
    found |= assessment.frugality.nodes()
    if assessment.money is not None:
        found |= assessment.money.nodes()
    for trade_off in assessment.trade_offs:
        found |= trade_off.nodes()
    return found | _benefit_nodes(assessment)


def _benefit_nodes(assessment: Assessment) -> dict[str, Quantity]:
    """Return the figures of the benefit: its lines on climate change, on each other indicator, payback and break-evens."""
    study = assessment.benefit_study
    if study is None:
        return {}
    found = {f"benefit.{line}": getattr(study.climate, line) for line in BALANCE_LINES}
    found["benefit.payback"] = study.climate.payback
    found |= {f"benefit.{name}": quantity for name, quantity in assessment.worth.items()}
    for indicator, balance in study.balances.items():
        if indicator != "gwp100":
            found |= {f"benefit.{indicator}.{line}": getattr(balance, line) for line in BALANCE_LINES}
    for item in assessment.break_evens:
        if item.tree is not None:
            found[".".join(["benefit.break-even", item.name, *([item.subject] if item.subject else [])])] = item.tree
    return found

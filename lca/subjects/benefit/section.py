"""The benefit set against the cost: consequence tree, balance, time, break-evens and what it is worth."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from msgspec import Struct

from lca.presenting.svg import Drawing
from lca.presenting.writer import Writer
from lca.quantities.formula import total
from lca.quantities.quantity import Quantity
from lca.subjects.benefit import charts
from lca.subjects.benefit.adverse import AdverseReading
from lca.subjects.benefit.announced import narrow_ranges
from lca.subjects.benefit.balance import LINES, Balance
from lca.subjects.benefit.break_even import BreakEven
from lca.subjects.benefit.costs import KINDS
from lca.subjects.benefit.declared import Benefit
from lca.subjects.benefit.established import OpenQuestion
from lca.subjects.benefit.payback import PaybackBounds, payback_bounds
from lca.subjects.benefit.result import BenefitResult
from lca.subjects.benefit.shares import claims_beside
from lca.subjects.benefit.value import Swept, attribution_sweep, ratio
from lca.subjects.subject import Assessed, Section, View


def view(assessed: Assessed, writer: Writer) -> View:
    """Return what the section on the benefit needs."""
    result, declared = assessed.results[BenefitResult], assessed.study.get(Benefit)
    study = result.study
    found: View = {
        "benefit": result,
        "declared_benefit": declared,
        "balance_lines": (),
        "claims": {e.name: (e, *claims_beside(declared, e)) for e in declared.counted_effects}
        if declared is not None
        else {},
        "narrow_ranges": list(narrow_ranges(declared)) if declared is not None else (),
        "not_established": net_not_established(result.open_questions, writer),
        "threshold": "",
        "charts": {},
    }
    if study is None:
        return found
    climate = study.climate
    swept = attribution_sweep(climate, assessed.study[Benefit])
    bounds = payback_bounds(climate.payback)
    return {
        **found,
        "balance_lines": _lines(climate),
        "line_names": line_names(climate, writer),
        "threshold": threshold(result, writer),
        "payback": payback_text(climate, bounds, writer),
        "payback_date": _payback_date(assessed, climate, bounds, writer),
        "years_of_use": _years(climate, writer),
        "break_evens": [break_even_row(item, writer) for item in result.break_evens],
        "adverse": [_adverse_row(reading, writer) for reading in result.adverse],
        "adverse_by_call": adverse_by_call(assessed, writer),
        "sweep": [(row.attribution, *_swept(row, climate, writer)) for row in swept],
        "ratio": ratio(climate),
        "by_indicator": {name: _taken_off(found, climate, writer) for name, found in study.balances.items()},
        "cost_kinds": KINDS,
        "consequences": _consequences(assessed, writer),
        "charts": _charts(climate, writer),
    }


SECTIONS = (Section("benefit", "benefit/section.html.j2", view),)


def _lines(climate: Balance) -> list[str]:
    """Return the printed lines; what is avoided anyway only where another reference than the one described is taken."""
    return [name for name in LINES if name != "anyway" or climate.reference]


def line_names(climate: Balance, writer: Writer) -> dict[str, str]:
    """Return what each line of the balance is called; what is not established is not called a net."""
    names = {name: str(writer.words[name]) for name in LINES}
    if not climate.is_established:
        names |= {name: str(writer.words["would_remain"][name]) for name in ("net_solution", "net_project")}
    return names


def net_not_established(questions: Sequence[OpenQuestion], writer: Writer) -> str:
    """Return in a sentence what keeps the net from being established; empty where nothing does."""
    words = writer.words
    if not questions:
        return ""
    open_ = f"{words['semicolon']} ".join(words["open_questions"][question.code] for question in questions)
    return str(words["net_not_established"].format(questions=open_))


def threshold(result: BenefitResult, writer: Writer) -> str:
    """Return in a sentence how much of the announced benefit must come about for anything to remain; empty where none does."""
    found = next((item for item in result.break_evens if item.name == "benefit" and item.value is not None), None)
    if found is None or found.value is None:
        return ""
    return str(writer.words["threshold_sentence"].format(share=writer.percent(found.value, 1)))


def _adverse_row(reading: AdverseReading, writer: Writer) -> dict[str, str]:
    """Return a reading of the adverse test in words: its name, what it takes, and what would remain, without an interval."""
    words, colon = writer.words, writer.words["colon"]
    taken = [
        f"{one.path.removeprefix('benefit.')}{colon} {writer.number(one.value, 3)} {writer.unit(one.unit)}".rstrip()
        + ("*" if one.by_catalogue else "†" if one.by_call else "")
        for one in reading.taken
    ]
    said = words["adverse_all"] if reading.name == "all" else f"{words['semicolon']} ".join(taken)
    return {"name": words["adverse_readings"][reading.name], "taken": said, "net": writer.amount(reading.net, 2)}


def adverse_by_call(assessed: Assessed, writer: Writer) -> str:
    """Return in a sentence that the call gives adverse values, and where it does; empty where it gives none."""
    taken = [one for reading in assessed.results[BenefitResult].adverse for one in reading.taken if one.by_call]
    given = next(iter(assessed.book.given.values()), None)
    if not taken or given is None:
        return ""
    return str(writer.words["adverse_by_call"].format(source=given.source.citation))


def _swept(row: Swept, climate: Balance, writer: Writer) -> tuple[str, str]:
    low, high = (row.net if bound is None else bound for bound in (row.low, row.high))
    return writer.bounded(climate.net_project, row.net, low, high)


def _taken_off(found: Balance, climate: Balance, writer: Writer) -> list[str]:
    """Return what is taken off on one indicator, by kind; what the descriptor says nothing of is no zero."""
    described = {part.path.split(".")[1] for part in found.others}
    kinds = [("harms", found.own_harms), ("enabling", found.own_enabling)]
    if climate.reference:
        kinds.insert(0, ("anyway", found.own_anyway))
        described |= {"anyway"} if found.reference else set()
    return [writer.amount(q) if kind in described else str(writer.words["none_described"]) for kind, q in kinds]


def payback_text(climate: Balance, found: PaybackBounds, writer: Writer) -> str:
    """Return the payback in words: best estimate, interval, and the share of draws in which it is not reached."""
    words = writer.words
    if not climate.is_established:
        return str(words["no_payback"])
    if climate.payback.is_open:
        return f"{writer.time(found.best)}, {words['no_range']}"
    best = writer.time(found.best)
    if found.not_reached == 1:
        return str(words["payback_never"])
    if found.low == found.best == found.high:
        return best
    bounds = words["interval_of"].format(low=writer.time(found.low), high=writer.time(found.high))
    text: str = words["payback_text"]
    return text.format(best=best, interval=bounds, never=writer.probability(found.not_reached))


def _payback_date(assessed: Assessed, climate: Balance, found: PaybackBounds, writer: Writer) -> str:
    """Return the month of the payback and its interval, counted from when use begins."""
    descriptor, benefit = assessed.study, assessed.study.get(Benefit)
    begins = (benefit.use_begins if benefit else "") or str(descriptor.about.start)
    if not begins or found.not_reached == 1 or not climate.is_established or climate.payback.is_open:
        return ""
    year, _, rest = begins.partition("-")
    first = datetime.date(int(year), int(rest[:2] or 1), 1)

    def month(years: float | None) -> str:
        return str(writer.words["never"]) if years is None else writer.month(first + datetime.timedelta(years * 365.25))

    bounds = writer.words["interval_of"].format(low=month(found.low), high=month(found.high))
    text: str = writer.words["payback_date"]
    return text.format(begins=writer.month(first), best=month(found.best), interval=bounds)


class YearRow(Struct, frozen=True, eq=False):
    """One line of the table by year: its name, the project's share of the benefit and what is set against it."""

    name: str
    benefit: Quantity
    against: Quantity
    cost: Quantity
    cumulative: Quantity
    kinds: dict[str, Quantity | None]


def _years(balance: Balance, writer: Writer) -> list[YearRow]:
    rows = []
    for index, row in enumerate(balance.periods):
        rows.append(
            YearRow(
                name=_name(row.period.start, row.period.end, writer) if row.period else writer.words["at_the_start"],
                benefit=row.attributed,
                against=total("taken off", balance.unit, [row.anyway, row.harms, row.enabling]),
                cost=row.cost,
                cumulative=row.cumulative,
                kinds={kind: balance.costs.by_kind[kind][index] for kind in KINDS},
            )
        )
    return rows


def _name(start: float, end: float, writer: Writer) -> str:
    if end - start == 1 and start == int(start):
        return str(writer.words["year_number"].format(year=int(start) + 1))
    return str(writer.words["year_span"].format(start=writer.trimmed(start), end=writer.trimmed(end)))


class BreakEvenRow(Struct, frozen=True):
    """A break-even in words: of what, how much, and what stands in the descriptor."""

    name: str
    value: str
    meaning: str


def break_even_row(item: BreakEven, writer: Writer) -> BreakEvenRow:
    """Return a break-even as a reader sees it."""
    words = writer.words
    name = words["break_even_names"][item.name].format(subject=item.subject)
    meaning = words["break_even_meanings"][item.name]
    if item.value is None:
        return BreakEvenRow(name, words["break_even_none"], "")
    if item.name == "volume":
        value = writer.counted(item.value, words["uses"], writer.number(item.value))
    elif item.name == "lifetime":
        value = writer.time(item.value)
    else:
        value = writer.percent(item.value, 1)
    if item.side:
        value = words[f"at_{item.side}"].format(value=value)
    return BreakEvenRow(name, words["break_even_step"].format(value=value) if item.status == "step" else value, meaning)


class Branch(Struct, frozen=True):
    """A branch of the consequence tree: what it is, its amount or why it has none, and what follows from it."""

    text: str
    amount: str
    kept: bool
    branches: tuple[Branch, ...] = ()


def _consequences(assessed: Assessed, writer: Writer) -> list[tuple[str, list[Branch]]]:
    """Return the branches by order: kept ones with their climate amount over the horizon, dropped ones with the reason."""
    study, benefit, words = assessed.results[BenefitResult].study, assessed.study.get(Benefit), writer.words
    assert study is not None
    assert benefit is not None
    climate = study.climate
    first = [Branch(words["own_life_cycle"], writer.amount(climate.cost), True)]
    second, higher = [], []
    effects = {effect.path: effect for effect in benefit.effects.values()}
    for part in climate.effects:
        effect = effects[part.path]
        potential = _sum(effect.name, climate.unit, part.potential)
        kept = _sum(effect.name, climate.unit, part.amounts)
        lost = tuple(
            Branch(words[name], writer.stated(stated), True)
            for name, stated in (("direct_rebound", effect.rebound), ("indirect_rebound", effect.indirect_rebound))
            if stated is not None
        )
        mechanism = f" ({words['mechanisms'][effect.mechanism]})" if effect.mechanism else ""
        second.append(Branch(f"{effect.name}{mechanism}", writer.amount(potential), True))
        higher.append(Branch(words["after_rebound"].format(name=effect.name), writer.amount(kept), True, lost))
    if climate.reference and benefit.reference:
        text = words["taken_off_by"].format(name=benefit.reference.alternatives[climate.reference].description)
        second.append(Branch(text, writer.amount(climate.anyway), True))
    caused = {part.path: writer.amount(_sum(part.path, climate.unit, part.amounts)) for part in climate.others}
    for harm in benefit.harms.values():
        amount = caused.get(harm.path, words["on_other_indicators"])
        higher.append(Branch(f"{harm.description or harm.name} ({words['harm_kinds'][harm.kind]})", amount, True))
    for enabling in benefit.enabling.values():
        amount = caused.get(enabling.path, words["on_other_indicators"])
        second.append(Branch(f"{enabling.description or enabling.name} ({words['enabling_short']})", amount, True))
    higher += [Branch(text, words["not_quantified"], True) for text in benefit.qualitative.values()]
    orders = {"first": first, "second": second, "higher": higher}
    for dropped in benefit.dropped.values():
        orders[dropped.order].append(Branch(dropped.description, dropped.reason, False))
    return [(words["orders"][order], branches) for order, branches in orders.items()]


def _sum(label: str, unit: str, parts: tuple[Quantity | None, ...]) -> Quantity | None:
    known = [p for p in parts if p is not None]
    return total(label, unit, known) if known else None


def _charts(climate: Balance, writer: Writer) -> dict[str, Drawing | str]:
    words = writer.words
    scale, unit = writer.readable(climate.potential)
    against = ("anyway", "harms", "enabling", "cost")
    names = line_names(climate, writer)
    lines = [(name, getattr(climate, name)) for name in _lines(climate) if name != "taken_off"]
    bars = [(names[name], amount, name in against, writer.amount(amount)) for name, amount in lines]
    times = [0.0, *(row.period.end for row in climate.periods if row.period)]
    cumulative = [row.cumulative for row in climate.periods]
    return {
        "benefit": charts.benefit_against_cost(bars, scale, unit, words),
        "cumulative": charts.cumulative_net(times, cumulative, scale, unit, words),
    }

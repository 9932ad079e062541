"""Figures and factors as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from lca.assessment import Assessment, sci_score
from lca.audit import number
from lca.balance.balance import LINES
from lca.balance.payback import payback_bounds
from lca.balance.solver import STEP
from lca.checklist import counts
from lca.drivers import sobol_total
from lca.factors import FactorBook
from lca.methods import other_methods
from lca.provenance import Factor
from lca.quantity import Quantity
from lca.spread import other_sources
from lca.uncertainty import Exact, draw, interval95
from lca.units import conversion


def summary(assessment: Assessment) -> str:
    """Return the totals, stages, benefit and checklist counts of an assessment."""
    lines = [assessment.project.project.name, ""]
    for name, part in assessment.totals.items():
        label = assessment.book.indicators[name].name["en"]
        lines.append(f"{label:32} {_line(part.total)}")
    lines.append(f"{'Electricity of all sites':32} {_line(assessment.energy)}")
    lines += ["", "Climate change by stage:"]
    for stage, parts in assessment.by_stage.items():
        if "gwp100" in parts:
            lines.append(f"  {stage:30} {_line(parts['gwp100'].total)}")
    if assessment.benefit is not None:
        lines += ["", "Benefit against cost:"]
        for name in LINES:
            lines.append(f"  {name.replace('_', ' of the '):30} {_line(getattr(assessment.benefit, name))}")
        lines += _payback_lines(assessment)
    lines += [
        "",
        "Checklist: "
        + ", ".join(f"{n} {verdict.replace('_', ' ')}" for verdict, n in counts(assessment.findings).items()),
    ]
    return "\n".join(lines)


def _payback_lines(assessment: Assessment) -> Iterator[str]:
    """Yield the payback with its condition, and the break-evens."""
    assert assessment.benefit is not None
    found = payback_bounds(assessment.benefit.payback)
    if found.best is None:
        yield f"  {'payback':30} not reached within {assessment.benefit.horizon:g} years"
    else:
        yield f"  {'payback':30} {number(found.best):>10} year, given this reference, ramp-up and attribution"
    for item in assessment.break_evens:
        name = f"break-even {item.name} {item.subject}".rstrip()
        value = (
            "none" if item.value is None else f"{item.side} {number(item.value)} {item.unit.replace('1', '')}".strip()
        )
        yield f"  {name:30} {value:>10}{' (in a step)' if item.status == STEP else ''}"


def method_lines(assessment: Assessment) -> Iterator[str]:
    """Yield the figures of other methods beside this program's, and what they leave out."""
    results = other_methods(assessment.project, assessment.book)
    for result in results:
        name = f"{result.name}{' v' + result.version if result.version else ''}"
        yield f"{name:26} {_line(result.energy):>16}   {_line(result.carbon)}"
    score = sci_score(assessment)
    if score is not None:
        yield f"{'sci, per functional unit':26} {'':>16}   {_line(score)}"
    yield f"{'this program':26} {_line(assessment.energy):>16}   {_line(assessment.totals['gwp100'].total)}"
    yield f"counted by the others: {', '.join(results[0].counted) or 'nothing'}"
    yield f"left out by the others: {', '.join(results[0].left_out) or 'nothing'}"


def sobol_lines(assessment: Assessment) -> Iterator[str]:
    """Yield the total-order Sobol indices of the climate total, the largest first."""
    climate = assessment.totals["gwp100"].total
    indices = (
        sobol_total(climate, assessment.fingerprint.seed) if climate is not None and len(climate.draws) > 1 else {}
    )
    yield ""
    yield "Total-order Sobol indices of climate change:"
    for record, index in sorted(indices.items(), key=lambda item: -item[1]):
        yield f"  {index:6.3f}  {record}"


def _line(quantity: Quantity | None) -> str:
    if quantity is None:
        return "not assessed"
    low, _, high = quantity.interval()
    interval = f"  [{number(low)}, {number(high)}]" if len(quantity.draws) > 1 else ""
    return f"{number(quantity.value):>10} {quantity.unit}{interval}"


def factor_lines(book: FactorBook, words: list[str]) -> Iterator[str]:
    """Yield one line per key whose key, label, aliases or indicator hold all words, the preferred source's value."""
    for key, indicator in sorted(book.rows):
        rows = book.rows[key, indicator]
        text = " ".join(
            [key, indicator, *(cell for row in rows for cell in (row.cells["label"], row.cells["aliases"]))]
        )
        if all(word in text.casefold() for word in words):
            factor = book.get(key, indicator)
            others = f"  (+{len(rows) - 1} more)" if len(rows) > 1 else ""
            yield f"{key:44} {indicator:18} {number(factor.value):>10} {factor.unit:18} {factor.label} <{factor.source.id}>{others}"


def factor_page(book: FactorBook, key: str) -> str:
    """Return all that the catalogue knows of one key, source by source, with the spread between them."""
    blocks: list[str] = []
    for indicator in ("", *book.indicators):
        factors = book.all(key, indicator)
        if not factors:
            continue
        blocks.append(f"{key}  {indicator or 'parameter'}")
        blocks += [_block(book, factor, leads=index == 0) for index, factor in enumerate(factors)]
        others = [other for other in other_sources(factors[0], book) if other not in factors]
        blocks += [f"    near: {number(o.value)} {o.unit}  {o.label} <{o.source.id}> ({_covers(o)})" for o in others]
        values = [factor.value * conversion(factor.unit, factors[0].unit) for factor in (*factors, *others)]
        if len(values) > 1:
            bounds = f"{number(min(values))} to {number(max(values))} {factors[0].unit}"
            blocks.append(f"  spread between {len(values)} sources: {bounds}")
    return "\n".join(blocks)


def _covers(factor: Factor) -> str:
    return ", ".join(sorted(factor.coverage)) or "coverage not stated"


def _block(book: FactorBook, factor: Factor, leads: bool) -> str:
    lines = [f"  {'*' if leads else ' '} {number(factor.value)} {factor.unit}  {factor.label}"]
    if isinstance(factor.uncertainty, Exact):
        spread = "exact"
    else:
        low, _, high = interval95(draw(factor.value, factor.uncertainty, 0, factor.record, 100_000))
        rule = book.classes.get(factor.uncertainty_rule)
        spread = f"{number(low)} to {number(high)} ({rule.reason['en'] if rule else factor.uncertainty_rule})"
    facts = {
        "95 % range": spread,
        "coverage": ", ".join(sorted(factor.coverage)),
        "year": factor.year,
        "status": factor.status,
        "source": factor.source.citation,
        "licence": factor.source.licence,
        "address": factor.source.url,
        "place": factor.locator,
        "note": factor.note,
    }
    return "\n".join([*lines, *(f"      {name}: {value}" for name, value in facts.items() if value)])

"""Figures and factors as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lca.assessment.record import Record
from lca.catalogue.book import FactorBook
from lca.catalogue.other_sources import other_sources
from lca.cli.money_lines import money_lines
from lca.presenting.explained import in_language
from lca.presenting.typography import plain
from lca.presenting.writer import Writer
from lca.quantities.formula import Formula
from lca.quantities.provenance import Factor
from lca.quantities.quantity import Quantity
from lca.quantities.trees import Step, number, pretty
from lca.quantities.uncertainty import Exact, draw, interval95, sampling_error
from lca.quantities.units import conversion
from lca.subjects.benefit.balance import LINES
from lca.subjects.benefit.payback import payback_bounds
from lca.subjects.benefit.section import break_even_row, line_names, net_not_established, payback_text
from lca.subjects.checklist.rules import counts
from lca.subjects.crosscheck.section import because
from lca.subjects.crosscheck.stated_results import CONTRADICTS


def summary(assessment: Record, writer: Writer) -> str:
    """Return the totals, stages, benefit, stated results and checklist counts of an assessment."""
    words, said = writer.words, writer.words["terminal"]
    width = said["width"]
    lines = [assessment.study.about.name, ""]
    for name, part in assessment.footprint.totals.items():
        mark = f" ({words['partial']})" if part.total is not None and assessment.footprint.is_partial(name) else ""
        label = assessment.book.indicators[name].name.in_(writer.language) + mark
        lines.append(f"{label:{width}} {_line(part.total, writer)}")
    lines.append(f"{words['energy']:{width}} {_line(assessment.footprint.energy, writer)}")
    lines.append(_draws(assessment, writer))
    lines += ["", said["climate_by_stage"]]
    for stage, parts in assessment.footprint.by_stage.items():
        if "gwp100" in parts:
            lines.append(f"  {words[stage]:30} {_line(parts['gwp100'].total, writer)}")
    if assessment.benefit.climate is not None:
        names = line_names(assessment.benefit.climate, writer)
        lines += ["", said["benefit"], *_open_lines(assessment, writer)]
        for name in LINES:
            lines.append(f"  {names[name]:{width}} {_line(getattr(assessment.benefit.climate, name), writer)}")
        lines += [plain(line) for line in _payback_lines(assessment, writer)]
    if assessment.benefit.physical:
        lines += ["", said["physical"]]
        lines += [] if assessment.benefit.climate is not None else list(_open_lines(assessment, writer))
        lines += [f"  {line.flow.name:{width}} {_line(line.remains, writer)}" for line in assessment.benefit.physical]
    costs = [plain(line) for line in money_lines(assessment, writer)]
    lines += ["", *costs] if costs else []
    if assessment.crosscheck.stated_results:
        lines += ["", said["stated_results"], *(f"  {line}" for line in stated_lines(assessment, writer))]
    lines += ["", said["checklist"]]
    for role, found in counts(assessment.checklist.findings).items():
        rows = [f"{n} {said['verdicts'][verdict][n > 1]}" for verdict, n in found.items() if n]
        if rows:
            lines.append(f"  {said['roles'][role]:30} {', '.join(rows)}")
    return plain("\n".join(lines))


def _open_lines(assessment: Record, writer: Writer) -> Iterator[str]:
    """Yield what keeps the net from being established."""
    text = net_not_established(assessment.benefit.open_questions, writer)
    if text:
        yield f"  {plain(text)}"


def _payback_lines(assessment: Record, writer: Writer) -> Iterator[str]:
    """Yield the payback with its condition, and the break-evens."""
    assert assessment.benefit.climate is not None
    words, found = writer.words, payback_bounds(assessment.benefit.climate.payback)
    said, width = words["terminal"], words["terminal"]["width"]
    text = payback_text(assessment.benefit.climate, found, writer)
    condition = said["given"] if assessment.benefit.climate.is_established else ""
    yield f"  {words['payback']}{words['colon']} {text}{condition}"
    for item in assessment.benefit.break_evens:
        row = break_even_row(item, writer)
        yield f"  {said['break_even'].format(name=row.name):{width}}   {row.value:>16}"


def stated_lines(assessment: Record, writer: Writer) -> Iterator[str]:
    """Yield each stated result with the recomputed figure, the verdict and its likely cause."""
    words, said = writer.words, writer.words["terminal"]
    for found in assessment.crosscheck.stated_results:
        assert found.stated.value is not None
        printed, verdict = found.stated.value.text, words["stated_verdicts"][found.verdict]
        reason = because(found.cause, writer)
        ratio = writer.trimmed(float(f"{found.ratio:.4g}")) if found.verdict == CONTRADICTS and found.ratio else ""
        times = said["times"].format(ratio=ratio) if ratio else ""
        against = "" if found.value is None else said["against"].format(value=writer.trimmed(found.value))
        colon = words["colon"]
        line = (
            f"{found.stated.name}{colon} {printed}{against}{colon} {verdict}{times}{f' ({reason})' if reason else ''}"
        )
        yield plain(line)


def method_lines(assessment: Record, writer: Writer) -> Iterator[str]:
    """Yield the figures of other methods beside this program's, and what they leave out."""
    results, said = assessment.crosscheck.methods, writer.words["terminal"]
    for result in results:
        name = f"{result.name}{' v' + result.version if result.version else ''}"
        yield f"{name:26} {_line(result.energy, writer)}   {_line(result.carbon, writer)}"
    crosscheck = assessment.crosscheck
    score = writer.words["sci_lacks"][crosscheck.sci_lacks] if crosscheck.sci_lacks else _line(crosscheck.sci, writer)
    yield f"{said['sci']:26} {'':>16}   {score}"
    own = assessment.footprint
    yield f"{said['this_program']:26} {_line(own.energy, writer)}   {_line(own.climate, writer)}"
    for counted in dict.fromkeys(result.counted for result in results):
        alike = [result for result in results if result.counted == counted]
        names = ", ".join(dict.fromkeys(result.name for result in alike))
        for key, activities in (("counted_by", counted), ("left_out_by", alike[0].left_out)):
            yield plain(said[key].format(names=names, activities=", ".join(activities) or said["nothing"]))


def sobol_lines(assessment: Record, writer: Writer) -> Iterator[str]:
    """Yield the total-order Sobol indices of the climate total, the largest first."""
    indices = assessment.crosscheck.sobol_total_order()
    yield ""
    yield plain(writer.words["terminal"]["sobol"])
    for record, index in sorted(indices.items(), key=lambda item: -item[1]):
        yield f"  {writer.fixed(index, 3):>6}  {record}"


def _line(quantity: Quantity | None, writer: Writer) -> str:
    """Return a figure with its interval, rounded to what the interval supports."""
    interval = writer.interval(quantity)
    return plain(f"{writer.amount(quantity):>16}{'' if interval == '–' else f'  ({interval})'}")


def _draws(assessment: Record, writer: Writer) -> str:
    """Return how the intervals came about: the number of draws, the seed, and the sampling error of the bounds."""
    print_, climate, said = (
        assessment.fingerprint,
        assessment.footprint.totals["gwp100"].total,
        writer.words["terminal"],
    )
    if not print_.draws:
        return str(said["no_draws"])
    error = sampling_error(climate.draws) if climate is not None else None
    known = said["sampling"].format(error=writer.fixed(100 * error, 1)) if error is not None else ""
    return f"{said['intervals'].format(draws=writer.trimmed(print_.draws), seed=print_.seed)}{known}"


def step_line(step: Step, writer: Writer, names: Mapping[str, str]) -> str:
    """Return one line of an explanation, indented by its depth; `names` are those of factors in the writer's language."""
    said = in_language(step, writer, names)
    line = f"{'  ' * said.depth}{said.label} = {said.value}"
    return line + (f"  [{said.how}]" if said.how else "") + (f"  <- {said.origin}" if said.origin else "")


def formula_line(formula: Formula) -> str:
    """Return a formula on one line: its name, its expression and its unit."""
    return f"{formula.name:28} = {pretty(formula.expression)} [{formula.unit}]"


def formula_page(formula: Formula) -> str:
    """Return what a formula means, its expression, and each of its inputs with the unit it is converted to."""
    inputs = [f"  {argument.name} [{argument.unit}]: {argument.meaning}" for argument in formula.arguments]
    return "\n".join([formula_line(formula), formula.summary, *inputs, f"source: {formula.source}"])


def factor_line(book: FactorBook, key: str, indicator: str) -> str:
    """Return one line on a key of the catalogue: the value of its preferred source."""
    factor, rows = book.get(key, indicator), book.rows[key, indicator]
    others = f"  (+{len(rows) - 1} more)" if len(rows) > 1 else ""
    return f"{key:44} {indicator:18} {number(factor.value):>10} {factor.unit:18} {_named(factor)} <{factor.source.id}>{others}"


def _named(factor: Factor) -> str:
    return " / ".join(filter(None, factor.names))


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
        blocks += [f"    near: {number(o.value)} {o.unit}  {_named(o)} <{o.source.id}> ({_covers(o)})" for o in others]
        values = [factor.value * conversion(factor.unit, factors[0].unit) for factor in (*factors, *others)]
        if len(values) > 1:
            bounds = f"{number(min(values))} to {number(max(values))} {factors[0].unit}"
            blocks.append(f"  spread between {len(values)} sources: {bounds}")
    return "\n".join(blocks)


def _covers(factor: Factor) -> str:
    return ", ".join(sorted(factor.coverage)) or "coverage not stated"


def _block(book: FactorBook, factor: Factor, leads: bool) -> str:
    lines = [f"  {'*' if leads else ' '} {number(factor.value)} {factor.unit}  {_named(factor)}"]
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
        "copy read": factor.source.archive_url,
        "place": factor.locator,
        "note": factor.note,
    }
    return "\n".join([*lines, *(f"      {name}: {value}" for name, value in facts.items() if value)])

r"""A methods paragraph for a paper, with citations of all sources.

Specification: Markdown with citations as Pandoc reads them (`[@key; @key]`, Pandoc's manual, "Citation syntax", as of 2026), LaTeX
with `\cite` (LaTeX 2e of 2019-10 or later, for `filecontents` inside a document), BibTeX 0.99d entries of type `misc`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from lca.exporters.bibliography import Bibliography, Entry, bibliography_of
from lca.exporters.escaping import in_latex, in_markdown
from lca.exporters.exporter import Asked, Exported, Exporter
from lca.exporters.extent import is_least, limits_of, scope_lines, told
from lca.exporters.hardware import used_lines
from lca.subjects.footprint.flow import EMBODIED, OPERATIONAL, STAGES

LIMITS = ("formulas", "gaps", "benefit", "money", "scenarios", "market_based")

#: The name of the file of sources that the LaTeX writes beside a paper.
BIBLIOGRAPHY = "lca-sources"


class Sentence(Struct, frozen=True):
    """A sentence of the paragraph, and what it cites."""

    text: str
    cites: tuple[Entry, ...] = ()


def write(asked: Asked) -> Exported:
    """Return the paragraph in Markdown or LaTeX, with its sources as BibTeX in the same file; or these alone."""
    sources, limits = bibliography_of(asked), limits_of(asked, LIMITS)
    return Exported((_FORMS[asked.form](asked, sources, limits) + "\n").encode(), limits)


def _markdown(asked: Asked, sources: Bibliography, limits: tuple[str, ...]) -> str:
    def cited(sentence: Sentence) -> str:
        text = in_markdown(sentence.text)
        keys = "; ".join(f"@{entry.key}" for entry in sentence.cites)
        return f"{text.removesuffix('.')} [{keys}]." if keys else text

    paragraph = " ".join(map(cited, _sentences(asked, sources)))
    notes = "\n".join(f"<!-- {line} -->" for line in _notes(asked, limits))
    return f"{paragraph}\n\n{notes}\n\n```bibtex\n{sources.text()}\n```"


def _latex(asked: Asked, sources: Bibliography, limits: tuple[str, ...]) -> str:
    def cited(sentence: Sentence) -> str:
        text = in_latex(sentence.text)
        keys = ",".join(entry.key for entry in sentence.cites)
        return rf"{text.removesuffix('.')}~\cite{{{keys}}}." if keys else text

    paragraph = "\n".join(map(cited, _sentences(asked, sources)))
    notes = "\n".join(f"% {line}" for line in _notes(asked, limits))
    kept = f"\\begin{{filecontents*}}[overwrite]{{{BIBLIOGRAPHY}.bib}}\n{sources.text()}\n\\end{{filecontents*}}"
    return f"{notes}\n{kept}\n\n{paragraph}"


def _bibtex(_: Asked, sources: Bibliography, limits: tuple[str, ...]) -> str:
    notes = "\n".join(f"% {line}" for line in limits)
    return f"{notes}\n\n{sources.text()}"


_FORMS: dict[str, Callable[[Asked, Bibliography, tuple[str, ...]], str]] = {
    "markdown": _markdown,
    "latex": _latex,
    "bibtex": _bibtex,
}


def _notes(asked: Asked, limits: tuple[str, ...]) -> Iterator[str]:
    """Yield as comments what the file is, and what it cannot carry."""
    yield asked.words["paragraph"]["note"].format(name=f"{BIBLIOGRAPHY}.bib")
    yield from limits


def _sentences(asked: Asked, sources: Bibliography) -> Iterator[Sentence]:
    record, words, writer = asked.record, asked.words["paragraph"], asked.writer
    about, goal = record.study.about, record.study.goal
    yield Sentence(
        words["method"].format(project=about.name, program=asked.program), (sources.program, *sources.methods)
    )
    yield Sentence(words[f"level_{goal.level}"])
    if goal.critical_review is not None:
        yield Sentence(words["reviewed"].format(by=goal.critical_review.by))
    if goal.functional_unit is not None:
        yield Sentence(words["functional_unit"].format(description=goal.functional_unit.description))
    yield from (Sentence(line) for line in scope_lines(asked))
    yield from (Sentence(f"{line}.") for line in used_lines(asked, STAGES))
    yield from _figures(asked)
    if record.fingerprint.draws:
        drawn = record.fingerprint
        yield Sentence(words["intervals"].format(draws=writer.trimmed(drawn.draws), seed=drawn.seed))
    if sources.factors:
        yield Sentence(words["factors"], sources.factors)
    if sources.documents:
        yield Sentence(words["documents"], sources.documents)


def _figures(asked: Asked) -> Iterator[Sentence]:
    """Yield energy and climate change, then the other indicators; those that have no total are named as not assessed."""
    footprint, words, writer = asked.record.footprint, asked.words["paragraph"], asked.writer
    if footprint.energy is not None:
        at_plug = told(asked, footprint.energy_at_plug)
        yield Sentence(words["energy"].format(energy=told(asked, footprint.energy), at_plug=at_plug))
    climate = footprint.totals["gwp100"]
    yield Sentence(
        words["climate"].format(
            total=told(asked, climate.total, footprint.is_partial("gwp100")),
            operational=told(asked, climate.operational, is_least(footprint, "gwp100", scope=OPERATIONAL)),
            embodied=told(asked, climate.embodied, is_least(footprint, "gwp100", scope=EMBODIED)),
        )
    )
    others = [name for name in footprint.totals if name != "gwp100"]
    known = [name for name in others if footprint.totals[name].total is not None]
    if known:
        rows = (
            f"{_name(asked, name)} {told(asked, footprint.totals[name].total, footprint.is_partial(name))}"
            for name in known
        )
        yield Sentence(words["others"].format(figures=asked.words["semicolon"].join(rows)))
    unknown: Sequence[str] = [_name(asked, name) for name in others if name not in known]
    if unknown:
        yield Sentence(words["unknown"].format(names=", ".join(unknown)))
    if footprint.market_based is not None:
        yield Sentence(words["market_based"].format(total=writer.amount(footprint.market_based.total)))


def _name(asked: Asked, indicator: str) -> str:
    return asked.writer.inside(asked.record.book.indicators[indicator].name[asked.writer.language])


EXPORTER = Exporter(write, {"markdown": ".md", "latex": ".tex", "bibtex": ".bib"})

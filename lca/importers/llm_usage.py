"""Usage of language models: what interfaces and servers counted becomes a draft with one service a model."""

from __future__ import annotations

import decimal
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from lca.importers.draft_text import number, plain, quoted, short
from lca.importers.drafted import Printed, Seen, Told, Work, descriptor_start, draft_of, period_line, provenance
from lca.importers.gathering import without_copies
from lca.importers.importer import Draft, Importer, Log
from lca.importers.llm_usage_log import Span, Usage, usages
from lca.importers.logged_work import MOST_ACTIVITIES
from lca.problems import Location, Problem, ProblemsFound

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook

_TOLD = Told(
    "LLM usage",
    (
        "# Read each line, correct it, and answer for it under `applicant`. Tokens and requests are counted, no energy is",
        "# measured: it is modelled from them and the size of the model. What the log cannot know: where requests are answered,",
        "# and on what, tokens of thinking that an interface does not count, devices and network of those who ask.",
    ),
    "machines: those of the provider are modelled; where you serve the model yourself, describe them and name them with `on`",
)


def _read(logs: Sequence[Log], book: FactorBook) -> Draft:
    """Return the draft of logs.

    Raises:
        ProblemsFound: something in a log cannot be read, or it counts nothing; all that is wrong at once.
    """
    notes: list[Problem] = []
    problems: list[Problem] = []
    given = list(without_copies(logs, notes))
    found = [(log, usage) for log in given for usage in usages(log, notes, problems)]
    groups: dict[tuple[str, str], list[tuple[Log, Usage]]] = {}
    for log, usage in found:
        groups.setdefault((usage.provider, usage.model), []).append((log, usage))
    works = [work for group in groups.values() for work in _work(group, book, notes)] if not problems else []
    place = Location(given[0].file, 1, 1)
    if not problems and not works:
        problems.append(Problem(place, "LCA105", "the log counts no request with tokens"))
    if len(works) > MOST_ACTIVITIES:
        message = f"the log holds {len(works)} models, a draft at most {MOST_ACTIVITIES}"
        problems.append(Problem(place, "LCA102", message, "import the rows of one project at a time"))
    if problems:
        raise ProblemsFound(problems)
    start = descriptor_start([usage.date for _, usage in found if usage.date], place, notes)
    tokens = sum(usage.input + usage.cached + usage.output for _, usage in found)
    requests = sum(usage.requests for _, usage in found)
    return draft_of(_TOLD, works, given, Seen(f"{requests} requests, {tokens} tokens", start), notes)


def _work(group: Sequence[tuple[Log, Usage]], book: FactorBook, notes: list[Problem]) -> Iterator[Work]:
    """Yield the service of one model: all of its requests, with the mean of their tokens."""
    log, first = group[0]
    requests = sum(usage.requests for _, usage in group)
    if not requests or not sum(usage.input for _, usage in group):
        message = f"the model `{short(first.model)}` has no request with input tokens, and was skipped"
        notes.append(Problem(first.where, "LCA613", message))
        return
    match = book.models.find(first.model)
    model = first.model if match.identifier else "unknown"
    if not match.identifier:
        asked = (
            f"may be {', '.join(match.candidates)}: state which"
            if match.candidates
            else "not in the catalogue: state `parameters`"
        )
        message = f"model: `{short(first.model)}` {asked}; until then the widest range stands"
        notes.append(Problem(first.where, "LCA613", message))
    provider = (
        book.models.by_id[match.identifier].provider if match.identifier and not first.provider else first.provider
    )
    lines = sorted({usage.where.line for _, usage in group})
    rows = f"lines {lines[0]} to {lines[-1]}" if len(lines) > 1 else f"line {lines[0]}"
    source = provenance("LLM usage", log, f"{rows}, {len(group)} entries")

    def mean(total: int) -> str:
        with decimal.localcontext(prec=20):
            value = Decimal(total) / requests
        return f"{number(value)} token"

    sent, cached, written = (sum(getattr(usage, name) for _, usage in group) for name in ("input", "cached", "output"))
    body = [
        "api:",
        f"  provider: {quoted(provider or 'unknown')}",
        f"  model: {quoted(model)}{'' if model != 'unknown' else f'  # logged: {plain(first.model)}'}",
        "  region: unknown  # where requests are answered",
        f"  requests: {_stated(f'{requests} request', source)}",
        f"  input: {_stated(mean(sent), source)}",
        *([f"  cached_input: {_stated(mean(cached), source)}"] if cached else []),
        f"  output: {_stated(mean(written), source)}",
    ]
    dates = [usage.date for _, usage in group if usage.date]
    if dates:
        body.append(period_line(min(dates), max(dates)))
    printed = []
    for figure, unit, spans in (
        ("energy", "kWh", [usage.energy for _, usage in group]),
        ("gwp100", "kgCO2e", [usage.carbon for _, usage in group]),
    ):
        own = _own(figure, unit, spans, source)
        body += [own] if isinstance(own, str) else []
        printed += [own] if isinstance(own, Printed) else []
    identity = (first.provider, first.model)
    yield Work("inference", first.model or "model", identity, tuple(body), printed=tuple(printed))


def _own(figure: str, unit: str, spans: Sequence[Span | None], source: str) -> Printed | str | None:
    """Return what the server prints itself of all requests, as a stated result; of some, or as a range, as a comment."""
    found = [span for span in spans if span is not None]
    if not found:
        return None
    with decimal.localcontext(prec=60):
        least, most = sum((span[0] for span in found), Decimal(0)), sum((span[1] for span in found), Decimal(0))
    if len(found) == len(spans) and least == most:
        return Printed(figure, f"{number(least)} {unit}", source)
    amount = number(least) if least == most else f"{number(least)} to {number(most)}"
    of_all = f", of {len(found)} of {len(spans)} entries" if len(found) < len(spans) else ""
    return f"# the server's own {figure}: {amount} {unit}{of_all}; not counted"


def _stated(value: str, source: str) -> str:
    """Return a count with its source: no sensor saw an energy."""
    return f"{{value: {value}, source: {quoted(source)}}}"


IMPORTER = Importer(200_000_000, _read)

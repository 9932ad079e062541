"""Usage of language models as interfaces and servers count it: requests and tokens by model, from five kinds of text.

OpenAI's organisation usage (`data[].results[]`, seconds since 1970; cached tokens are part of the input), spans of OpenTelemetry
(`gen_ai.usage.*`, status Development), counters of vLLM (`vllm:prompt_tokens_total`), answers and usages of OpenGateLLM
(`usage{prompt_tokens,completion_tokens,carbon{kWh,kgCO2eq}}`, `impacts` in later versions; one number, or `min` and `max`) and
tables `date,model,requests,input_tokens,output_tokens`.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct

from lca.importers.draft_text import short
from lca.importers.importer import Log
from lca.importers.logged_cells import Cells
from lca.importers.logged_layout import Layout, table_of
from lca.importers.logged_table import MOST_LOOKED_FOR, text_of, without_nul
from lca.importers.other_logs import other_tool
from lca.problems import Location, Problem, ProblemsFound

LAYOUT = Layout(
    "LLM usage",
    ("model", "input_tokens", "output_tokens"),
    ("date", "requests", "cached_tokens", "provider"),
    "a table holds `date,model,requests,input_tokens,output_tokens`",
)
_COUNTER = re.compile(
    r"(vllm:(?:prompt_tokens|generation_tokens|request_success)_total)\{([^}\n]*)\}\s+(\S+)(?:\s+\d+)?\s*"
)
_MODEL = re.compile(r'model_name="([^"]*)"')
_MOST = 10**15


#: The least and the most that a server prints of an energy, or of emissions; the same number where it prints one.
Span = tuple[Decimal, Decimal]


class Usage(Struct, frozen=True):
    """What one line, bucket or span says: input tokens without those of a cache, and when, where it says so.

    `energy` in kWh and `carbon` in kgCO2e are the server's own figures of it, where it prints them.
    """

    where: Location
    model: str
    requests: int
    input: int
    output: int
    cached: int = 0
    provider: str = ""
    date: datetime.date | None = None
    energy: Span | None = None
    carbon: Span | None = None


def usages(log: Log, notes: list[Problem], problems: list[Problem]) -> list[Usage]:
    """Return what a log counts, noting what cannot be read."""
    try:
        text = text_of(log, notes)
        first = text.lstrip("\ufeff \r\n")[:1]
        if first not in ("{", "[") and not _COUNTER.search(text):
            return list(_rows(log, notes, problems))
        if damaged := list(without_nul(text, log)):
            raise ProblemsFound(damaged)
        return list(_values(text, log, problems) if first in ("{", "[") else _counters(text, log, problems))
    except ProblemsFound as error:
        problems += error.problems
        return []


def _rows(log: Log, notes: list[Problem], problems: list[Problem]) -> Iterator[Usage]:
    for row in table_of(log, LAYOUT, notes, problems):
        before, cells = len(problems), Cells(row, problems, "LLM usage")
        counts = [cells.unless_empty(name) for name in ("requests", "input_tokens", "output_tokens", "cached_tokens")]
        when = cells.time("date") if row.cell("date") else None
        if not row.cell("model"):
            problems.append(
                Problem(row.place("model"), "LCA202", "the row names no model", "write it as the interface prints it")
            )
        for name, count in zip(("requests", "input_tokens", "output_tokens", "cached_tokens"), counts, strict=True):
            if count is not None and count != int(count):
                message = f"{name}: `{short(row.cell(name))}` is no whole number"
                problems.append(Problem(row.place(name), "LCA301", message, "tokens and requests are counted"))
        if len(problems) == before:
            requests, sent, written, cached = (int(count) if count is not None else 0 for count in counts)
            requests = requests if row.cell("requests") else 1
            where, provider = row.place("model"), row.cell("provider")
            yield Usage(
                where,
                row.cell("model"),
                requests,
                max(0, sent - cached),
                written,
                cached,
                provider,
                when.date() if when else None,
            )


def _values(text: str, log: Log, problems: list[Problem]) -> Iterator[Usage]:
    """Yield the usages of JSON: one value, or one a line."""
    try:
        parts: list[tuple[int, Any]] = [(1, json.loads(text.removeprefix("\ufeff")))]
    except ValueError as whole:
        parts = []
        lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
        for number, line in lines:
            try:
                parts.append((number, json.loads(line)))
            except ValueError as error:
                cause = error if len(lines) > 1 and parts else whole
                column = getattr(cause, "colno", 1)
                place = Location(log.file, number if cause is error else getattr(cause, "lineno", 1), column)
                problems.append(Problem(place, "LCA205", "the text is no JSON from here on", "is the file cut off?"))
                if cause is whole or len(problems) >= MOST_LOOKED_FOR:
                    return
    count = 0
    for number, part in parts:
        for usage in _found(part, Location(log.file, number, 1), {}, problems):
            count += 1
            yield usage
    if not count and not problems:
        place = Location(log.file, 1, 1)
        message = "the log holds no usage: neither buckets of an interface nor spans of `gen_ai`"
        raise ProblemsFound(
            [other_tool(text, "LLM usage", place) or Problem(place, "LCA202", message, "is it the right file?")]
        )


def _found(value: Any, where: Location, bucket: Mapping[str, Any], problems: list[Problem]) -> Iterator[Usage]:
    """Yield the usages within a value, whatever holds them."""
    if isinstance(value, list):
        for item in value:
            yield from _found(item, where, bucket, problems)
    elif isinstance(value, dict):
        attributes = _attributes(value.get("attributes", value))
        if "gen_ai.usage.input_tokens" in attributes:
            model = attributes.get("gen_ai.response.model") or attributes.get("gen_ai.request.model") or "unknown"
            cached = _count(attributes, "gen_ai.usage.cache_read.input_tokens", where, problems)
            sent = _count(attributes, "gen_ai.usage.input_tokens", where, problems)
            provider = str(attributes.get("gen_ai.provider.name") or attributes.get("gen_ai.system") or "")
            when = _date(value.get("startTimeUnixNano") or value.get("start_time"))
            output = _count(attributes, "gen_ai.usage.output_tokens", where, problems)
            yield Usage(where, str(model), 1, max(0, sent - cached), output, cached, provider, when)
        elif "num_model_requests" in value and "input_tokens" in value:
            cached, sent = (_count(value, name, where, problems) for name in ("input_cached_tokens", "input_tokens"))
            requests, output = (
                _count(value, name, where, problems) for name in ("num_model_requests", "output_tokens")
            )
            model = str(value.get("model") or "unknown")
            yield Usage(
                where, model, requests, max(0, sent - cached), output, cached, "openai", _date(bucket.get("start_time"))
            )
        elif isinstance(usage := value.get("usage"), dict) and "prompt_tokens" in usage:
            yield _answer(value, usage, where, problems)
        else:
            for item in value.values():
                yield from _found(item, where, value if "start_time" in value else bucket, problems)


def _answer(value: Mapping[str, Any], usage: Mapping[str, Any], where: Location, problems: list[Problem]) -> Usage:
    """Return what an answer of a server, or its entry of usage, says beside its text."""
    details = usage.get("prompt_tokens_details")
    cached = _count(details, "cached_tokens", where, problems) if isinstance(details, dict) else 0
    sent, output, requests = (
        _count(usage, name, where, problems) for name in ("prompt_tokens", "completion_tokens", "requests")
    )
    printed = next((p for name in ("impacts", "carbon") if isinstance(p := usage.get(name), dict)), {})
    energy, carbon = (_span(printed, name, where, problems) for name in ("kWh", "kgCO2eq"))
    model, when = str(value.get("model") or "unknown"), _date(value.get("created"))
    return Usage(where, model, requests or 1, max(0, sent - cached), output, cached, "", when, energy, carbon)


def _span(printed: Mapping[str, Any], name: str, where: Location, problems: list[Problem]) -> Span | None:
    """Return what a server prints of its own; None where it prints nothing, or 0 for what it did not work out."""
    found = printed.get(name)
    texts = [found.get("min"), found.get("max")] if isinstance(found, dict) else [found, found]
    if not any(texts):
        return None
    values = []
    for text in texts:
        if isinstance(text, bool) or not isinstance(text, int | float):
            message, hint = f"{name}: `{short(str(text))}` is not a number", "a server writes it as `0.0325`"
            problems.append(Problem(where, "LCA301", message, hint))
            return None
        if not 0 <= text <= _MOST:
            negative = f"{name} must be at least 0, not {text:g}"
            problems.append(
                Problem(where, "LCA304", negative if text < 0 else f"{name}: the number must be finite, and real")
            )
            return None
        values.append(Decimal(repr(text)))
    return min(values), max(values)


def _attributes(value: Any) -> Mapping[str, Any]:
    """Return the attributes of a span, as a map or as OTLP's list of keys and typed values."""
    if isinstance(value, dict):
        return value
    pairs = (item for item in value if isinstance(item, dict)) if isinstance(value, list) else ()
    return {
        str(p.get("key")): next(iter(v.values()), None) if isinstance(v := p.get("value"), dict) else v for p in pairs
    }


def _count(values: Mapping[str, Any], name: str, where: Location, problems: list[Problem]) -> int:
    found = values.get(name) or 0
    text = str(found)
    if isinstance(found, bool) or not text.isdecimal() or len(text) > 15:
        problems.append(
            Problem(where, "LCA301", f"{name}: `{short(text)}` is no whole number", "tokens and requests are counted")
        )
        return 0
    return int(text)


def _date(value: Any) -> datetime.date | None:
    """Return the day of a time in seconds or nanoseconds since 1970, or as a text; None where it is none."""
    text = str(value or "")
    try:
        if text.isdecimal():
            return datetime.datetime.fromtimestamp(int(text) / (1e9 if len(text) > 15 else 1), datetime.UTC).date()
        return datetime.datetime.fromisoformat(text).date()
    except (ValueError, OverflowError, OSError):
        return None


def _counters(text: str, log: Log, problems: list[Problem]) -> Iterator[Usage]:
    """Yield the growth of a server's counters by model; one that is smaller than before began again from 0."""
    latest: dict[tuple[str, str], float] = {}
    grown: dict[str, dict[str, float]] = {}
    first: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        found = _COUNTER.fullmatch(line.rstrip("\r"))
        if found is None:
            if re.match(r"vllm:(?:prompt_tokens|generation_tokens|request_success)_total\b", line):
                message = "the line is no sample: a name, labels in braces, a value and a time"
                problems.append(Problem(Location(log.file, number, 1), "LCA205", message, "is the file cut off?"))
            continue
        try:
            value = float(found[3])
        except ValueError:
            value = -1.0
        if not 0 <= value <= _MOST:
            message = f"{found[1]}: `{short(found[3])}` is no whole number"
            place = Location(log.file, number, found.start(3) + 1)
            problems.append(Problem(place, "LCA301", message, "tokens and requests are counted"))
            continue
        name = _MODEL.search(found[2])
        model, before = name[1] if name else "unknown", latest.get((found[1], found[2]), 0.0)
        latest[found[1], found[2]] = value
        counts = grown.setdefault(model, {})
        counts[found[1]] = counts.get(found[1], 0.0) + (value - before if value >= before else value)
        first.setdefault(model, number)
    for model, counts in grown.items():
        requests, sent, written = (
            int(counts.get(f"vllm:{name}_total", 0))
            for name in ("request_success", "prompt_tokens", "generation_tokens")
        )
        yield Usage(Location(log.file, first[model], 1), model, requests, sent, written, provider="vllm")

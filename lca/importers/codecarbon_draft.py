"""Runs that a tool logged become the text of a draft descriptor."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lca.importers.codecarbon_log import LoggedRun, short
from lca.problems import Problem, ProblemsFound, did_you_mean

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook


def draft(runs: Iterable[LoggedRun], book: FactorBook, file: str) -> str:
    """Return a descriptor of the runs: one training each, its measured energy, its place, and CodeCarbon's own figure.

    Raises:
        ProblemsFound: a country of the log is unknown.
    """
    runs = list(runs)
    problems: list[Problem] = []
    sites, machines, trainings = _Names(), _Names(), _Names()
    training: list[str] = []
    for run in runs:
        place = _place(run, book, problems)
        body = [
            *place,
            *([f"year: {run.start.year}"] if run.start.year != min(r.start.year for r in runs) else []),
            f"pue: {{value: {run.pue:g}, source: {_quoted('logged by CodeCarbon, which takes 1 unless told')}}}",
        ]
        site = sites.of("-".join(line.partition(": ")[2] for line in place), body)
        machine = _machine(run, site, book)
        on = machines.of("node", machine) if machine else ""
        training += _training(run, trainings, site, on, file)
    if problems:
        raise ProblemsFound(problems)
    versions = sorted({run.text("codecarbon_version") for run in runs} - {""})
    names = sorted({run.text("project_name") for run in runs} - {""})
    lines = [
        f"# Draft from {_plain(file)}, the log of {_plain(' '.join(['CodeCarbon', *versions]))}: {len(runs)} runs.",
        "# Read each line, correct it, and answer for it under `applicant`. What the log cannot know: earlier and failed runs,",
        "# data, storage, use, the PUE of your data centre, and machines that it does not name. CodeCarbon measures processors",
        "# where it can read their sensors and models the rest, memory always.",
        "descriptor: 1",
        "project:",
        f"  name: {_quoted(', '.join(names) or 'CodeCarbon log')}",
        f"  start: {min(run.start for run in runs):%Y-%m}",
        "  # applicant: who answers for these figures",
        "sites:",
        *sites.lines(),
        *(["machines:", *machines.lines()] if machines.made else []),
        "training:  # trials and failed runs belong under `experiments`",
        *training,
    ]
    return "\n".join(lines) + "\n"


def _training(run: LoggedRun, names: _Names, site: str, on: str, file: str) -> list[str]:
    run_id, version = run.text("run_id"), run.text("codecarbon_version")
    source = _quoted(f"{f'CodeCarbon {version}'.strip()}, {file}, run {run_id or run.start.isoformat()}")
    own = [*([f"version: {_quoted(version)}"] if version else []), f"gwp100: {run.emissions:.10g} kgCO2e"]
    body = [
        *([f"on: {on}"] if on else []),
        f"site: {site}",
        f"duration: {{value: {run.duration:.10g} s, evidence: measured, source: {source}}}",
        f"energy: {{value: {run.energy:.10g} kWh, evidence: measured, source: {source}}}",
        *(["energy_includes_pue: true"] if run.pue != 1 else []),
        f"measured_by: {{tool: codecarbon, {', '.join(own)}}}",
    ]
    row = [str(run.places["timestamp"].line)]  # two runs may be alike and are two
    name = names.of(f"{run.text('project_name') or 'run'} {run_id[:8]}", row)
    return [f"  {name}:", *(f"    {line}" for line in body)]


def _place(run: LoggedRun, book: FactorBook, problems: list[Problem]) -> list[str]:
    """Return the lines of a site that say where it is: the cloud's region, a subdivision, or the country."""
    provider, region = run.text("cloud_provider").casefold(), run.text("cloud_region")
    if book.zone_of(provider, region):
        return [f"provider: {provider}", f"region: {region}"]
    code = run.text("country_iso_code").upper()
    country = book.countries.get(code)
    if country is None:
        hint = did_you_mean(code, book.countries) or "a code of three letters (ISO 3166), as in `FRA`"
        message = f"country_iso_code: `{short(code)}` is no country of the catalogue"
        problems.append(Problem(run.places["country_iso_code"], "LCA501", message, hint))
        return ["location: FR"]
    parts = {_bare(name): zone for zone, name in book.zones.items() if zone.startswith(f"{country}-")}
    return [f"location: {parts.get(_bare(run.text('region')), country)}"]


def _machine(run: LoggedRun, site: str, book: FactorBook) -> list[str]:
    """Return the lines of the machine where the catalogue knows its accelerators; nothing where it does not."""
    match = re.fullmatch(r"(\d{1,5}) x (.+)", run.text("gpu_model"))
    if match is None or " x " in match[2]:
        return []
    model = book.named_processor(match[2]).identifier
    if not model:
        return []
    lines = [f"site: {site}", f"gpu: {{model: {_quoted(model)}, count: {int(match[1])}}}  # logged: {_plain(match[0])}"]
    memory = run.text("ram_total_size")
    if re.fullmatch(r"\d{1,7}(\.\d+)?", memory):
        lines.append(f"memory: {float(memory):.6g} GB")
    return lines


def _bare(text: str) -> str:
    """Return a name without accents, signs, spaces and capitals, for comparison."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in plain if character.isascii() and character.isalnum())


def _plain(text: str) -> str:
    """Return what a comment may hold of a text."""
    return "".join(character if character.isprintable() else " " for character in text)[:200]


def _quoted(text: str) -> str:
    """Return a text as a quoted scalar of one line."""
    escaped = _plain(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


class _Names:
    """Names of records by what they hold: the same record keeps its name, another one gets a number."""

    def __init__(self) -> None:
        self.made: dict[str, list[str]] = {}

    def of(self, wish: str, body: list[str]) -> str:
        """Return the name of a record, made of the letters and digits of a wish."""
        base = re.sub(r"[^a-z0-9]+", "-", unicodedata.normalize("NFKD", wish.casefold())).strip("-")[:50] or "run"
        for number in range(1, len(self.made) + 2):
            name = base if number == 1 else f"{base}-{number}"
            if self.made.setdefault(name, body) == body:
                return name
        raise AssertionError("there is always a number left")

    def lines(self) -> Iterator[str]:
        """Yield the records as lines of a map."""
        for name, body in self.made.items():
            yield f"  {name}:"
            yield from (f"    {line}" for line in body)

"""What in a run, or between runs, does not fit together or is a model's and no sensor's: flagged, never corrected."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from lca.importers.codecarbon_log import PARTS, POWERS, LoggedRun
from lca.importers.draft_text import number, short
from lca.problems import Problem

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook

#: Parts may differ from their sum by this share, and by half of their last digits.
_PARTS_DIFFER = Decimal("0.02")
#: What CodeCarbon takes for a processor that it does not know, in watts: half of 85.
FALLBACK = Decimal("42.5")
#: Power times duration is the energy of a processor that has no sensor, but for this share.
_CONSTANT = Decimal("0.01")
#: Seconds that a run may take before it measures; the share by which half of a full power may differ from a constant one.
_START_SECONDS, _SAME_POWER = 1, 0.001
#: A share of the energy above which memory, which is modelled by its size, is most of a run.
_MUCH_MEMORY = Decimal("0.5")
#: Times by which the mean power may exceed the full load of what is logged, or be another than the logged one.
_POWER_EXCEEDS, _POWER_DIFFERS = 1.5, 10.0
#: From this version on a processor without a sensor is modelled by its load, and the log does not say which it was.
_LOAD_MODEL = 3
#: Times by which memory's energy at its constant power may exceed what the logged duration explains.
_LONGER = Decimal("1.5")
#: Watts below which no computer works.
_LEAST_WATTS = 0.5
#: Kilograms a kilowatt-hour that no grid emits; times and kilograms by which a factor may differ from the catalogue's.
_NO_GRID, _FACTOR_TIMES, _FACTOR_APART = 1.5, 4.0, 0.1
#: Runs one after the other may seem to overlap by so many seconds, or this share of the shorter.
_OVERLAP_SECONDS, _OVERLAP_SHARE = 5.0, 0.02

_MACHINE = (
    "cpu_model",
    "cpu_count",
    "gpu_model",
    "gpu_count",
    "ram_total_size",
    "country_iso_code",
    "region",
    "cloud_region",
)


def with_models(runs: Sequence[LoggedRun], book: FactorBook) -> list[LoggedRun]:
    """Return runs that say why their processor energy is modelled, where it is by all signs."""
    by_processor: dict[tuple[str, Decimal], set[Decimal]] = {}
    for run in runs:
        power = run.numbers.get("cpu_power")
        if power:
            by_processor.setdefault((run.text("cpu_model"), power), set()).add(run.duration)
    return [replace(run, modelled=_modelled(run, by_processor, book)) for run in runs]


def _modelled(run: LoggedRun, by_processor: Mapping[tuple[str, Decimal], set[Decimal]], book: FactorBook) -> str:
    """Return why the processor energy of a run is no measurement, empty where nothing says so."""
    power, energy = run.numbers.get("cpu_power"), run.numbers.get("cpu_energy")
    major = run.text("codecarbon_version").partition(".")[0]
    unsaid = ""
    if major.isdecimal() and int(major) >= _LOAD_MODEL:
        unsaid = "the processor by its load, unless a sensor was read, which the log does not say"
    if power is None or power <= 0:
        return unsaid
    if power == FALLBACK:
        return "the processor at a constant 42.5 W, which the tool takes where it knows none"
    expected = {power * run.duration / 3_600_000 * pue for pue in (Decimal(1), run.pue or Decimal(1))}
    slack = max(_CONSTANT, _START_SECONDS / run.duration)
    constant = energy is not None and any(abs(value - energy) <= slack * energy for value in expected)
    model = book.named_processor(run.text("cpu_model")).identifier if run.text("cpu_model") else ""
    full = book.find(f"processor/{model}/tdp") if model else None
    half = full is not None and abs(2 * float(power) - full.value) < _SAME_POWER * full.value
    if constant or half or len(by_processor[run.text("cpu_model"), power]) > 1:
        return f"the processor at a constant {number(power)} W"
    return unsaid


def modelled_share(run: LoggedRun) -> Decimal | None:
    """Return the share of a run's energy that no sensor is known to have measured: memory, and a processor that may be modelled."""
    parts = [run.numbers.get(part) for part in PARTS]
    cpu, _, memory = parts
    if cpu is None or memory is None or not (total := sum((part or Decimal(0) for part in parts), Decimal(0))):
        return None
    return (memory + (cpu if run.modelled else 0)) / total


def doubts(run: LoggedRun, most_watts: float, zone: str, book: FactorBook) -> Iterator[Problem]:
    """Yield what does not fit together within a run, on a machine that draws at most so many watts, in a zone."""
    yield from _parts(run)
    yield from _power(run, most_watts)
    yield from _duration(run)
    yield from _factor(run, zone, book)
    gpu = run.numbers.get("gpu_energy", Decimal(0))
    if (
        gpu == 0
        and (run.text("gpu_model") or run.numbers.get("gpu_count", 0) > 0)
        and any(p in run.numbers for p in PARTS)
    ):
        message = f"the accelerators `{short(run.text('gpu_model') or run.text('gpu_count'))}` are listed with 0 kWh"
        hint = "were they idle, or could the tool not read their sensors? Then the energy is too low"
        yield Problem(run.place("gpu_energy"), "LCA607", message, hint)
    if run.text("tracking_mode").casefold() == "process":
        message = "the tracking mode is `process`: processor and memory are a part of the machine's, and a model"
        yield Problem(
            run.place("tracking_mode"), "LCA607", message, "idle power and other processes are not in the energy"
        )
    memory = run.numbers.get("ram_energy", Decimal(0))
    if memory > _MUCH_MEMORY * run.energy:
        share = f"{100 * float(memory / run.energy):.0f} %"
        message = f"memory is {share} of the energy: the tool models that of the whole machine, by its size"
        yield Problem(
            run.place("ram_energy"), "LCA607", message, "on a machine that others share, count your part alone"
        )
    for power in POWERS:
        if run.numbers.get(power, 0) < 0:
            yield Problem(run.place(power), "LCA607", f"{power} is negative: {number(run.numbers[power])} W")


def parts_fit(run: LoggedRun) -> bool:
    """Say whether the parts of an energy sum to it, with the PUE in them or not, as far as they are logged."""
    parts = [run.numbers[part] for part in PARTS if part in run.numbers]
    if not parts:
        return True
    total = sum(parts, Decimal(0))
    rounding = sum((_half_digit(value) for value in (*parts, run.energy)), Decimal(0))
    whole = {"cpu_energy", "ram_energy"} <= run.numbers.keys() and (
        "gpu_energy" in run.numbers or not run.text("gpu_model")
    )
    for factor in {Decimal(1), run.pue or Decimal(1)}:
        short_of = run.energy - factor * total
        if abs(short_of) <= _PARTS_DIFFER * max(run.energy, total) + rounding or (short_of > 0 and not whole):
            return True
    return False


def _half_digit(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    return Decimal(5).scaleb(exponent - 1) if isinstance(exponent, int) and exponent < 0 else Decimal(0)


def _parts(run: LoggedRun) -> Iterator[Problem]:
    if parts_fit(run):
        return
    total = sum((run.numbers[part] for part in PARTS if part in run.numbers), Decimal(0))
    ratio = f": {_times(float(run.energy / total))} as much" if total else ""
    message = f"energy_consumed is {number(run.energy)} kWh, but the sum of its parts is {number(total)} kWh{ratio}"
    hint = "which is right? Watt-hours are a thousandth of kilowatt-hours"
    yield Problem(run.place("energy_consumed"), "LCA607", message, hint)


def _times(ratio: float) -> str:
    return (
        f"{ratio:,.4g} times"
        if 2 <= ratio < 1000
        else f"{ratio:,.0f} times"
        if ratio >= 1000
        else f"{100 * ratio:.0f} %"
    )


def _power(run: LoggedRun, most_watts: float) -> Iterator[Problem]:
    watts = float(run.energy * 3_600_000 / run.duration)
    seen = f"{number(run.energy)} kWh in {number(run.duration)} s are {watts:.4g} W"
    logged = float(sum((run.numbers.get(power, Decimal(0)) for power in POWERS), Decimal(0)))
    if watts > _POWER_EXCEEDS * most_watts:
        message = f"{seen}, more than the logged machine draws at full load (some {most_watts:.0f} W)"
        yield Problem(run.place("energy_consumed"), "LCA607", message, "are unit, duration and machine right?")
    elif watts < _LEAST_WATTS and run.text("tracking_mode").casefold() != "process":
        message = f"{seen}, less than any computer draws"
        yield Problem(run.place("energy_consumed"), "LCA607", message, "are unit and duration right?")
    elif logged > 0 and not 1 / _POWER_DIFFERS <= watts / logged <= _POWER_DIFFERS:
        message = f"{seen}, but the logged powers sum to {logged:.4g} W"
        yield Problem(run.place("energy_consumed"), "LCA607", message, "are unit and duration right?")


def _duration(run: LoggedRun) -> Iterator[Problem]:
    """Yield where memory, of constant power, took longer for its energy than the run: the last task's duration is then logged."""
    power, energy = run.numbers.get("ram_power", Decimal(0)), run.numbers.get("ram_energy", Decimal(0))
    if power <= 0 or run.task or run.readings > 1 or run.text("tracking_mode").casefold() == "process":
        return
    seconds = energy * 3_600_000 / power / max(run.pue or Decimal(1), Decimal(1))
    if seconds > _LONGER * run.duration:
        took = f"memory at {number(power)} W used its {number(energy)} kWh in {float(seconds):.4g} s"
        message = f"{took}, and the row says {number(run.duration)} s"
        hint = "of a run of several tasks CodeCarbon logs the last one's duration: import the file of its tasks, or correct it"
        yield Problem(run.place("duration"), "LCA607", message, hint)


def _factor(run: LoggedRun, zone: str, book: FactorBook) -> Iterator[Problem]:
    logged = float(run.emissions / run.energy)
    factor = book.for_year(f"electricity/{zone}", "gwp100", run.ended.year)
    seen = f"emissions of {number(run.emissions)} kg for {number(run.energy)} kWh are {logged:.3g} kg/kWh"
    if logged > _NO_GRID:
        message = f"{seen}, which no electricity has"
    elif factor is not None and logged == 0:
        message = f"{seen}; the tool knew no factor"
    elif (
        factor is not None
        and abs(logged - factor.value) > _FACTOR_APART
        and not (1 / _FACTOR_TIMES <= logged / factor.value <= _FACTOR_TIMES)
    ):
        message = f"{seen}; the catalogue has {factor.value:.3g} for {zone}"
    else:
        return
    yield Problem(
        run.place("emissions"), "LCA607", message, "are its unit and the place right? They count as its own figure only"
    )


def overlaps(runs: Sequence[LoggedRun]) -> Iterator[Problem]:
    """Yield one doubt for each machine of which several runs overlap in time and each may count the whole of it."""
    machines: dict[tuple[str, ...], list[LoggedRun]] = {}
    for run in runs:
        if run.text("tracking_mode").casefold() != "process":
            machines.setdefault(tuple(run.text(column) for column in _MACHINE), []).append(run)
    for alike in machines.values():
        together = [group for group in _together(alike) if len(group) > 1]
        if not together:
            continue
        count, first = sum(map(len, together)), together[0][0].runs[0]
        energy = sum((span.energy for group in together for span in group), Decimal(0))
        largest = sum((max(span.energy for span in group) for group in together), Decimal(0))
        what = (
            "on machines that look alike"
            if any(first.text(c) for c in _MACHINE[:5])
            else "on machines that the log does not name"
        )
        lines = sorted({run.row.number for group in together for span in group for run in span.runs})
        message = (
            f"{count} runs overlap in time {what} (lines {lines[0]} to {lines[-1]}): if it is one machine, each counts all of "
            f"it, and they are {number(largest)} kWh, not {number(energy)} kWh"
        )
        hint = "keep one of those that ran at once, or leave all if they ran on several machines"
        yield Problem(first.place("energy_consumed"), "LCA607", message, hint)


class _Span(Struct):
    """The time of one run, or of all tasks of one run, which do not overlap with each other."""

    began: datetime.datetime
    ended: datetime.datetime
    runs: list[LoggedRun]

    @property
    def energy(self) -> Decimal:
        return sum((run.energy for run in self.runs), Decimal(0))


def _together(runs: Sequence[LoggedRun]) -> Iterator[list[_Span]]:
    """Yield groups of runs of which each overlaps with the longest earlier one."""
    spans: dict[str, _Span] = {}
    for index, run in enumerate(runs):
        key = run.text("run_id") if run.task and run.text("run_id") else f" {index}"
        span = spans.setdefault(key, _Span(run.began, run.ended, []))
        span.began, span.ended = min(span.began, run.began), max(span.ended, run.ended)
        span.runs.append(run)
    ordered = sorted(spans.values(), key=lambda span: (span.began, span.ended, span.runs[0].row.number))
    group, latest = ordered[:0], ordered[0]
    for span in ordered:
        if group and not _overlap(latest, span):
            yield group
            group = []
        latest = span if not group or span.ended > latest.ended else latest
        group.append(span)
    if group:
        yield group


def _overlap(earlier: _Span, later: _Span) -> bool:
    common = (min(earlier.ended, later.ended) - later.began).total_seconds()
    shorter = min((span.ended - span.began).total_seconds() for span in (earlier, later))
    return common > min(max(_OVERLAP_SECONDS, _OVERLAP_SHARE * shorter), shorter / 2)

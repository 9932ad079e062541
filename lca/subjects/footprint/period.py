"""Periods of activities: their first and last day, the year that most of one lies in, and what they contradict."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from msgspec import Struct

from lca.descriptor.descriptor import Descriptor
from lca.problems import Problem
from lca.quantities.provenance import Stated
from lca.quantities.units import conversion

#: Stages that may outlive the project: its service, what it stores, and what it keeps.
_OUTLIVE = ("storage", "inference", "equipment")
#: What rounding of days and months may add to a time.
_SLACK = 1.02


class Period(Struct, frozen=True):
    """When an activity takes place; a year or a month stands for all its days."""

    path: str
    start: str | int
    end: str | int

    @property
    def days(self) -> tuple[date, date] | None:
        """Its first and last day, None where there is no such day or the end comes first."""
        first, last = first_day(self.start), last_day(self.end)
        return (first, last) if first is not None and last is not None and first <= last else None

    @property
    def year(self) -> int | None:
        """The year that most of its days lie in, the earlier of two that hold as many."""
        if self.days is None:
            return None
        first, last = self.days
        held = {
            year: (min(last, date(year, 12, 31)) - max(first, date(year, 1, 1))).days + 1
            for year in range(first.year, last.year + 1)
        }
        return max(held, key=lambda year: (held[year], -year))

    @property
    def years(self) -> range:
        """The years that it touches."""
        return range(self.days[0].year, self.days[1].year + 1) if self.days else range(0)

    @property
    def length(self) -> Stated | None:
        """How long it lasts, in days."""
        if self.days is None:
            return None
        days = (self.days[1] - self.days[0]).days + 1
        return Stated(self.path, float(days), "d", text=f"{self.start} – {self.end}")


def first_day(text: str | int) -> date | None:
    """Return the first day of a year, a month or a day, None where there is no such day."""
    year, month, day = _parts(text)
    try:
        return date(year, month or 1, day or 1)
    except ValueError:
        return None


def last_day(text: str | int) -> date | None:
    """Return the last day of a year, a month or a day, None where there is no such day."""
    year, month, day = _parts(text)
    try:
        return date(year, month or 12, day or calendar.monthrange(year, month or 12)[1])
    except ValueError:
        return None


def _parts(text: str | int) -> tuple[int, int, int]:
    numbers = [int(part) for part in str(text).split("-")]
    return numbers[0], numbers[1] if len(numbers) > 1 else 0, numbers[2] if len(numbers) > 2 else 0


def checks(descriptor: Descriptor, stage: str, activity: Any) -> Iterator[Problem]:
    """Yield what the period of an activity contradicts: itself, its duration, or the project's period."""
    period: Period | None = activity.period
    if period is None:
        return
    at = descriptor.document.at
    place = tuple(period.path.split("."))
    impossible = [n for n, day in (("start", first_day(period.start)), ("end", last_day(period.end))) if day is None]
    for name in impossible:
        message = f"{period.path}.{name}: `{getattr(period, name)}` is not a date"
        yield Problem(at((*place, name)), "LCA405", message, "as in `2026-01-31`")
    if impossible:
        return
    if period.days is None:
        message = f"{period.path}: the end, {period.end}, comes before the start, {period.start}"
        yield Problem(at((*place, "end")), "LCA405", message, "check both dates")
        return
    yield from _against_duration(descriptor, period, activity)
    yield from _against_project(descriptor, stage, period, period.days)


def _against_duration(descriptor: Descriptor, period: Period, activity: Any) -> Iterator[Problem]:
    duration: Stated | None = getattr(activity, "duration", None)
    length = period.length
    if duration is None or length is None or duration.is_processor_time:
        return
    if duration.value * conversion(duration.unit, "d") > length.value * _SLACK:
        message = f"{duration.path}: {duration.text} is longer than the period, which lasts {length.value:g} days"
        hint = "write `GPU h` or `node h` for hours that are added over processors or machines"
        hint = hint if activity.path.partition(".")[0] in ("training", "experiments") else "check the period"
        yield Problem(descriptor.document.at(tuple(duration.path.split("."))), "LCA405", message, hint)


def _against_project(descriptor: Descriptor, stage: str, period: Period, days: tuple[date, date]) -> Iterator[Problem]:
    about = descriptor.about
    begins = first_day(about.start) if about.start else None
    if begins is None:
        return
    place = tuple(period.path.split("."))
    if days[0] < begins:
        message = f"{period.path}: it starts in {period.start}, before the project, which starts in {about.start}"
        hint = "check both, or set the project's `start` to when its work began"
        yield Problem(descriptor.document.at((*place, "start")), "LCA405", message, hint)
    if about.duration is None:
        return
    lasts = about.duration.value * conversion(about.duration.unit, "d")
    ends = begins + timedelta(days=min(lasts, 366 * 1000) + 1)
    if days[1] <= ends or (stage in _OUTLIVE and days[0] <= ends):
        return
    message = f"{period.path}: it ends in {period.end}, after the project, which ends in {ends:%Y-%m}"
    yield Problem(descriptor.document.at((*place, "end")), "LCA405", message, "check both, or the project's `duration`")

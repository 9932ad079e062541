"""The review after the fact, in the report."""

from __future__ import annotations

from msgspec import Struct

from lca.presenting.writer import Writer
from lca.quantities.by_language import Text
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.subjects.monitoring.agreed import AgreedCondition
from lca.subjects.monitoring.declared import Monitoring
from lca.subjects.monitoring.result import MeasuredInput, MonitoringResult, Reviewed
from lca.subjects.monitoring.standing import MET, STANDINGS, Because, Followed
from lca.subjects.subject import Assessed, Section, View

#: How much of a hash tells one file from another to a person.
_SHORT_HASH = 16
#: The lines of the benefit that a report sets side by side; the contract has all of them.
_LINES = ("attributed", "net_project", "remains")


class InputRow(Struct, frozen=True):
    """A measured input as it is printed."""

    row: MeasuredInput
    forecast: str
    interval: str
    deviation: str
    verdict: str


class FigureRow(Struct, frozen=True):
    """A figure as it is printed: its name, and amount and interval as sealed, as forecast now, and with what was measured."""

    name: str
    sealed: tuple[str, str]
    forecast: tuple[str, str]
    measured: tuple[str, str]
    change: tuple[str, str]


class ConditionRow(Struct, frozen=True):
    """An agreed condition as it is printed: in its own words, who brings the evidence and when, how it stands, and why."""

    agreed: AgreedCondition
    owner: str
    date: str
    standing: str
    is_met: bool
    because: str
    documents: tuple[str, ...]


def view(assessed: Assessed, writer: Writer) -> View:
    """Return what the section on monitoring needs."""
    result = assessed.results.get(MonitoringResult)
    if result is None:
        return {"monitored": None}
    return {
        "monitored": result,
        "declared_monitoring": assessed.study[Monitoring],
        "measured_inputs": [_input(row, writer) for row in result.inputs],
        "forecast_moved": result.sealed is None or any(_has_moved(row) for row in result.reviewed),
        "reviewed": [_figure(row, assessed, writer) for row in result.reviewed if _is_printed(row.path)],
        "agreed": result.agreed,
        "followed": [_followed(one, writer) for one in result.conditions],
        "standing_counts": _counts(result, assessed, writer),
    }


SECTIONS = (Section("monitoring", "monitoring/section.html.j2", view),)


def _followed(one: Followed, writer: Writer) -> ConditionRow:
    words = writer.words["conditions_words"]
    documents = tuple(
        words["document"].format(title=document.title, sha256=document.sha256[:_SHORT_HASH])
        if document.sha256
        else document.title
        for document in one.documents
    )
    return ConditionRow(
        one.agreed,
        one.agreed.owner or str(words["to_be_named"]),
        writer.when(one.agreed.date) if one.agreed.date else str(words["to_be_agreed"]),
        str(words["standings"][one.standing]),
        one.standing == MET,
        writer.typeset(because(one.because, writer)),
        documents,
    )


def because(reason: Because, writer: Writer) -> str:
    """Return in words why a condition stands as it does."""

    def said(name: str, value: object) -> str:
        if isinstance(value, Text):
            return value.in_(writer.language)
        if isinstance(value, Stated):
            return writer.stated(value)
        if isinstance(value, tuple):
            return f"{writer.words['semicolon']} ".join(map(writer.words["messages"].told, value))
        return writer.when(str(value)) if name == "date" else str(value)

    form = writer.words["conditions_words"]["reasons"][reason.form]
    return str(form.format(**{name: said(name, value) for name, value in reason.values.items()}))


def _counts(result: MonitoringResult, assessed: Assessed, writer: Writer) -> str:
    """Return how many of the agreed conditions there are, and how many stand how on the date of the study."""
    words = writer.words["conditions_words"]["follow_up"]
    standings = [one.standing for one in result.conditions]
    counted = ", ".join(writer.counted(standings.count(name), words["standing_counts"][name]) for name in STANDINGS)
    on = words["counted_on"].format(counted=counted, date=writer.date(assessed.fingerprint.as_of))
    return f"{writer.counted(len(standings), words['counted'])}{writer.words['colon']} {on}"


def _input(row: MeasuredInput, writer: Writer) -> InputRow:
    words = writer.words["monitoring_words"]
    _, interval = _noted(row.forecast, row.low, row.high, writer)
    share, stated = row.deviation, row.forecast.origin if row.forecast is not None else None
    if not row.declared.supersedes:
        verdict = "forecast_stays"
    elif row.forecast is not None and row.forecast.value and share is None:
        verdict = "other_unit"
    else:
        verdict = _VERDICTS[row.within]
    return InputRow(
        row,
        writer.stated(stated) if isinstance(stated, Stated) else str(words["not_forecast"]),
        interval,
        f"{'+' if share.value > 0 else ''}{writer.percent(share.value)}" if share is not None else "–",
        str(words[verdict]),
    )


#: The word for a measured value that lies within the forecast's interval, outside it, or beside a forecast that has none.
_VERDICTS = {True: "within", False: "outside", None: "no_interval"}


def _figure(row: Reviewed, assessed: Assessed, writer: Writer) -> FigureRow:
    return FigureRow(
        _name(row.path, assessed, writer),
        _noted(row.sealed, row.low, row.high, writer),
        _pair(row.forecast, writer),
        _pair(row.measured, writer),
        _pair(row.change, writer),
    )


def _has_moved(row: Reviewed) -> bool:
    """Say whether this descriptor's forecast is another one than the sealed, to the four digits that a page may show."""
    return row.sealed is None or f"{row.sealed.value:.4g}" != f"{row.forecast.value:.4g}"


def _is_printed(path: str) -> bool:
    parts = path.split(".")
    return parts[0] != "benefit" or (parts[-1] in _LINES and (len(parts) == 2 or parts[1] == "physical"))


def _name(path: str, assessed: Assessed, writer: Writer) -> str:
    kind, *inner = path.split(".")
    if kind == "total":
        return assessed.book.indicators[inner[0]].name[writer.language]
    if kind == "energy":
        return str(writer.words["energy"])
    line = str(writer.words[inner[-1]])
    return f"{', '.join(inner[1:3])}{writer.words['colon']} {line}" if inner[0] == "physical" else line


def _pair(quantity: Quantity | None, writer: Writer) -> tuple[str, str]:
    return ("–", "") if quantity is None else (writer.amount(quantity), writer.interval(quantity))


def _noted(quantity: Quantity | None, low: float | None, high: float | None, writer: Writer) -> tuple[str, str]:
    """Write a best estimate with the interval that was noted beside it."""
    if quantity is None:
        return "–", ""
    if low is None or high is None:
        return writer.amount(quantity), str(writer.words["no_range"])
    if low == high:
        return writer.amount(quantity), "–"
    return writer.bounded(quantity, quantity.value, low, high)

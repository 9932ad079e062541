"""The log of Slurm (`sacct -P`): what its columns hold, and each job of it, with its steps, as numbers and texts.

Columns by the manual of sacct: `Elapsed` as `[D-]HH:MM:SS`, `ConsumedEnergyRaw` in joules, memory with a suffix of powers of 1024,
`AllocTRES` as `cpu=32,gres/gpu:a100=4,mem=128G,node=1`. A job's steps (`17.batch`, `17.0`) stand below it, in columns of any order.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from lca.importers.draft_text import short
from lca.importers.importer import Log
from lca.importers.logged_cells import Cells
from lca.importers.logged_layout import Layout, table_of
from lca.importers.logged_table import Row
from lca.problems import Problem, did_you_mean

_OPTIONAL = (
    *("JobName", "Elapsed", "ElapsedRaw", "Start", "End", "NNodes", "NCPUS", "AllocCPUS", "AllocNodes", "ReqMem", "MaxRSS"),
    *("AllocTRES", "ConsumedEnergyRaw", "ExitCode", "Account", "Partition", "Cluster", "TRESUsageInTot", "TotalCPU"),
)  # fmt: skip
LAYOUT = Layout(
    "Slurm", ("JobID", "State"), _OPTIONAL, "`sacct -P --format=...` writes a head and a row for each job", "|"
)

#: Why a job that has ended gave no result, by its state.
REASONS = {
    "FAILED": "failed",
    "CANCELLED": "cancelled",
    "TIMEOUT": "timed out",
    "OUT_OF_MEMORY": "ran out of memory",
    "NODE_FAIL": "its node failed",
    "BOOT_FAIL": "its node did not start",
    "PREEMPTED": "preempted by another job",
    "DEADLINE": "past its deadline",
    "REVOKED": "revoked",
}
_GOING_ON = ("RUNNING", "PENDING", "SUSPENDED", "REQUEUED", "RESIZING", "COMPLETING", "CONFIGURING", "STOPPED")
_TIME = re.compile(r"(?:(\d{1,6})-)?(?:(\d{1,6}):)?(\d{1,2}):(\d{2}(?:\.\d+)?)")
_MEMORY = re.compile(r"(\d+(?:\.\d+)?)([KMGTP]?)(?:i?B)?([nc]?)")
_POWERS = {
    "": Decimal(2) ** -10,
    "K": Decimal(2) ** -20,
    "M": Decimal(2) ** -10,
    "G": Decimal(1),
    "T": Decimal(2) ** 10,
}
_POWERS["P"] = Decimal(2) ** 20
#: What Slurm writes where a number is not set: the largest of 32 and of 64 bits, less one or two.
_UNSET = frozenset(str(2**bits - less) for bits in (32, 64) for less in (1, 2))
_NO_TIME = ("", "unknown", "none", "n/a")


class Job(Struct, frozen=True):
    """One job as logged; memory is in GiB, `energy` in joules, None where no sensor of Slurm saw it.

    `reason` says why it gave no result, empty where it completed; `steps` says of which rows its energy is made.
    """

    log: Log
    row: Row
    state: str
    reason: str
    seconds: Decimal
    began: datetime.datetime | None
    ended: datetime.datetime | None
    energy: Decimal | None
    nodes: int
    cpus: int
    gpus: tuple[tuple[str, int], ...]
    asked: Decimal | None
    used: Decimal | None
    jobs: int = 1

    @property
    def name(self) -> str:
        """What its user called it."""
        return self.row.cell("JobName")


def read_jobs(logs: Sequence[Log], notes: list[Problem], problems: list[Problem]) -> list[Job]:
    """Return the jobs of logs that have ended and ran, in their order, noting what was left out and what cannot be read."""
    jobs: list[Job] = []
    seen: dict[tuple[str, ...], Row] = {}
    for log in logs:
        rows = list(_without_copies(table_of(log, LAYOUT, notes, problems), seen, notes))
        if rows and not {"Elapsed", "ElapsedRaw"} & set(rows[0].columns):
            hint = "ask sacct for it: `sacct -P --format=JobID,JobName,State,Start,End,Elapsed,AllocTRES,...`"
            problems.append(Problem(rows[0].place(""), "LCA202", "the column `Elapsed` is missing", hint))
            continue
        for job, steps in _with_steps(rows, notes):
            found = _job(log, job, steps, notes, problems)
            jobs += [found] if found is not None else []
    return jobs


def _without_copies(rows: Iterable[Row], seen: dict[tuple[str, ...], Row], notes: list[Problem]) -> Iterator[Row]:
    """Yield rows, those that stand twice once, as where the exports of two periods overlap."""
    for row in rows:
        earlier = seen.setdefault((*row.columns, *row.cells), row)
        if earlier is row:
            yield row
        else:
            message = f"the row stands in line {earlier.number} of {earlier.name} too, and was counted once"
            notes.append(Problem(row.place("JobID"), "LCA613", message))


def _with_steps(rows: Iterable[Row], notes: list[Problem]) -> Iterator[tuple[Row, list[Row]]]:
    """Yield each job with its steps; one that was put back into the queue stands again, as a job of its own."""
    jobs: list[tuple[Row, list[Row]]] = []
    latest: dict[str, list[Row]] = {}
    for row in rows:
        job, _, step = row.cell("JobID").partition(".")
        if not step:
            latest[job] = []
            jobs.append((row, latest[job]))
        elif job in latest:
            latest[job].append(row)
        else:
            message = f"the step `{short(row.cell('JobID'))}` stands without its job, and was left out"
            notes.append(Problem(row.place("JobID"), "LCA613", message, "is the log cut off at its beginning?"))
    yield from jobs


def _job(log: Log, row: Row, steps: Sequence[Row], notes: list[Problem], problems: list[Problem]) -> Job | None:
    before = len(problems)
    words = row.cell("State").upper().split()
    state = words[0].rstrip("+") if words else ""
    if state in _GOING_ON:
        message = f"the job `{short(row.cell('JobID'))}` has not ended ({state.lower()}), and was left out"
        notes.append(Problem(row.place("State"), "LCA613", message, "import it again when it has"))
        return None
    if state != "COMPLETED" and state not in REASONS:
        hint = did_you_mean(state, ("COMPLETED", *REASONS, *_GOING_ON)) or "as in `COMPLETED`, `FAILED` or `TIMEOUT`"
        problems.append(Problem(row.place("State"), "LCA204", f"State: `{short(state)}` is no state of Slurm", hint))
    seconds = _seconds(row, problems)
    began, ended = _times(row, seconds, notes, problems)
    tres = _tres(row.cell("AllocTRES"))
    nodes = _count(row, ("NNodes", "AllocNodes"), tres.get("node", ""), problems) or 1
    cpus = _count(row, ("AllocCPUS", "NCPUS"), tres.get("cpu", ""), problems)
    energy = _energy(row, steps, notes, problems)
    asked = _asked(row, tres, nodes, cpus, problems)
    used = max((rss for one in (row, *steps) if (rss := _memory(one, "MaxRSS", problems)) is not None), default=None)
    if len(problems) > before or seconds is None:
        return None
    if not seconds:
        message = f"the job `{short(row.cell('JobID'))}` never ran, and was left out"
        notes.append(Problem(row.place("Elapsed"), "LCA613", message))
        return None
    code = row.cell("ExitCode")
    reason = REASONS.get(state, "") + (f", exit code {code}" if state == "FAILED" and code not in ("", "0:0") else "")
    return Job(
        log, row, state, reason, seconds, began, ended, energy or None, nodes, cpus, gpus_of(tres), asked, used or None
    )  # fmt: skip


def _seconds(row: Row, problems: list[Problem]) -> Decimal | None:
    """Return how long a job ran."""
    raw = row.cell("ElapsedRaw")
    if raw.isdecimal() and len(raw) < 12:
        return Decimal(raw)
    column = "Elapsed" if "Elapsed" in row.columns else "ElapsedRaw"
    text = row.cell(column)
    found = _TIME.fullmatch(text)
    if found is None:
        code, message = "LCA301", f"{column}: `{short(text)}` is no time"
        if text.startswith("-"):
            code, message = "LCA304", f"{column} is negative: `{short(text)}`"
        problems.append(
            Problem(row.place(column), code, message, "Slurm writes it as `1-02:03:04`: days, hours, minutes, seconds")
        )
        return None
    days, hours, minutes, seconds = (Decimal(part or 0) for part in found.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds


def _times(
    row: Row, seconds: Decimal | None, notes: list[Problem], problems: list[Problem]
) -> tuple[datetime.datetime | None, datetime.datetime | None]:
    """Return when a job began and ended, noting where that is not how long it ran."""
    cells = Cells(row, problems, "Slurm")
    began, ended = (None if row.cell(c).casefold() in _NO_TIME else cells.time(c) for c in ("Start", "End"))
    if began is None or ended is None or seconds is None:
        return began, ended
    passed = (ended - began).total_seconds()
    if passed < 0:
        message = f"End is {-passed:.0f} s before Start: the clock went back"
        problems.append(
            Problem(row.place("End"), "LCA405", message, "a change of the clock or of the time zone? Correct one")
        )
    elif abs(passed - float(seconds)) > 60:
        message = f"from Start to End are {passed:.0f} s, but Elapsed is {seconds:f} s, which is counted"
        notes.append(Problem(row.place("End"), "LCA607", message, "was the job suspended, or did the clock change?"))
    return began, ended


def _tres(text: str) -> Mapping[str, str]:
    """Return what a job was given, by kind."""
    return dict(part.partition("=")[::2] for part in text.split(",") if "=" in part)


def gpus_of(tres: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    """Return the accelerators of a job: how many of which type, those without a type where none has one."""
    typed = {
        kind.partition(":")[2]: int(count)
        for kind, count in tres.items()
        if kind.startswith("gres/gpu:") and count.isdecimal() and len(count) < 7 and int(count)
    }
    bare = tres.get("gres/gpu", "")
    if not typed and bare.isdecimal() and len(bare) < 7 and int(bare):
        return (("", int(bare)),)
    return tuple(typed.items())


def _count(row: Row, columns: Sequence[str], otherwise: str, problems: list[Problem]) -> int:
    for column in columns:
        text = row.cell(column)
        if text and not (text.isdecimal() and len(text) < 9):
            hint = "Slurm writes it as `32`"
            problems.append(Problem(row.place(column), "LCA301", f"{column}: `{short(text)}` is no whole number", hint))
        elif text:
            return int(text)
    return int(otherwise) if otherwise.isdecimal() and len(otherwise) < 9 else 0


def _memory(row: Row, column: str, problems: list[Problem]) -> Decimal | None:
    """Return a memory in GiB; None where none is logged."""
    text = row.cell(column)
    if not text or text == "0":
        return None
    found = _MEMORY.fullmatch(text)
    if found is None:
        problems.append(
            Problem(
                row.place(column),
                "LCA301",
                f"{column}: `{short(text)}` is no memory",
                "as in `5266672K` or `128G`",
            )
        )
        return None
    unit = found[2] if found[2] or column != "MaxRSS" else "B"
    return Decimal(found[1]) * (Decimal(2) ** -30 if unit == "B" else _POWERS[unit])


def _asked(row: Row, tres: Mapping[str, str], nodes: int, cpus: int, problems: list[Problem]) -> Decimal | None:
    """Return the memory that a job was given on all of its nodes, or asked for, in GiB."""
    given = _MEMORY.fullmatch(tres.get("mem", ""))
    if given is not None:
        return Decimal(given[1]) * _POWERS[given[2]]
    asked = _memory(row, "ReqMem", problems)
    per = row.cell("ReqMem")[-1:]
    return asked * (nodes if per == "n" else cpus or 1 if per == "c" else 1) if asked is not None else None


def _joules(row: Row, notes: list[Problem], problems: list[Problem]) -> Decimal:
    text = row.cell("ConsumedEnergyRaw")
    if text in _UNSET:
        message = f"ConsumedEnergyRaw: `{text}` is what Slurm writes where nothing was measured"
        notes.append(Problem(row.place("ConsumedEnergyRaw"), "LCA613", message))
        return Decimal(0)
    return Cells(row, problems, "Slurm").unless_empty("ConsumedEnergyRaw") or Decimal(0)


def _energy(row: Row, steps: Sequence[Row], notes: list[Problem], problems: list[Problem]) -> Decimal:
    """Return the joules of a job: its own, or those of its steps, of which `batch` sees what the numbered ones see too."""
    own = _joules(row, notes, problems)
    of_steps = {step.cell("JobID").partition(".")[2]: _joules(step, notes, problems) for step in steps}
    if own or not any(of_steps.values()):
        return own
    numbered = sum((joules for step, joules in of_steps.items() if step not in ("batch", "extern")), Decimal(0))
    batch = max(of_steps.get("batch", Decimal(0)), of_steps.get("extern", Decimal(0)))
    if numbered and batch:
        message = f"the steps of job `{short(row.cell('JobID'))}` overlap: {batch:f} J in `batch`, {numbered:f} J in the others"
        notes.append(Problem(row.place("ConsumedEnergyRaw"), "LCA607", message, "the larger one is counted"))
    return max(numbered, batch)

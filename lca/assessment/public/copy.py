"""What a public copy holds: plain data that its page, its JSON and its check are made from, and nothing besides."""

from __future__ import annotations

from msgspec import Struct, field

from lca.assessment.public.cells import Cell

#: The name of the file that holds it.
PUBLIC = "public.json"

#: The copies of a report: that without restricted values, and that with all of them.
PUBLIC_COPY, AGENCY_COPY = COPIES = ("public", "agency")

#: The version of the format.
FORMAT = 1


class Project(Struct, frozen=True):
    """What the project is and who answers for it; `language` is that of its report."""

    name: str
    language: str
    applicant: str = ""
    partners: tuple[str, ...] = ()
    call: str = ""
    start: str = ""
    summary: str = ""
    level: str = ""
    functional_unit: str = ""


class Shown(Struct, frozen=True):
    """A figure that rests on no restricted value, with its 95 % interval; no bounds where it has none."""

    value: float
    unit: str
    low95: float | None = None
    high95: float | None = None


class Total(Struct, frozen=True):
    """The total of an indicator: `shown` where it rests on no restricted value, else the `cell` that it is told as.

    Neither where the indicator is not assessed. `is_partial` where something is not counted on it; `names` are its own in each
    language.
    """

    indicator: str
    names: dict[str, str]
    unit: str
    is_partial: bool
    shown: Shown | None = None
    cell: Cell | None = None


class RestrictedValue(Struct, frozen=True):
    """A value that is kept out: its path, and the file that states it."""

    path: str
    file: str


class PublicInput(Struct, frozen=True):
    """What the study rests on beside restricted values: a factor where it has an indicator, else a stated value."""

    path: str
    shown: Shown
    evidence: str
    source: str
    indicator: str | None = None


class PublicProblem(Struct, frozen=True):
    """A problem that is the same whatever the restricted values are."""

    code: str
    severity: str
    message: str
    file: str
    hint: str = ""


class Computed(Struct, frozen=True):
    """What the figures were computed by; no hash of the descriptor, by which its restricted values could be tried out."""

    program: str
    catalogue: str
    catalogue_version: str
    seed: int
    draws: int
    as_of: str


class PublicCopy(Struct, frozen=True):
    """A study as the public may know it.

    `figures` are those that rest on no restricted value, by their path, `withheld` the paths of the others; `verdicts` those on
    the rows of the checklist, by id; `boundary` whether each stage is counted. `is_short` where nothing could be told apart from
    the restricted values, so that totals stand alone.
    """

    project: Project
    restricted: tuple[RestrictedValue, ...]
    totals: tuple[Total, ...]
    computed: Computed
    figures: dict[str, Shown] = field(default_factory=dict)
    withheld: tuple[str, ...] = ()
    boundary: dict[str, str] = field(default_factory=dict)
    verdicts: dict[str, str] = field(default_factory=dict)
    inputs: tuple[PublicInput, ...] = ()
    problems: tuple[PublicProblem, ...] = ()
    is_short: bool = False
    copy: str = PUBLIC_COPY
    format: int = FORMAT

"""The command `portfolio`: all dossiers of a call on the same factors, side by side, and never ranked."""

from __future__ import annotations

import argparse
import datetime
import os
from pathlib import Path
from typing import TYPE_CHECKING

from lca.cli.language import add_language, writer_of
from lca.cli.progress import Counted
from lca.cli.running import (
    DONE,
    INPUT_ERROR,
    AddCommand,
    add_checklist,
    add_computing,
    add_dated,
    print_problems,
    refuse,
)
from lca.portfolio.setting import DEFAULT_DRAWS, DEFAULT_TIME_LIMIT, Setting
from lca.problems import Location, Problem, ProblemsFound

if TYPE_CHECKING:
    from lca.portfolio.children import Children, Work
    from lca.portfolio.cluster import Cluster
    from lca.portfolio.own_reports import OwnReports
    from lca.portfolio.running import Run
    from lca.presenting.writer import Writer

#: The documents on single dossiers that can be asked for.
KINDS = {
    "html": "the report on each dossier as HTML, in OUT/dossiers",
    "pdf": "the report on each dossier as PDF, in OUT/dossiers",
    "jury": "the sheets for a jury in OUT/jury.pdf, a page a dossier, by number",
}


def register(command: AddCommand) -> None:
    """Add the command."""
    portfolio = command("portfolio", _portfolio, "assess all dossiers of a call side by side; never a rank")
    portfolio.add_argument(
        "named",
        type=Path,
        nargs="+",
        metavar="FOLDER|LIST",
        help="folders of descriptors, lists of them (.csv or .txt: `number,file` a line), or single descriptors",
    )
    portfolio.add_argument("-o", "--output", type=Path, required=True, metavar="OUT", help="folder to write")
    portfolio.add_argument("--workers", type=_workers, metavar="N", help="processes (default: one for each processor)")
    portfolio.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="the workers of a Dask cluster do the work, such as tcp://node1:8786 (needs the extra `dask`)",
    )
    portfolio.add_argument(
        "--time-limit",
        type=_seconds,
        default=DEFAULT_TIME_LIMIT,
        metavar="SECONDS",
        help=f"a dossier that takes longer is set aside and listed (default {DEFAULT_TIME_LIMIT:g})",
    )
    for kind, what in KINDS.items():
        portfolio.add_argument(f"--{kind}", action="store_true", help=what)
    portfolio.add_argument(
        "--reviews",
        type=Path,
        metavar="REVIEWS",
        help="folder of reviews for the sheets of --jury: `17-first.yaml` is one of dossier 17",
    )
    add_language(portfolio)
    add_computing(portfolio)
    add_dated(portfolio)
    add_checklist(portfolio)


def _workers(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text[:5]) <= 1_000):
        raise argparse.ArgumentTypeError(f"`{text}` is no number of processes from 1 to 1000")
    return int(text)


def _seconds(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number <= 86_400:
        raise argparse.ArgumentTypeError(f"`{text}` is no time from 0 to 86400 seconds")
    return number


def _portfolio(options: argparse.Namespace) -> int:
    if options.reviews and not options.jury:
        return refuse(options, "reviews are printed on the sheets for the jury alone", "add `--jury`")
    from lca.portfolio.examining import examined
    from lca.portfolio.kept import Kept
    from lca.portfolio.listing import listing
    from lca.portfolio.publishing import publish
    from lca.portfolio.running import Run, compared

    found = listing(options.named, options.output)
    options.files = [one.path for one in found.dossiers[:1]]
    with Kept(options.output) as kept:
        setting = _setting(options, kept.unfinished)
        writer = writer_of(options)
        said = writer.words["portfolio_lines"]
        run = Run(found, setting, kept)
        with Counted(said["progress"]) as counted, _engine(options, setting, examined) as engine:
            run.assess(engine, counted.tell)
        reports, made = _documents(options, run, writer)
        with compared(run) as across:
            written, lacking = publish(run, across, writer, options.output, reports.addresses)
        run.finish(reports.keys)
    for path in (*made, *written):
        print(writer.words["terminal"]["written"].format(path=path))
    lacking = [*reports.problems, *lacking]
    print_problems(lacking, options)
    return INPUT_ERROR if any(problem.severity == "error" for problem in lacking) else DONE


def _documents(options: argparse.Namespace, run: Run, writer: Writer) -> tuple[OwnReports, list[Path]]:
    """Make the documents on single dossiers that are asked for; return them, and what was written.

    Raises:
        ProblemsFound: the folder cannot be written, or the reviews cannot be read.
    """
    from lca.portfolio.own_reports import OwnReports
    from lca.portfolio.rendering import rendered
    from lca.portfolio.sheets import write_sheets
    from lca.portfolio.wanted import wanted

    kinds = [kind for kind in KINDS if getattr(options, kind)]
    asked, problems = wanted(kinds, options.lang or "", options.copy, options.reviews, run.listing)
    reports = OwnReports(run, options.output, asked)
    said = writer.words["portfolio_lines"]["documents"]
    with Counted(said) as counted, _engine(options, run.setting, rendered, 1) as engine:
        reports.make(engine, counted.tell)
    reports.problems += problems
    sheets = write_sheets(reports, writer) if options.jury else []
    return reports, [*reports.folders, *sheets]


def _engine(options: argparse.Namespace, setting: Setting, work: Work, *together: int) -> Children | Cluster:
    """Return what works on the dossiers: processes here, or the workers of a cluster, to which some travel `together`."""
    if options.scheduler:
        try:
            from lca.portfolio.cluster import Cluster
        except ImportError:
            message = "a cluster needs the package `distributed`, which is not installed"
            hint = "install it, or this program with its extra: `pip install 'lca-ai[dask]'`"
            raise ProblemsFound([Problem(Location("--scheduler", 1, 1), "LCA966", message, hint)]) from None

        return Cluster(setting, options.scheduler, work, *together)
    from lca.portfolio.children import Children

    return Children(setting, options.workers or os.cpu_count() or 1, work)


def _setting(options: argparse.Namespace, unfinished: str) -> Setting:
    """Return how all dossiers are assessed; a run that was not finished goes on with its date, unless another is asked for.

    Raises:
        ProblemsFound: the profile of the call has errors, or cannot be read; there is no such set of factors.
    """
    from lca.assessment.record import DEFAULT_SEED
    from lca.catalogue.added_sources import see_to_set
    from lca.files.answering import read_call
    from lca.files.calls import find_call
    from lca.files.installation import program_hash
    from lca.files.reading import checklist_texts
    from lca.files.shipped import date_of_assessment, load_catalogue

    book, catalogue = load_catalogue()
    see_to_set(book, options.factors or "")
    acts = checklist_texts(options.checklist or ())
    call = find_call(options.call) if options.call else None
    if call is not None:
        profile, doubts = read_call(*call, acts)
        print_problems(doubts, options)
        options.spoken = profile.language.code if profile.language is not None else ""
    as_of = options.as_of or (datetime.date.fromisoformat(unfinished) if unfinished else date_of_assessment())
    return Setting(
        draws=DEFAULT_DRAWS if options.draws is None else options.draws,
        seed=DEFAULT_SEED if options.seed is None else options.seed,
        as_of=as_of,
        program=program_hash(),
        catalogue=catalogue,
        factor_set=options.factors or "",
        call=call,
        acts=acts,
        time_limit=options.time_limit,
    )

"""The command line: arguments, exit codes, progress; everything heavy is imported by the command that needs it."""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lca

if TYPE_CHECKING:
    from lca.assessment import Assessment
    from lca.load import Loaded
    from lca.problems import Problem

DONE, INPUT_ERROR, WRONG_USE = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 done, 1 the input has errors, 2 wrong use.
    """
    options = _parser().parse_args(arguments)
    from lca.problems import ProblemsFound

    try:
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except ProblemsFound as found:
        _print_problems(found.problems, getattr(options, "json", False))
        return INPUT_ERROR
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except KeyboardInterrupt:
        print("stopped; nothing was written", file=sys.stderr)
        return INPUT_ERROR


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lca", description="Life-cycle assessment reports for AI projects.")
    parser.add_argument("--version", action="version", version=f"lca {lca.__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], summary: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=summary, description=summary)
        added.set_defaults(run=run)
        return added

    new = command("new", _new, "write a commented starter descriptor")
    new.add_argument("file", type=Path, metavar="FILE")
    check = command("check", _check, "check descriptors without writing anything")
    check.add_argument("files", nargs="+", type=Path, metavar="FILE")
    check.add_argument("--json", action="store_true", help="problems as JSON")
    assess = command("assess", _assess, "compute the figures and print them")
    assess.add_argument("file", type=Path, metavar="FILE")
    assess.add_argument("--json", action="store_true", help="all results as JSON")
    assess.add_argument("--sobol", action="store_true", help="with total-order Sobol indices of the climate total")
    report = command("report", _report, "write the report as HTML and PDF")
    report.add_argument("file", type=Path, metavar="FILE")
    report.add_argument("--html", action="store_true", help="only the HTML (or with --pdf, both)")
    report.add_argument("--pdf", action="store_true", help="only the PDF (or with --html, both)")
    report.add_argument(
        "-o", "--output", type=Path, default=Path("reports"), metavar="DIR", help="folder (default: reports)"
    )
    report.add_argument("--lang", choices=("fr", "en"), help="language (default: the descriptor's)")
    methods = command("methods", _methods, "the same machine work as other methods count it")
    methods.add_argument("file", type=Path, metavar="FILE")
    explain = command("explain", _explain, "print the tree under one figure")
    explain.add_argument("file", type=Path, metavar="FILE")
    explain.add_argument("node", metavar="NODE", help="for example training.final-model.gwp100, total.gwp100, energy")
    for computing in (assess, report, explain):
        computing.add_argument("--draws", type=_draws, metavar="N", help="Monte Carlo draws (default 10000; 0: none)")
        computing.add_argument("--seed", type=int, metavar="N", help="seed of the draws")
    for led in (assess, report, explain):
        led.add_argument(
            "--factors", metavar="SET", help="a declared set of sources that leads, such as ember or ademe"
        )
    for dated in (check, assess, report, explain, methods):
        dated.add_argument("--as-of", type=_date, metavar="DATE", help="date that expiry is judged by (default: today)")
    factors = command("factors", lambda _: WRONG_USE, "look into the factor catalogue")
    looks = factors.add_subparsers(title="commands", required=True, metavar="COMMAND")
    search = looks.add_parser("search", help="find keys by text")
    search.add_argument("text", nargs="+", metavar="TEXT")
    search.set_defaults(run=_search)
    show = looks.add_parser("show", help="print one key with all its sources")
    show.add_argument("key", metavar="KEY")
    show.set_defaults(run=_show)
    return parser


def _draws(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 1_000_000:
        raise argparse.ArgumentTypeError("between 0 and 1000000")
    return number


def _date(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def _print_problems(problems: Iterable[Problem], as_json: bool = False) -> None:
    if as_json:
        from lca.results import problems as plain

        print(json.dumps({"problems": plain(problems)}, ensure_ascii=False, indent=1), file=sys.stderr)
        return
    for problem in problems:
        print(problem, file=sys.stderr)


def _say(text: str) -> None:
    """Show progress on a terminal only."""
    if sys.stderr.isatty():
        print(text, file=sys.stderr)


def _run(options: argparse.Namespace, draws: int | None = None) -> tuple[Loaded, Assessment]:
    """Load and assess one descriptor; errors stop here, warnings travel with the assessment.

    Raises:
        ProblemsFound: the descriptor has errors.
    """
    from lca.assessment import DEFAULT_DRAWS, DEFAULT_SEED, Fingerprint, assess
    from lca.load import code_version, date_of_assessment, load
    from lca.problems import ProblemsFound

    loaded = load(options.file, getattr(options, "factors", None) or "")
    given_draws, given_seed = getattr(options, "draws", None), getattr(options, "seed", None)
    fingerprint = Fingerprint(
        descriptor=loaded.descriptor_hash,
        catalogue=loaded.catalogue_hash,
        catalogue_version=loaded.book.version,
        code_version=code_version(),
        seed=DEFAULT_SEED if given_seed is None else given_seed,
        draws=draws if draws is not None else DEFAULT_DRAWS if given_draws is None else given_draws,
        as_of=options.as_of or date_of_assessment(),
    )
    assessment = assess(loaded.project, loaded.book, loaded.checklist, fingerprint)
    found = {*loaded.problems, *assessment.problems}
    if any(problem.severity == "error" for problem in found):
        raise ProblemsFound(found)
    return loaded, assessment


def _new(options: argparse.Namespace) -> int:
    from lca.load import data_folder
    from lca.problems import Location, Problem, ProblemsFound
    from lca.publish import write_whole

    if options.file.exists():
        hint = "choose another name; nothing was overwritten"
        raise ProblemsFound([Problem(Location(str(options.file), 1, 1), "LCA701", "the file exists already", hint)])
    write_whole({options.file: (data_folder("templates") / "starter.yaml").read_bytes()})
    print(f"wrote {options.file}; next: lca report {options.file}")
    return DONE


def _check(options: argparse.Namespace) -> int:
    from lca.problems import ProblemsFound

    found: list[Problem] = []
    for file in options.files:
        try:
            _, assessment = _run(argparse.Namespace(file=file, as_of=options.as_of), draws=0)
            found += assessment.problems
        except ProblemsFound as problems:
            found += problems.problems
    _print_problems(found, options.json)
    errors = sum(problem.severity == "error" for problem in found)
    warnings = len(found) - errors
    print(f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}")
    return INPUT_ERROR if errors else DONE


def _assess(options: argparse.Namespace) -> int:
    _, assessment = _run(options)
    from lca.results import results

    if options.json:
        print(json.dumps(results(assessment, with_sobol=options.sobol), ensure_ascii=False, indent=1))
        return DONE
    from lca.terminal import sobol_lines, summary

    _print_problems(assessment.problems)
    print(summary(assessment))
    if options.sobol:
        print("\n".join(sobol_lines(assessment)))
    return DONE


def _report(options: argparse.Namespace) -> int:
    _say("computing")
    loaded, assessment = _run(options)
    from lca.publish import publish

    both = options.html == options.pdf
    _print_problems(assessment.problems)
    _say("rendering")
    language = options.lang or loaded.project.project.language
    written, lacking = publish(
        assessment,
        descriptor=loaded.text,
        stem=options.file.stem,
        folder=options.output,
        language=language,
        html=options.html or both,
        pdf=options.pdf or both,
    )
    for path in written:
        print(f"wrote {path}")
    _print_problems(lacking)
    return INPUT_ERROR if lacking else DONE


def _methods(options: argparse.Namespace) -> int:
    _, assessment = _run(options, draws=0)
    from lca.terminal import method_lines

    print("\n".join(method_lines(assessment)))
    return DONE


def _explain(options: argparse.Namespace) -> int:
    _, assessment = _run(options)
    from lca.assessment import nodes
    from lca.audit import explain
    from lca.problems import did_you_mean

    known = nodes(assessment)
    if options.node not in known:
        hint = did_you_mean(options.node, known) or f"known: {', '.join(list(known)[:20])}"
        print(f"lca explain: there is no figure `{options.node}`; {hint}", file=sys.stderr)
        return INPUT_ERROR
    for step in explain(known[options.node]):
        line = f"{'  ' * step.depth}{step.label} = {step.value}"
        print(line + (f"  [{step.how}]" if step.how else "") + (f"  <- {step.origin}" if step.origin else ""))
    return DONE


def _search(options: argparse.Namespace) -> int:
    from lca.load import load_catalogue
    from lca.terminal import factor_lines

    book, _ = load_catalogue()
    words = [word.casefold() for word in options.text]
    lines = list(factor_lines(book, words))
    print("\n".join(lines) if lines else "nothing found; try a shorter word, or a zone code such as FR")
    return DONE if lines else INPUT_ERROR


def _show(options: argparse.Namespace) -> int:
    from lca.load import load_catalogue
    from lca.problems import did_you_mean
    from lca.terminal import factor_page

    book, _ = load_catalogue()
    page: Any = factor_page(book, options.key)
    if not page:
        hint = did_you_mean(options.key, {key for key, _ in book.rows}) or "try `lca factors search`"
        print(f"lca factors: there is no key `{options.key}`; {hint}", file=sys.stderr)
        return INPUT_ERROR
    print(page)
    return DONE

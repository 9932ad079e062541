"""Commands on one descriptor: assess, report, methods, explain."""

from __future__ import annotations

import argparse
import functools
from pathlib import Path
from typing import TYPE_CHECKING

from lca.cli.language import add_language, writer_of
from lca.cli.progress import Progress
from lca.cli.public_lines import public_lines, public_problems
from lca.cli.running import (
    DONE,
    INPUT_ERROR,
    AddCommand,
    add_checklist,
    add_computing,
    add_copy,
    add_dated,
    add_json,
    inputs_of,
    print_problems,
    refuse,
    run,
    stem_of,
)

if TYPE_CHECKING:
    from lca import Assessment
    from lca.problems import Problem


def register(command: AddCommand) -> None:
    """Add the commands."""
    assess = command("assess", _assess, "compute the figures and print them")
    assess.add_argument("file", type=Path, metavar="FILE")
    add_language(assess)
    add_json(assess, "all results")
    assess.add_argument("--sobol", action="store_true", help="with total-order Sobol indices of the climate total")
    report = command("report", _report, "write the report as HTML and PDF")
    report.add_argument("file", type=Path, metavar="FILE")
    report.add_argument("--html", action="store_true", help="only the HTML (or with --pdf, both)")
    report.add_argument("--pdf", action="store_true", help="only the PDF (or with --html, both)")
    report.add_argument(
        "-o", "--output", type=Path, default=Path("reports"), metavar="DIR", help="folder (default: reports)"
    )
    add_language(report)
    report.add_argument(
        "--layout",
        choices=("dossier", "full", "page", "jury"),
        default="dossier",
        help="the dossier (default), the long form of all sections, page one alone, or a sheet for the jury",
    )
    report.add_argument(
        "--review",
        type=Path,
        action="append",
        default=[],
        metavar="REVIEW",
        help="an expert's review that the sheet for the jury prints (repeatable)",
    )
    report.add_argument(
        "--theme", type=Path, metavar="DIR", help="a folder of your own templates, words and style sheets"
    )
    report.add_argument("--png", action="store_true", help="page one as a picture too (needs the extra `png`)")
    report.add_argument("--attach-evidence", action="store_true", help="the evidence files travel inside the PDF")
    report.add_argument(
        "--deposit",
        action="store_true",
        help="for a portal: a PDF without attachments, and an archive with it, all that it rests on and a receipt",
    )
    methods = command("methods", _methods, "the same machine work as other methods count it")
    methods.add_argument("file", type=Path, metavar="FILE")
    add_language(methods)
    add_json(methods, "the figures")
    explain = command("explain", _explain, "print the tree under one figure")
    explain.add_argument("file", type=Path, metavar="FILE")
    explain.add_argument("node", metavar="NODE", help="for example training.final-model.gwp100, total.gwp100, energy")
    add_language(explain)
    add_json(explain, "the tree")
    add_copy(methods)
    for computing in (assess, report, explain):
        add_computing(computing)
    for dated in (assess, report, explain, methods):
        add_dated(dated)
        add_checklist(dated)


def _assess(options: argparse.Namespace) -> int:
    assessment = run(options, keeps_out=True)
    if options.json:
        print(assessment.json(sobol=options.sobol, copy=options.copy))
        return DONE
    public = assessment.report(copy=options.copy).public
    if public is not None:
        print_problems(public_problems(assessment.problems, public.copy), options)
        print("\n".join(public_lines(public.copy, writer_of(options))))
        return DONE
    from lca.cli.terminal import sobol_lines, summary

    print_problems(assessment.problems, options)
    writer = writer_of(options)
    print(summary(assessment, writer))
    if options.sobol:
        print("\n".join(sobol_lines(assessment, writer)))
    return DONE


def _report(options: argparse.Namespace) -> int:
    if options.deposit and (options.html or options.pdf or options.png):
        return refuse(options, "a deposit is a PDF and an archive", "leave out --html, --pdf and --png")
    said = writer_of(options).words["terminal"]
    both = options.html == options.pdf
    with Progress([said["computing"], said["rendering"], said["laying_out"]]) as progress:
        progress.step()
        assessment = run(options, keeps_out=True)
        from lca.files.publishing import publish, publish_deposit

        progress.step()
        report = assessment.report(options.lang, options.layout, options.theme or "", options.copy)
        if report.public is not None and (options.attach_evidence or options.review):
            message = "evidence files and reviews travel in the agency's copy alone"
            return refuse(options, message, "add `--copy agency`")
        report = report.with_reviews(options.review) if options.review else report
        name = stem_of(options.file) + ("-jury" if options.layout == "jury" else "")
        target, inputs = options.output / name, [*inputs_of(assessment), *options.review]
        page = report.html if options.html or both else ""
        progress.step()
        if options.deposit:
            deposit = functools.partial(report.deposit, f"{target.name}.pdf", with_evidence=options.attach_evidence)
            written, lacking = publish_deposit(target, deposit, inputs)
        else:
            pdf = functools.partial(report.pdf, with_evidence=options.attach_evidence)
            png = report.png if options.png else None
            written, lacking = publish(target, page, pdf if options.pdf or both else None, inputs, png)
    public, problems = report.public.copy if report.public is not None else None, assessment.problems
    print_problems([*(public_problems(problems, public) if public else problems), *report.doubts], options)
    for path in written:
        print(said["written"].format(path=path))
    if public is not None:
        print(said["public_copy"])
    lacking += _too_long(assessment, written)
    print_problems(lacking, options)
    return INPUT_ERROR if any(problem.severity == "error" for problem in lacking) else DONE


def _too_long(assessment: Assessment, written: list[Path]) -> list[Problem]:
    """Return a problem where a report has more pages than its call allows."""
    if assessment.source.readable.call is None:
        return []
    from lca.files.answering import too_long

    return list(too_long(assessment.source.readable, written))


def _methods(options: argparse.Namespace) -> int:
    assessment = run(options, draws=0)
    if options.json:
        from lca.presenting.values import as_json
        from lca.subjects.crosscheck.contract import methods

        print(as_json(methods(assessment)))
        return DONE
    from lca.cli.terminal import method_lines

    print("\n".join(method_lines(assessment, writer_of(options))))
    return DONE


def _explain(options: argparse.Namespace) -> int:
    assessment = run(options, keeps_out=True)
    from lca.assessment.figures import figures_of_scenarios
    from lca.problems import did_you_mean, listed

    known = {**assessment.figures, **figures_of_scenarios(assessment)}
    if options.node not in known:
        hint = did_you_mean(options.node, known) or f"known: {listed(known, 'lca assess FILE --json', 20)}"
        return refuse(options, f"there is no figure `{options.node}`", hint)
    steps = assessment.explain(options.node, options.copy)
    if options.json:
        from msgspec import to_builtins

        from lca.assessment.public.explained import KEPT_OUT
        from lca.presenting.values import as_json, value

        tree = [to_builtins(step) for step in steps]
        figure = {} if steps[0].value == KEPT_OUT else value(known[options.node]) or {}
        print(as_json({"figure": options.node, **figure, "steps": tree}))
        return DONE
    from lca.cli.terminal import step_line
    from lca.presenting.explained import names_under

    writer = writer_of(options)
    names = names_under([known[options.node]], assessment.book, writer)
    print("\n".join(step_line(step, writer, names) for step in steps))
    return DONE

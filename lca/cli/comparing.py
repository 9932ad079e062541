"""Commands on several studies: compare and sweep."""

from __future__ import annotations

import argparse
import functools
from pathlib import Path
from typing import TYPE_CHECKING

from lca.cli.language import add_language, writer_of
from lca.cli.running import (
    DONE,
    INPUT_ERROR,
    WRONG_USE,
    AddCommand,
    add_computing,
    add_dated,
    add_json,
    for_whom,
    inputs_of,
    print_problems,
    refuse,
    run,
    stem_of,
    study_of,
)

if TYPE_CHECKING:
    from lca import Comparison


KINDS = ("location", "hosting", "generation", "lifetime", "utilisation", "volume", "experiments", "federated", "reuse")


def register(command: AddCommand) -> None:
    """Add the commands."""
    compare = command("compare", _compare, "compare descriptors and their scenarios")
    compare.add_argument("files", nargs="+", type=Path, metavar="FILE")
    add_json(compare, "the figures")
    compare.add_argument("--html", action="store_true", help="write the comparison as HTML")
    compare.add_argument("--pdf", action="store_true", help="write the comparison as PDF")
    compare.add_argument(
        "-o", "--output", type=Path, default=Path("reports"), metavar="DIR", help="folder (default: reports)"
    )
    add_language(compare, default="the first descriptor's")
    sweep = command("sweep", _sweep, "vary one thing of a study: where, how long, how much")
    sweep.add_argument("file", type=Path, metavar="FILE")
    sweep.add_argument("kind", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
    what = sweep.add_mutually_exclusive_group()
    for name, kinds in (
        ("site", "location, hosting, generation"),
        ("machine", "lifetime, utilisation"),
        ("activity", "volume, experiments, federated, reuse"),
    ):
        text = f"which {name} to vary in {kinds} (default: the one that weighs most)"
        what.add_argument(f"--{name}", dest="subject", default="", metavar="NAME", help=text)
    add_language(sweep)
    add_json(sweep, "the figures")
    for computing in (compare, sweep):
        add_computing(computing)
        add_dated(computing)


def _compare(options: argparse.Namespace) -> int:
    compared = _compared(options)
    from lca.assessment.cases import cases_of

    cases = cases_of(compared.studies)
    if len(cases) < 2:
        refuse(options, "one study and no scenario", "give a second file, or add `scenarios`", "LCA402")
        return WRONG_USE
    if options.json:
        print(compared.json())
        return DONE
    for assessment in compared.studies.values():
        print_problems(assessment.problems, options)
    if not (options.html or options.pdf):
        from lca.assessment.scenario_section import indicator_names
        from lca.cli.comparison_lines import comparison_lines, lines_of_remarks

        writer, first = writer_of(options), next(iter(compared.studies.values()))
        names = {case.name: case.name or writer.words["as_described"] for case in cases}
        lines = [
            *comparison_lines(compared.tables, names, indicator_names(first, writer), writer),
            *lines_of_remarks(cases, names, writer),
        ]
        print("\n".join(lines).lstrip("\n"))
        return DONE
    from lca.files.publishing import publish

    language = options.lang or ""
    written, lacking = publish(
        options.output / "-".join(["compare", *(stem_of(path) for path in options.files)])[:120],
        compared.html(language) if options.html else "",
        functools.partial(compared.pdf, language) if options.pdf else None,
        [path for study in compared.studies.values() for path in inputs_of(study)],
    )
    for path in written:
        print(writer_of(options).words["terminal"]["written"].format(path=path))
    print_problems(lacking, options)
    return INPUT_ERROR if lacking else DONE


def _compared(options: argparse.Namespace) -> Comparison:
    """Return the studies of all files, compared with the first.

    Raises:
        ProblemsFound: some descriptors have errors; those of all are told.
    """
    import lca
    from lca.problems import Problem, ProblemsFound

    studies = [for_whom(study_of(options, file), options) for file in dict.fromkeys(options.files)]
    try:
        first = studies[0].assess(draws=options.draws, seed=options.seed, as_of=options.as_of)
    except ProblemsFound as wrong:
        problems: list[Problem] = [*wrong.problems]
        for study in studies[1:]:
            problems += (p for p in study.problems_on(options.as_of) if p.severity == "error")
        raise ProblemsFound(problems) from None
    return lca.compare(first, *studies[1:])


def _sweep(options: argparse.Namespace) -> int:
    assessment = run(options)
    found = assessment.sweep(options.kind, options.subject)
    if options.json:
        from lca.assessment.comparison_contract import swept
        from lca.presenting.values import as_json

        print(as_json(swept(found)))
        return DONE
    from lca.cli.comparison_lines import sweep_lines

    print_problems(assessment.problems, options)
    print("\n".join(sweep_lines(found, assessment, writer_of(options))))
    return DONE

"""Commands on several studies: compare and sweep."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from lca.cli.running import (
    DONE,
    INPUT_ERROR,
    WRONG_USE,
    AddCommand,
    add_computing,
    add_dated,
    english,
    print_problems,
    run,
)

if TYPE_CHECKING:
    from lca.assessment.record import Record


KINDS = ("location", "hosting", "generation", "lifetime", "utilisation", "volume", "experiments", "federated")


def register(command: AddCommand) -> None:
    """Add the commands."""
    compare = command("compare", _compare, "compare descriptors and their scenarios")
    compare.add_argument("files", nargs="+", type=Path, metavar="FILE")
    compare.add_argument("--json", action="store_true", help="the figures as JSON")
    compare.add_argument("--html", action="store_true", help="write the comparison as HTML")
    compare.add_argument("--pdf", action="store_true", help="write the comparison as PDF")
    compare.add_argument(
        "-o", "--output", type=Path, default=Path("reports"), metavar="DIR", help="folder (default: reports)"
    )
    compare.add_argument("--lang", choices=("fr", "en"), help="language (default: the first descriptor's)")
    sweep = command("sweep", _sweep, "vary one thing of a study: where, how long, how much")
    sweep.add_argument("file", type=Path, metavar="FILE")
    sweep.add_argument("kind", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
    what = sweep.add_mutually_exclusive_group()
    for name, kinds in (
        ("site", "location, hosting, generation"),
        ("machine", "lifetime, utilisation"),
        ("activity", "volume, experiments, federated"),
    ):
        text = f"which {name} to vary in {kinds} (default: the one that weighs most)"
        what.add_argument(f"--{name}", dest="subject", default="", metavar="NAME", help=text)
    sweep.add_argument("--json", action="store_true", help="the figures as JSON")
    for computing in (compare, sweep):
        add_computing(computing)
        add_dated(computing)


def _compare(options: argparse.Namespace) -> int:
    studies, texts = _studies(options)
    from lca.assessment.comparison import cases_of, tables

    cases = cases_of(studies)
    if len(cases) < 2:
        print("lca compare: one study and no scenario; give a second file, or add `scenarios`", file=sys.stderr)
        return WRONG_USE
    first = next(iter(studies.values()))
    found = tables(cases, first.fingerprint.draws > 0)
    if options.json:
        from lca.assessment.comparison_contract import comparison

        print(json.dumps(comparison(studies, found), ensure_ascii=False, indent=1))
        return DONE
    for assessment in studies.values():
        print_problems(assessment.problems)
    if not (options.html or options.pdf):
        from lca.assessment.scenario_section import indicator_names
        from lca.cli.comparison_lines import comparison_lines, lines_of_remarks

        writer = english()
        names = {case.name: case.name or writer.words["as_described"] for case in cases}
        lines = [
            *comparison_lines(found, names, indicator_names(first, writer), writer),
            *lines_of_remarks(cases, names, writer),
        ]
        print("\n".join(lines).lstrip("\n"))
        return DONE
    from lca.files.publishing import publish_comparison

    written, lacking = publish_comparison(
        studies,
        texts,
        found,
        path=options.output / "-".join(["compare", *(path.stem for path in options.files)])[:120],
        language=options.lang or first.study.about.language,
        html=options.html,
        pdf=options.pdf,
    )
    for path in written:
        print(f"wrote {path}")
    print_problems(lacking)
    return INPUT_ERROR if lacking else DONE


def _studies(options: argparse.Namespace) -> tuple[dict[str, Record], dict[str, str]]:
    """Return the studies and their texts by name: by the stem of their file, or by its path where stems are the same.

    What a later descriptor states unlike the first one is drawn apart, so that only what is the same is paired.

    Raises:
        ProblemsFound: some descriptors have errors; those of all are told.
    """
    from lca.assessment.comparison import stated_inputs
    from lca.problems import Problem, ProblemsFound
    from lca.quantities.quantity import Apart

    stems = [file.stem for file in options.files]
    found: dict[str, Record] = {}
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for file in dict.fromkeys(options.files):
        name = file.stem if stems.count(file.stem) == 1 else str(file)
        one = argparse.Namespace(**{**vars(options), "file": file})
        try:
            apart = Apart(name, stated_inputs(next(iter(found.values())))) if found else None
            loaded, found[name] = run(one, apart=apart)
            texts[name] = loaded.text
        except ProblemsFound as wrong:
            problems += wrong.problems
    if problems:
        raise ProblemsFound(problems)
    return found, texts


def _sweep(options: argparse.Namespace) -> int:
    _, assessment = run(options)
    from lca.assessment.sweeps.kinds import SWEEPS

    found = SWEEPS[options.kind](assessment, options.subject)
    if options.json:
        from lca.assessment.comparison_contract import swept

        print(json.dumps(swept(found), ensure_ascii=False, indent=1))
        return DONE
    from lca.cli.comparison_lines import sweep_lines

    print_problems(assessment.problems)
    print("\n".join(sweep_lines(found, assessment, english())))
    return DONE

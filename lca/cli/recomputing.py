"""The command that judges a file of printed figures: calls of formulas and figures of descriptors."""

from __future__ import annotations

import argparse
import functools
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lca.cli.language import add_language, writer_of
from lca.cli.running import DONE, INPUT_ERROR, AddCommand, add_dated, add_json
from lca.presenting.typography import plain

if TYPE_CHECKING:
    from lca.descriptor.document import Document
    from lca.presenting.values import Plain
    from lca.presenting.writer import Writer
    from lca.subjects.crosscheck.printed_calls import Known, PrintedFigure


def register(command: AddCommand) -> None:
    """Add the command."""
    added = command(
        "recompute", _recompute, "judge a file of printed figures against calls of formulas and descriptors"
    )
    added.add_argument("file", type=Path, metavar="FILE", help="in the form of tests/cases/published.yaml")
    added.add_argument(
        "--descriptors",
        type=Path,
        action="append",
        metavar="FOLDER",
        help="where the descriptors that it names are (repeatable; default: beside FILE, and the folder of its name)",
    )
    added.add_argument(
        "--strict", action="store_true", help="status 1 where a figure contradicts or is not as expected"
    )
    add_language(added, default="that of the environment")
    add_dated(added)
    add_json(added, "the figures and their verdicts")


def _recompute(options: argparse.Namespace) -> int:
    import lca
    from lca.descriptor.document import read_document
    from lca.files.texts import NAME_OF_STANDARD_INPUT, read_standard_input, read_text, shown
    from lca.presenting.values import as_json
    from lca.subjects.crosscheck.printed_calls import printed_figures

    file: Path = options.file
    is_given = file == Path("-")
    text = read_standard_input() if is_given else read_text(file, what="a file of printed figures")
    document = read_document(text, NAME_OF_STANDARD_INPUT if is_given else shown(file), "CASE:")
    folders = [*(options.descriptors or ()), file.parent, file.with_suffix("")]

    @functools.cache
    def assessed(name: str) -> Known:
        return _assessed(name, folders, document, options)

    found = list(printed_figures(document, assessed, lca.catalogue()))
    if options.json:
        print(as_json({"figures": [_plain(figure) for figure in found]}))
    else:
        writer = writer_of(options)
        print("\n".join(_line(figure, writer) for figure in found))
    wrong = [f for f in found if not f.is_expected or (f.found and f.found.verdict == "contradicts" and not f.misread)]
    return INPUT_ERROR if options.strict and wrong else DONE


def _assessed(name: str, folders: Sequence[Path], document: Document, options: argparse.Namespace) -> Known:
    import lca
    from lca.problems import Location, Problem, ProblemsFound
    from lca.subjects.crosscheck.printed_calls import Known

    endings = ("", ".yaml", ".yml")
    path = next((p for f in folders for e in endings if (p := f / f"{name}{e}").is_file()), None)
    if path is None:
        hint = "name its folder with --descriptors"
        message = f"there is no descriptor `{name}`"
        raise ProblemsFound([Problem(Location(document.file, 1, 1), "LCA406", message, hint)])
    assessment = lca.load(path).assess(draws=0, as_of=options.as_of)
    return Known(assessment.figures, {r.stated.name: r for r in assessment.crosscheck.stated_results})


def _plain(figure: PrintedFigure) -> Plain:
    from msgspec.structs import asdict

    from lca.presenting.values import number

    found = figure.found
    stated = found.stated.value if found is not None else None
    return {
        "case": figure.case,
        "name": figure.name,
        "unit": figure.unit,
        "computed": number(figure.value),
        "expected": None if figure.expected is None else number(figure.expected),
        "is_expected": figure.is_expected,
        "printed": stated.text if stated is not None else None,
        "is_misreading": figure.misread,
        "verdict": found.verdict if found is not None else None,
        "ratio": None if found is None or found.ratio is None else number(found.ratio),
        "cause": None if found is None else asdict(found.cause),
    }


def _line(figure: PrintedFigure, writer: Writer) -> str:
    from lca.subjects.crosscheck.section import because

    found = figure.found
    words, said = writer.words, writer.words["terminal"]
    computed = words["messages"].label(f"{figure.value:.12g} {figure.unit}".removesuffix(" 1"))
    line = f"{figure.case}{words['colon']} {figure.name} = {computed}"
    if found is not None and found.stated.value is not None:
        ratio = writer.trimmed(float(f"{found.ratio:.4g}")) if found.verdict == "contradicts" and found.ratio else ""
        times, reason = said["times"].format(ratio=ratio) if ratio else "", because(found.cause, writer)
        what, verdict = said["misread" if figure.misread else "printed"], said["recomputed"][found.verdict]
        line += f"{words['semicolon']} {what} {found.stated.value.text}{words['colon']} {verdict}{times}"
        line += f" ({reason})" if reason else ""
    if not figure.is_expected:
        line = said["expected"].format(line=line, value=f"{figure.expected:.12g}")
    return plain(line)

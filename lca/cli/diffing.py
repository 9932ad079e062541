"""The command `diff`: what changed between two versions of a dossier, each a descriptor or a report."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lca.cli.language import add_language, writer_of
from lca.cli.running import (
    DONE,
    STANDARD_INPUT,
    AddCommand,
    add_checklist,
    add_computing,
    add_dated,
    add_json,
    for_whom,
    study_of,
)

if TYPE_CHECKING:
    from lca.assessment.attachments import Making
    from lca.assessment.versions import Version
    from lca.files.carried import Carried
    from lca.subjects.subject import Fingerprint


def register(command: AddCommand) -> None:
    """Add the command."""
    added = command("diff", _diff, "list what changed between two versions of a dossier")
    added.add_argument(
        "old", type=Path, metavar="OLD", help="a descriptor, or a .pdf, .html or .zip that `lca report` wrote"
    )
    added.add_argument("new", type=Path, metavar="NEW", help="likewise")
    add_language(added, default="that of NEW")
    add_json(added, "the changes")
    add_computing(added)
    add_dated(added)
    add_checklist(added)


def _diff(options: argparse.Namespace) -> int:
    from lca.assessment.versions import difference
    from lca.files.carried import is_report, read_report

    paths = (options.old, options.new)
    options.files = (options.new, options.old)  # whose language problems are told in
    reports = {path: read_report(path) for path in dict.fromkeys(paths) if path != STANDARD_INPUT and is_report(path)}
    for report in reports.values():
        _draw_alike(options, report)
    versions = {
        path: _of_report(reports[path]) if path in reports else _of_descriptor(options, path)
        for path in dict.fromkeys(paths)
    }
    old, new = (versions[path] for path in paths)
    found = difference(old, new)
    if options.json:
        from msgspec import to_builtins

        from lca.presenting.values import as_json

        print(as_json({"old": old.file, "new": new.file, **to_builtins(found)}))
        return DONE
    from lca.cli.diff_lines import diff_lines
    from lca.files.folders import languages

    language = new.results.project.language
    if language in languages():  # a report may say anything
        options.spoken = language
    print("\n".join(diff_lines(old, new, found, writer_of(options))))
    return DONE


def _draw_alike(options: argparse.Namespace, report: Carried) -> None:
    """Let a descriptor be drawn as a report beside it was, where nothing else is asked for: else all intervals differ."""
    making, print_ = _made(report)
    options.draws = print_.draws if options.draws is None else options.draws
    options.seed = print_.seed if options.seed is None else options.seed
    options.factors = options.factors or making.factor_set


def _made(report: Carried) -> tuple[Making, Fingerprint]:
    from lca.files.taking_out import take_out

    taken = take_out(report)
    return taken.making, taken.fingerprint


def _of_report(report: Carried) -> Version:
    """Return what a report says, as it stands; `lca reproduce` checks it.

    Raises:
        ProblemsFound: what it carries cannot be read.
    """
    import msgspec

    from lca.assessment.attachments import RESULTS
    from lca.assessment.compared import read_results
    from lca.assessment.versions import Version
    from lca.files.taking_out import text_of
    from lca.problems import Location, Problem, ProblemsFound

    making, _ = _made(report)
    try:
        results = read_results(report.files[RESULTS])
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        message, hint = f"its `{RESULTS}` cannot be read ({str(error)[:120]})", "give the file as `lca report` wrote it"
        raise ProblemsFound([Problem(Location(report.file, 1, 1), "LCA922", message, hint)]) from None
    texts = {one.name: text_of(report, one) for one in making.companions if one.name.endswith((".yaml", ".yml"))}
    return Version(report.file, _said(text_of(report, making.descriptor), making.descriptor.name, texts), results)


def _of_descriptor(options: argparse.Namespace, path: Path) -> Version:
    """Return what a descriptor says and gives.

    Raises:
        ProblemsFound: it has errors.
    """
    from lca.assessment.compared import read_results
    from lca.assessment.versions import Version

    study = for_whom(study_of(options, path), options)
    loaded = study.readable
    results = study.assess(options.draws, options.seed, options.as_of).json(copy=options.copy)
    texts = {name: text for name, text in loaded.companions.items() if name.endswith((".yaml", ".yml"))}
    return Version(study.name, _said(loaded.text, study.name, texts), read_results(results))


def _said(text: str, name: str, companions: Mapping[str, str]) -> dict[str, Any]:
    """Return the plain data of a descriptor, and by their names of those that it names."""
    from lca.descriptor.document import read_document

    return {"": read_document(text, name).data, **{one: read_document(t, one).data for one, t in companions.items()}}

"""The command that writes an assessment in the format of others: cards, annexes, archives and other tools."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from lca.cli.language import add_language, writer_of
from lca.cli.plugins import plugin_named
from lca.cli.running import (
    DONE,
    AddCommand,
    add_checklist,
    add_computing,
    add_dated,
    inputs_of,
    print_problems,
    refuse,
    run,
)

if TYPE_CHECKING:
    from lca import Assessment
    from lca.exporters.exporter import Asked, Exported, Exporter
    from lca.files.plugins import Plugin

#: The output that stands for standard output.
STANDARD_OUTPUT = Path("-")


def register(command: AddCommand) -> None:
    """Add the command."""
    from lca.exporters import FORMATS

    export = command("export", _export, "write the assessment in the format of another tool, card or archive")
    listed = "; ".join([*(f"{name}: {what}" for name, what in FORMATS.items()), "or the name of a plug-in"])
    export.add_argument("format", metavar="FORMAT", help=listed.replace("%", "%%"))
    export.add_argument("file", type=Path, metavar="FILE")
    export.add_argument(
        "--as",
        dest="form",
        metavar="FORM",
        help="form of the format, as latex of a paragraph (default: by the ending of -o)",
    )
    export.add_argument("-o", "--output", type=Path, metavar="PATH", help="file to write (default: standard output)")
    add_language(export)
    add_computing(export)
    add_dated(export)
    add_checklist(export)


def _export(options: argparse.Namespace) -> int:
    from lca.exporters import FORMATS, exporter_of
    from lca.exporters.exporter import Exporter
    from lca.files.plugins import EXPORTERS
    from lca.problems import did_you_mean

    used = plugin_named(EXPORTERS, options.format, Exporter, FORMATS, options)
    if used is None and options.format not in FORMATS:
        hint = did_you_mean(options.format, FORMATS) or f"known: {', '.join(FORMATS)}, and those of plug-ins"
        return refuse(options, f"there is no format `{options.format}`", hint)
    exporter: Exporter = used.content if used is not None else exporter_of(options.format)
    if options.form is not None and options.form not in exporter.forms:
        hint = did_you_mean(options.form, exporter.forms) or f"known: {', '.join(exporter.forms)}"
        return refuse(options, f"`{options.format}` has no form `{options.form}`", hint)
    output = None if options.output == STANDARD_OUTPUT else options.output
    if output is None and exporter.is_binary and sys.stdout.isatty():
        return refuse(options, f"a terminal cannot show `{options.format}`", "name a file with -o")
    assessment = run(options)
    form = options.form or _by_ending(exporter, output)
    language = options.lang or ""
    copy = options.copy
    exported = (
        assessment.export(exporter, language, form, copy)
        if used is None
        else _by(used, assessment, language, form, copy)
    )
    print_problems(assessment.problems, options)
    return _write(exported, output, [*inputs_of(assessment), *(options.checklist or ())], options)


def _by(used: Plugin, assessment: Assessment, language: str, form: str, copy: str) -> Exported:
    """Return what a plug-in writes of an assessment, whose fingerprint names it.

    Raises:
        ProblemsFound: it cannot write it, or it fails.
    """
    from msgspec.structs import replace

    from lca.exporters.exporter import Exported
    from lca.files.plugins import answered_for
    from lca.problems import Location

    def write(asked: Asked) -> Exported:
        with answered_for(used, Location("export", 1, 1)):
            exported = used.content.write(asked)
            if not isinstance(exported, Exported) or not isinstance(exported.content, bytes):
                raise TypeError(f"it wrote no Exported of bytes but a {type(exported).__name__}")
            return exported

    print_ = assessment.fingerprint
    made = replace(print_, plugins={**print_.plugins, used.name: used.package})
    return replace(assessment, fingerprint=made).export(replace(used.content, write=write), language, form, copy)


def _by_ending(exporter: Exporter, output: Path | None) -> str:
    """Return the form that the ending of a file stands for, empty where it stands for none."""
    ending = output.suffix.lower() if output is not None else ""
    return next((form for form, own in exporter.forms.items() if own == ending), "")


def _write(exported: Exported, output: Path | None, inputs: list[Path], options: argparse.Namespace) -> int:
    """Write an exported file whole, or to standard output; what it cannot carry is told beside it."""
    words = writer_of(options).words
    told = words["exports"]["cannot_carry_of"]
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(exported.content)
    else:
        from lca.files.writing_whole import write_whole

        write_whole({output: exported.content}, inputs)
        print(words["terminal"]["written"].format(path=output))
    for limit in exported.limits:
        print(told.format(format=options.format, limit=limit), file=sys.stderr)
    return DONE

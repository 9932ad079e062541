"""The command that turns the log of a measuring tool into a draft descriptor."""

from __future__ import annotations

import argparse
from pathlib import Path

from lca.cli.running import DONE, STANDARD_INPUT, WRONG_USE, AddCommand


def register(command: AddCommand) -> None:
    """Add the command, with one word for each tool."""
    from lca.importers import IMPORTERS

    imports = command("import", lambda _: WRONG_USE, "draft a descriptor from the log of a measuring tool")
    tools = imports.add_subparsers(title="tools", required=True, metavar="TOOL")
    for importer in IMPORTERS:
        tool = tools.add_parser(importer.tool, help=importer.log)
        tool.add_argument("file", type=Path, metavar="FILE")
        tool.add_argument("-o", "--output", type=Path, metavar="DRAFT", help="draft to write (default: print it)")
        tool.set_defaults(run=_import, importer=importer)


def _import(options: argparse.Namespace) -> int:
    import lca
    from lca.files.texts import NAME_OF_STANDARD_INPUT, read_standard_input, read_text
    from lca.files.writing_whole import write_new

    file: Path = options.file
    if file == STANDARD_INPUT:
        file, text = Path(NAME_OF_STANDARD_INPUT), read_standard_input(options.importer.largest, "a log")
    else:
        text = read_text(file, options.importer.largest, "a log")
    draft = options.importer.read(text, str(file), file.name, lca.catalogue())
    if options.output is None:
        print(draft.text, end="")
        return DONE
    write_new(options.output, draft.text.encode())
    output = options.output
    print(f"wrote {output}: {draft.summary}; read and complete it, then: lca check {output}")
    return DONE

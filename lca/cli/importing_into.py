"""What `lca import --into` does with a draft: its entries are added to a project, whole or not at all."""

from __future__ import annotations

import argparse
import importlib.util
from typing import TYPE_CHECKING

from lca.cli.language import writer_of
from lca.cli.running import DONE, print_problems, refuse

if TYPE_CHECKING:
    from lca.importers.importer import Draft


def add_to_project(options: argparse.Namespace, draft: Draft) -> int:
    """Add what a draft holds to the project that `--into` names, and say what was added; return the exit status.

    Raises:
        ProblemsFound: the project cannot be read, written, or added to; nothing was written.
    """
    from lca.descriptor.document import read_document
    from lca.files.named_files import OnDisk
    from lca.files.partners import with_parts
    from lca.files.shipped import project_schema
    from lca.files.texts import read_text, shown
    from lca.files.writing_whole import write_whole
    from lca.importers.merging import merged

    if importlib.util.find_spec("ruamel") is None or importlib.util.find_spec("ruamel.yaml") is None:
        hint = "install it, or this program with its extra: `pip install 'lca-ai[edit]'`"
        return refuse(options, "--into needs the package `ruamel.yaml`", hint)
    path, said = options.into, writer_of(options).words["terminal"]
    project, schema = read_text(path), project_schema()
    whole, _ = with_parts(read_document(project, shown(path)), OnDisk(path), schema)  # what clashes, `lca check` tells
    result = merged(project, shown(path), draft, schema, whole)
    if result.added:
        write_whole({path: result.text.encode()})
    print_problems((*draft.warnings, *result.notes) if result.added else (), options)
    if result.known:
        print(said["known"].format(path=path, number=result.known))
    if result.added:
        print(said["added"].format(path=path, summary=draft.summary, names=", ".join(result.added)))
    return DONE

"""Writes a page as HTML and PDF, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from lca.files.pdf import PANGO_HINT, PangoMissing
from lca.files.texts import shown
from lca.files.writing_whole import write_whole
from lca.problems import Location, Problem


def publish(
    path: Path, html: str, pdf: Callable[[], bytes] | None, inputs: Iterable[Path]
) -> tuple[list[Path], list[Problem]]:
    """Write a page in the formats that are asked for, beside each other.

    Args:
        path: where to, without the ending.
        html: the page, empty where only the PDF is wanted.
        pdf: makes the PDF, None where only the HTML is wanted.
        inputs: files that must not be written over.

    Returns:
        The files written, and what could not be made for lack of a system library.

    Raises:
        ProblemsFound: the folder cannot be written; nothing is then.
    """
    files: dict[Path, bytes] = {}
    lacking: list[Problem] = []
    if html:
        files[path.with_name(f"{path.name}.html")] = html.encode()
    if pdf is not None:
        target = path.with_name(f"{path.name}.pdf")
        try:
            files[target] = pdf()
        except PangoMissing as error:
            message = f"the PDF needs a system library that is missing ({error})"
            lacking.append(Problem(Location(shown(target), 1, 1), "LCA702", message, PANGO_HINT))
    write_whole(files, inputs)
    return list(files), lacking

"""Writes a page as HTML, as PDF, as a picture and as a deposit, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from lca.files.deposits import Deposit
from lca.files.pdf import PANGO_HINT, PangoMissing
from lca.files.picture import PICTURE_HINT, RasteriserMissing
from lca.files.texts import shown
from lca.files.writing_whole import write_whole
from lca.problems import Location, Problem


def publish(
    path: Path,
    html: str,
    pdf: Callable[[], bytes] | None,
    inputs: Iterable[Path],
    png: Callable[[], bytes] | None = None,
) -> tuple[list[Path], list[Problem]]:
    """Write a page in the formats that are asked for, beside each other.

    Args:
        path: where to, without the ending.
        html: the page, empty where only the PDF is wanted.
        pdf: makes the PDF, None where only the HTML is wanted.
        inputs: files that must not be written over.
        png: makes a picture of page one, None where none is wanted.

    Returns:
        The files written, and what could not be made for lack of a system library.

    Raises:
        ProblemsFound: the folder cannot be written; nothing is then.
    """
    files: dict[Path, bytes] = {}
    lacking: list[Problem] = []
    if html:
        files[path.with_name(f"{path.name}.html")] = html.encode()
    for ending, make in (("pdf", pdf), ("png", png)):
        if make is None:
            continue
        target = path.with_name(f"{path.name}.{ending}")
        try:
            files[target] = make()
        except PangoMissing as error:
            lacking.append(_without_library(target, error))
        except RasteriserMissing as error:
            message = f"the picture needs a package that is missing ({error})"
            lacking.append(Problem(Location(shown(target), 1, 1), "LCA702", message, PICTURE_HINT))
    write_whole(files, inputs)
    return list(files), lacking


def publish_deposit(
    path: Path, make: Callable[[], Deposit], inputs: Iterable[Path]
) -> tuple[list[Path], list[Problem]]:
    """Write a deposit: the PDF and, beside it, its archive; arguments, result and errors as for `publish`."""
    pdf, archive = (path.with_name(f"{path.name}.{ending}") for ending in ("pdf", "zip"))
    try:
        deposit = make()
    except PangoMissing as error:
        return [], [_without_library(pdf, error)]
    write_whole({pdf: deposit.pdf, archive: deposit.archive}, inputs)
    return [pdf, archive], []


def _without_library(path: Path, error: PangoMissing) -> Problem:
    message = f"the PDF needs a system library that is missing ({error})"
    return Problem(Location(shown(path), 1, 1), "LCA702", message, PANGO_HINT)

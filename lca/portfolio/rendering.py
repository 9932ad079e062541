"""From one dossier to its own documents: its report as HTML or PDF as `lca report` writes it, and its sheet for a jury."""

from __future__ import annotations

import gc
import os
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field, msgpack

from lca.face import Study
from lca.files.named_files import OnDisk
from lca.files.pdf import PANGO_HINT, PangoMissing
from lca.files.public_copies import if_publishable
from lca.files.texts import shown
from lca.portfolio.addresses import HTML, PDF
from lca.portfolio.examining import loaded, without_folder
from lca.portfolio.setting import Setting, Task
from lca.problems import Location, Problem, ProblemsFound

if TYPE_CHECKING:
    from lca.face import Assessment
    from lca.files.reports import Report

#: The sheet of a dossier, one page of what the jury gets.
SHEET = "jury"
#: What dates a document, where it is set.
EPOCH = "SOURCE_DATE_EPOCH"


class Order(Task, frozen=True, kw_only=True):
    """What is to be made of a dossier: which kinds of documents, and the files of its reviews.

    `language` is empty where each report is in the dossier's own; `copy` says who it is for where values are restricted; `epoch` is
    the moment that documents are dated by, empty where that is the date of assessment.
    """

    kinds: tuple[str, ...]
    language: str = ""
    copy: str = ""
    reviews: tuple[str, ...] = ()
    epoch: str = ""


class Sheet(Struct, frozen=True):
    """A sheet for the jury: its language, and the section of the page that it is."""

    language: str
    section: str


class Documents(Struct, frozen=True):
    """What was made of a dossier by kind, a sheet packed, and what kept others from being made."""

    made: Mapping[str, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def rendered(task: Task, setting: Setting) -> bytes:
    """Return the documents of a dossier as bytes; what is wrong is told in place of one, and no dossier raises."""
    assert isinstance(task, Order)
    if os.environ.get(EPOCH, "") != task.epoch:  # on a worker of a cluster
        os.environ[EPOCH] = task.epoch
    made: dict[str, bytes] = {}
    problems: list[Problem] = []
    assessment: Assessment | None = None
    for kind in task.kinds:
        try:
            assessment = assessment or _assessed(task, setting)
            made[kind] = _MAKERS[kind](assessment, task)
        except ProblemsFound as found:
            errors = (problem for problem in found.problems if problem.severity == "error")
            problems += without_folder(errors, task)
        except PangoMissing as error:
            message = f"the PDF needs a system library that is missing ({error})"
            problems.append(Problem(Location(task.file, 1, 1), "LCA702", message, PANGO_HINT))
        except Exception as error:
            message = f"the program itself is at fault: {type(error).__name__}"
            hint = "please report it with the descriptor"
            problems.append(Problem(Location(task.file, 1, 1), "LCA963", message, hint))
    gc.collect()  # the renderer's pages hold cycles
    return msgpack.encode(Documents(made, tuple(dict.fromkeys(problems))))


def unpacked(sheet: bytes) -> Sheet:
    """Return a sheet that was packed."""
    return msgpack.decode(zlib.decompress(sheet), type=Sheet)


def _assessed(order: Order, setting: Setting) -> Assessment:
    """Return the assessment that `lca report` makes of a dossier alone, with its usual draws."""
    path = Path(order.path)
    return Study(shown(path), loaded(order, setting, OnDisk(path), shown(path))).assess(
        seed=setting.seed, as_of=setting.as_of
    )


def _report(assessment: Assessment, order: Order, layout: str) -> Report:
    return assessment.report(order.language, layout, copy=order.copy)


def _html(assessment: Assessment, order: Order) -> bytes:
    return _report(assessment, order, "dossier").html.encode()


def _pdf(assessment: Assessment, order: Order) -> bytes:
    return _report(assessment, order, "dossier").pdf()


def _sheet(assessment: Assessment, order: Order) -> bytes:
    report = _report(assessment, order, "jury")
    if_publishable(report.loaded, "the sheet for a jury", order.copy)
    report = report.with_reviews(order.reviews) if order.reviews else report
    return zlib.compress(msgpack.encode(Sheet(report.language, report.sheet())))


_MAKERS: Mapping[str, Callable[[Assessment, Order], bytes]] = {HTML: _html, PDF: _pdf, SHEET: _sheet}

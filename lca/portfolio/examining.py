"""From one dossier to its row: read and assessed as `lca report` does, on the draws that all dossiers share."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from lca.face import Study
from lca.files import calls
from lca.files.looked_for import LookedFor
from lca.files.named_files import Folder, OnDisk
from lca.files.reading import Loaded
from lca.files.texts import shown
from lca.portfolio.row import REFUSED, Row, encoded
from lca.portfolio.rows import assessed_row, refused_row
from lca.portfolio.setting import Setting, Task
from lca.problems import Location, Problem, ProblemsFound


def examine(task: Task, setting: Setting) -> Row:
    """Return the row of a dossier; one with errors has these in place of figures, and no dossier raises."""
    folder = LookedFor(OnDisk(Path(task.path)))
    try:
        row = _row(task, setting, folder)
    except Exception as error:
        message = f"the program itself is at fault: {type(error).__name__}"
        problem = Problem(Location(task.file, 1, 1), "LCA963", message, "please report it with the descriptor")
        row = Row(number=task.number, file=task.file, outcome=REFUSED, problems=(problem,))
    told, lacking = without_folder(row.problems, task), without_folder(row.lacking, task)
    return replace(row, files=dict(sorted(folder.files.items())), problems=told, lacking=lacking)


def without_folder(problems: Iterable[Problem], task: Task) -> tuple[Problem, ...]:
    """Return problems that name files from the folder of the portfolio on: where that lies is nobody else's business."""
    own = f"{shown(Path(task.path).parent)}/"
    inside = posixpath.join(posixpath.dirname(task.file), "")

    def named(problem: Problem) -> Problem:
        place = problem.location
        return replace(
            problem,
            location=Location(place.file.replace(own, inside), place.line, place.column),
            message=problem.message.replace(own, inside),
            hint=problem.hint.replace(own, inside),
        )

    return tuple(map(named, problems))


def examined(task: Task, setting: Setting) -> bytes:
    """Return the row of a dossier as bytes."""
    return encoded(examine(task, setting))


def _row(task: Task, setting: Setting, folder: LookedFor) -> Row:
    study: Study | None = None
    try:
        study = Study(task.file, loaded(task, setting, folder, task.file))
        assessment = study.assess(setting.draws, setting.seed, setting.as_of, among=task.number)
    except ProblemsFound as found:
        readable = study.readable if study is not None else None
        return refused_row(task.number, task.file, readable, found.problems, setting.as_of)
    return assessed_row(task.number, task.file, assessment)


def loaded(task: Task, setting: Setting, folder: Folder, name: str) -> Loaded:
    """Return a dossier as it was read for a call; `name` is what messages call its file.

    Raises:
        ProblemsFound: it has errors that leave nothing to assess.
    """
    try:
        text = task.content.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"the file is not UTF-8 text (byte {error.start})"
        place = Location(name, 1, 1)
        raise ProblemsFound([Problem(place, "LCA103", message, "save it as UTF-8; is it the right file?")]) from None
    return calls.load(text, name, folder, setting.factor_set, setting.acts, call=setting.call)

"""From one dossier to its row: read and assessed as `lca report` does, on the draws that all dossiers share."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from lca.face import Study
from lca.files import calls
from lca.files.looked_for import LookedFor
from lca.files.named_files import OnDisk
from lca.files.reading import Loaded
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
    return replace(row, files=dict(sorted(folder.files.items())))


def examined(task: Task, setting: Setting) -> bytes:
    """Return the row of a dossier as bytes."""
    return encoded(examine(task, setting))


def _row(task: Task, setting: Setting, folder: LookedFor) -> Row:
    study: Study | None = None
    try:
        study = Study(task.file, _loaded(task, setting, folder))
        assessment = study.assess(setting.draws, setting.seed, setting.as_of, among=task.number)
    except ProblemsFound as found:
        loaded = study.readable if study is not None else None
        return refused_row(task.number, task.file, loaded, found.problems, setting.as_of)
    return assessed_row(task.number, task.file, assessment)


def _loaded(task: Task, setting: Setting, folder: LookedFor) -> Loaded:
    try:
        text = task.content.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"the file is not UTF-8 text (byte {error.start})"
        place = Location(task.file, 1, 1)
        raise ProblemsFound([Problem(place, "LCA103", message, "save it as UTF-8; is it the right file?")]) from None
    return calls.load(text, task.file, folder, setting.factor_set, setting.acts, call=setting.call)

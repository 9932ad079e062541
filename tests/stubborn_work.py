"""Work on dossiers that goes wrong on purpose, each by what its dossier says; it stands alone, for children import it."""

from __future__ import annotations

import os
import signal
import time

from lca.portfolio.examining import examined
from lca.portfolio.row import ASSESSED, Row, encoded
from lca.portfolio.setting import Setting, Task


def work(task: Task, _: Setting) -> bytes:
    """Return a row that says which process made it, unless the dossier asks for something else."""
    if task.content == b"for ever":
        time.sleep(1_000)
    if task.content == b"poison":
        os._exit(3)
    if task.content == b"kills":
        os.kill(os.getppid(), signal.SIGKILL)
    if task.content == b"loud":
        print("a library prints")
    return encoded(Row(number=task.number, file=task.file, outcome=ASSESSED, name=str(os.getpid())))


def slowly(task: Task, setting: Setting) -> bytes:
    """Return the row of a dossier, not at once."""
    time.sleep(0.2)
    return examined(task, setting)

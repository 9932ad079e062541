"""A process that works on dossiers, one after another, until nobody sends it any more."""

from __future__ import annotations

import gc
import math
import os
import signal
import sys
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path

from lca.files.folders import hand_over

#: So many seconds after its time limit a process ends itself, should nobody be left to end it.
_GRACE = 30


def serve() -> None:
    """Work on what comes on standard input, and send what comes of it to standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted, and ends its children
    tasks, done = Connection(os.dup(0), writable=False), Connection(os.dup(1), readable=False)
    os.dup2(2, 1)  # what a library prints disturbs no message
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    gc.set_threshold(100_000, 20, 100)  # large trees hold no cycles
    try:
        setting, work = tasks.recv()
        if setting.factors:
            hand_over("factors", Path(setting.factors))
        done.send_bytes(b"ready")
        while True:
            task = tasks.recv()
            signal.alarm(math.ceil(setting.time_limit) + _GRACE)
            row = work(task, setting)
            signal.alarm(0)
            done.send_bytes(row)
            if not gc.get_freeze_count():
                gc.freeze()  # what the first dossier read, such as the catalogue, is there for good
    except (EOFError, BrokenPipeError):
        sys.exit()


def _end_with(parent: int) -> None:
    """End as soon as the parent is gone: nobody waits for what is worked on."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)

"""A form for many: each browser works on a file in a folder of its own, which is removed a stated time after its last use.

The folders stand in one that holds nothing else, and have names that tell nobody's session. A server that is started again finds
them, so that a browser goes on where it was.
"""

from __future__ import annotations

import collections
import hashlib
import os
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from lca.web.workspace import Workspace

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

#: How a session's file is called.
FILE = "project.lca.yaml"
#: So many applications are held ready; what a session wrote is on disk in any case.
_MOST_READY = 50
#: How often folders are looked through, in seconds.
_BETWEEN = 600
_NAME = re.compile(r"[0-9a-f]{32}")


class Sessions:
    """An application that answers each session by one of its own, made by `make` for the session's file."""

    def __init__(self, folder: Path, hours: float, make: Callable[[Workspace], ASGIApp]) -> None:
        """Take the folder, and after how many hours without use what a session wrote is removed."""
        self.folder, self.hours, self._make = folder, hours, make
        self._ready: collections.OrderedDict[str, ASGIApp] = collections.OrderedDict()
        self._looked = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Have a request answered by the application of its session, which the guards put into the scope."""
        await self._of(scope["lca.session"])(scope, receive, send)

    def knows(self, session: str) -> bool:
        """Say whether a session has a folder."""
        return self._folder_of(session).is_dir()

    def expire(self) -> list[str]:
        """Remove the folders that nobody has used for the stated time; return their names."""
        last = time.time() - 3600 * self.hours
        old = [
            one
            for one in os.scandir(self.folder)
            if _NAME.fullmatch(one.name) and one.is_dir(follow_symlinks=False) and one.stat().st_mtime < last
        ]
        for one in old:
            self._ready.pop(one.name, None)
            shutil.rmtree(one.path)
        return [one.name for one in old]

    def _of(self, session: str) -> ASGIApp:
        folder = self._folder_of(session)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.utime(folder)
        if time.monotonic() - self._looked > _BETWEEN or not self._looked:
            self._looked = time.monotonic()
            self.expire()
        found = self._ready.pop(folder.name, None) or self._make(Workspace(folder / FILE))
        self._ready[folder.name] = found
        if len(self._ready) > _MOST_READY:
            self._ready.popitem(last=False)
        return found

    def _folder_of(self, session: str) -> Path:
        return self.folder / hashlib.sha256(session.encode("utf-8", "replace")).hexdigest()[:32]

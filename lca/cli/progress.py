"""Progress of long work: a bar with the step's name on a terminal, one line otherwise, and nothing where it is soon done."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from typing import Self

#: Work that takes longer, in seconds, is told where no terminal shows a bar.
LONG = 5.0
#: How often work that is counted is told, in seconds: on a terminal, and in a log.
OFTEN, SELDOM = 0.2, 15.0
_WIDTH = 24


class Progress:
    """The steps of one piece of work; `step` begins the next one, and the end clears the bar."""

    def __init__(self, steps: Sequence[str]) -> None:
        self.steps = steps
        self._done = 0
        self._begun = time.monotonic()
        self._told = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if sys.stderr.isatty():
            print("\r\033[K", end="", file=sys.stderr, flush=True)

    def step(self) -> None:
        """Begin the next step."""
        name = self.steps[min(self._done, len(self.steps) - 1)]
        self._done += 1
        if sys.stderr.isatty():
            filled = _WIDTH * (self._done - 1) // len(self.steps)
            bar = "█" * filled + "░" * (_WIDTH - filled)
            print(f"\r\033[K{bar} {name}", end="", file=sys.stderr, flush=True)
        elif not self._told and time.monotonic() - self._begun > LONG:
            self._told = True
            print(f"{name} …", file=sys.stderr, flush=True)


class Counted:
    """Many pieces of one kind of work: how many are done, and how much time is left; `words` says it, with its names in braces."""

    def __init__(self, words: str) -> None:
        self.words = words
        self._begun = self._told = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if sys.stderr.isatty():
            print("\r\033[K", end="", file=sys.stderr, flush=True)

    def tell(self, done: int, of: int, kept: int) -> None:
        """Tell how far the work is, now and then: `done` of `of`, of which `kept` needed no work."""
        now = time.monotonic()
        shown = sys.stderr.isatty()
        if now - self._told < (OFTEN if shown else SELDOM):
            return
        self._told, worked = now, done - kept
        left = (now - self._begun) / worked * (of - done) if worked else 0.0
        minutes, seconds = divmod(round(left), 60)
        line = self.words.format(done=done, of=of, kept=kept, left=f"{minutes}:{seconds:02}")
        if shown:
            filled = _WIDTH * done // of
            line = f"\r\033[K{'█' * filled}{'░' * (_WIDTH - filled)} {line}"
        print(line, end="" if shown else "\n", file=sys.stderr, flush=True)

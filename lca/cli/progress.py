"""Progress of long work: a bar with the step's name on a terminal, one line otherwise, and nothing where it is soon done."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from typing import Self

#: Work that takes longer, in seconds, is told where no terminal shows a bar.
LONG = 5.0
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

"""Progress: a bar with the step's name on a terminal, one line where long work has no terminal, and nothing otherwise."""

from __future__ import annotations

import io
import itertools

import pytest

from lca.cli.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def work() -> None:
    with Progress(["computing", "writing"]) as steps:
        steps.step()
        steps.step()


def test_a_terminal_sees_a_bar_that_is_cleared(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    work()
    written = terminal.getvalue()
    assert "computing" in written
    assert "writing" in written
    assert written.index("░" * 24) < written.index("█" * 12)
    assert written.endswith("\r\033[K")


def test_soon_done_work_says_nothing_elsewhere(capsys: pytest.CaptureFixture[str]) -> None:
    work()
    assert capsys.readouterr() == ("", "")


def test_long_work_says_one_line_elsewhere(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    clock = itertools.count(0, 60)
    monkeypatch.setattr("lca.cli.progress.time.monotonic", lambda: next(clock))
    work()
    assert capsys.readouterr().err == "computing …\n"

"""`./run`, the first time: nothing but its own lines where all goes well, else what was said and the likely causes."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Return a folder with the script and a program that only greets, so that nothing need be fetched."""
    shutil.copy(ROOT / "run", tmp_path)
    (tmp_path / "requirements-dev.lock").write_text("# more\n", "utf-8")
    (tmp_path / "lca").mkdir()
    (tmp_path / "lca" / "__main__.py").write_text("print('hello')\n", "utf-8")
    return tmp_path


def run(clone: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PIP_NO_INDEX": "1"}
    return subprocess.run([clone / "run"], capture_output=True, text=True, check=False, env=environment)


def test_what_pip_says_is_not_shown_where_it_succeeds(clone: Path) -> None:
    # A file without requirements, of which pip warns.
    (clone / "requirements.lock").write_text("# nothing\n", "utf-8")
    first, second = run(clone), run(clone)
    assert (first.returncode, first.stdout) == (0, "hello\n")
    assert all(line.startswith("run: ") for line in first.stderr.splitlines()), first.stderr
    assert (second.returncode, second.stdout, second.stderr) == (0, "hello\n", "")


def test_where_pip_fails_its_words_and_the_likely_causes_are_shown(clone: Path) -> None:
    (clone / "requirements.lock").write_text(f"no-such-package==1 --hash=sha256:{'0' * 64}\n", "utf-8")
    done = run(clone)
    assert (done.returncode, done.stdout) == (1, "")
    assert "ERROR: No matching distribution found for no-such-package==1" in done.stderr
    told = done.stderr.splitlines()[-2:]
    assert told[0] == "run: could not install requirements.lock"
    assert told[1].startswith("run: likely causes: no network")
    assert "or no built package for this Python: Python 3." in told[1]
    assert not (clone / ".venv" / "stamp").exists()

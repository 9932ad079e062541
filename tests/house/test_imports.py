"""What a plain check imports: nothing heavy, and nothing of what a subject computes or prints that the descriptor does not use."""

from __future__ import annotations

import subprocess
import sys

from conftest import ROOT

HEAVY = ("babel", "docx", "jinja2", "matplotlib", "pandas", "pint", "weasyprint")
LOADED = "import sys; from lca.cli.main import main; main(['check', sys.argv[1]]); print(*sys.modules, sep='\\n')"


def loaded(file: str) -> set[str]:
    """Return the modules that are there after a check in a fresh process."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", LOADED, file], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines())


def test_a_check_imports_nothing_heavy_and_no_subject_that_is_not_used() -> None:
    modules = loaded("projects/minimal.yaml")
    assert "lca.subjects.footprint.assess" in modules
    assert not modules & set(HEAVY)
    for subject in ("benefit", "money", "quality"):
        unused = {f"lca.subjects.{subject}.{name}" for name in ("assess", "formulas", "section", "contract", "charts")}
        assert not modules & unused


def test_a_subject_that_is_used_is_computed() -> None:
    modules = loaded("projects/transition-call.yaml")
    assert "lca.subjects.benefit.assess" in modules
    assert "lca.subjects.money.assess" not in modules

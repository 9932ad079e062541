"""What a plain check and a plain report import: nothing heavy that they do not need, and no subject that is not used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from conftest import ROOT

HEAVY = ("babel", "docx", "jinja2", "matplotlib", "pandas", "pint", "pypdf", "weasyprint")
LOADED = "import sys; from lca.cli.main import main; main(sys.argv[1:]); print(*sys.modules, sep='\\n')"


def loaded(*arguments: str) -> set[str]:
    """Return the modules that are there after a command in a fresh process."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", LOADED, *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines())


def test_a_check_imports_nothing_heavy_and_no_subject_that_is_not_used() -> None:
    modules = loaded("check", "projects/minimal.yaml")
    assert "lca.subjects.footprint.assess" in modules
    assert not modules & set(HEAVY)
    for subject in ("benefit", "money", "quality"):
        unused = {f"lca.subjects.{subject}.{name}" for name in ("assess", "formulas", "section", "contract", "charts")}
        assert not modules & unused


def test_a_subject_that_is_used_is_computed() -> None:
    modules = loaded("check", "projects/transition-call.yaml")
    assert "lca.subjects.benefit.assess" in modules
    assert "lca.subjects.money.assess" not in modules


def test_a_report_without_curves_needs_neither_a_plotting_library_nor_tables(tmp_path: Path) -> None:
    modules = loaded("report", "projects/minimal.yaml", "--html", "-o", str(tmp_path))
    assert "jinja2" in modules
    assert not modules & {"matplotlib", "pandas", "weasyprint"}

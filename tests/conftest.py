"""What tests share: studies assessed once and pages rendered once, and small pages where a test is about something else.

An assessment is immutable, so tests may share it; a file of the clone does not change while the tests run.
"""

from __future__ import annotations

import datetime
import functools
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

import lca
from lca import Assessment
from lca.files.shipped import read_texts
from lca.presenting.html import Templates
from lca.presenting.writer import Writer
from lca.subjects import SUBJECTS
from lca.subjects.footprint.flow import STAGES

ROOT = Path(__file__).parent.parent
AS_OF = datetime.date(2026, 11, 24)
#: Of the pages that tests share: enough for intervals to be printed.
PAGE_DRAWS = 100
SMALL_PAGE = '<!doctype html><html lang="en"><head><title>Small</title></head><body><p>A small page.</p></body></html>'

Assess = Callable[..., Assessment]

#: Where the tests remember what was read, so that they neither depend on the user's own folder nor write to it.
REMEMBERED = tempfile.TemporaryDirectory()
os.environ["XDG_CACHE_HOME"] = REMEMBERED.name
#: In whatever language who runs the tests reads, the program speaks the one that it is written in.
os.environ["LC_ALL"] = "C.UTF-8"

# The same examples on every machine, however slow it is.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


def assess_file(path: Path, draws: int = 0, seed: int = 2026) -> Assessment:
    """Load and assess a descriptor, one of the clone once; errors raise."""
    once = path.is_relative_to(ROOT)
    return _file_of_the_clone(path, draws, seed) if once else lca.load(path).assess(draws, seed, AS_OF)


@functools.cache
def _file_of_the_clone(path: Path, draws: int, seed: int) -> Assessment:
    return lca.load(path).assess(draws, seed, AS_OF)


@functools.lru_cache(maxsize=64)
def _text(text: str, draws: int, seed: int) -> Assessment:
    return lca.read(text, name="case.yaml").assess(draws, seed, AS_OF)


@pytest.fixture
def assess_text(tmp_path: Path) -> Assess:
    """Return a function that assesses a descriptor given as text; what the test put into its folder stands beside it."""

    def run(text: str, draws: int = 0, seed: int = 2026) -> Assessment:
        path = tmp_path / "case.yaml"
        if not any(tmp_path.iterdir()):
            return _text(text, draws, seed)
        path.write_text(text, encoding="utf-8")
        return assess_file(path, draws, seed)

    return run


@functools.cache
def report_html(path: Path, language: str) -> str:
    """Return the whole report on a descriptor of the clone."""
    return assess_file(path, PAGE_DRAWS).report(language, "full").html


def section_of(assessment: Assessment, name: str, language: str) -> str:
    """Return one section of a subject alone; tests/house/test_rooms.py sees to it that it stands so in the whole report."""
    writer = Writer(language, read_texts().locales[language])
    common = {
        "project": assessment.study.about,
        "goal": assessment.study.goal,
        "climate": assessment.footprint.climate,
        "indicators": assessment.book.indicators,
        "stages": STAGES,
    }
    (section,) = (s for subject in SUBJECTS for s in subject.module("section").SECTIONS if s.name == name)
    return Templates(writer, read_texts(), common).filled(section.template, section.view(assessment, writer))


@pytest.fixture
def small_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every report a small page, where a test is about what stands around it."""
    monkeypatch.setattr("lca.assessment.dossier.render", lambda *_: SMALL_PAGE)


@pytest.fixture
def small_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the page of every PDF a small one; what the PDF carries stays."""
    from lca.files.pdf import render_pdf

    monkeypatch.setattr("lca.files.documents.render_pdf", lambda _, *rest: render_pdf(SMALL_PAGE, *rest))

"""What a run publishes: the page and the paper beside the tables, whole or none, and the same each time."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from portfolio_by_hand import writer_in
from pypdf import PdfReader
from test_running import SETTING, SMALL, Here, nobody, write

from lca.files.pdf import PangoMissing
from lca.portfolio.kept import Kept
from lca.portfolio.listing import listing
from lca.portfolio.publishing import publish
from lca.portfolio.running import Run, compared
from lca.portfolio.written import Reports
from lca.problems import Problem, ProblemsFound

PAGE, PAPER = "portfolio.html", "portfolio.pdf"


def published(
    folder: Path, output: Path, language: str = "en", reports: Reports = lambda _: ()
) -> tuple[list[str], list[Problem]]:
    """Run over a folder and publish what is found; return the names of the files and what is lacking."""
    with Kept(output) as kept:
        run = Run(listing([folder], output), SETTING, kept)
        run.assess(Here(), nobody)
        with compared(run) as across:
            files, lacking = publish(run, across, writer_in(language), output, reports)
    return [path.name for path in files], lacking


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    broken = SMALL.replace("100 h", "100 kg")
    return write(
        tmp_path / "in", **{"1": SMALL, "2": broken, "10": SMALL.replace("Small", "Large"), "part": "sites: {}"}
    )


def test_a_broken_dossier_is_listed_and_the_others_are_assessed(folder: Path, tmp_path: Path) -> None:
    names, lacking = published(folder, tmp_path / "out")
    assert names[:3] == [PAGE, PAPER, "portfolio.csv"]
    assert lacking == []
    page = (tmp_path / "out" / PAGE).read_text("utf-8")
    assert page.count("<tbody id=") == 3
    assert page.index("<bdi>1</bdi>") < page.index("<bdi>2</bdi>") < page.index("<bdi>10</bdi>")
    assert page.count("<small>LCA303</small>") == 1
    assert "<bdi>part.yaml</bdi>" in page
    text = "".join(one.extract_text() for one in PdfReader(io.BytesIO((tmp_path / "out" / PAPER).read_bytes())).pages)
    assert "Dossiers side by side, for the jury" in text
    assert "does not rank" in text


def test_the_same_dossiers_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        published(folder, tmp_path / name, "fr")
    for name in (PAGE, PAPER):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_report_that_is_there_already_is_led_to(folder: Path, tmp_path: Path) -> None:
    published(folder, tmp_path / "out", reports=lambda number: ("dossiers/10.html",) if number == "10" else ())
    assert (tmp_path / "out" / PAGE).read_text("utf-8").count('<a href="dossiers/') == 1


def test_without_the_library_of_pdf_all_else_is_written(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacks(*_: object) -> bytes:
        raise PangoMissing("cannot load library libpango")

    monkeypatch.setattr("lca.portfolio.documents.render_pdf", lacks)
    names, lacking = published(folder, tmp_path / "out")
    assert [one.code for one in lacking] == ["LCA702"]
    assert PAGE in names
    assert PAPER not in names
    assert not (tmp_path / "out" / PAPER).exists()


def test_where_one_file_cannot_be_written_none_is(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out" / PAPER).mkdir(parents=True)
    with pytest.raises(ProblemsFound, match="LCA701"):
        published(folder, tmp_path / "out")
    assert not (tmp_path / "out" / PAGE).exists()
    assert not list((tmp_path / "out").glob("*.csv"))

"""Reports on single dossiers and their sheets: those of `lca report`, made once, and one that fails stops no other."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import AS_OF
from msgspec.structs import replace
from portfolio_by_hand import writer_in
from pypdf import PdfReader
from test_running import SETTING, SMALL, Here, nobody, write

import lca
from lca.cli.main import main
from lca.files.pdf import PangoMissing
from lca.portfolio.children import Done, ended
from lca.portfolio.kept import Kept
from lca.portfolio.listing import listing
from lca.portfolio.own_reports import OwnReports
from lca.portfolio.rendering import SHEET, Order, rendered
from lca.portfolio.running import Run
from lca.portfolio.setting import Task
from lca.portfolio.sheets import write_sheets
from lca.portfolio.wanted import Wanted, wanted
from lca.problems import Problem, ProblemsFound

ALL = ("html", "pdf", SHEET)
FRENCH = SMALL.replace("name: Small", "name: Petit, language: fr")
REVIEW = (
    'review: 1\ndossier: {{file: x.yaml, sha256: "{sha256}"}}\nexpert: {expert}\ninterests: none\nquestions: [Why?]\n'
)


class Making:
    """An engine that makes documents in this process, and notes what; some dossiers end it, one stops the program after it."""

    def __init__(self, *fatal: str, killed_after: int = 99) -> None:
        self.fatal, self.killed_after = fatal, killed_after
        self.orders: dict[str, tuple[str, ...]] = {}

    def results(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Yield the documents in the order of the tasks."""
        for task in tasks:
            if len(self.orders) == self.killed_after:
                raise KeyboardInterrupt
            assert isinstance(task, Order)
            self.orders[task.number] = task.kinds
            yield ended(task) if task.number in self.fatal else (task, rendered(task, SETTING), True)


class Found:
    """What a run left: its documents, what was told, what was worked on."""

    def __init__(self, folder: Path, output: Path, asked: Wanted, engine: Making | None = None) -> None:
        self.engine = engine or Making()
        self.told: list[tuple[int, int, int]] = []
        with Kept(output) as kept:
            run = Run(listing([folder], output), SETTING, kept)
            run.assess(Here(), nobody)
            self.reports = OwnReports(run, output, asked)
            self.reports.make(self.engine, lambda *numbers: self.told.append(numbers))
            self.written = list(write_sheets(self.reports, writer_in("en"))) if SHEET in asked.kinds else []
            run.finish(self.reports.keys)

    @property
    def codes(self) -> list[tuple[str, str]]:
        return [(problem.location.file, problem.code) for problem in self.reports.problems]


def files(output: Path) -> dict[str, bytes]:
    found = {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}
    return {name: content for name, content in sorted(found.items()) if not name.startswith("kept.")}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = write(tmp_path_factory.mktemp("call") / "in", **{"10": SMALL, "2": FRENCH, "4": "descriptor: [1\n"})
    write(made / "lot b", **{"3": SMALL.replace("name: Small", 'name: "<b>&\\" third"')})
    return made


@pytest.fixture(scope="module")
def output(folder: Path) -> Path:
    """A folder with all documents of all dossiers."""
    out = folder.parent / "out"
    found = Found(folder, out, Wanted(ALL))
    assert found.engine.orders == {"2": ALL, "10": ALL, "lot b/3": ALL}
    assert found.told == [(1, 3, 0), (2, 3, 0), (3, 3, 0)]
    assert found.codes == []
    assert found.reports.addresses("lot b/3") == ("dossiers/lot%20b/3.html", "dossiers/lot%20b/3.pdf")
    assert found.reports.addresses("4") == ()
    assert found.written == [out / "jury.pdf"]
    return out


def test_the_reports_are_those_of_the_dossier_alone(folder: Path, output: Path) -> None:
    names = [f"dossiers/{number}.{kind}" for number in ("10", "2", "lot b/3") for kind in ("html", "pdf")]
    assert [*files(output)] == [*names, "jury.pdf"]
    for number in ("2", "lot b/3"):
        alone = lca.load(folder / f"{number}.yaml").assess(seed=SETTING.seed, as_of=AS_OF).report()
        assert (output / "dossiers" / f"{number}.html").read_text("utf-8") == alone.html
    assert (output / "dossiers" / "2.pdf").read_bytes() == lca.load(folder / "2.yaml").assess(
        seed=SETTING.seed, as_of=AS_OF
    ).report().pdf()


def test_the_sheets_are_one_accessible_pdf_in_the_order_of_the_numbers(output: Path) -> None:
    reader = PdfReader(io.BytesIO((output / "jury.pdf").read_bytes()))
    texts = [page.extract_text() for page in reader.pages]
    assert [text.count("Decision") + text.count("Décision") for text in texts] == [1, 1, 1]
    assert [("Petit" in text, "third" in text) for text in texts] == [(True, False), (False, False), (False, True)]
    marks: list[Any] = list(reader.outline)
    assert [mark["/Title"] for mark in marks] == ["2 – Petit", "10 – Small", 'lot b/3 – <b>&" third']
    assert [reader.get_destination_page_number(mark) for mark in marks] == [0, 1, 2]
    root: Any = reader.trailer["/Root"]
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_data()
    parts = [one.get_object() for one in root["/StructTreeRoot"]["/K"][0].get_object()["/K"]]
    assert [(one["/S"], one["/Lang"]) for one in parts] == [("/Part", "fr"), ("/Part", "en"), ("/Part", "en")]


def test_what_is_there_is_not_made_again_and_what_is_damaged_is(folder: Path, output: Path) -> None:
    before = files(output)
    assert Found(folder, output, Wanted(ALL)).engine.orders == {}
    (output / "dossiers" / "10.html").write_text("x")
    (output / "jury.pdf").unlink()
    again = Found(folder, output, Wanted(ALL))
    assert again.engine.orders == {"10": ("html",)}
    assert again.told == [(3, 3, 2)]
    assert files(output) == before


def test_what_is_not_asked_for_is_led_to_as_long_as_it_is_of_this_dossier(tmp_path: Path) -> None:
    own = write(tmp_path / "in", **{"1": SMALL, "2": SMALL})
    out = tmp_path / "out"
    Found(own, out, Wanted(("html",)))
    write(own, **{"2": SMALL.replace("100 h", "90 h")})
    (out / "dossiers" / "1.pdf").write_bytes(b"of somebody else")
    later = Found(own, out, Wanted())
    assert later.engine.orders == {}
    assert later.reports.addresses("1") == ("dossiers/1.html",)
    assert later.reports.addresses("2") == ()
    assert later.reports.folders == ()


def test_a_run_that_is_stopped_goes_on_where_it_was(folder: Path, output: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        Found(folder, tmp_path, Wanted(ALL), Making(killed_after=2))
    assert [*files(tmp_path)] == ["dossiers/10.html", "dossiers/10.pdf", "dossiers/2.html", "dossiers/2.pdf"]
    rest = Found(folder, tmp_path, Wanted(ALL))
    assert rest.engine.orders == {"lot b/3": ALL}
    assert files(tmp_path) == files(output)


def test_one_that_fails_is_told_and_stops_no_other(folder: Path, tmp_path: Path) -> None:
    found = Found(folder, tmp_path, Wanted(("html",)), Making("10"))
    assert found.codes == [("10.yaml", "LCA965")]
    assert [*files(tmp_path)] == ["dossiers/2.html", "dossiers/lot b/3.html"]
    assert found.reports.addresses("10") == ()
    assert Found(folder, tmp_path, Wanted(("html",))).engine.orders == {"10": ("html",)}


def test_a_fault_of_the_program_is_told_of_one_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setattr("lca.files.documents.render_pdf", fails)
    own = write(tmp_path / "in", **{"1": SMALL})
    found = Found(own, tmp_path / "out", Wanted(("pdf", "html")))
    assert found.codes == [("1.yaml", "LCA963")]
    assert found.reports.addresses("1") == ("dossiers/1.html",)


def test_numbers_lead_nowhere_else(tmp_path: Path) -> None:
    write(tmp_path, study=SMALL)
    numbers = ["../../up", "/abs", "<i>&'", "a" * 300]
    (tmp_path / "list.csv").write_text("".join(f'"{number}",study.yaml\n' for number in numbers), "utf-8")
    out = tmp_path / "deep" / "out"
    found = Found(tmp_path / "list.csv", out, Wanted(("html",)))
    assert len(files(out)) == 4
    assert {path.name for path in tmp_path.iterdir()} == {"study.yaml", "list.csv", "deep"}
    assert {path.name for path in out.parent.iterdir()} == {"out"}
    assert found.reports.addresses("../../up") == ("dossiers/%252E%252E/%252E%252E/up.html",)
    assert len(found.reports.addresses("a" * 300)[0]) < 200


def test_a_folder_that_cannot_be_written_is_told_and_rows_are_kept(folder: Path, tmp_path: Path) -> None:
    tmp_path.joinpath("dossiers").write_text("no folder")
    with pytest.raises(ProblemsFound, match="LCA701"):
        Found(folder, tmp_path, Wanted(("html",)))
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == []


def test_no_report_is_written_over_a_dossier(tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "dossiers").mkdir(parents=True)
    (out / "dossiers" / "1.html").write_text(SMALL, "utf-8")
    (tmp_path / "list.csv").write_text("1,out/dossiers/1.html\n", "utf-8")
    with pytest.raises(ProblemsFound, match="LCA701"):
        Found(tmp_path / "list.csv", out, Wanted(("html",)))
    assert (out / "dossiers" / "1.html").read_text("utf-8") == SMALL


def test_experts_stand_on_the_sheet_of_their_dossier(tmp_path: Path) -> None:
    own = write(tmp_path / "in", **{"1": SMALL, "10": SMALL})
    of = hashlib.sha256(SMALL.encode()).hexdigest()
    reviews = write(tmp_path / "reviews", **{"1-b": REVIEW.format(sha256=of, expert="E1")})
    write(reviews, **{"10": REVIEW.format(sha256="0" * 64, expert="E2"), "3-a": "review: 1\n"})
    asked, doubts = wanted([SHEET], "", "", reviews, listing([own], tmp_path / "out"))
    assert [(problem.location.file, problem.code) for problem in doubts] == [(str(reviews / "3-a.yaml"), "LCA967")]
    found = Found(own, tmp_path / "out", asked)
    assert found.codes == [(str(reviews / "10.yaml"), "LCA954")]
    (page,) = PdfReader(io.BytesIO((tmp_path / "out" / "jury.pdf").read_bytes())).pages
    assert re.search(r"E1.*Why\?", page.extract_text(), re.DOTALL)
    write(reviews, **{"10": REVIEW.format(sha256=of, expert="E2")})
    assert Found(own, tmp_path / "out", asked).engine.orders == {"10": (SHEET,)}
    assert len(PdfReader(io.BytesIO((tmp_path / "out" / "jury.pdf").read_bytes())).pages) == 2


def test_restricted_values_are_on_no_sheet_but_the_agencys(tmp_path: Path) -> None:
    secret = SMALL.replace("power: 1 kW", "power: {value: 1 kW, visibility: restricted}")
    own = write(tmp_path / "in", **{"1": secret})
    found = Found(own, tmp_path / "out", Wanted(("html", SHEET)))
    assert found.codes == [("1.yaml", "LCA428")]
    assert found.written == []
    public = (tmp_path / "out" / "dossiers" / "1.html").read_text("utf-8")
    assert public == lca.load(own / "1.yaml").assess(seed=SETTING.seed, as_of=AS_OF).report().html
    whole = Found(own, tmp_path / "out", Wanted(("html", SHEET), copy="agency"))
    assert whole.codes == []
    assert whole.engine.orders == {"1": ("html", SHEET)}


def test_very_many_sheets_are_several_files(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lca.portfolio.sheets.TOGETHER", 2)
    found = Found(folder, tmp_path, Wanted((SHEET,)))
    assert [path.name for path in found.written] == ["jury-1.pdf", "jury-2.pdf"]
    assert [len(PdfReader(path).pages) for path in found.written] == [2, 1]


def test_without_the_library_of_pdf_it_is_told_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lacks() -> str:
        raise PangoMissing("cannot load library libpango")

    monkeypatch.setattr("lca.portfolio.wanted.renderer", lacks)
    asked, problems = wanted(["html", "pdf", SHEET], "", "", None, listing([folder], folder / "out"))
    assert asked.kinds == ("html",)
    assert [problem.code for problem in problems] == ["LCA702"]
    assert wanted(["html"], "", "", None, listing([folder], folder / "out"))[1] == ()


def test_another_date_or_language_is_another_document(folder: Path, output: Path) -> None:
    with Kept(output) as kept:
        found = listing([folder], output)
        for setting, asked in (
            (replace(SETTING, as_of=AS_OF.replace(year=2027)), Wanted()),
            (replace(SETTING, seed=1), Wanted()),
            (SETTING, Wanted(language="fr")),
        ):
            run = Run(found, setting, kept)
            run.assess(Here(setting), nobody)
            reports = OwnReports(run, output, asked)
            reports.make(Making(), nobody)
            assert reports.addresses("2") == ()


def problems_of(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(ProblemsFound) as found:
        wanted([SHEET], "", "", folder, listing([folder.parent / "in"], folder))
    return tuple(found.value.problems)


def test_a_folder_of_reviews_that_is_not_there_is_told(folder: Path) -> None:
    (problem,) = problems_of(folder.parent / "nowhere")
    assert (problem.code, problem.location.name) == ("LCA101", "nowhere")


def test_the_command_writes_the_documents_and_its_page_leads_to_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own, out = write(tmp_path / "in", **{"1": SMALL, "2": "descriptor: [1\n"}), tmp_path / "out"
    command = ["portfolio", str(own), "-o", str(out), "--as-of", AS_OF.isoformat(), "--workers", "1", "--lang", "fr"]
    reviews = write(tmp_path / "reviews", **{"7-a": "review: 1\n"})
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")
    assert main([*command, "--reviews", str(reviews)]) == 1
    assert not out.exists()
    assert "les seules fiches de jury" in capsys.readouterr().err
    assert main([*command, "--html", "--jury", "--reviews", str(reviews)]) == 1
    written = capsys.readouterr()
    assert [line.split("/")[-1].split(" ")[0] for line in written.out.splitlines()][:3] == [
        *("dossiers", "jury.pdf", "portfolio.html"),
    ]
    assert [line.split(" ")[1] for line in written.err.splitlines()] == ["LCA967"]
    assert '<a href="dossiers/1.html">' in (out / "portfolio.html").read_text("utf-8")
    alone = lca.load(own / "1.yaml").assess(as_of=AS_OF).report("fr")
    assert (out / "dossiers" / "1.html").read_text("utf-8") == alone.html
    about = PdfReader(out / "jury.pdf").metadata
    assert about is not None
    assert about.creation_date is not None
    assert about.creation_date.year == 2026
    assert main([*command, "--html", "--jury"]) == 0

"""The PDF: nothing fetched, everything inside that reproduces it, the same bytes."""

from __future__ import annotations

import datetime
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pypdf
import pypdfium2
import pytest
import weasyprint
from conftest import PAGE_DRAWS, ROOT, assess_file, report_html
from weasyprint.urls import FatalURLFetchingError

from lca.assessment.attachments import MADE
from lca.cli.main import main
from lca.files.pdf import render_pdf, shipped_only
from lca.files.shipped import read_texts
from lca.presenting.svg import Drawing

PRINTED = read_texts().templates["print.css"]


def test_the_renderer_fetches_nothing_but_its_own_fonts(tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    fetcher = shipped_only()
    for url in (secret.as_uri(), "http://127.0.0.1:9/x.png", "data:text/css,body{}", "shipped:../report.css"):
        with pytest.raises(FatalURLFetchingError, match="nothing is fetched"):
            fetcher.fetch(url)
    assert fetcher.fetch("shipped:Inter-Regular.otf")
    with pytest.raises(FatalURLFetchingError, match="nothing is fetched"):
        weasyprint.HTML(string=f"<img src='{secret.as_uri()}'>", url_fetcher=fetcher).write_pdf()


#: What Python tells those who listen before a program is started or an address is looked up.
OUTWARD = (
    *("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty"),
    *("socket.connect", "socket.getaddrinfo"),
)
LISTENED = f"""
import sys
seen = []
sys.addaudithook(lambda event, words: seen.append((event, str(words)[:80])) if event in {OUTWARD} else None)
from lca.cli.main import main
status = main(["report", "projects/minimal.yaml", "--lang", "en", "--draws", "50", "-o", sys.argv[1]])
sys.exit("\\n".join(map(str, seen)) if seen else status)
"""


def test_a_report_starts_no_program_and_asks_no_network(tmp_path: Path) -> None:
    """In a fresh process, where the renderer still has its libraries to find."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", LISTENED, tmp_path], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"minimal.html", "minimal.pdf"}


def test_pdf_carries_what_reproduces_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    arguments = ["report", str(ROOT / "projects/minimal.yaml"), "--draws", "200"]
    for folder in ("a", "b"):
        assert main([*arguments, "-o", str(tmp_path / folder)]) == 0
    for name in ("minimal.html", "minimal.pdf"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    reader = pypdf.PdfReader(io.BytesIO((tmp_path / "a" / "minimal.pdf").read_bytes()))
    assert set(reader.attachments) == {"minimal.yaml", "details.html", *MADE}
    assert not [page for page in reader.pages if "results.json" in page.extract_text()]  # the section of the HTML alone
    assert reader.attachments["minimal.yaml"][0] == (ROOT / "projects/minimal.yaml").read_bytes()
    assert json.loads(reader.attachments["results.json"][0])["totals"]["gwp100"]["value"] > 0
    assert reader.metadata is not None
    assert reader.metadata.title == "Minimal example"
    assert "Minimal example" in reader.pages[0].extract_text()
    pages: list[Any] = list(reader.pages)
    resources = [page["/Resources"]["/Font"].get_object() for page in pages]
    fonts = {str(font.get_object()["/BaseFont"]) for fonts in resources for font in fonts.values()}
    assert all("Inter" in font for font in fonts), fonts


def test_page_one_is_one_page() -> None:
    begins, cut, _ = report_html(ROOT / "projects/transition-call.yaml", "fr").partition('<section id="inventory">')
    assert cut
    date = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    reader = pypdf.PdfReader(io.BytesIO(render_pdf(f"{begins}</body></html>", {}, date, "Call", "test", PRINTED)))
    assert "À demander au porteur" in reader.pages[0].extract_text()
    second = reader.pages[1].extract_text()
    assert "Sommaire" in second
    assert "Objectif et champ" in second


def figures(element: Any) -> Iterator[Any]:
    """Walk the structure of a PDF for its figures."""
    element = element.get_object()
    if isinstance(element, dict):
        if element.get("/S") == "/Figure":
            yield element
        children = element.get("/K", [])
        for child in children if isinstance(children, list) else [children]:
            yield from figures(child) if not isinstance(child, int) else ()


def test_a_drawing_is_a_figure_with_its_alternative_text_and_its_words_are_text() -> None:
    drawing = Drawing(200, 50)
    drawing.text(10, 20, "Training & <storage>", weight=600)
    page = f'<html lang="en"><head></head><body><figure>{drawing.svg("What is <drawn> & why")}</figure></body></html>'
    reader = pypdf.PdfReader(io.BytesIO(render_pdf(page, {}, datetime.datetime(2026, 1, 1), "t", "g", PRINTED)))
    assert "Training & <storage>" in reader.pages[0].extract_text()
    catalogue: Any = reader.trailer["/Root"]
    root = catalogue["/StructTreeRoot"]
    assert [figure["/Alt"] for top in root["/K"] for figure in figures(top)] == ["What is <drawn> & why"]


def test_a_pdf_declares_archive_and_access_and_names_each_file_once() -> None:
    page = assess_file(ROOT / "projects/minimal.yaml", PAGE_DRAWS).report("fr").pdf()
    root: Any = pypdf.PdfReader(io.BytesIO(page)).trailer["/Root"]
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert 'pdfaid:part="3" pdfaid:conformance="A"' in metadata
    assert 'pdfuaid:part="1"' in metadata
    assert metadata.count("<rdf:RDF") == 1
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/Lang"] == "fr"
    files = [(entry.get_object()["/F"], entry.get_object()["/AFRelationship"]) for entry in root["/AF"]]
    assert len(files) == len(set(files))
    assert files[0] == ("minimal.yaml", "/Source")
    assert dict(files)["results.json"] == "/Data"
    assert dict(files)["details.html"] == "/Supplement"


@pytest.mark.parametrize(
    ("name", "most"), [("minimal", 4), ("transition-call", 8), ("stable-diffusion-service", 8), ("vineyard", 8)]
)
def test_the_pages_of_an_example_are_few_and_full(name: str, most: int) -> None:
    pdf = assess_file(ROOT / "projects" / f"{name}.yaml", PAGE_DRAWS).report("fr").pdf()
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert len(reader.pages) <= most
    first = reader.pages[0].extract_text()
    for part in ("AUTO-DÉCLARÉ", "\n1 ", "\n2 ", "\n3 ", "\n4 Taxinomie", "\n5 À demander au porteur", "E1"):
        assert part in first, part
    assert all(emptiness(page) <= 1 / 3 for page in list(pypdfium2.PdfDocument(pdf))[:-1])


def emptiness(page: Any) -> float:
    """Return the share of a page, without its margins, that is white below what is printed last."""
    grey = np.asarray(page.render(scale=0.5).to_pil().convert("L"))
    body = grey[int(len(grey) * 0.058) : int(len(grey) * 0.93)]
    printed = np.nonzero((body < 200).any(axis=1))[0]
    return float(1 - printed.max() / len(body))


def test_page_one_is_a_picture_with_the_same_bytes_twice() -> None:
    pictures = [assess_file(ROOT / "projects/minimal.yaml", PAGE_DRAWS).report("fr").png() for _ in range(2)]
    assert pictures[0] == pictures[1]
    assert pictures[0].startswith(b"\x89PNG")


def test_a_picture_without_the_rasteriser_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    arguments = ["report", str(ROOT / "projects/minimal.yaml"), "--draws", "0", "--html", "--png", "-o", str(tmp_path)]
    assert main(arguments) == 1
    assert "LCA702" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["minimal.html"]

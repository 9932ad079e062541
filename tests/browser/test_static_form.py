"""The form without a server: a file in a browser writes a descriptor that the program accepts, and asks nobody for anything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from in_a_browser import Opened, a_browser
from playwright.sync_api import Browser, Page
from test_accessibility import ALL, COLOURS, findings

import lca
from lca.cli.main import main
from lca.descriptor.document import read_document

pytestmark = pytest.mark.browser
TEMPLATES = sorted(path.stem for path in (ROOT / "templates" / "descriptors" / "en").glob("*.yaml"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as started:
        yield started


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("static")
    for language in ("en", "fr"):
        assert main(["form", "--static", "-o", str(folder / language), "--lang", language]) == 0
    return folder


def written(page: Page) -> str:
    return page.input_value("#yaml")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", TEMPLATES)
def test_what_nobody_filled_in_is_the_template_byte_for_byte(
    browser: Browser, pages: Path, name: str, language: str
) -> None:
    opened = Opened(browser, (pages / language / f"{name}.html").as_uri())
    assert written(opened.page) == (ROOT / "templates" / "descriptors" / language / f"{name}.yaml").read_text()
    assert (opened.said, opened.outside) == ([], [])
    opened.page.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", ["index", "shortest", "field-study"])
def test_axe_finds_nothing(browser: Browser, pages: Path, name: str, width: int) -> None:
    opened = Opened(browser, (pages / "fr" / f"{name}.html").as_uri(), viewport={"width": width, "height": 900})
    assert findings(opened.page, ALL) == []
    opened.page.emulate_media(color_scheme="dark")
    assert findings(opened.page, COLOURS) == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    opened.page.close()


def test_a_project_of_the_workshop_is_made_and_passes_the_check(browser: Browser, pages: Path, tmp_path: Path) -> None:
    opened = Opened(browser, (pages / "fr" / "index.html").as_uri(), accept_downloads=True)
    page = opened.page
    page.get_by_role("link", name="Le plus court").click()
    for field, value in {
        "project_name": "AlexNet : l’atelier",
        "project_applicant": "LORIA, A. Dupont",
        "project_start": "2012-01",
        "sites_cluster_location": "CA-ON",
        "sites_cluster_pue": "1.67",
        "machines_machine_gpu_model": "GeForce GTX 580 3 GB",
        "machines_machine_gpu_count": "2",
        "training_final_duration": "130 h",
        "benefit_none": "Aucune application n’est revendiquée",
        **{
            f"goal_excluded_{stage}_reason": "no, non: «rien»"
            for stage in ("collection", "transfer", "storage", "experiments", "inference")
        },
    }.items():
        page.fill(f"#f-{field}", value)
    page.select_option("#f-machines_machine_host", "desktop")
    with page.expect_download() as download:
        page.get_by_role("button", name="Enregistrer le descripteur").click()
    file = tmp_path / download.value.suggested_filename
    assert file.name == "projet.lca.yaml"
    download.value.save_as(file)
    assert file.read_text() == written(page)
    assert main(["check", str(file)]) == 0
    assert [
        problem for problem in lca.load(file).problems if problem.code == "LCA614"
    ] == []  # nothing of the template remains
    data = read_document(file.read_text(), "projet.lca.yaml").data
    assert data["project"]["name"] == "AlexNet : l’atelier"
    assert data["sites"] == {"cluster": {"location": "CA-ON", "pue": 1.67}}
    assert data["machines"]["machine"]["host"] == "desktop"
    assert data["goal"]["excluded"]["transfer"]["reason"] == "no, non: «rien»"
    # 130 h of two cards of 244 W and a desktop around them: the same as by hand, whatever the program makes of it.
    by_hand = lca.read(
        "descriptor: 1\nproject: {name: A, start: 2012-01}\nsites: {c: {location: CA-ON, pue: 1.67}}\n"
        "machines: {m: {site: c, host: desktop, gpu: {model: GeForce GTX 580 3 GB, count: 2}}}\n"
        "training: {t: {on: m, duration: 130 h}}\nbenefit: {none: none}\n"
    ).assess(draws=0)
    assert lca.load(file).assess(draws=0).footprint.totals["gwp100"].value == by_hand.footprint.totals["gwp100"].value
    assert (opened.said, opened.outside) == ([], [])
    page.close()


def test_entries_are_added_renamed_and_removed(browser: Browser, pages: Path) -> None:
    page = Opened(browser, (pages / "en" / "training.html").as_uri()).page
    before = written(page)
    page.get_by_role("button", name="Add a machine").click()
    page.keyboard.press("Control+A")
    page.keyboard.type("laptop-2")
    page.keyboard.press("Tab")
    page.fill("[id='f-machines_machine_gpu_count~1']", "3")
    data = read_document(written(page), "made.yaml").data
    assert list(data["machines"]) == ["machine", "laptop-2"]
    assert (data["machines"]["machine"]["gpu"]["count"], data["machines"]["laptop-2"]["gpu"]["count"]) == ("<8>", 3)
    page.fill("#f-sites_cluster-name", "nancy")  # whoever is named elsewhere is named anew there
    page.keyboard.press("Tab")
    data = read_document(written(page), "made.yaml").data
    assert list(data["sites"]) == ["nancy"]
    assert {data["machines"][name]["site"] for name in data["machines"]} == {"nancy"}
    assert data["storage"]["images"]["site"] == "nancy"
    page.fill("#f-sites_cluster-name", "cluster")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Remove laptop-2").click()
    assert written(page) == before
    page.close()


HOSTILE = [
    '"><script>alert(1)</script>',
    "a: b # c",
    "- x",
    "{a: 1}",
    "NO",
    "null",
    "1e3",
    "x\u2028y",
    "\\u0041",
    "é'\"",
    "[x]",
    "*a",
    "&b",
    "  x ",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_any_text_is_text(browser: Browser, pages: Path, value: str) -> None:
    opened = Opened(browser, (pages / "en" / "shortest.html").as_uri())
    opened.page.fill("#f-project_name", value)
    opened.page.fill("#f-sites_cluster_location", value)
    opened.page.fill("#f-goal_excluded_transfer_reason", value)
    data = read_document(written(opened.page), "made.yaml").data
    assert [data["project"]["name"], data["sites"]["cluster"]["location"]] == [value.strip()] * 2
    assert data["goal"]["excluded"]["transfer"]["reason"] == value.strip()
    assert opened.said == []
    opened.page.close()


def test_a_wrong_form_is_told_at_its_field_and_kept(browser: Browser, pages: Path) -> None:
    page = Opened(browser, (pages / "en" / "shortest.html").as_uri()).page
    for field, value, sentence in (
        ("training_final_duration", "72", "A number with its unit, and a point before decimals."),
        ("training_final_duration", "1,5 h", "A number with its unit, and a point before decimals."),
        ("machines_machine-name", "My machine", "A name has small letters, digits and hyphens."),
        ("project_start", "January", "This does not have the form that is asked for."),
    ):
        page.fill(f"#f-{field}", value)
        assert page.get_attribute(f"#f-{field}", "aria-invalid") == "true"
        assert sentence in page.locator(f".field:has(#f-{field})").inner_text()
    page.fill("#f-training_final_duration", "1.5 h")
    assert page.get_attribute("#f-training_final_duration", "aria-invalid") is None
    data = read_document(written(page), "made.yaml").data
    assert (data["training"]["final"]["duration"], data["project"]["start"]) == ("1.5 h", "January")
    assert list(data["machines"]) == ["machine"]
    page.close()


def test_the_script_is_small_and_the_page_needs_no_other_file(pages: Path) -> None:
    assert (ROOT / "templates" / "web" / "static.js").stat().st_size < 7000
    for path in sorted((pages / "fr").iterdir()):
        text = path.read_text("utf-8")
        assert "default-src 'none'" in text
        assert "src=" not in text
        assert "lca check" in text

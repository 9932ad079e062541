"""The dashboard of a thousand dossiers in a browser: sorted, filtered, opened by keyboard, on a phone, and without its script."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from in_a_browser import PAGES, Opened, a_browser
from playwright.sync_api import Browser, Page
from portfolio_by_hand import Portfolio, many

from lca.portfolio.kinds import completeness, doubts

pytestmark = pytest.mark.browser

SHOWN = "[...document.querySelectorAll('#dossiers tbody')].filter((one) => !one.hidden).map((one) => Number(one.id.slice(1)))"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as started:
        yield started


@functools.cache
def portfolio(number: int) -> Portfolio:
    return Portfolio(many(number), others=("part.yaml",))


@functools.cache
def address(number: int, language: str = "en") -> str:
    file = Path(PAGES.name) / f"portfolio-{number}.{language}.html"
    file.write_text(portfolio(number).page(language), "utf-8")
    return file.as_uri()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    found = Opened(browser, address(1000), viewport={"width": 1280, "height": 900})
    yield found
    assert not found.said
    assert not found.outside
    found.page.close()


def order(page: Page) -> list[int]:
    """Return the places of the dossiers that are shown, in their order."""
    return list(page.evaluate(SHOWN))


def test_a_thousand_dossiers_are_below_three_megabytes() -> None:
    assert Path(address(1000).removeprefix("file://")).stat().st_size < 3_000_000


def test_it_is_sorted_by_four_columns_and_the_heads_say_so(opened: Opened) -> None:
    page, rows = opened.page, portfolio(1000).rows
    found = [sum(doubts(row, portfolio(1000).across.of(place)).values()) for place, row in enumerate(rows)]
    places = range(1000)
    assert page.locator("th[aria-sort] button").all_text_contents() == [
        "Number",
        "Dossier",
        "Completeness",
        "Open doubts",
    ]
    assert order(page) == [*places]
    page.get_by_role("button", name="Open doubts").click()
    assert order(page) == sorted(places, key=lambda place: (found[place], place))
    assert page.locator("[aria-sort=ascending]").text_content() == "Open doubts"
    page.get_by_role("button", name="Open doubts").click()
    assert order(page) == sorted(places, key=lambda place: (-found[place], place))
    assert page.locator("[aria-sort=descending]").text_content() == "Open doubts"
    page.get_by_role("button", name="Completeness").click()
    assert order(page) == sorted(places, key=lambda place: (completeness(rows[place]), place))
    page.get_by_role("button", name="Dossier").click()
    names = [rows[place].name for place in order(page)]
    assert [names[0].partition(" ")[0], names[-1].partition(" ")[0]] == ["atelier", "Zoo"]
    first = [name.partition(" ")[0] for name in names]
    assert list(dict.fromkeys(first)) == [
        "atelier",
        "Énergie",
        "Forest",
        "Water",
        "Zoo",
    ]  # neither case nor accents count
    page.get_by_role("button", name="Number").click()
    assert order(page) == [*places]
    assert page.locator("#shown").text_content() == "1,000 of 1,000 dossiers are shown, sorted by “Number”, rising."


def test_it_is_filtered_by_text_and_by_what_is_missing_or_doubtful(opened: Opened) -> None:
    page, rows = opened.page, portfolio(1000).rows
    page.get_by_label("Missing").select_option("unassessed")
    assert order(page) == [place for place in range(1000) if (place + 1) % 12 == 0]
    assert "83 of 1,000" in (page.locator("#shown").text_content() or "")
    page.get_by_label("Doubt").select_option("LCA607")
    both = [p for p in range(1000) if (p + 1) % 12 == 0 and any(one.code == "LCA607" for one in rows[p].problems)]
    assert order(page) == both
    page.get_by_role("button", name="Show all").click()
    page.wait_for_function(f"({SHOWN}).length === 1000")
    page.get_by_label("Number, name or applicant").fill("ENERGIE 00042")
    assert order(page) == ([41] if rows[41].name.startswith("Énergie") else [])
    page.get_by_label("Number, name or applicant").fill("nobody at all")
    assert page.locator("#shown").text_content() == "No dossier fits. “Show all” brings them back."
    page.get_by_role("button", name="Number").click()
    assert order(page) == []


def test_all_of_it_is_reached_by_the_keyboard_alone(opened: Opened) -> None:
    page = opened.page
    page.locator("#filter-text").focus()
    page.keyboard.type("00013")
    assert order(page) == [12]
    focused = "document.activeElement.tagName + ' ' + document.activeElement.textContent.slice(0, 12)"
    seen = []
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(focused))
        if seen[-1].startswith("SUMMARY"):
            break
    assert seen[-5:-1] == ["BUTTON Number", "BUTTON Dossier", "BUTTON Completeness", "BUTTON Open doubts"]
    assert page.locator("#r12 details li").first.is_hidden()
    page.keyboard.press("Enter")
    assert page.locator("#r12 details li").first.is_visible()
    page.locator("th button").last.focus()
    page.keyboard.press("Space")
    assert page.locator("[aria-sort=ascending]").text_content() == "Open doubts"


def test_a_link_to_a_dossier_that_is_filtered_out_shows_it_and_opens_it(opened: Opened) -> None:
    page = opened.page
    page.locator("#filter-text").fill("00010")
    page.locator("#r9 summary").click()
    link = page.locator("#r9 details a").first
    place = (link.get_attribute("href") or "").removeprefix("#r")
    link.click()
    page.wait_for_function(f"document.querySelector('#r{place} details').open")
    assert len(order(page)) == 1000
    page.wait_for_function(f"Math.abs(document.querySelector('#r{place}').getBoundingClientRect().top) < innerHeight")


def test_an_address_leads_to_a_dossier(browser: Browser) -> None:
    page = Opened(browser, f"{address(1000)}#r500").page
    assert page.locator("#r500 details").get_attribute("open") is not None
    page.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_axe_finds_nothing_and_nothing_scrolls_to_the_side(browser: Browser, language: str, width: int) -> None:
    opened = Opened(browser, address(20, language), viewport={"width": width, "height": 900}, color_scheme="light")
    page = opened.page
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")

    def findings(**options: Any) -> list[tuple[str, str]]:
        result = Axe().run(page, options={**options, "resultTypes": ["violations"]}).response
        return [(found["id"], node["html"]) for found in result["violations"] for node in found["nodes"]]

    assert findings(rules={"target-size": {"enabled": True}}) == []
    page.emulate_media(color_scheme="dark")
    assert findings(runOnly=["color-contrast"]) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not opened.said
    page.close()


def test_on_a_phone_each_value_has_its_name_and_the_four_sorts_are_there(browser: Browser) -> None:
    opened = Opened(browser, address(1000), viewport={"width": 390, "height": 844})
    page = opened.page
    label = "getComputedStyle(document.querySelector('#r0 td:nth-child({})'), '::before').content"
    said = [page.evaluate(label.format(cell)) for cell in range(3, 8)]
    assert said == ['"Completeness: "', '"Emissions: "', '"Announced gain: "', '"Checklist: "', '"Open doubts: "']
    page.get_by_role("button", name="Open doubts").click()
    assert order(page) != [*range(1000)]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    boxes = [button.bounding_box() for button in page.locator("th button").all()]
    assert all(box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)
    page.close()


def test_without_its_script_the_page_is_whole_and_opens(browser: Browser) -> None:
    page = Opened(browser, address(1000), java_script_enabled=False).page
    assert page.locator("#dossiers tbody").count() == 1000
    assert page.locator("th button").count() == 0
    assert page.locator("#filters").is_hidden()
    page.locator("#r0 summary").click()
    assert page.locator("#r0 details li").first.is_visible()
    page.close()

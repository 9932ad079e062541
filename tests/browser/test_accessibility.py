"""Every example's page in a browser, wide and narrow, light and dark, with all that folds unfolded: axe finds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from in_a_browser import EXAMPLES, Opened, a_browser, page_of
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
#: Colours are all that differs between light and dark.
ALL: dict[str, Any] = {"rules": {"target-size": {"enabled": True}}}
COLOURS: dict[str, Any] = {"runOnly": ["color-contrast"]}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as started:
        yield started


def findings(page: Page, options: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the rules of axe that something breaks, each with what breaks it."""
    result = Axe().run(page, options={**options, "resultTypes": ["violations"]}).response
    return [(found["id"], node["html"]) for found in result["violations"] for node in found["nodes"]]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_axe_finds_nothing(browser: Browser, path: Path, width: int) -> None:
    opened = Opened(browser, page_of(path), viewport={"width": width, "height": 900}, color_scheme="light")
    page = opened.page
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.evaluate("document.getElementById('what-if-show')?.click()")
    assert findings(page, ALL) == []
    page.emulate_media(color_scheme="dark")
    assert findings(page, COLOURS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "the page scrolls to the side"
    assert not opened.said
    page.close()

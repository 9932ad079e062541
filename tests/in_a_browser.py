"""What the browser's tests share: Debian's browser, and the page of an example as a file."""

from __future__ import annotations

import functools
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from conftest import PAGE_DRAWS, ROOT, assess_file
from playwright.sync_api import Browser, Page, sync_playwright

EXAMPLES = sorted((ROOT / "projects").glob("*.yaml"))
PAGES = tempfile.TemporaryDirectory()


def executable() -> str:
    """Return where the browser is.

    Raises:
        FileNotFoundError: the Debian package is not installed.
    """
    found = shutil.which("chromium-headless-shell")
    if found is None:
        raise FileNotFoundError("please install the Debian package chromium-headless-shell")
    return found


@contextmanager
def a_browser() -> Iterator[Browser]:
    """Start the browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable())
        yield browser
        browser.close()


@functools.cache
def page_of(path: Path, language: str = "") -> str:
    """Return the address of an example's dossier as a file, in a language or in its own."""
    file = Path(PAGES.name) / f"{path.stem}.{language or 'own'}.html"
    file.write_text(assess_file(path, PAGE_DRAWS).report(language).html, "utf-8")
    return file.as_uri()


class Opened:
    """A page that was opened, with all that it said on the console and asked the network for."""

    def __init__(self, browser: Browser, address: str, **context: Any) -> None:
        self.page: Page = browser.new_page(**context)
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(address)

    @property
    def outside(self) -> list[str]:
        """What it asked for beside its own file and the data in it."""
        return [url for url in self.asked if not url.startswith(("file:", "data:"))]

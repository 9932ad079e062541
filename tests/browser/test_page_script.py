"""The page's own script in a browser: what it computes, keeps in the address, writes as a scenario, and how it is operated."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import ROOT, assess_file
from in_a_browser import Opened, a_browser, page_of
from playwright.sync_api import Browser, Page
from what_if_by_hand import Changes, evaluate, some_changes

import lca

pytestmark = pytest.mark.browser
NAMES = ("alexnet-2012", "transition-call", "stable-diffusion-service", "federated", "vineyard")
CHANGES = 200

#: Enters changes as a reader does, one after the other, and returns the figures after each.
ENTER = """([changes, names]) => changes.map((change) => {
  document.getElementById("what-if-reset").click();
  names.forEach((name, index) => {
    if (!(name in change)) return;
    const input = document.getElementById("what-if-" + index);
    input.value = change[name];
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  return [...document.querySelectorAll("#what-if output data")].map((data) => data.value);
})"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as started:
        yield started


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    found = Opened(browser, page_of(ROOT / "projects/transition-call.yaml", "en"))
    yield found
    found.page.close()


def data_of(page: Page) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(page.locator("#what-if-data").text_content() or "")
    return data


def figures_of(page: Page) -> list[float]:
    return [float(one.get_attribute("value") or "") for one in page.locator("#what-if output data").all()]


def entered(data: dict[str, Any], changes: Changes) -> dict[str, str]:
    """Return what a reader types for some changes: shares in percent."""
    percent = {control["name"] for control in data["controls"] if control["percent"]}
    return {
        name: value if isinstance(value, str) else f"{value * 100:.12g}" if name in percent else repr(value)
        for name, value in changes.items()
    }


def close(found: list[float], wanted: tuple[float, ...], gross: float) -> bool:
    return all(
        math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9 * gross) or (math.isnan(a) and math.isnan(b))
        for a, b in zip(found, wanted, strict=False)
    )


@pytest.mark.parametrize("name", NAMES)
def test_random_changes_give_what_the_trees_give(browser: Browser, name: str) -> None:
    # The same changes as those that are compared with an assessment of the changed descriptor: same example, same seed.
    opened = Opened(browser, page_of(ROOT / f"projects/{name}.yaml", "en"))
    data, draw = data_of(opened.page), random.Random(name)
    drawn = [some_changes(data, draw) for _ in range(CHANGES)]
    names = [control["name"] for control in data["controls"]]
    shown = opened.page.evaluate(ENTER, [[entered(data, changes) for changes in drawn], names])
    gross = max(abs(value) for value in evaluate(data, {}) if not math.isnan(value))
    for changes, texts in zip(drawn, shown, strict=True):
        wanted = evaluate(data, changes)
        assert len(texts) == (3 if data["references"] else 1)
        assert close([float(text) for text in texts], wanted, gross), (changes, texts, wanted)
    assert not opened.said
    assert not opened.outside
    opened.page.close()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", NAMES)
def test_the_script_writes_a_figure_as_the_report_does(browser: Browser, name: str, language: str) -> None:
    address = page_of(ROOT / f"projects/{name}.yaml", language)
    still = Opened(browser, address, java_script_enabled=False).page
    moving = Opened(browser, address).page
    texts = [[one.text_content() for one in page.locator("#what-if output data").all()] for page in (still, moving)]
    assert texts[0] == texts[1]
    assert texts[0]


def test_without_script_nothing_of_it_is_seen(browser: Browser) -> None:
    page = Opened(browser, page_of(ROOT / "projects/transition-call.yaml", "en"), java_script_enabled=False).page
    assert not page.locator("#what-if").is_visible()
    assert not page.locator("nav a[href='#what-if']").is_visible()
    assert page.locator("nav a[href='#details']").is_visible()


def test_the_policy_lets_no_other_script_run(opened: Opened) -> None:
    ran = opened.page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.ran = true";
          document.body.append(script);
          return window.ran === true;
        }"""
    )
    assert not ran
    assert any("Content Security Policy" in text for text in opened.said)


def test_a_link_holds_the_changes(opened: Opened, browser: Browser) -> None:
    page = opened.page
    page.get_by_role("spinbutton", name="Adoption").fill("0.5")
    page.get_by_role("spinbutton", name="Project’s share").fill("33.3")
    link = page.locator("#what-if-link").get_attribute("href") or ""
    assert link == "#what-if&benefit.adoption=0.5&benefit.attribution=0.333"
    assert page.url.endswith(link)
    other = Opened(browser, page.url)
    assert figures_of(other.page) == figures_of(page)
    assert other.page.get_by_role("spinbutton", name="Project’s share").input_value() == "33.3"
    page.locator("#what-if-reset").click()
    assert page.url.endswith("#what-if")
    assert figures_of(page) == pytest.approx(evaluate(data_of(page), {}), rel=1e-12)
    assert page.locator("#what-if-said").text_content() == "Nothing is changed."
    assert not [*opened.said, *other.said]


@pytest.mark.parametrize(
    "fragment",
    ["&benefit.adoption=many", "&nothing=1", "&%E0%A4%A=1", "&benefit.adoption", "&benefit.adoption=9", "&__proto__=1"],
)
def test_a_link_that_was_tampered_with_changes_nothing(browser: Browser, fragment: str) -> None:
    opened = Opened(browser, page_of(ROOT / "projects/transition-call.yaml", "en") + "#what-if" + fragment)
    assert figures_of(opened.page) == pytest.approx(evaluate(data_of(opened.page), {}), rel=1e-12)
    assert not [text for text in opened.said if "cannot be parsed" not in text]  # which the browser says of `many`


def test_a_number_beyond_its_bounds_is_told_and_left_out(opened: Opened) -> None:
    entry = opened.page.get_by_role("spinbutton", name="Adoption")
    before = figures_of(opened.page)
    entry.fill("3")
    assert figures_of(opened.page) == before
    assert entry.get_attribute("aria-invalid") == "true"
    assert opened.page.locator("#what-if-said").text_content() == "Adoption, each value times: from 0 to 1."
    entry.fill("0.9")
    assert figures_of(opened.page) != before
    assert entry.get_attribute("aria-invalid") is None


@pytest.mark.parametrize("name", NAMES)
def test_the_scenario_in_yaml_gives_the_figures_of_the_page(browser: Browser, name: str) -> None:
    path = ROOT / f"projects/{name}.yaml"
    page = Opened(browser, page_of(path, "en")).page
    data, draw = data_of(page), random.Random(f"{name}, in YAML")
    for _ in range(3):
        changes = some_changes(data, draw)
        page.evaluate(ENTER, [[entered(data, changes)], [control["name"] for control in data["controls"]]])
        written = page.locator("#what-if-yaml").input_value()
        text = path.read_text("utf-8")
        lines = written.partition("scenarios:\n")[2]
        text = (
            text.replace("\nscenarios:\n", f"\nscenarios:\n{lines}")
            if "\nscenarios:\n" in text
            else text + "\n" + written
        )
        made = lca.read(text, folder=path.parent).assess(0).scenarios[data["scenario"]]
        climate, balance = made.footprint.climate, made.benefit.climate
        assert climate is not None
        wanted = (climate.value, *([balance.net_project.value] if balance is not None else []))
        gross = max(abs(balance.attributed.value), climate.value) if balance is not None else 0.0
        assert close(figures_of(page)[: len(wanted)], wanted, gross), written


def focused(page: Page) -> str:
    """Return what has the keyboard focus: its name, its place within the page, or its text."""
    return str(
        page.evaluate(
            """() => {
              const one = document.activeElement;
              return one.id || one.getAttribute("href") || one.tagName.toLowerCase();
            }"""
        )
    )


def tabbed_to(page: Page, wanted: str) -> None:
    """Press the tabulator key until something has the focus."""
    for _ in range(400):
        if focused(page) == wanted:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} is not reached by the keyboard")


def test_all_of_it_is_reached_by_the_keyboard_alone(browser: Browser) -> None:
    opened = Opened(browser, page_of(ROOT / "projects/alexnet-2012.yaml", "en"))
    page = opened.page
    for name in ("#result", "#cost", "#what-if", "#details"):
        tabbed_to(page, name)
        page.keyboard.press("Enter")
        arrived = (
            "name => location.hash === name && document.querySelector(name).getBoundingClientRect().top < innerHeight"
        )
        page.wait_for_function(arrived, arg=name, timeout=5000)
    page.locator("nav a[href='#what-if']").focus()
    page.keyboard.press("Enter")
    before = figures_of(page)
    tabbed_to(page, "what-if-0")  # where the address leads, the tabulator key goes on
    page.keyboard.press("ArrowDown")
    (moved,) = figures_of(page)
    assert [moved] != before
    page.keyboard.press("Tab")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("1.2")
    assert figures_of(page) != [moved]
    tabbed_to(page, "what-if-show")
    page.keyboard.press("Enter")
    assert "pue: 1.2" in page.locator("#what-if-yaml").input_value()
    assert page.locator("#what-if-yaml").is_visible()
    tabbed_to(page, "what-if-yaml")
    tabbed_to(page, "summary")
    page.keyboard.press("Enter")
    assert page.locator("details[open]").count() == 1
    page.keyboard.press("Shift+Tab")
    page.locator("#what-if-reset").focus()
    page.keyboard.press("Space")
    assert figures_of(page) == before
    assert not opened.said
    page.close()


def test_a_table_takes_the_focus_only_where_it_scrolls(browser: Browser) -> None:
    address = page_of(ROOT / "projects/alexnet-2012.yaml", "en")
    scrolls = "table => [table.scrollWidth > table.clientWidth, table.tabIndex === 0]"
    for width in (1280, 390):
        page = Opened(browser, address, viewport={"width": width, "height": 900}).page
        tables = [table.evaluate(scrolls) for table in page.locator("main > section.sheet table").all()]
        assert tables
        assert all(wide == focusable for wide, focusable in tables)
        assert any(wide for wide, _ in tables) == (width == 390)


def test_the_page_says_what_an_assessment_says(browser: Browser) -> None:
    page = Opened(browser, page_of(ROOT / "projects/transition-call.yaml", "en")).page
    assessment = assess_file(ROOT / "projects/transition-call.yaml")
    assert assessment.benefit.climate is not None
    shares = {one.name: one.value for one in assessment.benefit.break_evens}
    wanted = [assessment.footprint.climate, assessment.benefit.climate.net_project]
    values = [*(one.value for one in wanted if one is not None), shares["benefit"]]
    assert figures_of(page) == pytest.approx(values, rel=1e-12)

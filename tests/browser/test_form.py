"""The form as a person uses it in a browser: by keyboard alone, in French, on a phone, in two tabs, and after a crash."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from in_a_browser import Opened, a_browser
from playwright.sync_api import Browser, Page, expect
from test_accessibility import ALL, COLOURS, findings

import lca

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as started:
        yield started


class Served:
    """A server of the form in a process of its own, as the command starts it."""

    def __init__(self, file: Path, language: str = "fr") -> None:
        command = (sys.executable, "-P", "-m", "lca", "serve", str(file), "--no-browser", "--lang", language)
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        assert self.process.stdout is not None
        found = re.search(r"http://\S+", self.process.stdout.readline())
        assert found
        self.address = found.group()
        self.root = self.address.partition("/?")[0]

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self.process.returncode is None:
            self.process.send_signal(how)
            self.process.communicate(timeout=20)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "study.yaml"


@pytest.fixture
def started() -> Iterator[Callable[..., Served]]:
    """Return what starts a server, which is stopped after the test if it still runs."""
    running: list[Served] = []

    def start(file: Path, language: str = "fr") -> Served:
        running.append(Served(file, language))
        return running[-1]

    yield start
    for one in running:
        one.stop()


@pytest.fixture
def served(file: Path, started: Callable[..., Served]) -> Served:
    return started(file)


def tab_to(page: Page, name: str) -> None:
    """Press the tabulator key until the control of a name has the focus."""
    for _ in range(200):
        if name in page.evaluate("[document.activeElement.getAttribute('name'), document.activeElement.id]"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} is not reached by the keyboard")


def typed(page: Page, name: str, text: str) -> None:
    """Reach a field by the keyboard and write into it."""
    tab_to(page, name)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)


def pressed(page: Page, identifier: str, address: str) -> None:
    """Reach a button by the keyboard and press it."""
    tab_to(page, identifier)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(address))


def test_alexnet_by_the_keyboard_alone_in_french(browser: Browser, served: Served, file: Path) -> None:
    opened = Opened(browser, served.address, viewport={"width": 1360, "height": 900})
    page = opened.page
    typed(page, "name", "AlexNet sur ImageNet")
    pressed(page, "begin", "/step/project")
    typed(page, "project.applicant", "Atelier IA responsable, Nancy")
    typed(page, "project.start", "2012-01")
    pressed(page, "next", "/step/place")
    typed(page, "sites.cluster.location", "CA-ON")
    typed(page, "sites.cluster.pue", "1,67")
    typed(page, "machines.machine.gpu.model", "GeForce GTX 580 3 GB")
    typed(page, "machines.machine.gpu.count", "2")
    tab_to(page, "machines.machine.host")
    page.keyboard.type("ordinateur de b")
    typed(page, "machines.machine.utilisation", "0,5")
    pressed(page, "next", "/step/work")
    for stage in ("collection", "transfer", "storage"):
        typed(page, f"goal.excluded.{stage}.reason", "non publié")
    typed(page, "training.final.duration", "130 h")
    for stage in ("experiments", "inference"):
        typed(page, f"goal.excluded.{stage}.reason", "non publié")
    pressed(page, "next", "/step/benefit")
    typed(page, "benefit.none", "l’étude porte sur le coût d’un entraînement publié")
    pressed(page, "next", "/step/checklist")
    page.goto(served.root + "/step/review")
    command = (sys.executable, "-P", "-m", "lca", "assess", str(file), "--json")
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    assert page.request.get(served.root + "/download/json").body() == printed
    made = lca.load(file).assess()
    wanted = """
descriptor: 1
project: {name: AlexNet, start: 2012-01}
sites: {toronto: {location: CA-ON, pue: 1.67}}
machines: {pc: {site: toronto, host: desktop, gpu: {model: GeForce GTX 580 3 GB, count: 2}, utilisation: 0.5}}
training: {final: {on: pc, duration: 130 h}}
"""
    assert made.figures["total.gwp100"].value == lca.read(wanted).assess(0).figures["total.gwp100"].value
    assert not [one for one in made.problems if one.severity == "error" or one.code == "LCA614"]
    assert not opened.said
    page.close()


def test_what_is_typed_is_answered_and_page_one_follows(
    browser: Browser, file: Path, started: Callable[..., Served]
) -> None:
    file.write_bytes((ROOT / "projects/minimal.yaml").read_bytes())
    served = started(file, "en")
    opened = Opened(browser, served.address, viewport={"width": 1360, "height": 900})
    page = opened.page
    page.goto(served.root + "/step/work")
    duration, said = (
        page.locator("[name='training.final-model.duration']"),
        page.locator("#f-training_final-model_duration-said"),
    )
    duration.fill("72 kWh")
    said.get_by_text("To mend:").wait_for()
    assert "72 kWh is an energy, where a duration is asked" in said.inner_text()
    assert "duration: 72 h}" in file.read_text()
    headline = page.locator("#page-one .headline").inner_text()
    duration.fill("144 h")
    expect(said).to_have_text("")
    duration.press("Tab")
    expect(page.locator("#page-one .headline")).not_to_have_text(headline)
    assert "duration: 144 h}" in file.read_text()
    assert "Climate impact: 43 kg CO₂e → 87 kg CO₂e" in page.locator(".moved").inner_text().replace("\u00a0", " ")
    # The focus went on by one and stays there, though the page was renewed.
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.get_by_label("How is it known?").select_option("processors")
    page.locator("[name='training.final-model.processor_hours']").wait_for()
    assert "duration" not in file.read_text().partition("training:")[2]
    page.locator("#undo").click()
    page.locator("[name='training.final-model.duration']").wait_for()
    assert not opened.said


def test_reload_two_tabs_kill_and_restart_lose_nothing(
    browser: Browser, file: Path, started: Callable[..., Served]
) -> None:
    file.write_bytes((ROOT / "projects/minimal.yaml").read_bytes())
    served = started(file)
    context = browser.new_context()
    one, two = context.new_page(), context.new_page()
    one.goto(served.address)
    two.goto(served.root + "/step/place")
    one.goto(served.root + "/step/work")
    one.locator("[name='training.final-model.duration']").fill("90 h")
    one.keyboard.press("Tab")
    one.locator(".moved").wait_for()
    two.locator("[name='sites.paris.pue']").fill("1,3")
    two.keyboard.press("Tab")
    two.locator(".moved").wait_for()
    one.reload()
    assert one.locator("[name='training.final-model.duration']").input_value() == "90 h"
    served.stop(signal.SIGKILL)
    assert "duration: 90 h" in file.read_text()
    assert "1,3" in file.read_text()
    two.locator("[name='sites.paris.pue']").fill("1.4")
    two.keyboard.press("Tab")
    expect(two.locator("#unanswered")).to_be_visible()
    again = started(file)
    one.goto(again.address)
    one.goto(again.root + "/step/work")
    assert one.locator("[name='training.final-model.duration']").input_value() == "90 h"
    one.locator("#undo").click()
    one.wait_for_load_state()
    assert "1,3" not in file.read_text()
    assert [path.name for path in file.parent.iterdir() if path.name.startswith(".lca-")] == []
    context.close()


def test_the_policy_lets_nothing_else_run(browser: Browser, served: Served) -> None:
    opened = Opened(browser, served.address)
    ran = opened.page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.ran = true";
          document.body.append(script);
          document.body.setAttribute("onclick", "window.ran = true");
          document.body.click();
          return window.ran === true;
        }"""
    )
    assert not ran
    assert sum("Content Security Policy" in text for text in opened.said) == 2
    assert {url.partition("?")[0].removeprefix(served.root) for url in opened.asked} >= {"/", "/shipped/htmx.js"}
    assert all(url.startswith((served.root, "data:")) for url in opened.asked)


@pytest.mark.parametrize("width", [1360, 390])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_axe_finds_nothing_on_any_step(
    browser: Browser, file: Path, started: Callable[..., Served], language: str, width: int
) -> None:
    file.write_bytes((ROOT / f"templates/descriptors/{language}/field-study.yaml").read_bytes())
    served = started(file, language)
    opened = Opened(browser, served.address, viewport={"width": width, "height": 900}, color_scheme="light")
    page = opened.page
    for step in ("project", "place", "work", "benefit", "checklist", "review"):
        page.goto(f"{served.root}/step/{step}")
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        page.emulate_media(color_scheme="light")
        assert findings(page, ALL) == [], step
        page.emulate_media(color_scheme="dark")
        assert findings(page, COLOURS) == [], step
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{step} scrolls to the side"
    page.emulate_media(color_scheme="light")
    page.goto(f"{served.root}/text")
    assert findings(page, ALL) == []
    served = started(file.with_name("new.yaml"), language)
    page.goto(served.address)
    assert findings(page, ALL) == []


def test_without_script_the_same_project_is_made(browser: Browser, served: Served, file: Path) -> None:
    page = Opened(browser, served.address, java_script_enabled=False).page
    page.locator("#project-name").fill("AlexNet")
    page.locator("#begin").click()
    page.locator("[name='project.start']").fill("2012-01")
    page.locator("#next").click()
    page.locator("[name='sites.cluster.location']").fill("CA-ON")
    page.locator("[name='machines.machine.gpu.model']").fill("GeForce GTX 580 3 GB")
    page.locator("[name='machines.machine.gpu.count']").fill("deux")
    page.locator("#save").click()
    assert "deux" in page.locator("#f-machines_machine_gpu_count-said").inner_text()
    page.locator("[name='machines.machine.gpu.count']").fill("2")
    page.locator("#next").click()
    page.locator("[name='training.final.duration']").fill("130 h")
    page.locator("#save").click()
    made = lca.load(file).assess(0)
    wanted = """
descriptor: 1
project: {name: AlexNet, start: 2012-01}
sites: {cluster: {location: CA-ON}}
machines: {machine: {site: cluster, gpu: {model: GeForce GTX 580 3 GB, count: 2}}}
training: {final: {on: machine, duration: 130 h}}
"""
    assert made.figures["total.gwp100"].value == lca.read(wanted).assess(0).figures["total.gwp100"].value

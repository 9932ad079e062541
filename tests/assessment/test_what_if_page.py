"""What a reader may change stands in the page alone, behind its own script, which nothing that a person typed reaches."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any

import html5lib
import pytest
from conftest import AS_OF, PAGE_DRAWS, ROOT, Assess, assess_file

import lca
from lca.files.shipped import read_texts
from lca.presenting.contents import without_details
from lca.presenting.script import script_data

EXAMPLE = ROOT / "projects/transition-call.yaml"


def tree_of(page: str) -> Any:
    return html5lib.parse(page, namespaceHTMLElements=False)


def scripts(page: str) -> list[str]:
    return [script.text for script in tree_of(page).iter("script")]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", ["minimal", "transition-call", "vineyard"])
def test_the_page_holds_the_data_and_allows_its_one_script_by_its_hash(name: str, language: str) -> None:
    page = assess_file(ROOT / f"projects/{name}.yaml", PAGE_DRAWS).report(language).html
    html5lib.HTMLParser(strict=True).parse(page)
    data, script = scripts(page)
    assert json.loads(data)["nodes"]
    (policy,) = (meta.get("content") for meta in tree_of(page).iter("meta") if meta.get("http-equiv"))
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert policy == f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src data:"
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_without_script_nothing_of_it_is_shown() -> None:
    page = assess_file(EXAMPLE, PAGE_DRAWS).report("en").html
    hidden = [e.get("id") for e in tree_of(page).iter() if "hidden" in e.attrib]
    assert hidden == ["what-if-contents", "what-if", "what-if-scenario"]


@pytest.mark.parametrize("layout", ["full", "page"])
def test_other_layouts_have_none_of_it(layout: str) -> None:
    page = assess_file(EXAMPLE, PAGE_DRAWS).report("en", layout).html
    assert "what-if" not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    assert "script-src" not in page


def test_what_is_printed_has_none_of_it() -> None:
    printed = without_details(assess_file(EXAMPLE, PAGE_DRAWS).report("en").html)
    assert "what-if" not in re.sub(r"<style>.*?</style>", "", printed, flags=re.DOTALL)
    assert not scripts(printed)
    assert "<details" not in printed
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in printed


def test_figures_as_described_are_those_of_the_pages() -> None:
    page = assess_file(EXAMPLE, PAGE_DRAWS).report("en").html
    shown = {e.get("id"): "".join(e.itertext()) for e in tree_of(page).iter("output")}
    assert list(shown) == ["what-if-footprint", "what-if-net", "what-if-share"]
    assert "≥\u00a02.70\u00a0t\u00a0CO₂e" in shown["what-if-footprint"]
    assert shown["what-if-net"].startswith("Would remain to the project")  # the net is not established
    established = assess_file(ROOT / "tests/cases/established-benefit.yaml", PAGE_DRAWS).report("en").html
    assert "<b>Net of the project</b>" in established


HOSTILE = """
descriptor: 1
project: {name: Hostile, start: 2024-01}
goal: {units: [answer]}
sites: {paris: {location: FR, label: '</script><script>alert(1)</script> « ; : » <!--'}}
machines: {node: {site: paris, label: '"><img src=x onerror=alert(1)>', gpu: {model: NVIDIA A100 SXM4 80 GB, count: 8}}}
factors: {gas: {per: kWh, gwp100: 0.2 kgCO2e, source: '</script><script>alert(2)</script> <!-- « ; : »'}}
collection: {heat: {kind: other, flows: {gas: {amount: 10 kWh, factor: gas}}}}
training: {final: {on: node, duration: 1 h}}
inference: {constructor: {on: node, volume: 10 answer/day, duration: 1 year, time_per_request: 1 s}}
"""


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_a_user_writes_stays_data(assess_text: Assess, language: str) -> None:
    page = assess_text(HOSTILE).report(language).html
    data, script = scripts(page)
    assert script == read_texts().templates["pages/what_if.js"].rstrip("\n")
    assert not list(tree_of(page).iter("img"))
    assert {control["name"] for control in json.loads(data)["controls"]} >= {"inference.constructor.volume"}
    labels = ["".join(label.itertext()) for label in tree_of(page).iter("label")]
    assert any("</script><script>alert(1)</script>" in label for label in labels)


def test_no_text_ends_the_data_or_is_typeset() -> None:
    hostile = {"</script>": "<!-- ]]> « ; : » \u2028 é"}
    text = script_data(hostile).__html__()
    assert "<" not in text
    assert json.loads(text) == hostile
    with pytest.raises(ValueError, match="not JSON compliant"):
        script_data({"value": float("nan")})


def test_equal_studies_give_equal_bytes() -> None:
    pages = {lca.load(EXAMPLE).assess(0, as_of=AS_OF).report("fr").html for _ in range(2)}
    assert len(pages) == 1

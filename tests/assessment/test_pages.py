"""The pages of the dossier: what they say is true of the figures, in few pages, without raw ids."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from conftest import PAGE_DRAWS, ROOT, Assess, assess_file
from hypothesis import given, settings
from hypothesis import strategies as st

import lca
from lca import Assessment
from lca.assessment.comparison import CaseRow
from lca.assessment.dossier import PAGES
from lca.assessment.pages.emissions import emissions_figure
from lca.assessment.pages.headline import cost_facts, headline
from lca.assessment.pages.inputs import input_name
from lca.assessment.sweeps.variation import Sweep
from lca.files.shipped import words
from lca.presenting.contents import without_details
from lca.presenting.writer import Writer

EXAMPLES = sorted(path.stem for path in (ROOT / "projects").glob("*.yaml"))
#: A path of the descriptor as a machine writes it.
RAW_ID = re.compile(
    r"\b(?:training|experiments|inference|storage|transfer|collection|benefit|machines|sites)\.[a-z0-9_.-]+"
)
ENERGY = st.one_of(st.none(), st.floats(0.001, 1000).map(lambda value: float(f"{value:.3g}")))
STAGES = ("training", "experiments", "inference")


def pages_of(name: str, language: str) -> str:
    """Return the pages of an example as text, without what folds behind them."""
    page = without_details(assess_file(ROOT / "projects" / f"{name}.yaml", PAGE_DRAWS).report(language).html)
    page = page.partition('<section id="data">')[0].partition("<body")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_no_raw_id_stands_in_the_pages(name: str, language: str) -> None:
    assert RAW_ID.findall(pages_of(name, language)) == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_is_there_and_in_one_language(language: str) -> None:
    page = assess_file(ROOT / "projects/transition-call.yaml", PAGE_DRAWS).report(language).html
    found = re.findall(r'<section class="sheet[^"]*" id="([\w-]+)"', page)
    # The totals of six stated footprints vary with no choice of place or machine, so that page is left out.
    assert found == ["result", "cost", "gain", "doubt", "criteria", "last"]
    assert len(found) == len(PAGES) - 1
    assert page.count("<details") >= 10


def study(energies: dict[str, float | None], excluded: tuple[str, ...]) -> Assessment:
    data: dict[str, Any] = {
        "descriptor": 1,
        "project": {"name": "Random", "start": "2024-01"},
        "sites": {"p": {"location": "FR"}},
    }
    for stage, energy in energies.items():
        if energy is None:
            continue
        if stage == "inference":
            one = {
                "volume": "1 request/day",
                "duration": "1 year",
                "stated": {"gwp100": f"{energy} kgCO2e", "source": "x"},
            }
            data[stage] = {"it": one}
        else:
            data[stage] = {"it": {"stated": {"gwp100": f"{energy} kgCO2e", "source": "x"}}}
    left_out = {stage: {"reason": "small"} for stage in excluded if energies.get(stage) is None}
    if left_out:
        data["goal"] = {"excluded": left_out}
    return lca.read(json.dumps(data)).assess(draws=0)


@settings(deadline=None, max_examples=40)
@given(
    st.fixed_dictionaries(dict.fromkeys(STAGES, ENERGY)).filter(lambda found: any(found.values())),
    st.sets(st.sampled_from(("collection", "transfer", "storage", *STAGES))),
)
def test_the_headline_follows_from_the_results(energies: dict[str, float | None], excluded: set[str]) -> None:
    found = study(energies, tuple(sorted(excluded)))
    results = json.loads(found.json())
    said, facts = headline(found, Writer("en", words("en")))[0], cost_facts(found)
    stages = {
        stage: parts["gwp100"]["total"]["value"] for stage, parts in results["by_stage"].items() if "gwp100" in parts
    }
    boundary = [status["status"] for status in results["boundary"].values()]
    missing, left_out = boundary.count("not-assessed"), boundary.count("excluded")
    assert (facts.missing, facts.excluded) == (missing, left_out)
    count = {
        0: "",
        1: "one of seven stages is",
        2: "two of seven stages are",
        7: "none of the seven stages is assessed",
    }
    if missing in count:
        assert count[missing] in said
    if not stages:
        assert "has no figure" in said
        return
    assert ("at least" in said) == bool(missing or left_out or results["totals"]["gwp100"]["partial"])
    if len(stages) > 1:
        assert stages[facts.leading] == max(stages.values())
        assert facts.share == pytest.approx(max(stages.values()) / sum(stages.values()))


@pytest.mark.parametrize("name", ["transition-call", "vineyard", "minimal"])
def test_the_sentence_on_the_gain_follows_from_the_results(name: str) -> None:
    found = assess_file(ROOT / "projects" / f"{name}.yaml", PAGE_DRAWS)
    said = headline(found, Writer("en", words("en")))[1]
    benefit = json.loads(found.json())["benefit"]
    if name == "minimal":
        assert "says nothing of a benefit" in said
    elif name == "vineyard":
        assert "no factor converts it" in said
        assert benefit["value"] is None
    else:
        assert benefit["established"] is False
        assert "announces 3,800\u00a0t" in said
        assert benefit["potential"]["value"] == pytest.approx(3.8e6)


@pytest.mark.parametrize("name", ["idefics-9b", "stable-diffusion-service", "api-assistant", "alexnet-2012"])
def test_the_title_of_each_figure_is_a_finding_of_the_results(name: str) -> None:
    found = assess_file(ROOT / "projects" / f"{name}.yaml", PAGE_DRAWS)
    results, writer = json.loads(found.json()), Writer("en", words("en"))
    whole = results["totals"]["gwp100"]["value"]
    stages = {
        stage: parts["gwp100"]["total"]["value"] for stage, parts in results["by_stage"].items() if "gwp100" in parts
    }
    leading = max(stages, key=lambda stage: stages[stage])
    if len(stages) > 1:
        title = emissions_figure(found, writer)["title"]
        assert (
            title
            == f"{writer.heading(words('en')[leading])}: {writer.percent(stages[leading] / whole)} of the emissions"
        )
    activities = {
        path: parts["gwp100"]["total"]["value"] for path, parts in results["by_activity"].items() if "gwp100" in parts
    }
    rows = PAGES["cost"](found, writer)["cost_rows"]
    assert rows[0].path == max(activities, key=lambda path: activities[path])
    first = next(driver for driver in found.crosscheck.drivers if driver.low != driver.high)
    title = PAGES["doubt"](found, writer)["drivers_title"]
    assert writer.inside(input_name(first.leaf, found, writer)) in title
    changes = PAGES["changes"](found, writer)
    swept = [row.amount.value for sweep in found.sweeps for row in _alike(sweep)]
    other = [scenario.footprint.climate for scenario in found.scenarios.values()]
    cases = [*swept, *(climate.value for climate in other if climate is not None)]
    least, most = changes["change_rows"][0].least, changes["change_rows"][0].most
    assert least in changes["change_title"]
    assert most in changes["change_title"]
    assert most in {writer.like(found.footprint.climate, amount) for amount in (*cases, whole)}


def _alike(sweep: Sweep) -> tuple[CaseRow, ...]:
    """Return the cases of a sweep that are counted alike with the study itself."""
    table = sweep.table("total.gwp100")
    assert table is not None
    return next(group.rows for group in table.groups if any(row.case.name == "" for row in group.rows))


def test_planned_reductions_and_the_unit_stand_in_the_pages() -> None:
    text = (ROOT / "tests/cases/good/every-stage.yaml").read_text("utf-8")
    found = lca.read(text + "reductions: {fewer: {action: train half as often, owner: the laboratory}}\n").assess(
        draws=0
    )
    page = without_details(found.report("en").html)
    assert "train half as often" in page
    unit = found.study.goal.functional_unit
    assert unit is not None
    assert unit.description.casefold() in page.casefold()


@pytest.mark.parametrize(
    ("project", "line"),
    [
        ("start: 2024-03", "March 2024"),
        ("start: 2024-03, partners: [B, C]", "B, C · March 2024"),
        ("applicant: A, call: D, duration: 2 year, start: 2024-03, partners: [B]", "A; B · D · March 2024, 2 years"),
        ("start: 2024-03, readiness_level: 4", "March 2024 · Readiness level 4"),
    ],
)
def test_who_and_when_are_joined_without_a_sign_of_what_lacks(project: str, line: str, assess_text: Assess) -> None:
    text = (
        f"descriptor: 1\nproject: {{name: P, {project}}}\n"
        "training: {m: {energy: 1 kWh, site: s}}\nsites: {s: {location: FR}}\n"
    )
    page = assess_text(text, draws=0).report("en").page_one
    found = re.search(r'<p class="meta">(.*?)</p>', page, re.DOTALL)
    assert found is not None
    assert " ".join(found[1].split()) == line

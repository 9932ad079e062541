"""Published results through the package: descriptors, and calls of named formulas; none by arithmetic here."""

from __future__ import annotations

import sys

import pytest
from conftest import ROOT, assess_file

sys.path.insert(0, str(ROOT / "docs"))

import published

from lca.descriptor.document import read_document

FIGURES = list(published.figures())


def test_no_case_and_no_figure_is_dropped() -> None:
    assert len(published.cases()) == 43
    assert len(FIGURES) == 194


@pytest.mark.parametrize("figure", FIGURES, ids=lambda f: f"{f.case}-{f.name}")
def test_every_figure_equals_the_value_worked_out_apart(figure: published.Figure) -> None:
    assert figure.computed == pytest.approx(figure.expected, rel=1e-6, abs=0)


def test_every_published_descriptor_and_each_of_its_stated_results_is_among_the_figures() -> None:
    used = {(f.source, f.found.stated.name if f.found else "") for f in FIGURES}
    files = {path for path, _ in used}
    for path in (ROOT / "tests/cases/published").glob("*.yaml"):
        assert path in files, path.name
        for name in read_document(path.read_text("utf-8"), path.name).data.get("stated_results", {}):
            assert (path, name) in used, f"{path.name}: {name}"


def verdicts(kind: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for f in FIGURES:
        if f.found and f.found.verdict == kind and not f.misread:
            found.setdefault(f.case, set()).add(f.name)
    return found


def test_the_cases_that_contradict_themselves_are_found() -> None:
    assert verdicts("contradicts") == {
        "sd-v1-card": {"co2e_declared_region", "co2e_declared_region_unrounded"},
        "llama1-table15": {"bloom_mwh"},
        "bloom-table4": {"gpt_t", "opt_t"},
        "wu-embodied": {"emb_over_op"},
    }
    causes = {(f.case, f.name): f.found.cause for f in FIGURES if f.found}
    assert causes["bloom-table4", "gpt_t"].name == "pue-missing"
    assert causes["bloom-table4", "opt_t"].name == "rate"
    assert causes["llama1-table15", "bloom_mwh"].name == "pinned"
    card = causes["sd-v1-card", "co2e_declared_region_unrounded"]
    assert (card.name, card.value, card.other) == ("rate", 0.3, 0.3678)


def test_what_only_unrounded_inputs_give_is_said_with_the_input() -> None:
    # Strubell et al. print 79 h in the table and 79.2 h in the text: both printed figures of BERT point to the latter.
    assert verdicts("rounding")["strubell-bert"] == {"energy", "co2e_lb"}
    for f in FIGURES:
        if f.case == "strubell-bert" and f.name in ("energy", "co2e_lb"):
            assert f.found is not None
            assert f.found.cause.detail == "training.bert.duration"
            assert f.found.cause.value == pytest.approx(79.2, abs=0.05)
    # No digit of LLaMA-65B's 449.84 MWh was rounded: they were cut off.
    assert verdicts("rounding")["llama1-table15"] == {"l65_mwh"}


def test_a_misreading_gives_another_figure_than_the_printed_one() -> None:
    misread = {f.name: f for f in FIGURES if f.misread}
    assert misread.keys() == {"alt_share_method", "gpus_from_printed_rate"}
    for figure in misread.values():
        assert figure.found is not None
        assert figure.found.verdict != "follows"


def test_no_code_of_the_package_knows_a_case() -> None:
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "lca").rglob("*.py"))
    assert [case for case in published.cases() if case in code] == []


def test_alexnet_by_our_own_rules() -> None:
    # By hand: cards 2 x 244 W x 130 h = 63.44 kWh, host 70 W x 130 h = 9.1 kWh, x 1.67 = 121.1418 kWh.
    # Ontario: 46 g direct and 19.37646 g upstream (gas 0.062 x 75, oil 0.0049 x 90, nuclear 0.59886 x 12, hydro 0.25013 x 24,
    # wind 0.08404 x 13, other 0.00007 x 50): 7.9198 kg.
    # Manufacture: 130 h / (6 x 8766 h x 0.5) = 0.0049434 machines x (270 + 2 x 100) kg = 2.32337 kg.
    figures = assess_file(ROOT / "projects/alexnet-2012.yaml").figures
    assert figures["energy"].value == pytest.approx(121.1418, rel=1e-12)
    assert figures["total.gwp100.operational"].value == pytest.approx(121.1418 * 0.06537646, rel=1e-6)
    assert figures["total.gwp100.embodied"].value == pytest.approx(130 / (6 * 8766 * 0.5) * 470, rel=1e-12)


def test_alexnet_as_green_algorithms_counts_it_by_our_descriptor() -> None:
    assessment = assess_file(ROOT / "tests/cases/good/alexnet-green-algorithms.yaml")
    assert assessment.footprint.energy is not None
    assert assessment.footprint.energy.value == pytest.approx(106.4300185, rel=1e-12)
    operational = assessment.footprint.totals["gwp100"].operational
    assert operational is not None
    assert operational.value == pytest.approx(3.192900555, rel=1e-12)

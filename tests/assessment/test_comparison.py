"""Comparisons: paired draws, like with like, and what is printed of a probability."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import html5lib
import numpy as np
import pytest
from conftest import ROOT, Assess, assess_file, report_html
from jsonschema import Draft202012Validator

import lca
from lca import Assessment
from lca.assessment.cases import cases_of, remarks
from lca.assessment.comparison import CaseRow, FigureTable, tables
from lca.assessment.comparison_contract import compared
from lca.assessment.comparison_section import chance
from lca.assessment.dossier import render_comparison
from lca.assessment.figures import figures_of_scenarios
from lca.cli import comparison_lines as columns
from lca.cli.main import main
from lca.files.shipped import read_texts, words
from lca.presenting.writer import PROBABILITY_CAP, Writer
from lca.problems import ProblemsFound
from lca.quantities.trees import explain

ALEXNET = ROOT / "projects/alexnet-2012.yaml"
FEDERATED = ROOT / "projects/federated.yaml"

#: GSD² = 3, so σ = ln 3 / 2; without host, memory and manufacture everything scales with the number of cards.
CARDS = """
descriptor: 1
project: {name: Cards, start: 2024-01}
sites: {paris: {location: FR, pue: 1, electricity: 0.05 kgCO2e/kWh}}
machines: {node: {site: paris, host: none, gpu: {model: NVIDIA A100 SXM4 80 GB, count: 8, power: 400 W}}}
training: {final: {on: node, duration: {value: 72 h, gsd2: 3}, gpu_load: 1}}
"""
FEWER = CARDS + "scenarios: {fewer: {machines: {node: {gpu: {count: 6}}}}}\n"


def table_of(assessment: Assessment, figure: str) -> FigureTable:
    found = tables(cases_of({"": assessment}), assessment.fingerprint.draws > 0)
    return next(table for table in found if table.figure == figure)


def row_of(assessment: Assessment, figure: str, name: str) -> CaseRow:
    row = table_of(assessment, figure).row(name)
    assert row is not None
    return row


def test_six_cards_against_eight_paired_and_independent(assess_text: Assess) -> None:
    # Paired, every draw of six cards is six eighths of that of eight. Drawn independently, the share of draws in which six
    # are lower is Φ(ln(8/6) / (σ √2)) = Φ(0.2877 / 0.7769) = 0.644.
    paired = row_of(assess_text(FEWER, draws=20_000), "energy", "fewer")
    assert paired.lower == 1.0
    assert paired.relative is not None
    assert paired.relative.draws == pytest.approx(np.full(20_001, -0.25), rel=1e-12)
    eight = assess_text(CARDS, draws=20_000, seed=1).footprint.energy
    six = assess_text(CARDS.replace("count: 8", "count: 6"), draws=20_000, seed=2).footprint.energy
    assert eight is not None
    assert six is not None
    independent = float((six.draws[1:] < eight.draws[1:]).mean())
    z = math.log(8 / 6) / (math.log(3) / 2 * math.sqrt(2))
    assert independent == pytest.approx(0.5 * (1 + math.erf(z / math.sqrt(2))), abs=0.01)
    assert independent == pytest.approx(0.64, abs=0.015)


def test_a_probability_is_printed_below_its_cap_and_kept_in_the_json(assess_text: Assess) -> None:
    assessment = assess_text(FEWER, draws=200)
    row = row_of(assessment, "total.gwp100", "fewer")
    writers = [Writer(language, words(language)) for language in ("en", "fr")]
    assert [chance(row, writer) for writer in writers] == ["> 99 %", "> 99\u202f%"]
    printed: Any = compared([table_of(assessment, "total.gwp100")])
    assert printed[0]["groups"][0]["rows"][1]["probability_lower"] == 1.0
    more = assess_text(FEWER.replace("count: 6", "count: 9"), draws=200)
    row = row_of(more, "total.gwp100", "fewer")
    assert row.lower == 0.0
    assert [chance(row, writer) for writer in writers] == ["< 1 %", "< 1\u202f%"]
    assert PROBABILITY_CAP == 0.99


def test_without_draws_there_is_no_probability_and_the_difference_is_the_same(assess_text: Assess) -> None:
    without, with_draws = (row_of(assess_text(FEWER, draws=n), "total.gwp100", "fewer") for n in (0, 50))
    assert without.lower is None
    assert without.difference is not None
    assert with_draws.difference is not None
    # 8 cards: 230.4 kWh x 0.05 = 11.52 kg of operation; manufacture is in both and scales too, so a quarter less.
    assert without.difference.value == with_draws.difference.value
    assert without.difference.value == pytest.approx(
        -0.25 * row_of(assess_text(FEWER), "total.gwp100", "").amount.value
    )


def test_alexnet_elsewhere_by_hand() -> None:
    # 130 h x (2 x 244 W + 70 W of host) x PUE 1.67 = 121.1418 kWh; Ember 2015 as the proxy of 2012; manufacture unchanged.
    assessment = assess_file(ALEXNET, draws=100)
    energy = 130 * (2 * 0.244 + 0.07) * 1.67
    assert assessment.footprint.energy is not None
    assert assessment.footprint.energy.value == pytest.approx(energy, rel=1e-12)
    embodied = assessment.footprint.totals["gwp100"].embodied
    assert embodied is not None
    factors = {
        "ireland": 0.43928,
        "united-states": 0.5049,
        "sweden": 0.04086,
        "france": 0.05917,
        "ontario-life-cycle": 0.1,
    }
    for name, factor in factors.items():
        row = row_of(assessment, "total.gwp100", name)
        assert row.amount.value == pytest.approx(energy * factor + embodied.value, rel=1e-12), name
    difference = row_of(assessment, "total.gwp100", "france").difference
    assert difference is not None
    assert difference.value == pytest.approx(energy * (0.05917 - 0.06537646), rel=1e-4)
    cloud = row_of(assessment, "energy", "cloud").amount  # Azure's PUE of 1.16, of the first year that it states
    assert cloud.value == pytest.approx(energy / 1.67 * 1.16, rel=1e-12)


def test_direct_electricity_with_its_upstream_is_ranked_with_life_cycle() -> None:
    table = table_of(assess_file(ALEXNET, draws=50), "total.gwp100")
    names = [[row.case.name for row in group.rows] for group in table.groups]
    assert names == [["", "cloud", "ontario-life-cycle", "ireland", "united-states", "sweden", "france"]]
    assert [group.basis.coverage for group in table.groups] == [{("life-cycle", "")}]
    for group in table.groups:
        assert group.rows[0].difference is None
        assert group.rows[0].lower is None
        assert sorted(row.rank for row in group.rows) == list(range(1, len(group.rows) + 1))
        ordered = sorted(group.rows, key=lambda row: row.rank)
        assert [row.amount.value for row in ordered] == sorted(row.amount.value for row in ordered)
    energy = table_of(assess_file(ALEXNET, draws=50), "energy")
    assert len(energy.groups) == 1


def test_mixed_coverage_is_told_by_place(assess_text: Assess) -> None:
    text = """
descriptor: 1
project: {name: Two, start: 2024-01}
sites: {paris: {location: FR, pue: 1}, lab: {location: FR, pue: 1, electricity: 0.1 kgCO2e/kWh}}
machines: {node: {site: paris, host: none, power: 1 kW}, small: {site: lab, host: none, power: 1 kW}}
training: {a: {on: node, duration: 10 h}, b: {on: small, duration: 10 h}}
scenarios:
  swapped: {sites: {paris: {electricity: 0.1 kgCO2e/kWh}, lab: {electricity: null}}}
"""
    groups = table_of(assess_text(text), "total.gwp100").groups
    assert [group.basis.coverage for group in groups] == [
        {("life-cycle", "paris"), ("unstated", "lab")},
        {("life-cycle", "lab"), ("unstated", "paris")},
    ]


def test_what_is_left_out_sets_cases_apart(assess_text: Assess) -> None:
    text = (
        CARDS + "scenarios: {metered: {training: {final: {on: null, site: paris, duration: null, energy: 200 kWh}}}}\n"
    )
    table = table_of(assess_text(text, draws=20), "total.gwp100")
    assert [[row.case.name for row in group.rows] for group in table.groups] == [[""], ["metered"]]
    assert [table.left_out_only_in(group) for group in table.groups] == [
        ["manufacture of the host"],  # `host: none`
        ["manufacture of the machine"],
    ]
    assert len(table_of(assess_text(text), "energy").groups) == 1
    names = {"": "as described", "metered": "metered"}
    lines = list(columns.comparison_lines([table], names, {}, Writer("en", words("en"))))
    assert any(
        line.endswith("not assessed here and assessed in another table: manufacture of the machine") for line in lines
    )


UNITS = """
descriptor: 1
project: {name: Units, start: 2024-01}
goal: {units: [image, page], functional_unit: {description: One image, quantity: 1 image, delivered: 100 image}}
sites: {paris: {location: FR}}
training: {t: {energy: 10 kWh, site: paris}}
"""


def test_per_functional_unit_only_with_the_same_unit(tmp_path: Path) -> None:
    other = UNITS.replace("One image, quantity: 1 image", "one page, quantity: 1 page").replace("100 image", "50 page")
    texts = {"a": UNITS, "b": UNITS.replace("One image", "one  image").replace("100 image", "200 image"), "c": other}
    studies = {}
    for name, text in texts.items():
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
        studies[name] = assess_file(tmp_path / f"{name}.yaml")
    cases = cases_of(studies)
    found = {table.figure: table for table in tables(cases, False)}
    names = [[row.case.name for row in group.rows] for group in found["per-unit.gwp100"].groups]
    assert names == [["a", "b"], ["c"]]
    rows = found["per-unit.gwp100"].groups[0].rows
    assert rows[1].relative is not None
    assert rows[1].relative.value == pytest.approx(-0.5, rel=1e-12)
    assert [[row.case.name for row in group.rows] for group in found["total.gwp100"].groups] == [["a", "b", "c"]]
    assert [remarks(case, cases[0]) for case in cases] == [
        [],
        [("delivered", ("200", "100"))],
        [("unit", ("one page (1 page)",))],
    ]


def test_the_whole_project_needs_no_figure_per_unit(assess_text: Assess) -> None:
    found = tables(cases_of({"": assess_text(FEWER)}), False)
    assert not [table.figure for table in found if table.figure.startswith("per-unit")]


def test_two_descriptors_share_only_what_they_state_alike(tmp_path: Path) -> None:
    # The same duration in both files is one input: six cards are always below eight. Another duration is another input, even
    # under the same name: with 54 h against 72 h the ratio is 6/8 again, drawn independently.
    first, same, other = (tmp_path / f"{name}.yaml" for name in ("first", "same", "other"))
    first.write_text(CARDS, "utf-8")
    same.write_text(CARDS.replace("count: 8", "count: 6"), "utf-8")
    other.write_text(CARDS.replace("72 h", "54 h"), "utf-8")
    base = assess_file(first, draws=10_000)
    lower = {}
    for name, path in (("same", same), ("other", other)):
        compared_with = lca.compare(base, lca.load(path))
        energy = next(table for table in compared_with.tables if table.figure == "energy")
        row = energy.row(name)
        assert row is not None
        lower[name] = row.lower
    assert lower["same"] == 1.0
    assert lower["other"] == pytest.approx(0.644, abs=0.02)


def test_a_descriptor_apart_pairs_with_its_own_scenarios(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(FEWER.replace("72 h", "54 h"), "utf-8")
    (tmp_path / "first.yaml").write_text(CARDS, "utf-8")
    first = assess_file(tmp_path / "first.yaml", draws=500)
    made = lca.compare(first, lca.load(path)).studies["x"]
    assert row_of(made, "energy", "fewer").lower == 1.0


def test_what_no_case_changes_is_said_once(assess_text: Assess) -> None:
    text = FEWER.replace("fewer: {machines: {node: {gpu: {count: 6}}}}", "hydro: {sites: {paris: {pue: 1.5}}}")
    found = tables(cases_of({"": assess_text(text, draws=20)}), True)
    assert [table.figure for table in found if table.unchanged] == ["total.adpe", "total.primary_energy"]
    names = {"": "as described", "hydro": "hydro"}
    lines = list(columns.comparison_lines(found, names, {"adpe": "Minerals"}, Writer("en", words("en"))))
    assert lines[-1].startswith("The same in every case: Minerals")


def test_every_figure_of_a_scenario_can_be_explained() -> None:
    figures = figures_of_scenarios(assess_file(ALEXNET))
    assert "scenarios.france.total.gwp100" in figures
    steps = list(explain(figures["scenarios.france.total.gwp100.difference"]))
    assert steps[0].how.startswith("amount − reference = 9.491 kgCO2e − 10.24 kgCO2e")
    ends = [step.origin for step in steps if not step.how]
    assert any(origin.startswith("electricity/FR/2015: Ember") for origin in ends)


def test_compare_prints_text_json_html_and_pdf(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["compare", str(ALEXNET), "--draws", "100", "--as-of", "2026-01-01"]
    assert main(arguments) == 0
    text = capsys.readouterr().out
    assert "Climate change (kg CO₂e)" in text
    assert "france: electricity/FR/2015 stands in for 2012" in text
    assert main([*arguments, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["studies"]["alexnet-2012"]["scenarios"][0] == "cloud"
    assert [row["name"] for row in printed["comparison"][0]["groups"][0]["rows"]][:2] == ["", "cloud"]
    for folder in ("a", "b"):
        assert main([*arguments, "--html", "--pdf", "--lang", "fr", "-o", str(tmp_path / folder)]) == 0
    for name in ("compare-alexnet-2012.html", "compare-alexnet-2012.pdf"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    page = (tmp_path / "a" / "compare-alexnet-2012.html").read_text("utf-8")
    html5lib.HTMLParser(strict=True).parse(page)
    assert "Comparaison d’études" in page
    assert "[ember]" in page


def test_compare_two_files_each_before_its_scenarios(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", str(ALEXNET), str(FEDERATED), "--draws", "0", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    rows = [row["name"] for group in printed["comparison"][0]["groups"] for row in group["rows"]]
    assert rows[:2] == ["alexnet-2012", "alexnet-2012: cloud"]
    assert "federated: centralised" in rows
    assert {row["probability_lower"] for g in printed["comparison"][0]["groups"] for row in g["rows"]} == {None}


def test_compare_needs_two_cases_and_tells_all_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", str(ROOT / "projects/minimal.yaml")]) == 2
    assert "give a second file, or add `scenarios`" in capsys.readouterr().err
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(CARDS.replace("location: FR", "location: XX"), "utf-8")
        (tmp_path / f"{name}.yaml").write_text(CARDS.replace("on: node", f"on: {name}"), "utf-8")
    assert main(["compare", str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml")]) == 1
    errors = [line for line in capsys.readouterr().err.splitlines() if "LCA401" in line]
    assert [Path(line.split(":")[0]).name for line in errors] == ["a.yaml", "b.yaml"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_report_has_the_scenarios_with_table_and_text_of_each_picture(language: str) -> None:
    page = report_html(ALEXNET, language)
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    section = next(node for node in tree.iter("section") if node.get("id") == "scenarios")
    pictures = list(section.iter("{http://www.w3.org/2000/svg}svg"))
    assert len(pictures) == 2 + 5 + 1  # scenarios twice, five sweeps, generation costs
    assert all(len(picture.get("aria-label", "")) > 40 for picture in pictures)
    assert len(list(section.iter("table"))) >= len(pictures)
    captions = ["".join(node.itertext()) for node in section.iter("caption")]
    assert any(("facteurs directs" if language == "fr" else "direct factors") in caption for caption in captions)


def test_a_comparison_shows_what_a_user_writes_as_text(assess_text: Assess) -> None:
    hostile = FEWER.replace("name: Cards", "name: '<script>alert(1)</script>'").replace(
        "{machines: {node: {gpu: {count: 6}}}}",
        "{project: {summary: '<img src=x onerror=alert(1)>'}, machines: {node: {gpu: {count: 6}}}}",
    )
    assessment = assess_text(hostile, draws=10)
    found = tables(cases_of({"": assessment}), True)
    for page, scripts in (
        (assessment.report("en").html, ["application/json", None]),  # its data, and our own
        (render_comparison({"": assessment}, found, "fr", read_texts()), []),
    ):
        tree = html5lib.parse(page, namespaceHTMLElements=False)
        assert [script.get("type") for script in tree.iter("script")] == scripts
        assert all(image.get("src", "").startswith("data:image/svg+xml;base64,") for image in tree.iter("img"))


def test_the_comparison_of_files_has_the_form_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    schema = json.loads((ROOT / "lca/schemas/assessment.schema.json").read_text("utf-8"))
    part = {"$ref": "#/$defs/comparison", "$defs": schema["$defs"]}
    for arguments in (["compare", str(ALEXNET), str(FEDERATED)], ["sweep", str(ALEXNET), "location"]):
        assert main([*arguments, "--draws", "20", "--json"]) == 0
        printed = json.loads(capsys.readouterr().out)
        assert not [error.message for error in Draft202012Validator(part).iter_errors(printed["comparison"])]


BENEFIT = """
descriptor: 1
project: {name: Benefit, start: 2024-01, duration: 1 year}
training: {model: {stated: {gwp100: 1 tCO2e, source: slides}}}
benefit:
  reference: {description: before, alternatives: {hand: {description: by hand, without_ai: true}}}
  effects: {gain: {quantity: {value: 10 tCO2e/year, gsd2: 2}, evidence: model, attribution: 0.5, no_rebound: none}}
scenarios:
  less: {benefit: {effects: {gain: {attribution: 0.2}}}}
"""

#: The same with all that makes a net an established one: no probability is told of another.
ESTABLISHED = """
descriptor: 1
project: {name: Benefit, start: 2024-01, duration: 1 year}
goal:
  excluded:
    experiments: {reason: none, estimated_share: 0}
    inference: {reason: none, estimated_share: 0}
    equipment: {reason: none, estimated_share: 0}
training: {model: {stated: {gwp100: 1 tCO2e, source: slides}}}
benefit:
  reference:
    description: before
    quantity: {value: 50 tCO2e/year, quality: low}
    alternatives: {hand: {description: by hand, without_ai: true}}
  effects:
    gain:
      quantity: {value: 10 tCO2e/year, gsd2: 2}
      evidence: model
      attribution: {value: 0.5, range95: [0.4, 0.6]}
      no_rebound: none
      ramp_up: [{value: 1, range95: [0.9, 1]}]
  no_harms: none
  no_enabling: none
scenarios:
  less: {benefit: {effects: {gain: {attribution: {value: 0.2, range95: [0.1, 0.3]}}}}}
"""


def test_a_scenario_of_the_benefit(assess_text: Assess) -> None:
    # 10 t x 0.5 - 1 t = 4 t as described, 10 t x 0.2 - 1 t = 1 t with less attributed; the footprint is the same.
    assessment = assess_text(ESTABLISHED, draws=200)
    net = table_of(assessment, "benefit.net_project")
    assert [(row.case.name, row.rank) for group in net.groups for row in group.rows] == [("", 1), ("less", 2)]
    row = row_of(assessment, "benefit.net_project", "less")
    assert row.difference is not None
    assert row.difference.value == pytest.approx(-3000, rel=1e-12)
    assert row.lower == 1.0
    assert table_of(assessment, "total.gwp100").unchanged
    assert table_of(assessment, "benefit.cost").unchanged
    by_word = assess_text(ESTABLISHED.replace("evidence: model", "evidence: expert"), draws=200)
    assert row_of(by_word, "benefit.net_project", "less").lower is None
    as_announced = assess_text(BENEFIT, draws=200)
    assert row_of(as_announced, "benefit.net_project", "less").lower is None
    longer = BENEFIT.replace("{benefit: {effects: {gain: {attribution: 0.2}}}}", "{benefit: {horizon: 6 month}}")
    assert len(table_of(assess_text(longer), "benefit.net_project").groups) == 2


def test_a_scenario_cannot_name_another_reference_file(assess_text: Assess) -> None:
    text = BENEFIT.replace("effects: {gain: {attribution: 0.2}}", "reference: {descriptor: other.yaml}")
    with pytest.raises(ProblemsFound, match="LCA901 scenario `less` changes the file of the reference scenario"):
        assess_text(text)


def test_a_benefit_that_fails_in_a_scenario_only(assess_text: Assess) -> None:
    text = BENEFIT.replace("{benefit: {effects: {gain: {attribution: 0.2}}}}", "{benefit: {reference: null}}")
    with pytest.raises(
        ProblemsFound, match=r"yaml:9:10: LCA402 scenario `less`: a benefit is claimed without a reference"
    ):
        assess_text(text)

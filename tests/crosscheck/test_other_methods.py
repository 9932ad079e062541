"""Other methods and other sources, against published figures and values worked by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import AS_OF, ROOT, Assess, assess_file, section_of

import lca
from lca.catalogue.other_sources import KINDS, spread
from lca.cli.main import main
from lca.files.shipped import load_catalogue, words
from lca.presenting.contents import without_details
from lca.quantities.provenance import Factor
from lca.subjects.crosscheck.other_methods import MethodResult


def methods_of(name: str) -> dict[str, MethodResult]:
    return {f"{m.name} {m.version}".strip(): m for m in assess_file(ROOT / name).crosscheck.methods}


def versions_of_green_algorithms(assessment: lca.Assessment) -> dict[str, MethodResult]:
    return {m.version: m for m in assessment.crosscheck.methods if m.name == "green-algorithms"}


def value(result: MethodResult, what: str) -> float:
    quantity = getattr(result, what)
    assert quantity is not None
    return float(quantity.value)


@pytest.mark.parametrize(("version", "carbon"), [("1.0", 20.0), ("2.0", 30.0), ("2.2", 30.0), ("3.0", 30.0)])
def test_green_algorithms_from_the_descriptor_of_alexnet(version: str, carbon: float) -> None:
    # (2 x 244 W + 6 GB x 0.3725 W/GB) x 130 h x 1.67 = 106.4300185 kWh; the calculator's Ontario: 20, then 30 g/kWh.
    result = methods_of("projects/alexnet-2012.yaml")[f"green-algorithms {version}"]
    assert value(result, "energy") == pytest.approx(106.4300185, rel=1e-9)
    assert value(result, "carbon") == pytest.approx(106.4300185 * carbon / 1000, rel=1e-9)


@pytest.mark.parametrize(
    ("zone", "version", "published"),
    [
        ("IE", "2.0", 37.0419036387),
        ("US", "2.0", 48.2362129846),
        ("SE", "2.0", 1.26545291997),
        ("FR", "2.0", 4.14544922058),
        ("IE", "2.2", 35.7594219158),
        ("US", "2.2", 45.1199420429),
        ("SE", "2.2", 0.603458204895),
        ("FR", "2.2", 5.45773134868),
    ],
)
def test_green_algorithms_elsewhere(zone: str, version: str, published: float, assess_text: Assess) -> None:
    text = (ROOT / "projects/alexnet-2012.yaml").read_text("utf-8").partition("scenarios:")[0]
    found = versions_of_green_algorithms(
        assess_text(text.replace("CA-ON", zone).replace("start: 2012-01", "start: 2015-01"))
    )
    assert value(found[version], "carbon") == pytest.approx(published, rel=1e-9)


def test_patterson_and_ml_co2_impact() -> None:
    # Patterson: (2 x 244 W + host 70 W) x 130 h x 1.67; ML CO2 Impact: 2 x 244 W x 130 h.
    alexnet = methods_of("projects/alexnet-2012.yaml")
    assert value(alexnet["patterson"], "energy") == pytest.approx(0.558 * 130 * 1.67, rel=1e-9)
    assert value(alexnet["ml-co2-impact"], "energy") == pytest.approx(63.44, rel=1e-9)
    # The model card of Stable Diffusion: 150,000 h x 250 W.
    assert value(methods_of("projects/stable-diffusion-v1.yaml")["ml-co2-impact"], "energy") == pytest.approx(
        37500, rel=1e-9
    )


def test_methods_say_what_they_leave_out() -> None:
    result = methods_of("tests/cases/good/every-stage.yaml")["patterson"]
    assert "training.model" in result.counted
    assert "experiments.search" in result.counted
    for path in ("storage.hdd", "collection.field", "training.measured", "experiments.before", "inference.task"):
        assert path in result.left_out


def test_the_command_prints_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["methods", str(ROOT / "projects/alexnet-2012.yaml")]) == 0
    text = capsys.readouterr().out
    assert "green-algorithms v2.2" in text
    assert "106.4 kWh" in text
    assert "3.193 kg CO₂e" in text


def test_other_sources_and_the_total_under_each() -> None:
    assessment = assess_file(ROOT / "projects/alexnet-2012.yaml")
    total = assessment.footprint.totals["gwp100"].total
    assert total is not None
    rows = {row.used.key: row for row in spread(total, assessment.book)}
    others = {o.factor.source.id: o for o in rows["electricity/CA-ON/2015"].others}
    # The generation-based column of the same inventory prints 41 g, beside 19.37646 g of upstream by the mix of 2019:
    # 121.1418 kWh x 0.06037646 + 2.32337 kg.
    embodied = 130 / (6 * 8766 * 0.5) * 470
    assert others["ca-nir-2024-generation"].total == pytest.approx(121.1418 * 0.06037646 + embodied, rel=1e-6)
    assert "direct" in others["ca-nir-2024-generation"].factor.coverage
    paris = assess_file(ROOT / "projects/minimal.yaml")
    total = paris.footprint.totals["gwp100"].total
    assert total is not None
    row = next(r for r in spread(total, paris.book) if r.used.key == "electricity/FR/2024")
    ranked = [("direct" in o.factor.coverage, o.factor.value) for o in row.others]
    assert ranked == sorted(ranked)  # direct factors after those of a whole life cycle, each from the lowest
    assert {"ember", "jrc-com-2024"} <= {o.factor.source.id for o in row.others}


@pytest.mark.parametrize(
    ("name", "factor", "source"),
    [
        ("", 0.0461, "ademe-base-empreinte"),
        ("ember", 0.04144, "ember"),
        ("green-algorithms-2.2", 51.28, "green-algorithms-calculator"),
    ],
)
def test_a_declared_set_of_sources_leads(name: str, factor: float, source: str, tmp_path: Path) -> None:
    year = "2025"
    path = tmp_path / "x.yaml"
    path.write_text((ROOT / "projects/minimal.yaml").read_text("utf-8").replace("2024-03", f"{year}-03"), "utf-8")
    used = lca.load(path, factors=name).readable.book.for_year("electricity/FR", "gwp100", int(year))
    assert used is not None
    assert used.source.id == source
    assert used.value == factor


def test_an_unknown_set_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", str(ROOT / "projects/minimal.yaml"), "--factors", "embers"]) == 1
    assert "did you mean `ember`" in capsys.readouterr().err


def test_the_sci_score_is_per_functional_unit() -> None:
    assessment = assess_file(ROOT / "tests/cases/good/every-stage.yaml")
    score, total = assessment.crosscheck.sci, assessment.footprint.totals["gwp100"].total
    assert score is not None
    assert total is not None
    assert score.value == pytest.approx(total.value / 913.125, rel=1e-12)
    assert assessment.crosscheck.sci_lacks == ""


UNIT = "functional_unit: {description: one model, quantity: 1 model}"


@pytest.mark.parametrize(
    ("goal", "training", "lacks", "english", "french"),
    [
        (
            "",
            "energy: 1 MWh, site: p",
            "functional-unit",
            "no functional unit is declared",
            "aucune unité fonctionnelle",
        ),
        (UNIT, "energy: 1 MWh, site: p", "manufacture", "manufacture is not assessed", "la fabrication n’est pas"),
        (
            UNIT,
            "stated: {gwp100: 1 tCO2e, scope: embodied, source: s}",
            "operation",
            "operation is not",
            "l’exploitation n’est",
        ),
    ],
)
def test_a_score_that_is_not_given_says_what_it_lacks(
    goal: str,
    training: str,
    lacks: str,
    english: str,
    french: str,
    assess_text: Assess,
) -> None:
    assessment = assess_text(
        "descriptor: 1\nproject: {name: x, start: 2024-01}\n"
        f"goal: {{units: [model], {goal}}}\nsites: {{p: {{location: FR}}}}\ntraining: {{m: {{{training}}}}}\n"
    )
    assert (assessment.crosscheck.sci, assessment.crosscheck.sci_lacks) == (None, lacks)
    for language, said in (("en", english), ("fr", french)):
        assert said in section_of(assessment, "methods", language).replace("&#39;", "’")


def test_green_algorithms_v3_counts_a_year_of_360_days(assess_text: Assess) -> None:
    # 1000 requests a day of 3.6 s for a year: 365.25 h; 250 W, no memory known, PUE 1. Version 3.0: 360 h.
    text = (
        "descriptor: 1\nproject: {name: Service, start: 2024-01}\n"
        "sites: {paris: {location: FR, pue: 1}}\n"
        "machines: {m: {site: paris, host: none, gpu: {power: 250 W}}}\n"
        "inference: {s: {on: m, volume: 1000 request/day, duration: 1 year, time_per_request: 3.6 s, gpu_load: 1}}\n"
    )
    found = versions_of_green_algorithms(assess_text(text))
    assert value(found["2.2"], "energy") == pytest.approx(0.25 * 365.25, rel=1e-9)
    assert value(found["3.0"], "energy") == pytest.approx(0.25 * 360, rel=1e-9)


SETS = ("", "ademe", "ember", "jrc", "green-algorithms-1.0", "green-algorithms-2.0", "green-algorithms-2.2",
        "green-algorithms-3.0", "direct")  # fmt: skip


@pytest.mark.parametrize("path", sorted((ROOT / "projects").glob("*.yaml")), ids=lambda p: p.stem)
@pytest.mark.parametrize("name", SETS)
def test_every_declared_set_works_on_every_example(name: str, path: Path) -> None:
    assert set(SETS[1:]) == load_catalogue()[0].sets.keys()
    assessment = lca.load(path, factors=name).assess(0, 2026, AS_OF)
    problems = assessment.problems
    assert not [p for p in problems if p.severity == "error"]
    assert assessment.footprint.totals["gwp100"].total is not None
    for flow in assessment.footprint.flows:  # a factor from outside the set is a substitute, and said to be one
        leaf = flow.factors.get("gwp100")
        if flow.key.startswith("electricity/") and isinstance(leaf, Factor) and not assessment.book.leads(leaf):
            assert any(p.code == "LCA608" and leaf.source.id in p.message for p in problems)


MIXED = """
descriptor: 1
project: {name: Mixed, start: 2022-01}
sites: {first: {location: ONE}, second: {location: TWO}}
machines: {a: {site: first, gpu: {model: A100, count: 1}}, b: {site: second, gpu: {model: A100, count: 1}}}
training: {x: {on: a, duration: 1 h}, y: {on: b, duration: 1 h}}
"""


@pytest.mark.parametrize(
    ("one", "two", "sentence", "named"),
    [
        (
            "DE",
            "EGRID:CAMX",
            "direct and life-cycle electricity factors, which are not alike",
            "direct, upstream not included",
        ),
        ("DE", "IT", "", "life-cycle"),
    ],
)
def test_the_pages_name_the_coverage_and_a_total_that_mixes(
    one: str, two: str, sentence: str, named: str, assess_text: Assess
) -> None:

    first = assess_text(MIXED.replace("ONE", one).replace("TWO", f'"{two}"')).report("en").html
    first = without_details(first)
    assert "Electricity factors: " in first
    assert named in first
    assert ("which are not alike" in first) == bool(sentence)
    assert sentence in first


def test_production_and_consumption_mixes_are_not_added_silently(assess_text: Assess) -> None:
    # Ontario's factor is of the consumption mix, Ember's of generation.
    problems = assess_text(MIXED.replace("ONE", "DE").replace("TWO", "CA-ON")).problems
    assert any("production mix and of the consumption mix" in p.message for p in problems if p.code == "LCA602")


def test_every_coverage_and_label_of_the_catalogue_has_its_words() -> None:
    from lca.presenting.input_names import coverage_of, name_of
    from lca.presenting.writer import Writer

    book = load_catalogue()[0]
    english, french = Writer("en", words("en")), Writer("fr", words("fr"))
    proper = (
        "NVIDIA",
        "AMD",
        "AWS",
        "Amazon",
        "Intel",
        "Google",
        "PUE",
        "WUE",
        "SSD",
        "smartphone",
        "distribution",
        "marginal",
    )
    for key, indicator in book.rows:
        kind = key.split("/")[0]
        for factor in book.all(key, indicator):
            if kind in KINDS:  # those whose sources are set side by side
                assert coverage_of(factor, english)
                assert coverage_of(factor, french)
            if kind not in ("processor", "calculator", "electricity", "price"):
                assert name_of(factor, french, book) != factor.label or factor.label.startswith(proper), factor.label
    virginia = book.for_year("electricity/US-VA", "gwp100", 2022)
    assert virginia is not None
    assert name_of(virginia, french, book) == "électricité, Virginie, 2022, amont ajouté par son mix de production"
    assert name_of(virginia, english, book) == virginia.label


def test_what_the_calculator_sets_beside_its_figure() -> None:
    # 3.192900555 kg: over 11 kg a year 3.483 months of a tree; over 0.175 kg/km 18.245 km; over 50 kg 0.0639 flights.
    found = methods_of("projects/alexnet-2012.yaml")["green-algorithms 2.0"].equivalents
    assert found["tree-year"].to("month")[0] == pytest.approx(3.48316424182, rel=1e-9)
    assert found["car-eu-km"].value == pytest.approx(18.2451460286, rel=1e-9)
    assert found["flight-paris-london"].value == pytest.approx(0.0638580111, rel=1e-9)


@pytest.mark.parametrize(
    ("volume", "days"), [("7 request/week", 336), ("1 request/day", 360), ("365.25 request/year", 365.25)]
)
def test_green_algorithms_v3_has_its_own_year_by_how_use_is_stated(
    volume: str, days: float, assess_text: Assess
) -> None:
    # One hour a day of 250 W: the page takes months of four weeks, months of thirty days, or the year as it is.
    text = (
        "descriptor: 1\nproject: {name: Service, start: 2024-01}\nsites: {paris: {location: FR, pue: 1}}\n"
        "machines: {m: {site: paris, host: none, gpu: {power: 250 W}}}\n"
        f"inference: {{s: {{on: m, volume: {volume}, duration: 1 year, time_per_request: 1 h, gpu_load: 1}}}}\n"
    )
    found = versions_of_green_algorithms(assess_text(text))
    assert value(found["3.0"], "energy") == pytest.approx(0.25 * days, rel=1e-9)
    assert value(found["2.2"], "energy") == pytest.approx(0.25 * 365.25, rel=1e-9)

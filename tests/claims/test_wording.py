"""Claims that hold and that do not: sentences by the published rules, places of words, rules over the descriptor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Assess, assess_file, section_of
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from lca import Assessment
from lca.cli.main import main
from lca.descriptor.document import read_document
from lca.files.shipped import load_claim_rules, words
from lca.presenting.writer import Writer
from lca.problems import CODES, STRICT
from lca.subjects.claims.counting_rules import CHECKS
from lca.subjects.claims.rules import Pattern, needed_letters
from lca.subjects.claims.wording import claims_in

RULES = load_claim_rules()
LANGUAGES = ("en", "fr")
CASES = {
    language: read_document(
        (ROOT / f"tests/cases/claims/{language}.yaml").read_text("utf-8").replace("# ", "cases:\n# ", 1), language
    ).data["cases"]
    for language in LANGUAGES
}


def codes(text: str) -> set[str]:
    return {match.code for match in claims_in(text, RULES)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_half_of_the_sentences_hold(language: str) -> None:
    broken = [case for case in CASES[language] if case["findings"]]
    assert len(CASES[language]) >= 50
    assert len(broken) * 2 == len(CASES[language])
    of_texts = {code for code in RULES.rules if code < "LCA820"} - ({"LCA810"} if language == "en" else set())
    assert {code for case in broken for code in case["findings"]} == of_texts


@pytest.mark.parametrize("case", [*CASES["en"], *CASES["fr"]], ids=lambda case: case["text"][:50])
def test_a_sentence_has_the_findings_of_the_published_rules(case: dict[str, Any]) -> None:
    assert codes(case["text"]) == set(case["findings"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Our AI is greener than the alternatives.", {"LCA801"}),
        ("The LED turns green when the run ends.", set()),
        ("We classify green and ripe tomatoes.", set()),
        ("It would be wrong to call this service carbon neutral.", set()),
        ("This report does not claim carbon neutrality, nor that the service is green.", set()),
        ("The service is not, and does not claim to be, carbon neutral.", set()),
        ("Carbon neutrality is not claimed.", set()),
        ("The model is not large and the service is carbon neutral.", {"LCA803"}),
        ("At no extra cost, a carbon-neutral service.", {"LCA803"}),
        ("The city aims at carbon neutrality by 2050.", set()),
        ("The method has no impact on accuracy.", set()),
        ("No environmental impact assessment was required.", set()),
        ("Our servers comply with RoHS.", set()),
        ("Compliance with the DNSH principle is assessed in section 7.", set()),
        ("The training set was aligned with the taxonomy of plant species.", set()),
        ("Avoided emissions are never called reductions or offsets.", set()),
        ("Labels are drawn by the annotators of our consortium.", set()),
        ("Le label de chaque image est fixé par notre équipe.", set()),
        ("The carbon budget is offset by two years in the series.", set()),
        ("Un bilan net positif pour le climat.", {"LCA808"}),
        ("Notre IA, sobre et écologique, réduit les trajets.", {"LCA801"}),
        ("Projet éligible à la taxonomie.", set()),
        ("Le fournisseur est certifié ISO 14001.", set()),
        ("Annotators are paid a net salary of 2 000 euros.", set()),
        ("Le modèle n’est ni vert ni frugal.", set()),
        ("Le service n’est pas seulement neutre en carbone, il est gratuit.", {"LCA810"}),
        ("Contribuer à la neutralité carbone du territoire en 2050.", set()),
        ("La neutralité carbone n’est pas revendiquée.", set()),
        ("La méthode est sans impact sur la précision.", set()),
        ("La végétation verte est segmentée.", set()),
        ("Le modèle écologique de la zone humide est calibré.", set()),
        ("Une étude écologique a été menée.", set()),
        ("Nous ne disons pas que le service est vert et que le projet est conforme au DNSH.", set()),
        ("Aucun de nos services n’est neutre en carbone.", set()),
        ("Il serait faux de dire que le projet est sans impact environnemental.", set()),
        ("Grâce à la compensation, l’impact est neutre.", {"LCA803"}),
        ("Une solution verte : un service vert.", {"LCA801"}),
    ],
)
def test_denials_names_and_other_meanings(text: str, expected: set[str]) -> None:
    assert codes(text) == expected


def test_words_are_found_where_they_stand() -> None:
    found = claims_in("A tool. An eco-friendly\n assistant.", RULES)
    assert [(m.start, m.words) for m in found] == [(11, "eco-friendly")]
    both = claims_in("Une IA durable et éco-responsable.", RULES)
    assert [m.words for m in both] == ["IA durable", "éco-responsable"]


DESCRIPTOR = """\
descriptor: 1
project:
  name: An eco-friendly tool
  start: 2024-01
  duration: 3 year
  partners: [Green Cloud SA]
  summary: >-
    The first sentence says nothing of it. The
    second one, which is folded, sells a carbon
    neutral service; and again it is carbon neutral.
goal:
  purpose: 'l''outil est sans impact sur l''environnement'
  excluded: {inference: {reason: none}, experiments: {reason: none}}
sites: {paris: {location: FR}}
machines: {node: {site: paris, gpu: {model: NVIDIA A100 SXM4 80 GB, count: 8}}}
training:
  final: {on: node, duration: 72 h}
"""


def places(assessment: Assessment) -> list[tuple[int, int, str, str]]:
    return [(c.location.line, c.location.column, c.rule.code, c.words) for c in assessment.claims.claims]


def test_the_place_is_that_of_the_words(assess_text: Assess) -> None:
    assert places(assess_text(DESCRIPTOR)) == [
        (3, 12, "LCA801", "eco-friendly"),
        (9, 42, "LCA803", "carbon neutral"),
        (10, 38, "LCA803", "carbon neutral"),
        (12, 26, "LCA809", "sans impact sur l'environnement"),
    ]


BENEFIT = (
    (
        DESCRIPTOR.replace("An eco-friendly tool", "A tool")
        .replace("carbon\n    neutral", "plain")
        .replace("carbon neutral", "plain")
    ).replace("sans impact", "sobre")
    + """\
benefit:
  horizon: 3 year
  reference: {description: as today, quantity: 5000 tCO2e/year, alternatives: {rules: {description: fixed rules, without_ai: true}}}
  effects:
    less:
      quantity: 100 tCO2e/year
      ramp_up: [0.5, 1]
      attribution: 0.5
      rebound: 0.2
      evidence: pilot
      trial: {number: 12, period: winter 2025, comparison: control, correction: degree days, population: 400 buildings}
  no_harms: heating is run as before
  no_enabling: the controls are there already
"""
)


def doubts(assess_text: Assess, **changes: str) -> list[tuple[int, int, str, str]]:
    text = BENEFIT
    for old, new in ((old.replace("__", ": "), new) for old, new in changes.items()):
        assert old in text, old
        text = text.replace(old, new)
    return places(assess_text(text))


def test_a_full_description_has_no_claim_that_fails(assess_text: Assess) -> None:
    assert doubts(assess_text) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (", quantity: 5000 tCO2e/year", "", (19, "LCA821")),
        (", without_ai: true", "", (19, "LCA822")),
        ("inference: {reason: none}, ", "", (12, "LCA823")),
        ("      rebound: 0.2\n", "", (22, "LCA824")),
        ("rebound: 0.2", "rebound: 0", (22, "LCA824")),
        ("duration: 3 year", "duration: 2 year", (18, "LCA825")),
        ("      attribution: 0.5\n", "", (22, "LCA827")),
        ("attribution: 0.5", "attribution: 1", (24, "LCA827")),
        ("      ramp_up: [0.5, 1]\n", "", (22, "LCA828")),
        ("evidence: pilot", "evidence: expert", (26, "LCA829")),
        ("correction: degree days, ", "", (26, "LCA832")),
        (
            "quantity: 100 tCO2e/year",
            "quantity: {value: 100 tCO2e/year, range95: [98 tCO2e/year, 102 tCO2e/year]}",
            (22, "LCA834"),
        ),
        ("  no_harms: heating is run as before\n", "", (18, "LCA835")),
        ("  no_enabling: the controls are there already\n", "", (18, "LCA835")),
        ("quantity: 100 tCO2e", "description: carbon credits are bought\n      quantity: 100 tCO2e", (22, "LCA830")),
        (
            "{location: FR}",
            "{location: FR, electricity: {value: 0.03 kgCO2e/kWh, source: guarantees of origin}}",
            (13, "LCA831"),
        ),
    ],
)
def test_each_rule_over_the_descriptor(assess_text: Assess, old: str, new: str, expected: tuple[int, str]) -> None:
    assert old in BENEFIT
    found = places(assess_text(BENEFIT.replace(old, new, 1)))
    line, code = expected
    assert (line, code) in [(place[0], place[2]) for place in found], found
    assert {place[2] for place in found} - ({"LCA826"} if code == "LCA829" else set()) == {code}, found


def test_a_reference_that_stays_the_same_for_four_years(assess_text: Assess) -> None:
    longer = BENEFIT.replace("duration: 3 year", "duration: 4 year").replace("horizon: 3 year", "horizon: 4 year")
    assert [place[2] for place in places(assess_text(longer))] == ["LCA833"]
    moving = longer.replace("quantity: 5000 tCO2e/year", "quantity: 5000 tCO2e/year, path: [1, 0.97]")
    assert places(assess_text(moving)) == []


def test_a_benefit_known_less_well_than_a_measured_cost(assess_text: Assess) -> None:
    stated = "{stated: {gwp100: {value: 2 tCO2e, evidence: measured}, scope: operational, source: a meter}}"
    text = BENEFIT.replace("{on: node, duration: 72 h}", stated)
    weak = text.replace("evidence: pilot", "evidence: model")
    assert [place[2:] for place in places(assess_text(weak))] == [("LCA826", "model < stated")]
    assert places(assess_text(text)) == []


def test_every_rule_is_documented_whole_and_reached() -> None:
    assert set(RULES.rules) == {code for code in CODES if code.startswith("LCA8")}
    for code, rule in RULES.rules.items():
        assert CODES[code][0] == "warning"
        assert bool(rule.words["en"] or rule.words["fr"]) != (code in CHECKS), code
        for texts in (rule.title, rule.reason, rule.source, rule.wording):
            assert set(texts) == set(LANGUAGES)
            assert not re.search(r" [;:?!»]|« ", texts["fr"]), texts["fr"]  # no-break spaces


def test_a_pattern_of_unknown_words_is_an_error_of_the_data() -> None:
    assert Pattern("a {thing}’s …end", {"thing": "dog"}).search("A  dog's happy end")
    with pytest.raises(KeyError):
        Pattern("{unknown}", {}).search("unknown")


PATTERNS = [
    pattern
    for rule in load_claim_rules().rules.values()
    for groups in rule.words.values()
    for words in groups
    for pattern in (*words.find, *words.needs, *words.unless, *words.unless_all)
]


@settings(max_examples=300, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(st.sampled_from(PATTERNS), st.data())
def test_no_match_lacks_the_letters_that_a_pattern_is_looked_for_by(pattern: Pattern, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(pattern.compiled))
    assume(pattern.compiled.search(text))
    assert pattern.may_be_in(text.casefold())


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("green(?:er)? IT", ("green",)),
        ("colou?r", ("colo",)),
        ("(?:a b|bc)? d{0,2}", ()),
        ("(?:eco|bio)-x+", ("eco", "bio")),
        ("(?:eco|[0-9]+)", ()),
        ("(?!not )so(?= it)", ("so",)),
    ],
)
def test_letters_that_a_match_needs(text: str, letters: tuple[str, ...]) -> None:
    assert needed_letters(text) == letters


def own_texts() -> Iterator[tuple[str, str]]:
    """All that the program itself prints: words of the report and of the checklist, templates, starter and guides."""
    folders = ("templates", "lca/subjects/checklist/acts", "lca/subjects/checklist/forms", "docs")
    found = {folder: sorted((ROOT / folder).rglob("*")) for folder in folders}
    assert all(found.values()), found
    for path in [ROOT / "README.md", *(path for paths in found.values() for path in paths)]:
        if path.suffix not in (".yaml", ".md", ".j2"):
            continue
        text = path.read_text("utf-8")
        if path.suffix == ".yaml":
            yield from leaves(read_document(text, path.name).data, path.name)
        else:
            for paragraph in re.split(r"\n\n|\n(?=[|#<{-])", text):
                yield path.name, re.sub(r"<[^>]+>|\{[{%].*?[%}]\}|`[^`]+`", " ", paragraph)


def leaves(node: Any, name: str) -> Iterator[tuple[str, str]]:
    values = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for value in values:
        yield from leaves(value, name)
    if isinstance(node, str):
        yield name, node


def test_the_programs_own_words_pass_its_rules() -> None:
    texts = list(own_texts())
    assert len(texts) > 1000
    # The panel's statement is printed with evidence for all three conditions only; its name claims nothing.
    allowed = (
        "the applicant calls the service",
        "le porteur qualifie le service",
        "panel on frugal AI",
        "frugal-ai",  # a name that the program reads
        "le panneau sur l’IA frugale",
        "IA frugale et numérique écoresponsable",  # the title of a document
    )
    failed = [
        (name, match.code, match.words)
        for name, text in texts
        if not any(words in text for words in allowed)
        for match in claims_in(text, RULES)
    ]
    assert failed == []


def test_the_rules_own_wordings_pass_them() -> None:
    for rule in RULES.rules.values():
        for language in LANGUAGES:
            text = re.sub(r"[«»“”]", "", rule.wording[language])  # as if an applicant had taken them over
            assert claims_in(text, RULES) == [], text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_shows_place_reason_source_and_wording(assess_text: Assess, language: str) -> None:
    assessment = assess_text(DESCRIPTOR)
    section = section_of(assessment, "claims", language)
    rule = RULES.rules["LCA803"]
    own = Writer(language, words(language))
    for said in (rule.title[language], rule.source[language], "project.summary", "carbon neutral", "LCA803"):
        assert own.typeset(said) in section, said
    assert "LCA803" not in section_of(assessment, "uncertainty", language)


def test_what_a_descriptor_does_not_say_is_doubted_in_a_sentence(assess_text: Assess) -> None:
    text = """
descriptor: 1
project: {name: x, start: 2025-03, duration: 3 year}
sites: {p: {location: FR}}
training: {m: {energy: 1 MWh, site: p}}
benefit:
  reference: {description: as today}
  effects: {less: {quantity: 10 tCO2e/year, evidence: model, rebound: 0}}
"""
    found = {p.code: str(p) for p in assess_text(text).problems if p.code > "LCA820"}
    assert found["LCA821"].endswith(
        "benefit.reference: reference scenario without figures: a benefit is a difference; nothing says how large its first "
        "term is; state the reference as `quantity`, `flows` or a `descriptor` of its own under `benefit.reference`."
    )
    assert "no rebound and no reason (rebound: 0): " in found["LCA824"]
    assert not [said for said in found.values() if "–" in said]


def test_the_examples_have_few_claims() -> None:
    found = {
        path.stem: [c.rule.code for c in assess_file(path).claims.claims]
        for path in sorted((ROOT / "projects").glob("*.yaml"))
    }
    assert not [name for name, codes in found.items() if any(code < "LCA820" for code in codes)]


def test_a_strict_check_fails_on_a_claim_and_on_nothing_less(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(DESCRIPTOR, "utf-8")
    assert main(["check", str(path)]) == 0
    assert ":3:12: LCA801 warning: project.name: “eco-friendly”: generic environmental claim" in capsys.readouterr().err
    assert main(["check", "--strict", str(path)]) == 1
    assert {code for code in CODES if code.startswith("LCA8")} <= set(STRICT)

"""Every sentence that the program says of a user's mistakes has its French, in the source, in the cases and in the reports."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import AS_OF, PAGE_DRAWS, ROOT, report_html
from sentences import HOLE, Reader, Source

import lca
from lca.descriptor.document import read_document
from lca.files.shipped import words
from lca.presenting.messages import Messages
from lca.problems import CODES, STRICT, Location, Problem, ProblemsFound, did_you_mean, listed
from lca.subjects.checklist.assess import unanswered

FRENCH: Messages = words("fr")["messages"]
CATALOGUES = sorted((ROOT / "templates").glob("*/messages.fr.yaml"))
CASES = sorted(
    path
    for folder in ("tests/cases/bad", "tests/cases/good", "tests/cases/applicants", "tests/cases/inference", "projects")
    for path in (ROOT / folder).rglob("*.yaml")
)

#: What stands in a computed place, one after the other: a word, a sentence, a part of one.
FILLINGS = ("⟨x⟩", "keep one of the two", "`x` has its processor", "uniform")

#: Words by which English shows in French, outside what is quoted.
ENGLISH = re.compile(
    r"\b(?:the|is|of|and|are|with|not|no|it|its|has|that|which|what|say|says|both|nothing|write|state|add|under|one|or|for"
    r"|than|where|there|this|must|be|in|to|by|at)\b"
)
#: What is quoted, and paths and names of keys, which are in no language.
QUOTED = re.compile(r"`[^`]*`|“[^”]*”|«[^»]*»|\S+[._/-]\S+|NVIDIA [\w ]+|connues\u00a0:.*")

#: Texts that the source seems to say, since it is not read in the order in which it runs: what stands before decides.
NEVER_SAID = re.compile(
    r"^; |^ |; $"  # what stands before a semicolon or a space is never empty
    r"|(?:cost|quantity|\?)evidence of"  # a semicolon stands between
    r"|.+ has .+ scenarios"  # only the descriptor has
    r"|.*(?:so too in|they are added up by).*(?:warning|run|row|activit|accelerator|\ue000\ue000)"  # of other things
)


@functools.cache
def said() -> dict[str, str]:
    return Reader(Source(ROOT / "lca")).sentences()


def filled(sentence: str) -> Iterator[str]:
    """Yield a sentence with its holes filled, each once with something that is known."""
    yield sentence.replace(HOLE, FILLINGS[0])
    for place, letter in enumerate(sentence):
        if letter == HOLE:
            for known in FILLINGS[1:]:
                yield f"{sentence[:place]}{known}{sentence[place + 1 :]}".replace(HOLE, FILLINGS[0])


def english_in(text: str) -> list[str]:
    return ENGLISH.findall(QUOTED.sub("", text))


def is_french(sentence: str) -> bool:
    return any((found := FRENCH.find(text)) is not None and not english_in(found) for text in filled(sentence))


def test_every_sentence_of_the_source_has_its_french() -> None:
    sentences = [
        text for text in said() if re.search(r"[a-z]{2}", QUOTED.sub("", text)) and not NEVER_SAID.search(text)
    ]
    assert len(sentences) > 800
    assert sorted((said()[text], text.replace(HOLE, "{}")) for text in sentences if not is_french(text)) == []


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_problem_of_every_case_is_french(path: Path) -> None:
    study = lca.load(path)
    problems = list(study.problems_on(AS_OF))
    if not any(problem.severity == "error" for problem in problems):
        assessment = study.assess(draws=0, as_of=AS_OF)
        problems += unanswered(assessment.study, assessment.checklist.findings)
    for text in (text for problem in problems for text in (problem.message, problem.hint) if text):
        found = FRENCH.find(text)
        assert found is not None, text
        assert not english_in(found), (text, found)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.name)
def test_a_template_says_the_same_holes_in_both_languages(path: Path) -> None:
    for pairs in read_document(path.read_text("utf-8"), path.name).data.values():
        for english, french in pairs.items():
            holes = set(re.findall(r"\{\w+\}", english))
            assert set(re.findall(r"\{\w+\}", french)) <= holes | {"{page}"}, english
            assert re.sub(r"\{\w+\}", "", english), "a template without a word fits anything"
            assert " '" not in french.replace("`'", "").replace(" 'l", "’"), french


def test_no_template_stands_in_two_rooms() -> None:
    rooms: dict[tuple[str, str], str] = {}
    for path in CATALOGUES:
        for group, pairs in read_document(path.read_text("utf-8"), path.name).data.items():
            for english in pairs:
                assert rooms.setdefault((group, english), path.parent.name) == path.parent.name, english


def test_what_no_template_fits_is_said_as_it_is() -> None:
    unknown = "a sentence that nobody wrote, or that somebody changed"
    assert FRENCH.told(unknown) == unknown
    assert FRENCH.find(unknown) is None
    assert FRENCH.find("") is None
    assert words("en")["messages"].told("keep one of the two") == "keep one of the two"


def test_holes_are_carried_over() -> None:
    assert FRENCH.told(did_you_mean("nodde", ["node"])) == "vouliez-vous dire `node`\u202f?"
    many = listed([f"key{n}" for n in range(20)], "lca keys training")
    assert FRENCH.told(f"known keys: {many}").endswith("key11 et 8 autres\u00a0: `lca keys training`")
    inner = "scenario `far`: training.a: `duration` and `estimated` both say how much work it is (line 7)"
    french = "`duration` et `estimated` disent tous combien de travail c’est"
    assert FRENCH.told(inner) == f"scénario `far`\u00a0: training.a\u00a0: {french} (ligne 7)"
    several = "the log holds 3 runs; they are added up by project, place and machine: 2 activities"
    assert FRENCH.told(several).endswith("par projet, lieu et machine\u00a0: 2 activités")
    repeated = "duration must be above 0 where energy is logged (0.5 kWh) (so too in 1 other row)"
    assert FRENCH.told(repeated).endswith("(0,5 kWh) (de même à 1 autre ligne)")


def test_a_users_words_are_nobodys_to_translate() -> None:
    assert FRENCH.told("`this and that: 1.5` is not a number") == "`this and that: 1.5` n’est pas un nombre"
    assert FRENCH.told("the descriptor is pinned to catalogue 2026.1, installed is 2026.2").count("2026.1") == 1
    assert "supérieure à 0,5 kW" in FRENCH.told("the value must be above 0.5 kW")
    assert "estimées à 32,0\u202f%" in FRENCH.told(
        "the exclusions and cut-offs are estimated at 32.0% of the total, above 5%"
    )


def test_a_very_long_text_is_answered_soon() -> None:
    assert FRENCH.find(": ".join(["or and of; "] * 20_000)) is None
    assert FRENCH.find(f"`{'a: b; ' * 20_000}` is not a number") is not None


def test_a_problem_is_told_whole() -> None:
    place = Location("projet.yaml", 3, 1)
    problem = Problem(place, "LCA606", "the stage inference is neither described nor excluded", "keep one of the two")
    signs = words("fr")["problem_line"]
    assert FRENCH.of(problem).on_one_line(signs["warning"], signs["hint"]) == (
        "projet.yaml:3:1: LCA606 avertissement\u00a0: l’étape `inference` n’est ni décrite ni exclue\u202f; gardez l’un des deux"
    )
    english = words("en")["problem_line"]
    assert problem.on_one_line(english["warning"], english["hint"]) == str(problem)
    assert "LCA606" in CODES.keys() - STRICT


@pytest.mark.parametrize("path", sorted((ROOT / "projects").glob("*.yaml")), ids=lambda path: path.stem)
def test_no_english_sentence_stands_in_a_french_report(path: Path) -> None:
    page = re.sub(r"<[^>]+>", " ", report_html(path, "fr"))
    pieces = [
        max((piece for piece in re.split(r"\{\w+\}", english)), key=len)
        for catalogue in CATALOGUES
        for english in read_document(catalogue.read_text("utf-8"), catalogue.name).data["sentences"]
    ]
    telling = [piece for piece in pieces if len(piece) > 20 and ENGLISH.search(piece)]
    assert len(telling) > 500
    assert PAGE_DRAWS
    assert [piece for piece in telling if piece.replace("'", "&#39;") in page] == []


def test_problems_of_a_study_are_told_in_french_by_their_words() -> None:
    with pytest.raises(ProblemsFound) as found:
        lca.read("descriptor: 1\nproject: {name: x, start: 2026-01}\nsites: {a: {locaton: FR}}\n").assess(0)
    told = [FRENCH.of(problem).message for problem in found.value.problems]
    assert "la clé `locaton` est inconnue dans sites.a" in told

"""A profile that contradicts itself is told with its place, all at once; so is what is no profile."""

from __future__ import annotations

import pytest

from lca.files.answering import read_call
from lca.files.shipped import words
from lca.problems import Problem, ProblemsFound

#: A profile in which every line that a comment marks is wrong.
CONTRADICTORY = """\
call: 1
name: {en: A call}
deadline: {date: "2025-12-31"}
language: {code: fr}
catalogue: {version: "2026.9", factors: embre}
law:
  acts: [art17_screening, cca_8_2_x, ce_4_1]
  date: "2026-01-01"
stages: {required: [training, inference], left_out: [inference, storage]}
functional_unit: {quantities: [1 request, 1 xyzzy, 0 token], nouns: [kg]}
annex: {form: horizon-erope, order: [results, money, results]}
pages: {most: 1}
sections: {left_out: [benefit, checklist, money]}
dnsh: {scored: true}
adverse: {open: nothing is said, rebound: 0.2}
reference: {source: {title: {fr: une page}}}
"""


def told(text: str) -> list[tuple[int, int, str]]:
    return [(p.location.line, p.location.column, p.code) for p in found_in(text)]


def found_in(text: str) -> tuple[Problem, ...]:
    try:
        return tuple(read_call("call.yaml", text)[1])
    except ProblemsFound as found:
        return found.problems


def test_all_contradictions_are_told_at_their_places() -> None:
    assert told(CONTRADICTORY) == [
        (2, 1, "LCA202"),  # a name without the language of the call
        (3, 18, "LCA931"),  # before the text of the law
        (5, 22, "LCA506"),
        (5, 41, "LCA507"),
        (7, 27, "LCA401"),
        (9, 54, "LCA931"),  # required and not asked for
        (10, 43, "LCA302"),
        (10, 52, "LCA304"),
        (10, 70, "LCA404"),
        (11, 15, "LCA401"),
        (11, 47, "LCA931"),  # left out and in the order
        (11, 54, "LCA931"),  # twice
        (12, 15, "LCA931"),  # shorter than any dossier
        (13, 23, "LCA931"),  # page one prints the gain
        (13, 32, "LCA931"),  # page one prints the checklist
        (15, 11, "LCA402"),  # open, and a rule
        (16, 1, "LCA402"),  # no rule
    ]


def test_each_contradiction_says_what_would_be_right() -> None:
    hints = {(p.location.line, p.location.column): p.hint for p in found_in(CONTRADICTORY)}
    assert hints[5, 41] == "did you mean `ember`?"
    assert hints[11, 15] == "did you mean `horizon-europe`?"
    assert hints[13, 23] == "print it, or add `gain` to `page_one: {left_out: [...]}`"
    assert all(hints.values())


def test_each_contradiction_is_said_in_french() -> None:
    french = words("fr")["messages"]
    for problem in found_in(CONTRADICTORY):
        assert french.find(problem.message) is not None, problem.message
        assert french.find(problem.hint) is not None, problem.hint


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("", (1, 1), "LCA105"),
        ("call: 1\nname: X\ndealine: {date: '2027-01-01'}\n", (3, 1), "LCA201"),
        ("call: 2\nname: X\n", (1, 7), "LCA204"),
        ("call: 1\n", (1, 1), "LCA202"),
        ("call: 1\nname: X\ndeadline: {date: soon}\n", (3, 18), "LCA205"),
        ("call: 1\nname: X\ndeadline: {date: '2027-02-30'}\n", (3, 18), "LCA405"),
        ("call: 1\nname: &a X\nnotes: [*a]\n", (2, 7), "LCA106"),
        ("call: 1\nname: X\nstages: {required: [trainings]}\n", (3, 21), "LCA204"),
        ("call: 1\nname: X\nadverse: {rebound: 1.2}\n", (3, 20), "LCA205"),
        ("call: 1\nname: X\nannex: {form: ../../secret.yaml}\n", (3, 15), "LCA205"),
        ("call: 1\nname: X\nsections: {left_out: [limits]}\n", (3, 23), "LCA204"),
        ("call: 1\nname: X\nlaw: {acts: [cca_8_1], date: '2021-12-31'}\n", (3, 14), "LCA931"),
        ("call: 1\nname: X\nlaw: {acts: [cca_8_1]}\ndeadline: {date: '2021-12-31'}\n", (3, 14), "LCA931"),
        ("call: 1\nname: X\npage_one: {left_out: [checklist]}\ndnsh: {scored: true}\n", (3, 23), "LCA931"),
    ],
)
def test_what_is_no_profile_is_told_at_its_place(text: str, place: tuple[int, int], code: str) -> None:
    assert (*place, code) in told(text)


def test_a_misspelt_rule_is_suggested() -> None:
    (problem,) = found_in("call: 1\nname: X\ndealine: {date: '2027-01-01'}\n")
    assert problem.hint == "did you mean `deadline`?"


def test_what_is_left_of_a_template_is_a_doubt() -> None:
    profile, doubts = read_call("call.yaml", "call: 1\nname: <name of the call>\n")
    assert profile.name == "<name of the call>"
    assert [(p.location.line, p.location.column, p.code) for p in doubts] == [(2, 7, "LCA614")]


def test_a_profile_without_a_contradiction_has_none() -> None:
    text = CONTRADICTORY.replace("{en: A call}", "{fr: Un appel}")
    for wrong, right in (
        ("2025-12-31", "2027-12-31"),
        ("2026.9", "2026.1"),
        ("embre", "ember"),
        (", cca_8_2_x", ""),
        ("[inference, storage]", "[storage]"),
        (", 1 xyzzy, 0 token], nouns: [kg]", ", 1 conseil], nouns: [conseil]"),
        ("erope", "europe"),
        ("money, results]", "goal]"),
        ("most: 1", "most: 2"),
        ("[benefit, checklist, money]", "[money]"),
        (", rebound: 0.2", ""),
        ("{source: ", "{effects: true, source: "),
    ):
        assert wrong in text
        text = text.replace(wrong, right)
    profile, doubts = read_call("call.yaml", text)
    assert doubts == []
    assert profile.law is not None
    assert profile.law.acts == ("art17_screening", "ce_4_1")

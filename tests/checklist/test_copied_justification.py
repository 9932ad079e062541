"""One justification under rows on several objectives is told at each later row; what is alike for good reasons is not."""

from __future__ import annotations

import pytest
from conftest import AS_OF, ROOT

import lca

HEAD = """descriptor: 1
project: {name: Copied, start: 2024-01}
sites: {lab: {location: FR}}
training: {model: {energy: 10 kWh, site: lab}}
checklist:
  answers:
"""
SAME = "The charter of the group covers this point and all the others of the list."


def told(*rows: str) -> list[tuple[int, int, str]]:
    text = HEAD + "".join(f"    {row}\n" for row in rows)
    problems = lca.read(text, name="p.yaml").assess(0, as_of=AS_OF).problems
    return [(p.location.line, p.location.column, p.message) for p in problems if p.code == "LCA617"]


def test_each_later_row_on_another_objective_is_told() -> None:
    found = told(
        f"art17-wtr: {{answer: yes, justification: {SAME}}}",
        f"art17-bio: {{answer: partial, justification: '  {SAME.upper()} '}}",
        f"art17-ppc: {{answer: yes, justification: {SAME}}}",
    )
    assert [(line, column) for line, column, _ in found] == [(8, 49), (9, 45)]
    assert (
        found[0][2]
        == "the justification of art17-bio is word for word that of art17-wtr, which is on another objective"
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"cca81-dnsh-ce-2: {{answer: yes, justification: {SAME}}}", f"ccm82-dnsh-ce-2: {{answer: yes, justification: {SAME}}}"),
        (f"art17-wtr: {{answer: no, justification: {SAME}}}", f"art17-bio: {{answer: no, justification: {SAME}}}"),
        ("art17-wtr: {answer: yes, justification: Too short.}", "art17-bio: {answer: yes, justification: Too short.}"),
        (f"art17-wtr: {{answer: yes, justification: {SAME}}}", f"art17-bio: {{answer: yes, justification: Here {SAME}}}"),
    ],
    ids=["one objective", "answers that claim nothing", "too short to say anything", "other words"],
)  # fmt: skip
def test_what_is_alike_for_good_reasons_is_not_told(first: str, second: str) -> None:
    assert told(first, second) == []


@pytest.mark.parametrize("name", ["transition-call", "call/good", "call/consortium"])
def test_no_honest_example_is_told(name: str) -> None:
    problems = lca.load(ROOT / "projects" / f"{name}.yaml").assess(0, as_of=AS_OF).problems
    assert "LCA617" not in {p.code for p in problems}

"""The invented dossiers of benchmarks/: the same again from a seed, sound without faults, and each planted fault is told."""

from __future__ import annotations

import difflib
import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from conftest import AS_OF, ROOT

import lca

sys.path.insert(0, str(ROOT / "benchmarks"))
import dossiers
from applicants.faults import CODES, REPEATED
from applicants.grammar import rules_of
from applicants.plan import BORNE, STOPPING, WAYS, Plan, planned, tree_of
from dossiers import Dossier, dossier

SEED = 2026
#: One dossier of each way of working in each language, and some more.
PLANS = [planned(SEED, number) for number in range(1, 3000)]
SOUND = [plan for plan in PLANS if not plan.faults]


def _told(one: Dossier) -> tuple[set[str], set[str]]:
    """Return the codes of errors, and all codes that a check of a dossier and its assessment tell."""
    study = lca.read(one.text, name=one.name)
    problems = study.problems_on(AS_OF)
    errors = {problem.code for problem in problems if problem.severity == "error"}
    return errors, {problem.code for problem in problems}


def _first(kind: str) -> Dossier:
    found = (dossier(plan.number, SEED) for plan in PLANS if kind in plan.faults and plan.number > 200)
    return next(one for one in found if any(fault.kind == kind for fault in one.faults))


def _one_of_each_way() -> Iterator[Plan]:
    for language in ("fr", "en"):
        for way in WAYS:
            if way != "minimal":
                yield next(plan for plan in SOUND if (plan.language, plan.way) == (language, way))


def test_the_same_seed_gives_the_same_bytes_in_another_process() -> None:
    code = "import dossiers, hashlib; print(hashlib.sha256(repr([*dossiers.dossiers(12, 7)]).encode()).hexdigest())"
    where = {**os.environ, "PYTHONPATH": f"{ROOT / 'benchmarks'}", "PYTHONHASHSEED": "4"}
    other = subprocess.run([sys.executable, "-c", code], env=where, capture_output=True, text=True, check=True)
    here = [*dossiers.dossiers(12, 7)]
    assert other.stdout.strip() == hashlib.sha256(repr(here).encode()).hexdigest()
    assert here != [*dossiers.dossiers(12, 8)]


def test_a_dossier_does_not_depend_on_how_many_are_asked_for() -> None:
    all_of_them = [*dossiers.dossiers(30, SEED)]
    assert [*dossiers.dossiers(5, SEED)] == all_of_them[:5]
    assert ("00030.yaml", dossier(30, SEED).text) == all_of_them[-1]


def test_what_is_planted_is_written_beside_the_dossiers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    truth = tmp_path / "truth.json"
    monkeypatch.setattr(sys, "argv", ["dossiers.py", str(tmp_path / "all"), "--number", "40", "--truth", str(truth)])
    dossiers.main()
    known = json.loads(truth.read_text("utf-8"))
    assert [one["file"] for one in known] == sorted(path.name for path in (tmp_path / "all").iterdir())
    assert [one["file"] for one in known if one["faults"]] == [p.name for p in PLANS[:40] if dossier(p.number).faults]


@pytest.mark.parametrize("plan", list(_one_of_each_way()), ids=lambda plan: f"{plan.language}-{plan.way}")
def test_a_dossier_without_faults_is_read_and_assessed(plan: Plan) -> None:
    one = dossier(plan.number, SEED)
    assessment = lca.read(one.text, name=one.name).assess(draws=0, as_of=AS_OF)
    codes = {problem.code for problem in assessment.problems}
    assert not codes & set(CODES.values())
    assert assessment.footprint.totals["gwp100"].total is not None


@pytest.mark.parametrize("kind", sorted(CODES))
def test_a_planted_fault_is_told(kind: str) -> None:
    one = _first(kind)
    errors, codes = _told(one)
    assert {fault.code for fault in one.faults if fault.code} <= codes
    assert bool(errors) is (kind in STOPPING)


@pytest.mark.parametrize("kind", sorted(REPEATED))
def test_a_repetition_names_the_dossier_that_it_repeats(kind: str) -> None:
    one = _first(kind)
    fault = next(fault for fault in one.faults if fault.kind == kind)
    other = dossier(int(fault.of.removesuffix(".yaml")), SEED)
    assert not other.faults
    assert other.plan.number < one.plan.number
    ours, theirs = (yaml.load(each.text, Loader=yaml.BaseLoader) for each in (one, other))
    for key in fault.path.split("."):
        ours, theirs = ours[key], theirs[key]
    if kind == "claimed-twice":
        assert theirs["id"]
        assert {**theirs, "id": ""} == {**ours, "id": ""}
    elif kind == "copied-justification":
        assert ours == theirs
    else:
        assert ours != theirs
        assert difflib.SequenceMatcher(None, ours, theirs).ratio() > 0.6


def test_no_justification_repeats_another_by_chance() -> None:
    texts = Counter(
        answer["justification"]
        for plan in SOUND[:150]
        for answer in tree_of(plan).get("checklist", {}).get("answers", {}).values()
    )
    assert len(texts) > 1000
    assert texts.most_common(1)[0][1] == 1


@pytest.mark.parametrize(("kind", "rate"), [*STOPPING.items(), *BORNE.items()])
def test_faults_come_as_often_as_is_said(kind: str, rate: float) -> None:
    drawn = sum(kind in plan.faults for plan in PLANS if plan.way != "minimal" or kind != "silent-stages")
    of = len(PLANS) * rate / 100
    assert abs(drawn - of) < 4 * of**0.5


def test_both_languages_have_the_same_rules() -> None:
    french, english = rules_of("fr"), rules_of("en")
    assert french.keys() == english.keys()
    assert {name: domain.keys() for name, domain in french["domains"].items()} == {
        name: domain.keys() for name, domain in english["domains"].items()
    }

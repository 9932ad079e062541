"""The dossier of the workshop: what its key says that the program finds is found at its line, and nothing else is said."""

from __future__ import annotations

import datetime
import io
from typing import Any

import pypdf
import pytest
import yaml
from conftest import ROOT

import lca
from lca.descriptor.document import read_document

CALL = ROOT / "projects" / "call"
FLAWED = CALL / "flawed.yaml"
DAY = datetime.date(2026, 12, 1)
KEY: dict[str, dict[str, Any]] = yaml.safe_load((CALL / "flawed-key.yaml").read_text("utf-8"))["faults"]
BY_PROGRAM = {name: fault for name, fault in KEY.items() if fault["found_by"] == "program"}
BY_PERSON = {name: fault for name, fault in KEY.items() if fault["found_by"] == "person"}
LINES = FLAWED.read_text("utf-8").splitlines()

#: What would be right, as lines of the dossier: what each fault that the program finds is mended by.
MENDED = {
    "old-catalogue": ('catalogue: "2026.1"', 'catalogue: "2026.2"'),
    "neutral": ("    Avec lui, nos gymnases sont neutres en carbone pour leurs usagers.\n", ""),
    "no-trials": (
        "inference:\n",
        "experiments:\n  essais: {repeats: training.modele, runs: 20, relative_duration: 0.5}\ninference:\n",
    ),
    "announced-footprint": ("value: 95 kgCO2e", "value: 940 kgCO2e"),
    "long-horizon": ("horizon: 12 year", "horizon: 4 year"),
    "narrow-range": ("range95: [3880 MWh/year, 3920 MWh/year]", "range95: [3000 MWh/year, 4900 MWh/year]"),
    "pilot-in-name": (
        "evidence: pilot\n",
        "evidence: pilot\n      trial: {number: 6, period: hiver, comparison: control, correction: degrés-jours, population: x}\n",
    ),
    "copied-justification": (
        LINES[KEY["copied-justification"]["line"] - 1],
        "      justification: L’hébergeur écrit que son centre n’est pas dans une zone protégée ni à côté d’une telle zone.",
    ),
}  # fmt: skip


def told(text: str) -> set[tuple[int, str]]:
    """Return lines and codes of all that is said of the dossier of the workshop with another text, by its call."""
    study = lca.read(text, name="flawed.yaml", folder=CALL, call=CALL / "call.yaml")
    return {(p.location.line, p.code) for p in study.problems_on(DAY)}


def expected(faults: dict[str, dict[str, Any]]) -> set[tuple[int, str]]:
    return {(fault["line"], code) for fault in faults.values() for code in fault["codes"]}


def test_there_are_twelve_faults_of_distinct_kinds_at_places_that_exist() -> None:
    assert len(KEY) == len({fault["kind"]["fr"] for fault in KEY.values()}) == 12
    assert (len(BY_PROGRAM), len(BY_PERSON)) == (8, 4)
    assert len({fault["line"] for fault in KEY.values()}) == 12
    assert set(MENDED) == set(BY_PROGRAM)
    assert not any(fault["codes"] for fault in BY_PERSON.values())
    document = read_document(FLAWED.read_text("utf-8"), "flawed.yaml")
    for name, fault in KEY.items():
        if name not in ("no-trials", "neutral"):  # a stage that is not there, and a line within a text
            path = tuple(fault["where"].split("."))
            assert fault["line"] in (document.at(path).line, document.key_at(path).line), name


def test_the_program_finds_what_the_key_says_and_nothing_more() -> None:
    assert told(FLAWED.read_text("utf-8")) == expected(BY_PROGRAM)


@pytest.mark.parametrize("name", MENDED)
def test_a_fault_that_is_mended_is_no_longer_told_and_the_others_are(name: str) -> None:
    text = FLAWED.read_text("utf-8")
    assert text.count(MENDED[name][0]) in (1, 2)  # a justification that is copied stands twice
    before, _, after = text.rpartition(MENDED[name][0])
    codes = {code for _, code in told(before + MENDED[name][1] + after)}
    assert codes == {code for _, code in expected(BY_PROGRAM)} - set(KEY[name]["codes"])


@pytest.mark.parametrize("name", ["good", "consortium"])
def test_no_check_that_finds_a_fault_is_raised_by_an_honest_dossier(name: str) -> None:
    study = lca.load(CALL / f"{name}.yaml")
    said = {p.code for p in study.problems_on(DAY)}
    assert said == ({"LCA826"} if name == "consortium" else set())  # a model stands behind its benefit, as it says


@pytest.mark.parametrize(
    ("file", "needed"),
    [
        ("gymnases.csv", "2025;3980;2045"),  # the cold year beside those that followed
        ("exploitant.txt", "nous les avons déclarées en totalité"),
        ("plan-dechets.pdf", "tombola"),
    ],
)
def test_a_person_who_opens_the_documents_sees_what_the_key_says(file: str, needed: str) -> None:
    content = (CALL / "evidence" / file).read_bytes()
    assert needed in (_text_of(content) if file.endswith(".pdf") else content.decode("utf-8"))


def _text_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)

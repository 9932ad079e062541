"""The dossier of the workshop: what its key says that the program finds is found at its line, and nothing else is said."""

from __future__ import annotations

import datetime
import io
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pypdf
import pytest
import yaml
from conftest import ROOT

import lca
from lca.cli.main import main
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


#: Who finds a fault, as each page of the workshop says it, and what stands between the codes and how.
WHO = {"en": ("the program", "**a person**", ": "), "fr": ("le programme", "**une personne**", " : ")}


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


@pytest.mark.parametrize(("language", "page"), [("en", "workshop.md"), ("fr", "workshop.fr.md")])
def test_the_tables_of_the_workshop_are_the_key(language: str, page: str) -> None:
    text, (program, person, colon) = (ROOT / "docs" / page).read_text("utf-8"), WHO[language]
    rows = []
    for number, fault in enumerate(KEY.values(), 1):
        codes = ", ".join(f"`{code}`" for code in fault["codes"])
        how = f"{codes}{colon if codes else ''}{fault['how'][language]}"
        who = program if codes else person
        rows.append(
            f"| {number} | {fault['kind'][language]} | {fault['line']} | {who} | {how} | {fault['right'][language]} |"
        )
    assert [line for line in text.splitlines() if line[2:3].isdigit() and line.count("|") == 7] == rows


@pytest.mark.parametrize("page", ["workshop.md", "workshop.fr.md"])
def test_the_commands_of_the_workshop_run(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(CALL, tmp_path / "call")
    monkeypatch.chdir(tmp_path / "call")
    lines = re.findall(r"^lca (check .*) # (\d)$", (ROOT / "docs" / page).read_text("utf-8"), re.MULTILINE)
    assert [main(shlex.split(command)) for command, _ in lines] == [int(status) for _, status in lines] == [0, 5]
    capsys.readouterr()
    commands = re.findall(
        r"`lca ((?:explain|assess|keys|dnsh|check) [^`]*)`", (ROOT / "docs" / page).read_text("utf-8")
    )
    assert len(commands) >= 5
    for command in commands:
        if ".yaml" in command or command.startswith("keys"):
            assert main(shlex.split(command)) == 0, command


def test_with_the_mean_of_the_later_bills_a_tenth_of_the_gain_is_left() -> None:
    """(4110 + 4020 + 3980) / 3 = 4036.7 MWh a year, so that 137 are saved and not 1300."""
    rows = (CALL / "evidence" / "gymnases.csv").read_text("utf-8").splitlines()
    later = [float(row.split(";")[1]) for row in rows if row.startswith("202")]
    assert sum(later) / 3 == pytest.approx(4036.7, abs=0.05)
    text, gas = FLAWED.read_text("utf-8"), []
    for amount in ("5200 MWh/year, range95: [5150 MWh/year, 5250 MWh/year]", "4040 MWh/year"):
        changed = text.replace("5200 MWh/year, range95: [5150 MWh/year, 5250 MWh/year]", amount)
        (line,) = lca.read(changed, name="flawed.yaml", folder=CALL).assess(0, as_of=DAY).benefit.physical
        gas.append(line.potential.value)
    assert gas[1] / gas[0] == pytest.approx(140 / 1300)

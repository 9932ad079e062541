"""What messages say: suggestions that are near, lists that are whole or say what they leave out, and JSON alone on request."""

from __future__ import annotations

import io
import json
import random
import string
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from lca.cli.main import main
from lca.descriptor.evidence_words import OF_A_QUANTITY, OF_AN_EFFECT
from lca.files.shipped import load_catalogue
from lca.problems import MOST_PROBLEMS, Location, Problem, ProblemsFound, did_you_mean, first_of, listed
from lca.quantities.units import spellings
from lca.subjects.benefit.declared import EVIDENCE_CLASSES

MINIMAL = (ROOT / "projects/minimal.yaml").read_text("utf-8")
BOOK = load_catalogue()[0]
PLACES = [*BOOK.zones, *BOOK.zones.values()]
ALEXNET = str(ROOT / "projects/alexnet-2012.yaml")
REFUSED = {"problems", "more"}
RESULT = {"unit", "value", "low95", "high95", "median", "steps"}
IN_MAP, IN_LIST = "LCA301 a comma inside { } separates keys; ", "LCA301 a comma inside [ ] separates entries; "


def digits(text: str) -> str:
    return "".join(c for c in text if c.isdecimal())


def suggested(word: str, known: list[str]) -> list[str]:
    return did_you_mean(word, known).split("`")[1::2]


def errors_of(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    path = tmp_path / "x.yaml"
    path.write_text(text, "utf-8")
    assert main(["check", str(path)]) == 1
    lines = capsys.readouterr().err.splitlines()
    return [line.removeprefix(f"{path}:") for line in lines if " warning: " not in line]


# Suggestions


@pytest.mark.parametrize("word", ["Orsay", "EU", "Nice", "Bali", "Berlin", "Lyon", "Rome", "Pau"])
def test_no_place_is_guessed_across_a_distance(word: str) -> None:
    assert did_you_mean(word, PLACES) == ""


@pytest.mark.parametrize(
    ("word", "right"), [("Norwya", "Norway"), ("Frnace", "France"), ("Finlande", "Finland"), ("germany", "Germany")]
)
def test_a_slip_of_the_pen_is_seen(word: str, right: str) -> None:
    assert suggested(word, PLACES) == [right]


@pytest.mark.parametrize("word", ["GPU", "vols", "heurs GPU", "images", "vol"])
def test_no_unit_is_guessed_across_a_distance(word: str) -> None:
    assert did_you_mean(word, spellings()) == ""


@pytest.mark.parametrize(
    ("word", "right"), [("kwhh", "kWh"), ("hurs", "hours"), ("kgCO2eq", "kgCO2e"), ("joul", "joule")]
)
def test_a_unit_misspelt_is_seen(word: str, right: str) -> None:
    assert suggested(word, list(spellings()))[0] == right


@pytest.mark.parametrize(
    ("word", "known", "right"),
    [
        ("RTX 4090", ["RTX A4000", "RTX 4080", "NVIDIA GeForce RTX 4090"], ["NVIDIA GeForce RTX 4090"]),
        ("RTX 4090", ["RTX A4000", "RTX 4080"], []),
        ("NVIDIA A100", ["NVIDIA B100", "NVIDIA P100"], []),
        ("A4000", ["K4000", "RTX 4000", "RTX A4000"], ["RTX A4000"]),
        ("RTX4090", ["RTX 4090"], ["RTX 4090"]),
        ("final_modle", ["final-model", "final"], ["final-model"]),
        ("gwp10", ["gwp100"], []),
    ],
)
def test_the_number_in_a_name_must_match(word: str, known: list[str], right: list[str]) -> None:
    assert suggested(word, known) == right


def test_a_suggestion_never_has_other_digits_than_the_word() -> None:
    draw, known = random.Random(2026), list(BOOK.names("processor"))
    for _ in range(400):
        letters = list(draw.choice(known))
        for _ in range(draw.randint(1, 3)):
            letters[draw.randrange(len(letters))] = draw.choice(string.ascii_letters + string.digits + " -")
        word = "".join(letters)
        assert all(digits(found) == digits(word) for found in suggested(word, known)), word


def test_a_list_is_whole_or_says_what_it_leaves_out() -> None:
    assert listed("abc") == "a, b, c"
    assert listed(string.ascii_lowercase[:13]) == ", ".join(string.ascii_lowercase[:13])
    assert listed(string.ascii_lowercase, "lca keys x").endswith("k, l and 14 more: `lca keys x`")


# Keys


def test_unknown_keys_name_the_command_that_lists_the_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (line,) = errors_of(MINIMAL + "inference:\n  chat: {vvvvvvvv: 1}\n", tmp_path, capsys)
    assert line.startswith("12:10: LCA201 the key `vvvvvvvv` is unknown in inference.chat; known keys: volume, ")
    assert line.endswith(" more: `lca keys inference`")
    assert main(["keys", "inference", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["keys"]) == line.count(", ") + 1 + int(line.split()[-5])


@pytest.mark.parametrize(
    ("path", "shown", "key"),
    [
        ("", "", "project"),
        ("inference", "inference.NAME", "volume"),
        ("training.final-model", "training.NAME", "duration"),
        ("training.final-model.duration", "training.NAME.duration", "range95"),
        ("machines.gpu", "machines.NAME.gpu", "model"),
        ("machines.gpu.gpu", "machines.NAME.gpu", "model"),
        ("scenarios.abroad.sites", "scenarios.NAME.sites.NAME", "location"),
        ("checklist.answers.art17-ccm.evidence.0", "checklist.answers.NAME.evidence", "type"),
    ],
)
def test_keys_at_a_place(path: str, shown: str, key: str, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["keys", path] if path else ["keys"]
    assert main([*command, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["path"] == shown
    (known,) = [each for each in found["keys"] if each["name"] == key]
    assert known["description"]
    assert known["example"]
    assert main(command) == 0
    assert f"\n  {key} " in capsys.readouterr().out


def test_keys_of_no_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys", "inferense"]) == 1
    error = capsys.readouterr().err
    assert error == "lca keys: there is no key `inferense` in `inferense`; did you mean `inference`?\n"


# Commas


@pytest.mark.parametrize(
    ("site", "said"),
    [
        ("{location: FR, pue: 1,21}", [f'6:32: {IN_MAP}write `1.21` or quote it: `"1,21"`']),
        ("{location: FR, pue: {value: 1,2}}", [f'6:40: {IN_MAP}write `1.2` or quote it: `"1,2"`']),
        (
            "{pue: 1,3, wue: 0,3 L/kWh, location: FR}",
            [
                f'6:18: {IN_MAP}write `1.3` or quote it: `"1,3"`',
                f'6:28: {IN_MAP}write `0.3 L/kWh` or quote it: `"0,3 L/kWh"`',
            ],
        ),
        (
            "{location: FR, pue: {value: 1.2, range95: [1,1, 1,3]}}",
            [
                f'6:55: {IN_LIST}write `1.1` or quote it: `"1,1"`',
                f'6:60: {IN_LIST}write `1.3` or quote it: `"1,3"`',
            ],
        ),
        (
            "{location: FR, wue: {value: 0.3 L/kWh, source: the host, by letter}}",
            [f'6:67: {IN_MAP}quote the text: `"the host, by letter"`'],
        ),
    ],
)
def test_a_comma_in_braces_is_told_as_such(
    site: str, said: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "\n  paris: {location: FR}\n" in MINIMAL
    assert errors_of(MINIMAL.replace("{location: FR}", site), tmp_path, capsys) == said


def test_a_comma_of_thousands_is_not_read_as_a_point(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (line,) = errors_of(MINIMAL.replace("72 h", "1,500 h"), tmp_path, capsys)
    assert line == f"10:39: {IN_MAP}write `1.500 h`, or `1500 h` where the comma sets thousands apart"
    (line,) = errors_of(MINIMAL.replace("72 h", "1,000,000 s"), tmp_path, capsys)
    assert line == f"10:39: {IN_MAP}write `1000000 s`"


def test_a_list_of_whole_numbers_stays_one(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(MINIMAL.replace("72 h", "{value: 72 h, pedigree: [1,2,1,2,1]}"), "utf-8")
    assert main(["check", str(path)]) == 0


# Evidence


def test_both_vocabularies_of_evidence_are_explained() -> None:
    assert set(OF_AN_EFFECT) == set(EVIDENCE_CLASSES)
    assert set(OF_A_QUANTITY) == {"measured", "calculated", "estimated", "proxy"}


def test_a_word_of_the_other_vocabulary_is_said_to_be_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (line,) = errors_of(MINIMAL.replace("72 h", "{value: 72 h, evidence: pilot}"), tmp_path, capsys)
    assert line.startswith("10:61: LCA204 training.final-model.duration.evidence cannot be `pilot`; ")
    assert "`pilot` is evidence of an effect" in line
    assert all(f"`{word}` ({meaning})" in line for word, meaning in OF_A_QUANTITY.items())
    benefit = "benefit:\n  horizon: 1 year\n  reference: {description: as before}\n  effects:\n"
    effect = "    less: {quantity: 1 tCO2e/year, evidence: estimated}\n"
    (line,) = errors_of(MINIMAL + benefit + effect, tmp_path, capsys)
    assert line.startswith("15:46: LCA204 benefit.effects.less.evidence cannot be `estimated`; ")
    assert "`estimated` is evidence of a quantity" in line
    assert all(f"`{word}` ({meaning})" in line for word, meaning in OF_AN_EFFECT.items())


# JSON


@pytest.mark.parametrize(
    ("command", "status", "keys"),
    [
        ("check " + ALEXNET, 0, REFUSED),
        ("methods " + ALEXNET, 0, {"methods", "sci_per_functional_unit", "sci_lacks", "this_program"}),
        (f"explain {ALEXNET} energy --draws 0", 0, {"figure", *RESULT}),
        ("factors search gtx 580", 0, {"factors", "instances"}),
        ("factors show electricity/FR/2020", 0, {"key", "factors"}),
        ("formula", 0, {"formulas"}),
        ("formula site_electricity", 0, {"name", "expression", "unit", "summary", "inputs", "source"}),
        ("formula site_electricity it_electricity=10kWh pue=1.2", 0, {"formula", *RESULT}),
        ("formula site_electricity it_electricity=10kWh pue=x", 1, REFUSED),
        ("formula no_such", 1, REFUSED),
        ("factors show no/such", 1, REFUSED),
        (f"explain {ALEXNET} no-such --draws 0", 1, REFUSED),
        ("keys no-such", 1, REFUSED),
        (f"compare {ROOT}/projects/minimal.yaml --draws 0", 2, REFUSED),
        *((f"{command} none.yaml", 1, REFUSED) for command in ("assess", "dnsh", "methods", "check")),
    ],
)
def test_json_stands_alone_on_standard_output(
    command: str, status: int, keys: set[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command.split(), "--json"]) == status
    captured = capsys.readouterr()
    found = json.loads(captured.out)
    assert captured.err == ""
    assert set(found) == keys
    assert not status or found["problems"][0]["severity"] == "error"


# Standard input


def give(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


def test_a_descriptor_on_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    give(monkeypatch, MINIMAL.replace("on: node", "on: nodde").encode())
    assert main(["check", "-"]) == 1
    assert "<stdin>:10:21: LCA401 `nodde` is not one of the machines; did you mean `node`?" in capsys.readouterr().err
    document = "        - {type: waste_management_plan, title: Plan, file: plan.txt}\n"
    text = f"{MINIMAL}checklist:\n  answers:\n    art17-ce:\n      answer: yes\n      evidence:\n{document}"
    give(monkeypatch, text.encode())
    assert main(["check", "-"]) == 1
    assert "<stdin>:16:60: LCA406 `plan.txt`: " in capsys.readouterr().err
    (tmp_path / "plan.txt").write_text("Our plan.", "utf-8")
    give(monkeypatch, text.encode())
    assert main(["check", "-"]) == 0


@pytest.mark.parametrize(("content", "code"), [(b"\xff\xfe", "LCA103"), (b"#" * 1_000_001, "LCA102")])
def test_what_is_no_descriptor_on_standard_input(
    content: bytes, code: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    give(monkeypatch, content)
    assert main(["check", "-"]) == 1
    assert capsys.readouterr().err.startswith(f"<stdin>:1:1: {code} ")


# Sizes


def words(number: int) -> list[str]:
    draw = random.Random(1)
    return ["".join(draw.choices(string.ascii_lowercase, k=8)) for _ in range(number)]


def test_errors_are_told_before_warnings() -> None:
    warnings = [Problem(Location("a", 2, n), "LCA606", str(n)) for n in range(1, 200)]
    told, more = first_of([*warnings, Problem(Location("a", 3, 1), "LCA501", "last")])
    assert (len(told), more) == (MOST_PROBLEMS, 100)
    assert told[-1].message == "last"
    assert str(ProblemsFound(warnings)).endswith("\nand 99 more")


def test_a_megabyte_of_wrong_keys_is_answered_soon(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keys = dict.fromkeys(words(80_000))
    path = tmp_path / "x.yaml"
    path.write_text(MINIMAL + "".join(f"{key}: 1\n" for key in keys), "utf-8")
    assert main(["check", str(path), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (len(found["problems"]), found["more"]) == (MOST_PROBLEMS, len(keys) - MOST_PROBLEMS)
    assert found["problems"][0]["line"] == 11


def test_too_many_scenarios_are_refused_before_anything_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenarios = "".join(f"  s{n}: {{project: {{summary: 'text {n} of something longer'}}}}\n" for n in range(2000))
    (line,) = errors_of(f"{MINIMAL}wrong: 1\nscenarios:\n{scenarios}", tmp_path, capsys)
    assert line.startswith("12:1: LCA205 the descriptor has 2000 scenarios, at most 50 are read; keep those")


@pytest.mark.parametrize("value", ["{location: FR}", "null"])
def test_a_scenario_of_many_names_is_answered_soon(
    value: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = words(5000)
    sites = "".join(f"  {name}: {{location: FR}}\n" for name in names[:3000])
    changed = "".join(f"      {name}: {value}\n" for name in names[3000:])
    text = MINIMAL.replace("sites:\n", f"sites:\n{sites}") + f"scenarios:\n  a:\n    sites:\n{changed}"
    lines = errors_of(text, tmp_path, capsys)
    assert lines[0].startswith("3014:7: LCA903 scenario `a` ")
    assert len([line for line in lines if "LCA903" in line]) == MOST_PROBLEMS


def test_a_log_of_short_rows_stops_early(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "emissions.csv"
    path.write_text("timestamp,duration,energy_consumed,emissions,country_iso_code\n" + "1\n" * 2_000_000, "utf-8")
    assert main(["import", "codecarbon", str(path)]) == 1
    first, *lines, more = capsys.readouterr().err.splitlines()
    assert first.startswith(f"{path}:1:1: LCA205 so much is wrong that nothing is read from line 10002 on")
    assert len(lines) == MOST_PROBLEMS - 1
    assert more == "and 9901 more"

"""Names as machines print them: recognised as the named model, asked about, or refused; never another model."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from conftest import ROOT, Assess
from hypothesis import given, settings
from hypothesis import strategies as st

from lca.catalogue.names import fold
from lca.cli.main import main
from lca.files.shipped import catalogue

BOOK = catalogue()
with (ROOT / "factors/processor_names.csv").open(encoding="utf-8") as file:
    PRINTED = list(csv.DictReader(file))

A100, H100 = "nvidia-a100-sxm4-80-gb", "nvidia-h100-sxm5-80gb"


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("NVIDIA A100-SXM4-80GB", A100),
        ("4 x NVIDIA A100-SXM4-80GB", A100),
        ("nvidia_a100_sxm4_80gb", A100),
        ("A100 SXM4 80 GiB", A100),
        ("NVIDIA A100 80GB PCIe", "nvidia-a100-pcie-80-gb"),
        ("Tesla V100-SXM2-32GB", "nvidia-tesla-v100-sxm2-32-gb"),
        ("Tesla V100-PCIE-16GB", "nvidia-tesla-v100-pcie-16-gb"),
        ("NVIDIA H100 80GB HBM3", H100),
        ("NVIDIA H100 NVL", "nvidia-h100-nvl"),
        ("Tesla P100-SXM2-16GB", "nvidia-tesla-p100-sxm2"),
        ("RTX 2080 Ti", "nvidia-geforce-rtx-2080-ti-11gb"),
        ("GeForce RTX 3090", "nvidia-geforce-rtx-3090"),
        ("AMD Instinct MI250X", "amd-radeon-instinct-mi250x"),
        ("AMD EPYC 7763 64-Core Processor", "cpu-amd-epyc-7763"),
        ("Intel(R) Xeon(R) Gold 6226R CPU @ 2.90GHz", "cpu-intel-xeon-gold-6226r"),
        ("11th Gen Intel(R) Core(TM) i5-1135G7 @ 2.40GHz", "cpu-intel-core-i5-1135g7"),
        ("AMD Ryzen 5 3400G with Radeon Vega Graphics", "cpu-amd-ryzen-5-3400g"),
        ("GH200", "nvidia-gh200"),
        ("B200", "nvidia-b200"),
    ],
)
def test_a_name_is_that_of_its_model(name: str, identifier: str) -> None:
    match = BOOK.named_processor(name)
    assert (match.kind, match.identifier) == ("exact", identifier)


@pytest.mark.parametrize("row", PRINTED, ids=lambda row: row["name"])
def test_every_printed_name_is_what_its_row_says(row: dict[str, str]) -> None:
    match = BOOK.named_processor(row["name"])
    assert match.kind == row["match"]
    assert match.identifier == (row["identifier"] if row["match"] in ("exact", "proxy") else "")


@pytest.mark.parametrize("name", ["NVIDIA H100", "gpu:A100.80gb", "NVIDIA GeForce RTX 2070"])
def test_a_name_of_several_models_is_asked_about(name: str) -> None:
    match = BOOK.named_processor(name)
    assert match.kind == "ambiguous"
    assert match.candidates


@pytest.mark.parametrize(
    "name", ["Unknown", "Intel(R) Xeon(R) CPU @ 2.20GHz", "NVIDIA A100 SXM4 96GB", "RTX 9999", "", "x"]
)
def test_what_names_no_model_is_none(name: str) -> None:
    assert BOOK.named_processor(name).kind == "none"


#: Names that mean another model by where they stand, as in a cluster's list of partitions; only as they are written.
BY_CONTEXT = {fold(row["name"]) for row in PRINTED}
SPELLED = sorted(
    set(map(BOOK.processors.names.label, BOOK.processors.names.identifiers))
    - {label for label in (row["label"] for row in PRINTED) if fold(label) in BY_CONTEXT}
)


@settings(max_examples=300)
@given(st.sampled_from(SPELLED), st.data())
def test_respelling_never_changes_the_match(label: str, data: st.DataObject) -> None:
    before = BOOK.processors.names.find(label)
    text = re.sub(r"[ -]", lambda _: data.draw(st.sampled_from([" ", "-", "_", "  "])), label)
    text = data.draw(st.sampled_from([text, text.upper(), text.lower()]))
    text = data.draw(st.sampled_from(["", "2 x ", "8 x "])) + text
    text = re.sub(
        r"(?i)\b(intel|nvidia|core|xeon)\b", lambda m: m[0] + data.draw(st.sampled_from(["", "(R)", "(TM)"])), text
    )
    after = BOOK.processors.names.find(text)
    assert (after.kind, after.identifier, after.candidates) == (before.kind, before.identifier, before.candidates)


def test_no_two_models_share_a_folded_name() -> None:
    labels: dict[object, str] = {}
    for identifier in BOOK.processors.names.identifiers:
        label = BOOK.processors.names.label(identifier)
        folded = fold(label)
        assert folded.core, label
        assert labels.setdefault(folded, identifier) == identifier, label


@settings(max_examples=200)
@given(st.sampled_from(SPELLED), st.integers(0, 9), st.data())
def test_a_suggestion_never_has_other_digits(label: str, digit: int, data: st.DataObject) -> None:
    places = [place for place, sign in enumerate(label) if sign.isdecimal()]
    if not places:
        return
    place = data.draw(st.sampled_from(places))
    wrong = f"{label[:place]}{digit}{label[place + 1 :]} mistyped"
    for suggested in re.findall(r"`([^`]+)`", BOOK.processors.names.suggestion(wrong)):
        assert re.findall(r"\d+", fold(suggested).core) == re.findall(r"\d+", fold(wrong).core)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("NVIDA A100", "NVIDIA A100"),
        ("A10O", "A100"),
        ("Nvida RTX 4O9O", "NVIDIA RTX 4090"),
        ("NVIDIA H1OO", "NVIDIA H100"),
        ("Gefroce GTX 580 3 GB", "GeForce GTX 580 3 GB"),
        ("Intel Xoen Gold 6148", "Intel Xeon Gold 6148"),
        ("AMD EPCY 7763", "AMD EPYC 7763"),
    ],
)
def test_a_misspelled_word_or_an_o_for_a_nought_is_suggested_as_the_catalogue_spells_it(
    written: str, meant: str
) -> None:
    names = BOOK.processors.names
    assert names.find(written).kind == "none"
    assert names.suggestion(written) == f"did you mean `{meant}`?"
    assert names.find(meant).kind != "none"


@pytest.mark.parametrize("written", ["H10", "Tesla V10", "Gaudi 9", "l40x", "Geforce Titan Black X"])
def test_a_model_that_is_no_slip_of_the_pen_gets_no_suggestion(written: str) -> None:
    assert BOOK.processors.names.suggestion(written) == ""


MACHINE = """descriptor: 1
project: {{name: Names, start: 2025-03, duration: 1 year}}
sites: {{paris: {{location: FR}}}}
machines: {{node: {{site: paris, gpu: {{model: {model}, count: 1}}}}}}
training: {{run: {{on: node, duration: 10 h}}}}
"""


def check(model: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    path = tmp_path / "names.yaml"
    path.write_text(MACHINE.format(model=model), encoding="utf-8")
    code = main(["check", str(path)])
    lines = capsys.readouterr().err.splitlines()
    return code, "\n".join(line for line in lines if re.search("LCA5|LCA608", line))


@pytest.mark.parametrize(
    ("model", "code", "expected"),
    [
        (
            "NVIDIA H100",
            1,
            ":4:45: LCA510 `NVIDIA H100` may be NVIDIA H100 NVL or NVIDIA H100 PCIe or NVIDIA H100 SXM5 80GB",
        ),
        ("v100", 0, ":4:45: LCA608 warning: `v100` is read as NVIDIA Tesla V100 SXM2 32 GB"),
        ("NVIDIA TITAN RTX", 1, ":4:45: LCA509 the processor `NVIDIA TITAN RTX` is known as NVIDIA TITAN RTX"),
        ("NVIDIA RTX 9999", 1, ":4:45: LCA502 the processor `NVIDIA RTX 9999` is unknown"),
    ],
)
def test_a_check_asks_and_tells(
    model: str, code: int, expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seen, said = check(model, tmp_path, capsys)
    assert seen == code
    assert expected in said


def test_what_follows_from_an_open_name_is_not_told_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, said = check("NVIDIA A100", tmp_path, capsys)
    assert said.count("LCA510") == 1
    assert "LCA608" not in said
    assert "Slurm" not in said  # a note on `a100` alone


def test_a_stated_power_answers_what_is_not_known(assess_text: Assess) -> None:
    text = MACHINE.format(model="NVIDIA TITAN RTX, power: 280 W")
    assert assess_text(text).figures["training.run.energy"].value > 0

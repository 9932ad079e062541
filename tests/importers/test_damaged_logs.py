"""One table of damages, made to a sound log of every tool: each is told by file, line and column, or the log is read as before."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import ROOT
from drafts import written, wrong

from lca.cli.main import main
from lca.importers import LOGS

CASES = ROOT / "tests/cases"

#: What a damage comes to: where it is told, the cell, its row or the head; or the log is read, and says what it said.
COMES_TO = {
    "cut line": "last row LCA205",
    "missing column": "head LCA202",
    "other delimiter": "read",
    "decimal comma": "row LCA205",
    "negative": "cell LCA304",
    "NaN": "cell LCA304",
    "no number": "cell LCA301",
    "no date": "cell LCA405",
    "two zones": "read",
    "byte order mark": "read",
    "NUL": "cell LCA110",
    "empty": "head LCA105",
}


class Sound(NamedTuple):
    """A sound log: what begins a cell with a number, and one with a time; a column that it must have; what comes of it otherwise.

    A damage that cannot be made to the log comes to nothing.
    """

    tool: str
    file: str
    number: str
    time: str = ""
    column: str = ""
    otherwise: Mapping[str, str] = {}


#: Lines of Prometheus or of prose, and documents: they have no head, and no columns.
NO_TABLE = {"missing column": "", "other delimiter": ""}
#: A number of a JSON text is found by the line that it stands in.
JSON = {**NO_TABLE, "NaN": "row LCA304", "negative": "row LCA304", "decimal comma": "", "no number": ""}
#: Semicolons separate the cells, or bars: a comma is a decimal one.
DECIMAL_COMMAS = {"decimal comma": "", "other delimiter": ""}

SOUND = [
    Sound(
        "codecarbon",
        "codecarbon/two-places.csv",
        "0.36,",
        "2025-01-15T09:30:00",
        "energy_consumed",
        {"other delimiter": ""},
    ),
    Sound("slurm", "slurm/jobs.txt", "104400000\n", "2025-03-04T10:30:00|1-", "State", DECIMAL_COMMAS),
    Sound(
        "nvidia-smi",
        "nvidia-smi/gpu.csv",
        "251.50 W",
        "2025/05/06 10:00:01.012",
        "power.draw [W]",
        {"two zones": "cell LCA405"},
    ),
    Sound("dcgm", "dcgm/range.csv", "610\n", "1746525630", "DCGM_FI_DEV_POWER_USAGE", {"two zones": ""}),
    Sound(
        "dcgm", "dcgm/metrics.prom", "5000000000 1746525600000", "", "", {**NO_TABLE, "decimal comma": "cell LCA301"}
    ),
    Sound(
        "green-algorithms",
        "green-algorithms/GreenAlgorithms_results_2025-03-04_10-20-30.csv",
        "42.8354",
        "",
        "energy_needed",
        DECIMAL_COMMAS,
    ),
    Sound(
        "boamps",
        "boamps/training.json",
        "3.25,",
        "",
        "",
        {
            **JSON,
            "NaN": "cell LCA301",
            "negative": "cell LCA304",
            "no number": "cell LCA205",
            "cut line": "",
            "NUL": "cell LCA110",
        },
    ),
    Sound("llm-usage", "llm-usage/usage.csv", "70000", "2025-05-02,gpt", "input_tokens"),
    Sound("llm-usage", "llm-usage/opengatellm.jsonl", "0.0021", "", "", {**JSON, "cut line": ""}),
    Sound(
        "llm-usage",
        "llm-usage/vllm.prom",
        "400.0",
        "",
        "",
        {**NO_TABLE, "negative": "cell LCA301", "NaN": "cell LCA301", "decimal comma": "cell LCA301"},
    ),
    Sound(
        "carbontracker",
        "carbontracker/unet_carbontracker_output.log",
        "0.806125",
        "",
        "",
        {**NO_TABLE, "cut line": "", "decimal comma": "cell LCA301", "empty": "head LCA202"},
    ),
    Sound("eco2ai", "eco2ai/emission.csv", "0.55", "2024-11-06 09:00:00", "duration(s)", {"other delimiter": ""}),
    Sound(
        "zeus",
        "zeus/windows.csv",
        "452500.25",
        "1746532800.0",
        "elapsed_time",
        {"two zones": "", "no date": "cell LCA301"},
    ),
    Sound(
        "focus",
        "focus/focus-1.2.csv",
        "100,GB",
        "2025-09-04T00:00:00.000Z,2025-09-03",
        "BilledCost",
        {"other delimiter": ""},
    ),
    Sound("focus", "focus/aws-cur-2.0.csv", "500,", "2025-09-04 00:00:00.000,2025-09-03", "line_item_usage_amount"),
    Sound("cloud-carbon", "cloud-carbon/gcp.csv", "4.62", "2025-09-01", "usage_month"),
    Sound(
        "cloud-carbon",
        "cloud-carbon/aws.csv",
        "0.003",
        "2025-09-01 00:00:00.000",
        "usage_period_start",
        {"other delimiter": ""},
    ),
    Sound(
        "mlflow",
        "mlflow/runs.csv",
        "1.5h",
        "2025-05-06 11:00:00",
        "Status",
        {"negative": "cell LCA301", "NaN": "cell LCA301", "other delimiter": ""},
    ),
    Sound("mlflow", "mlflow/search_runs.csv", "0.31", "2025-05-06 12:30:00", "start_time", {"two zones": ""}),
    Sound(
        "wandb",
        "wandb/runs.csv",
        "5400",
        "2025-05-06T11:00:00.000Z",
        '"Runtime"',
        {"decimal comma": "cell LCA301", "other delimiter": ""},
    ),
    Sound("wandb", "wandb/events.csv", "290.5", "1746525615.25", "_timestamp", {"two zones": ""}),
]


class Damaged(NamedTuple):
    """A damaged log, and the place of the damage as an offset in it."""

    text: str
    place: int = 0


def damaged(sound: Sound, damage: str, text: str) -> Damaged:
    """Return a log with a damage."""
    number, time = text.find(sound.number), text.find(sound.time)
    cell = re.match(
        r"[-\w.:/]+(?: \d\d:\d\d:\d\d[.\d]*)?", text[time if damage in ("no date", "two zones") else number :]
    )
    assert cell is not None
    found = cell[0]
    instead = {
        "negative": f"-{found}",
        "NaN": "NaN",
        "no number": "high",
        "decimal comma": found.replace(".", ",") if "." in found else f"{found[:-1]},{found[-1]}",
        "NUL": f"\0{found}",
        "no date": "soon",
        "two zones": f"{found.removesuffix('Z')}+02:00",
    }
    if damage in instead:
        place = time if damage in ("no date", "two zones") else number
        return Damaged(text[:place] + instead[damage] + text[place + len(found) :], place)
    whole = text.rstrip("\n")
    return {
        "cut line": Damaged(whole[: -len(whole.rpartition("\n")[2]) // 2], whole.rindex("\n") + 1),
        "missing column": Damaged(text.replace(sound.column, "other", 1)),
        "other delimiter": Damaged(text.replace(",", ";")),
        "byte order mark": Damaged(f"\ufeff{text}"),
        "empty": Damaged(""),
    }[damage]


def place_of(log: Damaged, what: str) -> str:
    """Return where a damage is told, as `line:column`."""
    if what == "head":
        return "1:1"
    line = log.text.count("\n", 0, log.place) + 1
    begin = log.text.rfind("\n", 0, log.place) + 1
    quoted = log.text[log.place - 1 : log.place] == '"' and log.text[log.place] != "\0"
    return f"{line}:{log.place - begin + 1 - quoted}" if what == "cell" else f"{line}:1"


def body(folder: Path, tool: str, log: Path) -> str:
    """Return the descriptor of a draft, without the hash of its file."""
    (folder / "draft.yaml").unlink(missing_ok=True)
    assert main(["import", tool, str(log), "-o", str(folder / "draft.yaml")]) == 0
    text = (folder / "draft.yaml").read_text("utf-8")
    return re.sub(r"sha256 \w+", "", text[text.index("\ndescriptor:") :])


def test_every_tool_is_damaged() -> None:
    assert {sound.tool for sound in SOUND} == set(LOGS)


#: Each sound log with each damage that it can have, and what that comes to.
TABLE = [
    (sound, damage, expected)
    for sound in SOUND
    for damage, usual in COMES_TO.items()
    if (expected := sound.otherwise.get(damage, usual)) and (sound.time or damage not in ("no date", "two zones"))
]


@pytest.mark.parametrize(
    ("sound", "damage", "expected"), TABLE, ids=[f"{one.file.rpartition('/')[2]}: {what}" for one, what, _ in TABLE]
)
def test_damages(sound: Sound, damage: str, expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (CASES / sound.file).read_text("utf-8")
    assert sound.number in text
    assert sound.time in text
    log = damaged(sound, damage, text)
    name = sound.file.rpartition("/")[2]
    path = written(tmp_path, log.text, name)
    if expected == "read":
        (tmp_path / "sound").mkdir()
        as_before = body(tmp_path, sound.tool, written(tmp_path / "sound", text, name))
        assert body(tmp_path, sound.tool, path) == as_before or damage == "two zones"
        return
    where, code = expected.rsplit(" ", 1)
    found, _ = wrong(sound.tool, path, capsys)
    assert found == [f"{place_of(log, where)} {code}"]


@pytest.mark.parametrize(
    ("tool", "file", "before", "after", "expected"),
    [
        ("slurm", "slurm/jobs.txt", "2025-03-04T10:30:00|1-", "2025-03-01T10:30:00|1-", "cell LCA405"),
        ("nvidia-smi", "nvidia-smi/gpu.csv", "2025/05/06 10:00:01.012", "2025/05/06 09:00:01.012", "row LCA405"),
        ("dcgm", "dcgm/range.csv", "1746525630", "1746522030", "row LCA405"),
        ("wandb", "wandb/events.csv", "1746525615.25", "1746522015.25", "row LCA405"),
        ("focus", "focus/focus-1.2.csv", "2025-09-05T00:00:00.000Z", "2025-09-01T00:00:00.000Z", "cell LCA405"),
        ("focus", "focus/aws-cur-2.0.csv", "2025-09-04 12:00:00.000", "2025-09-01 12:00:00.000", "cell LCA405"),
        ("mlflow", "mlflow/search_runs.csv", "2025-05-06 12:30:00", "2025-05-06 10:30:00", "cell LCA405"),
    ],
)
def test_a_clock_that_goes_back(
    tool: str, file: str, before: str, after: str, expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (CASES / file).read_text("utf-8")
    assert before in text
    log = Damaged(text.replace(before, after, 1), text.index(before))
    where, code = expected.split(" ")
    found, said = wrong(tool, written(tmp_path, log.text, file.rpartition("/")[2]), capsys)
    assert found == [f"{place_of(log, where)} {code}"]
    assert "the clock went back" in said


def many(head: str, row: str, count: int) -> str:
    """Return a table of many rows."""
    return f"{head}\n" + "".join(f"{row.format(number)}\n" for number in range(count))


MANY = [
    ("zeus", "window_name,elapsed_time,gpu0_energy", "w{},10,1000"),
    ("eco2ai", "project_name,start_time,duration(s),power_consumption(kWh)", "p{},2025-05-06 10:00:00,60,0.1"),
    ("mlflow", "Start Time,Duration,Run ID,Name,Status", "2025-05-06 10:00:00,1.5h,{},run,FINISHED"),
    ("llm-usage", "model,input_tokens,output_tokens", "model {},10,10"),
]


@pytest.mark.parametrize(("tool", "head", "row"), MANY)
def test_more_rows_than_a_draft_holds_are_told_in_one_line(
    tool: str, head: str, row: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found, said = wrong(tool, written(tmp_path, many(head, row, 5000), "many.csv"), capsys)
    assert [place.partition(" ")[2] for place in found] == ["LCA102"]
    assert "5000" in said


@pytest.mark.parametrize(("tool", "head", "row"), MANY)
def test_of_very_many_damaged_rows_a_hundred_are_told(
    tool: str, head: str, row: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found, said = wrong(tool, written(tmp_path, many(head, f"{row},", 5000), "many.csv"), capsys)
    assert found[:2] == ["2:1 LCA205", "3:1 LCA205"]
    assert len(found) == 100
    assert "and 4900 more" in said


#: Logs of one row, or of one report: nothing of them is sound once it is damaged.
ONE_ROW = ("green-algorithms", "boamps")


@pytest.mark.parametrize(
    ("sound", "damage", "expected"),
    [row for row in TABLE if row[2] not in ("read", COMES_TO["missing column"], COMES_TO["empty"])],
    ids=lambda value: value.file.rpartition("/")[2] if isinstance(value, Sound) else value,
)
def test_sound_rows_are_kept_where_asked(sound: Sound, damage: str, expected: str, tmp_path: Path) -> None:
    log = damaged(sound, damage, (CASES / sound.file).read_text("utf-8"))
    path, draft = written(tmp_path, log.text, sound.file.rpartition("/")[2]), tmp_path / "draft.yaml"
    if sound.tool in ONE_ROW or expected == sound.otherwise.get("empty"):
        assert main(["import", sound.tool, str(path), "--keep-sound", "-o", str(draft)]) == 1
        assert not draft.exists()
        return
    assert main(["import", sound.tool, str(path), "--keep-sound", "-o", str(draft)]) == 0
    text = draft.read_text("utf-8")
    line = place_of(log, "row").partition(":")[0]
    assert re.search(
        rf"^# Left out, as was asked: \d rows? that cannot be read\..*\n(#   .*\n)*#   .* line {line}: ", text, re.M
    )

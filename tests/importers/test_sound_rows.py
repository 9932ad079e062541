"""What is sound of damaged logs is kept only if asked: the rest is a draft as of a whole log, and says what was left out."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from drafts import energies, written, wrong

from lca.cli.main import main

HEAD = "start_time,window_name,elapsed_time,gpu0_energy\n"
SOUND = "1746525600,first,10,36000\n", "1746525630,last,10,72000\n"
DAMAGED = HEAD + SOUND[0] + "1746525610,second,10,-5\n1746525620,third,10\n" + SOUND[1]


def kept(folder: Path, tool: str, *logs: Path) -> Path:
    """Import what is sound of damaged logs; return the draft's path."""
    draft = folder / "draft.yaml"
    assert main(["import", tool, *map(str, logs), "-o", str(draft), "--keep-sound"]) == 0
    return draft


def test_nothing_is_kept_unless_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found, _ = wrong("zeus", written(tmp_path, DAMAGED, "windows.csv"), capsys)
    assert found == ["3:22 LCA304", "4:1 LCA205"]


def test_sound_rows_keep_their_lines_and_the_hash_of_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = written(tmp_path, DAMAGED, "windows.csv")
    draft = kept(tmp_path, "zeus", log)
    said = capsys.readouterr()
    assert energies(draft) == {"first": pytest.approx(0.01, rel=1e-12), "last": pytest.approx(0.02, rel=1e-12)}
    text = draft.read_text("utf-8")
    assert text.splitlines()[1:4] == [
        "# Left out, as was asked: 2 rows that cannot be read. What they held is not counted below:",
        "#   windows.csv line 3: gpu0_energy must be at least 0, not -5",
        "#   windows.csv line 4: the row has 3 cells, the head 4",
    ]
    digest = hashlib.sha256(DAMAGED.encode()).hexdigest()[:16]
    assert re.findall(r"sha256 (\w+)\), line (\d)\"", text) == [(digest, "2"), (digest, "5")]
    assert f"{log}:3:22: LCA613 warning: left out, as was asked: gpu0_energy must be at least 0" in said.err
    assert "2 rows left out" in said.out


def test_what_is_kept_is_the_draft_of_the_sound_rows_alone(tmp_path: Path) -> None:
    damaged = kept(tmp_path, "zeus", written(tmp_path, DAMAGED, "windows.csv")).read_text("utf-8").splitlines()
    (tmp_path / "sound").mkdir()
    sound = written(tmp_path / "sound", HEAD + SOUND[0] + "\n\n" + SOUND[1], "windows.csv")
    whole = kept(tmp_path / "sound", "zeus", sound).read_text("utf-8")
    without = "\n".join([damaged[0], *damaged[4:]]) + "\n"
    assert re.sub(r"sha256 \w+", "", without) == re.sub(r"sha256 \w+", "", whole)


def test_a_file_without_a_sound_head_is_left_out_beside_sound_ones(tmp_path: Path) -> None:
    good = written(tmp_path, HEAD + SOUND[0], "good.csv")
    bad = written(tmp_path, HEAD.replace("elapsed_time", "elapsed") + SOUND[1], "bad.csv")
    draft = kept(tmp_path, "zeus", good, bad)
    assert list(energies(draft)) == ["first"]
    assert "# Left out, as was asked: 1 file that cannot be read" in draft.read_text("utf-8")


@pytest.mark.parametrize(
    ("tool", "text", "expected"),
    [
        ("zeus", HEAD + SOUND[0] + "1,b,1,x\n2,c,1,y\n", "more rows are damaged than sound"),
        ("zeus", HEAD.replace("elapsed_time", "elapsed") + SOUND[0], "the column `elapsed_time` is missing"),
        # Half of a report is none: a value that cannot be read takes all of it along.
        ("boamps", '{"task": {},\n"measures": [{"measurementDuration": -5,\n"powerConsumption": 1}]}', "at least 0"),
    ],
)
def test_nothing_sound_is_refused(
    tool: str, text: str, expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = written(tmp_path, text, "log.txt")
    assert main(["import", tool, str(log), "--keep-sound", "-o", str(tmp_path / "draft.yaml")]) == 1
    assert expected in capsys.readouterr().err
    assert not (tmp_path / "draft.yaml").exists()


def test_a_clock_that_goes_back_again_and_again_has_no_sound_rows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = "timestamp, index, power.draw [W]\n"
    rows = [f"2025/05/06 1{hour}:00:{second:02}.000, 0, 100 W\n" for hour in (1, 0) for second in range(40)]
    log = written(tmp_path, head + "".join(rows), "gpu.csv")
    assert main(["import", "nvidia-smi", str(log), "--keep-sound"]) == 1
    assert "the clock went back" in capsys.readouterr().err


def test_wide_characters_and_lines_of_json(tmp_path: Path) -> None:
    wide = tmp_path / "windows.csv"
    wide.write_bytes(DAMAGED.encode("utf-16"))
    assert list(energies(kept(tmp_path, "zeus", wide))) == ["first", "last"]
    span = '{"attributes": {"gen_ai.request.model": "gpt-4o", "gen_ai.usage.input_tokens": %s, "gen_ai.usage.output_tokens": 5}}\n'
    (tmp_path / "json").mkdir()
    lines = written(tmp_path, span % 10 + span % '"x"' + span % 30 + '{"attrib', "spans.jsonl")
    text = kept(tmp_path / "json", "llm-usage", lines).read_text("utf-8")
    assert "requests: {value: 2 request" in text
    assert "input: {value: 20 token" in text
    assert "2 rows that cannot be read" in text

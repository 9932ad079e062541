"""Each wrong input gets a sentence with its place, exit status 1, and never a traceback."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import ROOT

from lca.cli.main import main
from lca.problems import CODES

CASES = sorted((ROOT / "tests/cases/bad").glob("*.yaml"))


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str], str]:
    status = main(list(arguments))
    captured = capsys.readouterr()
    errors = [line for line in captured.err.splitlines() if " warning: " not in line]
    return status, errors, captured.out


def test_there_are_many_cases() -> None:
    assert len(CASES) >= 30


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_expected_place_and_code(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    expected = re.findall(r"^# expect (\d+:\d+ LCA\d+)$", path.read_text("utf-8"), re.MULTILINE)
    status, errors, _ = run(capsys, "check", str(path))
    assert expected
    assert status == 1
    pattern = re.compile(re.escape(str(path)) + r":(\d+:\d+): (LCA\d+) .+")
    assert [f"{m[1]} {m[2]}" for e in errors if (m := pattern.fullmatch(e))] == expected
    assert len(errors) == len(expected)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "LCA105"),
        (b"\x89PNG\r\n\x1a\n\xff\xfe", "LCA103"),
        (b"descriptor: 1\x00\n", "LCA104"),
        (b"#" * 10_000_000, "LCA102"),
        (b"a: " + b"[" * 100_000, "LCA107"),
        (b"just a text", "LCA105"),
    ],
)
def test_files_that_are_no_descriptors(
    content: bytes, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(content)
    status, errors, _ = run(capsys, "check", str(path))
    assert status == 1
    assert len(errors) == 1
    assert re.search(rf"x\.yaml:1:\d+: {code} ", errors[0])


def test_a_missing_file_and_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (tmp_path / "none.yaml", tmp_path):
        status, errors, _ = run(capsys, "report", str(path))
        assert status == 1
        assert "LCA101" in errors[0]


@pytest.mark.usefixtures("small_page")
def test_an_output_that_cannot_be_written_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    status, errors, _ = run(
        capsys, "report", str(ROOT / "projects/minimal.yaml"), "--html", "-o", str(blocked / "x"), "--draws", "0"
    )
    assert status == 1
    assert "LCA701" in errors[0]
    assert blocked.read_text() == "in the way"


def test_norway_is_a_country(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(
        (ROOT / "projects/minimal.yaml").read_text("utf-8").replace("location: FR", "location: NO"), "utf-8"
    )
    assert run(capsys, "check", str(path))[:2] == (0, [])


def test_problems_as_json_and_several_files_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    import json

    status = main(["check", "--json", *map(str, CASES[:3]), str(ROOT / "projects/minimal.yaml")])
    found = json.loads(capsys.readouterr().out)["problems"]
    assert status == 1
    assert {p["file"] for p in found if p["severity"] == "error"} == {str(c) for c in CASES[:3]}


def test_every_code_is_documented() -> None:
    text = (ROOT / "docs/problems.md").read_text("utf-8")
    assert all(f"`{code}`" in text for code in CODES)

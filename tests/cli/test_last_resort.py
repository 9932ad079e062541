"""No traceback: numbers that are none, names that are no text, full disks, signals, and mistakes of the program itself."""

from __future__ import annotations

import errno
import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from conftest import ROOT

from lca.cli import last_resort
from lca.cli.main import main
from lca.files import writing_whole
from lca.files.writing_whole import WriteInto, write_streamed, write_whole
from lca.problems import ProblemsFound

MINIMAL = (ROOT / "projects/minimal.yaml").read_text("utf-8")
MACHINE = """descriptor: 1
project: {name: n, start: 2024-03, duration: PERIOD}
sites: {paris: {location: FR}}
machines: {node: {site: paris, gpu: {model: NVIDIA A100 SXM4 80 GB, count: 8}}}
training:
  final: {on: node, duration: TIME}
"""


def errors_of(capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "x.yaml"
    path.write_text(text, "utf-8")
    main(["check", str(path)])
    return [line.removeprefix(f"{path}:") for line in capsys.readouterr().err.splitlines() if " warning: " not in line]


@pytest.mark.parametrize(
    ("duration", "said"),
    [
        ("{value: 72 h, gsd: .nan}", "6:50: LCA304 training.final.duration"),
        ("{value: 72 h, sigma: .NaN}", "6:52: LCA304 training.final.duration"),
        ("{value: 72 h, gsd2: .inf}", "6:51: LCA304 training.final.duration"),
        ("{value: 72 h, gsd: 1e400}", "6:50: LCA304 training.final.duration"),
        ("{value: 72 h, range95: [70 h, -.Inf]}", "6:61: LCA304 training.final.duration"),
        ("1e400 h", "6:31: LCA304 training.final.duration: `1e400 h` is no finite number"),
        ("1e-310 h", "6:31: LCA304 training.final.duration: `1e-310 h` is smaller than any real quantity"),
        ("{value: 72 h, range95: [1e-300 h, 99 h]}", "6:45: LCA305 training.final.duration: a bound must be finite"),
        ("1 h" + " km" * 110 + "/m" * 110, "6:31: LCA302 training.final.duration: `h km km"),
    ],
)
def test_only_finite_numbers_of_a_real_size_are_read(
    duration: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    errors = errors_of(capsys, tmp_path, MACHINE.replace("PERIOD", "2 year").replace("TIME", duration))
    assert len(errors) == 1
    assert errors[0].startswith(said)


def test_a_law_with_a_number_that_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    act = tmp_path / "act.yaml"
    act.write_text("id: x\nlimit: .nan\n", "utf-8")
    given = tmp_path / "x.yaml"
    given.write_text(MINIMAL, "utf-8")
    assert main(["check", str(given), "--checklist", str(act)]) == 1
    assert f"{act}:2:8: LCA304 limit: the number must be finite" in capsys.readouterr().err


def test_a_benefit_of_a_millisecond_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = MACHINE.replace("PERIOD", "1 ms").replace("TIME", "72 h") + (
        "benefit:\n  reference: {description: as today}\n  effects: {less: {quantity: 1 tCO2e/year, evidence: pilot}}\n"
    )
    errors = errors_of(capsys, tmp_path, text)
    assert [error.partition(";")[0] for error in errors] == [
        "2:46: LCA405 a benefit counts over 1 ms, which is less than a day"
    ]


def command(*arguments: str | bytes | Path, **options: Any) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **options.pop("env", {})}
    whole: Sequence[Any] = [sys.executable, "-P", "-m", "lca", *arguments]
    return subprocess.run(whole, env=environment, check=False, **{"capture_output": True, **options})


@pytest.mark.skipif(sys.platform != "linux", reason="names of bytes")
@pytest.mark.parametrize("name", ["étude.yaml".encode(), b"b\xffd.yaml"])
@pytest.mark.parametrize("locale", ["C.UTF-8", "C"])
def test_names_of_files_in_any_locale(name: bytes, locale: str, tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/" + name
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123  a Path has no names of bytes
        file.write(MINIMAL)
    ascii_only = {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    made = command("check", "--json", path, env=ascii_only)
    assert made.returncode == 0, made.stderr
    assert made.stderr == b""
    (file_name,) = {problem["file"] for problem in json.loads(made.stdout)["problems"]}
    assert Path(file_name).name == (name.decode("utf-8", "replace") if locale == "C.UTF-8" else Path(file_name).name)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device")
@pytest.mark.parametrize("arguments", [("formula",), ("formula", "--json"), ("keys",)])
def test_an_output_on_a_full_disk_is_told(arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        made = command(*arguments, stdout=full, stderr=subprocess.PIPE, capture_output=False)
    assert made.returncode == 1
    assert made.stderr == b"lca: the output cannot be written: No space left on device\n"


def test_formulas_are_read_where_the_interpreter_strips_docstrings() -> None:
    plain, stripped = command("formula"), command("formula", env={"PYTHONOPTIMIZE": "2"})
    assert stripped.returncode == 0
    assert stripped.stdout == plain.stdout


def test_a_mistake_of_the_program_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("lca.formulas", lambda: 1 / 0)
    assert main(["formula"]) == 70
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("internal error, please report: ZeroDivisionError at lca.cli.formulas:")
    monkeypatch.setattr("lca.formulas", lambda: (_ for _ in ()).throw(OSError(errno.ENOENT, "gone")))
    assert main(["formula"]) == 70


def test_files_have_the_mode_of_the_mask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_whole({tmp_path / "a": b"1"})
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


@pytest.mark.parametrize("stop", [KeyboardInterrupt, last_resort.Terminated])
@pytest.mark.parametrize("number", [1, 2, 3])
def test_who_is_stopped_leaves_the_old_pair_and_nothing_else(
    stop: type[KeyboardInterrupt], number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {tmp_path / "a.html": b"new", tmp_path / "b.pdf": b"new"}
    for path in files:
        path.write_bytes(b"old")
    calls = iter(range(1, 10))
    real = writing_whole._write

    def interrupted(path: Path, write_into: WriteInto) -> None:
        if next(calls) == number:
            raise stop
        real(path, write_into)
        if number == 3 and next(calls) == number:
            raise stop

    monkeypatch.setattr(writing_whole, "_write", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_whole(files)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.html": b"old", "b.pdf": b"old"}


def test_what_is_written_piece_by_piece_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    old, new = tmp_path / "old.csv", tmp_path / "new" / "whole.csv"
    old.write_bytes(b"old")

    def pieces(file: BinaryIO) -> None:
        file.writelines([b"1\n", b"2\n"])

    def full(file: BinaryIO) -> None:
        file.write(b"1\n")
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(ProblemsFound, match="No space left on device"):
        write_streamed({new: pieces, old: full})
    assert {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == {"old.csv": b"old"}
    write_streamed({new: pieces, old: pieces})
    assert (new.read_bytes(), old.read_bytes()) == (b"1\n2\n", b"1\n2\n")
    with pytest.raises(ProblemsFound, match="the descriptor rests on this file"):
        write_streamed({old: pieces}, [old])


def test_what_cannot_be_moved_brings_the_old_pair_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {tmp_path / "a.html": b"new", tmp_path / "b.pdf": b"new", tmp_path / "c.csv": b"new"}
    (tmp_path / "a.html").write_bytes(b"old")
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if target.name == "c.csv":
            raise OSError(errno.EIO, "Input/output error", str(self))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(ProblemsFound, match="nothing was written"):
        write_whole(files)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.html": b"old"}


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="signals")
def test_a_signal_while_files_are_moved_waits_and_what_was_written_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {tmp_path / "a.html": b"new", tmp_path / "b.pdf": b"new"}
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if target.name == "a.html":
            signal.raise_signal(signal.SIGTERM)
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(writing_whole, "_WRITTEN", [])
    monkeypatch.setattr("lca.formulas", lambda: write_whole(files))
    assert main(["formula"]) == 143
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.html": b"new", "b.pdf": b"new"}
    assert capsys.readouterr().err == f"stopped; already written: {tmp_path}/a.html, {tmp_path}/b.pdf\n"


def test_who_is_stopped_before_says_that_nothing_was_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(writing_whole, "_WRITTEN", [])
    monkeypatch.setattr("lca.formulas", stop)
    assert main(["formula"]) == 130
    assert capsys.readouterr().err == "stopped; nothing was written\n"

    def end() -> None:
        signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr("lca.formulas", end)
    assert main(["formula"]) == 143
    assert capsys.readouterr().err == "stopped; nothing was written\n"

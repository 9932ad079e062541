"""The page that walks through a call: its commands run in their order, end as it says, and print what it shows."""

from __future__ import annotations

import csv
import datetime
import hashlib
import html.parser
import io
import json
import re
import shlex
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

import lca
from lca.cli.main import main
from lca.problems import Problem, ProblemsFound

CALL = ROOT / "projects" / "call"
PAGE = ROOT / "docs" / "a-call.md"
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DATE = datetime.date(2026, 12, 1)
DAY = ("--as-of", DATE.isoformat())

BLOCKS: list[tuple[str, str]] = [(kind, text) for kind, text in _FENCE.findall(PAGE.read_text("utf-8"))]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the call's folder, and within it the working directory."""
    shutil.copytree(CALL, tmp_path / "call")
    monkeypatch.chdir(tmp_path / "call")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    return tmp_path / "call"


def run(line: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Run one line of the page and hold it to its status; return what it printed."""
    command, _, status = line.partition(" # ")
    if not command.startswith("lca "):
        subprocess.run(command, shell=True, check=True)
        return ""
    ended = main(shlex.split(command)[1:])
    printed = capsys.readouterr()
    assert str(ended) == status, f"{line}\n{printed.out}{printed.err}"
    return printed.out + printed.err


def test_the_page_runs_as_it_is_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = ""
    for kind, text in BLOCKS:
        if kind == "sh":
            lines = [line for line in text.splitlines() if not line.startswith("cp -r projects/call")]
            printed = "\n".join(run(line, capsys) for line in lines)
        elif kind == "python":
            exec(compile(text, str(PAGE), "exec"), {})
        else:
            missing = [line for line in text.splitlines() if line.strip() not in printed]
            assert missing == [], f"{missing}\n{printed}"
    with zipfile.ZipFile("deposit/good.zip") as archive:
        held = {hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
    named = ("besoin.txt", "essai.csv", "hebergeur.txt", "programmation.csv", "risques.txt")
    assert {hashlib.sha256((CALL / "evidence" / name).read_bytes()).hexdigest() for name in named} <= held
    monitored = json.loads(_json(capsys, "assess", "monitored.yaml", "--json", "--as-of", "2028-06-15"))["monitoring"]
    net = next(one for one in monitored["figures"] if one["figure"] == "benefit.net_project")
    assert (round(net["sealed"]["value"], -3), round(net["measured"]["value"], -3)) == (33_000, -12_000)
    assert [one["within"] for one in monitored["inputs"]] == [True, True]
    standing = Counter(one["standing"] for one in monitored["conditions"]["agreed"].values())
    assert standing == {"met": 2, "open": 3, "overdue": 4}
    assert (folder / "later" / "monitored.html").is_file()


def _json(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(list(arguments)) == 0
    return capsys.readouterr().out


def test_the_good_dossier_says_nothing_to_complete_and_nothing_to_doubt() -> None:
    study = lca.load(CALL / "good.yaml")
    assert [(p.code, str(p.location)) for p in study.problems_on(DATE)] == []


def test_the_hashes_of_the_partners_and_of_the_reviews_are_those_of_the_files() -> None:
    text = (CALL / "consortium.yaml").read_text("utf-8")
    written = re.findall(r"file: (parts/\w+\.yaml)\n    hash: (\w+)", text)
    assert len(written) == 3
    assert all(hashlib.sha256((CALL / file).read_bytes()).hexdigest() == stated for file, stated in written)
    dossier = lca.load(CALL / "good.yaml").assess(0, as_of=DATE).fingerprint.descriptor
    for name in ("E1", "E2"):
        assert dossier in (CALL / "reviews" / f"{name}.yaml").read_text("utf-8")


# The hostile dossier

#: What is refused of it, round by round: the line, and the code.
REFUSED = [
    [(16, "LCA106")],
    [(17, "LCA106")],
    [(18, "LCA110")],
    [(37, "LCA304"), (80, "LCA108")],
    [(29, "LCA501"), (30, "LCA304"), (34, "LCA304"), (38, "LCA301")],
    [(53, "LCA407"), (62, "LCA407"), (74, "LCA406")],
]


def errors(text: str) -> list[Problem]:
    try:
        found = lca.read(text, name="hostile.yaml", folder=CALL).problems_on(DATE)
    except ProblemsFound as refused:
        found = refused.problems
    return [problem for problem in found if problem.severity == "error"]


def mended() -> tuple[str, list[list[tuple[int, str]]]]:
    """Return the hostile dossier without the lines that are refused, and these round by round."""
    lines, rounds = (CALL / "hostile.yaml").read_text("utf-8").split("\n"), []
    while found := errors("\n".join(lines)):
        rounds.append([(problem.location.line, problem.code) for problem in found])
        for line, _ in rounds[-1]:
            assert lines[line - 1].strip(), "a line is refused that was removed already"
            lines[line - 1] = ""
    return "\n".join(lines), rounds


def test_each_malice_is_refused_at_its_line() -> None:
    assert mended()[1] == REFUSED


SMALL = '<!doctype html><html lang="fr"><head><meta name="generator" content="lca 0.1.0"><title>x</title></head></html>'


class Active(html.parser.HTMLParser):
    """What a page holds that would act, and the addresses that it would fetch."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        held = dict(attributes)
        if tag in ("iframe", "object", "embed") or any(name.startswith("on") for name in held):
            self.found.append(f"{tag} {held}")
        address = (held.get("src") or held.get("href") or "").lower()
        if address.startswith(("javascript:", "file:", "x")):
            self.found.append(f"{tag} {address}")


def test_what_is_left_of_it_is_text(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "left.yaml").write_text(mended()[0], "utf-8")
    assert main(["check", "left.yaml", "--call", "call.yaml", "--table", *DAY]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert row["project"] == '<script>alert("recevable")</script><img src=x onerror=alert(1)>'
    assert main(["report", "left.yaml", "--html", "-o", "out", "--draws", "20", *DAY]) == 0
    page = (folder / "out" / "left.html").read_text("utf-8")
    assert Active(page).found == []
    assert "&lt;script&gt;alert(" in page
    assert "{{ 7*7 }}" in page  # as it was typed: not worked out
    monkeypatch.setattr("lca.assessment.dossier.render", lambda *_, **__: SMALL)  # the tables do not depend on the page
    assert main(["report", "left.yaml", "--deposit", "-o", "out", "--draws", "20", *DAY]) == 0
    with zipfile.ZipFile(folder / "out" / "left.zip") as archive:
        tables = [archive.read(name).decode("utf-8-sig") for name in archive.namelist() if name.endswith(".csv")]
        assert all(Path(name).name and ".." not in Path(name).parts for name in archive.namelist())
    assert tables
    assert [cell for table in tables for cell in formulas(table)] == []


def formulas(table: str) -> Iterator[str]:
    """Yield the cells of a table that a spreadsheet would work out."""
    for row in csv.reader(io.StringIO(table)):
        yield from (cell for cell in row if cell[:1] in "=+-@\t" and cell and not _NUMBER.fullmatch(cell))


_NUMBER = re.compile(r"[-+]?[\d.]+(e[-+]?\d+)?")

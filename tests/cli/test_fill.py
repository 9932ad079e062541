"""`check --fill`: comments are added where they belong, twice adds nothing, and nothing else moves."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import pytest
from conftest import ROOT

import lca
from lca.cli.main import main
from lca.descriptor.commented_blocks import Block, with_blocks
from lca.descriptor.document import read_document

EXAMPLES = sorted((ROOT / "projects").glob("*.yaml"))
BRACES = "`{key}` stands in braces"


def uncommented(text: str, added: set[int]) -> str:
    """Return a text in which one # is taken from each added line, as an editor does."""
    lines = text.splitlines(keepends=True)
    return "".join(re.sub(r"^( *)# ?", r"\1", line) if i in added else line for i, line in enumerate(lines))


def added_lines(before: str, after: str) -> set[int]:
    """Return the indices of the lines that were added; all others must be those that were there, in their order."""
    old = iter(before.splitlines())
    waiting = next(old, None)
    found = set()
    for index, line in enumerate(after.splitlines()):
        if line == waiting:
            waiting = next(old, None)
        else:
            found.add(index)
            assert not line.strip() or line.lstrip().startswith("#"), line
    assert waiting is None
    return found


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_filling_an_example(path: Path, tmp_path: Path) -> None:
    shutil.copytree(path.parent, tmp_path / "all")
    copy, text = tmp_path / "all" / path.name, path.read_text("utf-8")
    main(["check", "--fill", str(copy)])
    once = copy.read_bytes()
    added_lines(text, once.decode())
    assert read_document(once.decode(), "-").data == read_document(text, "-").data
    main(["check", "--fill", str(copy)])
    assert copy.read_bytes() == once


def test_the_shortest_lacks_rows_and_defaults_and_minimal_stages_too(tmp_path: Path) -> None:
    path = tmp_path / "my.yaml"
    text = (ROOT / "projects" / "minimal.yaml").read_text("utf-8")
    path.write_text(text, "utf-8")
    assert main(["check", "--fill", str(path)]) == 0
    filled = path.read_text("utf-8")
    for mark in (
        "collection",
        "transfer",
        "storage",
        "experiments",
        "inference",
        "art17-ccm",
        "machines.node.utilisation",
    ):
        assert filled.count(f"[{mark}]") == 1, mark
    whole = uncommented(filled, added_lines(text, filled))
    study = lca.read(whole, name="my.yaml")
    assert [str(p) for p in study.problems if p.severity == "error"] == []
    assert {"LCA606", "LCA823"}.isdisjoint({p.code for p in study.problems})
    assert len(study.descriptor.document.data["checklist"]["answers"]) >= 18


def test_block_style_takes_defaults_where_they_belong(tmp_path: Path) -> None:
    path = tmp_path / "my.yaml"
    text = (ROOT / "projects" / "minimal.yaml").read_text("utf-8")
    node = "  node:\n    site: paris\n    gpu: {model: NVIDIA A100 SXM4 80 GB, count: 8}  # own\n    # price: 180 k€\n"
    text = re.sub(r"  node: .*\n", node, text)
    path.write_text(text, "utf-8")
    main(["check", "--fill", str(path)])
    filled = path.read_text("utf-8")
    assert "    # price: 180 k€\n    # # [machines.node.utilisation] share of its lifetime" in filled
    whole = uncommented(filled, added_lines(text, filled))
    machine = read_document(whole, "-").data["machines"]["node"]
    assert machine["utilisation"] == "<0.5>"
    assert "<4 year>" in machine["lifetime"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_language_of_the_descriptor_or_of_the_command(language: str, tmp_path: Path) -> None:
    path = tmp_path / "my.yaml"
    assert main(["new", str(path), "--lang", language]) == 0
    main(["check", "--fill", str(path)])
    assert ("pourquoi, en 40 caractères" in path.read_text("utf-8")) == (language == "fr")


def test_line_ends_mark_and_mode_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "my.yaml"
    text = "\ufeff" + (ROOT / "projects" / "minimal.yaml").read_text("utf-8").replace("\n", "\r\n").rstrip()
    path.write_bytes(text.encode())
    path.chmod(0o640)
    main(["check", "--fill", str(path)])
    filled = path.read_bytes()
    assert filled.startswith(b"\xef\xbb\xbf# yaml-language-server")
    assert filled.count(b"\n") == filled.count(b"\r\n")
    assert path.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in tmp_path.iterdir()] == ["my.yaml"]
    added_lines(text, filled.decode())
    main(["check", "--fill", str(path)])
    assert path.read_bytes() == filled


def test_standard_input_and_a_file_with_errors_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"descriptor: 1")))
    assert main(["check", "--fill", "-"]) == 1
    assert (
        "what comes from standard input cannot be written back; name the descriptor's file" in capsys.readouterr().err
    )
    path = tmp_path / "my.yaml"
    path.write_text("descriptor: 1\nproject: {name: x, strat: 2024-01}\n", "utf-8")
    before = path.read_bytes()
    assert main(["check", "--fill", str(path)]) == 1
    said = capsys.readouterr()
    assert "nothing was filled in; correct the errors first" in said.out
    assert "LCA201" in said.err
    assert path.read_bytes() == before


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real, link = tmp_path / "real" / "my.yaml", tmp_path / "link.yaml"
    real.write_bytes((ROOT / "projects" / "minimal.yaml").read_bytes())
    link.symlink_to(real)
    main(["check", "--fill", str(link)])
    assert link.is_symlink()
    assert "[art17-ccm]" in real.read_text("utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "a:\n  b: |\n    text\n    # no comment\n\n\nlast: 1\n",
        "a:\n  b: |+\n    text\n\n\nlast: 1\n",
        "a:\n  b: >-\n    folded\n    # no comment\n",
        "a:\n  b: 'quoted\n\n    # text'  # trailing\nlast: 1",
        "a:\n  b: plain\n    goes on\n  # own\n\n  # after a gap\nlast: [1,\n  2]\n",
        "a:\n- x: 1\n- y:\n    z: 1\nlast: {}\n",
        "a: {b: 1, c: {d: 1}}\nlast: 1\n",
        "{a: {b: 1}, last: 1}\n",
        "a:\n  b:\n  c:\nlast:\n",
        "  a:\n    b: 1\n  last: 1\n",
        "---\na:\n  b: 1\n...\n",
        "a:\n  b: 1\u2028  c: 2\nlast: 1\n",
        "? a\n: b: 1\nlast: 1\n",
        "a:\n  b: été # é\n  ça: 'x'\nlast: é\r\n",
    ],
)
def test_the_meaning_stays_whatever_the_style(text: str) -> None:
    blocks = [
        Block(("a",), "a.x", "why", ("x: 1",)),
        Block(("a", "b"), "a.b.x", "why", ("x: 1", "y:", "  z: 2")),
        Block(("new", "map"), "new.x", "why, and\n more " + "words " * 40, ("x: 1",)),
        Block((), "top", "why", ("top: {x: 1}",)),
    ]
    made = with_blocks(text, blocks, BRACES)
    assert read_document(made, "-").data == read_document(text, "-").data
    assert with_blocks(made, blocks, BRACES) == made
    kept = [line for line in made.splitlines() if line in text.splitlines()]
    assert [line for line in kept if line.strip()] == [line for line in text.splitlines() if line.strip()]
    for block in blocks:
        assert made.count(f"[{block.mark}]") == 1

"""Files that a descriptor names: found below its folder and nowhere else, hashed, never followed out of it."""

from __future__ import annotations

import hashlib
import io
import json
import os
from pathlib import Path

import pypdf
import pytest
from conftest import ROOT, assess_file

import lca
from lca.cli.main import main
from lca.files import named_files
from lca.files.named_files import Unusable, is_own_report, read_named
from lca.files.reading import evidence_files
from lca.problems import ProblemsFound

BASE = (ROOT / "projects/minimal.yaml").read_text("utf-8")
LONG = "The host recycles all equipment under a contract that is annexed."


def dossier(tmp_path: Path, *names: str, kind: str = "supplier_letter", issuer: str = "Host") -> Path:
    """Write a descriptor that names some files as evidence for the row on waste."""
    items = "".join(
        f'\n        - {{type: {kind}, title: Letter, issuer: {issuer}, date: "2024-04-02", strength: documented, file: "{name}"}}'
        for name in names
    )
    answer = f'\n    cca81-dnsh-ce-3:\n      answer: yes\n      justification: "{LONG}"\n      evidence:{items}\n'
    path = tmp_path / "dossier.yaml"
    path.write_text(f"{BASE}checklist:\n  answers:{answer}", "utf-8")
    return path


def test_a_file_is_hashed_and_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "evidence").mkdir()
    content = "La lettre de l’hébergeur.".encode()
    (tmp_path / "evidence/letter.txt").write_bytes(content)
    path = dossier(tmp_path, "evidence/letter.txt")
    assert main(["dnsh", str(path), "--json"]) == 0
    (item,) = json.loads(capsys.readouterr().out)["checklist"]["cca81-dnsh-ce-3"]["evidence"]
    digest = hashlib.sha256(content).hexdigest()
    assert (item["sha256"], item["standing"]) == (digest, "accepted")
    assert main(["assess", str(path), "--json", "--draws", "0"]) == 0
    assert json.loads(capsys.readouterr().out)["fingerprint"]["files"] == {"evidence/letter.txt": digest}
    assert assess_file(path).study.files["evidence/letter.txt"].size == len(content)


@pytest.mark.parametrize(
    "name", ["../letter.txt", "a/../../letter.txt", "/etc/passwd", "~/x", "C:/x", "a\\\\b", ".", "a/.."]
)
def test_no_name_leads_outside(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letter.txt").write_text("outside")
    inside = tmp_path / "inside"
    inside.mkdir()
    path = dossier(inside, name)
    assert main(["check", str(path)]) == 1
    (error,) = [line for line in capsys.readouterr().err.splitlines() if "warning" not in line]
    assert ": LCA407 " in error


def test_links_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "link.txt").symlink_to(secret)
    (inside / "folder").symlink_to(tmp_path)
    (inside / "own.txt").symlink_to(inside / "real.txt")
    (inside / "real.txt").write_text("mine")
    for name in ("link.txt", "folder/secret.txt", "own.txt"):
        with pytest.raises(Unusable, match="a link is not followed"):
            read_named(inside, name)
    assert read_named(inside, "real.txt") == b"mine"


def test_the_descriptors_own_folder_may_be_a_link(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir()
    (real / "letter.txt").write_text("x")
    (tmp_path / "link").symlink_to(real)
    assert read_named(tmp_path / "link", "letter.txt") == b"x"


def test_what_is_no_plain_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("x")
    with pytest.raises(Unusable, match="a device or a pipe"):
        read_named(tmp_path, "pipe")
    with pytest.raises(Unusable, match="a folder"):
        read_named(tmp_path, "folder")
    for name in ("none", "folder/none", "file/below", "x" * 5000):
        with pytest.raises(Unusable, match="no such file"):
            read_named(tmp_path, name)
    with pytest.raises(Unusable, match="separates"):
        read_named(tmp_path, "a\0b")


def test_huge_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(named_files.LARGEST_FILE + 1)
    with pytest.raises(Unusable, match=r"25.0 MB, at most 25 MB"):
        read_named(tmp_path, "huge")
    monkeypatch.setattr(named_files, "LARGEST_SUM", 5)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("1234")
    with pytest.raises(ProblemsFound, match="more than"):
        assess_file(dossier(tmp_path, "a.txt", "b.txt"))


@pytest.mark.usefixtures("small_pdf")
def test_the_programs_own_report_is_never_evidence(tmp_path: Path) -> None:
    assert main(["report", str(ROOT / "projects/minimal.yaml"), "-o", str(tmp_path), "--draws", "0"]) == 0
    for name in ("minimal.html", "minimal.pdf"):
        assert is_own_report((tmp_path / name).read_bytes())
        path = dossier(tmp_path, name)
        finding = next(f for f in assess_file(path).checklist.findings if f.criterion.id == "cca81-dnsh-ce-3")
        assert (finding.rule, finding.standings) == ("R09", ("own",))
    assert not is_own_report(b"%PDF-1.7 <</Type /Metadata>> stream\n<xmp:CreatorTool>other 1</xmp:CreatorTool>")


@pytest.mark.usefixtures("small_page")
def test_evidence_travels_in_the_pdf_on_request(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/letter.txt").write_bytes(b"\0\xff letter")
    (tmp_path / "letter.txt").write_bytes(b"another")
    path = dossier(tmp_path, "a/letter.txt", "letter.txt")
    for options, names in (
        ([], set()),
        (["--attach-evidence"], {"evidence-01-letter.txt", "evidence-02-letter.txt"}),
    ):
        out = tmp_path / f"out{len(options)}"
        assert main(["report", str(path), "--pdf", "--draws", "0", "-o", str(out), *options]) == 0
        reader = pypdf.PdfReader(io.BytesIO((out / "dossier.pdf").read_bytes()))
        assert {name for name in reader.attachments if name.startswith("evidence")} == names
    assert reader.attachments["evidence-01-letter.txt"][0] == b"\0\xff letter"


@pytest.mark.usefixtures("small_pdf")
def test_a_practice_table_travels_with_the_descriptor(tmp_path: Path) -> None:
    table = "number,expected,value,status\n1,true,5,implemented\n"
    (tmp_path / "table.csv").write_text(table, "utf-8")
    path = tmp_path / "x.yaml"
    code = "{edition: '2025', file: table.csv}"
    path.write_text(f"{BASE}checklist: {{hosting: {{paris: {{code_of_conduct: {code}}}}}}}\n", "utf-8")
    assert main(["report", str(path), "--draws", "0", "-o", str(tmp_path)]) == 0
    reader = pypdf.PdfReader(io.BytesIO((tmp_path / "x.pdf").read_bytes()))
    assert reader.attachments["table.csv"][0] == table.encode()
    assert hashlib.sha256(table.encode()).hexdigest() in (tmp_path / "x.html").read_text("utf-8")


def test_a_file_that_changes_meanwhile_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("first")
    loaded = lca.load(dossier(tmp_path, "letter.txt")).readable
    assert evidence_files(loaded) == {"letter.txt": b"first"}
    (tmp_path / "letter.txt").write_text("second")
    with pytest.raises(ProblemsFound, match="changed while"):
        evidence_files(loaded)


def test_a_practice_table_must_be_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "table.csv").write_bytes(b"number\xff")
    path = tmp_path / "x.yaml"
    code = "{edition: '2025', file: table.csv}"
    path.write_text(f"{BASE}checklist: {{hosting: {{paris: {{code_of_conduct: {code}}}}}}}\n", "utf-8")
    assert main(["check", str(path)]) == 1
    assert "LCA410 `table.csv`: the table is not UTF-8 text (byte 6)" in capsys.readouterr().err
    (tmp_path / "table.csv").write_text("number,expected,value,status\n1,true,5,finished\n", "utf-8")
    assert main(["check", str(path)]) == 1
    assert f"{tmp_path}/table.csv:2:1: LCA410 `finished` is not a status" in capsys.readouterr().err

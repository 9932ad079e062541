"""`lca report --deposit`: a PDF for a portal and an archive, from which the report is made again whatever the portal does."""

from __future__ import annotations

import datetime
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pypdf
import pytest
from conftest import ROOT
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject, TextStringObject

import lca
from lca.cli.main import main
from lca.files.deposits import Deposit

MINIMAL = (ROOT / "projects/minimal.yaml").read_text("utf-8")
DAY = datetime.date(2026, 1, 5)
PAGE = (
    '<!doctype html><html lang="en"><head><meta name="generator" content="lca 0.1.0"><title>Small</title></head>\n<body><main>\n'
    "<p>The project emits 43 kg in 2026.</p>\n</main></body></html>"
)
DRAWN_43, DRAWN_23 = b"<0514>0<0513>", b"<0511>0<0513>"


@pytest.fixture(scope="module")
def deposit() -> Iterator[Deposit]:
    """The deposit of a small page with a figure."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lca.assessment.dossier.render", lambda *_, **__: PAGE)
        patch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        report = lca.read(MINIMAL, name="minimal.yaml").assess(20, 7, DAY).report()
        yield report.deposit("minimal.pdf")


@pytest.fixture
def reproduce(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., str]:
    """Return what runs the command on some files, and gives its status and the line that it printed."""
    monkeypatch.setattr("lca.assessment.dossier.render", lambda *_, **__: PAGE)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)

    def run(*contents: bytes) -> str:
        paths = [tmp_path / f"{number}.{'zip' if one[:2] == b'PK' else 'pdf'}" for number, one in enumerate(contents)]
        for path, content in zip(paths, contents, strict=True):
            path.write_bytes(content)
        status = main(["reproduce", *map(str, paths)])
        printed = capsys.readouterr()
        (text,) = (printed.out + printed.err).splitlines()
        return f"{status} {text.replace(str(tmp_path) + '/', '')}"

    return run


def entries(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as held:
        return {one.filename: held.read(one) for one in held.infolist()}


def zipped(files: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


def rewritten(archive: bytes, change: Mapping[str, bytes]) -> bytes:
    """Return an archive with other contents, and a receipt that says so."""
    files = {**entries(archive), **change}
    receipt = json.loads(files["receipt.json"])
    receipt["sha256"] = {
        name: hashlib.sha256(held).hexdigest() for name, held in files.items() if name != "receipt.json"
    }
    return zipped({**files, "receipt.json": json.dumps(receipt).encode()})


def signed(pdf: bytes) -> bytes:
    """Return a PDF with a signature field on its first page, as signing software appends it; its value signs nothing."""
    writer = pypdf.PdfWriter(io.BytesIO(pdf), incremental=True)
    value = writer._add_object(
        DictionaryObject({NameObject("/Type"): NameObject("/Sig"), NameObject("/Filter"): NameObject("/Adobe.PPKLite")})
    )
    field = writer._add_object(
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Widget"),
                NameObject("/FT"): NameObject("/Sig"),
                NameObject("/T"): TextStringObject("Signature1"),
                NameObject("/V"): value,
                NameObject("/Rect"): ArrayObject([NumberObject(0)] * 4),
            }
        )
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([field])
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/Fields"): ArrayObject([field]), NameObject("/SigFlags"): NumberObject(3)}
    )
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def test_the_plain_pdf_carries_nothing_and_the_archive_all(deposit: Deposit) -> None:
    assert list(pypdf.PdfReader(io.BytesIO(deposit.pdf)).attachment_list) == []
    held = entries(deposit.archive)
    receipt = json.loads(held.pop("receipt.json"))
    assert (receipt["pdf"], receipt["date"]) == ("minimal.pdf", "2026-01-05")
    assert receipt["sha256"] == {name: hashlib.sha256(content).hexdigest() for name, content in held.items()}
    assert held["minimal.pdf"] == deposit.pdf
    assert held["attachments/minimal.yaml"].decode() == MINIMAL
    assert {"attachments/results.json", "attachments/inputs.csv", "attachments/report.json"} <= held.keys()


def test_the_same_study_gives_the_same_archive(deposit: Deposit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lca.assessment.dossier.render", lambda *_, **__: PAGE)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    again = lca.read(MINIMAL, name="minimal.yaml").assess(20, 7, DAY).report().deposit("minimal.pdf")
    assert again == deposit


AGREES = "0 {}: agrees: "


def test_the_pair_agrees_in_either_order_and_the_archive_alone(deposit: Deposit, reproduce: Callable[..., str]) -> None:
    for files in ((deposit.pdf, deposit.archive), (deposit.archive, deposit.pdf), (deposit.archive,)):
        said = reproduce(*files)
        name = "0.zip" if len(files) == 1 else f"{files.index(deposit.pdf)}.pdf"
        assert said.startswith(AGREES.format(name))
        assert said.endswith("; the PDF is the one of the receipt")


def test_a_signature_and_a_portal_that_strips_attachments_change_no_word(
    deposit: Deposit, reproduce: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = reproduce(signed(deposit.pdf), deposit.archive)
    assert said.startswith(AGREES.format("0.pdf"))
    assert said.endswith(
        "the PDF is not byte for byte the one of the receipt, as after a portal or a signature; "
        "it bears a signature, which is not checked here"
    )
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    whole = lca.read(MINIMAL, name="minimal.yaml").assess(20, 7, DAY).report().pdf()
    writer = pypdf.PdfWriter(io.BytesIO(whole))
    del writer.root_object["/Names"]
    del writer.root_object["/AF"]
    stripped = io.BytesIO()
    writer.write(stripped)
    assert reproduce(stripped.getvalue()).startswith(
        "1 0.pdf:1:1: LCA922 it carries no files: they were taken out of it;"
    )
    assert reproduce(stripped.getvalue(), deposit.archive).startswith(AGREES.format("0.pdf"))


def test_what_was_edited_is_found(deposit: Deposit, reproduce: Callable[..., str]) -> None:
    writer = pypdf.PdfWriter(io.BytesIO(deposit.pdf))
    stream = writer.pages[0]["/Contents"].get_object()
    assert isinstance(stream, StreamObject)
    text = stream.get_data()
    assert text.count(DRAWN_43) == 1
    stream.set_data(text.replace(DRAWN_43, DRAWN_23))
    edited = io.BytesIO()
    writer.write(edited)
    assert reproduce(edited.getvalue(), deposit.archive).startswith("1 0.pdf: differs: printed text edited (page 1 is ")
    inputs = entries(deposit.archive)["attachments/minimal.yaml"]
    other = rewritten(deposit.archive, {"attachments/minimal.yaml": inputs.replace(b"count: 8", b"count: 4")})
    assert inputs.count(b"count: 8") == 1
    assert "descriptor edited (minimal.yaml)" in reproduce(deposit.pdf, other)


def nested(archive: bytes) -> bytes:
    """Return an archive that unfolds to more than it says."""
    files = {**entries(archive), "attachments/zeros": bytes(260_000_000)}
    return zipped(files)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda a: a[: len(a) // 2], "LCA921 the archive is broken (BadZipFile)"),
        (lambda _: zipped({"a": b"1"}), "LCA922 it is no deposit: it holds no `receipt.json`"),
        (lambda a: zipped({**entries(a), "receipt.json": b"{]"}), "LCA922 its `receipt.json` cannot be read"),
        (
            lambda a: zipped({**entries(a), "attachments/results.json": b"{}"}),
            "LCA922 it holds other files than its receipt says: `attachments/results.json`",
        ),
        (
            lambda a: zipped({**entries(a), "../../etc/x": b"1"}),
            "LCA922 it holds other files than its receipt says: `../../etc/x`",
        ),
        (
            lambda a: zipped({n: c for n, c in entries(a).items() if n != "minimal.pdf"}),
            "LCA922 it holds other files than its receipt says: `minimal.pdf`",
        ),
        (lambda a: rewritten(a, {"../out": b"1"}), "LCA922 its `receipt.json` names no PDF of it"),
        (nested, "LCA923 it holds more than a deposit does: at most 1,000 files of 250 MB together are read"),
    ],
)
def test_a_damaged_archive_is_refused(
    deposit: Deposit, reproduce: Callable[..., str], damage: Callable[[bytes], bytes], said: str
) -> None:
    assert reproduce(damage(deposit.archive)).startswith(f"1 0.zip:1:1: {said}; give the archive as ")


def test_what_does_not_belong_together_is_refused(deposit: Deposit, reproduce: Callable[..., str]) -> None:
    assert reproduce(deposit.pdf, deposit.pdf).startswith("1 1.pdf:1:1: LCA921 it is no archive;")
    assert reproduce(deposit.archive, deposit.archive).startswith("1 1.zip:1:1: LCA921 it is no PDF;")
    whole = lca.read(MINIMAL, name="minimal.yaml").assess(20, 8, DAY).report().pdf()
    assert reproduce(whole, deposit.archive).startswith("1 0.pdf:1:1: LCA922 it carries another `results.json` than")


def test_a_deposit_is_written_beside_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "p.yaml"
    file.write_text(MINIMAL, encoding="utf-8")
    assert main(["report", str(file), "--deposit", "--pdf"]) == 1
    assert "a deposit is a PDF and an archive" in capsys.readouterr().err
    assert main(["report", str(file), "--deposit", "-o", str(tmp_path / "out"), "--draws", "20"]) == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["p.pdf", "p.zip"]

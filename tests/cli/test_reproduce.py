"""`lca reproduce`: an untouched report agrees on another day, and every kind of edit is found and named."""

from __future__ import annotations

import base64
import datetime
import hashlib
import io
import json
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pypdf
import pytest
from conftest import ROOT
from msgspec.structs import replace
from pypdf.generic import DecodedStreamObject, NameObject

import lca
from lca.cli.main import main
from lca.files import carried
from lca.files.named_files import Given
from lca.files.pdf import PangoMissing
from lca.files.reading import load
from lca.problems import ProblemsFound

MINIMAL = (ROOT / "projects/minimal.yaml").read_text("utf-8")
DAY = datetime.date(2026, 1, 5)
PAGE = (
    '<!doctype html><html lang="en"><head><meta name="generator" content="lca 0.1.0"><title>Small</title></head>\n<body><main>\n'
    "<p>The project emits 43 kg in 2026.</p>\n</main></body></html>"
)
#: The digits of "43" as the small page's PDF draws them, and those of "23".
DRAWN_43, DRAWN_23 = b"<0514>0<0513>", b"<0511>0<0513>"

Edit = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def made() -> Iterator[Mapping[str, bytes]]:
    """A report of a small page with a figure, as PDF and as HTML."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lca.assessment.dossier.render", lambda *_, **__: PAGE)
        patch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        report = lca.read(MINIMAL, name="minimal.yaml").assess(20, 7, DAY).report()
        yield {"pdf": report.pdf(), "html": report.html.encode()}


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lca.assessment.dossier.render", lambda *_, **__: PAGE)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


Run = Callable[..., tuple[int, str]]


@pytest.fixture
def reproduce(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs the command on some bytes, and gives its status and what it printed."""

    def run(content: bytes, *options: str) -> tuple[int, str]:
        path = tmp_path / f"report.{'pdf' if content.startswith(b'%PDF') else 'html'}"
        path.write_bytes(content)
        status = main(["reproduce", str(path), *options])
        printed = capsys.readouterr()
        assert not (printed.out and printed.err)
        (text,) = (printed.out + printed.err).splitlines() if "--json" not in options else [printed.out + printed.err]
        return status, text.removeprefix(f"{path}:")

    return run


def carried_by(content: bytes) -> dict[str, bytes]:
    if content.startswith(b"%PDF"):
        found = pypdf.PdfReader(io.BytesIO(content)).attachments
        return {name: contents[0] for name, contents in found.items()}
    links = re.findall(rb'download="([^"]+)" href="data:[^,]+,([^"]*)"', content)
    return {name.decode(): base64.b64decode(text) for name, text in links}


def with_files(content: bytes, edits: Mapping[str, Edit]) -> bytes:
    """Return a report with some of the files that it carries edited."""
    if content.startswith(b"%PDF"):
        writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(content)))
        for one in writer.attachment_list:
            if one.name in edits:
                one.content = edits[one.name](one.content)
        return written(writer)
    for name, edit in edits.items():
        before = carried_by(content)[name]
        content = content.replace(base64.b64encode(before), base64.b64encode(edit(before)))
    return content


def written(writer: pypdf.PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def swap(old: str, new: str) -> Edit:
    def edit(content: bytes) -> bytes:
        assert old.encode() in content
        return content.replace(old.encode(), new.encode(), 1)

    return edit


def forged(content: bytes, name: str, edit: Edit) -> bytes:
    """Return a report with a file edited and its hash in the record of the making edited too."""
    edited = edit(carried_by(content)[name])

    def record(text: bytes) -> bytes:
        before = hashlib.sha256(carried_by(content)[name]).hexdigest()
        return text.replace(before.encode(), hashlib.sha256(edited).hexdigest().encode())

    return with_files(content, {name: lambda _: edited, "report.json": record})


# What is untouched agrees


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize("kind", ["pdf", "html"])
def test_an_untouched_report_agrees_on_another_day(kind: str, made: Mapping[str, bytes], reproduce: Run) -> None:
    status, line = reproduce(made[kind])
    assert status == 0
    assert line.startswith(" agrees: ")
    assert "(lca 0.1.0, catalogue 2026.2, 20 draws, seed 7, as of 2026-01-05)" in line


@pytest.mark.usefixtures("page")
def test_json(made: Mapping[str, bytes], reproduce: Run) -> None:
    status, text = reproduce(made["html"], "--json")
    found = json.loads(text)
    assert (status, found["agrees"], found["differences"], found["not_checked"]) == (0, True, [], {})
    assert " agrees: " in found["says"]
    assert found["compared"]["figures"] > 1000
    edited = with_files(made["html"], {"results.json": swap('"kgCO2e"', '"kg"')})
    status, text = reproduce(edited, "--json")
    (difference,) = json.loads(text)["differences"]
    assert (status, difference["kind"], difference["file"]) == (1, "figures", "results.json")
    assert difference["where"][0] == {"path": "totals.gwp100.unit", "attached": "kg", "recomputed": "kgCO2e"}


def test_a_whole_dossier_agrees_as_pdf_and_html(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["report", str(ROOT / "projects/minimal.yaml"), "--draws", "20", "--as-of", "2026-01-05", "--lang", "fr"]
    assert main([*given, "--factors", "ember", "-o", str(tmp_path)]) == 0
    for name in ("minimal.pdf", "minimal.html"):
        capsys.readouterr()
        assert main(["reproduce", str(tmp_path / name)]) == 0, capsys.readouterr().out
        assert "2026.2, set ember" in capsys.readouterr().out


# What was edited is named


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize("kind", ["pdf", "html"])
@pytest.mark.parametrize(
    ("name", "edit", "says"),
    [
        (
            "results.json",
            swap('"value": 43.', '"value": 39.'),
            "results edited (results.json: totals.gwp100.value is 39.",
        ),
        (
            "inventory.csv",
            swap("piece", "item"),
            "results edited (inventory.csv: training training.final-model",
        ),
        ("inputs.csv", swap("default", "measured"), "results edited (inputs.csv: "),
        ("sweeps.json", swap('"rank": 1', '"rank": 2'), "results edited (sweeps.json: [0].comparison[0]"),
        (
            "factors.csv",
            swap(",400,W,", ",500,W,"),
            "factor rows edited (factors.csv: processor/nvidia-a100-sxm4-80-gb/tdp",
        ),
        ("minimal.yaml", swap("72 h", "73 h"), "descriptor edited (minimal.yaml)"),
        ("results.json", swap("{\n", "{ \n"), "results edited (results.json: written otherwise)"),
        ("results.json", swap("{\n", '{"x": ' + "[" * 900 + "]" * 900 + ",\n"), "results edited (results.json: x is "),
        ("sweeps.json", swap("{\n", "{{\n"), "results edited (sweeps.json: cannot be read)"),
    ],
    ids=["figure", "flow", "input", "sweep", "factor", "descriptor", "space", "depth", "no-json"],
)
def test_an_edit_of_what_travels_is_named(
    kind: str, name: str, edit: Edit, says: str, made: Mapping[str, bytes], reproduce: Run
) -> None:
    for content in (with_files(made[kind], {name: edit}), forged(made[kind], name, edit)):
        status, line = reproduce(content)
        assert status == 1
        assert line.startswith(f" differs: {says}"), line
        assert "printed text edited" not in line
        assert line.count("edited") == 1, "nothing else is blamed"


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize("kind", ["pdf", "html"])
def test_one_printed_digit_is_found(kind: str, made: Mapping[str, bytes], reproduce: Run) -> None:
    if kind == "pdf":
        writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(made["pdf"])))
        stream = writer.pages[0]["/Contents"].get_object()
        assert isinstance(stream, pypdf.generic.StreamObject)
        drawn = stream.get_data()
        assert drawn.count(DRAWN_43) == 1
        stream.set_data(drawn.replace(DRAWN_43, DRAWN_23))
        status, line = reproduce(written(writer))
        assert line.startswith(
            " differs: printed text edited (page 1 is “The project emits 23 kg in 2026.”, computed again “"
        )
    else:
        status, line = reproduce(made["html"].replace(b"43 kg", b"23 kg"))
        assert line.startswith(
            " differs: printed text edited (line 3 is “The project emits 23 kg in 2026.”, computed again “"
        )
    assert status == 1
    assert "The project emits 43 kg" in line


@pytest.mark.usefixtures("page")
def test_what_is_drawn_over_the_words_is_found(made: Mapping[str, bytes], reproduce: Run) -> None:
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(made["pdf"])))
    cover = DecodedStreamObject()
    words = writer.pages[0].get_contents()
    assert words is not None
    cover.set_data(words.get_data() + b"\n1 1 1 rg 60 60 200 200 re f")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(cover)
    status, line = reproduce(written(writer))
    assert (status, line) == (1, " differs: printed text edited (page 1 drawn otherwise)")


@pytest.mark.usefixtures("page")
def test_files_that_lack_or_were_added_are_named(made: Mapping[str, bytes], reproduce: Run) -> None:
    lacking = re.sub(rb'<li><a download="inputs.csv".*?</li>\n', b"", made["html"])
    assert " differs: attachment lacking: inputs.csv" in reproduce(lacking)[1]
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(made["pdf"])))
    writer.add_attachment("expertise.pdf", b"%PDF")
    assert reproduce(written(writer)) == (1, " differs: attachment added: expertise.pdf")


@pytest.mark.usefixtures("page")
def test_an_edited_record_of_the_making_is_named(made: Mapping[str, bytes], reproduce: Run) -> None:
    status, line = reproduce(with_files(made["html"], {"report.json": swap('"seed": 7', '"seed": 8')}))
    assert status == 1
    says = " differs: the record of how it was made edited (report.json: fingerprint.seed is 8, computed again 7)"
    assert line == says


@pytest.mark.usefixtures("page")
def test_an_edited_descriptor_that_cannot_be_computed(made: Mapping[str, bytes], reproduce: Run) -> None:
    status, line = reproduce(with_files(made["html"], {"minimal.yaml": swap("72 h", "72 hh")}))
    assert status == 1
    assert line.startswith(
        " differs: descriptor edited (minimal.yaml); figures and text not checked: it cannot be computed again ("
    )
    assert "LCA302" in line


# Other versions


def of_catalogue(version: str, digest: str) -> bytes:
    """Return a report that was made on the rows of 2026.1, under the name and the hash of another catalogue."""
    study = lca.Study("minimal.yaml", load(MINIMAL, "minimal.yaml", Given({}), catalogue="2026.1"))
    made = study.assess(20, 7, DAY)
    print_ = replace(made.fingerprint, catalogue_version=version, catalogue=digest or made.fingerprint.catalogue)
    return replace(made, fingerprint=print_).report().html.encode()


@pytest.mark.usefixtures("page")
def test_a_report_of_another_catalogue(reproduce: Run) -> None:
    status, line = reproduce(of_catalogue("2026.1", "0" * 64))
    assert status == 1
    assert line.startswith(" differs: another catalogue (2026.1, installed 2026.2)")
    assert "its figures come out the same" in line
    assert line.endswith("text not checked: it was made by other versions")
    status, line = reproduce(of_catalogue("2025.3", "0" * 64))
    assert status == 1
    assert line.startswith(
        " differs: another catalogue (2025.3, installed 2026.2); figures not checked: it was made by"
    )
    assert "edited" not in line
    status, line = reproduce(of_catalogue("2026.2", "0" * 64))
    assert "another catalogue (2026.2, installed 2026.2 with other rows)" in line


@pytest.mark.usefixtures("page")
def test_a_report_of_an_earlier_catalogue_that_is_pinned_agrees(reproduce: Run) -> None:
    made = lca.read(MINIMAL + 'catalogue: "2026.1"\n', name="minimal.yaml").assess(20, 7, DAY)
    status, line = reproduce(made.report().html.encode())
    assert status == 0
    assert "catalogue 2026.1" in line


@pytest.mark.usefixtures("page")
def test_a_report_of_another_program_version(monkeypatch: pytest.MonkeyPatch, reproduce: Run) -> None:
    with monkeypatch.context() as then:
        then.setattr("lca.files.fingerprint.code_version", lambda: "0.0.9")
        made = lca.read(MINIMAL, name="minimal.yaml").assess(20, 7, DAY).report().html.encode()
    status, line = reproduce(made)
    assert status == 1
    assert line.startswith(" differs: another program version (0.0.9, installed 0.1.0); its figures come out the same")
    edited = with_files(made, {"results.json": swap('"value": 43.', '"value": 39.')})
    assert "; results edited (results.json: totals.gwp100.value is 39." in reproduce(edited)[1]


@pytest.mark.usefixtures("page")
def test_without_pango_or_with_another_one_the_text_is_not_checked(
    made: Mapping[str, bytes], monkeypatch: pytest.MonkeyPatch, reproduce: Run
) -> None:
    def missing() -> str:
        raise PangoMissing("cannot load library libpangoft2-1.0-0")

    edited = made["pdf"]
    with monkeypatch.context() as without:
        without.setattr("lca.files.documents.renderer", missing)
        status, line = reproduce(edited)
    assert status == 1
    assert line.startswith(
        " text not checked: the PDF needs a system library that is missing here (cannot load library"
    )
    with monkeypatch.context() as other:
        other.setattr("lca.files.pdf.renderer", lambda: "WeasyPrint 99")
        assert reproduce(edited)[0] == 0  # the same drawings need no excuse
        other.setattr("lca.files.printed.drawings", lambda content, _: [str(len(content)), "2"])
        status, line = reproduce(made["pdf"])
    assert status == 1
    assert line.startswith(" text not checked: it was laid out by Matplotlib")
    assert line.endswith(", here WeasyPrint 99")


@pytest.mark.usefixtures("page")
def test_a_theme_is_asked_for(tmp_path: Path, reproduce: Run) -> None:
    themes = [tmp_path / name for name in ("ours", "another")]
    for number, theme in enumerate(themes):
        theme.mkdir()
        (theme / "theme.css").write_text(f"h1 {{ margin: {number}px }}", "utf-8")
    made = lca.read(MINIMAL, name="minimal.yaml").assess(0, as_of=DAY).report("en", "page", themes[0]).html.encode()
    assert reproduce(made, "--theme", str(themes[0]))[0] == 0
    for options in ((), ("--theme", str(themes[1]))):
        status, line = reproduce(made, *options)
        assert status == 1
        assert line == " text not checked: it was written in a theme that is not given; name its folder with --theme"


# Files that belong to a report


EVIDENCE = """checklist:
  answers:
    art17-ccm:
      answer: yes
      justification: It is computed over the life cycle.
      evidence:
        - {type: measurement_log, title: T, issuer: H, date: '2024-06-01', strength: documented, file: a/letter.txt}
  hosting: {paris: {code_of_conduct: {edition: '2025', file: table.csv}}}
"""
TABLE = "\ufeffnumber,expected,value,status\n1,true,5,implemented\n"


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """A descriptor with an evidence file and a table that begins with a byte order mark."""
    folder = tmp_path / "dossier"
    (folder / "a").mkdir(parents=True)
    (folder / "a/letter.txt").write_bytes(b"\xff letter")
    (folder / "table.csv").write_text(TABLE, "utf-8")
    (folder / "étude 1.yaml").write_text(MINIMAL + EVIDENCE, "utf-8")
    return folder


@pytest.mark.usefixtures("page")
def test_evidence_is_known_by_its_hash_or_looked_at(dossier: Path, reproduce: Run) -> None:
    made = lca.load(dossier / "étude 1.yaml").assess(0, as_of=DAY).report().html.encode()
    status, line = reproduce(made)
    assert status == 0
    assert line.endswith("; evidence not checked: a/letter.txt (known by hash; name the folder with --evidence)")
    status, line = reproduce(made, "--evidence", str(dossier))
    assert status == 0
    assert "not checked" not in line
    (dossier / "a/letter.txt").write_bytes(b"another letter")
    assert reproduce(made, "--evidence", str(dossier / "a"))[1].startswith(" differs: evidence changed: a/letter.txt")
    assert (
        "a file that the descriptor names edited (table.csv)"
        in reproduce(with_files(made, {"table.csv": swap("5", "4")}))[1]
    )


@pytest.mark.usefixtures("page")
def test_attached_evidence_is_compared(dossier: Path, reproduce: Run) -> None:
    made = lca.load(dossier / "étude 1.yaml").assess(0, as_of=DAY).report().pdf(with_evidence=True)
    status, line = reproduce(made)
    assert status == 0
    assert "not checked" not in line
    for edited in (
        with_files(made, {"evidence-01-letter.txt": swap("letter", "Letter")}),
        forged(made, "evidence-01-letter.txt", swap("letter", "Letter")),
    ):
        status, line = reproduce(edited)
        assert status == 1
        assert line.startswith(" differs: evidence changed: "), line


ACT = """act: our_call
name: {en: Our call, fr: Notre appel, text_kind: paraphrase}
legal_ref: {act: {en: Guide of our call, fr: Guide de notre appel}, section: "3"}
legal_text_of: "2026-01-01"
written: "2026-01-02"
when: {en: For our call., fr: Pour notre appel.}
criteria:
  our-1:
    objective: ce
    role: dnsh
    criterion: {en: Is reused., fr: Est réemployé., text_kind: paraphrase}
    question: {en: Is it reused?, fr: Est-il réemployé ?}
    evidence_accepted: [supplier_letter]
    min_strength: declared
    partial_policy: fail
    confidence: unverified
"""


@pytest.mark.usefixtures("page")
def test_all_files_of_a_descriptor_come_out_again(tmp_path: Path, reproduce: Run) -> None:
    (tmp_path / "call.yaml").write_text(ACT, "utf-8")
    year = MINIMAL.replace("start: 2024-03", "start: 2024-03, duration: 1 year")
    first = lca.read(year, name="x.yaml").assess(20, as_of=DAY)
    text = year + (
        "benefit:\n  reference: {description: by hand, descriptor: results.yaml}\n  effects:\n"
        "    less: {quantity: 1 tCO2e/year, attribution: 0.5, rebound: 0.1, evidence: model}\n"
        "monitoring:\n  forecast: e/contract.sealed.json\n"
        "  measured: {hours: {input: training.final-model.duration, values: [{date: 2026-01-04, value: 60 h}]}}\n"
        "checklist: {acts: [our_call]}\n"
        "scenarios:\n  code: {checklist: {hosting: {paris: {code_of_conduct: {edition: '2025', file: table.csv}}}}}\n"
    )
    files = {
        "results.yaml": year.replace("72 h", "700 h"),
        "e/contract.sealed.json": first.sealed(),
        "table.csv": TABLE,
    }
    study = lca.read(text, name="<x>.yaml", files=files, factors="ember", checklist=[tmp_path / "call.yaml"])
    made = study.assess(0, as_of=DAY)
    report = made.report("fr")
    for content in (report.html.encode(), report.pdf()):
        status, line = reproduce(content)
        assert status == 0, line
        assert "\u00a0: concorde\u00a0: " in line  # the language of the report, unless another is asked for
    for name, says in (
        ("results.yaml", "a file that the descriptor names edited (results.yaml)"),
        ("table.csv", "a file that the descriptor names edited (table.csv)"),
        ("e-contract.sealed.json", "a file that the descriptor names edited (e-contract.sealed.json)"),
        ("call.yaml", "criteria of a further act edited (call.yaml)"),
    ):
        edited = with_files(report.html.encode(), {name: lambda old: old + b"\n"})
        assert says in reproduce(edited, "--lang", "en")[1]


# What is no report


def bomb(made: bytes) -> bytes:
    """Return a report whose `results.json` unfolds to a hundred times more than it takes."""
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(made)))
    for one in writer.attachment_list:
        if one.name == "results.json":
            stream = one._embedded_file
            stream._data = zlib.compress(b"0" * 90_000_000)
            stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    return written(writer)


def encrypted(made: bytes) -> bytes:
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(made)))
    writer.encrypt("secret", algorithm="RC4-128")
    return written(writer)


def of_another_program(made: bytes) -> bytes:
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(made)))
    writer.add_metadata({"/Creator": "Writer\n\x1b[31m 7"})
    return written(writer)


def stripped(made: bytes) -> bytes:
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(made)))
    del writer.root_object["/Names"]
    return written(writer)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda made: made["pdf"][: len(made["pdf"]) // 2], "1:1: LCA921 the PDF is broken ("),
        (lambda _: b"%PDF-1.7\n" + bytes(2000), "1:1: LCA921 the PDF is broken ("),
        (
            lambda _: written(pypdf.PdfWriter()),
            "1:1: LCA922 it was made by a program that does not say its name, not by",
        ),
        (lambda made: encrypted(made["pdf"]), "1:1: LCA921 the PDF is encrypted; "),
        (lambda made: bomb(made["pdf"]), "1:1: LCA923 it unfolds to more than a report holds; "),
        (
            lambda made: of_another_program(made["pdf"]),
            "1:1: LCA922 it was made by `Writer  [31m 7`, not by `lca report`; ",
        ),
        (lambda made: stripped(made["pdf"]), "1:1: LCA922 it carries no files: they were taken out of it; "),
        (lambda _: b"descriptor: 1\n", "1:1: LCA921 it is neither a PDF nor an HTML page; "),
        (lambda _: b"<html></html>", "1:1: LCA922 it was made by a program that does not say its name"),
        (lambda _: PAGE.encode(), "1:1: LCA922 it carries no files: they were taken out of it; "),
        (lambda _: PAGE.encode() + b'<section id="data">' * 200_000, "1:1: LCA922 it carries no files"),
        (lambda made: made["html"].replace(b'=">', b'">', 1), "1:1: LCA921 a file in it is damaged"),
        (
            lambda made: with_files(made["html"], {"report.json": lambda _: b"[" * 100_000}),
            "1:1: LCA922 its `report.json` cannot be read",
        ),
        (
            lambda made: with_files(made["html"], {"report.json": swap('"report": 1', '"report": 2')}),
            "1:1: LCA922 its `report.json` is of format 2, this program reads 1; ",
        ),
        (
            lambda made: with_files(made["html"], {"report.json": swap('"language": "en"', '"language": "it"')}),
            "1:1: LCA922 it says that it is written in `it`, which this program does not write; ",
        ),
        (
            lambda made: with_files(
                made["html"], {"report.json": swap('"attachment": "minimal.yaml"', '"attachment": "x"')}
            ),
            "1:1: LCA922 it does not carry `x`, which it was made from; ",
        ),
        (
            lambda made: forged(made["html"], "results.json", swap('"draws": 20', '"draws": 2000000000')),
            "1:1: LCA922 it says that it was computed with 2000000000 draws",
        ),
    ],
)
@pytest.mark.usefixtures("page")
def test_what_is_no_report_is_one_sentence(
    spoil: Callable[[Any], bytes], says: str, made: Mapping[str, bytes], reproduce: Run
) -> None:
    status, line = reproduce(spoil(made))
    assert status == 1
    assert line.startswith(says), line


def test_what_is_too_large_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "huge.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7")
        file.truncate(200_000_000)
    assert main(["reproduce", str(path)]) == 1
    assert "LCA102 the file has 200.0 MB, a report at most 100 MB" in capsys.readouterr().err
    with pytest.raises(ProblemsFound, match="LCA923 it carries more than a report does"):
        carried._held(((str(number), b"") for number in range(2000)), "x.pdf")
    with pytest.raises(ProblemsFound, match="LCA922 it carries two files named `a`"):
        carried._held([("a", b""), ("a", b"")], "x.pdf")


def test_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ([], ["x.pdf", "--evidence", str(tmp_path / "nowhere")]):
        with pytest.raises(SystemExit) as stopped:
            main(["reproduce", *arguments])
        assert stopped.value.code == 2
    assert "is not a folder" in capsys.readouterr().err
    assert main(["reproduce", str(tmp_path / "nowhere.pdf"), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["problems"][0]["code"] == "LCA101"

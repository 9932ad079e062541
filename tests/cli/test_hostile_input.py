"""What a careless or hostile applicant gives: it is refused with its place, or shown as the text that it is; nothing is lost."""

from __future__ import annotations

import html.parser
import io
import json
import os
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from conftest import ROOT

from lca.cli.main import main
from lca.descriptor.document import read_document
from lca.problems import LONGEST_WORD, Location, Problem, ProblemsFound, did_you_mean

MINIMAL = (ROOT / "projects/minimal.yaml").read_text("utf-8")
RICH = ROOT / "tests/cases/good/host-and-forms.yaml"

ATTACK = (
    '</p></td></title><script>alert(1)</script><img src="file:///etc/passwd"><svg><image href="http://x.test/a"/></svg>'
    '<style>@import "http://x.test/b";*{background:url(file:///etc/passwd)}</style>{{ 7*7 }}{% raw %}&lt;<w:p/>]]>'
)
#: Keys whose values are free text.
FREE = (
    "action", "applicant", "baseline", "by", "call", "description", "issuer", "justification", "mechanism", "method",
    "note", "plan", "purpose", "reason", "rohs_declaration", "source", "statement", "summary", "title",
)  # fmt: skip


def errors_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str]]:
    status = main(list(arguments))
    return status, [line for line in capsys.readouterr().err.splitlines() if " warning: " not in line]


def written(tmp_path: Path, text: str, name: str = "x.yaml") -> str:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return str(path)


# Files


@pytest.mark.parametrize("command", ["check", "assess", "methods", "dnsh"])
def test_a_pipe_is_refused_and_not_waited_for(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / "pipe")
    status, errors = errors_of(capsys, command, str(tmp_path / "pipe"))
    assert status == 1
    assert errors[0].startswith(f"{tmp_path}/pipe:1:1: LCA101 it is a device or a pipe")


def test_an_endless_checklist_and_log_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = written(tmp_path, MINIMAL)
    assert "LCA101" in errors_of(capsys, "check", given, "--checklist", "/dev/zero")[1][0]
    assert "LCA101" in errors_of(capsys, "import", "codecarbon", "/dev/zero")[1][0]


def test_a_reference_that_is_a_link_in_a_circle(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    benefit = (
        "benefit:\n  reference: {description: as today, descriptor: loop.yaml}\n"
        "  effects: {less: {quantity: 1 tCO2e/year, evidence: pilot}}\n"
    )
    text = MINIMAL + benefit
    status, errors = errors_of(capsys, "check", written(tmp_path, text))
    assert status == 1
    assert any("LCA101 `loop.yaml` is no file beside the descriptor" in error for error in errors)


@pytest.mark.parametrize("moment", ["99999999999999999", "²", "yesterday"])
def test_a_source_date_that_is_no_moment(
    moment: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", moment)
    status, errors = errors_of(capsys, "check", written(tmp_path, MINIMAL))
    assert status == 1
    assert errors == [
        f"SOURCE_DATE_EPOCH:1:1: LCA405 `{moment}` is no moment in time; set it to seconds since 1970, or unset it"
    ]


def test_wrong_options_say_what_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    for option, value, said in (
        ("--draws", "1e3", "`1e3` is not a whole number between 0 and 1000000"),
        ("--as-of", "0000-01-01", "`0000-01-01` is not a date such as 2026-01-31"),
    ):
        with pytest.raises(SystemExit) as stopped:
            main(["assess", str(RICH), option, value])
        assert stopped.value.code == 2
        assert said in capsys.readouterr().err


# Messages


def test_a_problem_is_one_line_of_readable_length() -> None:
    long = "x" * 900
    line = str(
        Problem(Location("a\nb.yaml", 1, 1), "LCA501", f"the location `{long}` is\nun\x1b[31mknown\u2028", "hint")
    )
    assert line == f"a b.yaml:1:1: LCA501 the location `{'x' * 60}...` is un [31mknown ; hint"
    assert did_you_mean("x" * (LONGEST_WORD + 1), ["x" * LONGEST_WORD]) == ""


def test_the_same_problem_is_told_once() -> None:
    problem = Problem(Location("a", 1, 1), "LCA501", "unknown")
    assert ProblemsFound([problem, problem]).problems == (problem,)


@pytest.mark.parametrize("text", [r'"\0"', r'"\u001B[31m"', r'"a\u202Eb"', r'"\uFFFE"', r"{" + r'"\u0007": 1}'])
def test_what_cannot_be_seen_is_refused_where_it_stands(text: str) -> None:
    with pytest.raises(ProblemsFound) as found:
        read_document(f"name: ok\nother: {text}\n", "x.yaml")
    (problem,) = found.value.problems
    assert (problem.code, problem.location.line) == ("LCA110", 2)
    assert read_document('name: "tab\\tline\\n عربي é e\\u0301 😀"\n', "x.yaml").data


# Names and clashes


def warnings_of(assess_text: Any, text: str, code: str) -> list[str]:
    return [p.message for p in assess_text(text).problems if p.code == code]


def test_what_nothing_uses_is_told(assess_text: Any) -> None:
    text = MINIMAL.replace("sites:\n", "sites:\n  spare: {location: DE}\n", 1)
    assert text != MINIMAL
    assert warnings_of(assess_text, MINIMAL, "LCA612") == []
    assert warnings_of(assess_text, text, "LCA612") == ["nothing uses `spare` of the sites"]
    machine = next(iter(read_document(MINIMAL, "x").data["machines"]))
    scenario = f"scenarios:\n  moved: {{machines: {{{machine}: {{site: spare}}}}}}\n"
    assert warnings_of(assess_text, text + scenario, "LCA612") == []


def test_a_machine_reserved_for_one_service_and_used_by_another_is_told(assess_text: Any) -> None:
    machine = next(iter(read_document(MINIMAL, "x").data["machines"]))
    services = (
        f"inference:\n  own: {{reserved: {machine}, volume: 10 request/day, duration: 1 year}}\n"
        f"  too: {{on: {machine}, time_per_request: 5 ms, volume: 10 request/day, duration: 1 year}}\n"
    )
    (told,) = warnings_of(assess_text, MINIMAL + services, "LCA607")
    assert told == f"`{machine}` is reserved for inference.own, and inference.too runs on it too"
    alone = "\n".join(services.splitlines()[:2]) + "\n"
    assert warnings_of(assess_text, MINIMAL + alone, "LCA607") == []


# What is written


@pytest.mark.parametrize("command", [["dnsh", "letter"], ["dnsh", "export", "--form", "national", "--draws", "0"]])
def test_a_document_never_takes_the_place_of_what_it_was_made_from(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = RICH.read_text("utf-8")
    given = written(tmp_path, text)
    (tmp_path / "link.yaml").hardlink_to(given)
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for place in ("x.yaml", "link.yaml", "folder", "pipe", "x.yaml/below"):
        status, errors = errors_of(capsys, *command, given, "-o", str(tmp_path / place))
        assert status == 1, place
        assert "LCA701" in errors[0]
    assert Path(given).read_text("utf-8") == text
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder", "link.yaml", "pipe", "x.yaml"]


@pytest.mark.usefixtures("small_page")
def test_a_report_writes_nothing_where_one_of_its_files_cannot_stand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from lca.files.writing_whole import write_whole

    (tmp_path / "b.pdf").mkdir()
    (tmp_path / "a.html").write_text("old")
    with pytest.raises(ProblemsFound):
        write_whole({tmp_path / "a.html": b"new", tmp_path / "b.pdf": b"new"})
    assert (tmp_path / "a.html").read_text() == "old"
    given = written(tmp_path, MINIMAL, "x.html")
    assert main(["report", given, "--html", "--draws", "0", "-o", str(tmp_path)]) == 1
    assert Path(given).read_text("utf-8") == MINIMAL
    capsys.readouterr()


def attacked(data: Any, key: str = "") -> Any:
    """Return a descriptor's data with the attack in all its free texts."""
    if isinstance(data, dict):
        return {k: attacked(value, k) for k, value in data.items()}
    if isinstance(data, list):
        return [attacked(value, key) for value in data]
    return ATTACK if key in FREE and isinstance(data, str) else data


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> str:
    data = attacked(read_document(RICH.read_text("utf-8"), "x").data)
    data["project"]["name"] = ATTACK[:150]
    data["goal"]["purpose"] = ATTACK
    data["reductions"] = {"less": {"action": ATTACK, "owner": ATTACK}}
    data["scenarios"] = {"abroad": {"sites": {"paris": {"location": "DE"}}, "project": {"summary": ATTACK}}}
    path = tmp_path_factory.mktemp("hostile") / "x.yaml"
    path.write_text(json.dumps(data), "utf-8")
    return str(path)


class Tags(html.parser.HTMLParser):
    """Collects the elements of a page and where its attributes point."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.scripts = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.scripts += tag == "script"
        self.links += [value or "" for name, value in attrs if name in ("src", "href", "data", "action", "style")]


def assert_harmless(page: str, scripts: int) -> None:
    """Hold a page against what it may not hold; `scripts` are the page's own, which a policy names by their hash."""
    found = Tags(page)
    assert "&lt;script&gt;alert(1)" in page
    assert found.scripts == scripts
    assert not found.tags & {"iframe", "object", "embed", "form", "w:p", "link"}
    assert not [link for link in found.links if "x.test" in link or "passwd" in link]
    assert "49" not in re.findall(r"background:url\(file:///etc/passwd\)\}[^{]{0,20}(\d+)", page)
    assert "{{ 7*7 }}" in page


def documents(folder: Path, given: str) -> Iterator[Path]:
    for name, command in (
        ("letter", ["dnsh", "letter", given]),
        *((form, ["dnsh", "export", given, "--form", form, "--draws", "5"]) for form in ("horizon-europe", "national")),
    ):
        for ending in ("txt", "html", "docx"):
            path = folder / f"{name}.{ending}"
            assert main([*command, "-o", str(path), "--as-of", "2026-01-01"]) == 0
            yield path


def test_texts_of_the_report_and_the_comparison_stay_texts_and_nothing_is_fetched(
    hostile: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    made = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        options = ["--draws", "5", "--as-of", "2026-01-01", "-o", str(folder)]
        # Whatever the renderer is made to fetch besides what is shipped ends it with an error.
        assert main(["report", hostile, *options]) == 0
        assert main(["compare", hostile, "--html", "--pdf", *options]) == 0
        made.append({path.name: path.read_bytes() for path in sorted(folder.iterdir())})
    assert sorted(made[0]) == ["compare-x.html", "compare-x.pdf", "x.html", "x.pdf"]
    assert made[0] == made[1]
    for name, scripts in (("x.html", 2), ("compare-x.html", 0)):
        assert_harmless(made[0][name].decode(), scripts)


def test_texts_of_letters_and_forms_stay_texts_and_their_bytes_are_the_same(hostile: str, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    for one, two in zip(documents(tmp_path / "one", hostile), documents(tmp_path / "two", hostile), strict=True):
        content = one.read_bytes()
        assert content == two.read_bytes(), one.name
        if one.suffix == ".html":
            assert_harmless(content.decode(), 0)
        if one.suffix == ".docx":
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                links = [name for name in archive.namelist() if name.endswith(".rels")]
                assert not any(b"x.test" in archive.read(name) or b"passwd" in archive.read(name) for name in links)
                body = ElementTree.fromstring(archive.read("word/document.xml"))
            assert "<script>alert(1)</script>" in "".join(body.itertext())
            assert {element.tag.partition("}")[0] for element in body.iter()} <= {
                "{http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            }

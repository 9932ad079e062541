"""A stranger finds each room by the pages: the layers, the tables of figures, sections and codes, and the ways to add."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from types import ModuleType

import pytest
from conftest import ROOT, report_html

import lca
from lca.cli.main import main
from lca.problems import CODES
from lca.subjects import FOLDERS

PAGE = ROOT / "docs" / "architecture.md"
GUIDE = ROOT / "CONTRIBUTING.md"
TEXTS = {
    name: (ROOT / name).read_text("utf-8")
    for name in (
        "CONTRIBUTING.md",
        "docs/architecture.md",
        "docs/compatibility.md",
        "docs/decisions/005-a-subject-is-a-folder.md",
        "docs/python.md",
    )
}
FILES = [*sorted((ROOT / "projects").glob("*.yaml")), *sorted((ROOT / "tests" / "cases" / "good").glob("*.yaml"))]

#: The cells of a Markdown table's row.
_CELL = re.compile(r"\s*\|\s*")
#: What stands for something that is not there yet.
_PLACEHOLDER = re.compile(r"\b(?:FORMAT|ID|LANGUAGE|NAME|NNN|PACKAGE|ROOM|SOURCE|SUBJECT|TOOL|WHAT)\b|…|\*")


def rooms() -> ModuleType:
    spec = importlib.util.spec_from_file_location("rooms", ROOT / "docs" / "rooms.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ROOMS = rooms()


def rows(heading: str) -> Iterator[list[str]]:
    """Yield the cells of each row of the table under a heading."""
    table = TEXTS["docs/architecture.md"].partition(f"{heading}\n")[2].partition("\n#")[0]
    for line in [line for line in table.splitlines() if line.startswith("|")][2:]:
        yield _CELL.split(line.strip().strip("|").strip())


# What is generated is fresh


def test_the_generated_parts_are_fresh() -> None:
    assert TEXTS["docs/architecture.md"] == ROOMS.architecture_page(), "run python docs/generate.py"


def test_each_generated_part_has_its_place() -> None:
    assert re.findall(r"<!-- generated: (\w+) -->", TEXTS["docs/architecture.md"]) == list(ROOMS.PARTS)


def test_a_stale_part_is_made_afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ROOMS, "PARTS", {"codes": lambda: "new"})
    page = "a\n<!-- generated: codes -->\nold\n<!-- end -->\nb"
    assert ROOMS.filled(page) == "a\n<!-- generated: codes -->\nnew\n<!-- end -->\nb"


def test_the_picture_shows_every_package_in_the_order_of_the_contract() -> None:
    shown = re.findall(r"^│ (?:  │ )?(\w+) ", ROOMS.layers(), re.MULTILINE)
    packages = [name for layer in ROOMS.layers_of(["lca"]) for name in layer]
    subjects = [name for layer in ROOMS.layers_of(["lca.subjects"]) for name in layer]
    assert [name for name in shown if name in packages] == packages
    assert [name for name in shown if name in subjects] == subjects
    assert set(subjects) == {*FOLDERS, "subject"}


# Where is …?


def test_every_figure_is_made_in_the_room_that_the_table_names() -> None:
    table = [(re.findall(r"`([^`]+)`", path), room.strip("`")) for path, room, _ in rows("### A figure")]
    met = set()
    for file in FILES:
        assessment = lca.load(file).assess(draws=0)
        for result in assessment.results:
            subject = type(result).__module__.split(".")[2]
            for path in result.figures:
                _, room = next(r for r in table if any(fnmatchcase(path, pattern) for pattern in r[0]))
                assert room.startswith(f"lca/subjects/{subject}/"), (path, room)
                met.add(room)
    assert met == {room for _, room in table if room.startswith("lca/subjects/")}


def test_figures_of_scenarios_have_a_room() -> None:
    from lca.assessment.figures import figures_of_scenarios

    assessment = lca.load(ROOT / "projects" / "alexnet-2012.yaml").assess(draws=0)
    first = next(rows("### A figure"))
    assert first[1].strip("`") == "lca/assessment/figures.py"
    assert all(fnmatchcase(path, first[0].strip("`")) for path in figures_of_scenarios(assessment))


def test_every_printed_section_has_a_room() -> None:
    html = report_html(ROOT / "projects" / "alexnet-2012.yaml", "en")
    printed = set(re.findall(r'<section id="([\w-]+)"', html))
    listed = {name for name, *_ in rows("### A printed section")}
    assert printed - listed == {"scenarios", "limits", "bibliography", "annex", "data"}


def test_every_problem_code_has_a_room() -> None:
    table = "\n".join(declared for _, _, declared, _ in rows("### A problem code"))
    spans = [(int(first), int(last or first)) for first, last in re.findall(r"\b(\d{3})(?:–(\d{3}))?\b", table)]
    listed = sorted(number for first, last in spans for number in range(first, last + 1))
    assert listed == sorted(int(code.removeprefix("LCA")) for code in CODES)


# What the pages name exists


@pytest.mark.parametrize("page", sorted(TEXTS))
def test_links_lead_somewhere(page: str) -> None:
    prose = re.sub(r"```.*?```", "", TEXTS[page], flags=re.DOTALL)
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", prose):
        assert ((ROOT / page).parent / target).exists(), target


@pytest.mark.parametrize("page", sorted(TEXTS))
def test_files_and_folders_that_are_named_exist(page: str) -> None:
    named = re.findall(r"`((?:lca|templates|tests|docs|factors|projects|benchmarks)/[^`\s]*)`", TEXTS[page])
    planned = {"lca/exporters/"}
    for name in {name for name in named if not _PLACEHOLDER.search(name)} - planned:
        assert (ROOT / name).exists(), name


@pytest.mark.parametrize("page", sorted(TEXTS))
def test_commands_that_are_named_exist(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    known = capsys.readouterr().out
    for command in set(re.findall(r"(?:\./run|`lca) ([a-z]+)", TEXTS[page])) - {"test", "upgrade"}:
        assert f"\n    {command} " in known, command


def test_folders_of_tests_that_are_named_exist() -> None:
    for target in re.findall(r"\./run test (tests/\w+)", TEXTS["CONTRIBUTING.md"]):
        assert (ROOT / target).is_dir(), target


def test_commands_of_the_guide_that_check_descriptors_work(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    commands = re.findall(r"\./run ((?:check|dnsh|schema) [a-z][\w./-]*)", TEXTS["CONTRIBUTING.md"])
    assert len(commands) > 2
    for command in commands:
        assert main(command.split()) == 0, (command, capsys.readouterr().err)


def test_tools_of_the_gate_are_named_in_the_guide() -> None:
    gate = (ROOT / ".ci" / "run").read_text("utf-8")
    for tool in re.findall(r'^"\$bin/([\w-]+)"', gate, re.MULTILINE):
        if tool != "python":
            assert f"`{tool}" in TEXTS["CONTRIBUTING.md"], tool


def test_pages_have_short_lines() -> None:
    for page, text in TEXTS.items():
        prose = re.sub(r"<!-- generated.*?<!-- end -->", "", text, flags=re.DOTALL)
        long = [line for line in prose.splitlines() if len(line) > 125 and not line.startswith("|")]
        assert not long, (page, long[:3])

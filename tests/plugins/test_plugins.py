"""Plug-ins: found by entry points when they are named, in the fingerprint, and one sentence where they fail."""

from __future__ import annotations

import importlib.metadata
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import AS_OF, ROOT

import lca
from lca.cli.main import main
from lca.exporters import FORMATS
from lca.files.plugins import CATALOGUES, CHECKLISTS, EXPORTERS, IMPORTERS
from lca.importers import LOGS

EXAMPLE = ROOT / "tests" / "plugins" / "example"
STUDY = """\
descriptor: 1
plugins: [example]
project: {name: P, start: 2024-03}
sites: {lab: {location: FR, pue: 1}}
training: {final: {site: lab, energy: {value: 2 MWh, evidence: measured}}}
checklist: {acts: [example_lab], answers: {example-1: {answer: no, justification: not yet decided by the laboratory}}}
"""
Install = Callable[..., Path]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Return what puts a package with entry points on the path, as an installation would, without one."""

    def add(package: str, version: str, entries: dict[str, dict[str, str]], code: str = "") -> Path:
        folder = tmp_path / "site" / package
        about = folder / f"{package.replace('-', '_')}-{version}.dist-info"
        about.mkdir(parents=True)
        (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n", "utf-8")
        lines = [f"[{group}]\n" + "".join(f"{n} = {v}\n" for n, v in named.items()) for group, named in entries.items()]
        (about / "entry_points.txt").write_text("\n".join(lines), "utf-8")
        if code:
            (folder / f"{package.replace('-', '_')}.py").write_text(code, "utf-8")
        monkeypatch.syspath_prepend(str(folder))
        return folder

    return add


@pytest.fixture
def example(install: Install) -> Path:
    """The example package, installed."""
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text("utf-8"))["project"]
    folder = install(project["name"], project["version"], project["entry-points"])
    shutil.copytree(EXAMPLE / "lca_example", folder / "lca_example")
    return folder


def minimal(tmp_path: Path, text: str = STUDY) -> str:
    path = tmp_path / "study.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def problems(text: str) -> list[str]:
    return [str(problem) for problem in lca.read(text).problems if problem.severity == "error"]


# Named in the descriptor: checklists and catalogues


@pytest.mark.usefixtures("example")
def test_a_descriptor_names_a_plug_in_with_acts_and_factors() -> None:
    assessment = lca.read(STUDY).assess(0, as_of=AS_OF)
    assert assessment.fingerprint.plugins == {"example": "lca-example 1.2"}
    assert assessment.fingerprint.program == f"{lca.__version__} + example (lca-example 1.2)"
    assert json.loads(assessment.json())["fingerprint"]["plugins"] == {"example": "lca-example 1.2"}
    verdicts = {finding.criterion.id: finding.verdict for finding in assessment.checklist.findings}
    assert verdicts["example-1"] == "fail"
    assert list(assessment.fingerprint.files) == ["example: example.yaml"]
    plain = lca.read(STUDY.replace("plugins: [example]\n", "").partition("checklist:")[0]).assess(0, as_of=AS_OF)
    assert plain.fingerprint.plugins == {}
    assert "plugins" not in json.loads(plain.json())["fingerprint"]
    assert plain.fingerprint.catalogue != assessment.fingerprint.catalogue


@pytest.mark.usefixtures("example")
def test_built_in_factors_lead_unless_the_plug_in_s_are_asked_for() -> None:
    built_in = lca.read(STUDY.replace("plugins: [example]\n", "").partition("checklist:")[0]).assess(0, as_of=AS_OF)
    beside = lca.read(STUDY).assess(0, as_of=AS_OF)
    leading = lca.read(STUDY, factors="example").assess(0, as_of=AS_OF)
    total = {one: one.footprint.totals["gwp100"].value for one in (built_in, beside, leading)}
    assert total[beside] == total[built_in]
    assert total[leading] == pytest.approx(2000 * 0.1, rel=1e-12)
    found = beside.source.readable.book.all("electricity/FR/2024", "gwp100")
    assert found[-1].source.id == "example-lab"


@pytest.mark.usefixtures("example")
def test_reports_name_it_and_are_made_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = lca.read(STUDY).assess(50, as_of=AS_OF).report("fr", "full").html
    assert "+ example (lca-example 1.2)" in report
    (tmp_path / "r.html").write_text(report, encoding="utf-8")
    assert main(["reproduce", str(tmp_path / "r.html"), "--lang", "en"]) == 0, capsys.readouterr().out
    capsys.readouterr()
    renamed = report.replace("lca-example 1.2", "lca-example 1.1")
    (tmp_path / "r.html").write_text(renamed, encoding="utf-8")
    main(["reproduce", str(tmp_path / "r.html"), "--lang", "en"])
    assert "agrees" not in capsys.readouterr().out


@pytest.mark.usefixtures("example")
def test_a_report_is_not_made_again_without_the_package(tmp_path: Path) -> None:
    html = lca.read(STUDY).assess(0, as_of=AS_OF).report("en").html
    (tmp_path / "r.html").write_text(html, encoding="utf-8")
    command = [sys.executable, "-m", "lca", "reproduce", str(tmp_path / "r.html"), "--lang", "en"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 1
    assert "no installed package offers a plug-in `example`" in said.stdout
    assert said.stderr == ""


@pytest.mark.usefixtures("example")
def test_two_versions_that_differ_in_a_plug_in_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain = STUDY.replace("plugins: [example]\n", "").partition("checklist:")[0]
    for name, text in (("old", plain), ("new", STUDY)):
        html = lca.read(text).assess(0, as_of=AS_OF).report("fr").html
        (tmp_path / f"{name}.html").write_text(html, encoding="utf-8")
    main(["diff", str(tmp_path / "old.html"), str(tmp_path / "new.html"), "--lang", "fr"])
    assert "greffon example" in capsys.readouterr().out.replace("\u00a0", " ")


def test_check_looks_for_none_where_none_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def looked(*_: Any, **named: Any) -> Any:
        raise AssertionError(f"looked for {named}")

    monkeypatch.setattr(importlib.metadata, "entry_points", looked)
    assert main(["check", minimal(tmp_path, STUDY.replace("plugins: [example]\n", "").partition("checklist:")[0])]) == 0
    with pytest.raises(AssertionError, match="looked for"):
        lca.read(STUDY)


@pytest.mark.usefixtures("example")
def test_an_installed_plug_in_that_no_one_names_changes_nothing() -> None:
    first, *_ = problems(STUDY.replace("plugins: [example]\n", ""))
    assert "LCA401 `example_lab` is not an act of the checklist" in first


def test_a_plug_in_that_is_not_there_is_told_at_its_place() -> None:
    (line,) = problems(STUDY)
    assert line == (
        "study.yaml:2:11: LCA418 no installed package offers a plug-in `example` with a checklist or a catalogue; "
        "install its package, or remove the name"
    )


def test_a_scenario_has_the_plug_ins_of_its_descriptor() -> None:
    text = STUDY.partition("checklist:")[0].replace("plugins: [example]\n", "")
    (line,) = problems(f"{text}scenarios: {{other: {{plugins: [example]}}}}\n")
    assert line.startswith("study.yaml:5:21: LCA901")
    assert "plug-ins are those of all scenarios" in line


BROKEN = {
    "import": ("import nothing_of_that_name\n", "cannot be loaded: ModuleNotFoundError: No module named"),
    "exit": ("raise SystemExit(3)\n", "cannot be loaded: SystemExit: 3"),
    "kind": ("IT = 3\n", "is no Mapping but of type `int`"),
    "text": ("IT = {'a/source.yaml': 3}\n", "failed: TypeError: 'a/source.yaml' is not a text by its name"),
    "path": ("IT = {'../a.csv': ''}\n", "failed: ValueError: '../a.csv' is neither SOURCE/source.yaml"),
    "name": ("IT = {'ember/source.yaml': 'id: ember'}\n", "failed: ValueError: `ember` is a source of the catalogue already"),
    "source": ("IT = {'mine/source.yaml': 'id: mine'}\n", "failed: TypeError: Missing required argument 'producer'"),
    "row": ("SOURCE", "failed: ValueError: could not convert string to float: 'much'"),
}  # fmt: skip
SOURCE = """\
from lca_example import SOURCES
TABLE = SOURCES["example-lab/factors.csv"].replace("0.1,kg", "much,kg")
IT = {**SOURCES, "example-lab/factors.csv": TABLE}
"""


@pytest.mark.usefixtures("example")
@pytest.mark.parametrize("name", BROKEN)
def test_a_plug_in_that_fails_is_one_sentence_that_names_it(name: str, install: Install) -> None:
    code, expected = BROKEN[name]
    module = f"broken_{name}"
    install(module, "0.1", {"lca.catalogues": {"broken": f"{module}:IT"}}, SOURCE if code == "SOURCE" else code)
    (line,) = problems(STUDY.replace("[example]", "[broken]").partition("checklist:")[0])
    assert line.startswith(f"study.yaml:2:11: LCA418 the plug-in `broken` of `{module} 0.1` ")
    assert expected in line
    assert line.endswith("; tell its makers")
    assert "Traceback" not in line


@pytest.mark.usefixtures("example")
def test_two_packages_of_one_name_are_not_chosen_between(install: Install) -> None:
    install("other-example", "0.3", {"lca.catalogues": {"example": "lca_example:SOURCES"}})
    (line,) = problems(STUDY)
    assert line == (
        "study.yaml:2:11: LCA418 several packages offer a plug-in `example`: lca-example 1.2, other-example 0.3; "
        "remove all but one"
    )


@pytest.mark.usefixtures("example")
def test_acts_that_are_wrong_are_told_at_their_lines(install: Install) -> None:
    code = "from lca_example import ACTS\nIT = {'mine.yaml': ACTS['example.yaml'].replace('example_lab', 'cca_8_1')}\n"
    install("wrong-acts", "0.1", {"lca.checklists": {"wrong": "wrong_acts:IT"}}, code)
    found = problems(STUDY.replace("[example]", "[example, wrong]"))
    assert found[0].startswith("wrong: mine.yaml:1:6: LCA409 `cca_8_1` is an act already")


# Named in the command: importers and exporters


@pytest.mark.usefixtures("example")
def test_a_command_names_an_exporter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study = str(ROOT / "projects" / "minimal.yaml")
    assert main(["export", "example", study, "--draws", "0", "--as-of", "2026-11-24", "--lang", "en"]) == 0
    said = capsys.readouterr()
    assert said.out.endswith(
        f"; lca {lca.__version__} + example (lca-example 1.2), factor catalogue {lca.catalogue().version}\n"
    )
    assert "43.461787" in said.out
    assert "example: All but one number." in said.err
    assert main(["export", "example", study, "--draws", "0", "-o", str(tmp_path / "line.txt"), "--lang", "en"]) == 0
    assert (tmp_path / "line.txt").read_text("utf-8") == said.out


@pytest.mark.usefixtures("example")
def test_a_command_names_an_importer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "meter.txt").write_text("12.5", encoding="utf-8")
    assert main(["import", "example", str(tmp_path / "meter.txt"), "-o", str(tmp_path / "draft.yaml")]) == 0
    draft = (tmp_path / "draft.yaml").read_text("utf-8")
    assert draft.startswith("# by the plug-in example (lca-example 1.2)\ndescriptor: 1\n")
    assert lca.read(draft).assess(0).figures["energy.at_plug"].value == 12.5
    (tmp_path / "meter.txt").write_text("a lot", encoding="utf-8")
    capsys.readouterr()
    assert main(["import", "example", str(tmp_path / "meter.txt")]) == 1
    said = capsys.readouterr().err
    assert "LCA418 the plug-in `example` of `lca-example 1.2` failed: ValueError: could not convert" in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("def write(asked): raise RuntimeError('no\\nluck')", "failed: RuntimeError: no luck"),
        ("def write(asked): return 'text'", "failed: TypeError: it wrote no Exported of bytes but a str"),
        ("import nothing_of_that_name", "cannot be loaded: ModuleNotFoundError"),
    ],
)
def test_an_exporter_that_fails_is_one_sentence(
    code: str, expected: str, install: Install, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    module = f"broken_exporter_{len(code)}"
    whole = f"from lca.exporters.exporter import Exporter\n{code}\nIT = Exporter(write, {{'x': '.x'}})\n"
    install(module, "2", {"lca.exporters": {"broken": f"{module}:IT"}}, whole)
    study = minimal(tmp_path, STUDY.replace("plugins: [example]\n", "").partition("checklist:")[0])
    assert main(["export", "broken", study, "--draws", "0", "-o", str(tmp_path / "x.x"), "--lang", "en"]) == 1
    said = capsys.readouterr()
    assert expected in said.err
    assert f"LCA418 the plug-in `broken` of `{module} 2`" in said.err
    assert "Traceback" not in said.err
    assert len(said.err.splitlines()) == 1
    assert not (tmp_path / "x.x").exists()


def test_what_is_built_in_keeps_its_name(install: Install, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = "raise RuntimeError('loaded')\n"
    groups = {"lca.exporters": {"sci": "taken_names:IT"}, "lca.importers": {"zeus": "taken_names:IT"}}
    install("taken-names", "1", groups, code)
    study = minimal(tmp_path, STUDY.replace("plugins: [example]\n", "").partition("checklist:")[0])
    assert main(["export", "sci", study, "--draws", "0", "--lang", "en"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["sci_for_ai"]
    assert said.err.startswith("the plug-in `sci` is refused: something built in has that name and is used\n")
    assert main(["import", "zeus", str(tmp_path / "none.csv")]) == 1
    assert capsys.readouterr().err.startswith("the plug-in `zeus` is refused")
    assert "sci" in FORMATS
    assert "zeus" in LOGS


def test_an_unknown_name_is_told_as_before(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "nothing", str(ROOT / "projects" / "minimal.yaml"), "--lang", "en"]) == 1
    assert "there is no format `nothing`" in capsys.readouterr().err


@pytest.mark.usefixtures("example")
def test_the_page_on_plug_ins_says_what_is_there() -> None:
    page = (ROOT / "docs" / "plugins.md").read_text("utf-8")
    assert re.findall(r"^\| `(lca\.\w+)` \|", page, re.MULTILINE) == [IMPORTERS, EXPORTERS, CHECKLISTS, CATALOGUES]
    offered = tomllib.loads((EXAMPLE / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]
    (shown,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    for group, entries in tomllib.loads(shown)["project"]["entry-points"].items():
        assert offered[group] == entries
    (text,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert problems(text) == []


def test_python_takes_an_exporter_of_its_own() -> None:
    from lca.exporters.exporter import Exported, Exporter

    own = Exporter(lambda asked: Exported(asked.record.study.about.name.encode(), ()), {"name": ".txt"})
    assert lca.load(ROOT / "projects" / "minimal.yaml").assess(0).export(own).content

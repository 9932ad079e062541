"""What a clone and a wheel promise: the right dependencies, locked with hashes, and all data inside."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from fontTools.ttLib import TTFont
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import lca

TEXT = (ROOT / "pyproject.toml").read_text("utf-8")
PROJECT: dict[str, Any] = tomllib.loads(TEXT)["project"]
LOCKS = ["requirements.lock", "requirements-dev.lock"]
FONTS = sorted((ROOT / "templates" / "fonts").glob("*.otf"))
DISTRIBUTIONS = {"docx": "python-docx", "yaml": "pyyaml", "ruamel": "ruamel-yaml"}
# What another package imports for us: uploads for starlette.
IMPORTED_BY_OTHERS = {"python-multipart"}
APART = {"dev", "docs"}  # extras that the program does not import


def names(requirements: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(r).name) for r in requirements}


def locked(lock: str) -> dict[str, list[str]]:
    """Return each requirement of a lock file with its hashes."""
    lines = [line for line in (ROOT / lock).read_text("utf-8").splitlines() if not line.startswith("#")]
    entries = "\n".join(lines).replace("\\\n", " ").splitlines()
    return {entry.split(" --hash=")[0].strip(): re.findall(r"--hash=(\S+)", entry) for entry in entries if entry}


def test_the_version_is_said_once_more_and_agrees() -> None:
    assert lca.__version__ == PROJECT["version"]


def test_the_dependencies_are_what_the_package_imports() -> None:
    imports = set()
    for path in (ROOT / "lca").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imports |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imports.add((node.module or "").split(".")[0])
    third_party = imports - sys.stdlib_module_names - {"lca"}
    extras = [one for extra, asked in PROJECT["optional-dependencies"].items() if extra not in APART for one in asked]
    found = {DISTRIBUTIONS.get(name, name) for name in third_party}
    assert found == (names(PROJECT["dependencies"]) | names(extras)) - IMPORTED_BY_OTHERS


@pytest.mark.parametrize("requirement", PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"])
def test_a_dependency_has_a_reason(requirement: str) -> None:
    assert re.search(rf'^ *"{re.escape(requirement)}", +# \w', TEXT, re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS)
def test_each_locked_requirement_is_exact_and_has_hashes(lock: str) -> None:
    for requirement, hashes in locked(lock).items():
        (pin,) = Requirement(requirement).specifier
        assert pin.operator == "=="
        assert hashes
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", value) for value in hashes)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8").casefold()
    assert not [
        word
        for word in ("http:", "https:", "://", "file:", " @ ", "--index", "--extra-index", "--find-links")
        if word in text
    ]


def test_the_locks_fit_the_project_and_each_other() -> None:
    run, dev = (locked(lock) for lock in LOCKS)
    assert run.items() <= dev.items()
    for lock, asked in (
        (run, PROJECT["dependencies"]),
        (dev, PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]),
    ):
        pins = [Requirement(requirement) for requirement in lock]
        for requirement in map(Requirement, asked):
            found = [p for p in pins if canonicalize_name(p.name) == canonicalize_name(requirement.name)]
            assert found, f"{requirement} is not locked"
            for pin in found:
                (version,) = pin.specifier
                assert requirement.specifier.contains(version.version), f"{requirement} is locked as {pin}"


def test_the_scripts_are_shell() -> None:
    subprocess.run(["sh", "-n", ROOT / "run"], check=True)
    subprocess.run(["bash", "-n", ROOT / ".ci" / "run"], check=True)
    assert (ROOT / "run").stat().st_mode & 0o111


@pytest.mark.skipif(
    Path(sys.prefix) != ROOT / ".venv", reason="`run` would install: these tests were not started by it"
)
def test_run_keeps_the_folder_it_is_called_from(tmp_path: Path) -> None:
    (tmp_path / "yaml.py").write_text("raise SystemExit('a file of the current folder was imported')")
    done = subprocess.run(
        [ROOT / "run", "check", "absent.yaml"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "absent.yaml" in done.stdout + done.stderr


def test_the_fonts_hold_what_reports_write() -> None:
    needed = "₂²³⁻¹⁰⁴éèêëàâçîïôöùûüœæÉÈÀÇŒ×−≤≥≈±→σρµμ·…–—«»’“”°€‰\u00a0\u202f"
    assert [font.stem for font in FONTS] == ["Inter-Bold", "Inter-Italic", "Inter-Regular", "Inter-SemiBold"]
    for font in FONTS:
        glyphs = TTFont(font).getBestCmap()
        assert not [c for c in needed if ord(c) not in glyphs], font.name
    assert (ROOT / "templates" / "fonts" / "OFL.txt").read_text("utf-8").count("SIL OPEN FONT LICENSE") == 1


def test_a_wheel_carries_the_data(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
        entry_points = next(name for name in held if name.endswith("entry_points.txt"))
        # One program under two names: what runs a package by its name (`uvx lca-ai`) runs the script of that name.
        for script in ("lca", PROJECT["name"]):
            assert f"\n{script} = lca.cli.main:main\n" in archive.read(entry_points).decode() + "\n"
    wanted = set()
    for folder, place in (("templates", "lca/_data/"), ("factors", "lca/_data/"), ("lca", "")):
        files = [p for p in (ROOT / folder).rglob("*") if p.is_file() and p.suffix != ".pyc"]
        wanted |= {place + path.relative_to(ROOT).as_posix() for path in files}
    assert wanted - held == set()
    assert {Path(name).name for name in held if ".dist-info/licenses/" in name} == {"LICENSE", "NOTICE", "OFL.txt"}

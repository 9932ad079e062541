"""`lca doctor`: what is there, what to do where something lacks, in both languages, and never a traceback."""

from __future__ import annotations

import importlib.metadata
import json
import subprocess
import sys
import tomllib
from typing import Any

import pytest
from conftest import ROOT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from lca.cli.main import main
from lca.files.installation import EXTRAS, FONTS, PACKAGES
from lca.files.pdf import PangoMissing

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
OTHERS = {"dev", "docs"}  # of who works on the program


def names(packages: object) -> set[str]:
    assert isinstance(packages, list | tuple)
    return {canonicalize_name(Requirement(package).name) for package in packages}


def told(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, dict[str, Any]]:
    main(["doctor", "--json", *words])
    return {one["part"]: one for one in json.loads(capsys.readouterr().out)["parts"]}


def test_it_looks_for_what_the_package_declares() -> None:
    assert names(PACKAGES) == names(PROJECT["dependencies"])
    extras = PROJECT["optional-dependencies"]
    assert {name: names(packages) for name, packages in EXTRAS.items()} == {
        name: names(packages) for name, packages in extras.items() if name not in OTHERS
    }
    assert {f"{name}.otf" for name in FONTS} == {path.name for path in (ROOT / "templates" / "fonts").glob("*.otf")}


def test_here_nothing_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--lang", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"lca {PROJECT['version']}"
    assert not [line for line in lines if line.startswith("missing")]
    (catalogue,) = (line for line in lines if " Catalogue " in line)
    assert " factors of " in catalogue
    assert main(["doctor", "--lang", "fr"]) == 0
    assert "Textes de loi" in capsys.readouterr().out


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_that_lacks_is_named(
    package: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    known = importlib.metadata.version

    def version(name: str) -> str:
        if name == package:
            raise importlib.metadata.PackageNotFoundError(name)
        return known(name)

    monkeypatch.setattr(importlib.metadata, "version", version)
    assert main(["doctor", "--lang", "en"]) == 1
    line = next(line for line in capsys.readouterr().out.splitlines() if " Packages " in line)
    assert f"not there: {package}; install the program again: " in line


def test_an_extra_that_lacks_is_no_fault_and_says_what_it_serves(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("lca.files.installation.EXTRAS", {"web": ("no-such-package", "nor-this")})
    assert main(["doctor", "--lang", "en"]) == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if " Extra web " in line)
    assert line.startswith("absent ")
    told = f"for `lca serve`: {sys.executable} -m pip install no-such-package nor-this"
    assert line.endswith(f"not there: no-such-package, nor-this; {told}")


def test_without_pango_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def lacking() -> str:
        raise PangoMissing("cannot load library libpangoft2-1.0-0")

    monkeypatch.setattr("lca.files.pdf.renderer", lacking)
    assert main(["doctor", "--lang", "fr"]) == 1
    line = next(line for line in capsys.readouterr().out.splitlines() if " PDF " in line)
    assert line.startswith("manquant ")
    assert "libpangoft2-1.0-0 ; sous Debian : apt-get install libpangoft2-1.0-0 libharfbuzz-subset0" in line


def test_what_fails_while_it_looks_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> str:
        raise ValueError("broken")

    monkeypatch.setattr("lca.files.shipped.load_catalogue", broken)
    monkeypatch.setattr("lca.files.shipped.load_checklist", broken)
    assert main(["doctor", "--lang", "en"]) == 1
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("missing")]
    assert [line.split()[1] for line in lines] == ["Catalogue", "Legal"]
    assert all("not there: ValueError: broken; install the program again" in line for line in lines)


def test_old_data_are_told_and_no_fault(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1806537600")  # 2027-04-01
    found = told(capsys)
    # One source is due by 2027-03-31 and none of the others before 2027-05-31; the law was read in November 2026.
    assert (found["catalogue"]["state"], found["catalogue"]["found"]["due"]) == ("due", 1)
    assert found["catalogue"]["to_do"] == "look for a newer version of the program"
    assert (found["law"]["state"], found["law"]["found"]["days"]) == ("present", 130)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1830297600")  # 2028-01-01
    assert told(capsys)["law"]["state"] == "due"


def test_it_starts_where_heavy_packages_lack() -> None:
    """Each of them is made impossible to import in a fresh process."""
    code = (
        "import sys\n"
        "for name in ('babel', 'jinja2', 'jsonschema', 'matplotlib', 'numpy', 'pandas', 'pypdf', 'weasyprint'):\n"
        "    sys.modules[name] = None\n"
        "from lca.cli.main import main\n"
        "sys.exit(main(['doctor', '--lang', 'en']))\n"
    )
    done = subprocess.run([sys.executable, "-P", "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == ""
    missing = [line.split()[1] for line in done.stdout.splitlines() if line.startswith("missing")]
    assert missing == ["PDF", "Catalogue", "Legal"]

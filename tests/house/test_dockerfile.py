"""The image: what its steps say, and, on demand, the steps themselves in a bare Debian where no builder is.

    debootstrap --variant=minbase trixie bare && LCA_BARE_ROOT=$PWD/bare ./run test tests/house/test_dockerfile.py

runs them as root in that folder, which is changed by it.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import ROOT

BARE = os.environ.get("LCA_BARE_ROOT", "")


class Step(NamedTuple):
    instruction: str
    words: str


def steps() -> list[Step]:
    """Return the steps of the Dockerfile, each on one line."""
    lines = (line for line in (ROOT / "Dockerfile").read_text("utf-8").splitlines() if not line.startswith("#"))
    text = "\n".join(lines).replace("\\\n", " ")
    return [Step(*line.split(" ", 1)) for line in text.splitlines() if line.strip()]


def of(instruction: str) -> list[str]:
    return [step.words for step in steps() if step.instruction == instruction]


def ignored(path: str) -> bool:
    """Say whether the build never sees a file at the top of the clone."""
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    return path not in kept


def test_it_is_a_bare_debian_with_what_run_installs() -> None:
    assert of("FROM") == ["debian:13-slim"]
    by_apt, by_pip, compiled = of("RUN")
    wanted = re.findall(r"install_packages \"[^\"]*\"[ \\\n]*([a-z0-9][^|\n]*)", (ROOT / "run").read_text("utf-8"))
    packages = {word for words in wanted for word in words.split("||")[0].split()}
    assert {"python3", "libpangoft2-1.0-0", "libharfbuzz-subset0"} < packages
    install = by_apt.split("--no-install-recommends")[1].split("&&")[0]
    assert set(install.split()) == packages
    for option in ("--require-hashes", "--no-deps", "--only-binary :all:", "-r /opt/lca/requirements.lock"):
        assert option in by_pip
    assert "compileall" in compiled


def test_what_it_copies_is_there_and_not_ignored() -> None:
    sources = [source for words in of("COPY") for source in words.split()[:-1]]
    assert {"lca", "templates", "factors", "requirements.lock"} <= set(sources)
    for source in sources:
        assert (ROOT / source).exists(), source
        assert not ignored(source), source
    assert ignored(".git")
    assert ignored("projects")


def test_it_does_not_run_as_root_and_reads_the_mounted_folder() -> None:
    assert [step.instruction for step in steps()][-4:] == ["USER", "WORKDIR", "ENTRYPOINT", "CMD"]
    (user,) = of("USER")
    assert all(int(number) >= 1000 for number in user.split(":"))
    assert of("WORKDIR") == ["/w"]
    assert json.loads(of("ENTRYPOINT")[0])[1:] == ["-P", "-m", "lca"]


@pytest.mark.parametrize("step", of("RUN"))
def test_its_steps_are_shell(step: str) -> None:
    subprocess.run(["sh", "-n"], input=step, text=True, check=True)


def inside(environment: Mapping[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command in the bare root, with nothing of our environment; how pip reaches its index is for the root to say."""
    return subprocess.run(
        ["chroot", *words], env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", **environment},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.skipif(not BARE, reason="on demand: LCA_BARE_ROOT names a bare Debian 13")
def test_its_steps_make_reports_in_a_bare_root() -> None:
    bare, user = Path(BARE), ""
    environment: dict[str, str] = {}
    for step in steps():
        if step.instruction == "RUN":
            done = inside(environment, BARE, "sh", "-c", step.words)
            assert done.returncode == 0, (step.words, done.stderr[-3000:])
        elif step.instruction == "COPY":
            *sources, target = step.words.split()
            for source in map(Path, sources):
                place = bare / target[1:] / source.name if target.endswith("/") else bare / target[1:]
                if (ROOT / source).is_dir():
                    skip = shutil.ignore_patterns("__pycache__", "*.pyc")
                    shutil.copytree(ROOT / source, place, dirs_exist_ok=True, ignore=skip)
                else:
                    place.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(ROOT / source, place)
        elif step.instruction == "ENV":
            environment |= dict([step.words.split("=", 1)])
        elif step.instruction == "USER":
            user = step.words
    work = bare / of("WORKDIR")[0][1:]
    work.mkdir(exist_ok=True)
    shutil.copy(ROOT / "projects" / "minimal.yaml", work)
    os.chown(work, *map(int, user.split(":")))
    program = shlex.join(json.loads(of("ENTRYPOINT")[0]))
    for words in ("doctor", "report minimal.yaml -o out", "reproduce out/minimal.pdf"):
        done = inside(environment, f"--userspec={user}", BARE, "sh", "-c", f"cd /w && {program} {words}")
        assert done.returncode == 0, (words, done.stdout, done.stderr)
    assert (work / "out" / "minimal.pdf").read_bytes().startswith(b"%PDF-")
    assert (work / "out" / "minimal.pdf").stat().st_uid == int(user.split(":")[0])

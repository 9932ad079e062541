"""What a pipeline runs: the steps of the action and of the template in a repository of their own, with comments in files."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

from lca.cli.main import main
from lca.descriptor.document import read_document

ACTION: dict[str, Any] = read_document((ROOT / "action.yml").read_text("utf-8"), "action.yml").data
GITLAB: dict[str, Any] = read_document((ROOT / "ci" / "gitlab.yml").read_text("utf-8"), "gitlab.yml").data
HOOKS: list[dict[str, Any]] = read_document(
    "hooks:\n" + (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"), "hooks"
).data["hooks"]

#: 10 MWh at 0.1 kg/kWh: one tonne.
DESCRIPTOR = """descriptor: 1
project: {name: Piped, start: 2026-01}
sites: {own: {location: FR, pue: 1, electricity: 100 gCO2e/kWh}}
training: {model: {energy: 10 MWh, site: own}}
"""

HURRIED = """#!/bin/sh
command=$1; shift
if [ -z "${{WHOLE:-}}" ]; then
  case $command in
    report) set -- --html --draws 20 "$@" ;;
    diff) set -- --draws 20 "$@" ;;
  esac
fi
exec "{python}" -P -m lca "$command" "$@"
"""

Run = Callable[..., subprocess.CompletedProcess[str]]


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *words],
        cwd=folder, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository in which the last commit doubles the energy of a training."""
    folder = tmp_path / "repository"
    (folder / "a dossier").mkdir(parents=True)
    git(folder, "init", "--quiet")
    for file, energy in (("project.lca.yaml", "10"), ("a dossier/other.lca.yml", "10"), ("notes.yaml", "10")):
        (folder / file).write_text(DESCRIPTOR.replace("10 MWh", f"{energy} MWh"), "utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "first")
    (folder / "project.lca.yaml").write_text(DESCRIPTOR.replace("10 MWh", "20 MWh"), "utf-8")
    git(folder, "commit", "--quiet", "--all", "-m", "second")
    return folder


@pytest.fixture
def run(repository: Path, tmp_path: Path) -> Run:
    """Return a function that runs a step there, with a program `lca` on the PATH: the one under test, in a hurry unless `WHOLE`."""
    programs = tmp_path / "bin"
    programs.mkdir()
    lca = programs / "lca"
    lca.write_text(HURRIED.format(python=sys.executable), "utf-8")
    lca.chmod(0o755)

    def step(script: str, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "PATH": f"{programs}:{os.environ['PATH']}",
            "LCA": "lca",
            "PYTHONPATH": str(ROOT),
            **variables,
        }
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=repository, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    return step


def step_of_the_action(name: str) -> Mapping[str, Any]:
    (found,) = (step for step in ACTION["runs"]["steps"] if step["name"] == name)
    step: Mapping[str, Any] = found
    return step


def test_the_action_checks_reports_compares_and_sums_up(run: Run, repository: Path, tmp_path: Path) -> None:
    script = step_of_the_action("Check, report and compare")["run"]
    summary, out = tmp_path / "summary.md", tmp_path / "out"
    done = run(
        script,
        GITHUB_ACTION_PATH=str(ROOT), GITHUB_STEP_SUMMARY=str(summary), LCA_OUT=str(out), LCA_STRICT="false",
        LCA_BUDGET="gwp100=1.5t", LCA_BASE=git(repository, "rev-parse", "HEAD~1"), LCA_LANG="en", WHOLE="yes",
    )  # fmt: skip
    assert done.returncode == 3, done.stderr
    comment = (out / "comment.md").read_text("utf-8")
    assert comment.startswith("<!-- lca -->\n")
    # Both files of the convention, by name, and no other; 2 t against 1.5 t, then 1 t of what is assessed.
    assert re.findall(r"^### `(.*)`$", comment, re.MULTILINE) == ["a dossier/other.lca.yml", "project.lca.yaml"]
    assert "is more than the budget of 1.5 t CO₂e, by 0.5" in comment
    assert (
        "at least 1 t CO₂e, and not all is assessed, so nothing says that the budget of 1.5 t CO₂e is kept" in comment
    )
    assert "training.model.energy" in comment
    assert re.search(r"10 MWh.*20 MWh", comment)
    assert summary.read_text("utf-8") == comment
    made = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert {"project.pdf", "project.html", "a dossier/other.pdf", "a dossier/other.html", "comment.md"} <= made
    assert git(repository, "worktree", "list").count("\n") == 0  # the base is gone again


@pytest.mark.parametrize(
    ("variables", "status"),
    [
        ({"LCA_STRICT": "false"}, 0),
        ({"LCA_STRICT": "true"}, 1),  # its checklist has no answers
        ({"LCA_STRICT": "false", "LCA_BUDGET": "gwp100=10t adpe=1kg"}, 3),  # minerals are not assessed
        ({"LCA_STRICT": "false", "LCA_FILES": "broken.yaml"}, 1),
        ({"LCA_STRICT": "false", "LCA_FILES": "project.lca.yaml\nbroken.yaml", "LCA_BUDGET": "gwp100=1t"}, 1),
        ({"LCA_FILES": "\n"}, 2),
    ],
)
def test_its_status_is_the_gravest(variables: dict[str, str], status: int, run: Run, repository: Path) -> None:
    (repository / "broken.yaml").write_text(DESCRIPTOR.replace("MWh", "MW"), "utf-8")
    done = run(str(ROOT / "ci" / "dossier.sh"), **variables)
    assert done.returncode == status, done.stdout + done.stderr
    if status == 1 and "broken" in variables.get("LCA_FILES", ""):
        assert "LCA303" in (repository / "reports" / "comment.md").read_text("utf-8")
        assert not list((repository / "reports").rglob("broken.*"))


def test_what_is_printed_cannot_leave_its_fence(run: Run, repository: Path) -> None:
    text = DESCRIPTOR.replace("name: Piped", 'name: "~~~~~ [x](javascript:1) `"').replace(
        "own: {", "'~~~~~~': {l: 1}, own: {"
    )
    (repository / "project.lca.yaml").write_text(text, "utf-8")
    run(str(ROOT / "ci" / "dossier.sh"), LCA_FILES="project.lca.yaml", LCA_STRICT="false")
    comment = (repository / "reports" / "comment.md").read_text("utf-8")
    assert [line for line in comment.splitlines() if "~~~~" in line] == ["~~~~~text", "~~~~~"] * 2


def fake(run: Run, name: str, script: str) -> None:
    """Put a program in the place of one that would talk to a server."""
    place = Path(run("command -v lca").stdout.strip()).parent / name
    place.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    place.chmod(0o755)


@pytest.mark.parametrize(("before", "method", "place"), [("", "POST", "7/comments"), ("41", "PATCH", "comments/41")])
def test_the_comment_of_before_is_replaced(before: str, method: str, place: str, run: Run, tmp_path: Path) -> None:
    said, text = tmp_path / "said", tmp_path / "comment.md"
    text.write_text("<!-- lca -->\n", "utf-8")
    fake(run, "gh", f'case "$*" in *--jq*) printf "{before}" ;; *) printf "%s\\n" "$@" >"{said}" ;; esac')
    done = run(
        step_of_the_action("Comment")["run"],
        GITHUB_ACTION_PATH=str(ROOT), GITHUB_REPOSITORY="them/theirs", COMMENT=str(text), PULL_REQUEST="7",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    words = said.read_text("utf-8").split()
    assert words[words.index("--method") + 1] == method
    assert words[words.index("--method") + 2] == f"repos/them/theirs/issues/{place}"
    assert words[-1] == f"body=@{text}"


def test_the_template_runs_the_same(run: Run, repository: Path) -> None:
    job = GITLAB["lca"]
    (check,) = (line.replace("/opt/lca", str(ROOT)) for line in job["script"])
    base = git(repository, "rev-parse", "HEAD~1")
    done = run(check, LCA_STRICT="false", CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert done.returncode == 0, done.stderr
    assert "training.model.energy" in (repository / "reports" / "comment.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("notes", "method", "place"),
    [("[]", "POST", ""), ('[{"id": 3, "body": "hello"}, {"id": 4, "body": "<!-- lca -->\\n"}]', "PUT", "/4")],
)
def test_the_note_of_before_is_replaced_where_there_is_a_token(
    notes: str, method: str, place: str, run: Run, repository: Path, tmp_path: Path
) -> None:
    (repository / "reports").mkdir()
    (repository / "reports" / "comment.md").write_text("<!-- lca -->\n", "utf-8")
    said = tmp_path / "said"
    fake(run, "curl", f"""case "$*" in *per_page*) printf '%s' '{notes}' ;; *) printf '%s\\n' "$@" >"{said}" ;; esac""")
    (note,) = (line.replace("/opt/lca", str(ROOT)) for line in GITLAB["lca"]["after_script"])
    known = {"CI_API_V4_URL": "https://example.org/api/v4", "CI_PROJECT_ID": "5", "CI_MERGE_REQUEST_IID": "9"}
    assert run(note, **known).returncode == 0
    assert not said.exists()
    done = run(note, **known, LCA_TOKEN="secret")
    assert done.returncode == 0, done.stderr
    words = said.read_text("utf-8").splitlines()
    assert words[words.index("--request") + 1] == method
    assert words[-1] == f"https://example.org/api/v4/projects/5/merge_requests/9/notes{place}"
    assert "body@reports/comment.md" in words
    assert "secret" not in " ".join(words)


def test_no_script_holds_an_input() -> None:
    """What stands in `${{ }}` is put into a script before it runs, so that an input could be one."""
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", ""), step["name"]
    used = set(re.findall(r"inputs\.(\w+)", (ROOT / "action.yml").read_text("utf-8")))
    assert used == set(ACTION["inputs"])


@pytest.mark.parametrize("script", sorted(path.name for path in (ROOT / "ci").glob("*.sh")))
def test_the_scripts_are_sound(script: str) -> None:
    path = ROOT / "ci" / script
    subprocess.run(["bash", "-n", path], check=True)
    assert path.stat().st_mode & 0o111
    if shutil.which("shellcheck"):
        subprocess.run(["shellcheck", "--severity=warning", path], check=True)


def test_the_hook_checks_what_the_convention_names(tmp_path: Path) -> None:
    (hook,) = HOOKS
    assert hook["id"] == "lca-check"
    for name, taken in (("a.lca.yaml", True), ("b/c.lca.yml", True), ("a.yaml", False), ("lca.yaml", False)):
        assert bool(re.search(hook["files"], name)) == taken, name
    program, *words = hook["entry"].split()
    assert (program, hook["language"]) == ("lca", "python")
    file = tmp_path / "a.lca.yaml"
    file.write_text(DESCRIPTOR, "utf-8")
    assert main([*words, str(file)]) == 0

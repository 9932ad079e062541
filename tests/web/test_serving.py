"""The command that serves the form: what it prints, what it refuses, and what it forgets."""

from __future__ import annotations

import builtins
import re
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

from lca.cli.main import main
from lca.web.workspace import Workspace


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "study.yaml"
    path.write_bytes((ROOT / "projects/minimal.yaml").read_bytes())
    return path


@pytest.mark.parametrize(
    "option", [("--host", "0.0.0.0"), ("--name", "lca.example.org"), ("--host", "192.0.2.1", "--token", "short")]
)
def test_a_form_for_others_demands_a_token_and_says_what_it_means(
    capsys: pytest.CaptureFixture[str], file: Path, option: tuple[str, ...]
) -> None:
    assert main(["serve", str(file), "--no-browser", *option, "--lang", "en"]) == 1
    said = capsys.readouterr().err
    assert (
        "with --host, --name or --sessions, whoever reaches this address and has the token may read and change the file"
        in said
    )
    assert "add --token with 16 characters or more" in said


def test_an_extra_that_is_missing_is_one_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, file: Path
) -> None:
    real: Callable[..., Any] = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.partition(".")[0] == "uvicorn":
            raise ImportError("no", name="uvicorn")
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    assert main(["serve", str(file), "--no-browser", "--lang", "fr"]) == 1
    assert capsys.readouterr().err == (
        "lca serve\u00a0: le formulaire a besoin du paquet `uvicorn`\u202f; "
        "installez ce programme avec son complément\u00a0: `pip install 'lca-ai[web]'`\n"
    )


def test_what_is_kept_is_forgotten_and_the_descriptor_stays(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    workspace = Workspace(file)
    workspace.change(workspace.text.replace("72 h", "80 h"))
    workspace.store("letter.pdf", b"%PDF-1.7")
    text = file.read_bytes()
    assert main(["serve", str(file), "--forget", "--lang", "en"]) == 0
    assert capsys.readouterr().out == "removed .study.yaml.lca-form\nremoved study-files/letter.pdf\n"
    assert [path.name for path in file.parent.iterdir()] == ["study.yaml"]
    assert file.read_bytes() == text
    assert main(["serve", str(file), "--forget", "--lang", "en"]) == 0
    assert capsys.readouterr().out == f"nothing is kept beside {file}\n"


def test_a_folder_and_a_port_in_use_are_refused(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    assert main(["serve", str(file.parent), "--no-browser", "--lang", "en"]) == 1
    assert "is a folder; name a descriptor, which need not exist yet" in capsys.readouterr().err
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["serve", str(file), "--no-browser", "--port", str(port), "--lang", "en"]) == 1
    assert f"the address 127.0.0.1:{port} cannot be used" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["missing/study.yaml"],
            "il n’y a pas de dossier `missing`\u202f; créez-le d’abord, ou nommez un descripteur ailleurs",
        ),
        (
            ["--sessions", "study.yaml"],
            "`study.yaml` n’est pas un dossier\u202f; nommez un dossier, qui n’a pas besoin d’exister déjà",
        ),
        (
            ["study.yaml", "--name", "lca.example.org"],
            "avec --host, --name ou --sessions, quiconque atteint cette adresse",
        ),
        (
            ["study.yaml", "--host", "192.0.2.1", "--token", "sixteen-characters"],
            "donnez à --host une adresse de cet ordinateur, ou 0.0.0.0 pour toutes",
        ),
    ],
)
def test_what_cannot_be_served_is_one_sentence_in_french(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, file: Path, words: list[str], said: str
) -> None:
    monkeypatch.chdir(file.parent)
    assert main(["serve", *words, "--no-browser", "--lang", "fr"]) == 1
    printed = capsys.readouterr().err
    assert said in printed
    assert printed.count("\n") == 1


def test_the_address_that_is_printed_opens_the_form_once(file: Path) -> None:
    command = (sys.executable, "-P", "-m", "lca", "serve", str(file), "--no-browser", "--lang", "en")
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        alarm = threading.Timer(60, process.kill)  # a mistake on the way must not leave the server waiting
        alarm.start()
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.fullmatch(r"The form: (http://127\.0\.0\.1:\d+/)\?token=(\S{32})\n", line)
        assert found, line
        with urllib.request.build_opener(urllib.request.HTTPCookieProcessor()).open(line.split()[2]) as answer:
            assert b"Minimal example" in answer.read()
            assert "script-src 'self'" in answer.headers["content-security-policy"]
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(line.split()[2])
        assert refused.value.code == 403
        refused.value.close()
        process.terminate()
        assert process.wait(timeout=20) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""
        alarm.cancel()

"""What is remembered of shipped texts: made once, used for those very texts alone, and never from a place that others can write."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from lca.files import remembered
from lca.files.remembered import plain_data

TEXTS = {"a.yaml": "name: first\nvalues: [1, 2.5, true, null]\n", "b.yaml": "other: {deep: texte}\n"}
DATA = {"a.yaml": {"name": "first", "values": [1, 2.5, True, None]}, "b.yaml": {"other": {"deep": "texte"}}}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "lca"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the texts that were read as YAML."""
    names: list[str] = []
    from lca.descriptor.document import read_document as read

    def noted(text: str, file: str) -> object:
        names.append(file)
        return read(text, file)

    monkeypatch.setattr(remembered, "read_document", noted)
    return names


def test_a_second_run_reads_no_yaml(home: Path, reads: list[str]) -> None:
    assert plain_data("acts", TEXTS) == DATA
    assert reads == ["a.yaml", "b.yaml"]
    assert plain_data("acts", TEXTS) == DATA
    assert len(reads) == 2
    assert [path.name for path in home.iterdir()] == ["acts.json"]


@pytest.mark.parametrize("change", ["text", "name", "version"])
def test_only_the_very_same_texts_are_recalled(change: str, reads: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    plain_data("acts", TEXTS)
    texts = dict(TEXTS)
    if change == "text":
        texts["a.yaml"] = "name: second\n"
    elif change == "name":
        texts["c.yaml"] = texts.pop("b.yaml")
    else:
        monkeypatch.setattr("lca.__version__", "0.0.0")
    plain_data("acts", texts)
    assert len(reads) == 4


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"key": 1}', "\x00", "[" * 100_000])
def test_damage_is_read_past_and_mended(damage: str, home: Path) -> None:
    plain_data("acts", TEXTS)
    (home / "acts.json").write_text(damage)
    assert plain_data("acts", TEXTS) == DATA
    assert json.loads((home / "acts.json").read_text("utf-8"))["data"] == DATA


def forged(home: Path) -> None:
    """Put other data in the place of what is remembered, under the right key."""
    path = home / "acts.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "data": {"a.yaml": "forged"}}))


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_file_that_others_can_write_counts_for_nothing(mode: int, home: Path) -> None:
    plain_data("acts", TEXTS)
    forged(home)
    (home / "acts.json").chmod(mode)
    assert plain_data("acts", TEXTS) == DATA


def test_a_folder_that_others_can_write_counts_for_nothing(home: Path) -> None:
    plain_data("acts", TEXTS)
    forged(home)
    home.chmod(0o777)
    assert plain_data("acts", TEXTS) == DATA
    assert "forged" in (home / "acts.json").read_text("utf-8")


@pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="only root can give a file to another user")
def test_what_belongs_to_another_user_counts_for_nothing(home: Path) -> None:
    plain_data("acts", TEXTS)
    forged(home)
    os.chown(home / "acts.json", 12345, 12345)
    assert plain_data("acts", TEXTS) == DATA


def test_a_link_counts_for_nothing(home: Path, tmp_path: Path) -> None:
    plain_data("acts", TEXTS)
    forged(home)
    (home / "acts.json").rename(tmp_path / "elsewhere.json")
    (home / "acts.json").symlink_to(tmp_path / "elsewhere.json")
    assert plain_data("acts", TEXTS) == DATA
    assert not (home / "acts.json").is_symlink()


def test_no_place_to_remember_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert plain_data("acts", TEXTS) == DATA

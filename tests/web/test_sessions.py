import os
import time
from pathlib import Path

import pytest
from test_hostile import HOST, OWN, SENTENCES, Browser

from lca.web.app import form_app
from lca.web.desk import Desk
from lca.web.door import Door
from lca.web.guards import Guards
from lca.web.sessions import Sessions

TOKEN = "of-the-whole-agency"


class Visitor(Browser):
    """A browser at a form for many."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "unused.yaml")
        self.sessions = Sessions(folder, 48, lambda workspace: form_app(Desk(workspace, "", 48), "en"))
        self.door = Door([HOST], self.told.append, TOKEN, self.sessions.knows)
        self.app = Guards(self.sessions, self.door, SENTENCES)


@pytest.fixture
def visitors(tmp_path: Path) -> tuple[Visitor, Visitor]:
    """Return two browsers at one server."""
    one, other = Visitor(tmp_path), Visitor(tmp_path)
    other.door, other.app = one.door, one.app
    one.enter()
    other.enter()
    return one, other


def test_each_browser_has_a_file_of_its_own(visitors: tuple[Visitor, Visitor], tmp_path: Path) -> None:
    one, other = visitors
    assert one.cookie != other.cookie
    assert one.ask("POST", "/new", OWN, [b"template=shortest&name=One"])[0] == 303
    assert other.ask("POST", "/new", OWN, [b"template=shortest&name=Other"])[0] == 303
    texts = sorted(path.read_text() for path in tmp_path.glob("*/project.lca.yaml"))
    assert [text.count("name: One") + 2 * text.count("name: Other") for text in texts] in ([1, 2], [2, 1])
    assert b"Other" not in one.ask("GET", "/text")[2]
    assert b"One" not in other.ask("GET", "/text")[2]
    names = [path.name for path in tmp_path.iterdir()]
    assert all(len(name) == 32 and name not in one.cookie + other.cookie for name in names)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o700}


def test_the_page_says_where_and_how_long_it_is_kept(visitors: tuple[Visitor, Visitor]) -> None:
    one, _ = visitors
    one.ask("POST", "/new", OWN, [b"template=shortest&name=One"])
    page = one.ask("GET", "/step/review")[2].decode()
    assert "stands on the server of this form" in page
    assert "removed 48 hours after you last used it" in page
    assert "Nothing leaves this computer" not in page


def test_a_server_that_is_started_again_knows_its_sessions(visitors: tuple[Visitor, Visitor], tmp_path: Path) -> None:
    one, _ = visitors
    one.ask("POST", "/new", OWN, [b"template=shortest&name=One"])
    again = Visitor(tmp_path)
    again.cookie = one.cookie
    assert b"One" in again.ask("GET", "/text")[2]
    for guessed in ("", "x", "../..", "a" * 32):
        again.cookie = f"lca-form-8137={guessed}"
        assert again.ask("GET", "/text")[0] == 403


def test_what_nobody_used_for_the_stated_time_is_removed_and_nothing_else(
    visitors: tuple[Visitor, Visitor], tmp_path: Path
) -> None:
    one, other = visitors
    for visitor in visitors:
        visitor.ask("POST", "/new", OWN, [b"template=shortest&name=A"])
    elsewhere = tmp_path.parent / f"{tmp_path.name}-elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept").touch()
    (tmp_path / ("a" * 32)).symlink_to(elsewhere)
    (tmp_path / "of-the-administrator").mkdir()
    old = time.time() - 48 * 3600 - 60
    folders = {path.name for path in tmp_path.glob("*/project.lca.yaml") for path in [path.parent]}
    for name in (*folders, "of-the-administrator"):
        os.utime(tmp_path / name, (old, old))
    os.utime(elsewhere, (old, old))
    one.ask("GET", "/text")  # used again
    assert len(one.sessions.expire()) == 1
    left = {path.name for path in tmp_path.iterdir()}
    assert len(left & folders) == 1
    assert {"a" * 32, "of-the-administrator"} < left
    assert (elsewhere / "kept").exists()
    assert b"name: A" not in other.ask("GET", "/text")[2]  # a new beginning, in a folder of its own
    assert b"name: A" in one.ask("GET", "/text")[2]

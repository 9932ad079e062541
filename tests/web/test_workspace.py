import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lca.problems import ProblemsFound
from lca.web.upload_names import free_name, upload_name
from lca.web.workspace import MOST_REVISIONS, MOST_UPLOADS, Workspace

TEXT = "descriptor: 1\nproject: {name: One}\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "study.yaml"


def test_a_change_is_in_the_file_and_goes_back(file: Path) -> None:
    workspace = Workspace(file)
    assert (workspace.text, workspace.revision, workspace.can_undo, workspace.saved_at) == ("", 0, False, "")
    assert not list(file.parent.iterdir())
    assert workspace.change(TEXT)
    assert file.read_text() == TEXT
    assert not workspace.can_undo  # there was nothing before
    workspace.change(TEXT.replace("One", "Two"))
    workspace.undo()
    assert (file.read_text(), workspace.text, workspace.revision) == (TEXT, TEXT, 3)
    assert workspace.text_of(2) == TEXT.replace("One", "Two")
    assert workspace.text_of(9) is None
    workspace.undo()
    assert file.read_text() == TEXT


def test_a_text_that_is_the_same_is_no_revision_and_touches_no_file(file: Path) -> None:
    file.write_text(TEXT)
    workspace = Workspace(file)
    revision = workspace.revision
    assert workspace.change(TEXT)
    assert workspace.revision == revision
    assert [path.name for path in file.parent.iterdir()] == ["study.yaml"]


def test_line_breaks_and_the_byte_order_mark_are_kept(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbfdescriptor: 1\r\n")
    workspace = Workspace(file)
    assert workspace.text == "\ufeffdescriptor: 1\r\n"
    workspace.change(workspace.text + "a: 1\r\n")
    assert file.read_bytes() == b"\xef\xbb\xbfdescriptor: 1\r\na: 1\r\n"


def test_what_an_editor_writes_is_a_revision_and_the_way_back_leads_over_it(file: Path) -> None:
    workspace = Workspace(file)
    workspace.change(TEXT)
    file.write_text("descriptor: 1 # by an editor\n")
    assert workspace.text == "descriptor: 1 # by an editor\n"
    assert workspace.revision == 2
    assert workspace.text_of(1) == TEXT
    workspace.undo()
    assert file.read_text() == TEXT


def test_a_change_that_meets_a_change_is_told_and_neither_is_lost(file: Path) -> None:
    workspace = Workspace(file)
    workspace.change(TEXT)
    file.write_text("theirs: 1\n")
    assert not workspace.change("mine: 1\n")
    assert (file.read_text(), workspace.text, workspace.conflict) == ("theirs: 1\n", "theirs: 1\n", "mine: 1\n")
    again = Workspace(file)  # after a restart
    assert (again.conflict, again.text) == ("mine: 1\n", "theirs: 1\n")
    again.resolve(keep_mine=True)
    assert (file.read_text(), again.conflict) == ("mine: 1\n", None)
    again.undo()
    assert file.read_text() == "theirs: 1\n"
    file.write_text("theirs: 2\n")
    assert not again.change("mine: 2\n")
    again.resolve(keep_mine=False)
    assert (file.read_text(), again.conflict, Workspace(file).conflict) == ("theirs: 2\n", None, None)


def test_a_restart_finds_the_way_back_and_the_pages_revisions(file: Path) -> None:
    workspace = Workspace(file)
    workspace.change(TEXT)
    workspace.change("two: 2\n")
    again = Workspace(file)
    assert (again.revision, again.text_of(1), again.can_undo) == (2, TEXT, True)
    again.undo()
    assert file.read_text() == TEXT
    file.unlink()  # what vanished is found again, and written by the next change
    once_more = Workspace(file)
    assert once_more.text == TEXT
    once_more.change("three: 3\n")
    assert file.read_text() == "three: 3\n"


def test_so_many_texts_are_kept(file: Path) -> None:
    workspace = Workspace(file)
    for number in range(MOST_REVISIONS + 20):
        workspace.change(f"number: {number}\n")
    assert workspace.text_of(20) is None
    assert workspace.text_of(workspace.revision - MOST_REVISIONS + 1) == "number: 20\n"
    for _ in range(MOST_REVISIONS + 20):
        workspace.undo()
    assert file.read_text() == f"number: {MOST_REVISIONS // 2 + 19}\n"  # each step back is kept too
    large = "x" * 900_000
    for number in range(6):
        workspace.change(f"{large}{number}")
    journal = json.loads((file.parent / ".study.yaml.lca-form").read_text())
    assert [len(one["text"]) for one in journal["revisions"]] == [900_001] * 3


def test_what_is_no_text_is_not_touched(file: Path) -> None:
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(ProblemsFound) as found:
        Workspace(file)
    assert str(found.value.problems[0]).startswith(f"{file}:1:1: LCA103")
    assert file.read_bytes() == b"\xff\xfe"


def test_a_text_that_is_too_large_or_a_folder_that_may_not_be_written_changes_nothing(file: Path) -> None:
    workspace = Workspace(file)
    workspace.change(TEXT)
    with pytest.raises(ProblemsFound) as found:
        workspace.change("x" * 1_000_001)
    assert found.value.problems[0].code == "LCA102"
    assert (workspace.text, workspace.revision, file.read_text()) == (TEXT, 1, TEXT)
    journal = file.parent / ".study.yaml.lca-form"
    journal.unlink()
    journal.mkdir()  # the journal cannot be written: neither is the file
    with pytest.raises(ProblemsFound):
        workspace.change("other: 1\n")
    assert (workspace.text, workspace.revision, file.read_text()) == (TEXT, 1, TEXT)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"revisions": []}', '{"revisions": 3}', "\x00", '{"done": ["x"]}'])
def test_a_damaged_journal_is_none(file: Path, content: str) -> None:
    file.write_text(TEXT)
    (file.parent / ".study.yaml.lca-form").write_text(content)
    workspace = Workspace(file)
    assert (workspace.text, workspace.can_undo) == (TEXT, False)
    workspace.change("two: 2\n")
    assert Workspace(file).can_undo


@pytest.mark.parametrize(
    "name", ["../outside.txt", "/etc/hostname", "study.yaml", "study-files/../study.yaml", "study-files/.."]
)
def test_a_journal_that_names_files_of_others_removes_none(tmp_path: Path, name: str) -> None:
    outside, file = tmp_path / "outside.txt", tmp_path / "folder" / "study.yaml"
    file.parent.mkdir()
    outside.write_text("mine")
    file.write_text("mine")
    upload = {"file": name, "sha256": hashlib.sha256(b"mine").hexdigest()}
    (file.parent / ".study.yaml.lca-form").write_text(json.dumps({"uploads": [upload]}))
    assert [str(path) for path in Workspace(file).forget().removed] == [".study.yaml.lca-form"]
    assert (outside.exists(), file.exists()) == (True, True)


def test_uploads_are_stored_once_listed_and_forgotten(file: Path) -> None:
    workspace = Workspace(file)
    workspace.change(TEXT)
    assert workspace.store("../../Rapport d'essai (1).PDF", b"one") == "study-files/Rapport-d-essai-1.PDF"
    assert workspace.store("C:\\Users\\me\\rapport-D-essai-1.pdf", b"two") == "study-files/rapport-D-essai-1-2.pdf"
    assert workspace.store("copy.PDF", b"one") == "study-files/Rapport-d-essai-1.PDF"
    assert workspace.store("table.csv", b"one") == "study-files/table.csv"
    kept = [str(path) for path in Workspace(file).kept()]
    assert kept == [
        ".study.yaml.lca-form", "study-files/Rapport-d-essai-1.PDF", "study-files/rapport-D-essai-1-2.pdf",
        "study-files/table.csv",
    ]  # fmt: skip
    (file.parent / "study-files" / "table.csv").write_bytes(b"changed by a person")
    forgotten = Workspace(file).forget()
    assert [str(path) for path in forgotten.removed] == kept[:3]
    assert [str(path) for path in forgotten.left] == ["study-files/table.csv"]
    assert sorted(path.name for path in file.parent.rglob("*")) == ["study-files", "study.yaml", "table.csv"]


def test_the_folder_of_uploads_goes_with_the_last_of_them(file: Path) -> None:
    workspace = Workspace(file)
    workspace.change(TEXT)
    workspace.store("a.txt", b"a")
    workspace.forget()
    assert [path.name for path in file.parent.iterdir()] == ["study.yaml"]
    assert (workspace.kept(), workspace.text) == ([], TEXT)


def test_nothing_is_stored_through_a_link_or_without_room(file: Path, tmp_path: Path) -> None:
    workspace = Workspace(file)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "study-files").symlink_to(elsewhere)
    with pytest.raises(ProblemsFound) as found:
        workspace.store("a.txt", b"a")
    assert (found.value.problems[0].code, list(elsewhere.iterdir())) == ("LCA701", [])
    (tmp_path / "study-files").unlink()
    with pytest.raises(ProblemsFound):
        workspace.store("a.txt", b"a" * 25_000_001)
    for number in range(MOST_UPLOADS):
        workspace.store("a.txt", str(number).encode())
    with pytest.raises(ProblemsFound):
        workspace.store("a.txt", b"one too many")


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("", "file"), ("..", "file"), ("...", "file"), ("/", "file"), ("a/b\\c.txt", "c.txt"), (".htaccess", "htaccess"),
        ("CON", "file-CON"), ("nul.txt", "file-nul.txt"), ("com1.csv", "file-com1.csv"), ("console.txt", "console.txt"),
        ("a\x00.txt", "a.txt"), ("a:b.txt", "a-b.txt"), ("a.txt.", "a.txt"), ("<script>.html", "script.html"),
        ("é\u202ecsv.exe", "é-csv.exe"), ("x" * 300 + ".pdf", "x" * 80 + ".pdf"), ("~/.ssh/id", "id"), ("%2e%2e%2f", "2e-2e-2f"),
    ],
)  # fmt: skip
def test_names_of_uploads_mean_nothing_to_any_system(given: str, name: str) -> None:
    assert upload_name(given) == name


@given(st.text(max_size=200))
def test_a_name_that_is_made_plain_stays_as_it_is(given: str) -> None:
    name = upload_name(given)
    assert upload_name(name) == name
    assert Path(name).name == name
    assert 0 < len(name.encode()) < 200


def test_a_free_name_is_free_whatever_its_capitals(tmp_path: Path) -> None:
    for name in ("A.txt", "a-2.TXT", "b"):
        (tmp_path / name).touch()
    assert [free_name(tmp_path, name) for name in ("a.txt", "b", "c")] == ["a-3.txt", "b-2", "c"]


_WRITER = """
import sys
from pathlib import Path
from lca.web.workspace import Workspace
workspace = Workspace(Path(sys.argv[1]))
number = 0
while True:
    number += 1
    workspace.change(f"number: {number}\\n" + "# filling\\n" * 2000)
    print(number, flush=True)
"""


def test_a_process_that_is_killed_leaves_what_it_confirmed_and_nothing_half_written(file: Path) -> None:
    for delay in (0.05, 0.11, 0.17):
        before = Workspace(file).revision
        writer = subprocess.Popen([sys.executable, "-c", _WRITER, str(file)], stdout=subprocess.PIPE, text=True)
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(delay)
        os.kill(writer.pid, signal.SIGKILL)
        confirmed = int((first + writer.stdout.read()).split()[-1])
        writer.wait()
        writer.stdout.close()
        head, *rest = file.read_text().splitlines()
        assert confirmed <= int(head.removeprefix("number: ")) <= confirmed + 1
        assert rest == ["# filling"] * 2000
        workspace = Workspace(file)
        assert workspace.revision > before
        workspace.undo()
        assert file.read_text().startswith(f"number: {int(head.removeprefix('number: ')) - 1}\n")

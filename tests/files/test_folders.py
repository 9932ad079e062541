"""A report travels: nothing in it tells the folders that a descriptor was read from, and its bytes are the same from any."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pypdf
import pytest
from conftest import ROOT

from lca.cli.main import main

NAME = "federated.yaml"


def test_bytes_are_the_same_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    deep = tmp_path / "a-folder" / "of someone"
    deep.mkdir(parents=True)
    shutil.copy(ROOT / "projects" / NAME, deep / NAME)
    shutil.copy(ROOT / "projects" / NAME, tmp_path / NAME)
    typed = [(tmp_path, str(deep / NAME)), (tmp_path, f"a-folder/of someone/{NAME}"), (tmp_path, NAME)]
    outputs = []
    for index, (folder, path) in enumerate(typed):
        monkeypatch.chdir(folder)
        out = tmp_path / f"out{index}"
        assert main(["report", path, "--draws", "50", "-o", str(out)]) == 0
        outputs.append({file.suffix: file.read_bytes() for file in out.iterdir()})
    assert outputs[0] == outputs[1] == outputs[2]
    attached = pypdf.PdfReader(io.BytesIO(outputs[0][".pdf"])).attachments
    texts = [outputs[0][".html"], *(content for contents in attached.values() for content in contents)]
    for text in texts:
        assert b"a-folder" not in text
        assert str(tmp_path).encode() not in text
    assert b"-:1:1" not in attached["inputs.csv"][0]

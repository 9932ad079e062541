"""Whatever stands in a profile, it is a profile or its mistakes are told; no output is written over it."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from lca.cli.main import main
from lca.descriptor.document import read_document
from lca.files.answering import read_call
from lca.presenting.values import as_json
from lca.problems import Problem, ProblemsFound

AGENCY = (ROOT / "docs" / "examples" / "agency-call" / "regional.yaml").read_text("utf-8")
DATA = read_document(AGENCY, "regional.yaml").data

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 10**18),
    st.sampled_from(
        ["", "fr", "2027-02-30", "9999-99-99", "1 request", "../x", "{0}", "<b>", "money", "art17_screening"]
    ),
    st.just([]),
    st.just({}),
    st.lists(st.sampled_from(["training", "money", "checklist", "x"]), max_size=3),
    st.dictionaries(st.sampled_from(["en", "fr", "open", "source", "date"]), st.just("x"), max_size=2),
)


@settings(max_examples=150)
@given(
    st.sampled_from(sorted(DATA)),
    st.sampled_from(["open", "source", "otherwise", "date", "required", "left_out", ""]),
    VALUES,
)
def test_a_profile_is_read_or_its_mistakes_are_told(rule: str, key: str, value: object) -> None:
    data = dict(DATA)
    data[rule] = {**data[rule], key: value} if key and isinstance(data[rule], dict) else value
    told: tuple[Problem, ...] = ()
    try:
        profile, doubts = read_call("call.yaml", as_json(data))
        assert not [problem for problem in doubts if problem.severity == "error"]
        assert list(profile.rules())
    except ProblemsFound as found:
        told = found.problems
        refused = True
    else:
        refused = False
    assert bool(told) == refused
    assert {problem.location.file for problem in told} <= {"call.yaml"}


def test_what_a_profile_says_is_text_on_page_one(tmp_path: Path) -> None:
    import lca

    (tmp_path / "call.yaml").write_text(
        "call: 1\nname: <script>a</script>\npage_one: {lines: [\"<img src='http://x.example'>\"], left_out: [experts]}\n",
        "utf-8",
    )
    (tmp_path / "study.yaml").write_text(
        "descriptor: 1\nproject: {name: X, start: 2026-01, call_profile: call.yaml}\nsites: {lab: {location: FR}}\n"
        "training: {a: {energy: 1 kWh, site: lab}}\n",
        "utf-8",
    )
    page = lca.load(tmp_path / "study.yaml").assess(draws=0).report("en").page_one
    assert "<script>" not in page
    assert "<img" not in page
    assert "&lt;script&gt;a" in page


def test_no_document_is_written_over_a_profile(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = tmp_path / "call.txt"
    call.write_text("call: 1\nname: X\n", "utf-8")
    study = str(ROOT / "projects" / "minimal.yaml")
    arguments = ["dnsh", "export", study, "--form", "national", "--draws", "0", "--call", str(call), "-o", str(call)]
    assert main(arguments) == 1
    assert "LCA701" in capsys.readouterr().err
    assert call.read_text("utf-8") == "call: 1\nname: X\n"

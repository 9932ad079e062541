"""Usage of language models: requests and tokens of each model are the log's, and what cannot be read is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT, assess_file
from drafts import drafted, written, wrong

from lca.subjects.crosscheck.declared import StatedResults
from lca.subjects.footprint.api import Api
from lca.subjects.footprint.declared import ProductSystem

CASES = ROOT / "tests/cases/llm-usage"
HEAD = "date,model,requests,input_tokens,output_tokens\n"


def services(draft: Path) -> dict[str, Api]:
    """Return the interfaces of a draft's services by name."""
    system = assess_file(draft).study[ProductSystem]
    return {name: service.api for name, service in system.inference.items() if service.api is not None}


def counts(api: Api) -> tuple[float, float, float]:
    """Return requests, and all tokens read and written."""
    assert api.requests is not None
    assert api.input is not None
    assert api.output is not None
    cached = api.cached_input.value if api.cached_input else 0.0
    requests = api.requests.value
    return requests, (api.input.value + cached) * requests, api.output.value * requests


@pytest.mark.parametrize(
    ("name", "service", "expected"),
    [
        ("openai.json", "gpt-4o-2024-08-06", (1600, 2_000_000, 400_000)),
        ("openai.json", "ft-house-model-9", (10, 5_000, 1_000)),
        ("spans.jsonl", "gpt-4o", (4, 406, 200)),
        # 1000 and 4000 tokens more before the server began again, then 600; requests by both reasons to finish.
        ("vllm.prom", "meta-llama-llama-3-1-8b-instruct", (56, 5_600, 2_300)),
        ("opengatellm.jsonl", "mistral-small-3-2-24b-instruct-2506", (2, 2_000, 400)),
        ("usage.csv", "gpt-4o", (150, 220_000, 61_000)),
    ],
)
def test_tokens_are_those_of_the_log(name: str, service: str, expected: tuple[float, ...], tmp_path: Path) -> None:
    found = counts(services(drafted(tmp_path, "llm-usage", CASES / name))[service])
    assert found == pytest.approx(expected, rel=1e-12)


def test_cached_tokens_are_apart_and_unknown_models_are_comments(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "llm-usage", CASES / "openai.json")
    text = draft.read_text("utf-8")
    assert "cached_input: {value: 125 token" in text
    assert 'model: "unknown"  # logged: ft:house-model-9' in text
    assert "period: {start: 2025-05-01, end: 2025-05-02}" in text
    assert "evidence: measured" not in text


def test_a_servers_own_figures_are_stated_results_and_nothing_more(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "llm-usage", CASES / "opengatellm.jsonl")
    assessment = assess_file(draft)
    stated = assessment.study[StatedResults].stated_results
    name = "mistral-small-3-2-24b-instruct-2506"
    expected: dict[str, object] = {
        f"{name}-energy": (f"inference.{name}.energy", pytest.approx(0.0028, rel=1e-12), "kWh"),
        f"{name}-gwp100": (f"inference.{name}.gwp100", pytest.approx(0.00012, rel=1e-12), "kgCO2e"),
    }
    assert {path: (s.figure, s.value.value, s.value.unit) for path, s in stated.items() if s.value} == expected
    # A range is no figure, and 0 is what the server writes where it worked out none.
    text = draft.read_text("utf-8")
    assert "# the server's own energy: 0.0001 to 0.0003 kWh; not counted" in text
    assert text.count("the server's own") == 2
    # The study's own figure is that of the tokens alone, whatever the server prints.
    plain = tmp_path / "plain.jsonl"
    plain.write_text((CASES / "opengatellm.jsonl").read_text("utf-8").replace('"carbon"', '"other"'), "utf-8")
    (tmp_path / "plain").mkdir()
    without = assess_file(drafted(tmp_path / "plain", "llm-usage", plain))
    assert without.figures["total.gwp100"].value == assessment.figures["total.gwp100"].value


ANSWER = '{"model": "m", "usage": {"prompt_tokens": 5, "completion_tokens": 1, "carbon": {"kWh": %s, "kgCO2eq": 0.1}}}'


@pytest.mark.parametrize(
    ("text", "expected", "words"),
    [
        ("", ["1:1 LCA105"], "empty"),
        (HEAD, ["1:1 LCA105"], "no request"),
        (HEAD.replace("model", "name") + "2025-05-01,gpt-4o,1,2,3\n", ["1:1 LCA202"], "`model` is missing"),
        (HEAD + "2025-05-01,gpt-4o,1,-2,3\n", ["2:21 LCA304"], "at least 0"),
        (HEAD + "2025-05-01,gpt-4o,1,2.5,3\n", ["2:21 LCA301"], "whole number"),
        (HEAD + "yesterday,gpt-4o,1,2,3\n", ["2:1 LCA405"], "not a date"),
        (HEAD + "2025-05-01,,1,2,3\n", ["2:12 LCA202"], "no model"),
        (HEAD + "2025-05-01,gpt-4o\n", ["2:1 LCA205"], "2 cells"),
        ('{"data": [{"results": [', ["1:24 LCA205"], "no JSON"),
        ('{"data": []}', ["1:1 LCA202"], "no usage"),
        ('{"num_model_requests": 1, "input_tokens": "x", "output_tokens": 2}', ["1:1 LCA301"], "whole number"),
        (ANSWER % "-1", ["1:1 LCA304"], "kWh must be at least 0, not -1"),
        (ANSWER % "NaN", ["1:1 LCA304"], "kWh: the number must be finite"),
        (ANSWER % '"0,1"', ["1:1 LCA301"], "kWh: `0,1` is not a number"),
        ('vllm:prompt_tokens_total{model_name="m"} -5\n', ["1:42 LCA301"], "whole number"),
        ('vllm:prompt_tokens_total{model_name="m"} 5\nvllm:generation_tokens_total{mod', ["2:1 LCA205"], "no sample"),
    ],
)  # fmt: skip
def test_damaged_usage(
    text: str, expected: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found, said = wrong("llm-usage", written(tmp_path, text, "usage.txt"), capsys)
    assert found == expected
    assert words in said

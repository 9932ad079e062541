"""Usage of language models: requests and tokens of each model are the log's, and what cannot be read is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT, assess_file
from drafts import drafted, written, wrong

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

"""The section `llm` of sources.yaml: what it takes, and what is told of what it does not take."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.errors import ConfigError
from crawler.settings import LlmSettings
from crawler.sources.config import parse_config

_ONE = "sources: [{url: 'https://a.example/feed'}]\n"


def _load(text: str) -> LlmSettings | None:
    return parse_config(text + _ONE, Path("sources.yaml")).llm


def test_without_the_section_there_is_none() -> None:
    assert _load("") is None
    assert _load("llm:\n") is None


def test_all_keys_are_read() -> None:
    settings = _load(
        "llm: {base_url: 'https://models.example/v1', model: small, api_key_env: MODEL_KEY, parts: [summaries, lead],"
        " runners_up: true, max_requests: 5, max_tokens: 9000, max_cost: 0.5, input_price: 0.15, output_price: 0.6,"
        " max_chars: 4000, concurrency: 2, timeout: 5, max_seconds: 30, temperature: 0.2, seed: null}\n"
    )
    assert settings == LlmSettings(
        "https://models.example/v1", "small", "MODEL_KEY", ("summaries", "lead"), True, 5, 9000, 0.5, 0.15, 0.6, 4000,
        2, 5.0, 30.0, 0.2, None,
    )  # fmt: skip


_BASE = "llm:\n  base_url: http://localhost:11434/v1\n  model: small\n"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("llm: {model: small}\n", 1, "no `base_url`"),
        ("llm:\n  base_url: http://localhost/v1\n", 1, "no `model`"),
        ("llm: [1]\n", 1, "must be keys with values"),
        ("llm:\n  base_url: localhost:11434\n  model: x\n", 2, "no web address"),
        ("llm:\n  base_url: https://me:hunter2@models.example/v1\n  model: x\n", 2, "holds a password"),
        ("llm:\n  base_url: https://models.example/v1/chat/completions\n  model: x\n", 2, "give the base"),
        ("llm:\n  base_url: https://models.example/v1?key=1\n  model: x\n", 2, "has a query"),
        (_BASE + "  api_key_env: sk-very-secret\n", 4, "name of an environment variable"),
        (_BASE + "  api_key: sk-very-secret\n", 4, "did you mean `api_key_env`"),
        (_BASE + "  parts: [summary]\n", 4, "did you mean `summaries`"),
        (_BASE + "  parts: []\n", 4, "`parts` is empty"),
        (_BASE + "  max_tokens: 10\n", 4, "too small"),
        (_BASE + "  max_cost: 2\n", 4, "needs `input_price`"),
        (_BASE + "  concurrency: 0\n", 4, "out of range"),
        (_BASE + "  timeout: soon\n", 4, "must be a number"),
        (_BASE + "  modle: x\n", 4, "did you mean `model`"),
    ],
)
def test_every_problem_is_told_with_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        _load(text)
    (problem,) = caught.value.problems
    assert problem.startswith(f"sources.yaml:{line}: ")
    assert words in problem
    assert "hunter2" not in problem
    assert "very-secret" not in problem


def test_inside_settings_it_is_an_unknown_key() -> None:
    with pytest.raises(ConfigError, match="unknown key `llm`"):
        _load("settings: {llm: {model: x}}\n")

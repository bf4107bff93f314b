"""The section `llm` of sources.yaml: which language model may word an issue, and within what bounds."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from crawler.settings import LlmSettings
from crawler.sources import checks
from crawler.sources.filling import Checks, Problems, describe, fill
from crawler.sources.sinks import plain_url, variable

PATH = ("llm",)


def endpoint(value: str) -> str | None:
    """The base of an OpenAI-compatible interface, without the path of a single method, key or query."""
    if problem := plain_url(value):
        return problem
    parts = urlsplit(value)
    if parts.query or parts.fragment:
        return "this address has a query; give only the base, such as http://localhost:11434/v1"
    if parts.path.rstrip("/").endswith("/completions"):
        return f"{value!r} is one method; give the base in front of `/chat/completions`"
    return None


def _model(value: str) -> str | None:
    return None if value.strip() and len(value) < 200 else "give the name of a model as the endpoint knows it"


_CHECKS: Checks = {
    ("LlmSettings", "base_url"): endpoint,
    ("LlmSettings", "model"): _model,
    ("LlmSettings", "api_key_env"): variable,
    ("LlmSettings", "max_requests"): checks.between(1),
    ("LlmSettings", "max_tokens"): checks.between(1000),
    ("LlmSettings", "max_cost"): checks.between(0),
    ("LlmSettings", "input_price"): checks.between(0),
    ("LlmSettings", "output_price"): checks.between(0),
    ("LlmSettings", "max_chars"): checks.between(500, 1_000_000),
    ("LlmSettings", "concurrency"): checks.between(1, 64),
    ("LlmSettings", "timeout"): checks.between(0.1, 3600),
    ("LlmSettings", "max_seconds"): checks.between(1),
    ("LlmSettings", "temperature"): checks.between(0, 2),
    ("LlmSettings", "seed"): checks.between(0),
}


def read_llm(value: object, problems: Problems) -> LlmSettings | None:
    """The settings, None where there are none; what is wrong goes to `problems`."""
    if value is None:
        return None
    if not isinstance(value, Mapping):
        problems.add(PATH, f"`llm` must be keys with values, not {describe(value)}; see docs/llm.md")
        return None
    settings = LlmSettings(**fill(LlmSettings, value, PATH, problems, _CHECKS))
    for key, example in (("base_url", "http://localhost:11434/v1"), ("model", "the endpoint's name of it")):
        if value.get(key) in (None, ""):
            problems.add(PATH, f"`llm` has no `{key}`; give {example}, see docs/llm.md")
    if "parts" in value and not settings.parts:
        problems.add((*PATH, "parts"), "`parts` is empty; name what is worded, or remove the section `llm`")
    if settings.max_cost and not (settings.input_price or settings.output_price):
        problems.add((*PATH, "max_cost"), "`max_cost` needs `input_price` and `output_price`, of a million tokens each")
    return settings

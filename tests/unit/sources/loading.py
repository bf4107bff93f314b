"""A text as sources.yaml, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.errors import ConfigError
from crawler.sources import Config, parse_config

PATH = Path("sources.yaml")
ONE = 'sources:\n  - {url: "https://blog.example.org/feed.xml"}\n'


def load(text: str) -> Config:
    return parse_config(text, PATH)


def problems_of(text: str) -> list[str]:
    with pytest.raises(ConfigError) as raised:
        load(text)
    return raised.value.problems

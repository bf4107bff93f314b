"""Sources: sources.yaml and subscription lists."""

from __future__ import annotations

from crawler.sources.config import Config, load_config, parse_config, select

__all__ = ["Config", "load_config", "parse_config", "select"]

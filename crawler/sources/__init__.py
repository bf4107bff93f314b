"""Sources: sources.yaml and subscription lists."""

from __future__ import annotations

from crawler.sources.config import Config, load_config, parse_config, select
from crawler.sources.opml import to_opml

__all__ = ["Config", "load_config", "parse_config", "select", "to_opml"]

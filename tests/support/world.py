"""The demo's blogs as a world for the real command line: `crawl` in a process of its own, the blogs behind a proxy.

The sample server answers absolute-form requests (RFC 9112 section 3.2.2), so HTTP_PROXY is all that a run needs
to reach the invented hosts, and nothing else can be reached. It is the middle of a week there whenever the tests are
run: what is crawled on a Sunday and composed on Monday belongs to another issue.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.demo.server import DemoServer
from tests.support.command import Command

MOMENT = datetime(2026, 11, 18, 10, 30, tzinfo=UTC)
_AHEAD = (MOMENT - datetime.now(UTC)).total_seconds()
_COMMAND = f"""
import sys
from datetime import timedelta
from crawler import app
clock = app.now
app.now = lambda: clock() + timedelta(seconds={_AHEAD})
from crawler.cli import main
main()
"""
PROXY_VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


def clean_environment(home: Path, proxy: str | None = None) -> dict[str, str]:
    """A person's environment with nothing configured, and the proxy that leads to the blogs."""
    named = {*PROXY_VARIABLES, *(name.lower() for name in PROXY_VARIABLES)}
    kept = {k: v for k, v in os.environ.items() if k not in named and not k.startswith(("CRAWL_", "XDG_"))}
    kept |= {"HOME": str(home), "CRAWL_HOME": str(home / "crawl"), "LC_ALL": "C.UTF-8", "COLUMNS": "100"}
    return kept | ({"HTTP_PROXY": proxy} if proxy else {})


@dataclass(frozen=True)
class World(Command):
    """A folder with sources.yaml and the server that stands for the web."""

    folder: Path
    server: DemoServer

    @property
    def environment(self) -> dict[str, str]:
        host, port = self.server.address
        return clean_environment(self.folder, f"http://{host}:{port}")

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-c", _COMMAND, *arguments]

    def exported(self) -> list[dict[str, Any]]:
        """The store, but for when things were first seen."""
        return [{k: v for k, v in row.items() if k != "first_seen_at"} for row in self.lines("export")]


def make_world(folder: Path, server: DemoServer) -> World:
    """A fresh folder that subscribes to the sample blogs."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sources.yaml").write_text(server.sources_yaml(), encoding="utf-8")
    return World(folder, server)

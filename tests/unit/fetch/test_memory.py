"""Memory stays bounded whatever all servers together send."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support.server import Server, encode

PROGRAM = """
import resource, sys
from datetime import UTC, datetime
from crawler.fetch.client import HttpFetcher
from crawler.fetch.politeness import Dispatcher, Job
from crawler.model import Request
from crawler.settings import FetchSettings

settings = FetchSettings(pause=0, allow_private_hosts=("127.0.0.1",))
port = int(sys.argv[1])
routes = {(f"h{n}.example", 80): ("127.0.0.1", port) for n in range(40)}
fetcher = HttpFetcher(settings, user_agent="t/1", routes=routes, environ={})
dispatcher = Dispatcher(fetcher, settings, user_agent="t/1", hosts={}, now=lambda: datetime.now(UTC))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
jobs = (Job(n, Request(f"http://h{n}.example/"), lambda outcome: type(outcome).__name__) for n in range(40))
kinds = {kind for _, kind in dispatcher.run(jobs)}
print(",".join(kinds), (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ru_maxrss is in KiB on Linux only")
@pytest.mark.parametrize(("what", "kind"), [("large", "Fetched"), ("bomb", "Failed")])
def test_forty_servers_at_once(what: str, kind: str) -> None:
    """Forty bodies of 14 MB, or bombs of 60 MB, cost a process no more than 150 MiB."""
    with Server() as server:
        if what == "large":
            server.add("/", b"x" * 14_000_000)
        else:
            server.add("/", encode("br", b"\0" * 60_000_000), headers={"Content-Encoding": "br"})
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(server.port)], capture_output=True, text=True, timeout=60, check=True
        )
    kinds, grown = done.stdout.split()
    assert kinds == kind
    assert int(grown) < 150

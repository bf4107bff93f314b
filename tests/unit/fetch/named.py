"""Named hosts on loopback servers, and a dispatcher over them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Self

from crawler.fetch.client import HttpFetcher
from crawler.fetch.politeness import Dispatcher, Job
from crawler.model import Failed, HostState, Outcome, Request
from crawler.settings import FetchSettings
from tests.support.server import Server

NOW = datetime(2026, 11, 21, 7, tzinfo=UTC)
SETTINGS = FetchSettings(pause=0.0, workers=16, timeout=5)
AGENT = "weekly-roundup/0.1 (+https://example.org)"


class Web:
    """Named hosts on one or several loopback servers, a dispatcher over them, and what came back."""

    def __init__(self, settings: FetchSettings = SETTINGS, hosts: Iterable[HostState] = ()) -> None:
        self.server = Server()
        self.settings = settings
        routes = {(f"h{n}.example", 80): ("127.0.0.1", self.server.port) for n in range(50)}
        routes |= {(f"h{n}.medium.com", 80): ("127.0.0.1", self.server.port) for n in range(50)}
        self.fetcher = HttpFetcher(settings, user_agent=AGENT, routes=routes, environ={})
        self.dispatcher = Dispatcher(
            self.fetcher, settings, user_agent=AGENT, hosts={h.host: h for h in hosts}, now=lambda: NOW
        )

    def __enter__(self) -> Self:
        self.server.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.fetcher.close()
        self.server.__exit__()

    def get(self, *urls: str, purpose: str = "page") -> dict[str, Outcome]:
        jobs = [Job(url, Request(f"http://{url}", purpose), lambda o: o) for url in urls]  # type: ignore[arg-type]
        return dict(self.dispatcher.run(jobs))

    def at(self, host: str) -> list[str]:
        return [seen.path for seen in self.server.requests if seen.host == host]


def failed(outcome: Outcome) -> Failed:
    assert isinstance(outcome, Failed)
    return outcome

"""The transport of a run that may turn out to need none: its library is loaded when the first request is sent."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.fetch.client import HttpFetcher
    from crawler.fetch.redirects import Trail
    from crawler.model import Outcome, Request
    from crawler.ports import Call, NoReply, Reply


class LateFetcher:
    """An HttpFetcher that is made when it is first used, once, whichever thread is first.

    What making it raises (ConfigError) is raised by the first request.
    """

    def __init__(self, make: Callable[[], HttpFetcher]) -> None:
        self._make = make
        self._made: HttpFetcher | None = None
        self._lock = Lock()

    def fetch(self, request: Request) -> Outcome:
        """See HttpFetcher, as for all that follows."""
        return self._fetcher().fetch(request)

    def step(self, trail: Trail) -> Outcome | Trail:
        return self._fetcher().step(trail)

    def hand_over(self) -> Callable[[], None]:
        return self._fetcher().hand_over()

    def received(self) -> int:
        return self._fetcher().received()

    def call(self, call: Call) -> Reply | NoReply:
        return self._fetcher().call(call)

    def close(self) -> None:
        """Close what was opened."""
        if self._made is not None:
            self._made.close()

    def _fetcher(self) -> HttpFetcher:
        if self._made is None:
            with self._lock:
                if self._made is None:
                    self._made = self._make()
        return self._made

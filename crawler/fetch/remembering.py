"""A fetcher for a search by hand: no address is asked twice, whatever leads to it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

from crawler.fetch import redirects
from crawler.fetch.hosts import asks_for_a_moment
from crawler.fetch.redirects import Trail
from crawler.fetch.task import Stepping
from crawler.model import Failed, Fetched, Outcome, Request


class Remembering:
    """A fetcher that remembers every hop: an address that redirects lead to again is answered from memory, unless its
    server only asked for a moment."""

    def __init__(self, inner: Stepping) -> None:
        self._inner = inner
        self._known: dict[str, Outcome | Trail] = {}
        self._lock = threading.Lock()

    def step(self, trail: Trail) -> Outcome | Trail:
        known = self._known.get(trail.url)
        if known is None:
            known = self._inner.step(trail)
            if isinstance(known, Failed) and asks_for_a_moment(known):
                return known  # to be asked again after it
            with self._lock:
                self._known[trail.url] = known
            return known
        if isinstance(known, Trail):
            status = 301 if known.permanent else 302
            return redirects.follow(trail, status, known.url, None)
        return replace(known, moved_to=trail.moved_to) if isinstance(known, Fetched) else known

    def hand_over(self) -> Callable[[], None]:
        return self._inner.hand_over()

    def received(self) -> int:
        return self._inner.received()

    def fetch(self, request: Request) -> Outcome:
        at: Outcome | Trail = redirects.start(request)
        while isinstance(at, Trail):
            at = self.step(at)
            self.hand_over()()
        return at

    def close(self) -> None:
        """The inner fetcher belongs to somebody else."""

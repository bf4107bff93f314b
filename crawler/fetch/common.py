"""What all runs of one dispatcher share: the transport, hosts, the budget, and turns with other processes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from crawler.fetch.hosts import HostBook, lane_of, state_keys
from crawler.fetch.redirects import Trail
from crawler.fetch.task import Stepping
from crawler.model import Fetched, Outcome
from crawler.ports import Fetcher, Turns
from crawler.settings import FetchSettings
from crawler.urls import host_of


@dataclass(slots=True)
class Common:
    """One for each dispatcher; `lock` guards the lanes of its run, too."""

    fetcher: Fetcher
    settings: FetchSettings
    book: HostBook
    monotonic: Callable[[], float]
    turns: Turns | None = None
    # Re-entrant, because a signal handler that calls stop() may interrupt the thread which holds it.
    lock: threading.RLock = field(default_factory=threading.RLock)
    stopped: bool = False
    requests: int = 0
    received: int = 0
    exhausted: bool = False
    ready_at: dict[str, float] = field(default_factory=dict)
    _stepping: Stepping | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        # Asked once: to look a protocol's methods up costs as much as the head of an answer.
        if isinstance(self.fetcher, Stepping):
            self._stepping = self.fetcher

    def hop(self, trail: Trail) -> tuple[Outcome | Trail, Callable[[], None] | None]:
        """One request, and what to call when its body is done with. Redirects come back as steps from a fetcher that
        can give them."""
        fetcher = self._stepping
        if fetcher is None:
            outcome = self.fetcher.fetch(trail.request)
            self.count_bytes(len(outcome.body) if isinstance(outcome, Fetched) else 0)
            return outcome, None
        at, done = fetcher.step(trail), fetcher.hand_over()
        self.count_bytes(fetcher.received())
        if isinstance(at, Fetched):
            return at, done
        done()
        return at, None

    def take_turn(self, url: str) -> float:
        """Seconds until the host of `url` may be asked, 0 when its turn is ours; what others learned of it comes
        along."""
        if self.turns is None:
            return 0.0
        turn = self.turns.take(lane_of(url), host_of(url), state_keys(url))
        self.book.take_in(turn.states)
        return turn.wait

    def give_back_turn(self, url: str, rest: float | None) -> None:
        """End the turn; `rest` are the seconds until the next one, None when the host was not asked."""
        if self.turns is not None:
            host, long = host_of(url), self.book.long_pause(url) if rest is not None else 0.0
            self.turns.give_back(lane_of(url), host, rest, long, self.book.unsaved(state_keys(url)))

    def may_ask(self) -> bool:
        """Take one request from the run's budget; False, and the run ends, where nothing is left of it."""
        settings = self.settings
        with self.lock:
            spent = 0 < settings.max_requests <= self.requests or 0 < settings.max_total_bytes <= self.received
            if spent:
                self.exhausted = self.stopped = True
            else:
                self.requests += 1
            return not spent

    def count_bytes(self, count: int) -> None:
        """Note what a request brought."""
        with self.lock:
            self.received += count

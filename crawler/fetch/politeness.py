"""Many requests at once, one host at a time: jobs wait in a lane for each host and workers serve lanes by turn.

A lane is asked again only after its pause, whatever the number of workers; robots.txt is asked once for each origin
and takes a turn like any request; a redirect goes to the front of the lane of the host that it names. Where other
processes ask, too, each turn is also taken from what they share (`Turns`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from crawler.fetch.common import Common
from crawler.fetch.hosts import HostBook
from crawler.fetch.run import Run
from crawler.fetch.task import Job, K, Stepping, T
from crawler.model import HostState
from crawler.ports import Fetcher, Turns
from crawler.settings import FetchSettings

__all__ = ["Dispatcher", "Job", "Stepping"]

_LOOK_AHEAD = 4000  # jobs taken from the iterable and not yet done


class Dispatcher:
    """Runs jobs over at most `settings.workers` threads, so that no host sees more than one request at a time, nor two
    sooner than its pause: `settings.pause`, its Crawl-delay, or what it taught us, whichever is longest.

    Over all its runs it sends `settings.max_requests` requests (each hop and each robots.txt is one) and begins none
    after `settings.max_total_bytes` bytes came; then it stops by itself, and is `exhausted`.

    `hosts` is what is remembered of hosts; `changed_hosts` is what should be. One `run` at a time; pauses and what
    was learned hold from one run to the next. With `turns`, hosts are shared with other processes: pauses and what
    is learned of a host go through them with each request, and `hosts` may be empty.

    `ahead` is how many jobs are taken from their iterable before they are done.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        settings: FetchSettings,
        *,
        user_agent: str,
        hosts: Mapping[str, HostState],
        now: Callable[[], datetime],
        monotonic: Callable[[], float] = time.monotonic,
        turns: Turns | None = None,
        ahead: int | None = None,
    ) -> None:
        book = HostBook(settings, user_agent, hosts, now, monotonic)
        self._common = Common(fetcher, settings, book, monotonic, turns)
        self._ahead = ahead or _LOOK_AHEAD
        self._wake: Callable[[], None] | None = None

    def run(self, jobs: Iterable[Job[K, T]]) -> Iterator[tuple[K, T]]:
        """Do all jobs; yields (key, what `then` returned) in the caller's thread, in order of completion.

        `jobs` is iterated in the caller's thread, a bounded number ahead. An exception that `then` raises is raised
        here as it is, after the requests under way have ended; so is one that the iterable raises. After `stop()`
        the requests under way are finished and yielded, and the rest is dropped.
        """
        current: Run[K, T] = Run(self._common, self._ahead)
        with self._common.lock:
            if self._wake is not None:
                raise RuntimeError("a Dispatcher does one run at a time")
            self._wake = current.wake
        try:
            yield from current.results(iter(jobs))
        finally:
            current.end()
            self._wake = None

    def stop(self) -> None:
        """Finish the requests under way, start no more, and let `run` end. May be called from a signal handler."""
        self._common.stopped = True
        wake = self._wake
        if wake is not None:
            wake()

    @property
    def exhausted(self) -> bool:
        """The budget of requests or bytes is spent; jobs were or will be dropped."""
        return self._common.exhausted

    def changed_hosts(self) -> list[HostState]:
        """What was learned of hosts since this Dispatcher was made."""
        return self._common.book.changed()

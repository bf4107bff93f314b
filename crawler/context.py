"""What a crawl works with, and what it is asked for: the values that every step of the pipeline is given."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from crawler.fetch.politeness import Dispatcher
from crawler.model import Source
from crawler.ports import Fetcher, Store
from crawler.report import SourceResult
from crawler.settings import DEFAULT_PROFILE, Settings
from crawler.workers import WorkerPool


class Progress:
    """What a run tells while it goes on. This one is silent; the command line has others."""

    def begin(self, step: str, amount: int) -> None:
        """A step with `amount` things to do begins."""

    def advance(self, step: str) -> None:
        """One of them is done."""

    def source(self, result: SourceResult) -> None:
        """A source was checked."""

    def end(self) -> None:
        """The run is over."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What a run is asked for. `everything` overrides our own schedule, never a server's Retry-After."""

    sources: tuple[Source, ...]
    everything: bool = False
    backfill: bool = False


@dataclass(slots=True)
class Crawl:
    """All that a crawl works with; `app` fills it, tests fill it with real parts of their own.

    `profile` is the newsletter that is composed, and `settings.issue` are its settings.
    """

    store: Store
    fetcher: Fetcher
    workers: WorkerPool
    settings: Settings
    sources: Mapping[str, Source]
    user_agent: str
    now: Callable[[], datetime]
    random: random.Random
    taxonomy: str | None = None
    profile: str = DEFAULT_PROFILE
    progress: Progress = field(default_factory=Progress)
    _dispatchers: list[Dispatcher] = field(default_factory=list)
    _interrupted: int | None = None

    def interrupt(self, signal_number: int) -> None:
        """Ask the run to end after what is under way. May be called from a signal handler."""
        self._interrupted = signal_number
        for dispatcher in self._dispatchers:
            dispatcher.stop()

    @property
    def interrupted(self) -> int | None:
        """The signal that asked the run to end, if any."""
        return self._interrupted

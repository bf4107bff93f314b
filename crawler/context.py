"""What a crawl works with, and what it is asked for: the values that every step of the pipeline is given."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime

from crawler.fetch.politeness import Dispatcher
from crawler.model import Source
from crawler.ports import Fetcher, Sharing, Store
from crawler.report import SourceResult
from crawler.settings import DEFAULT_PROFILE, Settings
from crawler.workers import WorkerPool

SHARED_AHEAD = 256  # sources that a run takes into its hands before it asks them, where others would ask them, too


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
    """What a run is asked for. `everything` overrides our own schedule, never a server's Retry-After.

    `seen_at` becomes the first sight of what is new, the run's start where it is None. With a `portion`, at most so
    many articles are read, and so many labelled. `blame`: a few sources that could not be reached are not our fault.
    """

    sources: tuple[Source, ...]
    everything: bool = False
    backfill: bool = False
    seen_at: datetime | None = None
    portion: int | None = None
    blame: bool = True


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
    sharing: Sharing | None = None  # with the other runs on the store, where there may be some
    _dispatchers: list[Dispatcher] = field(default_factory=list)
    _interrupted: int | None = None

    def interrupt(self, signal_number: int) -> None:
        """Ask the run to end after what is under way. May be called from a signal handler."""
        self._interrupted = signal_number
        for dispatcher in list(self._dispatchers):  # threads add theirs meanwhile
            dispatcher.stop()

    @property
    def interrupted(self) -> int | None:
        """The signal that asked the run to end, if any."""
        return self._interrupted

    @contextmanager
    def dispatcher(self) -> Iterator[Dispatcher]:
        """Asks hosts for this run, as politely as if all runs that share the store were one."""
        settings, shared = self.settings.fetch, self.sharing
        dispatcher = Dispatcher(
            self.fetcher,
            settings,
            user_agent=self.user_agent,
            hosts=self.store.hosts() if shared is None else {},
            now=self.now,
            turns=shared,
            ahead=None if shared is None else SHARED_AHEAD,
        )
        self._dispatchers.append(dispatcher)
        try:
            if self.interrupted:
                dispatcher.stop()
            yield dispatcher
        finally:
            self._dispatchers.remove(dispatcher)

    def lease(self, sources: Collection[str]) -> set[str]:
        """Take sources into our hands: all of them, but for those that another run has."""
        return set(sources) if self.sharing is None else self.sharing.lease(sources)

    def release(self, sources: Collection[str]) -> None:
        """Let other runs have them."""
        if self.sharing is not None:
            self.sharing.release(sources)

    def linking(self) -> AbstractContextManager[None]:
        """Held while copies are linked, which only one run does at a time."""
        return nullcontext() if self.sharing is None else self.sharing.linking()

"""The first step of a crawl: ask the sources that are due, read, decide, and store each with its validators."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from crawler import schedule
from crawler.asking import Answer, ask_sources
from crawler.context import Crawl, Selection
from crawler.dedup.decide import decide_entries
from crawler.errors import StoreLocked
from crawler.extract import is_whole
from crawler.fetch.politeness import Dispatcher
from crawler.model import Failed, Feed, Gone, NotModified, Source
from crawler.ports import FeedWrite
from crawler.report import SourceOutcome, SourceResult
from crawler.urls import url_key

log = logging.getLogger(__name__)

STATES_A_COMMIT = 50
ASKED_BY_NAME = 100  # sources whose states are asked for one by one; of more all are read
LEASED_AT_ONCE = 64
DECISIONS = 20  # that other runs may overtake
UNREACHABLE = frozenset({"dns", "connection", "tls", "timeout"})
OFFLINE_AFTER = 32  # sources in a row that cannot be reached, and not one that could: it is us
FEW = 3


def check_sources(crawl: Crawl, dispatcher: Dispatcher, selection: Selection) -> Iterator[SourceResult]:
    """Ask what is due; a result for every selected source, in the order of the answers.

    Where nothing at all can be reached the fault is ours: asking ends early, and no source is blamed for it.
    """
    now = crawl.now()
    slugs = [source.slug for source in selection.sources]
    feeds = crawl.store.feeds(slugs if len(slugs) <= ASKED_BY_NAME else None)
    states = {s.slug: schedule.for_source(feeds.get(s.slug), s) for s in selection.sources}
    due = [s for s in selection.sources if schedule.is_due(states[s.slug], now, everything=selection.everything)]
    if crawl.settings.fetch.max_requests or crawl.settings.fetch.max_total_bytes:
        # A run that ends at its budget must not ask the same sources first each time.
        never = datetime.min.replace(tzinfo=now.tzinfo)
        due.sort(key=lambda s: states[s.slug].last_checked_at or never)
    crawl.progress.begin("sources", len(due))
    writer = _Writer(crawl, dispatcher, selection, now, patience=max(OFFLINE_AFTER, len(due) // 4))
    asked: set[str] = set()
    ours: Iterable[Source] = due if crawl.sharing is None else _in_our_hands(crawl, due, states, selection, now)
    untold: list[SourceResult] = []  # while nothing can be reached, a line a source would say one thing many times
    try:
        for source, answer in ask_sources(crawl, dispatcher, ours, states, backfill=selection.backfill):
            result = writer.write(lambda: _decide(crawl, source, states[source.slug], answer, selection))  # noqa: B023
            asked.add(source.slug)
            crawl.progress.advance("sources")
            untold.append(result)
            if writer.reached:
                _tell(crawl, untold)
            yield result
    finally:
        writer.end()
        crawl.release(slugs)
    if not is_offline(untold):
        _tell(crawl, untold)
    for source in selection.sources:
        if source.slug not in asked:
            yield SourceResult(source.slug, source.url, "skipped")


def _in_our_hands(
    crawl: Crawl, due: Sequence[Source], states: dict[str, Feed], selection: Selection, began: datetime
) -> Iterator[Source]:
    """The sources that no other run has, taken as they are wanted; `states` are read again once they are ours."""
    for start in range(0, len(due), LEASED_AT_ONCE):
        portion = due[start : start + LEASED_AT_ONCE]
        leased = crawl.lease([source.slug for source in portion])
        feeds = crawl.store.feeds(leased)
        for source in portion:
            if source.slug not in leased:
                continue
            feed = states[source.slug] = schedule.for_source(feeds.get(source.slug), source)
            met = feed.last_checked_at is not None and began <= feed.last_checked_at <= crawl.now()
            if met or not schedule.is_due(feed, crawl.now(), everything=selection.everything):
                crawl.release([source.slug])  # another run asked it in the meantime
            else:
                yield source


def _tell(crawl: Crawl, untold: list[SourceResult]) -> None:
    for result in untold:
        crawl.progress.source(result)
    untold.clear()


def is_offline(results: Sequence[SourceResult]) -> bool:
    """Several sources were asked and not one of them could be reached."""
    kinds = [result.error_kind for result in results if result.outcome != "skipped"]
    return len(kinds) >= FEW and all(kind in UNREACHABLE for kind in kinds)


class _Writer:
    """Stores what was decided: entries at once, bare states in batches.

    States of sources that could not be reached wait until one could; where none can, they are forgotten, so that
    everything is due again as soon as the network is back.
    """

    def __init__(
        self, crawl: Crawl, dispatcher: Dispatcher, selection: Selection, began: datetime, *, patience: int
    ) -> None:
        self._crawl = crawl
        self._dispatcher = dispatcher
        self._seen_at = selection.seen_at or began
        self._blame = selection.blame
        self._patience = patience
        self.reached = False
        self._unwritten: list[Feed] = []

    def write(self, decide: Callable[[], tuple[SourceResult, Feed, FeedWrite | None]]) -> SourceResult:
        """Store one decision, now or with others. It is made again where another run stored the same articles first."""
        for _ in range(DECISIONS):
            result, feed, entries = decide()
            self.reached = self.reached or result.error_kind not in UNREACHABLE
            if entries is None:
                self._keep(feed)
                return result
            if self._crawl.store.write_feed(entries, self._seen_at):
                self._crawl.release([result.source])
                return result
        raise StoreLocked(f"{result.source}: other runs keep storing the same articles; run again")

    def _keep(self, feed: Feed) -> None:
        self._unwritten.append(feed)
        if self.reached and len(self._unwritten) >= STATES_A_COMMIT:
            self._flush()
        elif not self.reached and len(self._unwritten) >= self._patience:
            self._dispatcher.stop()

    def end(self) -> None:
        """Store the rest; what few sources asked alone were told is true of them."""
        if self.reached or (self._blame and len(self._unwritten) < FEW):
            self._flush()

    def _flush(self) -> None:
        if self._unwritten:
            self._crawl.store.save_feeds(self._unwritten)
            self._crawl.release([feed.source for feed in self._unwritten])
            self._unwritten = []


def _decide(
    crawl: Crawl, source: Source, feed: Feed, answer: Answer, selection: Selection
) -> tuple[SourceResult, Feed, FeedWrite | None]:
    """The result for the report, the feed's new state, and what to write when there were entries to decide on."""
    now, settings = crawl.now(), crawl.settings.fetch
    outcome, document = answer.outcome, answer.document
    dates = [e.published_at for e in document.entries if e.published_at] if document else []
    after = schedule.after_check(
        feed, outcome, document, now=now, settings=settings, dates=dates, rng=crawl.random, body_hash=answer.body_hash
    )
    url = feed.current_url or feed.url
    status = getattr(outcome, "status", 304 if isinstance(outcome, NotModified) else None)
    moved = bool(after.current_url and after.current_url != feed.current_url)
    if isinstance(outcome, Failed):
        return (
            SourceResult(source.slug, url, "failed", status, error_kind=outcome.kind, error=outcome.message),
            after,
            None,
        )
    if isinstance(outcome, Gone):
        message = "the address answers 410 Gone: remove the source or give it a new address"
        return SourceResult(source.slug, url, "gone", status, error_kind="gone", error=message), after, None
    if document is None:
        return SourceResult(source.slug, url, "moved" if moved else "unchanged", status), after, None
    decision = decide_entries(
        source,
        document,
        feed,
        crawl.store.known(source.slug, {url_key(e.url) for e in document.entries}, {e.guid for e in document.entries}),
        now=now,
        settings=settings,
        sources=crawl.sources,
        is_whole=is_whole,
        backfill=selection.backfill,
    )
    if decision.flood:
        after = replace(after, state="held")
    if decision.new and not decision.flood and not selection.backfill and feed.last_success_at is not None:
        usual = feed.usual_new
        after = replace(after, usual_new=float(decision.new) if usual is None else 0.7 * usual + 0.3 * decision.new)
    if selection.backfill and not answer.older:
        after = replace(after, backfilled_at=feed.backfilled_at or now)
    after = replace(after, language=document.language or after.language)
    word: SourceOutcome = "unchanged"
    if moved:
        word = "moved"
    elif decision.flood:
        word = "held"
    elif decision.new:
        word = "new"
    elif decision.updated:
        word = "updated"
    result = SourceResult(source.slug, url, word, status, decision.new, decision.updated, decision.held)
    return result, after, FeedWrite(after, decision.writes)

"""The first step of a crawl: ask the sources that are due, read, decide, and store each with its validators."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from crawler import schedule
from crawler.context import Crawl, Selection
from crawler.fetch.politeness import Dispatcher
from crawler.model import UNREACHABLE, Feed, Source
from crawler.report import FEW, SourceResult

log = logging.getLogger(__name__)

ASKED_BY_NAME = 100  # sources whose states are asked for one by one; of more all are read
LEASED_AT_ONCE = 64
OFFLINE_AFTER = 32  # sources in a row that cannot be reached, and not one that could: it is us


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
    asked: set[str] = set()
    if due:
        for result in _ask(crawl, dispatcher, selection, due, states, now):
            asked.add(result.source)
            yield result
    for source in selection.sources:
        if source.slug not in asked:
            yield SourceResult(source.slug, source.url, "skipped")


def _ask(
    crawl: Crawl,
    dispatcher: Dispatcher,
    selection: Selection,
    due: list[Source],
    states: dict[str, Feed],
    began: datetime,
) -> Iterator[SourceResult]:
    from crawler.asking import ask_sources
    from crawler.storing import FeedWriter

    patience = max(OFFLINE_AFTER, len(due) // 4)
    writer = FeedWriter(crawl, selection, began=began)
    asked = 0
    ours: Iterable[Source] = due if crawl.sharing is None else _in_our_hands(crawl, due, states, selection, began)
    untold: list[SourceResult] = []  # while nothing can be reached, a line a source would say one thing many times
    try:
        for source, answer in ask_sources(crawl, dispatcher, ours, states, backfill=selection.backfill):
            results = writer.take(source, states[source.slug], answer)
            asked += 1
            crawl.progress.advance("sources")
            untold += results
            if writer.reached:
                _tell(crawl, untold)
            elif asked >= patience:
                dispatcher.stop()
            yield from results
        results = writer.end()
        untold += results
        yield from results
    finally:
        writer.end()
        crawl.release([source.slug for source in selection.sources])
    if not is_offline(untold):
        _tell(crawl, untold)


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

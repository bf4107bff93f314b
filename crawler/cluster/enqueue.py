"""What is due becomes jobs. Done by `crawl serve --enqueue` every minute, or by cron; several at once do no harm."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from crawler import schedule
from crawler.cluster.job import Job
from crawler.cluster.queue import Queue
from crawler.context import Crawl
from crawler.fetch.hosts import lane_of
from crawler.model import Feed, Source

log = logging.getLogger(__name__)

PORTION = 1000  # sources that are looked at together
WAITING_A_LANE = 100  # jobs for one host; more would make each look into the queue walk over them
SOURCES_WITH_WORK = 10_000


@dataclass(frozen=True, slots=True)
class Enqueued:
    """How many jobs of each kind were put into the queue; those that waited there already are not counted.

    `left` are sources that stay out until there is room for more of their host.
    """

    fetch: int = 0
    extract: int = 0
    link: int = 0
    left: int = 0


def enqueue_due(
    crawl: Crawl, queue: Queue, sources: Sequence[Source], *, everything: bool = False, backfill: bool = False
) -> Enqueued:
    """Enqueue every source that is due, and all articles that wait to be read, whatever their sources do.

    Looks at the state of every source: some 10 µs each. With `backfill` the sources' archives are asked for, and what
    is there of these sources and was never read waits to be read.
    """
    now = crawl.now()
    if backfill:
        crawl.store.wake([source.slug for source in sources])
    due = (
        pair
        for start in range(0, len(sources), PORTION)
        for pair in _due(crawl, sources[start:][:PORTION], now, everything=everything)
    )
    jobs = (_job(source, feed, now, everything=everything, backfill=backfill) for source, feed in due)
    return _enqueue(crawl, queue, jobs, now)


def enqueue_known(crawl: Crawl, queue: Queue) -> Enqueued:
    """The same for sources that were asked before, found by an index: for a service that looks every minute."""
    now = crawl.now()
    return _enqueue(crawl, queue, (_job(source, feed, now) for source, feed in _due_by_index(crawl, now)), now)


def _due(crawl: Crawl, sources: Sequence[Source], now: datetime, *, everything: bool) -> Iterator[tuple[Source, Feed]]:
    feeds = crawl.store.feeds([source.slug for source in sources])
    for source in sources:
        feed = schedule.for_source(feeds.get(source.slug), source)
        if schedule.is_due(feed, now, everything=everything):
            yield source, feed


def _due_by_index(crawl: Crawl, now: datetime) -> Iterator[tuple[Source, Feed]]:
    after = None
    while feeds := crawl.store.due_feeds(now, PORTION, after):
        for feed in feeds:
            source = crawl.sources.get(feed.source)
            if source is not None:
                current = schedule.for_source(feed, source)
                if schedule.is_due(current, now):
                    yield source, current
        last = feeds[-1]
        if last.next_check_at is None:
            return
        after = last.next_check_at, last.source


def _job(source: Source, feed: Feed, now: datetime, *, everything: bool = False, backfill: bool = False) -> Job:
    return Job("fetch", source.slug, lane_of(feed.current_url or feed.url), now, everything, backfill)


def _enqueue(crawl: Crawl, queue: Queue, jobs: Iterable[Job], now: datetime) -> Enqueued:
    lanes = Counter(queue.lanes())
    done: Counter[str] = Counter()
    portion: list[Job] = []
    for job in jobs:
        if lanes[job.lane] >= WAITING_A_LANE:
            done["left"] += 1  # they stay due, and are enqueued once there is room
            continue
        lanes[job.lane] += 1
        portion.append(job)
        if len(portion) == PORTION:
            done["fetch"] += queue.put(portion)
            portion = []
    done["fetch"] += queue.put(portion)
    waiting = crawl.store.sources_with_work(now, SOURCES_WITH_WORK)
    known = [crawl.sources[slug] for slug in waiting if slug in crawl.sources]
    done["extract"] += queue.put([Job("extract", source.slug, lane_of(source.url)) for source in known])
    if crawl.store.unsearched(1):
        done["link"] += queue.put([Job("link")])
    return Enqueued(**done)

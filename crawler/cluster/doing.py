"""What a worker does for a job: the steps of `crawl once`, for one source at a time.

A job that finds nothing to do any more, since another worker or run has done it, is done.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from http import HTTPStatus

from crawler.articles import label_rest, read_pages
from crawler.cluster.job import Job
from crawler.cluster.queue import Queue
from crawler.context import Crawl, Selection
from crawler.linking import find_copies
from crawler.model import UNREACHABLE, Source
from crawler.polling import check_sources
from crawler.report import SourceResult, line

log = logging.getLogger(__name__)

PAGES_A_JOB = 40
AWAY_FOR = 60.0  # seconds after which a source is asked again that could not be reached, where nothing could
BUSY_FOR = 15.0  # seconds until articles are looked at again that another run is at
STRANGERS = 3  # sources in a row that cannot be reached: it may be us


class Worker:
    """Does jobs, from many threads at once. `reached` tells whether the last sources could be reached."""

    def __init__(self, crawl: Crawl, queue: Queue) -> None:
        self._crawl = crawl
        self._queue = queue
        self._unreached = 0

    def do(self, job: Job) -> None:
        """Do one job. Raises whatever the steps raise: trouble with the store, or a bug."""
        if job.kind == "link":
            find_copies(self._crawl)
            return
        source = self._crawl.sources.get(job.source)
        if source is None:
            log.warning("%s: not in our sources.yaml; is it older than the others'?", job.source)
        elif job.kind == "fetch":
            self._fetch(job, source)
        else:
            self._extract(job, source)

    def _fetch(self, job: Job, source: Source) -> None:
        """Ask one source. Where several in a row could not be reached the fault may be ours: the source is asked once
        more before it is blamed."""
        crawl = self._crawl
        doubtful = self._unreached >= STRANGERS and job.doubts == 0
        # Whoever asks for an archive means it, whether or not somebody asked for what is new meanwhile.
        everything = job.everything or job.backfill
        selection = Selection((source,), everything, job.backfill, seen_at=job.seen_at, blame=not doubtful)
        with crawl.dispatcher() as dispatcher:
            result = next(iter(check_sources(crawl, dispatcher, selection)))
            crawl.store.save_hosts(dispatcher.changed_hosts())
        if result.outcome == "skipped":
            if crawl.interrupted:
                self._queue.put([job])
            return
        _tell(result)
        away = result.error_kind in UNREACHABLE
        self._unreached = self._unreached + 1 if away else 0
        if away and doubtful:
            self._queue.put([replace(job, doubts=job.doubts + 1)], AWAY_FOR)
        if result.outcome == "unchanged" and result.status == HTTPStatus.NOT_MODIFIED:
            return  # pages of its articles that are due again are found by whoever enqueues
        if crawl.store.work(crawl.now(), [source.slug], 1):
            self._queue.put([Job("extract", source.slug, job.lane)])

    def _extract(self, job: Job, source: Source) -> None:
        """Read a portion of the source's articles; what is left is another job."""
        crawl = self._crawl
        before = _next_article(crawl, source)
        if before is None:
            return
        with crawl.dispatcher() as dispatcher:
            selection = Selection((source,), portion=PAGES_A_JOB)
            read_pages(crawl, dispatcher, selection)
            label_rest(crawl, selection)
            crawl.store.save_hosts(dispatcher.changed_hosts())
        after = _next_article(crawl, source)
        if after is not None:
            fresh = Job("extract", source.slug, job.lane)
            self._queue.put([fresh], BUSY_FOR if after == before and not crawl.interrupted else 0.0)
        if crawl.store.unsearched(1):
            self._queue.put([Job("link")])


def _next_article(crawl: Crawl, source: Source) -> str | None:
    works = crawl.store.work(crawl.now(), [source.slug], 1)
    return works[0].article.id if works else None


def _tell(result: SourceResult) -> None:
    level = logging.DEBUG if result.outcome == "unchanged" else logging.INFO
    log.log(level, "%s", line(result))

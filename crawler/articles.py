"""The second step of a crawl: fetch pending pages, extract, label and sign in worker processes, store in portions."""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from crawler import schedule
from crawler.context import Crawl, Selection
from crawler.errors import SourceError, StoreError
from crawler.fetch.politeness import Dispatcher, Job
from crawler.model import Failed, Fetched, Outcome, Request
from crawler.ports import ArticleWrite, Work

if TYPE_CHECKING:
    from crawler.reading import Reading, ReadTask

log = logging.getLogger(__name__)

PAGES_A_ROUND = 400
PAGES_A_COMMIT = 20
LABELS_A_TASK = 16


def read_pages(crawl: Crawl, dispatcher: Dispatcher, selection: Selection) -> tuple[int, int]:
    """Fetch and read every pending page that is due; how many were read, and how many failed."""
    done = failed = 0
    with closing(_rounds(crawl, selection)) as rounds:  # which lets its sources go, and may fail at that
        for works in rounds:
            wanted = [work for work in works if work.want_page]
            if not wanted:
                continue
            if dispatcher.exhausted:
                break  # they stay pending, and are due in the next run
            good, bad = _read_portion(crawl, dispatcher, wanted)
            done, failed = done + good, failed + bad
    return done, failed


def _read_portion(crawl: Crawl, dispatcher: Dispatcher, wanted: Sequence[Work]) -> tuple[int, int]:
    done = failed = 0
    crawl.progress.begin("pages", len(wanted))
    jobs = (Job(w, Request(w.article.url, "page"), partial(_read_page, crawl, w)) for w in wanted)
    batch: list[ArticleWrite] = []
    try:
        for work, reading in dispatcher.run(jobs):
            batch.append(_after_page(crawl, work, reading))
            good = reading.write is not None and reading.failure is None
            done, failed = done + good, failed + (not good)
            crawl.progress.advance("pages")
            if len(batch) >= PAGES_A_COMMIT:
                crawl.store.save_articles(batch)
                batch = []
    finally:
        if batch:
            crawl.store.save_articles(batch)
    return done, failed


def _rounds(crawl: Crawl, selection: Selection) -> Generator[list[Work], None, None]:
    """Pending work in portions, by id; a run stops asking once it was told to end."""
    slugs, now, after = [source.slug for source in selection.sources], crawl.now(), ""
    while not crawl.interrupted:
        works = crawl.store.work(now, slugs, selection.portion or PAGES_A_ROUND, after, everything=selection.everything)
        if not works:
            return
        if crawl.sharing is None:
            yield works
        else:
            yield from _in_our_hands(crawl, selection, works, now, after)
        after = works[-1].article.id
        if selection.portion:
            return


def _in_our_hands(
    crawl: Crawl, selection: Selection, works: Sequence[Work], now: datetime, after: str
) -> Iterator[list[Work]]:
    """Those of the works whose sources no other run is at, as they are once it is sure that none is."""
    ours = crawl.lease({work.article.source for work in works})
    try:
        if ours:
            again = crawl.store.work(now, sorted(ours), len(works), after, everything=selection.everything)
            if kept := [work for work in again if work.article.id <= works[-1].article.id]:
                yield kept
    finally:
        crawl.release(ours)


@dataclass(frozen=True, slots=True)
class _PageReading:
    write: ArticleWrite | None
    failure: Failed | None = None


def _read_page(crawl: Crawl, work: Work, outcome: Outcome) -> _PageReading:
    """Runs in a fetching thread, which waits for a worker: at most so many pages are in memory as threads fetch."""
    from crawler.reading import ReadTask, read_or_label

    page = outcome if isinstance(outcome, Fetched) else None
    failure = _page_failure(outcome)
    task = ReadTask(work, crawl.sources.get(work.article.source), page, crawl.taxonomy, crawl.settings.labels)
    if page is None and work.article.labelled:
        return _PageReading(None, failure)
    try:
        (reading,) = crawl.workers.call(read_or_label, [task])
    except StoreError:
        raise  # of this machine; the article waits for the next run
    except Exception as error:  # noqa: BLE001 -- one page must never end a run
        return _PageReading(None, Failed(work.article.url, "bug", told_bug(error, work.article.url), passing=False))
    if page is not None and reading.problem:
        failure = Failed(page.url, "parse", reading.problem, status=page.status, passing=False)
    return _PageReading(reading.write, failure)


def _page_failure(outcome: Outcome) -> Failed | None:
    if isinstance(outcome, Fetched):
        return None
    if isinstance(outcome, Failed):
        return outcome
    return Failed(outcome.url, "status", "the page is gone", status=getattr(outcome, "status", 304), passing=False)


def _after_page(crawl: Crawl, work: Work, reading: _PageReading) -> ArticleWrite:
    """The article to write, with its page's state: done, to be asked again, or given up for a while."""
    write = reading.write or ArticleWrite(work.article)
    if reading.failure is None:
        return replace(write, article=replace(write.article, page="done"))
    tries = work.tries + 1
    state, next_at = schedule.page_retry(tries, reading.failure, crawl.now(), crawl.random)
    return replace(
        write,
        article=replace(write.article, page=state),
        tries=tries,
        page_next_at=next_at,
        page_error=reading.failure.message,
    )


def label_rest(crawl: Crawl, selection: Selection) -> None:
    """Labels for articles that need no page."""
    with closing(_rounds(crawl, selection)) as rounds:
        for works in rounds:
            rest = [work for work in works if not work.want_page]
            if rest:
                crawl.progress.begin("labels", len(rest))
                _read_without_pages(crawl, rest)


def _read_without_pages(crawl: Crawl, works: Sequence[Work]) -> None:
    from crawler.reading import ReadTask

    tasks = [
        ReadTask(w, crawl.sources.get(w.article.source), None, crawl.taxonomy, crawl.settings.labels) for w in works
    ]
    chunks = [tasks[start : start + LABELS_A_TASK] for start in range(0, len(tasks), LABELS_A_TASK)]
    with ThreadPoolExecutor(crawl.workers.size) as threads:
        for readings in threads.map(partial(_read_chunk, crawl), chunks):
            crawl.store.save_articles([reading.write for reading in readings])
            for _ in readings:
                crawl.progress.advance("labels")


def _read_chunk(crawl: Crawl, tasks: list[ReadTask]) -> list[Reading]:
    """A chunk in one trip; where one task breaks the worker, each on its own, so that only that one is lost."""
    from crawler.reading import Reading, read_or_label

    try:
        return crawl.workers.call(read_or_label, tasks)
    except StoreError:
        raise
    except Exception:  # noqa: BLE001, S110 -- told below, for the one article that it concerns
        pass
    readings: list[Reading] = []
    for task in tasks:
        try:
            readings += crawl.workers.call(read_or_label, [task])
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 -- one article must never end a run
            problem = told_bug(error, task.work.article.url)
            article = replace(task.work.article, labelled=True)
            readings.append(Reading(ArticleWrite(article, tries=task.work.tries, page_error=problem), problem))
    return readings


def told_bug(error: Exception, url: str) -> str:
    """The error's text; logged with its traceback where it is a bug of ours."""
    if isinstance(error, SourceError):
        return str(error)
    log.error("%s: this is a bug, please report it", url, exc_info=error)
    return f"{type(error).__name__}: {error}"


def label_articles(crawl: Crawl, ids: Sequence[str]) -> None:
    """Make the labels of articles that somebody asks for now."""
    works = crawl.store.work_of(ids)
    if works:
        crawl.progress.begin("labels", len(works))
        _read_without_pages(crawl, works)
        crawl.progress.end()

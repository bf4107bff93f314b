"""The crawl, readable from top to bottom: what is asked, in which order, and when it is written.

    due sources -> fetch -> read -> decide -> store          (a feed's entries with its validators, one transaction)
    pending pages -> fetch -> extract, label, sign -> store  (chunks)
    unlabelled articles -> label -> store                    (chunks)
    new texts -> copies -> store                             (chunks)

Every step leaves the store consistent, so a run that is killed is simply continued by the next one.
"""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from crawler import schedule
from crawler.dedup.decide import decide_entries
from crawler.errors import SourceError
from crawler.extract import is_whole
from crawler.fetch.politeness import Dispatcher, Job
from crawler.model import Entry, Failed, Feed, FeedDocument, Fetched, Gone, NotModified, Outcome, Request, Source
from crawler.ports import ArticleWrite, Edge, FeedWrite, Fetcher, Store, Suspect, Work
from crawler.read import read_document
from crawler.report import RunReport, SourceOutcome, SourceResult, total
from crawler.settings import Settings
from crawler.urls import url_key
from crawler.workers import WorkerPool

if TYPE_CHECKING:
    from crawler.reading import Reading, ReadTask

PAGES_A_ROUND = 400
PAGES_A_COMMIT = 20
LABELS_A_TASK = 16
CHILD_SITEMAPS = 20


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
    """All that a crawl works with; `app` fills it, tests fill it with real parts of their own."""

    store: Store
    fetcher: Fetcher
    workers: WorkerPool
    settings: Settings
    sources: Mapping[str, Source]
    user_agent: str
    now: Callable[[], datetime]
    random: random.Random
    taxonomy: str | None = None
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


def crawl_once(crawl: Crawl, selection: Selection) -> RunReport:
    """Fetch what is due, read it, label it, find copies, store it.

    Trouble with a source is in the report; only trouble with the store (StoreError) is raised.
    """
    started_at, began = crawl.now(), time.monotonic()
    dispatcher = Dispatcher(
        crawl.fetcher, crawl.settings.fetch, user_agent=crawl.user_agent, hosts=crawl.store.hosts(), now=crawl.now
    )
    crawl._dispatchers.append(dispatcher)  # noqa: SLF001
    if crawl.interrupted:
        dispatcher.stop()
    try:
        results = list(_check_sources(crawl, dispatcher, selection))
        if selection.backfill:
            crawl.store.wake([source.slug for source in selection.sources])
        pages, pages_failed = _read_pages(crawl, dispatcher, selection)
        _label_rest(crawl, selection)
        duplicates = find_copies(crawl)
        crawl.store.save_hosts(dispatcher.changed_hosts())
    finally:
        crawl._dispatchers.remove(dispatcher)  # noqa: SLF001
        crawl.progress.end()
    order = {source.slug: place for place, source in enumerate(selection.sources)}
    results.sort(key=lambda result: order.get(result.source, 0))
    return RunReport(
        started_at=started_at,
        seconds=round(time.monotonic() - began, 3),
        totals=total(results, duplicates=duplicates, pages=pages, pages_failed=pages_failed),
        sources=tuple(results),
        interrupted=crawl.interrupted,
    )


# ---------------------------------------------------------------- sources


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came of asking for a source's document."""

    outcome: Outcome
    document: FeedDocument | None = None
    body_hash: str | None = None


def _check_sources(crawl: Crawl, dispatcher: Dispatcher, selection: Selection) -> Iterator[SourceResult]:
    feeds = crawl.store.feeds()
    now = crawl.now()
    states = {s.slug: schedule.for_source(feeds.get(s.slug), s) for s in selection.sources}
    due = [s for s in selection.sources if schedule.is_due(states[s.slug], now, everything=selection.everything)]
    skipped = {s.slug for s in selection.sources} - {s.slug for s in due}
    crawl.progress.begin("sources", len(due))
    unwritten: list[Feed] = []

    def flush() -> None:
        if unwritten:
            crawl.store.save_feeds(unwritten)
            unwritten.clear()

    try:
        jobs = (Job(s, _request(states[s.slug]), partial(_read, crawl, s, states[s.slug])) for s in due)
        for source, answer in _with_children(crawl, dispatcher, dispatcher.run(jobs)):
            result, feed, entries = _decide(crawl, source, states[source.slug], answer, selection)
            if entries is None:
                unwritten.append(feed)
                if len(unwritten) >= 50:
                    flush()
            else:
                crawl.store.write_feed(entries, entries.feed.last_checked_at or crawl.now())
            crawl.progress.advance("sources")
            crawl.progress.source(result)
            yield result
    finally:
        flush()
    for slug in skipped:
        yield SourceResult(slug, crawl.sources[slug].url if slug in crawl.sources else "", "skipped")


def _request(feed: Feed) -> Request:
    return Request(feed.current_url or feed.url, "feed", etag=feed.etag, last_modified=feed.last_modified)


def _read(crawl: Crawl, source: Source, feed: Feed, outcome: Outcome) -> _Answer:
    """Runs in a fetching thread: parse unless the bytes are the ones that we have read before."""
    if not isinstance(outcome, Fetched):
        return _Answer(outcome)
    digest = hashlib.sha256(outcome.body).hexdigest()
    if digest == feed.body_hash:
        return _Answer(outcome, None, digest)
    try:
        document = read_document(
            source.kind,
            outcome.body,
            outcome.url,
            content_type=outcome.headers.get("content-type"),
            source=source,
            thorough=partial(_read_thoroughly, crawl.workers),
        )
    except SourceError as error:
        return _Answer(Failed(outcome.url, "parse", str(error), status=outcome.status))
    return _Answer(outcome, document, digest)


def _read_thoroughly(workers: WorkerPool, body: bytes, url: str, content_type: str | None) -> FeedDocument:
    return workers.call(_thorough_in_worker, (body, url, content_type))


def _thorough_in_worker(arguments: tuple[bytes, str, str | None]) -> FeedDocument:
    from crawler.read.thorough import read_thoroughly

    return read_thoroughly(*arguments)


def _with_children(
    crawl: Crawl, dispatcher: Dispatcher, answers: Iterable[tuple[Source, _Answer]]
) -> Iterator[tuple[Source, _Answer]]:
    """Answers, with a sitemap index replaced by the entries of its newest children."""
    indexes: list[tuple[Source, _Answer]] = []
    for source, answer in answers:
        if answer.document is not None and answer.document.format == "sitemapindex":
            indexes.append((source, answer))
        else:
            yield source, answer
    for source, answer in indexes:
        yield source, _read_children(crawl, dispatcher, source, answer)


def _read_children(crawl: Crawl, dispatcher: Dispatcher, source: Source, answer: _Answer) -> _Answer:
    assert answer.document is not None
    oldest = datetime.min.replace(tzinfo=crawl.now().tzinfo)
    children = sorted(answer.document.entries, key=lambda e: e.updated_at or e.published_at or oldest, reverse=True)
    blank = Feed(source.slug, source.url)
    jobs = [Job(source, Request(c.url), partial(_read, crawl, source, blank)) for c in children[:CHILD_SITEMAPS]]
    entries: list[Entry] = []
    failed: _Answer | None = None
    for _, child in dispatcher.run(jobs):
        if child.document is not None:
            entries += child.document.entries
        else:
            failed = child
    if failed is not None and not entries:
        return failed
    # A partly read index must not pass for a whole one: its validators and hash would hide the rest.
    whole = failed is None
    outcome = answer.outcome if whole else _without_validators(answer.outcome)
    entries.sort(key=lambda e: e.url)
    document = replace(answer.document, format="sitemap", entries=tuple(entries))
    return _Answer(outcome, document, answer.body_hash if whole else None)


def _without_validators(outcome: Outcome) -> Outcome:
    if not isinstance(outcome, Fetched):
        return outcome
    return replace(outcome, headers={k: v for k, v in outcome.headers.items() if k not in ("etag", "last-modified")})


def _decide(
    crawl: Crawl, source: Source, feed: Feed, answer: _Answer, selection: Selection
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
    if decision.new and not decision.flood and feed.last_success_at is not None:
        usual = feed.usual_new
        after = replace(after, usual_new=float(decision.new) if usual is None else 0.7 * usual + 0.3 * decision.new)
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


# ---------------------------------------------------------------- pages and labels


def _read_pages(crawl: Crawl, dispatcher: Dispatcher, selection: Selection) -> tuple[int, int]:
    """Fetch and read every pending page that is due; how many were read, and how many failed."""
    done = failed = 0
    for works in _rounds(crawl, selection):
        wanted = [work for work in works if work.want_page]
        if not wanted:
            continue
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


def _rounds(crawl: Crawl, selection: Selection) -> Iterator[list[Work]]:
    """Pending work in portions, by id; a run stops asking once it was told to end."""
    slugs, now, after = [source.slug for source in selection.sources], crawl.now(), ""
    while not crawl.interrupted:
        works = crawl.store.work(now, slugs, PAGES_A_ROUND, after)
        if not works:
            return
        yield works
        after = works[-1].article.id


@dataclass(frozen=True, slots=True)
class _PageReading:
    write: ArticleWrite | None
    failure: Failed | None = None


def _read_page(crawl: Crawl, work: Work, outcome: Outcome) -> _PageReading:
    """Runs in a fetching thread, which waits for a worker: at most so many pages are in memory as threads fetch."""
    from crawler.reading import ReadTask, read_article

    page = outcome if isinstance(outcome, Fetched) else None
    failure = _page_failure(outcome)
    task = ReadTask(work, crawl.sources.get(work.article.source), page, crawl.taxonomy)
    if page is None and work.article.labelled:
        return _PageReading(None, failure)
    try:
        reading = crawl.workers.call(read_article, task)
    except SourceError as error:
        return _PageReading(None, Failed(work.article.url, "bug", str(error), passing=False))
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


def _label_rest(crawl: Crawl, selection: Selection) -> None:
    """Labels for articles that need no page."""
    for works in _rounds(crawl, selection):
        rest = [work for work in works if not work.want_page]
        if rest:
            crawl.progress.begin("labels", len(rest))
            _read_without_pages(crawl, rest)


def _read_without_pages(crawl: Crawl, works: Sequence[Work]) -> None:
    from crawler.reading import ReadTask

    tasks = [ReadTask(w, crawl.sources.get(w.article.source), None, crawl.taxonomy) for w in works]
    chunks = [tasks[start : start + LABELS_A_TASK] for start in range(0, len(tasks), LABELS_A_TASK)]
    with ThreadPoolExecutor(crawl.workers.size) as threads:
        for readings in threads.map(partial(_read_chunk, crawl), chunks):
            crawl.store.save_articles([reading.write for reading in readings])
            for _ in readings:
                crawl.progress.advance("labels")


def _read_chunk(crawl: Crawl, tasks: list[ReadTask]) -> list[Reading]:
    """A chunk in one trip; where one task breaks the worker, each on its own, so that only that one is lost."""
    from crawler.reading import Reading, label_many, read_articles

    function = label_many if all(task.work.article.text for task in tasks) else read_articles
    with suppress(SourceError):
        return crawl.workers.call(function, tasks)
    readings: list[Reading] = []
    for task in tasks:
        try:
            readings += crawl.workers.call(function, [task])
        except SourceError as error:
            article = replace(task.work.article, labelled=True)
            readings.append(Reading(ArticleWrite(article, tries=task.work.tries, page_error=str(error)), str(error)))
    return readings


def label_articles(crawl: Crawl, ids: Sequence[str]) -> None:
    """Make the labels of articles that somebody asks for now."""
    works = crawl.store.work_of(ids)
    if works:
        crawl.progress.begin("labels", len(works))
        _read_without_pages(crawl, works)
        crawl.progress.end()


def release(store: Store, slug: str) -> int:
    """Let a source's held articles go into issues, and its state with them; returns how many articles."""
    count = store.release(slug)
    feed = store.feeds().get(slug)
    if feed is not None and feed.state == "held":
        store.save_feeds([replace(feed, state="moved" if feed.current_url else "ok")])
    return count


# ---------------------------------------------------------------- copies


def find_copies(crawl: Crawl) -> int:
    """Link every new text with the articles that it is a copy of; returns how many articles became copies."""
    found = 0
    while suspects := crawl.store.unsearched():
        found += _link(crawl, suspects)
    return found


def _link(crawl: Crawl, suspects: Sequence[Suspect]) -> int:
    from crawler.dedup.copies import compare, leaders, owns

    edges: dict[tuple[str, str], Edge] = {}
    for suspect in suspects:
        for other in crawl.store.suspects(suspect):
            pair = min(suspect.id, other.id), max(suspect.id, other.id)
            if pair in edges or not _may_be_linked(crawl, suspect, other):
                continue
            edge = compare(suspect, other)
            if edge is not None:
                edges[pair] = edge
    searched = [suspect.id for suspect in suspects]
    before = crawl.store.edges(searched)
    touched = {*searched, *(i for e in before for i in (e.a, e.b)), *(i for pair in edges for i in pair)}
    kept = [e for e in crawl.store.edges(touched) if e.a not in set(searched) and e.b not in set(searched)]
    touched |= {i for e in kept for i in (e.a, e.b)}
    by_source = crawl.sources
    chosen = leaders(crawl.store.members(touched), [*kept, *edges.values()], lambda member: owns(member, by_source))
    crawl.store.save_copies(searched, list(edges.values()), chosen)
    return sum(leader is not None and i in set(searched) for i, leader in chosen.items())


def _may_be_linked(crawl: Crawl, a: Suspect, b: Suspect) -> bool:
    return all(s is None or s.deduplicate for s in (crawl.sources.get(a.source), crawl.sources.get(b.source)))


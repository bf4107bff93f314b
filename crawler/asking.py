"""From a source to its whole document: asked, read, a sitemap's parts and an archive's pages put together."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from functools import partial

from crawler.context import Crawl
from crawler.errors import SourceError, StoreError
from crawler.fetch.politeness import Dispatcher, Job
from crawler.model import Entry, Failed, Feed, FeedDocument, Fetched, Outcome, Request, Source
from crawler.read import read_document
from crawler.schedule import body_hash
from crawler.urls import url_key
from crawler.workers import WorkerPool

log = logging.getLogger(__name__)

CHILD_SITEMAPS = 20
ALL_CHILD_SITEMAPS = 500  # in a backfill
ARCHIVE_PAGES = 50
SOURCES_AT_ONCE = 100  # whose documents a backfill holds in memory


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking for a source's document."""

    outcome: Outcome
    document: FeedDocument | None = None
    body_hash: str | None = None
    older: str = ""  # where the document goes on, in a backfill


def ask_sources(
    crawl: Crawl, dispatcher: Dispatcher, due: Iterable[Source], states: Mapping[str, Feed], *, backfill: bool
) -> Iterator[tuple[Source, Answer]]:
    """Ask all that are due, politely; answers as they come, each with the whole document.

    A backfill asks without validators, since a document that did not change may have an archive that was never read;
    once it was read to its end, the document tells what is new.
    """
    remaining = iter(due)
    if not backfill:
        answers = dispatcher.run(_job(crawl, source, states[source.slug]) for source in remaining)
        yield from _with_children(crawl, dispatcher, answers, CHILD_SITEMAPS)
        return
    while sources := list(itertools.islice(remaining, SOURCES_AT_ONCE)):
        asked = {s.slug: states[s.slug] for s in sources}
        asked = {slug: _blank(feed) if feed.backfilled_at is None else feed for slug, feed in asked.items()}
        answers = dispatcher.run(_job(crawl, source, asked[source.slug], backfill=True) for source in sources)
        answers = _with_children(crawl, dispatcher, answers, ALL_CHILD_SITEMAPS)
        yield from _with_archives(crawl, dispatcher, answers)


def _job(crawl: Crawl, source: Source, feed: Feed, *, backfill: bool = False) -> Job[Source, Answer]:
    return Job(source, _request(feed), partial(_read, crawl, source, feed, backfill))


def _blank(feed: Feed) -> Feed:
    return replace(feed, etag=None, last_modified=None, body_hash=None)


def _address(feed: Feed) -> str:
    return feed.current_url or feed.url


def _request(feed: Feed) -> Request:
    return Request(_address(feed), "feed", etag=feed.etag, last_modified=feed.last_modified)


def _read(crawl: Crawl, source: Source, feed: Feed, backfill: bool, outcome: Outcome) -> Answer:  # noqa: FBT001 - given by partial
    """Runs in a fetching thread: parse unless the bytes are the ones that we have read before."""
    if not isinstance(outcome, Fetched):
        return Answer(outcome)
    digest = body_hash(source, outcome.body)
    bare = replace(outcome, body=b"")  # answers wait for their turn to be stored, and need no bytes for that
    if digest == feed.body_hash:
        return Answer(bare, None, digest)
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
        return Answer(Failed(outcome.url, "parse", told_where(error, _address(feed), outcome), status=outcome.status))
    except StoreError:
        raise  # of this machine
    except Exception as error:
        log.exception("%s: this is a bug, please report it", source.slug)
        return Answer(Failed(outcome.url, "bug", f"{type(error).__name__}: {error}", status=outcome.status))
    return Answer(bare, document, digest, _older(source, outcome) if backfill else "")


def told_where(error: SourceError, asked: str, answer: Fetched) -> str:
    """The error of a document, with where it was found when redirects led elsewhere: to a login, say."""
    if url_key(asked) == url_key(answer.url):
        return str(error)
    return f"redirected to {answer.url.partition('?')[0]}: {error}"


def _older(source: Source, outcome: Fetched) -> str:
    from crawler.read.paging import older_part

    return older_part(source.kind, outcome.body, outcome.url, outcome.headers)


def _read_thoroughly(workers: WorkerPool, body: bytes, url: str, content_type: str | None) -> FeedDocument:
    return workers.call(_thorough_in_worker, (body, url, content_type))


def _thorough_in_worker(arguments: tuple[bytes, str, str | None]) -> FeedDocument:
    from crawler.read.thorough import read_thoroughly

    return read_thoroughly(*arguments)


def _with_children(
    crawl: Crawl, dispatcher: Dispatcher, answers: Iterable[tuple[Source, Answer]], most: int
) -> Iterator[tuple[Source, Answer]]:
    """Answers, with a sitemap index replaced by the entries of its newest children."""
    indexes: list[tuple[Source, Answer]] = []
    for source, answer in answers:
        if answer.document is not None and answer.document.format == "sitemapindex":
            indexes.append((source, answer))
        else:
            yield source, answer
    for source, answer in indexes:
        whole = _read_children(crawl, dispatcher, source, answer, most)
        if whole is not None:
            yield source, whole


def _read_children(crawl: Crawl, dispatcher: Dispatcher, source: Source, answer: Answer, most: int) -> Answer | None:
    """None where the run ended before any child was asked."""
    assert answer.document is not None
    oldest = datetime.min.replace(tzinfo=crawl.now().tzinfo)
    children = sorted(answer.document.entries, key=lambda e: e.updated_at or e.published_at or oldest, reverse=True)
    jobs = [
        Job(source, Request(c.url), partial(_read, crawl, source, Feed(source.slug, c.url), False))
        for c in children[:most]
    ]
    entries: list[Entry] = []
    failed: Answer | None = None
    answered = 0
    for _, child in dispatcher.run(jobs):
        answered += 1
        if child.document is None:
            failed = child
        elif child.document.format != "sitemapindex":  # an index in an index: the protocol has none
            entries += child.document.entries
    if failed is not None and not entries:
        return _of_part(failed)
    if jobs and not answered:
        return None
    # A partly read index must not pass for a whole one: its validators and hash would hide the rest. The same goes for
    # one that does not tell to the second when its parts changed: a second article of a day would stay unseen.
    told = all(child.updated_at is not None and child.updated_at.time() != time.min for child in children[:most])
    whole = failed is None and answered == len(jobs) and told
    outcome = answer.outcome if whole else _without_validators(answer.outcome)
    entries.sort(key=lambda e: e.url)
    document = replace(answer.document, format="sitemap", entries=tuple(entries))
    return Answer(outcome, document, answer.body_hash if whole else None)


def _of_part(answer: Answer) -> Answer:
    """The failure of a sitemap's part, told as such: the index itself answered."""
    if not isinstance(answer.outcome, Failed):
        return answer
    told = f"{answer.outcome.message} (at {answer.outcome.url}, a part of the sitemap)"
    return replace(answer, outcome=replace(answer.outcome, message=told))


def _with_archives(
    crawl: Crawl, dispatcher: Dispatcher, answers: Iterable[tuple[Source, Answer]]
) -> Iterator[tuple[Source, Answer]]:
    """Answers, those that go on with the entries of their older parts behind their own, page after page.

    Validators and hash stay those of the first page. A page that fails, repeats, or brings nothing new ends its
    archive; what was read until then counts.
    """
    waiting: dict[str, tuple[Source, Answer]] = {}
    for source, answer in answers:
        if answer.older and isinstance(answer.outcome, Fetched):
            waiting[source.slug] = source, answer
        else:
            yield source, answer
    open_ones = dict(waiting)
    asked: set[str] = set()
    for _ in range(ARCHIVE_PAGES):
        jobs = [
            Job(
                s,
                Request(a.older, "page" if s.kind == "listing" else "feed"),
                partial(_read, crawl, s, Feed(s.slug, a.older), True),
            )
            for s, a in open_ones.values()
            if a.older not in asked
        ]
        asked.update(job.request.url for job in jobs)
        open_ones = {}
        for source, page in dispatcher.run(jobs):
            first = waiting[source.slug][1]
            joined = _joined(first, page)
            waiting[source.slug] = source, joined
            if joined.older and joined is not first:
                open_ones[source.slug] = source, joined
        if not open_ones:
            break
    yield from waiting.values()


def _joined(answer: Answer, page: Answer) -> Answer:
    """The answer with the page's new entries, or at its end where it has none; as it was where the page failed."""
    if answer.document is None or page.document is None:
        return answer
    known = {url_key(entry.url) for entry in answer.document.entries} | {e.guid for e in answer.document.entries}
    new = [e for e in page.document.entries if url_key(e.url) not in known and e.guid not in known]
    if not new:
        return replace(answer, older="")
    document = replace(answer.document, entries=(*answer.document.entries, *new))
    return replace(answer, document=document, older=page.older)


def _without_validators(outcome: Outcome) -> Outcome:
    if not isinstance(outcome, Fetched):
        return outcome
    return replace(outcome, headers={k: v for k, v in outcome.headers.items() if k not in ("etag", "last-modified")})

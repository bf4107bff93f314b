"""Values for tests of whatever reads from or writes to a store; each argument that is left out has a plain value."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from crawler.model import Article, Entry, Feed, PageState, Signature, Source, Window
from crawler.ports import ArticleQuery, ArticleWrite, Edge, EntryWrite, FeedWrite, IssueRecord, LedgerEntry, Store
from crawler.urls import article_id, canonical_url, url_key

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
WEEK = Window(datetime(2026, 11, 9, tzinfo=UTC), datetime(2026, 11, 16, tzinfo=UTC))
DAY = timedelta(days=1)
URL = "https://acme.example/queues"
OTHER = "https://acme.example/caches"
COPY = "https://mirror.example/acme-queues"


def make_source(slug: str = "acme", **fields: Any) -> Source:
    """A line of sources.yaml."""
    return Source(**{"slug": slug, "url": f"https://{slug}.example/feed.xml", "name": slug.title(), **fields})


def make_feed(source: str = "acme", **fields: Any) -> Feed:
    """What is remembered of a source."""
    return Feed(**{"source": source, "url": f"https://{source}.example/feed.xml", "state": "ok", **fields})


def make_entry(url: str = URL, title: str = "Queues without tears", **fields: Any) -> Entry:
    """What a publisher said; the guid is the address."""
    said = {
        "guid": url,
        "url": url,
        "title": title,
        "authors": ("Ada Alder",),
        "published_at": WEEK.start_at + DAY,
        "summary_html": "<p>How a queue was tamed.</p>",
        "content_html": "<p>The queue grew every night until a worker was given a budget.</p>",
        "tags": ("queues",),
    }
    return Entry(**{**said, **fields})


def make_write(
    entry: Entry | None = None,
    status: Literal["new", "copy", "changed"] = "new",
    *,
    owner: str = "acme",
    id: str | None = None,  # noqa: A002 - the field's own name
    page: PageState = "none",
    label: bool = True,
    held: bool = False,
) -> EntryWrite:
    """An entry as decided; the hash is of all that it says."""
    entry = entry or make_entry()
    return EntryWrite(
        entry=entry,
        key=url_key(entry.url),
        article_id=id or article_id(entry.url),
        status=status,
        hash=hashlib.sha256(repr(entry).encode()).hexdigest()[:16],
        owner=owner,
        page=page,
        label=label,
        held=held,
    )


def make_feed_write(*entries: EntryWrite, source: str = "acme", **fields: Any) -> FeedWrite:
    """A feed's state with entries."""
    return FeedWrite(make_feed(source, **fields), entries)


def make_article(url: str = URL, **fields: Any) -> Article:
    """An article as read and labelled."""
    read = {
        "id": article_id(url),
        "source": "acme",
        "guid": url,
        "url": url,
        "canonical_url": canonical_url(url),
        "title": "Queues without tears",
        "first_seen_at": NOW,
        "published_at": WEEK.start_at + DAY,
        "authors": ("Ada Alder",),
        "company": "Acme",
        "language": "en",
        "words": 12,
        "minutes": 1,
        "kind": "case-study",
        "tags": ("queues", "reliability"),
        "summary": "A worker with a budget keeps the queue short.",
        "text": "The queue grew every night until a worker was given a budget.",
        "content_html": "<p>The queue grew every night until a worker was given a budget.</p>",
        "labelled": True,
    }
    return Article(**{**read, **fields})


def make_signature(*bands: int, title: int = 7, values: bytes = b"\x01\x02\x03\x04", shingles: int = 200) -> Signature:
    """A signature with these bands; without any it has one of its own kind."""
    return Signature(values=values, bands=bands or (1, 2), title_key=title, shingles=shingles)


def make_record(number: int = 84, text: str = "# Issue 84\n", **fields: Any) -> IssueRecord:
    """An issue as kept."""
    return IssueRecord(**{"profile": "default", "number": number, "window": WEEK, "text": text, **fields})


def make_line(article: Article, number: int = 84) -> LedgerEntry:
    """An article's line in the ledger."""
    return LedgerEntry(article.id, url_key(article.url), article.title, number, article.tags)


def make_edge(a: Article, b: Article, reason: str = "text", similarity: float = 0.9) -> Edge:
    """Two articles with one text."""
    first, second = sorted((a.id, b.id))
    return Edge(first, second, reason, similarity)


def write_entries(store: Store, *entries: EntryWrite, source: str = "acme", now: datetime = NOW) -> None:
    """Store entries of one source."""
    store.write_feeds([make_feed_write(*entries, source=source)], now)


def add_article(store: Store, url: str, *, signature: Signature | None = None, **fields: Any) -> Article:
    """Put an article into the store as a crawl would: seen in a feed, then read. Returns it as stored.

    `source` and `first_seen_at` count for the sighting, everything else for the reading.
    """
    article = make_article(url, **fields)
    entry = make_entry(url, article.title, published_at=article.published_at, guid=article.guid)
    write = make_write(entry, owner=article.source, id=article.id, held=article.held)
    write_entries(store, write, source=article.source, now=article.first_seen_at)
    store.save_articles([ArticleWrite(article, signature)])
    return stored(store, article.id)


def stored(store: Store, url_or_id: str) -> Article:
    """An article that must be there."""
    article = store.article(url_or_id)
    assert article is not None, f"{url_or_id} is not in the store"
    return article


def contents(store: Store) -> dict[str, Any]:
    """Everything that can be asked of a store, for comparing two of them."""
    articles = list(store.all_articles())
    ids = [article.id for article in articles]
    return {
        "feeds": store.feeds(),
        "hosts": store.hosts(),
        "articles": articles,
        "listed": [article.id for article in store.articles(ArticleQuery(duplicates=True))],
        "work": store.work(NOW + 1000 * DAY),
        "work_of": store.work_of(ids),
        "unsearched": store.unsearched(10_000),
        "members": store.members(ids),
        "edges": store.edges(ids),
        "ledger": store.ledger("default"),
        "issues": store.issue_records("default"),
    }

"""Random histories: whatever is done to them in whatever order, the stores hold the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.model import Article, PageState
from crawler.ports import ArticleQuery, ArticleWrite, Edge, FeedWrite, Store
from crawler.urls import article_id, url_key
from storage.memory import MemoryStore
from storage.opening import open_store
from tests.support.postgres import empty_tables, needs_postgres, new_database
from tests.support.stores import (
    DAY,
    NOW,
    WEEK,
    contents,
    make_article,
    make_entry,
    make_feed,
    make_feed_write,
    make_line,
    make_record,
    make_signature,
    make_write,
)

Step = Callable[[Store], object]

URLS = [f"https://{host}.example/{page}" for host in "ab" for page in "xyz"]
SOURCES = ["a", "b", "c"]
urls = st.sampled_from(URLS)
sources = st.sampled_from(SOURCES)
ids = urls.map(article_id)
times = st.integers(-40, 3).map(lambda days: WEEK.start_at + days * DAY)
words = st.sampled_from(["", "Queues", "Über", "a\x00b", "\ud800", "🚀 100%", "[]", "x" * 300])
pages: st.SearchStrategy[PageState] = st.sampled_from(get_args(PageState))


@st.composite
def said(draw: st.DrawFn) -> FeedWrite:
    """A feed with up to three entries."""
    source = draw(sources)
    writes = [
        make_write(
            make_entry(
                draw(urls),
                draw(words),
                guid=draw(st.sampled_from(["g1", "g2", "g3"])),
                published_at=draw(st.none() | times),
            ),
            draw(st.sampled_from(["new", "copy", "changed"])),
            owner=draw(sources),
            page=draw(pages),
            label=draw(st.booleans()),
            held=draw(st.booleans()),
        )
        for _ in range(draw(st.integers(1, 3)))
    ]
    return make_feed_write(*writes, source=source)


@st.composite
def seen(draw: st.DrawFn) -> Step:
    """Feeds, stored at once; the reference stores one after the other, which must be the same."""
    writes = draw(st.lists(said(), min_size=1, max_size=3))
    now = NOW + draw(st.integers(-14, 0)) * DAY

    def store_them(store: Store) -> set[str]:
        if isinstance(store, MemoryStore):
            return {source for write in writes for source in store.write_feeds([write], now)}
        return set(store.write_feeds(writes, now))

    return store_them


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """An article as read or imported."""
    url = draw(urls)
    return make_article(
        url,
        id=draw(st.just(article_id(url)) | ids),
        source=draw(sources),
        title=draw(words),
        summary=draw(words),
        tags=tuple(draw(st.lists(st.sampled_from(["queues", "c++", "日本"]), max_size=2))),
        canonical_url=draw(urls),
        published_at=draw(st.none() | times),
        first_seen_at=draw(times),
        page=draw(pages),
        labelled=draw(st.booleans()),
        duplicate_of=draw(st.none() | ids),
        also_at=tuple(draw(st.lists(urls | st.just("https://out.example/1"), max_size=2))),
    )


@st.composite
def article_writes(draw: st.DrawFn) -> list[ArticleWrite]:
    """Up to three articles with signatures and further addresses."""
    signatures = st.none() | st.builds(
        lambda bands, title: make_signature(*bands, title=title),
        st.sets(st.integers(0, 4), min_size=1),
        st.integers(0, 3),
    )
    return [
        ArticleWrite(
            draw(articles()),
            draw(signatures),
            keys=tuple(draw(st.lists(urls.map(url_key), max_size=2))),
            tries=draw(st.integers(0, 3)),
            page_next_at=draw(st.none() | times),
        )
        for _ in range(draw(st.integers(1, 3)))
    ]


@st.composite
def searched(draw: st.DrawFn) -> Step:
    """A search for copies."""
    pairs = draw(st.lists(st.tuples(ids, ids).filter(lambda pair: pair[0] < pair[1]), max_size=3))
    edges = [Edge(a, b, draw(st.sampled_from(["text", "title"])), 0.5) for a, b in pairs]
    leaders = draw(st.dictionaries(ids, st.none() | ids, max_size=3))
    done = draw(st.lists(ids, max_size=3))
    return lambda store: store.save_copies(done, edges, leaders)


@st.composite
def published(draw: st.DrawFn) -> Step:
    """An issue, composed or published."""
    record = make_record(draw(st.integers(1, 3)), draw(words), profile=draw(st.sampled_from(["default", "ml"])))
    lines = [make_line(article, record.number) for article in draw(st.lists(articles(), max_size=2))]
    if draw(st.booleans()):
        return lambda store: store.save_composed(record)
    if draw(st.integers(0, 3)) == 0:
        return lambda store: store.unpublish(record.profile, record.number)
    return lambda store: store.publish(record, lines)


steps = st.one_of(
    seen(),
    article_writes().map(lambda writes: lambda store: store.save_articles(writes)),
    article_writes().map(lambda writes: lambda store: store.add_articles(writes)),
    searched(),
    published(),
    sources.map(lambda source: lambda store: store.wake([source])),
    sources.map(lambda source: lambda store: store.release(source)),
    sources.map(lambda source: lambda store: store.save_feeds([make_feed(source, failures=1)])),
)


def _run(history: list[Step], reference: Store, store: Store) -> None:
    for step in history:
        assert step(store) == step(reference)
    assert contents(store) == contents(reference)
    for store_, window in ((s, w) for w in (0, 28) for s in (store, reference)):
        assert store_.in_window(WEEK, window) == reference.in_window(WEEK, window)
    for query in (ArticleQuery(text="queues ÜBER"), ArticleQuery(tags=("c++",), since=WEEK.start_at)):
        assert list(store.articles(query)) == list(reference.articles(query))
    for member in reference.members([article.id for article in reference.all_articles()]):
        assert store.suspects(member) == reference.suspects(member)
    for source in SOURCES:
        asked = source, [url_key(url) for url in URLS], ["g1", "g2"]
        assert store.known(*asked) == reference.known(*asked)
    _check_promises(reference)


def _check_promises(store: Store) -> None:
    everything = list(store.all_articles())
    there = {article.id for article in everything}
    for article in everything:
        assert article.duplicate_of != article.id
        assert store.article(article.id) == article
    for work in store.work(NOW + timedelta(days=1000)):
        assert work.article.id in there
    if any(store.article(article.url) != article for article in everything):
        return  # two readings gave one address without saying that it is one article: an import says so
    before = contents(store)
    assert store.add_articles([ArticleWrite(article) for article in everything]) == 0
    assert contents(store) == before


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(steps, min_size=1, max_size=6))
def test_sqlite_and_memory_agree(history: list[Step]) -> None:
    """After any history both answer every question alike, and importing the export changes nothing."""
    reference, store = open_store("memory:"), open_store("sqlite://")
    try:
        _run(history, reference, store)
    finally:
        store.close()


@pytest.fixture(scope="module")
def postgresql() -> str:
    return new_database()


@needs_postgres
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(steps, min_size=1, max_size=6))
def test_postgresql_and_memory_agree(postgresql: str, history: list[Step]) -> None:
    """The same on PostgreSQL."""
    store = open_store(postgresql)
    try:
        empty_tables(postgresql)
        _run(history, open_store("memory:"), store)
    finally:
        store.close()

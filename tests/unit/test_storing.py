"""Answers become rows in portions: few transactions, each source whole or not at all, in the order of the answers."""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.asking import Answer
from crawler.context import Crawl, Selection
from crawler.fetch.late import LateFetcher
from crawler.model import Entry, Failed, Feed, FeedDocument, Fetched, NotModified, Outcome, Source
from crawler.ports import FeedWrite, Store
from crawler.settings import Settings
from crawler.storing import FEEDS_A_COMMIT, FeedWriter
from crawler.workers import WorkerPool
from storage.opening import open_store
from storage.sqlstore import SqlStore

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
URL = "https://acme.example/queues"


@pytest.fixture
def portions(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many sources each writing transaction had."""
    sizes: list[int] = []
    write = SqlStore.write_feeds

    def count(store: SqlStore, writes: Sequence[FeedWrite], now: datetime) -> list[str]:
        sizes.append(len(writes))
        return write(store, writes, now)

    monkeypatch.setattr(SqlStore, "write_feeds", count)
    return sizes


def _source(slug: str) -> Source:
    return Source(slug=slug, name=slug, url=f"https://{slug}.example/feed")


def _writer(store: Store, *sources: Source) -> FeedWriter:
    crawl = Crawl(
        store=store,
        fetcher=LateFetcher(pytest.fail),
        workers=WorkerPool(1),
        settings=Settings(),
        sources={source.slug: source for source in sources},
        user_agent="test/1",
        now=lambda: NOW,
        random=random.Random(1),
    )
    return FeedWriter(crawl, Selection(sources), began=NOW)


def _take(writer: FeedWriter, source: Source, outcome: Outcome, *urls: str) -> list[str]:
    entries = tuple(Entry(guid=url, url=url, title="Queues without tears", published_at=NOW) for url in urls)
    document = FeedDocument(format="rss20", title="", url=None, entries=entries) if urls else None
    results = writer.take(source, Feed(source.slug, source.url), Answer(outcome, document, "hash" if urls else None))
    return [f"{result.source} {result.outcome}" for result in results]


def _page(source: Source) -> Fetched:
    return Fetched(source.url, 200, {"etag": f'"{source.slug}"'}, b"<rss/>")


def test_many_sources_are_few_transactions(tmp_path: Path, portions: list[int]) -> None:
    sources = [_source(f"s{n}") for n in range(2 * FEEDS_A_COMMIT + 5)]
    with closing(open_store(f"sqlite:///{tmp_path}/db.sqlite")) as store:
        writer = _writer(store, *sources)
        told = [line for source in sources for line in _take(writer, source, NotModified(source.url, {}))]
        told += [f"{result.source} {result.outcome}" for result in writer.end()]
        assert portions == [FEEDS_A_COMMIT, FEEDS_A_COMMIT, 5]
        assert told == [f"{source.slug} unchanged" for source in sources]
        assert store.feeds().keys() == {source.slug for source in sources}


def test_entries_are_stored_with_their_validators(tmp_path: Path) -> None:
    acme = _source("acme")
    with closing(open_store(f"sqlite:///{tmp_path}/db.sqlite")) as store:
        writer = _writer(store, acme)
        assert _take(writer, acme, _page(acme), URL) == []
        assert store.feeds() == {}
        assert [result.new for result in writer.end()] == [1]
        assert store.feeds()["acme"].etag == '"acme"'
        assert store.article(URL) is not None


def test_of_two_that_bring_one_article_together_the_second_has_a_copy(tmp_path: Path) -> None:
    """As if they had been stored one after the other."""
    acme, zeta = _source("acme"), _source("zeta")
    with closing(open_store(f"sqlite:///{tmp_path}/db.sqlite")) as store:
        writer = _writer(store, acme, zeta)
        for source in (acme, zeta):
            _take(writer, source, _page(source), URL)
        assert [(result.source, result.new) for result in writer.end()] == [("acme", 1), ("zeta", 0)]
        assert [article.source for article in store.all_articles()] == ["acme"]
        assert len(store.known("zeta", [], [URL]).entries) == 1


def test_long_texts_do_not_wait_for_others(
    tmp_path: Path, portions: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.storing.CHARACTERS_A_COMMIT", 0)
    acme = _source("acme")
    with closing(open_store(f"sqlite:///{tmp_path}/db.sqlite")) as store:
        assert _take(_writer(store, acme), acme, _page(acme), URL) == ["acme new"]
    assert portions == [1]


def test_while_nothing_can_be_reached_nothing_is_stored(tmp_path: Path, portions: list[int]) -> None:
    sources = [_source(f"s{n}") for n in range(FEEDS_A_COMMIT + 1)]
    with closing(open_store(f"sqlite:///{tmp_path}/db.sqlite")) as store:
        writer = _writer(store, *sources)
        for source in sources:
            assert _take(writer, source, Failed(source.url, "dns", "the name does not resolve")) == []
        assert not writer.reached
        assert {result.outcome for result in writer.end()} == {"failed"}
        assert store.feeds() == {}
    assert portions == []

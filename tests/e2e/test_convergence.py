"""A web that fails a third of the time: some runs later the store holds what an undisturbed run's holds."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.context import Crawl, Selection
from crawler.fetch.client import HttpFetcher
from crawler.model import Article, Source
from crawler.pipeline import crawl_once
from crawler.ports import Store
from crawler.settings import FetchSettings, Settings
from crawler.workers import WorkerPool
from storage.opening import open_store
from tests.support.blogs import listing, page, rss
from tests.support.server import Answer, Seen, Server

AGENT = "weekly-roundup/0.1 (+https://example.org)"
BEGIN = datetime(2026, 11, 3, 7, tzinfo=UTC)
RUNS = 10
STEP = timedelta(hours=26)
WORDS = "The team measured the {0} queue on every host for a week before one writer moved to the {0} log. "
HOSTS = ("feed.example", "paged.example", "map.example", "list.example", "full.example")
SOURCES = (
    Source("feed", "http://feed.example/feed", "Feed"),
    Source("paged", "http://paged.example/feed", "Paged"),
    Source("map", "http://map.example/sitemap.xml", "Map", kind="sitemap"),
    Source("list", "http://list.example/posts", "List", kind="listing"),
    Source("full", "http://full.example/feed", "Full"),
)


def names(word: str, count: int) -> list[str]:
    return [f"{word}-{n}" for n in range(count)]


def article(host: str, path: str) -> bytes:
    text = "".join(f"<p>{WORDS.format(f'{path} {n} of {host}') * 3}</p>" for n in range(6))
    return page(f"<main><article><h1>How {path} was rebuilt at {host}</h1>{text}</article></main>", title=path)


def sitemap(kind: str, addresses: list[str]) -> bytes:
    tag = "sitemap" if kind == "sitemapindex" else "url"
    body = "".join(
        f"<{tag}><loc>{address}</loc><lastmod>2026-11-0{n % 2 + 1}T08:00:0{n % 10}Z</lastmod></{tag}>"
        for n, address in enumerate(addresses)
    )
    return f"<{kind} xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{body}</{kind}>".encode()


def document(host: str, path: str) -> bytes | None:
    """What the web holds at an address, where it is no article."""
    home = f"http://{host}"
    older = f"<atom:link rel='next' href='{home}/feed?paged=2'/>"
    pages = {
        "feed.example/feed": rss("Feed", home, names("cache", 12)),
        "full.example/feed": rss("Full", home, names("disk", 8), full=True),
        "paged.example/feed": rss("Paged", home, names("log", 6), links=older),
        "paged.example/feed?paged=2": rss("Paged", home, names("old-log", 6), start=20),
        "map.example/sitemap.xml": sitemap("sitemapindex", [f"{home}/part-{n}.xml" for n in range(3)]),
        **{
            f"map.example/part-{n}.xml": sitemap("urlset", [f"{home}/posts/{name}" for name in names(f"ring-{n}", 4)])
            for n in range(3)
        },
        "list.example/posts": listing(names("shard", 6)),
    }
    return pages.get(host + path)


class Web:
    """The blogs on one server. How often an address was asked decides whether it fails, so that nothing depends on
    the order of threads."""

    def __init__(self, server: Server, error_rate: float) -> None:
        self._rate = error_rate
        self._asked = Counter[str]()
        self._lock = threading.Lock()
        self.routes = {(host, 80): ("127.0.0.1", server.port) for host in HOSTS}
        server.add("*", answer=self.answer)

    def answer(self, seen: Seen) -> Answer:
        address = seen.host + seen.path
        with self._lock:
            self._asked[address] += 1
            chance = random.Random(f"{address} {self._asked[address]}")
        if chance.random() < self._rate:
            return chance.choice(
                [Answer(status=503), Answer(status=500), Answer(b"x" * 900, cut=300), Answer(status=502, close=True)]
            )
        if seen.path == "/robots.txt":
            return Answer(b"User-agent: *\nDisallow: /admin\n")
        body = document(seen.host, seen.path) or article(seen.host, seen.path)
        return Answer(body, headers={"ETag": f'"{len(body)}"'})


@pytest.fixture(scope="module")
def workers() -> Iterator[WorkerPool]:
    with closing(WorkerPool(1)) as workers:
        yield workers


def crawled(path: Path, workers: WorkerPool, error_rate: float, runs: int, *, backfill: bool) -> list[Article]:
    """What the store holds after so many runs, the clock moved on between them."""
    settings = Settings(fetch=FetchSettings(pause=0.0, timeout=10, workers=8))
    clock = [BEGIN]
    with Server() as server, closing(open_store(f"sqlite:///{path}")) as store:
        web = Web(server, error_rate)
        fetcher = HttpFetcher(settings.fetch, user_agent=AGENT, routes=web.routes, environ={})
        sources = {source.slug: source for source in SOURCES}
        crawl = Crawl(store, fetcher, workers, settings, sources, AGENT, lambda: clock[0], random.Random(1))
        with closing(fetcher):
            for _ in range(runs):
                crawl_once(crawl, Selection(SOURCES, backfill=backfill))
                clock[0] += STEP
        return held(store)


def held(store: Store) -> list[Article]:
    """All articles, but for when they were first seen, which is when they were."""
    return [replace(article, first_seen_at=BEGIN) for article in store.all_articles()]


@pytest.mark.parametrize("backfill", [False, True])
def test_a_web_that_fails_ends_in_the_store_of_one_that_does_not(
    tmp_path: Path, workers: WorkerPool, backfill: bool
) -> None:
    """The same articles with the same texts, labels and copies."""
    whole = crawled(tmp_path / "whole.db", workers, 0.0, 1, backfill=backfill)
    assert len(whole) == (50 if backfill else 44)
    assert all(article.text for article in whole)
    broken = crawled(tmp_path / "broken.db", workers, 0.3, 1, backfill=backfill)
    assert broken != whole
    assert crawled(tmp_path / "mended.db", workers, 0.3, 1 + RUNS, backfill=backfill) == whole

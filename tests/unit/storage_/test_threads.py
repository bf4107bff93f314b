"""One store, several threads: `crawl serve` answers questions while a run writes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from crawler.ports import ArticleQuery, Store
from storage.opening import open_store
from tests.support.stores import NOW, make_entry, make_feed_write, make_write


@pytest.fixture(params=["file", "sqlite://", "memory:"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    url = f"sqlite:///{tmp_path}/crawl.db" if request.param == "file" else request.param
    with closing(open_store(url)) as store:
        yield store


def test_threads_write_and_read_together(store: Store) -> None:
    """Nothing is lost, no call fails, and a reader sees whole transactions only."""
    running = threading.Event()
    running.set()

    def write(source: str) -> None:
        for n in range(15):
            urls = [f"https://{source}.example/{n}-{i}" for i in range(3)]
            entries = [make_write(make_entry(url), owner=source) for url in urls]
            store.write_feeds([make_feed_write(*entries, source=source)], NOW)

    guids = [f"https://s1.example/{n}-{i}" for n in range(15) for i in range(3)]

    def read() -> set[int]:
        counts = set()
        while running.is_set():
            counts.add(len(store.known("s1", [], guids).entries))
            list(store.articles(ArticleQuery(limit=5)))
        return counts

    with ThreadPoolExecutor(5) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        for writer in [pool.submit(write, f"s{n}") for n in range(3)]:
            writer.result()
        running.clear()
        counts = {count for reader in readers for count in reader.result()}
    assert len(list(store.all_articles())) == 3 * 15 * 3
    assert all(count % 3 == 0 for count in counts)

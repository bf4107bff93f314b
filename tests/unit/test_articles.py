"""Pages and labels where this machine is in trouble: articles wait for the next run."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.articles import label_rest
from crawler.context import Crawl, Selection
from crawler.errors import StoreFull
from crawler.fetch.late import LateFetcher
from crawler.model import Source
from crawler.ports import Store
from crawler.settings import Settings
from crawler.workers import WorkerPool
from storage.opening import open_store
from tests.support.stores import NOW, make_write, write_entries


class FullWorkers(WorkerPool):
    """Workers on a machine whose disk for temporary files is full."""

    def call(self, function: Callable[[Any], Any], argument: Any, deadline: float | None = None) -> Any:
        raise StoreFull("no room")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(f"sqlite:///{tmp_path}/crawl.sqlite")) as store:
        write_entries(store, make_write(page="done", label=True))
        yield store


def test_articles_that_cannot_be_labelled_for_want_of_room_wait(store: Store) -> None:
    source = Source(slug="acme", name="Acme", url="https://acme.example/feed")
    crawl = Crawl(
        store=store,
        fetcher=LateFetcher(pytest.fail),
        workers=FullWorkers(1),
        settings=Settings(),
        sources={"acme": source},
        user_agent="test/1",
        now=lambda: datetime(2026, 11, 21, tzinfo=UTC),
        random=random.Random(1),
    )
    with pytest.raises(StoreFull):
        label_rest(crawl, Selection((source,)))
    (work,) = store.work(NOW, ["acme"])
    assert not work.article.labelled

"""Pages and labels where this machine is in trouble: articles wait for the next run."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from crawler.articles import label_rest
from crawler.context import Crawl, Selection
from crawler.errors import StoreError, StoreFull
from crawler.fetch.late import LateFetcher
from crawler.model import Source
from crawler.ports import Sharing, Store
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


class LostSharing:
    """What runs share, where the database goes away while a source is in our hands."""

    def lease(self, sources: Collection[str]) -> set[str]:
        return set(sources)

    def release(self, sources: Collection[str]) -> None:
        raise StoreError("the connection is lost")


SOURCE = Source(slug="acme", name="Acme", url="https://acme.example/feed")


def _crawl(store: Store, sharing: Sharing | None = None) -> Crawl:
    return Crawl(
        store=store,
        fetcher=LateFetcher(pytest.fail),
        workers=FullWorkers(1),
        settings=Settings(),
        sources={"acme": SOURCE},
        user_agent="test/1",
        now=lambda: datetime(2026, 11, 21, tzinfo=UTC),
        random=random.Random(1),
        sharing=sharing,
    )


def test_articles_that_cannot_be_labelled_for_want_of_room_wait(store: Store) -> None:
    crawl = _crawl(store)
    with pytest.raises(StoreFull):
        label_rest(crawl, Selection((SOURCE,)))
    (work,) = store.work(NOW, ["acme"])
    assert not work.article.labelled


def test_a_database_that_goes_away_is_one_error(store: Store) -> None:
    """And no traceback of what is tidied up when nobody looks any more, which this suite takes for an error."""
    with pytest.raises(StoreError, match="the connection is lost"):
        label_rest(_crawl(store, cast("Sharing", LostSharing())), Selection((SOURCE,)))

"""How the store talks to PostgreSQL: a question is one round trip, and a connection that was cut is made again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from storage.opening import open_sharing, open_store
from tests.support.postgres import execute, needs_postgres, new_database
from tests.support.stores import COPY, URL, add_article

pytestmark = needs_postgres

_OTHERS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


def test_a_question_is_the_last_that_the_server_hears() -> None:
    """No transaction is begun and ended around it: each would be a wait for an answer that says nothing."""
    url = new_database()
    with closing(open_store(url)) as store:
        store.feeds(["acme"])
        assert [query.split()[:2] for (query,) in execute(url, f"SELECT query {_OTHERS}")] == [
            ["SELECT", "feeds.source,"]
        ]


def test_a_connection_that_was_cut_while_it_was_idle_is_made_again() -> None:
    """For reading, for writing and for turns at hosts; whoever asks notices nothing."""
    url = new_database()
    sharing = open_sharing(url)
    assert sharing is not None
    with closing(open_store(url)) as store, closing(sharing):
        add_article(store, URL)
        assert sharing.take("acme.example", "acme.example", []).wait == 0
        asked: list[Callable[[], object]] = [
            lambda: store.article(URL),
            lambda: add_article(store, COPY),
            lambda: sharing.give_back("acme.example", "acme.example", 0.0, 0.0, []),
        ]
        for ask in asked:
            assert execute(url, f"SELECT pg_terminate_backend(pid, 5000) {_OTHERS}")
            ask()
        assert store.article(COPY) is not None

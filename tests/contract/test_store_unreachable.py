"""PostgreSQL is not there, or does not let us in."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from crawler.errors import StoreError, UserError
from storage.opening import open_store
from tests.support.postgres import execute, needs_postgres, new_database
from tests.support.stores import URL, make_write, write_entries


@needs_postgres
def test_no_server() -> None:
    """The message names host and database, never the password."""
    with pytest.raises(StoreError) as caught:
        open_store("postgresql://crawl:s3cret@127.0.0.1:1/roundup")
    assert "127.0.0.1:1/roundup" in str(caught.value)
    assert "s3cret" not in str(caught.value)
    assert "CRAWL_DATABASE_URL" in str(caught.value)


@needs_postgres
def test_no_such_database() -> None:
    """What the server says comes along."""
    url = new_database()
    name = url.partition("@/")[2].partition("?")[0]
    with pytest.raises(StoreError, match=r"does not exist"):
        open_store(url.replace(name, "nowhere"))


@needs_postgres
def test_a_connection_that_is_cut() -> None:
    """Within a call it is an error; between two calls nobody notices."""
    url = new_database()
    store = open_store(url)
    write_entries(store, make_write())
    with pytest.raises(StoreError, match=r"run again"), store._reading() as connection:  # type: ignore[attr-defined]
        _cut_connections(url, connection)
    assert store.article(URL) is not None
    _cut_connections(url)
    assert store.article(URL) is not None
    store.close()


def test_without_the_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message is the command that installs it."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(UserError, match=r"pip install 'weekly-roundup\[postgres\]'") as caught:
        open_store("postgresql://crawl:s3cret@127.0.0.1/roundup")
    assert "s3cret" not in str(caught.value)


def _cut_connections(url: str, connection: Any = None) -> None:
    others = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database()"
    execute(url, f"{others} AND pid <> pg_backend_pid()")
    if connection is not None:
        connection.exec_driver_sql("SELECT 1")

"""On PostgreSQL, too, the search for copies asks indexes: a look-up costs the same in a small and in a large store."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event

from storage.opening import open_store
from storage.sqlstore import SqlStore
from tests.support.postgres import needs_postgres, new_database
from tests.support.stores import COPY, URL, add_article, make_signature


@needs_postgres
def test_the_suspects_of_an_article_are_found_by_indexes_alone() -> None:
    """Bands, title and addresses each have an index that serves the question; no table is read through."""
    import psycopg

    url = new_database()
    store = open_store(url)
    assert isinstance(store, SqlStore)
    article = add_article(store, URL, signature=make_signature())
    other = add_article(store, COPY, signature=make_signature())
    (suspect,) = store.members([article.id])
    asked: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, statement: str, parameters: Any, _context: object, _many: bool) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    event.listen(store._engine, "before_cursor_execute", note)
    found = store.suspects(suspect)
    event.remove(store._engine, "before_cursor_execute", note)
    store.close()
    assert [one.id for one in found] == [other.id]
    assert asked
    with psycopg.connect(url, autocommit=True) as connection:
        # A table of a handful of rows is read through because that is cheapest; what counts is that it need not be.
        connection.execute("SET enable_seqscan = off")
        plan = [
            row[0] for statement, parameters in asked for row in connection.execute("EXPLAIN " + statement, parameters)
        ]
    text = "\n".join(plan)
    assert "Seq Scan on" not in text, text
    for index in ("bands_pkey", "articles_title", "articles_canonical"):
        assert index in text, text

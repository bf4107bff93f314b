"""Questions that a run asks often cost by their answer, not by the size of the store: their query plans say so."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from crawler.ports import ArticleQuery, ArticleWrite, Store
from crawler.urls import article_id
from storage.opening import open_store
from storage.sqlstore import SqlStore
from tests.support.postgres import execute, needs_postgres, new_database
from tests.support.stores import (
    DAY,
    NOW,
    URL,
    WEEK,
    add_article,
    make_article,
    make_entry,
    make_feed_write,
    make_signature,
    make_write,
    write_entries,
)

_TABLES = "feeds|articles|entries|aliases|bands|edges|ledger|deliveries|answers"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{tmp_path}/crawl.db")
    _fill(store)
    yield store
    store.close()


def _fill(store: Store) -> None:
    urls = [f"https://acme.example/{n}" for n in range(300)]
    entries = [make_entry(url, published_at=NOW - n * DAY) for n, url in enumerate(urls)]
    write_entries(
        store, *(make_write(e, page="pending" if n < 20 else "none", label=n < 20) for n, e in enumerate(entries))
    )
    add_article(store, URL, signature=make_signature())


def _ask_suspects(store: Store) -> object:
    return store.suspects(store.members([article_id(URL)])[0])


ASKED: dict[str, tuple[Callable[[Store], object], set[str]]] = {
    "known": (
        lambda store: store.known("acme", ["a", "b"], ["g"]),
        {"entries_guid", "sqlite_autoindex_entries_1", "PRIMARY KEY"},
    ),
    "work": (lambda store: store.work(NOW, limit=5), {"articles_label_due", "articles_page_due", "entries_article"}),
    "work of sources": (
        lambda store: store.work(NOW, ["acme"], limit=5),
        {"articles_label_due", "articles_page_due"},
    ),
    "work that is not due": (
        lambda store: store.work(NOW, limit=5, everything=True),
        {"articles_label_due", "articles_page_due"},
    ),
    "sources with work": (
        lambda store: store.sources_with_work(NOW, 5),
        {"articles_label_due", "articles_page_due"},
    ),
    "feeds by name": (lambda store: store.feeds(["acme"]), {"sqlite_autoindex_feeds_1"}),
    "feeds that are due": (lambda store: store.due_feeds(NOW, 5), {"feeds_due"}),
    "the next feeds that are due": (lambda store: store.due_feeds(NOW, 5, (NOW - DAY, "acme")), {"feeds_due"}),
    "write_feed": (
        lambda store: store.write_feed(make_feed_write(make_write()), NOW),
        {"PRIMARY KEY", "sqlite_autoindex_articles_1"},
    ),
    "save_articles": (
        lambda store: store.save_articles([ArticleWrite(make_article(summary="Another."), make_signature())]),
        {"PRIMARY KEY", "sqlite_autoindex_articles_1"},
    ),
    "forget_texts": (lambda store: store.forget_texts(NOW + DAY, 5), {"articles_newest", "ledger_article"}),
    "unsearched": (lambda store: store.unsearched(5), {"articles_unsearched"}),
    "suspects": (_ask_suspects, {"articles_title", "articles_canonical", "PRIMARY KEY", "aliases_article"}),
    "answers": (lambda store: store.answers(["a"]), {"sqlite_autoindex_answers_1"}),
    "sent": (lambda store: store.sent("default", 84, "mail"), {"sqlite_autoindex_deliveries_1"}),
    "edges": (lambda store: store.edges([article_id(URL)]), {"edges_b", "PRIMARY KEY"}),
    "newest articles": (lambda store: list(store.articles(ArticleQuery(limit=5))), {"articles_newest"}),
    "recent articles": (
        lambda store: list(store.articles(ArticleQuery(since=NOW - DAY))),
        {"articles_newest"},
    ),
    "articles with a word": (
        lambda store: list(store.articles(ArticleQuery(text="queue"))),
        {"sqlite_autoindex_articles_1", "0"},  # FTS5's own index, then the articles by id
    ),
    "next page of articles": (lambda store: list(store.articles(ArticleQuery())), {"articles_newest"}),
    "export": (lambda store: next(store.all_articles()), {"sqlite_autoindex_articles_1"}),
    "article": (lambda store: store.article(URL), {"sqlite_autoindex_articles_1", "PRIMARY KEY"}),
    "in_window": (lambda store: store.in_window(WEEK, 28), {"articles_newest", "ledger_article"}),
    "posts": (lambda store: store.posts(NOW - DAY, NOW), {"articles_newest"}),
    "release": (lambda store: store.release("acme"), {"articles_held"}),
    "save_copies": (
        lambda store: store.save_copies([article_id(URL)], [], {article_id(URL): None}),
        {"articles_copies", "edges_b"},
    ),
}


@pytest.mark.parametrize("name", ASKED)
def test_no_question_reads_a_whole_table(store: Store, tmp_path: Path, name: str) -> None:
    """Every statement behind it goes by the index that was made for it."""
    ask, expected = ASKED[name]
    plan = _plans(store, tmp_path / "crawl.db", ask)
    assert not [step for step in plan if re.match(rf"SCAN ({_TABLES})\b(?! USING)", step)]
    used = {index for step in plan for index in re.findall(r"INDEX (\w+)|USING (PRIMARY KEY)", step) for index in index}
    assert expected <= used


def test_due_pages_are_not_looked_for_among_all_articles(store: Store, tmp_path: Path) -> None:
    """The first page of work must not walk all ids."""
    plan = _plans(store, tmp_path / "crawl.db", lambda store: store.work(NOW, limit=5))
    assert not [step for step in plan if "id>?" in step and "sqlite_autoindex" in step]


@needs_postgres
def test_no_question_reads_a_whole_table_on_postgresql() -> None:
    """There the planner reads small tables whole: with that forbidden, it still does where no index serves."""
    url = new_database()
    with closing(open_store(url)) as store:
        _fill(store)
        execute(url, "ANALYZE")
        scans = {name: _scans(store, url, ask) for name, (ask, _) in ASKED.items()}
    assert {name: found for name, found in scans.items() if found} == {}


def _scans(store: Store, url: str, ask: Callable[[Store], object]) -> list[str]:
    """The steps that read a table whole, of every statement behind a question."""
    import psycopg

    found = []
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET enable_seqscan = off")
        for statement, parameters in _statements(store, ask):
            plan = connection.execute(f"EXPLAIN {statement}", parameters).fetchall()
            found += [line for (line,) in plan if re.search(rf"Seq Scan on ({_TABLES})\b", line)]
    return found


def _statements(store: Store, ask: Callable[[Store], object]) -> list[tuple[str, Any]]:
    assert isinstance(store, SqlStore)
    statements: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, statement: str, parameters: Any, _context: object, many: bool) -> None:
        if statement.startswith(("SELECT", "UPDATE", "DELETE")):
            statements.append((statement, parameters[0] if many else parameters))

    event.listen(store._engine, "before_cursor_execute", note)
    ask(store)
    event.remove(store._engine, "before_cursor_execute", note)
    assert statements
    return statements


def _plans(store: Store, path: Path, ask: Callable[[Store], object]) -> list[str]:
    statements = _statements(store, ask)
    with sqlite3.connect(path) as connection:
        explained = [
            row[3]
            for statement, parameters in statements
            for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
    connection.close()
    return explained

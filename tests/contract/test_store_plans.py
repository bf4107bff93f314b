"""Questions that a run asks often cost by their answer, not by the size of the store: their query plans say so."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from crawler.model import HostState
from crawler.ports import ArticleQuery, ArticleWrite, Store
from crawler.urls import article_id
from storage.opening import open_sharing, open_store
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

_TABLES = "feeds|articles|entries|aliases|bands|edges|issues|composed|ledger|deliveries|answers|word_docs|words"


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
    "write_feeds": (
        lambda store: store.write_feeds([make_feed_write(make_write())], NOW),
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
    "the ledger": (lambda store: store.ledger("default"), {"sqlite_autoindex_ledger_1"}),
    "issues and drafts": (
        lambda store: store.issue_records("default"),
        {"sqlite_autoindex_issues_1", "sqlite_autoindex_composed_1"},
    ),
    "a draft by its number": (lambda store: store.composed("default", 84), {"sqlite_autoindex_composed_1"}),
    "members": (lambda store: store.members([article_id(URL)]), {"sqlite_autoindex_articles_1"}),
    "work of named articles": (
        lambda store: store.work_of([article_id(URL)]),
        {"sqlite_autoindex_articles_1", "entries_article"},
    ),
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
    assert not [step for step in plan if re.match(rf"SCAN ({_TABLES})\b(?! USING| VIRTUAL TABLE INDEX)", step)]
    used = {index for step in plan for index in re.findall(r"INDEX (\w+)|USING (PRIMARY KEY)", step) for index in index}
    assert expected <= used


def test_posts_are_counted_by_the_index_alone(store: Store, tmp_path: Path) -> None:
    """No row of an article is read for it, whatever else the row holds."""
    plan = _plans(store, tmp_path / "crawl.db", ASKED["posts"][0])
    assert [step for step in plan if "articles" in step] == [
        "SEARCH articles USING COVERING INDEX articles_newest (<expr>>? AND <expr><?)"
    ]


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
        execute(url, "VACUUM (ANALYZE)")
        plans = {name: _plans_of(url, _statements(store, ask)) for name, (ask, _) in ASKED.items()}
    scans = {name: re.findall(rf"Seq Scan on (?:{_TABLES})\b", plan) for name, plan in plans.items()}
    assert {name: found for name, found in scans.items() if found} == {}
    for name, steps in ON_POSTGRESQL.items():
        assert [step for step in steps if step not in plans[name]] == [], plans[name]


ON_POSTGRESQL = {
    "known": ("entries_guid",),
    "suspects": ("bands_pkey", "articles_title", "articles_canonical"),
    "feeds that are due": ("feeds_due",),
    "posts": ("Index Only Scan using articles_newest",),
    "in_window": ("articles_newest",),
    "newest articles": ("articles_newest",),
    "work of sources": ("Index Cond: ((id > ''::text COLLATE \"C\") AND (source = 'acme'",),
    "sources with work": ("articles_label_due",),
    "unsearched": ("articles_unsearched",),
    "the ledger": ("ledger_pkey",),
}
"""What makes a question cost by its answer there, too."""


@needs_postgres
def test_words_are_found_by_their_index_on_postgresql() -> None:
    """An index on something else could only be walked from end to end, which is forbidden here, too."""
    url = new_database()
    with closing(open_store(url)) as store:
        _fill(store)
        plan = _plans_of(url, _statements(store, ASKED["articles with a word"][0]), "SET enable_indexscan = off")
    assert "Bitmap Index Scan on words_tokens" in plan, plan


@needs_postgres
def test_turns_and_leases_go_by_keys_on_postgresql() -> None:
    """Each request of each worker takes a turn and gives it back: no look at other hosts' turns."""
    url = new_database()
    open_store(url).close()
    sharing = open_sharing(url)
    assert sharing is not None
    robots = HostState("acme.example", pause=2.0)

    def ask() -> None:
        with sharing.joined():
            sharing.lease(["acme"])
            assert sharing.take("acme.example", "acme.example", ["acme.example"]).wait == 0
            assert sharing.take("acme.example", "acme.example", ["acme.example"]).wait > 0
            sharing.give_back("acme.example", "acme.example", 1.0, 2.0, [robots])
            sharing.release(["acme"])

    with closing(sharing):
        plan = _plans_of(url, _noted(sharing._engine, ask))
    assert "turns_pkey" in plan
    assert "hosts_pkey" in plan
    assert not re.findall(r"Seq Scan on (?:turns|hosts)\b", plan), plan


def _plans_of(url: str, statements: list[tuple[str, Any]], *settings: str) -> str:
    """The plans of statements, where whole tables are read only if nothing else will do."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("SET enable_seqscan = off", *settings):
            connection.execute(setting)
        plans = [connection.execute(f"EXPLAIN {said}", parameters).fetchall() for said, parameters in statements]
    return "\n".join(line for plan in plans for (line,) in plan)


def _statements(store: Store, ask: Callable[[Store], object]) -> list[tuple[str, Any]]:
    assert isinstance(store, SqlStore)
    return _noted(store._engine, lambda: ask(store))


def _noted(engine: Engine, ask: Callable[[], object]) -> list[tuple[str, Any]]:
    statements: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, statement: str, parameters: Any, _context: object, many: bool) -> None:
        if statement.lstrip().startswith(("SELECT", "UPDATE", "DELETE", "INSERT INTO turns")):
            statements.append((statement, parameters[0] if many else parameters))

    event.listen(engine, "before_cursor_execute", note)
    ask()
    event.remove(engine, "before_cursor_execute", note)
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

"""Lists of articles, newest first, read in pages so that a long one holds nobody up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select, or_, select

from crawler.model import Article
from crawler.ports import ArticleQuery
from storage import codec, records, rules, wordindex
from storage.dialect import contains
from storage.pieces import IDS, fetch
from storage.schema import articles, newest
from storage.words import Words

PAGE = 200
"""Articles that a list holds at a time."""
_BRIEF_PAGE = 2000
_A = articles.c
Reading = Callable[[], AbstractContextManager[Connection]]


def listed(reading: Reading, query: ArticleQuery) -> Iterator[Article]:
    """The articles that match; each page is a transaction of its own."""
    words = Words(query.text)
    brief = query.brief and not words  # words are looked for in texts
    record = records.BRIEF if brief else records.ARTICLE
    found = (record.load(row) for row in _rows(reading, query, words, brief=brief))
    chosen = (article for article in found if words.found_in(article))
    for article in islice(chosen, query.limit):
        yield rules.brief_article(article) if query.brief and not brief else article


def _rows(reading: Reading, query: ArticleQuery, words: Words, *, brief: bool) -> Iterable[Sequence[Any]]:
    with reading() as connection:
        dialect = connection.dialect.name
        ids = wordindex.matching(connection, words) if words else None
        if ids is not None:
            statement = _chosen(select(newest, _A.id), query, dialect).where(_A.id.in_(IDS))
            order = sorted(((at, id_) for at, id_ in fetch(connection, statement, ids)), reverse=True)
    if ids is not None:
        return _by_ids(reading, [id_ for _, id_ in order])
    size = _BRIEF_PAGE if brief else PAGE
    if query.limit is not None and not words:
        size = min(size, max(query.limit, 1))
    return _by_pages(reading, listing(query, dialect, brief=brief), size)


def _by_ids(reading: Reading, ids: Sequence[str]) -> Iterator[Sequence[Any]]:
    statement = select(*records.ARTICLE.columns).where(_A.id.in_(IDS))
    for chunk in (ids[at : at + PAGE] for at in range(0, len(ids), PAGE)):
        with reading() as connection:
            rows = {row.id: row for row in fetch(connection, statement, chunk)}
        yield from (rows[id_] for id_ in chunk if id_ in rows)


def _by_pages(reading: Reading, statement: Select[Any], size: int) -> Iterator[Sequence[Any]]:
    after: tuple[int, str] | None = None
    while True:
        with reading() as connection:
            page = listing_page(connection, statement, after, size)
        yield from page
        if len(page) < size:
            return
        after = page[-1][-1], page[-1][0]


def listing(query: ArticleQuery, dialect: str, *, brief: bool = False) -> Select[Any]:
    """The SELECT that an `ArticleQuery` asks for but for its words; its pages are cut by `listing_page`."""
    columns = records.BRIEF.columns if brief else records.ARTICLE.columns
    return _chosen(select(*columns, newest), query, dialect).order_by(newest.desc(), _A.id.desc())


def _chosen(statement: Select[Any], query: ArticleQuery, dialect: str) -> Select[Any]:
    if query.since is not None:
        statement = statement.where(newest >= codec.micros(query.since))
    if query.until is not None:
        statement = statement.where(newest < codec.micros(query.until))
    if query.sources:
        statement = statement.where(_A.source.in_([codec.clean(source) for source in query.sources]))
    if query.tags:
        tagged = (contains(dialect, _A.tags, codec.dump_strings([tag])[1:-1]) for tag in query.tags)
        statement = statement.where(or_(*tagged))
    if query.kinds:
        statement = statement.where(or_(_A.kind.in_(query.kinds), _A.subkind.in_(query.kinds)))
    if not query.duplicates:
        statement = statement.where(_A.duplicate_of.is_(None))
    return statement


def listing_page(
    connection: Connection, statement: Select[Any], after: tuple[int, str] | None, limit: int
) -> list[Sequence[Any]]:
    """Rows of a listing below (sort time, id) `after`; the sort time is each row's last column."""
    if after is not None:
        at, id_ = after
        statement = statement.where(newest <= at, or_(newest < at, _A.id < id_))
    return list(connection.execute(statement.limit(limit)))

"""The questions of the port in SQL. Each costs by what it answers, not by the size of the store."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Select,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    union,
)

from crawler.model import Article, Feed, HostState, Window
from crawler.ports import (
    RECENT_DATES,
    Known,
    KnownArticle,
    KnownEntry,
    SourceFigures,
    Work,
)
from crawler.urls import url_key
from storage import codec, records, rules
from storage.dialect import values_of
from storage.pieces import IDS, fetch
from storage.rows import EntryRow, Row
from storage.schema import (
    aliases,
    answers,
    articles,
    deliveries,
    entries,
    feeds,
    hosts,
    label_due,
    ledger,
    newest,
)

_A, _E = articles.c, entries.c
_ARTICLES = select(*records.ARTICLE.columns)

_OWNED = (
    select(aliases.c.key, aliases.c.article_id, _A.source)
    .join_from(aliases, articles, _A.id == aliases.c.article_id)
    .where(aliases.c.key.in_(IDS))
)
_KNOWN_COLUMNS = (_E.key, _E.guid, _E.article_id, _E.hash, _E.published_at, _E.title, _E.url)
_BY_KEY = select(*_KNOWN_COLUMNS).where(_E.source == bindparam("source"), _E.key.in_(IDS))
_BY_GUID = select(*_KNOWN_COLUMNS).where(_E.source == bindparam("source"), _E.guid_hash.in_(IDS))


_FEEDS = select(*records.FEED.columns).order_by(feeds.c.source)
_FEEDS_OF = _FEEDS.where(feeds.c.source.in_(IDS))
DUE_FEEDS = (
    select(*records.FEED.columns)
    .where(feeds.c.next_check_at <= bindparam("now"), feeds.c.next_check_at >= bindparam("at"))
    .where(or_(feeds.c.next_check_at > bindparam("at"), feeds.c.source > bindparam("after")))
    .order_by(feeds.c.next_check_at, feeds.c.source)
    .limit(bindparam("limit"))
)
_BEFORE_ALL = -(2**62)


def read_feeds(connection: Connection, sources: Collection[str] | None = None) -> dict[str, Feed]:
    if sources is None:
        found = map(records.FEED.load, connection.execute(_FEEDS))
    else:
        found = map(records.FEED.load, fetch(connection, _FEEDS_OF, sorted(set(sources))))
    return {feed.source: feed for feed in found}


def due_feeds(connection: Connection, now: datetime, limit: int, after: tuple[datetime, str] | None) -> list[Feed]:
    at, source = (codec.micros(after[0]), after[1]) if after else (_BEFORE_ALL, "")
    values = {"now": codec.micros(now), "at": at, "after": source, "limit": limit}
    return [records.FEED.load(row) for row in connection.execute(DUE_FEEDS, values)]


def read_hosts(connection: Connection) -> dict[str, HostState]:
    rows = connection.execute(select(*records.HOST.columns).order_by(hosts.c.host))
    return {host.host: host for host in map(records.HOST.load, rows)}


def known(connection: Connection, asked: Mapping[str, tuple[Collection[str], Collection[str]]]) -> dict[str, Known]:
    keys = {codec.short(key): key for wanted, _ in asked.values() for key in wanted}
    owners = {keys[key]: KnownArticle(id_, owner) for key, id_, owner in fetch(connection, _OWNED, keys.keys())}
    met = set(connection.execute(_having_entries(connection.dialect.name), {"values": json.dumps([*asked])}).scalars())
    found = {}
    for source, (wanted, guids) in asked.items():
        by_key = {key: owners[key] for key in wanted if key in owners} if owners else {}
        found[source] = Known(by_key, _known_entries(connection, source, wanted, guids) if source in met else ())
    return found


@cache
def _having_entries(dialect: str) -> Select[Any]:
    """Which of the sources have any: a look at one row each, however many there are."""
    source = values_of(dialect, "values")
    return select(source).where(exists().where(_E.source == source))


def _known_entries(
    connection: Connection, source: str, keys: Collection[str], guids: Collection[str]
) -> tuple[KnownEntry, ...]:
    wanted = {codec.clean(guid) for guid in guids}
    hashes = {codec.hash64(guid) for guid in wanted}
    rows = {row.key: row for row in fetch(connection, _BY_KEY, set(map(codec.short, keys)), source=source)}
    rows |= {row.key: row for row in fetch(connection, _BY_GUID, hashes, source=source) if row.guid in wanted}
    return tuple(_known_entry(rows[key]) for key in sorted(rows))


def _known_entry(row: Any) -> KnownEntry:  # noqa: ANN401 - a row of _KNOWN_COLUMNS
    key, guid, id_, hash_, published_at, title, url = row
    return KnownEntry(records.full_key(key, url), guid, id_, hash_, codec.instant_or_none(published_at), title)


# ---------------------------------------------------------------- what is to be read

_AFTER = _A.id > bindparam("after")
_FROM = _A.source.in_(bindparam("sources", expanding=True))
_LABELS = select(_A.id).where(label_due, _AFTER)
_PAGES = select(_A.id).where(_A.page_next_at <= bindparam("now"), _AFTER)
_PENDING = select(_A.id).where(_A.page_next_at.is_not(None), _A.page == "pending", _AFTER)
_LIMIT: BindParameter[Any] = bindparam("limit")
DUE = union(_LABELS, _PAGES).order_by("id").limit(_LIMIT)
DUE_FROM = union(_LABELS.where(_FROM), _PAGES.where(_FROM)).order_by("id").limit(_LIMIT)
ALL = union(_LABELS, _PAGES, _PENDING).order_by("id").limit(_LIMIT)
ALL_FROM = union(_LABELS.where(_FROM), _PAGES.where(_FROM), _PENDING.where(_FROM)).order_by("id").limit(_LIMIT)
SOURCES_DUE = (
    union(select(_A.source).where(label_due), select(_A.source).where(_A.page_next_at <= bindparam("now")))
    .order_by("source")
    .limit(_LIMIT)
)
_ROWS = select(*records.ROW_COLUMNS).where(_A.id.in_(IDS))
_ENTRIES = select(*records.ENTRY_COLUMNS).where(_E.article_id.in_(IDS))


def work(
    connection: Connection,
    now: datetime,
    sources: Collection[str] | None,
    limit: int,
    after: str,
    *,
    everything: bool = False,
) -> list[Work]:
    values: dict[str, Any] = {"now": codec.micros(now), "limit": limit, "after": after}
    if sources is None:
        ids = connection.execute(ALL if everything else DUE, values).scalars().all()
    else:
        statement = ALL_FROM if everything else DUE_FROM
        ids = connection.execute(statement, {**values, "sources": sorted(sources)}).scalars().all()
    return work_of(connection, ids, now, everything=everything)


def sources_with_work(connection: Connection, now: datetime, limit: int) -> list[str]:
    return list(connection.execute(SOURCES_DUE, {"now": codec.micros(now), "limit": limit}).scalars())


def work_of(
    connection: Connection, ids: Collection[str], now: datetime | None = None, *, everything: bool = False
) -> list[Work]:
    """Named articles with the entries they are read from, in order of id; without `now` no page is wanted."""
    rows = [records.row_of(row) for row in fetch(connection, _ROWS, set(ids))]
    said: dict[str, list[EntryRow]] = {}
    for entry in map(records.entry_row_of, fetch(connection, _ENTRIES, {row.article.id for row in rows})):
        said.setdefault(entry.article_id, []).append(entry)
    rows.sort(key=lambda row: row.article.id)
    return [_work(row, said.get(row.article.id, ()), now, everything=everything) for row in rows]


def _work(row: Row, said: Iterable[EntryRow], now: datetime | None, *, everything: bool) -> Work:
    entry = rules.entry_to_read(row.article, said)
    due = rules.page_is_due(row, now, everything=everything)
    return Work(row.article, entry, due, row.tries, row.page_error, row.page_next_at)


# ---------------------------------------------------------------- reading

_BY_ID = _ARTICLES.where(_A.id == bindparam("id"))
_BY_ADDRESS = _ARTICLES.join_from(articles, aliases, aliases.c.article_id == _A.id).where(
    aliases.c.key == bindparam("key")
)
EXPORT = _ARTICLES.where(_AFTER).order_by(_A.id).limit(_LIMIT)
IN_WINDOW = _ARTICLES.where(
    newest >= bindparam("earliest"),
    newest < bindparam("end"),
    or_(newest >= bindparam("start"), _A.first_seen_at.between(bindparam("start"), bindparam("last"))),
    _A.duplicate_of.is_(None),
    _A.held.is_(False),
)


def article(connection: Connection, url_or_id: str) -> Article | None:
    asked = codec.clean(url_or_id.strip())
    row = (
        connection.execute(_BY_ID, {"id": asked}).first()
        or connection.execute(_BY_ADDRESS, {"key": codec.short(url_key(asked))}).first()
    )
    return records.ARTICLE.load(row) if row else None


def in_window(connection: Connection, window: Window, late_days: int) -> list[Article]:
    """One range of one index: by the date that lists are sorted by, an undated article counts from first sight."""
    start, end = codec.micros(window.start_at), codec.micros(window.end_at)
    earliest = codec.micros(window.start_at - timedelta(days=late_days))
    rows = connection.execute(IN_WINDOW, {"earliest": earliest, "start": start, "end": end, "last": end - 1})
    return sorted(map(records.ARTICLE.load, rows), key=lambda article: article.id)


def export_page(connection: Connection, after: str, limit: int) -> list[Article]:
    return [records.ARTICLE.load(row) for row in connection.execute(EXPORT, {"after": after, "limit": limit})]


_RECENT = newest >= bindparam("since")
_CHOSEN = select(ledger.c.article_id).where(ledger.c.article_id == _A.id).exists()
FIGURES = (
    select(
        _A.source,
        func.sum(case((_A.duplicate_of.is_(None), 1), else_=0)),
        func.sum(case((_CHOSEN, 1), else_=0)),
    )
    .where(_RECENT)
    .group_by(_A.source)
)
_PLACE = func.row_number().over(partition_by=_A.source, order_by=newest.desc()).label("place")
_PLACED = select(_A.source, newest.label("at"), _PLACE).subquery()
DATES = (
    select(_PLACED.c.source, _PLACED.c.at)
    .where(_PLACED.c.place <= RECENT_DATES)
    .order_by(_PLACED.c.source, _PLACED.c.place)
)


def posts(connection: Connection, since: datetime, until: datetime) -> dict[str, int]:
    """One range of the index that lists are sorted by."""
    dated = select(_A.source, func.count()).where(newest >= codec.micros(since), newest < codec.micros(until))
    rows = connection.execute(dated.where(_A.duplicate_of.is_(None)).group_by(_A.source))
    return {str(source): int(count) for source, count in rows}


def source_figures(connection: Connection, since: datetime) -> dict[str, SourceFigures]:
    """A pass over the index of all articles: this is a report, asked for by a person."""
    dates: dict[str, list[datetime]] = {}
    for source, at in connection.execute(DATES):
        dates.setdefault(source, []).append(codec.instant(at))
    recent = connection.execute(FIGURES, {"since": codec.micros(since)})
    counts = {source: (int(count), int(chosen)) for source, count, chosen in recent}
    return {source: SourceFigures(*counts.get(source, (0, 0)), tuple(of_it)) for source, of_it in dates.items()}


# ---------------------------------------------------------------- deliveries, answers

_ANSWERS = select(answers.c.key, answers.c.text).where(answers.c.key.in_(IDS))


def sent(connection: Connection, profile: str, number: int, sink: str) -> set[str]:
    """Who got an issue by a sink."""
    c = deliveries.c
    who = select(c.recipient).where(c.profile == profile, c.number == number, c.sink == sink)
    return set(connection.execute(who).scalars())


def read_answers(connection: Connection, keys: Collection[str]) -> dict[str, str]:
    """What a language model answered, by key."""
    return {row.key: row.text for row in fetch(connection, _ANSWERS, set(keys))}

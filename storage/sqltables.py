"""`Tables` in SQL: the operations that writes are built from, each a few set-wise statements."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    and_,
    bindparam,
    case,
    delete,
    not_,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.sql.dml import Delete, Insert, Update

from crawler.model import Feed, HostState, Signature, Window
from crawler.ports import Edge, IssueRecord, LedgerEntry
from storage import codec, records, wordindex
from storage.dialect import insert_many, insert_new, upsert
from storage.issues import composed_for, line_values, published, window_values
from storage.pieces import IDS, apply, fetch
from storage.rows import CopyState, EntryRow, Row
from storage.rules import AT_ONCE
from storage.schema import (
    aliases,
    answers,
    articles,
    bands,
    composed,
    deliveries,
    edges,
    entries,
    feeds,
    hosts,
    issues,
    ledger,
    newest,
)
from storage.words import texts_of, tokens_of

_ROWS = select(*records.ROW_COLUMNS).where(articles.c.id.in_(IDS))
_OWNERS = select(aliases.c.key, aliases.c.article_id).where(aliases.c.key.in_(IDS))
_HASHES = select(entries.c.key, entries.c.hash).where(entries.c.source == bindparam("source"), entries.c.key.in_(IDS))
_STATES = select(*records.COPY_COLUMNS).where(articles.c.id.in_(IDS))
_FOLLOWERS = select(*records.COPY_COLUMNS).where(articles.c.duplicate_of.in_(IDS))
_SIGNATURES = select(articles.c.id, articles.c.signature, articles.c.signature_keys, articles.c.shingles).where(
    articles.c.id.in_(IDS)
)
_DATED = (
    select(newest, articles.c.id)
    .where(newest < bindparam("before"), newest >= bindparam("at"), articles.c.first_seen_at < bindparam("before"))
    .where(or_(newest > bindparam("at"), articles.c.id > bindparam("after")))
    .order_by(newest, articles.c.id)
    .limit(bindparam("limit"))
)
_PUBLISHED = select(ledger.c.article_id).where(ledger.c.article_id.in_(IDS))
_FORGET_ENTRIES = (
    update(entries)
    .where(entries.c.article_id.in_(IDS), or_(entries.c.content_html != "", entries.c.summary_html != ""))
    .values(content_html="", summary_html="")
)
_SET_COPIES = (
    update(articles)
    .where(articles.c.id == bindparam("_id"))
    .values(duplicate_of=bindparam("_duplicate_of"), also_at=bindparam("_also_at"))
)
_DROP_BANDS = delete(bands).where(bands.c.band == bindparam("_band"), bands.c.article_id == bindparam("_id"))
_DROP_EDGES = delete(edges).where(or_(edges.c.a.in_(IDS), edges.c.b.in_(IDS)))
_SEARCHED = update(articles).where(articles.c.id.in_(IDS), articles.c.searched.is_(False)).values(searched=True)


class SqlTables:
    """The tables within one transaction of a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name

    def _run(self, statement: Insert | Update | Delete, values: list[dict[str, Any]]) -> None:
        if values:
            self._connection.execute(statement, values)

    def _upsert(self, table: Table, values: Iterable[dict[str, Any]], **how: tuple[str, ...]) -> None:
        insert_many(self._connection, upsert(self._dialect, table, **how), list(values))

    def _insert_new(self, table: Table, values: Iterable[dict[str, Any]]) -> None:
        insert_many(self._connection, insert_new(self._dialect, table), list(values))

    # sources
    def put_feeds(self, states: Iterable[Feed]) -> None:
        self._upsert(feeds, map(records.FEED.dump, states))

    def put_hosts(self, states: Iterable[HostState]) -> None:
        self._upsert(hosts, map(records.HOST.dump, states))

    # articles
    def owners(self, keys: Collection[str]) -> dict[str, str]:
        asked = {codec.short(key): key for key in keys}
        return {asked[key]: id_ for key, id_ in fetch(self._connection, _OWNERS, asked.keys())}

    def rows(self, ids: Collection[str]) -> dict[str, Row]:
        found = {row.article.id: row for row in map(records.row_of, fetch(self._connection, _ROWS, ids))}
        for id_, row in found.items():
            if row.article.issue is not None:
                found[id_] = replace(row, article=replace(row.article, issue=None))
        return found

    def hashes(self, source: str, keys: Collection[str]) -> dict[str, str]:
        asked = {codec.short(key): key for key in keys}
        found = fetch(self._connection, _HASHES, asked.keys(), source=source)
        return {asked[key]: hash_ for key, hash_ in found}

    def add_rows(self, rows: Iterable[Row]) -> None:
        self._insert_new(articles, map(records.first_values, rows))

    def put_rows(self, rows: Iterable[Row]) -> None:
        self._upsert(articles, map(records.row_values, rows))

    def dated_before(self, at: datetime, limit: int, after: tuple[datetime, str] | None) -> list[tuple[datetime, str]]:
        from_at, from_id = (codec.micros(after[0]), after[1]) if after else (-(2**62), "")
        values = {"before": codec.micros(at), "limit": limit, "at": from_at, "after": from_id}
        return [(codec.instant(dated), id_) for dated, id_ in self._connection.execute(_DATED, values)]

    def published(self, ids: Collection[str]) -> set[str]:
        return {id_ for (id_,) in fetch(self._connection, _PUBLISHED, ids)}

    def forget_entries(self, article_ids: Collection[str]) -> None:
        apply(self._connection, _FORGET_ENTRIES, article_ids)

    def put_words(self, rows: Iterable[Row]) -> None:
        wordindex.put(self._connection, {row.article.id: tokens_of(texts_of(row.article)) for row in rows})

    def replace_bands(self, old: Mapping[str, Signature], new: Mapping[str, Signature]) -> None:
        gone = [{"_band": codec.int64(band), "_id": id_} for id_, signature in old.items() for band in signature.bands]
        self._run(_DROP_BANDS, gone)
        self._insert_new(
            bands,
            ({"band": codec.int64(band), "article_id": id_} for id_, found in new.items() for band in found.bands),
        )

    def put_aliases(self, owners: Mapping[str, str]) -> None:
        self._upsert(aliases, ({"key": codec.short(key), "article_id": id_} for key, id_ in owners.items()))

    def put_entries(self, rows: Iterable[EntryRow]) -> None:
        values = map(records.entry_values, rows)
        self._upsert(entries, values, keep=("first_seen_at",), differing=("hash", "article_id"))

    def add_entries(self, rows: Iterable[EntryRow]) -> None:
        self._insert_new(entries, map(records.entry_values, rows))

    def join(self, loser: str, winner: str) -> None:
        gone = self.rows([loser]).get(loser)
        if gone is not None and gone.signature is not None:
            self.replace_bands({loser: gone.signature}, {})
        for table in (entries, aliases, ledger):
            self._move(table, table.c.article_id, loser, winner)
        self._move(articles, articles.c.duplicate_of, loser, winner)
        apply(self._connection, _DROP_EDGES, [loser])
        wordindex.drop(self._connection, [loser])
        self._connection.execute(delete(articles).where(articles.c.id == loser))

    def wake(self, sources: Collection[str] | None) -> int:
        """Mark what is deferred or unlabelled as wanted; returns how many were not."""
        asleep = or_(articles.c.page == "deferred", and_(not_(articles.c.labelled), not_(articles.c.label_wanted)))
        deferred = articles.c.page == "deferred"
        statement = (
            update(articles)
            .where(asleep)
            .values(
                label_wanted=or_(articles.c.label_wanted, not_(articles.c.labelled)),
                page_next_at=case((deferred, codec.micros(AT_ONCE)), else_=articles.c.page_next_at),
                page=case((deferred, "pending"), else_=articles.c.page),
            )
        )
        if sources is not None:
            statement = statement.where(articles.c.source.in_(sorted(sources)))
        return self._connection.execute(statement).rowcount

    def release(self, source: str) -> int:
        """Let a source's held articles go; returns how many there were."""
        held = update(articles).where(articles.c.source == source, text("held")).values(held=False)
        return self._connection.execute(held).rowcount

    def _move(self, table: Table, column: ColumnElement[Any], loser: str, winner: str) -> None:
        self._connection.execute(update(table).where(column == loser).values({column: winner}))

    # copies
    def copy_states(self, ids: Collection[str]) -> dict[str, CopyState]:
        return {state.id: state for state in map(records.copy_state_of, fetch(self._connection, _STATES, ids))}

    def followers(self, ids: Collection[str]) -> list[CopyState]:
        return list(map(records.copy_state_of, fetch(self._connection, _FOLLOWERS, ids)))

    def set_copies(self, states: Iterable[CopyState]) -> None:
        values = [
            {"_id": s.id, "_duplicate_of": s.duplicate_of, "_also_at": codec.dump_strings(s.also_at)} for s in states
        ]
        self._run(_SET_COPIES, values)

    def signatures(self, ids: Collection[str]) -> dict[str, Signature]:
        found = {id_: codec.load_signature(*columns) for id_, *columns in fetch(self._connection, _SIGNATURES, ids)}
        return {id_: signature for id_, signature in found.items() if signature is not None}

    def replace_edges(self, searched: Collection[str], found: Iterable[Edge], marked: Collection[str]) -> None:
        apply(self._connection, _DROP_EDGES, searched)
        self._upsert(edges, ({"a": e.a, "b": e.b, "reason": e.reason, "similarity": e.similarity} for e in found))
        apply(self._connection, _SEARCHED, marked)

    # issues
    def issue(self, profile: str, number: int) -> tuple[IssueRecord, list[LedgerEntry]] | None:
        return published(self._connection, profile, number)

    def put_issue(self, record: IssueRecord, lines: Iterable[LedgerEntry]) -> None:
        connection = self._connection
        values = window_values(record)
        published_at = codec.micros_or_none(record.published_at)
        self._upsert(issues, [{**values, "published_at": published_at}])
        this_one = (ledger.c.profile == record.profile, ledger.c.number == record.number)
        connection.execute(delete(ledger).where(*this_one))
        self._run(ledger.insert(), [line_values(record, at, line) for at, line in enumerate(lines)])
        c = composed.c
        same_window = (c.start_at == values["start_at"]) & (c.end_at == values["end_at"])
        other = delete(composed).where(c.profile == record.profile, c.number == record.number, not_(same_window))
        connection.execute(other)
        renumbered = update(composed).where(c.profile == record.profile, same_window).values(number=record.number)
        connection.execute(renumbered)

    def drop_issue(self, profile: str, number: int) -> None:
        for table in (ledger, issues):
            one = delete(table).where(table.c.profile == profile, table.c.number == number)
            self._connection.execute(one)

    def composed_for(self, profile: str, window: Window) -> IssueRecord | None:
        return composed_for(self._connection, profile, window)

    def put_composed(self, record: IssueRecord) -> None:
        self._upsert(composed, [window_values(record)])

    # delivery
    def add_delivery(self, profile: str, number: int, sink: str, recipient: str, at: datetime) -> None:
        values = {"profile": profile, "number": number, "sink": sink, "recipient": recipient}
        self._insert_new(deliveries, [{**values, "sent_at": codec.micros(at)}])

    # a language model
    def add_answer(self, key: str, model: str, text: str, at: datetime) -> None:
        self._insert_new(answers, [{"key": key, "model": model, "text": text, "answered_at": codec.micros(at)}])

"""`crawler.ports.Store` on SQLite and PostgreSQL.

A store may be used from several threads: each call takes a connection of its own and is one transaction; calls
that write take turns. A SQLite database in memory has one connection, and all calls take turns.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from threading import Lock, RLock

from sqlalchemy import Connection, Engine

from crawler.model import Article, Feed, HostState, Signature, Window
from crawler.ports import (
    ArticleQuery,
    ArticleWrite,
    Edge,
    FeedWrite,
    IssueRecord,
    Known,
    LedgerEntry,
    SourceFigures,
    Suspect,
    Work,
)
from storage import codec, copies, issues, queries, steps
from storage.codec import cleaned
from storage.dialect import lock_writes
from storage.engine import one_by_one, writing
from storage.failures import Place, told
from storage.listing import PAGE, listed
from storage.locks import advisory_lock, file_lock, thread_lock
from storage.sqltables import SqlTables


class SqlStore:
    """The store behind a SQLAlchemy engine. `place` is how messages call it."""

    def __init__(self, engine: Engine, place: Place, *, in_memory: bool = False) -> None:
        self._engine = engine
        self._reader = one_by_one(engine)
        self._writer = writing(engine)
        self._place = place
        self._turn = RLock()
        self._reader_turn: AbstractContextManager[object] = self._turn if in_memory else nullcontext()
        self._run = Lock()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._reader_turn, told(self._place), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[SqlTables]:
        with self._turn, told(self._place), self._writer.begin() as connection:
            lock_writes(connection)
            yield SqlTables(connection)

    def close(self) -> None:
        with told(self._place):
            self._engine.dispose()

    def run_lock(self) -> AbstractContextManager[None]:
        if self._engine.dialect.name == "postgresql":
            return advisory_lock(self._engine, self._place)
        if self._place.path is None:
            return thread_lock(self._run, self._place.name)
        return file_lock(Path(f"{self._place.path}.lock"), self._place)

    # sources
    def feeds(self, sources: Collection[str] | None = None) -> dict[str, Feed]:
        with self._reading() as connection:
            return queries.read_feeds(connection, sources)

    def due_feeds(self, now: datetime, limit: int, after: tuple[datetime, str] | None = None) -> list[Feed]:
        with self._reading() as connection:
            return queries.due_feeds(connection, now, limit, after)

    def save_feeds(self, feeds: Sequence[Feed]) -> None:
        if not feeds:
            return
        with self._writing() as tables:
            tables.put_feeds(feeds)

    def known(self, source: str, keys: Collection[str], guids: Collection[str]) -> Known:
        return self.known_all({source: (keys, guids)})[source]

    def known_all(self, asked: Mapping[str, tuple[Collection[str], Collection[str]]]) -> dict[str, Known]:
        with self._reading() as connection:
            return queries.known(connection, asked)

    def write_feeds(self, writes: Sequence[FeedWrite], now: datetime) -> list[str]:
        with self._writing() as tables:
            return steps.write_feeds(tables, writes, now)

    def hosts(self) -> dict[str, HostState]:
        with self._reading() as connection:
            return queries.read_hosts(connection)

    def save_hosts(self, hosts: Sequence[HostState]) -> None:
        if not hosts:
            return
        with self._writing() as tables:
            tables.put_hosts(hosts)

    # articles
    def work(
        self,
        now: datetime,
        sources: Collection[str] | None = None,
        limit: int = 1000,
        after: str = "",
        *,
        everything: bool = False,
    ) -> list[Work]:
        with self._reading() as connection:
            return queries.work(connection, now, sources, limit, after, everything=everything)

    def sources_with_work(self, now: datetime, limit: int) -> list[str]:
        with self._reading() as connection:
            return queries.sources_with_work(connection, now, limit)

    def work_of(self, ids: Collection[str]) -> list[Work]:
        with self._reading() as connection:
            return queries.work_of(connection, ids)

    def wake(self, sources: Collection[str] | None = None) -> int:
        with self._writing() as tables:
            return tables.wake(sources)

    def save_articles(self, writes: Sequence[ArticleWrite]) -> None:
        with self._writing() as tables:
            steps.save_articles(tables, writes)

    def add_articles(self, writes: Sequence[ArticleWrite]) -> int:
        with self._writing() as tables:
            return steps.add_articles(tables, cleaned(writes))  # compared with what is there

    def forget_texts(
        self, before: datetime, limit: int, after: tuple[datetime, str] | None = None
    ) -> tuple[int, tuple[datetime, str] | None]:
        with self._writing() as tables:
            return steps.forget_texts(tables, before, limit, after)

    # copies
    def unsearched(self, limit: int = 500) -> list[Suspect]:
        with self._reading() as connection:
            return copies.read_unsearched(connection, limit)

    def suspects(self, suspect: Suspect) -> list[Suspect]:
        with self._reading() as connection:
            return copies.suspects(connection, suspect)

    def edges(self, ids: Collection[str]) -> list[Edge]:
        with self._reading() as connection:
            return copies.cluster_edges(connection, ids)

    def save_copies(
        self,
        searched: Collection[str],
        edges: Sequence[Edge],
        leaders: dict[str, str | None],
        seen: Mapping[str, Signature] | None = None,
    ) -> None:
        with self._writing() as tables:
            steps.save_copies(tables, searched, edges, leaders, seen)

    def members(self, ids: Collection[str]) -> list[Suspect]:
        with self._reading() as connection:
            return copies.members(connection, ids)

    # reading
    def articles(self, query: ArticleQuery) -> Iterator[Article]:
        return listed(self._reading, query)

    def all_articles(self) -> Iterator[Article]:
        after = ""
        while True:
            with self._reading() as connection:
                page = queries.export_page(connection, after, PAGE)
            yield from page
            if len(page) < PAGE:
                return
            after = page[-1].id

    def article(self, url_or_id: str) -> Article | None:
        with self._reading() as connection:
            return queries.article(connection, url_or_id)

    def in_window(self, window: Window, late_days: int) -> list[Article]:
        with self._reading() as connection:
            return queries.in_window(connection, window, late_days)

    def posts(self, since: datetime, until: datetime) -> dict[str, int]:
        with self._reading() as connection:
            return queries.posts(connection, since, until)

    def source_figures(self, since: datetime) -> dict[str, SourceFigures]:
        with self._reading() as connection:
            return queries.source_figures(connection, since)

    def release(self, source: str) -> int:
        with self._writing() as tables:
            return tables.release(source)

    # issues
    def ledger(self, profile: str) -> list[LedgerEntry]:
        with self._reading() as connection:
            return issues.read_ledger(connection, profile)

    def newsletters(self) -> list[str]:
        with self._reading() as connection:
            return issues.newsletters(connection)

    def issue_records(self, profile: str) -> list[IssueRecord]:
        with self._reading() as connection:
            return issues.issue_records(connection, profile)

    def save_composed(self, record: IssueRecord) -> None:
        with self._writing() as tables:
            tables.put_composed(record)

    def publish(self, record: IssueRecord, entries: Sequence[LedgerEntry]) -> bool:
        with self._writing() as tables:
            return steps.publish(tables, cleaned(record), cleaned(entries))

    def composed(self, profile: str, number: int) -> IssueRecord | None:
        with self._reading() as connection:
            return issues.composed_under(connection, profile, number)

    def unpublish(self, profile: str, number: int) -> bool:
        with self._writing() as tables:
            return steps.unpublish(tables, profile, number)

    # delivery
    def sent(self, profile: str, number: int, sink: str) -> set[str]:
        with self._reading() as connection:
            return queries.sent(connection, profile, number, sink)

    def record_sent(self, profile: str, number: int, sink: str, recipient: str, at: datetime) -> None:
        with self._writing() as tables:
            tables.add_delivery(profile, number, codec.clean(sink), codec.clean(recipient), at)

    # a language model
    def answers(self, keys: Collection[str]) -> dict[str, str]:
        with self._reading() as connection:
            return queries.read_answers(connection, keys)

    def save_answer(self, key: str, model: str, text: str, at: datetime) -> None:
        with self._writing() as tables:
            tables.add_answer(key, codec.clean(model), codec.clean(text), at)

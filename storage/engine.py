"""Connections: a SQLAlchemy engine for a URL, with everything set that each connection needs."""

from __future__ import annotations

import select
import sqlite3
import time
from typing import Any

from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine, event
from sqlalchemy.exc import InvalidatePoolError

_WRITES = "crawl_writes"
_CONNECTIONS = 8
_PAGE_BYTES = 8192
"""Of a new store. An entry of a feed takes some 3 kB: two on a page; one of 4 kB would hold one, and lose the rest."""


def sqlite_engine(url: URL, busy_timeout: float, *, in_memory: bool) -> Engine:
    """SQLite in WAL mode with synchronous=NORMAL: readers never wait for the writer, and a commit costs no fsync.

    After a power failure the last commits may be missing, never half there. Threads take connections of their
    own from the pool; a database in memory has one connection for all.
    """
    extra: dict[str, Any] = {"poolclass": StaticPool} if in_memory else {}
    engine = create_engine(url, connect_args={"timeout": busy_timeout, "check_same_thread": False}, **extra)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")  # of no effect where the file is there
        if not in_memory:
            _enter_wal(connection, busy_timeout)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA wal_autocheckpoint = 4000")  # pages; a page that changes often moves less often
        connection.execute("PRAGMA cache_size = -16000")  # KiB

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A reader that turns writer halfway cannot wait for another writer (SQLITE_BUSY at once): we say it first.
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def postgresql_engine(url: URL, busy_timeout: float) -> Engine:
    """PostgreSQL through psycopg 3; a lock is waited for as long as SQLite's would be."""
    # A connection that is not kept is made again, which costs the server a process: as many are kept as a worker needs.
    pool: dict[str, Any] = {"pool_size": _CONNECTIONS, "max_overflow": _CONNECTIONS, "pool_use_lifo": True}
    engine = create_engine(url.set(drivername="postgresql+psycopg"), **pool)
    milliseconds = max(1, round(busy_timeout * 1000))

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:  # noqa: ANN401 - psycopg is an extra
        connection.execute(f"SET lock_timeout = {milliseconds}")
        connection.commit()

    @event.listens_for(engine, "checkout")
    def check(connection: Any, _: object, __: object) -> None:  # noqa: ANN401
        # What a server says unasked is mostly its farewell. To look for that costs no round trip, as a question does
        # that is put to be sure of an answer.
        if connection.closed or _has_something_to_say(connection.fileno()):
            try:
                connection.execute("SELECT 1")
                connection.rollback()
            except connection.Error as error:
                raise InvalidatePoolError from error

    return engine


def _has_something_to_say(socket: int) -> bool:
    poll = select.poll()
    poll.register(socket, select.POLLIN)
    return bool(poll.poll(0))


def one_by_one(engine: Engine) -> Engine:
    """The same engine for statements that need no transaction around them: questions, and writes that stand alone.

    PostgreSQL gives each statement a snapshot of its own as it is (READ COMMITTED): to begin and to end a transaction
    would be two round trips for nothing. SQLite's transaction is one snapshot, and costs no round trip.
    """
    return engine.execution_options(isolation_level="AUTOCOMMIT") if engine.dialect.name == "postgresql" else engine


def writing(engine: Engine) -> Engine:
    """The same engine for transactions that write."""
    return engine.execution_options(**{_WRITES: True})


def _enter_wal(connection: sqlite3.Connection, busy_timeout: float) -> None:
    # The mode is kept in the file. Entering it needs the file alone, and SQLite does not wait for that by itself.
    deadline = time.monotonic() + busy_timeout
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            locked = (error.sqlite_errorcode & 0xFF) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
            if not locked or time.monotonic() > deadline:
                raise
            time.sleep(0.01)

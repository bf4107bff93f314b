"""From a URL to a store that is ready: connected, and with the schema of this version."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, Engine, inspect, make_url, select
from sqlalchemy.exc import ArgumentError
from sqlalchemy.sql.expression import column, table

from crawler.errors import SchemaTooNew, StoreCorrupt, UserError
from crawler.ports import Store
from storage.dialect import lock_writes
from storage.engine import postgresql_engine, sqlite_engine, writing
from storage.failures import Place, told
from storage.sqlstore import SqlStore

if TYPE_CHECKING:
    from storage.sharing import SharedRuns

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008")
"""Every schema that a store may have, oldest first: the names of the files in `migrations/versions`."""

_OPTIONS = re.compile(r"\?\w+=[^/?]*\Z")
"""SQLite's options at the end of a URL: `?mode=ro&cache=shared`."""

_version = table("alembic_version", column("version_num"))


def open_store(url: str, *, busy_timeout: float = 30.0) -> Store:
    """Open the store behind a URL, and bring its schema up to date.

    `sqlite:///relative/path` or `sqlite:////absolute/path` (folder and file are made when missing), `sqlite://`
    or `:memory:` (SQLite in memory), `postgresql://user:password@host/database`, `memory:` (no database at all).
    `busy_timeout` is how many seconds a call waits for another program's lock.

    Raises UserError for a URL that cannot be meant, SchemaTooNew for a store of a later version, and the
    other errors of the StoreError branch.
    """
    if url == "memory:":
        from storage.memory import MemoryStore

        return MemoryStore()
    engine, place, in_memory = _connect(url, busy_timeout)
    try:
        with told(place):
            _upgrade_when_behind(engine, place)
    except BaseException:
        engine.dispose()
        raise
    return SqlStore(engine, place, in_memory=in_memory)


def open_sharing(url: str, *, patience: float = 30.0) -> SharedRuns | None:
    """What runs on one store share; None where a store belongs to one run at a time (SQLite, in memory).

    The store itself must have been opened before, which makes its tables. `patience` is how many seconds a turn of a
    process that says nothing any more counts.
    """
    if url == "memory:" or _parse(url).get_backend_name() == "sqlite":
        return None
    from storage.sharing import SharedRuns

    engine, place, _ = _connect(url, 30.0)
    return SharedRuns(engine, place, patience=patience)


def _connect(url: str, busy_timeout: float) -> tuple[Engine, Place, bool]:
    parsed = _parse(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database in (None, "", ":memory:"):
            return sqlite_engine(parsed, busy_timeout, in_memory=True), Place("the SQLite database in memory"), True
        place = _sqlite_place(str(parsed.database))
        return sqlite_engine(parsed, busy_timeout, in_memory=False), place, False
    host = parsed.host or parsed.query.get("host") or "localhost"
    place = Place(f"postgresql://{host}:{parsed.port or 5432}/{parsed.database or ''}")
    try:
        return postgresql_engine(parsed, busy_timeout), place, False
    except ImportError as error:
        raise UserError(
            f"{place.name}: the PostgreSQL driver is not installed; pip install 'weekly-roundup[postgres]'"
        ) from error


def _parse(url: str) -> URL:
    if url == ":memory:":
        url = "sqlite://"
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # the latter of a port that is no number
        parsed = None
    if parsed is None or parsed.get_backend_name() not in ("sqlite", "postgresql"):
        scheme = url.partition(":")[0] if "://" in url else url
        raise UserError(
            f"{scheme}: this is no database that we know; "
            "use sqlite:///path/to/file.db or postgresql://user:password@host/database"
        )
    if parsed.get_backend_name() == "sqlite":
        # A path is taken as it is written: a folder may have a percent sign or a question mark in its name.
        options = _OPTIONS.search(url)
        path = url.partition(":///")[2].removesuffix(options[0] if options else "")
        return parsed.set(database=path, query=parsed.query if options else {})
    return parsed


def _sqlite_place(database: str) -> Place:
    if database.startswith("file:"):  # SQLite's own URI, with its options after the question mark
        return Place(database, Path(database.removeprefix("file:").partition("?")[0]))
    path = Path(database)
    with told(Place(str(path), path)):
        path.parent.mkdir(parents=True, exist_ok=True)
    return Place(str(path), path)


def _upgrade_when_behind(engine: Engine, place: Place) -> None:
    with engine.begin() as connection:
        if _revision(connection, place) == REVISIONS[-1]:
            return
    with writing(engine).begin() as connection:
        lock_writes(connection)
        if _revision(connection, place) == REVISIONS[-1]:
            return  # another process did it while we waited for the lock
        if connection.dialect.name == "sqlite" and not inspect(connection).get_table_names():
            from storage.making import make

            make(connection, REVISIONS[-1])
        else:
            from storage.upgrading import upgrade

            upgrade(connection)


def _revision(connection: Connection, place: Place) -> str | None:
    """The schema's revision; None for a database without tables."""
    # One question: between two of them another process may make the tables.
    tables = inspect(connection).get_table_names()
    if "alembic_version" not in tables:
        if tables:
            raise StoreCorrupt(
                f"{place.name}: this database holds tables of another program; name a new one with --database"
            )
        return None
    revision: str | None = connection.execute(select(_version.c.version_num)).scalar()
    if revision is not None and revision not in REVISIONS:
        raise SchemaTooNew(
            f"{place.name}: the store was written by a later version of this program (schema {revision}, "
            f"we know up to {REVISIONS[-1]}); upgrade the program, or name another store with --database"
        )
    return revision

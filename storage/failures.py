"""What a database says when it fails, as our errors: what is wrong, where, and the next step."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from crawler.errors import StoreCorrupt, StoreError, StoreFull, StoreLocked, StoreReadOnly


@dataclass(frozen=True, slots=True)
class Place:
    """Where the store is, as a message may name it (never with a password); `path` of a SQLite file."""

    name: str
    path: Path | None = None


@contextmanager
def told(place: Place) -> Iterator[None]:
    """Turn whatever the database raises inside into an error of the StoreError branch."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise translated(error, place) from error
    except OSError as error:
        raise _of_system(error, place) from error


def translated(error: Exception, place: Place) -> StoreError:
    """The error of ours that an error of the database stands for."""
    cause: Any = error.orig if isinstance(error, DBAPIError) else error
    state = getattr(cause, "sqlstate", None)
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(cause, place)
    if state:
        return _of_postgresql(state, str(cause), place)
    return StoreError(
        f"{place.name}: the database cannot be used ({_one_line(cause)}); "
        "check that it runs and that CRAWL_DATABASE_URL names it rightly"
    )


def _of_sqlite(error: sqlite3.Error, place: Place) -> StoreError:
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if code is not None else None
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return _locked(place)
    if primary == sqlite3.SQLITE_FULL or code == sqlite3.SQLITE_IOERR_WRITE:
        return _full(place)
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return _read_only(place)
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return StoreCorrupt(
            f"{place.name}: this file is damaged or no database of ours; move it away and bring back a backup, "
            "or start anew with another --database"
        )
    if primary == sqlite3.SQLITE_CANTOPEN:
        return StoreReadOnly(
            f"{place.name}: the database file cannot be opened or made; check the folder and its permissions, "
            "or name another with --database"
        )
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    return StoreError(f"{place.name}: the database failed ({name}: {_one_line(error)}); check the disk, then run again")


def _of_postgresql(state: str, message: str, place: Place) -> StoreError:
    if state in ("55P03", "40P01", "40001", "57014"):
        return _locked(place)
    if state in ("53100", "53200"):
        return _full(place)
    if state in ("25006", "42501"):
        return _read_only(place)
    if state.startswith("XX"):
        return StoreCorrupt(f"{place.name}: the database is damaged ({_one_line(message)}); bring back a backup")
    if state in ("28P01", "28000", "3D000"):
        return StoreError(
            f"{place.name}: the database does not let us in ({_one_line(message)}); "
            "check user, password and database in CRAWL_DATABASE_URL"
        )
    return StoreError(f"{place.name}: the database failed ({state}: {_one_line(message)}); see its log, then run again")


def _of_system(error: OSError, place: Place) -> StoreError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return _full(place)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return _read_only(place)
    return StoreError(f"{place.name}: {error.strerror or error}; check the path given with --database")


def _locked(place: Place) -> StoreLocked:
    return StoreLocked(
        f"{place.name}: another program holds the database longer than we wait; "
        "close it (a backup, a database browser?) and run again"
    )


def _full(place: Place) -> StoreFull:
    return StoreFull(f"{place.name}: the disk or its quota is full and nothing was stored; make room and run again")


def _read_only(place: Place) -> StoreReadOnly:
    return StoreReadOnly(
        f"{place.name}: the database may not be written; check the permissions of the file and its folder, "
        "or name another with --database"
    )


def _one_line(error: object) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__

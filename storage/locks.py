"""The lock that a fetching run holds: one run a store, and gone with the process that held it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from crawler.errors import StoreBusy
from storage.dialect import release_run_lock, try_run_lock
from storage.failures import Place, told


@contextmanager
def thread_lock(lock: Lock, name: str) -> Iterator[None]:
    """For a store that lives in this process only."""
    if not lock.acquire(blocking=False):
        raise StoreBusy(f"{name}: another run of this process works on the store; wait for it to end")
    try:
        yield
    finally:
        lock.release()


@contextmanager
def file_lock(path: Path, place: Place) -> Iterator[None]:
    """flock(2) on a file beside the database. The file stays: removing it would let two runs in at once.

    The kernel drops the lock with the process, however that ended.
    """
    with told(place):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(descriptor, 32, 0).decode(errors="replace").strip() or "?"
            raise StoreBusy(
                f"another run (process {holder}) works on this store and holds {path}; "
                f"wait for it to end, or end it with `kill {holder}` and run again"
            ) from error
        with told(place):
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def advisory_lock(engine: Engine, place: Place) -> Iterator[None]:
    """A session lock on a PostgreSQL connection of its own, which the server drops with the connection."""
    with told(place):
        connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    try:
        with told(place):
            taken = try_run_lock(connection)
        if not taken:
            raise StoreBusy(f"another run works on the store {place.name}; wait for it to end and run again")
        try:
            yield
        finally:
            with suppress(SQLAlchemyError):  # a lost connection has lost its lock, too
                release_run_lock(connection)
    finally:
        connection.invalidate()  # the server drops with it whatever it still holds
        connection.close()

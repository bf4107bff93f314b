"""Procrastinate's tables: made when first wanted, brought up to date with the library that is installed."""

from __future__ import annotations

from pathlib import Path

import psycopg
from procrastinate.schema import SchemaManager

DatabaseError = psycopg.Error

_LOCK = "SELECT pg_advisory_lock(1668445295, hashtext(current_schema()))"
_UNLOCK = "SELECT pg_advisory_unlock(1668445295, hashtext(current_schema()))"
_THERE = "SELECT obj_description(to_regclass('procrastinate_jobs'), 'pg_class'), to_regclass('procrastinate_jobs')"
# Procrastinate looks for jobs with the same lock once for each job that it may take, and has no index for that; nor
# for the dead ones of a key, which we look for.
_INDEXES = (
    """CREATE INDEX IF NOT EXISTS crawl_jobs_lock ON procrastinate_jobs (lock, status, priority, id)
    WHERE status IN ('todo', 'doing')""",
    "CREATE INDEX IF NOT EXISTS crawl_jobs_dead ON procrastinate_jobs (queueing_lock) WHERE status = 'failed'",
)


def prepare(connection: psycopg.Connection) -> None:
    """Make what is missing, in one transaction. Several processes at once wait for each other.

    Which of the library's migrations the tables have is kept as a comment on the table of jobs.
    """
    connection.autocommit = True
    try:
        if _state(connection) == (migrations()[-1].name, True):
            return
        connection.execute(_LOCK)  # in no transaction: what others made meanwhile is seen by one that begins afterwards
        try:
            with connection.transaction():
                _bring_up_to_date(connection)
        finally:
            connection.execute(_UNLOCK)
    finally:
        connection.autocommit = False


def _bring_up_to_date(connection: psycopg.Connection) -> None:
    newest = migrations()[-1].name
    applied, there = _state(connection)
    if not there:
        connection.execute(_text(SchemaManager.get_schema()))
    elif applied is not None:
        for file in migrations():
            if file.name > applied:
                connection.execute(_text(file.read_text(encoding="utf-8")))
    for index in _INDEXES:
        connection.execute(_text(index))
    connection.execute(_text(f"COMMENT ON TABLE procrastinate_jobs IS '{max(newest, applied or newest)}'"))


def migrations() -> list[Path]:
    """The library's migrations, oldest first."""
    return sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))


def _state(connection: psycopg.Connection) -> tuple[str | None, bool]:
    row = connection.execute(_text(_THERE)).fetchone()
    assert row is not None
    return row[0], row[1] is not None


def _text(statement: str) -> psycopg.sql.SQL:
    return psycopg.sql.SQL(statement)

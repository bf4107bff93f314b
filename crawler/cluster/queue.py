"""The queue: Procrastinate's tables beside the store's. With worker.py the only importer of Procrastinate.

A job waits at most once under its key, and goes on as a new one where it has to be tried again, so that the two
rules never meet: Procrastinate's own retry fails where the same job was enqueued in the meantime.
"""

from __future__ import annotations

import re
import select
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from procrastinate import SyncPsycopgConnector
from procrastinate.exceptions import ConnectorException
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool, ConnectionPool

from crawler.cluster import tables
from crawler.cluster.job import Job
from crawler.errors import StoreError

CONNECT_SECONDS = 15.0  # that a connection is waited for, until the queue counts as lost
MOST_STALLS = 5  # workers that a job may take with it
_STALLED = "the worker ended in the middle of it"
_KEPT_DAYS = 7  # that a dead job is kept for a person to see
_QUIET_HOURS = 24  # after its death, in which it is not enqueued again

_PUT = """
    INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args, scheduled_at)
    SELECT queue, task, lock, key, args, now() + make_interval(secs => %(delay)s)
    FROM unnest(%(queues)s::text[], %(tasks)s::text[], %(locks)s::text[], %(keys)s::text[], %(args)s::jsonb[])
        AS put(queue, task, lock, key, args)
    WHERE NOT EXISTS (
        SELECT 1 FROM procrastinate_jobs dead WHERE dead.status = 'failed' AND dead.queueing_lock = put.key
        AND (dead.args->>'died_at')::timestamptz > now() - make_interval(hours => %(quiet)s)
    )
    ON CONFLICT (queueing_lock) WHERE status = 'todo' DO NOTHING
    RETURNING id
"""
_RECOVER = """
    WITH stalled AS (
        SELECT job.id, coalesce((job.args->>'tries')::int, 0) AS tries
        FROM procrastinate_jobs job LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
        WHERE job.status = 'doing' AND job.task_name LIKE 'crawl.%%' AND (
            worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %(patience)s)
        )
        FOR UPDATE OF job SKIP LOCKED
    ), gone AS (
        DELETE FROM procrastinate_jobs WHERE id IN (SELECT id FROM stalled WHERE tries < %(most)s) RETURNING *
    ), again AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args)
        SELECT queue_name, task_name, lock, queueing_lock, args || jsonb_build_object(
            'tries', coalesce((args->>'tries')::int, 0) + 1, 'error', %(error)s::text)
        FROM gone
        ON CONFLICT (queueing_lock) WHERE status = 'todo' DO NOTHING
    ), dead AS (
        UPDATE procrastinate_jobs SET status = 'failed',
            args = args || jsonb_build_object('error', %(error)s::text, 'died_at', now())
        WHERE id IN (SELECT id FROM stalled WHERE tries >= %(most)s)
    )
    SELECT count(*) AS found FROM stalled
"""
_NOTE = """
    UPDATE procrastinate_jobs SET args = args || jsonb_build_object('error', %(error)s::text, 'died_at', now())
    WHERE id = %(id)s RETURNING id
"""
_DEAD = """
    SELECT id, args FROM procrastinate_jobs WHERE status = 'failed' AND task_name LIKE 'crawl.%%' ORDER BY id
"""
_RETRY = """
    WITH gone AS (
        DELETE FROM procrastinate_jobs
        WHERE status = 'failed' AND task_name LIKE 'crawl.%%' AND (%(all)s OR id = ANY(%(ids)s::bigint[]))
        RETURNING *
    ), again AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args)
        SELECT DISTINCT ON (queueing_lock) queue_name, task_name, lock, queueing_lock,
            args || '{"tries": 0, "error": ""}'::jsonb
        FROM gone
        ON CONFLICT (queueing_lock) WHERE status = 'todo' DO NOTHING
    )
    SELECT id FROM gone
"""
_FORGET = """
    DELETE FROM procrastinate_jobs WHERE status = 'failed' AND task_name LIKE 'crawl.%%'
    AND (args->>'died_at')::timestamptz < now() - make_interval(days => %(days)s) RETURNING id
"""
_LANES = "SELECT lock, count(*) AS waiting FROM procrastinate_jobs WHERE status = 'todo' GROUP BY lock"
_BUSY = """
    SELECT 1 AS busy FROM procrastinate_jobs WHERE queue_name = ANY(%(queues)s::text[])
    AND (status = 'doing' OR (status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now()))) LIMIT 1
"""
_COUNTS = """
    SELECT queue_name, status::text AS status, count(*) AS jobs FROM procrastinate_jobs
    WHERE task_name LIKE 'crawl.%%' AND status IN ('todo', 'doing', 'failed') GROUP BY 1, 2 ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class DeadJob:
    """A job that is not tried again by itself."""

    id: int
    kind: str
    source: str
    tries: int
    error: str
    died_at: datetime | None


class Queue:
    """Jobs that wait, are done, or are dead. May be used from many threads.

    `url` is the store's, which must be a PostgreSQL database; the tables are made when first wanted. Methods raise
    StoreError where the database cannot be used.
    """

    def __init__(self, url: str) -> None:
        self.conninfo = conninfo(url)
        self._connector = SyncPsycopgConnector()
        self._pool = ConnectionPool(
            self.conninfo,
            min_size=1,
            max_size=4,
            timeout=CONNECT_SECONDS,
            check=ConnectionPool.check_connection,
            open=False,
        )
        with told():
            # A connection outside the pool tells at once why it cannot be made, where a pool tries again and tells
            # only how long it did.
            with psycopg.connect(self.conninfo, connect_timeout=int(CONNECT_SECONDS)) as connection:
                tables.prepare(connection)
            self._pool.open()
            self._connector.open(self._pool)

    def close(self) -> None:
        """Release the connections."""
        self._pool.close()

    def put(self, jobs: Sequence[Job], delay: float = 0.0) -> int:
        """Enqueue jobs to be done after `delay` seconds; returns how many did not wait there already.

        One that is put off waits without its lock, since Procrastinate would hold up all later ones with that.
        """
        if not jobs:
            return 0
        rows = self._ask(
            _PUT,
            queues=[job.queue for job in jobs],
            tasks=[f"crawl.{job.kind}" for job in jobs],
            locks=[None if delay else job.lock for job in jobs],
            keys=[job.key for job in jobs],
            args=[job.payload() for job in jobs],
            delay=delay,
            quiet=_QUIET_HOURS,
        )
        return len(rows)

    def put_back(self, queue: str, task: str, key: str | None, payload: Mapping[str, Any]) -> None:
        """Enqueue a job that we cannot read where those will look who can."""
        self._ask(
            _PUT, queues=[queue], tasks=[task], locks=[None], keys=[key], args=[dict(payload)], delay=0.0, quiet=0
        )

    def recover(self, patience: float) -> int:
        """Enqueue again the jobs of workers that gave no sign of life for `patience` seconds; returns how many.

        A job that was in the hands of several such workers may be what ended them, and is dead.
        """
        return int(self._ask(_RECOVER, patience=patience, most=MOST_STALLS, error=_STALLED)[0]["found"])

    def note_death(self, job_id: int, error: str) -> None:
        """Remember why a job is about to fail for good."""
        self._ask(_NOTE, id=job_id, error=error)

    def dead(self) -> list[DeadJob]:
        """Jobs that are not tried again by themselves, oldest first."""
        return [_dead_job(row["id"], row["args"]) for row in self._ask(_DEAD)]

    def retry(self, ids: Sequence[int] | None) -> list[int]:
        """Enqueue dead jobs again (None: all of them); those that there were."""
        return sorted(row["id"] for row in self._ask(_RETRY, ids=list(ids or ()), all=ids is None))

    def forget(self) -> int:
        """Drop jobs that died long ago; returns how many."""
        return len(self._ask(_FORGET, days=_KEPT_DAYS))

    def lanes(self) -> dict[str, int]:
        """How many jobs wait for each host or platform."""
        return {row["lock"]: row["waiting"] for row in self._ask(_LANES) if row["lock"]}

    def is_busy(self, queues: Sequence[str]) -> bool:
        """Whether jobs of these queues are under way, or wait and may be done now."""
        return bool(self._ask(_BUSY, queues=list(queues)))

    def counts(self) -> dict[tuple[str, str], int]:
        """How many jobs there are by queue and state (todo, doing, failed)."""
        return {(row["queue_name"], row["status"]): row["jobs"] for row in self._ask(_COUNTS)}

    def _ask(self, query: Any, **arguments: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - psycopg wants a literal
        with told():
            rows: list[dict[str, Any]] = self._connector.execute_query_all(query, **arguments)
            return rows


def worker_pool(**options: Any) -> AsyncConnectionPool:  # noqa: ANN401 - whatever Procrastinate gives it
    """Connections for what Procrastinate asks. Each of its questions is one statement, which needs no transaction
    around it, and a connection is asked for a sign of life only where the server has said something unasked."""
    return AsyncConnectionPool(**{**options, "check": _check, "configure": _configure})


async def _configure(connection: AsyncConnection[Any]) -> None:
    await connection.set_autocommit(True)


async def _check(connection: AsyncConnection[Any]) -> None:
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    if poll.poll(0):
        await AsyncConnectionPool.check_connection(connection)


@contextmanager
def told() -> Iterator[None]:
    """The queue's trouble is trouble with the store."""
    try:
        yield
    except (ConnectorException, tables.DatabaseError) as error:
        reason = str(error.__cause__ or error).strip().partition("\n")[0]
        raise StoreError(f"the queue cannot be used ({reason}); check that PostgreSQL runs, then run again") from error


def conninfo(url: str) -> str:
    """The store's URL as libpq reads it. Raises StoreError for any other database."""
    if not re.match(r"postgres(ql)?(\+\w+)?://", url):
        raise StoreError("workers need a store on PostgreSQL; name it with --database or CRAWL_DATABASE_URL")
    return re.sub(r"^postgres(ql)?(\+\w+)?://", "postgresql://", url)


def _dead_job(id_: int, args: Mapping[str, Any]) -> DeadJob:
    died_at = args.get("died_at")
    return DeadJob(
        id_,
        str(args.get("kind", "")),
        str(args.get("source", "")),
        int(args.get("tries", 0)),
        str(args.get("error", "")),
        datetime.fromisoformat(died_at) if died_at else None,
    )

"""`crawl worker` and `crawl jobs`: many machines on one store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crawler.app import App
from crawler.cli.common import common_options, is_quiet, private_hosts_option, tell
from crawler.errors import UserError

if TYPE_CHECKING:
    from crawler.cluster.enqueue import Enqueued
    from crawler.cluster.job import QueueName
    from crawler.cluster.queue import DeadJob, Queue

NOT_INSTALLED = "the queue is not installed; pip install 'weekly-roundup[cluster]'"
QUEUES = ("fetch", "extract")


@click.command()
@click.option("--concurrency", type=click.IntRange(1, 256), default=16, show_default=True,
              metavar="N", help="Jobs at once.")  # fmt: skip
@click.option("--queues", default="fetch,extract", show_default=True, metavar="LIST", help="Which kinds of jobs.")
@click.option("--stalled-after", type=click.FloatRange(1.0), default=30.0, show_default=True,
              metavar="SECONDS", help="A worker that is silent for so long is dead; others do its jobs.")  # fmt: skip
@click.option("--drain", is_flag=True, help="End when nothing is left to do.")
@private_hosts_option
@common_options
def worker(
    app: App, concurrency: int, queues: str, stalled_after: float, drain: bool, allow_private_hosts: tuple[str, ...]
) -> int:
    """Do the jobs that `crawl serve --enqueue` or `crawl once --enqueue` put into the queue.

    Needs a store on PostgreSQL, and the same sources.yaml on every machine. Start as
    many as you like: no source is asked twice, and no host sooner than its pause,
    whichever of them asks. SIGTERM lets it finish the jobs under way (exit code 143).

    \b
    Examples:
      crawl worker --concurrency 32
      crawl worker --queues extract --concurrency 4
    """
    import logging

    names = _queue_names(queues)
    app.allow_private_hosts = allow_private_hosts
    app.patience = stalled_after
    queue = open_queue(app)
    from crawler.cluster.worker import WorkerOptions, work

    log = logging.getLogger("crawler")
    if not is_quiet():
        log.setLevel(min(log.level or logging.INFO, logging.INFO))
    logging.getLogger("procrastinate").setLevel(logging.CRITICAL)  # what becomes of a job is told by us
    options = WorkerOptions(concurrency, names, stalled_after, drain)
    try:
        with app.run():
            signal = work(app.crawl(), queue, options)
    finally:
        queue.close()
    return 128 + signal if signal else 0


@click.group()
def jobs() -> None:
    """The queue of workers: what waits in it, and what was given up.

    A source or page that cannot be fetched is no dead job: it has its own time to
    come back (`crawl sources health`). Dead are jobs that a bug or the store ended.
    """


@jobs.command("list")
@click.option("--json", "as_json", is_flag=True, help="One object a line, dead jobs only.")
@common_options
def list_jobs(app: App, as_json: bool) -> int:
    """How many jobs wait and are under way, and every dead one with its last error.

    \b
    Examples:
      crawl jobs list
      crawl jobs list --json | jq -r .error | sort | uniq -c
    """
    import json

    queue = open_queue(app)
    try:
        dead, counts = queue.dead(), queue.counts()
    finally:
        queue.close()
    if as_json:
        for job in dead:
            click.echo(json.dumps(_shape(job), ensure_ascii=False))
        return 0
    for name in sorted({name for name, _ in counts}):
        waiting, doing = counts.get((name, "todo"), 0), counts.get((name, "doing"), 0)
        click.echo(f"{name}: {waiting} waiting, {doing} under way, {counts.get((name, 'failed'), 0)} dead")
    for job in dead:
        when = f"{job.died_at:%Y-%m-%d %H:%M}" if job.died_at else "?"
        click.echo(f"{job.id:>8}  {when}  {job.kind} {job.source}  {job.error}")
    if not counts:
        tell("the queue is empty")
    return 0


@jobs.command("retry")
@click.argument("ids", nargs=-1, type=int, metavar="[ID]...")
@click.option("--all", "everything", is_flag=True, help="Every dead job.")
@common_options
def retry_jobs(app: App, ids: tuple[int, ...], everything: bool) -> int:
    """Enqueue dead jobs again.

    \b
    Examples:
      crawl jobs retry 1207
      crawl jobs retry --all
    """
    if bool(ids) == everything:
        raise UserError("name the jobs to retry by the numbers that `crawl jobs list` shows, or give --all")
    queue = open_queue(app)
    try:
        done = queue.retry(None if everything else ids)
    finally:
        queue.close()
    if missing := sorted(set(ids) - set(done)):
        raise UserError(f"no dead job has the number {', '.join(map(str, missing))}; see `crawl jobs list`")
    tell(f"{len(done)} job{'' if len(done) == 1 else 's'} enqueued again")
    return 0


def open_queue(app: App) -> Queue:
    """The queue on the store's database. Raises UserError where the extra is not installed, or the store is no
    PostgreSQL database."""
    try:
        from crawler.cluster.queue import Queue
    except ImportError as error:
        raise UserError(NOT_INSTALLED) from error
    if app.sharing is None:
        raise UserError("workers need a store on PostgreSQL; name it with --database or CRAWL_DATABASE_URL")
    return Queue(app.database_url)


def enqueue(
    app: App, slugs: tuple[str, ...], tags: tuple[str, ...], *, everything: bool, backfill: bool = False
) -> Enqueued:
    """Put what is due into the queue, once."""
    queue = open_queue(app)
    from crawler.cluster.enqueue import enqueue_due
    from crawler.sources.config import select

    try:
        sources = select(app.config.sources, slugs, tags)
        return enqueue_due(app.crawl(), queue, sources, everything=everything, backfill=backfill)
    finally:
        queue.close()


def _queue_names(text: str) -> tuple[QueueName, ...]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    wrong = [name for name in names if name not in QUEUES]
    if wrong or not names:
        raise UserError(f"--queues {text}: give {' or '.join(QUEUES)}, or both with a comma between")
    return tuple(name for name in QUEUES if name in names)  # type: ignore[misc]  # they are its members


def _shape(job: DeadJob) -> dict[str, object]:
    return {
        "id": job.id,
        "kind": job.kind,
        "source": job.source or None,
        "tries": job.tries,
        "error": job.error,
        "died_at": job.died_at.isoformat() if job.died_at else None,
    }

"""A worker process: takes jobs from the queue and does so many of them at once. With queue.py, Procrastinate's door.

Jobs run in threads; Procrastinate fetches them, gives signs of life, and marks them as done. What becomes of one that
fails is decided here.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import procrastinate
from procrastinate import JobContext

from crawler.cluster.doing import Worker
from crawler.cluster.job import Kind, NewerPayload, QueueName, job_of, queues_to_serve
from crawler.cluster.queue import CONNECT_SECONDS, Queue, told, worker_pool
from crawler.context import Crawl
from crawler.errors import SchemaTooNew, StoreCorrupt, StoreError, StoreFull, StoreReadOnly

log = logging.getLogger(__name__)

KINDS: tuple[Kind, ...] = ("fetch", "extract", "link")
_LASTING = (StoreFull, StoreReadOnly, StoreCorrupt, SchemaTooNew)
_STORE_WAITS = (10.0, 20.0, 40.0, 80.0, 160.0, 320.0, 600.0, 600.0, 600.0, 600.0)
_LASTING_WAITS = (300.0, 1800.0, 3600.0)
_BUG_WAITS = (60.0, 600.0)
_FORGET_EVERY = 3600.0
_LOOK_EVERY = 1.0  # seconds; a job is announced when it is enqueued, but not when its lock comes free
_IDLE_LOOK = 0.3


def wait_after(error: BaseException, tries: int) -> float | None:
    """Seconds until a job is tried again that failed for the `tries`th time (from 0); None: it is dead.

    Trouble with a source or a page is no failure of the job: it is in the store, with its own time to come back.
    """
    waits = (
        _LASTING_WAITS if isinstance(error, _LASTING) else _STORE_WAITS if isinstance(error, StoreError) else _BUG_WAITS
    )
    return waits[tries] if tries < len(waits) else None


@dataclass(frozen=True, slots=True)
class WorkerOptions:
    """How a worker works. `patience` is how many seconds a silent worker counts as alive; with `drain` it ends when
    nothing is left to do."""

    concurrency: int = 16
    queues: Sequence[QueueName] = ("fetch", "extract")
    patience: float = 30.0
    drain: bool = False


def work(crawl: Crawl, queue: Queue, options: WorkerOptions) -> int:
    """Do jobs until SIGINT or SIGTERM, then finish those under way; returns the signal's number, 0 without one.

    Raises StoreError where the queue is lost.
    """
    return asyncio.run(_Process(crawl, queue, options).run())


class _Process:
    def __init__(self, crawl: Crawl, queue: Queue, options: WorkerOptions) -> None:
        self._crawl = crawl
        self._queue = queue
        self._options = options
        self._worker = Worker(crawl, queue)
        self._threads = ThreadPoolExecutor(options.concurrency, thread_name_prefix="job")
        self._lost: BaseException | None = None
        self._signal = 0
        self._idle = False
        self._main: asyncio.Task[None] | None = None

    async def run(self) -> int:
        connector = procrastinate.PsycopgConnector(
            pool_factory=worker_pool, conninfo=self._queue.conninfo, min_size=1, max_size=4, timeout=CONNECT_SECONDS
        )
        app = procrastinate.App(connector=connector)
        for kind in KINDS:
            app.task(name=f"crawl.{kind}", pass_context=True)(self._perform)
        queues = queues_to_serve(self._options.queues)
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(self._on_trouble)
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._on_signal, number)
        with told():
            await self._serve(app, queues)
        self._threads.shutdown(wait=True)
        if not self._signal and not self._idle:
            reason = f" ({self._lost})" if self._lost else ""
            raise StoreError(f"the connection to the queue was lost{reason}; start the worker again") from self._lost
        return self._signal

    async def _serve(self, app: procrastinate.App, queues: Sequence[str]) -> None:
        """Take jobs until somebody or something ends it."""
        options, loop = self._options, asyncio.get_running_loop()
        async with app.open_async():
            await self._recover()
            self._main = loop.create_task(
                app.run_worker_async(
                    queues=queues,
                    concurrency=options.concurrency,
                    fetch_job_polling_interval=_LOOK_EVERY,
                    install_signal_handlers=False,
                    delete_jobs="successful",
                    update_heartbeat_interval=options.patience / 3,
                    stalled_worker_timeout=options.patience,
                )
            )
            side = [loop.create_task(self._keep_house())]
            if options.drain:
                side.append(loop.create_task(self._end_when_idle(queues)))
            with suppress(asyncio.CancelledError):
                await self._main
            for task in side:
                task.cancel()

    async def _perform(self, context: JobContext, /, **payload: object) -> None:
        """Do one job in a thread. An error that leaves here makes the job a dead one."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._threads, self._do, context.job, payload)

    def _do(self, taken: procrastinate.jobs.Job, payload: Mapping[str, Any]) -> None:
        try:
            job = job_of(payload)
        except NewerPayload:
            queue = f"{taken.queue.partition('.')[0]}.{payload['version']}"
            self._queue.put_back(queue, taken.task_name, taken.queueing_lock, payload)
            return
        try:
            self._worker.do(job)
        except Exception as error:
            reason = str(error) if isinstance(error, StoreError) else f"{type(error).__name__}: {error}"
            name = f"{job.kind} {job.source}".strip()
            if not isinstance(error, StoreError):
                log.exception("%s: this is a bug, please report it", name)
            wait = wait_after(error, job.tries)
            if wait is None:
                log.error("%s: given up: %s; see `crawl jobs list`", name, reason)  # noqa: TRY400 - told above
                self._queue.note_death(taken.id or 0, reason)
                raise
            log.warning("%s: %s; trying again in %.0f s", name, reason, wait)
            self._queue.put([job.again(reason)], wait)

    async def _keep_house(self) -> None:
        """Take over from workers that died, and forget what died long ago."""
        forget_at = 0.0
        while True:
            await asyncio.sleep(self._options.patience / 2)
            try:
                await self._recover()
                if time.monotonic() > forget_at:
                    await asyncio.to_thread(self._queue.forget)
                    forget_at = time.monotonic() + _FORGET_EVERY
            except StoreError as error:
                log.warning("%s", error)

    async def _end_when_idle(self, queues: Sequence[str]) -> None:
        while await asyncio.to_thread(self._queue.is_busy, queues):
            await asyncio.sleep(_IDLE_LOOK)
        self._idle = True
        if self._main is not None:
            self._main.cancel()

    async def _recover(self) -> None:
        found = await asyncio.to_thread(self._queue.recover, self._options.patience)
        if found:
            log.info("%d jobs of workers that ended in the middle of them are enqueued again", found)

    def _on_signal(self, number: int) -> None:
        if self._signal:
            os._exit(128 + number)  # told twice: at once; other workers take over what is under way
        self._signal = number
        log.info("finishing the jobs under way")
        self._crawl.interrupt(number)
        if self._main is not None:
            self._main.cancel()  # which lets Procrastinate finish, too

    def _on_trouble(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """A job's end could not be written down: it would stand as under way for as long as we live."""
        error = context.get("exception")
        if error is None or self._main is None:
            loop.default_exception_handler(context)
            return
        log.error("a job's end could not be recorded: %s", error)
        self._lost = error
        self._main.cancel()

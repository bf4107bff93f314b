"""Worker processes for what costs CPU or may never return: thorough parsing, extraction, labels.

A worker that exceeds its deadline is killed and replaced; nothing else in Python stops a regular expression or
a parser that has gone quadratic. Calls come from many threads; each takes a free worker and waits.
"""

from __future__ import annotations

import errno
import gc
import os
import queue
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from crawler.errors import SourceError, StoreError, StoreFull

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

A = TypeVar("A")
B = TypeVar("B")

RETIRE_MIB = 220  # a worker that grew beyond this after a task is replaced: extraction leaks a little into caches


_kept_mib = 0.0  # of this process, beyond what it begins with; see `kept`

PATIENCE = 4.0  # deadlines that a task may take on a machine that gives it little of its processors


class WorkerTimeout(SourceError):
    """A task took longer than its deadline; its worker was killed."""


class WorkerDied(SourceError):
    """A worker ended in the middle of a task (out of memory, a crash in a C library)."""


class WorkerPool:
    """`size` processes, started when first needed; `call` may be used from any thread.

    `deadline` is in seconds and holds for one call: of CPU time where the system tells it, so that a busy machine makes
    no page look endless, and of PATIENCE times as much by the clock. A function to call must be importable by name, its
    argument and result picklable. An exception that the function raises is raised by `call`.
    """

    def __init__(self, size: int | None = None, deadline: float = 30.0) -> None:
        self.size = size or max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2)
        self._deadline = deadline
        self._free: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        for _ in range(self.size):
            self._free.put(None)  # a place whose worker was not started yet
        self._start = threading.Lock()
        self._all: set[_Worker] = set()
        self._closed = False

    def call(self, function: Callable[[A], B], argument: A, deadline: float | None = None) -> B:
        """`function(argument)` in a worker process.

        Raises WorkerTimeout or WorkerDied; StoreError where the machine lacks what the function needs, such as room for
        temporary files, which is no fault of the argument; whatever the function raised otherwise. A worker that ended
        is given one more chance: what ended it may have been meant for all processes of a service, or for the largest
        one of the machine.
        """
        try:
            return self._call(function, argument, deadline)
        except WorkerDied:
            if self._closed:
                raise
            return self._call(function, argument, deadline)

    def _call(self, function: Callable[[A], B], argument: A, deadline: float | None) -> B:
        worker = self._free.get()
        try:
            if worker is None:
                worker = self._new_worker()
            result, worker = self._run(worker, function, argument, deadline or self._deadline)
        except BaseException:
            self._free.put(None)
            if worker is not None:
                self._discard(worker)
            raise
        self._free.put(worker)
        if isinstance(result, OSError) and result.errno:
            raise _lacking(result) from result
        if isinstance(result, BaseException):
            raise result
        return result

    def close(self) -> None:
        """End all workers; calls under way fail with WorkerDied."""
        self._closed = True
        for worker in list(self._all):
            self._all.discard(worker)
            worker.dismiss()

    def _run(
        self, worker: _Worker, function: Callable[[A], B], argument: A, deadline: float
    ) -> tuple[B | BaseException, _Worker | None]:
        try:
            worker.connection.send((function, argument))
            if not _answers(worker, deadline):
                raise WorkerTimeout(f"took longer than {deadline:g} seconds and was stopped")
            result, grown = worker.connection.recv()
        except (EOFError, OSError) as error:
            raise WorkerDied("the worker process ended in the middle of its task") from error
        if grown > RETIRE_MIB:
            self._discard(worker)
            return result, None
        return result, worker

    def _new_worker(self) -> _Worker:
        with self._start:
            if self._closed:
                raise WorkerDied("the workers were closed")
            worker = _Worker()
            self._all.add(worker)
            return worker

    def _discard(self, worker: _Worker) -> None:
        self._all.discard(worker)
        worker.kill()


def _lacking(error: OSError) -> StoreError:
    what = "no page or feed can be read on this machine as it is"
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StoreFull(
            f"{what}: the disk for temporary files is full ({error}); make room, or name another folder with TMPDIR,"
            " and run again"
        )
    return StoreError(f"{what}: {error}; mend that and run again, nothing is lost")


def _answers(worker: _Worker, deadline: float) -> bool:
    """Wait for the answer; False where the deadline is over."""
    before, last = worker.cpu_seconds(), time.monotonic() + PATIENCE * deadline
    left = deadline
    while not worker.connection.poll(left):
        spent = worker.cpu_seconds()
        if before is None or spent is None:
            return False
        left = min(deadline - (spent - before), last - time.monotonic())
        if left <= 0:
            return False
    return True


class _Worker:
    def __init__(self) -> None:
        import multiprocessing

        # Spawned, not forked: threads are running; and a direct child, so that its cost is counted as ours.
        context = multiprocessing.get_context("spawn")
        ours, theirs = multiprocessing.Pipe()
        self.connection: Connection[Any, Any] = ours
        self.process = context.Process(target=_serve, args=(theirs,), daemon=True)
        with _without_interrupts():
            self.process.start()
        theirs.close()

    def cpu_seconds(self) -> float | None:
        """What it has spent so far; None where the system does not tell."""
        try:
            with open(f"/proc/{self.process.pid}/stat", "rb") as file:  # noqa: PTH123 -- called once a task
                fields = file.read().rpartition(b")")[2].split()
        except OSError:
            return None
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def kill(self) -> None:
        """End it whatever it does."""
        self.process.kill()
        self.process.join(5)
        self.connection.close()

    def dismiss(self) -> None:
        """Let it end by itself, as it does when nobody can ask it any more; kill it where it is busy."""
        self.connection.close()
        self.process.join(2)
        if self.process.is_alive():
            self.process.kill()
            self.process.join(5)


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """What is started in here has SIGINT wait until it is ready to ignore it."""
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # which is started beside the first worker, and lets signals in again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(connection: Connection[Any, Any]) -> None:
    gc.set_threshold(20_000, 20, 20)  # as in the command: reading makes many objects and hardly a cycle
    # Ctrl-C reaches the whole process group; the parent decides when its workers end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    while True:
        try:
            function, argument = connection.recv()
        except (EOFError, OSError):
            return
        try:
            result = function(argument)
        except Exception as error:  # noqa: BLE001 -- handed to the caller, who raises it
            error.add_note("In the worker process:\n" + traceback.format_exc())
            result = _portable(error)
        connection.send((result, _resident_mib() - _kept_mib))


@contextmanager
def kept() -> Iterator[None]:
    """What is loaded in here is meant to stay for the life of the process: no worker is replaced for it."""
    global _kept_mib  # noqa: PLW0603 -- of the process, as its memory is
    before = _resident_mib()
    try:
        yield
    finally:
        _kept_mib += max(0.0, _resident_mib() - before)


def _portable(error: Exception) -> Exception:
    """The error itself where it survives pickling, else its text."""
    import pickle

    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 -- our own bytes
    except Exception:  # noqa: BLE001
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _resident_mib() -> float:
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 -- called once a task
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

"""One run: threads that take tasks whose host has its turn, and a bounded line of results for the caller's thread."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from typing import Generic

from crawler.fetch import redirects
from crawler.fetch.common import Common
from crawler.fetch.hosts import lane_of
from crawler.fetch.lanes import Lane, Lanes
from crawler.fetch.redirects import Trail
from crawler.fetch.steps import Steps, left_alone
from crawler.fetch.task import Job, K, T, Task
from crawler.model import Fetched

_RESULTS_AHEAD = 128  # results that wait for the consumer before workers pause
_BYTES_AHEAD = 4_000_000  # of the bodies that they were made from: what was parsed is several times as large
_LONGEST_WAIT = 60.0  # seconds that a run waits for a turn which others have; beyond, the host is left alone


class Run(Generic[K, T]):
    """One call of `Dispatcher.run`: its lanes, its threads, its results."""

    def __init__(self, common: Common, ahead: int) -> None:
        self._common = common
        self._ahead = ahead
        self._work = threading.Condition(common.lock)
        self._done = threading.Condition(common.lock)
        self._steps: Steps[K, T] = Steps(common)
        self._lanes: Lanes[K, T] = Lanes(common, self._steps.refuse, self._on_turn)
        self._results: deque[tuple[K, T, Callable[[], None] | None, int]] = deque()
        self._bytes_ahead = 0
        self._error: BaseException | None = None
        self._pending = 0
        self._busy = 0
        self._idle = 0
        self._watcher: threading.Thread | None = None
        self._threads: list[threading.Thread] = []
        self._ending = False

    # ------------------------------------------------ the consumer's side

    def results(self, jobs: Iterator[Job[K, T]]) -> Iterator[tuple[K, T]]:
        """Feed the lanes and hand out results until nothing is left."""
        more = True
        while True:
            while more and self._pending < self._ahead and not self._over():
                job = next(jobs, None)
                if job is None:
                    more = False
                else:
                    self._submit(job)
            with self._done:
                while not self._results and self._error is None and not self._finished():
                    self._done.wait()
                if self._error is not None:
                    raise self._error
                if not self._results:
                    return
                was_full = self._is_full()
                key, result, done, size = self._results.popleft()
                self._bytes_ahead -= size
                if was_full and not self._is_full():
                    self._work.notify_all()
            try:
                yield key, result
            finally:
                del result
                if done is not None:
                    done()

    def end(self) -> None:
        """Let the threads end; waits for the requests under way."""
        with self._work:
            self._ending = True
            self._drop_results()
            self._work.notify_all()
        for thread in self._threads:
            thread.join(self._common.settings.timeout + 5)

    def wake(self) -> None:
        """Somebody asked the run to stop."""
        with self._work:
            self._work.notify_all()
            self._done.notify_all()

    def _is_full(self) -> bool:
        return len(self._results) >= _RESULTS_AHEAD or self._bytes_ahead >= _BYTES_AHEAD

    def _drop_results(self) -> None:
        # Nobody takes them any more, and a worker may wait for the place of a large one.
        while self._results:
            done = self._results.popleft()[2]
            if done is not None:
                done()

    def _over(self) -> bool:
        return self._ending or self._common.stopped or self._error is not None

    def _finished(self) -> bool:
        return self._busy == 0 if self._over() else self._pending == 0

    def _submit(self, job: Job[K, T]) -> None:
        at = redirects.start(job.request)
        with self._work:
            self._pending += 1
            self._lanes.add(Task(job, at))

    # ------------------------------------------------ threads

    def _on_turn(self, is_next: bool) -> None:  # noqa: FBT001 - given by Lanes
        if is_next:
            self._watcher = None  # whoever watches for the next turn waits too long
        if self._idle:
            self._work.notify()
        elif len(self._threads) < self._common.settings.workers and not self._over():
            thread = threading.Thread(target=self._serve, name=f"fetch-{len(self._threads)}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _take(self) -> tuple[Lane[K, T], Task[K, T]] | None:
        """The next task whose lane has its turn; waits for it. None when there is nothing more to do."""
        with self._work:
            while not self._over():
                wait = None
                if self._lanes and not self._is_full():
                    wait = self._lanes.wait()
                    if wait <= 0:
                        taken = self._lanes.take()
                        self._busy += 1
                        if self._lanes and self._watcher is None:
                            self._work.notify()
                        return taken
                    if self._watcher is not None:
                        wait = None  # one thread watches the clock, the others sleep
                me = threading.current_thread()
                if wait is not None:
                    self._watcher = me
                self._idle += 1
                self._work.wait(wait)
                self._idle -= 1
                if self._watcher is me:
                    self._watcher = None
            return None

    def _serve(self) -> None:
        while self._serve_one():
            pass  # nothing of a task may outlive its turn in an idle thread: its body can be large

    def _serve_one(self) -> bool:
        taken = self._take()
        if taken is None:
            return False
        try:
            self._perform(*taken)
        except BaseException as error:  # noqa: BLE001 - it is raised in the consumer's thread
            with self._done:
                self._error = self._error or error
        finally:
            with self._done:
                self._busy -= 1
                self._done.notify_all()
        return True

    def _perform(self, lane: Lane[K, T], task: Task[K, T]) -> None:
        url, key = task.at.url, lane_of(task.at.url)
        rest = None
        try:
            wait = 0.0 if self._steps.refuse(task) else self._common.take_turn(url)
            if 0 < wait <= _LONGEST_WAIT:
                with self._work:
                    lane.tasks.appendleft(task)
                rest = wait
                return
            if wait:
                task.at = left_alone(url, wait)
            asked, rest = self._steps.take(task, url)
        finally:
            with self._work:
                self._lanes.free(lane, key, rest)
        if asked is not None:
            self._settle(asked)

    def _settle(self, task: Task[K, T]) -> None:
        """Carry on: to the next hop, to the tasks that waited for robots.txt, or to the consumer."""
        if isinstance(task.at, Trail):
            if task.at.wait:
                time.sleep(task.at.wait)
            with self._work:
                self._lanes.add(task, first=True)
        elif task.job is None:
            with self._work:
                for waiting in self._steps.waited_for(task.origin):
                    self._steps.refuse(waiting)
                    self._lanes.add(waiting, first=True)
        else:
            try:
                result = task.job.then(task.at)
            except BaseException:
                if task.done is not None:
                    task.done()
                raise
            with self._done:
                size = len(task.at.body) if isinstance(task.at, Fetched) else 0
                self._results.append((task.job.key, result, task.done, size))
                self._bytes_ahead += size
                self._pending -= 1
                if self._ending:
                    self._drop_results()

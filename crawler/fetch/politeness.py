"""Many requests at once, one host at a time: jobs wait in a lane for each host and workers serve lanes by turn.

A lane is asked again only after its pause, whatever the number of workers; robots.txt is asked once for each origin
and takes a turn like any request; a redirect goes to the front of the lane of the host that it names. Where other
processes ask, too, each turn is also taken from what they share (`Turns`).
"""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, Protocol, TypeVar, runtime_checkable

from crawler.fetch import redirects
from crawler.fetch.hosts import HostBook, asks_for_a_moment, lane_of, state_keys
from crawler.fetch.redirects import Trail
from crawler.model import Failed, Fetched, HostState, Outcome, Request
from crawler.ports import Fetcher, Turns
from crawler.settings import FetchSettings
from crawler.urls import host_of, origin_of

K = TypeVar("K")
T = TypeVar("T")

_LOOK_AHEAD = 4000  # jobs taken from the iterable and not yet done
_RESULTS_AHEAD = 128  # results that wait for the consumer before workers pause
_BYTES_AHEAD = 4_000_000  # of the bodies that they were made from: what was parsed is several times as large
_LONGEST_WAIT = 60.0  # seconds that a run waits for a turn which others have; beyond, the host is left alone


@dataclass(frozen=True, slots=True)
class Job(Generic[K, T]):
    """A request and what is to be made of its outcome. `then` runs in a worker thread right after the fetch."""

    key: K
    request: Request
    then: Callable[[Outcome], T]


@runtime_checkable
class Stepping(Protocol):
    """A fetcher that gives redirects back, so that each hop takes its turn at its host."""

    def step(self, trail: Trail) -> Outcome | Trail:
        """One hop of a request."""
        ...

    def hand_over(self) -> Callable[[], None]:
        """What to call when the body that this thread's last step brought is done with."""
        ...

    def received(self) -> int:
        """Bytes that this thread's last step brought."""
        ...


@dataclass(slots=True, eq=False)
class _Task(Generic[K, T]):
    """A job on its way, or (without a job) the request for `origin`'s robots.txt."""

    job: Job[K, T] | None
    at: Outcome | Trail
    origin: str = ""
    done: Callable[[], None] | None = None  # frees what a large body occupies
    put_off: bool = False  # the server asked for a moment, and the request was sent again after it


@dataclass(slots=True, eq=False)
class _Lane(Generic[K, T]):
    """The tasks for one host; `ready_at` is the monotonic time of its next turn."""

    tasks: deque[_Task[K, T]] = field(default_factory=deque)
    ready_at: float = 0.0
    taken: bool = False  # in the heap or with a worker


@dataclass(slots=True)
class _Shared:
    """What the runs of one Dispatcher share."""

    fetcher: Fetcher
    settings: FetchSettings
    book: HostBook
    monotonic: Callable[[], float]
    turns: Turns | None = None
    # Re-entrant, because a signal handler that calls stop() may interrupt the thread which holds it.
    lock: threading.RLock = field(default_factory=threading.RLock)
    stopped: bool = False
    requests: int = 0
    received: int = 0
    exhausted: bool = False
    ready_at: dict[str, float] = field(default_factory=dict)

    def hop(self, trail: Trail) -> tuple[Outcome | Trail, Callable[[], None] | None]:
        """One request, and what to call when its body is done with. Redirects come back as steps from a fetcher that
        can give them."""
        fetcher = self.fetcher
        if not isinstance(fetcher, Stepping):
            outcome = fetcher.fetch(trail.request)
            self.count_bytes(len(outcome.body) if isinstance(outcome, Fetched) else 0)
            return outcome, None
        at, done = fetcher.step(trail), fetcher.hand_over()
        self.count_bytes(fetcher.received())
        if isinstance(at, Fetched):
            return at, done
        done()
        return at, None

    def take_turn(self, url: str) -> float:
        """Seconds until the host of `url` may be asked, 0 when its turn is ours; what others learned of it comes
        along."""
        if self.turns is None:
            return 0.0
        turn = self.turns.take(lane_of(url), host_of(url), state_keys(url))
        self.book.take_in(turn.states)
        return turn.wait

    def give_back_turn(self, url: str, rest: float | None) -> None:
        """End the turn; `rest` are the seconds until the next one, None when the host was not asked."""
        if self.turns is not None:
            host, long = host_of(url), self.book.long_pause(url) if rest is not None else 0.0
            self.turns.give_back(lane_of(url), host, rest, long, self.book.unsaved(state_keys(url)))

    def may_ask(self) -> bool:
        """Take one request from the run's budget; False, and the run ends, where nothing is left of it."""
        settings = self.settings
        with self.lock:
            spent = 0 < settings.max_requests <= self.requests or 0 < settings.max_total_bytes <= self.received
            if spent:
                self.exhausted = self.stopped = True
            else:
                self.requests += 1
            return not spent

    def count_bytes(self, count: int) -> None:
        """Note what a request brought."""
        with self.lock:
            self.received += count


class Dispatcher:
    """Runs jobs over at most `settings.workers` threads, so that no host sees more than one request at a time, nor two
    sooner than its pause: `settings.pause`, its Crawl-delay, or what it taught us, whichever is longest.

    Over all its runs it sends `settings.max_requests` requests (each hop and each robots.txt is one) and begins none
    after `settings.max_total_bytes` bytes came; then it stops by itself, and is `exhausted`.

    `hosts` is what is remembered of hosts; `changed_hosts` is what should be. One `run` at a time; pauses and what
    was learned hold from one run to the next. With `turns`, hosts are shared with other processes: pauses and what
    is learned of a host go through them with each request, and `hosts` may be empty.

    `ahead` is how many jobs are taken from their iterable before they are done.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        settings: FetchSettings,
        *,
        user_agent: str,
        hosts: Mapping[str, HostState],
        now: Callable[[], datetime],
        monotonic: Callable[[], float] = time.monotonic,
        turns: Turns | None = None,
        ahead: int | None = None,
    ) -> None:
        book = HostBook(settings, user_agent, hosts, now, monotonic)
        self._shared = _Shared(fetcher, settings, book, monotonic, turns)
        self._ahead = ahead or _LOOK_AHEAD
        self._wake: Callable[[], None] | None = None

    def run(self, jobs: Iterable[Job[K, T]]) -> Iterator[tuple[K, T]]:
        """Do all jobs; yields (key, what `then` returned) in the caller's thread, in order of completion.

        `jobs` is iterated in the caller's thread, a bounded number ahead. An exception that `then` raises is raised
        here as it is, after the requests under way have ended; so is one that the iterable raises. After `stop()`
        the requests under way are finished and yielded, and the rest is dropped.
        """
        current: _Run[K, T] = _Run(self._shared, self._ahead)
        with self._shared.lock:
            if self._wake is not None:
                raise RuntimeError("a Dispatcher does one run at a time")
            self._wake = current.wake
        try:
            yield from current.results(iter(jobs))
        finally:
            current.end()
            self._wake = None

    def stop(self) -> None:
        """Finish the requests under way, start no more, and let `run` end. May be called from a signal handler."""
        self._shared.stopped = True
        wake = self._wake
        if wake is not None:
            wake()

    @property
    def exhausted(self) -> bool:
        """The budget of requests or bytes is spent; jobs were or will be dropped."""
        return self._shared.exhausted

    def changed_hosts(self) -> list[HostState]:
        """What was learned of hosts since this Dispatcher was made."""
        return self._shared.book.changed()


class _Run(Generic[K, T]):
    """One call of `Dispatcher.run`: its lanes, its threads, its results."""

    def __init__(self, shared: _Shared, ahead: int) -> None:
        self._shared = shared
        self._ahead = ahead
        self._book = shared.book
        self._work = threading.Condition(shared.lock)
        self._done = threading.Condition(shared.lock)
        self._lanes: dict[str, _Lane[K, T]] = {}
        self._turns: list[tuple[float, int, _Lane[K, T]]] = []
        self._order = itertools.count()
        self._waiting: dict[str, list[_Task[K, T]]] = {}  # tasks that wait for an origin's robots.txt
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
            thread.join(self._shared.settings.timeout + 5)

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
        return self._ending or self._shared.stopped or self._error is not None

    def _finished(self) -> bool:
        return self._busy == 0 if self._over() else self._pending == 0

    def _submit(self, job: Job[K, T]) -> None:
        at = redirects.start(job.request)
        with self._work:
            self._pending += 1
            self._enqueue(_Task(job, at))

    # ------------------------------------------------ lanes, under the lock

    def _enqueue(self, task: _Task[K, T], *, first: bool = False) -> None:
        key = lane_of(task.at.url) if isinstance(task.at, Trail) else ""  # what needs no request waits for nobody
        lane = self._lanes.get(key)
        if lane is None:
            ready_at = self._shared.ready_at.get(key)
            if ready_at is None:
                ready_at = self._shared.monotonic() + self._book.rest(task.at.url) if key else 0.0
            lane = self._lanes[key] = _Lane(ready_at=ready_at)
        if first:
            lane.tasks.appendleft(task)
        else:
            lane.tasks.append(task)
        if not lane.taken:
            self._give_turn(lane)

    def _give_turn(self, lane: _Lane[K, T]) -> None:
        lane.taken = True
        heapq.heappush(self._turns, (lane.ready_at, next(self._order), lane))
        if self._turns[0][2] is lane:
            self._watcher = None  # whoever watches for the next turn waits too long
        if self._idle:
            self._work.notify()
        elif len(self._threads) < self._shared.settings.workers and not self._over():
            thread = threading.Thread(target=self._serve, name=f"fetch-{len(self._threads)}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _take(self) -> tuple[_Lane[K, T], _Task[K, T]] | None:
        """The next task whose lane has its turn; waits for it. None when there is nothing more to do."""
        with self._work:
            while not self._over():
                wait = None
                if self._turns and not self._is_full():
                    wait = self._turns[0][0] - self._shared.monotonic()
                    if wait <= 0:
                        lane = heapq.heappop(self._turns)[2]
                        self._busy += 1
                        if self._turns and self._watcher is None:
                            self._work.notify()
                        return lane, lane.tasks.popleft()
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

    def _free(self, lane: _Lane[K, T], key: str, rest: float | None) -> None:
        """Give a lane back; `rest` are the seconds until its next turn, None when its host was not asked."""
        if rest is not None:
            lane.ready_at = self._shared.ready_at[key] = self._shared.monotonic() + rest
        lane.taken = False
        if rest and lane.tasks and self._refuse(lane.tasks[0]):
            # The host's standing changed: whatever it refuses now need not wait for its pause.
            tasks, lane.tasks = lane.tasks, deque()
            for task in tasks:
                self._refuse(task)
                self._enqueue(task)
        elif lane.tasks:
            self._give_turn(lane)

    def _refuse(self, task: _Task[K, T]) -> bool:
        """Settle a task without a request where its host is not to be asked, or robots.txt forbids it."""
        if isinstance(task.at, Trail):
            refused = self._book.refusal(task.at.url)
            if refused is None and self._obeys(task):
                verdict = self._book.robots(task.at.url)
                refused = verdict if isinstance(verdict, Failed) else None
            if refused is None:
                return False
            task.at = refused
            if task.job is None:
                self._book.learn_robots(task.origin, refused)
        return True

    def _obeys(self, task: _Task[K, T]) -> bool:
        if task.job is None:
            return False
        purpose = task.job.request.purpose
        return purpose in ("page", "link") or (purpose == "feed" and self._shared.settings.obey_robots_for_feeds)

    # ------------------------------------------------ the workers' side

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

    def _perform(self, lane: _Lane[K, T], task: _Task[K, T]) -> None:
        url, key = task.at.url, lane_of(task.at.url)
        rest = None
        try:
            wait = 0.0 if self._refuse(task) else self._shared.take_turn(url)
            if 0 < wait <= _LONGEST_WAIT:
                with self._work:
                    lane.tasks.appendleft(task)
                rest = wait
                return
            if wait:
                task.at = _left_alone(url, wait)
            asked, rest = self._take_step(task, url)
        finally:
            with self._work:
                self._free(lane, key, rest)
        if asked is not None:
            self._settle(asked)

    def _take_step(self, task: _Task[K, T], url: str) -> tuple[_Task[K, T] | None, float | None]:
        """Send what is to be sent now; returns what came of it, if anything did, and the seconds until the next turn.
        A turn that was taken ends here."""
        if not isinstance(task.at, Trail):
            return task, None
        rest = None
        try:
            asked = task if self._refuse(task) else self._next_step(task)
            if asked is not None and isinstance(asked.at, Trail):
                if not self._shared.may_ask():
                    return None, None
                rest = self._ask(asked)
        finally:
            self._shared.give_back_turn(url, rest)
        return asked, rest

    def _next_step(self, task: _Task[K, T]) -> _Task[K, T] | None:
        """What to ask now: for the task itself, for the robots.txt before it, or nothing, as others ask for that."""
        assert isinstance(task.at, Trail)
        if not self._obeys(task):
            return task
        origin = origin_of(task.at.url)
        with self._work:
            verdict = self._book.robots(task.at.url)
            if verdict != "ask":
                if verdict is not None:  # somebody learned it a moment ago
                    task.at = verdict
                return task
            waiting = self._waiting.get(origin)
            if waiting is not None:
                waiting.append(task)
                return None
            self._waiting[origin] = [task]
        request = Request(f"{origin}/robots.txt", "robots")
        return _Task(None, Trail(request, request.url), origin)

    def _ask(self, task: _Task[K, T]) -> float:
        """Send the request; the task then stands where it led. Returns the seconds until the host's next turn."""
        assert isinstance(task.at, Trail)
        trail = task.at
        task.at, task.done = self._shared.hop(trail)
        if isinstance(task.at, Failed) and not task.put_off and asks_for_a_moment(task.at):
            rest = self._book.note(trail.url, task.at)
            task.at, task.put_off = trail, True
            return rest
        if task.job is None and not isinstance(task.at, Trail):
            self._book.learn_robots(task.origin, task.at)  # before the turn ends, which its Crawl-delay may lengthen
        return self._book.note(trail.url, None if isinstance(task.at, Trail) else task.at)

    def _settle(self, task: _Task[K, T]) -> None:
        """Carry on: to the next hop, to the tasks that waited for robots.txt, or to the consumer."""
        if isinstance(task.at, Trail):
            if task.at.wait:
                time.sleep(task.at.wait)
            with self._work:
                self._enqueue(task, first=True)
        elif task.job is None:
            with self._work:
                for waiting in reversed(self._waiting.pop(task.origin)):
                    self._refuse(waiting)
                    self._enqueue(waiting, first=True)
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


def _left_alone(url: str, wait: float) -> Failed:
    message = f"{host_of(url)} is to be asked again in {wait:.0f} s, as it wants or was found to need"
    return Failed(url, "robots", message, passing=True, retry_after=wait)

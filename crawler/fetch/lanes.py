"""Lanes: the tasks for one host stand in one line, and lines have their turns by the clock."""

from __future__ import annotations

import heapq
import itertools
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic

from crawler.fetch.common import Common
from crawler.fetch.hosts import lane_of
from crawler.fetch.redirects import Trail
from crawler.fetch.task import K, T, Task


@dataclass(slots=True, eq=False)
class Lane(Generic[K, T]):
    """The tasks for one host; `ready_at` is the monotonic time of its next turn."""

    tasks: deque[Task[K, T]] = field(default_factory=deque)
    ready_at: float = 0.0
    taken: bool = False  # in the heap or with a worker


class Lanes(Generic[K, T]):
    """The lanes of one run. Every method is called under the lock of `common`.

    `refuse` settles a task without a request where that is possible; `on_turn` is told whenever a lane gets a turn,
    and whether that one is now the first.
    """

    def __init__(self, common: Common, refuse: Callable[[Task[K, T]], bool], on_turn: Callable[[bool], None]) -> None:
        self._common = common
        self._refuse = refuse
        self._on_turn = on_turn
        self._lanes: dict[str, Lane[K, T]] = {}
        self._turns: list[tuple[float, int, Lane[K, T]]] = []
        self._order = itertools.count()

    def add(self, task: Task[K, T], *, first: bool = False) -> None:
        """Put a task into the lane of the host that it asks next, behind the others or before them."""
        key = lane_of(task.at.url) if isinstance(task.at, Trail) else ""  # what needs no request waits for nobody
        lane = self._lanes.get(key)
        if lane is None:
            ready_at = self._common.ready_at.get(key)
            if ready_at is None:
                ready_at = self._common.monotonic() + self._common.book.rest(task.at.url) if key else 0.0
            lane = self._lanes[key] = Lane(ready_at=ready_at)
        if first:
            lane.tasks.appendleft(task)
        else:
            lane.tasks.append(task)
        if not lane.taken:
            self._give_turn(lane)

    def __bool__(self) -> bool:
        """Whether some lane has a turn, now or later."""
        return bool(self._turns)

    def wait(self) -> float:
        """Seconds until the next turn; not above 0 where it has come."""
        return self._turns[0][0] - self._common.monotonic()

    def take(self) -> tuple[Lane[K, T], Task[K, T]]:
        """The lane whose turn is the next one, with its first task."""
        lane = heapq.heappop(self._turns)[2]
        return lane, lane.tasks.popleft()

    def free(self, lane: Lane[K, T], key: str, rest: float | None) -> None:
        """Give a lane back; `rest` are the seconds until its next turn, None when its host was not asked."""
        if rest is not None:
            lane.ready_at = self._common.ready_at[key] = self._common.monotonic() + rest
        lane.taken = False
        if rest and lane.tasks and self._refuse(lane.tasks[0]):
            # The host's standing changed: whatever it refuses now need not wait for its pause.
            tasks, lane.tasks = lane.tasks, deque()
            for task in tasks:
                self._refuse(task)
                self.add(task)
        elif lane.tasks:
            self._give_turn(lane)

    def _give_turn(self, lane: Lane[K, T]) -> None:
        lane.taken = True
        heapq.heappush(self._turns, (lane.ready_at, next(self._order), lane))
        self._on_turn(self._turns[0][2] is lane)

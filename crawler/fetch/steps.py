"""One step of a task at its host: what is to be asked of it, robots.txt first, and what is not to be asked."""

from __future__ import annotations

from typing import Generic

from crawler.fetch.common import Common
from crawler.fetch.hosts import asks_for_a_moment
from crawler.fetch.redirects import Trail
from crawler.fetch.task import K, T, Task
from crawler.model import Failed, Request
from crawler.urls import host_of, origin_of


class Steps(Generic[K, T]):
    """The steps of one run's tasks. May be used from many threads."""

    def __init__(self, common: Common) -> None:
        self._common = common
        self._book = common.book
        self._waiting: dict[str, list[Task[K, T]]] = {}  # tasks that wait for an origin's robots.txt

    def take(self, task: Task[K, T], url: str) -> tuple[Task[K, T] | None, float | None]:
        """Send what is to be sent now; returns what came of it, if anything did, and the seconds until the next turn.
        A turn that was taken ends here."""
        if not isinstance(task.at, Trail):
            return task, None
        rest = None
        try:
            asked = task if self.refuse(task) else self._next_step(task)
            if asked is not None and isinstance(asked.at, Trail):
                if not self._common.may_ask():
                    return None, None
                rest = self._ask(asked)
        finally:
            self._common.give_back_turn(url, rest)
        return asked, rest

    def _next_step(self, task: Task[K, T]) -> Task[K, T] | None:
        """What to ask now: for the task itself, for the robots.txt before it, or nothing, as others ask for that."""
        assert isinstance(task.at, Trail)
        if not self._obeys(task):
            return task
        origin = origin_of(task.at.url)
        with self._common.lock:
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
        return Task(None, Trail(request, request.url), origin)

    def _ask(self, task: Task[K, T]) -> float:
        """Send the request; the task then stands where it led. Returns the seconds until the host's next turn."""
        assert isinstance(task.at, Trail)
        trail = task.at
        task.at, task.done = self._common.hop(trail)
        if isinstance(task.at, Failed) and not task.put_off and asks_for_a_moment(task.at):
            rest = self._book.note(trail.url, task.at)
            task.at, task.put_off = trail, True
            return rest
        if task.job is None and not isinstance(task.at, Trail):
            self._book.learn_robots(task.origin, task.at)  # before the turn ends, which its Crawl-delay may lengthen
        return self._book.note(trail.url, None if isinstance(task.at, Trail) else task.at)

    def refuse(self, task: Task[K, T]) -> bool:
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

    def _obeys(self, task: Task[K, T]) -> bool:
        if task.job is None:
            return False
        purpose = task.job.request.purpose
        return purpose in ("page", "link") or (purpose == "feed" and self._common.settings.obey_robots_for_feeds)

    def waited_for(self, origin: str) -> list[Task[K, T]]:
        """The tasks that waited for an origin's robots.txt, the last one first; they wait for it no more."""
        return self._waiting.pop(origin)[::-1]


def left_alone(url: str, wait: float) -> Failed:
    """What becomes of a request to a host that is not to be asked for longer than a run waits."""
    message = f"{host_of(url)} is to be asked again in {wait:.0f} s, as it wants or was found to need"
    return Failed(url, "robots", message, passing=True, retry_after=wait)

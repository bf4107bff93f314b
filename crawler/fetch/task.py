"""What is to be asked: jobs as callers give them, and as they are on their way from hop to hop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar, runtime_checkable

from crawler.fetch.redirects import Trail
from crawler.model import Outcome, Request

K = TypeVar("K")
T = TypeVar("T")


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
class Task(Generic[K, T]):
    """A job on its way, or (without a job) the request for `origin`'s robots.txt."""

    job: Job[K, T] | None
    at: Outcome | Trail
    origin: str = ""
    done: Callable[[], None] | None = None  # frees what a large body occupies
    put_off: bool = False  # the server asked for a moment, and the request was sent again after it

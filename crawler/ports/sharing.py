"""Sharing a store, and the turns at hosts, with other processes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from crawler.model import HostState


@dataclass(frozen=True, slots=True)
class Turn:
    """Who asked for a turn at a host may ask it now (`wait` is 0) or should come back after `wait` seconds. `states`
    is what all processes together know of the host."""

    wait: float = 0.0
    states: tuple[HostState, ...] = ()


class Turns(Protocol):
    """Turns at hosts, over all processes that share a store: no host has two at once, nor two sooner than its pause."""

    def take(self, lane: str, host: str, keys: Collection[str]) -> Turn:
        """Try to take the turn of a lane (a host, or the platform that houses it). `keys` name the states wanted."""
        ...

    def give_back(self, lane: str, host: str, rest: float | None, long: float, states: Sequence[HostState]) -> None:
        """End a turn that was taken. The lane's next one is after `rest` seconds (None: nothing was asked), this
        host's after `long`; `states` are remembered for all."""
        ...


class Sharing(Turns, Protocol):
    """What several runs on one store need to share its work: each source is in the hands of one run at a time.

    Whatever a process holds comes free when it ends, however it ended. Raises errors of the StoreError branch.
    """

    def joined(self) -> AbstractContextManager[None]:
        """Held by a run while it leases sources and takes turns."""
        ...

    def lease(self, sources: Collection[str]) -> set[str]:
        """Those of the sources that are in nobody's hands, which are in ours now."""
        ...

    def release(self, sources: Collection[str]) -> None:
        """Give sources back; those that are not ours are left alone."""
        ...

    def linking(self) -> AbstractContextManager[None]:
        """Held while copies are linked; waits for another process that does it."""
        ...

    def close(self) -> None:
        """Release the connections."""
        ...

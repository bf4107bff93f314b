"""The web: asking it (`Fetcher`) and speaking to a service (`Poster`), within bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from crawler.model import Outcome, Request


class Fetcher(Protocol):
    """Asks the web, politely and within bounds. Trouble is a value, never an exception."""

    def fetch(self, request: Request) -> Outcome:
        """One exchange, redirects followed. Blocks; may be called from many threads at once."""
        ...

    def close(self) -> None:
        """Close idle connections."""
        ...


# ---------------------------------------------------------------- speaking to a service


@dataclass(frozen=True, slots=True)
class Call:
    """A request that changes something elsewhere. `url` and `headers` may hold secrets: neither is ever shown."""

    method: Literal["GET", "POST", "PUT"]
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a service answered, whatever the status. Names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class NoReply:
    """No answer came. `unsure`: the request may have arrived all the same. `message` names no address."""

    message: str
    unsure: bool = False


class Poster(Protocol):
    """Speaks to a service over HTTP, within bounds. Trouble is a value, never an exception."""

    def call(self, call: Call) -> Reply | NoReply:
        """One exchange; redirects are not followed, and nothing is ever sent a second time."""
        ...

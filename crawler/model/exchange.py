"""One exchange with the web: what is asked, and every way in which it may end, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Request:
    """One GET. Validators are sent back byte for byte (RFC 9110 section 13.1).

    A "link" is asked only for whether it answers: like a page, but its body may be cut short.
    """

    url: str
    purpose: Literal["feed", "page", "link", "robots"] = "feed"
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A complete answer with a body. `url` is the final address; header names are in lower case.

    `moved_to` is set when every hop was permanent (301, 308): the address that the subscription should follow.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    moved_to: str | None = None

    @property
    def etag(self) -> str | None:
        return self.headers.get("etag")

    @property
    def last_modified(self) -> str | None:
        return self.headers.get("last-modified")


@dataclass(frozen=True, slots=True)
class NotModified:
    """304: what we have is current. It may carry new validators."""

    url: str
    headers: Mapping[str, str]
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """410: the address was retired for good."""

    url: str
    status: int = 410


FailureKind = Literal[
    "timeout",
    "connection",
    "dns",
    "tls",
    "status",
    "too_large",
    "unsafe",
    "robots",
    "redirect",
    "encoding",
    "parse",
    "bug",
]


UNREACHABLE: frozenset[FailureKind] = frozenset({"timeout", "connection", "dns", "tls"})
"""Kinds of failures in which no server answered."""


@dataclass(frozen=True, slots=True)
class Failed:
    """No usable answer. `passing` tells a trouble that may be over next time (time-outs, 5xx, 429)."""

    url: str
    kind: FailureKind
    message: str
    status: int | None = None
    passing: bool = True
    retry_after: float | None = None  # seconds from the answer, as the server asked


Outcome = Fetched | NotModified | Gone | Failed

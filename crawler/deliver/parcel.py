"""What every sink is given, and what it must be able to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from crawler.errors import DeliverError
from crawler.model import Issue
from crawler.ports import Poster
from crawler.urls import is_web_url

_SHORTEST_PART = 8


class Rejected(DeliverError):
    """One recipient was refused for good or for now; the others may still get theirs."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """An issue to deliver. `folder` holds its rendered files, `address` is where it stands on the web, and
    `rendered` gives it in a format of `crawler.render`."""

    issue: Issue
    heading: str
    address: str | None
    folder: Path
    rendered: Callable[[str], bytes]


@dataclass(slots=True)
class Tools:
    """The outside as sinks see it. `base` is the folder of sources.yaml. Secrets come from `environ` alone."""

    poster: Poster
    environ: Mapping[str, str]
    base: Path
    now: Callable[[], datetime]
    sleep: Callable[[float], None]
    _secrets: set[str] = field(default_factory=set)

    def secret(self, variable: str) -> str:
        """The value of an environment variable. Raises DeliverError where it is not set."""
        value = self.environ.get(variable, "").strip()
        if not value:
            raise DeliverError(f"the environment variable {variable} is not set; put the secret there")
        self._secrets.add(value)
        # Of a secret address the parts of its path are what is secret, and what a service may repeat.
        self._secrets.update(part for part in _parts_of(value) if len(part) >= _SHORTEST_PART)
        return value

    def scrubbed(self, message: str) -> str:
        """A message without any secret that was handed out, whoever put it there."""
        for value in sorted(self._secrets, key=len, reverse=True):
            message = message.replace(value, "…")
        return message


def _parts_of(value: str) -> list[str]:
    """The parts of the path and query of a web address; nothing for what is none."""
    if not is_web_url(value):
        return []
    parts = urlsplit(value)
    return [*parts.path.split("/"), *re.split(r"[&=]", parts.query)]


class Sink(Protocol):
    """A way to readers. Whoever holds it records each recipient as soon as `send` returned."""

    def recipients(self) -> Sequence[str]:
        """Who gets the issue, by names that hold no secret and stay the same from run to run."""
        ...

    def plan(self, recipient: str) -> str:
        """What `send` would do, for a dry run: one line, without asking anybody."""
        ...

    def send(self, recipient: str) -> None:
        """Deliver to one recipient. Raises Rejected where only this one fails, else DeliverError, with the next
        step."""
        ...

    def close(self) -> None:
        """End what is still open."""
        ...

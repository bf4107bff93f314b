"""What a job says. Its payload is read by other versions of this program, too, while an upgrade is under way.

A field may be added with a default; whoever does not know it leaves it out. A change that a worker of this version
would get wrong raises `VERSION`: such jobs stand in queues of their own, to which only newer workers listen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any, Literal, get_args

Kind = Literal["fetch", "extract", "link"]
QueueName = Literal["fetch", "extract"]

VERSION = 2
"""The latest that is read here. From 1 on sources are asked, articles read and copies linked; from 2 on a source is
asked for its archive, too. A job is of the earliest version whose workers do it right."""
_BACKFILL_VERSION = 2
QUEUES: tuple[QueueName, ...] = get_args(QueueName)
_QUEUE_OF: Mapping[Kind, QueueName] = {"fetch": "fetch", "extract": "extract", "link": "extract"}


class NewerPayload(Exception):
    """The job was written by a later version, and is left for its workers."""


@dataclass(frozen=True, slots=True)
class Job:
    """A source to ask, a portion of its articles to read, or copies to link.

    `source` is a slug (empty for links), `lane` the host or platform that is asked (see `crawler.fetch.hosts`),
    `seen_at` what becomes the first sight of what is new: the same for all jobs that were enqueued together;
    `backfill` asks for the whole archive.
    `tries` counts what went wrong so far, `doubts` how often the network seemed to be away; `error` is the last
    trouble.
    """

    kind: Kind
    source: str = ""
    lane: str = ""
    seen_at: datetime | None = None
    everything: bool = False
    backfill: bool = False
    tries: int = 0
    doubts: int = 0
    error: str = ""
    version: int = 1

    def __post_init__(self) -> None:
        if self.backfill:
            object.__setattr__(self, "version", max(self.version, _BACKFILL_VERSION))

    @property
    def queue(self) -> str:
        """The queue that it stands in."""
        return queue_name(_QUEUE_OF[self.kind], self.version)

    @property
    def key(self) -> str:
        """Two jobs with one key never wait at once."""
        return f"{'backfill' if self.backfill else self.kind}:{self.source}"

    @property
    def lock(self) -> str:
        """Two jobs with one lock are never done at once: a slot of a worker is no place to wait for a host."""
        return self.lane or self.key

    def again(self, error: str = "") -> Job:
        """The job as it is tried once more."""
        return replace(self, tries=self.tries + 1, error=error)

    def payload(self) -> dict[str, Any]:
        """The job as JSON."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {**values, "seen_at": self.seen_at.astimezone(UTC).isoformat() if self.seen_at else None}


def job_of(payload: Mapping[str, Any]) -> Job:
    """The job behind a payload. Raises NewerPayload for one of a later version."""
    if payload.get("version", 1) > VERSION:
        raise NewerPayload
    known = {field.name: payload[field.name] for field in fields(Job) if field.name in payload}
    seen_at = known.get("seen_at")
    return Job(**{**known, "seen_at": datetime.fromisoformat(seen_at) if seen_at else None})


def queue_name(queue: QueueName, version: int = VERSION) -> str:
    """Where jobs of a version stand: `fetch`, and `fetch.2` for those that version 1 cannot read."""
    return queue if version == 1 else f"{queue}.{version}"


def queues_to_serve(queues: Sequence[QueueName]) -> list[str]:
    """The queues that a worker of this version listens to: those of its own and of earlier ones."""
    return [queue_name(queue, version) for version in range(VERSION, 0, -1) for queue in queues]

"""A source: its line of sources.yaml, the documents that it gives, and what is remembered of it between two checks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from crawler.model.article import Entry

SourceKind = Literal["feed", "sitemap", "listing"]


@dataclass(frozen=True, slots=True)
class Source:
    """A line of sources.yaml. `slug` is the key of everything that the store remembers of it."""

    slug: str
    url: str
    name: str
    kind: SourceKind = "feed"
    company: str | None = None
    homepage: str | None = None
    tags: tuple[str, ...] = ()
    weight: float = 1.0
    language: str | None = None
    confirmed: bool = True
    deduplicate: bool = True
    include: tuple[str, ...] = ()  # URL patterns (regular expressions) of a sitemap or listing
    exclude: tuple[str, ...] = ()
    select: str | None = None  # CSS selector of a listing's article links, where inference is not enough


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """A document of entries as read. `format` is rss20, atom10, rdf, json, sitemap, listing, …

    `wait_seconds` is what the document itself asks for between two checks (RSS ttl, sy:updatePeriod);
    `skip_hours` (0-23, UTC) and `skip_days` (0 Monday - 6 Sunday) are times to stay away (RSS 2.0).
    """

    format: str
    title: str
    url: str | None
    entries: tuple[Entry, ...]
    language: str | None = None
    wait_seconds: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


FeedState = Literal["new", "ok", "failing", "gone", "moved", "held"]


@dataclass(frozen=True, slots=True)
class Feed:
    """What we remember of a source between two checks."""

    source: str
    url: str  # as configured when the validators were stored
    current_url: str | None = None
    state: FeedState = "new"
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    failures: int = 0
    last_error: str | None = None
    last_checked_at: datetime | None = None
    begun_at: datetime | None = None  # its first successful reading
    backfilled_at: datetime | None = None  # when its archive was read to the end
    last_success_at: datetime | None = None
    next_check_at: datetime | None = None
    interval: float | None = None  # seconds between two checks, by the source's own rhythm
    usual_new: float | None = None  # running mean of new entries in a check that brought any
    move_target: str | None = None
    move_seen: int = 0
    language: str | None = None
    move_since: datetime | None = None  # when `move_target` was first seen
    asked_at: datetime | None = None  # when it was first asked, whatever came of it
    wait_seconds: int | None = None  # what the last document that was read asks for, as in FeedDocument
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class HostState:
    """What we remember of a host: its robots.txt and whether it asked us to slow down."""

    host: str
    robots_text: str | None = None
    robots_expires_at: datetime | None = None
    blocked_until: datetime | None = None
    pause: float | None = None

"""Checks of a feed and their outcomes."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from crawler.model import Failed, Feed, FeedDocument, Fetched, NotModified, Outcome
from crawler.schedule import after_check
from crawler.settings import FetchSettings

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)  # a Wednesday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
URL = "https://blog.example/feed"
FEED = Feed("blog", URL, state="ok", etag='"1"', last_modified="then", body_hash="h1", interval=7200.0)
SETTINGS = FetchSettings()
DOCUMENT = FeedDocument("rss20", "Blog", None, ())


def fetched(moved_to: str | None = None, **headers: str) -> Fetched:
    return Fetched(URL, 200, {name.replace("_", "-"): value for name, value in headers.items()}, b"x", moved_to)


def unchanged(moved_to: str | None = None, **headers: str) -> NotModified:
    return NotModified(URL, {name.replace("_", "-"): value for name, value in headers.items()}, moved_to)


def failure(status: int | None = 503, *, passing: bool = True, retry_after: float | None = None) -> Failed:
    return Failed(URL, "status", f"{status} it says", status, passing, retry_after)


def check(
    outcome: Outcome,
    feed: Feed = FEED,
    document: FeedDocument | None = None,
    dates: Sequence[datetime] = (),
    settings: FetchSettings = SETTINGS,
    seed: int = 0,
    body_hash: str | None = "h2",
    now: datetime = NOW,
) -> Feed:
    return after_check(
        feed, outcome, document, now=now, settings=settings, dates=dates, rng=random.Random(seed), body_hash=body_hash
    )


def wait(feed: Feed) -> float:
    assert feed.next_check_at is not None
    return (feed.next_check_at - NOW).total_seconds()

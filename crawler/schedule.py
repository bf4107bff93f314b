"""When to ask again: a feed's state after a check, and a page's after a failure. Pure; time and chance come in.

Each source is asked by its own rhythm, never sooner than `min_interval`, and later where the publisher asks for it:
the latest wish wins, up to `max_interval`, so that a wrong value cannot silence a source for ever.
"""

from __future__ import annotations

import hashlib
import itertools
import random
import statistics
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from crawler.headers import freshness
from crawler.model import Failed, Feed, FeedDocument, Fetched, Gone, NotModified, Outcome, PageState, Source
from crawler.settings import FetchSettings

_HOUR = 3600.0
_DAY = 86400.0
_WEEK = 7 * _DAY
_UNKNOWN_RHYTHM = _DAY / 2
_RECENT = 15  # entries whose gaps tell the rhythm
_QUIET = 30 * _DAY  # silence after which a source is asked more and more rarely
_LEAST_MOVES, _MOST_MOVES = 3, 6
_LOST_AFTER = 3  # failures in a row at an address that a source moved to
_STEADY = 24  # shortest intervals, a day by default, between the first and the last sighting of a move
# Most of the tries lie in the first days: what an overloaded server lost is had within a week.
_PAGE_WAITS = (
    *(_HOUR, 4 * _HOUR, 12 * _HOUR, _DAY, _DAY, _DAY, 2 * _DAY, 3 * _DAY, 4 * _DAY),
    *(_WEEK, _WEEK, _WEEK),
)
_FINAL = 30 * _DAY
_SKEW = timedelta(days=1)


def for_source(feed: Feed | None, source: Source) -> Feed:
    """What is remembered of a source as sources.yaml has it now.

    A changed address starts anew: validators, redirects, failures and an end by 410 belonged to the old one. What
    describes the publisher stays. Under a changed kind, selector or pattern the document that we have is not read yet.
    """
    if feed is None:
        return Feed(source.slug, source.url)
    if feed.url == source.url:
        return feed if _reading_in(feed.body_hash) in (None, _reading(source)) else _unread(feed)
    return Feed(
        source.slug,
        source.url,
        state="held" if feed.state == "held" else "new",
        begun_at=feed.begun_at,
        usual_new=feed.usual_new,
        language=feed.language,
    )


def body_hash(source: Source, body: bytes) -> str:
    """Names a document as a source reads it: by its bytes, and by how articles are found in them."""
    return _reading(source) + hashlib.sha256(body).hexdigest()


def _reading(source: Source) -> str:
    """What decides which articles are found in the same bytes; nothing for a feed, whose entries are all meant."""
    if source.kind == "feed":
        return ""
    how = repr((source.kind, source.include, source.exclude, source.select))
    return hashlib.sha256(how.encode("utf-8", "surrogatepass")).hexdigest()[:16] + ":"


def _reading_in(body_hash: str | None) -> str | None:
    """How the document that a hash names was read; None where none is remembered."""
    if body_hash is None:
        return None
    reading, colon, _ = body_hash.rpartition(":")
    return reading + colon


def _unread(feed: Feed) -> Feed:
    state = feed.state if feed.state in ("held", "gone") else "new"
    return replace(feed, state=state, etag=None, last_modified=None, body_hash=None)


def is_due(feed: Feed | None, now: datetime, *, everything: bool = False) -> bool:
    """Whether a source is to be asked now.

    A source that ended (410) never is, until its address changes. `everything` overrides our own schedule; what a
    server asked for with Retry-After is kept by the host's memory, whatever is due. A last check that lies in the
    future shows that the clock was wrong, so that the time of the next one means nothing.
    """
    if feed is None:
        return True
    if feed.state == "gone":
        return False
    if everything or feed.next_check_at is None:
        return True
    if feed.last_checked_at is not None and feed.last_checked_at > now + _SKEW:
        return True
    return feed.next_check_at <= now


def after_check(
    feed: Feed,
    outcome: Outcome,
    document: FeedDocument | None,
    *,
    now: datetime,
    settings: FetchSettings,
    rng: random.Random,
    dates: Sequence[datetime] = (),
    body_hash: str | None = None,
) -> Feed:
    """The feed's state after a check.

    `document` is what was read (None where nothing new came), `dates` the publisher's dates of its entries,
    `body_hash` names the bytes that were read completely. Validators follow RFC 9110 and 9111: a complete answer
    replaces or drops them, a 304 may renew them (RFC 9111 section 4.3.4), a failure never touches them.
    """
    if isinstance(outcome, Gone | Failed):
        feed = replace(feed, asked_at=feed.asked_at or now)
        if isinstance(outcome, Gone):
            return _after_gone(feed, now, settings, rng)
        return _after_failure(feed, outcome, now, settings, rng)
    etag, last_modified, body_hash = _validators(feed, outcome, body_hash)
    feed = replace(feed, etag=etag, last_modified=last_modified, body_hash=body_hash)
    return _after_answer(feed, outcome, document, now=now, settings=settings, rng=rng, dates=dates)


def _after_answer(
    feed: Feed,
    outcome: Fetched | NotModified,
    document: FeedDocument | None,
    *,
    now: datetime,
    settings: FetchSettings,
    rng: random.Random,
    dates: Sequence[datetime],
) -> Feed:
    said = document or feed  # a 304 does not say it again, and it still holds
    interval = _interval(feed, document, dates, now, settings)
    feed = _follow_move(feed, outcome.moved_to, interval, now, settings)
    state: Literal["held", "moved", "ok"] = "moved" if feed.current_url else "ok"
    return replace(
        feed,
        state="held" if feed.state == "held" else state,
        failures=0,
        last_error=None,
        last_checked_at=now,
        begun_at=feed.begun_at or now,
        last_success_at=now,
        next_check_at=_next_check(outcome, said, interval, now=now, settings=settings, rng=rng),
        interval=interval,
        asked_at=feed.asked_at or now,
        wait_seconds=said.wait_seconds,
        skip_hours=said.skip_hours,
        skip_days=said.skip_days,
    )


def _validators(
    feed: Feed, outcome: Fetched | NotModified, body_hash: str | None
) -> tuple[str | None, str | None, str | None]:
    """ETag, Last-Modified and the hash of the body, as an answer leaves them."""
    if isinstance(outcome, Fetched):
        return outcome.etag or None, outcome.last_modified or None, body_hash
    headers = outcome.headers
    return headers.get("etag") or feed.etag, headers.get("last-modified") or feed.last_modified, feed.body_hash


def page_retry(tries: int, outcome: Outcome, now: datetime, rng: random.Random) -> tuple[PageState, datetime]:
    """What becomes of a page that could not be read, at its `tries`th attempt (from 1), and when to ask again.

    A passing trouble is tried again after an hour, four hours, half a day, then daily, more and more rarely, for some
    five weeks; 403, 404, 410, robots.txt and everything else that will not pass soon is final for thirty days, as is a
    trouble that stays.
    """
    if isinstance(outcome, Failed) and outcome.passing and tries <= len(_PAGE_WAITS):
        wait = max(_PAGE_WAITS[max(tries, 1) - 1] * rng.uniform(0.85, 1.0), min(outcome.retry_after or 0.0, _FINAL))
        return "pending", now + timedelta(seconds=wait)
    return "failed", now + timedelta(seconds=_FINAL)


# ---------------------------------------------------------------- what follows from an outcome


def _after_gone(feed: Feed, now: datetime, settings: FetchSettings, rng: random.Random) -> Feed:
    if feed.current_url is not None:
        # The address that we were sent to has ended, not the one that the person subscribed to.
        lost = Failed(feed.current_url, "status", f"{feed.current_url} answers 410 Gone", 410, passing=True)
        return _after_failure(_moved_back(feed), lost, now, settings, rng)
    return replace(
        feed,
        state="gone",
        failures=feed.failures + 1,
        last_error="410 Gone",
        last_checked_at=now,
        next_check_at=None,
    )


def _after_failure(feed: Feed, failed: Failed, now: datetime, settings: FetchSettings, rng: random.Random) -> Feed:
    failures = feed.failures + 1
    if feed.current_url is not None and failures >= _LOST_AFTER:
        feed = _moved_back(feed)
    longest = _DAY if failed.passing else _WEEK
    wait = min(settings.min_interval * 2.0 ** min(failures - 1, 20), max(longest, settings.min_interval))
    # Spread upwards, so that sources that failed together do not come back together.
    wait = max(wait * rng.uniform(1.0, 1.25), failed.retry_after or 0.0)
    return replace(
        feed,
        state="held" if feed.state == "held" else "failing",  # what is held stays so until somebody looked at it
        failures=failures,
        last_error=failed.message,
        last_checked_at=now,
        next_check_at=now + timedelta(seconds=min(wait, settings.max_interval)),
    )


def _moved_back(feed: Feed) -> Feed:
    """The feed at the address that the person gave: a move may be taken back, and its target end."""
    return _without_move(replace(feed, current_url=None, etag=None, last_modified=None, body_hash=None))


def _follow_move(feed: Feed, moved_to: str | None, interval: float, now: datetime, settings: FetchSettings) -> Feed:
    """Count a permanent redirect; follow it once it was seen steadily: in three checks, up to six of a source that
    is asked every few hours, and over a day at least, however often somebody asks by hand."""
    asked = feed.current_url or feed.url
    if moved_to is None or moved_to == asked or _downgrades(asked, moved_to):
        return _without_move(feed)
    again = moved_to == feed.move_target
    seen = feed.move_seen + 1 if again else 1
    since = feed.move_since if again and feed.move_since is not None else now
    needed = min(max(_LEAST_MOVES, round(_DAY / interval)), _MOST_MOVES)
    if seen < needed or (now - since).total_seconds() < _STEADY * settings.min_interval:
        return replace(feed, move_target=moved_to, move_seen=seen, move_since=since)
    return replace(_without_move(feed), current_url=None if moved_to == feed.url else moved_to)


def _without_move(feed: Feed) -> Feed:
    if feed.move_target is None and not feed.move_seen and feed.move_since is None:
        return feed
    return replace(feed, move_target=None, move_seen=0, move_since=None)


def _downgrades(asked: str, target: str) -> bool:
    return asked.lower().startswith("https:") and not target.lower().startswith("https:")


# ---------------------------------------------------------------- when


def _interval(
    feed: Feed, document: FeedDocument | None, dates: Sequence[datetime], now: datetime, settings: FetchSettings
) -> float:
    """Seconds between two checks: half the usual gap between entries, from `min_interval` to a day; up to a week for a
    source long silent, and what the publisher asks for (ttl, sy:updatePeriod)."""
    if document is None:
        rhythm = min((feed.interval or _UNKNOWN_RHYTHM) * 1.1, max(_DAY, feed.interval or 0.0))
    else:
        rhythm = _rhythm(dates, now)
    asked = float((document or feed).wait_seconds or 0)
    return min(max(rhythm, asked, settings.min_interval, 1.0), max(settings.max_interval, settings.min_interval, 1.0))


def _rhythm(dates: Sequence[datetime], now: datetime) -> float:
    recent = sorted({d for d in dates if d <= now}, reverse=True)[:_RECENT]
    if not recent:
        return _UNKNOWN_RHYTHM
    silence = (now - recent[0]).total_seconds()
    gaps = [(later - earlier).total_seconds() for later, earlier in itertools.pairwise(recent)]
    usual = min(statistics.median(gaps) / 2 if gaps else _UNKNOWN_RHYTHM, _DAY)
    if silence > _QUIET:
        usual = max(usual, min(silence / _QUIET * _DAY, _WEEK))
    return usual


def _next_check(
    outcome: Fetched | NotModified,
    said: Feed | FeedDocument,
    interval: float,
    *,
    now: datetime,
    settings: FetchSettings,
    rng: random.Random,
) -> datetime:
    # Spread downwards: a cron job that runs at the interval's own length must find the source due.
    ours = max(interval * rng.uniform(0.85, 1.0), settings.min_interval)
    asked = max(freshness(outcome.headers, now) or 0.0, float(said.wait_seconds or 0))
    wait = min(max(ours, asked), settings.max_interval)
    at = now + timedelta(seconds=wait)
    if said.skip_hours or said.skip_days:
        latest = now + timedelta(seconds=settings.max_interval)
        at = min(_out_of_skipped(at, said), max(latest, at))
    return at


def _out_of_skipped(at: datetime, said: Feed | FeedDocument) -> datetime:
    """The first moment from `at` on that the publisher does not ask to skip; `at` when it asks to skip all."""
    utc = at.astimezone(UTC)
    for hours in range(8 * 24):
        start = utc if hours == 0 else utc.replace(minute=0, second=0, microsecond=0) + timedelta(hours=hours)
        if start.hour not in said.skip_hours and start.weekday() not in said.skip_days:
            return start
    return at

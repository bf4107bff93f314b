"""When a feed is asked again and what is remembered of it: tables of checks and what they must leave."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.model import Failed, Feed, FeedDocument, Fetched, Gone, Outcome, Source
from crawler.schedule import body_hash, for_source, is_due, page_retry
from tests.unit.schedule.checks import (
    DAY,
    DOCUMENT,
    FEED,
    HOUR,
    NOW,
    SETTINGS,
    URL,
    check,
    failure,
    fetched,
    unchanged,
    wait,
)

# ---------------------------------------------------------------- validators


@pytest.mark.parametrize(
    ("outcome", "etag", "last_modified", "body_hash"),
    [
        (fetched(etag='"2"', last_modified="now"), '"2"', "now", "h2"),
        (fetched(etag='W/"2"'), 'W/"2"', None, "h2"),
        (fetched(last_modified="now"), None, "now", "h2"),
        (fetched(), None, None, "h2"),
        (fetched(etag=""), None, None, "h2"),
        (unchanged(), '"1"', "then", "h1"),
        (unchanged(etag='"2"'), '"2"', "then", "h1"),
        (unchanged(last_modified="now"), '"1"', "now", "h1"),
        (failure(), '"1"', "then", "h1"),
        (failure(404, passing=False), '"1"', "then", "h1"),
        (Gone(URL), '"1"', "then", "h1"),
    ],
)
def test_validators(outcome: Outcome, etag: str | None, last_modified: str | None, body_hash: str) -> None:
    """A complete answer replaces or drops them, a 304 may renew them, a failure never touches them."""
    after = check(outcome)
    assert (after.etag, after.last_modified, after.body_hash) == (etag, last_modified, body_hash)


def test_a_partly_read_answer_is_not_remembered() -> None:
    """Without the hash of a whole answer the next one is read whatever its bytes."""
    assert check(fetched(etag='"2"'), body_hash=None).body_hash is None


# ---------------------------------------------------------------- states


@pytest.mark.parametrize(
    ("feed", "outcome", "state", "failures", "error"),
    [
        (Feed("b", URL), fetched(), "ok", 0, None),
        (FEED, unchanged(), "ok", 0, None),
        (replace(FEED, state="failing", failures=3, last_error="x"), unchanged(), "ok", 0, None),
        (replace(FEED, state="held"), fetched(), "held", 0, None),
        (replace(FEED, state="held"), failure(), "held", 1, "503 it says"),
        (replace(FEED, current_url="https://new.example/"), unchanged(), "moved", 0, None),
        (FEED, failure(), "failing", 1, "503 it says"),
        (replace(FEED, state="failing", failures=3), failure(404, passing=False), "failing", 4, "404 it says"),
        (FEED, Gone(URL), "gone", 1, "410 Gone"),
    ],
)
def test_states(feed: Feed, outcome: Outcome, state: str, failures: int, error: str | None) -> None:
    """What `sources list` says of a source after a check."""
    after = check(outcome, feed)
    assert (after.state, after.failures, after.last_error) == (state, failures, error)
    assert after.last_checked_at == NOW
    assert (after.last_success_at == NOW) == (failures == 0)


def test_gone_is_the_end() -> None:
    """410 ends a source until its address changes; nothing asks it again."""
    after = check(Gone(URL))
    assert after.next_check_at is None
    assert not is_due(after, NOW + 400 * DAY)
    assert not is_due(after, NOW, everything=True)
    assert is_due(for_source(after, Source("blog", "https://blog.example/new", "Blog")), NOW)


def test_gone_at_the_followed_address_goes_back() -> None:
    """The address that the person gave is tried again before a source is ended."""
    after = check(Gone("https://new.example/"), replace(FEED, current_url="https://new.example/", state="moved"))
    assert (after.current_url, after.state, after.etag) == (None, "failing", None)
    assert after.next_check_at is not None


@pytest.mark.parametrize("passing", [True, False])
def test_a_move_that_was_taken_back_is_not_followed_for_ever(passing: bool) -> None:
    """The address that the person gave is tried again where the other one keeps failing; a bad hour is no reason."""
    feed = replace(FEED, current_url="https://new.example/", state="moved")
    for failures, current in enumerate(["https://new.example/", "https://new.example/", None], 1):
        feed = check(failure(404, passing=passing), feed)
        assert (feed.current_url, feed.failures, feed.state) == (current, failures, "failing")
    assert (feed.etag, feed.last_modified, feed.body_hash) == (None, None, None)


# ---------------------------------------------------------------- when


def every(gap: timedelta, count: int = 10, last: timedelta = timedelta(0)) -> list[datetime]:
    return [NOW - last - gap * n for n in range(count)]


@pytest.mark.parametrize(
    ("dates", "hours"),
    [
        (every(timedelta(minutes=10)), 1),
        (every(timedelta(hours=8)), 4),
        (every(DAY), 12),
        (every(7 * DAY), 24),
        (every(60 * DAY, last=5 * DAY), 24),
        (every(7 * DAY, last=90 * DAY), 72),
        (every(7 * DAY, last=2000 * DAY), 168),
        ([NOW], 12),
        ([], 12),
        ([NOW + 400 * DAY], 12),
        ([NOW] * 50, 12),
    ],
)
def test_rhythm(dates: list[datetime], hours: float) -> None:
    """Half the usual gap, from an hour to a day; up to a week for who has long been silent."""
    after = check(fetched(), document=DOCUMENT, dates=dates)
    assert after.interval == pytest.approx(hours * 3600)
    assert max(0.85 * hours, 1) * 3600 <= wait(after) <= hours * 3600 + 1


def test_an_unchanged_source_is_asked_a_little_less_often() -> None:
    """Up to once a day; what is rarer than that stays as it is."""
    feed = FEED
    for _ in range(60):
        feed = check(unchanged(), feed)
    assert feed.interval == 86400
    assert check(unchanged(), replace(FEED, interval=500_000.0)).interval == 500_000


@pytest.mark.parametrize(
    ("outcome", "document", "seconds"),
    [
        (fetched(cache_control="max-age=40000"), DOCUMENT, 40000),
        (fetched(cache_control="max-age=86400", age="6400"), DOCUMENT, 80000),
        (fetched(expires="Wed, 18 Nov 2026 23:00:00 GMT"), DOCUMENT, 39600 + 3600 * 0),
        (fetched(cache_control="max-age=999999999"), DOCUMENT, 2_592_000),
        (fetched(), replace(DOCUMENT, wait_seconds=90000), 90000),
        (fetched(cache_control="max-age=100000"), replace(DOCUMENT, wait_seconds=90000), 100000),
        (unchanged(cache_control="max-age=40000"), None, 40000),
        (failure(retry_after=50000), None, 50000),
        (failure(429, retry_after=10**9), None, 2_592_000),
    ],
)
def test_the_latest_wish_wins(outcome: Outcome, document: FeedDocument | None, seconds: float) -> None:
    """Later than our own schedule where the publisher asks for it, and never beyond the bound."""
    daily = every(timedelta(hours=6))
    after = check(outcome, document=document, dates=daily if document else ())
    assert wait(after) == pytest.approx(seconds, rel=0.15 if document and document.wait_seconds == 90000 else 0.001)


@pytest.mark.parametrize(
    "outcome", [fetched(cache_control="max-age=60"), fetched(cache_control="no-cache"), fetched(expires="0")]
)
def test_short_freshness_does_not_hurry_us(outcome: Outcome) -> None:
    """A wish to be asked sooner is none of ours."""
    assert wait(check(outcome, document=DOCUMENT, dates=every(DAY))) >= 10 * 3600


def test_the_wish_of_the_document_lasts() -> None:
    """ttl is not said again by a 304, nor by the same bytes, and still counts; a document without it ends it."""
    after = check(fetched(), document=replace(DOCUMENT, wait_seconds=90000), dates=every(HOUR))
    for outcome in (unchanged(), fetched(), failure(), unchanged()):
        after = check(outcome, after)
        assert wait(after) >= 90000 or isinstance(outcome, Failed)
    assert wait(check(fetched(), after, DOCUMENT, every(HOUR))) < 90000


@pytest.mark.parametrize(
    ("hours", "days", "expected"),
    [
        ((), (), NOW + HOUR),
        ((13,), (), NOW + 2 * HOUR),
        ((13, 14, 15), (), NOW + 4 * HOUR),
        ((), (2,), datetime(2026, 11, 19, tzinfo=UTC)),
        ((0, 1, 2), (2,), datetime(2026, 11, 19, 3, tzinfo=UTC)),
        ((), (2, 3, 4, 5, 6), datetime(2026, 11, 23, tzinfo=UTC)),
        (tuple(range(24)), (), NOW + HOUR),
        ((), tuple(range(7)), NOW + HOUR),
    ],
)
def test_skipped_times(hours: tuple[int, ...], days: tuple[int, ...], expected: datetime) -> None:
    """RSS skipHours and skipDays; who asks to skip everything asks for nothing."""
    document = replace(DOCUMENT, skip_hours=hours, skip_days=days)
    after = check(fetched(), document=document, dates=every(timedelta(minutes=5)))
    assert after.next_check_at == expected
    again = check(unchanged(), replace(after, interval=3600.0))
    assert again.next_check_at is not None, "a 304 does not say it again"
    assert expected <= again.next_check_at <= max(expected, NOW + 1.1 * HOUR)


def test_the_first_time_that_a_source_is_asked_is_remembered() -> None:
    """Whatever came of it, until the address changes."""
    first = check(failure(), Feed("blog", URL))
    assert first.asked_at == NOW
    assert check(fetched(), first, now=NOW + DAY).asked_at == NOW
    assert for_source(first, Source("blog", "https://blog.example/new", "Blog")).asked_at is None


@pytest.mark.parametrize(
    "change",
    [{"include": ("/news/",)}, {"exclude": ("/tag/",)}, {"select": "h2 a"}, {"kind": "listing"}, {"kind": "feed"}],
)
def test_another_way_of_reading_reads_the_same_document_again(change: dict[str, Any]) -> None:
    """Who mends `include` or `select` wants the articles of the page as it is, not those of its next change."""
    source = Source("blog", URL, "Blog", kind="sitemap", include=("/blog/",))
    feed = replace(FEED, body_hash=body_hash(source, b"<urlset/>"))
    assert for_source(feed, source) == feed
    mended = for_source(feed, replace(source, **change))
    assert (mended.etag, mended.last_modified, mended.body_hash, mended.state) == (None, None, None, "new")
    assert (mended.next_check_at, mended.failures) == (feed.next_check_at, feed.failures)
    assert for_source(replace(feed, state="gone"), replace(source, **change)).state == "gone"


def test_what_does_not_concern_the_reading_reads_nothing_again() -> None:
    """A name, a tag or a weight; and patterns that a feed does not heed."""
    source = Source("blog", URL, "Blog")
    feed = replace(FEED, body_hash=body_hash(source, b"<rss/>"))
    assert for_source(feed, replace(source, name="B", weight=2.0, tags=("x",), include=("/a",))) == feed


@pytest.mark.parametrize(("failures", "hours"), [(0, 1), (1, 2), (3, 8), (5, 24), (50, 24), (5000, 24)])
def test_back_off(failures: int, hours: float) -> None:
    """Doubling, with jitter, to a day."""
    waits = {wait(check(failure(), replace(FEED, failures=failures), seed=seed)) for seed in range(20)}
    assert all(hours * 3600 <= seconds <= hours * 3600 * 1.25 + 1 for seconds in waits)
    assert len(waits) > 10


def test_what_will_not_pass_is_asked_weekly() -> None:
    """A 404 that stays is looked at once a week."""
    assert 6 * 86400 < wait(check(failure(404, passing=False), replace(FEED, failures=30))) < 9 * 86400


@given(
    st.sampled_from(
        [fetched(), unchanged(), failure(), failure(404, passing=False), failure(retry_after=1), fetched(cache_control="max-age=5")]
    ),
    st.integers(0, 2000),
    st.lists(st.datetimes(timezones=st.just(UTC)), max_size=30),
    st.integers(0, 10**9),
    st.integers(0, 1000),
)  # fmt: skip
def test_never_sooner_than_an_hour_never_later_than_the_bound(
    outcome: Outcome, failures: int, dates: list[datetime], asked: int, seed: int
) -> None:
    """The two promises that hold whatever comes."""
    document = replace(DOCUMENT, wait_seconds=asked) if isinstance(outcome, Fetched) else None
    after = check(outcome, replace(FEED, failures=failures), document, dates, seed=seed)
    assert SETTINGS.min_interval <= wait(after) <= SETTINGS.max_interval
    assert not is_due(after, NOW + timedelta(seconds=3599))


# ---------------------------------------------------------------- due


@pytest.mark.parametrize(
    ("feed", "due", "with_all"),
    [
        (None, True, True),
        (Feed("b", URL), True, True),
        (replace(FEED, next_check_at=NOW), True, True),
        (replace(FEED, next_check_at=NOW - HOUR), True, True),
        (replace(FEED, next_check_at=NOW + HOUR), False, True),
        (replace(FEED, next_check_at=None, state="gone"), False, False),
        (replace(FEED, next_check_at=NOW + 900 * DAY, last_checked_at=NOW + 899 * DAY), True, True),
    ],
    ids=["unknown", "new", "now", "past", "future", "gone", "the clock was wrong"],
)
def test_is_due(feed: Feed | None, due: bool, with_all: bool) -> None:
    """When a source's turn has come."""
    assert is_due(feed, NOW) == due
    assert is_due(feed, NOW, everything=True) == with_all


def test_a_changed_address_starts_anew() -> None:
    """Validators and redirects belonged to the old address."""
    source = Source("blog", "https://blog.example/atom", "Blog")
    old = replace(FEED, current_url="https://x.example/", failures=4, usual_new=3.0, next_check_at=NOW + DAY)
    assert for_source(old, source) == Feed("blog", source.url, usual_new=3.0)
    assert for_source(None, source) == Feed("blog", source.url)
    assert for_source(replace(old, state="held"), source).state == "held", "its articles are still held"
    same = Source("blog", URL, "Another name")
    assert for_source(old, same) == old


# ---------------------------------------------------------------- pages


@pytest.mark.parametrize(
    ("tries", "outcome", "state", "at_least", "at_most"),
    [
        (1, failure(), "pending", 0.85 * HOUR, HOUR),
        (2, failure(), "pending", 3.4 * HOUR, 4 * HOUR),
        (3, failure(), "pending", 0.42 * DAY, DAY / 2),
        (4, failure(), "pending", 0.85 * DAY, DAY),
        (8, failure(), "pending", 2.5 * DAY, 3 * DAY),
        (12, failure(), "pending", 5.9 * DAY, 7 * DAY),
        (13, failure(), "failed", 30 * DAY, 30 * DAY),
        (1, failure(retry_after=90000), "pending", timedelta(seconds=90000), timedelta(seconds=90000)),
        (1, failure(404, passing=False), "failed", 30 * DAY, 30 * DAY),
        (1, failure(403, passing=False), "failed", 30 * DAY, 30 * DAY),
        (1, Failed(URL, "robots", "no", passing=False), "failed", 30 * DAY, 30 * DAY),
        (1, Failed(URL, "robots", "unavailable", passing=True), "pending", 0.85 * HOUR, HOUR),
        (1, Gone(URL), "failed", 30 * DAY, 30 * DAY),
    ],
)
def test_pages(tries: int, outcome: Outcome, state: str, at_least: timedelta, at_most: timedelta) -> None:
    """A passing trouble stays pending with back-off; what is final is left alone for thirty days."""
    became, at = page_retry(tries, outcome, NOW, random.Random(1))
    assert became == state
    assert at_least <= at - NOW <= at_most

"""When a subscription follows its feed to another address."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.model import Outcome
from crawler.settings import FetchSettings
from tests.unit.schedule.checks import DAY, FEED, HOUR, NOW, URL, check, failure, unchanged


@pytest.mark.parametrize(("interval", "needed"), [(86400.0, 3), (30000.0, 3), (20000.0, 4), (3600.0, 6)])
def test_a_move_is_followed_when_steady(interval: float, needed: int) -> None:
    """Three checks, more for a source that is asked often."""
    feed, target = replace(FEED, interval=interval), "https://new.example/feed"
    for seen in range(1, needed):
        feed = replace(check(unchanged(target), feed), interval=interval)
        assert (feed.current_url, feed.move_target, feed.move_seen) == (None, target, seen)
    feed = check(unchanged(target, etag='"9"'), feed, now=NOW + DAY)
    assert (feed.current_url, feed.state, feed.move_target, feed.move_seen) == (target, "moved", None, 0)
    assert (feed.etag, feed.body_hash, feed.move_since) == ('"9"', "h1", None)


@pytest.mark.parametrize(("min_interval", "hours"), [(3600, 24), (600, 4)])
def test_a_move_is_steady_over_time(min_interval: int, hours: int) -> None:
    """However often somebody asks by hand: a day lies between, or as many of the shortest intervals as a day has."""
    settings, target = FetchSettings(min_interval=min_interval), "https://new.example/feed"
    feed = FEED
    for minute in range(12):
        feed = check(unchanged(target), feed, settings=settings, now=NOW + timedelta(minutes=minute))
        assert feed.current_url is None
    assert feed.move_since == NOW
    before = check(unchanged(target), feed, settings=settings, now=NOW + hours * HOUR - timedelta(seconds=1))
    assert before.current_url is None
    assert check(unchanged(target), before, settings=settings, now=NOW + hours * HOUR).current_url == target


def test_who_wants_no_pause_between_checks_counts_checks_alone() -> None:
    settings, feed, target = FetchSettings(min_interval=0), FEED, "https://new.example/feed"
    for seen in range(6):
        assert (feed.current_url, feed.move_seen) == (None, seen)
        feed = check(unchanged(target), replace(feed, interval=3600.0), settings=settings)
    assert feed.current_url == target


@pytest.mark.parametrize(
    "between", [unchanged(), unchanged("https://third.example/")], ids=["no redirect", "another target"]
)
def test_a_move_that_is_not_steady_is_not_followed(between: Outcome) -> None:
    """Counting begins anew."""
    feed, target = replace(FEED, interval=86400.0), "https://new.example/feed"
    for outcome in (unchanged(target), unchanged(target), between, unchanged(target), unchanged(target)):
        feed = check(outcome, feed)
    assert (feed.current_url, feed.move_seen) == (None, 2)


def test_failures_between_do_not_reset_a_move() -> None:
    """A time-out says nothing about where the feed lives."""
    feed, target = replace(FEED, interval=86400.0), "https://new.example/feed"
    outcomes: list[Outcome] = [unchanged(target), failure(), unchanged(target), unchanged(target)]
    for days, outcome in enumerate(outcomes):
        feed = check(outcome, feed, now=NOW + days * DAY)
    assert feed.current_url == target


def test_https_is_never_given_up() -> None:
    """A subscription over https does not move to http, however steadily it is told to."""
    feed = replace(FEED, interval=86400.0)
    for days in range(9):
        feed = check(unchanged("http://blog.example/feed"), feed, now=NOW + days * DAY)
    assert feed.current_url is None


def test_a_move_back_is_followed() -> None:
    """When the new address sends us to the configured one, nothing is moved any more."""
    feed = replace(FEED, current_url="https://new.example/", interval=86400.0)
    for days in range(3):
        feed = check(unchanged(URL), feed, now=NOW + days * DAY)
    assert (feed.current_url, feed.state) == (None, "ok")

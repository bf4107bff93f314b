"""The Dispatcher asks for robots.txt first and keeps to it (RFC 9309)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.model import Failed, Fetched, HostState
from tests.support.server import Answer, gaps
from tests.unit.fetch.named import NOW, SETTINGS, Web, failed


def test_robots_is_asked_once_and_first(web: Web) -> None:
    """One request for robots.txt for each origin, before its pages."""
    web.server.add("*", b"x")
    web.server.add("/robots.txt", b"User-agent: *\nDisallow: /private")
    outcomes = web.get(*(f"h0.example/{i}" for i in range(5)), "h0.example/private/1", "h1.example/a")
    assert web.at("h0.example")[0] == "/robots.txt"
    assert web.at("h0.example").count("/robots.txt") == 1
    assert sorted(web.at("h1.example")) == ["/a", "/robots.txt"]
    assert failed(outcomes["h0.example/private/1"]).kind == "robots"
    assert not failed(outcomes["h0.example/private/1"]).passing
    assert "/private/1" not in web.at("h0.example")
    web.get("h0.example/later")
    assert web.at("h0.example").count("/robots.txt") == 1


@pytest.mark.parametrize(
    ("answer", "allowed"),
    [
        (Answer(b"User-agent: *\nDisallow: /"), False),
        (Answer(b"User-agent: weekly-roundup\nDisallow: /\n\nUser-agent: *\nAllow: /"), False),
        (Answer(b"User-agent: weekly-roundup\nAllow: /\n\nUser-agent: *\nDisallow: /"), True),
        (Answer(b"User-agent: otherbot\nDisallow: /"), True),
        (Answer(b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /"), False),
        (Answer(b"<html>not found</html>"), True),
        (Answer(b""), True),
        (Answer(status=404), True),
        (Answer(status=401), True),
        (Answer(status=403), True),
        (Answer(status=410), True),
        (Answer(status=204), True),
        (Answer(status=202), None),
        (Answer(status=301, headers={"Location": "/robots.txt"}), True),
        (Answer(status=500), None),
        (Answer(status=503), None),
        (Answer(status=429), None),
        (Answer(raw=b""), None),
        (Answer(b"x" * 50, cut=10), None),
    ],
    ids=lambda value: repr(value)[:60],
)
def test_robots_answers(web: Web, answer: Answer, allowed: bool | None) -> None:
    """RFC 9309 section 2.3.1: 4xx allows, 5xx and silence forbid for a time."""
    web.server.add("/page", b"x")
    web.server.add("/robots.txt", answer=answer)
    outcome = web.get("h0.example/page")["h0.example/page"]
    assert isinstance(outcome, Fetched) == bool(allowed)
    assert ("/page" in web.at("h0.example")) == bool(allowed)
    if not allowed:
        silent = answer.raw is not None or answer.cut is not None
        assert failed(outcome).kind == ("connection" if silent else "robots")
        assert "robots.txt of http://h0.example" in failed(outcome).message
        assert failed(outcome).passing == (allowed is None)


def test_robots_of_every_origin_on_the_way(web: Web) -> None:
    """A redirect does not lead around the rules of the host that it names."""
    web.server.add("h0.example/robots.txt", status=404)
    web.server.add("h1.example/robots.txt", b"User-agent: *\nDisallow: /secret")
    web.server.add("h0.example/a", status=301, headers={"Location": "http://h1.example/secret"})
    web.server.add("h1.example/secret", b"x")
    assert failed(web.get("h0.example/a")["h0.example/a"]).kind == "robots"
    assert web.at("h1.example") == ["/robots.txt"]


def test_robots_that_moved_is_followed(web: Web) -> None:
    """The rules at the end of a redirect count for the origin that was asked."""
    web.server.add("h0.example/robots.txt", status=301, headers={"Location": "http://h1.example/rules"})
    web.server.add("h1.example/rules", b"User-agent: *\nDisallow: /a")
    web.server.add("*", b"x")
    outcomes = web.get("h0.example/a", "h0.example/b", "h1.example/a")
    assert failed(outcomes["h0.example/a"]).kind == "robots"
    assert isinstance(outcomes["h0.example/b"], Fetched)


def test_robots_that_moved_to_a_blocked_host_is_unreachable() -> None:
    """The chain ends where a host is not to be asked, and is not tried again in the run."""
    for _ in range(20):  # the second page's turn comes at the moment when the answer is known
        with Web(hosts=[HostState("h1.example", blocked_until=NOW + timedelta(hours=1))]) as web:
            web.server.add("h0.example/robots.txt", status=301, headers={"Location": "http://h1.example/rules"})
            outcomes = web.get("h0.example/a", "h0.example/b")
            assert all(failed(o).kind == "robots" and failed(o).passing for o in outcomes.values())
            assert web.server.paths() == ["/robots.txt"]


@pytest.mark.parametrize(("obey", "asked"), [(False, ["/feed"]), (True, ["/robots.txt"])])
def test_feeds_are_fetched_unless_told_otherwise(obey: bool, asked: list[str]) -> None:
    """A person subscribed: rules for crawlers do not apply, unless `obey_robots_for_feeds` says so."""
    with Web(replace(SETTINGS, obey_robots_for_feeds=obey)) as web:
        web.server.add("/robots.txt", b"User-agent: *\nDisallow: /")
        web.server.add("/feed", b"x")
        web.get("h0.example/feed", purpose="feed")
        assert web.at("h0.example") == asked


def test_what_was_remembered_while_the_clock_was_wrong_binds_nobody_for_years() -> None:
    """A machine that believed to be in 2036: its hosts were asked to wait a day, and robots.txt to last one."""
    later = NOW + timedelta(days=3650)
    blocked = HostState("h0.example", blocked_until=later)
    known = HostState("http://h1.example", "User-agent: *\nDisallow: /", later)
    with Web(hosts=[blocked, known]) as web:
        web.server.add("*", b"x")
        web.server.add("/robots.txt", status=404)
        outcomes = web.get("h0.example/a", "h1.example/a")
    assert all(isinstance(outcome, Fetched) for outcome in outcomes.values())


def test_robots_is_remembered_while_fresh() -> None:
    """A copy of an earlier run counts until it expires; an expired one only where there is no other."""
    fresh = HostState("http://h0.example", "User-agent: *\nDisallow: /", NOW + timedelta(hours=1))
    stale = HostState("http://h1.example", "User-agent: *\nDisallow: /", NOW - timedelta(hours=1))
    lost = HostState("http://h2.example", "User-agent: *\nDisallow: /", NOW - timedelta(hours=1))
    with Web(hosts=[fresh, stale, lost]) as web:
        web.server.add("*", b"x")
        web.server.add("/robots.txt", status=404)
        web.server.add("h2.example/robots.txt", status=500)
        outcomes = web.get("h0.example/a", "h1.example/a", "h2.example/a")
        assert [type(o) for o in (outcomes[f"h{n}.example/a"] for n in range(3))] == [Failed, Fetched, Failed]
        assert web.at("h0.example") == []
        assert not failed(outcomes["h2.example/a"]).passing
        (changed,) = web.dispatcher.changed_hosts()
        assert (changed.host, changed.robots_text) == ("http://h1.example", "")


@pytest.mark.parametrize(
    ("control", "hours"),
    [("max-age=7200", 2), ("max-age=999999", 24), ("max-age=0", 1 / 6), (None, 24), ("no-cache", 1 / 6)],
)
def test_freshness_of_robots(web: Web, control: str | None, hours: float) -> None:
    """Its own Cache-Control decides, between ten minutes and a day."""
    web.server.add("/robots.txt", b"User-agent: *\n", headers={"Cache-Control": control} if control else {})
    web.get("h0.example/a")
    (state,) = web.dispatcher.changed_hosts()
    assert state.robots_expires_at == NOW + timedelta(hours=hours)


def test_crawl_delay_is_kept(web: Web) -> None:
    """The site's own wish is longer than our pause."""
    web.server.add("/robots.txt", b"User-agent: *\nCrawl-delay: 0.3")
    web.server.add("*", b"x")
    web.get("h0.example/a", "h0.example/b")
    assert len(web.server.requests) == 3
    assert min(gaps(web.server.requests)) >= 0.3


def test_a_crawl_delay_of_hours_does_not_hold_the_run(web: Web) -> None:
    """One request a run; the pages wait for the next."""
    web.server.add("/robots.txt", b"User-agent: *\nCrawl-delay: 7200")
    web.server.add("*", b"x")
    outcomes = web.get("h0.example/a", "h0.example/b", "h1.example/feed")
    assert failed(outcomes["h0.example/a"]).passing
    assert failed(outcomes["h0.example/a"]).retry_after == 7200
    assert web.at("h0.example") == ["/robots.txt"]

"""The Dispatcher over real servers: never two requests at once to a host, never too soon, nor where it wants none."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.fetch.hosts import HostBook, lane_of
from crawler.model import Failed, Fetched, HostState
from tests.support.server import Answer, Seen, gaps, overlaps
from tests.support.waiting import PATIENCE
from tests.unit.fetch.named import AGENT, NOW, SETTINGS, Web, failed

# ---------------------------------------------------------------- one at a time, not too soon


def test_one_request_at_a_time_and_a_pause_between() -> None:
    """Whatever the number of workers, a host sees requests one after the other, with its pause between."""
    with Web(replace(SETTINGS, pause=0.05)) as web:
        web.server.add("*", b"x", delay=0.01)
        urls = [f"h{n}.example/{i}" for i in range(6) for n in range(5)]
        assert all(isinstance(o, Fetched) for o in web.get(*urls, purpose="feed").values())
        for n in range(5):
            requests = [seen for seen in web.server.requests if seen.host == f"h{n}.example"]
            assert len(requests) == 6
            assert overlaps(requests) == 0
            assert min(gaps(requests)) >= 0.05
        assert overlaps(web.server.requests) > 0, "hosts are asked side by side"


def test_houses_of_many_blogs_count_as_one() -> None:
    """Blogs of one platform share its lane."""
    with Web(replace(SETTINGS, pause=0.05)) as web:
        web.server.add("*", b"x", delay=0.01)
        web.get(*(f"h{n}.medium.com/" for n in range(4)), purpose="feed")
        assert overlaps(web.server.requests) == 0
        assert min(gaps(web.server.requests)) >= 0.05


@pytest.mark.parametrize(
    ("url", "lane"),
    [
        ("https://a.medium.com/x", "medium.com"),
        ("https://medium.com/x", "medium.com"),
        ("https://notmedium.com/x", "notmedium.com"),
        ("https://blog.example.co.uk:8443/", "blog.example.co.uk"),
        ("https://Blog.Example/", "blog.example"),
        ("http://127.0.0.1:81/", "127.0.0.1"),
        ("nonsense", ""),
    ],
)
def test_lanes(url: str, lane: str) -> None:
    """Who is asked by an address."""
    assert lane_of(url) == lane


def test_no_pause_costs_no_time(web: Web) -> None:
    """With a pause of 0 the work flows: a tenth of a second after each request would make half a minute."""
    web.server.add("*", b"x")
    began = time.monotonic()
    assert len(web.get(*(f"h0.example/{n}" for n in range(300)), purpose="feed")) == 300
    assert time.monotonic() - began < 15


def test_a_slow_host_does_not_hold_the_others(web: Web) -> None:
    """Sixty jobs for a host that keeps us waiting stand before the others in the list, and the others are done."""
    others = [f"h{n}.example" for n in range(1, 20)]
    done = threading.Event()

    def last(seen: Seen) -> Answer:
        assert done.wait(PATIENCE)
        return Answer(b"x")

    def quick(seen: Seen) -> Answer:
        if set(others) <= {seen.host for seen in web.server.requests}:
            done.set()
        return Answer(b"x")

    web.server.add("*", answer=quick)
    web.server.add("h0.example*", answer=last)
    found = web.get(*(f"h0.example/{i}" for i in range(60)), *(f"{host}/" for host in others), purpose="feed")
    assert all(isinstance(outcome, Fetched) for outcome in found.values())


def test_pauses_hold_from_one_run_to_the_next() -> None:
    """Two runs of one dispatcher are one visitor."""
    with Web(replace(SETTINGS, pause=0.2)) as web:
        web.server.add("*", b"x")
        for _ in range(3):
            web.get("h0.example/", purpose="feed")
        assert min(gaps(web.server.requests)) >= 0.2


def test_redirects_take_their_turn() -> None:
    """A hop to another host waits for that host's pause, and never overlaps with its other requests."""
    with Web(replace(SETTINGS, pause=0.05)) as web:
        web.server.add("*", b"x", delay=0.02)
        for n in range(1, 6):
            web.server.add(f"h{n}.example/", status=302, headers={"Location": f"http://h0.example/from{n}"})
        urls = [f"h{n}.example/" for n in range(1, 6)] + [f"h0.example/{i}" for i in range(4)]
        assert all(isinstance(o, Fetched) for o in web.get(*urls, purpose="feed").values())
        requests = [seen for seen in web.server.requests if seen.host == "h0.example"]
        assert len(requests) == 9
        assert overlaps(requests) == 0
        assert min(gaps(requests)) >= 0.05


# ---------------------------------------------------------------- hosts that want to be left alone


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_blocks_the_host(web: Web, status: int) -> None:
    """The rest of that host's jobs fail at once, without a request, and the next run remembers."""
    web.server.add("*", b"x")
    web.server.add("h0.example*", status=status, headers={"Retry-After": "3600"})
    outcomes = web.get(*(f"h0.example/{i}" for i in range(5)), "h1.example/a", purpose="feed")
    assert len(web.at("h0.example")) == 1
    assert isinstance(outcomes["h1.example/a"], Fetched)
    for i in range(5):
        outcome = failed(outcomes[f"h0.example/{i}"])
        assert (outcome.kind, outcome.passing) == ("status", True)
        assert outcome.retry_after == pytest.approx(3600)
    (state,) = web.dispatcher.changed_hosts()
    assert state.blocked_until == NOW + timedelta(hours=1)
    with Web(hosts=[state]) as later:
        assert failed(later.get("h0.example/0", purpose="feed")["h0.example/0"]).passing
        assert later.server.requests == []


def refusals(*answers: tuple[int, int]) -> list[int]:
    """Which of five blogs of a platform are not asked any more, after others answered so: (number, status)."""
    book = HostBook(SETTINGS, AGENT, {}, lambda: NOW)
    for number, status in answers:
        url = f"https://h{number}.medium.com/feed"
        refused = Failed(url, "status", f"{status}", status, passing=True, retry_after=3600)
        book.note(url, Fetched(url, 200, {}, b"") if status == 200 else refused)
    return [n for n in range(5) if book.refusal(f"https://h{n}.medium.com/feed")]


def test_a_house_that_refuses_two_of_its_blogs_is_left_alone() -> None:
    """Its blogs are one server: who asks each of fifty in turn, to be refused by each, did not listen."""
    assert refusals((0, 429), (1, 429)) == [0, 1, 2, 3, 4]
    assert refusals((0, 503), (1, 503)) == [0, 1], "a blog may be down by itself"


def test_one_blog_that_is_refused_does_not_hold_up_its_platform() -> None:
    assert refusals((0, 429)) == [0]
    assert refusals((0, 429), (1, 200), (2, 429)) == [0, 2]


def test_short_retry_after_is_sat_out(web: Web) -> None:
    """A second's wait is waited, by that host only."""
    web.server.add("/0", status=503, headers={"Retry-After": "1"})
    web.server.add("*", b"x")
    outcomes = web.get("h0.example/0", "h0.example/1", purpose="feed")
    assert isinstance(outcomes["h0.example/1"], Fetched)
    assert min(gaps(web.server.requests)) >= 1
    assert [state.blocked_until for state in web.dispatcher.changed_hosts()] == [None]


def test_a_short_retry_after_holds_in_the_next_run(web: Web) -> None:
    """Who runs us again at once, with --all, does not shorten it; the run waits for that host only."""
    web.server.add("*", status=503, headers={"Retry-After": "1"})
    web.get("h0.example/0", purpose="feed")
    (state,) = web.dispatcher.changed_hosts()
    assert state.blocked_until == NOW + timedelta(seconds=1)
    with Web(hosts=[state]) as later:
        later.server.add("*", b"x")
        began = time.monotonic()
        outcomes = later.get("h0.example/0", "h1.example/0", purpose="feed")
        assert all(isinstance(outcome, Fetched) for outcome in outcomes.values())
        first, second = sorted(later.server.requests, key=lambda seen: seen.host)
        assert second.start < first.start
        assert first.start - began >= 0.9


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_asks_for_a_moment_is_asked_once_more(web: Web, status: int) -> None:
    """After its Retry-After of a second, robots.txt and page are asked again; who asks for another moment waits for
    the next run."""
    busy = Answer(status=status, headers={"Retry-After": "1"})
    web.server.add("h0.example/robots.txt", answer=[busy, Answer(b"User-agent: *\nDisallow: /secret")])
    web.server.add("h0.example/0", answer=[busy, Answer(b"x")])
    web.server.add("h1.example/0", answer=busy)
    outcomes = web.get("h0.example/0", "h1.example/0")
    assert isinstance(outcomes["h0.example/0"], Fetched)
    assert failed(outcomes["h1.example/0"]).status == status
    assert web.at("h0.example") == ["/robots.txt", "/robots.txt", "/0", "/0"]
    assert web.at("h1.example") == ["/robots.txt", "/0", "/0"]
    assert min(gaps(seen for seen in web.server.requests if seen.path == "/0" and seen.host == "h1.example")) >= 1


@pytest.mark.parametrize(("status", "pause"), [(429, 5.0), (403, 2.0), (404, None), (500, None)])
def test_refusals_slow_us_down(web: Web, status: int, pause: float | None) -> None:
    """429 and 403 are remembered as a longer pause."""
    web.server.add("*", status=status)
    web.get("h0.example/0", purpose="feed")
    assert [state.pause for state in web.dispatcher.changed_hosts()] == ([pause] if pause else [])


def test_slowness_wears_off() -> None:
    """A host that answers well again is trusted again."""
    with Web(hosts=[HostState("h0.example", pause=1.2)]) as web:
        web.server.add("*", b"x")
        web.get("h0.example/0", purpose="feed")
        assert web.dispatcher.changed_hosts() == [HostState("h0.example", pause=None)]


def test_a_dead_host_is_given_up_for_the_run(web: Web) -> None:
    """After three silences the rest is not asked."""
    web.server.add("*", answer=Answer(raw=b""))
    outcomes = web.get(*(f"h0.example/{i}" for i in range(10)), purpose="feed")
    assert len(web.server.requests) == 3
    assert all(failed(outcome).passing and failed(outcome).kind == "connection" for outcome in outcomes.values())

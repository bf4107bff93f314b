"""The Dispatcher over real servers: never two requests at once to a host, never too soon, robots.txt first."""

from __future__ import annotations

import itertools
import signal
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Self

import pytest

from crawler.fetch.client import HttpFetcher
from crawler.fetch.hosts import lane_of
from crawler.fetch.politeness import Dispatcher, Job
from crawler.model import Failed, Fetched, HostState, Outcome, Request
from crawler.settings import FetchSettings
from tests.support.server import Answer, Server, gaps, overlaps

NOW = datetime(2026, 11, 21, 7, tzinfo=UTC)
SETTINGS = FetchSettings(pause=0.0, workers=16, timeout=5)
AGENT = "weekly-roundup/0.1 (+https://example.org)"


class Web:
    """Named hosts on one or several loopback servers, a dispatcher over them, and what came back."""

    def __init__(self, settings: FetchSettings = SETTINGS, hosts: Iterable[HostState] = ()) -> None:
        self.server = Server()
        self.settings = settings
        routes = {(f"h{n}.example", 80): ("127.0.0.1", self.server.port) for n in range(50)}
        routes |= {(f"h{n}.medium.com", 80): ("127.0.0.1", self.server.port) for n in range(50)}
        self.fetcher = HttpFetcher(settings, user_agent=AGENT, routes=routes, environ={})
        self.dispatcher = Dispatcher(
            self.fetcher, settings, user_agent=AGENT, hosts={h.host: h for h in hosts}, now=lambda: NOW
        )

    def __enter__(self) -> Self:
        self.server.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.fetcher.close()
        self.server.__exit__()

    def get(self, *urls: str, purpose: str = "page") -> dict[str, Outcome]:
        jobs = [Job(url, Request(f"http://{url}", purpose), lambda o: o) for url in urls]  # type: ignore[arg-type]
        return dict(self.dispatcher.run(jobs))

    def at(self, host: str) -> list[str]:
        return [seen.path for seen in self.server.requests if seen.host == host]


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as web:
        yield web


def failed(outcome: Outcome) -> Failed:
    assert isinstance(outcome, Failed)
    return outcome


# ---------------------------------------------------------------- one at a time, not too soon


def test_one_request_at_a_time_and_a_pause_between() -> None:
    """Whatever the number of workers, a host sees requests one after the other, with its pause between."""
    with Web(replace(SETTINGS, pause=0.05)) as web:
        web.server.add("*", b"x", delay=0.01)
        urls = [f"h{n}.example/{i}" for i in range(6) for n in range(5)]
        began = time.monotonic()
        assert all(isinstance(o, Fetched) for o in web.get(*urls, purpose="feed").values())
        wall = time.monotonic() - began
        for n in range(5):
            requests = [seen for seen in web.server.requests if seen.host == f"h{n}.example"]
            assert len(requests) == 6
            assert overlaps(requests) == 0
            assert min(gaps(requests)) >= 0.05
        assert overlaps(web.server.requests) > 0, "hosts are asked side by side"
        assert wall < 30 * 0.06


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
    """With a pause of 0 the work flows."""
    web.server.add("*", b"x")
    began = time.monotonic()
    assert len(web.get(*(f"h{n % 50}.example/{n}" for n in range(300)), purpose="feed")) == 300
    assert time.monotonic() - began < 4


def test_a_slow_host_does_not_hold_the_others(web: Web) -> None:
    """A hundred jobs for a slow host stand before the others in the list, and the others are done first."""
    web.server.add("*", b"x")
    web.server.add("h0.example*", b"x", delay=0.02)
    order = list(
        web.get(*(f"h0.example/{i}" for i in range(60)), *(f"h{n}.example/" for n in range(1, 20)), purpose="feed")
    )
    assert max(order.index(f"h{n}.example/") for n in range(1, 20)) < 40


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


# ---------------------------------------------------------------- robots.txt


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
        assert failed(outcome).kind == "robots"
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


def test_robots_is_remembered_while_fresh() -> None:
    """A copy of an earlier run counts until it expires; an expired one only where there is no other."""
    fresh = HostState("http://h0.example", "User-agent: *\nDisallow: /", 200, NOW + timedelta(hours=1))
    stale = HostState("http://h1.example", "User-agent: *\nDisallow: /", 200, NOW - timedelta(hours=1))
    lost = HostState("http://h2.example", "User-agent: *\nDisallow: /", 200, NOW - timedelta(hours=1))
    with Web(hosts=[fresh, stale, lost]) as web:
        web.server.add("*", b"x")
        web.server.add("/robots.txt", status=404)
        web.server.add("h2.example/robots.txt", status=500)
        outcomes = web.get("h0.example/a", "h1.example/a", "h2.example/a")
        assert [type(o) for o in (outcomes[f"h{n}.example/a"] for n in range(3))] == [Failed, Fetched, Failed]
        assert web.at("h0.example") == []
        assert not failed(outcomes["h2.example/a"]).passing
        (changed,) = web.dispatcher.changed_hosts()
        assert (changed.host, changed.robots_text, changed.robots_status) == ("http://h1.example", "", 404)


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
        assert second.start - began < 0.5 <= 0.9 <= first.start - began


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


# ---------------------------------------------------------------- jobs, results, ends


def test_then_runs_beside_the_fetch_and_results_come_here(web: Web) -> None:
    """`then` runs in a worker, the jobs are iterated and the results yielded in the caller's thread."""
    web.server.add("*", b"x")
    me = threading.current_thread()
    iterated: set[threading.Thread] = set()

    def jobs() -> Iterator[Job[int, threading.Thread]]:
        for n in range(5):
            iterated.add(threading.current_thread())
            yield Job(n, Request(f"http://h{n}.example/"), lambda _: threading.current_thread())

    workers = {thread for _, thread in web.dispatcher.run(jobs())}
    assert me not in workers
    assert iterated == {me}


def test_workers_are_bounded() -> None:
    """No more requests at once than workers."""
    with Web(replace(SETTINGS, workers=3)) as web:
        web.server.add("*", b"x", delay=0.05)
        web.get(*(f"h{n}.example/" for n in range(12)), purpose="feed")
        spans = [(seen.start, seen.end) for seen in web.server.requests]
        assert max(sum(a <= at <= b for a, b in spans) for at, _ in spans) <= 3


class Boom(Exception):
    pass


def test_an_error_in_then_reaches_the_caller(web: Web) -> None:
    """It is raised as it is, and no thread is left behind."""
    web.server.add("*", b"x", delay=0.01)

    def explode(_: Outcome) -> int:
        raise Boom("here")

    before = threading.active_count()
    jobs = [Job(n, Request(f"http://h{n % 5}.example/{n}"), explode if n == 7 else lambda _: 1) for n in range(200)]
    with pytest.raises(Boom, match="here"):
        list(web.dispatcher.run(jobs))
    assert len(web.server.requests) < 100
    assert [t.name for t in threading.enumerate() if t.name.startswith("fetch-")] == []
    assert threading.active_count() <= before + 20
    assert len(web.get("h0.example/again", purpose="feed")) == 1


def test_an_error_in_the_jobs_reaches_the_caller(web: Web) -> None:
    """The store that gives the jobs may fail, too."""
    web.server.add("*", b"x")

    def jobs() -> Iterator[Job[int, Outcome]]:
        yield Job(0, Request("http://h0.example/"), lambda o: o)
        raise Boom

    with pytest.raises(Boom):
        list(web.dispatcher.run(jobs()))


def test_leaving_early_ends_the_threads(web: Web) -> None:
    """A consumer that stops listening leaves nothing running."""
    web.server.add("*", b"x")
    jobs = (Job(n, Request(f"http://h{n % 9}.example/{n}"), lambda o: o) for n in itertools.count())
    results = web.dispatcher.run(jobs)
    assert next(results)
    results.close()  # type: ignore[attr-defined]
    assert [t for t in threading.enumerate() if t.name.startswith("fetch-")] == []


def test_stop_finishes_what_is_under_way() -> None:
    """Requests that were sent are finished and handed over; nothing more is asked."""
    with Web(replace(SETTINGS, workers=4)) as web:
        web.server.add("*", b"x", delay=0.1)
        done: list[tuple[int, Outcome]] = []
        jobs = [Job(n, Request(f"http://h{n % 8}.example/{n}"), lambda o: o) for n in range(400)]
        for key, outcome in web.dispatcher.run(jobs):
            if not done:
                web.dispatcher.stop()
            done.append((key, outcome))
        assert len(done) == len(web.server.requests) <= 9
        assert all(isinstance(outcome, Fetched) for _, outcome in done)
        assert web.get("h0.example/") == {}


def test_stop_from_a_signal_handler() -> None:
    """SIGINT may come while the caller waits for a result."""
    with Web() as web:
        web.server.add("*", b"x", delay=0.3)
        before = signal.signal(signal.SIGALRM, lambda *_: web.dispatcher.stop())
        try:
            signal.setitimer(signal.ITIMER_REAL, 0.1)
            outcomes = web.get(*(f"h0.example/{n}" for n in range(50)), purpose="feed")
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
        assert len(outcomes) == 1


def test_jobs_are_taken_as_needed(web: Web) -> None:
    """A long iterable is not swallowed at once, and its length does not matter."""
    web.server.add("*", b"x")
    taken = 0

    def jobs() -> Iterator[Job[int, bool]]:
        nonlocal taken
        for n in range(100_000):
            taken += 1
            yield Job(n, Request(f"http://h{n % 50}.example/{n}"), lambda o: True)

    results = web.dispatcher.run(jobs())
    for _ in range(50):
        next(results)
    assert taken < 10_000
    results.close()  # type: ignore[attr-defined]


def test_few_large_bodies_are_in_memory_at_once(web: Web) -> None:
    """A large body holds its place until the consumer is done with it; small ones pass by."""
    web.server.add("*", b"x")
    web.server.add("/big", b"0" * 3_000_000)
    held: set[int] = set()
    most = 0
    lock = threading.Lock()

    def hold(n: int, outcome: Outcome) -> Outcome:
        nonlocal most
        with lock:
            held.add(n)
            most = max(most, len(held))
        time.sleep(0.01)
        return outcome

    big = [Job(n, Request(f"http://h{n}.example/big"), partial(hold, n)) for n in range(12)]
    small = [Job(n, Request(f"http://h{n}.example/"), lambda o: o) for n in range(20, 40)]
    got = []
    for key, outcome in web.dispatcher.run([*big, *small]):
        assert isinstance(outcome, Fetched)
        got.append(key)
        time.sleep(0.002)
        with lock:
            held.discard(key)
    assert len(got) == 32
    assert most <= 3  # two, and one whose place was just freed


def test_few_bytes_wait_for_the_consumer() -> None:
    """However small each body is: what many were made into would fill the memory while the store is busy."""
    with Web(replace(SETTINGS, workers=4)) as web:
        web.server.add("/some", b"0" * 900_000)
        made: list[int] = []

        def note(n: int, _: Outcome) -> int:
            made.append(n)
            return n

        jobs = [Job(n, Request(f"http://h{n}.example/some"), partial(note, n)) for n in range(40)]
        got = 0
        for _ in web.dispatcher.run(jobs):
            got += 1
            if got == 1:
                time.sleep(1.0)
                assert len(made) <= 10  # 4 MB, and what was under way
        assert got == 40


def test_large_bodies_that_nobody_takes_free_their_place(web: Web) -> None:
    """Leaving a run, or an error in it, does not lame the next."""
    web.server.add("/big", b"0" * 3_000_000)

    def explode(_: Outcome) -> int:
        raise Boom

    for _ in range(4):
        with pytest.raises(Boom):
            list(web.dispatcher.run([Job(n, Request(f"http://h{n}.example/big"), explode) for n in range(4)]))
        results = web.dispatcher.run([Job(n, Request(f"http://h{n}.example/big"), lambda o: o) for n in range(4)])
        next(results)
        results.close()  # type: ignore[attr-defined]
    assert len(web.get(*(f"h{n}.example/big" for n in range(6)), purpose="feed")) == 6


def test_broken_addresses_are_outcomes(web: Web) -> None:
    """What is no address fails without a request."""
    assert failed(next(web.dispatcher.run([Job(0, Request("nonsense"), lambda o: o)]))[1]).kind == "unsafe"


def test_any_fetcher_will_do() -> None:
    """The Dispatcher needs no more than the port: one method that gives outcomes."""

    class Plain:
        def fetch(self, request: Request) -> Outcome:
            return Fetched(request.url, 200, {}, b"x")

        def close(self) -> None:
            pass

    dispatcher = Dispatcher(Plain(), SETTINGS, user_agent=AGENT, hosts={}, now=lambda: NOW)
    jobs = [Job(n, Request(f"https://h{n}.example/", "page"), lambda o: o) for n in range(50)]
    assert len(list(dispatcher.run(jobs))) == 50


def test_many_servers_side_by_side() -> None:
    """Real addresses of their own: all of 127.0.0.2-9 are asked at the same time, each one by one."""
    settings = FetchSettings(pause=0.02, workers=16, timeout=5, allow_private_hosts=("127.0.0.0/8",))
    with ExitStack() as stack:
        servers = [stack.enter_context(Server(f"127.0.0.{n}")) for n in range(2, 10)]
        for server in servers:
            server.add("*", b"x", delay=0.02)
        fetcher = HttpFetcher(settings, user_agent=AGENT, environ={})
        dispatcher = Dispatcher(fetcher, settings, user_agent=AGENT, hosts={}, now=lambda: NOW)
        jobs = [Job(i, Request(server.url(f"/{i}")), lambda o: o) for i in range(4) for server in servers]
        assert len(list(dispatcher.run(jobs))) == 32
        for server in servers:
            assert overlaps(server.requests) == 0
            assert min(gaps(server.requests)) >= 0.02
        assert overlaps(seen for server in servers for seen in server.requests) > 10
        fetcher.close()

"""A run of the Dispatcher over real servers: its threads, what it hands out and when, and how it ends."""

from __future__ import annotations

import itertools
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial

import pytest

from crawler.fetch.client import HttpFetcher
from crawler.fetch.politeness import Dispatcher, Job
from crawler.model import Fetched, Outcome, Request
from crawler.settings import FetchSettings
from tests.support.server import Answer, Seen, Server, gaps, overlaps
from tests.support.waiting import PATIENCE
from tests.unit.fetch.named import AGENT, NOW, SETTINGS, Web, failed


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
    jobs = [Job(n, Request(f"http://h{n % 5}.example/{n}"), explode if n == 7 else lambda _: 1) for n in range(2000)]
    with pytest.raises(Boom, match="here"):
        list(web.dispatcher.run(jobs))
    assert len(web.server.requests) < 1000
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
    stopped = threading.Event()

    def answer(seen: Seen) -> Answer:
        assert seen.path == "/0" or stopped.wait(PATIENCE)
        return Answer(b"x")

    with Web(replace(SETTINGS, workers=4)) as web:
        web.server.add("*", answer=answer)
        done: list[tuple[int, Outcome]] = []
        jobs = [Job(n, Request(f"http://h{n % 8}.example/{n}"), lambda o: o) for n in range(400)]
        for key, outcome in web.dispatcher.run(jobs):
            if not done:
                web.dispatcher.stop()
                stopped.set()
            done.append((key, outcome))
        assert len(done) == len(web.server.requests) <= 5
        assert all(isinstance(outcome, Fetched) for _, outcome in done)
        assert web.get("h0.example/") == {}


def test_stop_from_a_signal_handler() -> None:
    """SIGINT may come while the caller waits for a result."""
    stopped = threading.Event()

    def answer(_: Seen) -> Answer:
        os.kill(os.getpid(), signal.SIGALRM)
        assert stopped.wait(PATIENCE)
        return Answer(b"x")

    with Web() as web:

        def stop(*_: object) -> None:
            web.dispatcher.stop()
            stopped.set()

        web.server.add("*", answer=answer)
        before = signal.signal(signal.SIGALRM, stop)
        try:
            outcomes = web.get(*(f"h0.example/{n}" for n in range(50)), purpose="feed")
        finally:
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
        assert overlaps(seen for server in servers for seen in server.requests) > 0
        fetcher.close()

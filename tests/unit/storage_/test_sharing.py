"""What several runs on one PostgreSQL store share: sources, turns at hosts, the search for copies."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import timedelta

import pytest

from crawler.model import HostState
from storage.opening import open_sharing, open_store
from storage.sharing import SharedRuns
from tests.support.postgres import execute, needs_postgres, new_database
from tests.support.stores import NOW
from tests.support.waiting import PATIENCE, until

pytestmark = needs_postgres

HOST = "acme.example"
KEYS = (HOST, f"http://{HOST}")


@pytest.fixture(scope="module")
def url() -> str:
    """A database with the store's tables."""
    url = new_database()
    open_store(url).close()
    return url


@pytest.fixture
def runs(url: str) -> Iterator[tuple[SharedRuns, SharedRuns]]:
    """Two runs, as two processes have them."""
    execute(url, "DELETE FROM turns")
    with ExitStack() as stack:
        pair = []
        for _ in range(2):
            run = open_sharing(url, patience=6.0)
            assert run is not None
            stack.enter_context(closing(run))
            stack.enter_context(run.joined())
            pair.append(run)
        yield pair[0], pair[1]


def test_other_stores_belong_to_one_run() -> None:
    """There is nobody to share with."""
    assert open_sharing("memory:") is None
    assert open_sharing("sqlite:///crawl.db") is None


class TestLeases:
    """A source is in one run's hands."""

    def test_a_source_is_in_one_hand(self, runs: tuple[SharedRuns, SharedRuns]) -> None:
        one, other = runs
        assert one.lease(["a", "b"]) == {"a", "b"}
        assert one.lease(["a"]) == set(), "not twice, by two threads of one process"
        assert other.lease(["b", "c"]) == {"c"}
        other.release(["b"])  # not theirs
        assert other.lease(["b"]) == set()
        one.release(["b"])
        assert other.lease(["a", "b"]) == {"b"}

    def test_a_run_that_ends_leaves_nothing(self, url: str, runs: tuple[SharedRuns, SharedRuns]) -> None:
        _, other = runs
        third = open_sharing(url)
        assert third is not None
        with closing(third):
            with third.joined():
                assert third.lease(["a"]) == {"a"}
            until(lambda: other.lease(["a"]) == {"a"})

    def test_what_a_killed_process_held_is_free(self, url: str, runs: tuple[SharedRuns, SharedRuns]) -> None:
        """The server drops its session, and its leases with it; the run itself goes on with a new one."""
        one, other = runs
        one.lease(["a"])
        assert one._session is not None
        pid = one._session.exec_driver_sql("SELECT pg_backend_pid()").scalar()
        execute(url, f"SELECT pg_terminate_backend({pid})")
        until(lambda: other.lease(["a"]) == {"a"})
        with pytest.raises(Exception, match="database"):
            one.lease(["b"])
        assert one.lease(["b"]) == {"b"}


class TestTurns:
    """A host has one turn at a time, and a rest after each."""

    def test_one_turn_at_a_time(self, runs: tuple[SharedRuns, SharedRuns]) -> None:
        one, other = runs
        assert one.take(HOST, HOST, KEYS).wait == 0
        assert 0 < other.take(HOST, HOST, KEYS).wait <= 0.2
        assert one.take(HOST, HOST, KEYS).wait > 0
        assert other.take("b.example", "b.example", ()).wait == 0
        one.give_back(HOST, HOST, 0.0, 0.0, ())
        assert other.take(HOST, HOST, KEYS).wait == 0

    def test_the_rest_holds_for_all(self, runs: tuple[SharedRuns, SharedRuns]) -> None:
        one, other = runs
        one.take(HOST, HOST, KEYS)
        one.give_back(HOST, HOST, 2.0, 0.0, ())
        began = time.monotonic()
        wait = other.take(HOST, HOST, KEYS).wait
        assert 0 < wait <= 2.0
        time.sleep(wait)
        while other.take(HOST, HOST, KEYS).wait:
            time.sleep(0.005)
        assert time.monotonic() - began >= wait

    def test_a_turn_without_a_request_costs_no_rest(self, runs: tuple[SharedRuns, SharedRuns]) -> None:
        one, other = runs
        one.take(HOST, HOST, KEYS)
        one.give_back(HOST, HOST, None, 0.0, ())
        assert other.take(HOST, HOST, KEYS).wait == 0

    def test_a_long_pause_of_one_blog_does_not_hold_up_its_platform(self, runs: tuple[SharedRuns, SharedRuns]) -> None:
        one, other = runs
        slow, quick = "slow.substack.com", "quick.substack.com"
        one.take("substack.com", slow, (slow,))
        one.give_back("substack.com", slow, 0.0, 90.0, ())
        assert other.take("substack.com", slow, (slow,)).wait > 80
        assert other.take("substack.com", quick, (quick,)).wait == 0

    def test_what_one_learns_of_a_host_the_next_one_knows(self, runs: tuple[SharedRuns, SharedRuns]) -> None:
        one, other = runs
        state = HostState(HOST, pause=5.0, blocked_until=NOW + timedelta(hours=1))
        one.take(HOST, HOST, KEYS)
        one.give_back(HOST, HOST, 0.0, 0.0, [state])
        assert other.take(HOST, HOST, KEYS).states == (state,)

    def test_a_turn_lasts_as_long_as_its_holder_lives(self, url: str, runs: tuple[SharedRuns, SharedRuns]) -> None:
        """A long request keeps its turn; that of a process that says nothing any more comes free."""
        one, other = runs
        dead = SharedRuns(one._engine, one._place, patience=0.6)  # nobody keeps its turns
        one.take(HOST, HOST, ())
        dead.take("dead.example", "dead.example", ())
        ask = f"SELECT held_until FROM turns WHERE lane = '{HOST}'"
        first = execute(url, ask)
        until(lambda: execute(url, ask) > first)
        assert other.take(HOST, HOST, ()).wait > 0
        until(lambda: other.take("dead.example", "dead.example", ()).wait == 0)


def test_copies_are_linked_by_one_at_a_time(runs: tuple[SharedRuns, SharedRuns]) -> None:
    """The second waits for the first."""
    one, other = runs
    done: list[str] = []

    def link() -> None:
        with other.linking():
            done.append("second")

    with one.linking():
        thread = threading.Thread(target=link)
        thread.start()
        time.sleep(0.4)
        done.append("first")
    thread.join(PATIENCE)
    assert done == ["first", "second"]

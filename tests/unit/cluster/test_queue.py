"""The queue on a real PostgreSQL: what waits once, what is tried again, what is dead."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from crawler.cluster import job as jobs
from crawler.cluster import tables
from crawler.cluster.job import Job, NewerPayload, job_of, queues_to_serve
from crawler.cluster.queue import CONNECT_SECONDS, MOST_STALLS, Queue, conninfo
from crawler.cluster.worker import wait_after
from crawler.errors import StoreError, StoreFull, StoreLocked
from tests.support.postgres import execute, needs_postgres, new_database
from tests.support.stores import NOW

FETCH = Job("fetch", "acme", "acme.example", NOW)


@pytest.fixture(scope="module")
def url() -> str:
    return new_database()


@pytest.fixture
def queue(url: str) -> Iterator[Queue]:
    with closing(Queue(url)) as queue:
        execute(url, "DELETE FROM procrastinate_jobs; DELETE FROM procrastinate_workers")
        yield queue


def _rows(url: str, columns: str) -> list[tuple[object, ...]]:
    return execute(url, f"SELECT {columns} FROM procrastinate_jobs ORDER BY id")


def _take(url: str, queue: str = "fetch", *, seen: str = "now()") -> int:
    """As a worker does that gave its last sign of life at `seen`."""
    inserted = execute(url, f"INSERT INTO procrastinate_workers (last_heartbeat) VALUES ({seen}) RETURNING id")
    taken = execute(url, f"SELECT (procrastinate_fetch_job_v2(ARRAY['{queue}'], {inserted[0][0]})).id")
    assert taken[0][0] is not None
    return int(taken[0][0])


class TestPayload:
    """What a job says is read by other versions."""

    def test_there_and_back(self) -> None:
        assert job_of(FETCH.payload()) == FETCH
        assert job_of(Job("link").payload()) == Job("link")

    def test_an_unknown_field_is_left_out_and_an_absent_one_has_its_default(self) -> None:
        assert job_of({"kind": "fetch", "source": "acme", "colour": "red"}) == Job("fetch", "acme")

    def test_a_later_version_is_not_read(self) -> None:
        with pytest.raises(NewerPayload):
            job_of({**FETCH.payload(), "version": jobs.VERSION + 1})

    def test_a_worker_serves_its_own_version_and_those_before(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert queues_to_serve(["fetch", "extract"]) == ["fetch.2", "extract.2", "fetch", "extract"]
        monkeypatch.setattr(jobs, "VERSION", 1)
        assert queues_to_serve(["fetch"]) == ["fetch"]

    def test_only_what_earlier_workers_would_get_wrong_is_kept_from_them(self) -> None:
        """One of the first version would ask for what is new, and the archive would be forgotten."""
        assert (FETCH.version, FETCH.queue) == (1, "fetch")
        archive = Job("fetch", "acme", "acme.example", backfill=True)
        assert (archive.version, archive.queue, archive.key) == (2, "fetch.2", "backfill:acme")
        assert job_of(archive.payload()) == archive


@needs_postgres
class TestPut:
    """A job waits once."""

    def test_a_job_waits_once_and_may_wait_while_it_is_done(self, queue: Queue, url: str) -> None:
        assert queue.put([FETCH, Job("fetch", "b"), FETCH]) == 2
        assert queue.put([FETCH]) == 0
        _take(url)
        assert queue.put([FETCH]) == 1
        assert queue.counts() == {("fetch", "doing"): 1, ("fetch", "todo"): 2}

    def test_two_jobs_of_a_host_are_not_done_at_once(self, queue: Queue, url: str) -> None:
        queue.put([FETCH, Job("fetch", "b", FETCH.lane), Job("fetch", "c", "c.example")])
        _take(url)
        _take(url)
        assert _rows(url, "args->>'source', status::text") == [("acme", "doing"), ("b", "todo"), ("c", "doing")]

    def test_a_job_that_is_put_off_holds_up_no_other(self, queue: Queue, url: str) -> None:
        queue.put([FETCH], 60)
        queue.put([Job("fetch", "b", FETCH.lane)])
        assert not queue.put([FETCH])
        _take(url)
        assert _rows(url, "args->>'source', status::text") == [("acme", "todo"), ("b", "doing")]
        assert queue.is_busy(["fetch"])
        assert not queue.is_busy(["extract"])

    def test_lanes_are_counted(self, queue: Queue) -> None:
        queue.put([FETCH, Job("fetch", "b", FETCH.lane), Job("extract", "b", "b.example")])
        assert queue.lanes() == {FETCH.lane: 2, "b.example": 1}


@needs_postgres
class TestRecover:
    """A worker that dies loses nothing and doubles nothing."""

    def test_jobs_of_the_living_stay_theirs(self, queue: Queue, url: str) -> None:
        queue.put([FETCH])
        _take(url)
        assert queue.recover(30) == 0

    @pytest.mark.parametrize("gone", [False, True])
    def test_jobs_of_the_dead_wait_again(self, queue: Queue, url: str, *, gone: bool) -> None:
        """Whether the worker is silent or its row was taken away by a worker that started."""
        queue.put([FETCH])
        _take(url, seen="now() - interval '1 minute'")
        if gone:
            execute(url, "DELETE FROM procrastinate_workers")
        assert queue.recover(30) == 1
        assert queue.recover(30) == 0
        assert _rows(url, "status::text, lock, args->>'tries'") == [("todo", FETCH.lane, "1")]

    def test_a_job_that_was_enqueued_meanwhile_is_not_doubled(self, queue: Queue, url: str) -> None:
        queue.put([FETCH])
        _take(url, seen="now() - interval '1 minute'")
        queue.put([FETCH])
        assert queue.recover(30) == 1
        assert _rows(url, "status::text") == [("todo",)]

    def test_a_job_that_ends_every_worker_is_given_up(self, queue: Queue, url: str) -> None:
        queue.put([FETCH])
        for _ in range(MOST_STALLS + 1):
            _take(url, seen="now() - interval '1 minute'")
            assert queue.recover(30) == 1
        (dead,) = queue.dead()
        assert (dead.kind, dead.source, dead.tries) == ("fetch", "acme", MOST_STALLS)
        assert "ended" in dead.error

    def test_several_look_at_once(self, queue: Queue, url: str) -> None:
        """Each stalled job is found by one of them."""
        queue.put([Job("fetch", f"s{n}") for n in range(20)])
        for _ in range(20):
            _take(url, seen="now() - interval '1 minute'")
        found: list[int] = []
        threads = [threading.Thread(target=lambda: found.append(queue.recover(30))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sum(found) == 20
        assert queue.counts() == {("fetch", "todo"): 20}


@needs_postgres
class TestDead:
    """Dead jobs stay for a person to see."""

    @pytest.fixture
    def dead(self, queue: Queue, url: str) -> int:
        queue.put([FETCH])
        number = _take(url)
        queue.note_death(number, "ValueError: no")
        execute(url, f"SELECT procrastinate_finish_job_v1({number}, 'failed', false)")
        return number

    def test_they_are_listed_and_not_enqueued_again(self, queue: Queue, dead: int) -> None:
        (job,) = queue.dead()
        assert (job.id, job.error) == (dead, "ValueError: no")
        assert job.died_at is not None
        assert queue.put([FETCH, Job("fetch", "b")]) == 1

    def test_a_day_later_they_are_tried_again(self, queue: Queue, dead: int, url: str) -> None:
        execute(url, 'UPDATE procrastinate_jobs SET args = args || \'{"died_at": "2020-01-01T00:00:00+00:00"}\'')
        assert queue.put([FETCH]) == 1
        assert queue.forget() == 1
        assert queue.dead() == []

    def test_a_person_retries_them(self, queue: Queue, dead: int, url: str) -> None:
        assert queue.retry([dead, dead + 1]) == [dead]
        assert _rows(url, "status::text, args->>'tries', args->>'error'") == [("todo", "0", "")]
        assert queue.retry(None) == []


@needs_postgres
class TestTables:
    """Procrastinate's tables are ours to make and to bring up to date."""

    def test_several_processes_make_them_at_once(self) -> None:
        url = new_database()
        errors: list[BaseException] = []

        def make() -> None:
            try:
                Queue(url).close()
            except BaseException as error:  # noqa: BLE001
                errors.append(error)

        threads = [threading.Thread(target=make) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        assert execute(url, "SELECT count(*) FROM pg_indexes WHERE indexname LIKE 'crawl_jobs_%'") == [(2,)]

    def test_tables_of_an_earlier_library_get_its_later_migrations(self) -> None:
        """The last migration is taken back here, and is there again afterwards."""
        url = new_database()
        Queue(url).close()
        *_, before, last = tables.migrations()
        execute(url, f"COMMENT ON TABLE procrastinate_jobs IS '{before.name}'")
        there = "SELECT to_regproc('procrastinate_retry_job_v1') IS NOT NULL"
        assert last.name.startswith("03.04.00_50"), "a later library: name the function that its last migration drops"
        assert execute(url, there) == [(True,)]
        Queue(url).close()
        (comment,) = execute(url, "SELECT obj_description('procrastinate_jobs'::regclass)")[0]
        assert comment == last.name

    def test_a_look_into_a_long_queue_goes_by_indexes(self, queue: Queue, url: str) -> None:
        """Whether a lock is held is asked once for each job that could be taken."""
        queue.put([Job("fetch", f"s{n}", f"h{n % 300}.example") for n in range(3000)])
        execute(url, "ANALYZE procrastinate_jobs")
        ask = "EXPLAIN SELECT 1 FROM procrastinate_jobs o WHERE o.lock = 'h1.example' AND (o.status = 'doing' OR"
        plan = "\n".join(row[0] for row in execute(url, f"{ask} (o.status = 'todo' AND o.id < 700))"))
        assert "crawl_jobs_lock" in plan


class TestTrouble:
    """What becomes of a job that fails is told by what failed."""

    @pytest.mark.parametrize(
        ("error", "waits"),
        [
            (StoreLocked("x"), [10, 20, 40]),
            (StoreFull("x"), [300, 1800, 3600, None]),
            (ValueError("x"), [60, 600, None]),
        ],
    )
    def test_the_wait_is_the_error_s(self, error: Exception, waits: list[float | None]) -> None:
        assert [wait_after(error, tries) for tries in range(len(waits))] == waits

    def test_other_databases_have_no_queue(self) -> None:
        with pytest.raises(StoreError, match="PostgreSQL"):
            conninfo("sqlite:///crawl.db")
        assert conninfo("postgresql+psycopg://u@h/d") == "postgresql://u@h/d"

    def test_a_database_that_is_away_is_told_at_once_with_its_reason(self) -> None:
        began = time.monotonic()
        with pytest.raises(StoreError, match=r"queue cannot be used \(.*port 9 failed.*\)"):
            Queue("postgresql://nobody@127.0.0.1:9/none")
        assert time.monotonic() - began < CONNECT_SECONDS / 3

    def test_a_database_that_does_not_answer_is_given_up(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("crawler.cluster.queue.CONNECT_SECONDS", 2)
        with socket.create_server(("127.0.0.1", 0)) as silent:
            began = time.monotonic()
            with pytest.raises(StoreError, match="queue cannot be used"):
                Queue(f"postgresql://nobody@127.0.0.1:{silent.getsockname()[1]}/none")
            assert time.monotonic() - began < 10

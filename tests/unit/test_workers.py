"""Worker processes: results, errors, deadlines, deaths."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.errors import ParseError, StoreError, StoreFull
from crawler.model import Article, Entry, Failed, Feed, FeedDocument, Fetched, Image, Issue, Item, Section, Window
from crawler.workers import WorkerDied, WorkerPool, WorkerTimeout, kept


def double(value: int) -> int:
    return 2 * value


def same(value: object) -> object:
    return value


def process_id(_: int) -> int:
    return os.getpid()


def raise_parse_error(message: str) -> None:
    raise ParseError(message)


def raise_unpicklable(_: int) -> None:
    class Local(Exception):
        pass

    raise Local("from inside")


def raise_of_system(number: int) -> None:
    raise OSError(number, os.strerror(number), "/tmp/x")


def raise_of_library(message: str) -> None:
    raise OSError(message)


def end_at_first(marker: str) -> str:
    """As systemd ends a service: SIGTERM to all of its processes, whatever they are at."""
    if not Path(marker).exists():
        Path(marker).touch()
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(60)
    return "read"


def sleep(seconds: float) -> None:
    time.sleep(seconds)


def compute(_: float) -> None:
    while True:
        pass


def die(_: int) -> None:
    os._exit(9)


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    workers = WorkerPool(size=2, deadline=20)
    yield workers
    workers.close()


def test_a_call_runs_in_another_process(pool: WorkerPool) -> None:
    assert pool.call(double, 21) == 42
    assert pool.call(process_id, 0) != os.getpid()


def test_values_of_every_part_of_the_model_come_back_equal(pool: WorkerPool) -> None:
    now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    picture = Image("https://a.example/p.png", "A queue")
    item = Item("Queues", "https://a.example/q", image=picture, tags=("kafka",))
    values = (
        Feed("a", "https://a.example/feed", next_check_at=now),
        Fetched("https://a.example/feed", 200, {"etag": '"1"'}, b"<rss/>"),
        Failed("https://a.example/feed", "timeout", "no answer within 30 s"),
        FeedDocument("rss20", "A", None, (Entry("1", "https://a.example/q", "Queues", image=picture),)),
        Article("0" * 16, "a", "1", "https://a.example/q", "https://a.example/q", "Queues", now, image=picture),
        Issue(1, "Weekly", "", "This week: queues.", Window(now, now), (Section("data", "Data", (item,)),)),
    )
    assert pool.call(same, values) == values


def test_many_threads_share_few_workers(pool: WorkerPool) -> None:
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda n: pool.call(double, n), range(40))) == [2 * n for n in range(40)]
        assert len(set(threads.map(lambda _: pool.call(process_id, 0), range(40)))) <= 2


def test_an_error_reaches_the_caller_as_it_is(pool: WorkerPool) -> None:
    with pytest.raises(ParseError, match="no feed") as caught:
        pool.call(raise_parse_error, "no feed")
    assert "raise_parse_error" in caught.value.__notes__[0]  # where in the worker it happened


def test_an_error_that_cannot_be_pickled_arrives_as_its_text(pool: WorkerPool) -> None:
    with pytest.raises(RuntimeError, match="Local: from inside"):
        pool.call(raise_unpicklable, 0)


def test_a_task_over_its_deadline_is_killed_and_the_pool_goes_on(pool: WorkerPool) -> None:
    began = time.monotonic()
    with pytest.raises(WorkerTimeout, match=r"longer than 0\.3 seconds"):
        pool.call(compute, 0.0, 0.3)
    with pytest.raises(WorkerTimeout, match=r"longer than 0\.3 seconds"):
        pool.call(sleep, 60.0, 0.3)
    assert time.monotonic() - began < 45
    assert [pool.call(double, n) for n in (1, 2, 3)] == [2, 4, 6]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the system does not tell what a process spent")
def test_a_task_that_waits_for_a_processor_has_time(pool: WorkerPool) -> None:
    """What counts is the CPU time that it took, not what others took meanwhile."""
    pool.call(double, 1)
    pool.call(sleep, 2.0, 1.5)


def test_a_worker_that_dies_is_replaced(pool: WorkerPool) -> None:
    with pytest.raises(WorkerDied):
        pool.call(die, 0)
    assert [pool.call(double, n) for n in (1, 2, 3)] == [2, 4, 6]


def test_a_closed_pool_refuses() -> None:
    workers = WorkerPool(size=1)
    assert workers.call(double, 1) == 2
    workers.close()
    with pytest.raises(WorkerDied):
        workers.call(double, 1)


MIB = bytearray(2**20)
held: list[bytearray] = []


def grow(mib: int) -> int:
    held.append(MIB * mib)
    return os.getpid()


def grow_for_good(mib: int) -> int:
    with kept():
        return grow(mib)


def test_a_worker_that_grew_is_replaced_but_not_for_what_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that every task needs must not be loaded anew for each."""
    monkeypatch.setattr("crawler.workers.RETIRE_MIB", 140)
    workers = WorkerPool(size=1, deadline=20)
    try:
        first = workers.call(grow_for_good, 150)
        assert workers.call(process_id, 0) == first
        assert workers.call(grow, 150) == first
        assert workers.call(process_id, 0) != first
    finally:
        workers.close()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE])
def test_what_the_machine_lacks_is_not_blamed_on_the_page(number: int, pool: WorkerPool) -> None:
    """A full /tmp: the language model cannot be unpacked, and no page is worse for that."""
    with pytest.raises(StoreError, match=r"/tmp/x.*run again"):
        pool.call(raise_of_system, number)


def test_a_full_disk_for_temporary_files_is_told_as_one(pool: WorkerPool) -> None:
    with pytest.raises(StoreFull, match="TMPDIR"):
        pool.call(raise_of_system, errno.ENOSPC)


def test_what_a_library_calls_an_error_of_the_system_stays_the_page_s(pool: WorkerPool) -> None:
    """lxml says OSError of a document that it cannot read; there is no number to it."""
    with pytest.raises(OSError, match="Error reading file"):
        pool.call(raise_of_library, "Error reading file")


def test_a_worker_that_somebody_ended_costs_its_page_nothing(tmp_path: Path, pool: WorkerPool) -> None:
    assert pool.call(end_at_first, str(tmp_path / "marker")) == "read"


def test_ctrl_c_while_a_worker_starts_is_the_command_s_alone(tmp_path: Path) -> None:
    """It reaches all processes of a terminal, those too that are not ready to ignore it."""
    script = "import time; from crawler.workers import WorkerPool; WorkerPool(1).call(time.sleep, 0.0); print('read')"
    running = subprocess.Popen(
        [sys.executable, "-c", f"import signal; signal.signal(2, lambda *_: None); {script}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while running.poll() is None:
        with suppress(ProcessLookupError):
            if len(_processes_of(running.pid)) > 1:  # before, it is the command that would not be ready
                os.killpg(running.pid, signal.SIGINT)
        time.sleep(0.01)
    assert running.communicate() == ("read\n", "")


def _processes_of(group: int) -> list[int]:
    told = subprocess.run(["pgrep", "-g", str(group)], capture_output=True, text=True, check=False)
    return [int(number) for number in told.stdout.split()]

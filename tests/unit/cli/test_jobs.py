"""`crawl jobs`, `crawl once --enqueue` and `crawl serve --enqueue`: the queue from the command line."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.app import App, now
from crawler.cli.root import run
from crawler.cluster.job import Job
from crawler.cluster.queue import Queue
from crawler.serving import LOOK_AT_ALL, Service
from tests.support.postgres import execute, needs_postgres, new_database

pytestmark = needs_postgres


@pytest.fixture(scope="module")
def database() -> str:
    return new_database()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: str) -> Path:
    """Two sources; the store is in the environment."""
    lines = "".join(f"- {{url: 'http://{name}.example/feed', slug: {name}}}\n" for name in ("one", "two"))
    (tmp_path / "sources.yaml").write_text(f"settings: {{contact: 'https://example.org'}}\nsources:\n{lines}")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CRAWL_DATABASE_URL", database)
    with closing(App()) as app:
        assert app.store.feeds() == {}
        with closing(Queue(database)):
            execute(database, "DELETE FROM procrastinate_jobs; DELETE FROM feeds")
    return tmp_path


def _kill(database: str, error: str) -> int:
    """A job that was given up."""
    with closing(Queue(database)) as queue:
        queue.put([Job("fetch", "one", "one.example", tries=2)])
        ((number,),) = execute(database, "SELECT id FROM procrastinate_jobs")
        queue.note_death(number, error)
    execute(database, f"SELECT procrastinate_finish_job_v1({number}, 'failed', false)")
    return int(number)


def test_cron_enqueues_what_is_due(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Once, however often it runs; the kinds are told."""
    assert run(["once", "--enqueue", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"fetch": 2, "extract": 0, "link": 0, "left": 0}
    assert run(["once", "--enqueue", "--source", "one"]) == 0
    assert "0 sources" in capsys.readouterr().err
    assert run(["jobs", "list"]) == 0
    assert "fetch: 2 waiting, 0 under way, 0 dead" in capsys.readouterr().out


def test_archives_are_left_to_workers(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In a queue to which only workers listen that know of archives."""
    assert run(["once", "--enqueue", "--backfill"]) == 0
    assert run(["jobs", "list"]) == 0
    assert "fetch.2: 2 waiting" in capsys.readouterr().out


def test_what_only_a_crawl_can_do_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the option named."""
    assert run(["once", "--enqueue", "--strict"]) == 2
    assert "--strict" in capsys.readouterr().err


def test_what_there_is_no_room_for_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A person who wants archives comes back for the rest; nobody else would."""
    monkeypatch.setattr("crawler.cluster.enqueue.WAITING_A_LANE", 0)
    assert run(["once", "--enqueue", "--backfill"]) == 0
    assert "2 sources wait until there is room" in capsys.readouterr().err


def test_dead_jobs_are_listed_and_retried(folder: Path, database: str, capsys: pytest.CaptureFixture[str]) -> None:
    """By number or all; a number that is none is told."""
    number = _kill(database, "ValueError: no such thing")
    assert run(["jobs", "list", "--json"]) == 0
    shape = json.loads(capsys.readouterr().out)
    assert shape.pop("died_at")
    assert shape == {"id": number, "kind": "fetch", "source": "one", "tries": 2, "error": "ValueError: no such thing"}
    assert run(["jobs", "list"]) == 0
    assert "fetch one  ValueError" in capsys.readouterr().out
    assert run(["jobs", "retry"]) == run(["jobs", "retry", "--all", "1"]) == 2
    assert run(["jobs", "retry", str(number + 7)]) == 2
    assert str(number + 7) in capsys.readouterr().err
    assert run(["jobs", "retry", str(number)]) == 0
    assert run(["jobs", "list"]) == 0
    assert "fetch: 1 waiting, 0 under way, 0 dead" in capsys.readouterr().out


def test_queues_are_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A worker of no queue, or of one that there is not, would do nothing for ever."""
    for names in ("", "fetch,label"):
        assert run(["worker", "--queues", names]) == 2
        assert "fetch or extract" in capsys.readouterr().err


def test_serve_enqueues_by_the_clock(folder: Path, database: str) -> None:
    """All sources at first and once an hour, known ones in between."""
    at = now()
    with closing(Queue(database)) as queue, closing(App()) as app:
        service = Service(app, lambda: at, queue)
        service.tick()
        assert service.health.last_error is None
        assert queue.lanes() == {"one.example": 1, "two.example": 1}
        execute(database, "DELETE FROM procrastinate_jobs")
        service.tick()
        assert queue.lanes() == {}, "nobody has asked them, so that no next check is known"
        at += LOOK_AT_ALL + timedelta(seconds=1)
        service.tick()
        assert queue.lanes() == {"one.example": 1, "two.example": 1}
        assert service.health.counters == {"enqueued": 4}


@pytest.mark.parametrize("command", ["worker", "once --enqueue", "jobs list", "jobs retry 1", "serve --enqueue"])
def test_a_store_that_is_no_postgresql_has_no_workers(
    folder: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message says what is needed."""
    assert run([*command.split(), "--database", f"sqlite:///{folder}/crawl.db"]) == 2
    assert "PostgreSQL" in capsys.readouterr().err


def test_without_the_extra_the_message_installs_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody else needs Procrastinate."""
    monkeypatch.delitem(sys.modules, "crawler.cluster.queue")
    monkeypatch.setitem(sys.modules, "procrastinate", None)
    assert run(["jobs", "list"]) == 2
    assert "pip install 'weekly-roundup[cluster]'" in capsys.readouterr().err

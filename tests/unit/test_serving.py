"""`crawl serve`: cron expressions, jobs that meet trouble, the health endpoint, the end by a signal."""

from __future__ import annotations

import re
import signal
import threading
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from crawler.app import App
from crawler.demo.server import DemoServer
from crawler.errors import UserError
from crawler.serving import Service, add_jobs, cron_trigger, keep_time
from tests.support.waiting import PATIENCE, until
from tests.support.world import MOMENT, make_world


@pytest.mark.parametrize(
    ("expression", "after", "expected"),
    [
        ("0 7 * * SAT", datetime(2026, 11, 18, tzinfo=UTC), datetime(2026, 11, 21, 7, tzinfo=UTC)),
        ("0 7 * * 6", datetime(2026, 11, 18, tzinfo=UTC), datetime(2026, 11, 21, 7, tzinfo=UTC)),
        ("0 7 * * 0", datetime(2026, 11, 18, tzinfo=UTC), datetime(2026, 11, 22, 7, tzinfo=UTC)),
        ("0 7 * * 7", datetime(2026, 11, 18, tzinfo=UTC), datetime(2026, 11, 22, 7, tzinfo=UTC)),
        ("30 6 * * 1-5", datetime(2026, 11, 21, tzinfo=UTC), datetime(2026, 11, 23, 6, 30, tzinfo=UTC)),
        ("0 0 1 * *", datetime(2026, 11, 21, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)),
    ],
)
def test_cron_expressions_mean_what_crontab_says(expression: str, after: datetime, expected: datetime) -> None:
    assert cron_trigger(expression, "UTC").get_next_fire_time(None, after) == expected


@pytest.mark.parametrize("expression", ["", "7 * *", "99 7 * * SAT", "0 7 * * SOMEDAY"])
def test_a_wrong_cron_expression_is_told_with_an_example(expression: str) -> None:
    with pytest.raises(UserError, match="0 7 \\* \\* SAT"):
        cron_trigger(expression, "UTC")


@pytest.fixture
def service(tmp_path: Path) -> Service:
    config = tmp_path / "sources.yaml"
    config.write_text("sources:\n- {url: 'http://127.0.0.1:9/feed'}\n")
    return Service(App(config, f"sqlite:///{tmp_path}/db.sqlite"))


def test_a_tick_in_which_a_source_fails_is_healthy(service: Service) -> None:
    service.tick()
    assert service.health.last_error is None
    assert service.health.runs == 1


def test_trouble_is_shown_and_the_service_goes_on(service: Service) -> None:
    service.app.config_path.unlink()
    service.tick()
    assert service.health.last_error
    assert "sources.yaml" in service.health.last_error
    service.app.config_path.write_text("sources:\n- {url: 'http://127.0.0.1:9/feed'}\n")
    service.tick()
    assert service.health.last_error is None


def test_another_run_is_waited_out(service: Service) -> None:
    other = App(service.app.config_path, service.app.database)
    with other.store.run_lock():
        service.tick()
    assert service.health.last_error is None
    assert service.health.runs == 0
    service.tick()
    assert service.health.runs == 1


def test_an_issue_that_another_run_kept_from_being_composed_comes_with_a_later_tick(service: Service) -> None:
    draft = service.app.drafts / "001.md"
    other = App(service.app.config_path, service.app.database)
    with other.store.run_lock():
        service.weekly()
        service.tick()
    assert not draft.exists()
    service.tick()
    assert draft.exists()


def test_an_issue_that_comes_late_is_of_the_week_that_it_was_due_for(service: Service) -> None:
    at = [datetime(2026, 11, 15, 23, 59, tzinfo=UTC)]
    service.clock = lambda: at[-1]
    other = App(service.app.config_path, service.app.database)
    with other.store.run_lock():
        service.weekly()
    at.append(datetime(2026, 11, 16, 0, 1, tzinfo=UTC))
    service.tick()
    assert "2026-11-02" in (service.app.drafts / "001.md").read_text()


def test_an_issue_that_a_person_must_mend_is_not_tried_every_minute(service: Service) -> None:
    service.app.drafts.write_text("a file where the folder of drafts would be")
    service.weekly()
    assert "digest" in (service.health.last_error or "")
    service.app.drafts.unlink()
    service.tick()
    assert not service.app.drafts.exists()


def test_a_crawl_that_goes_well_does_not_hide_that_composing_failed(service: Service) -> None:
    service.app.drafts.write_text("a file where the folder of drafts would be")
    service.weekly()
    service.tick()
    assert "digest" in (service.health.last_error or "")
    service.app.drafts.unlink()
    service.weekly()
    assert service.health.last_error is None


class _Counted(threading.Event):
    """Counts how often somebody began to wait for it."""

    waits = 0

    def wait(self, timeout: float | None = None) -> bool:
        self.waits += 1
        return super().wait(timeout)


def test_a_clock_that_is_set_back_does_not_silence_the_service(service: Service) -> None:
    from apscheduler.schedulers.background import BackgroundScheduler

    ticked, scheduler = threading.Event(), BackgroundScheduler(timezone=UTC)
    service.tick = ticked.set  # type: ignore[method-assign]
    service.stopping = looks = _Counted()
    with time_machine.travel(datetime(2036, 1, 1, tzinfo=UTC)) as clock:
        add_jobs(scheduler, service, cron_trigger("0 7 * * SAT", "UTC"))
        scheduler.start()
        keeper = threading.Thread(target=keep_time, args=(scheduler, service, 0.05))
        keeper.start()
        try:
            assert ticked.wait(PATIENCE)
            until(lambda: scheduler.get_job("tick").next_run_time.year == 2036)
            until(lambda: looks.waits > 0)  # whoever keeps time has seen the clock as it was
            ticked.clear()
            clock.move_to(datetime(2026, 11, 18, tzinfo=UTC))
            assert ticked.wait(PATIENCE)
            assert scheduler.get_job("digest").next_run_time == datetime(2026, 11, 21, 7, tzinfo=UTC)
        finally:
            service.stopping.set()
            keeper.join()
            scheduler.shutdown()


def test_serve_fetches_answers_for_its_health_and_ends_by_sigterm(tmp_path: Path) -> None:
    with DemoServer(MOMENT) as server:
        world = make_world(tmp_path, server)
        process = world.start("serve", "--health", "127.0.0.1:0")
        try:
            until(lambda: "\n" in process.told())
            told = re.search(r"answering at (http://127\.0\.0\.1:\d+)/healthz", process.told().splitlines()[0])
            assert told
            until(lambda: "crawl_runs_total 1" in _ask(told[1] + "/metrics"))
            assert "crawl_checks_total" in _ask(told[1] + "/metrics")
            assert '"status": "ok"' in _ask(told[1] + "/healthz")
        finally:
            process.send_signal(signal.SIGTERM)
            _, err = process.communicate(timeout=300)
        assert process.returncode == 143, err
        assert "Traceback" not in err
        assert server.hits


def _ask(address: str) -> str:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(address, timeout=PATIENCE) as answer:
        return str(answer.read().decode())

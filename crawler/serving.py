"""The long-running form: APScheduler fetches each source when it is due and composes every week.

The only importer of APScheduler. Jobs run one at a time in one thread, so that a crawl and a composition never
meet; another process that holds the store is waited out until the next tick.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from types import FrameType
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from crawler.app import App, now
from crawler.compose.window import last_full_week
from crawler.composing import compose, write_draft_file
from crawler.context import Crawl, Selection
from crawler.delivering import deliver
from crawler.endpoint import Endpoint, Health
from crawler.errors import CrawlError, DeliverError, StoreBusy, StoreError, UserError
from crawler.pipeline import crawl_once
from crawler.publishing import publish
from crawler.report import line, total_line

if TYPE_CHECKING:
    from crawler.cluster.queue import Queue
    from crawler.model import Window

log = logging.getLogger(__name__)

TICK_SECONDS = 60
LOOK_AT_ALL = timedelta(hours=1)  # how often sources are looked for that were never asked, where workers crawl
WEEKDAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")


class Service:
    """The two jobs and what they share."""

    def __init__(self, app: App, clock: Callable[[], datetime] = now, queue: Queue | None = None) -> None:
        self.app = app
        self.queue = queue  # of workers, which then do the crawl
        self._looked_at: datetime | None = None  # when the state of every source was last looked at
        self._owed_since: datetime | None = None  # when an issue was to be composed that the store kept us from
        self.clock = clock
        self.health = Health(clock())
        self.stopping = threading.Event()
        self.signal: int | None = None
        self._crawl: Crawl | None = None

    def stop(self, number: int, _frame: FrameType | None = None) -> None:
        """A signal handler: finish what is under way, then end; at once when told twice."""
        if self.signal is not None:
            raise KeyboardInterrupt
        self.signal = number
        if self._crawl is not None:
            self._crawl.interrupt(number)
        self.stopping.set()

    def tick(self) -> None:
        """Fetch what is due, or have workers fetch it; then compose the issue that is owed, if any."""
        self._guard("crawl", self._tick if self.queue is None else self._enqueue)
        if self._owed_since is not None and not self.stopping.is_set():
            self._settle()

    def weekly(self) -> None:
        """Compose last week's issue of every profile; publish and send it where the settings say so.

        Where the store is held by another run, locked or away, the next ticks try again: the next week is too late.
        """
        self._owed_since = self.clock()
        self._settle()

    def _settle(self) -> None:
        if not self._guard("digest", self._weekly):
            self._owed_since = None

    def _tick(self) -> None:
        crawl = self._crawl = self.app.crawl()
        if self.stopping.is_set():
            return
        with self.app.run():
            report = crawl_once(crawl, Selection(self.app.config.sources))
        self.health.last_run_at = self.clock()
        self.health.runs += 1
        self.health.add(fetched=report.totals.fetched, unchanged=report.totals.unchanged, failed=report.totals.failed)
        self.health.add(new=report.totals.new)
        if report.tried:
            for result in report.sources:
                if result.outcome not in ("skipped", "unchanged"):
                    log.info("%s", line(result))
            log.info("%s", total_line(report))

    def _enqueue(self) -> None:
        from crawler.cluster.enqueue import enqueue_due, enqueue_known

        assert self.queue is not None
        crawl, at = self.app.crawl(), self.clock()
        if self._looked_at is None or at - self._looked_at >= LOOK_AT_ALL:
            done = enqueue_due(crawl, self.queue, self.app.config.sources)
            self._looked_at = at
        else:
            done = enqueue_known(crawl, self.queue)
        self.health.last_run_at = at
        self.health.runs += 1
        self.health.add(enqueued=done.fetch + done.extract)
        if done.fetch or done.extract:
            log.info("%d sources and %d with articles to read enqueued", done.fetch, done.extract)

    def _weekly(self) -> None:
        owed_since = self._owed_since or self.clock()
        trouble: list[CrawlError] = []
        with self.app.store.run_lock():
            for profile in self.app.each_profile():
                try:
                    self._compose(profile.name, last_full_week(owed_since, self.app.settings.timezone))
                except (UserError, DeliverError) as error:
                    log.error("%s: %s", profile.name, error)  # noqa: TRY400 -- a person's error needs no traceback
                    trouble.append(error)
        self.app.end_wording()
        self.health.last_digest_at = self.clock()
        if trouble:
            raise trouble[0]

    def _compose(self, profile: str, window: Window) -> None:
        """The issue of one newsletter, which is in use."""
        app, crawl, settings = self.app, self.app.crawl(), self.app.settings
        composition = compose(crawl, window)
        if settings.schedule.publish and not composition.issue.items:
            log.info("%s: nothing to publish this week", profile)
            return  # a draft that nobody publishes would keep its number, and leave a gap
        lead_of = None
        if app.wording is not None:
            from crawler.rewording import reword

            rewording = reword(crawl, composition, app.wording)
            composition, lead_of = rewording.composition, rewording.lead_of
            for sentence in rewording.sentences():
                log.info("%s", sentence)
        written = write_draft_file(app.store, composition.issue, app.drafts, lead_of=lead_of)
        log.info("composed %s: %d items", written.path, len(composition.issue.items))
        if settings.schedule.publish:
            issue, _, _ = publish(crawl, written.path, settings.issue.formats, app.out, self.clock())
            if settings.schedule.send and app.deliveries:
                deliver(crawl, app.deliveries, issue, app.outside(), log.info)

    def _guard(self, name: str, job: Callable[[], None]) -> bool:
        """Do a job; trouble is logged and shown by the endpoint. Whether it was the store that kept us from it."""
        try:
            job()
        except StoreBusy:
            log.info("%s: another run holds the store; trying again at the next tick", name)
            return True
        except CrawlError as error:
            self.health.errors[name] = f"{name}: {error}"
            log.error("%s: %s", name, error)  # noqa: TRY400 -- a person's error needs no traceback
            return isinstance(error, StoreError)
        except Exception as error:
            self.health.errors[name] = f"{name}: {error!r}"
            log.exception("%s: this is a bug", name)
            return False
        self.health.errors.pop(name, None)
        return False


def serve_forever(app: App, health: str | None, queue: Queue | None = None) -> int:
    """Run until SIGINT or SIGTERM; the exit code."""
    from apscheduler.executors.pool import ThreadPoolExecutor
    from apscheduler.schedulers.background import BackgroundScheduler

    logging.getLogger("crawler").setLevel(min(logging.getLogger("crawler").level or logging.INFO, logging.INFO))
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    service = Service(app, queue=queue)
    zone = app.settings.timezone
    app.store.feeds()  # open and migrate before anything is promised
    list(app.each_profile())  # what is wrong with a profile is told now, not on the day of its issue
    _ = app.wording  # and so is what a language model lacks
    app.end_wording()
    endpoint = Endpoint(health, service.health) if health else None
    scheduler = BackgroundScheduler(
        executors={"default": ThreadPoolExecutor(1)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        timezone=ZoneInfo(zone),
    )
    add_jobs(scheduler, service, cron_trigger(app.settings.schedule.digest, zone))
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, service.stop)
    scheduler.start()
    log.info("serving %d sources; issues are composed at %s (%s)", len(app.sources), app.settings.schedule.digest, zone)
    keep_time(scheduler, service)
    scheduler.shutdown(wait=True)
    if endpoint:
        endpoint.close()
    return 128 + (service.signal or signal.SIGTERM)


def add_jobs(scheduler: Any, service: Service, digest: Any) -> None:  # noqa: ANN401 -- APScheduler has no types
    """The two jobs, each in place of itself: a tick now and every minute, the issue by its trigger from now on."""
    scheduler.add_job(
        service.tick, "interval", seconds=TICK_SECONDS, next_run_time=now(), id="tick", replace_existing=True
    )
    scheduler.add_job(service.weekly, digest, id="digest", replace_existing=True)


def keep_time(scheduler: Any, service: Service, seconds: float = TICK_SECONDS) -> None:  # noqa: ANN401
    """Wait until the service is to stop, and look at the clock every so many seconds.

    APScheduler runs a job when the clock reaches the time that was reckoned when it ran last. Where the clock is set
    back (a machine that started with a wrong one), that would be hours or years of silence.
    """
    digest, before = scheduler.get_job("digest").trigger, now()
    while not service.stopping.wait(seconds):
        at = now()
        if at < before:
            log.warning("the clock was set back by %s; starting anew by it", before - at)
            add_jobs(scheduler, service, digest)
        before = at


def cron_trigger(expression: str, zone: str) -> Any:  # noqa: ANN401 -- APScheduler has no types
    """A trigger for a crontab expression. Raises UserError when it is none.

    Days of the week mean what crontab(5) says (0 and 7 are Sunday, and steps count from it); APScheduler counts from
    Monday.
    """
    from apscheduler.triggers.cron import CronTrigger

    fields = expression.split()
    if len(fields) != 5:
        raise UserError(f"schedule.digest: `{expression}` is no cron expression of five fields, such as 0 7 * * SAT")
    try:
        return CronTrigger.from_crontab(" ".join([*fields[:4], _weekdays(fields[4])]), timezone=ZoneInfo(zone))
    except ValueError as error:
        raise UserError(f"schedule.digest: `{expression}`: {error}; an example: 0 7 * * SAT") from error


def _weekdays(spec: str) -> str:
    """The days that the fifth field of a crontab means, by name. Raises ValueError where it names none."""
    days: set[int] = set()
    for part in spec.split(","):
        span, slash, step = part.partition("/")
        first, dash, last = ("0", "-", "6") if span == "*" else span.partition("-")
        try:
            start, end = _weekday(first), _weekday(last if dash else first)
            end = 7 if dash and not end else end
            days.update(range(start, end + 1, int(step) if slash else 1))
        except ValueError:
            days.clear()
        if not days:
            raise ValueError(f"`{part}` names no days of the week")
    return ",".join(sorted({WEEKDAYS[day] for day in days}, key=WEEKDAYS.index))


def _weekday(name: str) -> int:
    return int(name) if name in ("0", "1", "2", "3", "4", "5", "6", "7") else WEEKDAYS.index(name.upper())

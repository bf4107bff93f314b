"""`crawl sources check`: does each source answer with something that we can read? Touches no store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from crawler.asking import told_where
from crawler.errors import SourceError
from crawler.fetch.politeness import Dispatcher, Job
from crawler.model import Failed, Fetched, Outcome, Request, Source
from crawler.ports import Fetcher
from crawler.read import read_document
from crawler.settings import FetchSettings


@dataclass(frozen=True, slots=True)
class Check:
    """What one source answered. `problem` is None where it can be read; `moved_to` where it should be written anew."""

    source: Source
    entries: int = 0
    newest_at: datetime | None = None
    status: int | None = None
    moved_to: str | None = None
    problem: str | None = None


def check_sources(
    sources: Sequence[Source],
    fetcher: Fetcher,
    settings: FetchSettings,
    user_agent: str,
    now: Callable[[], datetime],
) -> Iterator[Check]:
    """Ask every source once, without validators, as politely as a crawl does; results as they come."""
    dispatcher = Dispatcher(fetcher, settings, user_agent=user_agent, hosts={}, now=now)
    jobs = (Job(source, Request(source.url), partial(_judge, source)) for source in sources)
    for _, check in dispatcher.run(jobs):
        yield check


def _judge(source: Source, outcome: Outcome) -> Check:
    if isinstance(outcome, Failed):
        return Check(source, status=outcome.status, problem=outcome.message)
    if not isinstance(outcome, Fetched):
        return Check(
            source, status=410, problem="the address is gone (410): find the blog's new one, or remove the source"
        )
    try:
        document = read_document(
            source.kind,
            outcome.body,
            outcome.url,
            content_type=outcome.headers.get("content-type"),
            source=source,
        )
    except SourceError as error:
        return Check(
            source, status=outcome.status, moved_to=outcome.moved_to, problem=told_where(error, source.url, outcome)
        )
    dates = [entry.published_at or entry.updated_at for entry in document.entries]
    known = [date for date in dates if date is not None]
    problem = None if document.entries else f"the {source.kind} is empty"
    return Check(source, len(document.entries), max(known, default=None), outcome.status, outcome.moved_to, problem)


def as_json(check: Check) -> Mapping[str, object]:
    """A line of `sources check --json`."""
    return {
        "source": check.source.slug,
        "url": check.source.url,
        "kind": check.source.kind,
        "ok": check.problem is None,
        "status": check.status,
        "entries": check.entries,
        "newest_at": check.newest_at.isoformat() if check.newest_at else None,
        "moved_to": check.moved_to,
        "problem": check.problem,
    }

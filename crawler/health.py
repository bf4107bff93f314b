"""Whether sources still do what they were subscribed for, each by its own rhythm. Pure.

A source is judged by what the crawls remember of it and by what it brought, never by one bad day: an outage shorter
than a week, or a silence that is usual for it, is no fault.
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from crawler.model import Feed, HostState, Source
from crawler.ports import SourceFigures
from crawler.urls import host_of

YIELD_DAYS = 92  # three months
_DAY = 86400.0
_FEWEST_GAPS = 3
_LONG_FAILING = 7.0  # days without a success while checks fail
_FEW_FAILURES = 3
_SILENT_TIMES = 5.0  # a silence of so many usual gaps, and of so many longest gaps, is unusual
_SILENT_LONGEST = 2.0
_SILENT_LEAST = 30.0  # days; nobody owes us a post this month
_UNREAD_DAYS = 182.0
# What an error begins with that says no to us; further on, a number may be a line's or part of an address.
_REFUSED = re.compile(r"(?:401|403|429|451)\b|robots\.txt of ")

Condition = Literal["new", "ok", "failing", "blocked", "gone", "moved", "held", "broken", "silent", "unused"]
"""What is the matter, the gravest first where several things are; `broken`: a listing or sitemap that is answered but
finds nothing any more; `unused`: it brings articles of which none was chosen for long."""

SERIOUS: frozenset[Condition] = frozenset({"failing", "blocked", "gone", "moved", "held", "broken"})


@dataclass(frozen=True, slots=True)
class Health:
    """One source's state for people. Spans are days; `rhythm` is the usual gap between two articles, None where too
    few are known; `silence` the time since the latest one; `articles` and `chosen` of the last three months."""

    source: Source
    condition: Condition
    advice: str
    last_success_at: datetime | None = None
    failures: int = 0
    last_error: str | None = None
    rhythm: float | None = None
    silence: float | None = None
    articles: int = 0
    chosen: int = 0
    current_url: str | None = None


def judge_sources(
    sources: Sequence[Source],
    feeds: Mapping[str, Feed],
    figures: Mapping[str, SourceFigures],
    hosts: Mapping[str, HostState],
    now: datetime,
) -> list[Health]:
    """All sources, those that need somebody first, else in their own order."""
    judged = [judge(s, feeds.get(s.slug), figures.get(s.slug, SourceFigures()), hosts, now) for s in sources]
    return sorted(judged, key=lambda health: (health.condition not in SERIOUS, health.condition in ("ok", "new")))


def judge(
    source: Source, feed: Feed | None, figures: SourceFigures, hosts: Mapping[str, HostState], now: datetime
) -> Health:
    """One source."""
    feed = feed if feed is not None and feed.url == source.url else Feed(source.slug, source.url)
    rhythm, longest = _gaps(figures.dates)
    silence = max(0.0, (now - figures.dates[0]).total_seconds() / _DAY) if figures.dates else None
    silent = _is_silent(rhythm, longest, silence)
    host = hosts.get(host_of(feed.current_url or feed.url))
    condition, advice = _verdict(source, feed, figures, host, now, silent=silent, rhythm=rhythm, silence=silence)
    return Health(
        source=source,
        condition=condition,
        advice=advice,
        last_success_at=feed.last_success_at,
        failures=feed.failures,
        last_error=feed.last_error,
        rhythm=rhythm,
        silence=silence,
        articles=figures.articles,
        chosen=figures.chosen,
        current_url=feed.current_url,
    )


def _verdict(
    source: Source,
    feed: Feed,
    figures: SourceFigures,
    host: HostState | None,
    now: datetime,
    *,
    silent: bool,
    rhythm: float | None,
    silence: float | None,
) -> tuple[Condition, str]:
    if trouble := _trouble(source.slug, feed, host, now):
        return trouble
    if silent and source.kind != "feed":
        return "broken", (
            f"its {source.kind} is answered, but has had nothing new for {silence:.0f} days instead of {rhythm:.1f}:"
            f" `crawl inspect {source.url}`, then mend `include` or `select`"
        )
    if silent:
        return "silent", f"see whether the blog moved: nothing for {silence:.0f} days instead of {rhythm:.1f}"
    if not figures.dates and source.kind != "feed":
        return (
            "broken",
            f"it was read and nothing was found: `crawl inspect {source.url}`, then mend `include` or `select`",
        )
    if figures.articles and not figures.chosen and _known_for(feed, now) >= _UNREAD_DAYS:
        return "unused", (
            f"`crawl sources remove {source.slug}` or lower its weight, if its articles are not for your readers"
        )
    return "ok", ""


def _trouble(slug: str, feed: Feed, host: HostState | None, now: datetime) -> tuple[Condition, str] | None:
    """What the answers of a source say against it, and the next step; None where it is answered as it should be."""
    if feed.last_checked_at is None:
        return "new", "run `crawl once`: it was never asked"
    if feed.state == "gone":
        return "gone", f"find its new address, or `crawl sources remove {slug}`: it answers 410 Gone"
    if feed.failures >= _FEW_FAILURES and _days_without(feed, now) >= _LONG_FAILING:
        if _is_blocked(feed, host, now):
            return "blocked", "ask its operator, or take another address of it: its host refuses us"
        return "failing", f"open the address, then `crawl sources add` its new one or `crawl sources remove {slug}`"
    if feed.failures and feed.last_success_at is None and not _is_blocked(feed, host, now):
        return "failing", f"see whether its address is right (`crawl sources check --source {slug}`): it never answered"
    if _is_blocked(feed, host, now):
        return "blocked", "wait: its host asked us to stay away; ask less often where it goes on"
    if feed.state == "held":
        return "held", f"look at its articles, then `crawl sources release {slug}`: it flooded or re-dated its archive"
    if feed.current_url:
        return "moved", "`crawl sources fix` writes its new address"
    return None


def _gaps(dates: Sequence[datetime]) -> tuple[float | None, float | None]:
    """The usual and the longest gap in days between days with articles; several on one day are one."""
    days = sorted({date.date() for date in dates})
    gaps = [float((after - before).days) for before, after in itertools.pairwise(days)]
    if len(gaps) < _FEWEST_GAPS:
        return None, None
    return statistics.median(gaps), max(gaps)


def _is_silent(rhythm: float | None, longest: float | None, silence: float | None) -> bool:
    if rhythm is None or longest is None or silence is None:
        return False
    return silence > max(_SILENT_LEAST, _SILENT_TIMES * rhythm, _SILENT_LONGEST * longest)


def _is_blocked(feed: Feed, host: HostState | None, now: datetime) -> bool:
    waits = host is not None and host.blocked_until is not None and host.blocked_until > now
    return feed.failures > 0 and (waits or _REFUSED.match(feed.last_error or "") is not None)


def _days_without(feed: Feed, now: datetime) -> float:
    """Days since the last success, or since the first reading that is known of; no end where there never was one."""
    since = feed.last_success_at or feed.begun_at
    return float("inf") if since is None else (now - since).total_seconds() / _DAY


def _known_for(feed: Feed, now: datetime) -> float:
    return 0.0 if feed.begun_at is None else (now - feed.begun_at).total_seconds() / _DAY


def as_json(health: Health) -> dict[str, object]:
    """A line of `sources health --json`."""
    return {
        "source": health.source.slug,
        "url": health.source.url,
        "kind": health.source.kind,
        "condition": health.condition,
        "advice": health.advice or None,
        "last_success_at": health.last_success_at.isoformat() if health.last_success_at else None,
        "failures": health.failures,
        "last_error": health.last_error,
        "rhythm_days": None if health.rhythm is None else round(health.rhythm, 1),
        "silence_days": None if health.silence is None else round(health.silence, 1),
        "articles": health.articles,
        "chosen": health.chosen,
        "current_url": health.current_url,
    }


def since(now: datetime) -> datetime:
    """From when on articles are counted."""
    return now - timedelta(days=YIELD_DAYS)

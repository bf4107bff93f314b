"""Which time an issue covers, and which articles may stand in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawler.errors import UserError
from crawler.model import Article, Reason, Source, Window
from crawler.ports import LedgerEntry
from crawler.settings import IssueSettings
from crawler.text import MONTHS, day_words
from crawler.urls import url_key

PROMOTION_LIMIT = 0.8


def last_full_week(now: datetime, tz: str) -> Window:
    """The last week that is over at `now`: Monday 00:00 to Monday 00:00 in the zone `tz`.

    A week in which the clocks change is an hour shorter or longer than the others.
    """
    zone = _zone(tz)
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    return _window(monday - timedelta(days=7), monday, zone)


def week_window(week: str, tz: str) -> Window:
    """The ISO week `2026-W46` (Monday to Monday) in the zone `tz`. Raises UserError for anything else."""
    match = re.fullmatch(r"(\d{4})-?W(\d{1,2})", week.strip(), re.IGNORECASE)
    advice = f"{week!r} is no week: write a year and an ISO week number, for example 2026-W46"
    if not match:
        raise UserError(advice)
    try:
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        end = monday + timedelta(days=7)
    except (ValueError, OverflowError):
        raise UserError(advice) from None
    return _window(monday, end, _zone(tz))


def day_window(from_: str, to: str, tz: str) -> Window:
    """From the start of the day `from_` up to the start of the day `to` (ISO dates; `to` is not covered)."""
    days = []
    for name, value in (("--from", from_), ("--to", to)):
        try:
            days.append(date.fromisoformat(value.strip()))
        except ValueError:
            raise UserError(f"{name} {value!r} is no date: write it as 2026-11-09") from None
    if days[0] >= days[1]:
        raise UserError(f"--from {from_} is not before --to {to}: --to is the first day that is no longer covered")
    return _window(days[0], days[1], _zone(tz))


def label(window: Window, tz: str = "UTC") -> str:
    """The window as a reader says it: `9-15 November 2026`, with the last day that it covers."""
    zone = _zone(tz)
    first = window.start_at.astimezone(zone).date()
    last = (window.end_at.astimezone(zone) - timedelta(microseconds=1)).date()
    if first == last:
        return day_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_words(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} – {day_words(last)}"
    return f"{day_words(first)} – {day_words(last)}"


@dataclass(frozen=True, slots=True)
class Excluded:
    """A candidate that cannot stand in the issue, and why."""

    article: Article
    reason: Reason


def choose(
    candidates: Sequence[Article],
    window: Window,
    settings: IssueSettings,
    ledger: Sequence[LedgerEntry],
    sources: Mapping[str, Source],
    *,
    begun: Mapping[str, datetime] | None = None,
) -> tuple[list[Article], list[Excluded]]:
    """The candidates that may stand in an issue of this window, and those that may not, with the rule.

    `begun` tells when each source was read for the first time: what came with that first reading counts by the
    publisher's dates alone, so that an archive is never late.
    """
    used_ids = {entry.article_id: entry.number for entry in ledger}
    used_keys = {entry.key: entry.number for entry in ledger}
    kept: list[Article] = []
    out: list[Excluded] = []
    seen: set[str] = set()
    for article in sorted(candidates, key=lambda a: a.id):
        found = (
            _unfit(article, settings, sources.get(article.source))
            or _used(article, used_ids, used_keys)
            or _outside(article, window, settings.late_days, begun or {})
            or _repeated(article, seen)
        )
        if found:
            rule, evidence = found
            out.append(Excluded(article, Reason("excluded", rule, rule, evidence, "candidate")))
        else:
            kept.append(article)
    return kept, out


def in_window(article: Article, window: Window, late_days: int, begun: Mapping[str, datetime]) -> bool:
    """Whether an article belongs to the window by its date, or by first sight where the date came late or not."""
    return _outside(article, window, late_days, begun) is None


def _zone(tz: str) -> ZoneInfo:
    try:
        return ZoneInfo(tz)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UserError(f"{tz!r} is no time zone: use a name like Europe/Berlin (settings.timezone)") from None


def _window(first: date, end: date, zone: ZoneInfo) -> Window:
    if first.year < 1900 or end.year > 9000:
        raise UserError(f"no issue can be of {first} to {end}: give days of the years 1900 to 9000")
    return Window(
        datetime.combine(first, time(), zone).astimezone(UTC), datetime.combine(end, time(), zone).astimezone(UTC)
    )


def _unfit(article: Article, settings: IssueSettings, source: Source | None) -> tuple[str, str] | None:
    if article.duplicate_of:
        return "duplicate", f"a copy of {article.duplicate_of}"
    if article.held:
        return "held", "came with a flood of entries that nobody has released"
    if article.noindex:
        return "noindex", "the publisher asks not to republish it"
    if not article.text.strip():
        return "no text", "neither its page nor its feed holds any text"
    if not article.summary.strip():
        return "no summary", "no sentence of it can stand as a summary"
    if not article.title.strip():
        return "no title", "the publisher gave no title"
    language = article.language or (source.language if source else None) or ""
    wanted = {name.split("-")[0].lower() for name in settings.languages}
    if language and wanted and language.split("-")[0].lower() not in wanted:
        return "language", f"written in {language}; the issue takes {', '.join(sorted(wanted))}"
    if reason := unwanted(article, settings):
        return reason
    if article.signals.promotion >= PROMOTION_LIMIT:
        return "promotion", f"promotion {article.signals.promotion:.2f} of 1"
    return None


def unwanted(article: Article, settings: IssueSettings) -> tuple[str, str] | None:
    """Why a newsletter has no place for an article, as (rule, words): by what it takes only, and what it never takes.

    None where it has. Tags, kinds, narrower kinds and the source of the article are looked at, nothing else."""
    has = {"tags": set(article.tags), "sources": {article.source}, "kinds": {article.kind, article.subkind} - {""}}
    for name, mine in has.items():
        wanted = set[str](getattr(settings.include, name))
        if wanted and not mine & wanted:
            what = ", ".join(sorted(mine)) or "none"
            return "not included", f"{name}: {what}; the newsletter takes {', '.join(sorted(wanted))}"
        if barred := mine & set[str](getattr(settings.exclude, name)):
            return "excluded", f"{name}: the newsletter leaves out {', '.join(sorted(barred))}"
    return None


def _used(article: Article, ids: Mapping[str, int], keys: Mapping[str, int]) -> tuple[str, str] | None:
    addresses = (article.url, article.canonical_url, *article.also_at)
    number = ids.get(article.id) or next((keys[k] for k in map(url_key, addresses) if k in keys), None)
    return ("already published", f"stands in issue {number}") if number is not None else None


def _outside(article: Article, window: Window, late_days: int, begun: Mapping[str, datetime]) -> tuple[str, str] | None:
    published, seen = article.published_at, article.first_seen_at
    if published is not None and window.start_at <= published < window.end_at:
        return None
    seen_in = window.start_at <= seen < window.end_at
    if published is None:
        return None if seen_in else ("outside the window", f"undated, first seen {seen:%Y-%m-%d}")
    if published >= window.end_at:
        return "outside the window", f"published {published:%Y-%m-%d}, after it"
    first_reading = article.source in begun and seen <= begun[article.source]
    if seen_in and not first_reading and published >= window.start_at - timedelta(days=late_days):
        return None
    return "outside the window", f"published {published:%Y-%m-%d}, first seen {seen:%Y-%m-%d}"


def _repeated(article: Article, seen: set[str]) -> tuple[str, str] | None:
    keys = {url_key(article.url), url_key(article.canonical_url)}
    if keys & seen:
        return "duplicate", "another candidate has the same address"
    seen |= keys
    return None

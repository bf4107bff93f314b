"""Which time an issue covers, and what may stand in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.compose.window import choose, day_window, label, last_full_week, week_window
from crawler.errors import UserError
from crawler.model import Article, Signals, Source, Window
from crawler.ports import LedgerEntry
from crawler.settings import IssueSettings
from crawler.urls import url_key
from tests.unit.compose.make import WEEK, article, source


def test_the_last_full_week_ends_before_now() -> None:
    """On a Saturday the week that runs is not taken, but the one before."""
    now = datetime(2026, 11, 21, 11, tzinfo=UTC)
    assert last_full_week(now, "UTC") == WEEK


def test_monday_begins_in_the_configured_zone() -> None:
    """On Monday half past midnight in Berlin the week before is over, although it is still Sunday in UTC."""
    now = datetime(2026, 11, 15, 23, 30, tzinfo=UTC)
    window = last_full_week(now, "Europe/Berlin")
    assert window == Window(datetime(2026, 11, 8, 23, tzinfo=UTC), datetime(2026, 11, 15, 23, tzinfo=UTC))
    assert last_full_week(now, "UTC").end_at == datetime(2026, 11, 9, tzinfo=UTC)


@pytest.mark.parametrize(("week", "hours"), [("2026-W13", 167), ("2026-W43", 169), ("2026-W46", 168), ("2026W46", 168)])
def test_weeks_follow_the_clock_change(week: str, hours: int) -> None:
    """In Berlin a week is an hour shorter in spring and longer in autumn."""
    window = week_window(week, "Europe/Berlin")
    assert window.end_at - window.start_at == timedelta(hours=hours)


def test_the_first_iso_week_may_begin_in_december() -> None:
    """ISO 8601: week 1 of 2026 begins on 29 December 2025."""
    assert week_window("2026-W01", "UTC").start_at == datetime(2025, 12, 29, tzinfo=UTC)


@pytest.mark.parametrize("week", ["2026-46", "46", "2026-W54", "2026-W00", "", "W46-2026", "9999-W52"])
def test_no_week_is_an_error_with_an_example(week: str) -> None:
    """What is no week is told with how to write one."""
    with pytest.raises(UserError, match="for example 2026-W46"):
        week_window(week, "UTC")


def test_days_exclude_the_last_one() -> None:
    """`--to` is the first day that is no longer covered."""
    assert day_window("2026-11-09", "2026-11-16", "UTC") == WEEK


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2026-11-9x", "2026-11-16", "--from"),
        ("2026-11-09", "soon", "--to"),
        ("2026-11-16", "2026-11-16", "not before"),
        ("0001-01-01", "2026-11-16", "1900 to 9000"),
        ("2026-11-16", "9999-12-31", "1900 to 9000"),
    ],
)
def test_bad_days_name_their_flag(start: str, end: str, said: str) -> None:
    """The message names the flag that is wrong."""
    with pytest.raises(UserError, match=said):
        day_window(start, end, "UTC")


def test_an_unknown_zone_is_told() -> None:
    """A misspelt time zone is a message, no traceback."""
    with pytest.raises(UserError, match=r"settings\.timezone"):
        week_window("2026-W46", "Europe/Berlim")


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2026-11-09", "2026-11-16", "9–15 November 2026"),
        ("2026-11-30", "2026-12-07", "30 November – 6 December 2026"),
        ("2026-12-28", "2027-01-04", "28 December 2026 – 3 January 2027"),
        ("2026-11-09", "2026-11-10", "9 November 2026"),
    ],
)
def test_labels_name_the_last_day_covered(start: str, end: str, said: str) -> None:
    """A label says the days as a reader would, in the zone of the window."""
    assert label(day_window(start, end, "Europe/Berlin"), "Europe/Berlin") == said


@given(st.integers(946_684_800, 4_070_908_800), st.sampled_from(["UTC", "Asia/Tokyo", "America/New_York"]))
def test_weeks_join_without_gap(seconds: int, tz: str) -> None:
    """The window a week later begins where this one ends."""
    now = datetime.fromtimestamp(seconds, UTC)
    assert last_full_week(now + timedelta(days=7, hours=2), tz).start_at >= last_full_week(now, tz).start_at
    assert last_full_week(now, tz).end_at <= now


# ---------------------------------------------------------------- choose


def _why(candidate: Article, **given: object) -> str | None:
    sources = {"a": source("a")}
    ledger: list[LedgerEntry] = given.pop("ledger", [])  # type: ignore[assignment]
    begun: dict[str, datetime] = given.pop("begun", {})  # type: ignore[assignment]
    kept, excluded = choose([candidate], WEEK, IssueSettings(), ledger, sources, begun=begun)
    assert len(kept) + len(excluded) == 1
    if not excluded:
        return None
    reason = excluded[0].reason
    assert reason.label == "excluded"
    assert reason.evidence
    return reason.value


@pytest.mark.parametrize(
    ("given_fields", "why"),
    [
        ({}, None),
        ({"duplicate_of": "0" * 16}, "duplicate"),
        ({"held": True}, "held"),
        ({"noindex": True}, "noindex"),
        ({"text": " \n"}, "no text"),
        ({"summary": ""}, "no summary"),
        ({"title": " "}, "no title"),
        ({"language": "de"}, "language"),
        ({"language": "en-US"}, None),
        ({"language": ""}, None),
        ({"signals": Signals(words=900, promotion=0.9)}, "promotion"),
        ({"signals": Signals(words=900, promotion=0.5)}, None),
    ],
)
def test_what_cannot_stand_in_an_issue_is_kept_out(given_fields: dict[str, object], why: str | None) -> None:
    """Each rule keeps out what it names and nothing else."""
    assert _why(article("a", **given_fields)) == why


def _day(month: int, day: int) -> datetime:
    return datetime(2026, month, day, tzinfo=UTC)


@pytest.mark.parametrize(
    ("published", "seen", "in_issue"),
    [
        (_day(11, 9), _day(11, 20), True),  # its date decides, whenever it was seen
        (_day(11, 16), _day(11, 16), False),  # the next window's
        (_day(11, 8), _day(11, 12), True),  # late: the publisher's date came after the last issue
        (_day(10, 13), _day(11, 12), True),  # 27 days late
        (_day(10, 11), _day(11, 12), False),  # 29 days late: too late
        (_day(11, 8), _day(11, 8), False),  # seen in its own week
        (None, _day(11, 12), True),  # undated: first sight counts
        (None, _day(11, 17), False),
        (_day(11, 20), _day(11, 12), False),  # dated ahead: its own week will have it
    ],
)
def test_first_sight_counts_where_the_date_came_late_or_not_at_all(
    published: datetime | None, seen: datetime, in_issue: bool
) -> None:
    """Promise 11: late and undated articles are not lost, and none stands in two windows."""
    why = _why(article("a", published_at=published, first_seen_at=seen))
    assert why == (None if in_issue else "outside the window")


def test_a_first_reading_is_never_late() -> None:
    """What came with the first reading of a source counts by the publisher's date alone."""
    old = article("a", published_at=_day(11, 2), first_seen_at=_day(11, 12))
    assert _why(old) is None
    assert _why(old, begun={"a": _day(11, 12)}) == "outside the window"
    assert _why(old, begun={"a": _day(11, 11)}) is None


@pytest.mark.parametrize("by", ["id", "key", "copy"])
def test_what_was_published_never_comes_again(by: str) -> None:
    """Promise 11: an article, under whatever address or id, stands in one issue of a profile."""
    candidate = article("a", also_at=("https://mirror.example.com/a/?utm_source=rss",))
    entries = {
        "id": LedgerEntry(candidate.id, "elsewhere.example/x", "A", 7),
        "key": LedgerEntry("f" * 16, url_key(candidate.url), "A", 7),
        "copy": LedgerEntry("f" * 16, url_key("https://mirror.example.com/a"), "A", 7),
    }
    assert _why(candidate, ledger=[entries[by]]) == "already published"


def test_two_candidates_with_one_address_are_one() -> None:
    """The same address under two ids is kept once."""
    one = article("a")
    other = article("a", id="f" * 16, canonical_url="http://www.a.example.org/a/")
    kept, excluded = choose([one, other], WEEK, IssueSettings(), [], {})
    assert len(kept) == 1
    assert [e.reason.value for e in excluded] == ["duplicate"]


def test_an_unknown_language_is_the_sources() -> None:
    """Where the text's language is unknown, the source's counts."""
    sources = {"a": Source("a", "https://a.example.org/feed", "A", language="fr")}
    kept, _ = choose([article("a", language="")], WEEK, IssueSettings(), [], sources)
    assert kept == []

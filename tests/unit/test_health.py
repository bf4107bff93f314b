"""Verdicts on sources: each by its own rhythm, and none for one bad day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.health import SERIOUS, Health, as_json, judge, judge_sources
from crawler.model import Feed, HostState, Source, SourceKind
from crawler.ports import SourceFigures

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
DAY = timedelta(days=1)
SOURCE = Source("acme", "https://acme.example/feed", "Acme")
OK = Feed(
    "acme", SOURCE.url, state="ok", last_checked_at=NOW, last_success_at=NOW, begun_at=NOW - 400 * DAY, interval=86400.0
)


def weekly(newest: float = 3, step: float = 7, count: int = 10) -> tuple[datetime, ...]:
    return tuple(NOW - (newest + n * step) * DAY for n in range(count))


def verdict(
    feed: Feed | None = OK, dates: tuple[datetime, ...] = weekly(), kind: SourceKind = "feed", **more: Any
) -> Health:
    figures = SourceFigures(more.pop("articles", 5), more.pop("chosen", 1), dates)
    return judge(replace(SOURCE, kind=kind), feed, figures, more.pop("hosts", {}), NOW)


def test_a_source_that_does_its_work_is_ok() -> None:
    health = verdict()
    assert (health.condition, health.advice) == ("ok", "")
    assert health.rhythm == 7
    assert health.silence == pytest.approx(3)


def test_never_asked_is_new() -> None:
    assert verdict(None, ()).condition == "new"
    other_address = replace(OK, url="https://acme.example/old")
    assert verdict(other_address).condition == "new"


@pytest.mark.parametrize(
    ("feed", "condition", "words"),
    [
        (replace(OK, state="gone", failures=1), "gone", "remove acme"),
        (replace(OK, state="held"), "held", "release acme"),
        (replace(OK, state="moved", current_url="https://new.example/feed"), "moved", "sources fix"),
        (replace(OK, failures=9, last_error="503", last_success_at=NOW - 9 * DAY), "failing", "sources add"),
        (replace(OK, failures=9, last_error="403 Forbidden", last_success_at=NOW - 9 * DAY), "blocked", "operator"),
    ],
)
def test_what_the_last_checks_tell(feed: Feed, condition: str, words: str) -> None:
    health = verdict(feed)
    assert health.condition == condition
    assert words in health.advice


def test_a_short_outage_is_no_fault() -> None:
    assert verdict(replace(OK, failures=9, last_error="503", last_success_at=NOW - 3 * DAY)).condition == "ok"
    assert verdict(replace(OK, failures=2, last_error="503", last_success_at=NOW - 30 * DAY)).condition == "ok"


def test_what_never_answered_fails_without_a_week_of_patience() -> None:
    never = Feed("acme", SOURCE.url, state="failing", failures=3, last_error="dns", last_checked_at=NOW)
    assert verdict(never, ()).condition == "failing"
    once = verdict(replace(never, failures=1), ())
    assert once.condition == "failing", "an address that never worked is more likely wrong than down"
    assert "sources check --source acme" in once.advice
    refused = replace(never, failures=1, last_error="403 Forbidden")
    assert verdict(refused, ()).condition == "blocked"


def test_a_host_that_told_us_to_stay_away_is_a_block() -> None:
    hosts = {"acme.example": HostState("acme.example", blocked_until=NOW + DAY)}
    assert verdict(replace(OK, failures=1, last_error="busy"), hosts=hosts).condition == "blocked"
    hosts = {"acme.example": HostState("acme.example", blocked_until=NOW - DAY)}
    assert verdict(replace(OK, failures=1, last_error="busy"), hosts=hosts).condition == "ok"


@pytest.mark.parametrize(
    ("error", "condition"),
    [
        ("451 Unavailable For Legal Reasons", "blocked"),
        ("robots.txt of https://acme.example forbids https://acme.example/feed", "blocked"),
        ("this is not XML: EntityRef: expecting ';', line 403, column 9; open the address", "failing"),
        ("this is an HTML page, not a feed: set the source's url to https://acme.example/p/4290/feed", "failing"),
        ("this is no sitemap, it has no urlset: look for its address in the site's robots.txt", "failing"),
    ],
)
def test_only_a_refusal_is_a_block(error: str, condition: str) -> None:
    """Numbers of lines and addresses, and the next step that an error names, refuse nothing."""
    feed = Feed("acme", SOURCE.url, state="failing", failures=1, last_error=error, last_checked_at=NOW)
    assert verdict(feed, ()).condition == condition


@pytest.mark.parametrize(("kind", "condition"), [("feed", "silent"), ("listing", "broken"), ("sitemap", "broken")])
def test_a_long_silence_is_a_broken_recipe_or_a_silent_feed(kind: SourceKind, condition: str) -> None:
    assert verdict(dates=weekly(newest=60), kind=kind).condition == condition
    assert verdict(dates=weekly(newest=29), kind=kind).condition == "ok"


def test_silence_is_measured_by_the_sources_own_rhythm() -> None:
    assert verdict(dates=weekly(newest=100, step=90)).condition == "ok"
    assert verdict(dates=weekly(newest=500, step=90)).condition == "silent"
    with_a_pause = (*weekly(newest=40, step=1, count=5), *weekly(newest=140, step=1, count=5))
    assert verdict(dates=with_a_pause).condition == "ok", "it was silent for longer before"


def test_a_listing_that_finds_nothing_at_all_is_broken() -> None:
    assert verdict(dates=(), kind="listing", articles=0).condition == "broken"
    assert verdict(dates=(), kind="feed", articles=0).condition == "ok"


def test_articles_that_nobody_chooses_are_told_after_half_a_year() -> None:
    assert verdict(chosen=0).condition == "unused"
    assert verdict(replace(OK, begun_at=NOW - 60 * DAY), chosen=0).condition == "ok"


def test_who_needs_somebody_comes_first() -> None:
    sources = [replace(SOURCE, slug=slug) for slug in "abc"]
    feeds = {slug: replace(OK, source=slug) for slug in "abc"} | {"c": replace(OK, source="c", state="gone")}
    figures = {slug: SourceFigures(5, 1, weekly(60 if slug == "b" else 1)) for slug in "abc"}
    judged = judge_sources(sources, feeds, figures, {}, NOW)
    assert [(one.source.slug, one.condition) for one in judged] == [("c", "gone"), ("b", "silent"), ("a", "ok")]


@given(
    st.lists(st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1)), max_size=20),  # noqa: DTZ001 - made aware below
    st.sampled_from(["new", "ok", "failing", "gone", "moved", "held"]),
    st.integers(0, 50),
    st.sampled_from(["feed", "sitemap", "listing"]),
)
def test_whatever_is_serious_comes_with_advice(
    dates: list[datetime], state: Any, failures: int, kind: SourceKind
) -> None:
    aware = tuple(sorted((date.replace(tzinfo=UTC) for date in dates), reverse=True))
    health = verdict(replace(OK, state=state, failures=failures), aware, kind)
    assert (health.condition in SERIOUS) <= bool(health.advice)
    assert health.silence is None or health.silence >= 0
    assert as_json(health)["condition"] == health.condition

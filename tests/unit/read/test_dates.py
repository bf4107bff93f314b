"""Dates that publishers write."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.read.dates import date_in_text, looks_like_date, parse_date

_FIRST = datetime(1990, 1, 2, tzinfo=UTC)
_MOMENTS = st.integers(min_value=0, max_value=209 * 365 * 86_400).map(
    lambda seconds: _FIRST + timedelta(seconds=seconds)
)


@given(_MOMENTS)
def test_the_usual_spellings_of_a_moment_mean_that_moment(moment: datetime) -> None:
    assert parse_date(moment.isoformat()) == moment
    assert parse_date(moment.strftime("%Y-%m-%dT%H:%M:%SZ")) == moment
    assert parse_date(moment.strftime("%a, %d %b %Y %H:%M:%S +0000")) == moment
    assert parse_date(moment.strftime("%d %B %Y %H:%M:%S GMT")) == moment
    assert parse_date(moment.strftime("%a %b %d %H:%M:%S %Y")) == moment
    assert parse_date(moment.strftime("%Y%m%d%H%M%S")) == moment


@given(_MOMENTS, st.integers(min_value=-14 * 60, max_value=14 * 60))
def test_an_offset_is_taken_off(moment: datetime, minutes: int) -> None:
    sign = "+" if minutes >= 0 else "-"
    zone = f"{sign}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"
    found = parse_date(moment.strftime("%a, %d %b %Y %H:%M:%S ") + zone)
    assert found is not None
    assert (moment - found).total_seconds() == minutes * 60


@given(st.text(max_size=200))
def test_any_text_is_a_date_in_range_or_none(text: str) -> None:
    for found in (parse_date(text), date_in_text(text)):
        assert found is None or (found.tzinfo is UTC and 1989 < found.year <= 2200)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Posted by Mina on 7 May 2024 in Storage", "2024-05-07"),
        ("May 7th, 2024 · 6 min read", "2024-05-07"),
        ("Veröffentlicht am 7. März 2024", "2024-03-07"),
        ("2024年5月7日", "2024-05-07"),
        ("7 de mayo de 2024", "2024-05-07"),
        ("12 decorators 2024", None),
        ("Read in 5 min", None),
        ("version 2024.1.300", None),
    ],
)
def test_date_in_text(text: str, day: str | None) -> None:
    found = date_in_text(text)
    assert (found.date().isoformat() if found else None) == day


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("11/17/2026 10:05:00 AM", "2026-11-17T10:05:00+00:00"),
        ("11/5/2026 10:05 PM EST", "2026-11-06T03:05:00+00:00"),
        ("17/11/2026 22:05", "2026-11-17T22:05:00+00:00"),
        ("05.11.2026", "2026-11-05T00:00:00+00:00"),
        ("11/05/2026 10:05:00", None),
        ("17/13/2026", None),
        ("31.11.2026", None),
    ],
)
def test_days_and_months_in_numbers_are_told_apart_or_unknown(text: str, moment: str | None) -> None:
    """A wrong month does more harm than no date."""
    found = parse_date(text)
    assert (found.isoformat() if found else None) == moment
    assert looks_like_date(text)


def test_a_known_form_with_an_impossible_day_is_told_from_no_date() -> None:
    assert parse_date("Mon, 01 Jan 0001 00:00:00 +0000") is None
    assert looks_like_date("Mon, 01 Jan 0001 00:00:00 +0000")
    assert not looks_like_date("some day soon")

"""Days of the week in cron expressions, as crontab(5) counts them: from Sunday, which is 0 and 7."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler.errors import UserError
from crawler.serving import cron_trigger

SUNDAY = datetime(2026, 11, 22, tzinfo=UTC)
DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")


@pytest.mark.parametrize(
    ("spec", "days"),
    [
        ("*", "SUN MON TUE WED THU FRI SAT"),
        ("6", "SAT"),
        ("0", "SUN"),
        ("7", "SUN"),
        ("1-5", "MON TUE WED THU FRI"),
        ("0-2", "SUN MON TUE"),
        ("5-7", "SUN FRI SAT"),
        ("SUN-TUE", "SUN MON TUE"),
        ("fri-sun", "SUN FRI SAT"),
        ("0,fri", "SUN FRI"),
        ("0-6/2", "SUN TUE THU SAT"),
        ("SUN-SAT/3", "SUN WED SAT"),
        ("*/3", "SUN WED SAT"),
        ("1-5/2,6", "MON WED FRI SAT"),
    ],
)
def test_days(spec: str, days: str) -> None:
    trigger = cron_trigger(f"0 7 * * {spec}", "UTC")
    found = []
    at = SUNDAY
    while (at := trigger.get_next_fire_time(None, at)) < SUNDAY + timedelta(days=7):
        found.append(DAYS[(at - SUNDAY).days])
        at += timedelta(hours=1)
    assert found == days.split()


@pytest.mark.parametrize("spec", ["8", "SOMEDAY", "FRI-MON", "*/0", "*/x", "1-", "-1", "1-2-3", ""])
def test_what_names_no_days_is_told_with_an_example(spec: str) -> None:
    with pytest.raises(UserError, match=r"0 7 \* \* SAT"):
        cron_trigger(f"0 7 * * {spec}", "UTC")

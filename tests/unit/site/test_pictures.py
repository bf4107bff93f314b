"""Articles a week as bars."""

from __future__ import annotations

import re
from datetime import date, timedelta
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from crawler.site.pictures import WEEKS, rhythm

LAST = date(2026, 11, 20)


@given(st.lists(st.integers(0, 900), max_size=80))
def test_every_bar_stands_in_the_picture_and_no_article_is_lost(ages: list[int]) -> None:
    picture = rhythm([LAST - timedelta(days=age) for age in ages])
    if not picture:
        return
    ET.fromstring(picture)
    bars = [tuple(map(int, bar)) for bar in re.findall(r"M(\d+) 36v-(\d+)h4", picture)]
    assert len({place for place, _ in bars}) == len(bars) <= WEEKS
    assert all(0 <= place <= 306 and 2 <= height <= 36 for place, height in bars)
    assert max(place for place, _ in bars) == 306
    assert max(height for _, height in bars) == 36


def test_the_words_tell_what_the_bars_show() -> None:
    """Friday and the Monday before it are one week; what is older than a year is left out."""
    days = [LAST, date(2026, 11, 16), date(2026, 11, 15), date(2026, 11, 2), date(2026, 1, 1), date(2025, 11, 20), None]
    assert "5 articles in the 52 weeks up to the latest one, at most 2 in a week" in rhythm(days)


def test_few_weeks_make_no_rhythm() -> None:
    assert rhythm([LAST] * 9) == ""
    assert rhythm([]) == ""

"""What header fields say about time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetch.headers import collect
from crawler.headers import freshness, http_date, retry_after

NOW = datetime(2026, 11, 21, 7, tzinfo=UTC)
DATE = "Sat, 21 Nov 2026 06:00:00 GMT"
LATER = "Sat, 21 Nov 2026 09:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"cache-control": "max-age=600"}, 600),
        ({"cache-control": "public, max-age=600"}, 600),
        ({"cache-control": "MAX-AGE = 600"}, 600),
        ({"cache-control": 'max-age="600"'}, 600),
        ({"cache-control": "s-maxage=9, max-age=600"}, 600),
        ({"cache-control": "s-maxage=9"}, None),
        ({"cache-control": "max-age=600", "age": "100"}, 500),
        ({"cache-control": "max-age=600", "age": "900"}, 0),
        ({"cache-control": "max-age=600", "age": "old"}, 600),
        ({"cache-control": "no-cache, max-age=600"}, 0),
        ({"cache-control": "no-store"}, 0),
        ({"cache-control": "max-age=-5"}, None),
        ({"cache-control": "max-age=600", "expires": LATER}, 600),
        ({"expires": LATER}, 7200),
        ({"expires": LATER, "date": DATE}, 10800),
        ({"expires": DATE}, 0),
        ({"expires": "0"}, 0),
        ({"expires": "-1"}, 0),
    ],
)
def test_freshness(headers: dict[str, str], seconds: float | None) -> None:
    """RFC 9111 section 4.2.1, for a private cache."""
    assert freshness(headers, NOW) == seconds


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "120"}, 120),
        ({"retry-after": "0"}, 0),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after": "-1"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": LATER}, 7200),
        ({"retry-after": LATER, "date": DATE}, 10800),
        ({"retry-after": DATE}, 0),
        ({"retry-after": "9" * 400}, 10 * 365 * 86400),
    ],
)
def test_retry_after(headers: dict[str, str], seconds: float | None) -> None:
    """RFC 9110 section 10.2.3: seconds or a date, read against the server's own clock."""
    assert retry_after(headers, NOW) == seconds


@pytest.mark.parametrize(
    "text",
    [
        "Sat, 21 Nov 2026 09:00:00 GMT",
        "Saturday, 21-Nov-26 09:00:00 GMT",
        "Sat Nov 21 09:00:00 2026",
        "21 Nov 2026 10:00:00 +0100",
    ],
)
def test_dates(text: str) -> None:
    """All three forms of RFC 9110 section 5.6.7, and mail's."""
    assert http_date(text) == datetime(2026, 11, 21, 9, tzinfo=UTC)


@given(st.text(max_size=60))
def test_any_text_is_no_date(text: str) -> None:
    """Nothing a server writes there breaks us."""
    assert http_date(text) is None or http_date(text) is not None
    retry_after({"retry-after": text, "date": text}, NOW)
    freshness({"cache-control": text, "age": text, "expires": text}, NOW)


def test_collect() -> None:
    """Lists are joined; of what stands for one value the first line counts; bytes survive."""
    raw = [(b"ETag", b'"\xe9"'), (b"etag", b'"2"'), (b"Link", b"<a>"), (b"LINK", b"<b>"), (b"Retry-After", b"1")]
    assert collect(raw) == {"etag": '"\xe9"', "link": "<a>, <b>", "retry-after": "1"}

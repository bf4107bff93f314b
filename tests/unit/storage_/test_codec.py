"""Values in columns: whatever goes in comes out, and sorts as it should."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.model import Image, Signals
from storage import codec
from tests.support.stores import make_signature

times = st.datetimes(
    datetime(1, 1, 2),  # noqa: DTZ001 - the strategy wants naive bounds
    datetime(9999, 12, 30),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=-11)), timezone(timedelta(hours=5, minutes=45))]),
)
any_text = st.text(st.characters(codec=None))


@given(times, times)
def test_times_keep_microseconds_and_order(a: datetime, b: datetime) -> None:
    """To the microsecond, from any zone, before and after 1970."""
    assert codec.instant(codec.micros(a)) == a
    assert codec.instant(codec.micros(a)).tzinfo is UTC
    assert (codec.micros(a) < codec.micros(b)) == (a < b)


def test_naive_times_are_refused() -> None:
    """A time without zone is a bug that must not be stored."""
    with pytest.raises(TypeError):
        codec.micros(datetime(2026, 11, 21))  # noqa: DTZ001


@given(any_text)
def test_cleaned_text_can_be_stored_and_is_stable(value: str) -> None:
    """What is cleaned has UTF-8 and no NUL; only those are dropped."""
    clean = codec.clean(value)
    clean.encode()
    assert clean == "".join(char for char in value if char != "\0" and not "\ud800" <= char <= "\udfff")
    assert codec.clean(clean) == clean


@given(st.lists(any_text))
def test_lists_come_back_clean(values: list[str]) -> None:
    """In their order, empty strings included."""
    assert codec.load_strings(codec.dump_strings(values)) == tuple(map(codec.clean, values))


@pytest.mark.parametrize("written", ['["a", "b"]', '[ "a","b" ]', '["a" ,"b"]', '["a",\n "b"]', '["\\u0061","b"]'])
def test_a_list_is_read_however_its_json_is_spaced(written: str) -> None:
    assert codec.load_strings(written) == ("a", "b")


@given(
    st.builds(Signals, st.integers(0), st.integers(0), promotion=st.floats(0, 1), topics=st.none() | st.integers(0, 3))
)
def test_signals_come_back(signals: Signals) -> None:
    """What is as it is by itself needs no room: zeros, and no word on topics, which is not the same as no topic."""
    assert codec.load_signals(codec.dump_signals(signals)) == signals


def test_signals_of_another_version_are_read() -> None:
    """A signal that is not known any more is dropped, one that was not yet known is zero."""
    assert codec.load_signals('{"words":3,"retired":1}') == Signals(words=3)


@given(st.integers(-(2**63), 2**64 - 1), st.lists(st.integers(-(2**63), 2**64 - 1), min_size=1))
def test_signatures_come_back_to_the_bit(title: int, bands: list[int]) -> None:
    """Whether a hash was read with a sign or without."""
    signature = make_signature(*bands, title=title)
    assert codec.load_signature(signature.values, codec.dump_keys(signature), signature.shingles) == signature
    assert all(-(2**63) <= codec.int64(band) < 2**63 for band in bands)


def test_no_image_is_none() -> None:
    """An image without alt text is an image."""
    assert codec.load_image(codec.dump_image(None)) is None
    assert codec.load_image(codec.dump_image(Image("https://a.example/x.png"))) == Image("https://a.example/x.png")


@given(st.text(max_size=600), st.text(max_size=600))
def test_short_keys_tell_keys_apart(a: str, b: str) -> None:
    """They fit an index whatever the key, and a short key is itself."""
    key = codec.short(a)
    assert len(key.encode()) <= 2000
    assert (codec.short(b) == key) == (codec.clean(a) == codec.clean(b))
    assert codec.is_short(key) == (len(codec.clean(a)) <= 250)


@given(st.sets(st.integers(), max_size=50), st.integers(1, 7))
def test_chunks_are_everything_once(values: set[int], size: int) -> None:
    """In order, none longer than asked."""
    chunks = list(codec.chunks(values, size))
    assert [value for chunk in chunks for value in chunk] == sorted(values)
    assert all(0 < len(chunk) <= size for chunk in chunks)

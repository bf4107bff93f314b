"""Shards of the search: every row in one of them, and few of them touched by new rows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crawler.site.searching import label_token, shards_of


@given(st.integers(0, 900), st.integers(1, 60), st.integers(1, 60))
def test_every_row_is_in_one_shard(count: int, full: int, fresh: int) -> None:
    shards = shards_of("x", count, full, fresh)
    assert [row for _, first, last in shards for row in range(first, last)] == list(range(count))
    assert len({name for name, *_ in shards}) == len(shards)
    assert all(last - first <= max(full, fresh) for _, first, last in shards)


def test_few_rows_are_indexed_again() -> None:
    """A week of fifty more in an archive of fifty thousand."""
    before, after = set(shards_of("x", 50_000, 3000, 500)), set(shards_of("x", 50_050, 3000, 500))
    assert sum(last - first for _, first, last in after - before) <= 550


@given(st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
def test_a_label_is_one_word_that_begins_no_other(one: str, other: str) -> None:
    tokens = label_token("tag", one), label_token("tag", other)
    assert all(token.isalpha() and token.islower() for token in tokens)
    assert one == other or not tokens[1].startswith(tokens[0])

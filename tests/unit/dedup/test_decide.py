"""What a document's entries are to the store: promises 6 (one identity), 8 (floods) and 9 (nobody waits)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.dedup.decide import Decision, entry_hash
from crawler.model import Entry, Feed, Source
from crawler.ports import EntryWrite, Known, KnownArticle
from crawler.urls import article_id, url_key
from tests.unit.dedup.decisions import KNOWN, NEW, OTHER, PLANET, decide, entry, known, only, row
from tests.unit.dedup.samples import NOW

# ---------------------------------------------------------------- identity


def test_a_new_entry_is_new_under_the_id_of_its_address() -> None:
    one = entry("queue", url="https://blog.example.com/queue?utm_source=rss")
    decision = decide([one])
    assert only(decision) == EntryWrite(
        one,
        "blog.example.com/queue",
        article_id("https://blog.example.com/queue"),
        "new",
        entry_hash(one),
        "blog",
        "pending",
    )
    assert (decision.new, decision.updated, decision.copies, decision.held, decision.flood) == (1, 0, 0, 0, False)


def test_the_same_document_again_writes_nothing() -> None:
    entries = [entry(str(n), days=n) for n in range(30)]
    decision = decide(entries, known(*entries))
    assert decision.writes == ()
    assert decision.entries == tuple(entries)


def test_one_address_twice_is_one_article() -> None:
    one, again = entry("queue"), entry("queue", url="http://www.blog.example.com/queue/", guid="x", title="Other")
    assert [write.entry for write in decide([one, again]).writes] == [one]


def test_one_guid_with_several_addresses_is_several_articles() -> None:
    decision = decide([entry(name, guid="same") for name in ("a", "b", "c")])
    assert len({write.article_id for write in decision.writes}) == decision.new == 3


def test_one_guid_repeated_recognises_nobody() -> None:
    have = known(entry("old", guid="same", title="About b"))
    assert decide([entry(name, guid="same") for name in ("a", "b")], have).new == 2


def test_an_article_that_moved_keeps_its_id() -> None:
    before = entry("queue", guid="g1")
    after = entry("posts/queue", guid="g1", title="About queue | Blog")
    write = only(decide([after], known(before)))
    assert (write.status, write.article_id, write.owner) == ("copy", article_id(before.url), "blog")
    assert write.key == url_key(after.url)


def test_a_guid_used_again_for_another_article_is_a_new_article() -> None:
    assert only(decide([entry("cache", guid="g1")], known(entry("queue", guid="g1")))).status == "new"


def test_a_guid_that_changed_makes_no_new_article() -> None:
    before = entry("queue")
    assert decide([replace(before, guid="another")], known(before)).writes == ()


def test_an_article_of_another_source_is_a_copy() -> None:
    one = entry("queue")
    have = Known({url_key(one.url): KnownArticle("00112233aabbccdd", "blog")})
    write = only(decide([one], have, source=PLANET))
    assert (write.status, write.article_id, write.owner, write.page, write.label) == (
        "copy", "00112233aabbccdd", "blog", "none", False
    )  # fmt: skip


def test_the_source_on_whose_site_it_stands_becomes_the_owner_and_is_read() -> None:
    one = entry("queue")
    have = Known({url_key(one.url): KnownArticle("00112233aabbccdd", "planet")})
    write = only(decide([one], have))
    assert (write.status, write.owner, write.page, write.label) == ("copy", "blog", "pending", True)


@pytest.mark.parametrize("first", [PLANET, OTHER])
def test_between_two_aggregators_the_owner_does_not_depend_on_who_came_first(first: Source) -> None:
    second = OTHER if first is PLANET else PLANET
    one = entry("queue", url="https://elsewhere.example/queue")
    have = Known({url_key(one.url): KnownArticle("00112233aabbccdd", first.slug)})
    assert only(decide([one], have, source=second)).owner == "other"


def test_a_source_that_was_removed_owns_nothing() -> None:
    one = entry("queue")
    have = Known({url_key(one.url): KnownArticle("00112233aabbccdd", "removed")})
    assert only(decide([one], have, source=PLANET)).owner == "planet"


# ---------------------------------------------------------------- changes


def test_changed_words_are_a_change_that_is_read_again() -> None:
    before = entry("queue", content_html="<p>One queue</p>")
    decision = decide([replace(before, content_html="<p>Two queues</p>")], known(before))
    assert decision.updated == 1
    assert (only(decision).status, only(decision).page, only(decision).label) == ("changed", "pending", True)


@pytest.mark.parametrize(
    "change",
    [
        {"updated_at": NOW},
        {"content_html": "<p   data-nonce='9'>One\n queue</p>"},
        {"tags": ("news",)},
        {"published_at": NOW},
        {"published_at": None},
        {"published_at": NOW - timedelta(days=10, hours=2)},
    ],
    ids=str,
)
def test_what_no_reader_sees_is_no_change(change: dict[str, Any]) -> None:
    before = entry("queue", days=10, content_html="<p>One queue</p>")
    assert decide([replace(before, **change)], known(before)).writes == ()


def test_a_date_that_moves_back_is_believed() -> None:
    before = entry("queue", days=10)
    write = only(decide([entry("queue", days=20)], known(before)))
    assert (write.status, write.entry.published_at) == ("changed", NOW - timedelta(days=20))


def test_a_change_in_an_aggregator_does_not_ask_for_the_owners_page() -> None:
    before = entry("queue")
    have = Known({url_key(before.url): KnownArticle(article_id(before.url), "blog")}, (row(before),))
    write = only(decide([replace(before, title="Better")], have, source=PLANET))
    assert (write.status, write.owner, write.page, write.label) == ("changed", "blog", "none", False)


def test_a_template_that_changes_a_whole_archive_does_not_fetch_it() -> None:
    entries = [entry(str(n), days=n * 5) for n in range(60)]
    decision = decide([replace(e, content_html="new words") for e in entries], known(*entries))
    states = [write.page for write in decision.writes]
    assert decision.updated == 60
    assert states.count("pending") == 10
    assert states.count("deferred") == 50


def test_a_date_to_come_is_unknown_until_it_comes() -> None:
    scheduled = entry("queue", days=-3)
    write = only(decide([scheduled]))
    assert write.entry.published_at is None
    have = known(write.entry)
    assert decide([scheduled], have).writes == ()
    later = only(decide([scheduled], have, now=NOW + timedelta(days=3)))
    assert (later.status, later.entry.published_at) == ("changed", scheduled.published_at)


def test_a_clock_that_is_a_few_hours_ahead_is_no_future() -> None:
    assert only(decide([entry("queue", days=-0.5)])).entry.published_at == NOW + timedelta(hours=12)


# ---------------------------------------------------------------- laws


_DATES = st.one_of(st.none(), st.integers(-5, 400).map(lambda d: NOW - timedelta(days=d)))
_ENTRIES = st.builds(
    lambda n, guid, title, at, text: Entry(f"g{guid}", f"https://blog.example.com/{n}", title, (), at, None, text),
    st.integers(0, 9),
    st.integers(0, 4),
    st.sampled_from(["About a", "About b", ""]),
    _DATES,
    st.sampled_from(["", "<p>x</p>"]),
)


@given(st.lists(_ENTRIES, max_size=12), st.lists(_ENTRIES, max_size=12), st.sampled_from([NEW, KNOWN]))
def test_what_was_written_is_not_written_again(before: list[Entry], after: list[Entry], feed: Feed) -> None:
    have = _after(decide(before, feed=feed), Known())
    decision = decide(after, have)
    assert decide(after, _after(decision, have)).writes == ()
    assert len({write.key for write in decision.writes}) == len(decision.writes)
    assert decision.new + decision.updated + decision.copies == len(decision.writes)


def _after(decision: Decision, have: Known) -> Known:
    rows = {one.key: one for one in have.entries}
    by_key = dict(have.by_key)
    for write in decision.writes:
        rows[write.key] = replace(row(write.entry), article_id=write.article_id)
        by_key[write.key] = KnownArticle(write.article_id, write.owner)
    return Known(by_key, tuple(rows.values()))


@given(_ENTRIES)
def test_a_hash_is_stable(one: Entry) -> None:
    assert entry_hash(one) == entry_hash(replace(one))
    assert len(entry_hash(one)) == 32


def test_hashes_tell_fields_apart() -> None:
    assert entry_hash(entry("a", title="x", summary_html="y")) != entry_hash(entry("a", title="xy", summary_html=""))
    zone = NOW.astimezone(tz=None)
    assert isinstance(zone, datetime)
    assert entry_hash(replace(entry("a"), published_at=NOW)) == entry_hash(replace(entry("a"), published_at=zone))

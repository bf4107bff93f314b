"""What a document's entries are to the store: promises 6 (one identity), 8 (floods) and 9 (nobody waits)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.dedup.decide import Decision, decide_entries, entry_hash
from crawler.model import Entry, Feed, FeedDocument, Source
from crawler.ports import EntryWrite, Known, KnownArticle, KnownEntry
from crawler.settings import FetchSettings
from crawler.urls import article_id, url_key
from tests.unit.dedup.samples import NOW

BLOG = Source("blog", "https://blog.example.com/feed.xml", "Blog")
PLANET = Source("planet", "https://planet.example.org/atom.xml", "Planet")
OTHER = Source("other", "https://other.example.net/atom.xml", "Other")
SOURCES = {source.slug: source for source in (BLOG, PLANET, OTHER)}
NEW = Feed("blog", BLOG.url)
KNOWN = Feed("blog", BLOG.url, state="ok", last_success_at=NOW - timedelta(days=1), usual_new=2.0)


def entry(name: str, *, days: float | None = 1.0, **values: Any) -> Entry:
    """An entry published so many days ago; None for an undated one."""
    url = values.pop("url", f"https://blog.example.com/{name}")
    published_at = None if days is None else NOW - timedelta(days=days)
    return Entry(
        guid=values.pop("guid", url),
        url=url,
        title=values.pop("title", f"About {name}"),
        published_at=published_at,
        **values,
    )


def row(of: Entry, **values: Any) -> KnownEntry:
    """What the store keeps of an entry that was written."""
    return replace(
        KnownEntry(url_key(of.url), of.guid, article_id(of.url), entry_hash(of), of.published_at, of.title), **values
    )


def known(*entries: Entry, source: str = "blog", **values: Any) -> Known:
    """A store that has these entries of the source."""
    by_key = {url_key(e.url): KnownArticle(article_id(e.url), source) for e in entries}
    return Known(by_key, tuple(row(e, **values) for e in entries))


def decide(entries: Sequence[Entry], have: Known | None = None, feed: Feed = KNOWN, **values: Any) -> Decision:
    options: dict[str, Any] = {"now": NOW, "settings": FetchSettings(), "sources": SOURCES, "is_whole": lambda e: False}
    source = values.pop("source", BLOG)
    document = FeedDocument("rss20", "Blog", None, tuple(entries))
    return decide_entries(source, document, feed, have or Known(), **(options | values))


def only(decision: Decision) -> EntryWrite:
    (write,) = decision.writes
    return write


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


# ---------------------------------------------------------------- pages


@pytest.mark.parametrize(
    ("pages", "whole", "state"),
    [
        ("auto", False, "pending"),
        ("auto", True, "none"),
        ("always", True, "pending"),
        ("never", False, "none"),
    ],
)
def test_page_states(pages: Any, whole: bool, state: str) -> None:
    write = only(decide([entry("queue")], settings=FetchSettings(pages=pages), is_whole=lambda e: whole))
    assert (write.page, write.label) == (state, True)


def test_a_first_reading_reads_what_is_recent_and_defers_the_archive() -> None:
    decision = decide([entry(str(n), days=n * 10) for n in range(100)], feed=NEW)
    assert [(w.page, w.label) for w in decision.writes[:6]] == [("pending", True)] * 5 + [("deferred", False)]
    assert {(w.page, w.label) for w in decision.writes[5:]} == {("deferred", False)}
    assert (decision.new, decision.held, decision.flood) == (100, 0, False)


def test_what_is_recent_counts_from_when_the_source_was_first_asked() -> None:
    """A server that was down for two months brings then what it would have brought at once, and what came since."""
    entries = [entry(str(n), days=n * 10) for n in range(20)]
    late = decide(entries, feed=replace(NEW, state="failing", asked_at=NOW - timedelta(days=60)))
    assert [w.label for w in late.writes] == [True] * 11 + [False] * 9


def test_a_first_reading_reads_the_newest_dozen_without_dates() -> None:
    by_place = decide([entry(str(n), days=None) for n in range(30)], feed=NEW)
    assert [w.label for w in by_place.writes] == [True] * 12 + [False] * 18
    updates = [entry(str(n), days=None, updated_at=NOW - timedelta(days=30 - n)) for n in range(30)]
    assert [w.label for w in decide(updates, feed=NEW).writes] == [False] * 18 + [True] * 12


def test_whole_entries_of_an_archive_are_stored_unlabelled_without_a_page() -> None:
    write = only(decide([entry("queue", days=100)], feed=NEW, is_whole=lambda e: True))
    assert (write.page, write.label) == ("none", False)


def test_later_readings_read_everything_new_and_backfill_reads_all() -> None:
    old = [entry(str(n), days=100 + n) for n in range(15)]
    assert all((w.page, w.label, w.held) == ("pending", True, False) for w in decide(old).writes)
    many = [entry(str(n), days=100 + n) for n in range(500)]
    assert all((w.page, w.label, w.held) == ("pending", True, False) for w in decide(many, backfill=True).writes)
    assert all((w.page, w.label) == ("pending", True) for w in decide(many, feed=NEW, backfill=True).writes)


# ---------------------------------------------------------------- floods


def test_an_archive_that_pours_in_late_is_held_and_what_is_news_is_not() -> None:
    decision = decide([entry("news", days=0.1), *(entry(str(n), days=50 + n) for n in range(40))])
    assert decision.flood
    assert (decision.new, decision.held) == (41, 40)
    held = {write.entry.title: (write.held, write.page, write.label) for write in decision.writes}
    assert held.pop("About news") == (False, "pending", True)
    assert set(held.values()) == {(True, "deferred", False)}


@pytest.mark.parametrize(
    ("count", "usual", "flood"),
    [(20, 1.0, False), (21, 1.0, True), (21, None, True), (50, 10.0, False), (51, 10.0, True)],
)
def test_a_flood_is_more_than_twenty_and_than_five_times_the_usual(
    count: int, usual: float | None, flood: bool
) -> None:
    feed = replace(KNOWN, usual_new=usual)
    assert decide([entry(str(n), days=60 + n) for n in range(count)], feed=feed).flood is flood


def test_a_burst_of_fresh_posts_is_no_flood() -> None:
    assert not decide([entry(str(n), days=n / 50) for n in range(40)]).flood


def test_an_archive_stamped_with_one_moment_is_a_flood() -> None:
    assert decide([entry(str(n), days=0.01) for n in range(40)]).held == 40


def test_undated_entries_in_hundreds_are_a_flood() -> None:
    assert decide([entry(str(n), days=None) for n in range(40)]).held == 40


def test_known_titles_under_new_guids_and_addresses_are_a_flood() -> None:
    before = [entry(str(n), guid=f"g{n}") for n in range(30)]
    after = [entry(f"x/{n}", guid=f"g{(n + 1) % 30}", title=f"About {n}", days=n / 50) for n in range(30)]
    assert decide(after, known(*before)).held == 30


def test_a_deluge_is_held_whatever_its_dates_say() -> None:
    assert decide([entry(str(n), days=n / 200) for n in range(150)]).held == 150


def test_a_redated_archive_is_the_same_archive() -> None:
    before = [entry(str(n), days=n * 20) for n in range(1, 60)]
    after = [replace(e, published_at=NOW, guid=f"new-{e.guid}") for e in before]
    assert decide(after, known(*before)).writes == ()


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

"""Which pages are read, and what of an archive that pours in is held."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from crawler.settings import FetchSettings
from crawler.urls import entry_url
from tests.unit.dedup.decisions import KNOWN, NEW, decide, entry, known, only
from tests.unit.dedup.samples import NOW

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


@pytest.mark.parametrize("pages", ["auto", "always"])
def test_nothing_is_asked_for_an_entry_without_a_page(pages: Any) -> None:
    """Its address is the feed's, or that of a page which it shares with others."""
    one = replace(entry("queue"), url=entry_url("https://acme.example/notes#queue", "queue"))
    assert only(decide([one], settings=FetchSettings(pages=pages))).page == "none"


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

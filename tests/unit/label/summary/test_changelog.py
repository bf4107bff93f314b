"""A changelog of one-line changes told as a sentence."""

from __future__ import annotations

import pytest

from crawler.blocks import blocks_of_text
from crawler.label.speakers.actor import Actor, actor_of
from crawler.label.summary.changelog import changes_of
from crawler.label.summary.summarising import summarise
from crawler.label.view import View, view_of
from crawler.model import Document
from crawler.text import count_words

RELAY = Actor("Relay", "the team", "its", person=False, release="Relay v3.1")
LINES = (
    "[PR #12][ada] Fix a leak of tables when the tide turns at night.",
    "[PR #13][octavia] Add a cache for tide tables that survives a restart",
    "chore: bump Zork to 4.2",
    "feat(ports): Allowed two harbours to share one port (#14)",
    "Improve the e2e tests of the harbour",
    "We added a thing that only we know",
)


def _view(*lines: str, title: str = "Relay v3.1") -> View:
    text = "\n".join(f"- {line}" for line in lines)
    return view_of(Document("https://blog.example/v3-1", title, blocks_of_text(text)))


def test_what_is_new_goes_before_what_is_mended() -> None:
    changes = changes_of(_view(*LINES), RELAY, 25)
    assert changes is not None
    assert changes.told == (
        "Relay v3.1 adds a cache for tide tables that survives a restart, allows two harbours to share one port, and fixes a "
        "leak of tables when the tide turns at night."
    )
    assert changes.short == (
        "Relay v3.1 adds a cache for tide tables that survives a restart and allows two harbours to share one port."
    )
    assert changes.line == LINES[1]


def test_a_verb_of_all_is_said_once() -> None:
    changes = changes_of(_view("Add a tide table", "Added a second port", "Adds a cold cache"), RELAY, 5)
    assert changes is not None
    assert changes.told == "Relay v3.1 adds a tide table, a second port, and a cold cache."
    assert changes.short == "Relay v3.1 adds a tide table and a second port."


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Dropped the old port by @ada in https://forge.example/relay/pull/9", "drops the old port"),
        ("* Fixed the tide table. Thanks to @ada-l", "fixes the tide table"),
        ("RLY-120: Support ports above the sea", "supports ports above the sea"),
        ("3f2a9c1 Reduces the lag of writes", "reduces the lag of writes"),
        ("PR #7: Handle `cold` caches (@ada)", "handles cold caches"),
    ],
)
def test_who_made_a_change_and_where_is_left_out(line: str, told: str) -> None:
    changes = changes_of(_view(line, line, line), RELAY, 5)
    assert changes is not None
    assert changes.told.startswith(f"Relay v3.1 {told}, ")


@pytest.mark.parametrize(
    "lines",
    [
        LINES[:2],  # too few
        ("Add tests for tides", "Fix typos in the guide", "Improve docs of ports"),  # nothing for readers
        ("Support for ports", "Support for tides", "Support for nights"),  # no verb
        ("Cold caches", "Two ports", "The tide"),
        ("Add a", "Fix b", "Drop c"),
    ],
)
def test_what_is_no_list_of_changes_is_not_told(lines: tuple[str, ...]) -> None:
    assert changes_of(_view(*lines), RELAY, 5) is None


def test_a_changelog_without_a_sentence_is_summed_up_by_its_changes() -> None:
    relay = actor_of("Relay", project=True)
    summary, deck, reasons = summarise(_view(*LINES), relay, "release")
    assert summary.startswith("Relay v3.1 adds a cache for tide tables")
    assert deck.startswith("Relay v3.1 adds a cache for tide tables")
    assert [(r.value, r.rule, r.evidence) for r in reasons] == [("sentence 1", "the list of changes", LINES[1])]
    described = Document(
        "https://blog.example/v3-1", "Relay v3.1", _view(*LINES).document.blocks, "Relay keeps tides in order."
    )
    summary, _, _ = summarise(view_of(described), relay, "release")
    assert "adds a cache for tide tables" in summary


def test_a_long_list_beside_a_sentence_stays_within_the_length_of_a_summary() -> None:
    relay = actor_of("Relay", project=True)
    long = "that every harbour of the coast has been asking for"
    blocks = _view(
        f"Add a table {long}", f"Drop a port {long}", f"Fix a leak {long}", f"Allow a cache {long}"
    ).document.blocks
    own = "Relay keeps the tide tables of every harbour in order, by day and by night, and never loses a single berth."
    summary, _, _ = summarise(view_of(Document("https://blog.example/v", "Relay v3.1", blocks, own)), relay, "release")
    assert count_words(summary) <= 75

"""Feeds: valid by their specifications in both grains, whatever the words, with names that last."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree as ET

import feedparser
import pytest
from hypothesis import HealthCheck, given, settings

from crawler.model import Image, Issue, Item, Section, Window
from crawler.render import render
from crawler.render.atom import atom_feed
from crawler.render.jsonfeed import json_feed
from crawler.render.options import RenderOptions
from crawler.render.rss import rss_feed
from crawler.settings import FeedGrain
from tests.golden.issue import ISSUE
from tests.unit.draft.strategies import issues
from tests.unit.render.checks import ATOM, check_atom, check_jsonfeed, check_rss

CHECKS: dict[str, Callable[[str], None]] = {"atom": check_atom, "rss": check_rss, "jsonfeed": check_jsonfeed}
FEEDS: dict[str, Callable[[Sequence[Issue], RenderOptions, str], str]] = {
    "atom": atom_feed,
    "rss": rss_feed,
    "jsonfeed": json_feed,
}
BASE = RenderOptions(base_url="https://weekly.example/", hub="https://hub.example/")
GRAINS: tuple[FeedGrain, ...] = ("issue", "article")
NEXT = replace(
    ISSUE,
    number=85,
    window=Window(ISSUE.window.end_at, ISSUE.window.end_at + timedelta(days=7)),
    sections=(Section("", "", (Item(title="Later", url="https://later.example/", summary="Words."),)),),
)


def _text(made: str | bytes) -> str:
    assert isinstance(made, str)
    return made


@pytest.mark.parametrize("grain", GRAINS)
@pytest.mark.parametrize("name", sorted(CHECKS))
@given(issue=issues)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_feeds_are_valid_whatever_the_words(name: str, grain: FeedGrain, issue: Issue) -> None:
    """The specifications hold with and without an address of one's own."""
    for options in (RenderOptions(feed_grain=grain), replace(BASE, feed_grain=grain)):
        CHECKS[name](_text(render(issue, name, options)))


@pytest.mark.parametrize("grain", GRAINS)
@pytest.mark.parametrize("name", ["atom", "rss"])
def test_a_feed_reader_finds_nothing_wrong(name: str, grain: FeedGrain) -> None:
    """feedparser reads what was written: entries, links, dates and text."""
    read = feedparser.parse(_text(render(ISSUE, name, replace(BASE, feed_grain=grain))))
    assert not read.bozo
    assert len(read.entries) == (1 if grain == "issue" else len(ISSUE.items))
    first = read.entries[0]
    assert first.link == ("https://weekly.example/" if grain == "issue" else "https://notes.example.org/training")
    assert first.title == ("Weekend Reading #84" if grain == "issue" else ISSUE.items[0].title)
    assert "whole training pipeline" in first.content[0].value
    assert read.feed.title == "Weekend Reading"
    hubs = [link.href for link in read.feed.links if link.rel == "hub"]
    selves = [link.href for link in read.feed.links if link.rel == "self"]
    assert hubs == ["https://hub.example/"]
    assert selves == [f"https://weekly.example/084.{name}"]


@pytest.mark.parametrize("name", sorted(FEEDS))
def test_an_article_says_who_wrote_it_and_when(name: str) -> None:
    """The article's own date and company, not the issue's."""
    made = _text(render(ISSUE, name, replace(BASE, feed_grain="article")))
    assert "Initech &amp; Sons" in made or "Initech & Sons" in made
    assert "2026-11-10T08:00:00Z" in made or "Tue, 10 Nov 2026 08:00:00 GMT" in made


@pytest.mark.parametrize("grain", GRAINS)
@pytest.mark.parametrize("name", sorted(FEEDS))
def test_a_feed_of_many_issues(name: str, grain: FeedGrain) -> None:
    """Newest first, each entry once, and as new as the newest issue."""
    made = FEEDS[name]([NEXT, ISSUE], replace(BASE, feed_grain=grain), "feed.xml")
    CHECKS[name](made)
    assert "https://weekly.example/feed.xml" in made
    titles = ["#85", "#84"] if grain == "issue" else ["Later", *(i.title.split("<")[0] for i in ISSUE.items)]
    places = [made.find(title) for title in titles]
    assert -1 not in places
    assert places == sorted(places)
    if name == "atom":
        assert ET.fromstring(made).findtext(f"{ATOM}updated") == "2026-11-23T00:00:00Z"


@pytest.mark.parametrize("name", sorted(FEEDS))
def test_an_article_twice_is_one_entry(name: str) -> None:
    """The same article again, in the issue or in an older one."""
    options = replace(BASE, feed_grain="article")
    twice = replace(ISSUE, sections=(*ISSUE.sections, *ISSUE.sections))
    assert FEEDS[name]([twice, ISSUE], options, "feed") == FEEDS[name]([ISSUE], options, "feed")


def test_a_feed_needs_an_issue() -> None:
    """A feed of nothing has neither a title nor a date."""
    with pytest.raises(ValueError, match="issue"):
        atom_feed([], BASE, "feed.xml")


def test_names_last_when_words_change() -> None:
    """An entry is the same one after the editor reworded it, and another one in another publication."""

    def ids(issue: Issue, options: RenderOptions = BASE) -> list[str]:
        both = [render(issue, "jsonfeed", replace(options, feed_grain=grain)) for grain in GRAINS]
        return [item["id"] for made in both for item in json.loads(made)["items"]]

    items = tuple(replace(item, title=f"New: {item.title}", summary="Other.") for item in ISSUE.items)
    reworded = replace(ISSUE, title="Renamed", lead="Other.", sections=(Section("", "", items),))
    assert ids(reworded) == ids(ISSUE)
    assert not set(ids(ISSUE)) & set(ids(ISSUE, replace(BASE, base_url="https://other.example/")))
    assert not set(ids(ISSUE)) & set(ids(replace(ISSUE, profile="mobile")))


def test_pictures_of_a_feed_can_be_links() -> None:
    """`images: link` for readers that should load nothing, also where the editor's own Markdown shows one."""
    item = replace(ISSUE.items[0], body="![Mine](https://mine.example/i.png)")
    issue = replace(ISSUE, sections=(Section("", "", (item,)),), cover=Image("javascript:x", "no"))
    shown = json.loads(render(issue, "jsonfeed"))["items"][0]
    linked = json.loads(render(issue, "jsonfeed", RenderOptions(images="link")))["items"][0]
    assert shown["content_html"].count("<img ") == 2
    assert "<img" not in linked["content_html"]
    assert '<a href="https://mine.example/i.png">Mine</a>' in linked["content_html"]
    assert "image" not in shown

"""Entries, what is known of them, and the decision on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

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

"""Articles and sources for the tests of composing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from crawler.model import Article, SectionRule, Signals, Source, Window
from crawler.urls import article_id

WEEK = Window(datetime(2026, 11, 9, tzinfo=UTC), datetime(2026, 11, 16, tzinfo=UTC))
RULES = (
    SectionRule("data", "Data & databases", ("databases", "streaming")),
    SectionRule("infra", "Infrastructure", ("observability", "kubernetes")),
)


def article(slug: str = "a", **given: Any) -> Article:
    """A solid case study of the week; every field can be given."""
    source = given.pop("source", slug)
    url = given.pop("url", f"https://{source}.example.org/{slug}")
    words = given.pop("words", 1500)
    signals = given.pop("signals", Signals(words=words, code_blocks=3, images=2, headings=6, numbers=20))
    values: dict[str, Any] = {
        "id": article_id(url),
        "source": source,
        "guid": url,
        "url": url,
        "canonical_url": url,
        "title": f"Rebuilding the {slug} store",
        "first_seen_at": datetime(2026, 11, 12, tzinfo=UTC),
        "published_at": datetime(2026, 11, 11, tzinfo=UTC),
        "company": f"Company {slug}",
        "language": "en",
        "words": words,
        "minutes": 7,
        "kind": "case-study",
        "tags": ("databases",),
        "roles": ("backend",),
        "audience": f"For engineers who run {slug}",
        "summary": f"Company {slug} moved its {slug} store to a log. Reads became three times faster.",
        "deck": f"Company {slug} moved its {slug} store to a log.",
        "text": f"Some text about {slug}, because the problem was hard. " * 20,
        "signals": signals,
    }
    return Article(**{**values, **given})


def source(slug: str, **given: Any) -> Source:
    """A blog of its own."""
    values: dict[str, Any] = {
        "slug": slug,
        "url": f"https://{slug}.example.org/feed",
        "name": f"The {slug} blog",
        "homepage": f"https://{slug}.example.org",
    }
    return Source(**{**values, **given})

"""Whose article an address is."""

from __future__ import annotations

import pytest

from crawler.dedup.owners import owner_of, ownership
from crawler.model import Source


def _source(slug: str, url: str, homepage: str | None = None) -> Source:
    return Source(slug, url, slug, homepage=homepage)


@pytest.mark.parametrize(
    ("url", "homepage", "article", "expected"),
    [
        ("https://example.com/feed.xml", None, "https://example.com/post", 2),
        ("https://www.example.com/feed", None, "https://example.com/post", 2),
        ("https://example.com/blog/feed.xml", None, "https://example.com/blog/post", 3),
        ("https://feeds.feedburner.com/Example", None, "https://example.com/post", 0),
        ("https://feeds.feedburner.com/Example", "https://example.com/", "https://example.com/post", 2),
        ("https://blog.example.com/rss", None, "https://engineering.example.com/post", 1),
        ("https://planet.example.org/atom.xml", None, "https://example.com/post", 0),
        ("https://medium.com/feed/@jane", None, "https://medium.com/@jane/x-0a1b2c3d4e5f", 3),
        ("https://medium.com/feed/@jane", None, "https://medium.com/@joe/x-0a1b2c3d4e5f", 0),
        ("https://jane.github.io/feed.xml", None, "https://joe.github.io/post", 0),
        ("not a url", None, "https://example.com/post", 0),
        ("https://example.com/feed.xml", None, "not a url", 0),
    ],
)
def test_ownership(url: str, homepage: str | None, article: str, expected: int) -> None:
    assert ownership(_source("s", url, homepage), article) == expected


def test_the_owner_is_the_same_in_whatever_order_sources_come() -> None:
    planet = _source("planet", "https://planet.example.org/atom.xml")
    other = _source("other", "https://other.example.net/atom.xml")
    blog = _source("zz-blog", "https://example.com/feed.xml")
    assert owner_of("https://example.com/post", [planet, blog]) == "zz-blog"
    assert owner_of("https://example.com/post", [blog, planet]) == "zz-blog"
    assert owner_of("https://example.com/post", [planet, other]) == "other"
    assert owner_of("https://example.com/post", [other, planet]) == "other"

"""Subscription lists that any reader can import."""

from __future__ import annotations

from lxml import etree

from crawler.model import Source
from crawler.sources import to_opml


def test_feeds_can_be_subscribed_to_and_names_survive() -> None:
    sources = (
        Source(
            slug="a",
            url="https://a.example/feed?x=1&y=2",
            name='A & "B" <C>',
            homepage="https://a.example",
            tags=("go", "rust"),
        ),
        Source(slug="b", url="https://b.example/blog", name="Büro\x00", kind="listing", language="de"),
    )
    root = etree.fromstring(to_opml(sources).encode())
    first, second = root.findall(".//outline")
    assert {str(name): str(value) for name, value in first.attrib.items()} == {
        "type": "rss",
        "text": 'A & "B" <C>',
        "title": 'A & "B" <C>',
        "xmlUrl": "https://a.example/feed?x=1&y=2",
        "htmlUrl": "https://a.example",
        "category": "go,rust",
        "{urn:weekly-roundup:opml}slug": "a",
    }
    assert (second.get("type"), second.get("url"), second.get("xmlUrl")) == ("link", "https://b.example/blog", None)
    assert second.get("text") == "Büro"
    assert root.get("version") == "2.0"


def test_the_same_sources_give_the_same_bytes() -> None:
    sources = [Source(slug="a", url="https://a.example/feed", name="A")]
    assert to_opml(sources) == to_opml(list(sources))
    assert to_opml([]).count("<outline") == 0

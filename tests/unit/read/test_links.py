"""Feeds that a page declares or links to, and where documents go on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.read.links import feed_links, header_link
from crawler.read.paging import older_part

URL = "https://x.example/blog/"


def declared(head: str, headers: dict[str, str] | None = None) -> list[str]:
    body = f"<html><head>{head}</head><body></body></html>".encode()
    return [link.url for link in feed_links(body, URL, headers or {}).declared]


@pytest.mark.parametrize(
    ("head", "urls"),
    [
        ('<link rel="alternate" type="application/atom+xml" href="a.xml">', ["https://x.example/blog/a.xml"]),
        ('<LINK REL="Alternate Home" TYPE="application/rss+xml; charset=utf-8" HREF=/r>', ["https://x.example/r"]),
        ('<base href="https://y.example/"><link rel=feed href=f>', ["https://y.example/f"]),
        ('<link rel=alternate type=application/feed+json href="/f.json">', ["https://x.example/f.json"]),
        ('<link rel=alternate type=application/json href="/wp-json/wp/v2/pages/1">', []),
        ('<link rel=alternate type=text/xml href="/rss.xml">', ["https://x.example/rss.xml"]),
        ('<link rel=alternate type=application/rss+xml href=" feed:https://x.example/r ">', ["https://x.example/r"]),
        ('<link rel=alternate hreflang=de href="/de/">', []),
        ('<link rel=alternate type=application/rss+xml href="javascript:x">', []),
        ('<link rel=alternate type=application/rss+xml href="/r"><link rel=alternate type=application/rss+xml href="/r#x">',
         ["https://x.example/r"]),
    ],
)  # fmt: skip
def test_declared_feeds(head: str, urls: list[str]) -> None:
    assert declared(head) == urls


def test_link_headers_come_first() -> None:
    link = '</a>; rel="alternate"; type="application/rss+xml", <https://z.example/?a,b>; rel=next'
    assert declared("", {"link": link}) == ["https://x.example/a"]
    assert header_link(URL, {"link": link}, "next") == "https://z.example/?a,b"


def test_linked_feeds_without_readers_buttons_and_articles_about_feeds() -> None:
    body = b"""<a href="/why-we-feed-our-cache-with-care-and-more-words-than-a-button">Why we feed the cache with care</a>
    <a href="https://feedly.com/i/subscription/feed">RSS</a><a href="/x">RSS</a>
    <a href="feed://x.example/y">Subscribe to our feed</a><a href="/feed.xml"><img alt=x></a>"""
    linked = [link.url for link in feed_links(body, URL, {}).linked]
    assert linked[0] == "https://x.example/feed.xml", "what looks like a feed's address comes first"
    assert "https://x.example/x" in linked
    assert "http://x.example/y" in linked, "an address for feed readers leads to the web"
    assert not any("feedly" in link for link in linked)


@pytest.mark.parametrize(
    ("url", "links", "older"),
    [
        (URL, '<a href="/blog/page/2/">2</a>', "https://x.example/blog/page/2/"),
        ("https://x.example/blog/page/2", '<a href="/blog/">1</a><a href="/blog/page/3">3</a>', "https://x.example/blog/page/3"),
        ("https://x.example/blog?page=9", '<a href="?page=8">x</a><a href="?page=10">y</a>', "https://x.example/blog?page=10"),
        (URL, '<a href="/other/page/2">2</a>', ""),
        (URL, '<a href="/blog/how-to-page-2">How to page</a>', ""),
        (URL, '<link rel="next" href="https://other.example/2">', ""),
        (URL, '<a href="/blog/older" aria-label="Older posts"><svg/></a>', "https://x.example/blog/older"),
    ],
)  # fmt: skip
def test_the_older_page_of_a_listing(url: str, links: str, older: str) -> None:
    assert older_part("listing", f"<html><body>{links}</body></html>".encode(), url, {}) == older


@given(st.binary(max_size=200), st.sampled_from(["feed", "listing", "sitemap"]), st.text(max_size=60))
def test_junk_leads_nowhere_and_raises_nothing(body: bytes, kind: str, header: str) -> None:
    headers = {"link": header}
    assert isinstance(older_part(kind, body, URL, headers), str)  # type: ignore[arg-type]
    feed_links(body, URL, headers)

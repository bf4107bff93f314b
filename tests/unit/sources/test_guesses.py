"""Where feeds usually lie."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.sources.guesses import pages_below, platform_feeds, sitemap_addresses, usual_feeds
from crawler.urls import is_web_url


@pytest.mark.parametrize(
    ("url", "feed"),
    [
        ("https://medium.com/@someone", "https://medium.com/feed/@someone"),
        ("https://medium.com/pub/tagged/go", "https://medium.com/feed/pub/tagged/go"),
        ("https://eng.medium.com/a-post-1a2b", "https://eng.medium.com/feed"),
        ("https://dev.to/t/rust", "https://dev.to/feed/tag/rust"),
        ("https://github.com/a/b/tags", "https://github.com/a/b/tags.atom"),
        ("https://gitlab.com/a/b", "https://gitlab.com/a/b/-/releases.atom"),
        ("https://www.youtube.com/playlist?list=PL1-x", "https://www.youtube.com/feeds/videos.xml?playlist_id=PL1-x"),
        ("https://substack.com/@someone", "https://someone.substack.com/feed"),
        ("https://someone.wordpress.com/2024/05/post", "https://someone.wordpress.com/feed/"),
        ("https://someone.blogspot.co.uk/", "https://someone.blogspot.co.uk/feeds/posts/default"),
        ("https://someone.tumblr.com", "https://someone.tumblr.com/rss"),
        ("https://someone.ghost.io", "https://someone.ghost.io/rss/"),
    ],
)
def test_platforms(url: str, feed: str) -> None:
    assert platform_feeds(url) == (feed,)


@pytest.mark.parametrize(
    "url", ["https://blog.example.org/x", "https://medium.com", "https://github.com/a", "mailto:x"]
)
def test_a_site_of_its_own_has_no_platform(url: str) -> None:
    assert platform_feeds(url) == ()


def test_guesses_are_few_and_the_likeliest_come_first() -> None:
    found = usual_feeds("https://x.example/blog/index.html", "Hugo 0.1")
    assert found[:2] == ("https://x.example/blog/index.xml", "https://x.example/index.xml")
    assert len(found) == len(set(found)) <= 12


def test_sitemaps_that_robots_names_come_first() -> None:
    robots = "User-agent: *\nDisallow: /x\nSITEMAP : https://x.example/a.xml\nsitemap: /relative\nSitemap:\n/next\n"
    assert sitemap_addresses("https://x.example/blog", robots) == (
        "https://x.example/a.xml",
        "https://x.example/relative",
        "https://x.example/sitemap.xml",
    )


@pytest.mark.parametrize(
    ("page", "article", "other"),
    [
        ("https://www.x.example/blog", "https://x.example/blog/a-post", "https://www.x.example/pricing"),
        ("http://x.example/blog/", "https://www.x.example/blog/2026/a-post/", "https://x.example/blog/"),
        ("https://x.example/blog/index.html", "https://x.example/blog/a-post.html", "https://x.example/b"),
        ("https://x.example:8443/a+b/?page=2", "https://x.example:8443/a+b/post", "https://x.example/a+b/post"),
        ("https://x.example/blog", "https://x.example/blog/a", "https://y.example/?to=https://x.example/blog/a"),
    ],
)
def test_pages_below_an_address_are_the_blogs_however_a_sitemap_writes_them(
    page: str, article: str, other: str
) -> None:
    assert re.search(pages_below(page), article)
    assert not re.search(pages_below(page), other)


@pytest.mark.parametrize("page", ["https://x.example", "https://x.example/", "https://x.example/index.html"])
def test_a_whole_site_needs_no_pattern(page: str) -> None:
    assert pages_below(page) == ""


@given(
    st.sampled_from(
        ["medium.com", "dev.to", "github.com", "www.youtube.com", "hashnode.com", "a.tumblr.com", "x.example"]
    ),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30),
)
def test_whatever_the_address_guesses_are_addresses(host: str, path: str) -> None:
    url = f"https://{host}/{path}"
    if is_web_url(url):
        for guess in (*platform_feeds(url), *usual_feeds(url)):
            assert guess.startswith("https://")

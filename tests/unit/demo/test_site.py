"""The demo's documents: every one parses, links lead somewhere, and the same moment gives the same bytes."""

from __future__ import annotations

import json
import struct
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit

import feedparser
import pytest
import yaml
from bs4 import BeautifulSoup
from lxml import etree

from crawler.demo.content import Blog, load_blogs
from crawler.demo.site import Page, Web, build_web, sources_yaml

NOW = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)
WEB = build_web(NOW)
BLOGS = {blog.slug: blog for blog in WEB.blogs}


def document(blog: Blog, web: Web = WEB) -> Page:
    """What a reader gets at the blog's address, redirects followed."""
    page = web.pages[blog.host, blog.feed]
    while page.status == 301:
        page = web.pages[blog.host, urlsplit(page.headers["Location"]).path]
    return page


def soup(page: Page) -> BeautifulSoup:
    return BeautifulSoup(page.body, "lxml", from_encoding="utf-8")


def parse(blog: Blog, web: Web = WEB) -> feedparser.FeedParserDict:
    page = document(blog, web)
    return feedparser.parse(
        page.body, response_headers={"content-type": page.content_type, "content-location": blog.url}
    )


@pytest.mark.parametrize(
    ("slug", "version", "well_formed"),
    [
        ("harbourline", "rss20", True),
        ("fernwood", "rss20", True),
        ("coppergate", "rss20", True),
        ("parcelwise", "rss20", True),
        ("seewind", "rss20", True),
        ("northlight", "rss20", False),
        ("quillpay", "atom10", True),
        ("kestrel", "atom10", True),
        ("stackdrift", "rss10", True),
    ],
)
def test_feeds_parse_with_all_their_entries(slug: str, version: str, *, well_formed: bool) -> None:
    parsed = parse(BLOGS[slug])
    assert parsed.version == version
    assert bool(parsed.bozo) != well_formed
    assert [entry.title for entry in parsed.entries] == [post.title for post in BLOGS[slug].posts]


def test_every_entry_links_to_a_page_of_the_demo() -> None:
    for blog in BLOGS.values():
        if blog.format in ("rss", "atom", "rdf") and "html-error" not in blog.quirks:
            for entry in parse(blog).entries:
                parts = urlsplit(entry.link)
                assert (parts.hostname, parts.path) in WEB.pages, entry.link


def test_full_feeds_carry_the_article_and_teasers_do_not() -> None:
    assert all(len(entry.content[0].value) > 1000 for entry in parse(BLOGS["harbourline"]).entries)
    for entry in parse(BLOGS["fernwood"]).entries:
        assert "content" not in entry
        assert "appeared first on" in entry.summary


def test_the_relative_feed_has_no_absolute_article_address_and_needs_its_base() -> None:
    body = document(BLOGS["kestrel"]).body.decode()
    assert 'xml:base="http://www.kestrel.example/blog/"' in body
    assert '<link rel="alternate" href="http' not in body
    assert parse(BLOGS["kestrel"]).entries[0].link.startswith("http://www.kestrel.example/blog/")


def test_tracking_parameters_are_in_one_feed_only() -> None:
    tracked = {blog.slug for blog in BLOGS.values() if b"utm_source" in document(blog).body}
    assert tracked == {"fernwood"}


def test_the_old_encoding_is_declared_and_real() -> None:
    body = document(BLOGS["coppergate"]).body
    assert body.startswith(b'<?xml version="1.0" encoding="windows-1252"?>')
    assert b"\x93" in body  # a curly quotation mark, which is no valid UTF-8
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")


def test_json_feed_is_valid() -> None:
    blog = BLOGS["marlin"]
    data = json.loads(document(blog).body)
    assert data["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["title"] for item in data["items"]] == [post.title for post in blog.posts]
    assert all(item["content_html"] and item["id"] for item in data["items"])


def test_sitemap_names_every_article_and_other_pages() -> None:
    blog = BLOGS["tessera"]
    tree = etree.fromstring(document(blog).body)
    locations = [str(node.text) for node in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert {blog.root + post.path for post in blog.posts} < set(locations)
    assert all((blog.host, urlsplit(location).path) in WEB.pages for location in locations)


def test_listing_reaches_every_article_over_its_pages_and_advertises_no_feed() -> None:
    blog = BLOGS["ibisworks"]
    seen: set[str] = set()
    path = blog.feed
    while path:
        page = soup(WEB.pages[blog.host, path])
        assert not page.select("link[rel=alternate]")
        seen.update(str(link["href"]) for link in page.select("h2 > a"))
        older = page.select_one("a[rel=next]")
        path = str(older["href"]) if older else ""
    assert seen == {post.path for post in blog.posts}


def test_the_hopeless_feed_is_a_page_of_html() -> None:
    page = document(BLOGS["gristmill"])
    assert page.content_type.startswith("text/html")
    assert not feedparser.parse(page.body).entries


def test_the_malformed_feed_is_malformed() -> None:
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(document(BLOGS["northlight"]).body)


def test_the_flood_adds_sixty_entries_to_one_feed_and_changes_nothing_else() -> None:
    flooded = build_web(NOW, flood=True)
    changed = {key for key in WEB.pages if WEB.pages[key] != flooded.pages[key]}
    assert changed == {(BLOGS["parcelwise"].host, BLOGS["parcelwise"].feed)}
    assert WEB.pages.keys() == flooded.pages.keys()
    before, after = parse(BLOGS["parcelwise"]), parse(BLOGS["parcelwise"], flooded)
    assert len(after.entries) == len(before.entries) + 60


@pytest.mark.parametrize("blog", load_blogs(), ids=lambda blog: blog.slug)
def test_article_pages_hold_their_article_once_and_its_furniture(blog: Blog) -> None:
    for post in blog.posts:
        page = soup(WEB.pages[blog.host, post.path])
        assert [heading.get_text() for heading in page.select("h1")] == [post.title]
        canonical = [link["href"] for link in page.select("link[rel=canonical]")]
        assert canonical == [post.canonical or blog.root + post.path]
        assert len(page.select("time")) == (1 if post.dated else 0)
        assert all(image.get("alt") for image in page.select("figure > img"))
        for script in page.select("script[type='application/ld+json']"):
            assert json.loads(script.get_text())["headline"] == post.title


def test_pictures_of_articles_are_served() -> None:
    for blog in BLOGS.values():
        for post in blog.posts:
            base = blog.root + post.path
            for image in soup(WEB.pages[blog.host, post.path]).select("figure > img"):
                page = WEB.pages[blog.host, urlsplit(urljoin(base, str(image["src"]))).path]
                if page.content_type == "image/png":
                    assert page.body.startswith(b"\x89PNG\r\n\x1a\n")
                    assert struct.unpack(">II", page.body[16:24]) == (640, 336)
                else:
                    assert etree.fromstring(page.body).tag == "{http://www.w3.org/2000/svg}svg"


def test_robots_forbids_the_job_advertisement_and_nothing_else() -> None:
    from urllib.robotparser import RobotFileParser

    forbidden = set()
    for blog in BLOGS.values():
        page = WEB.pages[blog.host, "/robots.txt"]
        rules = RobotFileParser()
        rules.parse(page.body.decode().splitlines() if page.status == 200 else [])
        forbidden |= {post.slug for post in blog.posts if not rules.can_fetch("crawl", blog.root + post.path)}
    assert forbidden == {"hiring-senior-ml-engineer-search"}


def test_the_same_moment_gives_the_same_bytes_and_another_week_other_dates() -> None:
    assert build_web(NOW).pages == WEB.pages
    later = build_web(NOW + timedelta(days=7))
    assert later.pages.keys() == WEB.pages.keys()
    assert document(BLOGS["harbourline"], later).body != document(BLOGS["harbourline"]).body


def test_sources_yaml_subscribes_to_every_blog() -> None:
    data = yaml.safe_load(sources_yaml(WEB.blogs))
    assert {row["slug"]: row["url"] for row in data["sources"]} == {b.slug: b.url for b in BLOGS.values()}
    assert {row["kind"] for row in data["sources"]} == {"feed", "sitemap", "listing"}
    assert data["settings"]["timezone"] == "UTC"
    assert data["settings"]["fetch"]["pause"] == 0


def test_old_addresses_redirect_to_the_article() -> None:
    """One feed that is fetched with its pages and one that is not still name them."""
    moved = [(blog, post) for blog in BLOGS.values() for post in blog.posts if post.alias]
    assert {blog.slug for blog, _ in moved} == {"fernwood", "kestrel"}
    for blog, post in moved:
        page = WEB.pages[blog.host, post.alias or ""]
        assert (page.status, page.headers["Location"]) == (301, blog.root + post.path)

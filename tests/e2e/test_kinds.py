"""Every kind of source from end to end: sitemaps of all sorts, listings, and the archives that a backfill reads."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.blogs import NEWEST, Desk, listing, page, rss, sitemap
from tests.support.server import Server


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


def desk_for(tmp_path: Path, url: str, kind: str = "feed", more: str = "") -> Desk:
    return Desk(tmp_path / "desk", f'sources:\n  - {{slug: blog, url: "{url}", kind: {kind}{more}}}\n')


def titles(desk: Desk) -> set[str]:
    return {row["url"].rpartition("/")[2] for row in desk.lines("export")}


# ---------------------------------------------------------------- sitemaps


def test_an_index_of_gzipped_sitemaps_gives_articles_once(server: Server, tmp_path: Path) -> None:
    posts = [server.url(f"/posts/how-we-scaled-{name}") for name in "abcd"]
    server.add("/sitemap.xml", sitemap([server.url("/s1.xml.gz"), server.url("/s2.xml")], index=True))
    server.add("/s1.xml.gz", gzip.compress(sitemap(posts[:2])), headers={"Content-Type": "application/gzip"})
    server.add("/s2.xml", sitemap([*posts[1:], server.url("/tag/x")], start=5))
    desk = desk_for(tmp_path, server.url("/sitemap.xml"), "sitemap", ', include: ["/posts/"], exclude: ["scaled-d"]')
    assert desk.json("once", "--all", "--json")["totals"]["new"] == 3
    assert titles(desk) == {"how-we-scaled-a", "how-we-scaled-b", "how-we-scaled-c"}
    server.add("/s2.xml", sitemap([server.url("/posts/how-we-scaled-new"), *posts[1:]], start=0))
    assert desk.json("once", "--all", "--json")["totals"]["new"] == 1


def test_a_news_sitemap_brings_titles_and_dates(server: Server, tmp_path: Path) -> None:
    body = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
        f"<url><loc>{server.url('/2026/11/a-new-index')}</loc><news:news>"
        "<news:publication><news:name>N</news:name><news:language>en</news:language></news:publication>"
        f"<news:publication_date>{NEWEST.isoformat()}</news:publication_date>"
        "<news:title>A new index for old data</news:title></news:news></url></urlset>"
    ).encode()
    server.add("/news.xml", body)
    desk = desk_for(tmp_path, server.url("/news.xml"), "sitemap")
    desk.crawl("once", "--all", "-q")
    (row,) = desk.lines("export")
    assert row["title"] == "A new index for old data"
    assert row["published_at"].startswith("2026-11-01T09:00")


def test_a_lost_part_of_an_index_is_asked_again_although_the_index_did_not_change(
    server: Server, tmp_path: Path
) -> None:
    index = sitemap([server.url("/s1.xml"), server.url("/s2.xml")], index=True)
    server.add("/sitemap.xml", index, headers={"ETag": '"same"'})
    server.add("/s1.xml", sitemap([server.url("/posts/first-of-all")]))
    server.add("/s2.xml", status=503)
    desk = desk_for(tmp_path, server.url("/sitemap.xml"), "sitemap")
    assert desk.json("once", "--all", "--json")["totals"]["new"] == 1
    server.add("/s2.xml", sitemap([server.url("/posts/second-of-all")]))
    assert desk.json("once", "--all", "--json")["totals"]["new"] == 1


def test_mended_patterns_count_although_the_sitemap_did_not_change(server: Server, tmp_path: Path) -> None:
    urls = [server.url(f"/notes/how-we-scaled-{name}") for name in "abc"]
    server.add("/sitemap.xml", sitemap(urls), headers={"ETag": '"1"'})
    desk = desk_for(tmp_path, server.url("/sitemap.xml"), "sitemap", ', include: ["/posts/"]')
    assert desk.json("once", "--all", "--json")["totals"]["new"] == 0
    desk.file.write_text(desk.text.replace("/posts/", "/notes/"), encoding="utf-8")
    assert desk.json("once", "--all", "--json")["totals"]["new"] == 3
    assert desk.json("once", "--all", "--json")["sources"][0]["status"] == 304


# ---------------------------------------------------------------- archives


def backfilled(desk: Desk) -> int:
    desk.crawl("once", "--all", "-q")
    before = len(desk.lines("export"))
    new: int = desk.json("once", "--all", "--backfill", "--json")["totals"]["new"]
    assert len(desk.lines("export")) == before + new
    return new


def test_only_a_backfill_follows_an_archive(server: Server, tmp_path: Path) -> None:
    """RFC 5005 section 4: prev-archive, to the end; the validators stay those of the first page."""
    home = server.url("")
    older = '<atom:link rel="prev-archive" href="/archive/{}"/>'
    server.add("/feed", rss("Notes", home, ["a", "b"], links=older.format(2)), headers={"ETag": '"first"'})
    server.add("/archive/2", rss("Notes", home, ["b", "c"], start=9, links=older.format(1)), headers={"ETag": '"two"'})
    server.add("/archive/1", rss("Notes", home, ["d"], start=30))
    desk = desk_for(tmp_path, server.url("/feed"))
    desk.crawl("once", "--all", "-q")
    assert server.paths() == ["/feed"]
    assert desk.json("once", "--all", "--backfill", "--json")["totals"]["new"] == 2
    assert titles(desk) == {"a", "b", "c", "d"}
    server.requests.clear()
    assert desk.json("once", "--all", "--json")["totals"]["new"] == 0
    assert [(seen.path, seen.headers.get("if-none-match")) for seen in server.requests] == [("/feed", '"first"')]
    assert desk.lines("sources", "list", "--json")[0]["state"] == "ok"


def test_a_paged_json_feed(server: Server, tmp_path: Path) -> None:
    def feed(name: str, following: str | None) -> bytes:
        item = {"id": name, "url": server.url(f"/posts/{name}"), "title": f"On {name}", "content_text": "Text."}
        head = {"version": "https://jsonfeed.org/version/1.1", "title": "N", "items": [item]}
        return json.dumps(head | ({"next_url": following} if following else {})).encode()

    server.add("/feed.json", feed("a", "/feed.json?page=2"))
    server.add("/feed.json?page=2", feed("b", None))
    assert backfilled(desk_for(tmp_path, server.url("/feed.json"))) == 1


def test_wordpress_pages_every_feed(server: Server, tmp_path: Path) -> None:
    generator = "<generator>https://wordpress.org/?v=6.7</generator>"
    server.add("/feed/", rss("Notes", server.url(""), ["a"], links=generator))
    server.add("/feed/?paged=2", rss("Notes", server.url(""), ["b"], start=9, links=generator))
    server.add("/feed/?paged=3", rss("Notes", server.url(""), ["c"], start=20, links=generator))
    assert backfilled(desk_for(tmp_path, server.url("/feed/"))) == 2
    assert server.paths()[-1] == "/feed/?paged=4"


def test_a_link_header_tells_the_next_page(server: Server, tmp_path: Path) -> None:
    server.add("/feed", rss("Notes", server.url(""), ["a"]), headers={"Link": '</feed?p=2>; rel="next"'})
    server.add("/feed?p=2", rss("Notes", server.url(""), ["b"], start=9))
    assert backfilled(desk_for(tmp_path, server.url("/feed"))) == 1


def test_an_archive_that_repeats_itself_or_leaves_the_host_ends(server: Server, tmp_path: Path) -> None:
    with Server("127.0.0.2") as stranger:
        link = f'<atom:link rel="next" href="{stranger.url("/feed")}"/>'
        server.add("/feed", rss("Notes", server.url(""), ["a"], links='<atom:link rel="next" href="/two"/>'))
        server.add("/two", rss("Notes", server.url(""), ["b"], links='<atom:link rel="next" href="/feed"/>'))
        server.add("/away", rss("Notes", server.url(""), ["c"], links=link))
        assert backfilled(desk_for(tmp_path / "1", server.url("/feed"))) == 1
        assert server.paths() == ["/feed", "/feed", "/two", "/feed"]
        assert backfilled(desk_for(tmp_path / "2", server.url("/away"))) == 0
        assert not stranger.requests


def test_a_failing_page_costs_only_what_lies_behind_it(server: Server, tmp_path: Path) -> None:
    server.add("/feed", rss("Notes", server.url(""), ["a"], links='<atom:link rel="next" href="/two"/>'))
    server.add("/two", status=500)
    desk = desk_for(tmp_path, server.url("/feed"))
    assert backfilled(desk) == 0
    assert desk.lines("sources", "list", "--json")[0]["state"] == "ok"
    server.add("/two", rss("Notes", server.url(""), ["b"], start=9))
    assert desk.json("once", "--all", "--backfill", "--json")["totals"]["new"] == 1


@pytest.mark.parametrize(
    ("onward", "path"),
    [
        ('<a rel="next" href="/blog/older">&raquo;</a>', "/blog/older"),
        ('<nav class="pagination"><a href="/blog/page/2">2</a><a href="/blog/page/3">3</a></nav>', "/blog/page/2"),
        ('<a href="/blog/entries-2024">&larr; Older posts</a>', "/blog/entries-2024"),
        ('<a href="?page=2">2</a>', "/blog?page=2"),
    ],
)
def test_the_pages_of_a_listing(server: Server, tmp_path: Path, onward: str, path: str) -> None:
    server.add("/blog", listing(["alpha", "beta", "gamma"], "/blog", onward))
    server.add(path, listing(["delta", "epsilon", "zeta"], "/blog", start=9))
    desk = desk_for(tmp_path, server.url("/blog"), "listing")
    desk.crawl("once", "--all", "-q")
    assert path not in server.paths()
    assert desk.json("once", "--all", "--backfill", "--json")["totals"]["new"] == 3
    assert {"alpha", "delta", "zeta"} <= titles(desk)


def test_pages_of_a_listing_obey_robots(server: Server, tmp_path: Path) -> None:
    server.add("/robots.txt", b"User-agent: *\nDisallow: /blog/page/")
    server.add("/blog", listing(["alpha", "beta", "gamma"], "/blog", '<a rel="next" href="/blog/page/2">next</a>'))
    server.add("/blog/page/2", listing(["delta", "epsilon", "zeta"], "/blog", start=9))
    assert backfilled(desk_for(tmp_path, server.url("/blog"), "listing")) == 0
    assert "/blog/page/2" not in server.paths()


def test_a_page_without_articles_is_told(server: Server, tmp_path: Path) -> None:
    server.add("/blog", page("<p>Soon.</p>"))
    desk = desk_for(tmp_path, server.url("/blog"), "listing")
    desk.crawl("once", "--all", "-q", status=5)
    (row,) = desk.lines("sources", "list", "--json")
    assert row["state"] == "failing"
    assert row["last_error"]


def test_an_answer_that_is_no_feed_is_not_blamed_on_the_network(server: Server, tmp_path: Path) -> None:
    server.add("/feed", page("<main>Sign in</main>"))
    desk = desk_for(tmp_path, server.url("/feed"))
    last = desk.crawl("once", status=5).stderr.strip().splitlines()[-1]
    assert "not one source could be fetched (this is an HTML page" in last
    assert "crawl sources health" in last
    assert "network" not in last


def test_who_is_sent_to_a_login_is_told_where(server: Server, tmp_path: Path) -> None:
    server.add("/feed", status=302, headers={"Location": "/login?next=/feed"})
    server.add("/login?next=/feed", page("<main>Sign in</main>"))
    desk = desk_for(tmp_path, server.url("/feed"))
    told = f"redirected to {server.url('/login')}: this is an HTML page, not a feed"
    assert told in desk.crawl("once", status=5).stderr
    assert told in desk.crawl("sources", "check", status=6).stdout


def test_a_broken_part_of_an_index_is_told_without_a_redirect(server: Server, tmp_path: Path) -> None:
    server.add("/sitemap.xml", sitemap([server.url("/s1.xml")], index=True))
    server.add("/s1.xml", page("<main>no sitemap</main>"))
    desk = desk_for(tmp_path, server.url("/sitemap.xml"), "sitemap")
    told = desk.crawl("once", status=5).stderr
    assert f"(at {server.url('/s1.xml')}, a part of the sitemap)" in told
    assert "redirected" not in told


# ---------------------------------------------------------------- pages


def test_why_tells_why_a_page_could_not_be_read(server: Server, tmp_path: Path) -> None:
    server.add("/feed", rss("Acme", server.url(""), ["one", "two"]))
    server.add("/posts/one", status=403)
    server.add(
        "/posts/two", page("<main><article><h1>Two</h1>" + "<p>Words about a queue.</p>" * 40 + "</article></main>")
    )
    desk = desk_for(tmp_path, server.url("/feed"))
    desk.file.write_text(desk.text.replace("pages: never", "pages: auto, recent_days: 36500"), encoding="utf-8")
    desk.crawl("once", "--all", "-q")
    assert "403 Forbidden; asked again from 20" in desk.crawl("why", server.url("/posts/one")).stdout
    told = desk.json("why", server.url("/posts/two"), "--json")
    assert (told["page_error"], told["page_next_at"]) == (None, None)

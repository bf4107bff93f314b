"""`crawl sources add`: from an address of a blog to a line of sources.yaml, over a real server."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.discovering import discover
from crawler.fetch.client import HttpFetcher
from crawler.settings import FetchSettings
from tests.support.blogs import EXISTING, HEAD, NEWEST, Desk, listing, page, rss, sitemap
from tests.support.server import Answer, Authority, Server


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "desk")


def alternate(href: str, title: str = "", kind: str = "application/rss+xml") -> str:
    return f'<link rel="alternate" type="{kind}" title="{title}" href="{href}">'


def added(desk: Desk, url: str, *more: str) -> dict[str, object]:
    said = desk.json("sources", "add", url, "--json", *more)
    source: dict[str, object] = said["source"]
    return source


def test_a_declared_feed_becomes_a_line_and_nothing_else_changes(server: Server, desk: Desk) -> None:
    home = server.url("")
    server.add("/", page(head=alternate("/feed.xml", "Posts")))
    server.add("/feed.xml", rss("Deep Storage Notes", home))
    said = desk.crawl("sources", "add", home, "--tag", "databases", "--company", "Example")
    line = (
        f'  - {{slug: deep-storage-notes, name: Deep Storage Notes, company: Example, url: "{home}/feed.xml",'
        f' kind: feed, homepage: "{home}", tags: [databases]}}\n'
    )
    assert desk.text == HEAD + EXISTING + line
    assert "Post one about caches" in said.stdout
    assert server.paths() == ["/", "/feed.xml"]
    assert {row["source"] for row in desk.lines("sources", "list", "--json")} == {"first", "deep-storage-notes"}


def test_the_same_again_is_told_and_changes_nothing(server: Server, desk: Desk) -> None:
    server.add("/", page(head=alternate("/feed.xml")))
    server.add("/feed.xml", rss("Notes", server.url("")))
    desk.crawl("sources", "add", server.url("/feed.xml"))
    before = desk.text
    asked = len(server.requests)
    assert "already" in desk.crawl("sources", "add", server.url("/feed.xml")).stderr
    assert len(server.requests) == asked, "an address that stands in the file needs no question"
    assert "already" in desk.crawl("sources", "add", server.url("/")).stderr
    assert desk.json("sources", "add", server.url("/"), "--json")["known_as"]
    assert desk.text == before


def test_dry_run_writes_nothing(server: Server, desk: Desk) -> None:
    server.add("/feed", rss("Notes", server.url("")))
    before = desk.text
    done = desk.crawl("sources", "add", server.url("/feed"), "--dry-run", "--slug", "mine", "--name", "Yes")
    assert '{slug: mine, name: "Yes"' in done.stdout
    assert desk.text == before


def test_the_posts_feed_wins_over_comments_tags_and_teasers(server: Server, desk: Desk) -> None:
    home = server.url("")
    heads = [
        alternate("/comments/feed", "Comments"),
        alternate("/tag/x/feed", "X"),
        alternate("/short", "Short"),
        alternate("/full", "Full"),
    ]
    server.add("/", page(head="".join(heads)))
    server.add("/comments/feed", rss("Comments on Notes", home))
    server.add("/tag/x/feed", rss("X", home, full=True))
    server.add("/short", rss("Notes", home))
    server.add("/full", rss("Notes", home, full=True))
    said = desk.json("sources", "add", home, "--json")
    assert said["source"]["url"] == f"{home}/full"
    assert "/comments/feed" not in server.paths()
    assert [found["url"].removeprefix(home) for found in said["found"]] == ["/full", "/short", "/tag/x/feed"]


def test_a_link_header_declares_a_feed(server: Server, desk: Desk) -> None:
    header = '</blog.atom>; rel="alternate"; type="application/rss+xml"; title="x", </style.css>; rel=preload'
    server.add("/", page(), headers={"Link": header})
    server.add("/blog.atom", rss("Notes", server.url("")))
    assert added(desk, server.url("/"))["url"] == server.url("/blog.atom")


def test_a_feed_that_is_only_linked_is_found(server: Server, desk: Desk) -> None:
    server.add("/", page('<a href="/about">us</a><a href="/subscribe/all.php">RSS</a>'))
    server.add("/subscribe/all.php", rss("Notes", server.url("")))
    assert added(desk, server.url("/"))["url"] == server.url("/subscribe/all.php")
    assert server.paths() == ["/", "/subscribe/all.php"]


@pytest.mark.parametrize(
    ("generator", "path"),
    [
        ("WordPress 6.7", "/feed/"),
        ("Ghost 5.1", "/rss/"),
        ("Hugo 0.140", "/index.xml"),
        ("Jekyll v4.3", "/feed.xml"),
        ("Blogger", "/feeds/posts/default"),
        ("Tumblr", "/rss"),
    ],
)
def test_what_made_the_page_tells_where_its_feed_lies(server: Server, desk: Desk, generator: str, path: str) -> None:
    server.add("/", page(head=f'<meta name="generator" content="{generator}">'))
    server.add(path, rss("Notes", server.url("")))
    assert added(desk, server.url("/"))["url"] == server.url(path)
    assert server.paths() == ["/", "/robots.txt", path]


def test_usual_addresses_are_asked_one_by_one_until_one_is_a_feed(server: Server, desk: Desk) -> None:
    server.add("/blog", page())
    server.add("/blog/atom.xml", rss("Notes", server.url("/blog")))
    assert added(desk, server.url("/blog"))["url"] == server.url("/blog/atom.xml")
    paths = server.paths()
    assert paths[-1] == "/blog/atom.xml"
    assert len(paths) == len(set(paths)) <= 14


def test_guesses_obey_robots_and_end_at_a_host_that_has_had_enough(server: Server, desk: Desk) -> None:
    server.add("/", page())
    server.add("/robots.txt", b"User-agent: *\nDisallow: /feed\nDisallow: /rss")
    server.add("/atom.xml", status=403)
    desk.crawl("sources", "add", server.url("/"), status=2)
    guessed = [path for path in server.paths() if path not in ("/", "/robots.txt", "/sitemap.xml")]
    assert guessed == ["/atom.xml"]


def test_no_address_is_asked_twice_whatever_leads_to_it(server: Server, desk: Desk) -> None:
    server.add("/", status=301, headers={"Location": "/home"})
    server.add("/home", page('<a href="/rss">RSS</a><a href="/old-feed">RSS feed</a>', alternate("/old-feed")))
    for path in ("/old-feed", "/rss", "/feed"):
        server.add(path, status=302, headers={"Location": "/home"})
    server.add("/sitemap.xml", status=302, headers={"Location": "/home"})
    desk.crawl("sources", "add", server.url("/"), status=2)
    paths = server.paths()
    assert len(paths) == len(set(paths)), paths


def test_a_server_that_asks_for_a_moment_is_asked_once_more(server: Server, desk: Desk) -> None:
    feed = rss("Acme", server.url("/"))
    server.add("/feed", answer=[Answer(status=503, headers={"Retry-After": "1"}), Answer(feed)])
    desk.crawl("sources", "add", server.url("/feed"))
    assert server.url("/feed") in desk.text
    assert server.paths() == ["/feed", "/feed"]


def test_a_feed_that_moved_for_good_is_written_with_its_new_address(server: Server, desk: Desk) -> None:
    server.add("/old", status=301, headers={"Location": "/new"})
    server.add("/new", rss("Notes", server.url("")))
    assert added(desk, server.url("/old"))["url"] == server.url("/new")


def test_a_sitemap_of_the_blog_alone(server: Server, desk: Desk) -> None:
    urls = [server.url(f"/blog/how-we-built-{name}") for name in ("a", "b", "c")] + [server.url("/products/x")]
    server.add("/blog", page())
    server.add("/robots.txt", f"Sitemap: {server.url('/maps/index.xml')}".encode())
    server.add(
        "/maps/index.xml", sitemap([server.url("/maps/pages.xml"), server.url("/maps/posts.xml.gz")], index=True)
    )
    server.add("/maps/posts.xml.gz", gzip.compress(sitemap(urls)))
    server.add("/maps/pages.xml", sitemap([server.url("/jobs/engineer")]))
    source = added(desk, server.url("/blog"))
    assert (source["url"], source["kind"]) == (server.url("/maps/index.xml"), "sitemap")
    said = desk.json("once", "--all", "--json", "--source", str(source["source"]))
    assert said["totals"]["new"] == 3
    assert {row["url"] for row in desk.lines("articles", "--json")} >= set(urls[:3])


def test_the_first_line_of_robots_counts_behind_a_byte_order_mark(server: Server, desk: Desk) -> None:
    urls = [server.url(f"/blog/how-we-built-{name}") for name in ("a", "b", "c")]
    server.add("/blog/index.html", page())
    server.add("/robots.txt", b"\xef\xbb\xbfSitemap: /maps/all.xml\n")
    server.add("/maps/all.xml", sitemap([*urls, server.url("/products/x")]))
    source = added(desk, server.url("/blog/index.html"))
    assert source["url"] == server.url("/maps/all.xml")
    assert desk.json("once", "--all", "--json", "--source", str(source["source"]))["totals"]["new"] == 3


def test_a_page_without_any_feed_is_read_as_a_listing(server: Server, desk: Desk) -> None:
    server.add("/news", listing(["cold", "warm", "hot", "fast"]))
    said = desk.json("sources", "add", server.url("/news"), "--json")
    assert (said["source"]["kind"], said["source"]["url"]) == ("listing", server.url("/news"))
    assert said["source"]["name"] == "Field notes"
    assert said["found"][0]["entries"] == 4


def test_kind_looks_for_that_kind_alone(server: Server, desk: Desk) -> None:
    body = listing(["cold", "warm", "hot"]).replace(b"</head>", alternate("/feed").encode() + b"</head>")
    server.add("/", body)
    server.add("/feed", rss("Notes", server.url("")))
    assert added(desk, server.url("/"), "--kind", "listing")["kind"] == "listing"
    assert server.paths() == ["/"]


def test_nothing_found_tells_what_was_asked(server: Server, desk: Desk) -> None:
    server.add("/", page("<p>hello</p>"))
    before = desk.text
    done = desk.crawl("sources", "add", server.url("/"), status=2)
    assert "/feed" in done.stderr
    assert "nothing to follow" in done.stderr
    assert desk.text == before


def test_the_budget_of_requests_holds_here_too(server: Server, desk: Desk) -> None:
    server.add("/", page("<p>hello</p>"))
    desk.file.write_text(desk.text.replace("pause: 0,", "pause: 0, max_requests: 4,"), encoding="utf-8")
    assert "budget" in desk.crawl("sources", "add", server.url("/"), status=2).stderr
    assert len(server.requests) == 4


def test_nothing_fetched_is_exit_5(server: Server, desk: Desk) -> None:
    server.add("/", status=503)
    assert "503" in desk.crawl("sources", "add", server.url("/"), status=5).stderr


def test_a_private_address_needs_permission(server: Server, tmp_path: Path) -> None:
    server.add("/feed", rss("Notes", server.url("")))
    desk = Desk(tmp_path / "strict")
    desk.file.write_text(desk.text.replace('["127.0.0.0/8"]', "[]"), encoding="utf-8")
    desk.crawl("sources", "add", server.url("/feed"), status=2)
    assert not server.requests
    desk.crawl("sources", "add", server.url("/feed"), "--allow-private-hosts", "127.0.0.0/8")


@pytest.mark.parametrize("wish", [["--slug", "first"], ["--slug", "a b"], ["--tag", "No Tag"]])
def test_wishes_that_cannot_be_written_are_refused_before_anybody_is_asked(
    server: Server, desk: Desk, wish: list[str]
) -> None:
    desk.crawl("sources", "add", server.url("/"), *wish, status=2)
    assert not server.requests


@pytest.mark.parametrize(
    ("given", "feed"),
    [
        ("https://medium.com/some-engineering", "https://medium.com/feed/some-engineering"),
        ("https://dev.to/someone", "https://dev.to/feed/someone"),
        ("https://github.com/someone/thing", "https://github.com/someone/thing/releases.atom"),
        ("https://www.youtube.com/channel/UCx1", "https://www.youtube.com/feeds/videos.xml?channel_id=UCx1"),
        ("https://someone.substack.com/p/a-post", "https://someone.substack.com/feed"),
        ("https://someone.hashnode.dev", "https://someone.hashnode.dev/rss.xml"),
    ],
)
def test_platforms_have_rules(tmp_path: Path, given: str, feed: str) -> None:
    authority = Authority()
    with Server(tls=authority) as site:
        host, _, path = given.removeprefix("https://").partition("/")
        feed_host = feed.removeprefix("https://").partition("/")[0]
        site.add(f"{host}/{path}", page())
        site.add(feed.removeprefix("https://"), rss("Notes", given))
        routes = {(name, 443): (site.address, site.port) for name in (host, feed_host)}
        settings = FetchSettings(pause=0)
        environ = {"SSL_CERT_FILE": authority.pem(tmp_path)}
        fetcher = HttpFetcher(settings, user_agent="t/1", routes=routes, environ=environ)
        discovery = discover(given, fetcher, settings, "t/1", lambda: NEWEST)
        fetcher.close()
    assert [found.url for found in discovery.found] == [feed]
    assert len(site.requests) == 2

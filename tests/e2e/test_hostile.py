"""Servers that lie, stall, overflow and inject, each a row of a table: one crawl over all of them at once.

A row says what its host answers and what must become of it: how many articles, or a word of the one clear error.
"""

from __future__ import annotations

import gzip
import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from storage.opening import open_store
from tests.support.command import Command
from tests.support.server import Answer, Seen, Server
from tests.support.world import clean_environment

pytestmark = pytest.mark.slow

RECENT = datetime.now(UTC) - timedelta(days=2)
DATE = RECENT.strftime("%a, %d %b %Y %H:%M:%S GMT")
WORDS = "We moved one writer after the other to the log and measured the queue for a week. " * 12


def item(n: int = 0, more: str = "", *, title: str = "", link: str = "/posts/{n}", guid: str = "g{n}") -> str:
    """An entry of a feed; `more` goes in as it is."""
    return (
        f"<item><title>{title or f'Moving queue {n} to a log'}</title><link>{link.format(n=n)}</link>"
        f"<guid isPermaLink='false'>{guid.format(n=n)}</guid>{more or f'<pubDate>{DATE}</pubDate>'}"
        f"<description>{WORDS} Part {n}.</description></item>"
    )


def rss(*items: str, channel: str = "", head: str = "<?xml version='1.0' encoding='utf-8'?>") -> bytes:
    """A feed with these entries, else with one."""
    body = "".join(items or (item(),))
    return f"{head}<rss version='2.0'><channel><title>Log</title>{channel}{body}</channel></rss>".encode()


FEED = rss()
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"


def sized(body: bytes, *fields: bytes) -> bytes:
    """A whole answer with more header lines than a polite server would send."""
    return HEAD + b"".join(line + b"\r\n" for line in fields) + b"Content-Length: %d\r\n\r\n" % len(body) + body


@dataclass(frozen=True)
class Case:
    """`articles` are the entries that must come of it; None where an error must, with `says` in it. `titles` are some
    of the titles; `kind` is the source's."""

    name: str
    answer: Answer
    articles: int | None = None
    says: str = ""
    titles: tuple[str, ...] = ()
    kind: str = "feed"
    more: dict[str, Answer] = field(default_factory=dict)


def redirect(target: str, status: int = 301, **headers: str) -> Answer:
    return Answer(status=status, headers={"Location": target, **headers})


def feed(body: bytes = FEED, content_type: str = "application/rss+xml", **headers: str) -> Answer:
    return Answer(body, headers={"Content-Type": content_type, **headers})


def titled(title: str, *names: str, **how: Any) -> bytes:
    return rss(item(title=title, **how))


WIRE = [
    Case("the head comes a byte at a time", Answer(raw=HEAD + b"X-Slow: " + b"a" * 500, drip=0.05), says="time limit"),
    Case("the body comes a byte at a time", Answer(FEED * 3, drip=0.02), says="time limit"),
    Case("nothing comes", Answer(FEED, delay=12), says="time limit"),
    Case("a chunk of no size", Answer(raw=HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n"), says="broken"),
    Case(
        "a chunk of more bytes than there are",
        Answer(raw=HEAD + b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFF\r\nhello"),
        says="broken",
    ),
    Case(
        "trailers without end",
        Answer(raw=HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n" + b"X: y\r\n" * 90_000),
        says="broken",
    ),
    Case(
        "a transfer coding besides chunked",
        Answer(raw=HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
        says="broken",
    ),
    Case("shorter than announced", Answer(FEED, length=len(FEED) + 500), says="broken"),
    Case("longer than announced", Answer(raw=HEAD + b"Content-Length: 300\r\n\r\n" + FEED), 1),
    Case("a length that is no number", Answer(raw=HEAD + b"Content-Length: many\r\n\r\n" + FEED), says="broken"),
    Case("the same length twice", Answer(raw=sized(FEED, b"Content-Length: %d" % len(FEED))), 1),
    Case(
        "twenty early hints first", Answer(raw=b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 20 + sized(FEED)), 1
    ),
    Case("early hints without end", Answer(raw=b"HTTP/1.1 103 Early Hints\r\n\r\n" * 50_000), says="answer"),
    Case("a NUL in a header", Answer(raw=sized(FEED, b"X-A: a\0b")), says="broken"),
    Case("a bare line feed in a header", Answer(raw=sized(FEED, b"X-A: a\nX-B: b")), 1),
    Case("a header without a colon", Answer(raw=sized(FEED, b"no colon here")), says="broken"),
    Case("a header line that is folded", Answer(raw=sized(FEED, b"X-A: a\r\n b")), 1),
    Case("ten thousand headers", Answer(raw=sized(FEED, *(b"X-%d: y" % n for n in range(10_000)))), 1),
    Case("five hundred headers", Answer(raw=sized(FEED, *(b"X-%d: y" % n for n in range(500)))), 1),
    Case("HTTP/1.0", Answer(raw=b"HTTP/1.0 200 OK\r\n\r\n" + FEED), 1),
    Case(
        "a reason that is no ASCII",
        Answer(raw=b"HTTP/1.1 200 \xe9t\xe9\r\nContent-Length: %d\r\n\r\n" % len(FEED) + FEED),
        1,
    ),
    Case("no status line, just the feed", Answer(raw=FEED), says="broken"),
    Case("closed at once", Answer(raw=b""), says="broken"),
    Case("a hundred cookies", Answer(raw=sized(FEED, *(b"Set-Cookie: a%d=b; Path=/" % n for n in range(100)))), 1),
]

CODINGS = [
    Case("gzip and then garbage", feed(gzip.compress(FEED) + b"garbage" * 50, **{"Content-Encoding": "gzip"}), 1),
    Case("gzip twice", feed(gzip.compress(gzip.compress(FEED)), **{"Content-Encoding": "gzip, gzip"}), 1),
    Case("gzip in two headers", Answer(raw=sized(gzip.compress(gzip.compress(FEED)), *[b"Content-Encoding: gzip"] * 2)), 1),
    Case("nine codings", feed(FEED, **{"Content-Encoding": ", ".join(["gzip"] * 9)}), says="codings"),
    Case("gzip of nothing", feed(b"", **{"Content-Encoding": "gzip"}), says="empty"),
    Case("a compressed file without a coding", feed(gzip.compress(FEED), "application/octet-stream"), 1),
    Case("a bomb as a compressed file", feed(gzip.compress(b" " * 60_000_000), "application/gzip"), says="unpacks to more"),
    Case("a bomb in a bomb", feed(gzip.compress(gzip.compress(b" " * 60_000_000)), **{"Content-Encoding": "gzip, gzip"}), says="larger"),
]  # fmt: skip

STATUSES = [
    Case("empty", feed(b""), says="empty"),
    Case("203", Answer(FEED, 203), 1),
    Case("206", Answer(FEED, 206, {"Content-Range": "bytes 0-9/99"}), says="206"),
    Case("226", Answer(FEED, 226, {"IM": "feed"}), says="226"),
    Case("300", Answer(b"<a href='/a'>a</a>", 300, {"Location": "/a"}), says="300"),
    Case("304 to a question without a condition", Answer(status=304), says="304"),
    Case("401", Answer(b"", 401, {"WWW-Authenticate": 'Basic realm="x"'}), says="401"),
    Case("407", Answer(b"", 407, {"Proxy-Authenticate": "Basic"}), says="407"),
    Case("Retry-After of ten years", Answer(b"", 503, {"Retry-After": "315360000"}), says="503"),
    Case("Retry-After of minus a day", Answer(b"", 503, {"Retry-After": "-86400"}), says="503"),
    Case("Retry-After of many digits", Answer(b"", 429, {"Retry-After": "9" * 5000}), says="429"),
    Case(
        "Retry-After in the year 9999", Answer(b"", 503, {"Retry-After": "Fri, 31 Dec 9999 23:59:59 GMT"}), says="503"
    ),
    Case("fresh for three hundred million years", feed(FEED, **{"Cache-Control": "max-age=9999999999999999"}), 1),
    Case(
        "fresh until the year 9999",
        feed(FEED, Expires="Fri, 31 Dec 9999 23:59:59 GMT", Date="Thu, 01 Jan 1970 00:00:00 GMT"),
        1,
    ),
    Case(
        "dates of headers that are none", feed(FEED, Date="0", Expires="-1", Age="-5", **{"Last-Modified": "never"}), 1
    ),
    Case("a validator of sixty kilobytes", feed(ETag='"' + "e" * 60_000 + '"'), 1),
]

REDIRECTS = [
    Case("to a file", redirect("file:///etc/passwd"), says="redirect"),
    Case("to data", redirect("data:text/xml,<rss/>"), says="redirect"),
    Case("to another protocol", redirect("gopher://127.0.0.1:70/"), says="redirect"),
    Case("to a mapped loopback address", redirect("http://[::ffff:127.0.0.1]/feed"), says="not a public address"),
    Case("to a loopback address in hexadecimal", redirect("http://0x7f000001/feed"), says="not a public address"),
    Case("to the metadata of a cloud", redirect("http://169.254.169.254/latest/"), says="not a public address"),
    Case("to localhost", redirect("http://localhost:1/feed"), says="not a public address"),
    Case("to a name with a dot at its end that is local", redirect("http://localhost./feed"), says="not a public address"),
    Case("round and round", redirect("/2"), more={"/2": redirect("/feed")}, says="circle"),
    Case("on and on", redirect("/r0"), more={f"/r{n}": redirect(f"/r{n + 1}") for n in range(30)}, says="redirects"),
    Case("with a cookie to come back with", redirect("/2", 302, **{"Set-Cookie": "a=b"}), 1, more={"/2": feed()}),
    Case("with a password on the way", redirect("http://ada:secret@{host}/2"), 1, more={"/2": feed()}),
    Case("to an address with a line break", redirect("/2%0d%0aX-Injected:%20yes"), says="404"),
    Case("by a page that refreshes itself", feed(b"<html><meta http-equiv=refresh content='0;url=/2'></html>", "text/html"), says="HTML", more={"/2": feed()}),
]  # fmt: skip

CHARSETS = [
    Case("latin-1 that is said to be utf-8", feed(titled("Caf\u00e9 queue").decode().encode("latin-1")), 1, titles=("Caf\u00e9 queue",)),
    Case("utf-8 that is said to be latin-1", feed(titled("Caf\u00e9 queue"), "text/xml; charset=iso-8859-1"), 1, titles=("Caf\u00e9 queue",)),
    Case("a charset that nobody knows", feed(titled("Caf\u00e9 queue"), "text/xml; charset=klingon"), 1, titles=("Caf\u00e9 queue",)),
    Case("utf-16 with its mark", feed(FEED.decode().replace("utf-8", "utf-16").encode("utf-16")), 1),
    Case("utf-32 with its mark", feed(FEED.decode().replace("utf-8", "utf-32").encode("utf-32")), 1),
    Case("utf-16 without its mark", feed(FEED.decode().replace("utf-8", "utf-16le").encode("utf-16-le")), 1),
    Case("utf-7", feed(rss(item(title="+ADw-script+AD4-alert(1)+ADw-/script+AD4- queue"), head="<?xml version='1.0' encoding='utf-7'?>")), 1),
    Case("a mark and then blanks", feed(b"\xef\xbb\xbf \r\n\r\n" + FEED), 1),
    Case("NULs between the letters", feed(FEED.replace(b"Moving", b"Mov\0ing")), 1),
    Case("an escape sequence for terminals", feed(titled("Queue \x1b[31mred\x1b]0;owned\x07 alert")), 1),
]  # fmt: skip

DOCUMENTS = [
    Case("a feed as text/html", feed(content_type="text/html"), 1),
    Case("a feed as a picture", feed(content_type="image/png"), 1),
    Case("a page that asks for JavaScript", feed(b"<html><title>Just a moment...</title><body>Enable JavaScript</body>", "text/html"), says="HTML"),
    Case("a picture", feed(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "image/png"), says="no markup"),
    Case("entities that grow", feed(b"<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'>" + b"".join(b"<!ENTITY %c '%s'>" % (n + 1, b"&%c;" % n * 10) for n in range(97, 110)) + b"]>" + titled("&n;")), 1),
    Case("an entity from a file", feed(b"<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + rss(item(title="Queue &x; log"), head="")), 1),
    Case("a definition from elsewhere", feed(rss(head="<!DOCTYPE rss SYSTEM 'http://169.254.169.254/rss.dtd'>")), 1),
    Case("a hundred thousand levels", feed(rss(item(more="<a>" * 100_000))), 1),
    Case("a hundred thousand entries", feed(rss(*(f"<item><title>T{n}</title><link>/p/{n}</link></item>" for n in range(100_000)))), 2000),
    Case("a title of fifty megabytes", feed(titled("queue " * 9_000_000)), says="larger"),
    Case("a title of five megabytes", feed(titled("queue " * 900_000)), 1),
    Case("an author of a megabyte", feed(rss(item(more="<author>" + "a@b.c (x) " * 100_000 + "</author>"))), 1),
    Case("twenty thousand categories", feed(rss(item(more="<category>log</category>" * 20_000))), 1),
    Case("cut in the middle of an entry", feed(rss(item(1), item(2))[:-300]), 2),
    Case("a link that runs", feed(rss(item(1, link="javascript:alert(1)"), item(2, link="data:text/html,x"), item(3))), 3),
    Case("links with passwords", feed(rss(item(link="http://ada:secret@{{host}}/posts/{n}"))), 1),
    Case("entries without link and guid", feed(rss("<item><title>Nowhere</title></item>", item(1))), 1),
    Case("one guid for three links", feed(rss(*(item(n, guid="same") for n in range(3)))), 3),
    Case("one link for three guids", feed(rss(*(item(n, link="/one") for n in range(3)))), 3),
    Case("one link and one title for three guids", feed(rss(*(item(link="/one", guid=f"g{n}") for n in range(3)))), 1),
    Case("the year 0", feed(rss(item(more="<pubDate>Mon, 01 Jan 0000 00:00:00 GMT</pubDate>"))), 1),
    Case("the year 9999", feed(rss(item(more="<pubDate>Fri, 31 Dec 9999 23:59:59 -2359</pubDate>"))), 1),
    Case("a day of a million digits", feed(rss(item(more=f"<pubDate>{'9' * 1_000_000} Jan 2026</pubDate>"))), 1),
    Case("a pause of a million years", feed(rss(channel="<ttl>525600000000</ttl>")), 1),
    Case("hours to skip: all", feed(rss(channel="<skipHours>" + "".join(f"<hour>{n}</hour>" for n in range(25)) + "</skipHours>")), 1),
    Case("JSON of a hundred thousand levels", feed(b"[" * 100_000, "application/feed+json"), says="nested too deeply"),
    Case("a JSON Feed of wrong types", feed(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [{"id": 5, "url": ["x"], "title": {}, "date_published": 10**400, "content_text": None}, {"id": "b", "url": "/b", "title": "Queue log", "content_text": WORDS}, 7]}).encode(), "application/feed+json"), 1),
    Case("a JSON Feed with numbers without end", feed(b'{"version":"https://jsonfeed.org/version/1.1","items":[{"id":' + b"9" * 100_000 + b',"url":"/a","title":"Queue log","content_text":"log"}]}', "application/feed+json"), 1),
    Case("a sitemap that lists itself", feed(b"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>http://{host}/feed</loc></sitemap></sitemapindex>", "text/xml"), 0, kind="sitemap"),
]  # fmt: skip

GROUPS = {"wire": WIRE, "codings": CODINGS, "statuses": STATUSES, "redirects": REDIRECTS, "charsets": CHARSETS, "documents": DOCUMENTS}  # fmt: skip
CASES = [pytest.param(f"{group}{n}", case, id=f"{group}: {case.name}") for group, cases in GROUPS.items() for n, case in enumerate(cases)]  # fmt: skip


@dataclass(frozen=True)
class Desk(Command):
    """A folder with sources.yaml, and the web of these servers."""

    folder: Path
    proxy: str

    @property
    def environment(self) -> dict[str, str]:
        return clean_environment(self.folder, self.proxy)

    def command(self, *arguments: str) -> list[str]:
        return super().command(*arguments, "--database", "sqlite:///db.sqlite")


@dataclass(frozen=True)
class Crawled:
    """What two crawls one after the other said, asked and stored."""

    first: dict[str, dict[str, Any]]
    second: dict[str, dict[str, Any]]
    articles: dict[str, list[dict[str, Any]]]
    requests: list[Seen]
    output: str
    folder: Path


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    folder = tmp_path_factory.mktemp("hostile")
    lines = [
        "settings: {contact: 'https://example.org/about', fetch: {pause: 0, timeout: 6, pages: never}}",
        "sources:",
    ]
    with Server() as server:
        for group, cases in GROUPS.items():
            for n, case in enumerate(cases):
                host = f"{group}{n}.example"
                for path, answer in {"/feed": case.answer, **case.more}.items():
                    server.add(host + path, answer=_for_host(answer, host))
                lines.append(f"- {{slug: {group}{n}, url: 'http://{host}/feed', kind: {case.kind}}}")
        (folder / "sources.yaml").write_text("\n".join(lines) + "\n")
        desk = Desk(folder, server.url(""))
        first, second = (desk.crawl("once", "--all", "--json", "-v") for _ in range(2))
        articles: dict[str, list[dict[str, Any]]] = {}
        for row in desk.lines("export"):
            articles.setdefault(row["source"], []).append(row)
        yield Crawled(_rows(first), _rows(second), articles, list(server.requests), first.stdout + first.stderr, folder)


def _for_host(answer: Answer, host: str) -> Answer:
    body = answer.body.replace(b"{host}", host.encode()) if len(answer.body) < 10_000 else answer.body
    return replace(answer, body=body, headers={k: v.replace("{host}", host) for k, v in answer.headers.items()})


def _rows(done: subprocess.CompletedProcess[str]) -> dict[str, dict[str, Any]]:
    return {row["source"]: row for row in json.loads(done.stdout)["sources"]}


@pytest.mark.parametrize(("slug", "case"), CASES)
def test_a_hostile_answer_is_read_or_told(crawled: Crawled, slug: str, case: Case) -> None:
    """What can be read is read; what cannot is one clear error, twice the same, and costs nobody else anything."""
    row = crawled.first[slug]
    if case.articles is None:
        assert row["outcome"] == "failed", row
        told = row["error"]["message"]
        assert case.says in told, told
        assert len(told) < 500
        assert told.isprintable(), told
        assert slug not in crawled.articles
    else:
        assert row["outcome"] != "failed", row
        assert len(crawled.articles.get(slug, ())) == case.articles
        assert {article["title"] for article in crawled.articles.get(slug, ())} >= set(case.titles)
    assert crawled.second[slug]["new"] == 0
    assert (crawled.second[slug]["outcome"] == "failed") == (case.articles is None)


def test_nobody_is_forgotten_or_silenced(crawled: Crawled) -> None:
    """Whatever was asked of us, each source is asked again within the bound."""
    store = open_store(f"sqlite:///{crawled.folder}/db.sqlite")
    try:
        feeds = store.feeds()
    finally:
        store.close()
    assert set(feeds) == {slug for slug, _ in (param.values for param in CASES)}
    for feed_ in feeds.values():
        assert feed_.next_check_at is not None
        assert feed_.last_checked_at is not None
        assert timedelta(minutes=59) < feed_.next_check_at - feed_.last_checked_at <= timedelta(days=30), feed_.source


def test_nothing_is_given_back_or_away(crawled: Crawled) -> None:
    """No cookie, no password, no Referer goes out; no file of ours comes in; nothing injects a header."""
    for seen in crawled.requests:
        assert not {"cookie", "referer", "authorization", "x-injected"} & set(seen.headers), seen.raw[:300]
    told = crawled.output + json.dumps(crawled.articles)
    assert "secret" not in told
    assert "root:" not in told


def test_what_is_stored_is_harmless(crawled: Crawled) -> None:
    """Only web addresses, no controls, no titles that fill a screen, no dates that nobody can mean."""
    for rows in crawled.articles.values():
        for row in rows:
            assert row["url"].startswith("http://"), row["url"][:80]
            assert len(row["title"]) <= 1000
            assert not {c for c in row["title"] if ord(c) < 32 or ord(c) == 127}, row["title"][:80]
            assert "<script" not in (row["title"] + row["content_html"]).lower()
            assert row["published_at"] is None or "1995" <= row["published_at"][:4] <= "2100"
    assert "\x1b" not in crawled.output

"""What one request brings, over a real server: a table of answers and the outcomes that they must give."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import Any

import pytest

from crawler.fetch.agent import user_agent
from crawler.fetch.client import HttpFetcher
from crawler.fetch.robots import MAX_BYTES
from crawler.model import Failed, Fetched, Gone, NotModified, Outcome, Request
from crawler.settings import FetchSettings
from tests.support.server import Answer, Server, encode
from tests.support.waiting import PATIENCE

AGENT = user_agent("https://example.org/about-our-crawler", "0.1.0")
SETTINGS = FetchSettings(timeout=5, max_bytes=1_000_000, allow_private_hosts=("127.0.0.0/8",))


def ask(server: Server, path: str = "/", settings: FetchSettings = SETTINGS, **how: Any) -> Outcome:
    fetcher = HttpFetcher(settings, user_agent=AGENT, environ={})
    try:
        return fetcher.fetch(Request(server.url(path), **how))
    finally:
        fetcher.close()


# ---------------------------------------------------------------- one answer, one outcome


@dataclass(frozen=True)
class Case:
    name: str
    answer: Answer
    kind: str  # fetched, gone, or a FailureKind
    passing: bool = True
    retry_after: float | None = None
    purpose: str = "feed"
    says: str = ""


HOUR_AHEAD = {"Date": "Mon, 02 Nov 2026 10:00:00 GMT", "Retry-After": "Mon, 02 Nov 2026 11:00:00 GMT"}
CASES = [
    Case("200", Answer(b"<rss/>"), "fetched"),
    Case("203", Answer(b"<rss/>", 203), "fetched"),
    Case("empty body", Answer(b""), "fetched"),
    Case("chunked", Answer(b"x" * 9000, chunked=True), "fetched"),
    Case("until the connection closes", Answer(b"x" * 9000, length=-1), "fetched"),
    Case("204 has nothing to read", Answer(b"", 204), "status"),
    Case("202 of a bot wall", Answer(b"<html>", 202), "status"),
    Case("206 was not asked for", Answer(b"<rss", 206), "status"),
    Case("304 without a question", Answer(b"", 304), "status"),
    Case("400", Answer(b"", 400), "status", passing=False, says="400 Bad Request"),
    Case("401", Answer(b"", 401), "status", passing=False),
    Case("403", Answer(b"", 403), "status", passing=False),
    Case("404", Answer(b"", 404), "status", passing=False, says="404 Not Found"),
    Case("408", Answer(b"", 408), "status"),
    Case("410", Answer(b"", 410), "gone"),
    Case("425", Answer(b"", 425), "status"),
    Case("429", Answer(b"", 429, {"Retry-After": "120"}), "status", retry_after=120),
    Case("451", Answer(b"", 451), "status", passing=False),
    Case("500", Answer(b"", 500), "status"),
    Case("503 with seconds", Answer(b"", 503, {"Retry-After": " 30 "}), "status", retry_after=30),
    Case("503 with a date", Answer(b"", 503, HOUR_AHEAD), "status", retry_after=3600),
    Case(
        "503 with a date gone by",
        Answer(b"", 503, {"Retry-After": "Mon, 02 Nov 2020 11:00:00 GMT"}),
        "status",
        retry_after=0,
    ),
    Case("503 with nonsense", Answer(b"", 503, {"Retry-After": "soon"}), "status"),
    Case("599", Answer(b"", 599), "status", says="599"),
    Case("999", Answer(b"", 999), "status"),
    Case(
        "302 after an hour", Answer(b"", 302, {"Location": "/x", "Retry-After": "3600"}), "redirect", retry_after=3600
    ),
    Case("301 without Location", Answer(b"", 301), "redirect", passing=False),
    Case("302 to another scheme", Answer(b"", 302, {"Location": "file:///etc/passwd"}), "redirect", passing=False),
    Case("302 to javascript", Answer(b"", 302, {"Location": "javascript:alert(1)"}), "redirect", passing=False),
    Case("302 to itself", Answer(b"", 302, {"Location": "/"}), "redirect", passing=False, says="circle"),
    Case("302 to no host", Answer(b"", 302, {"Location": "http://"}), "redirect", passing=False),
    Case("cut short", Answer(b"x" * 100, cut=50), "connection"),
    Case("cut short in a chunk", Answer(b"x" * 9000, chunked=True, cut=5000), "connection"),
    Case("cut short before the last chunk", Answer(b"x" * 9000, chunked=True, cut=9020), "connection"),
    Case("cut short in gzip without length", Answer(b"x" * 9000, coding="gzip", cut=20, length=-1), "encoding"),
    Case("cut short in br without length", Answer(b"xy" * 9000, coding="br", cut=10, length=-1), "encoding"),
    Case("cut short in zstd without length", Answer(b"xy" * 9000, coding="zstd", cut=15, length=-1), "encoding"),
    Case("cut short in deflate without length", Answer(b"x" * 9000, coding="deflate", cut=15, length=-1), "encoding"),
    Case("no answer at all", Answer(raw=b""), "connection"),
    Case("no HTTP", Answer(raw=b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), "connection"),
    Case("broken status line", Answer(raw=b"HTTP/1.1 abc\r\n\r\n"), "connection"),
    Case("negative length", Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello"), "connection"),
    Case(
        "two lengths", Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"), "connection"
    ),
    Case("endless header", Answer(raw=b"HTTP/1.1 200 OK\r\nX: " + b"x" * 300_000 + b"\r\n\r\n"), "connection"),
    Case("endless 1xx", Answer(raw=b"HTTP/1.1 103 Early\r\n\r\n" * 100_000), "too_large", passing=False),
    Case("unknown coding", Answer(b"x", headers={"Content-Encoding": "rot13"}), "encoding"),
    Case("br that is none", Answer(b"<rss/>", headers={"Content-Encoding": "br"}), "encoding"),
    Case("zstd that is none", Answer(b"<rss/>", headers={"Content-Encoding": "zstd"}), "encoding"),
    Case("gzip that is none is read as it is", Answer(b"<rss/>", headers={"Content-Encoding": "gzip"}), "fetched"),
    Case("a charset as coding", Answer(b"<rss/>", headers={"Content-Encoding": "utf-8"}), "fetched"),
    Case("announced too large", Answer(b"x", length=2_000_000), "too_large", passing=False),
    Case("too large without a word", Answer(b"x" * 1_000_001, chunked=True), "too_large", passing=False),
    Case("as large as allowed", Answer(b"x" * 1_000_000), "fetched"),
    Case("large robots.txt is cut", Answer(b"x" * 900_000), "fetched", purpose="robots"),
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_outcomes(server: Server, case: Case) -> None:
    """Each answer gives just its outcome, as a value."""
    server.add("/", answer=case.answer)
    outcome = ask(server, purpose=case.purpose)
    if isinstance(outcome, Failed):
        assert (outcome.kind, outcome.passing, outcome.retry_after) == (case.kind, case.passing, case.retry_after)
        assert case.says in outcome.message
        assert "\n" not in outcome.message
        assert outcome.message
    else:
        assert type(outcome).__name__.lower() == case.kind
    if isinstance(outcome, Fetched):
        whole = case.answer.body[:MAX_BYTES] if case.purpose == "robots" else case.answer.body
        assert outcome.body == whole


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
@pytest.mark.parametrize("chunked", [False, True])
def test_codings(server: Server, coding: str, chunked: bool) -> None:
    """What we offer in Accept-Encoding, we read."""
    body = bytes(range(256)) * 2000
    server.add("/", body, coding=coding, chunked=chunked)
    outcome = ask(server)
    assert isinstance(outcome, Fetched)
    assert outcome.body == body
    assert coding in server.requests[0].headers["accept-encoding"]


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_bombs(server: Server, coding: str) -> None:
    """A small body that stands for 100 MB ends at the limit, in a moment."""
    server.add("/", encode(coding, b"\0" * 100_000_000), headers={"Content-Encoding": coding})
    began = time.process_time()
    outcome = ask(server)
    assert isinstance(outcome, Failed)
    assert (outcome.kind, outcome.passing) == ("too_large", False)
    assert time.process_time() - began < 2


# ---------------------------------------------------------------- time


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b"x" * 3000, drip=0.02),
        Answer(raw=b"HTTP/1.1 200 OK\r\nX-Slow: " + b"y" * 3000, drip=0.02),
        Answer(b"late", delay=60),
        Answer(b"", 302, {"Location": "/"}, delay=60),
    ],
    ids=["body by drips", "header by drips", "silent", "silent redirect"],
)
def test_total_deadline(server: Server, answer: Answer) -> None:
    """Bytes that keep coming do not prolong an exchange: each of these would take a minute."""
    server.add("/", answer=answer)
    began = time.monotonic()
    outcome = ask(server, settings=FetchSettings(timeout=0.4, allow_private_hosts=("127.0.0.1",)))
    assert isinstance(outcome, Failed)
    assert (outcome.kind, outcome.passing) == ("timeout", True)
    assert 0.35 < time.monotonic() - began < 30


def test_deadline_covers_all_hops(server: Server) -> None:
    """Redirects share one time limit."""
    for hop in range(6):
        server.add(f"/{hop}", status=302, headers={"Location": f"/{hop + 1}"}, delay=0.2)
    outcome = ask(server, "/0", settings=FetchSettings(timeout=0.5, allow_private_hosts=("127.0.0.1",)))
    assert isinstance(outcome, Failed)
    assert outcome.kind == "timeout"
    assert "/5" not in server.paths()


def test_deadline_covers_name_resolution() -> None:
    """A resolver that hangs is left behind when time is up."""

    left_behind = threading.Event()

    def hang(host: str, port: int) -> list[str]:
        assert left_behind.wait(PATIENCE)
        return ["127.0.0.1"]

    fetcher = HttpFetcher(FetchSettings(timeout=0.3), user_agent=AGENT, environ={}, resolver=hang)
    outcome = fetcher.fetch(Request("http://slow.example/"))
    left_behind.set()
    assert isinstance(outcome, Failed)
    assert outcome.kind == "timeout"


# ---------------------------------------------------------------- what we send

VALIDATORS = ['"abc"', 'W/"abc"', "abc", '"a b, c"', '"é"', '""', 'W/"x"; odd', "\xe9\xff"]


@pytest.mark.parametrize("etag", VALIDATORS)
def test_etag_goes_back_byte_for_byte(server: Server, etag: str) -> None:
    """Whatever stood in ETag stands in If-None-Match, and the answer to it is a 304."""
    server.add("/", b"<rss/>", headers={"ETag": etag})
    first = ask(server)
    assert isinstance(first, Fetched)
    second = ask(server, etag=first.etag)
    assert isinstance(second, NotModified)
    assert b"\r\nIf-None-Match: " + etag.encode("latin-1") in server.requests[1].raw


@pytest.mark.parametrize("date", ["Mon, 02 Nov 2026 10:00:00 GMT", "yesterday", "2026-11-02T10:00:00Z", "0"])
def test_last_modified_goes_back_byte_for_byte(server: Server, date: str) -> None:
    """A date is not ours to correct."""
    server.add("/", b"<rss/>", headers={"Last-Modified": date})
    first = ask(server)
    assert isinstance(first, Fetched)
    assert isinstance(ask(server, last_modified=first.last_modified), NotModified)
    assert "if-none-match" not in server.requests[1].headers
    assert f"If-Modified-Since: {date}".encode() in server.requests[1].raw


@pytest.mark.parametrize("bad", ["a\r\nX-Evil: 1", "a\nb", "a\0b", "€", "", None])
def test_no_header_is_made_of_a_broken_validator(server: Server, bad: str | None) -> None:
    """A stored value that cannot have come from a header is not sent."""
    server.add("/", b"<rss/>")
    assert isinstance(ask(server, etag=bad), Fetched)
    assert "if-none-match" not in server.requests[0].headers
    assert "x-evil" not in server.requests[0].headers


def test_request_headers(server: Server) -> None:
    """Who we are, what we take, and nothing else: no cookies, no Referer, no question about the version."""
    server.add("/", b"", 302, headers={"Location": "/b", "Set-Cookie": "id=1"})
    server.add("/b", b"x", headers={"Set-Cookie": "id=2"})
    ask(server)
    ask(server, "/b", purpose="page")
    assert set(server.requests[1].headers) == {"host", "user-agent", "accept", "accept-encoding"}
    assert server.requests[0].headers["user-agent"] == ("weekly-roundup/0.1.0 (+https://example.org/about-our-crawler)")
    assert "atom" in server.requests[1].headers["accept"]
    assert server.requests[2].headers["accept"].startswith("text/html")


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        ("https://e.org/x", "weekly-roundup/2 (+https://e.org/x)"),
        (None, "weekly-roundup/2"),
        ("a)b\r\nX: y", "weekly-roundup/2 (+abX: y)"),
        ("bücher@e.org", "weekly-roundup/2 (+bcher@e.org)"),
    ],
)
def test_user_agent(contact: str | None, expected: str) -> None:
    """The contact cannot break out of its comment."""
    assert user_agent(contact, "2") == expected


def test_connection_is_used_again_and_its_loss_is_no_failure(server: Server) -> None:
    """One connection serves several requests of a host; a kept one that was closed is replaced."""
    server.add("/", b"x")
    fetcher = HttpFetcher(SETTINGS, user_agent=AGENT, environ={})
    for _ in range(3):
        assert isinstance(fetcher.fetch(Request(server.url())), Fetched)
    assert server.connections == 1
    server.add("/last", answer=Answer(b"x", close=True))
    fetcher.fetch(Request(server.url("/last")))
    assert isinstance(fetcher.fetch(Request(server.url())), Fetched)
    assert server.connections == 2
    fetcher.close()


# ---------------------------------------------------------------- no address, and gone


@pytest.mark.parametrize(
    "url", ["ftp://x.example/", "file:///etc/passwd", "gopher://x", "http://", "", "//x", "http:/x", "http://[::1"]
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    """Other schemes, and what is no address at all, are refused without a request."""
    outcome = HttpFetcher(SETTINGS, user_agent=AGENT, environ={}).fetch(Request(url))
    assert isinstance(outcome, Failed)
    assert (outcome.kind, outcome.passing) == ("unsafe", False)


def test_gone_needs_a_permanent_way(server: Server) -> None:
    """410 behind a temporary redirect does not end the subscription."""
    server.add("/gone", status=410)
    server.add("/301", status=301, headers={"Location": "/gone"})
    server.add("/302", status=302, headers={"Location": "/gone"})
    assert isinstance(ask(server, "/301"), Gone)
    outcome = ask(server, "/302")
    assert isinstance(outcome, Failed)
    assert outcome.status == 410

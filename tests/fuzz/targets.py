"""What is fuzzed: each target takes an input and claims what must hold whatever the bytes are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache, partial

from crawler.errors import ExtractError, ParseError
from crawler.extract import extract_entry, extract_page
from crawler.fetch import redirects
from crawler.fetch.client import HttpFetcher
from crawler.fetch.decode import Undecodable, decode
from crawler.fetch.headers import collect, location
from crawler.fetch.robots import RobotsRules, read_answer
from crawler.headers import freshness, retry_after, robots_rules
from crawler.model import Entry, Failed, Fetched, Gone, NotModified, Request
from crawler.read import read_document
from crawler.settings import FetchSettings
from crawler.urls import is_web_url
from tests.fuzz.mutate import Input
from tests.support.server import Answer, Server

_URL = "https://blog.example.org/posts/one"
_NOW = datetime(2026, 11, 21, 7, tzinfo=UTC)
_MOST = 8_000_000


def read(kind: str, given: Input) -> None:
    """A feed, sitemap or listing: a document whose entries keep their promises, or a ParseError of one line."""
    try:
        document = read_document(kind, given.body, _URL, content_type=given.content_type)
    except ParseError as error:
        _one_line(error)
        return
    for entry in document.entries:
        assert is_web_url(entry.url), entry.url
        assert entry.guid
        assert "\n" not in entry.title
        assert all(at is None or at.tzinfo is not None for at in (entry.published_at, entry.updated_at))
        str(entry).encode("utf-8")
    for entry in document.entries[:3]:
        _extract(partial(extract_entry, entry))


def page(given: Input) -> None:
    """A page: an article, or an ExtractError."""
    entry = Entry(_URL, _URL, "A title")
    _extract(partial(extract_page, given.body, _URL, content_type=given.content_type, entry=entry))


def _extract(work: Callable[[], object]) -> None:
    try:
        str(work()).encode("utf-8")
    except ExtractError as error:
        _one_line(error)


def _one_line(error: Exception) -> None:
    assert "\n" not in str(error)
    assert len(str(error)) < 400


def head(given: Input) -> None:
    """Header fields, robots.txt, codings, and the target of a redirect, as pure functions."""
    lines = [line.partition(b":")[::2] for line in given.body.split(b"\r\n")]
    headers = collect([(name.strip(), value.strip()) for name, value in lines if name.isascii() and name])
    for wait in (retry_after(headers, _NOW), freshness(headers, _NOW)):
        assert wait is None or 0 <= wait < float("inf")
    robots_rules(headers.get("x-robots-tag", "").split("\n"), "weekly-roundup")
    start = redirects.start(Request(_URL, "page"))
    assert isinstance(start, redirects.Trail)
    target = redirects.follow(start, 301, location(headers), None)
    assert isinstance(target, Failed) or is_web_url(target.url)
    text = given.body.decode("utf-8", "replace")
    rules = RobotsRules(text, "weekly-roundup")
    assert rules.allowed(_URL) in (True, False)
    assert rules.crawl_delay is None or rules.crawl_delay >= 0
    read_answer(Fetched(_URL, 200, headers, given.body), _NOW)
    for coding in ("gzip", "br", "zstd", "deflate", headers.get("content-encoding", "")):
        _decode(given.body, coding)


def _decode(body: bytes, coding: str) -> None:
    total = 0
    try:
        for piece in decode([body[:100], body[100:]], coding):
            total += len(piece)
            assert len(piece) <= max(len(body), 1 << 20)
            if total > _MOST:
                return
    except Undecodable:
        return


@lru_cache(maxsize=1)
def _wire() -> tuple[Server, HttpFetcher]:
    server = Server().__enter__()
    settings = FetchSettings(timeout=3, max_bytes=1_000_000)
    routes = {("h.example", 80): (server.address, server.port)}
    return server, HttpFetcher(settings, user_agent="weekly-roundup/0", routes=routes, environ={})


def wire(given: Input) -> None:
    """The same bytes as a whole answer on a socket: fetching gives an outcome and raises nothing."""
    server, fetcher = _wire()
    server.requests.clear()
    server.add("*", answer=lambda _: Answer(raw=given.body))
    outcome = fetcher.fetch(Request("http://h.example/", "feed", etag='"b"'))
    assert isinstance(outcome, Fetched | NotModified | Gone | Failed)
    if isinstance(outcome, Failed):
        assert outcome.kind != "bug", outcome.message
        assert "\n" not in outcome.message


# name: (kind of seed, what is done, share of all inputs)
TARGETS: dict[str, tuple[str, Callable[[Input], None], int]] = {
    "head": ("head", head, 40),
    "wire": ("head", wire, 12),
    "feed": ("feed", partial(read, "feed"), 34),
    "sitemap": ("feed", partial(read, "sitemap"), 4),
    "listing": ("page", partial(read, "listing"), 4),
    "page": ("page", page, 6),
}

"""Whatever bytes are served, reading ends: with a document or with one sentence that tells the next step."""

from __future__ import annotations

import json
import random
import resource
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.errors import ParseError
from crawler.model import FeedDocument
from crawler.read import KINDS, Thorough, read_document, sniff
from crawler.read.addresses import without_parents
from crawler.read.thorough import read_thoroughly
from crawler.urls import is_web_url

_FOLDER = Path(__file__).resolve().parents[2] / "data" / "feeds"
_SAMPLES = [path.read_bytes() for path in sorted(_FOLDER.iterdir()) if not path.name.endswith(".json")]
_URL = "https://blog.example.org/feed.xml"
_PIECES = [
    b"<",
    b">",
    b"&",
    b"]]>",
    b"<![CDATA[",
    b"\x00",
    b"\xff",
    b"</item>",
    b"<item>",
    b'"',
    b"<!--",
    b"&#0;",
    b"<a:b>",
]


def _check(document: FeedDocument) -> None:
    for entry in document.entries:
        assert is_web_url(entry.url), entry.url
        assert entry.guid
        assert "\n" not in entry.title
        assert len(entry.title) <= 1000
        assert all(author and len(author) <= 200 for author in entry.authors)
        for moment in (entry.published_at, entry.updated_at):
            assert moment is None or moment.tzinfo is not None
        str(document).encode("utf-8")


def _read(kind: str, body: bytes, content_type: str | None = None) -> FeedDocument | None:
    try:
        document = read_document(kind, body, _URL, content_type=content_type)
    except ParseError as error:
        sentence = str(error)
    else:
        _check(document)
        return document
    assert "\n" not in sentence
    assert len(sentence) < 400
    return None


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_refuses_what_is_nothing_with_a_next_step(kind: str) -> None:
    for body in (
        b"",
        b" \n\t",
        b"\xff\xfe",
        b"\x1f\x8b",
        b"\x00" * 50,
        b"{",
        b"<",
        b"<html>",
        b"<?xml version='1.0'?>",
    ):
        with pytest.raises(ParseError, match=r"[:;,] \w"):
            read_document(kind, body, _URL)


def test_an_unknown_kind_names_the_known_ones() -> None:
    with pytest.raises(ParseError, match="feed, sitemap, listing"):
        read_document("podcast", b"", _URL)


@pytest.mark.parametrize("kind", KINDS)
@given(body=st.binary(max_size=300), content_type=st.none() | st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_any_bytes(kind: str, body: bytes, content_type: str | None) -> None:
    _read(kind, body, content_type)
    assert sniff(body, content_type) in {"feed", "sitemap", "page"}


@pytest.mark.parametrize("kind", KINDS)
def test_damaged_documents(kind: str) -> None:
    chance = random.Random(f"damage {kind}")
    for _ in range(120):
        body = bytearray(chance.choice(_SAMPLES))
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(body) + 1)
            match chance.randrange(3):
                case 0:
                    body[at:at] = chance.choice(_PIECES)
                case 1:
                    del body[at : at + chance.randint(1, 30)]
                case _:
                    body[at : at + 1] = bytes([chance.randrange(256)])
        _read(kind, bytes(body))


_HOSTILE = {
    "unclosed CDATA": b"<rss version='2.0'><channel>" + b"<![CDATA[" * 50_000,
    "unclosed elements": b"<rss version='2.0'><channel>" + b"<item><title>" * 8_000,
    "deep nesting": b"<rss version='2.0'><channel><item>" + b"<b>" * 10_000,
    "long author": b"<rss version='2.0'><channel><item><link>https://x.example/a</link><author>"
    + b"a@" * 100_000
    + b"</author><broken></channel>",
    "long date": b"<rss version='2.0'><channel><item><link>https://x.example/a</link><pubDate>"
    + b"1 " * 100_000
    + b"</pubDate><broken></channel>",
    "long title": b"<rss version='2.0'><channel><item><link>https://x.example/a</link><title>"
    + b"&lt;b" * 200_000
    + b"</title></item></channel></rss>",
    "ampersands": b"<rss version='2.0'><channel><title>" + b"&" * 200_000 + b"</title></channel></rss>",
    "attributes": b"<rss version='2.0' " + b" ".join(b'a%d="1"' % n for n in range(50_000)) + b"><channel/></rss>",
    "document type": b"<!DOCTYPE rss [" + b"<!ENTITY a 'b'>" * 20_000,
    "comments": b"<rss version='2.0'><channel>" + b"<!--" * 50_000,
    "open tags": b"<rss version='2.0'><channel><item>" + b"<a " * 15_000,
    "json nesting": b'{"version":"https://jsonfeed.org/version/1.1","items":' + b"[" * 100_000,
    "json digits": b'{"version":"https://jsonfeed.org/version/1.1","items":[{"id":' + b"9" * 100_000 + b"}]}",
    "links": b"<html><body>" + b"<div><a href='/some-article-here'>" * 20_000,
    "divisions": b"<html><body>" + b"<div>" * 50_000 + b"<a href='/a-b-c'>An article of ours</a>",
    "blanks": b"<rss version='2.0'><channel><title>" + b" " * 1_000_000 + b"</title></channel></rss>",
}


@pytest.mark.parametrize("name", _HOSTILE)
def test_hostile_documents_take_linear_time(name: str) -> None:
    body = _HOSTILE[name]
    start = time.process_time()
    for kind in KINDS:
        _read(kind, body)
    assert time.process_time() - start < 5


def test_a_tree_too_big_for_memory_is_refused_before_it_is_built() -> None:
    body = b"<rss version='2.0'><channel>" + b"<a/>" * 1_000_000 + b"</channel></rss>"
    with pytest.raises(ParseError, match="too many elements"):
        read_document("feed", body, _URL)


def test_a_long_feed_with_its_articles_in_cdata_is_read() -> None:
    text = "<p class='x'>some words in a row</p>" * 2000
    item = "<item><link>https://blog.example.org/{}</link><description><![CDATA[" + text + "]]></description></item>"
    body = f"<rss version='2.0'><channel>{''.join(map(item.format, range(200)))}</channel></rss>".encode()
    assert len(body) > 14_000_000
    assert len(read_document("feed", body, _URL).entries) == 200


def test_cdata_in_a_comment_hides_no_elements() -> None:
    body = b"<rss version='2.0'><channel><!-- <![CDATA[ -->" + b"<a/>" * 1_000_000 + b"</channel></rss>"
    with pytest.raises(ParseError, match="too many elements"):
        read_document("feed", body, _URL)


def test_more_entries_than_anybody_publishes_are_cut() -> None:
    item = "<item><title>T</title><link>https://blog.example.org/{}</link></item>"
    body = f"<rss version='2.0'><channel>{''.join(map(item.format, range(2500)))}</channel></rss>".encode()
    assert len(read_document("feed", body, _URL).entries) == 2000


def test_of_too_many_entries_the_newest_stay_whichever_way_they_are_ordered() -> None:
    dates = [f"{1990 + n // 200}-01-01T00:00:00Z" for n in range(2500)]
    item = "<item><title>T</title><link>https://blog.example.org/{}</link><pubDate>{}</pubDate></item>"
    for order in (1, -1):
        items = "".join(item.format(n, date) for n, date in list(enumerate(dates))[::order])
        objects = [{"id": str(n), "url": f"{_URL}/{n}", "date_published": date} for n, date in enumerate(dates)]
        feeds = (f"<rss><channel>{items}</channel></rss>", json.dumps({"items": objects[::order]}))
        for body in feeds:
            entries = read_document("feed", body.encode(), _URL).entries
            assert {entry.url.rpartition("/")[2] for entry in entries} == {str(n) for n in range(500, 2500)}
        thorough = read_thoroughly(feeds[0].encode(), _URL, None).entries
        assert {entry.url.rpartition("/")[2] for entry in thorough} == {str(n) for n in range(500, 2500)}


def test_the_thorough_path_is_run_by_whoever_asks_and_may_fail() -> None:
    asked: list[str] = []

    def give_up(body: bytes, url: str, content_type: str | None) -> FeedDocument:
        asked.append(url)
        raise ParseError("time is over")

    broken = b"<rss version='2.0'><channel><item><title>T</title><link>https://blog.example.org/a</link></item><item>"
    document = read_document("feed", broken, _URL, thorough=give_up)
    assert asked == [_URL]
    assert [entry.title for entry in document.entries] == ["T"]

    whole = b"<rss version='2.0'><channel><item><title>T</title><link>https://blog.example.org/a</link></item></channel></rss>"
    read_document("feed", whole, _URL, thorough=give_up)
    assert asked == [_URL]


@pytest.mark.parametrize("thorough", [None, read_thoroughly])
def test_a_feed_that_ends_before_its_first_entry_is_no_empty_one(thorough: Thorough | None) -> None:
    """Its validators must not stand for the entries that were never seen."""
    cut = b"<?xml version='1.0'?><rss version='2.0'><channel><title>T</title><link>https://blog.example.org/</li"
    with pytest.raises(ParseError, match="broken beyond reading"):
        read_document("feed", cut, _URL, thorough=thorough)
    whole = b"<rss version='2.0'><channel><title>T</title></channel></rss>"
    assert read_document("feed", whole, _URL, thorough=thorough).entries == ()


@pytest.mark.parametrize("host", ["blog.example....o", "blog..example.org", "blog.example.org:99999", ".example.org"])
def test_an_address_that_nobody_can_ask_is_no_entrys(host: str) -> None:
    """Empty labels of a name, and ports that do not exist, do not pass for an absolute address."""
    feed = f"<rss version='2.0'><channel><item><title>A</title><link>https://{host}/1</link><description>Words."
    document = read_document("feed", (feed + "</description></item></channel></rss>").encode(), _URL)
    assert [is_web_url(entry.url) for entry in document.entries] == [True]


def test_an_address_of_thousands_of_folders_costs_little() -> None:
    """A link of 60,000 slashes is no reason to hold gigabytes."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    without_parents([f"https://blog.example.org/{'a/' * 30_000}", *(f"https://blog.example.org/{n}" for n in range(5))])
    assert time.process_time() - began < 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000

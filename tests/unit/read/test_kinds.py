"""The contract of every kind of source: whatever is registered is loaded lazily and gives entries in one shape."""

from __future__ import annotations

import subprocess
import sys

import pytest

from crawler.model import FeedDocument, Source
from crawler.read import KINDS, read_document

_URL = "https://blog.example.org/anything"
_DOCUMENTS = {
    "feed": b"<rss version='2.0'><channel>"
    b"<item><title>One good thing</title><link>https://blog.example.org/one-good-thing</link></item>"
    b"<item><title>Another good thing</title><link>https://blog.example.org/another-good-thing</link></item>"
    b"</channel></rss>",
    "sitemap": b"<urlset><url><loc>https://blog.example.org/one-good-thing</loc></url>"
    b"<url><loc>https://blog.example.org/another-good-thing</loc></url></urlset>",
    "listing": b"<html><body><ul><li><h2><a href='/one-good-thing'>One good thing</a></h2></li>"
    b"<li><h2><a href='/another-good-thing'>Another good thing</a></h2></li></ul></body></html>",
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_reads_its_document(kind: str) -> None:
    document = read_document(kind, _DOCUMENTS[kind], _URL, source=Source(slug="x", url=_URL, name="X"))
    assert isinstance(document, FeedDocument)
    assert [entry.url for entry in document.entries] == [
        "https://blog.example.org/one-good-thing",
        "https://blog.example.org/another-good-thing",
    ]
    assert document == read_document(kind, _DOCUMENTS[kind], _URL, source=None)


def test_naming_the_kinds_loads_no_parser() -> None:
    program = "import sys, crawler.read; print([name for name in ('lxml', 'feedparser', 'bs4') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_sound_feed_never_loads_feedparser() -> None:
    program = (
        "import sys; from crawler.read import read_document; "
        f"read_document('feed', {_DOCUMENTS['feed']!r}, {_URL!r}); print('feedparser' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"

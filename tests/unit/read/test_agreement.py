"""The fast path and feedparser say the same of well-formed feeds, so that it never matters which one was asked."""

from __future__ import annotations

import html
import json
import re
import time
from pathlib import Path

import pytest

from crawler.errors import ParseError
from crawler.model import Entry, FeedDocument
from crawler.read.feed import walk
from crawler.read.thorough import read_thoroughly
from crawler.read.xmltree import parse_xml
from tests.support.shared import SHARED, needs_shared

FOLDER = Path(__file__).resolve().parents[2] / "data" / "feeds"
URL = "https://blog.example.org/feed.xml"
# Where the two differ for good reasons; each name stands with the reason.
EXPLAINED = {
    "atom_youtube": "feedparser takes a media:description for markup, which by the specification is plain text",
    "rss20_media": "feedparser takes the description of a picture for the summary of the article",
}


def sample_names() -> list[str]:
    found = []
    for path in sorted(FOLDER.glob("*.xml")):
        expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        if expected["kind"] == "feed" and "error" not in expected and path.name.startswith(("rss", "atom")):
            found.append(path.stem)
    return found


def _words(markup: str) -> str:
    text = html.unescape(html.unescape(re.sub(r"<[^>]*>", "", markup)))
    return re.sub(r"\W+", "", text)


def _facts(entry: Entry) -> dict[str, object]:
    return {
        "guid": entry.guid,
        "url": entry.url,
        "title": entry.title,
        "authors": entry.authors,
        "published_at": entry.published_at,
        "updated_at": entry.updated_at,
        "tags": entry.tags,
        "image": entry.image.url if entry.image else None,
        "summary": _words(entry.summary_html),
        "content": _words(entry.content_html),
    }


def _about(document: FeedDocument) -> tuple[object, ...]:
    return document.format, document.title, document.url, document.language, document.wait_seconds


def differences(body: bytes, url: str) -> list[str]:
    fast, _ = walk(parse_xml(body), url)
    thorough = read_thoroughly(body, url, None)
    if len(fast.entries) != len(thorough.entries):
        return [f"{len(fast.entries)} against {len(thorough.entries)} entries"]
    found = [] if _about(fast) == _about(thorough) else [f"{_about(fast)} against {_about(thorough)}"]
    for one, other in zip(fast.entries, thorough.entries, strict=True):
        mine, theirs = _facts(one), _facts(other)
        found += [f"{name}: {mine[name]!r} against {theirs[name]!r}" for name in mine if mine[name] != theirs[name]]
    return found


@pytest.mark.parametrize("name", [name for name in sample_names() if name not in EXPLAINED])
def test_both_paths_agree_on_our_samples(name: str) -> None:
    assert differences((FOLDER / f"{name}.xml").read_bytes(), URL) == []


@pytest.mark.parametrize("name", [name for name in sample_names() if name in EXPLAINED])
def test_where_they_differ_both_find_every_entry(name: str) -> None:
    body = (FOLDER / f"{name}.xml").read_bytes()
    fast, _ = walk(parse_xml(body), URL)
    thorough = read_thoroughly(body, URL, None)
    assert len(fast.entries) == len(thorough.entries)
    assert [entry.url for entry in fast.entries] == [entry.url for entry in thorough.entries]


def corpus_feeds() -> list[tuple[str, str]]:
    if SHARED is None:
        return []
    found: list[tuple[str, str]] = []
    for site in json.loads((SHARED / "corpus" / "manifest.json").read_text(encoding="utf-8")):
        found.append((site["feed_path"], site["feed_url"]))
        host = site["host"]
        found += [(f"sites/{host}/{other}", f"https://{host}/{other}") for other in site["other_feeds"]]
    return found


@needs_shared
@pytest.mark.shared
@pytest.mark.slow
def test_both_paths_agree_on_every_feed_of_the_corpus() -> None:
    assert SHARED is not None
    found: dict[str, list[str]] = {}
    for path, url in corpus_feeds():
        if told := differences((SHARED / "corpus" / path).read_bytes(), url):
            found[path] = told[:3]
    assert found == {}


@needs_shared
@pytest.mark.shared
def test_the_fast_path_is_fast() -> None:
    assert SHARED is not None
    bodies = [((SHARED / "corpus" / path).read_bytes(), url) for path, url in corpus_feeds()]
    size = sum(len(body) for body, _ in bodies)
    start = time.process_time()
    for body, url in bodies:
        walk(parse_xml(body), url)
    taken = time.process_time() - start
    # Measured 1.1 ms for 66 kB; the bar leaves room for a busy machine.
    assert taken / (size / 66_000) < 0.004


def test_what_neither_can_read_is_an_error_with_a_next_step() -> None:
    with pytest.raises(ParseError, match="open the address"):
        read_thoroughly(b"<svg xmlns='http://www.w3.org/2000/svg'/>", URL, None)

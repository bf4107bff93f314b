"""Listing inference on real index pages: how many of a site's known articles it finds, with a floor that may not fall."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest

from crawler.errors import ParseError
from crawler.model import Entry
from crawler.read import read_document
from crawler.urls import absolute_url, url_key
from tests.support.shared import SHARED, needs_shared

pytestmark = [needs_shared, pytest.mark.shared]

_PLACES = ("index.html", "blog/index.html", "posts/index.html", "post/index.html", "blogs/index.html")


def _pages() -> Iterator[tuple[dict[str, Entry], str, bytes]]:
    assert SHARED is not None
    corpus = SHARED / "corpus"
    for site in json.loads((corpus / "manifest.json").read_text(encoding="utf-8")):
        feed = read_document("feed", (corpus / site["feed_path"]).read_bytes(), site["feed_url"])
        known = {url_key(entry.url): entry for entry in feed.entries}
        for place in _PLACES:
            page = Path(corpus / "sites" / site["host"] / place)
            if page.is_file():
                yield known, f"https://{site['host']}/{place.removesuffix('index.html')}", page.read_bytes()


def _linked(body: bytes, url: str) -> set[str]:
    # What stands in the page's own navigation is no listing, whatever it links to.
    root = lxml.html.document_fromstring(body)
    links = root.xpath("//a[@href][not(ancestor::nav) and not(ancestor::footer) and not(ancestor::aside)]")
    assert isinstance(links, list)
    return {url_key(absolute_url(url, str(link.get("href")))) for link in links}  # type: ignore[union-attr]


def _letters(title: str) -> str:
    return re.sub(r"\W+", "", title.casefold())


def test_articles_that_a_page_lists_are_found_with_titles_and_dates() -> None:
    wanted = found = titles = dated = right_dates = pages = 0
    for known, url, body in _pages():
        want = _linked(body, url) & set(known)
        if len(want) < 3:
            continue
        pages += 1
        wanted += len(want)
        try:
            entries = read_document("listing", body, url).entries
        except ParseError:
            continue
        for key in want & {url_key(entry.url) for entry in entries}:
            entry = next(entry for entry in entries if url_key(entry.url) == key)
            found += 1
            titles += _letters(entry.title) == _letters(known[key].title)
            published = known[key].published_at
            if entry.published_at and published:
                dated += 1
                # A page tells the day where the author lives.
                right_dates += abs((entry.published_at - published).total_seconds()) < 48 * 3600
    assert pages > 15
    assert found / wanted > 0.9
    assert titles / found > 0.97
    assert right_dates / dated > 0.98


def test_few_entries_are_anything_but_articles() -> None:
    entries = articles = 0
    for known, url, body in _pages():
        if len(_linked(body, url) & set(known)) < 5:
            continue
        try:
            found = read_document("listing", body, url).entries
        except ParseError:
            continue
        folders = {re.sub(r"\d+", "0", key.rpartition("/")[0]) for key in known}
        entries += len(found)
        articles += sum(re.sub(r"\d+", "0", url_key(entry.url).rpartition("/")[0]) in folders for entry in found)
    assert articles / entries > 0.95

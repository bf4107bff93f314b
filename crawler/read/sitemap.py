"""Sitemaps (sitemaps.org 0.9): a site's pages with the dates of their last change, for blogs without a feed.

A sitemap names pages, not articles: the source's `include` and `exclude` tell them apart, and without these the
look of the address does. Titles come from the pages, unless the news extension gives them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from lxml import etree
from lxml.etree import _Element as Element

from crawler.errors import ParseError
from crawler.model import Entry, FeedDocument, Source
from crawler.read.addresses import Wanted, without_parents
from crawler.read.fields import MAX_ENTRIES, Raw, entry_of, tidy_tags, web_address
from crawler.read.packed import unpacked
from crawler.read.sniffing import first_element
from crawler.read.xmltree import decode_body, mended_text

# The protocol allows 50 MB and 50,000 addresses in a file; the tree is dropped while it is read.
_MAX_UNPACKED = 50_000_000
_MAX_ADDRESSES = 50_000
# Child sitemaps by their usual names (WordPress, Ghost, Yoast) that hold no articles.
_NO_ARTICLES = re.compile(
    r"[/_-](?:post_tag|tags?|categor(?:y|ies)|authors?|users?|images?|videos?|attachments?|products?|taxonom\w+)"
    r"(?:[_-]?sitemap)?[-_]?\d*\.xml|sitemap-(?:authors|tags|tax|users|taxonomies)\b",
    re.IGNORECASE,
)
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


def read_sitemap(
    body: bytes,
    url: str,
    content_type: str | None,
    source: Source | None,
    thorough: Callable[[bytes, str, str | None], FeedDocument] | None,
) -> FeedDocument:
    """A sitemap's articles, the latest changed first; with format "sitemapindex" the child sitemaps to ask next.

    Gzip bodies, plain lists of addresses, and feeds (which the protocol allows as sitemaps) are read, too.
    `published_at` is set only by the news extension: a last change is `updated_at`.
    Raises ParseError for what is no sitemap.
    """
    body = unpacked(body, _MAX_UNPACKED, (b"<loc",))
    text = decode_body(body, content_type)
    first = first_element(text[:4096])
    if first in {"rss", "feed", "rdf"}:
        from crawler.read.feed import read_feed

        return read_feed(body, url, content_type, source, thorough)
    wanted = Wanted(source)
    if first == "sitemapindex":
        found = _newest(_children(text, url))
        return FeedDocument(format="sitemapindex", title="", url=None, entries=found)
    if first == "urlset":
        return FeedDocument(format="sitemap", title="", url=None, entries=_articles(_pages(text, url, wanted), wanted))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if lines and all(line.startswith(("http://", "https://")) for line in lines[:20]):
        pages = (Entry(line, line, "") for line in lines[:_MAX_ADDRESSES] if web_address(url, line) and wanted(line))
        return FeedDocument(format="sitemap", title="", url=None, entries=_articles(pages, wanted))
    if first == "html":
        raise ParseError("this is an HTML page, not a sitemap: look for its address in the site's robots.txt")
    raise ParseError("this is no sitemap, it has no urlset: look for its address in the site's robots.txt")


def _elements(text: str, wanted: str) -> Iterator[dict[str, list[str]]]:
    # Each element as its texts by local name ("loc", "news:title"), dropped from the tree once it was read.
    data = mended_text(text).encode("utf-8", "replace")
    events = etree.iterparse(
        io.BytesIO(data),
        events=("end",),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in events:
            if _local(element) != wanted:
                continue
            fields: dict[str, list[str]] = {}
            _collect(element, "", fields)
            yield fields
            element.clear()
            while (before := element.getprevious()) is not None:
                before.getparent().remove(before)
    except etree.XMLSyntaxError:
        return  # what was read up to the break counts


def _collect(element: Element, prefix: str, fields: dict[str, list[str]]) -> None:
    for child in element:
        name = prefix + _local(child)
        if len(child):
            _collect(child, "news:" if _local(child) == "news" or prefix == "news:" else "image:", fields)
        elif text := (child.text or "").strip():
            fields.setdefault(name, []).append(text)


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2].rpartition(":")[2].lower()


def _pages(text: str, url: str, wanted: Wanted) -> Iterator[Entry]:
    for number, fields in enumerate(_elements(text, "url")):
        if number >= _MAX_ADDRESSES:
            return
        address = web_address(url, fields.get("loc", [""])[0])
        if not address or not wanted(address):
            continue
        raw = Raw(
            base=url,
            links=[address],
            title=fields.get("news:title", [""])[0],
            published=fields.get("news:publication_date", [""])[0],
            updated=fields.get("lastmod", [""])[0],
            image=fields.get("image:loc", [""])[0],
            image_alt=(fields.get("image:caption") or fields.get("image:title") or [""])[0],
            language=fields.get("news:language", [""])[0],
        )
        entry = entry_of(raw, url)
        if entry is not None:
            tags = tidy_tags(",".join(fields.get("news:keywords", [])).split(","))
            published = entry.published_at if raw.published else None
            yield replace(entry, tags=tags, published_at=published)


def _children(text: str, url: str) -> Iterator[Entry]:
    for fields in _elements(text, "sitemap"):
        address = web_address(url, fields.get("loc", [""])[0])
        if address and not _NO_ARTICLES.search(address):
            entry = entry_of(Raw(base=url, links=[address], updated=fields.get("lastmod", [""])[0]), url)
            if entry is not None:
                yield replace(entry, published_at=None)


def _articles(pages: Iterator[Entry], wanted: Wanted) -> tuple[Entry, ...]:
    found = list(pages)
    kept = {page.url for page in found} if wanted.by_pattern else without_parents(page.url for page in found)
    return _newest(page for page in found if page.url in kept)


def _newest(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    # Those without a date stay where they stand among themselves, behind the dated ones.
    found = {entry.url: entry for entry in entries}
    ordered = sorted(
        found.values(), key=lambda entry: entry.published_at or entry.updated_at or _EARLIEST, reverse=True
    )
    return tuple(ordered[:MAX_ENTRIES])

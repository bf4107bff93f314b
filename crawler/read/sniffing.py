"""Which sort of document this is, by its first bytes; labels of servers are only asked where those say nothing."""

from __future__ import annotations

import codecs
import html
import re
import zlib
from typing import Literal

from crawler.errors import ParseError
from crawler.urls import absolute_url

_HEAD = 4096
_SKIPPED = re.compile(
    r"\s+|<\?[^>]*>|<!--.*?-->|<!DOCTYPE(?!\s*html)[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE
)
_ELEMENT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_FEEDS = frozenset({"rss", "rdf", "feed", "channel"})
_SITEMAPS = frozenset({"urlset", "sitemapindex"})
_KNOWN = _FEEDS | _SITEMAPS | {"html", "opml"}
KNOWN_ROOT = re.compile(r"<(?:[a-z][\w-]*:)?(rss|feed|rdf|urlset|sitemapindex)(?=[\s>])", re.IGNORECASE)
_FEED_LINK = re.compile(r"<link\b[^>]{0,600}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE)

Sort = Literal["feed", "sitemap", "page"]


def sniff(body: bytes, content_type: str | None) -> Sort:
    """feed (RSS, Atom, JSON Feed), sitemap (urlset, sitemapindex) or page (everything else)."""
    head = _head(body)
    label = (content_type or "").lower()
    if head[:1] in "{[":
        return "feed" if _is_json_feed(head) or "feed+json" in label else "page"
    first = first_element(head)
    if first in _FEEDS:
        return "feed"
    if first in _SITEMAPS:
        return "sitemap"
    if first == "html" or "<html" in head.lower():
        return "page"
    if "rss" in label or "atom+xml" in label or "feed+json" in label:
        return "feed"
    return "page"


def first_element(head: str) -> str:
    """The local name of a document's first element, in lower case; "html" also for an HTML document type."""
    position = 0
    while skipped := _SKIPPED.match(head, position):
        position = skipped.end()
    if head[position : position + 14].lower().startswith("<!doctype html"):
        return "html"
    match = _ELEMENT.match(head, position) or _ELEMENT.search(head, position)
    first = match[1].lower() if match else ""
    if first not in _KNOWN and (known := KNOWN_ROOT.search(head)):
        return known[1].lower()  # behind the warnings of a server, say
    return first


def require_feed(body: bytes, url: str) -> Literal["xml", "json"]:
    """The syntax to read a feed in. Raises ParseError, with the next step, for what is no feed for certain."""
    if not body.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise ParseError("the answer is empty, not a feed: open the address to see whether it is still right")
    head = _head(body)
    if head.lstrip()[:1] in {"{", "["}:
        return "json"
    first = first_element(head)
    if first in _SITEMAPS:
        raise ParseError("this is a sitemap, not a feed: set `kind: sitemap` for this source")
    if first == "opml":
        raise ParseError("this is an OPML list of feeds, not a feed: take one of the addresses in it")
    if first == "html":
        raise ParseError("this is an HTML page, not a feed: " + _next_step(body, url))
    if not first:
        raise ParseError("this is not a feed: it holds no markup; open the address to see what is served")
    return "xml"


def _head(body: bytes) -> str:
    if body[:2] == b"\x1f\x8b":
        body = _unpacked_head(body)
    if body[:4] in {codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE}:
        return body[: 4 * _HEAD].decode("utf-32", "replace").lstrip("\ufeff \t\r\n")
    if body[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return body[:_HEAD].decode("utf-16", "replace").lstrip("\ufeff \t\r\n")
    if b"\0" in body[:4]:
        body = body[: 2 * _HEAD].replace(b"\0", b"")
    return body[:_HEAD].decode("utf-8", "replace").lstrip("\ufeff \t\r\n\0")


def _unpacked_head(body: bytes) -> bytes:
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(body[:65_536], _HEAD)
    except zlib.error:
        return b""


def _is_json_feed(head: str) -> bool:
    if "jsonfeed.org/version" in head.replace("\\/", "/"):
        return True
    return '"items"' in head and any(f'"{name}"' in head for name in ("version", "content_html", "content_text"))


def _next_step(body: bytes, url: str) -> str:
    for link in _FEED_LINK.findall(body[:200_000].decode("utf-8", "replace")):
        attributes = {name.lower(): html.unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(link)}
        if "alternate" in attributes.get("rel", "").lower() and re.search(
            r"(rss|atom)\+xml|feed\+json", attributes.get("type", "")
        ):
            address = absolute_url(url, attributes.get("href", ""))
            if address:
                return f"it names its feed, set the source's url to {address}"
    return "look for the address of its feed, or set `kind: listing` to read its links"

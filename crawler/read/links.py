"""What a page says of feeds: the ones that it declares, and the ones that it merely links to.

Declared feeds stand in `<link rel="alternate">` (HTML Living Standard section 4.6.7.1) or in Link header fields
(RFC 8288); others are guessed from the look of an address or the words of a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml.etree import _Element as Element

from crawler.errors import ParseError
from crawler.read.cards import plain
from crawler.read.fields import title_text, web_address
from crawler.read.listing import base_address, parse_page
from crawler.text import one_line
from crawler.urls import subscribed_url, url_key

_FEED_TYPE = re.compile(r"application/(?:(?:rss|atom|rdf)\+xml|feed\+json)|text/(?:rss|atom)\+?xml", re.IGNORECASE)
_JSON_OR_XML = re.compile(r"(?:application|text)/(?:json|xml)\b", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?:/(?:feeds?|rss|atom)(?:/[\w-]+)?(?:\.\w{2,4})?/?|[/.](?:rss|atom|rdf)(?:\.xml)?|/(?:feed|index)\.(?:xml|json)"
    r"|/(?:rss|atom|feed)[\w-]*\.(?:xml|php)|[?&](?:feed|format|output|alt)=(?:rss2?|atom|feed))$",
    re.IGNORECASE,
)
_WORDS = re.compile(r"\b(?:rss|atom|feed|xml feed|syndicat\w+)\b", re.IGNORECASE)
# Readers' own subscribe buttons, and posts about feeds.
_NO_FEED = re.compile(r"feedly\.com|inoreader|netvibes|newsblur|wikipedia\.org|validator|share|mailto:", re.IGNORECASE)
_LINK_VALUE = re.compile(r"<([^>]*)>((?:\s*;\s*[\w*-]+\s*(?:=\s*(?:\"[^\"]*\"|[^\s\",;]+))?)*)")
_PARAMETER = re.compile(r"([\w*-]+)\s*=\s*(?:\"([^\"]*)\"|([^\s\",;]+))")
_MAX_LINKS = 3000


@dataclass(frozen=True, slots=True)
class FeedLink:
    """An address that may be a feed's; `title` is what the page calls it."""

    url: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class PageLinks:
    """What a page tells of itself. `generator` is its own word for what made it, in lower case.

    `declared` and `linked` are in the page's order and hold no address twice.
    """

    title: str = ""
    site_name: str = ""
    generator: str = ""
    declared: tuple[FeedLink, ...] = ()
    linked: tuple[FeedLink, ...] = ()


def feed_links(body: bytes, url: str, headers: Mapping[str, str]) -> PageLinks:
    """The feeds of an HTML page at `url`. A page that cannot be read declares what its headers do."""
    from_headers = [FeedLink(link, title) for link, title in _header_links(url, headers.get("link", ""))]
    try:
        root = parse_page(body, headers.get("content-type"))
    except ParseError:
        return PageLinks(declared=_unique(from_headers, url))
    base = base_address(root, url)
    declared = _unique([*from_headers, *_declared(root, base)], url)
    known = {url_key(link.url) for link in declared}
    linked = [link for link in _unique(_linked(root, base), url) if url_key(link.url) not in known]
    return PageLinks(
        title=title_text(plain(root.find(".//title"))),
        site_name=one_line(_meta(root, "og:site_name")),
        generator=_generator(root),
        declared=declared,
        linked=tuple(linked),
    )


def header_link(url: str, headers: Mapping[str, str], relation: str) -> str:
    """The address that Link header fields give for a relation, `next` say; empty where they give none."""
    for target, parameters in _link_values(headers.get("link", "")):
        if relation in parameters.get("rel", "").lower().split():
            return web_address(url, target)
    return ""


def _header_links(url: str, value: str) -> Iterator[tuple[str, str]]:
    for target, parameters in _link_values(value):
        if "alternate" in parameters.get("rel", "").lower().split() and _FEED_TYPE.match(parameters.get("type", "")):
            yield web_address(url, target), one_line(parameters.get("title", ""))


def _link_values(value: str) -> Iterator[tuple[str, dict[str, str]]]:
    for match in _LINK_VALUE.finditer(value[:20_000]):
        parameters: dict[str, str] = {}
        for name, quoted, bare in _PARAMETER.findall(match[2]):
            parameters.setdefault(name.lower(), quoted or bare)
        yield match[1].strip(), parameters


def _declared(root: Element, base: str) -> Iterator[FeedLink]:
    for link in root.iter("link"):
        relation = (link.get("rel") or "").lower().split()
        kind = link.get("type") or ""
        href = _address(link, base)
        # WordPress also declares its REST interface and oEmbed as alternates: JSON, but no feed.
        plain_type = _JSON_OR_XML.match(kind) and _ADDRESS.search(href)
        if href and ("feed" in relation or ("alternate" in relation and (_FEED_TYPE.match(kind) or plain_type))):
            yield FeedLink(href, one_line(link.get("title") or ""))


def _linked(root: Element, base: str) -> Iterator[FeedLink]:
    certain, likely = [], []
    for number, link in enumerate(root.iter("a")):
        if number >= _MAX_LINKS:
            break
        href = _address(link, base)
        if not href or _NO_FEED.search(href):
            continue
        words = one_line(" ".join((plain(link), link.get("title") or "", link.get("aria-label") or "")))
        if _ADDRESS.search(href.partition("#")[0]):
            certain.append(FeedLink(href, words))
        elif len(words) < 40 and _WORDS.search(words):
            likely.append(FeedLink(href, words))
    yield from certain
    yield from likely


def _address(link: Element, base: str) -> str:
    return web_address(base, subscribed_url((link.get("href") or "").strip()))


def _unique(links: Iterable[FeedLink], page: str) -> tuple[FeedLink, ...]:
    found: dict[str, FeedLink] = {}
    for link in links:
        address = link.url.partition("#")[0]
        if address and url_key(address) != url_key(page):
            found.setdefault(address, FeedLink(address, link.title))
    return tuple(found.values())


def _meta(root: Element, name: str) -> str:
    for meta in root.iter("meta"):
        if name in ((meta.get("property") or "").lower(), (meta.get("name") or "").lower()):
            return meta.get("content") or ""
    return ""


def _generator(root: Element) -> str:
    return one_line(_meta(root, "generator")).lower()

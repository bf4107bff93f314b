"""Where a document goes on: the address of the next older part of a feed or of a list of articles.

Feeds say it themselves (RFC 5005: `prev-archive` for archived feeds, `next` for paged ones; `next_url` in JSON Feed) or
are WordPress's, which pages every feed by `paged`. Pages of a list are known by `rel=next`, by words such as "Older
posts", or by an address that counts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from lxml.etree import _Element as Element

from crawler.errors import ParseError
from crawler.model import SourceKind
from crawler.read.cards import plain
from crawler.read.elements import base_of, name_of, text_of
from crawler.read.fields import web_address
from crawler.read.links import header_link
from crawler.read.listing import base_address, parse_page
from crawler.read.sniffing import sniff
from crawler.read.xmltree import decode_body, parse_xml
from crawler.urls import host_of, url_key

_OLDER = re.compile(
    r"^\W*(?:older(?: (?:posts|articles|entries|stories))?|previous (?:posts|page|articles|entries)"
    r"|next(?: page| posts)?|more posts|ältere (?:beiträge|einträge)|articles plus anciens|entradas antiguas)\W*$",
    re.IGNORECASE,
)
_COUNT = re.compile(r"(?:/page[/-]?(\d+)/?$)|(?:[?&](?:page|paged|p)=(\d+)(?:&|$))", re.IGNORECASE)


def older_part(kind: SourceKind, body: bytes, url: str, headers: Mapping[str, str]) -> str:
    """The address of the next older part of the document at `url`, on the same host; empty where there is none."""
    found = header_link(url, headers, "prev-archive") or header_link(url, headers, "next")
    if not found:
        try:
            if kind == "feed":
                found = _of_feed(body, url, headers.get("content-type"))
            elif kind == "listing":
                found = _of_listing(parse_page(body, headers.get("content-type")), url)
        except ParseError:
            return ""
    return found if found and host_of(found) == host_of(url) and found != url else ""


# ---------------------------------------------------------------- feeds


def _of_feed(body: bytes, url: str, content_type: str | None) -> str:
    if sniff(body, content_type) == "feed" and body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        try:
            data = json.loads(decode_body(body, content_type).lstrip("\ufeff"))
        except (ValueError, RecursionError):
            return ""
        following = data.get("next_url") if isinstance(data, dict) else None
        return web_address(url, following) if isinstance(following, str) else ""
    root = parse_xml(body, content_type).root
    channel = next((child for child in root if name_of(child.tag) == "channel"), root)
    by_relation: dict[str, str] = {}
    generator = ""
    for child in channel:
        name = name_of(child.tag)
        if name in {"link", "atom:link"} and child.get("href") and child.get("rel"):
            address = web_address(base_of(channel, url), child.get("href") or "")
            by_relation.setdefault((child.get("rel") or "").lower().rpartition("/")[2], address)
        elif name == "generator":
            generator = f"{text_of(child)} {child.get('uri') or ''}".lower()
    stated = by_relation.get("prev-archive") or by_relation.get("next") or ""
    return stated or (_next_paged(url) if "wordpress" in generator else "")


def _next_paged(url: str) -> str:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    now = query.get("paged", "1")
    query["paged"] = str(int(now) + 1 if now.isascii() and now.isdigit() and len(now) < 6 else 2)
    return urlunsplit(parts._replace(query=urlencode(query)))


# ---------------------------------------------------------------- lists of articles


def _of_listing(root: Element, url: str) -> str:
    base = base_address(root, url)
    for link in (*root.iter("link"), *root.iter("a")):
        if "next" in (link.get("rel") or "").lower().split():
            return web_address(base, link.get("href") or "")
    links = [(web_address(base, link.get("href") or ""), link) for link in root.iter("a")]
    onward = [(address, link) for address, link in links if address and url_key(address) != url_key(url)]
    for address, _ in onward:
        if _counts_on(address, url):
            return address
    for address, link in onward:
        if any(_OLDER.match(words) for words in (plain(link), link.get("aria-label") or "")):
            return address
    return ""


def _counts_on(address: str, url: str) -> bool:
    """Whether `address` is the page after `url` by its number: `/blog/page/2` after `/blog`."""
    number = _number(address)
    return number == (_number(url) or 1) + 1 and _without_number(address) == _without_number(url)


def _number(url: str) -> int | None:
    match = _COUNT.search(url)
    digits = (match[1] or match[2]) if match else ""
    return int(digits) if digits and len(digits) < 6 else None


def _without_number(url: str) -> str:
    return url_key(_COUNT.sub("", url).rstrip("?&"))

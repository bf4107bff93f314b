"""The slow path: feedparser, which reads what no parser of XML reads. The only importer of feedparser.

It is asked for few documents, and never trusted with time: fields in which it is slower than linear are cut
before it sees them, and the pipeline runs this in a worker process with a deadline.
"""

from __future__ import annotations

import io
import re
from itertools import islice
from typing import Any

import feedparser

from crawler.errors import ParseError
from crawler.model import FeedDocument
from crawler.read.fields import Raw, entry_of, html_of_text, language_code, newest_part, title_text, unique, web_address
from crawler.read.pacing import Pacing
from crawler.read.shared import apart
from crawler.read.xmltree import decode_body, mended_text
from crawler.urls import host_of

Record = dict[str, Any]  # feedparser's dictionaries; never asked by their own look-up, see `_text`

_MAX_CHARACTERS = 4_000_000
_MAX_TAGS = 60_000  # feedparser takes about 50 microseconds for each
_TAG = re.compile("<")
# Elements whose text feedparser takes apart by expressions that backtrack: people and dates.
_SHORT = re.compile(
    r"(<((?:\w+:)?(?:author|creator|name|email|contributor|publisher|managingEditor|webMaster|owner|pubDate|date"
    r"|published|updated|issued|modified|created|expirationDate|lastBuildDate))\b[^<>]{0,300}>)([^<]{400})[^<]+",
    re.IGNORECASE,
)
_LONG_TAG = re.compile(r"<[^<>]{20000,}>?")
_ITEM_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)


def read_thoroughly(body: bytes, url: str, content_type: str | None) -> FeedDocument:
    """A feed by feedparser, under the same rules for its fields as the fast path.

    Raises ParseError where no feed can be made out.
    """
    text = _bounded(mended_text(decode_body(body, content_type)))
    base = web_address(url, url) or "http://localhost/"
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": base}
    try:
        result = feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # what its SGML parser raises on broken input is not documented
        raise ParseError(f"this feed is broken beyond reading: {type(error).__name__} in its markup") from error
    version = result.get("version") or ""
    feed = result.get("feed") or {}
    if not result.entries and not version:
        raise ParseError("this is not a feed: no entry and no channel in it; open the address to see what is served")
    home = web_address(url, _text(feed, "link"))
    authors = _authors(feed) if version.startswith("atom") else []
    entry_base = home if host_of(home) not in {"", host_of(url)} and version.startswith("rss") else url
    items = newest_part(result.entries, lambda item: _raw(item, entry_base, authors))
    raws = [_raw(item, entry_base, authors) for item in items]
    pacing = _pacing(feed)
    return FeedDocument(
        format=_format(version),
        title=title_text(_text(feed, "title")),
        url=home or None,
        entries=apart(unique(entry_of(raw, url) for raw in raws), home),
        language=language_code(_text(feed, "language")),
        wait_seconds=pacing.wait_seconds(),
    )


def _bounded(text: str) -> str:
    text = _LONG_TAG.sub("", _SHORT.sub(lambda match: match[1] + match[3], text))
    end = min(len(text), _MAX_CHARACTERS)
    if text.count("<", 0, end) > _MAX_TAGS:
        end = next(islice(_TAG.finditer(text), _MAX_TAGS, None)).start()
    if end == len(text):
        return text
    ends = [match.end() for match in _ITEM_END.finditer(text, 0, end)]
    return text[: ends[-1]] if ends else text[:end]


def _raw(item: Record, base: str, feed_authors: list[str]) -> Raw:
    links = [_text(item, "feedburner_origlink"), _text(item, "link")]
    detail = dict.get(item, "title_detail") or {}
    guid = _text(item, "id")
    raw = Raw(
        base=web_address(base, _text(detail, "base")) or base,
        guid=guid,
        guid_is_link=guid.startswith(("http://", "https://")),
        links=[link for link in links if link],
        title=_text(item, "title"),
        authors=_authors(item) or _authors(dict.get(item, "source") or {}) or feed_authors,
        published=_text(item, "published") or _text(item, "created"),
        updated=_text(item, "updated"),
        tags=[_tag(tag) for tag in dict.get(item, "tags") or ()],
        language=None,
    )
    raw.summary = _html(dict.get(item, "summary_detail"), raw)
    contents = [content for content in dict.get(item, "content") or () if content.get("value")]
    raw.content = _html(contents[0], raw) if contents else ""
    if raw.content == raw.summary and not dict.get(item, "summary_detail"):
        raw.summary = ""
    raw.image, raw.image_alt = _image(item)
    return raw


def _text(mapping: object, key: str) -> str:
    # Plain look-up: feedparser's own invents `updated` from `published`, with a warning.
    value = dict.get(mapping, key) if isinstance(mapping, dict) else None
    return value if isinstance(value, str) else ""


def _authors(item: Record) -> list[str]:
    found = [_text(author, "name") or _text(author, "email") for author in dict.get(item, "authors") or ()]
    return [name for name in (*found, _text(item, "author")) if name]


def _tag(tag: Record) -> str:
    term, label = _text(tag, "term"), _text(tag, "label")
    return label or term if "://" in term else term or label


def _html(detail: object, raw: Raw) -> str:
    if not isinstance(detail, dict):
        return ""
    value = _text(detail, "value")
    base = _text(detail, "base")
    if base and base != raw.base:
        raw.content_base = base
    return html_of_text(value) if _text(detail, "type") == "text/plain" else value


def _image(item: Record) -> tuple[str, str]:
    for media in dict.get(item, "media_content") or ():
        kind = media.get("medium") or media.get("type") or ""
        if kind.startswith("image") and media.get("url"):
            return media["url"], ""
    for thumbnail in dict.get(item, "media_thumbnail") or ():
        if thumbnail.get("url"):
            return thumbnail["url"], ""
    for link in dict.get(item, "links") or ():
        if _text(link, "rel") == "enclosure" and _text(link, "type").startswith("image/") and _text(link, "href"):
            return link["href"], ""
    return _text(dict.get(item, "image"), "href"), ""


def _pacing(feed: Record) -> Pacing:
    pacing = Pacing()
    for key, name in (
        ("ttl", "ttl"),
        ("sy_updateperiod", "sy:updateperiod"),
        ("sy_updatefrequency", "sy:updatefrequency"),
    ):
        pacing.note_text(name, _text(feed, key))
    return pacing


def _format(version: str) -> str:
    names = {"rss": "rss20", "rss10": "rdf", "rss090": "rdf", "rss091u": "rss091", "rss091n": "rss091", "": "rss20"}
    return names.get(version, version if version[:3] in {"rss", "ato"} else "rss20")

"""JSON Feed 1.0 and 1.1 (jsonfeed.org), forgiving of wrong types: a field that cannot be meant is left out."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from typing import Any

from crawler.errors import ParseError
from crawler.model import FeedDocument, Source
from crawler.read.fields import Raw, entry_of, language_code, newest_part, title_text, unique, web_address
from crawler.read.shared import apart
from crawler.read.xmltree import decode_body


def read_jsonfeed(
    body: bytes,
    url: str,
    content_type: str | None,
    source: Source | None,  # noqa: ARG001 - the signature of every reader
    thorough: Callable[..., FeedDocument] | None,  # noqa: ARG001
) -> FeedDocument:
    """The document's entries. Raises ParseError where it is no JSON, or JSON of another sort."""
    try:
        data = json.loads(decode_body(body, content_type).strip().lstrip("\ufeff"), parse_int=_number)
    except (ValueError, RecursionError) as error:
        reason = str(error).partition(":")[0].lower() if isinstance(error, ValueError) else "nested too deeply"
        raise ParseError(f"this JSON cannot be read ({reason}): open the address to see what is served") from error
    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(items, list):
        raise ParseError("this is JSON but no JSON Feed, it has no list of items: look for the feed's address")
    authors = _authors(data)
    language = _text(data, "language")
    objects = [item for item in items if isinstance(item, dict)]
    raws = [_raw(item, url, authors) for item in newest_part(objects, lambda item: _raw(item, url, authors))]
    home = web_address(url, _text(data, "home_page_url")) or None
    return FeedDocument(
        format="json",
        title=title_text(_text(data, "title")),
        url=home,
        entries=apart(unique(entry_of(raw, url) for raw in raws), home),
        language=language_code(language),
    )


def _number(digits: str) -> int | str:
    """An integer; one that no field of ours can mean stays text, since making a number of it takes for ever."""
    return int(digits) if len(digits) < 20 else digits


def _raw(item: dict[str, Any], base: str, feed_authors: list[str]) -> Raw:
    guid = _text(item, "id")
    raw = Raw(
        base=base,
        guid=guid,
        guid_is_link=True,
        links=[link for link in (_text(item, "url"), _text(item, "external_url")) if link],
        title=_text(item, "title"),
        authors=_authors(item) or feed_authors,
        published=_text(item, "date_published"),
        updated=_text(item, "date_modified"),
        summary=html.escape(_text(item, "summary"), quote=False),
        content=_text(item, "content_html") or _html_of_plain(_text(item, "content_text")),
        image=_text(item, "image") or _text(item, "banner_image"),
        language=_text(item, "language"),
    )
    tags = item.get("tags")
    raw.tags = [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
    return raw


def _text(mapping: dict[str, Any], key: str) -> str:
    value = mapping.get(key)
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    return value if isinstance(value, str) else str(value)


def _authors(mapping: dict[str, Any]) -> list[str]:
    # Version 1.1 has `authors`, version 1.0 had `author`; some write names alone.
    authors = mapping.get("authors")
    found = authors if isinstance(authors, list) else [mapping.get("author")]
    names = [_text(one, "name") if isinstance(one, dict) else one for one in found]
    return [name for name in names if isinstance(name, str) and name]


def _html_of_plain(text: str) -> str:
    paragraphs = [part.strip() for part in text.split("\n\n")]
    return "".join(f"<p>{html.escape(part, quote=False)}</p>" for part in paragraphs if part)

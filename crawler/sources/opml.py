"""OPML 2.0 (opml.org): the subscription list that feed readers exchange."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

from crawler.model import Source
from crawler.text import clean_text


def to_opml(sources: Iterable[Source], title: str = "Engineering blogs") -> str:
    """The sources as an OPML document, in their order, without a date, so that the same sources give the same bytes.

    Feeds are outlines of type `rss`, which every reader can subscribe to; sitemaps and listings, which none can,
    are outlines of type `link`. Tags become the `category` attribute.
    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        f"  <head><title>{quoteattr(clean_text(title))[1:-1]}</title></head>",
        "  <body>",
        *(f"    <outline{_attributes(source)}/>" for source in sources),
        "  </body>",
        "</opml>",
    ]
    return "\n".join(lines) + "\n"


def _attributes(source: Source) -> str:
    is_feed = source.kind == "feed"
    pairs = {
        "type": "rss" if is_feed else "link",
        "text": source.name,
        "title": source.name,
        "xmlUrl" if is_feed else "url": source.url,
        "htmlUrl": source.homepage or "",
        "category": ",".join(source.tags),
        "language": source.language or "",
    }
    return "".join(f" {name}={quoteattr(clean_text(value))}" for name, value in pairs.items() if value)

"""Extraction: a page or a feed's own content becomes clean text, metadata and an image.

The functions here load their modules when they are called, so that commands which extract nothing stay quick.
"""

from __future__ import annotations

from crawler.model import Block, Entry, Extracted

__all__ = ["better", "blocks_of_html", "extract_entry", "extract_page", "is_whole"]


def extract_page(body: bytes, url: str, *, content_type: str | None = None, entry: Entry | None = None) -> Extracted:
    """The article on a page: `url` is its final address, `content_type` the HTTP header, `entry` what the feed said.

    Raises ExtractError, and nothing else, where there is no HTML, no text, or more of it than a person reads.
    """
    from crawler.extract import article

    return article.extract_page(body, url, content_type=content_type, entry=entry)


def extract_entry(entry: Entry) -> Extracted:
    """An article from what the feed carries, without its page; "empty" or "teaser" in quality where that is little."""
    from crawler.extract import feedtext

    return feedtext.extract_entry(entry)


def is_whole(entry: Entry) -> bool:
    """Whether the feed's own text is the whole article, so that its page need not be fetched."""
    from crawler.extract import feedtext

    return feedtext.is_whole(entry)


def better(page: Extracted | None, feed: Extracted, entry: Entry) -> Extracted:
    """The text that stands, the page's or the feed's, with the statements of both merged."""
    from crawler.extract import feedtext

    return feedtext.better(page, feed, entry)


def blocks_of_html(html: str) -> tuple[Block, ...]:
    """The blocks of sanitised HTML as it is stored."""
    from crawler.extract import feedtext

    return feedtext.blocks_of_html(html)

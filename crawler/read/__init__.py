"""Read: what the publisher said. Bytes of a feed, a sitemap or a listing page become entries.

A new kind of source is a reader function and a line in `KINDS`; the contract test then runs over it.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from crawler.errors import ParseError
from crawler.model import FeedDocument, Source
from crawler.read.sniffing import Sort, sniff

__all__ = ["KINDS", "Sort", "Thorough", "read_document", "sniff"]

Thorough = Callable[[bytes, str, str | None], FeedDocument]

KINDS: dict[str, str] = {
    "feed": "crawler.read.feed:read_feed",
    "sitemap": "crawler.read.sitemap:read_sitemap",
    "listing": "crawler.read.listing:read_listing",
}


def read_document(
    kind: str,
    body: bytes,
    url: str,
    *,
    content_type: str | None = None,
    source: Source | None = None,
    thorough: Thorough | None = None,
) -> FeedDocument:
    """The entries of a document of this kind (a key of `KINDS`).

    `url` is the address that the body came from, after redirects; `content_type` is the header as it was sent;
    `source` brings include, exclude and select. `thorough` runs the slow path for broken feeds with
    (body, url, content_type), in a worker process, say; by default it runs here. It may raise ParseError.

    Relative addresses inside `content_html` and `summary_html` are resolved only where the document states a
    base (xml:base) of its own; elsewhere they are relative to the entry's own `url`, against which extraction
    resolves them.

    Raises ParseError, whose one sentence ends with the next step, and nothing else.
    """
    if kind not in KINDS:
        raise ParseError(f"no reader for kind `{kind}`: use one of {', '.join(KINDS)}")
    module, _, name = KINDS[kind].partition(":")
    reader = getattr(import_module(module), name)
    document: FeedDocument = reader(body, url, content_type, source, thorough or _in_process)
    return document


def _in_process(body: bytes, url: str, content_type: str | None) -> FeedDocument:
    # feedparser takes a tenth of a second to import and most runs never need it.
    from crawler.read.thorough import read_thoroughly

    return read_thoroughly(body, url, content_type)

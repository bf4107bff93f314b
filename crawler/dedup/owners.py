"""Whose article an address is: the source on whose site it stands, whichever feed brought it first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

from crawler.model import Source
from crawler.urls import host_of, is_shared_host, site_of

_FEED_FOLDER = re.compile(r"^/feeds?(?=/.)")
_FEED_FILE = re.compile(r"/[^/]*\.(xml|rss|atom|rdf|json)$|/(feed|rss|atom)s?/?$", re.IGNORECASE)


def ownership(source: Source, url: str) -> int:
    """How surely the article at `url` is the source's own: 3 below its home page's path, 2 on its host, 1 on its
    registered name, 0 elsewhere (an aggregator, a planet, a feed that links out)."""
    return _ownership(source.homepage or "", source.url, url)


def owner_of(url: str, sources: Iterable[Source]) -> str:
    """The slug of the source that the article belongs to: the surest owner, ties by slug. Needs at least one."""
    return min(sources, key=lambda source: (-ownership(source, url), source.slug)).slug


@lru_cache(maxsize=4096)
def _ownership(homepage: str, feed: str, url: str) -> int:
    return max(_stands_below(home, url) for home in (homepage, _home_of_feed(feed)) if home or feed)


def _home_of_feed(url: str) -> str:
    """The site that a feed is of: its address without the file, `medium.com/feed/x` as `medium.com/x`."""
    if not host_of(url):
        return ""
    parts = urlsplit(url)
    path = _FEED_FOLDER.sub("", _FEED_FILE.sub("", parts.path))
    return f"{parts.scheme}://{parts.netloc}{path}"


def _stands_below(home: str, url: str) -> int:
    host, wanted = host_of(url).removeprefix("www."), host_of(home).removeprefix("www.")
    if not host or not wanted:
        return 0
    if host == wanted:
        path = urlsplit(home).path.rstrip("/").lower()
        below = bool(path) and (urlsplit(url).path.lower() + "/").startswith(path + "/")
        if is_shared_host(url):
            return 3 if below else 0
        return 3 if below else 2
    return 1 if site_of(url) == site_of(home) and not is_shared_host(home) else 0

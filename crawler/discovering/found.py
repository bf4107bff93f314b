"""What a search for feeds finds, and which of it is best."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from crawler.model import Entry, Failed, SourceKind
from crawler.text import one_line

_COMMENTS = re.compile(r"\bcomments?\b|kommentare|commentaires|comentarios|/replies", re.IGNORECASE)
_NARROW = re.compile(
    r"/(?:tags?|tagged|categor(?:y|ies)|topics?|authors?|labels?|series)/|/-/|[?&](?:tag|cat|category|author)=",
    re.IGNORECASE,
)
_ARTICLE_SITEMAP = re.compile(r"post|blog|article|news|stories", re.IGNORECASE)
_TITLE_TAIL = re.compile(
    r"\s*(?:[|»·–—:-]+\s*(?:rss|atom|feed|rss feed|medium|all posts|home)|\brss feed)\s*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Found:
    """One way to follow the site. `how` tells people where it was found; `full` is the share of entries with a text
    of their own; `include` and `exclude` are what a sitemap needs to keep to the blog."""

    url: str
    kind: SourceKind
    format: str
    how: str
    title: str
    homepage: str | None
    entries: tuple[Entry, ...]
    language: str | None = None
    full: float = 0.0
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    comments: bool = False
    narrow: bool = False

    @property
    def newest_at(self) -> datetime | None:
        """The latest date of its entries."""
        return max(filter(None, (entry.published_at or entry.updated_at for entry in self.entries)), default=None)


@dataclass(frozen=True, slots=True)
class Discovery:
    """What came of the search: `found` best first; `asked` are (address, what came of it), in order."""

    url: str
    found: tuple[Found, ...] = ()
    asked: tuple[tuple[str, str], ...] = ()
    failed: Failed | None = None  # why the address itself gave nothing
    page_title: str = ""
    site_name: str = ""


def site_name(found: Found, discovery: Discovery) -> str:
    """What the blog calls itself, without the tails that feeds put behind it; empty where nothing does."""
    for title in (found.title if found.kind == "feed" else "", discovery.site_name, discovery.page_title, found.title):
        name = _TITLE_TAIL.sub("", one_line(title)).strip()
        if name:
            return name[:100]
    return ""


def is_comments(*words: str) -> bool:
    """Whether an address, with what it is called, is that of comments and not of posts."""
    return _COMMENTS.search(" ".join(words)) is not None


def is_narrow(url: str) -> bool:
    """Whether an address is that of one tag, category or author."""
    return _NARROW.search(url) is not None


def is_of_articles(url: str) -> bool:
    """Whether a sitemap's address says that it lists articles."""
    return _ARTICLE_SITEMAP.search(url) is not None


def worth(found: Found, *, narrow_wanted: bool) -> tuple[float, ...]:
    """More is better: posts over comments, all posts over a tag's, whole texts over teasers, long over short."""
    kind = {"feed": 2.0, "sitemap": 1.0, "listing": 1.0}[found.kind]
    if found.kind == "sitemap":
        kind += 0.5 if found.include or _ARTICLE_SITEMAP.search(found.url) else -0.5
    dated = sum(entry.published_at is not None for entry in found.entries)
    return (
        bool(found.entries),
        not found.comments,
        kind,
        found.narrow == narrow_wanted,
        round(found.full),
        min(len(found.entries), 5),
        dated > 0,
    )

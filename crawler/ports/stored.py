"""What goes into the store and comes out of it, as values: what a feed said, what was read, what is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from crawler.model import Article, Entry, Feed, PageState, Signature, Window

# ---------------------------------------------------------------- writing what a feed said


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """An article that the store already has under some address."""

    article_id: str
    source: str  # whose article it is now


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """An entry of this source that the store already has."""

    key: str  # url_key of its address
    guid: str
    article_id: str
    hash: str
    published_at: datetime | None
    title: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows of a document's entries before they are written.

    `by_key` covers all sources: url_key to article. `entries` are this source's own rows that share a key or a
    guid with the document.
    """

    by_key: dict[str, KnownArticle] = field(default_factory=dict)
    entries: tuple[KnownEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryWrite:
    """An entry to store, as decided.

    new: no article had this address; copy: the article is known, from another source or under another address;
    changed: the publisher edited it. `owner` is the source whose article it is from now on. `page`, `label` and
    `held` apply to new articles (and to changed ones, which are read again).
    """

    entry: Entry
    key: str
    article_id: str
    status: Literal["new", "copy", "changed"]
    hash: str
    owner: str
    page: PageState = "none"
    label: bool = True  # labels are wanted now, not only when somebody asks
    held: bool = False


@dataclass(frozen=True, slots=True)
class FeedWrite:
    """A feed's new state with the entries that came with it: one transaction."""

    feed: Feed
    entries: tuple[EntryWrite, ...] = ()


# ---------------------------------------------------------------- reading articles, pages, copies


@dataclass(frozen=True, slots=True)
class Work:
    """An article that is to be read: its page fetched (`want_page`) and its labels made.

    `page_error` is what the last attempt at its page failed with, `page_next_at` when the next one is due.
    """

    article: Article
    entry: Entry
    want_page: bool
    tries: int = 0
    page_error: str | None = None
    page_next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ArticleWrite:
    """An article as read. `keys` are further url_keys under which it is known from now on (redirects, canonical).

    `page_next_at` is when a page that failed for a passing reason, or was final, may be asked again.
    Writing it marks the article for the search for copies when `signature` is not None.
    """

    article: Article
    signature: Signature | None = None
    keys: tuple[str, ...] = ()
    tries: int = 0
    page_next_at: datetime | None = None
    page_error: str | None = None


@dataclass(frozen=True, slots=True)
class Suspect:
    """An article as the search for copies sees it. `key` and `canonical_key` are url_keys."""

    id: str
    source: str
    url: str
    key: str
    canonical_key: str
    title: str
    text: str
    published_at: datetime | None
    first_seen_at: datetime
    signature: Signature


@dataclass(frozen=True, slots=True)
class Edge:
    """Two articles with one text; `a` sorts before `b`."""

    a: str
    b: str
    reason: str  # "canonical", "text", "title"
    similarity: float


# ---------------------------------------------------------------- asking


@dataclass(frozen=True, slots=True)
class ArticleQuery:
    """Which articles, newest first (by publisher's date, else first sight; then id). None means any.

    `since`/`until` bound the publisher's date (first sight where it is absent), `until` exclusive. `kinds` are kinds
    or subkinds. `text` is
    matched, case-insensitively, against title, summary and text; all of its words must occur. `brief` articles have
    what lists show (`BRIEF_FIELDS`), everything else at its default: tens of thousands cost little time and memory.
    """

    since: datetime | None = None
    until: datetime | None = None
    sources: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    text: str | None = None
    duplicates: bool = False
    limit: int | None = None
    brief: bool = False


BRIEF_FIELDS = (
    *("id", "source", "guid", "url", "canonical_url", "title", "first_seen_at", "published_at", "company", "language"),
    *("words", "minutes", "kind", "subkind", "tags", "deck", "duplicate_of", "issue", "held", "labelled", "noindex"),
)
"""The fields of an article that a brief list tells."""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """An article that stands in a published issue."""

    article_id: str
    key: str
    title: str
    number: int
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IssueRecord:
    """An issue as the store keeps it: the text that was published, or that was last composed."""

    profile: str
    number: int
    window: Window
    text: str
    published_at: datetime | None = None


RECENT_DATES = 20


@dataclass(frozen=True, slots=True)
class SourceFigures:
    """What a source brought. `articles` (copies left out) and those `chosen` for a published issue of any profile are
    dated on or after a given time; `dates` are its latest articles' dates (first sight where there is none), of all
    time, newest first, at most RECENT_DATES."""

    articles: int = 0
    chosen: int = 0
    dates: tuple[datetime, ...] = ()

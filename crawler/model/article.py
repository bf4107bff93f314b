"""An article on its way: what its publisher said, what its page gave, the labels it got, and its place in the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

FORM_TAGS = frozenset({"release-news", "community-events"})  # tell the form of an article rather than its subject


@dataclass(frozen=True, slots=True)
class Image:
    """A picture about the article; `alt` is never empty where it is shown."""

    url: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the publisher said of one article, in a feed, a sitemap or a listing.

    `guid` falls back to the URL. `url` is absolute. A date that is absent or cannot be meant is None.
    """

    guid: str
    url: str
    title: str
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    updated_at: datetime | None = None
    summary_html: str = ""
    content_html: str = ""
    tags: tuple[str, ...] = ()
    image: Image | None = None
    language: str | None = None


# ---------------------------------------------------------------- extract

BlockKind = Literal["heading", "paragraph", "item", "quote", "code", "table", "caption"]


@dataclass(frozen=True, slots=True)
class Block:
    """One block of an article's text, in reading order. `level` is a heading's (1-6)."""

    kind: BlockKind
    text: str
    level: int = 0


PageQuality = Literal["full", "teaser", "wall", "soft-404", "empty"]


@dataclass(frozen=True, slots=True)
class Extracted:
    """What we read from a page or from a feed's own content, without judgement."""

    title: str
    blocks: tuple[Block, ...]
    text: str  # plain, blank lines between blocks
    content_html: str  # sanitised
    quality: PageQuality = "full"
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    language: str | None = None
    canonical_url: str | None = None
    description: str = ""  # the author's own, from the page's metadata
    site_name: str = ""
    tags: tuple[str, ...] = ()
    image: Image | None = None
    images: int = 0
    noindex: bool = False
    noarchive: bool = False


# ---------------------------------------------------------------- label


@dataclass(frozen=True, slots=True)
class Document:
    """What the labels are made from: one article as the labeller sees it, from wherever it came."""

    url: str
    title: str
    blocks: tuple[Block, ...]
    description: str = ""  # the publisher's own summary (feed or page), plain text
    categories: tuple[str, ...] = ()  # the publisher's own
    authors: tuple[str, ...] = ()
    source: str | None = None
    source_name: str | None = None
    source_company: str | None = None
    source_tags: tuple[str, ...] = ()
    source_language: str | None = None
    site_name: str = ""
    images: int = 0


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a label was given: `rule` names the rule, `evidence` the words, `where` the place they stand."""

    # of an article: "tag", "kind", "subkind", "company", "role", "summary", "language"; of its place in an issue:
    # "score", "excluded", "chosen", "story", "follows"
    label: str
    value: str
    rule: str
    evidence: str = ""
    where: str = ""
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Signals:
    """Countable signs of depth and evidence; the ranking is made from them."""

    words: int = 0
    code_blocks: int = 0
    images: int = 0
    headings: int = 0
    tables: int = 0
    numbers: int = 0
    links: int = 0
    promotion: float = 0.0  # 0 none - 1 pure marketing, job ad or sponsored post
    topics: int | None = None  # how many of the tags, from the first, it is clearly about; None: nobody told
    opening: float | None = None  # how surely the summary's first sentence says what it is about; None: in own words


@dataclass(frozen=True, slots=True)
class Labels:
    """Everything that a reader is told about an article beside its text."""

    language: str
    words: int
    minutes: int
    kind: str
    tags: tuple[str, ...]
    roles: tuple[str, ...]
    audience: str  # without the leading emoji: "For SREs and platform engineers ..."
    summary: str
    deck: str
    company: str | None
    signals: Signals
    reasons: tuple[Reason, ...] = ()
    subkind: str = ""  # a narrower kind, whose parent is `kind`; empty where none is told


# ---------------------------------------------------------------- store

PageState = Literal["none", "pending", "done", "failed", "deferred"]
"""none: the feed's text is whole, or pages are off; deferred: older than recent_days, read when asked for."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article: what we read, its labels, and its place in the store.

    `id` is 16 hex digits of SHA-256 of the canonical URL at first sight and is kept when the article moves.
    """

    id: str
    source: str
    guid: str
    url: str
    canonical_url: str
    title: str
    first_seen_at: datetime
    published_at: datetime | None = None
    authors: tuple[str, ...] = ()
    company: str | None = None
    language: str = ""
    words: int = 0
    minutes: int = 0
    kind: str = ""
    subkind: str = ""
    tags: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    audience: str = ""
    summary: str = ""
    deck: str = ""
    image: Image | None = None
    text: str = ""
    content_html: str = ""
    description: str = ""
    categories: tuple[str, ...] = ()
    signals: Signals = Signals()
    duplicate_of: str | None = None
    also_at: tuple[str, ...] = ()
    issue: int | None = None
    held: bool = False
    labelled: bool = False
    page: PageState = "none"
    noindex: bool = False
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """A text's MinHash (Broder 1997): `values` is the raw little-endian uint32 signature.

    `bands` are the keys under which a near copy is found; `title_key` is a hash of the title's core words;
    `shingles` is the number of distinct shingles behind it (few make it worthless).
    """

    values: bytes
    bands: tuple[int, ...]
    title_key: int
    shingles: int

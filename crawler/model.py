"""The words of the project as frozen values: what each stage takes and gives.

Times are aware UTC datetimes and end in `_at`; `_html` and `_text` say which a string holds. Values are
plain data, can be pickled to a worker process, and know nothing of files, the network or a database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

SourceKind = Literal["feed", "sitemap", "listing"]


@dataclass(frozen=True, slots=True)
class Source:
    """A line of sources.yaml. `slug` is the key of everything that the store remembers of it."""

    slug: str
    url: str
    name: str
    kind: SourceKind = "feed"
    company: str | None = None
    homepage: str | None = None
    tags: tuple[str, ...] = ()
    weight: float = 1.0
    language: str | None = None
    confirmed: bool = True
    deduplicate: bool = True
    include: tuple[str, ...] = ()  # URL patterns (regular expressions) of a sitemap or listing
    exclude: tuple[str, ...] = ()
    select: str | None = None  # CSS selector of a listing's article links, where inference is not enough


# ---------------------------------------------------------------- fetch


@dataclass(frozen=True, slots=True)
class Request:
    """One GET. Validators are sent back byte for byte (RFC 9110 section 13.1).

    A "link" is asked only for whether it answers: like a page, but its body may be cut short.
    """

    url: str
    purpose: Literal["feed", "page", "link", "robots"] = "feed"
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A complete answer with a body. `url` is the final address; header names are in lower case.

    `moved_to` is set when every hop was permanent (301, 308): the address that the subscription should follow.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    moved_to: str | None = None

    @property
    def etag(self) -> str | None:
        return self.headers.get("etag")

    @property
    def last_modified(self) -> str | None:
        return self.headers.get("last-modified")


@dataclass(frozen=True, slots=True)
class NotModified:
    """304: what we have is current. It may carry new validators."""

    url: str
    headers: Mapping[str, str]
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """410: the address was retired for good."""

    url: str
    status: int = 410


FailureKind = Literal[
    "timeout",
    "connection",
    "dns",
    "tls",
    "status",
    "too_large",
    "unsafe",
    "robots",
    "redirect",
    "encoding",
    "parse",
    "bug",
]


@dataclass(frozen=True, slots=True)
class Failed:
    """No usable answer. `passing` tells a trouble that may be over next time (time-outs, 5xx, 429)."""

    url: str
    kind: FailureKind
    message: str
    status: int | None = None
    passing: bool = True
    retry_after: float | None = None  # seconds from the answer, as the server asked


Outcome = Fetched | NotModified | Gone | Failed


# ---------------------------------------------------------------- read


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


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """A document of entries as read. `format` is rss20, atom10, rdf, json, sitemap, listing, …

    `wait_seconds` is what the document itself asks for between two checks (RSS ttl, sy:updatePeriod);
    `skip_hours` (0-23, UTC) and `skip_days` (0 Monday - 6 Sunday) are times to stay away (RSS 2.0).
    """

    format: str
    title: str
    url: str | None
    entries: tuple[Entry, ...]
    language: str | None = None
    wait_seconds: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


# ---------------------------------------------------------------- what the store remembers of a source

FeedState = Literal["new", "ok", "failing", "gone", "moved", "held"]


@dataclass(frozen=True, slots=True)
class Feed:
    """What we remember of a source between two checks."""

    source: str
    url: str  # as configured when the validators were stored
    current_url: str | None = None
    state: FeedState = "new"
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    failures: int = 0
    last_error: str | None = None
    last_checked_at: datetime | None = None
    begun_at: datetime | None = None  # its first successful reading
    backfilled_at: datetime | None = None  # when its archive was read to the end
    last_success_at: datetime | None = None
    next_check_at: datetime | None = None
    interval: float | None = None  # seconds between two checks, by the source's own rhythm
    usual_new: float | None = None  # running mean of new entries in a check that brought any
    move_target: str | None = None
    move_seen: int = 0
    language: str | None = None
    move_since: datetime | None = None  # when `move_target` was first seen
    asked_at: datetime | None = None  # when it was first asked, whatever came of it
    wait_seconds: int | None = None  # what the last document that was read asks for, as in FeedDocument
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class HostState:
    """What we remember of a host: its robots.txt and whether it asked us to slow down."""

    host: str
    robots_text: str | None = None
    robots_status: int | None = None
    robots_expires_at: datetime | None = None
    blocked_until: datetime | None = None
    pause: float | None = None


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
    topics: int = 0  # how many of the tags, from the first, it is clearly about; 0: nobody told


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


# ---------------------------------------------------------------- compose


@dataclass(frozen=True, slots=True)
class SectionRule:
    """A section that the taxonomy offers: an article belongs to it when its first tag is one of `tags`."""

    id: str
    title: str
    tags: tuple[str, ...]
    description: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """The time that an issue covers: from `start_at` up to, not including, `end_at`."""

    start_at: datetime
    end_at: datetime


@dataclass(frozen=True, slots=True)
class Item:
    """One story in an issue, as it is printed.

    `also_at` are (name, url) of other places where the article stands, `covered_by` of other articles on the story;
    `previously` are the numbers of earlier issues that it goes on from.
    """

    title: str
    url: str
    article_id: str = ""
    source: str = ""
    company: str | None = None
    audience: str = ""
    image: Image | None = None
    summary: str = ""
    deck: str = ""
    minutes: int = 0
    kind: str = ""
    subkind: str = ""
    tags: tuple[str, ...] = ()
    also_at: tuple[tuple[str, str], ...] = ()
    covered_by: tuple[tuple[str, str], ...] = ()
    previously: tuple[int, ...] = ()
    written: tuple[str, ...] = ()  # the title's capitalised words as the article's running text writes them
    notes: str = ""  # Markdown list, for the list form
    body: str = ""  # Markdown that an editor wrote, shown in place of `summary`, which then holds its words
    score: float = 0.0
    pinned: bool = False
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an issue; `tag` is the id of the taxonomy's section, `text` an editor's Markdown above its items."""

    tag: str
    title: str
    items: tuple[Item, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """One numbered edition. `opening` is an editor's own Markdown between the lead and the first item."""

    number: int
    title: str
    tagline: str
    lead: str
    window: Window
    sections: tuple[Section, ...]
    tags: tuple[str, ...] = ()
    cover: Image | None = None
    profile: str = "default"
    show_sections: bool = False
    comments: str | None = None
    runners_up: tuple[Item, ...] = ()
    opening: str = ""
    published_at: datetime | None = None  # where it is known: of issues in the ledger

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for section in self.sections for item in section.items)

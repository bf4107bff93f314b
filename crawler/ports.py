"""What the pipeline needs from the outside, as protocols: a fetcher, a poster and a store.

`storage` implements `Store` (in memory, on SQLite, on PostgreSQL; one contract suite runs over all three) and
`crawler.fetch` implements `Fetcher` and `Poster`. No protocol knows who stands behind it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from crawler.model import Article, Entry, Feed, HostState, Outcome, PageState, Request, Signature, Window


class Fetcher(Protocol):
    """Asks the web, politely and within bounds. Trouble is a value, never an exception."""

    def fetch(self, request: Request) -> Outcome:
        """One exchange, redirects followed. Blocks; may be called from many threads at once."""
        ...

    def close(self) -> None:
        """Close idle connections."""
        ...


# ---------------------------------------------------------------- speaking to a service


@dataclass(frozen=True, slots=True)
class Call:
    """A request that changes something elsewhere. `url` and `headers` may hold secrets: neither is ever shown."""

    method: Literal["GET", "POST", "PUT"]
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a service answered, whatever the status. Names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class NoReply:
    """No answer came. `unsure`: the request may have arrived all the same. `message` names no address."""

    message: str
    unsure: bool = False


class Poster(Protocol):
    """Speaks to a service over HTTP, within bounds. Trouble is a value, never an exception."""

    def call(self, call: Call) -> Reply | NoReply:
        """One exchange; redirects are not followed, and nothing is ever sent a second time."""
        ...


# ---------------------------------------------------------------- sharing a store with other processes


@dataclass(frozen=True, slots=True)
class Turn:
    """Who asked for a turn at a host may ask it now (`wait` is 0) or should come back after `wait` seconds. `states`
    is what all processes together know of the host."""

    wait: float = 0.0
    states: tuple[HostState, ...] = ()


class Turns(Protocol):
    """Turns at hosts, over all processes that share a store: no host has two at once, nor two sooner than its pause."""

    def take(self, lane: str, host: str, keys: Collection[str]) -> Turn:
        """Try to take the turn of a lane (a host, or the platform that houses it). `keys` name the states wanted."""
        ...

    def give_back(self, lane: str, host: str, rest: float | None, long: float, states: Sequence[HostState]) -> None:
        """End a turn that was taken. The lane's next one is after `rest` seconds (None: nothing was asked), this
        host's after `long`; `states` are remembered for all."""
        ...


class Sharing(Turns, Protocol):
    """What several runs on one store need to share its work: each source is in the hands of one run at a time.

    Whatever a process holds comes free when it ends, however it ended. Raises errors of the StoreError branch.
    """

    def joined(self) -> AbstractContextManager[None]:
        """Held by a run while it leases sources and takes turns."""
        ...

    def lease(self, sources: Collection[str]) -> set[str]:
        """Those of the sources that are in nobody's hands, which are in ours now."""
        ...

    def release(self, sources: Collection[str]) -> None:
        """Give sources back; those that are not ours are left alone."""
        ...

    def linking(self) -> AbstractContextManager[None]:
        """Held while copies are linked; waits for another process that does it."""
        ...

    def close(self) -> None:
        """Release the connections."""
        ...


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
    """An article that is to be read: its page fetched (`want_page`) and its labels made."""

    article: Article
    entry: Entry
    want_page: bool
    tries: int = 0


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


class Store(Protocol):
    """All state of the project. Every method is one transaction unless it says otherwise.

    Methods raise only errors of the StoreError branch (StoreLocked, StoreFull, StoreReadOnly, StoreCorrupt,
    SchemaTooNew). Iterators may read in chunks. Times come in as arguments.
    """

    def close(self) -> None:
        """Release the connection."""
        ...

    def run_lock(self) -> AbstractContextManager[None]:
        """Held by a run that fetches; raises StoreBusy at once when another process holds it."""
        ...

    # sources
    def feeds(self, sources: Collection[str] | None = None) -> dict[str, Feed]:
        """The state of every source (or of those among `sources`) that was ever checked, by slug."""
        ...

    def due_feeds(self, now: datetime, limit: int, after: tuple[datetime, str] | None = None) -> list[Feed]:
        """States whose next check is due, longest due first; those behind `after` (a next check and its source)."""
        ...

    def save_feeds(self, feeds: Sequence[Feed]) -> None:
        """Write states without entries (304s, failures), many at once."""
        ...

    def known(self, source: str, keys: Collection[str], guids: Collection[str]) -> Known:
        """What is already there of a document with these entry addresses and guids."""
        ...

    def known_all(self, asked: Mapping[str, tuple[Collection[str], Collection[str]]]) -> dict[str, Known]:
        """`known` for documents of several sources at once: (keys, guids) by source."""
        ...

    def write_feed(self, write: FeedWrite, now: datetime) -> bool:
        """State, validators and entries together; `now` becomes `first_seen_at` of new articles.

        False, and nothing is written, where an entry was decided to be new and another source has brought it since:
        `known` has to be asked and the decision made again."""
        ...

    def write_feeds(self, writes: Sequence[FeedWrite], now: datetime) -> list[str]:
        """`write_feed` for several in their order, in one transaction; the sources of which nothing is written."""
        ...

    def hosts(self) -> dict[str, HostState]:
        """What is remembered of hosts, by host."""
        ...

    def save_hosts(self, hosts: Sequence[HostState]) -> None:
        """Write host states."""
        ...

    # articles
    def work(
        self,
        now: datetime,
        sources: Collection[str] | None = None,
        limit: int = 1000,
        after: str = "",
        *,
        everything: bool = False,
    ) -> list[Work]:
        """Articles (ids above `after`, in id order) with a page pending and due, or with labels wanted and not made.
        With `everything` all pending pages are due; those that were given up for a while are not."""
        ...

    def sources_with_work(self, now: datetime, limit: int) -> list[str]:
        """Sources (at most `limit`, in their order) that have articles which `work` gives without `everything`."""
        ...

    def wake(self, sources: Collection[str] | None = None) -> int:
        """Mark everything deferred or unlabelled as wanted now (`--backfill`); returns how many."""
        ...

    def work_of(self, ids: Collection[str]) -> list[Work]:
        """The same for named articles, whatever their state; pages are not wanted."""
        ...

    def save_articles(self, writes: Sequence[ArticleWrite]) -> None:
        """Store what was read. A key that belongs to another article joins the two: the one with the smaller
        (first_seen_at, id) stays, the other's entries and addresses go over to it."""
        ...

    def add_articles(self, writes: Sequence[ArticleWrite]) -> int:
        """Import: like `save_articles`, but the articles may be new; an article that is already there is replaced
        where it differs. Returns how many rows changed."""
        ...

    def forget_texts(
        self, before: datetime, limit: int, after: tuple[datetime, str] | None = None
    ) -> tuple[int, tuple[datetime, str] | None]:
        """Drop text, HTML and signature of articles that are dated and were first seen before a time and stand in no
        published issue, with what feeds said of them but for their titles; labels and summary stay.

        Looks at up to `limit` articles behind `after`, oldest first; returns how many had a text, and where to go on
        (None: at the end)."""
        ...

    # copies
    def unsearched(self, limit: int = 500) -> list[Suspect]:
        """Articles whose copies were not looked for since their text was written, in id order."""
        ...

    def suspects(self, suspect: Suspect) -> list[Suspect]:
        """Others that may be the same article: a band or the title key in common, or a canonical address that
        names the other. Never the article itself."""
        ...

    def edges(self, ids: Collection[str]) -> list[Edge]:
        """All edges of the clusters that these articles belong to."""
        ...

    def save_copies(
        self,
        searched: Collection[str],
        edges: Sequence[Edge],
        leaders: dict[str, str | None],
        seen: Mapping[str, Signature] | None = None,
    ) -> None:
        """Replace the edges of the articles `searched` by `edges` and mark them searched; then set `duplicate_of`
        (None: leads or stands alone) of every article in `leaders`, and rebuild the leaders' `also_at` from it.

        `seen` are the signatures that were compared: an article that has another one by now was read anew in the
        meantime, and is not marked."""
        ...

    def members(self, ids: Collection[str]) -> list[Suspect]:
        """The named articles as the search for copies sees them."""
        ...

    # reading
    def articles(self, query: ArticleQuery) -> Iterator[Article]:
        """Articles that match."""
        ...

    def all_articles(self) -> Iterator[Article]:
        """Every article with its copies, by id: the export."""
        ...

    def article(self, url_or_id: str) -> Article | None:
        """One article by id or by any address it is known under."""
        ...

    def in_window(self, window: Window, late_days: int) -> list[Article]:
        """Candidates: published in the window, or first seen in it and undated or published up to `late_days`
        before its start. Copies and held articles are left out; in order of id."""
        ...

    def posts(self, since: datetime, until: datetime) -> dict[str, int]:
        """How many articles each source has that are dated (or, undated, first seen) from `since` up to, not
        including, `until`; copies left out."""
        ...

    def source_figures(self, since: datetime) -> dict[str, SourceFigures]:
        """What each source that has articles brought, the counts since then."""
        ...

    def release(self, source: str) -> int:
        """Let the held articles of a source go into issues; returns how many."""
        ...

    # issues
    def ledger(self, profile: str) -> list[LedgerEntry]:
        """Every article in a published issue of the profile, by issue number."""
        ...

    def newsletters(self) -> list[str]:
        """The profiles that have articles in published issues, by name."""
        ...

    def issue_records(self, profile: str) -> list[IssueRecord]:
        """Composed and published issues of the profile, by number, drafts last."""
        ...

    def save_composed(self, record: IssueRecord) -> None:
        """Remember what was composed for a window (the base of the next merge). Never touches the ledger."""
        ...

    def publish(self, record: IssueRecord, entries: Sequence[LedgerEntry]) -> bool:
        """Record an issue and its ledger lines together; False when just this was already there.

        What was composed for its window is no draft any more, but is kept."""
        ...

    def composed(self, profile: str, number: int) -> IssueRecord | None:
        """What was last composed for an issue, whether it is a draft or published; None where nobody knows."""
        ...

    def unpublish(self, profile: str, number: int) -> bool:
        """Take an issue and its ledger lines back together; False when it was not published.

        What was composed for its window is a draft again; where nothing is kept of that, a draft with an empty text
        keeps the number."""
        ...

    # delivery
    def sent(self, profile: str, number: int, sink: str) -> set[str]:
        """Who got an issue by a sink, as `record_sent` named them."""
        ...

    def record_sent(self, profile: str, number: int, sink: str, recipient: str, at: datetime) -> None:
        """Remember that a recipient got an issue; the first time stays. It outlasts taking the issue back."""
        ...

    # a language model
    def answers(self, keys: Collection[str]) -> dict[str, str]:
        """What a language model answered to what was asked, by key; keys without an answer are left out."""
        ...

    def save_answer(self, key: str, model: str, text: str, at: datetime) -> None:
        """Keep an answer, as it came; the first one to a key stays, so that composing again says the same."""
        ...


def default_order(article: Article) -> tuple[datetime, str]:
    """The sort key of lists: when it was published (or first seen), then id."""
    return article.published_at or article.first_seen_at, article.id

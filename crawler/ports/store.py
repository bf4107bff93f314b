"""The store: all that the project remembers, behind one protocol."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from crawler.model import Article, Feed, HostState, Signature, Window
from crawler.ports.stored import (
    ArticleQuery,
    ArticleWrite,
    Edge,
    FeedWrite,
    IssueRecord,
    Known,
    LedgerEntry,
    SourceFigures,
    Suspect,
    Work,
)


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

    def write_feeds(self, writes: Sequence[FeedWrite], now: datetime) -> list[str]:
        """Each feed's state, validators and entries together, in their order and in one transaction; `now` becomes
        `first_seen_at` of new articles.

        Returns the sources of which nothing is written, because an entry was decided to be new and another source has
        brought it since: `known` has to be asked and the decision made again."""
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

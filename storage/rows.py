"""What the store keeps beside an article, and the few operations that the meaning of a write is built from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from crawler.model import Article, Entry, Feed, Signature, Window
from crawler.ports import Edge, IssueRecord, LedgerEntry

NO_SIGNATURE = Signature(b"", (), 0, 0)
"""What stands for the signature of an article that was never read: it is like no other."""


@dataclass(frozen=True, slots=True)
class Row:
    """An article with what only the store knows of it.

    `label_wanted`: labels are to be made (and are, once `article.labelled`). `page_next_at`: from when on the
    page may be asked; None when it is not to be asked at all. `searched`: copies were looked for since the
    text was written. `article.issue` and `article.score` are always None here: the ledger knows the one, the
    other belongs to a window.
    """

    article: Article
    label_wanted: bool = False
    tries: int = 0
    page_next_at: datetime | None = None
    page_error: str | None = None
    signature: Signature | None = None
    searched: bool = True


@dataclass(frozen=True, slots=True)
class EntryRow:
    """What one source said of an article. An imported article has one with an empty `hash`: not yet seen."""

    source: str
    key: str
    article_id: str
    hash: str
    entry: Entry
    first_seen_at: datetime


@dataclass(frozen=True, slots=True)
class CopyState:
    """An article's place among its copies."""

    id: str
    url: str
    duplicate_of: str | None
    also_at: tuple[str, ...]


class Tables(Protocol):
    """The tables within one transaction, as `steps` sees them. Nothing here decides anything."""

    def put_feeds(self, feeds: Iterable[Feed]) -> None:
        """Insert or replace states."""
        ...

    def owners(self, keys: Collection[str]) -> dict[str, str]:
        """Article ids by the addresses (url_keys, or ids of joined articles) among `keys` that are known."""
        ...

    def rows(self, ids: Collection[str]) -> dict[str, Row]:
        """The articles among `ids` that are there."""
        ...

    def hashes(self, source: str, keys: Collection[str]) -> dict[str, str]:
        """Entry hashes of a source by key."""
        ...

    def add_rows(self, rows: Iterable[Row]) -> None:
        """Insert articles as they are at first sight; ids that are there stay as they are."""
        ...

    def put_rows(self, rows: Iterable[Row]) -> None:
        """Insert or replace articles whole. Their bands are `replace_bands`'s."""
        ...

    def dated_before(self, at: datetime, limit: int, after: tuple[datetime, str] | None) -> list[tuple[datetime, str]]:
        """Articles that are dated (by default_order) and were first seen before `at`, behind `after`, oldest first."""
        ...

    def published(self, ids: Collection[str]) -> set[str]:
        """Those of the articles that stand in a published issue of any profile."""
        ...

    def forget_entries(self, article_ids: Collection[str]) -> None:
        """What sources said of these articles goes, but for titles, dates and addresses."""
        ...

    def put_words(self, rows: Iterable[Row]) -> None:
        """Articles are found by the words of their titles, summaries and texts."""
        ...

    def replace_bands(self, old: Mapping[str, Signature], new: Mapping[str, Signature]) -> None:
        """Articles are found under the bands of `new`, no longer under those of `old`."""
        ...

    def put_aliases(self, owners: Mapping[str, str]) -> None:
        """Article ids by address; an address that is known goes over."""
        ...

    def put_entries(self, entries: Iterable[EntryRow]) -> None:
        """Insert entries; one that is there is replaced where hash or article differ, its first sight kept."""
        ...

    def add_entries(self, entries: Iterable[EntryRow]) -> None:
        """Insert entries; those that are there stay as they are."""
        ...

    def join(self, loser: str, winner: str) -> None:
        """Everything that names `loser` names `winner`; its row, bands and edges go."""
        ...

    def copy_states(self, ids: Collection[str]) -> dict[str, CopyState]:
        """The place among copies of the articles that are there."""
        ...

    def followers(self, ids: Collection[str]) -> list[CopyState]:
        """Articles that point to one of `ids`."""
        ...

    def set_copies(self, states: Iterable[CopyState]) -> None:
        """Write `duplicate_of` and `also_at`."""
        ...

    def signatures(self, ids: Collection[str]) -> dict[str, Signature]:
        """The signatures of the articles among `ids` that have one."""
        ...

    def replace_edges(self, searched: Collection[str], edges: Iterable[Edge], marked: Collection[str]) -> None:
        """Drop every edge that touches `searched`, insert `edges`, mark `marked` as searched."""
        ...

    def issue(self, profile: str, number: int) -> tuple[IssueRecord, list[LedgerEntry]] | None:
        """A published issue with its ledger lines in order."""
        ...

    def put_issue(self, record: IssueRecord, entries: Iterable[LedgerEntry]) -> None:
        """Insert or replace a published issue and its ledger lines.

        What was composed for its window takes its number; what was composed under its number for another goes."""
        ...

    def drop_issue(self, profile: str, number: int) -> None:
        """Delete a published issue and its ledger lines."""
        ...

    def composed_for(self, profile: str, window: Window) -> IssueRecord | None:
        """What was composed for a window."""
        ...

    def put_composed(self, record: IssueRecord) -> None:
        """Insert or replace what was composed for the record's profile and window."""
        ...

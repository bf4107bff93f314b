"""`Tables` over dictionaries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from crawler.model import Feed, HostState, Signature, Window
from crawler.ports import Edge, IssueRecord, LedgerEntry, default_order
from storage.rows import CopyState, EntryRow, Row


class MemoryTables:
    """The tables as the reference has them, keyed as their primary keys are."""

    def __init__(self) -> None:
        self.feeds: dict[str, Feed] = {}
        self.hosts: dict[str, HostState] = {}
        self.articles: dict[str, Row] = {}
        self.entries: dict[tuple[str, str], EntryRow] = {}
        self.aliases: dict[str, str] = {}
        self.edges: dict[tuple[str, str, str], Edge] = {}
        self.issues: dict[tuple[str, int], tuple[IssueRecord, list[LedgerEntry]]] = {}
        self.composed: dict[tuple[str, Window], IssueRecord] = {}
        self.deliveries: dict[tuple[str, int, str, str], datetime] = {}
        self.answers: dict[str, str] = {}

    def put_feeds(self, feeds: Iterable[Feed]) -> None:
        self.feeds.update((feed.source, feed) for feed in feeds)

    def owners(self, keys: Collection[str]) -> dict[str, str]:
        return {key: self.aliases[key] for key in keys if key in self.aliases}

    def rows(self, ids: Collection[str]) -> dict[str, Row]:
        return {id_: self.articles[id_] for id_ in ids if id_ in self.articles}

    def hashes(self, source: str, keys: Collection[str]) -> dict[str, str]:
        return {key: self.entries[source, key].hash for key in keys if (source, key) in self.entries}

    def add_rows(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self.articles.setdefault(row.article.id, row)

    def put_rows(self, rows: Iterable[Row]) -> None:
        self.articles.update([(row.article.id, row) for row in rows])

    def dated_before(self, at: datetime, limit: int, after: tuple[datetime, str] | None) -> list[tuple[datetime, str]]:
        articles = [row.article for row in self.articles.values()]
        found = sorted(default_order(article) for article in articles if article.first_seen_at < at)
        return [key for key in found if key[0] < at and (after is None or key > after)][:limit]

    def published(self, ids: Collection[str]) -> set[str]:
        return {line.article_id for _, lines in self.issues.values() for line in lines if line.article_id in ids}

    def forget_entries(self, article_ids: Collection[str]) -> None:
        for key, row in self.entries.items():
            if row.article_id in article_ids:
                self.entries[key] = replace(row, entry=replace(row.entry, summary_html="", content_html=""))

    def put_words(self, rows: Iterable[Row]) -> None:
        """Words are looked for in the articles themselves."""

    def replace_bands(self, old: Mapping[str, Signature], new: Mapping[str, Signature]) -> None:
        """The bands are read from the signatures themselves."""

    def put_aliases(self, owners: Mapping[str, str]) -> None:
        self.aliases.update(owners)

    def put_entries(self, entries: Iterable[EntryRow]) -> None:
        for row in entries:
            old = self.entries.get((row.source, row.key))
            if old is None:
                self.entries[row.source, row.key] = row
            elif (old.hash, old.article_id) != (row.hash, row.article_id):
                self.entries[row.source, row.key] = replace(row, first_seen_at=old.first_seen_at)

    def add_entries(self, entries: Iterable[EntryRow]) -> None:
        for row in entries:
            self.entries.setdefault((row.source, row.key), row)

    def join(self, loser: str, winner: str) -> None:
        self.articles.pop(loser, None)
        for key, entry in self.entries.items():
            if entry.article_id == loser:
                self.entries[key] = replace(entry, article_id=winner)
        self.aliases.update([(key, winner) for key, id_ in self.aliases.items() if id_ == loser])
        for id_, row in self.articles.items():
            if row.article.duplicate_of == loser:
                self.articles[id_] = replace(row, article=replace(row.article, duplicate_of=winner))
        for issue, (record, lines) in self.issues.items():
            moved = [replace(line, article_id=winner) if line.article_id == loser else line for line in lines]
            self.issues[issue] = record, moved
        self.edges = {key: edge for key, edge in self.edges.items() if loser not in (edge.a, edge.b)}

    def copy_states(self, ids: Collection[str]) -> dict[str, CopyState]:
        return {id_: _copy_state(row) for id_, row in self.rows(ids).items()}

    def followers(self, ids: Collection[str]) -> list[CopyState]:
        return [_copy_state(row) for row in self.articles.values() if row.article.duplicate_of in ids]

    def set_copies(self, states: Iterable[CopyState]) -> None:
        for state in states:
            row = self.articles[state.id]
            article = replace(row.article, duplicate_of=state.duplicate_of, also_at=state.also_at)
            self.articles[state.id] = replace(row, article=article)

    def signatures(self, ids: Collection[str]) -> dict[str, Signature]:
        return {id_: row.signature for id_, row in self.rows(ids).items() if row.signature}

    def replace_edges(self, searched: Collection[str], edges: Iterable[Edge], marked: Collection[str]) -> None:
        kept = {key: edge for key, edge in self.edges.items() if edge.a not in searched and edge.b not in searched}
        self.edges = kept | {(edge.a, edge.b, edge.reason): edge for edge in edges}
        for row in self.rows(marked).values():
            self.articles[row.article.id] = replace(row, searched=True)

    def issue(self, profile: str, number: int) -> tuple[IssueRecord, list[LedgerEntry]] | None:
        return self.issues.get((profile, number))

    def put_issue(self, record: IssueRecord, entries: Iterable[LedgerEntry]) -> None:
        self.issues[record.profile, record.number] = record, list(entries)
        for key, draft in list(self.composed.items()):
            if draft.profile == record.profile and draft.window == record.window:
                self.composed[key] = replace(draft, number=record.number)
            elif draft.profile == record.profile and draft.number == record.number:
                del self.composed[key]

    def drop_issue(self, profile: str, number: int) -> None:
        self.issues.pop((profile, number), None)

    def composed_for(self, profile: str, window: Window) -> IssueRecord | None:
        return self.composed.get((profile, window))

    def put_composed(self, record: IssueRecord) -> None:
        self.composed[record.profile, record.window] = replace(record, published_at=None)


def _copy_state(row: Row) -> CopyState:
    article = row.article
    return CopyState(article.id, article.url, article.duplicate_of, article.also_at)

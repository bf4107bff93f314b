"""The store in memory: the reference that the databases are compared with, and a quick one for tests.

Everything is lost with the process. It may be used from several threads; all calls take turns.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from threading import Lock, RLock
from typing import Concatenate, ParamSpec, TypeVar

from crawler.model import Article, Feed, HostState, Signature, Window
from crawler.ports import (
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
from storage import memoryqueries, rules, steps
from storage.codec import clean, cleaned
from storage.locks import thread_lock
from storage.memorytables import MemoryTables

T = TypeVar("T")
P = ParamSpec("P")


def _in_turn(
    method: Callable[Concatenate[MemoryStore, P], T],
) -> Callable[Concatenate[MemoryStore, P], T]:
    def call(self: MemoryStore, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with self.turn:
            return method(self, *args, **kwargs)

    return call


class MemoryStore:
    """`crawler.ports.Store` over dictionaries, with every question answered by looking at everything."""

    def __init__(self) -> None:
        self.turn = RLock()
        self._tables = MemoryTables()
        self._run = Lock()

    def close(self) -> None:
        """Nothing is held."""

    def run_lock(self) -> AbstractContextManager[None]:
        return thread_lock(self._run, "the store in memory")

    # sources
    @_in_turn
    def feeds(self, sources: Collection[str] | None = None) -> dict[str, Feed]:
        every = sorted(self._tables.feeds.items())
        return {slug: feed for slug, feed in every if sources is None or slug in sources}

    @_in_turn
    def due_feeds(self, now: datetime, limit: int, after: tuple[datetime, str] | None = None) -> list[Feed]:
        return memoryqueries.due_feeds(self._tables, now, limit, after)

    @_in_turn
    def save_feeds(self, feeds: Sequence[Feed]) -> None:
        self._tables.put_feeds(cleaned(feeds))

    @_in_turn
    def known(self, source: str, keys: Collection[str], guids: Collection[str]) -> Known:
        return memoryqueries.known(self._tables, source, keys, guids)

    @_in_turn
    def known_all(self, asked: Mapping[str, tuple[Collection[str], Collection[str]]]) -> dict[str, Known]:
        return {source: self.known(source, keys, guids) for source, (keys, guids) in asked.items()}

    @_in_turn
    def write_feeds(self, writes: Sequence[FeedWrite], now: datetime) -> list[str]:
        return steps.write_feeds(self._tables, cleaned(writes), now)

    @_in_turn
    def hosts(self) -> dict[str, HostState]:
        return dict(sorted(self._tables.hosts.items()))

    @_in_turn
    def save_hosts(self, hosts: Sequence[HostState]) -> None:
        self._tables.hosts.update((host.host, host) for host in cleaned(hosts))

    # articles
    @_in_turn
    def work(
        self,
        now: datetime,
        sources: Collection[str] | None = None,
        limit: int = 1000,
        after: str = "",
        *,
        everything: bool = False,
    ) -> list[Work]:
        return memoryqueries.work(self._tables, now, sources, limit, after, everything=everything)

    def sources_with_work(self, now: datetime, limit: int) -> list[str]:
        works = self.work(now, limit=len(self._tables.articles) or 1)
        return sorted({work.article.source for work in works})[:limit]

    @_in_turn
    def work_of(self, ids: Collection[str]) -> list[Work]:
        return memoryqueries.work_of(self._tables, ids)

    @_in_turn
    def wake(self, sources: Collection[str] | None = None) -> int:
        count = 0
        for id_, row in self._tables.articles.items():
            article = row.article
            wanted = row.label_wanted or not article.labelled
            deferred = article.page == "deferred"
            if (sources is None or article.source in sources) and (deferred or wanted != row.label_wanted):
                if deferred:
                    row = replace(row, article=replace(article, page="pending"), page_next_at=rules.AT_ONCE)  # noqa: PLW2901
                self._tables.articles[id_] = replace(row, label_wanted=wanted)
                count += 1
        return count

    @_in_turn
    def save_articles(self, writes: Sequence[ArticleWrite]) -> None:
        steps.save_articles(self._tables, cleaned(writes))

    @_in_turn
    def add_articles(self, writes: Sequence[ArticleWrite]) -> int:
        return steps.add_articles(self._tables, cleaned(writes))

    @_in_turn
    def forget_texts(
        self, before: datetime, limit: int, after: tuple[datetime, str] | None = None
    ) -> tuple[int, tuple[datetime, str] | None]:
        return steps.forget_texts(self._tables, before, limit, after)

    # copies
    @_in_turn
    def unsearched(self, limit: int = 500) -> list[Suspect]:
        return memoryqueries.unsearched(self._tables, limit)

    @_in_turn
    def suspects(self, suspect: Suspect) -> list[Suspect]:
        return memoryqueries.suspects(self._tables, suspect)

    @_in_turn
    def edges(self, ids: Collection[str]) -> list[Edge]:
        return memoryqueries.cluster_edges(self._tables, ids)

    @_in_turn
    def save_copies(
        self,
        searched: Collection[str],
        edges: Sequence[Edge],
        leaders: dict[str, str | None],
        seen: Mapping[str, Signature] | None = None,
    ) -> None:
        steps.save_copies(self._tables, searched, edges, leaders, seen)

    @_in_turn
    def members(self, ids: Collection[str]) -> list[Suspect]:
        return memoryqueries.members(self._tables, ids)

    # reading
    @_in_turn
    def articles(self, query: ArticleQuery) -> Iterator[Article]:
        return iter(memoryqueries.listed(self._tables, query))

    @_in_turn
    def all_articles(self) -> Iterator[Article]:
        return iter(memoryqueries.export(self._tables))

    @_in_turn
    def article(self, url_or_id: str) -> Article | None:
        return memoryqueries.article(self._tables, url_or_id)

    @_in_turn
    def in_window(self, window: Window, late_days: int) -> list[Article]:
        return memoryqueries.in_window(self._tables, window, late_days)

    @_in_turn
    def posts(self, since: datetime, until: datetime) -> dict[str, int]:
        return memoryqueries.posts(self._tables, since, until)

    @_in_turn
    def source_figures(self, since: datetime) -> dict[str, SourceFigures]:
        return memoryqueries.source_figures(self._tables, since)

    @_in_turn
    def release(self, source: str) -> int:
        held = [row for row in self._tables.articles.values() if row.article.source == source and row.article.held]
        self._tables.put_rows(replace(row, article=replace(row.article, held=False)) for row in held)
        return len(held)

    # issues
    @_in_turn
    def ledger(self, profile: str) -> list[LedgerEntry]:
        return memoryqueries.ledger(self._tables, profile)

    @_in_turn
    def newsletters(self) -> list[str]:
        return memoryqueries.newsletters(self._tables)

    @_in_turn
    def issue_records(self, profile: str) -> list[IssueRecord]:
        return memoryqueries.issue_records(self._tables, profile)

    @_in_turn
    def save_composed(self, record: IssueRecord) -> None:
        self._tables.put_composed(cleaned(record))

    @_in_turn
    def publish(self, record: IssueRecord, entries: Sequence[LedgerEntry]) -> bool:
        return steps.publish(self._tables, cleaned(record), cleaned(entries))

    @_in_turn
    def composed(self, profile: str, number: int) -> IssueRecord | None:
        return memoryqueries.composed_under(self._tables, profile, number)

    @_in_turn
    def unpublish(self, profile: str, number: int) -> bool:
        return steps.unpublish(self._tables, profile, number)

    # delivery
    @_in_turn
    def sent(self, profile: str, number: int, sink: str) -> set[str]:
        return {recipient for *key, recipient in self._tables.deliveries if key == [profile, number, sink]}

    @_in_turn
    def record_sent(self, profile: str, number: int, sink: str, recipient: str, at: datetime) -> None:
        self._tables.deliveries.setdefault((profile, number, clean(sink), clean(recipient)), at)

    # a language model
    @_in_turn
    def answers(self, keys: Collection[str]) -> dict[str, str]:
        return {key: self._tables.answers[key] for key in keys if key in self._tables.answers}

    @_in_turn
    def save_answer(self, key: str, model: str, text: str, at: datetime) -> None:  # noqa: ARG002 - nobody asks for them
        self._tables.answers.setdefault(key, clean(text))

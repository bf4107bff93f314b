"""The store in memory: the reference that the databases are compared with, and a quick one for tests.

Everything is lost with the process. It may be used from several threads; all calls take turns.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from threading import Lock, RLock
from typing import Concatenate, ParamSpec, TypeVar

from crawler.model import Article, Feed, HostState, Signature, Window
from crawler.ports import (
    RECENT_DATES,
    ArticleQuery,
    ArticleWrite,
    Edge,
    FeedWrite,
    IssueRecord,
    Known,
    KnownArticle,
    KnownEntry,
    LedgerEntry,
    SourceFigures,
    Suspect,
    Work,
    default_order,
)
from crawler.urls import url_key
from storage import rules, steps
from storage.codec import clean, cleaned
from storage.locks import thread_lock
from storage.memorytables import MemoryTables
from storage.rows import NO_SIGNATURE, Row
from storage.words import Words

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
        due = [(feed.next_check_at, slug) for slug, feed in self._tables.feeds.items() if feed.next_check_at]
        found = sorted(key for key in due if key[0] <= now and (after is None or key > after))
        return [self._tables.feeds[slug] for _, slug in found[:limit]]

    @_in_turn
    def save_feeds(self, feeds: Sequence[Feed]) -> None:
        self._tables.put_feeds(cleaned(feeds))

    @_in_turn
    def known(self, source: str, keys: Collection[str], guids: Collection[str]) -> Known:
        tables = self._tables
        owners = tables.owners(keys)
        own = [row for row in tables.entries.values() if row.source == source]
        wanted = {clean(guid) for guid in guids}
        shared = [row for row in own if row.key in keys or row.entry.guid in wanted]
        return Known(
            {key: KnownArticle(id_, tables.articles[id_].article.source) for key, id_ in owners.items()},
            tuple(
                KnownEntry(row.key, row.entry.guid, row.article_id, row.hash, row.entry.published_at, row.entry.title)
                for row in sorted(shared, key=lambda row: row.key)
            ),
        )

    @_in_turn
    def known_all(self, asked: Mapping[str, tuple[Collection[str], Collection[str]]]) -> dict[str, Known]:
        return {source: self.known(source, keys, guids) for source, (keys, guids) in asked.items()}

    def write_feed(self, write: FeedWrite, now: datetime) -> bool:
        return not self.write_feeds([write], now)

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
        due = [
            row
            for id_, row in self._tables.articles.items()
            if id_ > after
            and (sources is None or row.article.source in sources)
            and ((row.label_wanted and not row.article.labelled) or rules.page_is_due(row, now, everything=everything))
        ]
        due.sort(key=_id)
        return [self._work(row, now, everything=everything) for row in due[:limit]]

    def sources_with_work(self, now: datetime, limit: int) -> list[str]:
        works = self.work(now, limit=len(self._tables.articles) or 1)
        return sorted({work.article.source for work in works})[:limit]

    @_in_turn
    def work_of(self, ids: Collection[str]) -> list[Work]:
        return [self._work(row, None) for row in sorted(self._tables.rows(ids).values(), key=_id)]

    def _work(self, row: Row, now: datetime | None, *, everything: bool = False) -> Work:
        said = [entry for entry in self._tables.entries.values() if entry.article_id == row.article.id]
        entry = rules.entry_to_read(row.article, said)
        due = rules.page_is_due(row, now, everything=everything)
        return Work(self._with_issue(row), entry, want_page=due, tries=row.tries)

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
        rows = [row for row in self._tables.articles.values() if row.signature is not None and not row.searched]
        return [_suspect(row) for row in sorted(rows, key=_id)[:limit]]

    @_in_turn
    def suspects(self, suspect: Suspect) -> list[Suspect]:
        own = {key for key, id_ in self._tables.aliases.items() if id_ == suspect.id} | {suspect.key}
        canonical = suspect.canonical_key
        named = self._tables.aliases.get(canonical)
        others = [_suspect(row) for id_, row in sorted(self._tables.articles.items()) if id_ != suspect.id]
        reasons: list[tuple[int, Callable[[Suspect], bool]]] = [
            (rules.NAMED_WEIGHT, lambda other: _same_title(other, suspect)),
            (
                rules.NAMED_WEIGHT,
                lambda other: other.canonical_key != other.key and other.canonical_key in own | {canonical},
            ),
            (rules.NAMED_WEIGHT, lambda other: other.id == named),
        ]
        reasons += [(1, partial(_has_band, band)) for band in set(suspect.signature.bands)]
        weights = Counter[str]()
        for weight, holds in reasons:
            for other in itertools.islice(filter(holds, others), rules.MOST_SUSPECTS):
                weights[other.id] += weight
        likeliest = sorted(weights, key=lambda id_: (-weights[id_], id_))[: rules.MOST_SUSPECTS]
        return [other for other in others if other.id in likeliest]

    @_in_turn
    def edges(self, ids: Collection[str]) -> list[Edge]:
        cluster, found = set(ids), set[Edge]()
        while True:
            met = {edge for edge in self._tables.edges.values() if edge.a in cluster or edge.b in cluster}
            if met == found:
                return sorted(found, key=lambda edge: (edge.a, edge.b, edge.reason))
            found = met
            cluster |= {id_ for edge in met for id_ in (edge.a, edge.b)}

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
        return [_suspect(row) for row in sorted(self._tables.rows(ids).values(), key=_id)]

    # reading
    def articles(self, query: ArticleQuery) -> Iterator[Article]:
        return iter(self._matching(query))

    @_in_turn
    def _matching(self, query: ArticleQuery) -> list[Article]:
        words = Words(query.text)
        found = [
            article
            for article in map(self._with_issue, self._tables.articles.values())
            if (query.duplicates or article.duplicate_of is None)
            and (query.since is None or default_order(article)[0] >= query.since)
            and (query.until is None or default_order(article)[0] < query.until)
            and (not query.sources or article.source in query.sources)
            and (not query.tags or set(query.tags) & set(article.tags))
            and (not query.kinds or {article.kind, article.subkind} & set(query.kinds))
            and words.found_in(article)
        ]
        listed = sorted(found, key=default_order, reverse=True)[: query.limit]
        return [rules.brief_article(article) for article in listed] if query.brief else listed

    @_in_turn
    def all_articles(self) -> Iterator[Article]:
        return iter([self._with_issue(row) for row in sorted(self._tables.articles.values(), key=_id)])

    @_in_turn
    def article(self, url_or_id: str) -> Article | None:
        asked = clean(url_or_id.strip())
        row = self._tables.articles.get(asked)
        if row is None:
            row = self._tables.articles.get(self._tables.aliases.get(url_key(asked), ""))
        return self._with_issue(row) if row else None

    @_in_turn
    def in_window(self, window: Window, late_days: int) -> list[Article]:
        start, end = window.start_at, window.end_at
        earliest = start - timedelta(days=late_days)

        def belongs(article: Article) -> bool:
            at = article.published_at
            if at is not None and start <= at < end:
                return True
            return start <= article.first_seen_at < end and (at is None or earliest <= at < start)

        rows = sorted(self._tables.articles.values(), key=_id)
        found = [row for row in rows if belongs(row.article) and not row.article.held]
        return [self._with_issue(row) for row in found if row.article.duplicate_of is None]

    @_in_turn
    def posts(self, since: datetime, until: datetime) -> dict[str, int]:
        found = (row.article for row in self._tables.articles.values() if row.article.duplicate_of is None)
        return dict(Counter(article.source for article in found if since <= default_order(article)[0] < until))

    @_in_turn
    def source_figures(self, since: datetime) -> dict[str, SourceFigures]:
        chosen = {line.article_id for _, lines in self._tables.issues.values() for line in lines}
        figures: dict[str, SourceFigures] = {}
        for source in sorted({row.article.source for row in self._tables.articles.values()}):
            own = [row.article for row in self._tables.articles.values() if row.article.source == source]
            recent = [article for article in own if default_order(article)[0] >= since]
            dates = sorted((default_order(article)[0] for article in own), reverse=True)
            figures[source] = SourceFigures(
                articles=sum(article.duplicate_of is None for article in recent),
                chosen=sum(article.id in chosen for article in recent),
                dates=tuple(dates[:RECENT_DATES]),
            )
        return figures

    @_in_turn
    def release(self, source: str) -> int:
        held = [row for row in self._tables.articles.values() if row.article.source == source and row.article.held]
        self._tables.put_rows(replace(row, article=replace(row.article, held=False)) for row in held)
        return len(held)

    def _with_issue(self, row: Row) -> Article:
        numbers = [
            line.number
            for record, lines in self._tables.issues.values()
            for line in lines
            if record.profile == "default" and line.article_id == row.article.id
        ]
        return replace(row.article, issue=min(numbers)) if numbers else row.article

    # issues
    @_in_turn
    def ledger(self, profile: str) -> list[LedgerEntry]:
        issues = sorted(self._tables.issues.items())
        return [line for (owner, _), (_, lines) in issues if owner == profile for line in lines]

    @_in_turn
    def newsletters(self) -> list[str]:
        return sorted({owner for (owner, _), (_, lines) in self._tables.issues.items() if lines})

    @_in_turn
    def issue_records(self, profile: str) -> list[IssueRecord]:
        published = [record for record, _ in self._tables.issues.values() if record.profile == profile]
        done = {(record.number, record.window) for record in published}
        composed = [record for record in self._tables.composed.values() if record.profile == profile]
        drafts = [record for record in composed if (record.number, record.window) not in done]
        published.sort(key=lambda record: record.number)
        drafts.sort(key=lambda record: (record.number, record.window.start_at, record.window.end_at))
        return published + drafts

    @_in_turn
    def save_composed(self, record: IssueRecord) -> None:
        self._tables.put_composed(cleaned(record))

    @_in_turn
    def publish(self, record: IssueRecord, entries: Sequence[LedgerEntry]) -> bool:
        return steps.publish(self._tables, cleaned(record), cleaned(entries))

    @_in_turn
    def composed(self, profile: str, number: int) -> IssueRecord | None:
        found = [r for r in self._tables.composed.values() if (r.profile, r.number) == (profile, number)]
        return min(found, key=lambda record: (record.window.start_at, record.window.end_at), default=None)

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


def _id(row: Row) -> str:
    return row.article.id


def _has_band(band: int, suspect: Suspect) -> bool:
    return band in suspect.signature.bands


def _same_title(a: Suspect, b: Suspect) -> bool:
    return bool(a.signature.values and b.signature.values) and a.signature.title_key == b.signature.title_key


def _suspect(row: Row) -> Suspect:
    article = row.article
    return Suspect(
        id=article.id,
        source=article.source,
        url=article.url,
        key=url_key(article.url),
        canonical_key=url_key(article.canonical_url),
        title=article.title,
        text=article.text,
        published_at=article.published_at,
        first_seen_at=article.first_seen_at,
        signature=row.signature or NO_SIGNATURE,
    )

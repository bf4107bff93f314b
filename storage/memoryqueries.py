"""The questions of the port over dictionaries, each answered by looking at everything: the reference for `queries`."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from crawler.model import Article, Feed, Window
from crawler.ports import (
    RECENT_DATES,
    ArticleQuery,
    Edge,
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
from storage import rules
from storage.codec import clean
from storage.memorytables import MemoryTables
from storage.rows import NO_SIGNATURE, Row
from storage.words import Words


def due_feeds(tables: MemoryTables, now: datetime, limit: int, after: tuple[datetime, str] | None) -> list[Feed]:
    due = [(feed.next_check_at, slug) for slug, feed in tables.feeds.items() if feed.next_check_at]
    found = sorted(key for key in due if key[0] <= now and (after is None or key > after))
    return [tables.feeds[slug] for _, slug in found[:limit]]


def known(tables: MemoryTables, source: str, keys: Collection[str], guids: Collection[str]) -> Known:
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


def work(
    tables: MemoryTables,
    now: datetime,
    sources: Collection[str] | None,
    limit: int,
    after: str,
    *,
    everything: bool = False,
) -> list[Work]:
    due = [
        row
        for id_, row in tables.articles.items()
        if id_ > after
        and (sources is None or row.article.source in sources)
        and ((row.label_wanted and not row.article.labelled) or rules.page_is_due(row, now, everything=everything))
    ]
    due.sort(key=_id)
    return [_work(tables, row, now, everything=everything) for row in due[:limit]]


def work_of(tables: MemoryTables, ids: Collection[str]) -> list[Work]:
    return [_work(tables, row, None) for row in sorted(tables.rows(ids).values(), key=_id)]


def _work(tables: MemoryTables, row: Row, now: datetime | None, *, everything: bool = False) -> Work:
    said = [entry for entry in tables.entries.values() if entry.article_id == row.article.id]
    entry = rules.entry_to_read(row.article, said)
    due = rules.page_is_due(row, now, everything=everything)
    return Work(_with_issue(tables, row), entry, due, row.tries, row.page_error, row.page_next_at)


def unsearched(tables: MemoryTables, limit: int) -> list[Suspect]:
    rows = [row for row in tables.articles.values() if row.signature is not None and not row.searched]
    return [_suspect(row) for row in sorted(rows, key=_id)[:limit]]


def suspects(tables: MemoryTables, suspect: Suspect) -> list[Suspect]:
    own = {key for key, id_ in tables.aliases.items() if id_ == suspect.id} | {suspect.key}
    canonical = suspect.canonical_key
    named = tables.aliases.get(canonical)
    others = [_suspect(row) for id_, row in sorted(tables.articles.items()) if id_ != suspect.id]
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


def cluster_edges(tables: MemoryTables, ids: Collection[str]) -> list[Edge]:
    cluster, found = set(ids), set[Edge]()
    while True:
        met = {edge for edge in tables.edges.values() if edge.a in cluster or edge.b in cluster}
        if met == found:
            return sorted(found, key=lambda edge: (edge.a, edge.b, edge.reason))
        found = met
        cluster |= {id_ for edge in met for id_ in (edge.a, edge.b)}


def members(tables: MemoryTables, ids: Collection[str]) -> list[Suspect]:
    return [_suspect(row) for row in sorted(tables.rows(ids).values(), key=_id)]


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


def listed(tables: MemoryTables, query: ArticleQuery) -> list[Article]:
    words = Words(query.text)
    found = [
        article
        for article in (_with_issue(tables, row) for row in tables.articles.values())
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


def export(tables: MemoryTables) -> list[Article]:
    """All articles, in order of id."""
    return [_with_issue(tables, row) for row in sorted(tables.articles.values(), key=_id)]


def article(tables: MemoryTables, url_or_id: str) -> Article | None:
    asked = clean(url_or_id.strip())
    row = tables.articles.get(asked)
    if row is None:
        row = tables.articles.get(tables.aliases.get(url_key(asked), ""))
    return _with_issue(tables, row) if row else None


def in_window(tables: MemoryTables, window: Window, late_days: int) -> list[Article]:
    start, end = window.start_at, window.end_at
    earliest = start - timedelta(days=late_days)

    def belongs(article: Article) -> bool:
        at = article.published_at
        if at is not None and start <= at < end:
            return True
        return start <= article.first_seen_at < end and (at is None or earliest <= at < start)

    rows = sorted(tables.articles.values(), key=_id)
    found = [row for row in rows if belongs(row.article) and not row.article.held]
    return [_with_issue(tables, row) for row in found if row.article.duplicate_of is None]


def posts(tables: MemoryTables, since: datetime, until: datetime) -> dict[str, int]:
    found = (row.article for row in tables.articles.values() if row.article.duplicate_of is None)
    return dict(Counter(article.source for article in found if since <= default_order(article)[0] < until))


def source_figures(tables: MemoryTables, since: datetime) -> dict[str, SourceFigures]:
    chosen = {line.article_id for _, lines in tables.issues.values() for line in lines}
    figures: dict[str, SourceFigures] = {}
    for source in sorted({row.article.source for row in tables.articles.values()}):
        own = [row.article for row in tables.articles.values() if row.article.source == source]
        recent = [article for article in own if default_order(article)[0] >= since]
        dates = sorted((default_order(article)[0] for article in own), reverse=True)
        figures[source] = SourceFigures(
            articles=sum(article.duplicate_of is None for article in recent),
            chosen=sum(article.id in chosen for article in recent),
            dates=tuple(dates[:RECENT_DATES]),
        )
    return figures


def _with_issue(tables: MemoryTables, row: Row) -> Article:
    numbers = [
        line.number
        for record, lines in tables.issues.values()
        for line in lines
        if record.profile == "default" and line.article_id == row.article.id
    ]
    return replace(row.article, issue=min(numbers)) if numbers else row.article


def ledger(tables: MemoryTables, profile: str) -> list[LedgerEntry]:
    issues = sorted(tables.issues.items())
    return [line for (owner, _), (_, lines) in issues if owner == profile for line in lines]


def newsletters(tables: MemoryTables) -> list[str]:
    return sorted({owner for (owner, _), (_, lines) in tables.issues.items() if lines})


def issue_records(tables: MemoryTables, profile: str) -> list[IssueRecord]:
    published = [record for record, _ in tables.issues.values() if record.profile == profile]
    done = {(record.number, record.window) for record in published}
    composed = [record for record in tables.composed.values() if record.profile == profile]
    drafts = [record for record in composed if (record.number, record.window) not in done]
    published.sort(key=lambda record: record.number)
    drafts.sort(key=lambda record: (record.number, record.window.start_at, record.window.end_at))
    return published + drafts


def composed_under(tables: MemoryTables, profile: str, number: int) -> IssueRecord | None:
    found = [r for r in tables.composed.values() if (r.profile, r.number) == (profile, number)]
    return min(found, key=lambda record: (record.window.start_at, record.window.end_at), default=None)


def _id(row: Row) -> str:
    return row.article.id

"""The writes of the port, said over `Tables`: one meaning for the store in memory and in SQL."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from crawler.model import Signature
from crawler.ports import ArticleWrite, Edge, EntryWrite, FeedWrite, IssueRecord, LedgerEntry
from crawler.urls import url_key
from storage import rules
from storage.batch import Batch
from storage.rows import CopyState, EntryRow, Row, Tables


def write_feeds(tables: Tables, writes: Sequence[FeedWrite], now: datetime) -> list[str]:
    """Store feeds' states with what they said, one after the other. The same writes again change nothing but states.

    Returns the sources of which nothing is stored, because it was decided on what is not so any more.
    """
    refused: list[str] = []
    for group in _apart(writes):
        refused += _write_apart(tables, group, now)
    return refused


def _apart(writes: Sequence[FeedWrite]) -> Iterator[list[FeedWrite]]:
    """The writes in portions of which none names what another one names, so that each can be stored as a set."""
    group: list[FeedWrite] = []
    named: set[str] = set()
    for write in writes:
        names = {write.feed.source}.union(*((entry.key, entry.article_id) for entry in write.entries))
        if not named.isdisjoint(names):
            yield group
            group, named = [], set()
        group.append(write)
        named |= names
    if group:
        yield group


def _write_apart(tables: Tables, writes: Sequence[FeedWrite], now: datetime) -> list[str]:
    named = [entry.article_id for write in writes for entry in write.entries if entry.status != "new"]
    batch = Batch(tables, [*(entry.key for write in writes for entry in write.entries), *named], named)
    refused = {write.feed.source for write in writes if _is_overtaken(tables, batch, write)}
    writes = [write for write in writes if write.feed.source not in refused]
    tables.put_feeds([write.feed for write in writes])
    fresh: dict[str, Row] = {}
    entries: list[EntryRow] = []
    for write in writes:
        source = write.feed.source
        edits = [entry.key for entry in write.entries if entry.status == "changed"]
        hashes = tables.hashes(source, edits) if edits else {}
        for entry in write.entries:
            known = batch.owner(entry.key) or batch.owner(entry.article_id) or entry.article_id
            row = batch.row(known)
            if row is not None:
                batch.put(_said(row, entry, source, hashes.get(entry.key)))
            elif known not in fresh:
                fresh[known] = rules.first_sight(known, entry, now)
            batch.claim(entry.key, known)
            entries.append(EntryRow(source, entry.key, known, entry.hash, entry.entry, now))
    tables.add_rows(fresh.values())
    tables.put_words(fresh.values())
    batch.flush()
    tables.put_entries(entries)
    return sorted(refused)


def _is_overtaken(tables: Tables, batch: Batch, write: FeedWrite) -> bool:
    """Whether an entry that was decided to be new is known by now, and not from this source."""
    met = [entry.key for entry in write.entries if entry.status == "new" and batch.row(batch.owner(entry.key) or "")]
    return bool(met) and tables.hashes(write.feed.source, met).keys() != set(met)


def _said(row: Row, write: EntryWrite, source: str, stored_hash: str | None) -> Row:
    if row.article.source != write.owner and write.status != "new":
        row = rules.owned(row, write, source)
    if write.status == "changed" and write.owner == source and stored_hash != write.hash:
        row = rules.edited(row, write)
    return row


def save_articles(tables: Tables, writes: Sequence[ArticleWrite]) -> None:
    """Store what was read; an address among `keys` that belongs to another article joins the two.

    The article's own URL becomes an address of it where nobody has it, but joins nothing: a page that leads
    everywhere else (a home page, a login) must not swallow the articles that were sent there. Nor does it join two
    articles that one source tells of under different titles, as a template does which names one page on all others.
    """
    ids = [write.article.id for write in writes]
    own = [url_key(write.article.url) for write in writes]
    batch = Batch(tables, [*ids, *own, *(key for write in writes for key in write.keys)], ids)
    for write, key_of_url in zip(writes, own, strict=True):
        id_ = write.article.id
        row = batch.row(id_)
        if row is not None:
            batch.put(rules.read(row, write))
        else:  # joined while it was read: the one that stayed is read by itself
            id_ = batch.owner(id_) or ""
        if batch.row(id_) is not None:
            if batch.owner(key_of_url) is None:
                batch.claim(key_of_url, id_)
            for key in write.keys:
                row, other = batch.row(id_), batch.row(batch.owner(key) or "")
                if row is not None and other is not None and rules.are_two(row, other):
                    batch.put(rules.not_at(row, key))
                else:
                    id_ = batch.claim(key, id_)
    batch.flush()


def add_articles(tables: Tables, writes: Sequence[ArticleWrite]) -> int:
    """Import; returns how many articles are new or were replaced."""
    ids = [write.article.id for write in writes]
    leaders = [write.article.duplicate_of for write in writes if write.article.duplicate_of]
    keys = [key for write in writes for key in (url_key(write.article.url), *write.keys)]
    batch = Batch(tables, [*ids, *leaders, *keys], ids)
    entries: list[EntryRow] = []
    for write in writes:
        article = write.article
        key = url_key(article.url)
        id_ = next(
            (known for known in (article.id, batch.owner(article.id), batch.owner(key)) if known and batch.row(known)),
            article.id,
        )
        leader = article.duplicate_of and (batch.owner(article.duplicate_of) or article.duplicate_of)
        article = replace(article, id=id_, duplicate_of=None if leader == id_ else leader)
        row = batch.row(id_)
        batch.put(rules.imported(row, replace(write, article=article)))
        if write.article.id != id_:
            batch.claim(write.article.id, id_)
        for each in (key, *write.keys):
            id_ = batch.claim(each, id_)
        if row is None:
            entries.append(rules.entry_row_of(replace(article, id=id_)))
    count = len(batch.changed())
    batch.flush()
    tables.add_entries(replace(row, article_id=batch.owner(row.article_id) or row.article_id) for row in entries)
    return count


def forget_texts(
    tables: Tables, before: datetime, limit: int, after: tuple[datetime, str] | None
) -> tuple[int, tuple[datetime, str] | None]:
    """Drop texts of old articles that stand in no issue; see `Store.forget_texts`."""
    looked_at = tables.dated_before(before, limit, after)
    ids = {id_ for _, id_ in looked_at}
    ids -= tables.published(ids)
    batch = Batch(tables, (), ids)
    for id_ in ids:
        row = batch.row(id_)
        if row is not None and row.searched:
            batch.put(replace(row, article=replace(row.article, text="", content_html=""), signature=None))
    count = len(batch.changed())
    batch.flush()
    tables.forget_entries(ids)
    return count, looked_at[-1] if len(looked_at) == limit else None


def save_copies(
    tables: Tables,
    searched: Collection[str],
    edges: Sequence[Edge],
    leaders: dict[str, str | None],
    seen: Mapping[str, Signature] | None = None,
) -> None:
    """Store a search for copies and set every article's place by it.

    With `seen`, an article that was read anew since it was compared stays to be searched, and an edge to one that
    was joined with another since is left out.
    """
    marked = searched
    if seen is not None:
        current = tables.signatures(searched)
        marked = [id_ for id_ in searched if current.get(id_) == seen.get(id_)]
        there = tables.copy_states({id_ for edge in edges for id_ in (edge.a, edge.b)})
        edges = [edge for edge in edges if edge.a in there and edge.b in there]
    tables.replace_edges(searched, edges, marked)
    if not leaders:
        return
    states = tables.copy_states({*leaders, *(leader for leader in leaders.values() if leader)})
    former = {state.duplicate_of for state in states.values() if state.duplicate_of} - states.keys()
    states |= tables.copy_states(former)
    places = {id_: state.duplicate_of for id_, state in states.items()}
    for id_, leader in leaders.items():
        if id_ in states:
            places[id_] = leader if leader in states and leader != id_ else None
    urls: dict[str, list[str]] = {}
    for state in {state.id: state for state in (*tables.followers(states.keys()), *states.values())}.values():
        followed = places.get(state.id, state.duplicate_of)
        if followed:
            urls.setdefault(followed, []).append(state.url)
    outside = _outside(tables, states.values())
    wanted = [
        rules.placed(state, places[id_], urls.get(id_, ()), outside.get(id_, ())) for id_, state in states.items()
    ]
    tables.set_copies([place for place in wanted if place != states[place.id]])


def _outside(tables: Tables, states: Iterable[CopyState]) -> dict[str, list[str]]:
    listed = {state.id: state.also_at for state in states if state.also_at}
    keys = {url: url_key(url) for urls in listed.values() for url in urls}
    known = tables.owners(set(keys.values())) if keys else {}
    return {id_: [url for url in urls if keys[url] not in known] for id_, urls in listed.items()}


def publish(tables: Tables, record: IssueRecord, entries: Sequence[LedgerEntry]) -> bool:
    """Record an issue with its ledger lines; False when just this was there.

    The first publication's time stays; a record without one is dated by the end of its window.
    """
    entries = [replace(entry, number=record.number) for entry in entries]
    stored = tables.issue(record.profile, record.number)
    published_at = record.published_at or record.window.end_at
    if stored is not None:
        old, lines = stored
        same_lines = [_line(line) for line in lines] == [_line(entry) for entry in entries]
        if same_lines and (old.window, old.text) == (record.window, record.text):
            return False
        published_at = old.published_at or published_at
    tables.put_issue(replace(record, published_at=published_at), entries)
    return True


def unpublish(tables: Tables, profile: str, number: int) -> bool:
    """Take an issue back; False when it was not published. What was composed for its window is a draft again."""
    stored = tables.issue(profile, number)
    if stored is None:
        return False
    record = stored[0]
    tables.drop_issue(profile, number)
    if tables.composed_for(profile, record.window) is None:
        tables.put_composed(replace(record, text="", published_at=None))
    return True


def _line(entry: LedgerEntry) -> tuple[str, str, tuple[str, ...]]:
    # An article's id may have changed by a join since; its address in the issue has not.
    return entry.key, entry.title, entry.tags

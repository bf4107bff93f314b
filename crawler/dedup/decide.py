"""What a document's entries are to the store: new, a copy of what is there, changed, or a flood. Pure.

An article's identity is its address (`url_key`). A guid only helps to recognise an article whose address changed:
publishers repeat guids, change them, and use one for everything.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from crawler.dedup.owners import owner_of
from crawler.dedup.words import read_title
from crawler.model import Entry, Feed, FeedDocument, PageState, Source
from crawler.ports import EntryWrite, Known, KnownArticle, KnownEntry
from crawler.settings import FetchSettings
from crawler.urls import article_id, is_entry_url, url_key

FLOOD = 20  # new entries at once, and
FLOOD_TIMES = 5  # as many as usual: more than a team writes between two checks
DELUGE = 100  # nobody writes so many at once, whatever their dates say
DELUGE_TIMES = 20
NEWEST_UNDATED = 12
_DAY = timedelta(days=1)
_EARLIEST_MEANT = datetime(1995, 1, 1, tzinfo=UTC)  # an earlier date is a default (1970, 1900), not a day of writing
_TAGS = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Decision:
    """What to write of a document, and the counts for the report.

    `entries` are the document's distinct entries as they were judged, in its own order; `writes` leave out those that
    are stored just so. `new` counts held entries, too.
    """

    writes: tuple[EntryWrite, ...] = ()
    new: int = 0
    updated: int = 0
    copies: int = 0
    held: int = 0
    flood: bool = False
    entries: tuple[Entry, ...] = ()


def entry_hash(entry: Entry) -> str:
    """Changes when what a reader would see changes: title, words of summary and content, date.

    Tags, attributes, white space and `updated_at` do not count: many feeds stamp them anew for every request.
    """
    parts = (
        entry.title,
        _TAGS.sub(" ", entry.summary_html),
        _TAGS.sub(" ", entry.content_html) if entry.content_html != entry.summary_html else "",
        entry.published_at.astimezone(UTC).isoformat() if entry.published_at else "",
    )
    text = "\x00".join(" ".join(part.split()) for part in parts)
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()


def decide_entries(
    source: Source,
    document: FeedDocument,
    feed: Feed,
    known: Known,
    *,
    now: datetime,
    settings: FetchSettings,
    sources: Mapping[str, Source],
    is_whole: Callable[[Entry], bool],
    backfill: bool = False,
) -> Decision:
    """Judge every entry of a document that was read completely.

    `is_whole` tells whether an entry's own text is the whole article; it is asked only where that matters.
    `backfill` reads everything, however old, and suspects no flood.
    """
    judge = _Judge(source, feed, known, now, settings, sources, is_whole, backfill)
    found = judge.identify(_distinct(document.entries, now))
    writes = judge.write(found)
    statuses = Counter(write.status for write in writes)
    held = sum(write.held for write in writes)
    return Decision(
        writes=tuple(writes),
        new=statuses["new"],
        updated=statuses["changed"],
        copies=statuses["copy"],
        held=held,
        flood=held > 0,
        entries=tuple(one.entry for one in found),
    )


def _distinct(entries: Iterable[Entry], now: datetime) -> dict[str, Entry]:
    """One entry an address, the first of each. A date that is still to come is not known yet."""
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry.published_at and entry.published_at > now + _DAY:
            entry = replace(entry, published_at=None)  # noqa: PLW2901
        found.setdefault(url_key(entry.url), entry)
    return found


@dataclass(frozen=True, slots=True)
class _Found:
    """An entry with the article that it is: `article_id` None for a new one, `row` what this source said before."""

    key: str
    entry: Entry
    hash: str
    article_id: str | None = None
    row: KnownEntry | None = None
    owner: str | None = None  # whose article it is so far
    moved: bool = False
    title_known: bool = False


@dataclass(frozen=True, slots=True)
class _Judge:
    source: Source
    feed: Feed
    known: Known
    now: datetime
    settings: FetchSettings
    sources: Mapping[str, Source]
    is_whole: Callable[[Entry], bool]
    backfill: bool

    @property
    def first_reading(self) -> bool:
        return self.feed.state == "new" or self.feed.last_success_at is None

    @property
    def recent_since(self) -> datetime:
        return self.now - timedelta(days=self.settings.recent_days)

    # which article is it?

    def identify(self, entries: Mapping[str, Entry]) -> list[_Found]:
        """Each entry with the article that the store knows it as, if any."""
        rows = {row.key: row for row in self.known.entries}
        gone = [row for row in self.known.entries if row.key not in entries]
        known_guids = Counter(row.guid for row in self.known.entries)
        guids = Counter(entry.guid for entry in entries.values())
        by_guid = {row.guid: row for row in gone if known_guids[row.guid] == guids[row.guid] == 1}
        titles = {read_title(row.title).core for row in gone} - {()}
        found = []
        for key, entry in entries.items():
            row, article = rows.get(key), self.known.by_key.get(key)
            moved = False
            if row is None and article is None:
                row = _moved(entry, by_guid.get(entry.guid))
                moved = row is not None
            found.append(self._found(key, entry, row, article, moved=moved, titles=titles))
        return found

    def _found(
        self,
        key: str,
        entry: Entry,
        row: KnownEntry | None,
        article: KnownArticle | None,
        *,
        moved: bool,
        titles: set[tuple[str, ...]],
    ) -> _Found:
        if row is not None:
            entry = _with_first_date(entry, row)
        ident = row.article_id if row else article.article_id if article else None
        owner = article.source if article else self.source.slug if row else None
        title_known = bool(titles) and ident is None and read_title(entry.title).core in titles
        return _Found(key, entry, entry_hash(entry), ident, row, owner, moved, title_known)

    # what is to be written?

    def write(self, found: Sequence[_Found]) -> list[EntryWrite]:
        new = [one for one in found if one.article_id is None]
        held = self._held(new)
        read_now = self._read_now(found)
        crowd = self._is_crowd(sum(self._is_changed(one) for one in found))
        writes = []
        for one in found:
            if one.article_id is None:
                writes.append(self._new(one, held=one.key in held, now=one.key in read_now))
            elif one.row is None or one.moved:
                writes.append(self._copy(one, now=one.key in read_now))
            elif self._is_changed(one):
                old = (one.entry.published_at or self.now) < self.recent_since
                writes.append(self._changed(one, now=one.key in read_now and not (crowd and old)))
        return writes

    def _is_changed(self, one: _Found) -> bool:
        return one.row is not None and not one.moved and one.row.hash != one.hash

    def _new(self, one: _Found, *, held: bool, now: bool) -> EntryWrite:
        now = now and not held
        owner = self.source.slug
        ident = article_id(one.entry.url)
        page = self._page(one.entry, now=now)
        return EntryWrite(one.entry, one.key, ident, "new", one.hash, owner, page=page, label=now, held=held)

    def _copy(self, one: _Found, *, now: bool) -> EntryWrite:
        """Known from elsewhere. Where the article turns out to be this source's own, its text is read from here."""
        assert one.article_id is not None
        owner = self._owner(one)
        mine = owner == self.source.slug and owner != one.owner
        page = self._page(one.entry, now=now) if mine else "none"
        return EntryWrite(one.entry, one.key, one.article_id, "copy", one.hash, owner, page=page, label=mine and now)

    def _changed(self, one: _Found, *, now: bool) -> EntryWrite:
        assert one.article_id is not None
        owner = one.owner or self.source.slug
        mine = owner == self.source.slug
        page = self._page(one.entry, now=now) if mine else "none"
        return EntryWrite(one.entry, one.key, one.article_id, "changed", one.hash, owner, page=page, label=mine and now)

    def _owner(self, one: _Found) -> str:
        other = self.sources.get(one.owner or "")
        return owner_of(one.entry.url, [self.source, other] if other else [self.source])

    def _page(self, entry: Entry, *, now: bool) -> PageState:
        mode = self.settings.pages
        if is_entry_url(entry.url) or mode == "never" or (mode == "auto" and self.is_whole(entry)):
            return "none"
        return "pending" if now else "deferred"

    def _read_now(self, found: Sequence[_Found]) -> set[str]:
        """Keys of the entries whose pages and labels are wanted now: nobody waits for an archive."""
        if self.backfill or not self.first_reading:
            return {one.key for one in found}
        # Counted from when the source was first asked: what came while its server was down is as new.
        since = min(self.now, self.feed.asked_at or self.now) - timedelta(days=self.settings.recent_days)
        undated = [one for one in found if one.entry.published_at is None]
        undated.sort(key=lambda one: one.entry.updated_at or _EARLIEST_MEANT, reverse=True)
        recent = (one for one in found if one.entry.published_at and one.entry.published_at >= since)
        return {one.key for one in (*recent, *undated[:NEWEST_UNDATED])}

    # floods

    def _is_crowd(self, count: int) -> bool:
        return count > FLOOD and count > FLOOD_TIMES * (self.feed.usual_new or 1.0)

    def _held(self, new: Sequence[_Found]) -> set[str]:
        """Keys of new entries that a known feed cannot have written since the last check."""
        last = self.feed.last_success_at
        if self.backfill or self.first_reading or last is None or not self._is_crowd(len(new)):
            return set()
        if len(new) > DELUGE and len(new) > DELUGE_TIMES * (self.feed.usual_new or 1.0) and last > self.recent_since:
            return {one.key for one in new}
        stamps = Counter(one.entry.published_at for one in new)
        since = max(self.recent_since, last - _DAY)
        doubtful = {one.key for one in new if one.title_known or _is_doubtful(one.entry, since, stamps)}
        return doubtful if 2 * len(doubtful) > len(new) else set()


def _moved(entry: Entry, row: KnownEntry | None) -> KnownEntry | None:
    """The row with the entry's guid, when its title says the same, too: an article under a new address."""
    core = read_title(entry.title).core if row else ()
    return row if row and core and core == read_title(row.title).core else None


def _is_doubtful(entry: Entry, since: datetime, stamps: Mapping[datetime | None, int]) -> bool:
    """Old, undated, or dated to the very second like others: a generator's stamp, not an author's."""
    if entry.published_at is None:
        return entry.updated_at is None or entry.updated_at < since or stamps[None] > FLOOD
    return entry.published_at < since or stamps[entry.published_at] > 2


def _with_first_date(entry: Entry, row: KnownEntry) -> Entry:
    """The date that the publisher first gave, unless it moves back: what a later edit says is no day of writing.

    A shift of hours is a matter of time zones or of a date computed from "three days ago".
    """
    first, said = row.published_at, entry.published_at
    if first is None or first < _EARLIEST_MEANT or first == said:
        return entry
    if said is None or said > first - _DAY:
        return replace(entry, published_at=first)
    return entry

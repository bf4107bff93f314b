"""What happens to one article: pure functions from a row to the row after it.

Both stores apply these, so that what an edit, a new owner, a reading, an import or a join means is said once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from crawler.model import Article, Entry, PageState, Signals
from crawler.ports import BRIEF_FIELDS, ArticleWrite, EntryWrite
from crawler.text import words_of
from crawler.urls import canonical_url, url_key
from storage.rows import CopyState, EntryRow, Row

AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
# Articles that a search for copies looks at, those with most in common: a band counts one, a title or an address more
# than all bands. Of one thing no more are counted: what hundreds have in common is a template, and a search must cost
# the same among thousands of them.
MOST_SUSPECTS = 50
NAMED_WEIGHT = 100


def page_is_due(row: Row, now: datetime | None, *, everything: bool = False) -> bool:
    """Whether an article's page is to be asked now; with `everything` every pending one. Without a time none is."""
    if now is None or row.page_next_at is None:
        return False
    return row.page_next_at <= now or (everything and row.article.page == "pending")


def due_at(page: PageState, next_at: datetime | None) -> datetime | None:
    """From when on a page may be asked: a pending one at once unless told otherwise, a failed one when told."""
    if page == "pending":
        return next_at or AT_ONCE
    return next_at if page == "failed" else None


def first_sight(article_id: str, write: EntryWrite, now: datetime) -> Row:
    """The article that a new entry stands for, not yet read."""
    entry = write.entry
    article = Article(
        id=article_id,
        source=write.owner,
        guid=entry.guid,
        url=entry.url,
        canonical_url=canonical_url(entry.url),
        title=entry.title,
        first_seen_at=now,
        published_at=entry.published_at,
        authors=entry.authors,
        held=write.held,
        page=write.page,
    )
    return Row(article, label_wanted=write.label, page_next_at=due_at(write.page, None))


def edited(row: Row, write: EntryWrite) -> Row:
    """After its owner's entry was changed: said anew, and read again as the write asks.

    The date is the earliest one stated, so that a re-dated archive does not become news.
    """
    entry, article = write.entry, row.article
    dates = [at for at in (article.published_at, entry.published_at) if at]
    return replace(
        row,
        article=replace(
            article,
            guid=entry.guid,
            url=entry.url,
            title=entry.title,
            authors=entry.authors or article.authors,
            published_at=min(dates, default=None),
            held=write.held,
            page=write.page,
            labelled=article.labelled and not write.label,
        ),
        label_wanted=write.label,
        tries=0,
        page_next_at=due_at(write.page, None),
        page_error=None,
    )


def owned(row: Row, write: EntryWrite, source: str) -> Row:
    """After another source turned out to be the one whose article this is.

    Whoever came first, the owner's own word stands afterwards, and the article is read as the owner's write asks:
    its page again, or the owner's feed.
    """
    article = row.article
    if write.owner != source:
        return replace(row, article=replace(article, source=write.owner))
    entry = write.entry
    page = article.page if article.page == "done" and write.page == "deferred" else write.page
    article = replace(
        article,
        source=source,
        guid=entry.guid,
        url=entry.url,
        canonical_url=canonical_url(entry.url),
        title=entry.title,
        authors=entry.authors or article.authors,
        published_at=entry.published_at or article.published_at,
        page=page,
        labelled=article.labelled and page == "done",
    )
    wanted = row.label_wanted or row.article.labelled or write.label
    next_at = row.page_next_at if page == row.article.page else due_at(page, None)
    return replace(row, article=article, label_wanted=wanted, page_next_at=next_at)


def read(row: Row, write: ArticleWrite) -> Row:
    """After the article was read. Place, first sight and copies are the store's and stay.

    A page whose state did not change and for which no time is given keeps its time: labels made meanwhile from
    the feed's text do not end its back-off.

    When another source became the owner in the meantime, nothing of it counts: the article is read from the owner's.
    """
    stored, new = row.article, write.article
    if new.source != stored.source:
        return row
    article = replace(
        new,
        id=stored.id,
        source=stored.source,
        first_seen_at=stored.first_seen_at,
        duplicate_of=stored.duplicate_of,
        also_at=stored.also_at,
        held=stored.held,
        issue=None,
        score=None,
    )
    waits = article.page == stored.page and write.page_next_at is None
    return replace(
        row,
        article=article,
        tries=write.tries,
        page_next_at=row.page_next_at if waits else due_at(article.page, write.page_next_at),
        page_error=row.page_error if waits else write.page_error,
        signature=write.signature or row.signature,
        searched=row.searched and write.signature is None,
    )


def imported(row: Row | None, write: ArticleWrite) -> Row:
    """After an import. What readers see is replaced; what the crawl knows of an article that is there stays.

    The crawl's own knowledge (whether it is held, the state of its page, the copies that were found) and what
    an export does not carry (categories, signals, the author's description) yield only where it is empty.
    """
    new = replace(write.article, issue=None, score=None)
    if row is None:
        return Row(
            new,
            tries=write.tries,
            page_next_at=due_at(new.page, write.page_next_at),
            page_error=write.page_error,
            signature=write.signature,
            searched=write.signature is None,
        )
    stored = row.article
    article = replace(
        new,
        id=stored.id,
        held=stored.held,
        page=stored.page,
        noindex=stored.noindex or new.noindex,
        labelled=stored.labelled or new.labelled,
        description=new.description or stored.description,
        categories=new.categories or stored.categories,
        signals=stored.signals if new.signals == Signals() else new.signals,
        duplicate_of=stored.duplicate_of or new.duplicate_of,
        also_at=stored.also_at or new.also_at,
    )
    fresh = write.signature is not None and write.signature != row.signature
    return replace(
        row,
        article=article,
        signature=write.signature or row.signature,
        searched=row.searched and not fresh,
    )


def joined(winner: Row, loser: Row) -> Row:
    """The article that two addresses turned out to be. What only the loser had been read for goes over."""
    keep, gone = winner.article, loser.article
    row = winner
    if gone.labelled and not keep.labelled:
        own = {
            name: getattr(keep, name) for name in ("id", "source", "guid", "url", "title", "first_seen_at", "authors")
        }
        row = replace(
            loser, article=replace(gone, canonical_url=keep.canonical_url, published_at=keep.published_at, **own)
        )
    elif not keep.labelled and keep.page == "deferred" and gone.page == "pending":
        row = replace(winner, article=replace(keep, page="pending"), tries=loser.tries, page_next_at=loser.page_next_at)
    also_at = {*keep.also_at, *gone.also_at} - {keep.url, gone.url}
    article = replace(
        row.article,
        published_at=row.article.published_at or gone.published_at,
        held=keep.held and gone.held,
        duplicate_of=None if keep.duplicate_of == gone.id else keep.duplicate_of,
        also_at=tuple(sorted(also_at)),
    )
    return replace(
        row,
        article=article,
        label_wanted=winner.label_wanted or loser.label_wanted,
        searched=row.signature is None,
    )


def are_two(a: Row, b: Row) -> bool:
    """Whether one source tells of both under different titles. One that only adds to the other (the site's name, that
    it was updated) is no different one."""
    if a.article.id == b.article.id or a.article.source != b.article.source:
        return False
    one, other = (" ".join(words_of(row.article.title)) for row in (a, b))
    return bool(one and other) and one not in other and other not in one


def not_at(row: Row, key: str) -> Row:
    """The article under its own address, where that which its page calls canonical is another article's."""
    article = row.article
    if url_key(article.canonical_url) != key:
        return row
    return replace(row, article=replace(article, canonical_url=canonical_url(article.url)))


def first_of(a: Row, b: Row) -> tuple[Row, Row]:
    """(the one that stays, the other) of two articles that are one: by first sight, then id."""
    return (a, b) if (a.article.first_seen_at, a.article.id) <= (b.article.first_seen_at, b.article.id) else (b, a)


def brief_article(article: Article) -> Article:
    """What a brief list tells of an article."""
    return Article(**{name: getattr(article, name) for name in BRIEF_FIELDS})


def entry_to_read(article: Article, entries: Iterable[EntryRow]) -> Entry:
    """The entry that an article is read from: its owner's, else that of the first source by name.

    An article without any (it cannot be: each is born with one) is read from what it says itself.
    """
    best = min(entries, key=lambda row: (row.source != article.source, row.source, row.key), default=None)
    return best.entry if best else entry_of(article)


def entry_of(article: Article) -> Entry:
    """What a publisher would have said of an article that came by import."""
    return Entry(
        guid=article.guid,
        url=article.url,
        title=article.title,
        authors=article.authors,
        published_at=article.published_at,
        content_html=article.content_html,
        tags=article.categories,
        image=article.image,
        language=article.language or None,
    )


def entry_row_of(article: Article) -> EntryRow:
    """The row by which later crawls recognise an imported article."""
    return EntryRow(article.source, url_key(article.url), article.id, "", entry_of(article), article.first_seen_at)


def placed(state: CopyState, leader: str | None, urls: Iterable[str], outside: Iterable[str]) -> CopyState:
    """An article's place among its copies: whom it follows, and where else it stands.

    `urls` are those of the articles that follow it; `outside` are addresses of copies that the store does not
    have as articles (they came by import).
    """
    also_at = tuple(sorted({*urls, *outside} - {state.url}))
    return CopyState(state.id, state.url, leader, also_at)

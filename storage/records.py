"""Rows of the database as values, and back.

A column has the name of its field, and the field's type says how it is written, so that a new field of the model
needs a column (and a migration) and nothing here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import fields
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Table, func, select

from crawler.model import Article, Entry, Feed, HostState
from crawler.ports import BRIEF_FIELDS, Suspect
from crawler.urls import url_key
from storage import codec
from storage.rows import NO_SIGNATURE, CopyState, EntryRow, Row
from storage.schema import articles, entries, feeds, hosts, ledger

Values = dict[str, Any]
T = TypeVar("T")

_DUMP: dict[str, Callable[[Any], Any]] = {
    "str": codec.clean,
    "str | None": codec.clean_or_none,
    "datetime": codec.micros,
    "datetime | None": codec.micros_or_none,
    "tuple[str, ...]": codec.dump_strings,
    "tuple[int, ...]": codec.dump_numbers,
    "Image | None": codec.dump_image,
    "Signals": codec.dump_signals,
}
_LOAD: dict[str, Callable[[Any], Any]] = {
    "datetime": codec.instant,
    "datetime | None": codec.instant_or_none,
    "tuple[str, ...]": codec.load_strings,
    "tuple[int, ...]": codec.load_numbers,
    "Image | None": codec.load_image,
    "Signals": codec.load_signals,
}


class Record(Generic[T]):
    """A dataclass whose fields are columns. `columns` is what a SELECT names first, for `load` to take.

    With `only` it reads these fields alone; the others get their defaults.
    """

    def __init__(
        self,
        cls: Callable[..., T],
        table: Table,
        computed: Mapping[str, ColumnElement[Any]] | None = None,
        without: int = 0,
        only: Collection[str] | None = None,
    ) -> None:
        described = fields(cls)  # type: ignore[arg-type]  # a dataclass, which no type says
        described = described[: len(described) - without]
        if only is not None:
            described = tuple(field for field in described if field.name in only)
        computed = computed or {}
        self.columns = tuple(
            computed[field.name] if field.name in computed else table.c[field.name] for field in described
        )
        self._cls = cls
        self._names = tuple(field.name for field in described) if only is not None else None
        self._dump = [(field.name, _DUMP.get(str(field.type))) for field in described if field.name not in computed]
        self._load = [
            (index, _LOAD[str(field.type)]) for index, field in enumerate(described) if str(field.type) in _LOAD
        ]

    def dump(self, value: T) -> Values:
        """Column values by name."""
        return {name: dump(getattr(value, name)) if dump else getattr(value, name) for name, dump in self._dump}

    def load(self, row: Sequence[Any]) -> T:
        """The value in the row's first columns."""
        values = list(row[: len(self.columns)])
        for index, load in self._load:
            values[index] = load(values[index])
        if self._names is not None:
            return self._cls(**dict(zip(self._names, values, strict=True)))
        return self._cls(*values)


_issue = (
    select(func.min(ledger.c.number))
    .where(ledger.c.profile == "default", ledger.c.article_id == articles.c.id)
    .correlate(articles)
    .scalar_subquery()
)
FEED = Record(Feed, feeds)
HOST = Record(HostState, hosts)
ENTRY = Record(Entry, entries)
ARTICLE = Record(Article, articles, {"issue": _issue}, without=1)  # the last one, `score`, belongs to a window
BRIEF = Record(Article, articles, {"issue": _issue}, only=BRIEF_FIELDS)

_A = articles.c
ROW_COLUMNS = (
    *ARTICLE.columns,
    *(_A.label_wanted, _A.page_tries, _A.page_next_at, _A.page_error),
    *(_A.signature, _A.signature_keys, _A.shingles, _A.searched),
)
SUSPECT_COLUMNS = (
    *(_A.id, _A.source, _A.url, _A.canonical_key, _A.canonical_url, _A.title, _A.text),
    *(_A.published_at, _A.first_seen_at, _A.signature, _A.signature_keys, _A.shingles),
)
COPY_COLUMNS = (_A.id, _A.url, _A.duplicate_of, _A.also_at)
ENTRY_COLUMNS = (
    *ENTRY.columns,
    *(entries.c[name] for name in ("source", "key", "article_id", "hash", "first_seen_at")),
)


def first_values(row: Row) -> Values:
    """The columns of an article at first sight; the others begin with their defaults.

    Nothing but its own address is known then, so that it names no other canonical one.
    """
    article = row.article
    return {
        "id": codec.clean(article.id),
        "source": codec.clean(article.source),
        "guid": codec.clean(article.guid),
        "url": codec.clean(article.url),
        "canonical_url": codec.clean(article.canonical_url),
        "title": codec.clean(article.title),
        "first_seen_at": codec.micros(article.first_seen_at),
        "published_at": codec.micros_or_none(article.published_at),
        "authors": codec.dump_strings(article.authors),
        "held": article.held,
        "page": article.page,
        "page_next_at": codec.micros_or_none(row.page_next_at),
        "label_wanted": row.label_wanted,
    }


def row_values(row: Row) -> Values:
    """All columns of an article."""
    signature = row.signature
    return {
        **ARTICLE.dump(row.article),
        "canonical_key": _canonical_key(row.article),
        "label_wanted": row.label_wanted,
        "page_tries": row.tries,
        "page_next_at": codec.micros_or_none(row.page_next_at),
        "page_error": codec.clean_or_none(row.page_error),
        "signature": signature and signature.values,
        "signature_keys": signature and codec.dump_keys(signature),
        "title_key": signature and codec.int64(signature.title_key),
        "shingles": signature.shingles if signature else 0,
        "searched": row.searched,
    }


def row_of(columns: Sequence[Any]) -> Row:
    """The article in `ROW_COLUMNS`, its issue still in it."""
    article = ARTICLE.load(columns)
    wanted, tries, next_at, error, values, keys, shingles, searched = columns[len(ARTICLE.columns) :]
    return Row(
        article,
        label_wanted=wanted,
        tries=tries,
        page_next_at=codec.instant_or_none(next_at),
        page_error=error,
        signature=codec.load_signature(values, keys, shingles),
        searched=searched,
    )


def suspect_of(columns: Sequence[Any]) -> Suspect:
    """The article in `SUSPECT_COLUMNS`; one that was never read has a signature that is like no other."""
    id_, source, url, canonical, canonical_url, title, text, published_at, first_seen_at, values, keys, shingles = (
        columns
    )
    key = url_key(url)
    if canonical is None:
        canonical = key
    elif not codec.is_short(canonical):
        canonical = url_key(canonical_url)
    return Suspect(
        id=id_,
        source=source,
        url=url,
        key=key,
        canonical_key=canonical,
        title=title,
        text=text,
        published_at=codec.instant_or_none(published_at),
        first_seen_at=codec.instant(first_seen_at),
        signature=codec.load_signature(values, keys, shingles) or NO_SIGNATURE,
    )


def copy_state_of(columns: Sequence[Any]) -> CopyState:
    """The place in `COPY_COLUMNS`."""
    id_, url, duplicate_of, also_at = columns
    return CopyState(id_, url, duplicate_of, codec.load_strings(also_at))


def entry_values(row: EntryRow) -> Values:
    """All columns of an entry."""
    return {
        **ENTRY.dump(row.entry),
        "source": codec.clean(row.source),
        "key": codec.short(row.key),
        "article_id": row.article_id,
        "hash": row.hash,
        "guid_hash": codec.hash64(row.entry.guid),
        "first_seen_at": codec.micros(row.first_seen_at),
    }


def entry_row_of(columns: Sequence[Any]) -> EntryRow:
    """The entry in `ENTRY_COLUMNS`."""
    entry = ENTRY.load(columns)
    source, key, article_id, hash_, first_seen_at = columns[len(ENTRY.columns) :]
    return EntryRow(source, full_key(key, entry.url), article_id, hash_, entry, codec.instant(first_seen_at))


def full_key(key: str, url: str) -> str:
    """The url_key that a stored key stands for."""
    return key if codec.is_short(key) else url_key(url)


def _canonical_key(article: Article) -> str | None:
    key = url_key(article.canonical_url)
    return None if key == url_key(article.url) else codec.short(key)

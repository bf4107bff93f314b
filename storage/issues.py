"""Issues and their ledger in SQL: what is asked of them, and how they stand in rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from crawler.model import Window
from crawler.ports import IssueRecord, LedgerEntry
from storage import codec
from storage.schema import composed, issues, ledger

_ISSUE_COLUMNS = (
    issues.c.profile,
    issues.c.number,
    issues.c.start_at,
    issues.c.end_at,
    issues.c.text,
    issues.c.published_at,
)
_COMPOSED_COLUMNS = (
    composed.c.profile,
    composed.c.number,
    composed.c.start_at,
    composed.c.end_at,
    composed.c.text,
)
_LEDGER_COLUMNS = (ledger.c.article_id, ledger.c.key, ledger.c.title, ledger.c.number, ledger.c.tags)


def newsletters(connection: Connection) -> list[str]:
    """The profiles in the ledger, by name."""
    return sorted(connection.scalars(select(ledger.c.profile).distinct()))


def issue_records(connection: Connection, profile: str) -> list[IssueRecord]:
    """The published issues by number, then what was composed and not published; see `Store.issue_records`."""
    i, c = issues.c, composed.c
    every = select(*_ISSUE_COLUMNS).where(i.profile == profile).order_by(i.number)
    done = [_issue_of(row) for row in connection.execute(every)]
    composed_all = select(*_COMPOSED_COLUMNS).where(c.profile == profile).order_by(c.number, c.start_at, c.end_at)
    drafts = [_issue_of((*row, None)) for row in connection.execute(composed_all)]
    taken = {(record.number, record.window) for record in done}
    return done + [record for record in drafts if (record.number, record.window) not in taken]


def published(connection: Connection, profile: str, number: int) -> tuple[IssueRecord, list[LedgerEntry]] | None:
    """A published issue with its ledger lines."""
    one = select(*_ISSUE_COLUMNS).where(issues.c.profile == profile, issues.c.number == number)
    row = connection.execute(one).first()
    return (_issue_of(row), read_ledger(connection, profile, number)) if row else None


def composed_under(connection: Connection, profile: str, number: int) -> IssueRecord | None:
    """What was composed under a number; see `Store.composed`."""
    c = composed.c
    found = select(*_COMPOSED_COLUMNS).where(c.profile == profile, c.number == number).order_by(c.start_at, c.end_at)
    row = connection.execute(found.limit(1)).first()
    return _issue_of((*row, None)) if row else None


def composed_for(connection: Connection, profile: str, window: Window) -> IssueRecord | None:
    """What was composed for a window."""
    c = composed.c
    start_at, end_at = codec.micros(window.start_at), codec.micros(window.end_at)
    one = select(*_COMPOSED_COLUMNS).where(c.profile == profile, c.start_at == start_at, c.end_at == end_at)
    row = connection.execute(one).first()
    return _issue_of((*row, None)) if row else None


def read_ledger(connection: Connection, profile: str, number: int | None = None) -> list[LedgerEntry]:
    """Ledger lines of a profile, by issue and place in it."""
    query = select(*_LEDGER_COLUMNS).where(ledger.c.profile == profile).order_by(ledger.c.number, ledger.c.position)
    if number is not None:
        query = query.where(ledger.c.number == number)
    return [
        LedgerEntry(id_, key, title, at, codec.load_strings(tags))
        for id_, key, title, at, tags in connection.execute(query)
    ]


def window_values(record: IssueRecord) -> dict[str, Any]:
    """The columns that a published issue and a composed one share."""
    return {
        "profile": record.profile,
        "number": record.number,
        "start_at": codec.micros(record.window.start_at),
        "end_at": codec.micros(record.window.end_at),
        "text": codec.clean(record.text),
    }


def line_values(record: IssueRecord, position: int, line: LedgerEntry) -> dict[str, Any]:
    """The columns of one line of the ledger; `position` is its place in the issue, from 0."""
    return {
        "profile": record.profile,
        "number": record.number,
        "position": position,
        "article_id": line.article_id,
        "key": codec.clean(line.key),
        "title": codec.clean(line.title),
        "tags": codec.dump_strings(line.tags),
    }


def _issue_of(row: Sequence[Any]) -> IssueRecord:
    profile, number, start_at, end_at, text, published_at = row
    window = Window(codec.instant(start_at), codec.instant(end_at))
    return IssueRecord(profile, number, window, text, codec.instant_or_none(published_at))

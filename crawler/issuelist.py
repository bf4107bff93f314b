"""`crawl issues`: the issues that the store remembers beside their draft files."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from crawler.composing import draft_path
from crawler.draft.parse import parse_draft
from crawler.draft.write import window_text
from crawler.errors import UserError
from crawler.files import read_text
from crawler.ports import IssueRecord, Store


@dataclass(frozen=True, slots=True)
class ListedIssue:
    """An issue in the list. `window` is an ISO 8601 interval; `items` counts those of the text that `text_of` gives,
    and is None where that cannot be read; `path` is None where the draft file is gone."""

    profile: str
    number: int
    window: str
    state: Literal["draft", "published"]
    items: int | None
    path: Path | None
    published_at: datetime | None


def list_issues(store: Store, profile: str, drafts: Path) -> list[ListedIssue]:
    """All issues of a profile by number, an unpublished one after a published one of the same number."""
    return [_listed(store, record, drafts) for record in sorted(store.issue_records(profile), key=_order)]


def show_issue(store: Store, profile: str, drafts: Path, number: int) -> tuple[ListedIssue, str]:
    """An issue and its text: as published, else its draft file, else as composed. Raises UserError for no issue."""
    record = _record(store, profile, number)
    return _listed(store, record, drafts), _text_of(record, _path_of(store, record, drafts))


def diff_issue(store: Store, profile: str, drafts: Path, number: int) -> str:
    """What was composed against what became of it; empty where nothing changed.

    Raises UserError where there is no such issue, or nobody knows what was composed for it.
    """
    record = _record(store, profile, number)
    composed = store.composed(profile, number)
    if composed is None or not composed.text:
        raise UserError(
            f"nobody knows any more what was composed for issue {number}; `crawl issues show {number}` prints it"
        )
    path = _path_of(store, record, drafts)
    mine, name = (_lines(read_text(path)), str(path)) if path.exists() else (_lines(record.text), "published")
    return "".join(difflib.unified_diff(_lines(composed.text), mine, f"composed {path.name}", name))


def as_json(issue: ListedIssue) -> dict[str, object]:
    """A line of `issues list --json`."""
    return {
        "profile": issue.profile,
        "number": issue.number,
        "window": issue.window,
        "state": issue.state,
        "items": issue.items,
        "path": str(issue.path) if issue.path else None,
        "published_at": issue.published_at.isoformat() if issue.published_at else None,
    }


def _order(record: IssueRecord) -> tuple[int, bool]:
    return record.number, record.published_at is None


def _record(store: Store, profile: str, number: int) -> IssueRecord:
    records = sorted((r for r in store.issue_records(profile) if r.number == number), key=_order)
    if not records:
        raise UserError(f"there is no issue {number}; `crawl issues list` names those that there are")
    return records[0]


def _path_of(store: Store, record: IssueRecord, drafts: Path) -> Path:
    return draft_path(store, drafts, record.profile, record.number, record.window)


def _listed(store: Store, record: IssueRecord, drafts: Path) -> ListedIssue:
    path = _path_of(store, record, drafts)
    state: Literal["draft", "published"] = "draft" if record.published_at is None else "published"
    try:
        items: int | None = len(parse_draft(_text_of(record, path), str(path)).issue.items)
    except UserError:  # an editor may be at work on it
        items = None
    there = path if path.exists() else None
    return ListedIssue(
        record.profile, record.number, window_text(record.window), state, items, there, record.published_at
    )


def _text_of(record: IssueRecord, path: Path) -> str:
    return read_text(path) if record.published_at is None and path.exists() else record.text


def _lines(text: str) -> list[str]:
    return [line + "\n" for line in text.removeprefix("\ufeff").replace("\r\n", "\n").rstrip("\n").split("\n")]

"""From a draft to the ledger: checked, recorded in one transaction, rendered; and taken back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from crawler.composing import draft_path, write_rendered
from crawler.context import Crawl
from crawler.draft.chunks import check_whole
from crawler.draft.parse import Draft, parse_draft
from crawler.draft.write import window_text
from crawler.errors import UserError
from crawler.files import read_text, write_file
from crawler.model import Article, Issue, Item
from crawler.ports import IssueRecord, LedgerEntry, Store
from crawler.render import SUFFIXES
from crawler.text import one_line
from crawler.urls import url_key

_NUMBER = re.compile(r"^number\s*:", re.MULTILINE)


def publish(
    crawl: Crawl, draft: Path, formats: Sequence[str], out: Path, now: datetime
) -> tuple[Issue, bool, list[Path]]:
    """Record a draft as published and render it; publishing it again changes nothing.

    Returns the issue, whether it is new to the ledger, and the files written. The issue tells when it was published
    first, and its items when their articles were. Raises UserError for a draft that cannot be read, is of another
    profile, whose number would leave a gap or is another window's, that repeats an article, has nothing in it,
    or is not whole.
    """
    issue, text, entries = _checked(crawl, draft)
    record = IssueRecord(issue.profile, issue.number, issue.window, text, published_at=now)
    fresh = crawl.store.publish(record, entries)
    issue = _completed(issue, crawl.store, now)
    return issue, fresh, write_rendered(crawl, issue, formats, out)


def publishable(crawl: Crawl, draft: Path) -> Issue:
    """The issue that `publish` would record; nothing is changed. Raises UserError as that does."""
    return _completed(_checked(crawl, draft)[0], crawl.store, crawl.now())


def _completed(issue: Issue, store: Store, now: datetime) -> Issue:
    """The issue with the time of its first publication, `now` where it has none, and what the store knows of its
    articles and a draft does not tell."""
    at = next((r.published_at for r in store.issue_records(issue.profile) if r.number == issue.number), None)
    sections = tuple(
        replace(section, items=tuple(_known(item, store) for item in section.items)) for section in issue.sections
    )
    return replace(issue, sections=sections, published_at=at or now)


def _known(item: Item, store: Store) -> Item:
    article = store.article(item.url) if item.url else None
    if article is None:
        return item
    return replace(
        item,
        article_id=article.id,
        source=article.source,
        kind=article.kind,
        subkind=article.subkind,
        deck=article.deck if item.summary == one_line(article.summary) else "",  # an editor's words have none
        published_at=article.published_at,
    )


def _checked(crawl: Crawl, path: Path) -> tuple[Issue, str, list[LedgerEntry]]:
    text = read_text(path, "compose one with `crawl digest`")
    check_whole(text, str(path))
    draft = parse_draft(text, str(path))
    issue = draft.issue
    if issue.profile != crawl.profile:
        raise UserError(f"{path}: this draft is of the profile `{issue.profile}`, not of `{crawl.profile}`")
    if not (issue.items or issue.opening or any(section.text for section in issue.sections)):
        raise UserError(
            f"{path}: nothing stands in this issue; move a runner-up above the line, or write something there"
        )
    _check_number(crawl.store, issue, _place_of_number(text, path))
    entries = [_ledger_entry(crawl.store, issue, item) for item in issue.items]
    _check_repeats(crawl.store, draft, entries, path)
    if "comments" not in draft.front:
        issue = replace(issue, comments=crawl.settings.issue.comments)
    return issue, text, entries


def _place_of_number(text: str, path: Path) -> str:
    found = _NUMBER.search(text)
    return f"{path}:{text.count(chr(10), 0, found.start()) + 1}" if found else str(path)


def _check_number(store: Store, issue: Issue, place: str) -> None:
    """Raises UserError where publishing would leave a gap in the numbers, or take another window's number."""
    published = {r.number: r for r in store.issue_records(issue.profile) if r.published_at is not None}
    number, other = issue.number, published.get(issue.number)
    if other is not None and other.window != issue.window:
        raise UserError(
            f"{place}: issue {number} was published for another window ({window_text(other.window)}); "
            f"give this one the number {max(published) + 1}"
        )
    if other is None and published and not min(published) - 1 <= number <= max(published) + 1:
        near = max(published) + 1 if number > max(published) else min(published) - 1
        gap = f"{place}: issue {number} would leave a gap: {near} comes first"
        raise UserError(f"{gap}; publish that one, or write `number: {near}` in this draft")


def _check_repeats(store: Store, draft: Draft, entries: Sequence[LedgerEntry], path: Path) -> None:
    """Raises UserError where an article of the draft, itself or as a copy, stands in another published issue."""
    others = [line for line in store.ledger(draft.issue.profile) if line.number != draft.issue.number]
    keys = {line.key: line.number for line in others}
    ids = {line.article_id: line.number for line in others if line.article_id}
    places = {chunk.key: chunk.line for chunk in reversed(draft.chunks) if chunk.kind == "item"}
    for entry in entries:
        number = keys.get(entry.key) or ids.get(entry.article_id)
        if number is not None:
            place = f"{path}:{places[entry.key]}" if entry.key in places else str(path)
            raise UserError(f"{place}: “{entry.title}” stands in issue {number} already; delete the item here")


@dataclass(frozen=True, slots=True)
class Unpublished:
    """An issue that was taken back. `draft` is its file; `rendered` are files that readers may still see."""

    record: IssueRecord
    draft: Path
    rendered: tuple[Path, ...]


def profile_of(draft: Path) -> str:
    """Which profile a draft says that it is of. Raises UserError where it cannot be read."""
    return parse_draft(read_text(draft, "compose one with `crawl digest`"), str(draft)).issue.profile


def unpublish(store: Store, profile: str, drafts: Path, out: Path, number: int | None = None) -> Unpublished:
    """Take a profile's last published issue back: its ledger lines go, its record is a draft again.

    The draft file stays as it is, and is written anew where it is gone; rendered files are left alone. Raises
    UserError where nothing was published, or where `number` is not the last one.
    """
    published = [record for record in store.issue_records(profile) if record.published_at is not None]
    if not published:
        raise UserError("no issue was published yet")
    last = max(published, key=lambda record: record.number)
    if number not in (None, last.number):
        raise UserError(f"only the last published issue can be taken back, and that is {last.number}, not {number}")
    path = draft_path(store, drafts, profile, last.number, last.window)
    if not path.exists():
        write_file(path, last.text)
    store.unpublish(last.profile, last.number)
    names = {f"{last.number:03d}{suffix}" for suffix in SUFFIXES.values()}
    return Unpublished(last, path, tuple(sorted(out / name for name in names if (out / name).exists())))


def _ledger_entry(store: Store, issue: Issue, item: Item) -> LedgerEntry:
    article: Article | None = store.article(item.url)
    leader = article.duplicate_of if article and article.duplicate_of else article.id if article else ""
    return LedgerEntry(leader, url_key(item.url), item.title, issue.number, item.tags)

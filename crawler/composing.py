"""From the store to an issue: candidates of a window, labels where they are missing, the draft file, publishing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from crawler.articles import label_articles
from crawler.compose.issue import Composition, compose_issue
from crawler.compose.window import Excluded
from crawler.context import Crawl
from crawler.draft.merge import merge_drafts
from crawler.draft.parse import parse_draft
from crawler.draft.write import write_draft
from crawler.errors import StoreFull, UserError
from crawler.label.audience import audience_variants
from crawler.model import Article, Issue, Item, Reason, Window
from crawler.ports import IssueRecord, LedgerEntry, Store
from crawler.reading import taxonomy_at
from crawler.render import RENDERERS, SUFFIXES, render
from crawler.render.options import options_of
from crawler.settings import IssueSettings
from crawler.sources.opml import to_opml
from crawler.urls import url_key

PROFILE = "default"
SOURCES_FORMAT = "opml"


@dataclass(frozen=True, slots=True)
class WrittenDraft:
    """A draft on disk. `merged` tells what became of an editor's changes, when there were any."""

    path: Path
    issue: Issue
    merged: tuple[str, ...] = ()


def compose(crawl: Crawl, window: Window, number: int | None = None) -> Composition:
    """The issue of a window from what the store holds; labels that are missing are made first."""
    settings = crawl.settings.issue
    candidates = crawl.store.in_window(window, settings.late_days)
    missing = [article.id for article in candidates if not article.labelled]
    if missing:
        label_articles(crawl, missing)
        candidates = crawl.store.in_window(window, settings.late_days)
    taxonomy = taxonomy_at(crawl.taxonomy)
    passed_over = _passed_over(crawl.store, window)
    composition = compose_issue(
        [article for article in candidates if url_key(article.url) not in passed_over],
        number=number if number is not None else issue_number(crawl.store, settings, window),
        window=window,
        settings=settings,
        sources=crawl.sources,
        ledger=crawl.store.ledger(PROFILE),
        sections=taxonomy.sections(),
        audience_variants=lambda article: audience_variants(article.roles, article.tags, taxonomy),
        profile=PROFILE,
        begun={slug: feed.begun_at for slug, feed in crawl.store.feeds().items() if feed.begun_at},
    )
    out = [_passed(article) for article in candidates if url_key(article.url) in passed_over]
    return replace(composition, excluded=(*composition.excluded, *out))


def _passed_over(store: Store, window: Window) -> set[str]:
    """Addresses that were runners-up when this window's issue was published: the editor saw them and chose others."""
    published = [r for r in store.issue_records(PROFILE) if r.window == window and r.published_at is not None]
    drafts = (parse_draft(record.text, f"#{record.number}") for record in published)
    return {url_key(item.url) for draft in drafts for item in draft.issue.runners_up}


def _passed(article: Article) -> Excluded:
    evidence = "a runner-up of this window's published issue"
    return Excluded(article, Reason("excluded", "passed over", "passed over", evidence, "candidate"))


def issue_number(store: Store, settings: IssueSettings, window: Window) -> int:
    """The number of a window's issue: its draft's own, else the next that is free after the last published one."""
    records = store.issue_records(PROFILE)
    mine = [record.number for record in records if record.window == window and record.published_at is None]
    if mine:
        return mine[0]
    published = [record.number for record in records if record.published_at is not None]
    number = max(published) + 1 if published else settings.first_number
    taken = {record.number for record in records if record.published_at is None}
    while number in taken:
        number += 1
    return number


def draft_name(number: int) -> str:
    """The file name of an issue's draft: `084.md`."""
    return f"{number:03d}.md"


def write_draft_file(store: Store, issue: Issue, folder: Path, *, remember: bool = True) -> WrittenDraft:
    """Write the draft of an issue, keeping everything that an editor changed in the file that is there.

    `remember` keeps what was composed as the base of the next merge. Raises UserError where the file cannot be
    written, and StoreFull where the disk is full.
    """
    path, text = folder / draft_name(issue.number), write_draft(issue)
    base = _remembered(store, issue)
    told: tuple[str, ...] = ()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if path.exists():
            mine = path.read_text(encoding="utf-8")
            if mine not in (base, text):
                merged = merge_drafts(base if base is not None else text, mine, text, str(path))
                told = merged.summary
                _replace_file(path, merged.text)
            else:
                _replace_file(path, text)
        else:
            _replace_file(path, text)
    except OSError as error:
        raise _file_error(path, error) from error
    if remember:
        store.save_composed(IssueRecord(issue.profile, issue.number, issue.window, text))
    return WrittenDraft(path, issue, told)


def check_format(name: str) -> None:
    """Raises UserError for a format that nobody knows, naming those that there are."""
    if name not in (*RENDERERS, SOURCES_FORMAT):
        raise UserError(f"there is no format `{name}`; choose one of: {', '.join((*RENDERERS, SOURCES_FORMAT))}")


def rendered(crawl: Crawl, issue: Issue, name: str) -> str | bytes:
    """What readers get in a format: the issue, or for `opml` the sources that it was made from."""
    if name == SOURCES_FORMAT:
        return to_opml(crawl.sources.values(), crawl.settings.issue.title)
    return render(issue, name, options_of(crawl.settings.issue))


def write_rendered(crawl: Crawl, issue: Issue, formats: Sequence[str], folder: Path) -> list[Path]:
    """Render an issue in each format into a folder; the files that were written."""
    written = []
    for name in formats:
        check_format(name)
        path = folder / ("sources.opml" if name == SOURCES_FORMAT else f"{issue.number:03d}{SUFFIXES[name]}")
        made = rendered(crawl, issue, name)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _replace_file(path, made)
        except OSError as error:
            raise _file_error(path, error) from error
        written.append(path)
    return written


def publish(
    crawl: Crawl, draft: Path, formats: Sequence[str], out: Path, now: datetime
) -> tuple[Issue, bool, list[Path]]:
    """Record a draft as published and render it; publishing it again changes nothing.

    Returns the issue, whether it is new to the ledger, and the files written. Raises UserError for a draft that
    cannot be read.
    """
    try:
        text = draft.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{draft}: cannot be read: {error}; compose one with `crawl digest`") from error
    issue = parse_draft(text, str(draft)).issue
    record = IssueRecord(issue.profile, issue.number, issue.window, text, published_at=now)
    entries = [_ledger_entry(crawl.store, issue, item) for item in issue.items]
    fresh = crawl.store.publish(record, entries)
    issue = replace(issue, comments=crawl.settings.issue.comments)
    return issue, fresh, write_rendered(crawl, issue, formats, out)


def _ledger_entry(store: Store, issue: Issue, item: Item) -> LedgerEntry:
    article: Article | None = store.article(item.url)
    leader = article.duplicate_of if article and article.duplicate_of else article.id if article else ""
    return LedgerEntry(leader, url_key(item.url), item.title, issue.number, item.tags)


def _remembered(store: Store, issue: Issue) -> str | None:
    for record in store.issue_records(issue.profile):
        if record.number == issue.number and record.window == issue.window and record.published_at is None:
            return record.text
    return None


def _replace_file(path: Path, content: str | bytes) -> None:
    """All or nothing: a full disk or a kill leaves the old file whole."""
    fresh = path.with_name(path.name + ".new")
    try:
        fresh.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def _file_error(path: Path, error: OSError) -> Exception:
    import errno

    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StoreFull(f"{path}: the disk is full; make room and run the command again, nothing was lost")
    return UserError(f"{path}: cannot be written: {error.strerror or error}; choose another folder with --out")

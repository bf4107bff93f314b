"""From the store to an issue: candidates of a window, labels where they are missing, the draft file, its formats."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import chain, count
from pathlib import Path
from typing import Any

from crawler.compose.issue import Composition, compose_issue, issue_of_items
from crawler.compose.week import RHYTHM
from crawler.compose.window import Excluded
from crawler.context import Crawl
from crawler.draft.merge import merge_drafts
from crawler.draft.parse import parse_draft, window_in
from crawler.draft.write import front_matter, write_draft
from crawler.errors import UserError
from crawler.files import in_manner_of, read_text, write_file
from crawler.label.audience import audience_variants
from crawler.label.taxonomy.loading import taxonomy_at
from crawler.label.taxonomy.model import Taxonomy
from crawler.model import Article, Issue, Item, Reason, Window
from crawler.ports import IssueRecord, Store
from crawler.render import RENDERERS, SUFFIXES, render
from crawler.render.options import options_of
from crawler.settings import IssueSettings
from crawler.urls import url_key

SOURCES_FORMAT = "opml"
WITH_NOTES = "hugo"  # the list form
_NUMBER = re.compile(r"^number:[ \t]*(\d{1,9})\b", re.MULTILINE)
_WINDOW = re.compile(r"^window:[ \t]*['\"]?([^'\"\s]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class WrittenDraft:
    """A draft on disk: what stands in it, after merging; `merged` tells what became of an editor's changes."""

    path: Path
    issue: Issue
    merged: tuple[str, ...] = ()


def compose(crawl: Crawl, window: Window, number: int | None = None, formats: Collection[str] = ()) -> Composition:
    """The issue of a window from what the store holds; labels that are missing are made first.

    `formats` are what it is rendered in beside those of the settings: some have notes. The window of an issue that is
    known stays, see `settled_window`.
    """
    settings = crawl.settings.issue
    window = settled_window(crawl.store, crawl.profile, window)
    candidates = crawl.store.in_window(window, settings.late_days)
    missing = [article.id for article in candidates if not article.labelled]
    if missing:
        from crawler.articles import label_articles

        label_articles(crawl, missing)
        candidates = crawl.store.in_window(window, settings.late_days)
    taxonomy = taxonomy_at(crawl.taxonomy)
    passed_over = _passed_over(crawl.store, crawl.profile, window)
    composition = compose_issue(
        [article for article in candidates if url_key(article.url) not in passed_over],
        number=number if number is not None else issue_number(crawl.store, crawl.profile, settings, window),
        window=window,
        settings=settings,
        sources=crawl.sources,
        ledger=crawl.store.ledger(crawl.profile),
        sections=taxonomy.sections(),
        audience_variants=lambda article: audience_variants(article.roles, article.tags, taxonomy),
        profile=crawl.profile,
        begun={slug: feed.begun_at for slug, feed in crawl.store.feeds().items() if feed.begun_at},
        notes=_notes(crawl, taxonomy, formats),
        posts=crawl.store.posts(window.end_at - RHYTHM, window.end_at),
    )
    out = [_passed(article) for article in candidates if url_key(article.url) in passed_over]
    return replace(composition, excluded=(*composition.excluded, *out))


def settled_window(store: Store, profile: str, window: Window) -> Window:
    """The window under which an issue of the same days is known; else the window itself, from the end of the issue
    before it where that ended within the day before. So a change of the time zone neither composes a week twice nor
    leaves hours out."""
    records = store.issue_records(profile)
    known = [record.window for record in records if record.window.is_about(window)]
    if known:
        return window if window in known else known[0]
    ends = [record.window.end_at for record in records if record.published_at is not None]
    last = max((end for end in ends if end <= window.start_at), default=window.start_at)
    return replace(window, start_at=last) if window.start_at - last < timedelta(days=1) else window


def _notes(crawl: Crawl, taxonomy: Taxonomy, formats: Collection[str]) -> Callable[[Article], str] | None:
    """What makes an article's outline, where the settings want it; None where they do not."""
    settings = crawl.settings.issue
    wanted = WITH_NOTES in (*settings.formats, *formats) if settings.notes == "auto" else settings.notes
    if not wanted:
        return None
    from crawler.label.summary.outline import outline
    from crawler.reading import blocks_of, document_of

    def notes(article: Article) -> str:
        document = document_of(article, blocks_of(article), None, crawl.sources.get(article.source))
        return outline(document, taxonomy, article.summary)

    return notes


def _passed_over(store: Store, profile: str, window: Window) -> set[str]:
    """Addresses that were runners-up when this window's issue was published, which the editor saw and left, and of
    articles that stand below another one of its story there."""
    published = [r for r in store.issue_records(profile) if r.window == window and r.published_at is not None]
    drafts = [parse_draft(record.text, f"#{record.number}") for record in published]
    told = [(item.url for item in draft.issue.runners_up) for draft in drafts]
    covered = [(url for item in draft.issue.items for _, url in item.covered_by) for draft in drafts]
    return {url_key(url) for urls in (*told, *covered) for url in urls}


def _passed(article: Article) -> Excluded:
    evidence = "a runner-up, or part of another story, in this window's published issue"
    return Excluded(article, Reason("excluded", "passed over", "passed over", evidence, "candidate"))


def issue_number(store: Store, profile: str, settings: IssueSettings, window: Window) -> int:
    """The number of a window's issue: its draft's own, else the next that is free after the last published one."""
    records = store.issue_records(profile)
    mine = [record.number for record in records if record.window == window and record.published_at is None]
    if mine:
        return mine[0]
    published = [record.number for record in records if record.published_at is not None]
    number = max(published) + 1 if published else settings.first_number
    taken = {record.number for record in records if record.published_at is None}
    while number in taken:
        number += 1
    return number


def issue_numbers(store: Store, profile: str) -> dict[str, int]:
    """In which published issue of a profile each article stands, by id."""
    return {line.article_id: line.number for line in reversed(store.ledger(profile)) if line.article_id}


def draft_name(number: int) -> str:
    """The file name of an issue's draft: `084.md`."""
    return f"{number:03d}.md"


def draft_path(store: Store, folder: Path, profile: str, number: int, window: Window) -> Path:
    """The file of an issue's draft in a folder: the one that says so, else the one with its number as its name.

    Where that one holds another issue's window, as when an editor gave a draft another number, it is a name that is
    free. A window that is no issue's is one that the editor changed.
    """
    path = folder / draft_name(number)
    if _held(path)[1] == window:
        return path
    if found := next((other for other in sorted(folder.glob("*.md")) if _held(other) == (number, window)), None):
        return found
    windows = {record.window for record in store.issue_records(profile)}

    def is_ours(name: Path) -> bool:
        held = _held(name)[1]
        return held in (None, window) or (window in windows and held not in windows)

    return next(filter(is_ours, chain([path], (path.with_stem(f"{path.stem}-{n}") for n in count(2)))))


def _held(path: Path) -> tuple[int | None, Window | None]:
    """The number and the window that a draft says it is of; None for no file, or none that tells."""
    try:
        text = read_text(path)
    except UserError:
        return None, None
    number, window = _NUMBER.search(text), _WINDOW.search(text)
    return int(number[1]) if number else None, window_in(window[1]) if window else None


def write_draft_file(
    store: Store,
    issue: Issue,
    folder: Path,
    *,
    remember: bool = True,
    lead_of: Callable[[Sequence[Item]], str] | None = None,
) -> WrittenDraft:
    """Write the draft of an issue, keeping everything that an editor changed in the file that is there.

    `remember` keeps what was composed as the base of the next merge. `lead_of` words the lead of an editor's own
    choice of items; where it gives none, or there is no such function, the one by rules stands. Raises UserError where
    the file cannot be written, and StoreFull where the disk is full.
    """
    path = draft_path(store, folder, issue.profile, issue.number, issue.window)
    text = write_draft(issue)
    base = _remembered(store, issue)
    told: tuple[str, ...] = ()
    mine = read_text(path) if path.exists() else text
    if mine in (base, text):
        write_file(path, text)
    else:
        merged = merge_drafts(base or text, mine, text, str(path), lambda items: _front_of(items, issue, lead_of))
        told, text = merged.summary, merged.base
        write_file(path, in_manner_of(mine, merged.text))
        issue = parse_draft(merged.text, str(path)).issue
    if remember:
        store.save_composed(IssueRecord(issue.profile, issue.number, issue.window, text))
    return WrittenDraft(path, issue, told)


def _front_of(items: Sequence[Item], issue: Issue, lead_of: Callable[[Sequence[Item]], str] | None) -> dict[str, Any]:
    """Front matter for an editor's choice of items; what the draft does not tell of them is taken from the issue."""
    composed = {url_key(item.url): item for item in (*issue.items, *issue.runners_up)}
    full = []
    for item in items:
        ours = composed.get(url_key(item.url))
        told = ours is not None and (ours.title, ours.summary) == (item.title, item.summary)
        full.append(replace(item, deck=ours.deck, kind=ours.kind, written=ours.written) if ours and told else item)
    made = issue_of_items(issue, full)
    front = front_matter(replace(made, lead=(lead_of(full) if lead_of else "") or made.lead))
    return {key: front[key] for key in ("lead", "tags", "cover")}


def check_format(name: str) -> None:
    """Raises UserError for a format that nobody knows, naming those that there are."""
    if name not in (*RENDERERS, SOURCES_FORMAT):
        raise UserError(f"there is no format `{name}`; choose one of: {', '.join((*RENDERERS, SOURCES_FORMAT))}")


def rendered(crawl: Crawl, issue: Issue, name: str) -> str | bytes:
    """What readers get in a format: the issue, or for `opml` the sources that it was made from."""
    if name == SOURCES_FORMAT:
        from crawler.sources.opml import to_opml

        return to_opml(crawl.sources.values(), crawl.settings.issue.title)
    return render(issue, name, options_of(crawl.settings.issue, crawl.settings.timezone))


def write_rendered(crawl: Crawl, issue: Issue, formats: Sequence[str], folder: Path) -> list[Path]:
    """Render an issue in each format into a folder; the files that were written."""
    written = []
    for name in formats:
        check_format(name)
        path = folder / ("sources.opml" if name == SOURCES_FORMAT else f"{issue.number:03d}{SUFFIXES[name]}")
        write_file(path, rendered(crawl, issue, name))
        written.append(path)
    return written


def _remembered(store: Store, issue: Issue) -> str | None:
    for record in store.issue_records(issue.profile):
        if record.number == issue.number and record.window == issue.window and record.published_at is None:
            return record.text
    return None

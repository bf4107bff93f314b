"""`crawl site`: from the store's published issues and articles to a folder of static pages."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from crawler import __version__
from crawler.compose.window import unwanted
from crawler.composing import issue_numbers
from crawler.editions import Published, dated_issue, edition_of, filled_item, mark_of
from crawler.label.taxonomy.model import Taxonomy
from crawler.model import Article, Source
from crawler.noting import Note, read_notes, topics_of
from crawler.ports import ArticleQuery, Store
from crawler.render.atom import atom_feed
from crawler.render.jsonfeed import json_feed
from crawler.render.options import options_of
from crawler.render.page import page_body, page_styles
from crawler.render.rss import rss_feed
from crawler.settings import DEFAULT_PROFILE, GiscusSettings, Settings
from crawler.site.cards import CardMaker
from crawler.site.files import SiteFolder, Written, open_folder, write_folders, write_site
from crawler.site.frame import script, styles
from crawler.site.groups import Groups, group_cards
from crawler.site.lists import Page
from crawler.site.notes import Topic
from crawler.site.pages import FEATURED_FROM, issue_page, site_pages, sitemaps
from crawler.site.records import search_shards
from crawler.site.searching import make_index, pagefind_program
from crawler.site.values import Card, Edition, Names, Site
from crawler.text import one_line
from crawler.urls import canonical_url, is_web_url, shown_url

FEED_ISSUES = 30
_FEEDS = {"feed.atom": atom_feed, "feed.rss": rss_feed, "feed.json": json_feed}
# What most addresses are made of; nothing of it needs to be changed to be shown.
_PLAIN_URL = re.compile(r"[A-Za-z0-9/:@!$&'()*+,;=\-._~%]*")
_PACKAGES = ("crawler.site", "crawler.render")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a site is made for: the profile whose issues it shows, where it will stand on the web (else that of the
    settings), the folder of the editor's notes, and Pagefind's program (None: no search)."""

    profile: str = DEFAULT_PROFILE
    base_url: str | None = None
    notes: Path | None = None
    pagefind: Path | None = field(default_factory=pagefind_program)


def publish_site(
    store: Store,
    settings: Settings,
    sources: Mapping[str, Source],
    taxonomy: Taxonomy,
    out: Path,
    wanted: Wanted | None = None,
    *,
    anew: bool = False,
) -> Written:
    """Build or renew the site in a folder; files that stayed the same are left alone, `anew` writes all of them.

    Raises UserError for a folder with files of others in the way and for what cannot be written, and ConfigError for
    notes with faults.
    """
    with _no_collector():
        folder = open_folder(out)
        if anew:
            folder = SiteFolder(out, dict.fromkeys(folder.files, ""), {}, dict.fromkeys(folder.folders, ""))
        builder = _Builder(store, settings, sources, taxonomy, folder, wanted or Wanted())
        done = write_site(folder, builder.pages(), builder.memory)
        made = write_folders(folder, builder.indexes())
        return replace(done, indexed=made)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Tens of thousands of cards live until the end and none is part of a cycle: looking for those costs a third."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class _Builder:
    """One building of the site. `memory` holds what lists tell of an issue and the marks its files were made from."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        sources: Mapping[str, Source],
        taxonomy: Taxonomy,
        folder: SiteFolder,
        wanted: Wanted,
    ) -> None:
        self._folder = folder
        self.memory: dict[str, Any] = {}
        self._zone = ZoneInfo(settings.timezone)
        given = settings.issue if wanted.base_url is None else replace(settings.issue, base_url=wanted.base_url)
        self._options = replace(options_of(given, settings.timezone), pages=True, page_name="issues/{number:03d}.html")
        self._notes: list[Note] = []
        if wanted.notes is not None:
            self._notes = read_notes(wanted.notes, taxonomy, pictures=self._options.images == "show")
        self._pagefind = wanted.pagefind if settings.site.search else None
        self._names = _names(taxonomy, sources)
        self._choice = settings.issue
        self._store = store
        self._numbers = issue_numbers(store, wanted.profile)
        records = [record for record in store.issue_records(wanted.profile) if record.published_at is not None]
        records.sort(key=lambda record: record.number, reverse=True)
        site = _site(settings, self._options.base_url, self._options.templates)
        self._site = replace(
            site,
            feeds=bool(records),
            notes=bool(self._notes),
            search=self._pagefind is not None,
            pictures=self._options.images == "show",
        )
        self._shape = shape = mark_of(
            __version__, repr(self._site), repr(self._options), settings.timezone, _programs(self._options.templates)
        )
        marks = [mark_of(shape, str(record.published_at), record.text) for record in records]
        comments = settings.issue.comments
        self._published = [Published(r, comments, mark) for r, mark in zip(records, marks, strict=True)]
        self._dates: dict[str, datetime] = {}
        self._indexes: dict[str, tuple[str, Callable[[Path], None]]] = {}

    def pages(self) -> Iterator[Page]:
        """All files of the site, (path, text); None for the text of a file that is as it was."""
        editions = list(map(self._edition, self._published))
        cards = list(self._cards())
        groups = group_cards(cards, self._names)
        known = {card.url: card for card in cards}
        for place, edition in enumerate(editions[: FEATURED_FROM + 1]):
            items = tuple(filled_item(item, known.get(_address(canonical_url(item.url)))) for item in edition.items)
            editions[place] = replace(edition, items=items)
        topics = topics_of(self._notes, known, groups)
        maker = CardMaker(groups, (edition.number for edition in editions))
        yield "style.css", styles(self._site, page_styles(self._options))
        if self._site.giscus:
            yield "comments.js", script("site-comments.js")
        paths = []
        for path, text in site_pages(self._site, editions, cards, groups, topics, maker, self._has_list):
            if path.endswith(".html"):
                paths.append(path)
            yield path, text
        for place, (published, edition) in enumerate(zip(self._published, editions, strict=True)):
            newer = editions[place - 1].number if place else None
            older = editions[place + 1].number if place + 1 < len(editions) else None
            paths.append(edition.path)
            yield edition.path, self._issue_page(published, edition, groups, newer, older)
        yield from self._feeds()
        if self._site.base_url:
            yield from sitemaps(self._site.base_url, paths)
        self._plan_search(editions, cards, topics, maker)

    def indexes(self) -> Mapping[str, tuple[str, Callable[[Path], None]]]:
        """The folders of the search, as path to (mark, maker); known when the last page is made."""
        return self._indexes

    def _cards(self) -> Iterator[Card]:
        """Articles that may be shown, newest first: labelled, neither held back nor barred from indexes, and what the
        newsletter takes, or has printed."""
        for article in self._store.articles(ArticleQuery(brief=True)):
            if not article.labelled or article.held or article.noindex or not is_web_url(article.url):
                continue
            issue = self._numbers.get(article.id)
            if issue is None and unwanted(article, self._choice):
                continue
            card = _card(article, self._zone, issue)
            if article.published_at is not None and card.issue is not None:
                self._dates[card.url] = article.published_at
            yield card

    def _edition(self, published: Published) -> Edition:
        key = f"issue {published.record.number}"
        edition, self.memory[key] = edition_of(published, self._folder.memory.get(key), self._zone)
        return edition

    def _issue_page(
        self, published: Published, edition: Edition, groups: Groups, newer: int | None, older: int | None
    ) -> str | None:
        """The page, or None where everything that it is made from is as it was."""
        linked = [tag for tag in edition.tags if tag in groups.tags]
        mark = mark_of(published.mark, repr((newer, older, linked)))
        if self._is_known(f"page {edition.number}", mark, edition.path):
            return None
        body = page_body(published.issue, self._options)
        return issue_page(self._site, edition, body, groups, newer, older)

    def _feeds(self) -> Iterator[Page]:
        newest = self._published[:FEED_ISSUES]
        if not newest:
            return
        mark = mark_of(*(published.mark for published in newest), repr(sorted(self._dates.items())))
        for name, made in _FEEDS.items():
            known = self._is_known(name, mark, name)
            issues = [] if known else [dated_issue(published.issue, self._dates) for published in newest]
            yield name, None if known else made(issues, self._options, name)

    def _plan_search(
        self, editions: Sequence[Edition], cards: Sequence[Card], topics: Sequence[Topic], maker: CardMaker
    ) -> None:
        if self._pagefind is None:
            return
        for shard in search_shards(self._site, editions, cards, topics, maker):
            make = partial(_index, self._pagefind, shard.records, shard.first)
            self._indexes[shard.path] = mark_of(self._shape, shard.mark), make

    def _has_list(self, path: str, mark: str) -> bool:
        return self._is_known(path, mark_of(self._shape, mark), path)

    def _is_known(self, key: str, mark: str, path: str) -> bool:
        """Whether a file that we wrote was made from just this; notes it for the next time."""
        self.memory[key] = mark
        there = self._folder.files.get(path) and path in self._folder.there
        return bool(there and self._folder.memory.get(key) == mark)


def _index(program: Path, records: Callable[[], Sequence[Any]], first: bool, out: Path) -> None:  # noqa: FBT001
    make_index(program, records(), out, first=first)


def _site(settings: Settings, base_url: str, templates: Path | None) -> Site:
    comments = one_line(settings.issue.comments or "")
    address = ""
    if is_web_url(comments):
        address = shown_url(comments)
    elif comments.lower().startswith("mailto:") and " " not in comments:
        address = comments
    return Site(
        title=one_line(settings.issue.title) or "Roundup",
        tagline=one_line(settings.issue.tagline),
        base_url=base_url,
        comments=comments,
        comments_url=address,
        giscus=_giscus(settings.site.giscus),
        templates=templates,
    )


def _giscus(given: GiscusSettings) -> Mapping[str, str] | None:
    """The attributes of the script of giscus.app; None where no repository is named."""
    if not given.repo:
        return None
    return {
        "repo": given.repo,
        "repo-id": given.repo_id,
        "category": given.category,
        "category-id": given.category_id,
        "mapping": "pathname",
        "strict": "1",
        "theme": "preferred_color_scheme",
        "lang": "en",
    }


def _address(url: str) -> str:
    return url if _PLAIN_URL.fullmatch(url) else shown_url(canonical_url(url))


def _card(article: Article, zone: ZoneInfo, issue: int | None) -> Card:
    return Card(
        title=_line(article.title) or "Untitled",
        url=_address(article.url),
        day=(article.published_at or article.first_seen_at).astimezone(zone).date(),
        deck=_line(article.deck),
        minutes=article.minutes,
        company=_line(article.company or ""),
        kind=article.kind,
        subkind=article.subkind,
        tags=article.tags,
        source=article.source,
        issue=issue,
    )


def _line(text: str) -> str:
    """`one_line`, quick for the many texts that are one already."""
    return text.strip() if text.isascii() and text.isprintable() and "  " not in text else one_line(text)


def _names(taxonomy: Taxonomy, sources: Mapping[str, Source]) -> Names:
    return Names(
        kinds={kind.id: (kind.label, kind.hint) for kind in taxonomy.kinds.values()},
        tags={tag.id: tag.name for tag in taxonomy.tags.values()},
        sources={source.slug: source.name for source in sources.values()},
        homepages={s.slug: s.homepage for s in sources.values() if s.homepage and is_web_url(s.homepage)},
    )


def _programs(templates: Path | None) -> str:
    """A mark of the templates and programs that shape pages, ours and the user's."""
    ours = [file for name in _PACKAGES for file in _files(Path(str(resources.files(name))))]
    return mark_of(*(file.read_bytes().hex() for file in (*ours, *(_files(templates) if templates else ()))))


def _files(folder: Path) -> Sequence[Path]:
    return sorted(f for f in folder.rglob("*") if f.is_file() and f.suffix in (".py", ".html", ".css", ".js", ".xhtml"))

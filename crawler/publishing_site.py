"""`crawl site`: from the store's published issues and articles to a folder of static pages."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from crawler import __version__
from crawler.composing import issue_numbers
from crawler.draft.parse import parse_draft
from crawler.label.taxonomy import Taxonomy
from crawler.model import Article, Issue, Item, Source
from crawler.ports import ArticleQuery, IssueRecord, Store
from crawler.render.atom import atom_feed
from crawler.render.jsonfeed import json_feed
from crawler.render.options import options_of
from crawler.render.page import page_body, page_styles
from crawler.render.rss import rss_feed
from crawler.render.shared import standing_line
from crawler.render.view import view_of
from crawler.settings import DEFAULT_PROFILE, Settings
from crawler.site.files import SiteFolder, Written, open_folder, write_site
from crawler.site.frame import styles
from crawler.site.groups import Groups, group_cards
from crawler.site.pages import FEATURED_FROM, issue_page, site_pages, sitemap
from crawler.site.values import Card, Edition, Names, Site
from crawler.text import one_line
from crawler.urls import canonical_url, is_web_url

FEED_ISSUES = 30
_FEEDS = {"feed.atom": atom_feed, "feed.rss": rss_feed, "feed.json": json_feed}
_PACKAGES = ("crawler.site", "crawler.render")
Page = tuple[str, str | None]


def publish_site(
    store: Store,
    settings: Settings,
    sources: Mapping[str, Source],
    taxonomy: Taxonomy,
    out: Path,
    *,
    profile: str = DEFAULT_PROFILE,
    base_url: str | None = None,
    anew: bool = False,
) -> Written:
    """Build or renew the site of a profile's issues in a folder; files that stayed the same are left alone, `anew`
    writes all of them.

    `base_url` is where it will stand on the web, else that of the settings. Raises UserError for a folder with files
    of others in the way, and for what cannot be written.
    """
    folder = open_folder(out)
    if anew:
        folder = SiteFolder(out, dict.fromkeys(folder.files, ""))
    builder = _Builder(store, profile, settings, sources, taxonomy, folder, base_url)
    return write_site(folder, builder.pages(), builder.memory)


@dataclass
class _Published:
    """An issue as recorded: `mark` tells its text and all that shapes it; parsed only where that is needed."""

    record: IssueRecord
    comments: str | None
    mark: str

    @cached_property
    def issue(self) -> Issue:
        parsed = parse_draft(self.record.text, f"issue {self.record.number}").issue
        return replace(parsed, comments=self.comments)


class _Builder:
    """One building of the site. `memory` holds what lists tell of an issue and the marks its files were made from."""

    def __init__(
        self,
        store: Store,
        profile: str,
        settings: Settings,
        sources: Mapping[str, Source],
        taxonomy: Taxonomy,
        folder: SiteFolder,
        base_url: str | None,
    ) -> None:
        self._folder = folder
        self.memory: dict[str, Any] = {}
        self._zone = ZoneInfo(settings.timezone)
        given = settings.issue if base_url is None else replace(settings.issue, base_url=base_url)
        self._options = replace(options_of(given), pages=True, page_name="issues/{number:03d}.html")
        comments = one_line(settings.issue.comments or "")
        self._site = Site(
            title=one_line(settings.issue.title) or "Roundup",
            tagline=one_line(settings.issue.tagline),
            base_url=self._options.base_url,
            comments=comments,
            comments_url=canonical_url(comments) if is_web_url(comments) else "",
            templates=self._options.templates,
        )
        self._names = _names(taxonomy, sources)
        self._store = store
        self._numbers = issue_numbers(store, profile)
        records = [record for record in store.issue_records(profile) if record.published_at is not None]
        records.sort(key=lambda record: record.number, reverse=True)
        self._site = replace(self._site, feeds=bool(records))
        self._shape = shape = _mark(
            __version__, repr(self._site), repr(self._options), _programs(self._options.templates)
        )
        self._published = [_Published(r, settings.issue.comments, _mark(shape, r.text)) for r in records]

    def pages(self) -> Iterator[Page]:
        """All files of the site, (path, text); None for the text of a file that is as it was."""
        editions = [self._edition(published) for published in self._published]

        cards = [card for article in self._articles() if (card := _card(article, self._zone))]
        groups = group_cards(cards, self._names)
        known = {card.url: card for card in cards}
        editions = [
            replace(edition, items=tuple(_filled(item, known.get(item.url)) for item in edition.items))
            if place <= FEATURED_FROM
            else edition
            for place, edition in enumerate(editions)
        ]
        yield "style.css", styles(self._site, page_styles(self._options))
        paths = []
        for path, text in site_pages(self._site, editions, cards, groups, self._has_list):
            paths.append(path)
            yield path, text
        for place, (published, edition) in enumerate(zip(self._published, editions, strict=True)):
            newer = editions[place - 1].number if place else None
            older = editions[place + 1].number if place + 1 < len(editions) else None
            paths.append(edition.path)
            yield edition.path, self._issue_page(published, edition, groups, newer, older)
        yield from self._feeds()
        if self._site.base_url:
            yield "sitemap.xml", sitemap(self._site.base_url, paths)

    def _articles(self) -> Iterator[Article]:
        """Articles that may be shown, newest first: labelled, and neither held back nor barred from indexes."""
        for article in self._store.articles(ArticleQuery()):
            if article.labelled and not article.held and not article.noindex:
                yield replace(article, issue=self._numbers.get(article.id))

    def _edition(self, published: _Published) -> Edition:
        key = f"issue {published.record.number}"
        kept = self._folder.memory.get(key)
        if kept and kept["mark"] == published.mark:
            self.memory[key] = kept
            return _recalled(kept["told"])
        edition = _edition(published.issue)
        self.memory[key] = {"mark": published.mark, "told": _remembered(edition)}
        return edition

    def _issue_page(
        self, published: _Published, edition: Edition, groups: Groups, newer: int | None, older: int | None
    ) -> str | None:
        """The page, or None where everything that it is made from is as it was."""
        linked = [tag for tag in edition.tags if tag in groups.tags]
        mark = _mark(published.mark, repr((newer, older, linked)))
        if self._is_known(f"page {edition.number}", mark, edition.path):
            return None
        body = page_body(published.issue, self._options)
        return issue_page(self._site, edition, body, groups, newer, older)

    def _feeds(self) -> Iterator[Page]:
        newest = self._published[:FEED_ISSUES]
        if not newest:
            return
        mark = _mark(*(published.mark for published in newest))
        for name, made in _FEEDS.items():
            known = self._is_known(name, mark, name)
            yield name, None if known else made([p.issue for p in newest], self._options, name)

    def _has_list(self, path: str, mark: str) -> bool:
        return self._is_known(path, _mark(self._shape, mark), path)

    def _is_known(self, key: str, mark: str, path: str) -> bool:
        """Whether a file that we wrote was made from just this; notes it for the next time."""
        self.memory[key] = mark
        there = self._folder.files.get(path) and (self._folder.path / path).exists()
        return bool(there and self._folder.memory.get(key) == mark)


def _card(article: Article, zone: ZoneInfo) -> Card | None:
    if not is_web_url(article.url):
        return None
    return Card(
        title=one_line(article.title) or "Untitled",
        url=canonical_url(article.url) if "?" in article.url or "#" in article.url else article.url,
        day=(article.published_at or article.first_seen_at).astimezone(zone).date(),
        deck=one_line(article.deck),
        minutes=article.minutes,
        company=one_line(article.company or ""),
        kind=article.kind,
        tags=article.tags,
        source=article.source,
        issue=article.issue,
    )


def _edition(issue: Issue) -> Edition:
    view = view_of(issue)
    return Edition(
        number=issue.number,
        name=view.name,
        day=issue.window.end_at.date(),
        standing_line=standing_line(issue),
        lead=view.lead,
        items=tuple(map(_item_card, issue.items)),
        tags=view.tags,
        parts=tuple((section.anchor, section.title) for section in view.sections if section.title),
    )


def _item_card(item: Item) -> Card:
    return Card(
        title=one_line(item.title) or "Untitled",
        url=canonical_url(item.url) if is_web_url(item.url) else "",
        day=None,
        deck=one_line(item.deck or item.summary.split("\n\n")[0]),
        minutes=item.minutes,
        company=one_line(item.company or ""),
        kind=item.kind,
        tags=item.tags,
    )


def _filled(item: Card, known: Card | None) -> Card:
    """A story of an issue with what a draft does not tell: the article's one-sentence deck, and its kind."""
    return replace(item, deck=known.deck or item.deck, kind=item.kind or known.kind) if known else item


def _remembered(edition: Edition) -> dict[str, Any]:
    told = asdict(edition) | {"day": edition.day.isoformat()}
    parsed: dict[str, Any] = json.loads(json.dumps(told))
    return parsed


def _recalled(told: dict[str, Any]) -> Edition:
    items = tuple(Card(**{**item, "tags": tuple(item["tags"])}) for item in told["items"])
    parts = tuple((anchor, title) for anchor, title in told["parts"])
    day = date.fromisoformat(told["day"])
    return Edition(**{**told, "day": day, "items": items, "tags": tuple(told["tags"]), "parts": parts})


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
    return _mark(*(file.read_bytes().hex() for file in (*ours, *(_files(templates) if templates else ()))))


def _files(folder: Path) -> Sequence[Path]:
    return sorted(f for f in folder.rglob("*") if f.is_file() and f.suffix in (".py", ".html", ".css", ".js", ".xhtml"))


def _mark(*parts: str) -> str:
    return hashlib.blake2b("\x00".join(parts).encode(), digest_size=12).hexdigest()

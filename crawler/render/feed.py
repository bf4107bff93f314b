"""What the three feed formats say alike: the channel and its entries, in one of two grains."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as ET

from crawler.model import Issue, Item
from crawler.render import SUFFIXES
from crawler.render.identity import issue_uuid, item_uuid, publication_uuid
from crawler.render.options import RenderOptions
from crawler.render.shared import heading, quiet, told_at
from crawler.render.templating import fill_template
from crawler.render.view import ItemView, item_view, view_of
from crawler.text import one_line
from crawler.urls import is_web_url, picture_url


@dataclass(frozen=True, slots=True)
class Entry:
    """An issue or an article in a feed. `content_html` is safe markup; `summary` plain text, often empty."""

    id: str
    title: str
    url: str
    summary: str
    content_html: str
    published_at: datetime
    updated_at: datetime
    author: str
    tags: tuple[str, ...]
    image: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed: `url` is where people read, `feed_url` where the feed itself stands; both may be unknown (empty)."""

    id: str
    title: str
    subtitle: str
    url: str
    feed_url: str
    hub: str
    updated_at: datetime
    entries: tuple[Entry, ...]


def channel_of(issues: Sequence[Issue], options: RenderOptions, name: str) -> Channel:
    """The feed of issues that are given newest first, in the grain of `options.feed_grain`.

    `name` is the feed's own file name below `options.base_url`. Raises ValueError for no issue at all.
    """
    if not issues:
        raise ValueError("a feed needs an issue")
    newest = issues[0]
    made = _by_issue if options.feed_grain == "issue" else _by_article
    return Channel(
        id=publication_uuid(newest, options).urn,
        title=one_line(newest.title) or "Roundup",
        subtitle=one_line(newest.tagline),
        url=options.base_url,
        feed_url=options.address(name) or "",
        hub=options.hub or "",
        updated_at=max(map(told_at, issues)),
        entries=_once(entry for issue in issues for entry in made(issue, options)),
    )


def _once(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Names must be unique in a feed: an article that stands in it twice is told at its first place."""
    by_id: dict[str, Entry] = {}
    for entry in entries:
        by_id.setdefault(entry.id, entry)
    return tuple(by_id.values())


def feed_name(issue: Issue, format: str) -> str:  # noqa: A002 - as in the registry
    """The file name of a feed of one issue."""
    return f"{issue.number:03d}{SUFFIXES[format]}"


def child(parent: ET.Element, tag: str, text: str | None = None, /, **attributes: str) -> ET.Element:
    """An element with text under a parent; XML's escaping is the library's."""
    element = ET.SubElement(parent, tag, attributes)
    element.text = text
    return element


def document(root: ET.Element) -> str:
    """The XML document, indented, as text that is to be written as UTF-8."""
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _by_issue(issue: Issue, options: RenderOptions) -> list[Entry]:
    show = options.images != "link"
    content = fill_template("entry.html", options.templates, issue=view_of(issue, options, pictures=show), show=show)
    return [
        Entry(
            id=issue_uuid(issue, options).urn,
            title=heading(issue),
            url=options.issue_address(issue) or "",
            summary=one_line(issue.lead) or quiet(issue),
            content_html=content.strip(),
            published_at=told_at(issue),
            updated_at=told_at(issue),
            author=one_line(issue.title),
            tags=issue.tags,
            image=picture_url(issue.cover.url) if issue.cover and is_web_url(issue.cover.url) else "",
        )
    ]


def _by_article(issue: Issue, options: RenderOptions) -> list[Entry]:
    show = options.images != "link"
    return [_article(item, item_view(item, pictures=show), issue, options) for item in issue.items]


def _article(item: Item, view: ItemView, issue: Issue, options: RenderOptions) -> Entry:
    content = fill_template("story.html", options.templates, item=view, show=options.images != "link")
    return Entry(
        id=item_uuid(item, issue, options).urn,
        title=view.title,
        url=view.url,
        summary=view.deck,
        content_html=content.strip() or view.title,
        published_at=item.published_at or told_at(issue),
        updated_at=told_at(issue),
        author=view.company,
        tags=view.tags,
        image=view.image_url,
    )

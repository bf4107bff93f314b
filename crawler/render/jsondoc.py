"""An issue as one JSON object: the shape of `crawl digest --json`."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from crawler.model import Issue, Item
from crawler.render.options import RenderOptions
from crawler.render.shared import coverage, links, paragraphs
from crawler.text import one_line
from crawler.urls import is_web_url, picture_url, shown_url


def render_json(issue: Issue, _options: RenderOptions | None = None) -> str:
    """One object on one line; fields may be added, never renamed."""
    return json.dumps(issue_object(issue), ensure_ascii=False) + "\n"


def issue_object(issue: Issue) -> dict[str, Any]:
    """The issue as plain data. Times are ISO 8601 in UTC; an issue without headings has one nameless section."""
    return {
        "number": issue.number,
        "title": one_line(issue.title),
        "tagline": one_line(issue.tagline),
        "profile": issue.profile,
        "window": {"from": _instant(issue.window.start_at), "to": _instant(issue.window.end_at)},
        "lead": one_line(issue.lead),
        "sections": [
            {"tag": s.tag, "title": one_line(s.title), "items": [item_object(i) for i in s.items]}
            for s in issue.sections
        ],
        "tags": list(issue.tags),
        "cover": {"url": picture_url(issue.cover.url), "alt": one_line(issue.cover.alt)} if issue.cover else None,
        "comments": issue.comments,
    }


def item_object(item: Item) -> dict[str, Any]:
    """An item as plain data; `id` is the article's, null for an item of the editor's own."""
    image = item.image if item.image and is_web_url(item.image.url) else None
    return {
        "id": item.article_id or None,
        "title": one_line(item.title),
        "url": shown_url(item.url),
        "source": item.source or None,
        "company": one_line(item.company) if item.company else None,
        "audience": one_line(item.audience),
        "summary": "\n\n".join(paragraphs(item)),
        "deck": one_line(item.deck),
        "image": {"url": picture_url(image.url), "alt": one_line(image.alt or item.title)} if image else None,
        "minutes": item.minutes,
        "kind": item.kind or None,
        "subkind": item.subkind or None,
        "tags": list(item.tags),
        "also_at": [url for _, url in links(item)],
        "also_at_names": [name for name, _ in links(item)],
        "covered_by": [url for _, url in coverage(item)],
        "covered_by_names": [name for name, _ in coverage(item)],
        "previously": list(item.previously),
        "notes": item.notes,
        "published_at": _instant(item.published_at) if item.published_at else None,
        "score": item.score,
    }


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")

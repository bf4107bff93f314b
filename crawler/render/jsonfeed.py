"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from crawler.model import Issue
from crawler.render.atom import instant
from crawler.render.feed import Entry, channel_of, feed_name
from crawler.render.options import RenderOptions

VERSION = "https://jsonfeed.org/version/1.1"


def render_jsonfeed(issue: Issue, options: RenderOptions) -> str:
    """The feed of one issue."""
    return json_feed([issue], options, feed_name(issue, "jsonfeed"))


def json_feed(issues: Sequence[Issue], options: RenderOptions, name: str) -> str:
    """The feed of issues, newest first; `name` is its file name below the base address."""
    channel = channel_of(issues, options, name)
    feed = {
        "version": VERSION,
        "title": channel.title,
        "description": channel.subtitle,
        "home_page_url": channel.url,
        "feed_url": channel.feed_url,
        "language": "en",
        "authors": [{"name": channel.title}],
        "hubs": [{"type": "WebSub", "url": channel.hub}] if channel.hub else [],
    }
    items = [_item(entry) for entry in channel.entries]
    return json.dumps({**_filled(feed), "items": items}, ensure_ascii=False, indent=2) + "\n"


def _item(entry: Entry) -> dict[str, Any]:
    item = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.content_html,
        "summary": entry.summary,
        "image": entry.image,
        "date_published": instant(entry.published_at),
        "date_modified": instant(entry.updated_at),
        "authors": [{"name": entry.author}] if entry.author else [],
        "tags": list(entry.tags),
    }
    return _filled(item)


def _filled(members: dict[str, Any]) -> dict[str, Any]:
    """Only what is known: an empty address is no address."""
    return {name: value for name, value in members.items() if value not in ("", [])}

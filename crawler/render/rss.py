"""RSS 2.0 (rssboard.org/rss-specification), with the whole text in content:encoded and WebSub's links."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from xml.etree import ElementTree as ET

from crawler.model import Issue
from crawler.render.feed import Channel, Entry, channel_of, child, document, feed_name
from crawler.render.options import RenderOptions

_SPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
}


def render_rss(issue: Issue, options: RenderOptions) -> str:
    """The feed of one issue."""
    return rss_feed([issue], options, feed_name(issue, "rss"))


def rss_feed(issues: Sequence[Issue], options: RenderOptions, name: str) -> str:
    """The feed of issues, newest first; `name` is its file name below the base address."""
    channel = channel_of(issues, options, name)
    root = ET.Element("rss", {"version": "2.0", **_SPACES})
    element = child(root, "channel")
    child(element, "title", channel.title)
    # The element is required, and any registered scheme will do: the feed's name where no address is known.
    child(element, "link", channel.url or channel.id)
    child(element, "description", channel.subtitle or channel.title)
    child(element, "language", "en")
    child(element, "lastBuildDate", _date(channel.updated_at))
    child(element, "generator", "weekly-roundup")
    _links(element, channel)
    for entry in channel.entries:
        _item(element, entry)
    return document(root)


def _links(element: ET.Element, channel: Channel) -> None:
    if channel.feed_url:
        child(element, "atom:link", rel="self", type="application/rss+xml", href=channel.feed_url)
    if channel.hub:
        child(element, "atom:link", rel="hub", href=channel.hub)


def _item(channel: ET.Element, entry: Entry) -> None:
    element = child(channel, "item")
    child(element, "title", entry.title)
    if entry.url:
        child(element, "link", entry.url)
    child(element, "guid", entry.id, isPermaLink="false")
    child(element, "pubDate", _date(entry.published_at))
    if entry.author:
        child(element, "dc:creator", entry.author)
    for tag in entry.tags:
        child(element, "category", tag)
    if entry.summary:
        child(element, "description", escape(entry.summary, quote=False))  # readers take it for HTML
    child(element, "content:encoded", entry.content_html)


def _date(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)

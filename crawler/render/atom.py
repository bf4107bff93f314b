"""Atom 1.0 (RFC 4287), with the links that WebSub asks for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from crawler.model import Issue
from crawler.render.feed import Channel, Entry, channel_of, child, document, feed_name
from crawler.render.options import RenderOptions

NAMESPACE = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"


def render_atom(issue: Issue, options: RenderOptions) -> str:
    """The feed of one issue."""
    return atom_feed([issue], options, feed_name(issue, "atom"))


def atom_feed(issues: Sequence[Issue], options: RenderOptions, name: str) -> str:
    """The feed of issues, newest first; `name` is its file name below the base address."""
    channel = channel_of(issues, options, name)
    feed = ET.Element("feed", {"xmlns": NAMESPACE, "xml:lang": "en"})
    child(feed, "id", channel.id)
    child(feed, "title", channel.title)
    if channel.subtitle:
        child(feed, "subtitle", channel.subtitle)
    child(feed, "updated", instant(channel.updated_at))
    child(child(feed, "author"), "name", channel.title)
    _links(feed, channel)
    child(feed, "generator", "weekly-roundup")
    for entry in channel.entries:
        _entry(feed, entry)
    return document(feed)


def instant(moment: datetime) -> str:
    """RFC 3339 in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _links(feed: ET.Element, channel: Channel) -> None:
    if channel.feed_url:
        child(feed, "link", rel="self", type=MEDIA_TYPE, href=channel.feed_url)
    if channel.url:
        child(feed, "link", rel="alternate", type="text/html", href=channel.url)
    if channel.hub:
        child(feed, "link", rel="hub", href=channel.hub)


def _entry(feed: ET.Element, entry: Entry) -> None:
    element = child(feed, "entry")
    child(element, "id", entry.id)
    child(element, "title", entry.title)
    if entry.url:
        child(element, "link", rel="alternate", type="text/html", href=entry.url)
    child(element, "published", instant(entry.published_at))
    child(element, "updated", instant(entry.updated_at))
    if entry.author:
        child(child(element, "author"), "name", entry.author)
    for tag in entry.tags:
        child(element, "category", term=tag)
    if entry.summary:
        child(element, "summary", entry.summary)
    child(element, "content", entry.content_html, type="html")

"""What the specifications of the feed formats ask for, as far as a document alone can show it."""

from __future__ import annotations

import json
import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree as ET

from crawler.urls import is_web_url

ATOM = "{http://www.w3.org/2005/Atom}"
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_IRI = re.compile(r"[a-z][a-z0-9+.-]*:\S+")


def check_atom(text: str) -> None:
    """RFC 4287 sections 4.1.1, 4.1.2 and 4.2: what must be there once, what may be, and the forms of values."""
    feed = ET.fromstring(text)
    assert feed.tag == f"{ATOM}feed"
    _once(feed, "id", "title", "updated")
    _at_most_once(feed, "subtitle", "generator", "logo", "icon", "rights")
    entries = feed.findall(f"{ATOM}entry")
    assert feed.find(f"{ATOM}author") is not None or all(e.find(f"{ATOM}author") is not None for e in entries)
    ids = [_text(element, "id") for element in (feed, *entries)]
    assert len(set(ids)) == len(ids)
    assert all(_IRI.fullmatch(one) for one in ids)
    for element in (feed, *entries):
        alternates = [(li.get("type"), li.get("hreflang")) for li in _links(element, "alternate")]
        assert len(set(alternates)) == len(alternates)
        assert all(_IRI.fullmatch(li.get("href", "")) for li in element.findall(f"{ATOM}link"))
        assert _RFC3339.fullmatch(_text(element, "updated"))
        for person in element.findall(f"{ATOM}author"):
            assert _text(person, "name").strip()
    for entry in entries:
        _once(entry, "id", "title", "updated")
        _at_most_once(entry, "content", "published", "summary", "rights", "source")
        assert entry.find(f"{ATOM}content") is not None or _links(entry, "alternate")
        assert all(category.get("term") for category in entry.findall(f"{ATOM}category"))
        content = entry.find(f"{ATOM}content")
        assert content is None or content.get("type") == "html"
        assert content is None or len(content) == 0


def check_rss(text: str) -> None:
    """RSS 2.0: required elements, one of each, dates of RFC 822, and guids that are unique."""
    root = ET.fromstring(text)
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    (channel,) = root
    for name in ("title", "link", "description"):
        assert (channel.findtext(name) or "").strip(), name
        assert len(channel.findall(name)) == 1
    assert _IRI.fullmatch(channel.findtext("link") or "")
    guids = []
    for item in channel.findall("item"):
        names = [child.tag for child in item if child.tag != "category"]
        assert len(set(names)) == len(names)
        assert (item.findtext("title") or item.findtext("description") or "").strip()
        assert item.find("link") is None or is_web_url(item.findtext("link") or "")
        guid = item.find("guid")
        assert guid is not None
        assert guid.get("isPermaLink") == "false"
        guids.append(guid.text)
        assert parsedate_to_datetime(item.findtext("pubDate") or "").tzinfo
    assert len(set(guids)) == len(guids)
    assert parsedate_to_datetime(channel.findtext("lastBuildDate") or "").tzinfo


def check_jsonfeed(text: str) -> None:
    """JSON Feed 1.1: version, title and items; an id and content in each item; types and forms of the rest."""
    feed = json.loads(text)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert isinstance(feed["title"], str)
    assert feed["title"]
    known = {"version", "title", "home_page_url", "feed_url", "description", "authors", "language", "hubs", "items"}
    assert set(feed) <= known
    assert all(set(hub) == {"type", "url"} for hub in feed.get("hubs", []))
    assert all(is_web_url(feed[name]) for name in ("home_page_url", "feed_url") if name in feed)
    ids = [item["id"] for item in feed["items"]]
    assert len(set(ids)) == len(ids)
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert item["content_html"]
        assert all(is_web_url(item[name]) for name in ("url", "image") if name in item)
        for name in ("date_published", "date_modified"):
            assert datetime.fromisoformat(item[name]).tzinfo
        assert all(isinstance(tag, str) for tag in item.get("tags", []))
        assert all(author.get("name") for author in item.get("authors", []))


def _once(element: ET.Element, *names: str) -> None:
    for name in names:
        assert len(element.findall(f"{ATOM}{name}")) == 1, name


def _at_most_once(element: ET.Element, *names: str) -> None:
    for name in names:
        assert len(element.findall(f"{ATOM}{name}")) <= 1, name


def _text(element: ET.Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


def _links(element: ET.Element, rel: str) -> list[ET.Element]:
    return [link for link in element.findall(f"{ATOM}link") if link.get("rel", "alternate") == rel]

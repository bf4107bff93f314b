"""Small documents for tests of sources: feeds, pages and sitemaps of a blog with a given number of posts."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path

from tests.support.command import Command
from tests.support.world import clean_environment

NEWEST = datetime(2026, 11, 1, 9, tzinfo=UTC)
FULL = "<p>" + "A paragraph that says something about the cache, the queue and the disk. " * 12 + "</p>"


def rss(
    title: str,
    home: str,
    posts: Sequence[str] = ("one", "two", "three"),
    *,
    full: bool = False,
    start: int = 0,
    links: str = "",
) -> bytes:
    """An RSS 2.0 feed; each post lies at `home/posts/<name>`, a day apart, the first of them `start` days old."""
    body = f"<content:encoded><![CDATA[{FULL * 4}]]></content:encoded>" if full else ""
    items = "".join(
        f"<item><title>Post {name} about caches</title><link>{home}/posts/{name}</link>"
        f"<pubDate>{format_datetime(NEWEST - timedelta(days=start + day))}</pubDate>"
        f"<description>About {name}.</description>{body}</item>"
        for day, name in enumerate(posts)
    )
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        f' xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>{escape(title)}</title><link>{home}</link>'
        f"<description>d</description>{links}{items}</channel></rss>"
    ).encode()


def page(body: str = "", head: str = "", title: str = "A page") -> bytes:
    """An HTML page."""
    return f"<!doctype html><html lang=en><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode()


def listing(names: Sequence[str], folder: str = "/posts", after: str = "", *, start: int = 0) -> bytes:
    """A page that lists posts with titles and dates."""
    items = "".join(
        f'<article><h2><a href="{folder}/{name}">How the team rebuilt {name} storage</a></h2>'
        f"<time datetime={(NEWEST - timedelta(days=start + day)).date()}></time><p>About {name}.</p></article>"
        for day, name in enumerate(names)
    )
    return page(f"<main>{items}</main>{after}", title="Field notes")


def sitemap(urls: Sequence[str], *, index: bool = False, start: int = 0) -> bytes:
    """A sitemap, or an index of sitemaps, the first one the latest changed."""
    root, item = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    items = "".join(
        f"<{item}><loc>{url}</loc><lastmod>{(NEWEST - timedelta(days=start + day)).date()}</lastmod></{item}>"
        for day, url in enumerate(urls)
    )
    return f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{items}</{root}>'.encode()


HEAD = """# My subscriptions, in an order of my own
settings:
  contact: https://example.org/about
  fetch: {pause: 0, pages: never, allow_private_hosts: ["127.0.0.0/8"]}
defaults: {weight: 1.0, language: en}
"""

EXISTING = """sources:
  # the first one
  - {slug: first,  name: First, url: "https://first.example/feed", kind: feed}   # keep me
"""


class Desk(Command):
    """A person's folder with a sources.yaml, and the command."""

    def __init__(self, folder: Path, sources: str = EXISTING, proxy: str | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.proxy = folder, proxy
        self.file = folder / "sources.yaml"
        self.file.write_text(HEAD + sources, encoding="utf-8")

    @property
    def text(self) -> str:
        """sources.yaml as it stands."""
        return self.file.read_text(encoding="utf-8")

    @property
    def environment(self) -> dict[str, str]:
        path = os.pathsep.join(filter(None, (str(Path(__file__).resolve().parents[2]), os.environ.get("PYTHONPATH"))))
        return clean_environment(self.folder, self.proxy) | {"PYTHONPATH": path}

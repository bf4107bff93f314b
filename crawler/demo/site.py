"""The demo's web as one value: every document of every blog, for a moment in time.

Pure: the same `now` gives the same bytes. The server in `crawler.demo.server` only hands them out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime

from crawler.demo.content import Blog, Post, flood_posts, load_blogs
from crawler.demo.feeds import feed_document, sitemap_document
from crawler.demo.markup import figures
from crawler.demo.pages import article_page, index_page, plain_page
from crawler.demo.pictures import chart_svg, cover_png
from crawler.yamldoc import dump_yaml

_HTML = "text/html; charset=utf-8"
HEAD = "# Made by `crawl demo`, which makes it anew each time.\n"
_PER_PAGE = 6
_TAGLINE = "A weekly roundup of what engineering teams built, broke, and learned."
_ERROR_PAGE = b"""<!DOCTYPE html>
<html><head><title>We will be right back</title></head>
<body><h1>Something is being replaced</h1><p>Our website is moving to a new home. Please come back in a few minutes.</p>
<!-- upstream connect error or disconnect/reset before headers --></body></html>
"""


@dataclass(frozen=True, slots=True)
class Page:
    """One document as it is served. `headers` are further ones; the server adds length, ETag and date."""

    body: bytes
    content_type: str
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True, slots=True)
class Web:
    """(host, path) to document. Paths are without query string."""

    pages: Mapping[tuple[str, str], Page]
    blogs: tuple[Blog, ...]
    now: datetime

    @property
    def hosts(self) -> tuple[str, ...]:
        return tuple(blog.host for blog in self.blogs)


def build_web(now: datetime, *, flood: bool = False) -> Web:
    """Everything that the sample blogs publish, as it stands at `now` (aware).

    With `flood`, the blog that has a `flood` part puts its whole changelog archive into its feed.
    """
    blogs = load_blogs()
    pages = {(blog.host, path): page for blog in blogs for path, page in _blog_pages(blog, now, flood=flood)}
    return Web(pages, blogs, now)


def sources_yaml(blogs: tuple[Blog, ...]) -> str:
    """The sources.yaml that subscribes to these blogs. No pause: they are served from this machine."""
    rows = []
    for blog in blogs:
        row: dict[str, object] = {"slug": blog.slug, "name": blog.name, "url": blog.url, "kind": blog.kind}
        row["homepage"] = blog.homepage
        optional = {"company": blog.company, "tags": list(blog.tags), "include": list(blog.include)}
        row |= {key: value for key, value in optional.items() if value}
        if blog.weight != 1.0:
            row["weight"] = blog.weight
        if blog.language != "en":
            row["language"] = blog.language
        rows.append(row)
    settings = {
        "timezone": "UTC",
        "contact": "https://example.org/about-our-crawler",
        "fetch": {"pause": 0.0, "timeout": 10},
        "issue": {"title": "Weekend Reading", "tagline": _TAGLINE, "first_number": 1},
    }
    return HEAD + dump_yaml({"settings": settings, "sources": rows})


def _blog_pages(blog: Blog, now: datetime, *, flood: bool) -> Iterator[tuple[str, Page]]:
    posts = blog.posts
    old = flood_posts(blog)
    yield "/robots.txt", _robots(blog)
    for name in blog.nav:
        path = f"/{name.lower().replace(' ', '-')}/"
        yield path, Page(plain_page(blog, name, f"{blog.name}. {blog.tagline}").encode(), _HTML)
    yield from _indexes(blog, now)
    yield from _subscription(blog, (*posts, *old) if flood else posts, now)
    for post in (*posts, *old):
        stamp = {"Last-Modified": _http_date(post.written_at(now))}
        yield post.path, Page(article_page(blog, post, now).encode(), _HTML, stamp)
        if post.alias:
            yield post.alias, _redirect(blog.root + post.path)
        yield from _images(blog, post)


def _subscription(blog: Blog, posts: tuple[Post, ...], now: datetime) -> Iterator[tuple[str, Page]]:
    stamp = {"Last-Modified": _http_date(max(post.written_at(now) for post in posts))}
    if blog.kind == "sitemap":
        others = ("/", *(f"/{name.lower().replace(' ', '-')}/" for name in blog.nav))
        yield blog.feed, Page(sitemap_document(blog, posts, others, now), "application/xml", stamp)
    elif "html-error" in blog.quirks:
        yield blog.feed, Page(_ERROR_PAGE, _HTML)
    elif blog.kind == "feed":
        body, media = feed_document(blog, posts, now)
        target = blog.feed
        if "moved" in blog.quirks:
            target = "/index.xml"
            yield blog.feed, _redirect(blog.root + target)
        yield target, Page(body, media, {**stamp, "Cache-Control": "max-age=300"})


def _indexes(blog: Blog, now: datetime) -> Iterator[tuple[str, Page]]:
    first, rest = blog.posts[:_PER_PAGE], blog.posts[_PER_PAGE:]
    yield blog.index, Page(index_page(blog, first, now).encode(), _HTML)
    if blog.index != "/":
        yield "/", _redirect(blog.homepage, status=302)
    if blog.kind == "listing":
        older = f"{blog.feed}page/2/"
        yield (
            blog.feed,
            Page(index_page(blog, first, now, older=older if rest else "", heading="All writing").encode(), _HTML),
        )
        if rest:
            yield older, Page(index_page(blog, rest, now, heading="All writing, page 2").encode(), _HTML)


def _images(blog: Blog, post: Post) -> Iterator[tuple[str, Page]]:
    if post.cover:
        yield f"/images/{post.slug}/cover.png", Page(cover_png(post.slug, blog.color), "image/png")
    for source, alt in figures(post.body):
        name, _, data = source.partition("?")
        if ":" not in name:
            yield f"/images/{post.slug}/{name}", Page(chart_svg(data, alt, blog.color), "image/svg+xml")


def _robots(blog: Blog) -> Page:
    if blog.robots is None:
        return Page(b"<h1>Not found</h1>\n", _HTML, status=404)
    return Page(blog.robots.encode(), "text/plain; charset=utf-8")


def _redirect(target: str, status: int = 301) -> Page:
    return Page(b"", _HTML, {"Location": target}, status)


def _http_date(at: datetime) -> str:
    return format_datetime(at, usegmt=True)

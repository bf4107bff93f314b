"""The demo's HTML pages: articles in four layouts that are common on the web, homepages and archives.

Layouts are templates with `$name` places; everything that is put in was escaped here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from html import escape
from pathlib import Path
from string import Template

from crawler.demo.content import Blog, Post
from crawler.demo.feeds import cover_url, figure_url
from crawler.demo.markup import heading_id, headings, to_html
from crawler.text import MONTHS

_TEMPLATES = Path(__file__).parent / "templates"
_MONTHS = {
    "en": MONTHS,
    "de": (
        "Januar", "Februar", "März", "April", "Mai", "Juni",
        "Juli", "August", "September", "Oktober", "November", "Dezember",
    ),
}  # fmt: skip


def article_page(blog: Blog, post: Post, now: datetime) -> str:
    """An article with everything that stands around it on a real site."""
    at = post.published_at(now)
    others = [other for other in blog.posts if other is not post and other.age > post.age][:3]
    words = len(post.body.split())
    cover = f'<figure class="cover"><img src="{cover_url(blog, post)}" alt="{escape(post.cover or "")}"></figure>'
    return _template(blog.layout).substitute(
        _frame(blog),
        title=escape(post.title),
        description=escape(post.description),
        meta=_metadata(blog, post, at),
        authors=escape(" and ".join(post.authors)),
        date=_date_html(at, post.language) if at else "",
        separator=", " if at else "",
        minutes=max(1, round(words / 230)),
        cover=cover if post.cover else "",
        toc="".join(f'<li><a href="#{heading_id(h)}">{escape(h)}</a></li>' for h in headings(post.body)),
        body=to_html(post.body, lambda source: figure_url(blog, post, source)),
        tags=" ".join(f'<a href="/tags/{heading_id(tag)}/" rel="tag">{escape(tag)}</a>' for tag in post.tags),
        related="<ul>" + "".join(f'<li><a href="{p.path}">{escape(p.title)}</a></li>' for p in others) + "</ul>",
    )


def index_page(blog: Blog, posts: Sequence[Post], now: datetime, *, older: str = "", heading: str = "") -> str:
    """A homepage or one page of an archive: cards with title, date and deck; `older` is the next page's path."""
    return _template("index").substitute(
        _frame(blog),
        heading=escape(heading or blog.name),
        discovery=_discovery(blog),
        cards="\n".join(_card(post, now) for post in posts),
        pager=f'<nav class="pager"><a rel="next" href="{older}">Older posts</a></nav>' if older else "",
    )


def plain_page(blog: Blog, title: str, text: str) -> str:
    """A page that is no article: about, careers."""
    return (
        f'<!DOCTYPE html>\n<html lang="{blog.language}"><head><meta charset="utf-8">'
        f"<title>{escape(title)} - {escape(blog.name)}</title></head>"
        f"<body><nav><ul>{_nav(blog)}</ul></nav><h1>{escape(title)}</h1><p>{escape(text)}</p></body></html>\n"
    )


def _frame(blog: Blog) -> dict[str, str]:
    return {
        "lang": blog.language,
        "site": escape(blog.name),
        "tagline": escape(blog.tagline),
        "home": blog.index,
        "feed": blog.feed,
        "color": blog.color,
        "nav": _nav(blog),
        "footer": escape(blog.footer or f"© {blog.company or blog.name}. All rights reserved."),
    }


def _nav(blog: Blog) -> str:
    return "".join(f'<li><a href="/{heading_id(name)}/">{escape(name)}</a></li>' for name in blog.nav)


def _discovery(blog: Blog) -> str:
    kinds = {"rss": "application/rss+xml", "rdf": "application/rdf+xml", "atom": "application/atom+xml"}
    if blog.format == "none":
        return ""
    media = kinds.get(blog.format, "application/feed+json")
    return f'<link rel="alternate" type="{media}" title="{escape(blog.name)}" href="{blog.feed}">'


def _card(post: Post, now: datetime) -> str:
    at = post.published_at(now)
    date = f'<p class="date">{_date_html(at, post.language)}</p>' if at else ""
    return (
        f'<div class="card"><h2><a href="{post.path}">{escape(post.title)}</a></h2>{date}'
        f'<p class="excerpt">{escape(post.description)}</p><a class="more" href="{post.path}">Read more</a></div>'
    )


def _date_html(at: datetime, language: str) -> str:
    month = _MONTHS[language][at.month - 1]
    shown = f"{at.day}. {month} {at.year}" if language == "de" else f"{month} {at.day}, {at.year}"
    return f'<time datetime="{at.isoformat()}">{shown}</time>'


def _metadata(blog: Blog, post: Post, at: datetime | None) -> str:
    canonical = post.canonical or blog.root + post.path
    tags = [f'<link rel="canonical" href="{escape(canonical)}">']
    tags.append(f'<meta name="author" content="{escape(", ".join(post.authors))}">')
    if post.description:
        tags.append(f'<meta name="description" content="{escape(post.description)}">')
    if blog.layout == "plain":
        return "\n".join(tags)
    fields = {"og:type": "article", "og:title": post.title, "og:site_name": blog.name, "og:url": canonical}
    fields["og:description"] = post.description
    if post.cover:
        fields |= {"og:image": cover_url(blog, post), "og:image:alt": post.cover}
    if at:
        fields["article:published_time"] = at.isoformat()
    tags += [f'<meta property="{name}" content="{escape(value)}">' for name, value in fields.items()]
    tags += [f'<meta property="article:tag" content="{escape(tag)}">' for tag in post.tags]
    if blog.layout != "press":
        tags.append(_json_ld(blog, post, at))
    return "\n".join(tags)


def _json_ld(blog: Blog, post: Post, at: datetime | None) -> str:
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "headline": post.title,
        "description": post.description,
        "author": [{"@type": "Person", "name": author} for author in post.authors],
        "publisher": {"@type": "Organization", "name": blog.company or blog.name},
        "mainEntityOfPage": blog.root + post.path,
    }
    if at:
        data["datePublished"] = at.isoformat()
    if post.cover:
        data["image"] = cover_url(blog, post)
    # A closing tag inside the data would end the script element (HTML, section 4.12.1.3).
    text = json.dumps(data, ensure_ascii=False).replace("</", r"<\/")
    return f'<script type="application/ld+json">{text}</script>'


@lru_cache(maxsize=8)
def _template(name: str) -> Template:
    return Template((_TEMPLATES / f"{name}.html").read_text(encoding="utf-8"))

"""The list form in Markdown for a site generator: linked titles with nested notes below them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from crawler.model import Issue, Item
from crawler.render.options import RenderOptions
from crawler.render.shared import (
    coverage,
    heading,
    inert,
    links,
    mentions,
    paragraphs,
    previously,
    quiet,
    standing_line,
)
from crawler.text import clean_text, escape_markdown, markdown_url, one_line
from crawler.urls import is_web_url, picture_url, shown_url
from crawler.yamldoc import dump_yaml

INDENT = "    "


def render_list(issue: Issue, options: RenderOptions) -> str:
    """Front matter for Hugo, Jekyll or Astro, then a list: an item a line, its summary and notes indented below it.

    Words of blogs are escaped, for the Markdown and for the generator's own template language.
    """
    front = {"hugo": _hugo, "jekyll": _jekyll, "astro": _astro}[options.front_matter](issue, options.day_of(issue))
    lines = (standing_line(issue), issue.lead or quiet(issue))
    parts = [escape_markdown(text) for text in lines if text]
    if issue.opening:
        parts.append(clean_text(issue.opening))
    for section in issue.sections:
        if issue.show_sections and section.title:
            parts.append(f"## {escape_markdown(section.title)}")
        if section.text:
            parts.append(clean_text(section.text))
        if section.items:
            parts.append("\n".join(line for item in section.items for line in _item(item)))
    if issue.comments:
        comments = one_line(issue.comments)
        linked = (
            f"[Join the discussion]({_url(shown_url(comments))})" if is_web_url(comments) else escape_markdown(comments)
        )
        parts.append(f"**Comments:** {linked}")
    return f"---\n{dump_yaml(front)}---\n\n" + inert("\n\n".join(parts)) + "\n"


def _hugo(issue: Issue, day: datetime) -> dict[str, Any]:
    front: dict[str, Any] = {
        "title": heading(issue),
        "date": day.isoformat(),
        "draft": False,
        "showToc": False,
        "TocOpen": False,
    }
    if cover := _cover(issue):
        front["cover"] = {"image": cover[0], "alt": cover[1]}
    return {**front, "tags": list(issue.tags)}


def _jekyll(issue: Issue, day: datetime) -> dict[str, Any]:
    front: dict[str, Any] = {
        "layout": "post",
        "title": heading(issue),
        "date": f"{day:%Y-%m-%d %H:%M:%S %z}",
        "description": one_line(issue.tagline),
    }
    if cover := _cover(issue):
        front["image"] = {"path": cover[0], "alt": cover[1]}
    return {**front, "tags": list(issue.tags)}


def _astro(issue: Issue, day: datetime) -> dict[str, Any]:
    front: dict[str, Any] = {
        "title": heading(issue),
        "description": one_line(issue.tagline),
        "pubDate": day.isoformat(),
        "draft": False,
    }
    if cover := _cover(issue):
        front["heroImage"], front["heroAlt"] = cover
    return {**front, "tags": list(issue.tags)}


def _cover(issue: Issue) -> tuple[str, str] | None:
    cover = issue.cover
    return (picture_url(cover.url), one_line(cover.alt) or heading(issue)) if cover and is_web_url(cover.url) else None


def _item(item: Item) -> Iterator[str]:
    title = escape_markdown(item.title) or "Untitled"
    yield f"* [{title}]({_url(shown_url(item.url))})" if is_web_url(item.url) else f"* {title}"
    if item.body:
        yield from ("", *_indented(item.body), "")
    else:
        yield from (INDENT + escape_markdown(paragraph) for paragraph in paragraphs(item))
    if item.audience:
        yield f"{INDENT}👉 {escape_markdown(item.audience)}"
    if meta := _meta(item):
        yield f"{INDENT}*{meta}*"
    if item.notes:
        yield from _indented(item.notes)


def _meta(item: Item) -> str:
    """Who wrote it, how long it takes, where else it stands, who else covers it, what went before, its picture."""
    parts = [escape_markdown(text) for text in mentions(item)]
    for words, pairs in (("also at", links(item)), ("also covered by", coverage(item))):
        if pairs:
            parts.append(f"{words} {', '.join(f'[{escape_markdown(name)}]({_url(url)})' for name, url in pairs)}")
    if earlier := previously(item):
        parts.append(earlier)
    if item.image and is_web_url(item.image.url):
        alt = escape_markdown(item.image.alt) or escape_markdown(item.title) or "picture"
        parts.append(f"picture: [{alt}]({_url(picture_url(item.image.url))})")
    return " · ".join(parts)


def _indented(markdown: str) -> list[str]:
    return [INDENT + line if line.strip() else "" for line in clean_text(markdown).strip("\n").splitlines()]


def _url(url: str) -> str:
    return markdown_url(url).replace("{", "%7B").replace("}", "%7D")

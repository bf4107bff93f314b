"""The roundup form in Markdown: what readers get, with front matter for site generators."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crawler.model import Image, Issue, Item
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
from crawler.text import escape_markdown, markdown_url, one_line
from crawler.urls import is_web_url, picture_url, shown_url
from crawler.yamldoc import dump_yaml


def render_markdown(issue: Issue, options: RenderOptions) -> str:
    """Title with number, tagline, lead, items with audience line, image and summary, tags, comments.

    Nothing of the editor's comments or runners-up is in it; words of blogs are escaped.
    """
    parts = [f"# {escape_markdown(heading(issue))}"]
    parts += [escape_markdown(text) for text in (standing_line(issue), issue.lead) if text]
    if issue.opening:
        parts.append(issue.opening)
    if quiet(issue) and not issue.lead:
        parts.append(quiet(issue))
    for section in issue.sections:
        if issue.show_sections and section.title:
            parts.append(f"## {escape_markdown(section.title)}")
        if section.text:
            parts.append(section.text)
        parts += [block for item in section.items for block in _item(item)]
    if issue.tags:
        parts.append("**Tags:** " + ", ".join(escape_markdown(tag) for tag in issue.tags))
    if issue.comments:
        parts.append(f"**Comments:**\n\n{_comments(issue.comments)}")
    return f"---\n{dump_yaml(_front_matter(issue, options))}---\n\n" + inert("\n\n".join(parts)) + "\n"


def _front_matter(issue: Issue, options: RenderOptions) -> dict[str, Any]:
    front: dict[str, Any] = {
        "title": heading(issue),
        "number": issue.number,
        "date": options.day_of(issue).isoformat(),
        "tagline": one_line(issue.tagline),
        "tags": list(issue.tags),
    }
    if issue.cover and is_web_url(issue.cover.url):
        front["cover"] = {"image": picture_url(issue.cover.url), "alt": one_line(issue.cover.alt)}
    return {key: value for key, value in front.items() if value not in ("", [])}


def _item(item: Item) -> Iterator[str]:
    title = escape_markdown(item.title) or "Untitled"
    yield f"### [{title}]({markdown_url(shown_url(item.url))})" if is_web_url(item.url) else f"### {title}"
    if audience := escape_markdown(item.audience):
        yield f"👉 {audience}"
    if item.image and is_web_url(item.image.url):
        yield _image(item.image, item.title)
    if item.body:
        yield item.body
    else:
        yield from (escape_markdown(paragraph) for paragraph in paragraphs(item))
    if item.notes:
        yield item.notes
    if meta := _meta(item):
        yield f"*{meta}*"


def _image(image: Image, title: str) -> str:
    return f"![{escape_markdown(image.alt or title)}]({markdown_url(picture_url(image.url))})"


def _meta(item: Item) -> str:
    """Who wrote it, how long it takes, where else it stands, who else covers it, and what went before."""
    parts = [escape_markdown(text) for text in mentions(item)]
    for words, pairs in (("also at", links(item)), ("also covered by", coverage(item))):
        if pairs:
            named = ", ".join(f"[{escape_markdown(name)}]({markdown_url(url)})" for name, url in pairs)
            parts.append(f"{words} {named}")
    if earlier := previously(item):
        parts.append(earlier)
    return " · ".join(parts)


def _comments(comments: str) -> str:
    text = one_line(comments)
    return f"[Join the discussion]({markdown_url(shown_url(text))})" if is_web_url(text) else escape_markdown(text)

"""The roundup as plain text, for terminals and the text part of mail."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from crawler.model import Issue, Item
from crawler.render.options import RenderOptions
from crawler.render.prosetext import prose_text
from crawler.render.shared import coverage, heading, links, mentions, paragraphs, previously, quiet, standing_line
from crawler.text import one_line
from crawler.urls import is_web_url, picture_url, shown_url

WIDTH = 78


def render_text(issue: Issue, _options: RenderOptions | None = None) -> str:
    """The issue in lines of at most 78 characters; addresses stand on lines of their own, unbroken."""
    title = heading(issue)
    parts = [f"{title}\n{'=' * min(WIDTH, len(title))}"]
    parts += [_wrapped(text) for text in (standing_line(issue), issue.lead or quiet(issue)) if text]
    if issue.opening:
        parts.append(prose_text(issue.opening, WIDTH))
    for section in issue.sections:
        if issue.show_sections and section.title:
            name = one_line(section.title)
            parts.append(f"{name}\n{'-' * min(WIDTH, len(name))}")
        if section.text:
            parts.append(prose_text(section.text, WIDTH))
        parts += ["\n".join(_item(item)) for item in section.items]
    if issue.tags:
        parts.append(_wrapped("Tags: " + ", ".join(issue.tags)))
    if issue.comments:
        comments = one_line(issue.comments)
        parts.append(f"Comments:\n{shown_url(comments) if is_web_url(comments) else comments}")
    return "\n\n".join(parts) + "\n"


def _item(item: Item) -> Iterator[str]:
    yield _wrapped(f"* {one_line(item.title) or 'Untitled'}", "  ")
    if is_web_url(item.url):
        yield f"  {shown_url(item.url)}"
    if item.audience:
        yield _wrapped(f"  👉 {one_line(item.audience)}", "  ")
    if item.image and is_web_url(item.image.url):
        yield _wrapped(f"  [{one_line(item.image.alt) or one_line(item.title)}]", "  ")
        yield f"  {picture_url(item.image.url)}"
    if item.body:
        yield textwrap.indent(prose_text(item.body, WIDTH - 2), "  ")
    else:
        yield from (_wrapped(f"  {paragraph}", "  ") for paragraph in paragraphs(item))
    if item.notes:
        yield textwrap.indent(prose_text(item.notes, WIDTH - 2), "  ")
    if meta := " · ".join(part for part in (*mentions(item), previously(item)) if part):
        yield _wrapped(f"  {meta}", "  ")
    for name, url in links(item):
        yield f"  also at {name}: {url}"
    for name, url in coverage(item):
        yield f"  also covered by {name}: {url}"


def _wrapped(text: str, indent: str = "") -> str:
    own = text[: len(text) - len(text.lstrip())]
    return textwrap.fill(
        one_line(text),
        WIDTH,
        initial_indent=own,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )

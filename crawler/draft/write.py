"""An issue as the text file that the editor works on; `parse` reads it back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from crawler.model import Image, Issue, Item, Window
from crawler.model.draft import RUNNERS_UP
from crawler.text import escape_markdown, markdown_url, one_line
from crawler.urls import host_of, is_web_url
from crawler.yamldoc import dump_yaml

AUDIENCE = "👉"
_NO_AUDIENCE = "&#x1F449;"
"""The same sign where it begins an article's own words, which are no audience line."""
PIN = "<!-- pin -->"
SEPARATOR = " · "
ALSO_AT, COVERED_BY, PREVIOUSLY = "also at", "also covered by", "previously in"


def write_draft(issue: Issue) -> str:
    """The draft file of an issue: front matter, sections and items, and the runners-up below their line.

    The same issue gives the same text. Text is escaped, so that nothing that a blog wrote becomes markup.
    """
    parts = [f"---\n{dump_yaml(front_matter(issue))}---"]
    if issue.opening:
        parts.append(issue.opening)
    for section in issue.sections:
        if section.title:
            parts.append(f"## {escape_markdown(section.title)}")
        if section.text:
            parts.append(section.text)
        parts.extend(block for item in section.items for block in item_blocks(item))
    if issue.runners_up:
        parts.append(RUNNERS_UP)
        parts.extend(block for item in issue.runners_up for block in item_blocks(item, scored=True))
    return "\n\n".join(parts) + "\n"


def front_matter(issue: Issue) -> dict[str, Any]:
    """The keys above the text, in the order in which they are written."""
    front: dict[str, Any] = {
        "number": issue.number,
        "title": one_line(issue.title),
        "window": window_text(issue.window),
        "tagline": one_line(issue.tagline),
        "lead": one_line(issue.lead),
        "tags": list(issue.tags),
        "cover": {"image": issue.cover.url, "alt": one_line(issue.cover.alt)} if issue.cover else None,
        "profile": issue.profile,
    }
    if issue.comments is not None:
        front["comments"] = issue.comments
    return front


def window_text(window: Window) -> str:
    """An ISO 8601 interval: dates where the window begins and ends at midnight UTC, else instants."""
    return f"{_instant(window.start_at)}/{_instant(window.end_at)}"


def item_blocks(item: Item, *, scored: bool = False) -> Iterator[str]:
    """The item's blocks in the order of the grammar; none holds a blank line but for notes and the editor's own."""
    title = escape_markdown(item.title) or "Untitled"
    yield f"### [{title}]({markdown_url(item.url)})" if is_web_url(item.url) else f"### {title}"
    if scored:
        yield f"<!-- score: {item.score:.2f} -->"
    if item.pinned:
        yield PIN
    if audience := escape_markdown(item.audience):
        yield f"{AUDIENCE} {audience}"
    if item.image:
        yield image_markdown(item.image)
    if item.body:
        yield item.body
    else:
        yield from (_paragraph(text) for text in item.summary.split("\n\n") if one_line(text))
    if item.notes:
        yield item.notes
    if meta := meta_line(item):
        yield meta


def _paragraph(text: str) -> str:
    escaped = escape_markdown(text)
    return _NO_AUDIENCE + escaped.removeprefix(AUDIENCE) if escaped.startswith(AUDIENCE) else escaped


def image_markdown(image: Image) -> str:
    """`![alt](url)`."""
    return f"![{escape_markdown(image.alt)}]({markdown_url(image.url)})"


def meta_line(item: Item) -> str:
    """`*Netflix · 12 min · #observability #ebpf · also at [InfoQ](…) · also covered by [LWN](…) · previously in #82*`;
    empty where there is nothing to tell."""
    parts = []
    if company := _company(item.company or ""):
        parts.append(company)
    if item.minutes:
        parts.append(f"{item.minutes} min")
    if item.tags:
        parts.append(" ".join(f"#{escape_markdown(tag)}" for tag in item.tags))
    for words, links in ((ALSO_AT, item.also_at), (COVERED_BY, item.covered_by)):
        if links:
            named = ", ".join(f"[{_part(name) or host_of(url)}]({markdown_url(url)})" for name, url in links)
            parts.append(f"{words} {named}")
    if item.previously:
        parts.append(f"{PREVIOUSLY} {', '.join(f'#{number}' for number in item.previously)}")
    return f"*{SEPARATOR.join(parts)}*" if parts else ""


def _part(text: str) -> str:
    return escape_markdown(text).replace("·", "&middot;")  # the bare sign parts the line


def _company(name: str) -> str:
    # A name that reads like another part of the line is told apart by an entity, which every reader resolves.
    text = _part(name)
    if text.startswith(tuple(f"{words} " for words in (ALSO_AT, COVERED_BY, PREVIOUSLY))):
        return text.replace(" ", "&#32;", 1)
    if text[:1].isdigit() and text.endswith(" min"):
        return text.removesuffix(" min") + "&#32;min"
    return text


def _instant(moment: datetime) -> str:
    moment = moment.astimezone(UTC)
    midnight = (moment.hour, moment.minute, moment.second, moment.microsecond) == (0, 0, 0, 0)
    return f"{moment:%Y-%m-%d}" if midnight else moment.isoformat().replace("+00:00", "Z")

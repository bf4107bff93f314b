"""What every format says alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from crawler.model import QUIET, Issue, Item
from crawler.text import one_line
from crawler.urls import host_of, is_web_url, shown_url

_ENTITIES = {"<": "&lt;", "{": "&#123;", "}": "&#125;"}
# Code, in which a backslash is one, or else an escaped sign that something reads before Markdown's backslashes.
_ESCAPED = re.compile(
    r"^ *(?P<fence>`{3,}|~{3,})[^\n]*\n(?:[^\n]*\n)*? *(?P=fence)[`~ ]*$"
    r"|(?<![\\`])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`)"
    r"|\\(?P<sign>\{(?=[{%<#])|(?<=[%}]\\)\}|<)",
    re.DOTALL | re.MULTILINE,
)


def heading(issue: Issue) -> str:
    """`Weekend Reading #84`."""
    return f"{one_line(issue.title)} #{issue.number}".strip()


def told_at(issue: Issue) -> datetime:
    """When an issue came out: a draft does not know, and its window's end stands for it."""
    return issue.published_at or issue.window.end_at


def standing_line(issue: Issue) -> str:
    """The tagline with the publication's name in front, once."""
    tagline, title = one_line(issue.tagline), one_line(issue.title)
    if not tagline or not title or tagline.casefold().startswith(title.casefold()):
        return tagline
    return f"{title}: {tagline}"


def quiet(issue: Issue) -> str:
    """What stands in place of the items of an issue without any."""
    return "" if issue.items else QUIET


def paragraphs(item: Item) -> list[str]:
    """The summary's paragraphs, each one line."""
    return [line for part in item.summary.split("\n\n") if (line := one_line(part))]


def mentions(item: Item) -> list[str]:
    """Company and reading time, as far as they are known."""
    minutes = f"{item.minutes} min read" if item.minutes else ""
    return [text for text in (one_line(item.company or ""), minutes) if text]


def links(item: Item) -> list[tuple[str, str]]:
    """Where else the article stands: (name, address without trackers)."""
    return _shown(item.also_at)


def coverage(item: Item) -> list[tuple[str, str]]:
    """Other articles on the story: (name, address without trackers)."""
    return _shown(item.covered_by)


def previously(item: Item) -> str:
    """`Previously in #82`, empty for an item that goes on from nothing."""
    numbers = ", ".join(f"#{number}" for number in item.previously)
    return f"Previously in {numbers}" if numbers else ""


def inert(markdown: str) -> str:
    """Markdown in which escaped braces and `<` are entities: Liquid, shortcodes and Go's templates are read before any
    backslash is, and Python-Markdown lets nobody escape a tag. What an editor wrote without a backslash stays."""
    return _ESCAPED.sub(lambda match: _ENTITIES[match["sign"]] if match["sign"] else match[0], markdown)


def _shown(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(one_line(name) or host_of(url), shown_url(url)) for name, url in pairs if is_web_url(url)]

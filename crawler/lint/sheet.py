"""The draft as the checks see it: its lines, what of them is prose, its links with their places, its items."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from crawler.lint.links import Link, find_links
from crawler.model import Item
from crawler.model.draft import COMMENT_START, FENCE

AnswerState = Literal["ok", "dead", "unreachable", "refused"]
_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")
_CODE = re.compile(r"(?<!`)(`+)(?!`)((?:(?!\n[ \t]*\n).)+?)(?<!`)\1(?!`)", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z](?![a-zA-Z.+-]*:)[^<>]*>")
_VISIBLE = re.compile(r"[^\n]")


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of the issue: from its heading on `line` up to, not including, `end` (file lines, from 1)."""

    item: Item
    line: int
    end: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's or an item's heading; `title` is plain text."""

    line: int
    title: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A draft. `prose` has the shape of `lines`, with all that no reader sees as text blanked out.

    `unclosed` are fences and comments that swallow the rest of the file: (line, "code fence" or "comment").
    `verbatim` are the lines whose white space is none of our business: front matter, code, what is below the issue.
    """

    lines: tuple[str, ...]
    prose: tuple[str, ...]
    links: tuple[Link, ...]
    entries: tuple[Entry, ...]
    headings: tuple[Heading, ...]
    lead: str
    lead_line: int
    unclosed: tuple[tuple[int, str], ...] = ()
    verbatim: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a link's address answered. `moved_to`: every hop was a permanent redirect; `detail` is for people."""

    state: AnswerState
    detail: str = ""
    moved_to: str | None = None


def _no_language(_: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Context:
    """What the checks know beside the file. Keys of the mappings are url_keys, but for `answers`: full addresses.

    `published` tells in which other issue an article stands, `titles` how its publisher calls it, `moves` which
    items may take the address that theirs moved to without being taken for other articles. `language_of` gives a
    title's language (ISO 639-1), empty where it cannot tell.
    """

    languages: tuple[str, ...] = ("en",)
    banned_domains: tuple[str, ...] = ()
    published: Mapping[str, int] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    moves: frozenset[str] = frozenset()
    language_of: Callable[[str], str] = _no_language


@dataclass(frozen=True, slots=True)
class Edit:
    """A safe change of one line: `old` at `column` (from 0) becomes `new`; None drops the line."""

    line: int
    column: int
    old: str
    new: str | None


@dataclass(frozen=True, slots=True)
class Fault:
    """What a check found: the line, what is wrong, what to do, and the edit where a program may do it."""

    line: int
    message: str
    fix: str
    edit: Edit | None = None


def make_sheet(
    lines: Sequence[str],
    *,
    first: int,
    last: int,
    entries: Sequence[Entry],
    headings: Sequence[Heading],
    lead: str = "",
    lead_line: int = 1,
) -> Sheet:
    """A sheet from a file's lines, of which `first` to `last` (from 1, inclusive) are the published text."""
    unclosed: list[tuple[int, str]] = []
    shown = [line if first <= n <= last else "" for n, line in enumerate(lines, 1)]
    verbatim = {n for n in range(1, len(lines) + 1) if not first <= n <= last}
    text = "\n".join(_without_blocks(shown, unclosed, verbatim))
    masked = _TAG.sub(_blank, _CODE.sub(_letters, _ESCAPE.sub("xx", text)))
    links = find_links(masked, "\n".join(shown))
    return Sheet(
        tuple(lines),
        tuple(masked.split("\n")),
        links,
        tuple(entries),
        tuple(headings),
        lead,
        lead_line,
        tuple(unclosed),
        frozenset(verbatim),
    )


def _without_blocks(lines: Sequence[str], unclosed: list[tuple[int, str]], code: set[int]) -> Iterator[str]:
    """Lines with fenced code and comments blanked; every character keeps its place."""
    fence, fence_line, comment_line = "", 0, 0
    for number, line in enumerate(lines, 1):
        mark = FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
            code.add(number)
            yield " " * len(line)
        elif mark and not comment_line:
            fence, fence_line = mark[1], number
            yield " " * len(line)
        else:
            if comment_line and "<!--" in line.partition("-->")[0]:  # it swallows the next comment, and ends with it
                unclosed.append((comment_line, "comment"))
            shown, inside = _without_comments(line, inside=bool(comment_line))
            comment_line = (comment_line or number) if inside else 0
            yield shown
    if fence:
        unclosed.append((fence_line, "code fence"))
    if comment_line:
        unclosed.append((comment_line, "comment"))


def _without_comments(line: str, *, inside: bool) -> tuple[str, bool]:
    shown, at = "", 0
    while at < len(line):
        if inside:
            end = line.find("-->", at)
            stop = len(line) if end < 0 else end + 3
            shown += " " * (stop - at)
            inside = end < 0
        else:
            start = COMMENT_START.search(line, at)
            stop = start.start() if start else len(line)
            shown += line[at:stop]
            inside = start is not None
        at = stop
    return shown, inside


def _blank(match: re.Match[str]) -> str:
    return _VISIBLE.sub(" ", match[0])


def _letters(match: re.Match[str]) -> str:
    return _VISIBLE.sub("x", match[0])

"""The draft file back into an issue: the grammar of drafts, lenient where people write, strict in nothing but the
front matter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from typing import Any

from crawler.draft.blocks import IMAGE, META, is_list, named_blocks
from crawler.draft.chunks import Chunk, plain_markdown, split_draft
from crawler.draft.write import ALSO_AT, AUDIENCE, COVERED_BY, PREVIOUSLY, SEPARATOR
from crawler.errors import ConfigError
from crawler.model import Image, Issue, Item, Section, SectionRule, Window
from crawler.settings import LAST_NUMBER
from crawler.text import unescape_markdown
from crawler.yamldoc import Lines, load_with_lines

KEYS = ("number", "title", "window", "tagline", "lead", "tags", "cover", "profile", "comments")
_COMMENT = re.compile(r"(?<!\\)<!--(.*?)-->", re.DOTALL)
_BREAK = re.compile(r"(?:  |\\)\n")
_META_LINK = re.compile(r"\[((?:\\.|[^\[\]\\])*)\]\((?:<([^<>]*)>|((?:[^()\s]|\([^()\s]*\))+))\)")
_ODD = re.compile(r"^ {0,3}(?:```|~~~|>|\||<|#{1,6}\s|(?:[-*_]\s*){3,}$)|^ {4}|^\t")


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as read: the issue that it stands for, its pieces as they stand in the file, and unknown front matter."""

    issue: Issue
    chunks: tuple[Chunk, ...]
    front: dict[str, Any] = field(default_factory=dict)

    @property
    def extra(self) -> dict[str, Any]:
        """Front matter that we do not know and keep."""
        return {key: value for key, value in self.front.items() if key not in KEYS}


def parse_draft(text: str, name: str = "draft", sections: Sequence[SectionRule] = ()) -> Draft:
    """The issue in a draft file.

    `sections` gives the ids of section titles; other titles get an id of their own words. What a person wrote
    beyond the grammar is kept as Markdown: `Item.body`, `Section.text`, `Issue.opening`. Raises ConfigError with
    every problem of the front matter and its line.
    """
    front_text, chunks = split_draft(text, name)
    front, window, number = _front(front_text, name)
    ids = {rule.title.casefold(): rule.id for rule in sections}
    issue_chunks, runner_chunks = _halves(chunks)
    opening = issue_chunks[0].body if issue_chunks and issue_chunks[0].kind == "opening" else ""
    cover = front.get("cover")
    issue = Issue(
        number=number,
        title=_string(front.get("title")),
        tagline=_string(front.get("tagline")),
        lead=_string(front.get("lead")),
        window=window,
        sections=_sections(issue_chunks, ids),
        tags=tuple(_string(tag) for tag in front.get("tags") or ()),
        cover=Image(_string(cover.get("image")), _string(cover.get("alt"))) if cover else None,
        profile=_string(front.get("profile")) or "default",
        show_sections=any(c.kind == "section" for c in issue_chunks),
        comments=_string(front["comments"]) if front.get("comments") is not None else None,
        runners_up=tuple(parse_item(c) for c in runner_chunks if c.kind == "item"),
        opening=_published(opening),
    )
    return Draft(issue, tuple(chunks), front)


def parse_item(chunk: Chunk) -> Item:
    """One item from its chunk."""
    comments = [c.strip() for c in _COMMENT.findall(chunk.body)]
    found: dict[str, list[str]] = {}
    for name, block in named_blocks(_COMMENT.sub("", chunk.body)):
        found.setdefault(name, []).append(block)
    audience, image_text, meta = ("".join(found.get(name, ())) for name in ("audience", "image", "meta"))
    image = IMAGE.match(image_text)
    told = _meta(meta)
    summary, body = _words(found.get("text", ()))
    return Item(
        title=chunk.title,
        url=chunk.url,
        company=told.company,
        audience=plain_markdown(audience.lstrip().removeprefix(AUDIENCE)),
        image=Image(unescape_markdown(image["angle"] or image["url"]), plain_markdown(image["alt"])) if image else None,
        summary=summary,
        body=body,
        notes="\n\n".join(found.get("notes", ())),
        minutes=told.minutes,
        tags=told.tags,
        also_at=told.also_at,
        covered_by=told.covered_by,
        previously=told.previously,
        score=_score(comments),
        pinned="pin" in comments,
    )


# ---------------------------------------------------------------- front matter


def _front(text: str, name: str) -> tuple[dict[str, Any], Window, int]:
    # The text begins on the file's second line: a blank one in front gives the parser the file's line numbers.
    front, lines = load_with_lines("\n" + text, name)
    if not isinstance(front, dict):
        raise ConfigError([f"{name}:1: the front matter holds no keys; it needs number and window"])
    problems = twice(lines, name)
    number = front.get("number")
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= LAST_NUMBER:
        problems.append(f"{name}:{lines.at(('number',))}: number: must be a whole number, for example 84")
        number = 0
    window = window_in(front.get("window"))
    if window is None:
        advice = "must be two dates, for example 2026-11-09/2026-11-16"
        problems.append(f"{name}:{lines.at(('window',))}: window: {advice}")
    tags = front.get("tags")
    if tags is not None and not isinstance(tags, list):
        problems.append(f"{name}:{lines.at(('tags',))}: tags: must be a list, for example [observability, rust]")
    cover = front.get("cover")
    if cover is not None and not (isinstance(cover, dict) and cover.get("image")):
        problems.append(f"{name}:{lines.at(('cover',))}: cover: must have the keys image and alt")
    if problems or window is None:
        raise ConfigError(problems)
    return front, window, number


def twice(lines: Lines, name: str) -> list[str]:
    """A problem for each key that is there twice: one of the two would be lost."""
    return [f"{name}:{line}: {path[-1]}: stands here for the second time; keep one" for path, line in lines.duplicates]


def window_in(value: object) -> Window | None:
    """The window of the front matter, an ISO 8601 interval; None for what is none."""
    try:
        start, end = (datetime.fromisoformat(part.strip()) for part in str(value).split("/"))
    except ValueError:
        return None
    start, end = (m if m.tzinfo else m.replace(tzinfo=UTC) for m in (start, end))
    if start.year == MINYEAR or end.year == MAXYEAR:  # in another time zone it may be no date
        return None
    return Window(start.astimezone(UTC), end.astimezone(UTC)) if start < end else None


def _string(value: object) -> str:
    return "" if value is None else str(value)


# ---------------------------------------------------------------- sections and items


def _halves(chunks: Sequence[Chunk]) -> tuple[list[Chunk], list[Chunk]]:
    mark = next((n for n, c in enumerate(chunks) if c.kind == "runners-up"), len(chunks))
    return list(chunks[:mark]), list(chunks[mark + 1 :])


def _sections(chunks: Sequence[Chunk], ids: dict[str, str]) -> tuple[Section, ...]:
    found: list[tuple[str, str, str, list[Item]]] = []
    for chunk in chunks:
        if chunk.kind == "section":
            own = re.sub(r"[^a-z0-9]+", "-", chunk.title.lower()).strip("-")
            found.append((ids.get(chunk.title.casefold(), own), chunk.title, _published(chunk.body), []))
        elif chunk.kind == "item":
            if not found:
                found.append(("", "", "", []))
            found[-1][3].append(parse_item(chunk))
    return tuple(Section(tag, title, tuple(items), text) for tag, title, text, items in found)


def _published(text: str) -> str:
    """Text without the comments that are for editors only."""
    return _COMMENT.sub("", text).strip()


def _words(blocks: Sequence[str]) -> tuple[str, str]:
    """(summary, body): plain paragraphs are the summary; where there is more to them, the Markdown stays as well."""
    paragraphs = [plain_markdown(b) for b in blocks if not _ODD.match(b) and not is_list(b)]
    summary = "\n\n".join(p for p in paragraphs if p)
    plain = len(paragraphs) == len(blocks) and all(_is_plain(b) for b in blocks)
    return summary, "" if plain else "\n\n".join(blocks)


def _is_plain(block: str) -> bool:
    return plain_markdown(block) == " ".join(unescape_markdown(block).split()) and not _BREAK.search(block)


@dataclass
class _Meta:
    """What an item's last line tells."""

    company: str | None = None
    minutes: int = 0
    tags: tuple[str, ...] = ()
    also_at: tuple[tuple[str, str], ...] = ()
    covered_by: tuple[tuple[str, str], ...] = ()
    previously: tuple[int, ...] = ()


def _meta(line: str) -> _Meta:
    match = META.match(line)
    told = _Meta()
    for part in (match["inner"] if match else "").split(SEPARATOR):
        if re.fullmatch(r"\d{1,4} min", part):
            told.minutes = int(part.removesuffix(" min"))
        elif part.startswith("#"):
            told.tags += tuple(unescape_markdown(word.removeprefix("#")) for word in part.split())
        elif part.startswith(f"{ALSO_AT} "):
            told.also_at += _links(part)
        elif part.startswith(f"{COVERED_BY} "):
            told.covered_by += _links(part)
        elif numbers := re.fullmatch(rf"{PREVIOUSLY} (#\d{{1,9}}(?:, #\d{{1,9}})*)", part, re.IGNORECASE):
            told.previously += tuple(int(number) for number in re.findall(r"\d+", numbers[1]))
        elif part and told.company is None:
            told.company = plain_markdown(part)
    return told


def _links(part: str) -> tuple[tuple[str, str], ...]:
    return tuple((plain_markdown(m[1]), unescape_markdown(m[2] or m[3])) for m in _META_LINK.finditer(part))


def _score(comments: Sequence[str]) -> float:
    for comment in comments:
        if match := re.fullmatch(r"score: (\d(?:\.\d+)?)", comment):
            return float(match[1])
    return 0.0

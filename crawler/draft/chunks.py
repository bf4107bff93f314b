"""The draft file in pieces: front matter, then one chunk a heading. Nothing of the text is lost or changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from crawler.errors import UserError
from crawler.model.draft import COMMENT_START, CONFLICT, FENCE, RUNNERS_UP_LINE
from crawler.text import unescape_markdown
from crawler.urls import url_key

ChunkKind = Literal["opening", "section", "item", "runners-up"]
_HEADING = re.compile(r"^ {0,3}(#{2,3})\s+(.*?)(?:\s+#+)?\s*$")
_COMMENT = re.compile(r"(?<!\\)<!--.*?-->")
_LINK = re.compile(
    r"^\[(?P<text>(?:\\.|[^\[\]\\]|\[(?:\\.|[^\[\]\\])*\])*)\]"
    r"\(\s*(?:<(?P<angle>[^<>\n]*)>|(?P<url>[^\s<][^\s]*?))(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)\s*$"
)
# The first link of a heading that has words beside it, such as a number or a sign in front.
_INNER_LINK = re.compile(
    r"(?<!!)\[(?:\\.|[^\[\]\\]|\[(?:\\.|[^\[\]\\])*\])*\]"
    r"\(\s*(?:<(?P<angle>[^<>\n]*)>|(?P<url>(?:[^\s()<]|\([^\s()]*\))+))(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
    r"|(?<!\()(?P<auto>https?://[^\s<>]+)"
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A heading with what stands below it, up to the next one. `line` counts from 1 in the file.

    `opening` is what stands above the first heading and has no heading itself; the chunk `runners-up` is the marked
    line. `title` is plain text; `url` is an item's address, empty where its heading is no link. `spaced` tells that a
    blank line stands below the heading.
    """

    kind: ChunkKind
    heading: str
    body: str
    line: int
    title: str = ""
    url: str = ""
    spaced: bool = True

    @property
    def key(self) -> str:
        """What an item is known by when drafts are compared: its address, else its title."""
        return url_key(self.url) if self.url else f"title:{self.title.casefold()}"

    @property
    def text(self) -> str:
        """The chunk as it stands in the file, without blank lines around it."""
        gap = "\n\n" if self.spaced else "\n"
        return gap.join(part for part in (self.heading, self.body) if part).strip("\n")

    @property
    def words(self) -> tuple[str, str]:
        """What two chunks have in common that differ in blank lines alone."""
        return self.heading, self.body


def split_draft(text: str, name: str) -> tuple[str, list[Chunk]]:
    """Front matter (without its marks) and chunks. Raises UserError where there is no front matter, or one in which two
    changes of the file met."""
    lines = _unified(text).split("\n")
    if not lines or lines[0].strip() != "---":
        raise UserError(f"{name}:1: a draft begins with front matter between two lines of three dashes")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        raise UserError(f"{name}:1: the front matter has no end: close it with a line of three dashes")
    _refuse_conflict(enumerate(lines[1:end], 2), name)
    return "\n".join(lines[1:end]), list(_chunks(lines[end + 1 :], end + 2))


def _unified(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")


def _chunks(lines: list[str], first: int) -> Iterator[Chunk]:
    heading, start, body = "", first, list[str]()
    for number, line, is_text, _ in marked_lines(lines, first):
        if is_text or not (_HEADING.match(line) or RUNNERS_UP_LINE.match(line)):
            body.append(line)
            continue
        if heading or any(b.strip() for b in body):
            yield _chunk(heading, body, start)
        heading, start, body = line, number, []
    if heading or any(b.strip() for b in body):
        yield _chunk(heading, body, start)


def marked_lines(lines: list[str], first: int) -> Iterator[tuple[int, str, bool, int]]:
    """Lines with their numbers, whether a fence or an open comment makes them plain text, and where that comment
    began (0: none is open)."""
    fence = ""
    comment = 0
    for number, line in enumerate(lines, first):
        mark = FENCE.match(line)
        inside, begun = bool(fence or comment), comment
        if fence:
            if mark and mark[1][0] == fence[0] and len(mark[1]) >= len(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif mark and not comment:
            fence = mark[1]
        else:
            rest = line.partition("-->")[2] if comment and "-->" in line else line
            if not comment or "-->" in line:
                comment = number if COMMENT_START.search(_COMMENT.sub("", rest)) else 0
        yield number, line, inside, begun


def _swallowing_comment(text: str, name: str) -> int:
    """The line of a comment that has no end of its own, and so hides what follows it from readers; 0: there is none.

    Such a comment reaches the end of the file, or the end of the next comment (HTML, section 13.1.6: comments do not
    nest).
    """
    front, _ = split_draft(text, name)
    lines = _unified(text).split("\n")
    above = front.count("\n") + (3 if front else 2)
    begun = 0
    for _, line, _, begun in marked_lines([*lines[above:], ""], above + 1):
        if begun and "<!--" in line.partition("-->")[0]:
            break
    return begun


def check_whole(text: str, name: str) -> None:
    """Raises UserError, with the line, for a draft of which nobody can tell what is meant: a comment without an end
    hides what follows it, and marks of a version control stand where two changes of the file met."""
    lines = marked_lines(_unified(text).split("\n"), 1)
    _refuse_conflict(((number, line) for number, line, inside, _ in lines if not inside), name)
    if line := _swallowing_comment(text, name):
        raise UserError(f"{name}:{line}: a comment begins here and has no end; write --> where it ends")


def _refuse_conflict(numbered: Iterable[tuple[int, str]], name: str) -> None:
    for number, line in numbered:
        if CONFLICT.match(line):
            advice = "keep one and delete the marks <<<, ===, >>>"
            raise UserError(f"{name}:{number}: two changes of this file met here; {advice}")


def _chunk(heading: str, lines: list[str], line: int) -> Chunk:
    body = "\n".join(lines).strip("\n")
    spaced = not lines or not lines[0].strip()
    if not heading:
        return Chunk("opening", "", body, line)
    match = _HEADING.match(heading)
    if match is None:
        return Chunk("runners-up", heading.strip(), body, line, spaced=spaced)
    if len(match[1]) == 2:
        return Chunk("section", heading, body, line, plain_markdown(match[2]), spaced=spaced)
    link = _LINK.match(match[2])
    if link:
        return Chunk("item", heading, body, line, plain_markdown(link["text"]), _address(link), spaced)
    inner = _INNER_LINK.search(match[2])
    return Chunk("item", heading, body, line, plain_markdown(match[2]), _address(inner) if inner else "", spaced)


def _address(link: re.Match[str]) -> str:
    found = link.groupdict()
    return unescape_markdown(next(found[name] for name in ("angle", "url", "auto") if found.get(name) is not None))


_INLINE = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])|(?P<code>`+)(?P<coded>.+?)(?<!`)(?P=code)(?!`)"
    r"|!?\[(?P<text>(?:\\.|[^\[\]\\])*)\]\((?:<[^<>]*>|(?:\\.|[^()\\]|\([^()]*\))*)\)"
    r"|<(?P<auto>https?://[^\s<>]+)>|(?P<tag></?[a-zA-Z][^<>]*>)"
    r"|\\(?P<break>\n)"
    r"|(?P<mark>(?<!\*)\*{1,3}+(?=\S)|(?<=[^\s*])\*{1,3}|~~|(?<![^\W_])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![^\W_]))",
    re.DOTALL,
)


def plain_markdown(value: str) -> str:
    """What a reader sees of a line of Markdown: marks and addresses gone, escapes and entities resolved."""
    return " ".join(unescape_markdown(_without_marks(value)).split())


def _without_marks(value: str) -> str:
    def seen(match: re.Match[str]) -> str:
        if match["escape"]:
            return match["escape"]
        if match["code"]:
            return re.sub(r"([\\&])", r"\\\1", match["coded"].strip())
        if match["text"] is not None:
            return _without_marks(match["text"])
        if match["mark"]:
            return match["mark"] if alone else ""
        return match["auto"] or match["break"] or ""

    alone = sum(match["mark"] is not None for match in _INLINE.finditer(value)) == 1  # and so without effect
    return _INLINE.sub(seen, value)

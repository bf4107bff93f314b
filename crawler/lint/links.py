"""Links, images and addresses in Markdown with the place where each stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from crawler.text import unescape_markdown

LinkKind = Literal["link", "image", "auto", "bare"]
_INLINE = re.compile(
    r"(?P<bang>!?)\[(?P<text>[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\]"
    r"\([ \t\n]*(?P<dest><[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?[ \t\n]*\)"
)
_AUTO = re.compile(r"<(?P<dest>https?://[^\s<>]+)>")
_BARE = re.compile(r"(?<![\w/\"'=])https?://[^\s<>()\[\]\"']*[^\s<>()\[\]\"'.,;:!?*_]")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it stands in the file. `line` is where it begins (from 1); `raw` is the destination as written, at
    `column` (from 0) of `dest_line`; `url` is what it means; `text` is the raw Markdown between the brackets."""

    kind: LinkKind
    line: int
    url: str
    text: str
    raw: str
    dest_line: int
    column: int
    start: int
    end: int

    @property
    def address(self) -> str:
        """What is asked for: the address without its fragment."""
        return self.url.partition("#")[0]


def find_links(masked: str, original: str) -> tuple[Link, ...]:
    """All links in order. `masked` is the text with code and comments blanked, character for character."""
    starts = [0, *(m.end() for m in re.finditer("\n", original))]

    def link(kind: LinkKind, match: re.Match[str], text: str, dest: tuple[int, int]) -> Link:
        raw = original[dest[0] : dest[1]]
        inner = raw[1:-1] if raw.startswith("<") and raw.endswith(">") else raw
        line, dest_line = bisect_right(starts, match.start()), bisect_right(starts, dest[0])
        return Link(
            kind, line, unescape_markdown(inner), text, raw, dest_line, dest[0] - starts[dest_line - 1],
            match.start(), match.end(),
        )  # fmt: skip

    def inline(text: str, pos: int, end: int) -> Iterator[Link]:
        for match in _INLINE.finditer(text, pos, end):
            if _BLANK_LINE.search(match[0]):
                continue
            kind: LinkKind = "image" if match["bang"] else "link"
            yield link(kind, match, original[match.start("text") : match.end("text")], match.span("dest"))
            yield from inline(text, match.start("text"), match.end("text"))

    found = list(inline(masked, 0, len(masked)))
    rest = masked
    for one in found:
        rest = rest[: one.start] + re.sub(r"[^\n]", " ", rest[one.start : one.end]) + rest[one.end :]
    found += [link("auto", match, match["dest"], match.span("dest")) for match in _AUTO.finditer(rest)]
    rest = _AUTO.sub(lambda m: " " * len(m[0]), rest)
    found += [link("bare", match, match[0], match.span()) for match in _BARE.finditer(rest)]
    return tuple(sorted(found, key=lambda one: one.start))


def without_link_marks(masked: str, links: tuple[Link, ...]) -> str:
    """The text with destinations and brackets of links as points, so that what is left of brackets is unpaired."""
    characters = list(masked)
    for link in links:
        if link.kind in ("link", "image"):
            opening = link.start + (link.kind == "image")
            closing = opening + 1 + len(link.text)
            for at in (opening, *range(closing, link.end)):
                characters[at] = "." if characters[at] != "\n" else "\n"  # punctuation, as the brackets are
        else:
            characters[link.start : link.end] = "x" * (link.end - link.start)
    return "".join(characters)
